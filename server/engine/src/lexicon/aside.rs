//! One block read by itself, as it was and as it is: does it tell the rest of the document what it told before?

use std::{ops::Range, sync::Arc};

use rustc_hash::FxHashSet;

use super::{
    AROUND, Given, Mention, Reading, Span, is_in,
    known::{self, Memo},
    learned,
    mentions::{self, Named},
    search, signals, within,
};
use crate::{
    content::{Library, Name, phrases::PatternId},
    outline::Outline,
    text::Change,
};

/// A block that tells the same as before by its names and its signals.
#[derive(Debug)]
pub struct Aside<'a> {
    pub was: Reading<'a>,
    pub is: Reading<'a>,
    /// By number in the block: the sentences that are not made of the same words.
    pub changed: Vec<usize>,
    /// What a sentence speaks of no more, or for the first time.
    pub topics: Vec<(usize, u64)>,
    /// So many words of the block, numbers left out, stand before all that changed.
    pub words_before: usize,
}

impl Memo {
    /// The block by itself, if it tells the same behind `change`: `was` is the outline of nothing but the block, and `is` of what it became in
    /// `text`.
    pub fn aside<'a>(
        &self,
        block: usize,
        [was, is]: [&'a Outline; 2],
        text: &'a str,
        change: &Change,
        library: &'a Library,
    ) -> Option<Aside<'a>> {
        let (known, told) = (&self.known[block], &self.told[block]);
        // What is asked before it, or by it, belongs to what stands behind; what leads in a list belongs to that.
        let alone = told.apart && !known.sentences.last().is_some_and(|last| last.asks) && !self.outline.leads(block);
        // All that stands around a sentence is all of the block.
        if !alone || known.sentences.len() > AROUND + 1 {
            return None;
        }
        let now = Arc::new(known::of(text, &is.blocks[0], library));
        let mut was = Reading::laid_out(was, library, vec![known.clone()]);
        let mut is = Reading::laid_out(is, library, vec![now]);
        if was.blank != is.blank || !{ was.sentences.iter() }.map(|one| one.asks).eq(is.sentences.iter().map(|one| one.asks)) {
            return None;
        }
        let changed: Vec<usize> = (0..was.sentences.len()).filter(|number| !known.is_same(*number, &is.known[0])).collect();
        let pair = Pair { texts: [&self.text, text], change, changed: &changed };
        pair.name(&mut was, &mut is, &told.mentions, self.wanted(library))?;
        signals::find(&mut was, |_| Some(told));
        signals::find(&mut is, |_| None);
        let above = self.outline.blocks[block].parent;
        let finder = learned::Finder::new(library);
        let head = above.map(|above| finder.head(&self.known[above].tokens)).unwrap_or_default();
        for reading in [&mut was, &mut is] {
            let mut given = Vec::new();
            finder.block(reading, 0, &head, &mut given);
            reading.signals.extend(given);
        }
        let topics = pair.topics(&was, &is);
        let words_before = was.tokens.iter().take_while(|token| token.end < change.old.start).filter(|token| !token.number).count();
        pair.gives_alike(&was, &is).then_some(Aside { was, is, changed, topics, words_before })
    }
}

/// A block before and behind a change.
struct Pair<'a> {
    texts: [&'a str; 2],
    change: &'a Change,
    /// The sentences that are not made of the same words.
    changed: &'a [usize],
}

