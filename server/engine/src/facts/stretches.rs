//! The stretches of a document in which facts may stand: prose as it is written, and the lines of code.

use std::{borrow::Cow, ops::Range};

use super::Kind;
use crate::outline::{Block, BlockKind, Outline, Run};

/// Text without a border in it, byte for byte as long as in the document.
pub(super) struct Stretch<'a> {
    /// Markup is blanked out.
    pub(super) text: Cow<'a, str>,
    /// The byte of the document at which it starts.
    pub(super) start: usize,
    /// The first of its blocks.
    pub(super) block: usize,
    /// It goes over several blocks: a sum in the items of a list.
    pub(super) several: bool,
    pub(super) code: bool,
    /// In a program only the place of a key is read: its other numbers are no statement.
    program: bool,
}

impl Stretch<'_> {
    /// Does such a fact count where it stands?
    pub(super) fn takes(&self, kind: &Kind) -> bool {
        !self.program || matches!(kind, Kind::Placement { .. })
    }
}

/// Those that hold one of `marks`, which are in order.
pub(super) fn of<'a>(text: &'a str, outline: &'a Outline, marks: &'a [usize]) -> impl Iterator<Item = Stretch<'a>> {
    let mut next = 0;
    let prose = outline.blocks.chunk_by(|_, block| continues(text, block)).flat_map(move |blocks| {
        let first = next;
        next += blocks.len();
        let any = blocks.iter().any(|block| marked(marks, &block.range));
        let runs = match blocks {
            _ if !any => Cow::Borrowed([].as_slice()),
            [block] => Cow::Borrowed(block.runs.as_slice()),
            _ => blocks.iter().flat_map(|block| block.runs.iter().cloned()).collect(),
        };
        pieces(text, &runs, marks, blocks)
            .map(|(start, text)| Stretch { text, start, block: first, several: blocks.len() > 1, code: false, program: false })
            .collect::<Vec<_>>()
    });
    let code = outline.code.iter().flat_map(move |code| {
        let program = !matches!(code.language.as_str(), "" | "text" | "txt" | "plain" | "plaintext" | "none" | "math" | "calc" | "ascii");
        let lines = code.text.iter().filter(move |range| marked(marks, range)).flat_map(move |range| lines(text, range, program));
        let lines = lines.filter(move |line| marked(marks, line) && (!program || may_place(&text[line.clone()])));
        // A fact needs a block to stand by; code alone says nothing of a design.
        let after = code.after.into_iter();
        lines.zip(after.cycle()).map(move |(line, block)| Stretch {
            text: Cow::Borrowed(&text[line.clone()]),
            start: line.start,
            block,
            several: false,
            code: true,
            program,
        })
    });
    prose.chain(code)
}

/// The pieces of `runs` that hold one of `marks`, each with where it starts. Between `blocks` there is no border.
fn pieces<'a>(text: &'a str, runs: &[Run], marks: &[usize], blocks: &[Block]) -> impl Iterator<Item = (usize, Cow<'a, str>)> {
    let first = |block: &Block| block.runs.first().map_or(block.range.start, |run| run.range.start);
    let begins = move |run: &Run| blocks[1..].binary_search_by_key(&run.range.start, first).is_ok();
    let pieces = runs.chunk_by(move |a, b| joined(text, a, b) || begins(b));
    pieces
        .filter(|runs| marked(marks, &(runs[0].range.start..runs[runs.len() - 1].range.end)))
        .map(|runs| (runs[0].range.start, plain(text, runs)))
}

/// Does an item go on with the sum of the one before? "- = 1B reads/day"
pub(super) fn continues(text: &str, block: &Block) -> bool {
    matches!(block.kind, BlockKind::Item(_)) && block.runs.first().is_some_and(|run| goes_on(&text[run.range.clone()]))
}

fn goes_on(line: &str) -> bool {
    let rest = line.trim_start().strip_prefix(['=', '≈', '→', '×', '/', '÷']);
    rest.is_some_and(|rest| rest.trim_start_matches([' ', '\u{a0}', '~', '(', '$', '€', '£']).starts_with(|c: char| c.is_ascii_digit()))
}

/// Does one of `marks` stand in `range`?
fn marked(marks: &[usize], range: &Range<usize>) -> bool {
    let at = marks.partition_point(|mark| *mark < range.start);
    marks.get(at).is_some_and(|mark| *mark < range.end)
}

fn may_place(line: &str) -> bool {
    line.contains('%') || line.contains(tree_sitter_designdoc::MODULO)
}

/// Its lines; outside of programs with those that go on with them.
fn lines(text: &str, range: &Range<usize>, program: bool) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut at = range.start;
    for line in text[range.clone()].split_inclusive('\n') {
        match lines.last_mut() {
            Some(last) if !program && goes_on(line) => last.end = at + line.len(),
            _ => lines.push(at..at + line.len()),
        }
        at += line.len();
    }
    lines
}

/// Does nothing but markup stand between two runs?
fn joined(text: &str, a: &Run, b: &Run) -> bool {
    let between = &text.as_bytes()[a.range.end..b.range.start];
    a.cell == b.cell && between.iter().all(|byte| matches!(byte, b'*' | b'_' | b'`' | b'\\' | b'~' | b'>' | b' ' | b'\t' | b'\r' | b'\n'))
}

/// The source of `runs` with what is markup blanked out. A star between two figures multiplies them, whatever a Markdown parser makes of it.
fn plain<'a>(text: &'a str, runs: &[Run]) -> Cow<'a, str> {
    let (start, end) = (runs[0].range.start, runs[runs.len() - 1].range.end);
    let source = &text[start..end];
    let mut owned: Option<Vec<u8>> = None;
    for pair in runs.windows(2) {
        let gap = pair[0].range.end..pair[1].range.start;
        if &text[gap.clone()] == "*" && beside(text, gap.start) && beside_after(text, gap.end) {
            continue;
        }
        if text[gap.clone()].bytes().any(|byte| !byte.is_ascii_whitespace()) {
            let bytes = owned.get_or_insert_with(|| source.as_bytes().to_vec());
            bytes[gap.start - start..gap.end - start].iter_mut().filter(|byte| !byte.is_ascii_whitespace()).for_each(|byte| *byte = b' ');
        }
    }
    // Only bytes of ASCII were replaced, by bytes of ASCII.
    match owned.map(String::from_utf8) {
        Some(Ok(text)) => Cow::Owned(text),
        _ => Cow::Borrowed(source),
    }
}

fn beside(text: &str, at: usize) -> bool {
    text[..at].ends_with(|c: char| c.is_alphanumeric() || c == ')')
}

fn beside_after(text: &str, at: usize) -> bool {
    text[at..].starts_with(|c: char| c.is_alphanumeric() || c == '(')
}
