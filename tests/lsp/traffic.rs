//! Traffic as no single editor makes it: opens, edits, questions, cancellations, wrong places, broken messages, all pipelined.
//!
//! At the end the text is exact to the byte, every request has its one answer, and what is shown is what a fresh server shows.
//! `FOLLOWUP_TEST_MESSAGES` sets how many messages are sent in a session, and `FOLLOWUP_TEST_SEED` with what they begin.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use followup::text::{Encoding, Position};
use serde_json::{Value, json};

use super::editor::{Editor, uri};
use crate::{
    plain_text::PlainText,
    random::{self, Random},
};

/// So many are sent before the answers are waited for.
const PIPELINED: usize = 64;

/// Fewer messages tell nothing of memory: the first tenth must have touched all that is touched.
const ENOUGH_FOR_MEMORY: usize = 50_000;

#[test]
fn generated_traffic_ends_in_the_exact_text_with_every_request_answered() {
    let messages = random::set("FOLLOWUP_TEST_MESSAGES").unwrap_or(500);
    let seed = random::set("FOLLOWUP_TEST_SEED").unwrap_or(1);
    for encoding in Encoding::ALL {
        Traffic::new(encoding, Random::new(seed)).run(messages);
    }
}

struct Traffic {
    editor: Editor,
    random: Random,
    encoding: Encoding,
    documents: Vec<Document>,
    settings: Value,
    /// Requests that have no answer yet.
    waiting: BTreeSet<i64>,
    /// Broken messages that have no answer yet: it names no request.
    broken: usize,
    /// What was said last of each document.
    published: BTreeMap<String, Value>,
}

struct Document {
    uri: String,
    open: bool,
    version: i64,
    text: PlainText,
    /// False after a broken message, until the whole text is sent.
    in_sync: bool,
}

impl Traffic {
    fn new(encoding: Encoding, random: Random) -> Self {
        let document = |number: usize| Document {
            uri: uri(&format!("{number}.md")),
            open: false,
            version: 0,
            text: PlainText::default(),
            in_sync: true,
        };
        Self {
            editor: start(encoding),
            random,
            encoding,
            documents: (0..5).map(document).collect(),
            settings: json!({}),
            waiting: BTreeSet::new(),
            broken: 0,
            published: BTreeMap::new(),
        }
    }

    fn run(mut self, messages: usize) {
        let mut memory = None;
        for sent in 0..messages {
            self.send();
            if sent % PIPELINED == 0 {
                self.wait();
            }
            if sent == messages / 10 {
                self.wait();
                memory = resident(self.editor.process());
            }
        }
        self.wait();
        self.compare_memory(messages, memory, resident(self.editor.process()));
        self.compare_documents();
    }

    fn send(&mut self) {
        let at = self.random.below(self.documents.len());
        match self.random.below(200) {
            0 => self.break_a_message(),
            1..4 => self.configure(),
            4..6 => self.watch(),
            6..9 => self.misunderstand(),
            9..25 => self.cancel(),
            25..90 => self.ask(at),
            _ if !self.documents[at].open => self.open(at),
            90..93 => self.close(at),
            _ => self.change(at),
        }
    }

    fn open(&mut self, at: usize) {
        let bytes = self.random.below(1_500);
        let text = self.random.document(bytes);
        let document = &mut self.documents[at];
        *document = Document { uri: document.uri.clone(), open: true, version: 1, text: PlainText(text), in_sync: true };
        self.editor.did_open(&document.uri, &document.text.0);
    }

    fn close(&mut self, at: usize) {
        self.documents[at].open = false;
        self.editor.did_close(&self.documents[at].uri);
    }

