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

    /// Does all stand as it stood?
    pub fn is_empty(&self) -> bool {
        self.old.is_empty() && self.new.is_empty()
    }

    /// The same change, told of a stretch that begins `before` bytes further ahead.
    pub fn widened(&self, before: usize) -> Self {
        Self { old: self.old.start - before..self.old.end, new: self.new.start - before..self.new.end }
    }

    /// The same change in bytes from byte `start` on, before which nothing changed.
    pub fn from(&self, start: usize) -> Self {
        let from = |range: &Range<usize>| range.start - start..range.end - start;
        Self { old: from(&self.old), new: from(&self.new) }
    }

    /// Where a range of the text before stands now, of which the change is no part where it only touches it.
    pub fn range(&self, range: &Range<usize>) -> Range<usize> {
        let end = self.place(range.end);
        let start = if range.start >= self.old.end { self.behind(range.start) } else { self.place(range.start) };
        start.min(end)..end
    }

    /// The same of a range of which the change is a part where it touches it.
    pub fn around(&self, range: &Range<usize>) -> Range<usize> {
        let end = if range.end >= self.old.end { self.behind(range.end) } else { self.place(range.end) };
        self.place(range.start)..end
    }

    /// Where byte `at` of the text before stands now: where it stood, if that is not behind the change. What was inside of the change has no
    /// place of its own.
    pub fn place(&self, at: usize) -> usize {
        if at <= self.old.start {
            at
        } else if at >= self.old.end {
            self.behind(at)
        } else {
            at.min(self.new.end)
        }
    }

    fn behind(&self, at: usize) -> usize {
        at - self.old.end + self.new.end
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
    fn what_stands_behind_a_change_moves_and_what_it_touches_may() {
        let change = Change::between("a cache here", "a caches here");
        assert_eq!((change.old.clone(), change.new.clone()), (7..7, 7..8));
        for (old, without, with) in
            [(0..1, 0..1, 0..1), (2..7, 2..7, 2..8), (7..12, 8..13, 7..13), (8..12, 9..13, 9..13), (7..7, 7..7, 7..8)]
        {
            assert_eq!([change.range(&old), change.around(&old)], [without, with], "{old:?}");
        }
        let change = Change::between("a cached one", "a one");
        assert_eq!((change.old.clone(), change.range(&(0..12)), change.range(&(2..8))), (2..9, 0..5, 2..2));
    }
}
