//! The pages that an editor's own commands show.

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{
    editor::{Editor, able, at},
    tea::{self, ANSWER, DESIGN, uri},
};

/// An able editor with a design open and its finding read.
fn editor(folder: &TempDir) -> (Editor, String) {
    let mut editor = tea::start(&[folder], able(), Value::Null);
    let uri = uri(folder, "a.md");
    editor.did_open(&uri, DESIGN);
    editor.diagnostics(&uri);
    (editor, uri)
}

fn execute(editor: &mut Editor, command: &str, arguments: Value) -> Value {
    editor.request("workspace/executeCommand", json!({ "command": command, "arguments": arguments }))
}

fn refusal(editor: &mut Editor, params: Value) -> String {
    let answer = editor.answer_to("workspace/executeCommand", params);
    assert_eq!(answer["error"]["code"], -32602, "{answer}");
    answer["error"]["message"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn the_commands_that_are_offered_are_those_there_are() {
    let folder = tea::folder();
    let (mut editor, uri) = editor(&folder);
    let offered = editor.capabilities["executeCommandProvider"]["commands"].clone();
    assert_eq!(offered, json!(["followup.get.pages", "followup.get.page", "followup.get.term", "followup.get.review"]));
    assert_eq!(execute(&mut editor, "followup.get.term", json!([uri, 5, 23])), "teapot");
    assert_eq!(execute(&mut editor, "followup.get.term", json!([uri, 0, 0])), Value::Null);
    assert!(execute(&mut editor, "followup.get.pages", json!([uri])).is_array());
    assert!(execute(&mut editor, "followup.get.page", json!(["tea/milk"])).is_string());
    assert!(execute(&mut editor, "followup.get.review", json!([uri])).is_string());
}

#[test]
fn every_page_can_be_read_that_is_listed_also_those_of_the_workspace() {
    let folder = tea::folder();
    let (mut editor, uri) = editor(&folder);
    let pages = execute(&mut editor, "followup.get.pages", json!([uri]));
    let ids: Vec<&str> = pages.as_array().expect("a list").iter().filter_map(|page| page["id"].as_str()).collect();
    assert!(ids.contains(&"tea/milk") && ids.contains(&"teapot") && ids.contains(&"cache/invalidation"), "{ids:?}");
    for page in pages.as_array().expect("a list") {
        let shown = execute(&mut editor, "followup.get.page", json!([page["id"], uri]));
        assert!(shown.as_str().is_some_and(|it| it.starts_with(&format!("### {}\n", page["title"].as_str().expect("a title")))), "{shown}");
    }
}

#[test]
fn without_a_document_it_is_the_workspace_that_counts() {
    let folder = tea::folder();
    let mut editor = tea::start(&[&folder], able(), Value::Null);
    assert!(execute(&mut editor, "followup.get.page", json!(["tea/milk"])).is_string());
    let elsewhere = tea::folder();
    let mut other = tea::start(&[], able(), Value::Null);
    assert!(refusal(&mut other, json!({ "command": "followup.get.page", "arguments": ["tea/milk"] })).contains("`tea/milk`"));
    assert!(execute(&mut other, "followup.get.page", json!(["tea/milk", uri(&elsewhere, "never-opened.md")])).is_string());
}

#[test]
fn a_review_is_of_the_text_as_it_stands() {
    let folder = tea::folder();
    let (mut editor, uri) = editor(&folder);
    let review = execute(&mut editor, "followup.get.review", json!([uri]));
    let open = format!("✗ Who adds the milk?\n  `tea/milk`, [line 6]({uri}#L6)");
    assert!(review.as_str().is_some_and(|it| it.starts_with("# Review of a.md\n\n1 open\n") && it.contains(&open)), "{review}");
    editor.did_change(&uri, 2, json!([{ "text": format!("{DESIGN}{ANSWER}") }]));
    let review = execute(&mut editor, "followup.get.review", json!([uri]));
    assert!(review.as_str().is_some_and(|it| it.contains("\n1 answered\n") && it.contains("✓ Who adds the milk?")), "{review}");
    assert_eq!(editor.diagnostics(&uri), json!([]));
}

#[test]
fn a_document_that_is_not_open_has_no_review() {
    let folder = tea::folder();
    let (mut editor, _) = editor(&folder);
    assert_eq!(execute(&mut editor, "followup.get.review", json!([uri(&folder, "b.md")])), Value::Null);
}

#[test]
fn what_cannot_be_done_is_told_with_what_can() {
    let folder = tea::folder();
    let (mut editor, uri) = editor(&folder);
    let told = refusal(&mut editor, json!({ "command": "followup.get.page", "arguments": ["tea/milc", uri] }));
    assert_eq!(told, "no question and no concept is called `tea/milc`; did you mean `tea/milk`?");
    assert!(refusal(&mut editor, json!({ "command": "followup.brew" })).contains("followup.get.review"));
    for command in ["followup.get.page", "followup.get.review"] {
        for arguments in [Value::Null, json!([]), json!([7]), json!([{}])] {
            assert!(refusal(&mut editor, json!({ "command": command, "arguments": arguments })).contains("wants the"));
        }
    }
    assert!(editor.request("textDocument/hover", at(&uri, 5, 23)).is_object());
}

#[test]
fn a_single_checklist_is_inserted_by_name_too() {
    let folder = tea::folder();
    let (mut editor, uri) = editor(&folder);
    let mut titles = |only: Value| {
        let range = json!({ "start": { "line": 5, "character": 22 }, "end": { "line": 5, "character": 22 } });
        let context = json!({ "diagnostics": [], "only": only });
        let actions =
            editor.request("textDocument/codeAction", json!({ "textDocument": { "uri": uri }, "range": range, "context": context }));
        actions.as_array().map(|all| all.iter().map(|it| it["title"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>())
    };
    assert_eq!(titles(json!(["source.followup"])), Some(vec!["Insert all open checklists".to_owned()]));
    assert!(titles(json!(["quickfix", "source"])).is_some_and(|it| !it.contains(&"Insert all open checklists".to_owned())));
}
