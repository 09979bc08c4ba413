//! Findings as diagnostics: told when they change, taken back when the document is closed, pushed or asked for.

use expect_test::expect;
use serde_json::{Value, json};

use super::{
    editor::{Editor, able, at, change},
    tea::{self, ANSWER, DESIGN, uri, write},
};

#[test]
fn a_finding_is_told_with_all_that_belongs_to_it() {
    let folder = tea::folder();
    write(folder.path(), "followup.toml", "docs-url = \"https://docs.test/{id}.html\"\n");
    let mut editor = tea::start(&[&folder], able(), Value::Null);
    let uri = uri(&folder, "a.md");
    editor.did_open(&uri, DESIGN);
    let finding = &editor.diagnostics(&uri)[0];
    // Bytes: the emoji before it has four.
    let range = json!({ "start": { "line": 5, "character": 21 }, "end": { "line": 5, "character": 27 } });
    assert_eq!(finding["range"], range);
    assert_eq!(finding["severity"], 2);
    assert_eq!(finding["code"], "tea/milk");
    assert_eq!(finding["codeDescription"]["href"], "https://docs.test/tea/milk.html");
    assert_eq!(finding["source"], "followup");
    assert!(finding["message"].as_str().is_some_and(|it| it.starts_with("Who adds the milk?")), "{finding}");
    assert_eq!(finding["data"], json!({ "key": "tea/milk|component:teapot-1" }));
    let related = &finding["relatedInformation"][0]["location"];
    assert_eq!((&related["uri"], &related["range"]["start"]), (&json!(uri), &json!({ "line": 6, "character": 4 })));
}

#[test]
fn an_editor_gets_no_more_than_it_can_show() {
    let folder = tea::folder();
    write(folder.path(), "followup.toml", "docs-url = \"https://docs.test/{id}.html\"\n");
    let mut editor = tea::start(&[&folder], json!({}), Value::Null);
    let uri = uri(&folder, "a.md");
    editor.did_open(&uri, DESIGN);
    let finding = &editor.diagnostics(&uri)[0];
    assert_eq!(finding["code"], "tea/milk");
    assert!(finding.get("relatedInformation").is_none() && finding.get("codeDescription").is_none(), "{finding}");
    // Nothing was agreed, so columns count units of 16 bits.
    assert_eq!(finding["range"]["start"], json!({ "line": 5, "character": 19 }));
}

#[test]
fn an_answer_clears_the_question() {
    let folder = tea::folder();
    let mut editor = tea::start(&[&folder], able(), Value::Null);
    let uri = uri(&folder, "a.md");
    editor.did_open(&uri, DESIGN);
    editor.expect_diagnostics(&uri, expect!["6:22 warning tea/milk"]);
    editor.did_change(&uri, 2, json!([change((0, 0), (0, 0), "\n")]));
    editor.expect_diagnostics(&uri, expect!["7:22 warning tea/milk"]);
    editor.did_change(&uri, 3, json!([change((99, 0), (99, 0), ANSWER)]));
    editor.expect_diagnostics(&uri, expect![""]);
}

#[test]
fn what_was_said_is_taken_back_when_a_document_is_closed() {
    let folder = tea::folder();
    let mut editor = tea::start(&[&folder], able(), Value::Null);
    let (open, answered) = (uri(&folder, "a.md"), uri(&folder, "b.md"));
    editor.did_open(&open, DESIGN);
    editor.expect_diagnostics(&open, expect!["6:22 warning tea/milk"]);
    editor.did_close(&open);
    assert_eq!(editor.published(&open)["diagnostics"], json!([]));
    editor.did_open(&answered, &format!("{DESIGN}{ANSWER}"));
    editor.expect_diagnostics(&answered, expect![""]);
    // Nothing to take back, nothing said.
    editor.did_close(&answered);
    editor.expect_silence();
    editor.did_open(&open, DESIGN);
    editor.expect_diagnostics(&open, expect!["6:22 warning tea/milk"]);
}

