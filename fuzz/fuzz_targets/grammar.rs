//! Any run is read in 5 ms of processor time, without a crash: `cargo fuzz run -s none grammar`.
#![no_main]

use std::{cell::RefCell, time::Duration};

use cpu_time::ThreadTime;
use libfuzzer_sys::fuzz_target;
use tree_sitter::Parser;
use tree_sitter_designdoc::LONGEST_RUN;

const LIMIT: Duration = Duration::from_millis(5);

/// The parser is C, which the fuzzer does not see into. So that it gets to the interesting places all the same, bytes also stand for
/// what the grammar has a choice about.
const PIECES: &[&str] = &[
    "1",
    "20",
    "3,000",
    "86 400",
    "0.5",
    "1e6",
    "2024",
    "1.2.3",
    "10:30",
    "#7",
    " ",
    "\n",
    "\u{a0}",
    "k",
    " M",
    " B",
    "B",
    "ms",
    " GB",
    "%",
    "/s",
    " per day",
    " a second",
    "users",
    " a ",
    "user_id",
    "N",
    "R + W > N",
    "N=3",
    "p99",
    "hash",
    "f(a) % ",
    "(",
    ")",
    "=",
    " = ",
    "≈",
    " -> ",
    "*",
    " × ",
    "x",
    "/",
    "+",
    "-",
    " - ",
    "–",
    " to ",
    " of ",
    ":",
    ",",
    ".",
    "<",
    "≥",
    " mod ",
    "$",
    "~",
    "é",
    "𝒳",
    "million",
];

thread_local! {
    static PARSER: RefCell<Parser> = RefCell::new({
        let mut parser = Parser::new();
        parser.set_language(&tree_sitter_designdoc::LANGUAGE.into()).expect("a language that this library can run");
        parser
    });
}

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    match first % 3 {
        0 => parse(&cut(text(rest))),
        1 => parse(&cut(pieces(rest))),
        // A few pieces again and again: what costs time is repetition.
        _ => parse(&cut(pieces(&rest[..rest.len().min(6)]).repeat(LONGEST_RUN / rest.len().clamp(1, 6)))),
    }
});

/// Any bytes, as a document can hold them: UTF-8, and no NUL, which Markdown has not.
fn text(bytes: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(bytes).replace('\0', " ").into_bytes()
}

fn pieces(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().flat_map(|byte| PIECES[usize::from(*byte) % PIECES.len()].bytes()).collect()
}

fn cut(mut run: Vec<u8>) -> Vec<u8> {
    run.truncate(LONGEST_RUN);
    run
}

fn parse(run: &[u8]) {
    // Somebody else may be at work on this machine: only what takes too long each time does.
    let taken = (0..5).map(|_| once(run)).find(|taken| *taken <= LIMIT);
    assert!(taken.is_some(), "more than {LIMIT:?} for {:?}", String::from_utf8_lossy(run));
}

fn once(run: &[u8]) -> Duration {
    let start = ThreadTime::now();
    let tree = PARSER.with_borrow_mut(|parser| parser.parse(run, None)).expect("a language, and no limit of time");
    assert!(tree.root_node().end_byte() <= run.len());
    start.elapsed()
}
