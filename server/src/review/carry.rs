//! A review carried over to the next version: where one word took the place of another and neither tells anything, all stands as it stood.

use std::ops::Range;

use super::{Memo, Review, Subject, own};
use crate::{
    config::Severities,
    content::Library,
    facts::{self, Fact},
    lexicon::Swap,
    outline::{Block, BlockKind, Outline},
    text::Change,
};

/// What is taken apart anew to see that it still falls into the same parts has at most so many bytes.
const LONGEST: usize = 64 * 1024;

/// The outline and the review of `text`, where those of the version in `before` hold for it with every place moved; the same as from scratch.
pub fn carry(before: &Memo, text: &str, library: &Library, severities: &Severities) -> Option<(Outline, Review)> {
    let known = before.library.as_ref().is_some_and(|known| std::ptr::eq(&**known, library)) && before.severities == *severities;
    let (old, outline) = before.words.version();
    if !known || !outline.limits.is_empty() {
        return None;
    }
    let change = Change::between(old, text);
    if change.old.is_empty() && change.new.is_empty() {
        return Some((outline.clone(), (*before.review).clone()));
    }
    let swap = before.words.swap(text, &change, library)?;
    let same = !is_called(old, outline, text, &swap)
        && !is_entry(old, outline, text, &swap)
        && !is_quoted(&before.review, &swap.change.old)
        && falls_apart_alike(old, outline, text, &swap)
        && states_the_same(old, outline, text, &swap);
    same.then(|| (outline.moved(&swap.change), before.review.moved(&swap.change)))
}

/// Does the Markdown around the word fall into the same parts? A link may be called by the words in its brackets.
fn falls_apart_alike(old: &str, outline: &Outline, text: &str, swap: &Swap) -> bool {
    let change = &swap.change;
    let before = &old[outline.blocks[swap.block].range.start..change.old.start];
    let count = |sign: char| before.matches(sign).count();
    let bracketed = count('[') > 0 && (count('[') > count(']') || before.contains('\\'));
    let chapter = outline.chapter(old, change.old.start);
    if bracketed || chapter.len() > LONGEST {
        return false;
    }
    let from_here = |range: &Range<usize>| range.start - chapter.start..range.end - chapter.start;
    let here = Change { old: from_here(&change.old), new: from_here(&change.new) };
    let (was, is) = (Outline::new(&old[chapter.clone()]), Outline::new(&text[change.range(&chapter)]));
    was.moved(&here) == is
}

/// May the word make a label of what is none, or none of what is one? That goes by how long it is.
fn is_called(old: &str, outline: &Outline, text: &str, swap: &Swap) -> bool {
    let (was, is) = (&outline.blocks[swap.block], &swap.now);
    own::is_short(was) != own::is_short(is) || own::called(old, was).map(|end| swap.change.place(end)) != own::called(text, is)
}

/// May the word make the item an entry of a table of contents? Such a one begins as a heading does.
fn is_entry(old: &str, outline: &Outline, text: &str, swap: &Swap) -> bool {
    let first = |text: &str, block: &Block| {
        let mut words = text[block.range.clone()].split(|c: char| !c.is_alphanumeric());
        words.find(|word| word.starts_with(char::is_alphabetic)).map(str::to_lowercase)
    };
    let block = &outline.blocks[swap.block];
    let own = [first(old, block), first(text, &swap.now)];
    let headings = (1..outline.sections.len()).filter_map(|section| outline.heading_of(section));
    block.kind == BlockKind::Item(None) && { headings }.any(|heading| own.contains(&first(old, heading)))
}

/// Does what is asked quote the word?
fn is_quoted(review: &Review, word: &Range<usize>) -> bool {
    let quotes = |subject: &Subject| matches!(subject, Subject::Failure(_) | Subject::Fact(_));
    review.questions.iter().any(|asked| quotes(&asked.subject) && overlap(&asked.place, word))
}

/// Are the numbers of the block the same, and the word no part of what is said of them?
fn states_the_same(old: &str, outline: &Outline, text: &str, swap: &Swap) -> bool {
    let mut was = facts::of_block(old, &outline.blocks[swap.block]);
    let part = |fact: &Fact| {
        let things = fact.kind.quantities().into_iter().filter_map(|quantity| quantity.thing.as_ref());
        std::iter::once(&fact.range).chain(things).any(|range| overlap(range, &swap.change.old))
    };
    if was.iter().any(part) || !facts::stands_alone(old, outline, swap.block) {
        return false;
    }
    was.iter_mut().for_each(|fact| fact.move_by(&swap.change));
    was == facts::of_block(text, &swap.now)
}

/// Do two ranges meet?
fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start <= other.end && other.start <= one.end
}

impl Review {
    /// The same review of the text behind `change`, which replaced one word by another that tells as little.
    fn moved(&self, change: &Change) -> Self {
        let mut moved = self.clone();
        let place = |range: &mut Range<usize>| *range = change.range(range);
        moved.why_design.iter_mut().for_each(|why| place(&mut why.range));
        moved.mentions.iter_mut().for_each(|mention| place(&mut mention.range));
        moved.components.iter_mut().for_each(|component| place(&mut component.range));
        moved.facts.iter_mut().for_each(|stated| stated.fact.move_by(change));
        for asked in &mut moved.questions {
            place(&mut asked.place);
            asked.blank_items.iter_mut().for_each(place);
            let evidence = [&mut asked.asked_because, &mut asked.evidence, &mut asked.rejected];
            evidence.into_iter().flatten().for_each(|one| place(&mut one.range));
        }
        for finding in moved.findings.iter_mut().chain(&mut moved.suppressed) {
            place(&mut finding.range);
            finding.related.iter_mut().for_each(place);
            finding.correction.iter_mut().for_each(|(range, _)| place(range));
        }
        moved
    }
}
