//! What is not looked at in an editor, or not shown, and that it says so.

use expect_test::expect;
use serde_json::{Value, json};

use super::{
    editor::{Editor, able, at, change},
    tea::{self, DESIGN, uri},
};

const NEWS_FEED: &str = include_str!("../designs/news-feed.md");

#[test]
fn a_document_that_is_too_large_is_hovered_and_not_reviewed_and_says_so_once() {
    let folder = tea::folder();
    let mut editor = tea::start(&[&folder], able(), json!({ "max-size": 1000 }));
    let uri = uri(&folder, "a.md");
    editor.did_open(&uri, &format!("{DESIGN}\n{}\n", "word ".repeat(300)));
    let told = editor.diagnostics(&uri);
    assert_eq!(told.as_array().map(Vec::len), Some(1));
    assert_eq!(told[0]["severity"], 3);
    assert_eq!(told[0]["range"]["start"], json!({ "line": 0, "character": 0 }));
    let message =
        "This document is 1.6 KB and was not reviewed: `max-size` allows 1000 bytes; split it, or raise `max-size` in the settings";
    assert_eq!(told[0]["message"], message);
    // Bytes: the emoji before it has four.
    let hover = editor.request("textDocument/hover", at(&uri, 5, 23));
    assert!(hover["contents"]["value"].as_str().is_some_and(|note| note.starts_with("### Teapot")), "{hover}");
    assert_eq!(hover["range"]["start"], json!({ "line": 5, "character": 21 }));
    assert_eq!(
        editor.request(
            "textDocument/codeAction",
            json!({
                "textDocument": { "uri": uri }, "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } },
                "context": { "diagnostics": told }
            })
        ),
        json!([])
    );
    // It is still 1.6 KB: nothing new is said.
    let mut client_minds_no_versions = able();
    client_minds_no_versions["textDocument"]["publishDiagnostics"]["versionSupport"] = false.into();
    drop(editor);
    let mut editor = tea::start(&[&folder], client_minds_no_versions, json!({ "max-size": 1000 }));
    editor.did_open(&uri, &format!("{DESIGN}\n{}\n", "word ".repeat(300)));
    assert_eq!(editor.diagnostics(&uri)[0]["message"], message);
    editor.did_change(&uri, 2, json!([change((5, 0), (5, 1), "x")]));
    editor.expect_silence();
    // Small enough again.
    editor.did_change(&uri, 3, json!([{ "text": DESIGN }]));
    editor.expect_diagnostics(&uri, expect!["6:22 warning tea/milk"]);
}

#[test]
fn of_many_findings_the_weightiest_are_shown_and_the_last_one_counts_the_others() {
    let mut editor = Editor::start_with(json!({ "capabilities": able(), "initializationOptions": { "max-findings": 2 } }));
    let uri = super::editor::uri("feed.md");
    editor.did_open(&uri, NEWS_FEED);
    let told = editor.diagnostics(&uri);
    let told = told.as_array().cloned().unwrap_or_default();
    let weights: Vec<_> = told.iter().map(|one| one["severity"].clone()).collect();
    assert_eq!(weights, [json!(2), json!(2), json!(3)]);
    let last = told[2]["message"].as_str().unwrap_or_default();
    assert!(last.contains(" more findings are not shown; `followup check` tells them all"), "{last}");
}

#[test]
fn a_document_that_is_cut_says_from_where_on() {
    let text = format!("# A\n\n|{}\n|{}\n{}", "a|".repeat(2_000), "-|".repeat(2_000), "|x\n".repeat(2_000));
    let mut editor = Editor::open("a.md", &text);
    let told = editor.diagnostics(&super::editor::uri("a.md"));
    let message = told[0]["message"].as_str().unwrap_or_default();
    assert!(message.starts_with("Only what stands before line ") && told[1] == Value::Null, "{told}");
}
