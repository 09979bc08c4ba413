//! How things stand: the role of each section and block, and the polarity of each mention and signal.

use std::{ops::Range, sync::Arc};

use rustc_hash::FxHashMap;

use super::{
    Polarity,
    own::{self, Own},
    passing,
};
use crate::{
    content::Library,
    lexicon::{Reading, Span},
    outline::{Block, BlockKind, Run},
};

/// Roles and polarities of a document.
pub(super) struct Stances {
    /// By number of the block: the number of its role in the library.
    pub(super) roles: Vec<Option<usize>>,
    /// By number of the mention.
    pub(super) mentions: Vec<Polarity>,
    /// By number of the signal given.
    pub(super) signals: Vec<Polarity>,
    /// By number of the sentence: it says something, and is no blank to be filled in.
    pub(super) filled: Vec<bool>,
    /// By number of the sentence: it puts something out of scope.
    pub(super) dismisses: Vec<bool>,
    /// By number of the block: how things stand by its own words.
    pub(super) own: Vec<Arc<Own>>,
}

/// The role of a section that no heading gives another one.
pub(super) const DESIGN: &str = "design";
/// The role of sections that say what the design has to do.
const REQUIREMENTS: &str = "requirements";

impl Stances {
    /// The role of a block.
    pub(super) fn role_name<'l>(&self, library: &'l Library, block: usize) -> &'l str {
        self.roles[block].map_or(DESIGN, |role| library.roles[role].name.as_str())
    }
}

pub(super) fn read(text: &str, reading: &Reading<'_>, before: &[Arc<Own>]) -> Stances {
    let own = own::all(text, reading, before);
    let roles = roles(reading, &own);
    let mut around = Around { reading, roles: &roles, columns: FxHashMap::default(), below: FxHashMap::default() };
    let references: Vec<bool> =
        (0..own.len()).map(|block| !reading.blank[block] && is_reference(text, &reading.outline.blocks[block])).collect();
    let mut stands = |block: usize, own: Option<Polarity>, tokens: &Range<usize>| match references[block] {
        true => Polarity::Background,
        false => around.stands(block, own, tokens),
    };
    let mut mentions = Vec::with_capacity(reading.mentions.len());
    for (block, own) in own.iter().enumerate() {
        let ours = &reading.mentions[mentions.len()..mentions.len() + own.mentions.len()];
        mentions.extend(ours.iter().zip(&own.mentions).map(|(mention, own)| stands(block, own.polarity, &mention.tokens)));
    }
    let in_passing: Vec<bool> = own.iter().flat_map(|own| own.mentions.iter().map(|mention| mention.passing)).collect();
    for (mention, polarity) in passing::settled(text, reading, &mentions, &in_passing) {
        mentions[mention] = polarity;
    }
    let signals = reading.signals.iter().map(|given| {
        let block = reading.sentences[given.sentence].block;
        let polarity = own[block].polarity(reading, block, given).unwrap_or_else(|| own::polarity(reading, given.sentence, &given.tokens));
        stands(block, polarity, &given.tokens)
    });
    let signals = signals.collect();
    let filled = reading.sentences.iter().map(|sentence| !reading.blank[sentence.block]).collect();
    let dismisses = own.iter().flat_map(|own| own.dismisses.iter().copied()).collect();
    Stances { roles, mentions, signals, filled, dismisses, own }
}

/// Is the item nothing but a link to a web page? It names what may be read, and not what the design has.
pub(super) fn is_reference(text: &str, block: &Block) -> bool {
    if !matches!(block.kind, BlockKind::Item(_)) {
        return false;
    }
    let line = text[block.range.start..].lines().next().unwrap_or_default();
    let link = line.trim_start_matches(['-', '*', '+', ' ']).trim_end();
    let target = link.strip_prefix('[').and_then(|link| link.split_once("](http"));
    let ends = |target: &str| target.strip_suffix(')').is_some_and(|target| !target.contains([' ', ')']));
    target.is_some_and(|(title, target)| !title.contains(']') && ends(target))
}

/// By number of the block: its own label's role, else that of what it is nested in, else that of its section's headings.
fn roles(reading: &Reading<'_>, own: &[Arc<Own>]) -> Vec<Option<usize>> {
    let outline = reading.outline;
    let mut sections: Vec<Option<usize>> = Vec::with_capacity(outline.sections.len());
    let titles = outline.sections.iter().filter(|section| section.level == 1).count();
    for (number, section) in outline.sections.iter().enumerate() {
        // The document's title names its subject, and tells no role.
        let title = number == 1 && section.level == 1 && titles == 1;
        let own = section.heading.filter(|_| !title).and_then(|block| own[block].role);
        let around = section.parent.and_then(|parent| sections[parent]);
        // "Use case: a user searches" below "Core components" tells how the design does it.
        let own = own.filter(|own| !(is(reading, *own, REQUIREMENTS) && around.is_some_and(|around| is(reading, around, DESIGN))));
        sections.push(under(reading, own, around));
    }
    let mut roles: Vec<Option<usize>> = Vec::with_capacity(outline.blocks.len());
    for (number, block) in outline.blocks.iter().enumerate() {
        let own = own[number].role.filter(|_| !matches!(block.kind, BlockKind::Heading(_)));
        let inherited = block.parent.and_then(|parent| if parent < number { roles[parent] } else { None });
        roles.push(under(reading, own, inherited.or(sections[block.section])));
    }
    roles
}

