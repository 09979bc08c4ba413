//! Does a block, as it was and as it is, say the same to all that is asked of the document?

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::{Memo, Subject, checklists, components, figures, genre, kinship, own, stances};
use crate::{
    content::{
        Library,
        phrases::PatternId,
        question::{Scope, Term},
    },
    facts::{self, Fact},
    lexicon::{Aside, Given, Reading, Span},
    outline::{Block, BlockKind},
    text::Change,
};

/// A block before and behind a change.
pub(super) struct Pair<'a> {
    pub(super) before: &'a Memo,
    /// Its number.
    pub(super) block: usize,
    pub(super) aside: &'a Aside<'a>,
    pub(super) texts: [&'a str; 2],
    pub(super) change: &'a Change,
}

impl Pair<'_> {
    pub(super) fn say_the_same(&self) -> bool {
        self.looks_alike() && self.states_the_same() && self.stands_alike() && self.speaks_of_the_same() && self.replies_alike()
    }

    fn was(&self) -> &Block {
        &self.aside.was.outline.blocks[0]
    }

    fn is(&self) -> &Block {
        &self.aside.is.outline.blocks[0]
    }

    /// Is it written alike, where that tells something?
    fn looks_alike(&self) -> bool {
        let (was, is, [old, new]) = (self.was(), self.is(), self.texts);
        let label = |text: &str, reading: &Reading<'_>| own::label(text, reading, 0).map(|label| reading.bytes(&label.tokens));
        let (old_label, new_label) = (label(old, &self.aside.was), label(new, &self.aside.is));
        let apart = old_label.as_ref().is_none_or(|label| label.end < self.change.old.start);
        let item = matches!(was.kind, BlockKind::Item(_));
        apart
            && old_label == new_label
            && genre::heads(was) == genre::heads(is)
            && stances::is_reference(old, was) == stances::is_reference(new, is)
            && !(item && self.is_entry())
            && checklists::explains(old, &self.aside.was, 0) == checklists::explains(new, &self.aside.is, 0)
            && !self.is_quoted()
    }

    /// May the item be, or become, an entry of a table of contents? Such a one begins as a heading does.
    fn is_entry(&self) -> bool {
        let (words, outline) = (&self.before.words, self.before.words.version().1);
        let begins = |section: usize| {
            let Some(heading) = outline.sections[section].heading else { return false };
            let mut heading = words.plain_words(heading);
            let is_next = |word: &str| heading.next().is_some_and(|next| is_same(word, next));
            words.plain_words(self.block).take(self.aside.words_before).all(is_next) && heading.next().is_some()
        };
        (1..outline.sections.len()).any(begins)
    }

    /// Does what is asked quote what changed?
    fn is_quoted(&self) -> bool {
        let quotes = |subject: &Subject| matches!(subject, Subject::Failure(_) | Subject::Fact(_));
        self.before.review.questions.iter().any(|asked| quotes(&asked.subject) && meet(&asked.place, &self.change.old))
    }

    /// Are its numbers the same, and what changed no part of what is said of them?
    fn states_the_same(&self) -> bool {
        let [old, new] = self.texts;
        let outline = self.before.words.version().1;
        let code = self.before.review.facts.iter().any(|stated| stated.fact.block == self.block && stated.fact.code);
        let alone = facts::stands_alone(old, outline, self.block) && facts::stands_alone(new, self.aside.is.outline, 0);
        let [mut was, is] = [(old, self.was()), (new, self.is())].map(|(text, block)| facts::of_block(text, block));
        let part = |fact: &Fact| {
            let things = fact.kind.quantities().into_iter().filter_map(|quantity| quantity.thing.as_ref());
            std::iter::once(&fact.range).chain(things).any(|range| meet(range, &self.change.old))
        };
        if code || !alone || was.iter().any(part) {
            return false;
        }
        let stand = |reading: &Reading<'_>, facts: &[Fact]| facts.iter().map(|fact| figures::stands(reading, fact)).collect::<Vec<_>>();
        let stood = stand(&self.aside.was, &was);
        was.iter_mut().for_each(|fact| fact.move_by(self.change));
        was == is && stood == stand(&self.aside.is, &is)
    }

    /// Does all that it names and says stand alike?
    fn stands_alike(&self) -> bool {
        let ([old, new], Aside { was, is, .. }) = (self.texts, self.aside);
        let (own, now) = (&self.before.own[self.block], own::of(new, is, 0));
        let stands = |reading: &Reading<'_>, own: &own::Own, given: &Given| {
            own.polarity(reading, 0, given).unwrap_or_else(|| own::polarity(reading, given.sentence, &given.tokens))
        };
        let coded = |reading: &Reading<'_>, tokens: &Range<usize>| in_code(&reading.outline.blocks[0], &reading.bytes(tokens));
        let names = was.mentions.iter().zip(&is.mentions);
        let says = was.signals.iter().zip(&is.signals);
        own.is_same(&now)
            && { names }.all(|(one, other)| {
                let code = coded(was, &one.tokens) == coded(is, &other.tokens);
                code && components::looks(old, was, one) == components::looks(new, is, other)
            })
            && { says }
                .all(|(one, other)| coded(was, &one.tokens) == coded(is, &other.tokens) && stands(was, own, one) == stands(is, &now, other))
    }

    /// May a sentence answer something, or raise it?
    fn counts(&self, sentence: usize) -> bool {
        let was = &self.aside.was;
        let asked = |subject: &Subject| matches!(subject, Subject::Failure(_));
        was.mentions.iter().any(|mention| mention.sentence == sentence)
            || was.signals.iter().any(|given| given.sentence == sentence)
            || self.before.review.facts.iter().any(|stated| stated.fact.block == self.block)
            || { self.before.review.questions.iter() }.any(|one| asked(&one.subject) && meet(&one.place, &self.was().range))
            || asks_roles(was.library)
    }

    /// Do its sentences share words with the same sentences as before?
    fn speaks_of_the_same(&self) -> bool {
        let (was, outline) = (&self.aside.was, self.before.words.version().1);
        let words = |sentence: usize, topic: u64| {
            let words = was.sentences[sentence].tokens.clone();
            words.filter(|token| was.topic(*token) == Some(topic)).count()
        };
        self.aside.topics.iter().all(|(sentence, topic)| {
            let spread = self.before.words.spread(*topic);
            let telling = |sections: usize| kinship::is_telling(sections, outline.sections.len());
            let as_telling = || telling(spread.sections.saturating_sub(1)) == telling(spread.sections + 1);
            spread.words == words(*sentence, *topic) || as_telling() && !self.counts(*sentence)
        })
    }

    /// Whatever the document is asked, is the reply of the block the same?
    fn replies_alike(&self) -> bool {
        let (Aside { was, is, changed, .. }, review) = (self.aside, &self.before.review);
        let library = was.library;
        let alike = |patterns: &[PatternId], span: &dyn Fn(&Reading<'_>) -> Span| {
            was.any(patterns, &span(was), None) == is.any(patterns, &span(is), None)
        };
        let in_sentences = |patterns: &[PatternId]| changed.iter().all(|number| alike(patterns, &|reading| reading.sentence_span(*number)));
        let genre = || [&library.design, &library.service].into_iter().flat_map(|rule| &rule.traits);
        // What tells of the kind of document is told once.
        let told = |reason: &str| review.why_design.iter().any(|why| why.reason == reason && why.range.end <= self.was().range.start);
        let known = |reason: &str| told(reason) && genre().filter(|one| one.reason == reason).count() == 1;
        let asked: FxHashSet<&str> = review.questions.iter().map(|asked| asked.id.as_str()).collect();
        let mut asked = (0..library.questions.len()).filter(|number| asked.contains(library.questions[*number].id.as_str()));
        let of = |lists: &'_ [Vec<PatternId>], number: usize| lists.get(number).cloned().unwrap_or_default();
        genre().all(|one| in_sentences(&one.says) || known(&one.reason))
            && asked.all(|number| {
                let (topics, doings) = (of(&library.topics, number), of(&library.doings, number));
                let whole = |patterns: &[PatternId]| alike(patterns, &|reading| reading.block_span(0));
                whole(&topics) && whole(topics.get(..1).unwrap_or_default()) && in_sentences(&topics) && in_sentences(&doings)
            })
    }
}

/// Is any sentence of a section with some role looked at for whether it is akin to what is asked?
fn asks_roles(library: &Library) -> bool {
    let mut groups = library.questions.iter().flat_map(|question| &question.answers);
    groups.any(|group| group.within == Scope::Akin && group.any.iter().any(|term| matches!(term, Term::Role(_))))
}

/// Does what stands in `range` begin in code, and is all of it code?
fn in_code(block: &Block, range: &Range<usize>) -> [bool; 2] {
    let mut code = block.runs.iter().filter(|run| run.code);
    let run = code.find(|run| run.range.start <= range.start && range.start < run.range.end);
    [run.is_some(), run.is_some_and(|run| range.end <= run.range.end)]
}

/// Are two words the same in lower case?
fn is_same(one: &str, other: &str) -> bool {
    let lower = |word: &str| word.chars().flat_map(char::to_lowercase).collect::<String>();
    one.eq_ignore_ascii_case(other) || !(one.is_ascii() && other.is_ascii()) && lower(one) == lower(other)
}

/// Do two ranges meet?
fn meet(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start <= other.end && other.start <= one.end
}