    fn change(&mut self, at: usize) {
        let mut changes = Vec::new();
        for _ in 0..1 + self.random.below(3) {
            let document = &mut self.documents[at];
            if self.random.one_in(if document.in_sync { 30 } else { 3 }) {
                document.text = PlainText(self.random.document(1_000));
                document.in_sync = true;
                changes.push(json!({ "text": document.text.0 }));
                continue;
            }
            let (range, new) = self.random.edit(&document.text.0);
            let mut places = [range.start, range.end].map(|offset| document.text.position(offset, self.encoding));
            if self.random.one_in(20) {
                places = [somewhere(&mut self.random, &document.text), somewhere(&mut self.random, &document.text)];
            }
            changes.push(json!({ "range": { "start": place(places[0]), "end": place(places[1]) }, "text": new }));
            if document.in_sync {
                let [one, other] = places.map(|place| document.text.offset(place, self.encoding));
                document.text.0.replace_range(one.min(other)..one.max(other), &new);
            }
        }
        let document = &mut self.documents[at];
        document.version += 1;
        self.editor.did_change(&document.uri, document.version, changes.into());
    }

    /// Any request about any document, open or not, at places that may not be there.
    fn ask(&mut self, at: usize) {
        let text = &self.documents[at].text;
        let document = json!({ "uri": self.documents[at].uri });
        let offset = self.random.boundary(&text.0);
        let position = match self.random.one_in(5) {
            true => place(somewhere(&mut self.random, text)),
            false => place(text.position(offset, self.encoding)),
        };
        let range = json!({ "start": position, "end": place(somewhere(&mut self.random, text)) });
        let shown = self.published.get(&self.documents[at].uri).cloned().unwrap_or(json!([]));
        let (method, params) = match self.random.below(10) {
            0..4 => ("textDocument/hover", json!({ "textDocument": document, "position": position })),
            4..6 => ("textDocument/codeAction", json!({ "textDocument": document, "range": range, "context": { "diagnostics": shown } })),
            6 => ("textDocument/completion", json!({ "textDocument": document, "position": position })),
            7 => ("textDocument/documentSymbol", json!({ "textDocument": document })),
            8 => ("textDocument/diagnostic", json!({ "textDocument": document })),
            _ => ("workspace/executeCommand", json!({ "command": "followup.get.review", "arguments": [document["uri"]] })),
        };
        let id = self.editor.ask(method, params);
        self.waiting.insert(id);
    }

    fn cancel(&mut self) {
        let waiting: Vec<i64> = self.waiting.iter().copied().collect();
        let id = if waiting.is_empty() || self.random.one_in(5) { self.random.below(1_000_000) as i64 } else { self.random.pick(&waiting) };
        self.editor.notify("$/cancelRequest", json!({ "id": id }));
    }

    /// What nobody offers, and what cannot be meant.
    fn misunderstand(&mut self) {
        let (method, params) = self.random.pick(&[
            ("textDocument/unheardOf", "{}"),
            ("textDocument/hover", "{\"position\":7}"),
            ("workspace/executeCommand", "{\"command\":\"rm\",\"arguments\":[1,null]}"),
            ("$/unheardOf", "[]"),
        ]);
        let params: Value = serde_json::from_str(params).expect("JSON");
        if self.random.one_in(3) {
            self.editor.notify(&format!("{method}/not"), params);
        } else {
            let id = self.editor.ask(method, params);
            self.waiting.insert(id);
        }
    }

    fn configure(&mut self) {
        let key = self.random.pick(&["*", "cache/*", "failure/*", "cache/stampede", "nonsense", "failure/modes"]);
        let level = self.random.pick(&["off", "hint", "information", "warning", "loud"]);
        self.settings = json!({ "followup": { "severity": { key: level }, "exclude": self.random.pick(&[&["4.md"][..], &[], &["["]]) } });
        self.editor.notify("workspace/didChangeConfiguration", json!({ "settings": self.settings }));
    }

    fn watch(&mut self) {
        self.editor.notify(
            "workspace/didChangeWatchedFiles",
            json!({ "changes": [{ "uri": "file:///designs/followup.toml", "type": 1 + self.random.below(3) }] }),
        );
    }

    fn break_a_message(&mut self) {
        let body = self.random.pick(&["{", "[]", "\"\u{1}\"", "{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/didChange\",\"params\":{"]);
        self.editor.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
        self.broken += 1;
        self.documents.iter_mut().for_each(|document| document.in_sync = false);
    }