fn is(reading: &Reading<'_>, role: usize, name: &str) -> bool {
    reading.library.roles[role].name == name
}

/// The role `own` within a part of the role `around`: what is designed below "Rejected" is still rejected.
fn under(reading: &Reading<'_>, own: Option<usize>, around: Option<usize>) -> Option<usize> {
    let stands = |role: usize| reading.library.roles[role].stands;
    let given_up = around.and_then(stands).is_some_and(|stands| matches!(stands, Polarity::Rejected | Polarity::Deferred));
    own.filter(|own| !given_up || stands(*own).is_some()).or(around)
}

/// How what stands somewhere in a document stands by what is around it.
struct Around<'a> {
    reading: &'a Reading<'a>,
    /// By number of the block.
    roles: &'a [Option<usize>],
    /// By head of the table and number of the cell, counted from the first: how things stand in the column.
    columns: FxHashMap<(usize, u32), Option<Polarity>>,
    /// By the line that leads in a list, or the head of a table: how what stands below stands by its words.
    below: FxHashMap<usize, Option<Polarity>>,
}

impl Around<'_> {
    /// How what stands at the tokens `it` of a block stands, where the block's own words say `own`.
    fn stands(&mut self, block: usize, own: Option<Polarity>, it: &Range<usize>) -> Polarity {
        own.or_else(|| self.led_in(block))
            .or_else(|| self.headed(block, it))
            .or_else(|| self.weighed(block, it))
            .or_else(|| self.roles[block].and_then(|role| self.reading.library.roles[role].stands))
            .unwrap_or(Polarity::Adopted)
    }

    /// How the item `block` stands where it stands for what the line that leads in its list speaks of: "We do not need: Kafka, Redis".
    fn led_in(&mut self, block: usize) -> Option<Polarity> {
        let blocks = &self.reading.outline.blocks;
        let lead = blocks[block]
            .parent
            .filter(|lead| matches!(blocks[block].kind, BlockKind::Item(_)) && blocks[*lead].kind == BlockKind::Paragraph)?;
        *self.below.entry(lead).or_insert_with(|| leads_in(self.reading, lead))
    }

    /// "| option | pros | cons |" weighs all that stands below it.
    fn weighed(&mut self, block: usize, it: &Range<usize>) -> Option<Polarity> {
        let head = self.reading.head_of(block)?;
        *self.below.entry(head).or_insert_with(|| own::told(self.reading, &self.reading.block_span(head), it))
    }

    /// How things stand in a column with such a head: "Alternative", "Rejected".
    fn headed(&mut self, block: usize, it: &Range<usize>) -> Option<Polarity> {
        let reading = self.reading;
        let blocks = &reading.outline.blocks;
        let head = reading.head_of(block)?;
        let column = |block: usize, run: &Run| run.cell - blocks[block].runs.first().map_or(0, |first| first.cell);
        let at = reading.tokens[it.start].start;
        let run = blocks[block].runs.partition_point(|run| run.range.end <= at);
        let cell = blocks[block].runs.get(run).filter(|run| run.range.contains(&at)).map(|run| column(block, run))?;
        *self.columns.entry((head, cell)).or_insert_with(|| column_stands(reading, head, cell))
    }
}

/// How what stands at the tokens `it` of a sentence stands.
pub(super) fn polarity(reading: &Reading<'_>, roles: &[Option<usize>], sentence: usize, it: &Range<usize>) -> Polarity {
    let own = own::polarity(reading, sentence, it);
    Around { reading, roles, columns: FxHashMap::default(), below: FxHashMap::default() }.stands(reading.sentences[sentence].block, own, it)
}

/// How what stands right behind the line `lead` stands by its words.
fn leads_in(reading: &Reading<'_>, lead: usize) -> Option<Polarity> {
    let last = reading.blocks[lead].clone().next_back()?;
    let tokens = reading.sentences[last].tokens.clone();
    let behind = tokens.end..tokens.end + 1;
    let span = Span { tokens: tokens.start..behind.end, sentences: last..last + 1 };
    (behind.end <= reading.tokens.len()).then(|| own::told(reading, &span, &behind)).flatten()
}

fn column_stands(reading: &Reading<'_>, head: usize, cell: u32) -> Option<Polarity> {
    let blocks = &reading.outline.blocks;
    let column = |run: &Run| run.cell - blocks[head].runs.first().map_or(0, |first| first.cell);
    let span = reading.block_span(head);
    let mut runs = blocks[head].runs.iter().filter(|run| column(run) == cell);
    let (first, last) = (runs.clone().next()?.range.start, runs.next_back()?.range.end);
    let mut tokens = span.tokens.clone().filter(|token| (first..last).contains(&reading.tokens[*token].start));
    let tokens = tokens.clone().next()?..tokens.next_back()? + 1;
    reading.library.roles[own::role_of(reading, &Span { tokens, ..span })?].stands
}
