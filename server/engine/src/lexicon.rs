//! Reads the prose of an outline: words, sentences, mentions of concepts, and the signals that sentences give.

pub mod features;

mod aside;
mod known;
mod learned;
mod letters;
mod mentions;
mod search;
mod signals;
mod words;

use std::{ops::Range, sync::Arc};

use rustc_hash::FxHashMap;

use self::known::{Hit, Known};
pub use self::{
    aside::Aside,
    known::{Memo, Spread},
    search::{Found, Span},
    words::{Sentence, Token},
};
use crate::{
    content::{
        Library, class,
        phrases::{PatternId, Rough},
    },
    outline::Outline,
};

/// The prose of a document, read. Token numbers run through the whole document.
#[derive(Debug)]
pub struct Reading<'a> {
    pub library: &'a Library,
    pub outline: &'a Outline,
    pub tokens: Vec<Token>,
    pub sentences: Vec<Sentence>,
    /// By number of the block: it is still to be filled in.
    pub blank: Vec<bool>,
    /// By number of the block: its sentences.
    pub blocks: Vec<Range<usize>>,
    /// In the order of the text.
    pub mentions: Vec<Mention>,
    /// In the order of the text.
    pub signals: Vec<Given>,
    /// By number of the block: the one of the version before whose words tell the same by themselves, if that is known.
    pub kept: Vec<Option<usize>>,
    /// By number of the block: one before it whose words tell the same by themselves, if that is known.
    pub alike: Vec<Option<usize>>,
    /// By number of the block: the signals that patterns give there.
    told: Vec<Arc<Told>>,
    /// By number of the block: what its words say by themselves.
    known: Vec<Arc<Known>>,
    /// By number of the block: its first token.
    first: Vec<usize>,
    /// By number of the block: the head of the table in which it is a row.
    heads: Vec<Option<usize>>,
    /// By number of the signal: where in `signals` it is given.
    by_signal: Vec<Vec<usize>>,
}

/// So many sentences before and behind one stand around it.
const AROUND: usize = 12;

/// A name of a concept in its system-design sense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Number of the concept in the library.
    pub concept: usize,
    /// Number of the name in the library.
    rule: usize,
    pub tokens: Range<usize>,
    pub sentence: usize,
    /// Named by a word that does not tell whether the design has it.
    pub passing: bool,
}

/// The signals that a block gave, and what they were told by besides its words; tokens and sentences count from the first of the block.
#[derive(Debug)]
pub struct Told {
    mentions: Vec<Mention>,
    given: Vec<Given>,
    /// Nothing that the block before says was looked at.
    apart: bool,
}

/// A signal that a sentence gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Number of the signal in the library.
    pub signal: usize,
    pub sentence: usize,
    /// The words that gave it.
    pub tokens: Range<usize>,
    pub captures: Vec<(String, Range<usize>)>,
    /// The words that speak most for it, where it was learned.
    pub telling: Vec<Range<usize>>,
}

/// So many patterns are looked for one by one.
const FEW: usize = 2;

impl<'a> Reading<'a> {
    /// Reads the prose of `text`, whose outline is `outline`.
    pub fn new(text: &str, outline: &'a Outline, library: &'a Library) -> Self {
        Self::after(&Memo::default(), text, outline, library)
    }

    /// The same, with what is known of the version before, read with the same library.
    pub fn after(before: &Memo, text: &str, outline: &'a Outline, library: &'a Library) -> Self {
        let same = before.same(text, outline);
        let (known, alike) = known::all(before, &same, text, outline, library);
        let mut reading = Self::laid_out(outline, library, known);
        reading.alike = alike;
        mentions::find(&mut reading);
        signals::find(&mut reading, |block| same[block].map(|same| &before.told[same]));
        let kept = same.iter().zip(&reading.told).map(|(same, told)| same.filter(|same| Arc::ptr_eq(&before.told[*same], told)));
        reading.kept = kept.collect();
        let tells_as = |block: usize, other: &usize| Arc::ptr_eq(&reading.told[block], &reading.told[*other]);
        reading.alike = (0..).zip(&reading.alike).map(|(block, other)| other.filter(|other| tells_as(block, other))).collect();
        // What was learned looks at the line above a list or table, too, and so is not kept by block; what it costs is.
        let learned = learned::find(&reading);
        reading.signals.extend(learned);
        // Two lists that are in order, one behind the other.
        reading.signals.sort_by_key(|one| (one.sentence, one.tokens.start, one.signal));
        reading.by_signal.resize(library.signals.len(), Vec::new());
        for (number, given) in reading.signals.iter().enumerate() {
            reading.by_signal[given.signal].push(number);
        }
        reading
    }

