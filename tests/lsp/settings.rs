//! Settings: from files and from the editor, reloaded when they change, and what is wrong with them told where it is.

use expect_test::{Expect, expect};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{
    editor::{Editor, able, file_uri},
    tea::{self, DESIGN, uri, write},
};

/// A folder with files in it.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    folder
}

/// A session with these folders open, in an editor that can do this beside the usual.
fn start(folders: &[&TempDir], workspace: Value, options: Value) -> Editor {
    let mut client = able();
    client["workspace"] = workspace;
    tea::start(folders, client, options)
}

/// The diagnostics of a file, as `line:from-to message`, counted from 1.
fn expect_problems(editor: &mut Editor, uri: &str, expected: Expect) {
    let published = editor.published(uri);
    let line = |it: &Value| {
        assert_eq!(it["source"], "followup");
        let (start, end) = (&it["range"]["start"], &it["range"]["end"]);
        let place = |it: &Value| it.as_u64().map_or(0, |it| it + 1);
        format!(
            "{}:{}-{} {}",
            place(&start["line"]),
            place(&start["character"]),
            place(&end["character"]),
            it["message"].as_str().unwrap_or("")
        )
    };
    let lines: Vec<_> = published["diagnostics"].as_array().into_iter().flatten().map(line).collect();
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn a_mistake_in_a_settings_file_stands_in_that_file_until_it_is_mended() {
    let folder = folder(&[("followup.toml", "colour = \"blau\"\n")]);
    let mut editor = start(&[&folder], json!({}), Value::Null);
    let file = uri(&folder, "followup.toml");
    expect_problems(
        &mut editor,
        &file,
        expect![["1:1-16 unknown key `colour`; the keys are `severity`, `include`, `exclude`, `docs-url`, `max-size`, `max-findings`"]],
    );
    write(folder.path(), "followup.toml", "");
    editor.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": file, "type": 2 }] }));
    expect_problems(&mut editor, &file, expect![[""]]);
}

#[test]
fn a_mistake_in_a_content_file_stands_in_that_file() {
    let folder = folder(&[(".followup/concepts/tea.md", "---\nkind: concept\ncolour: green\n---\n# Tea\n")]);
    let mut editor = start(&[&folder], json!({}), Value::Null);
    let published = editor.published(&uri(&folder, ".followup/concepts/tea.md"));
    assert!(published["diagnostics"][0]["message"].as_str().is_some_and(|it| it.contains("colour")), "{published}");
}

#[test]
fn a_saved_settings_file_takes_effect_where_nobody_watches_files() {
    let folder = folder(&[]);
    let mut editor = start(&[&folder], json!({}), Value::Null);
    let file = uri(&folder, "followup.toml");
    write(folder.path(), "followup.toml", "=");
    editor.notify("textDocument/didSave", json!({ "textDocument": { "uri": file } }));
    assert_eq!(editor.published(&file)["diagnostics"].as_array().map(Vec::len), Some(1));
    // Other files are no settings.
    editor.notify("textDocument/didSave", json!({ "textDocument": { "uri": uri(&folder, "a.md") } }));
    editor.expect_silence();
}

#[test]
fn watchers_are_registered_where_the_editor_offers_it() {
    let can =
        json!({ "didChangeWatchedFiles": { "dynamicRegistration": true }, "didChangeConfiguration": { "dynamicRegistration": true } });
    let mut editor = start(&[], can, Value::Null);
    let (id, params) = editor.question("client/registerCapability");
    let registered = &params["registrations"];
    assert_eq!(registered[0]["method"], "workspace/didChangeConfiguration");
    let watchers = json!({ "watchers": [{ "globPattern": "**/followup.toml" }, { "globPattern": "**/.followup/**" }] });
    assert_eq!(registered[1]["registerOptions"], watchers);
    editor.reply(id, Value::Null);
    editor.expect_silence();
}

#[test]
fn an_editor_that_can_be_asked_is_asked_for_each_folder_and_its_answer_counts() {
    let (one, two) = (folder(&[]), folder(&[]));
    let mut editor = start(&[&one, &two], json!({ "configuration": true }), Value::Null);
    let (id, params) = editor.question("workspace/configuration");
    let item = |folder: &TempDir| json!({ "scopeUri": file_uri(folder.path()), "section": "followup" });
    assert_eq!(params["items"], json!([{ "section": "followup" }, item(&one), item(&two)]));
    editor.reply(id, json!([null, null, { "severitty": {} }]));
    let told = editor.notification("window/showMessage");
    assert_eq!(told["message"], "Followup: the editor's settings: unknown key `severitty`; did you mean `severity`?");
    // Asked again, with the same answer: nothing new to say.
    editor.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    let (id, _) = editor.question("workspace/configuration");
    editor.reply(id, json!([null, null, { "severitty": {} }]));
    editor.expect_silence();
}

#[test]
fn an_editor_without_settings_changes_nothing() {
    let mut client = able();
    client["workspace"] = json!({ "configuration": true, "diagnostics": { "refreshSupport": true } });
    client["textDocument"]["diagnostic"] = json!({});
    let mut editor = tea::start(&[], client, Value::Null);
    let (id, _) = editor.question("workspace/configuration");
    editor.reply(id, json!([null]));
    editor.expect_silence();
}

#[test]
fn settings_that_come_while_the_first_review_waits_count_for_it() {
    let folder = tea::folder();
    let mut editor = start(&[&folder], json!({ "configuration": true }), Value::Null);
    let (id, _) = editor.question("workspace/configuration");
    let uri = uri(&folder, "a.md");
    editor.did_open(&uri, DESIGN);
    let off = json!({ "severity": { "*": "off" } });
    editor.reply(id, json!([off, off]));
    // What holds until then may be told first.
    while editor.published(&uri)["diagnostics"] != json!([]) {}
}

#[test]
fn settings_that_are_sent_count_with_or_without_their_section() {
    for settings in [json!({ "followup": { "exclud": [] } }), json!({ "exclud": [] })] {
        let mut editor = start(&[], json!({}), Value::Null);
        editor.notify("workspace/didChangeConfiguration", json!({ "settings": settings }));
        editor.did_open("untitled:a", "Hello.");
        let told = editor.notification("window/showMessage");
        assert_eq!(told["message"], "Followup: the editor's settings: unknown key `exclud`; did you mean `exclude`?");
        editor.diagnostics("untitled:a");
    }
}

#[test]
fn options_of_the_first_message_count() {
    let folder = folder(&[]);
    let mut editor = start(&[&folder], json!({}), json!({ "include": 1 }));
    let told = editor.notification("window/showMessage");
    assert!(told["message"].as_str().is_some_and(|it| it.starts_with("Followup: the initialization options: `include`")), "{told}");
}

#[test]
fn a_folder_that_is_added_brings_its_settings_and_one_that_is_closed_takes_them_along() {
    let folder = folder(&[("followup.toml", "colour = 1\n")]);
    let mut editor = start(&[], json!({}), Value::Null);
    let (file, this) = (uri(&folder, "followup.toml"), json!([{ "uri": file_uri(folder.path()), "name": "it" }]));
    editor.notify("workspace/didChangeWorkspaceFolders", json!({ "event": { "added": this, "removed": [] } }));
    assert_eq!(editor.published(&file)["diagnostics"].as_array().map(Vec::len), Some(1));
    editor.notify("workspace/didChangeWorkspaceFolders", json!({ "event": { "added": [], "removed": this } }));
    assert_eq!(editor.published(&file)["diagnostics"], json!([]));
}

#[test]
fn a_mistake_in_a_file_that_is_open_stands_beside_what_is_said_of_its_text() {
    let folder = folder(&[(".followup/concepts/tea.md", "no content file")]);
    let mut editor = start(&[], json!({}), Value::Null);
    // As the editor writes it, which is not how we would.
    let name = uri(&folder, ".followup/concepts/tea.md").replace("tea", "%74ea");
    editor.did_open(&name, "no content file");
    while editor.published(&name)["diagnostics"] == json!([]) {}
    editor.did_close(&name);
    assert_eq!(editor.published(&name)["diagnostics"], json!([]));
}
