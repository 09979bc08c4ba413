//! The stretches of a document in which facts may stand: prose as it is written, and the lines of code.

use std::{borrow::Cow, ops::Range};

use super::Kind;
use crate::outline::{Outline, Run};

/// Text without a border in it, byte for byte as long as in the document.
pub(super) struct Stretch<'a> {
    /// Markup is blanked out.
    pub(super) text: Cow<'a, str>,
    /// The byte of the document at which it starts.
    pub(super) start: usize,
    pub(super) block: usize,
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

pub(super) fn of<'a>(text: &'a str, outline: &'a Outline) -> impl Iterator<Item = Stretch<'a>> {
    let prose = outline.blocks.iter().enumerate().flat_map(move |(number, block)| {
        let pieces = block.runs.chunk_by(|a, b| joined(text, a, b));
        pieces.map(move |runs| Stretch { text: plain(text, runs), start: runs[0].range.start, block: number, code: false, program: false })
    });
    let code = outline.code.iter().flat_map(move |code| {
        let program = !matches!(code.language.as_str(), "" | "text" | "txt" | "plain" | "plaintext" | "none" | "math" | "calc" | "ascii");
        let lines = code.text.iter().flat_map(move |range| lines(text, range));
        // A fact needs a block to stand by; code alone says nothing of a design.
        let after = code.after.into_iter();
        lines.zip(after.cycle()).map(move |(line, block)| Stretch {
            text: Cow::Borrowed(&text[line.clone()]),
            start: line.start,
            block,
            code: true,
            program,
        })
    });
    prose.chain(code)
}

fn lines(text: &str, range: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut at = range.start;
    text[range.clone()].split_inclusive('\n').map(move |line| {
        at += line.len();
        at - line.len()..at
    })
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