    /// Waits until everything is answered.
    fn wait(&mut self) {
        while !self.waiting.is_empty() || self.broken > 0 {
            let message = self.editor.any();
            self.take(message);
        }
    }

    fn take(&mut self, message: Value) {
        match message["method"].as_str() {
            Some("textDocument/publishDiagnostics") => {
                let uri = message["params"]["uri"].as_str().expect("a URI").to_owned();
                self.published.insert(uri, message["params"]["diagnostics"].clone());
            }
            Some("window/showMessage" | "window/logMessage") => {}
            Some(method) => panic!("the server asks for {method}"),
            None => match message["id"].as_i64() {
                Some(id) => assert!(self.waiting.remove(&id), "answered twice, or never asked: {message}"),
                None => {
                    assert_eq!(message["error"]["code"], -32700, "{message}");
                    self.broken = self.broken.checked_sub(1).expect("an answer to a broken message");
                }
            },
        }
    }

    #[expect(clippy::print_stderr, reason = "the figure is for people to read")]
    fn compare_memory(&self, messages: usize, early: Option<u64>, late: Option<u64>) {
        let (Some(early), Some(late)) = (early, late) else { return };
        eprintln!("{messages} messages in {}: {early} KiB after a tenth, {late} KiB at the end", self.encoding.name());
        assert!(messages < ENOUGH_FOR_MEMORY || late * 10 <= early * 11, "memory grows: {early} KiB after a tenth, {late} KiB at the end");
    }

    /// Each document, as the server has it and as one has it that never saw an edit.
    fn compare_documents(mut self) {
        let mut fresh = start(self.encoding);
        fresh.notify("workspace/didChangeConfiguration", json!({ "settings": self.settings }));
        for at in 0..self.documents.len() {
            if !self.documents[at].open {
                continue;
            }
            if !self.documents[at].in_sync {
                let document = &mut self.documents[at];
                (document.version, document.in_sync) = (document.version + 1, true);
                self.editor.did_change(&document.uri, document.version, json!([{ "text": document.text.0 }]));
            }
            let document = &self.documents[at];
            fresh.did_open(&document.uri, &document.text.0);
            if cfg!(debug_assertions) {
                assert_eq!(self.editor.text(&document.uri), document.text.0);
            }
            let pull = || json!({ "textDocument": { "uri": document.uri } });
            let (here, there) = (self.editor.request("textDocument/diagnostic", pull()), fresh.request("textDocument/diagnostic", pull()));
            assert_eq!(here["items"], there["items"], "{:?}", document.text);
        }
        self.editor.settle();
        fresh.settle();
        for message in self.editor.take_all() {
            self.take(message);
        }
        if cfg!(debug_assertions) {
            for document in self.documents.iter().filter(|document| document.open) {
                let pulled = self.editor.request("textDocument/diagnostic", json!({ "textDocument": { "uri": document.uri } }));
                assert_eq!(self.published.get(&document.uri), Some(&pulled["items"]), "{:?}", document.text);
            }
        }
        fresh.take_all();
    }
}

/// A session with an editor that counts columns like this, and asks for nothing else.
fn start(encoding: Encoding) -> Editor {
    let editor = Editor::start(json!({
        "general": { "positionEncodings": [encoding.name()] },
        "textDocument": {
            "publishDiagnostics": { "versionSupport": true, "relatedInformation": true },
            "hover": { "contentFormat": ["markdown"] },
        },
    }));
    assert_eq!(editor.capabilities["positionEncoding"], encoding.name());
    editor
}

/// A place that may lie past the end of its line or of the text, or inside of a character.
fn somewhere(random: &mut Random, text: &PlainText) -> Position {
    let line = random.below(text.lines().len() + 3);
    let column = if random.one_in(10) { u32::MAX as usize } else { random.below(100) };
    Position { line, column }
}

fn place(position: Position) -> Value {
    json!({ "line": position.line, "character": position.column })
}

/// The memory that a process has in use, in KiB; none where the system does not tell it in this way.
fn resident(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?.trim().strip_suffix(" kB")?.trim().parse().ok()
}
