//! An editor for tests: it speaks the protocol over a pipe, and complains of every message that a test did not look at.

use std::{
    collections::{BTreeMap, VecDeque},
    io::{BufRead, BufReader, Read, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio},
    sync::mpsc::{self, Receiver},
    thread::{self, JoinHandle},
    time::Duration,
};

use expect_test::Expect;
use serde_json::{Value, json};

/// A server that says nothing for so long has hung.
const PATIENCE: Duration = Duration::from_secs(120);

/// A server process and all that was said.
pub(crate) struct Editor {
    server: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    complaints: Option<JoinHandle<String>>,
    /// Messages that came while another was versions.
    unread: VecDeque<Value>,
    last_id: i64,
    /// The newest version of each open document.
    versions: BTreeMap<String, i64>,
    pub(crate) capabilities: Value,
}

impl Editor {
    /// A server that has just started and was told nothing.
    pub(crate) fn spawn() -> Self {
        let mut server = Command::new(env!("CARGO_BIN_EXE_followup"))
            .arg("server")
            // Whoever runs the tests may have settings of their own.
            .env("XDG_CONFIG_HOME", env!("CARGO_TARGET_TMPDIR"))
            .env("APPDATA", env!("CARGO_TARGET_TMPDIR"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let (input, output) = (server.stdin.take(), server.stdout.take().expect("the output is a pipe"));
        let mut errors = server.stderr.take().expect("the error output is a pipe");
        let complaints = thread::spawn(move || {
            let mut text = Vec::new();
            let _ = errors.read_to_end(&mut text);
            String::from_utf8_lossy(&text).into_owned()
        });
        let (sender, messages) = mpsc::channel();
        thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let (unread, versions) = (VecDeque::new(), BTreeMap::new());
        let complaints = Some(complaints);
        Self { server, input, messages, complaints, unread, last_id: 0, versions, capabilities: Value::Null }
    }

    /// A session with an editor that can do what `client` says.
    pub(crate) fn start(client: Value) -> Self {
        Self::start_with(json!({ "capabilities": client }))
    }

    /// A session that begins with these parameters.
    pub(crate) fn start_with(initialize: Value) -> Self {
        let mut editor = Self::spawn();
        editor.capabilities = editor.request("initialize", initialize)["capabilities"].take();
        editor.notify("initialized", json!({}));
        editor
    }

    /// A session in an able editor with one document open.
    pub(crate) fn open(name: &str, text: &str) -> Self {
        let mut editor = Self::start(able());
        editor.did_open(&uri(name), text);
        editor
    }

    pub(crate) fn did_open(&mut self, uri: &str, text: &str) {
        self.notify(
            "textDocument/didOpen",
            json!({ "textDocument": { "uri": uri, "languageId": "markdown", "version": 1, "text": text } }),
        );
        self.versions.insert(uri.to_owned(), 1);
    }

    /// Changes a document to `version`; each change as the protocol has it.
    pub(crate) fn did_change(&mut self, uri: &str, version: i64, changes: Value) {
        self.notify("textDocument/didChange", json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": changes }));
        self.versions.insert(uri.to_owned(), version);
    }

    pub(crate) fn did_close(&mut self, uri: &str) {
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
        self.versions.remove(uri);
    }

    /// Sends a request and gives its id.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.last_id += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.last_id, "method": method, "params": params }));
        self.last_id
    }

    /// Sends a request and gives its whole answer.
    pub(crate) fn answer_to(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        self.answer(id)
    }

    /// Sends a request and gives its result.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Value {
        let mut answer = self.answer_to(method, params);
        assert!(answer.get("error").is_none(), "{method} failed: {answer}");
        answer["result"].take()
    }

    /// The next message, whatever it is.
    pub(crate) fn any(&mut self) -> Value {
        self.next("message", |_| true)
    }

    /// All that came and was not looked at.
    pub(crate) fn take_all(&mut self) -> Vec<Value> {
        self.unread.drain(..).collect()
    }

    /// The number of the server's process.
    pub(crate) fn process(&self) -> u32 {
        self.server.id()
    }

    /// The answer to the request with this id, whenever it came.
    pub(crate) fn answer(&mut self, id: impl Into<Value>) -> Value {
        let id = id.into();
        self.next(&format!("the answer to {id}"), |message| message.get("method").is_none() && message["id"] == id)
    }

    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// The parameters of the next notification of this kind.
    pub(crate) fn notification(&mut self, method: &str) -> Value {
        self.next(method, |message| message["method"] == method && message.get("id").is_none())["params"].take()
    }

    /// The next request of the server of this kind, with its id.
    pub(crate) fn question(&mut self, method: &str) -> (Value, Value) {
        let mut message = self.next(method, |message| message["method"] == method && message.get("id").is_some());
        (message["id"].take(), message["params"].take())
    }

    pub(crate) fn reply(&mut self, id: Value, result: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": result }));
    }

    /// The next diagnostics of this document, of whatever version.
    pub(crate) fn published(&mut self, uri: &str) -> Value {
        let mut message = self.next(&format!("diagnostics of {uri}"), |message| is_publication(message, uri));
        message["params"].take()
    }

    /// The diagnostics of the newest version of this document. Those of versions in between may come or not.
    pub(crate) fn diagnostics(&mut self, uri: &str) -> Value {
        let version = self.versions.get(uri).copied();
        loop {
            let mut published = self.published(uri);
            if published["version"].as_i64() == version {
                return published["diagnostics"].take();
            }
        }
    }

    /// All findings of the newest version, a line each.
    pub(crate) fn expect_diagnostics(&mut self, uri: &str, expected: Expect) {
        let diagnostics = self.diagnostics(uri);
        expected.assert_eq(&lines(&diagnostics));
    }

    /// Waits until all that was asked for is done and told. Without debug assertions it cannot be known.
    pub(crate) fn settle(&mut self) {
        if cfg!(debug_assertions) {
            self.notify("followup/probe/settle", Value::Null);
            self.next("word that all is done", |message| message["method"] == "window/showMessage" && message["params"]["type"] == 4);
        }
    }

    /// Everything that came was looked at, and nothing more comes.
    pub(crate) fn expect_silence(&mut self) {
        self.settle();
        assert!(self.unread.is_empty(), "unread: {:#?}", self.unread);
    }

    pub(crate) fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    /// Writes bytes as they are. A server that has gone is no error here.
    pub(crate) fn raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("the input is open");
        let _ = input.write_all(bytes).and_then(|()| input.flush());
    }

