//! Looks for a pattern in a span of words.

use std::ops::Range;

use super::{Hit, Reading};
use crate::content::{
    pattern::{GAP, Gap},
    phrases::{Compiled, Is, PatternId, Place},
};

/// Words to search in: a sentence, or a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub tokens: Range<usize>,
    /// The phrases that begin there.
    pub(super) hits: Range<usize>,
}

/// Where a pattern holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// From its first to its last word.
    pub tokens: Range<usize>,
    /// What `<words>` stands for.
    pub words: Option<Range<usize>>,
}

/// Looks at so many ways to put the stretches together, and no more.
const WAYS: usize = 2_000;

pub(super) fn search(reading: &Reading<'_>, pattern: PatternId, span: &Span, it: Option<&Range<usize>>) -> Option<Found> {
    let pattern = &reading.library.book.patterns[pattern as usize];
    let finder = Finder { reading, span, hits: &reading.hits[span.hits.clone()], it };
    if !pattern.needs.iter().all(|set| finder.hits.iter().any(|hit| hit.set == *set)) {
        return None;
    }
    finder.pattern(pattern)
}

struct Finder<'a> {
    reading: &'a Reading<'a>,
    span: &'a Span,
    hits: &'a [Hit],
    it: Option<&'a Range<usize>>,
}

impl Finder<'_> {
    fn pattern(&self, pattern: &Compiled) -> Option<Found> {
        let mut stretches = Vec::with_capacity(pattern.segments.len());
        for segment in &pattern.segments {
            let found = self.stretches(segment);
            if found.is_empty() {
                return None;
            }
            stretches.push(found);
        }
        let mut ways = WAYS;
        stretches[0].iter().find_map(|first| self.join(first.clone(), first, &stretches[1..], &pattern.gaps, &mut ways))
    }

    /// Joins the stretch `last` to one of each of `rest`.
    fn join(&self, whole: Found, last: &Found, rest: &[Vec<Found>], gaps: &[Gap], ways: &mut usize) -> Option<Found> {
        let (Some((candidates, rest)), Some((gap, gaps))) = (rest.split_first(), gaps.split_first()) else { return Some(whole) };
        for next in candidates {
            *ways = ways.checked_sub(1)?;
            let after = next.tokens.start.checked_sub(last.tokens.end);
            let before = if *gap == Gap::Near { last.tokens.start.checked_sub(next.tokens.end) } else { None };
            if after.or(before).is_none_or(|between| between > GAP) {
                continue;
            }
            let joined = Found {
                tokens: whole.tokens.start.min(next.tokens.start)..whole.tokens.end.max(next.tokens.end),
                words: whole.words.clone().or_else(|| next.words.clone()),
            };
            if let Some(found) = self.join(joined, next, rest, gaps, ways) {
                return Some(found);
            }
        }
        None
    }

    /// Everywhere in the span that `segment` holds.
    fn stretches(&self, segment: &[Place]) -> Vec<Found> {
        let mut found = Vec::new();
        let mut try_at = |start: usize| {
            let mut ends = Vec::new();
            self.segment(segment, start, start, None, &mut ends);
            found.extend(ends.into_iter().map(|(end, words)| Found { tokens: start..end, words }));
        };
        match segment.first() {
            // Where the first place is a set of phrases, only their places can begin it.
            Some(Place { is: Is::Set(set), optional: false }) => {
                let mut last = None;
                for hit in self.hits.iter().filter(|hit| hit.set == *set) {
                    if last.replace(hit.start) != Some(hit.start) {
                        try_at(hit.start as usize);
                    }
                }
            }
            _ => self.span.tokens.clone().for_each(try_at),
        }
        found
    }

    /// Adds to `ends` every end of `places` matched from token `at` on.
    fn segment(
        &self,
        places: &[Place],
        start: usize,
        at: usize,
        words: Option<Range<usize>>,
        ends: &mut Vec<(usize, Option<Range<usize>>)>,
    ) {
        let Some((place, rest)) = places.split_first() else {
            if at > start {
                ends.push((at, words));
            }
            return;
        };
        if place.optional {
            self.segment(rest, start, at, words.clone(), ends);
        }
        if at >= self.span.tokens.end || at > start && self.reading.tokens[at].parted {
            return;
        }
        match place.is {
            Is::Set(set) => self.phrases(set, at).for_each(|end| self.segment(rest, start, end, words.clone(), ends)),
            Is::Number(set) => {
                if self.reading.tokens[at].number {
                    self.segment(rest, start, at + 1, words.clone(), ends);
                }
                self.phrases(set, at).for_each(|end| self.segment(rest, start, end, words.clone(), ends));
            }
            Is::Choice(number) => {
                let mut inner = Vec::new();
                for stretch in &self.reading.library.book.choices[number] {
                    self.segment(stretch, start, at, words.clone(), &mut inner);
                }
                for (end, words) in inner.into_iter().filter(|(end, _)| *end > at) {
                    self.segment(rest, start, end, words, ends);
                }
            }
            Is::Words => {
                for end in at + 1..=(at + 3).min(self.span.tokens.end) {
                    if end > at + 1 && self.reading.tokens[end - 1].parted {
                        break;
                    }
                    self.segment(rest, start, end, Some(at..end), ends);
                }
            }
            Is::It => {
                if let Some(it) = self.it.filter(|it| it.start == at) {
                    self.segment(rest, start, it.end, words, ends);
                }
            }
            Is::Mention(concept) => {
                for mention in self.reading.mentions_in(&(at..at + 1)) {
                    if self.reading.library.is_part_of(mention.concept, concept) {
                        self.segment(rest, start, mention.tokens.end, words.clone(), ends);
                    }
                }
            }
        }
    }

    /// The ends of the phrases of `set` that begin at token `at`.
    fn phrases(&self, set: u32, at: usize) -> impl Iterator<Item = usize> + '_ {
        let first = self.hits.partition_point(|hit| (hit.start as usize) < at);
        let here = self.hits[first..].iter().take_while(move |hit| hit.start as usize == at);
        here.filter(move |hit| hit.set == set).map(|hit| hit.end as usize)
    }
}
