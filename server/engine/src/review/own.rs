//! How things stand by a block's own words: the role that it tells, the polarity of what it names. Kept from version to version.

use std::{ops::Range, sync::Arc};

use super::Polarity;
use crate::{
    content::StanceRule,
    lexicon::{Given, Reading, Span},
    outline::{Block, BlockKind, LONGEST_LABEL},
};

/// What a block says by itself, whatever stands around it. Sentences and tokens count from its first.
#[derive(Debug)]
pub(super) struct Own {
    /// Others stand under it.
    leads: bool,
    /// Number of the role that it tells in the library: that of a heading, or of the label that it begins with.
    pub(super) role: Option<usize>,
    /// By sentence: it puts something out of scope.
    pub(super) dismisses: Vec<bool>,
    /// In the order of the text.
    pub(super) mentions: Vec<Named>,
    /// By the place of each signal that patterns give, in the order of the text.
    signals: Vec<(Range<usize>, Option<Polarity>)>,
}

/// A mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) polarity: Option<Polarity>,
    /// Named in passing.
    pub(super) passing: bool,
}

/// What stands before a colon stands for a heading, if it has no more bytes: "Out of scope: search".
const LONGEST_CALL: usize = 30;

/// What each block says; `before` has what the blocks of the version before said.
pub(super) fn all(text: &str, reading: &Reading<'_>, before: &[Arc<Own>]) -> Vec<Arc<Own>> {
    let mut all: Vec<Arc<Own>> = Vec::with_capacity(reading.blocks.len());
    for block in 0..reading.blocks.len() {
        let known = reading.kept[block].and_then(|kept| before.get(kept)).or_else(|| Some(&all[reading.alike[block]?]));
        let known = known.filter(|known| known.leads == reading.outline.leads(block)).cloned();
        all.push(known.unwrap_or_else(|| Arc::new(of(text, reading, block))));
    }
    all
}

/// What a block says.
pub(super) fn of(text: &str, reading: &Reading<'_>, block: usize) -> Own {
    let first = reading.first_token(block);
    let span = reading.block_span(block);
    let named = |tokens: &Range<usize>, sentence: usize| Named {
        polarity: polarity(reading, sentence, tokens),
        passing: denied(reading, sentence, tokens) || reading.any(&reading.library.passing, &reading.sentence_span(sentence), Some(tokens)),
    };
    let dismisses = |sentence: usize| reading.any(&reading.library.dismissals, &reading.sentence_span(sentence), None);
    let given = reading.told_in(block);
    Own {
        leads: reading.outline.leads(block),
        role: match reading.outline.blocks[block].kind {
            BlockKind::Heading(_) => role_of(reading, &span),
            _ => label(text, reading, block).and_then(|label| role_of(reading, &label)),
        },
        dismisses: reading.blocks[block].clone().map(dismisses).collect(),
        mentions: reading.mentions_in(&span.tokens).iter().map(|mention| named(&mention.tokens, mention.sentence)).collect(),
        signals: given.map(|(sentence, tokens)| (tokens.start - first..tokens.end - first, polarity(reading, sentence, &tokens))).collect(),
    }
}

impl Own {
    /// Does it say the same as another whose signals are given in the same places?
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let polarities = |own: &Self| own.signals.iter().map(|(_, polarity)| *polarity).collect::<Vec<_>>();
        (self.leads, self.role, &self.dismisses, &self.mentions) == (other.leads, other.role, &other.dismisses, &other.mentions)
            && polarities(self) == polarities(other)
    }

    /// How a signal that the block gives stands by the block's own words, where that is known.
    pub(super) fn polarity(&self, reading: &Reading<'_>, block: usize, given: &Given) -> Option<Option<Polarity>> {
        let first = reading.first_token(block);
        let tokens = given.tokens.start - first..given.tokens.end - first;
        let at = self.signals.partition_point(|(other, _)| other.start < tokens.start);
        let same = self.signals[at..].iter().take_while(|(other, _)| other.start == tokens.start).find(|(other, _)| *other == tokens);
        same.map(|(_, polarity)| *polarity)
    }
}

