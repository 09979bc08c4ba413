//! A document as a plain string that is read from its start for every question: what the server's own text is compared with.

use std::ops::Range;

use followup::text::{Encoding, Position};

#[derive(Debug, Clone, Default)]
pub(crate) struct PlainText(pub(crate) String);

impl PlainText {
    /// The place of byte `offset`: inside a line end that is the end of the line, inside a character the character's start.
    pub(crate) fn position(&self, offset: usize, encoding: Encoding) -> Position {
        let offset = self.0.floor_char_boundary(offset.min(self.0.len()));
        let lines = self.lines();
        let line = lines.iter().rposition(|line| line.start <= offset).unwrap_or(0);
        let column = units(&self.0[lines[line].start..offset.min(lines[line].end)], encoding);
        Position { line, column }
    }

    /// The byte at `position`; past the end of a line that is the end of the line, past the last line the end of the text.
    pub(crate) fn offset(&self, position: Position, encoding: Encoding) -> usize {
        let lines = self.lines();
        let Some(line) = lines.get(position.line) else { return self.0.len() };
        let ends = self.0[line.clone()].char_indices().map(|(at, c)| at + c.len_utf8());
        let within = ends.take_while(|end| units(&self.0[line.start..line.start + end], encoding) <= position.column);
        line.start + within.last().unwrap_or(0)
    }

    /// The bytes of each line without its line end: LF, CR or CRLF.
    pub(crate) fn lines(&self) -> Vec<Range<usize>> {
        let (mut lines, mut start) = (Vec::new(), 0);
        while let Some(end) = self.0[start..].find(['\r', '\n']).map(|found| start + found) {
            lines.push(start..end);
            start = end + if self.0[end..].starts_with("\r\n") { 2 } else { 1 };
        }
        lines.push(start..self.0.len());
        lines
    }
}

/// How many units `text` has in a column.
fn units(text: &str, encoding: Encoding) -> usize {
    match encoding {
        Encoding::Utf8 => text.len(),
        Encoding::Utf16 => text.encode_utf16().count(),
        Encoding::Utf32 => text.chars().count(),
    }
}
