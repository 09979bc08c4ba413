//! How long a person waits: the server as an editor sees it, over a pipe.
//!
//! `cargo bench --bench latency` prints a table; with `-- --write` it goes into the README. Each figure is a median, and stands beside what a
//! request costs of which the server does nothing but say so, which is the pipe and the protocol alone.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock, and writes what it measured")]

#[path = "inputs/design.rs"]
mod design;

use std::{
    env, fs,
    io::{self, BufRead, BufReader, Read, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

use design::design;
use serde_json::{Value, json};

/// What somebody types, again and again.
const TYPED: &str = " Profiles that nobody asks for are dropped after a month, and the next read brings them back.";
const URI: &str = "file:///designs/measured.md";
/// The table stands between these lines of the README.
const MARKS: [&str; 2] = ["<!-- latency: cargo bench --bench latency -- --write -->", "<!-- /latency -->"];

fn main() -> io::Result<()> {
    let small = Figures::of(10_000, 200)?;
    let large = Figures::of(1_000_000, 100)?;
    let row = |what: &str, figure: fn(&Figures) -> String| format!("| {what} | {} | {} |\n", figure(&small), figure(&large));
    let mut table = String::from("| | a design of 10 KB | 1 MB of designs |\n| --- | --- | --- |\n");
    table += &row("start until the editor may speak", |of| shown(of.start));
    table += &row("opening until all findings are there", |of| shown(of.open));
    table += &row("keystroke until all findings are there", |of| of.against(of.keystroke));
    table += &row("the same, one in ten takes longer", |of| of.against(of.slow_keystroke));
    table += &row("hover", |of| of.against(of.hover));
    table += &row("quick fixes", |of| of.against(of.actions));
    table += &row("a request that is refused (pipe and protocol alone)", |of| shown(of.nothing));
    table += &row("memory, at most", |of| of.memory.map_or("not known here".to_owned(), |kib| format!("{} MiB", kib / 1024)));
    println!("{table}");
    if env::args().any(|argument| argument == "--write") {
        write(&table)?;
    }
    Ok(())
}

/// What was measured with a document of one size.
struct Figures {
    start: Duration,
    open: Duration,
    /// Of one in the middle, and of one that nine in ten are faster than.
    keystroke: Duration,
    slow_keystroke: Duration,
    hover: Duration,
    actions: Duration,
    nothing: Duration,
    /// In KiB.
    memory: Option<u64>,
}

impl Figures {
    fn of(bytes: usize, times: usize) -> io::Result<Self> {
        let text = design(bytes);
        // The end of a line of prose in the middle of the document.
        let middle = text[..bytes / 2].lines().count();
        let prose = |(_, line): &(usize, &str)| line.len() > 20 && line.starts_with(char::is_alphabetic) && !line.contains('|');
        let (line, end) =
            text.lines().enumerate().skip(middle).find(prose).map(|(at, line)| (at, line.chars().count())).unwrap_or_default();
        let place = json!({ "line": line, "character": end });
        let document = json!({ "uri": URI });

        let mut starts = Vec::new();
        for _ in 0..5 {
            let begun = Instant::now();
            let server = Server::start()?;
            starts.push(begun.elapsed());
            server.stop()?;
        }
        starts.sort_unstable();
        let start = starts[starts.len() / 2];
        let mut server = Server::start()?;
        let begun = Instant::now();
        let item = json!({ "uri": URI, "languageId": "markdown", "version": 0, "text": text });
        server.notify("textDocument/didOpen", json!({ "textDocument": item }))?;
        server.request("textDocument/diagnostic", json!({ "textDocument": document }))?;
        let open = begun.elapsed();

        let mut typed = TYPED.chars().cycle();
        let mut version = 0;
        let keystrokes = sorted(times, || {
            let caret = json!({ "line": line, "character": end + version });
            let change = json!({ "range": { "start": caret, "end": caret }, "text": typed.next() });
            version += 1;
            let named = json!({ "uri": URI, "version": version });
            server.notify("textDocument/didChange", json!({ "textDocument": named, "contentChanges": [change] }))?;
            server.request("textDocument/diagnostic", json!({ "textDocument": document })).map(drop)
        })?;
        let at = json!({ "textDocument": document, "position": place });
        let hover = median(times, || server.request("textDocument/hover", at.clone()).map(drop))?;
        let range = json!({ "start": place, "end": place });
        let asked = json!({ "textDocument": document, "range": range, "context": { "diagnostics": [] } });
        let actions = median(times, || server.request("textDocument/codeAction", asked.clone()).map(drop))?;
        let nothing = median(times, || server.request("followup/nothing", json!({})).map(drop))?;
        let memory = server.memory();
        server.stop()?;
        Ok(Self {
            start,
            open,
            keystroke: keystrokes[times / 2],
            slow_keystroke: keystrokes[times * 9 / 10],
            hover,
            actions,
            nothing,
            memory,
        })
    }

    /// A figure, and how many times that of a refused request it is.
    fn against(&self, figure: Duration) -> String {
        format!("{} ({:.1} ×)", shown(figure), figure.as_secs_f64() / self.nothing.as_secs_f64())
    }
}

fn shown(time: Duration) -> String {
    let milliseconds = time.as_secs_f64() * 1e3;
    if milliseconds < 10.0 { format!("{milliseconds:.2} ms") } else { format!("{milliseconds:.0} ms") }
}

/// The median of so many runs, after some that do not count.
fn median(times: usize, run: impl FnMut() -> io::Result<()>) -> io::Result<Duration> {
    sorted(times, run).map(|took| took[took.len() / 2])
}

/// What so many runs take, the shortest first, after some that do not count.
fn sorted(times: usize, mut run: impl FnMut() -> io::Result<()>) -> io::Result<Vec<Duration>> {
    for _ in 0..times.div_ceil(10) {
        run()?;
    }
    let mut took = Vec::with_capacity(times);
    for _ in 0..times {
        let begun = Instant::now();
        run()?;
        took.push(begun.elapsed());
    }
    took.sort_unstable();
    Ok(took)
}

/// A server process.
struct Server {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    last: u64,
}

impl Server {
    /// A server that has answered `initialize`; findings are asked for, so that it is known when they are all there.
    fn start() -> io::Result<Self> {
        let mut process =
            Command::new(env!("CARGO_BIN_EXE_followup")).arg("server").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let missing = || io::Error::other("the server has no pipe");
        let (input, output) = (process.stdin.take().ok_or_else(missing)?, process.stdout.take().ok_or_else(missing)?);
        let mut server = Self { process, input, output: BufReader::new(output), last: 0 };
        server.request("initialize", json!({ "capabilities": { "textDocument": { "diagnostic": {} } } }))?;
        server.notify("initialized", json!({}))?;
        Ok(server)
    }

    fn notify(&mut self, method: &str, params: Value) -> io::Result<()> {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }))
    }

    /// Asks, and waits for the answer.
    fn request(&mut self, method: &str, params: Value) -> io::Result<Value> {
        self.last += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.last, "method": method, "params": params }))?;
        loop {
            let message = self.receive()?;
            if message["id"] == self.last && message.get("method").is_none() {
                return Ok(message);
            }
            // A question of the server's own must not be left open.
            if let (Some(id), true) = (message.get("id"), message.get("method").is_some()) {
                self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": null }))?;
            }
        }
    }

    fn send(&mut self, message: &Value) -> io::Result<()> {
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len())?;
        self.input.flush()
    }

    fn receive(&mut self) -> io::Result<Value> {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if self.output.read_line(&mut line)? == 0 {
                return Err(io::Error::other("the server stopped"));
            }
            match line.trim().split_once(": ") {
                Some(("Content-Length", bytes)) => length = bytes.parse().map_err(io::Error::other)?,
                None => break,
                _ => {}
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body)?;
        serde_json::from_slice(&body).map_err(io::Error::other)
    }

    /// The most memory that it had at once, in KiB, where the system tells.
    fn memory(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.split_whitespace().next()?.parse().ok()
    }

    fn stop(mut self) -> io::Result<()> {
        self.request("shutdown", Value::Null)?;
        self.notify("exit", Value::Null)?;
        self.process.wait().map(drop)
    }
}

/// Puts `table` into the README.
fn write(table: &str) -> io::Result<()> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let text = fs::read_to_string(&file)?;
    let [begin, end] = MARKS;
    let parts = text.split_once(begin).and_then(|(before, rest)| Some((before, rest.split_once(end)?.1)));
    let (before, after) = parts.ok_or_else(|| io::Error::other(format!("README.md needs a line `{begin}` and a line `{end}`")))?;
    fs::write(&file, format!("{before}{begin}\n\n{table}\n{end}{after}"))
}
