//! Byte offsets as lines and columns, the way people count them.

use std::ops::Range;

/// Where each line of a text begins. A line ends with LF, CR LF or CR.
#[derive(Debug)]
pub(super) struct Lines {
    starts: Vec<usize>,
}

/// Both count from 1; the column in bytes of UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub(super) struct Place {
    pub(super) line: usize,
    pub(super) column: usize,
}

impl Lines {
    pub(super) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends = |&at: &usize| bytes[at] == b'\n' || bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
        Self { starts: std::iter::once(0).chain((0..bytes.len()).filter(ends).map(|at| at + 1)).collect() }
    }

    pub(super) fn place(&self, offset: usize) -> Place {
        let line = self.starts.partition_point(|&start| start <= offset);
        Place { line, column: offset - self.starts[line - 1] + 1 }
    }

    /// As [`Lines::place`], with the column in characters.
    pub(super) fn place_in_characters(&self, text: &str, offset: usize) -> Place {
        let Place { line, .. } = self.place(offset);
        let before = text.get(self.starts[line - 1]..text.floor_char_boundary(offset)).unwrap_or_default();
        Place { line, column: before.chars().count() + 1 }
    }

    /// The bytes of the line that `offset` is in, without its end.
    pub(super) fn line_around(&self, text: &str, offset: usize) -> Range<usize> {
        let Place { line, .. } = self.place(offset);
        let end = self.starts.get(line).copied().unwrap_or(text.len());
        let start = self.starts[line - 1];
        start..start + text[start..end].trim_end_matches(['\n', '\r']).len()
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
        assert_eq!(lines.place_in_characters(TEXT, 4), Place { line: 1, column: 3 });
        assert_eq!(lines.place_in_characters(TEXT, 7), Place { line: 2, column: 1 });
    }

    #[test]
    fn all_three_line_ends_count() {
        let lines = Lines::new(TEXT);
        let all = [5, 7, 11, TEXT.len()].map(|offset| (lines.place(offset).line, &TEXT[lines.line_around(TEXT, offset)]));
        assert_eq!(all, [(1, "één"), (2, "two"), (3, "three"), (4, "")]);
    }
}
