//! Mentions into components: what the design calls by different names is several things, whatever it says of one of them.

use std::{collections::BTreeMap, ops::Range};

use super::{Polarity, stances::Stances};
use crate::{
    lexicon::{Mention, Reading},
    outline::BlockKind,
};

/// A component, in numbers.
pub(super) struct Group {
    pub(super) id: String,
    /// Number of the concept.
    pub(super) concept: usize,
    pub(super) title: String,
    /// Numbers of its mentions, in the order of the text.
    pub(super) mentions: Vec<usize>,
    /// The mention whose sentence says most about it.
    pub(super) telling: usize,
}

/// A mention of a component, and how it is called there.
struct Named {
    mention: usize,
    label: Option<Label>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Label {
    /// A product or a kind that has a name of its own.
    Proper(String),
    /// What stands before the name: the "profile" of "profile cache".
    Kind(String),
}

/// The components, and by number of the mention its component.
pub(super) fn group(text: &str, reading: &Reading<'_>, stances: &Stances) -> (Vec<Group>, Vec<Option<usize>>) {
    let mut by_concept: BTreeMap<usize, Vec<Named>> = BTreeMap::new();
    for (number, mention) in reading.mentions.iter().enumerate() {
        if stances.mentions[number] != Polarity::Adopted {
            continue;
        }
        if let Some(concept) = reading.library.component_of(mention.concept) {
            let own = concept == mention.concept;
            let label = own.then(|| label(text, reading, &mention.tokens)).flatten();
            by_concept.entry(concept).or_default().push(Named { mention: number, label });
        }
    }
    let mut groups = Vec::new();
    let mut group_of = vec![None; reading.mentions.len()];
    for (concept, named) in by_concept {
        for (number, mentions) in apart(reading, &named).into_iter().enumerate() {
            for mention in &mentions {
                group_of[*mention] = Some(groups.len());
            }
            let telling = telling(text, reading, stances, concept, &mentions);
            let id = format!("{}-{}", reading.library.concepts[concept].id, number + 1);
            groups.push(Group { id, concept, title: title(text, reading, concept, &mentions, telling), mentions, telling });
        }
    }
    (groups, group_of)
}

/// Parts the mentions of one concept by what they are called.
fn apart(reading: &Reading<'_>, named: &[Named]) -> Vec<Vec<usize>> {
    let mut labels: Vec<&Label> = named.iter().filter_map(|one| one.label.as_ref()).collect();
    labels.sort();
    labels.dedup();
    let proper: Vec<&Label> = labels.iter().copied().filter(|label| matches!(label, Label::Proper(_))).collect();
    // A kind ("profile cache") may well be the product said otherwise; products are things apart.
    let distinct = if proper.is_empty() { labels } else { proper };
    if distinct.len() < 2 {
        return vec![named.iter().map(|one| one.mention).collect()];
    }
    let own = |one: &Named| distinct.iter().position(|label| one.label.as_ref() == Some(*label));
    let sentence = |one: &Named| reading.mentions[one.mention].sentence;
    // "Redis or Memcached", "the profile cache (Redis)": names in one sentence are names of one thing.
    let mut same: Vec<usize> = (0..distinct.len()).collect();
    for pair in named.iter().filter(|one| own(one).is_some()).collect::<Vec<_>>().windows(2) {
        if let (Some(a), Some(b), true) = (own(pair[0]), own(pair[1]), sentence(pair[0]) == sentence(pair[1])) {
            let (from, to) = (same[b], same[a]);
            same.iter_mut().filter(|one| **one == from).for_each(|one| *one = to);
        }
    }
    let mut parts: Vec<Vec<usize>> = vec![Vec::new(); distinct.len()];
    let part_of = |one: &Named| own(one).map(|label| same[label]);
    let section = |one: &Named| reading.outline.blocks[reading.sentences[reading.mentions[one.mention].sentence].block].section;
    // By number in `named`: the nearest part that is called by a name, up to there.
    let mut last = None;
    let before: Vec<Option<usize>> = named
        .iter()
        .map(|one| {
            last = part_of(one).or(last);
            last
        })
        .collect();
    let first = named.iter().find_map(part_of);
    for (at, one) in named.iter().enumerate() {
        // What is called by no such name belongs to the one in its sentence, else to the last one before it in its section, else to the nearest.
        let back = || named[..at].iter().rev();
        let start = at - back().take_while(|other| sentence(other) == sentence(one)).count();
        let mut same_sentence = named[start..].iter().take_while(|other| sentence(other) == sentence(one));
        let mut of_section = back().take_while(|other| section(other) == section(one));
        let part =
            part_of(one).or_else(|| same_sentence.find_map(part_of)).or_else(|| of_section.find_map(part_of)).or(before[at]).or(first);
        if let Some(part) = part {
            parts[part].push(one.mention);
        }
    }
    parts.retain(|mentions| !mentions.is_empty());
    parts.sort_by_key(|mentions| mentions.first().copied());
    parts
}

/// How a mention is called, if by more than its concept's plain name.
fn label(text: &str, reading: &Reading<'_>, tokens: &Range<usize>) -> Option<Label> {
    if product(text, reading, tokens) {
        return Some(Label::Proper(text[reading.bytes(tokens)].to_lowercase()));
    }
    if reading.tokens[tokens.start].parted {
        return None;
    }
    let before = tokens.start.checked_sub(1)?;
    let word = text[reading.bytes(&(before..tokens.start))].to_lowercase();
    let plain = word.chars().all(char::is_alphabetic) && word.len() > 2 && !reading.is_generic(before);
    let unnamed = reading.mentions_in(&(before..tokens.start)).is_empty();
    // Only behind an article is it sure to be a noun: "the profile cache", but not "we add cache".
    let noun = !reading.tokens[before].parted && before.checked_sub(1).is_some_and(|article| reading.is_article(article));
    let kinds = reading.mentions_in(tokens).first().is_some_and(|mention| reading.library.concepts[mention.concept].kinds);
    (kinds && plain && unnamed && noun).then_some(Label::Kind(word))
}

/// Is it the name of a product, rather than a word?
fn product(text: &str, reading: &Reading<'_>, tokens: &Range<usize>) -> bool {
    reading.library.is_proper(&text[reading.bytes(tokens)].to_lowercase())
}

/// The mention whose sentence says most: in the design proper, naming the thing and its job. Of equals, the first.
fn telling(text: &str, reading: &Reading<'_>, stances: &Stances, concept: usize, mentions: &[usize]) -> usize {
    let section = |mention: &usize| reading.outline.blocks[reading.sentences[reading.mentions[*mention].sentence].block].section;
    let mut sections: BTreeMap<usize, usize> = BTreeMap::new();
    mentions.iter().for_each(|mention| *sections.entry(section(mention)).or_default() += 1);
    let most = sections.values().copied().max().unwrap_or(1);
    let score = |mention: &usize| {
        let at = &reading.mentions[*mention];
        let sentence = &reading.sentences[at.sentence];
        let block = &reading.outline.blocks[sentence.block];
        let design = stances.role_name(reading.library, sentence.block) == "design";
        let form = match block.kind {
            BlockKind::Paragraph | BlockKind::Item(_) => 4,
            // Rows weigh choices as often as they make them.
            BlockKind::Row(false) | BlockKind::Diagram => 2,
            BlockKind::Heading(_) => 1,
            BlockKind::Row(true) => 0,
        };
        // A product, or the thing itself, rather than a word about it ("hit ratio", "cached", "consumers").
        let name = match product(text, reading, &at.tokens) {
            true => 5,
            false => 4 * usize::from(is_named(text, reading, concept, at)),
        };
        let others = reading.mentions_in(&sentence.tokens).iter();
        let parts = others.filter(|other| reading.library.component_of(other.concept).is_some_and(|other| other != concept)).count();
        let said = said(reading, at.sentence) + parts.min(2);
        // Where it is spoken of most, it is told of.
        let home = 8 * sections[&section(mention)] / most;
        // What stands ahead of the first section is told again where it belongs.
        let place = if reading.outline.is_opening(sentence.block) { 4 } else { 8 };
        place * usize::from(design) + form + name + said + home
    };
    let best = mentions.iter().copied().max_by_key(|mention| (score(mention), usize::MAX - mention));
    best.unwrap_or_default()
}

/// How much a sentence says of what it names: that the design has it, and in more words than its name.
fn said(reading: &Reading<'_>, sentence: usize) -> usize {
    2 * reading.adoption(sentence).min(3) + reading.sentences[sentence].tokens.len().min(8) / 2
}

/// All that the words around the name of a component tell of it: how it is called, by itself and with what stands beside it, and how much is said.
pub(super) fn looks(text: &str, reading: &Reading<'_>, mention: &Mention) -> impl PartialEq + use<> {
    let called = label(text, reading, &mention.tokens);
    let kind = usize::from(matches!(called, Some(Label::Kind(_))));
    let whole = mention.tokens.start - kind..beside(reading, &mention.tokens).map_or(mention.tokens.end, |beside| beside.tokens.end);
    (called, written(text, reading, &whole), said(reading, mention.sentence))
}

/// The name right behind another, in the same breath: the cache of "Redis cache".
fn beside<'a>(reading: &'a Reading<'_>, tokens: &Range<usize>) -> Option<&'a Mention> {
    reading.mentions_in(&(tokens.end..tokens.end + 1)).first().filter(|next| !reading.tokens[next.tokens.start].parted)
}

/// Words as they are read, without what marks them.
fn written(text: &str, reading: &Reading<'_>, tokens: &Range<usize>) -> String {
    let range = reading.bytes(tokens);
    let block = reading.outline.block_at(range.start).map(|block| &reading.outline.blocks[block]);
    let prose = block.map(|block| block.prose_in(text, &range)).unwrap_or_default();
    prose.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Is it the thing's own name, or one made of it: "queue", "queued"?
fn is_named(text: &str, reading: &Reading<'_>, concept: usize, mention: &Mention) -> bool {
    let id = &reading.library.concepts[concept].id;
    let own = id.rsplit('-').next().unwrap_or(id);
    text[reading.bytes(&mention.tokens)].to_lowercase().contains(own.get(..4).unwrap_or(own))
}

/// What the component is called: a product, else the thing itself with what tells it apart, else what its concept is called.
fn title<'a>(text: &'a str, reading: &'a Reading<'_>, concept: usize, mentions: &[usize], telling: usize) -> String {
    let tokens = |mention: usize| reading.mentions[mention].tokens.clone();
    let first = std::iter::once(telling).chain(mentions.iter().copied());
    let concept = &reading.library.concepts[concept];
    let is_name = |tokens: &Range<usize>, id: &str| {
        let lower = |text: &'a str| text.chars().flat_map(char::to_lowercase);
        let written = &text[reading.bytes(tokens)];
        let mut names = reading.library.concept(id).into_iter().flat_map(|concept| &concept.names).flat_map(|names| &names.names);
        names.any(|name| lower(name).eq(lower(written)))
    };
    if let Some(product) = first.clone().map(tokens).find(|tokens| product(text, reading, tokens)) {
        // "Redis cache": the names side by side are one, but not in "Redis caches profiles".
        let end = beside(reading, &product)
            .filter(|next| is_name(&next.tokens, &reading.library.concepts[next.concept].id))
            .map_or(product.end, |next| next.tokens.end);
        return written(text, reading, &(product.start..end));
    }
    let kinds =
        first.map(tokens).filter(|tokens| is_name(tokens, &concept.id) && matches!(label(text, reading, tokens), Some(Label::Kind(_))));
    match kinds.into_iter().next() {
        Some(tokens) => written(text, reading, &(tokens.start - 1..tokens.end)),
        None => concept.page.title.split([':', ',', '(']).next().unwrap_or_default().trim().to_lowercase(),
    }
}