/// The words at a block's head that stand for a heading: "**Failure handling:** …", "Estimates: …", or a short line that others stand under.
pub(super) fn label(text: &str, reading: &Reading<'_>, number: usize) -> Option<Span> {
    let block = &reading.outline.blocks[number];
    if matches!(block.kind, BlockKind::Heading(_) | BlockKind::Row(_) | BlockKind::Diagram) {
        return None;
    }
    let first = block.runs.first()?;
    let end = if first.strong {
        first.range.end
    } else if let Some(end) = called(text, block) {
        end
    } else if reading.outline.leads(number) && is_short(block) {
        block.range.end
    } else {
        return None;
    };
    let span = reading.block_span(number);
    let words = reading.tokens[span.tokens.clone()].partition_point(|token| token.end <= end);
    (words > 0).then(|| Span { tokens: span.tokens.start..span.tokens.start + words, ..span })
}

/// Where the words end that stand before a colon at the block's head, and may be a label.
pub(super) fn called(text: &str, block: &Block) -> Option<usize> {
    let first = block.runs.first()?;
    let line = &text[first.range.clone()];
    let end = line.bytes().take(LONGEST_CALL + 1).position(|byte| byte == b':')?;
    line[end + 1..].starts_with(char::is_whitespace).then_some(first.range.start + end)
}

/// Is the block short enough to stand for a heading?
pub(super) fn is_short(block: &Block) -> bool {
    block.range.len() <= LONGEST_LABEL
}

/// The role that a heading tells: of several, the one that takes most of its words.
pub(super) fn role_of(reading: &Reading<'_>, heading: &Span) -> Option<usize> {
    let rules = reading.library.roles.iter().enumerate();
    let fitting = rules.filter(|(_, rule)| !reading.any(&rule.unless, heading, None)).filter_map(|(number, rule)| {
        let found = reading.all(&rule.headings, heading, None);
        found.map(|found| found.tokens.len()).max().map(|words| (words, number))
    });
    fitting.max_by_key(|(words, number)| (*words, usize::MAX - number)).map(|(_, number)| number)
}

/// How what stands at the tokens `it` of a sentence stands by the words of its block.
pub(super) fn polarity(reading: &Reading<'_>, sentence: usize, it: &Range<usize>) -> Option<Polarity> {
    let block = reading.sentences[sentence].block;
    // What is still to be filled in asks, and says nothing yet.
    if reading.sentences[sentence].asks || reading.blank[block] {
        return Some(Polarity::Asked);
    }
    let next = || (reading.blocks[block].end > sentence + 1).then(|| reading.sentence_span(sentence + 1));
    told(reading, &reading.sentence_span(sentence), it)
        .or_else(|| refused(reading, sentence).then_some(Polarity::Rejected))
        // "Results could be cached. The first version does without." "It is the checkout team's."
        .or_else(|| next().and_then(|next| told(reading, &next, it)).filter(|polarity| *polarity != Polarity::Asked))
}

/// What the words of `span` say of how `it` stands.
pub(super) fn told(reading: &Reading<'_>, span: &Span, it: &Range<usize>) -> Option<Polarity> {
    if !reading.may_hold(&reading.library.standing, span) {
        return None;
    }
    let told = |rule: &&StanceRule| reading.any(&rule.says, span, Some(it)) && !reading.any(&rule.unless, span, Some(it));
    reading.library.stances.iter().find(told).map(|rule| rule.polarity)
}

/// Does a word that denies stand before `it` in its part of the sentence: "this is not sharding", but not "one box is no answer, so we shard"?
fn denied(reading: &Reading<'_>, sentence: usize, it: &Range<usize>) -> bool {
    /// So many words before.
    const BEFORE: usize = 8;
    let before = (reading.sentences[sentence].tokens.start..it.start).rev().take(BEFORE);
    before.take_while(|token| !reading.tokens[token + 1].parted).any(|token| reading.is_denial(token))
}

/// Is the sentence turned down by one behind it: "We could cache it at the edge. No."?
fn refused(reading: &Reading<'_>, sentence: usize) -> bool {
    /// In so many sentences, of so many words.
    const BEHIND: usize = 3;
    const SHORT: usize = 6;
    let block = reading.blocks[reading.sentences[sentence].block].end;
    (sentence + 1..block.min(sentence + 1 + BEHIND)).any(|behind| {
        let tokens = reading.sentences[behind].tokens.clone();
        let alone = |token: usize| {
            let ends = token + 1 == tokens.end || reading.tokens[token + 1].parted;
            ends && reading.tokens[token].parted && reading.is_denial(token)
        };
        tokens.len() <= SHORT && tokens.clone().any(alone)
    })
}
