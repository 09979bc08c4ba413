//! The main job in an editor: see what a design leaves open, read the note, insert the checklist, fill it in.

use std::{fs, ops::Range, path::PathBuf, process::Command};

use followup::{
    config::Severities,
    content::Library,
    ide::{self, Analysis},
};
use serde_json::{Value, json};

use super::editor::{Editor, able, at, uri};

const DESIGN: &str = "# Profile service: design

## Requirements

- 10,000 users read their profile some 20 times a day.

## Design

We keep profiles in Postgres and read them through a Redis cache.
";

const CODE: &str = "cache/invalidation";
const INSERT: &str = "Insert the invalidation checklist";

/// The diagnostic of the question in hand, where there is one.
fn finding(editor: &mut Editor, uri: &str) -> Option<Value> {
    let diagnostics = editor.diagnostics(uri);
    diagnostics.as_array().into_iter().flatten().find(|it| it["code"] == CODE).cloned()
}

/// The text of `document` after the edit of an action; columns count bytes.
fn applied(document: &str, action: &Value) -> String {
    let edits = action["edit"]["documentChanges"][0]["edits"].as_array().expect("an action has edits");
    let mut edits: Vec<_> = edits.iter().map(|it| (bytes(document, &it["range"]), &it["newText"])).collect();
    edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    let mut text = document.to_owned();
    for (range, new) in edits {
        text.replace_range(range, new.as_str().expect("an edit has a text"));
    }
    text
}

fn fixes(editor: &mut Editor, uri: &str, finding: &Value) -> Vec<Value> {
    let context = json!({ "diagnostics": [finding], "only": ["quickfix"] });
    let params = json!({ "textDocument": { "uri": uri }, "range": finding["range"], "context": context });
    editor.request("textDocument/codeAction", params).as_array().cloned().unwrap_or_default()
}

#[test]
fn a_question_is_seen_read_started_and_answered() {
    let mut editor = Editor::open("profiles.md", DESIGN);
    let uri = uri("profiles.md");
    let open = finding(&mut editor, &uri).expect("the cache is asked about");
    assert_eq!(open["severity"], 2);
    let start = &open["range"]["start"];
    let (line, character) = (start["line"].as_u64().unwrap_or(0) as u32, start["character"].as_u64().unwrap_or(0) as u32);

    let note = editor.request("textDocument/hover", at(&uri, line, character));
    let question = open["message"].as_str().and_then(|it| it.split_inclusive('?').next()).expect("the message is a question");
    assert!(note["contents"]["value"].as_str().is_some_and(|it| it.contains(&format!("✗ {question}"))), "{note}");

    let actions = fixes(&mut editor, &uri, &open);
    let insert = actions.iter().find(|it| it["title"] == INSERT).expect("a fix is offered");
    let started = applied(DESIGN, insert);
    editor.did_change(&uri, 2, json!([{ "text": started }]));
    let half = finding(&mut editor, &uri).expect("blank items are no answer");
    assert_eq!(half["severity"], 3, "started weighs less than open");
    assert_ne!(half["message"], open["message"]);
    let again = fixes(&mut editor, &uri, &half);
    assert!(again.iter().all(|it| it["title"] != INSERT), "it is never inserted twice");

    editor.did_change(&uri, 3, json!([{ "text": started.replace("[ ]", "[x]") }]));
    assert!(finding(&mut editor, &uri).is_some(), "ticking what is blank answers nothing");

    editor.did_change(&uri, 4, json!([{ "text": started.replace('…', "five minutes") }]));
    assert_eq!(finding(&mut editor, &uri), None);
}

/// The designs that the repository ships.
fn designs() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/designs");
    let entries = fs::read_dir(folder).expect("the designs are there");
    entries.map(|entry| entry.expect("an entry can be read").path()).filter(|path| path.extension().is_some_and(|it| it == "md")).collect()
}

