//! How much is read of what no hand wrote.

use std::ops::Range;

/// A place from which on something was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// In bytes: where the long block begins, or the first that was left out.
    pub at: usize,
    pub what: Unread,
}

/// What was not read, since no hand wrote it. What stands behind it is read, but for the last two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unread {
    /// A block, or a block of code, behind its first [`LONGEST`] bytes.
    Long,
    /// A list, with all that is nested in it, a table or a diagram, behind its first [`MOST_ENTRIES`] blocks.
    Entries,
    /// All that stands behind the first [`MOST_BLOCKS`] blocks.
    Blocks,
    /// All from there on, because the Markdown unfolds into far more than it says.
    Unfolding,
}

/// So many bytes are read of a paragraph, an item, a row, a line of a diagram; ten times what the longest in real designs have.
pub const LONGEST: usize = 40 * 1024;
/// So many items, rows or lines are read of a list, a table or a diagram; the largest in real designs have forty.
pub const MOST_ENTRIES: usize = 2_000;
/// So many blocks are read of a document; a megabyte of real designs has fourteen thousand.
pub const MOST_BLOCKS: usize = 20_000;

/// What is read of `range` where it is part of a block that begins at `start`: whole words, and nothing where it stands too far behind.
pub(super) fn shortened(text: &str, start: usize, range: Range<usize>) -> Option<Range<usize>> {
    let most = start + LONGEST;
    if range.end <= most {
        return Some(range);
    }
    let room = text.floor_char_boundary(most.max(range.start));
    let read = &text[range.start..room];
    let end = read.rfind(char::is_whitespace).unwrap_or(read.len());
    (end > 0).then_some(range.start..range.start + end)
}
