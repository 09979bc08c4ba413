//! Which signals the sentences give.

use std::{ops::Range, sync::Arc};

use super::{Given, Mention, Reading, Sentence, Span, Told, search};
use crate::content::{
    SignalRule,
    phrases::{PatternId, Set},
    signal::Reach,
};

/// Where the most telling phrase of a pattern begins, that phrase's set, and the pattern's place in what the signal says.
type Rank = (usize, Set, usize);

/// A denial reaches so many words on, within its clause.
const DENIAL: usize = 3;

/// Finds all signals that patterns give, in the order of the text, each at most once a sentence; `before` has what a block told that said the same.
pub(super) fn find<'m>(reading: &mut Reading<'_>, before: impl Fn(usize) -> Option<&'m Arc<Told>>) {
    let mut signals = Vec::new();
    let mut all: Vec<Arc<Told>> = Vec::with_capacity(reading.known.len());
    for block in 0..reading.known.len() {
        let told = read(reading, block, before(block).or_else(|| Some(&all[reading.alike[block]?])));
        let (token, sentence) = (reading.first[block], reading.blocks[block].start);
        let moved = |range: &Range<usize>| range.start + token..range.end + token;
        signals.extend(told.given.iter().map(|given| Given {
            signal: given.signal,
            sentence: given.sentence + sentence,
            tokens: moved(&given.tokens),
            captures: given.captures.iter().map(|(name, tokens)| (name.clone(), moved(tokens))).collect(),
            telling: Vec::new(),
        }));
        all.push(told);
    }
    (reading.signals, reading.told) = (signals, all);
}

/// What a block tells.
fn read(reading: &Reading<'_>, block: usize, before: Option<&Arc<Told>>) -> Arc<Told> {
    let sentences = reading.blocks[block].clone();
    let first = reading.first[block];
    let mine = reading.mentions_in(&(first..first + reading.known[block].tokens.len())).iter();
    let back = |range: &Range<usize>| range.start - first..range.end - first;
    let mentions = mine.map(|one| Mention { tokens: back(&one.tokens), sentence: one.sentence - sentences.start, ..*one });
    // What a block asks before, this one may answer.
    let asked = |sentence: usize| reading.sentences[sentence].asks;
    let apart = !sentences.start.checked_sub(1).is_some_and(asked) || sentences.is_empty();
    if let Some(before) = before.filter(|before| apart && before.apart && mentions.clone().eq(before.mentions.iter().cloned())) {
        return before.clone();
    }
    let mentions = mentions.collect();
    let mut given = Vec::new();
    for sentence in sentences.clone() {
        let from = given.len();
        in_sentence(reading, sentence, &mut given);
        given[from..].sort_unstable_by_key(|one: &Given| (one.tokens.start, one.signal));
    }
    for one in &mut given {
        (one.sentence, one.tokens) = (one.sentence - sentences.start, back(&one.tokens));
        one.captures.iter_mut().for_each(|(_, tokens)| *tokens = back(tokens));
    }
    Arc::new(Told { mentions, given, apart })
}

/// Adds the signals of a sentence.
fn in_sentence(reading: &Reading<'_>, sentence: usize, given: &mut Vec<Given>) {
    let library = reading.library;
    let span = reading.sentence_span(sentence);
    let live = reading.live(&span).unwrap_or_default();
    let ranked = telling(&library.told_by, live).map(|(pattern, (signal, number))| {
        let rank = rank(reading, &library.signal_rules[signal], number, sentence);
        (signal, rank, pattern)
    });
    let mut ranked: Vec<(usize, Rank, PatternId)> = ranked.collect();
    ranked.sort_unstable();
    for group in ranked.chunk_by(|(a, ..), (b, ..)| a == b) {
        let (signal, ..) = group[0];
        let negated = library.signals[signal].negated;
        // The first that holds gives the words, and nobody asks for the others.
        let found = group.iter().filter_map(|(.., pattern)| Some(search::find(reading, *pattern, &span, None)?.tokens));
        let Some(tokens) = found.into_iter().find(|tokens| negated || !denied(reading, &span, tokens)) else { continue };
        if told(reading, signal, sentence, &span) {
            let captures = captures(reading, &library.signal_rules[signal], &span);
            given.push(Given { signal, sentence, tokens, captures, telling: Vec::new() });
        }
    }
}

/// Those of `live` that tell a signal.
fn telling<'l>(
    told_by: &'l [(PatternId, (usize, usize))],
    live: &'l [PatternId],
) -> impl Iterator<Item = (PatternId, (usize, usize))> + 'l {
    let mut at = 0;
    live.iter().filter_map(move |pattern| {
        at += told_by[at..].partition_point(|(id, _)| id < pattern);
        told_by.get(at).filter(|(id, _)| id == pattern).copied()
    })
}

/// Of several patterns that hold in a sentence, the one of the lowest rank gives the words: the one whose most telling phrase comes first.
fn rank(reading: &Reading<'_>, rule: &SignalRule, number: usize, sentence: usize) -> Rank {
    let Some(anchor) = rule.anchors[number] else { return (usize::MAX, Set::MAX, number) };
    let Sentence { tokens, block, .. } = &reading.sentences[sentence];
    let hits = reading.known[*block].hits_in(tokens, reading.first[*block]).unwrap_or_default();
    let set = reading.library.book.made_of(anchor);
    let first = hits.iter().position(|hit| set.has(hit.node));
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
    let mut from = found.start;
    while from > span.tokens.start && found.start - from < DENIAL && !reading.tokens[from].parted {
        from -= 1;
    }
    (from..found.end).any(|token| reading.is_denial(token))
}

fn captures(reading: &Reading<'_>, rule: &SignalRule, span: &Span) -> Vec<(String, Range<usize>)> {
    let found = rule.captures.iter().filter_map(|(name, pattern)| Some((name.clone(), reading.search(*pattern, span, None)?.words?)));
    found.collect()
}