impl Pair<'_> {
    /// Gives the block as it is the mentions that it had, if the same names stand in it and none has other neighbours.
    fn name(&self, was: &mut Reading<'_>, is: &mut Reading<'_>, mentions: &[Mention], wanted: &[PatternId]) -> Option<()> {
        let (old, new) = (mentions::named(was), mentions::named(is));
        (was.mentions, is.mentions) = (mentions::certain(was, &old), mentions::certain(is, &new));
        let same = |((old, old_name, old_sentence), (new, new_name, new_sentence)): (&Named, &Named)| {
            (old_name, old_sentence) == (new_name, new_sentence) && self.is_same_place(was, old, is, new)
        };
        let pairs = || old.iter().zip(&new);
        let near = |(old, new): (&Named, &Named)| !self.changed.contains(&old.2) || neighbours(was, old) == neighbours(is, new);
        let held = |reading: &Reading<'_>, number: usize| holding(reading, &reading.sentence_span(number), wanted);
        let elsewhere = || self.changed.iter().all(|number| held(was, *number) == held(is, *number));
        let same = old.len() == new.len() && pairs().all(same) && pairs().all(near) && elsewhere();
        let placed = |mention: &Mention| {
            let (_, (tokens, ..)) = pairs().find(|(old, _)| old.0 == mention.tokens && old.1 == Name::Rule(mention.rule))?;
            let written = self.texts[0][was.bytes(&mention.tokens)] == self.texts[1][is.bytes(tokens)];
            written.then(|| Mention { tokens: tokens.clone(), ..mention.clone() })
        };
        let placed = if same { mentions.iter().map(placed).collect::<Option<Vec<_>>>()? } else { return None };
        (was.mentions, is.mentions) = (mentions.to_vec(), placed);
        Some(())
    }

    /// Do the same words stand for two stretches, but for what the change moved?
    fn is_same_place(&self, was: &Reading<'_>, old: &Range<usize>, is: &Reading<'_>, new: &Range<usize>) -> bool {
        self.change.range(&was.bytes(old)) == is.bytes(new)
    }

    /// Are the same signals given in the same places, for the same reasons?
    fn gives_alike(&self, was: &Reading<'_>, is: &Reading<'_>) -> bool {
        let same = |old: &Range<usize>, new: &Range<usize>| {
            self.is_same_place(was, old, is, new) && self.texts[0][was.bytes(old)] == self.texts[1][is.bytes(new)]
        };
        let alike = |(old, new): (&Given, &Given)| {
            (old.signal, old.sentence, old.captures.len(), old.telling.len())
                == (new.signal, new.sentence, new.captures.len(), new.telling.len())
                && self.is_same_place(was, &old.tokens, is, &new.tokens)
                && old.captures.iter().zip(&new.captures).all(|(old, new)| old.0 == new.0 && same(&old.1, &new.1))
                && old.telling.iter().zip(&new.telling).all(|(old, new)| same(old, new))
                // What is said with a capture may be quoted.
                && (old.captures.is_empty() || same(&old.tokens, &new.tokens))
        };
        was.signals.len() == is.signals.len() && was.signals.iter().zip(&is.signals).all(alike)
    }

    fn topics(&self, was: &Reading<'_>, is: &Reading<'_>) -> Vec<(usize, u64)> {
        let of = |reading: &Reading<'_>, number: usize| -> FxHashSet<u64> {
            reading.sentences[number].tokens.clone().filter_map(|token| reading.topic(token)).collect()
        };
        let differing = |number: usize| {
            let (was, is) = (of(was, number), of(is, number));
            was.symmetric_difference(&is).map(|topic| (number, *topic)).collect::<Vec<_>>()
        };
        self.changed.iter().flat_map(|number| differing(*number)).collect()
    }
}

/// Which of the patterns that the name is to stand near, or not to, its own sentence holds.
fn neighbours(reading: &Reading<'_>, (tokens, name, sentence): &Named) -> Vec<bool> {
    let Name::Rule(rule) = name else { return Vec::new() };
    let rule = &reading.library.rules[*rule];
    let span = reading.sentence_span(*sentence);
    rule.near.iter().chain(&rule.unless).map(|pattern| search::search(reading, *pattern, &span, Some(tokens)).is_some()).collect()
}

/// Those of `wanted` that hold in `span`.
fn holding(reading: &Reading<'_>, span: &Span, wanted: &[PatternId]) -> Vec<PatternId> {
    let live = within(reading.live(span).unwrap_or_default(), wanted);
    let meant = live.iter().copied().filter(|pattern| is_in(wanted, pattern));
    meant.filter(|pattern| search::find(reading, *pattern, span, None).is_some()).collect()
}
