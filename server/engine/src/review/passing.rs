//! Mentions that alone do not say that the design has what they name, and how they stand by what the rest of the document says.

use std::{collections::BTreeSet, hash::Hasher, ops::Range};

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::Polarity;
use crate::{
    lexicon::{Mention, Reading},
    outline::BlockKind,
};

/// The mentions that stand otherwise than their sentence tells: a heading as the text below it does; an example, a word that goes with a
/// thing and an entry in a table of contents are adopted only where something else adopts the thing. `in_passing` tells by number of the
/// mention whether its sentence names it so.
pub(super) fn settled(text: &str, reading: &Reading<'_>, stands: &[Polarity], in_passing: &[bool]) -> Vec<(usize, Polarity)> {
    let contents = contents(text, reading);
    let named = |number: usize, mention: &Mention| {
        mention.passing || in_passing[number] || contents.contains(&reading.sentences[mention.sentence].block)
    };
    let kin = |mention: &Mention| {
        let family = reading.family(mention);
        (family, family.is_none().then_some(mention.concept))
    };
    let adopted = reading.mentions.iter().enumerate().filter(|(number, _)| stands[*number] == Polarity::Adopted);
    let mut settled = Vec::new();
    let (mut passing, mut firm) = (Vec::new(), FxHashSet::default());
    // A heading may name one thing again and again.
    let mut told_below = FxHashMap::default();
    for (number, mention) in adopted {
        let what = (reading.sentences[mention.sentence].block, reading.family(mention));
        if let Some(polarity) = *told_below.entry(what).or_insert_with(|| below(reading, mention, stands)) {
            settled.push((number, polarity));
        } else if named(number, mention) {
            passing.push((number, mention));
        } else {
            firm.insert(kin(mention));
        }
    }
    settled
        .extend(passing.into_iter().filter(|(_, mention)| !firm.contains(&kin(mention))).map(|(number, _)| (number, Polarity::Background)));
    settled
}

/// How the text below a heading stands to what the heading names, where it names it and adopts it nowhere.
fn below(reading: &Reading<'_>, heading: &Mention, stands: &[Polarity]) -> Option<Polarity> {
    let blocks = &reading.outline.blocks;
    let block = reading.sentences[heading.sentence].block;
    if !matches!(blocks[block].kind, BlockKind::Heading(_)) {
        return None;
    }
    let section = &reading.outline.sections[blocks[block].section].range;
    let start_of = |mention: &Mention| reading.tokens[mention.tokens.start].start;
    let first = reading.mentions.partition_point(|mention| start_of(mention) < section.start);
    let last = reading.mentions.partition_point(|mention| start_of(mention) < section.end);
    let ours = reading.mentions[first..last].iter().zip(&stands[first..last]).filter(|(other, _)| {
        let block = reading.sentences[other.sentence].block;
        reading.family(other) == reading.family(heading) && !matches!(blocks[block].kind, BlockKind::Heading(_))
    });
    let mut ours = ours.map(|(_, polarity)| *polarity).peekable();
    let first = ours.peek().copied()?;
    ours.all(|polarity| polarity != Polarity::Adopted).then_some(first)
}

/// The items that repeat a heading: a table of contents.
fn contents(text: &str, reading: &Reading<'_>) -> FxHashSet<usize> {
    let blocks = &reading.outline.blocks;
    // Each as a number that is made of its letters: two words that have one are not to be expected.
    let words = |block: usize| -> Vec<u64> {
        let tokens: Range<usize> = reading.block_span(block).tokens;
        let plain = tokens.filter(|token| !reading.tokens[*token].number);
        plain.map(|token| lower(&text[reading.bytes(&(token..token + 1))])).collect()
    };
    let headings = (0..blocks.len()).filter(|block| matches!(blocks[*block].kind, BlockKind::Heading(_))).map(words);
    let mut headings: Vec<Vec<u64>> = headings.filter(|words| words.len() > 1).collect();
    // In order, so that those that begin alike stand together: there may be as many as there are items.
    headings.sort_unstable();
    headings.dedup();
    let lengths: BTreeSet<usize> = headings.iter().map(Vec::len).collect();
    let items = (0..blocks.len()).filter(|block| matches!(blocks[*block].kind, BlockKind::Item(_)));
    let repeats = |block: &usize| {
        let item = words(*block);
        let is_heading = |words: &[u64]| headings.binary_search_by(|heading| heading.as_slice().cmp(words)).is_ok();
        let begins = || headings.get(headings.partition_point(|heading| heading < &item)).is_some_and(|next| next.starts_with(&item));
        item.len() > 1 && (lengths.range(..=item.len()).any(|length| is_heading(&item[..*length])) || begins())
    };
    items.filter(repeats).collect()
}

/// A number that is the same for a word in small and in capital letters.
fn lower(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    match word.is_ascii() {
        true => word.bytes().for_each(|byte| hasher.write_u8(byte.to_ascii_lowercase())),
        false => word.to_lowercase().bytes().for_each(|byte| hasher.write_u8(byte)),
    }
    hasher.finish()
}
