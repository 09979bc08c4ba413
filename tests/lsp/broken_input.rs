//! Messages that cannot be read: each is answered, none ends the session, and no edit is lost in silence.

use serde_json::{Value, json};

use super::editor::{Editor, able, at, change, uri};

fn frame(body: &str) -> Vec<u8> {
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// An editor with one document open and its diagnostics read.
fn editor() -> Editor {
    let mut editor = Editor::open("a.md", "one");
    assert_eq!(editor.diagnostics(&uri("a.md")), json!([]));
    editor
}

/// The server has told, once, that it may have missed an edit.
fn expect_told(editor: &mut Editor) {
    let told = editor.notification("window/showMessage");
    assert_eq!(told["type"], 2);
    assert!(told["message"].as_str().is_some_and(|it| it.contains("open it again")), "{told}");
}

/// Makes up for a lost message with the whole text.
fn mend(editor: &mut Editor, version: i64) {
    editor.did_change(&uri("a.md"), version, json!([{ "text": "whole" }]));
    assert_eq!(editor.diagnostics(&uri("a.md")), json!([]));
}

#[test]
fn unreadable_messages_are_answered_and_told_once() {
    let mut editor = editor();
    for body in ["{}", "[]", "", "{\"jsonrpc\":\"2.0\",", "\u{1}"] {
        editor.raw(&frame(body));
        assert_eq!(editor.answer(Value::Null)["error"]["code"], -32700, "{body}");
    }
    editor.raw(b"Content-Length: 2\r\n\r\n\xff\xfe");
    assert_eq!(editor.answer(Value::Null)["error"]["code"], -32700);
    expect_told(&mut editor);
    editor.expect_silence();
    mend(&mut editor, 2);
}

#[test]
fn unreadable_requests_are_answered_by_their_id() {
    let mut editor = editor();
    editor.raw(&frame(r#"{"jsonrpc":"2.0","id":71,"method":"textDocument/hover","params":{"#));
    assert_eq!(editor.answer(71)["error"]["code"], -32700);
    editor.raw(&frame(r#"{"params":{"id":3},"method":5,"id":"seventy-two"}"#));
    assert_eq!(editor.answer("seventy-two")["error"]["code"], -32700);
    expect_told(&mut editor);
    mend(&mut editor, 2);
}

#[test]
fn messages_that_say_nothing_cost_nothing() {
    let mut editor = editor();
    editor.raw(&frame(r#"{"jsonrpc":"2.0"}"#));
    editor.raw(&frame(r#"{"jsonrpc":"2.0","id":73}"#));
    assert_eq!(editor.answer(73)["error"]["code"], -32600);
    editor.reply(json!(99), json!("an answer to nothing"));
    editor.expect_silence();
}

#[test]
fn odd_headers_are_read() {
    let mut editor = editor();
    let body = json!({ "jsonrpc": "2.0", "id": 74, "method": "textDocument/hover", "params": at(&uri("a.md"), 0, 0) }).to_string();
    let header = format!("X-One: 1\r\ncontent-length: {}\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n", body.len());
    editor.raw(format!("{header}{body}").as_bytes());
    assert!(editor.answer(74).get("error").is_none());
}

#[test]
fn broken_headers_are_answered_and_the_next_message_found() {
    let mut editor = editor();
    for header in ["Content-Length: 99999999999999999999999", "Content-Length: many", "Hello"] {
        editor.raw(format!("{header}\r\n\r\nthe body of it").as_bytes());
        editor.expect_after_broken_header();
    }
    expect_told(&mut editor);
    mend(&mut editor, 2);
}

#[test]
fn a_length_beyond_reason_ends_the_server() {
    let mut editor = editor();
    editor.raw(b"Content-Length: 9900000000000\r\n\r\n{}");
    assert_eq!(editor.exit_status().code(), Some(1));
    assert_eq!(editor.complaints().lines().count(), 1);
}

#[test]
fn a_length_beyond_reason_is_an_error_even_after_shutdown() {
    let mut editor = Editor::start(able());
    editor.request("shutdown", Value::Null);
    editor.raw(b"Content-Length: 9900000000000\r\n\r\n{}");
    assert_eq!(editor.exit_status().code(), Some(1));
}

#[cfg(debug_assertions)]
#[test]
fn an_overlong_edit_suspends_edits_until_the_whole_text_comes() {
    let mut editor = editor();
    let uri = uri("a.md");
    editor.did_change(&uri, 2, json!([change((0, 0), (0, 0), &"x".repeat(65 << 20))]));
    assert_eq!(editor.answer(Value::Null)["error"]["code"], -32700);
    expect_told(&mut editor);
    editor.did_change(&uri, 3, json!([change((0, 0), (0, 1), "lost ")]));
    assert_eq!(editor.text(&uri), "one");
    assert_eq!(editor.request("textDocument/codeAction", actions_at_start(&uri)), json!([]));
    editor.did_change(&uri, 4, json!([change((0, 0), (0, 1), "lost "), { "text": "two" }, change((0, 3), (0, 3), "!")]));
    assert_eq!(editor.text(&uri), "two!");
    editor.did_change(&uri, 5, json!([change((0, 0), (0, 3), "three")]));
    assert_eq!(editor.text(&uri), "three!");
    assert_eq!(editor.diagnostics(&uri), json!([]));
}

#[cfg(debug_assertions)]
#[test]
fn an_unreadable_edit_suspends_the_document_that_it_names() {
    let mut editor = editor();
    let (a, b) = (uri("a.md"), uri("b.md"));
    editor.did_open(&b, "two");
    for (version, broken) in [
        (2, json!([{ "range": { "start": { "line": -1, "character": 0 }, "end": { "line": 0, "character": 0 } }, "text": "x" }])),
        (3, json!([{ "range": null }])),
        (4, json!("x")),
    ] {
        editor.did_change(&a, version, broken);
        assert_eq!(editor.text(&a), "one");
    }
    expect_told(&mut editor);
    editor.did_change(&a, 5, json!([change((0, 0), (0, 0), "x")]));
    assert_eq!(editor.text(&a), "one");
    editor.did_change(&b, 2, json!([change((0, 0), (0, 3), "three")]));
    assert_eq!(editor.text(&b), "three");
    assert_eq!(editor.diagnostics(&b), json!([]));
    editor.did_close(&a);
    editor.did_open(&a, "new");
    editor.did_change(&a, 2, json!([change((0, 0), (0, 0), "re")]));
    assert_eq!(editor.text(&a), "renew");
    assert_eq!(editor.diagnostics(&a), json!([]));
}

#[test]
fn what_goes_wrong_with_nothing_open_is_answered_and_not_told() {
    let mut editor = Editor::start(able());
    editor.raw(&frame("{}"));
    assert_eq!(editor.answer(Value::Null)["error"]["code"], -32700);
    editor.expect_silence();
}

fn actions_at_start(uri: &str) -> Value {
    let start = json!({ "line": 0, "character": 0 });
    json!({ "textDocument": { "uri": uri }, "range": { "start": start, "end": start }, "context": { "diagnostics": [] } })
}

impl Editor {
    /// The broken header is answered, and the next message gets through.
    fn expect_after_broken_header(&mut self) {
        assert_eq!(self.answer(Value::Null)["error"]["code"], -32700);
        assert!(self.answer_to("textDocument/hover", at(&uri("a.md"), 0, 0)).get("error").is_none());
    }
}
