//! Random documents and edits for tests: of what Markdown is made of, what designs say, and what trips programs; a seed gives the same ones again.

use std::{env, fs, ops::Range, str::FromStr, sync::LazyLock};

use crate::{pieces::PIECES, rust_source::files_below};

/// A small generator of numbers that look random and are the same in every run.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// SplitMix64: near seeds give sequences that have nothing in common.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to and without `bound`; 0 where that is 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    pub(crate) fn one_in(&mut self, number: usize) -> bool {
        self.below(number) == 0
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// A document of about `bytes` bytes.
    pub(crate) fn document(&mut self, bytes: usize) -> String {
        let mut text = String::new();
        // Most designs are written, and not made of shards.
        let pieces = self.pick(&[2, 3, 12]);
        while text.len() < bytes {
            text.push_str(&self.piece(pieces));
        }
        text
    }

    /// What to put in the place of what, in `text`; its length stays between some 200 and 2,000 bytes.
    pub(crate) fn edit(&mut self, text: &str) -> (Range<usize>, String) {
        if text.len() > 2_000 {
            let start = self.boundary(text);
            return (start..self.after(text, start, 600), String::new());
        }
        let at = self.boundary(text);
        let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let line_end = text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
        match self.below(if text.len() < 200 { 6 } else { 13 }) {
            0 => (at..at, self.pick(&PIECES).to_owned()),
            1 => (at..at, self.pick(&["a", "R", "s", " ", ".", "\n", "9", "-"]).to_owned()),
            2 => (line..line, self.line().to_owned()),
            3 => (line..line, self.pick(&["```\n", "~~~\n", "````text\n", "<!--\n", "    ", "> ", "- ", "\n"]).to_owned()),
            4 => (line..line, self.pick(&["[a]: /b\n\n", "\n[Redis]: /c\n", "[Redis] ", "[a][Redis]", "[^1]: x\n\n"]).to_owned()),
            5 => (at..at, self.document(300)),
            6 => (at..self.after(text, at, 1), String::new()),
            7 => (at..self.after(text, at, 12), String::new()),
            8 => (at..self.after(text, at, 400), String::new()),
            9 => (line..line_end, String::new()),
            10 => (at..self.after(text, at, 8), self.pick(&PIECES).to_owned()),
            11 => (self.line_end(text, at), self.pick(&["\n", "\r\n", "\r", " ", "\n\n"]).to_owned()),
            _ => (line..line, text[line..line_end].to_owned()),
        }
    }

    /// What a person types at `at` of `text`: most often a letter in a word.
    pub(crate) fn typed(&mut self, text: &str, at: usize) -> (Range<usize>, String) {
        match self.below(12) {
            0 => (at..self.after(text, at, 1), String::new()),
            1 => (at..at, self.pick(&[" ", "-", ". ", "'s", "5", ":", "é", "Z"]).to_owned()),
            _ => (at..at, self.pick(&["a", "b", "x", "s", "e", "q", "t", "o", "ing"]).to_owned()),
        }
    }

    /// A place between two characters of `text`.
    pub(crate) fn boundary(&mut self, text: &str) -> usize {
        text.floor_char_boundary(self.below(text.len() + 1))
    }

    /// A piece, or a line of a design every so often; `pieces` says how seldom it is a line.
    fn piece(&mut self, pieces: usize) -> String {
        if self.one_in(pieces) { self.line().to_owned() } else { self.pick(&PIECES).to_owned() }
    }

    fn line(&mut self) -> &'static str {
        self.pick(&LINES)
    }

    fn after(&mut self, text: &str, start: usize, most: usize) -> usize {
        text.ceil_char_boundary((start + 1 + self.below(most)).min(text.len()))
    }

    /// The line end that follows `at`, or a part of it.
    fn line_end(&mut self, text: &str, at: usize) -> Range<usize> {
        let Some(start) = text[at..].find(['\r', '\n']).map(|found| at + found) else { return text.len()..text.len() };
        let whole = if text[start..].starts_with("\r\n") { 2 } else { 1 };
        start..start + 1 + self.below(whole)
    }
}

/// What was set in the environment for a longer run than usual.
pub(crate) fn set<T: FromStr>(name: &str) -> Option<T> {
    let value = env::var(name).ok()?;
    Some(value.replace('_', "").parse().unwrap_or_else(|_| panic!("{name} is no number: {value}")))
}

/// Every line of the designs that the tests have, with its line end.
static LINES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let designs = ["tests/designs", "tests/check"].into_iter().flat_map(|folder| files_below(folder, ".md"));
    let texts = designs.filter(|(name, _)| !name.contains("/reviews/")).map(|(_, path)| fs::read_to_string(path).expect("UTF-8"));
    texts.flat_map(|text| text.leak().split_inclusive('\n')).collect()
});
