//! Looks for a pattern in a span of words.

use std::ops::{ControlFlow, Range};

use super::{Hit, Known, Reading};
use crate::content::{
    pattern::{GAP, Gap},
    phrases::{Compiled, Is, PatternId, Place, Set},
};

/// Words to search in: a sentence, or a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub tokens: Range<usize>,
    /// The sentences that they are of.
    pub sentences: Range<usize>,
}

/// Where a pattern holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// From its first to its last word.
    pub tokens: Range<usize>,
    /// What `<words>` stands for.
    pub words: Option<Range<usize>>,
}

/// Told where a stretch ends and what `<words>` stands for in it; says whether to go on.
type Tell<'a> = dyn FnMut(usize, Option<Range<usize>>) -> ControlFlow<()> + 'a;

/// Looks at so many ways to put the stretches together, and no more.
const WAYS: usize = 2_000;

/// Looks for a pattern where all that it needs may be.
pub(super) fn search(reading: &Reading<'_>, pattern: PatternId, span: &Span, it: Option<&Range<usize>>) -> Option<Found> {
    match reading.reaches_behind(span) {
        true => find(reading, pattern, span, it),
        false => reading.all(&[pattern], span, it).next(),
    }
}

/// Looks for a pattern wherever it may be.
pub(super) fn find(reading: &Reading<'_>, pattern: PatternId, span: &Span, it: Option<&Range<usize>>) -> Option<Found> {
    let block = reading.sentences.get(span.sentences.start)?.block;
    let finder = Finder { reading, span, it, known: &reading.known[block], first: reading.first[block] };
    finder.pattern(reading.library.book.pattern(pattern))
}

struct Finder<'a> {
    reading: &'a Reading<'a>,
    span: &'a Span,
    it: Option<&'a Range<usize>>,
    /// The block in which the span begins; few reach further.
    known: &'a Known,
    /// Its first token.
    first: usize,
}