    /// The words and sentences of all blocks one behind the other, before anything is made of them.
    fn laid_out(outline: &'a Outline, library: &'a Library, known: Vec<Arc<Known>>) -> Self {
        let mut reading = Self {
            library,
            outline,
            blank: known.iter().map(|known| known.blank).collect(),
            tokens: Vec::with_capacity(known.iter().map(|known| known.tokens.len()).sum()),
            sentences: Vec::with_capacity(known.iter().map(|known| known.sentences.len()).sum()),
            blocks: Vec::with_capacity(known.len()),
            mentions: Vec::new(),
            signals: Vec::new(),
            kept: Vec::new(),
            alike: vec![None; known.len()],
            told: Vec::new(),
            first: Vec::with_capacity(known.len()),
            known,
            heads: outline.heads(),
            by_signal: Vec::new(),
        };
        reading.lay_out();
        reading
    }

    fn lay_out(&mut self) {
        for (number, (known, block)) in self.known.iter().zip(&self.outline.blocks).enumerate() {
            let (token, sentence, start) = (self.tokens.len(), self.sentences.len(), block.range.start);
            self.first.push(token);
            self.tokens.extend(known.tokens.iter().map(|one| Token { start: one.start + start, end: one.end + start, ..*one }));
            self.sentences.extend(known.sentences.iter().map(|one| Sentence {
                block: number,
                tokens: one.tokens.start + token..one.tokens.end + token,
                range: one.range.start + start..one.range.end + start,
                asks: one.asks,
            }));
            self.blocks.push(sentence..self.sentences.len());
        }
    }

    /// The bytes of `tokens`.
    pub fn bytes(&self, tokens: &Range<usize>) -> Range<usize> {
        match (self.tokens.get(tokens.start), tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => 0..0,
        }
    }

    /// The numbers of the signals given that are `signal`, in the order of the text.
    pub fn given(&self, signal: usize) -> &[usize] {
        &self.by_signal[signal]
    }

    /// Does `pattern` hold in `span`? `it` is the mention that `<it>` stands for.
    pub fn search(&self, pattern: PatternId, span: &Span, it: Option<&Range<usize>>) -> Option<Found> {
        search::search(self, pattern, span, it)
    }

    /// Does what else `signal` asks for hold around `sentence`, whatever gives the signal there?
    pub fn allows(&self, signal: usize, sentence: usize) -> bool {
        signals::told(self, signal, sentence, &self.sentence_span(sentence))
    }

    /// Does any of `patterns`, in rising order, hold in `span`?
    pub fn any(&self, patterns: &[PatternId], span: &Span, it: Option<&Range<usize>>) -> bool {
        let mut all = self.all(patterns, span, it);
        all.next().is_some()
    }

    /// May any pattern from the first to the last of `patterns`, which are sifted and in rising order, hold in `span`? Where not, none of them does.
    pub fn may_hold(&self, patterns: &[PatternId], span: &Span) -> bool {
        self.live(span).is_none_or(|live| !within(live, patterns).is_empty())
    }

    /// Where each of `patterns`, in rising order, holds in `span`; either all of them are sifted or none is.
    pub fn all<'s>(&'s self, patterns: &'s [PatternId], span: &'s Span, it: Option<&'s Range<usize>>) -> impl Iterator<Item = Found> + 's {
        let sifted = patterns.first().is_some_and(|first| self.library.book.is_sifted(*first));
        let live = if sifted { self.live(span) } else { None };
        let meant = live.map_or(patterns, |live| within(live, patterns)).iter();
        // What stands there is gathered once for many.
        let book = &self.library.book;
        let rough = (live.is_none() && patterns.len() > FEW).then(|| Box::new(self.rough(span)));
        let meant = meant.filter(move |one| match live {
            Some(_) => is_in(patterns, one),
            None => rough.as_ref().is_none_or(|rough| book.may_hold(**one, rough)) && self.has_needed(**one, span),
        });
        meant.filter_map(move |pattern| search::find(self, *pattern, span, it))
    }

