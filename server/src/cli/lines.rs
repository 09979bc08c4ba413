//! Byte offsets as lines and columns, the way people count them.

use std::ops::Range;

use crate::text::{Encoding, Text};

/// The lines of a document.
#[derive(Debug)]
pub(super) struct Lines(Text);

/// Both count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) line: usize,
    pub(super) column: usize,
}

impl Lines {
    pub(super) fn new(text: &str) -> Self {
        Self(Text::new(text))
    }

    /// The place of a byte, its column in bytes of UTF-8.
    pub(super) fn place(&self, offset: usize) -> Place {
        self.place_by(offset, Encoding::Utf8)
    }

    /// The place of a byte, its column in characters.
    pub(super) fn place_in_characters(&self, offset: usize) -> Place {
        self.place_by(offset, Encoding::Utf32)
    }

    /// The bytes of the line that `offset` is in, without its end.
    pub(super) fn line_around(&self, offset: usize) -> Range<usize> {
        self.0.line(self.place(offset).line - 1)
    }

    fn place_by(&self, offset: usize, encoding: Encoding) -> Place {
        let position = self.0.position(offset, encoding);
        Place { line: position.line + 1, column: position.column + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::{Lines, Place};

    const TEXT: &str = "één\r\ntwo\rthree\n";

    #[test]
    fn columns_count_bytes_or_characters() {
        let lines = Lines::new(TEXT);
        assert_eq!(lines.place(4), Place { line: 1, column: 5 });
        assert_eq!(lines.place_in_characters(4), Place { line: 1, column: 3 });
        assert_eq!(lines.place_in_characters(7), Place { line: 2, column: 1 });
    }

    #[test]
    fn the_line_around_a_byte_has_no_end() {
        let lines = Lines::new(TEXT);
        let all = [5, 7, 11, TEXT.len()].map(|offset| &TEXT[lines.line_around(offset)]);
        assert_eq!(all, ["één", "two", "three", ""]);
    }
}