#[test]
fn the_editor_shows_what_the_terminal_shows() {
    let designs = designs();
    assert!(!designs.is_empty());
    let mut editor = Editor::start(able());
    for path in designs {
        let text = fs::read_to_string(&path).expect("a design can be read");
        let output = Command::new(env!("CARGO_BIN_EXE_followup"))
            .args(["check", "--no-config", "--exit-zero", "--format", "json"])
            .arg(&path)
            .output()
            .expect("the command runs");
        let report: Value = serde_json::from_slice(&output.stdout).expect("the report is JSON");
        let in_terminal: Vec<_> = report["files"][0]["findings"].as_array().expect("findings").iter().map(of_terminal).collect();
        let uri = uri(&path.file_name().expect("a name").to_string_lossy());
        editor.did_open(&uri, &text);
        let in_editor: Vec<_> = editor.diagnostics(&uri).as_array().expect("diagnostics").iter().map(of_editor).collect();
        assert_eq!(in_editor, in_terminal, "{}", path.display());
    }
}

/// Id, place, weight and message of a finding; places count from 1, in bytes.
type Told = (Value, [u64; 4], Value, Value);

fn of_terminal(finding: &Value) -> Told {
    let place = ["line", "column", "end_line", "end_column"].map(|key| finding[key].as_u64().unwrap_or(0));
    (finding["id"].clone(), place, finding["severity"].clone(), finding["message"].clone())
}

fn of_editor(diagnostic: &Value) -> Told {
    let place = [("start", "line"), ("start", "character"), ("end", "line"), ("end", "character")];
    let place = place.map(|(end, key)| diagnostic["range"][end][key].as_u64().unwrap_or(0) + 1);
    let severity = ["error", "warning", "information", "hint"][diagnostic["severity"].as_u64().unwrap_or(1) as usize - 1];
    (diagnostic["code"].clone(), place, json!(severity), diagnostic["message"].clone())
}

#[test]
fn every_example_of_every_page_comes_through_as_the_engine_has_it() {
    let library = Library::built_in();
    let mut editor = Editor::start(able());
    let mut ran = 0;
    for question in &library.questions {
        let fences = ["Open", "Answered"].into_iter().filter_map(|title| question.page.section(title)).flat_map(|section| section.fences());
        for (number, fence) in fences.enumerate() {
            let is_caret = |line: &&String| !line.trim().is_empty() && line.trim().chars().all(|it| it == '^' || it == ' ');
            let lines: Vec<_> = fence.lines.iter().filter(|line| !is_caret(line)).map(String::as_str).collect();
            let text = format!("{}\n\n<!-- followup: design -->\n", lines.join("\n"));
            let analysis = Analysis::new(text.as_str().into(), library.clone(), &Severities::default());
            let expected: Vec<_> = ide::diagnostics(&analysis).into_iter().map(|it| (it.code, text[it.range].to_owned())).collect();
            let uri = uri(&format!("{}-{number}.md", question.id));
            editor.did_open(&uri, &text);
            let told = editor.diagnostics(&uri);
            let told = told
                .as_array()
                .expect("diagnostics")
                .iter()
                .map(|it| (it["code"].as_str().unwrap_or("").to_owned(), text[bytes(&text, &it["range"])].to_owned()));
            assert_eq!(told.collect::<Vec<_>>(), expected, "{uri}\n{text}");
            editor.did_close(&uri);
            if !expected.is_empty() {
                assert_eq!(editor.published(&uri)["diagnostics"], json!([]));
            }
            ran += 1;
        }
    }
    assert!(ran > 2 * library.questions.len(), "{ran} examples");
}

/// The bytes of a range whose columns count bytes.
fn bytes(text: &str, range: &Value) -> Range<usize> {
    let starts: Vec<usize> = [0].into_iter().chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let number = |end: &str, key: &str| range[end][key].as_u64().expect("a place is two numbers") as usize;
    let offset = |end: &str| starts[number(end, "line")] + number(end, "character");
    offset("start")..offset("end")
}
