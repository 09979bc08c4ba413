//! A review carried over to the next version: where what changed tells the same as before, all stands as it stood.

use std::ops::Range;

use super::{Memo, Review, alike};
use crate::{
    config::Severities,
    content::Library,
    lexicon::Aside,
    outline::{BlockKind, Outline, Renewed},
    text::Change,
};

impl Memo {
    /// The text and the outline of the version that it is of.
    pub fn version(&self) -> (&str, &Outline) {
        self.words.version()
    }

    /// The review of `text`, which differs by `change` and falls into `renewed`, where the one before holds with every place moved; the same as
    /// from scratch.
    pub fn carried(&self, text: &str, change: &Change, renewed: &Renewed, library: &Library, severities: &Severities) -> Option<Review> {
        if !self.is_of(library, severities) {
            return None;
        }
        let (old, outline) = self.version();
        let Some(number) = renewed.block else {
            let moved = || self.review.moved(&Places { change, whole: Vec::new() });
            return (change.is_empty() || is_outside(old, outline, change)).then(moved);
        };
        let touches = |range: &Range<usize>| range.start <= change.old.end && change.old.start <= range.end;
        // A comment that speaks to us is no prose.
        let told = outline.comments.iter().any(|comment| touches(&comment.range));
        if told || !matches!(outline.blocks[number].kind, BlockKind::Paragraph | BlockKind::Item(None)) {
            return None;
        }
        let (was, is) = (Outline::of_block(&outline.blocks[number]), Outline::of_block(&renewed.outline.blocks[number]));
        let aside = self.words.aside(number, [&was, &is], text, change, library)?;
        let stated = self.review.facts.iter().filter(|stated| stated.fact.block == number).map(|stated| stated.fact.range.clone());
        let places = Places::new(&aside, change, stated)?;
        let pair = alike::Pair { before: self, block: number, aside: &aside, texts: [old, text], change };
        pair.say_the_same().then(|| self.review.moved(&places))
    }

    /// Was it read with this library, and the same settings?
    fn is_of(&self, library: &Library, severities: &Severities) -> bool {
        self.library.as_ref().is_some_and(|known| std::ptr::eq(&**known, library)) && self.severities == *severities
    }
}

/// Is the change one of lines that are no prose, no code and no comment to us, before and behind it?
fn is_outside(old: &str, outline: &Outline, change: &Change) -> bool {
    /// What makes a sign a mark of a number stands so near to it.
    const NEAR: usize = 100;
    let start = old[..change.old.start].rfind('\n').map_or(0, |end| end + 1);
    let lines = start..old[change.old.end..].find('\n').map_or(old.len(), |end| change.old.end + end);
    let apart = |range: &Range<usize>| range.end < lines.start || lines.end < range.start;
    let code = outline.code.iter().flat_map(|code| &code.text).chain(outline.comments.iter().map(|comment| &comment.range));
    let signs = &old.as_bytes()[start.saturating_sub(NEAR)..start];
    let next = outline.blocks.partition_point(|block| block.range.end < lines.start);
    outline.blocks.get(next).is_none_or(|block| apart(&block.range)) && { code }.all(apart) && !signs.contains(&b'+')
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
        let (change, (_, known)) = (Change::between(&old, &new), memo.version());
        let Some(renewed) = known.renewed(&old, &new, &change) else { return false };
        assert_eq!(renewed.outline, *outline, "{text}");
        let carried = memo.carried(&new, &change, &renewed, &library, &severities);
        assert!(carried.as_ref().is_none_or(|review| *review == *fresh), "{text}");
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
