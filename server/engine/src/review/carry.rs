//! A review carried over to the next version: where what changed tells the same as before, all stands as it stood.

use std::ops::Range;

use super::{Memo, Review, alike};
use crate::{
    config::Severities,
    content::Library,
    lexicon::Aside,
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
    // Behind the last word of a line there may be a blank.
    let wide = change.widened(old[..change.old.start].bytes().rev().take_while(|byte| *byte == b' ').count());
    let Some(number) = outline.block_at(wide.old.start) else {
        let moved = || (outline.moved(&change, None), before.review.moved(&Places { change: &change, whole: Vec::new() }));
        return is_outside(old, outline, text, &change).then(moved);
    };
    let block = taken_apart(old, outline, text, &wide, number)?;
    let (was, is) = (Outline::of_block(&outline.blocks[number]), Outline::of_block(&block));
    let aside = before.words.aside(number, [&was, &is], text, &change, library)?;
    let stated = before.review.facts.iter().filter(|stated| stated.fact.block == number).map(|stated| stated.fact.range.clone());
    let places = Places::new(&aside, &change, stated)?;
    let same = alike::Pair { before, block: number, aside: &aside, texts: [old, text], change: &change }.say_the_same();
    same.then(|| (outline.moved(&change, Some((number, &block))), before.review.moved(&places)))
}

/// Is the change one of lines that are no prose, no code and no comment to us, before and behind it?
fn is_outside(old: &str, outline: &Outline, text: &str, change: &Change) -> bool {
    /// What makes a sign a mark of a number stands so near to it.
    const NEAR: usize = 100;
    let start = old[..change.old.start].rfind('\n').map_or(0, |end| end + 1);
    let lines = start..old[change.old.end..].find('\n').map_or(old.len(), |end| change.old.end + end);
    let apart = |range: &Range<usize>| range.end < lines.start || lines.end < range.start;
    let code = outline.code.iter().flat_map(|code| &code.text).chain(outline.comments.iter().map(|comment| &comment.range));
    let signs = &old.as_bytes()[start.saturating_sub(NEAR)..start];
    let next = outline.blocks.partition_point(|block| block.range.end < lines.start);
    outline.blocks.get(next).is_none_or(|block| apart(&block.range))
        && { code }.all(apart)
        && !signs.contains(&b'+')
        && chapters(old, outline, text, change).is_some_and(|chapter| {
            // A link may be called elsewhere by what is told here.
            let links = old[chapter.range.clone()].contains("]:") || text[change.around(&chapter.range)].contains("]:");
            !links && chapter.was.moved(&change.from(chapter.range.start), None) == chapter.is
        })
}

/// The chapter around a change, taken apart as it was and as it is.
struct Chapter {
    /// Where it stood.
    range: Range<usize>,
    was: Outline,
    is: Outline,
}

fn chapters(old: &str, outline: &Outline, text: &str, change: &Change) -> Option<Chapter> {
    let Range { start, end } = outline.chapter(old, change.old.start);
    if end < change.old.end || end - start > LONGEST {
        return None;
    }
    // With the heading behind it: where that is still one, nothing was left open.
    let range = start..old[end..].find('\n').map_or(old.len(), |line| end + line + 1);
    Some(Chapter { was: Outline::new(&old[range.clone()]), is: Outline::new(&text[change.around(&range)]), range })
}

/// The block `number` as it is in `text`, if the Markdown around it falls into the same parts.
fn taken_apart(old: &str, outline: &Outline, text: &str, change: &Change, number: usize) -> Option<Block> {
    let own = &outline.blocks[number];
    // A comment that speaks to us is no prose.
    let touched = outline.comments.iter().any(|comment| comment.range.start <= change.old.end && change.old.start <= comment.range.end);
    let bracketed = may_call_a_link(old, own, change.old.clone(), text, change.new.clone());
    if touched || bracketed || !matches!(own.kind, BlockKind::Paragraph | BlockKind::Item(None)) {
        return None;
    }
    let Chapter { range: chapter, was, is } = chapters(old, outline, text, change)?;
    let here = change.from(chapter.start);
    let at = was.block_at(here.old.start)?;
    let now = is.blocks.get(at).filter(|now| now.kind == own.kind && now.range.start == was.blocks[at].range.start)?;
    // Outside of the block only blanks came or went.
    let blank =
        |text: &str, end: usize, changed: usize| text.get(end + chapter.start..changed).is_none_or(|behind| behind.trim().is_empty());
    let only = blank(old, was.blocks[at].range.end, change.old.end) && blank(text, now.range.end, change.new.end);
    let placed = |block: &Block| {
        let placed = block.moved(&Change { old: 0..0, new: 0..chapter.start });
        Block { section: own.section, parent: own.parent, group: own.group, ..placed }
    };
    (only && placed(&was.blocks[at]) == *own && was.moved(&here, Some((at, now))) == is).then(|| placed(now))
}

/// May what was `gone` from a block, or what has `come`, be part of what calls a link, by what is told of that in another chapter?
fn may_call_a_link(old: &str, block: &Block, gone: Range<usize>, text: &str, come: Range<usize>) -> bool {
    let (before, rest) = (&old[block.range.start..gone.start], gone.end..block.range.end.max(gone.end));
    let changed = [&old[gone], &text[come]];
    if ![before, changed[0], changed[1], &old[rest]].iter().any(|part| part.contains('[')) || !text.contains("]:") {
        return false;
    }
    let open = before.bytes().fold(0_usize, |open, byte| match byte {
        b'[' => open + 1,
        b']' => open.saturating_sub(1),
        _ => open,
    });
    let plain = |part: &str| part.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '.' | ',' | ';' | '?' | '-'));
    open > 0 || before.ends_with([']', '\\']) || !changed.into_iter().all(plain)
}

