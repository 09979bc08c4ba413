//! Prose into words and sentences.

use std::ops::Range;

use super::letters::{Letters, Word};
use crate::{
    content::phrases::{Lemmas, PhraseBook},
    outline::{Block, BlockKind, Run},
};

/// A word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// In bytes.
    pub start: usize,
    pub end: usize,
    /// Begins with a digit.
    pub number: bool,
    /// A comma, a bracket, an arrow or the like parts it from the word before; a phrase does not reach over that.
    pub parted: bool,
    /// The classes of which it begins a phrase, a bit for each.
    pub(super) classes: u8,
    /// The same for all forms of a word that tells what is spoken of, and zero for the others.
    pub(super) topic: u64,
    /// The word as [`super::features`] are made of it.
    pub(super) stem: u64,
}

/// A sentence, a table row or a line of a diagram.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Number of its block in the outline.
    pub block: usize,
    /// Numbers of its tokens; at least one.
    pub tokens: Range<usize>,
    /// Its bytes, the mark at its end included.
    pub range: Range<usize>,
    /// Ends with a question mark.
    pub asks: bool,
}

/// A sentence of more words is parted: nobody wrote it as one.
const LONGEST: usize = 250;

/// What was worked out for the words of a text, and room that is used again for each block.
#[derive(Debug, Default)]
pub(super) struct Scratch<'t> {
    letters: Letters<'t>,
    /// By number of the token: what the word may be.
    pub(super) lemmas: Vec<Lemmas>,
}

/// The words and sentences of a block: bytes are those of `text`, tokens count from the first of the block. They are added to two lists that are
/// still empty.
pub(super) fn read<'t>(
    text: &'t str,
    block: &Block,
    book: &PhraseBook,
    scratch: &mut Scratch<'t>,
    (tokens, sentences): (Vec<Token>, Vec<Sentence>),
) -> (Vec<Token>, Vec<Sentence>) {
    scratch.lemmas.clear();
    let mut reader = Reader { text, book, tokens, sentences, first: 0, parted: false, scratch };
    let whole = matches!(block.kind, BlockKind::Row(_) | BlockKind::Diagram);
    let mut last: Option<&Run> = None;
    for run in &block.runs {
        reader.parted |= last.is_some_and(|last| last.cell != run.cell);
        reader.run(run, whole);
        last = Some(run);
    }
    reader.finish(false, block.runs.last().map_or(block.range.end, |run| run.range.end));
    (reader.tokens, reader.sentences)
}

struct Reader<'a, 't> {
    text: &'t str,
    book: &'a PhraseBook,
    tokens: Vec<Token>,
    sentences: Vec<Sentence>,
    /// The first token of the sentence that is open.
    first: usize,
    parted: bool,
    scratch: &'a mut Scratch<'t>,
}

