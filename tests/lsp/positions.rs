//! Columns in whatever unit the editor counts.

use serde_json::{Value, json};

use super::editor::{Editor, at, change, uri};

/// An editor that knows only these encodings, with a document open.
fn editor(encodings: Value, text: &str) -> Editor {
    let mut editor = Editor::start(json!({
        "general": { "positionEncodings": encodings },
        "textDocument": { "publishDiagnostics": { "versionSupport": true } },
    }));
    editor.did_open(&uri("a.md"), text);
    editor.diagnostics(&uri("a.md"));
    editor
}

const ENCODINGS: [&str; 3] = ["utf-8", "utf-16", "utf-32"];

/// Length of `text` in the units of an encoding.
fn length(text: &str, encoding: &str) -> u32 {
    let length = match encoding {
        "utf-8" => text.len(),
        "utf-16" => text.chars().map(char::len_utf16).sum(),
        _ => text.chars().count(),
    };
    length as u32
}

#[test]
fn utf_8_is_chosen_wherever_it_is_offered() {
    for (offered, chosen) in [
        (json!(["utf-16", "utf-32", "utf-8"]), "utf-8"),
        (json!(["utf-32", "utf-16"]), "utf-32"),
        (json!(["utf-16"]), "utf-16"),
        (json!(["utf-7"]), "utf-16"),
        (json!([]), "utf-16"),
    ] {
        assert_eq!(editor(offered, "").capabilities["positionEncoding"], chosen);
    }
}

#[cfg(debug_assertions)]
#[test]
fn edits_and_answers_behind_wide_characters_are_exact() {
    for encoding in ENCODINGS {
        let mut editor = editor(json!([encoding]), "");
        for (number, before) in ["", "é ", "😀 ", "e\u{301} ", "👩\u{200d}👩\u{200d}👧 "].into_iter().enumerate() {
            for (name, end) in [("lf", "\n"), ("crlf", "\r\n"), ("cr", "\r")] {
                let uri = uri(&format!("{number}-{name}.md"));
                editor.did_open(&uri, &format!("first{end}{before}cache 😀{end}last"));
                let start = length(before, encoding);
                editor.did_change(&uri, 2, json!([change((1, start), (1, start + 5), "queue")]));
                editor.did_change(&uri, 3, json!([change((1, 999), (1, 999), "!"), change((2, 0), (2, 4), "end")]));
                assert_eq!(editor.text(&uri), format!("first{end}{before}queue 😀!{end}end"));
                let word = editor.request("followup/probe/word", at(&uri, 1, start + 2));
                assert_eq!(word["word"], "queue", "{encoding} {before:?}");
                assert_eq!(word["range"], change((1, start), (1, start + 5), "")["range"]);
                editor.diagnostics(&uri);
            }
        }
    }
}

#[cfg(debug_assertions)]
#[test]
fn places_outside_of_the_text_are_pulled_in() {
    let uri = uri("a.md");
    let mut editor = editor(json!(["utf-16"]), "ab😀\r\ncd");
    editor.did_change(&uri, 2, json!([change((0, 99), (0, 4_294_967_295), "-")]));
    assert_eq!(editor.text(&uri), "ab😀-\r\ncd");
    editor.did_change(&uri, 3, json!([change((7, 7), (99, 0), "!")]));
    assert_eq!(editor.text(&uri), "ab😀-\r\ncd!");
    editor.did_change(&uri, 4, json!([change((0, 3), (0, 3), "|")]));
    assert_eq!(editor.text(&uri), "ab|😀-\r\ncd!");
    editor.did_change(&uri, 5, json!([change((1, 1), (0, 2), "")]));
    assert_eq!(editor.text(&uri), "abd!");
    editor.diagnostics(&uri);
}
