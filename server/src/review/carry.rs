//! A review carried over to the next version: where what changed tells nothing, all stands as it stood.

use std::ops::Range;

use super::{Memo, Review, Subject, own};
use crate::{
    config::Severities,
    content::Library,
    facts::{self, Fact},
    lexicon::{self, Swap},
    outline::{BlockKind, Outline},
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
        && !is_entry(&before.words, outline, &swap)
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
    let (was, is) = (Outline::new(&old[chapter.clone()]), Outline::new(&text[change.range(&chapter)]));
    was.moved(&change.from(chapter.start)) == is
}

/// May the word make a label of what is none, or none of what is one? That goes by how long it is.
fn is_called(old: &str, outline: &Outline, text: &str, swap: &Swap) -> bool {
    let (was, is) = (&outline.blocks[swap.block], &swap.now);
    own::is_short(was) != own::is_short(is) || own::called(old, was).map(|end| swap.change.place(end)) != own::called(text, is)
}

/// May the word make the item an entry of a table of contents? Such a one begins as a heading does.
fn is_entry(words: &lexicon::Memo, outline: &Outline, swap: &Swap) -> bool {
    let before = swap.words_before;
    let begins = |section: usize| {
        let Some(heading) = outline.sections[section].heading else { return false };
        let mut heading = words.plain_words(heading);
        let is_next = |word: &str| heading.next().is_some_and(|next| is_same(word, next));
        words.plain_words(swap.block).take(before).all(is_next) && heading.next().is_some()
    };
    outline.blocks[swap.block].kind == BlockKind::Item(None) && (1..outline.sections.len()).any(begins)
}

/// Are two words the same in lower case?
fn is_same(one: &str, other: &str) -> bool {
    let lower = |word: &str| word.chars().flat_map(char::to_lowercase).collect::<String>();
    one.eq_ignore_ascii_case(other) || !(one.is_ascii() && other.is_ascii()) && lower(one) == lower(other)
}

/// Does what is asked quote the word?
fn is_quoted(review: &Review, word: &Range<usize>) -> bool {
    let quotes = |subject: &Subject| matches!(subject, Subject::Failure(_) | Subject::Fact(_));
    review.questions.iter().any(|asked| quotes(&asked.subject) && overlap(&asked.place, word))
}

/// Are the numbers of the block the same, and the word no part of what is said of them?
fn states_the_same(old: &str, outline: &Outline, text: &str, swap: &Swap) -> bool {
    let block = &outline.blocks[swap.block];
    let here = swap.change.from(block.range.start);
    let mut was = facts::of_block(old, block);
    let part = |fact: &Fact| {
        let things = fact.kind.quantities().into_iter().filter_map(|quantity| quantity.thing.as_ref());
        std::iter::once(&fact.range).chain(things).any(|range| overlap(range, &here.old))
    };
    if was.iter().any(part) || !facts::stands_alone(old, outline, swap.block) {
        return false;
    }
    was.iter_mut().for_each(|fact| fact.move_by(&here));
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::review::review_after;

    /// Types `letter` where `text` has a `|`: is what was known carried over?
    fn carries(text: &str, letter: &str) -> bool {
        let (library, severities) = (Library::built_in(), Severities::default());
        let (before, behind) = text.split_once('|').unwrap();
        let old: Arc<str> = format!("<!-- followup: design -->\n# Orders\n\n{before}{behind}").into();
        let (_, memo) = review_after(&Memo::default(), &old, &Arc::new(Outline::new(&old)), &library, &severities);
        let new: Arc<str> = format!("<!-- followup: design -->\n# Orders\n\n{before}{letter}{behind}").into();
        let outline = Arc::new(Outline::new(&new));
        let (fresh, _) = review_after(&Memo::default(), &new, &outline, &library, &severities);
        let carried = carry(&memo, &new, &library, &severities);
        assert!(carried.as_ref().is_none_or(|(carried, review)| *carried == *outline && *review == *fresh), "{text}");
        carried.is_some()
    }

    #[test]
    fn a_letter_or_a_blank_that_tells_nothing_leaves_all_as_it_stood() {
        assert!(carries("Profiles go through Redis. We like perus| too, and Kafka.\n", "a"));
        assert!(carries("Profiles go through Redis.\n\n- A list of perus|\n- Kafka, later\n", "a"));
        assert!(carries("It has 10,000 users a day. After that somebody wrote perus|\n\n## Redis\n", "a"));
        assert!(carries("See [the list](a.md), some `perus|` and Redis.\n", "é"));
        assert!(carries("Profiles go through Redis. It keeps perus|\n\nKafka\n", " "));
        assert!(carries("Profiles go through Redis. It keeps perus|<b> of Kafka.\n", " "));
        assert!(carries("Redis is *what perus| is* for.\n\n```\nperl\n```\n", "a"));
    }

    #[test]
    fn what_may_tell_something_is_read() {
        for (text, letter) in [
            // A word that is known, before or behind the letter.
            ("Profiles go through Redi|.\n", "s"),
            ("Profiles go through Redis|.\n", "a"),
            // Another word, another sentence, another block.
            ("Profiles go through Redis |.\n", "a"),
            ("# Perus|\n\nProfiles go through Redis.\n", "a"),
            ("| Perus| | b |\n|---|---|\n| Redis | c |\n", "a"),
            // How a thing is called, what is counted, what a link points at.
            ("The perus| cache is in Redis, the other cache is not.\n", "a"),
            ("It has 10,000 perus| a day.\n", "a"),
            ("[perus|] is in Redis.\n\n[perusa]: /there\n", "a"),
            // It stands elsewhere, too.
            ("Redis keeps perus|. There is a perusa.\n", "a"),
            ("Redis keeps perus|. There is a perus.\n", "a"),
            // The end of the text, and of what is told.
            ("Profiles go through Redis.\n\nIt keeps perus|", " "),
            ("Profiles go through Redis|<b>\n", " "),
            // As long as a label may be.
            ("What follows of this, for the whole of all of our many perus|\n\n- Redis\n", "a"),
        ] {
            assert!(!carries(text, letter), "{text}");
        }
    }
}