    /// The text of a document as the server has it. Only in builds with debug assertions.
    pub(crate) fn text(&mut self, uri: &str) -> String {
        let answer = self.request("followup/probe/text", at(uri, 0, 0));
        answer["text"].as_str().expect("the document is open").to_owned()
    }

    /// Closes the server's input and gives what it exits with.
    pub(crate) fn hang_up(mut self) -> ExitStatus {
        self.input = None;
        self.exit_status()
    }

    /// Says `exit` and nothing else, keeps the input open, and gives what the server exits with.
    pub(crate) fn exit(mut self) -> ExitStatus {
        self.notify("exit", Value::Null);
        self.exit_status()
    }

    /// Waits for the server to go by itself.
    pub(crate) fn exit_status(&mut self) -> ExitStatus {
        let status = self.server.wait().expect("the server can be waited for");
        self.input = None;
        status
    }

    /// What the server, which has gone, wrote to standard error.
    pub(crate) fn complaints(&mut self) -> String {
        self.complaints.take().and_then(|thread| thread.join().ok()).unwrap_or_default()
    }

    fn next(&mut self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.unread.iter().position(&wanted) {
            return self.unread.remove(at).expect("it was found there");
        }
        loop {
            match self.messages.recv_timeout(PATIENCE) {
                Ok(message) if wanted(&message) => return message,
                Ok(message) => self.unread.push_back(message),
                Err(error) => panic!("no {what} ({error}); unread: {:#?}", self.unread),
            }
        }
    }
}

/// Ends the session in good order and fails on every message that was not looked at.
impl Drop for Editor {
    fn drop(&mut self) {
        if thread::panicking() || self.input.is_none() {
            let _ = self.server.kill();
            let _ = self.server.wait();
            return;
        }
        self.expect_silence();
        let answer = self.answer_to("shutdown", Value::Null);
        assert_eq!(answer["result"], Value::Null);
        self.notify("exit", Value::Null);
        let status = self.exit_status();
        assert!(status.success(), "the server exits with {status}");
        self.unread.extend(self.messages.iter());
        assert!(self.unread.is_empty(), "unread: {:#?}", self.unread);
    }
}

/// What a modern editor can do.
pub(crate) fn able() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-16", "utf-8"] },
        "textDocument": {
            "publishDiagnostics": { "versionSupport": true, "relatedInformation": true, "codeDescriptionSupport": true },
            "hover": { "contentFormat": ["markdown", "plaintext"] },
            "completion": { "completionItem": { "snippetSupport": true, "documentationFormat": ["markdown"] } },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
        },
        "workspace": { "workspaceEdit": { "documentChanges": true } },
    })
}

/// The URI of a file with this name.
pub(crate) fn uri(name: &str) -> String {
    format!("file:///designs/{name}")
}

/// The URI of the file at an absolute path of plain letters.
pub(crate) fn file_uri(path: &Path) -> String {
    let path = path.to_str().expect("a plain path").replace('\\', "/");
    if path.starts_with('/') { format!("file://{path}") } else { format!("file:///{}", path.replace(':', "%3A")) }
}

/// The parameters of a request at a place; both count from 0.
pub(crate) fn at(uri: &str, line: u32, character: u32) -> Value {
    json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": character } })
}

/// A change of the text between two places, each a line and a column.
pub(crate) fn change(start: (u32, u32), end: (u32, u32), text: &str) -> Value {
    let place = |(line, character)| json!({ "line": line, "character": character });
    json!({ "range": { "start": place(start), "end": place(end) }, "text": text })
}

/// `line:column severity code` of each diagnostic, counted from 1.
pub(crate) fn lines(diagnostics: &Value) -> String {
    let line = |it: &Value| {
        let start = &it["range"]["start"];
        let severity = ["error", "warning", "information", "hint"][it["severity"].as_u64().map_or(0, |it| it as usize - 1)];
        let (line, column) = (start["line"].as_u64().unwrap_or(0) + 1, start["character"].as_u64().unwrap_or(0) + 1);
        format!("{line}:{column} {severity} {}", it["code"].as_str().unwrap_or("no code"))
    };
    diagnostics.as_array().map(|all| all.iter().map(line).collect::<Vec<_>>().join("\n")).unwrap_or_default()
}

fn is_publication(message: &Value, uri: &str) -> bool {
    message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri
}

/// The next message; none at the end.
fn read(output: &mut BufReader<ChildStdout>) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim() {
            "" => break,
            line => length = line.strip_prefix("Content-Length: ")?.parse().ok()?,
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}
