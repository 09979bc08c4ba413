//! Hovers, actions, completions and symbols, each as the editor can take it.

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{
    editor::{Editor, able, at, change},
    tea::{self, ANSWER, DESIGN, uri},
};

/// An editor that can do this, with a design open and its finding read.
fn editor(folder: &TempDir, client: Value) -> (Editor, String, Value) {
    let mut editor = tea::start(&[folder], client, Value::Null);
    let uri = uri(folder, "a.md");
    editor.did_open(&uri, DESIGN);
    let finding = editor.diagnostics(&uri)[0].take();
    (editor, uri, finding)
}

/// Where the finding is, in bytes.
const FINDING: ((u32, u32), (u32, u32)) = ((5, 21), (5, 27));
/// Where no finding is.
const ELSEWHERE: ((u32, u32), (u32, u32)) = ((1, 0), (1, 0));

fn actions(editor: &mut Editor, uri: &str, (start, end): ((u32, u32), (u32, u32)), context: Value) -> Vec<Value> {
    let range = change(start, end, "")["range"].take();
    let mut actions =
        editor.request("textDocument/codeAction", json!({ "textDocument": { "uri": uri }, "range": range, "context": context }));
    actions.as_array_mut().map(std::mem::take).unwrap_or_default()
}

fn titles(actions: &[Value]) -> Vec<&str> {
    actions.iter().filter_map(|it| it["title"].as_str()).collect()
}

const INSERT: &str = "Insert the milk checklist";

#[test]
fn a_mention_shows_its_note() {
    let folder = tea::folder();
    let (mut editor, uri, _) = editor(&folder, able());
    let hover = editor.request("textDocument/hover", at(&uri, 5, 23));
    assert_eq!(hover["contents"]["kind"], "markdown");
    assert!(hover["contents"]["value"].as_str().is_some_and(|it| it.contains("**pot**") && it.contains('✗')), "{hover}");
    assert_eq!(hover["range"], change(FINDING.0, FINDING.1, "")["range"]);
    assert_eq!(editor.request("textDocument/hover", at(&uri, 5, 3)), Value::Null);
}

#[test]
fn the_id_of_a_question_shows_its_page_in_a_comment_and_in_settings() {
    let folder = tea::folder();
    let (mut editor, uri, _) = editor(&folder, able());
    editor.did_change(&uri, 2, json!([{ "text": "Tea.\n\n<!-- followup-ignore …tea/milk: no cow — sorry -->\n" }]));
    let hover = editor.request("textDocument/hover", at(&uri, 2, 30));
    assert_eq!(hover["range"], change((2, 24), (2, 32), "")["range"]);
    for column in 0..52 {
        let hover = editor.request("textDocument/hover", at(&uri, 2, column));
        assert_eq!(hover.is_object(), (24..=32).contains(&column), "{column}");
    }
    editor.diagnostics(&uri);

    let settings = tea::uri(&folder, "followup.toml");
    let text = "[severity]\n\"tea/milk\" = \"off\" # a teapot\n";
    let document = json!({ "uri": settings, "languageId": "toml", "version": 1, "text": text });
    editor.notify("textDocument/didOpen", json!({ "textDocument": document }));
    assert_eq!(editor.published(&settings)["diagnostics"], json!([]));
    let hover = editor.request("textDocument/hover", at(&settings, 1, 5));
    assert!(hover["contents"]["value"].as_str().is_some_and(|it| it.contains("Who adds the milk?")), "{hover}");
    assert_eq!(editor.request("textDocument/hover", at(&settings, 1, 24)), Value::Null);
}

#[test]
fn an_editor_without_markdown_gets_plain_text() {
    let folder = tea::folder();
    for formats in [json!(["plaintext"]), json!([]), Value::Null] {
        let mut client = able();
        client["textDocument"]["hover"] = json!({ "contentFormat": formats });
        let (mut editor, uri, _) = editor(&folder, client);
        let hover = editor.request("textDocument/hover", at(&uri, 5, 23));
        assert_eq!(hover["contents"]["kind"], "plaintext");
        assert!(hover["contents"]["value"].as_str().is_some_and(|it| it.contains("A pot for tea.") && !it.contains("**")), "{hover}");
    }
}

#[test]
fn hovers_between_pipelined_edits_belong_to_the_version_before_them() {
    let folder = tea::folder();
    let (mut editor, uri, _) = editor(&folder, able());
    let mut hovers = Vec::new();
    for moved in 0..200_u32 {
        // Each edit moves the word down a line.
        hovers.push((moved, editor.ask("textDocument/hover", at(&uri, 5 + moved, 23))));
        editor.did_change(&uri, i64::from(moved) + 2, json!([change((0, 0), (0, 0), "\n")]));
    }
    for (moved, id) in hovers {
        assert_eq!(editor.answer(id)["result"]["range"]["start"], json!({ "line": 5 + moved, "character": 21 }));
    }
    editor.diagnostics(&uri);
}

