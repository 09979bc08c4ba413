//! What a sentence shows to what was learned: its words, those side by side, and those of the line above a row or an item.

use std::ops::Range;

use super::{Reading, Token};
use crate::{
    content::learned::{Key, Kind, key, word},
    outline::BlockKind,
};

/// One thing that a sentence shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feature {
    pub kind: Kind,
    /// Number of the word, or of the first of two.
    pub token: usize,
    pub key: Key,
}

/// Writes the features of a sentence into `features`, each once.
pub fn of(reading: &Reading<'_>, sentence: usize, features: &mut Vec<Feature>) {
    let tokens = reading.sentences[sentence].tokens.clone();
    own(&reading.tokens, tokens, features);
    if let Some(above) = above(reading, reading.sentences[sentence].block) {
        let (words, mut head) = (reading.block_span(above).tokens, Vec::new());
        of_above(&reading.tokens[words.clone()], &mut head);
        features.extend(head.into_iter().map(|feature| Feature { token: feature.token + words.start, ..feature }));
    }
}

/// The words of a sentence and those side by side, each once.
fn own(tokens: &[Token], sentence: Range<usize>, features: &mut Vec<Feature>) {
    let stem = |token: usize| tokens[token].stem;
    let words = sentence.clone().map(|token| Feature { kind: Kind::Word, token, key: key(Kind::Word, stem(token), 0) });
    let pairs = sentence.skip(1).map(|token| token - 1);
    let pairs = pairs.map(|token| Feature { kind: Kind::Pair, token, key: key(Kind::Pair, stem(token), stem(token + 1)) });
    features.clear();
    features.extend(words.chain(pairs));
    once(features);
}

/// The same as they are looked up, each as often as it stands there.
pub(super) fn keys(sentence: &[Token]) -> impl Iterator<Item = Key> + '_ {
    let pairs = sentence.array_windows().map(|[first, second]| key(Kind::Pair, first.stem, second.stem));
    sentence.iter().map(|token| key(Kind::Word, token.stem, 0)).chain(pairs)
}

/// The words of a block that stands above others, each once and counted from its first.
pub(super) fn of_above(words: &[Token], features: &mut Vec<Feature>) {
    features.clear();
    features.extend(words.iter().enumerate().map(|(token, word)| Feature {
        kind: Kind::Above,
        token,
        key: key(Kind::Above, word.stem, 0),
    }));
    once(features);
}

fn once(features: &mut Vec<Feature>) {
    features.sort_unstable_by_key(|feature| (feature.key, feature.token));
    features.dedup_by_key(|feature| feature.key);
}

/// The number of a word as features are made of it; `room` is used again from call to call.
pub(super) fn stem(written: &str, room: &mut String) -> u64 {
    write_stem(written, room);
    word(room)
}

/// A feature as it is called where weights are written down.
pub fn name(text: &str, reading: &Reading<'_>, feature: &Feature) -> String {
    let stem = |token: usize| {
        let mut stem = String::new();
        write_stem(&text[reading.tokens[token].start..reading.tokens[token].end], &mut stem);
        stem
    };
    match feature.kind {
        Kind::Word => stem(feature.token),
        Kind::Pair => format!("{} {}", stem(feature.token), stem(feature.token + 1)),
        Kind::Above => format!("^{}", stem(feature.token)),
    }
}

/// The block that tells what a row or an item is about: the head of the table, the line that leads in the list.
pub(super) fn above(reading: &Reading<'_>, block: usize) -> Option<usize> {
    let lead = || reading.outline.blocks[block].parent.filter(|_| matches!(reading.outline.blocks[block].kind, BlockKind::Item(_)));
    reading.head_of(block).or_else(lead)
}

/// Writes what the forms of a word have in common, roughly; every number is `0`.
fn write_stem(written: &str, stem: &mut String) {
    const ENDINGS: [&str; 10] = ["'s", "ingly", "edly", "ing", "ies", "ied", "es", "ed", "s", "ly"];
    stem.clear();
    let number = written.starts_with(|c: char| c.is_ascii_digit());
    if !number && written.is_ascii() {
        stem.push_str(written);
        stem.make_ascii_lowercase();
    } else {
        write_lower(written, number, stem);
    }
    if number || !stem.is_ascii() {
        return;
    }
    if let Some(ending) = ENDINGS.iter().find(|ending| stem.ends_with(**ending) && stem.len() >= ending.len() + 3) {
        stem.truncate(stem.len() - ending.len());
    }
    if stem.len() > 3 && stem.ends_with('e') {
        stem.pop();
    }
    if stem.len() > 3 && stem.ends_with('y') {
        stem.pop();
        stem.push('i');
    }
    let letters = stem.as_bytes();
    if letters.len() > 4 && letters[letters.len() - 1] == letters[letters.len() - 2] {
        stem.pop();
    }
}

/// Writes a word in lower case, and of a number no more than that it is one.
fn write_lower(written: &str, number: bool, lower: &mut String) {
    for c in written.chars() {
        match c {
            '0'..='9' | '.' | ',' | ':' | '_' if number => {
                if !lower.ends_with('0') {
                    lower.push('0');
                }
            }
            '’' => lower.push('\''),
            c if c.is_ascii() => lower.push(c.to_ascii_lowercase()),
            c => lower.extend(c.to_lowercase()),
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::{content::Library, outline::Outline};

    fn check(text: &str, expected: Expect) {
        let outline = Outline::new(text);
        let library = Library::default();
        let reading = Reading::new(text, &outline, &library);
        let mut features = Vec::new();
        of(&reading, reading.sentences.len() - 1, &mut features);
        features.sort_by_key(|feature| (feature.kind as u8, feature.token));
        let names: Vec<String> = features.iter().map(|feature| name(text, &reading, feature)).collect();
        expected.assert_eq(&names.join(", "));
    }

    #[test]
    fn forms_of_a_word_are_one_feature_and_so_are_all_numbers() {
        check(
            "Caches dropped, dropping keys: 3,000 in 10ms, cached copy.",
            expect!["cach, drop, key, 0, in, 0ms, copi, cach drop, drop drop, drop key, key 0, 0 in, in 0ms, 0ms cach, cach copi"],
        );
    }

    #[test]
    fn a_row_shows_the_head_of_its_table_and_an_item_the_line_above_its_list() {
        check("| data | stale for |\n|---|---|\n| menu | 5 s |\n", expect!["menu, 0, s, menu 0, 0 s, ^data, ^stal, ^for"]);
        check("Made fresh by:\n\n- a purge\n", expect!["a, purg, a purg, ^mad, ^fresh, ^by"]);
    }
}
