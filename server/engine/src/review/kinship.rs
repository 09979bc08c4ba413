//! Which sentences are akin to a subject: they stand where it is spoken of, or name something that is told of it.

use std::cell::RefCell;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Polarity, answers::Around, known::Facts};
use crate::{content::phrases::PatternId, outline::BlockKind};

/// The role of sections that tell what fails.
const FAILURE: &str = "failure";
/// A word in a larger part of the sections, and in more of them than `FEW`, is what the document is about and ties nothing together.
const PART: usize = 4;
const FEW: usize = 3;

/// A subject, with what tells its kin.
pub(super) struct Kin<'a> {
    facts: &'a Facts<'a>,
    around: Around,
    /// The words of the sentences about it that tell what is spoken of.
    words: FxHashSet<u64>,
    /// How its doings are called.
    doings: &'a [PatternId],
    /// By section, whether the subject is spoken of in it or in a heading above; for those that were asked for.
    near: RefCell<FxHashMap<usize, bool>>,
}

impl<'a> Kin<'a> {
    pub(super) fn of(facts: &'a Facts<'a>, around: Around, doings: &'a [PatternId]) -> Self {
        let sentences: Vec<usize> = match around {
            Around::Document => Vec::new(),
            Around::Sentence(sentence) => vec![sentence],
            Around::Component(group) => {
                facts.groups[group].mentions.iter().map(|mention| facts.reading.mentions[*mention].sentence).collect()
            }
        };
        let tokens = sentences.into_iter().flat_map(|sentence| facts.reading.sentences[sentence].tokens.clone());
        let words = tokens.filter_map(|token| facts.reading.topic(token)).collect();
        Self { facts, around, words, doings, near: RefCell::default() }
    }

    /// Is the sentence akin to the subject?
    pub(super) fn has(&self, sentence: usize) -> bool {
        matches!(self.around, Around::Document) || self.is_near(sentence) || self.tells_its_doings(sentence) || self.shares_a_word(sentence)
    }

    /// Is the subject spoken of in the block, what it is nested in, its section or a heading above?
    fn is_near(&self, sentence: usize) -> bool {
        let facts = self.facts;
        let (block, section) = (facts.block(sentence), facts.section(sentence));
        let headings = facts.outline.ancestors(section).filter_map(|section| facts.outline.sections[section].heading);
        // A row, or an item in a list of failures, speaks of its own subject and not of what its neighbours speak of.
        let alone = match facts.outline.blocks[block].kind {
            BlockKind::Row(_) => true,
            BlockKind::Item(_) => facts.stances.role_name(facts.library, block) == FAILURE,
            _ => false,
        };
        if alone {
            let around = std::iter::successors(Some(block), |at| facts.outline.blocks[*at].parent);
            return around.chain(headings).any(|block| self.is_spoken_of(block));
        }
        let of_section = || facts.outline.sections[section].blocks.clone().chain(headings).any(|block| self.is_spoken_of(block));
        *self.near.borrow_mut().entry(section).or_insert_with(of_section)
    }

    fn is_spoken_of(&self, block: usize) -> bool {
        let facts = self.facts;
        let group = match self.around {
            Around::Document => return true,
            Around::Sentence(sentence) => return facts.block(sentence) == block,
            Around::Component(group) => group,
        };
        let ours = |mention: usize| {
            let asked = facts.stances.mentions[mention] == Polarity::Asked;
            let concept = facts.library.component_of(facts.reading.mentions[mention].concept);
            facts.group_of[mention] == Some(group) || asked && concept == Some(facts.groups[group].concept)
        };
        let tokens = facts.reading.block_span(block).tokens;
        let first = facts.reading.mentions.partition_point(|mention| mention.tokens.start < tokens.start);
        (first..first + facts.reading.mentions_in(&tokens).len()).any(ours)
    }

    /// Does the sentence, or the head of its table, tell of the subject's doings?
    fn tells_its_doings(&self, sentence: usize) -> bool {
        let reading = self.facts.reading;
        let head = reading.head_of(self.facts.block(sentence));
        std::iter::once(reading.sentence_span(sentence))
            .chain(head.map(|head| reading.block_span(head)))
            .any(|span| reading.any(self.doings, &span, None))
    }

    /// Does the sentence name something that a sentence about the subject names: the "profile" of "profiles are read through Redis"?
    fn shares_a_word(&self, sentence: usize) -> bool {
        let facts = self.facts;
        let words = facts.reading.sentences[sentence].tokens.clone().filter_map(|token| facts.reading.topic(token));
        { words }.any(|word| self.words.contains(&word) && facts.is_telling(word))
    }
}

/// Is a word that stands in `count` of so many sections telling?
pub(super) fn is_telling(count: usize, sections: usize) -> bool {
    count <= FEW.max(sections / PART)
}
