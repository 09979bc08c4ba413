//! How a session begins, goes on and ends.

use serde_json::{Value, json};

use super::editor::{Editor, able, at, change, uri};

#[test]
fn a_session_begins_with_what_the_server_offers() {
    let editor = Editor::start(able());
    assert_eq!(editor.capabilities["positionEncoding"], "utf-8");
    assert_eq!(editor.capabilities["textDocumentSync"]["change"], 2);
    assert_eq!(editor.capabilities["codeActionProvider"]["codeActionKinds"], json!(["quickfix", "source.followup"]));
    assert_eq!(editor.capabilities["completionProvider"], json!({}));
    assert!(editor.capabilities.get("diagnosticProvider").is_none());
}

#[test]
fn an_editor_that_says_nothing_of_itself_is_served() {
    let mut editor = Editor::start(json!({}));
    assert_eq!(editor.capabilities["positionEncoding"], "utf-16");
    editor.did_open("untitled:Untitled-1", "Hello.");
    assert_eq!(editor.published("untitled:Untitled-1")["version"], 1);
}

#[test]
fn messages_pipelined_behind_initialize_are_accepted() {
    let mut editor = Editor::spawn();
    let begin = editor.ask("initialize", json!({ "capabilities": able() }));
    editor.notify("initialized", json!({}));
    editor.did_open(&uri("a.md"), "Hello.");
    let hover = editor.ask("textDocument/hover", at(&uri("a.md"), 0, 0));
    assert!(editor.answer(begin)["result"].is_object());
    assert!(editor.answer(hover).get("error").is_none());
    assert_eq!(editor.diagnostics(&uri("a.md")), json!([]));
}

#[test]
fn requests_before_initialize_are_refused() {
    let mut editor = Editor::spawn();
    assert_eq!(editor.answer_to("textDocument/hover", at(&uri("a.md"), 0, 0))["error"]["code"], -32002);
    assert_eq!(editor.request("initialize", json!({ "capabilities": {} }))["serverInfo"]["name"], "followup");
}

#[test]
fn a_second_initialize_is_refused() {
    let mut editor = Editor::start(able());
    assert_eq!(editor.answer_to("initialize", json!({ "capabilities": {} }))["error"]["code"], -32600);
}

#[test]
fn requests_after_shutdown_are_refused() {
    let mut editor = Editor::start(able());
    editor.request("shutdown", Value::Null);
    assert_eq!(editor.answer_to("textDocument/hover", at(&uri("a.md"), 0, 0))["error"]["code"], -32600);
    assert_eq!(editor.exit().code(), Some(0));
}

#[test]
fn exit_without_shutdown_is_an_error() {
    assert_eq!(Editor::start(able()).exit().code(), Some(1));
    assert_eq!(Editor::spawn().exit().code(), Some(1));
}

#[test]
fn the_end_of_the_input_without_shutdown_is_an_error() {
    assert_eq!(Editor::start(able()).hang_up().code(), Some(1));
    assert_eq!(Editor::spawn().hang_up().code(), Some(1));
}

#[test]
fn the_end_of_the_input_after_shutdown_is_none() {
    let mut editor = Editor::start(able());
    editor.request("shutdown", Value::Null);
    assert_eq!(editor.hang_up().code(), Some(0));
}

