//! Which signals the sentences give.

use std::ops::Range;

use super::{Given, Reading, Span};
use crate::content::{SignalRule, phrases::Set, signal::Reach};

/// A denial reaches so many words on, within its clause.
const DENIAL: usize = 3;

/// All signals that patterns give, each at most once a sentence.
pub(super) fn find(reading: &Reading<'_>) -> Vec<Given> {
    let library = reading.library;
    let mut given = Vec::new();
    let mut found = Vec::new();
    for (signal, rule) in library.signal_rules.iter().enumerate() {
        for (number, pattern) in rule.says.iter().enumerate() {
            for sentence in reading.hits.sentences_with(&library.book.patterns[*pattern as usize].needs) {
                if let Some(words) = reading.search(*pattern, &reading.sentence_span(sentence), None) {
                    found.push((sentence, rank(reading, rule, number, sentence), words.tokens));
                }
            }
        }
        found.sort_unstable_by_key(|(sentence, rank, _)| (*sentence, *rank));
        for group in found.chunk_by(|(a, ..), (b, ..)| a == b) {
            let sentence = group[0].0;
            let span = reading.sentence_span(sentence);
            if !told(reading, signal, sentence, &span) {
                continue;
            }
            let negated = library.signals[signal].negated;
            if let Some((.., tokens)) = group.iter().find(|(.., tokens)| negated || !denied(reading, &span, tokens)) {
                given.push(Given {
                    signal,
                    sentence,
                    tokens: tokens.clone(),
                    captures: captures(reading, rule, &span),
                    telling: Vec::new(),
                });
            }
        }
        found.clear();
    }
    given
}

/// Of several patterns that hold in a sentence, the one of the lowest rank gives the words: the one whose most telling phrase comes first.
fn rank(reading: &Reading<'_>, rule: &SignalRule, number: usize, sentence: usize) -> (usize, Set, usize) {
    let Some(anchor) = rule.anchors[number] else { return (usize::MAX, Set::MAX, number) };
    let hits = reading.hits.within(&reading.sentences[sentence].tokens);
    let first = hits.iter().position(|hit| reading.library.book.is_of(hit.node, anchor));
    (first.unwrap_or(usize::MAX), anchor, number)
}

/// Does the rest of what the signal asks for hold around the sentence?
pub(super) fn told(reading: &Reading<'_>, signal: usize, sentence: usize, span: &Span) -> bool {
    let rule = &reading.library.signal_rules[signal];
    let around = reading.around_span(sentence);
    let wide = if reading.library.signals[signal].reach == Reach::Block { &around } else { span };
    (rule.with.is_empty() || reading.any(&rule.with, wide, None)) && !reading.any(&rule.not, wide, None)
}

/// Is what `found` says denied, by a word in it or shortly before?
fn denied(reading: &Reading<'_>, span: &Span, found: &Range<usize>) -> bool {
    let Some(denials) = reading.library.denials else { return false };
    let mut from = found.start;
    while from > span.tokens.start && found.start - from < DENIAL && !reading.tokens[from].parted {
        from -= 1;
    }
    reading.begins(denials, &(from..found.end))
}

fn captures(reading: &Reading<'_>, rule: &SignalRule, span: &Span) -> Vec<(String, Range<usize>)> {
    let found = rule.captures.iter().filter_map(|(name, pattern)| Some((name.clone(), reading.search(*pattern, span, None)?.words?)));
    found.collect()
}