impl Finder<'_> {
    fn pattern(&self, pattern: Compiled<'_>) -> Option<Found> {
        if pattern.stretches() == 1 {
            let mut found = None;
            let _ = self.stretches(pattern.stretch(0), &mut |stretch| {
                found = Some(stretch);
                ControlFlow::Break(())
            });
            return found;
        }
        // The longest stretch is the likeliest to be missing.
        let mut stretches = Vec::new();
        for number in pattern.order.iter().map(|number| *number as usize) {
            let mut found = Vec::new();
            let _ = self.stretches(pattern.stretch(number), &mut |stretch| {
                found.push(stretch);
                ControlFlow::Continue(())
            });
            if found.is_empty() {
                return None;
            }
            stretches.resize(pattern.stretches(), Vec::new());
            stretches[number] = found;
        }
        let mut ways = WAYS;
        stretches[0].iter().find_map(|first| self.join(first.clone(), first, &stretches[1..], pattern.gaps, &mut ways))
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

    /// Tells everywhere in the span that `segment` holds.
    fn stretches(&self, segment: &[Place], tell: &mut dyn FnMut(Found) -> ControlFlow<()>) -> ControlFlow<()> {
        let span = &self.span.tokens;
        let mut try_at =
            |start: usize| self.segment(segment, start, start, None, &mut |end, words| tell(Found { tokens: start..end, words }));
        // Most stretches can begin at few of the words.
        match segment.first() {
            Some(Place { is: Is::Set(set), optional: false }) => {
                let mut last = None;
                let set = self.reading.library.book.made_of(*set);
                let mut try_hit = |hit: &Hit, first: usize| {
                    if last != Some(hit.start) && set.has(hit.node) {
                        last = Some(hit.start);
                        return try_at(hit.start as usize + first);
                    }
                    ControlFlow::Continue(())
                };
                match self.known.hits_in(span, self.first) {
                    Some(hits) => hits.iter().try_for_each(|hit| try_hit(hit, self.first)),
                    None => self.reading.hits(span.clone()).try_for_each(|hit| try_hit(&hit, 0)),
                }
            }
            Some(Place { is: Is::It, optional: false }) => {
                let mut it = self.it.filter(|it| span.contains(&it.start)).into_iter();
                it.try_for_each(|it| try_at(it.start))
            }
            Some(Place { is: Is::Mention(_), optional: false }) => {
                self.reading.mentions_in(span).iter().try_for_each(|mention| try_at(mention.tokens.start))
            }
            _ => span.clone().try_for_each(try_at),
        }
    }

    /// Tells every end of `places` matched from token `at` on.
    fn segment(&self, places: &[Place], start: usize, at: usize, words: Option<Range<usize>>, tell: &mut Tell<'_>) -> ControlFlow<()> {
        let Some((place, rest)) = places.split_first() else {
            return if at > start { tell(at, words) } else { ControlFlow::Continue(()) };
        };
        if place.optional {
            self.segment(rest, start, at, words.clone(), tell)?;
        }
        if at >= self.span.tokens.end || at > start && self.reading.tokens[at].parted {
            return ControlFlow::Continue(());
        }
        match place.is {
            Is::Set(set) => {
                self.phrases(set, at, &mut |end| self.segment(rest, start, end, words.clone(), tell))?;
            }
            Is::Number(set) => {
                if self.reading.tokens[at].number {
                    self.segment(rest, start, at + 1, words.clone(), tell)?;
                }
                self.phrases(set, at, &mut |end| self.segment(rest, start, end, words.clone(), tell))?;
            }
            Is::Choice(number) => {
                for stretch in self.reading.library.book.choice(number) {
                    self.segment(stretch, start, at, words.clone(), &mut |end, words| match end > at {
                        true => self.segment(rest, start, end, words, tell),
                        false => ControlFlow::Continue(()),
                    })?;
                }
            }
            Is::Words => {
                for end in at + 1..=(at + 3).min(self.span.tokens.end) {
                    if end > at + 1 && self.reading.tokens[end - 1].parted {
                        break;
                    }
                    self.segment(rest, start, end, Some(at..end), tell)?;
                }
            }
            Is::It => {
                if let Some(it) = self.it.filter(|it| it.start == at) {
                    self.segment(rest, start, it.end, words, tell)?;
                }
            }
            Is::Mention(concept) => {
                for mention in self.reading.mentions_in(&(at..at + 1)) {
                    if self.reading.library.is_part_of(mention.concept, concept as usize) {
                        self.segment(rest, start, mention.tokens.end, words.clone(), tell)?;
                    }
                }
            }
        }
        ControlFlow::Continue(())
    }

    /// Tells the end of each phrase of `set` that begins at token `at`.
    fn phrases(&self, set: Set, at: usize, tell: &mut dyn FnMut(usize) -> ControlFlow<()>) -> ControlFlow<()> {
        let set = self.reading.library.book.made_of(set);
        match self.known.hits_in(&(at..at + 1), self.first) {
            Some(hits) => hits.iter().filter(|hit| set.has(hit.node)).try_for_each(|hit| tell(hit.end as usize + self.first)),
            None => self.reading.hits(at..at + 1).filter(|hit| set.has(hit.node)).try_for_each(|hit| tell(hit.end as usize)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{content::Library, outline::Outline};

    /// Every sentence of `text`: what is found there where all is looked for is among what it may hold.
    fn check(text: &str) -> usize {
        let (outline, library) = (Outline::new(text), Library::built_in());
        let reading = Reading::new(text, &outline, &library);
        let of_names = library.rules.iter().flat_map(|rule| rule.near.iter().chain(&rule.unless));
        let mut sifted: Vec<PatternId> =
            library.told_by.iter().map(|(pattern, _)| pattern).chain(&library.standing).chain(of_names).copied().collect();
        sifted.sort_unstable();
        let aside: Vec<PatternId> = library.signal_rules.iter().flat_map(|rule| rule.with.iter().chain(&rule.not).copied()).collect();
        let mut held = 0;
        for sentence in 0..reading.sentences.len() {
            let span = reading.sentence_span(sentence);
            let named = reading.mentions_in(&span.tokens).iter().map(|mention| Some(&mention.tokens));
            for (it, patterns) in named.chain([None]).flat_map(|it| [(it, &sifted), (it, &aside)]) {
                let all = patterns.iter().filter(|pattern| find(&reading, **pattern, &span, it).is_some()).count();
                assert_eq!(reading.all(patterns, &span, it).count(), all, "{}", &text[reading.sentences[sentence].range.clone()]);
                held += all;
            }
        }
        held
    }

    #[test]
    fn what_a_sentence_holds_is_among_what_it_may_hold() {
        let designs =
            [include_str!("../../../../tests/designs/payment-system.md"), "A list, (a write), deletes - it. ".repeat(20).as_str()]
                .map(check);
        assert!(designs.iter().all(|held| *held > 0), "{designs:?}");
        // Too many words for places.
        assert!(check(&"On every save the service deletes the key from Redis and publishes an event ".repeat(8)) > 0);
    }
}