#[test]
fn what_comes_after_exit_is_ignored() {
    let mut editor = Editor::start(able());
    editor.request("shutdown", Value::Null);
    let frame = |body: &str| format!("Content-Length: {}\r\n\r\n{body}", body.len());
    let after = frame(r#"{"jsonrpc":"2.0","id":99,"method":"textDocument/hover","params":{}}"#);
    editor.raw(format!("{}{after}garbage", frame(r#"{"jsonrpc":"2.0","method":"exit"}"#)).as_bytes());
    assert_eq!(editor.exit_status().code(), Some(0));
}

#[test]
fn odd_capabilities_are_taken_as_they_can_be() {
    for params in [
        json!({ "capabilities": {}, "trace": "loud", "rootUri": "file:///a b", "processId": 1 }),
        json!({ "capabilities": { "workspace": { "workspaceEdit": { "failureHandling": "never" } }, "unheardOf": [1] } }),
        json!({ "capabilities": { "textDocument": { "hover": { "contentFormat": ["rtf"] }, "foldingRange": { "foldingRangeKind": { "valueSet": ["x"] } } } } }),
        json!({ "capabilities": {}, "workspaceFolders": null, "rootPath": "/a", "initializationOptions": 7 }),
    ] {
        let mut editor = Editor::spawn();
        assert!(editor.request("initialize", params)["capabilities"].is_object());
        editor.hang_up();
    }
}

#[test]
fn capabilities_that_cannot_be_read_are_refused_and_may_be_mended() {
    for params in [json!({}), json!({ "capabilities": 1 }), json!({ "capabilities": {}, "processId": "12" }), Value::Null] {
        let mut editor = Editor::spawn();
        assert_eq!(editor.answer_to("initialize", params)["error"]["code"], -32602);
        assert!(editor.request("initialize", json!({ "capabilities": {} }))["capabilities"].is_object());
    }
}

#[cfg(debug_assertions)]
#[test]
fn a_document_of_many_megabytes_is_kept_in_step() {
    let mut editor = Editor::open("a.md", &"We read through Redis.\n".repeat(2 << 20));
    let uri = uri("a.md");
    let told = editor.diagnostics(&uri);
    assert!(told[0]["message"].as_str().is_some_and(|it| it.starts_with("This document is 46 MB and was not reviewed")), "{told}");
    let hover = editor.request("textDocument/hover", at(&uri, 1_000_000, 17));
    assert_eq!(hover["range"], change((1_000_000, 16), (1_000_000, 21), "")["range"]);
    editor.did_change(&uri, 2, json!([change((1, 0), (4_000_000, 0), "small")]));
    assert_eq!(editor.diagnostics(&uri), json!([]));
    assert_eq!(editor.request("textDocument/hover", at(&uri, 0, 17))["range"], change((0, 16), (0, 21), "")["range"]);
}

#[test]
fn unknown_methods_are_refused_and_unknown_notifications_are_not() {
    let mut editor = Editor::start(able());
    let answer = editor.answer_to("textDocument/unheardOf", json!({}));
    assert_eq!((&answer["error"]["code"], &answer["error"]["data"]), (&json!(-32601), &json!("textDocument/unheardOf")));
    assert_eq!(editor.answer_to("$/unheardOf", json!({}))["error"]["code"], -32601);
    editor.notify("textDocument/didUnheardOf", json!({}));
    editor.notify("$/unheardOf", json!({}));
    editor.expect_silence();
}

#[test]
fn bad_parameters_are_refused_with_a_reason() {
    let mut editor = Editor::start(able());
    for params in [json!({}), json!([1]), json!({ "textDocument": {}, "position": { "line": -1, "character": 0 } })] {
        let answer = editor.answer_to("textDocument/hover", params);
        assert_eq!(answer["error"]["code"], -32602);
        assert_ne!(answer["error"]["message"], "");
    }
    editor.send(&json!({ "jsonrpc": "2.0", "id": "x", "method": "textDocument/hover" }));
    assert_eq!(editor.answer("x")["error"]["code"], -32602);
    for method in ["textDocument/didClose", "textDocument/didSave", "workspace/didChangeWatchedFiles"] {
        editor.notify(method, json!({ "textDocument": 1 }));
    }
    editor.expect_silence();
}

#[test]
fn documents_that_are_not_open_have_no_answers() {
    let mut editor = Editor::start(able());
    let nowhere = uri("nowhere.md");
    assert_eq!(editor.request("textDocument/hover", at(&nowhere, 0, 0)), Value::Null);
    editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": nowhere } }));
    editor
        .notify("textDocument/didChange", json!({ "textDocument": { "uri": nowhere, "version": 2 }, "contentChanges": [{ "text": "x" }] }));
    editor.expect_silence();
}

#[test]
fn odd_uris_come_back_to_the_letter() {
    let mut editor = Editor::start(able());
    for uri in ["file:///a b.md", "file:///é.md", "file:///c%3A/x.md", "C:\\x.md", "untitled:Untitled-1", "vscode-vfs://github/[a].md", ""]
    {
        editor.did_open(uri, "Hello.");
        assert_eq!(editor.diagnostics(uri), json!([]), "{uri}");
    }
}

#[cfg(debug_assertions)]
#[test]
fn a_panicking_handler_is_answered_and_the_server_goes_on() {
    let mut editor = Editor::open("a.md", "Hello.");
    assert_eq!(editor.diagnostics(&uri("a.md")), json!([]));
    for method in ["panicInCall", "panicAtOnce", "panicLater", "panicInWorker"] {
        let params = if method == "panicInCall" { json!({}) } else { Value::Null };
        let answer = editor.answer_to(&format!("followup/probe/{method}"), params);
        assert_eq!(answer["error"]["code"], -32603, "{method}");
        assert_eq!(editor.text(&uri("a.md")), "Hello.", "{method}");
    }
    editor.request("followup/probe/panicInTask", Value::Null);
    assert_eq!(editor.text(&uri("a.md")), "Hello.");
}

#[cfg(debug_assertions)]
#[test]
fn a_cancellation_is_seen_while_a_thousand_others_wait() {
    let mut editor = Editor::open("a.md", "Hello.");
    let waiting: Vec<i64> = (0..2_000).map(|_| editor.ask("followup/probe/wait", Value::Null)).collect();
    assert!(editor.answer_to("textDocument/hover", at(&uri("a.md"), 0, 0)).get("error").is_none());
    for id in [waiting[1_999], waiting[0]] {
        editor.notify("$/cancelRequest", json!({ "id": id }));
        assert_eq!(editor.answer(id)["error"]["code"], -32800);
    }
    assert_eq!(editor.text(&uri("a.md")), "Hello.");
    // All others are answered or dropped at the end; nobody waits for them.
    for id in &waiting[1..1_999] {
        editor.notify("$/cancelRequest", json!({ "id": id }));
        editor.answer(*id);
    }
    assert_eq!(editor.diagnostics(&uri("a.md")), json!([]));
}

#[cfg(debug_assertions)]
#[test]
fn handlers_that_wait_for_the_editor_do_not_block_it() {
    let mut editor = Editor::open("a.md", "Hello.");
    let asked: Vec<i64> = (0..8).map(|_| editor.ask("followup/probe/askEditor", Value::Null)).collect();
    // The editor is busy writing and answers only after 3,000 more messages.
    for version in 2..3_002 {
        editor.did_change(&uri("a.md"), version, json!([{ "text": version.to_string() }]));
    }
    assert_eq!(editor.text(&uri("a.md")), "3001");
    for _ in &asked {
        let (id, _) = editor.question("workspace/configuration");
        editor.reply(id, json!([7]));
    }
    for id in asked {
        assert_eq!(editor.answer(id)["result"], json!([7]));
    }
    assert_eq!(editor.diagnostics(&uri("a.md")), json!([]));
}

#[test]
#[should_panic(expected = "unread")]
fn a_message_that_nobody_looks_at_fails_a_test() {
    Editor::open("a.md", "Hello.");
}
