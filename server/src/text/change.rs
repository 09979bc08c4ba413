//! What one version of a text has in the place of what the version before had there.

use std::ops::Range;

/// One stretch of a text replaced by another; everything else stands as it stood. Offsets are in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What was replaced, in the text before.
    pub old: Range<usize>,
    /// What stands there, in the text behind the change.
    pub new: Range<usize>,
}

impl Change {
    /// The shortest stretch by which `new` differs from `old`, of whole characters; empty in both where they are the same.
    pub fn between(old: &str, new: &str) -> Self {
        let most = old.len().min(new.len());
        let mut start = alike(old.as_bytes().chunks(BLOCK), new.as_bytes().chunks(BLOCK), |block| block.iter());
        while !(old.is_char_boundary(start) && new.is_char_boundary(start)) {
            start -= 1;
        }
        let rest = most - start;
        let (tail, other) = (&old.as_bytes()[old.len() - rest..], &new.as_bytes()[new.len() - rest..]);
        let mut behind = alike(tail.rchunks(BLOCK), other.rchunks(BLOCK), |block| block.iter().rev());
        while !(old.is_char_boundary(old.len() - behind) && new.is_char_boundary(new.len() - behind)) {
            behind -= 1;
        }
        Self { old: start..old.len() - behind, new: start..new.len() - behind }
    }

    /// The same change, told of a stretch that reaches `before` bytes further back and `behind` bytes further on.
    pub fn widened(&self, before: usize, behind: usize) -> Self {
        let wide = |range: &Range<usize>| range.start - before..range.end + behind;
        Self { old: wide(&self.old), new: wide(&self.new) }
    }

    /// The same change in bytes from byte `start` on, before which nothing changed.
    pub fn from(&self, start: usize) -> Self {
        let from = |range: &Range<usize>| range.start - start..range.end - start;
        Self { old: from(&self.old), new: from(&self.new) }
    }

    /// Where byte `at` of the text before stands now: what stands before the change stays, what stands behind it moves, and what was inside of
    /// it has no place of its own.
    pub fn place(&self, at: usize) -> usize {
        if at <= self.old.start {
            at
        } else if at >= self.old.end {
            at - self.old.end + self.new.end
        } else {
            at.min(self.new.end)
        }
    }

    /// The same of a range.
    pub fn range(&self, range: &Range<usize>) -> Range<usize> {
        self.place(range.start)..self.place(range.end)
    }
}

/// So many bytes are compared at once.
const BLOCK: usize = 64;

/// How many bytes two sequences of blocks begin with that are the same.
fn alike<'a, B: Iterator<Item = &'a u8>>(
    old: impl Iterator<Item = &'a [u8]>,
    new: impl Iterator<Item = &'a [u8]>,
    bytes: impl Fn(&'a [u8]) -> B,
) -> usize {
    let mut count = 0;
    for (old, new) in old.zip(new) {
        if old != new {
            return count + bytes(old).zip(bytes(new)).take_while(|(old, new)| old == new).count();
        }
        count += old.len();
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(old: &str, new: &str, expected: [&str; 2]) {
        let change = Change::between(old, new);
        assert_eq!([&old[change.old.clone()], &new[change.new.clone()]], expected);
        assert_eq!(format!("{}{}{}", &old[..change.old.start], expected[1], &old[change.old.end..]), new);
    }

    #[test]
    fn a_change_is_as_short_as_it_can_be_and_of_whole_characters() {
        check("cache", "caches", ["", "s"]);
        check("a cache", "a cache", ["", ""]);
        check("aaa", "aa", ["a", ""]);
        check("is ä not", "is ö not", ["ä", "ö"]);
        check("is é", "is è", ["é", "è"]);
        check("", "all", ["", "all"]);
        let long = "0123456789".repeat(40);
        check(&long, &format!("{}x{}", &long[..200], &long[201..]), ["0", "x"]);
        check(&format!("{long}{long}"), &long, [&long, ""]);
    }

    #[test]
    fn what_stands_behind_a_change_moves() {
        let change = Change::between("a cach here", "a caches here").widened(4, 0);
        assert_eq!((change.old.clone(), change.new.clone()), (2..6, 2..8));
        assert_eq!([0, 2, 6, 7, 11].map(|at| change.place(at)), [0, 2, 8, 9, 13]);
    }
}