#[test]
fn what_equals_what_was_said_is_not_said_again() {
    let folder = tea::folder();
    let mut client = able();
    client["textDocument"]["publishDiagnostics"]["versionSupport"] = json!(false);
    let mut editor = tea::start(&[&folder], client, Value::Null);
    let uri = uri(&folder, "a.md");
    editor.did_open(&uri, DESIGN);
    editor.expect_diagnostics(&uri, expect!["6:22 warning tea/milk"]);
    editor.did_change(&uri, 2, json!([change((99, 0), (99, 0), "It is blue.\n")]));
    editor.expect_silence();
    editor.did_change(&uri, 3, json!([change((0, 0), (0, 0), "\n")]));
    editor.expect_diagnostics(&uri, expect!["7:22 warning tea/milk"]);
}

#[test]
fn two_folders_have_settings_and_content_of_their_own() {
    let (tea, plain) = (tea::folder(), tempfile::tempdir().expect("a temporary folder"));
    let mut editor = tea::start(&[&plain, &tea], able(), Value::Null);
    let (in_plain, in_tea) = (uri(&plain, "a.md"), uri(&tea, "deep/a.md"));
    for (uri, expected) in [(&in_plain, expect![""]), (&in_tea, expect!["6:22 warning tea/milk"])] {
        editor.did_open(uri, DESIGN);
        editor.expect_diagnostics(uri, expected);
    }
    // A document that was never saved belongs to the first folder.
    editor.did_open("untitled:Untitled-1", DESIGN);
    editor.expect_diagnostics("untitled:Untitled-1", expect![""]);
}

#[test]
fn a_document_that_was_never_saved_is_reviewed() {
    let folder = tea::folder();
    let mut editor = tea::start(&[&folder], able(), Value::Null);
    editor.did_open("untitled:Untitled-1", DESIGN);
    editor.expect_diagnostics("untitled:Untitled-1", expect!["6:22 warning tea/milk"]);
    editor.did_close("untitled:Untitled-1");
    assert_eq!(editor.published("untitled:Untitled-1")["diagnostics"], json!([]));
}

#[test]
fn settings_take_effect_at_once() {
    let folder = tea::folder();
    let mut editor = tea::start(&[&folder], able(), json!({ "severity": { "tea/*": "hint" } }));
    let uri = uri(&folder, "a.md");
    editor.did_open(&uri, DESIGN);
    editor.expect_diagnostics(&uri, expect!["6:22 hint tea/milk"]);
    // The editor's settings are stronger than the options that it began with.
    editor.notify("workspace/didChangeConfiguration", json!({ "settings": { "followup": { "severity": { "tea/milk": "information" } } } }));
    editor.expect_diagnostics(&uri, expect!["6:22 information tea/milk"]);
    editor.notify("workspace/didChangeConfiguration", json!({ "settings": { "followup": { "exclude": ["*.md"] } } }));
    editor.expect_diagnostics(&uri, expect![""]);
}

#[test]
fn changed_content_takes_effect_at_once() {
    let folder = tea::folder();
    let mut editor = tea::start(&[&folder], able(), Value::Null);
    let (document, page) = (uri(&folder, "a.md"), uri(&folder, ".followup/signals/milk-added.md"));
    editor.did_open(&document, DESIGN);
    editor.expect_diagnostics(&document, expect!["6:22 warning tea/milk"]);
    let signal = "---\nkind: signal\nsays: [\"be round\"]\n---\n# Round\n\n## Says\n```design\nIt is round.\n```\n\n## Does not say\n```design\nIt is blue.\n```\n";
    write(folder.path(), ".followup/signals/milk-added.md", signal);
    editor.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": page, "type": 2 }] }));
    editor.expect_diagnostics(&document, expect![""]);
}

#[test]
fn files_of_settings_get_no_findings() {
    let folder = tea::folder();
    let mut editor = tea::start(&[&folder], able(), Value::Null);
    let uri = uri(&folder, "followup.toml");
    let document = json!({ "uri": uri, "languageId": "toml", "version": 1, "text": DESIGN });
    editor.notify("textDocument/didOpen", json!({ "textDocument": document }));
    assert_eq!(editor.published(&uri)["diagnostics"], json!([]));
}