impl<'t> Reader<'_, 't> {
    /// Reads a stretch of prose; `whole` is one sentence whatever stands in it.
    fn run(&mut self, run: &Run, whole: bool) {
        let mut at = run.range.start;
        while at < run.range.end {
            let rest = &self.text[at..run.range.end];
            let Some(c) = rest.chars().next() else { return };
            let next = at + c.len_utf8();
            match c {
                '%' => {
                    self.token(at..next, false);
                    at = next;
                }
                c if c.is_alphanumeric() => {
                    let length = if c.is_ascii_digit() { number(rest) } else { word(rest) };
                    if rest[length..].starts_with("://") {
                        // An address is no prose.
                        at += rest.find(|c: char| c.is_whitespace() || matches!(c, ')' | '>' | ']')).unwrap_or(rest.len());
                        self.parted = true;
                        continue;
                    }
                    self.word(at..at + length, c.is_ascii_digit());
                    at += length;
                }
                '.' | '!' | '?' | '。' | '？' => {
                    let after = rest[c.len_utf8()..].trim_start_matches(['"', '\'', ')', '*', '_', '`', '”', '’', '.', '!', '?']);
                    let ends = after.starts_with(char::is_whitespace) || after.is_empty() && self.at_end(run.range.end);
                    if ends && (c != '.' || !self.abbreviated(after)) {
                        if whole {
                            self.parted = true;
                        } else {
                            self.finish(c == '?' || c == '？', next);
                        }
                    }
                    at = next;
                }
                '-' | '=' if rest[1..].starts_with('>') => {
                    self.parted = true;
                    at += 2;
                }
                // "Availability > consistency" is said with a word; "> 5 ms" is a figure's.
                '>' if self.prefers(at, rest) => {
                    let end = at + rest.len() - rest.trim_start_matches('>').len();
                    self.word_for(at..end, "over");
                    at = end;
                }
                ',' | ';' | ':' | '(' | ')' | '|' | '—' | '–' | '→' | '←' | '⇒' | '"' | '“' | '”' | '[' | ']' | '{' | '}' | '…' | '•'
                | '·' => {
                    self.parted = true;
                    at = next;
                }
                // As `±` does, it belongs to the figure behind it.
                '+' if rest.starts_with("+/-") => at += 3,
                // A dash with spaces around parts, a hyphen joins.
                '-' if rest[1..].starts_with([' ', '-']) => {
                    self.parted = true;
                    at = next;
                }
                _ => at = next,
            }
        }
    }

    /// Does the mark at byte `at`, with which `rest` begins, stand between two words, with blanks around it?
    fn prefers(&self, at: usize, rest: &str) -> bool {
        let behind = rest.trim_start_matches('>');
        let last = self.tokens.last().filter(|_| self.tokens.len() > self.first && !self.parted);
        last.is_some_and(|last| !last.number && last.end < at && self.text[last.end..at].trim().is_empty())
            && behind.strip_prefix(' ').is_some_and(|behind| behind.starts_with(char::is_alphabetic))
    }

    /// Does a word end at byte `at`, the last of a run?
    fn at_end(&self, at: usize) -> bool {
        self.text[at..].chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, '*' | '_' | '`'))
    }

    /// Does the full stop behind the last word belong to the word?
    fn abbreviated(&self, after: &str) -> bool {
        let Some(last) = self.tokens.last().filter(|_| self.tokens.len() > self.first) else { return false };
        let lower_follows = after.trim_start().chars().next().is_some_and(|c| c.is_lowercase() || c.is_ascii_digit());
        let word = &self.text[last.start..last.end];
        match word {
            "e.g" | "i.e" | "vs" | "approx" | "cf" | "resp" | "incl" | "ca" | "Dr" | "Mr" => true,
            "etc" | "no" | "No" => lower_follows,
            // An initial, but not the unit of "5 s."
            _ => word.chars().count() == 1 && word.chars().all(char::is_alphabetic) && !self.behind_number(),
        }
    }

    /// Does the last word stand right behind a number, as its unit?
    fn behind_number(&self) -> bool {
        let words = &self.tokens[self.first..];
        words.len() > 1 && words[words.len() - 2].number
    }

    /// A word, or several where they are written as one: `userId`, `QueueProcessor`, but not `DynamoDB`, which is known.
    fn word(&mut self, range: Range<usize>, number: bool) {
        let written = &self.text[range.clone()];
        let capital = match written.is_ascii() {
            true => written.bytes().skip(1).any(|byte| byte.is_ascii_uppercase()),
            false => written.chars().skip(1).any(char::is_uppercase),
        };
        let inner_capital = !number && capital && written.chars().any(char::is_lowercase);
        if !inner_capital || self.book.knows(written) {
            self.token(range, number);
            return;
        }
        let mut start = range.start;
        let letters: Vec<(usize, char)> = written.char_indices().collect();
        for pair in letters.windows(3) {
            let [(_, before), (at, c), (_, after)] = [pair[0], pair[1], pair[2]];
            // A capital begins a word behind a small letter, and before several: "userId", "DNSCache", but not "APNs".
            let word_follows = after.is_lowercase() && written[at..].chars().skip(1).take_while(|c| c.is_lowercase()).count() > 1;
            if c.is_uppercase() && (before.is_lowercase() || before.is_uppercase() && word_follows) && range.start + at > start {
                self.token(start..range.start + at, false);
                start = range.start + at;
            }
        }
        if let [.., (_, before), (at, last)] = letters[..]
            && last.is_uppercase()
            && before.is_lowercase()
        {
            self.token(start..range.start + at, false);
            start = range.start + at;
        }
        self.token(start..range.end, false);
    }

    fn token(&mut self, range: Range<usize>, number: bool) {
        let written = &self.text[range.clone()];
        let word = self.scratch.letters.read(self.book, written);
        self.push(range, number, word);
    }

    /// A mark that is read as `word`.
    fn word_for(&mut self, range: Range<usize>, word: &str) {
        let mark = self.scratch.letters.read(self.book, &self.text[range.clone()]);
        self.push(range, false, Word { lemmas: self.book.lemmas(word, word), ..mark });
    }

    fn push(&mut self, range: Range<usize>, number: bool, Word { lemmas, topic, stem }: Word) {
        if self.tokens.len() - self.first >= LONGEST {
            self.finish(false, range.start);
        }
        let parted = self.parted || self.tokens.len() == self.first;
        self.tokens.push(Token { start: range.start, end: range.end, number, parted, classes: 0, topic, stem });
        self.scratch.lemmas.push(lemmas);
        self.parted = false;
    }

    fn finish(&mut self, asks: bool, end: usize) {
        if self.tokens.len() > self.first {
            let tokens = self.first..self.tokens.len();
            let range = self.tokens[tokens.start].start..end.max(self.tokens[tokens.end - 1].end);
            self.sentences.push(Sentence { block: 0, tokens, range, asks });
        } else if asks && let Some(last) = self.sentences.last_mut() {
            last.asks = true;
        }
        self.first = self.tokens.len();
        self.parted = false;
    }
}

