//! The text of a document: a rope that takes edits by byte range and knows its lines, with positions in the encoding an editor counts in.

mod change;
mod nearest;
mod position;

#[cfg(test)]
mod tests;

pub use change::Change;
pub use nearest::nearest;
pub use position::{Encoding, Position};

use std::{fmt, ops::Range, sync::Arc};

use ropey::Rope;

/// The text of one version of a document. A clone is cheap: it shares what did not change.
///
/// Lines end at LF, CR or CRLF and at nothing else, as the Language Server Protocol has it. Offsets are in bytes of UTF-8.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Text {
    rope: Rope,
}

impl Text {
    pub fn new(text: &str) -> Self {
        Self { rope: Rope::from_str(text) }
    }

    /// Puts `text` in place of the bytes of `range`.
    ///
    /// A bound past the end means the end, one inside a character means that character's start, and a range that runs backwards is turned
    /// round: an editor's mistake must not bring down the server.
    pub fn replace(&mut self, range: Range<usize>, text: &str) {
        let (start, end) = (self.char_at(range.start.min(range.end)), self.char_at(range.start.max(range.end)));
        self.rope.remove(start..end);
        self.rope.insert(start, text);
    }

    /// Length in bytes of UTF-8.
    pub fn len(&self) -> usize {
        self.rope.len_bytes()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of lines; an empty text has one, and a text that ends with a line end has an empty last one.
    pub fn lines(&self) -> usize {
        self.rope.len_lines()
    }

    /// The bytes of `line`, counted from 0, without its line end; a line past the last is empty and stands at the end of the text.
    pub fn line(&self, line: usize) -> Range<usize> {
        if line >= self.lines() {
            return self.len()..self.len();
        }
        let start = self.rope.line_to_byte(line);
        let mut end = self.rope.line_to_byte(line + 1);
        if end > start && self.rope.byte(end - 1) == b'\n' {
            end -= 1;
        }
        if end > start && self.rope.byte(end - 1) == b'\r' {
            end -= 1;
        }
        start..end
    }

    /// The whole characters of the bytes of `range`; bounds are taken as in [`Text::replace`].
    pub fn slice(&self, range: Range<usize>) -> String {
        let (start, end) = (self.char_at(range.start), self.char_at(range.end));
        self.rope.slice(start.min(end)..end).into()
    }

    /// The index of the character that byte `offset` belongs to.
    fn char_at(&self, offset: usize) -> usize {
        self.rope.byte_to_char(offset.min(self.len()))
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.rope.chunks().try_for_each(|chunk| f.write_str(chunk))
    }
}

/// Shows the text itself, so that a failing test can be read.
impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.to_string())
    }
}

impl From<&Text> for Arc<str> {
    fn from(text: &Text) -> Self {
        String::from(&text.rope).into()
    }
}
