//! Which signals the sentences give.

use std::ops::Range;

use super::{Given, Reading, Span};
use crate::content::{SignalRule, signal::Reach};

/// A denial reaches so many words on, within its clause.
const DENIAL: usize = 3;

/// All signals, in the order of the text; each at most once a sentence.
pub(super) fn find(reading: &Reading<'_>) -> Vec<Given> {
    let library = reading.library;
    let mut given = Vec::new();
    let mut present = vec![false; library.book.sets() + 1];
    let mut done = vec![usize::MAX; library.signals.len()];
    // Patterns without any phrase are tried everywhere.
    present[library.book.sets()] = true;
    for sentence in 0..reading.sentences.len() {
        let span = reading.sentence_span(sentence);
        let hits = &reading.hits[span.hits.clone()];
        for hit in hits {
            present[hit.set as usize] = true;
        }
        let block = reading.around_span(sentence);
        let first = given.len();
        let always = std::iter::once(library.book.sets());
        for set in hits.iter().map(|hit| hit.set as usize).chain(always) {
            for (pattern, signal) in &library.anchors[set] {
                let needs = &library.book.patterns[*pattern as usize].needs;
                if done[*signal] == sentence || !needs.iter().all(|set| present[*set as usize]) {
                    continue;
                }
                let (rule, reach) = (&library.signal_rules[*signal], library.signals[*signal].reach);
                let wide = if reach == Reach::Block { &block } else { &span };
                let Some(found) = reading.search(*pattern, &span, None) else { continue };
                let told = (rule.with.is_empty() || reading.any(&rule.with, wide, None)) && !reading.any(&rule.not, wide, None);
                if !told || !library.signals[*signal].negated && denied(reading, &span, &found.tokens) {
                    continue;
                }
                done[*signal] = sentence;
                let captures = captures(reading, rule, &span);
                given.push(Given { signal: *signal, sentence, tokens: found.tokens, captures });
            }
        }
        given[first..].sort_by_key(|one| (one.tokens.start, one.signal));
        for hit in hits {
            present[hit.set as usize] = false;
        }
    }
    given
}

/// Is what `found` says denied, by a word in it or shortly before?
fn denied(reading: &Reading<'_>, span: &Span, found: &Range<usize>) -> bool {
    let Some(denials) = reading.library.denials else { return false };
    let mut from = found.start;
    while from > span.tokens.start && found.start - from < DENIAL && !reading.tokens[from].parted {
        from -= 1;
    }
    reading.hits[span.hits.clone()].iter().any(|hit| hit.set == denials && (from..found.end).contains(&(hit.start as usize)))
}

fn captures(reading: &Reading<'_>, rule: &SignalRule, span: &Span) -> Vec<(String, Range<usize>)> {
    let found = rule.captures.iter().filter_map(|(name, pattern)| Some((name.clone(), reading.search(*pattern, span, None)?.words?)));
    found.collect()
}