/// An editor that asks for diagnostics, with a design open.
fn pulling(folder: &tempfile::TempDir) -> Editor {
    let mut client = able();
    client["textDocument"]["diagnostic"] = json!({ "relatedInformation": true });
    client["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    let mut editor = tea::start(&[folder], client, Value::Null);
    assert_eq!(editor.capabilities["diagnosticProvider"]["interFileDependencies"], false);
    editor.did_open(&uri(folder, "a.md"), DESIGN);
    editor
}

fn pull(editor: &mut Editor, uri: &str, previous: &Value) -> Value {
    editor.request("textDocument/diagnostic", json!({ "textDocument": { "uri": uri }, "previousResultId": previous }))
}

#[test]
fn an_editor_that_asks_gets_answers_and_nothing_else() {
    let folder = tea::folder();
    let (mut editor, uri) = (pulling(&folder), uri(&folder, "a.md"));
    let first = pull(&mut editor, &uri, &Value::Null);
    assert_eq!((&first["kind"], &first["items"][0]["code"]), (&json!("full"), &json!("tea/milk")));
    assert!(first["items"][0].get("relatedInformation").is_some());
    let again = pull(&mut editor, &uri, &first["resultId"]);
    assert_eq!(again, json!({ "kind": "unchanged", "resultId": first["resultId"] }));
    editor.did_change(&uri, 2, json!([change((99, 0), (99, 0), "It is blue.\n")]));
    assert_eq!(pull(&mut editor, &uri, &first["resultId"])["kind"], "unchanged");
    editor.did_change(&uri, 3, json!([change((99, 0), (99, 0), ANSWER)]));
    let last = pull(&mut editor, &uri, &first["resultId"]);
    assert_eq!((&last["kind"], &last["items"]), (&json!("full"), &json!([])));
    editor.did_close(&uri);
    assert_eq!(pull(&mut editor, &uri, &Value::Null)["items"], json!([]));
}

#[test]
fn an_editor_that_asks_is_told_to_ask_again_when_settings_change() {
    let folder = tea::folder();
    let (mut editor, uri) = (pulling(&folder), uri(&folder, "a.md"));
    let first = pull(&mut editor, &uri, &Value::Null);
    editor.notify("workspace/didChangeConfiguration", json!({ "settings": { "followup": { "severity": { "*": "off" } } } }));
    let (id, _) = editor.question("workspace/diagnostic/refresh");
    editor.reply(id, Value::Null);
    assert_eq!(pull(&mut editor, &uri, &first["resultId"])["items"], json!([]));
}

#[test]
fn an_editor_that_asks_and_cannot_be_told_to_ask_again_is_told() {
    let folder = tea::folder();
    let mut client = able();
    client["textDocument"]["diagnostic"] = json!({});
    let mut editor = tea::start(&[&folder], client, Value::Null);
    assert!(editor.capabilities.get("diagnosticProvider").is_none());
    let uri = uri(&folder, "a.md");
    editor.did_open(&uri, DESIGN);
    assert_eq!(editor.diagnostics(&uri)[0]["code"], "tea/milk");
    editor.notify("workspace/didChangeConfiguration", json!({ "settings": { "followup": { "severity": { "*": "off" } } } }));
    assert_eq!(editor.diagnostics(&uri), json!([]));
}

#[test]
fn actions_and_hovers_come_before_the_first_diagnostics() {
    let folder = tea::folder();
    let mut editor = tea::start(&[&folder], able(), Value::Null);
    let uri = uri(&folder, "a.md");
    editor.did_open(&uri, DESIGN);
    let hover = editor.ask("textDocument/hover", at(&uri, 5, 22));
    let range = json!({ "start": { "line": 5, "character": 0 }, "end": { "line": 6, "character": 0 } });
    let actions =
        editor.ask("textDocument/codeAction", json!({ "textDocument": { "uri": uri }, "range": range, "context": { "diagnostics": [] } }));
    assert!(editor.answer(hover)["result"].is_object());
    assert_ne!(editor.answer(actions)["result"], json!([]));
    editor.expect_diagnostics(&uri, expect!["6:22 warning tea/milk"]);
}