    /// The sifted patterns that `span` may hold, where that is known.
    fn live(&self, span: &Span) -> Option<&[PatternId]> {
        let first = self.sentences.get(span.sentences.start).filter(|_| span.sentences.len() == 1)?;
        let number = span.sentences.start - self.blocks[first.block].start;
        (span.tokens.end <= first.tokens.end).then(|| self.known[first.block].live_in(number))
    }

    /// The parts of all phrases in `span`.
    fn rough(&self, span: &Span) -> Rough {
        let block = self.sentences.get(span.sentences.start).map_or(0, |first| first.block);
        let own = self.known.get(block).and_then(|known| known.hits_in(&span.tokens, self.first[block]));
        match own {
            Some(hits) => self.library.book.rough(hits.iter().map(|hit| hit.node)),
            None => self.library.book.rough(self.hits(span.tokens.clone()).map(|hit| hit.node)),
        }
    }

    /// Does `span` hold a phrase of every set that `pattern` needs?
    fn has_needed(&self, pattern: PatternId, span: &Span) -> bool {
        let Some(sentence) = self.sentences.get(span.sentences.start) else { return false };
        // A span that reaches behind its only sentence does so for what `<it>` stands for: all else has to be in the sentence.
        let tokens = if self.reaches_behind(span) { &sentence.tokens } else { &span.tokens };
        self.have_needed(sentence.block, tokens, pattern)
    }

    /// Does a span of one sentence reach behind that?
    fn reaches_behind(&self, span: &Span) -> bool {
        let only = self.sentences.get(span.sentences.start).filter(|_| span.sentences.len() == 1);
        only.is_some_and(|only| span.tokens.end > only.tokens.end)
    }

    /// May `pattern`, which is sifted, hold in a sentence of `block`?
    fn block_may_hold(&self, block: usize, pattern: PatternId) -> bool {
        let known = &self.known[block];
        (0..known.sentences.len()).any(|sentence| known.live_in(sentence).binary_search(&pattern).is_ok())
    }

    /// Do `tokens`, most or all of which are of `block`, hold a phrase of every set that `pattern` needs?
    fn have_needed(&self, block: usize, tokens: &Range<usize>, pattern: PatternId) -> bool {
        let book = &self.library.book;
        let own = self.known[block].hits_in(tokens, self.first[block]);
        book.needs(pattern).iter().map(|set| book.made_of(*set)).all(|set| match own {
            Some(hits) => hits.iter().any(|hit| set.has(hit.node)),
            None => self.hits(tokens.clone()).any(|hit| set.has(hit.node)),
        })
    }