#[test]
fn a_finding_is_fixed_from_its_place_or_from_its_key() {
    let folder = tea::folder();
    let (mut editor, uri, finding) = editor(&folder, able());
    let from_place = actions(&mut editor, &uri, FINDING, json!({ "diagnostics": [] }));
    assert!(titles(&from_place).contains(&INSERT), "{from_place:#?}");
    let from_key = actions(&mut editor, &uri, ELSEWHERE, json!({ "diagnostics": [finding] }));
    assert_eq!(from_key, from_place);
    // What other servers say is none of our business, however odd.
    let foreign = json!([{ "code": {}, "tags": "x" }, 7, { "range": null, "data": { "key": 5 } }]);
    assert_eq!(titles(&actions(&mut editor, &uri, ELSEWHERE, json!({ "diagnostics": foreign }))), [""; 0]);
}

#[test]
fn an_action_says_what_it_fixes_and_for_which_version() {
    let folder = tea::folder();
    let (mut editor, uri, finding) = editor(&folder, able());
    let all = actions(&mut editor, &uri, FINDING, json!({ "diagnostics": [finding] }));
    let insert = all.iter().find(|it| it["title"] == INSERT).expect("the fix");
    assert_eq!((&insert["kind"], &insert["isPreferred"]), (&json!("quickfix"), &json!(true)));
    assert_eq!(insert["diagnostics"], json!([finding]));
    let change = &insert["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({ "uri": uri, "version": 1 }));
    assert!(change["edits"][0]["newText"].as_str().is_some_and(|it| it.contains("- [ ] Milk is added by …")), "{change}");
    assert!(insert["edit"].get("changes").is_none());
}

#[test]
fn an_editor_of_old_gets_edits_without_versions() {
    let folder = tea::folder();
    let (mut editor, uri, _) = editor(&folder, json!({}));
    let place = ((5, 19), (5, 19));
    let all = actions(&mut editor, &uri, place, json!({ "diagnostics": [] }));
    let insert = all.iter().find(|it| it["title"] == INSERT).expect("the fix");
    assert_eq!(insert["edit"]["changes"][&uri].as_array().map(Vec::len), Some(1));
    assert!(insert["edit"].get("documentChanges").is_none());
}

#[test]
fn only_the_kinds_that_are_asked_for_are_given() {
    let folder = tea::folder();
    let (mut editor, uri, _) = editor(&folder, able());
    for (only, some) in
        [(json!(["quickfix"]), true), (json!([""]), true), (json!(["source"]), false), (json!(["refactor", "source.followup"]), false)]
    {
        let given = actions(&mut editor, &uri, FINDING, json!({ "diagnostics": [], "only": only }));
        assert_eq!(titles(&given).contains(&INSERT), some, "{only}");
        assert!(given.iter().all(|it| (it["kind"] == "quickfix") == some), "{only}");
    }
}

#[test]
fn an_answered_design_needs_no_action() {
    let folder = tea::folder();
    let (mut editor, uri, _) = editor(&folder, able());
    editor.did_change(&uri, 2, json!([change((99, 0), (99, 0), ANSWER)]));
    assert_eq!(actions(&mut editor, &uri, FINDING, json!({ "diagnostics": [] })), Vec::<Value>::new());
    assert_eq!(editor.diagnostics(&uri), json!([]));
}

#[test]
fn templates_have_tab_stops_where_the_editor_takes_them() {
    let folder = tea::folder();
    let mut plain = able();
    plain["textDocument"]["completion"]["completionItem"] = json!({ "snippetSupport": false });
    for (client, format, text, documentation) in [(able(), 2, "by ${1:…}", "markdown"), (plain, 1, "by …", "plaintext")] {
        let (mut editor, uri, _) = editor(&folder, client);
        let items = editor.request("textDocument/completion", at(&uri, 7, 0));
        let item = &items[0];
        assert_eq!((&item["insertTextFormat"], &item["documentation"]["kind"]), (&json!(format), &json!(documentation)), "{items}");
        assert!(item["textEdit"]["newText"].as_str().is_some_and(|it| it.contains(text)), "{item}");
    }
}

#[test]
fn components_are_listed_as_the_editor_shows_symbols() {
    let folder = tea::folder();
    let mut flat = able();
    flat["textDocument"]["documentSymbol"] = json!({});
    let (mut modern, uri, _) = editor(&folder, able());
    let symbols = modern.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri } }));
    assert_eq!((&symbols[0]["name"], &symbols[0]["selectionRange"]), (&json!("teapot"), &change(FINDING.0, FINDING.1, "")["range"]));
    let (mut old, uri, _) = editor(&folder, flat);
    let symbols = old.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri } }));
    assert_eq!((&symbols[0]["name"], &symbols[0]["location"]["uri"]), (&json!("teapot"), &json!(uri)));
}