/// Where what a review speaks of stands behind a change.
struct Places<'a> {
    change: &'a Change,
    /// The block and its sentences, as they were and as they are: the change is a part of them where it touches them.
    whole: Vec<(Range<usize>, Range<usize>)>,
}

impl<'a> Places<'a> {
    /// None where one of these could be taken for another, or they come to stand in another order.
    fn new(aside: &Aside<'_>, change: &'a Change, stated: impl Iterator<Item = Range<usize>>) -> Option<Self> {
        let block = |outline: &Outline| outline.blocks[0].range.clone();
        let sentences = aside.was.sentences.iter().zip(&aside.is.sentences).map(|(was, is)| (was.range.clone(), is.range.clone()));
        let whole: Vec<_> = sentences.chain([(block(aside.was.outline), block(aside.is.outline))]).collect();
        let words = aside.was.mentions.iter().map(|mention| &mention.tokens).chain(aside.was.signals.iter().map(|given| &given.tokens));
        let told = words.map(|tokens| aside.was.bytes(tokens)).chain(stated).map(|range| (range.clone(), change.range(&range)));
        let mut all: Vec<_> = whole.iter().cloned().chain(told).collect();
        let key = |range: &Range<usize>| (range.start, range.end);
        all.sort_by_key(|(was, _)| key(was));
        let alike = |[(was, is), (next_was, next_is)]: &[_; 2]| key(was).cmp(&key(next_was)) == key(is).cmp(&key(next_is));
        all.array_windows().all(alike).then_some(Self { change, whole })
    }

    fn range(&self, range: &Range<usize>) -> Range<usize> {
        let whole = self.whole.iter().find(|(was, _)| was == range);
        whole.map_or_else(|| self.change.range(range), |(_, is)| is.clone())
    }
}

impl Review {
    /// The same review of the text behind a change that tells the same.
    fn moved(&self, places: &Places<'_>) -> Self {
        let mut moved = self.clone();
        let place = |range: &mut Range<usize>| *range = places.range(range);
        moved.why_design.iter_mut().for_each(|why| place(&mut why.range));
        moved.mentions.iter_mut().for_each(|mention| place(&mut mention.range));
        moved.components.iter_mut().for_each(|component| place(&mut component.range));
        moved.facts.iter_mut().for_each(|stated| stated.fact.move_by(places.change));
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
    fn what_tells_nothing_leaves_all_as_it_stood() {
        assert!(carries("Profiles go through Redis.\n\n|\nIt is one.\n", " "));
        assert!(carries("Profiles go through Redis.\n\n<!--\nfrom | Kafka\n-->\n\nIt is one.\n", "a"));
        assert!(carries("Profiles go through Redis |.\n", "a"));
        assert!(carries("Profiles go through Redis. We |like them.\n", "really "));
        assert!(carries("Profiles go through Redis. We like it|\n", " and think so"));
        assert!(carries("Profiles go through Redis.\n\nThere is a perus|. And a perusa.\n", "a"));
        assert!(carries("Profiles go through Redis. It is (here|\n\n## Kafka\n", ") and **there"));
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
            ("Profiles go through Redis.| \n", " Then"),
            ("Profiles go |through Redis.\n", "not "),
            ("Profiles go through Redis.\n\nWe |like it.\n", "would "),
            ("Profiles go through Redis.\n\nIt keeps them|\n\n## Kafka\n", "\n<!--"),
            ("Profiles go through Redis.\n\nIt keeps *them|\n", "*"),
            ("# Perus|\n\nProfiles go through Redis.\n", "a"),
            ("| Perus| | b |\n|---|---|\n| Redis | c |\n", "a"),
            // What begins where the block begins, and no longer does.
            ("|Kafka\n", "("),
            // What is no prose, and what ends it.
            ("Profiles go through Redis.\n\n```\n5 GB | 3 = 15 GB\n```\n", "x"),
            ("Profiles go through Redis.\n\n<!-- followup-ignore | cache/stampede -->\n", "a"),
            ("Profiles go through Redis.\n\n<!--\nfrom Kafka\n--|\n\nIt is one.\n-->\n", ">"),
            ("Profiles go through Redis.\n|\nIt is one.\n", "Kafka"),
            ("Profiles go through Redis.\n\n|\n\n## Kafka\n", "<!--"),
            ("Profiles go through Redis.\n|## Kafka\n", "and "),
            // How a thing is called, what is counted, what a link points at.
            ("The perus| cache is in Redis, the other cache is not.\n", "a"),
            ("It has 10,000 perus| a day.\n", "a"),
            ("[perus|] is in Redis.\n\n[perusa]: /there\n", "a"),
            // It stands elsewhere, too.
            ("Redis keeps perus|. There is a perusa.\n", "a"),
            ("Redis keeps perus|. There is a perus.\n", "a"),
            // As long as a label may be.
            ("What follows of this, for the whole of all of our many perus|:\n\n- Redis\n", "a"),
        ] {
            assert!(!carries(text, letter), "{text}");
        }
    }
}