/// Bytes of the word that `rest` begins with; an apostrophe between letters and dots as in `e.g` belong to it.
fn word(rest: &str) -> usize {
    // Most are of plain letters.
    let plain = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    if rest.as_bytes().get(plain).is_none_or(|byte| byte.is_ascii() && !matches!(byte, b'\'' | b'.')) {
        return plain;
    }
    let mut chars = rest.char_indices().peekable();
    let mut letters = 0;
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let inner = match c {
            '\'' | '’' => next.is_some_and(char::is_alphabetic),
            // Only between single letters: "e.g", but "done.Then" and "node.js" are two words.
            '.' => {
                at > 0
                    && letters == 1
                    && next.is_some_and(char::is_alphabetic)
                    && rest[at + 1..].chars().nth(1).is_none_or(|c| !c.is_alphanumeric())
            }
            c => c.is_alphanumeric(),
        };
        if !inner {
            return at;
        }
        letters = if c.is_alphanumeric() { letters + 1 } else { 0 };
    }
    rest.len()
}

/// Bytes of the number that `rest` begins with, with its unit if that follows at once: `10k`, `3,000`, `99.9`, `10:1`.
fn number(rest: &str) -> usize {
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let digit_follows = chars.peek().is_some_and(|(_, next)| next.is_ascii_digit());
        let inner = match c {
            '.' | ',' | ':' | '_' => digit_follows,
            c => c.is_alphanumeric(),
        };
        if !inner {
            return at;
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::{content::Library, outline::Outline};

    fn check(text: &str, expected: Expect) {
        let outline = Outline::new(text);
        let library = Library::default();
        let mut shown = String::new();
        for block in &outline.blocks {
            let (tokens, sentences) = read(text, block, &library.book, &mut Scratch::default(), (Vec::new(), Vec::new()));
            for sentence in sentences {
                for token in &tokens[sentence.tokens.clone()] {
                    shown += if token.parted { "| " } else { "" };
                    shown += &text[token.start..token.end];
                    shown.push(' ');
                }
                shown += if sentence.asks { "?\n" } else { "\n" };
            }
        }
        expected.assert_eq(&shown);
    }

    #[test]
    fn words_are_parted_by_marks_and_joined_by_hyphens_and_breaks() {
        check(
            "Reads are *cache*-aside, with\nRedis; e.g. users. Why? Pub/Sub -> `user_id` 10k/s, 99.9 % - 3,000!\n",
            expect![[r#"
                | Reads are cache aside | with Redis | e.g users 
                | Why ?
                | Pub Sub | user id 10k s | 99.9 % | 3,000 
            "#]],
        );
    }

    #[test]
    fn a_mark_between_two_words_is_a_word_and_a_figure_s_is_none() {
        check(
            "Availability > consistency, latency >> cost; p99 > 5 ms, a -> b, 5 > four\n\n> Quoted\n",
            expect![[r#"
                | Availability > consistency | latency >> cost | p99 5 ms | a | b | 5 four 
                | Quoted 
            "#]],
        );
    }

    #[test]
    fn addresses_are_no_words_and_camel_case_is_several() {
        check(
            "See https://redis.io/cache (userId, DNSCache, QueueProcessor, don't).",
            expect![[r#"
                | See | user Id | DNS Cache | Queue Processor | don't 
            "#]],
        );
    }

    #[test]
    fn a_unit_may_end_a_sentence_and_an_initial_does_not() {
        check(
            "It takes 5 s. Then J. Doe looks.",
            expect![[r#"
                | It takes 5 s 
                | Then J Doe looks 
            "#]],
        );
    }

    #[test]
    fn a_row_is_one_sentence() {
        check(
            "| one. b | c? d |\n|---|---|\n| x | y |\n",
            expect![[r#"
                | one | b | c | d 
                | x | y 
            "#]],
        );
    }
}