    /// The phrases that begin in `tokens`.
    fn hits(&self, tokens: Range<usize>) -> impl Iterator<Item = Hit> + '_ {
        let block = self.first.partition_point(|first| *first <= tokens.start).saturating_sub(1);
        let blocks = block..self.known.len();
        let pieces = blocks.map(|block| (&self.known[block], self.first[block])).take_while({
            let end = tokens.end;
            move |(_, first)| *first < end
        });
        pieces.flat_map(move |(known, first)| {
            let from = tokens.start.saturating_sub(first).min(known.tokens.len());
            let to = (tokens.end - first).min(known.tokens.len());
            let moved = first as u32;
            known.hits(from, to).iter().map(move |hit| hit.moved(moved))
        })
    }

    /// The family of what a mention names.
    pub fn family(&self, mention: &Mention) -> Option<&str> {
        self.library.rules[mention.rule].family.as_deref()
    }

    /// The sentence as a span to search in.
    pub fn sentence_span(&self, sentence: usize) -> Span {
        Span { tokens: self.sentences[sentence].tokens.clone(), sentences: sentence..sentence + 1 }
    }

    /// All sentences of a block as one span.
    pub fn block_span(&self, block: usize) -> Span {
        let sentences = &self.blocks[block];
        match (self.sentences.get(sentences.start), sentences.end.checked_sub(1).and_then(|last| self.sentences.get(last))) {
            (Some(first), Some(last)) if !sentences.is_empty() => {
                Span { tokens: first.tokens.start..last.tokens.end, sentences: sentences.clone() }
            }
            _ => Span { tokens: 0..0, sentences: 0..0 },
        }
    }

    /// The sentences of the block that stand around `sentence`, as one span: all of them in any block that a person wrote by hand, and the
    /// question that they reply to, where the block before asks.
    pub fn around_span(&self, sentence: usize) -> Span {
        let block = &self.blocks[self.sentences[sentence].block];
        let asked = block.start.checked_sub(1).filter(|before| self.sentences[*before].asks && !self.sentences[sentence].asks);
        let first = sentence.saturating_sub(AROUND).max(asked.unwrap_or(block.start));
        let last = (sentence + AROUND).min(block.end - 1);
        Span { tokens: self.sentences[first].tokens.start..self.sentences[last].tokens.end, sentences: first..last + 1 }
    }

    /// The head of the table in which `block` is a row.
    pub fn head_of(&self, block: usize) -> Option<usize> {
        self.heads[block]
    }

    /// The mentions that begin in `tokens`.
    pub fn mentions_in(&self, tokens: &Range<usize>) -> &[Mention] {
        let rest = &self.mentions[self.mentions.partition_point(|mention| mention.tokens.start < tokens.start)..];
        &rest[..rest.iter().take_while(|mention| mention.tokens.start < tokens.end).count()]
    }

    /// The signals that patterns give in `block`: the sentence and the words of each, in the order of the text.
    pub fn told_in(&self, block: usize) -> impl Iterator<Item = (usize, Range<usize>)> + '_ {
        let (token, sentence) = (self.first[block], self.blocks[block].start);
        self.told[block].given.iter().map(move |one| (one.sentence + sentence, one.tokens.start + token..one.tokens.end + token))
    }

    /// The first token of `block`.
    pub fn first_token(&self, block: usize) -> usize {
        self.first[block]
    }
}

/// Those of `some`, in rising order, that lie between the first and the last of `others`.
fn within<'s>(some: &'s [PatternId], others: &[PatternId]) -> &'s [PatternId] {
    let (Some(first), Some(last)) = (others.first(), others.last()) else { return &[] };
    let rest = &some[some.partition_point(|one| one < first)..];
    &rest[..rest.partition_point(|one| one <= last)]
}

/// Is `one` that lies between the first and the last of `patterns` one of them? Most lists are of patterns that were compiled one after another.
fn is_in(patterns: &[PatternId], one: &PatternId) -> bool {
    patterns.last().is_some_and(|last| (last - patterns[0]) as usize + 1 == patterns.len()) || patterns.binary_search(one).is_ok()
}

impl Reading<'_> {
    /// Is the word one that tells things apart no better than an article would?
    pub fn is_generic(&self, token: usize) -> bool {
        self.is_of(token, class::GENERIC | class::ARTICLE)
    }

    /// Does the word tell nothing of what is spoken of?
    pub fn is_common(&self, token: usize) -> bool {
        self.tokens[token].classes != 0
    }

    /// "No", "not" and the like.
    pub fn is_denial(&self, token: usize) -> bool {
        self.is_of(token, class::DENIAL)
    }

    /// "The", "our" and the like.
    pub fn is_article(&self, token: usize) -> bool {
        self.is_of(token, class::ARTICLE)
    }

    /// How many phrases of the sentence say that the design has something.
    pub fn adoption(&self, sentence: usize) -> usize {
        let adopts = |hit: &Hit| self.library.classes(hit.node) & class::ADOPTION != 0;
        self.hits(self.sentences[sentence].tokens.clone()).filter(adopts).count()
    }

    /// How much is spoken of each topic.
    pub fn spread(&self) -> FxHashMap<u64, Spread> {
        known::spread(&self.known, self.outline)
    }

    /// What the word speaks of, the same for all its forms; none for the words that stand everywhere.
    pub fn topic(&self, token: usize) -> Option<u64> {
        Some(self.tokens[token].topic).filter(|topic| *topic != 0)
    }

    fn is_of(&self, token: usize, classes: u8) -> bool {
        self.tokens[token].classes & classes != 0
    }
}
