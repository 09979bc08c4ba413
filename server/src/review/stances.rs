//! How things stand: the role of each section and block, and the polarity of each mention and signal.

use std::ops::Range;

use super::{Polarity, passing};
use crate::{
    content::{Library, StanceRule},
    lexicon::{Reading, Span},
    outline::{BlockKind, Run},
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
}

/// The role of a section that no heading gives another one.
pub(super) const DESIGN: &str = "design";
/// The role of sections that say what the design has to do.
const REQUIREMENTS: &str = "requirements";
/// A line that leads in a list, or an item with items below, tells their role if it has no more bytes.
const LONGEST_LABEL: usize = 60;
/// What stands before a colon stands for a heading, if it has no more bytes: "Out of scope: search".
const LONGEST_CALL: usize = 30;

impl Stances {
    /// The role of a block.
    pub(super) fn role_name<'l>(&self, library: &'l Library, block: usize) -> &'l str {
        self.roles[block].map_or(DESIGN, |role| library.roles[role].name.as_str())
    }
}

pub(super) fn read(text: &str, reading: &Reading<'_>) -> Stances {
    let roles = roles(text, reading);
    let blank = &reading.blank;
    // What is still to be filled in asks, and says nothing yet.
    let stands = |sentence: usize, tokens: &Range<usize>| {
        let block = reading.sentences[sentence].block;
        match blank[block] {
            true => Polarity::Asked,
            false if is_reference(text, reading, block) => Polarity::Background,
            false => polarity(reading, &roles, sentence, tokens),
        }
    };
    let mut mentions: Vec<Polarity> = reading.mentions.iter().map(|mention| stands(mention.sentence, &mention.tokens)).collect();
    for (mention, polarity) in passing::settled(text, reading, &mentions) {
        mentions[mention] = polarity;
    }
    let signals = reading.signals.iter().map(|given| stands(given.sentence, &given.tokens)).collect();
    let filled = reading.sentences.iter().map(|sentence| !blank[sentence.block]).collect();
    let dismissals = &reading.library.dismissals;
    let dismisses = (0..reading.sentences.len()).map(|sentence| reading.any(dismissals, &reading.sentence_span(sentence), None)).collect();
    Stances { roles, mentions, signals, filled, dismisses }
}

/// Is the item nothing but a link to a web page? It names what may be read, and not what the design has.
fn is_reference(text: &str, reading: &Reading<'_>, block: usize) -> bool {
    let block = &reading.outline.blocks[block];
    let line = text[block.range.start..].lines().next().unwrap_or_default();
    let link = line.trim_start_matches(['-', '*', '+', ' ']).trim_end();
    let target = link.strip_prefix('[').and_then(|link| link.split_once("](http"));
    let ends = |target: &str| target.strip_suffix(')').is_some_and(|target| !target.contains([' ', ')']));
    matches!(block.kind, BlockKind::Item(_)) && target.is_some_and(|(title, target)| !title.contains(']') && ends(target))
}

/// By number of the block: its own label's role, else that of what it is nested in, else that of its section's headings.
fn roles(text: &str, reading: &Reading<'_>) -> Vec<Option<usize>> {
    let outline = reading.outline;
    let mut sections: Vec<Option<usize>> = Vec::with_capacity(outline.sections.len());
    for (number, section) in outline.sections.iter().enumerate() {
        // The document's title names its subject, and tells no role.
        let title = number == 1 && section.level == 1 && !outline.sections[2..].iter().any(|other| other.level == 1);
        let own = section.heading.filter(|_| !title).and_then(|block| role_of(reading, &reading.block_span(block)));
        let around = section.parent.and_then(|parent| sections[parent]);
        // "Use case: a user searches" below "Core components" tells how the design does it.
        let own = own.filter(|own| !(is(reading, *own, REQUIREMENTS) && around.is_some_and(|around| is(reading, around, DESIGN))));
        sections.push(under(reading, own, around));
    }
    let mut roles: Vec<Option<usize>> = Vec::with_capacity(outline.blocks.len());
    for (number, block) in outline.blocks.iter().enumerate() {
        let own = label(text, reading, number).and_then(|label| role_of(reading, &label));
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

/// The words at a block's head that stand for a heading: "**Failure handling:** …", "Estimates: …", or a short line that others stand under.
pub(super) fn label(text: &str, reading: &Reading<'_>, number: usize) -> Option<Span> {
    let outline = reading.outline;
    let block = &outline.blocks[number];
    if matches!(block.kind, BlockKind::Heading(_) | BlockKind::Row(_) | BlockKind::Diagram) {
        return None;
    }
    let span = reading.block_span(number);
    let first = block.runs.first()?;
    let leads = outline.blocks.get(number + 1).is_some_and(|next| next.parent == Some(number));
    let called = || {
        let line = &text[first.range.clone()];
        let end = line.find(':').filter(|end| *end <= LONGEST_CALL && line[end + 1..].starts_with(char::is_whitespace))?;
        Some(first.range.start + end)
    };
    let end = if first.strong {
        first.range.end
    } else if let Some(end) = called() {
        end
    } else if leads && block.range.len() <= LONGEST_LABEL {
        block.range.end
    } else {
        return None;
    };
    let tokens = span.tokens.start..reading.tokens.partition_point(|token| token.end <= end).max(span.tokens.start);
    Some(Span { tokens, ..span })
}

/// The role that a heading tells: of several, the one that takes most of its words.
fn role_of(reading: &Reading<'_>, heading: &Span) -> Option<usize> {
    let rules = reading.library.roles.iter().enumerate();
    let fitting = rules.filter(|(_, rule)| !reading.any(&rule.unless, heading, None)).filter_map(|(number, rule)| {
        let found = reading.all(&rule.headings, heading, None);
        found.map(|found| found.tokens.len()).max().map(|words| (words, number))
    });
    fitting.max_by_key(|(words, number)| (*words, usize::MAX - number)).map(|(_, number)| number)
}

/// How what stands at the tokens `it` of a sentence stands.
pub(super) fn polarity(reading: &Reading<'_>, roles: &[Option<usize>], sentence: usize, it: &Range<usize>) -> Polarity {
    let block = reading.sentences[sentence].block;
    if reading.sentences[sentence].asks {
        return Polarity::Asked;
    }
    let tells = |span: &Span, it: &Range<usize>| {
        if !reading.may_hold(&reading.library.standing, span) {
            return None;
        }
        let told = |rule: &&StanceRule| reading.any(&rule.says, span, Some(it)) && !reading.any(&rule.unless, span, Some(it));
        reading.library.stances.iter().find(told).map(|rule| rule.polarity)
    };
    let next = || (reading.blocks[block].end > sentence + 1).then(|| reading.sentence_span(sentence + 1));
    let own = tells(&reading.sentence_span(sentence), it)
        .or_else(|| refused(reading, sentence).then_some(Polarity::Rejected))
        // "Results could be cached. The first version does without." "It is the checkout team's."
        .or_else(|| next().and_then(|next| tells(&next, it)).filter(|polarity| *polarity != Polarity::Asked));
    // "| option | pros | cons |" weighs all that stands below it.
    let of_table = || reading.head_of(block).and_then(|head| tells(&reading.block_span(head), it));
    let around =
        || led_in(reading, block).and_then(|(span, it)| tells(&span, &it)).or_else(|| headed(reading, block, it)).or_else(of_table);
    if let Some(polarity) = own.or_else(around) {
        return polarity;
    }
    roles[block].and_then(|role| reading.library.roles[role].stands).unwrap_or(Polarity::Adopted)
}

/// The line that leads in the list of the item `block`, with the place behind it, where the item stands for what the line speaks of: "We do not
/// need: Kafka, Redis".
fn led_in(reading: &Reading<'_>, block: usize) -> Option<(Span, Range<usize>)> {
    let blocks = &reading.outline.blocks;
    let lead = blocks[block]
        .parent
        .filter(|lead| matches!(blocks[block].kind, BlockKind::Item(_)) && blocks[*lead].kind == BlockKind::Paragraph)?;
    let last = reading.blocks[lead].clone().next_back()?;
    let tokens = reading.sentences[last].tokens.clone();
    let behind = tokens.end..tokens.end + 1;
    (behind.end <= reading.tokens.len()).then_some((Span { tokens: tokens.start..behind.end, sentences: last..last + 1 }, behind))
}

/// Is the sentence turned down by one behind it: "We could cache it at the edge. No."?
fn refused(reading: &Reading<'_>, sentence: usize) -> bool {
    /// In so many sentences, of so many words.
    const BEHIND: usize = 3;
    const SHORT: usize = 6;
    let block = reading.blocks[reading.sentences[sentence].block].end;
    (sentence + 1..block.min(sentence + 1 + BEHIND)).any(|behind| {
        let tokens = reading.sentences[behind].tokens.clone();
        let alone = |token: usize| {
            let ends = token + 1 == tokens.end || reading.tokens[token + 1].parted;
            ends && reading.tokens[token].parted && reading.is_denial(token)
        };
        tokens.len() <= SHORT && tokens.clone().any(alone)
    })
}

/// How things stand in a column with such a head: "Alternative", "Rejected".
fn headed(reading: &Reading<'_>, block: usize, it: &Range<usize>) -> Option<Polarity> {
    let blocks = &reading.outline.blocks;
    let head = reading.head_of(block)?;
    let column = |block: usize, run: &Run| run.cell - blocks[block].runs.first().map_or(0, |first| first.cell);
    let at = reading.tokens[it.start].start;
    let cell = blocks[block].runs.iter().find(|run| run.range.contains(&at)).map(|run| column(block, run))?;
    let span = reading.block_span(head);
    let mut runs = blocks[head].runs.iter().filter(|run| column(head, run) == cell);
    let (first, last) = (runs.clone().next()?.range.start, runs.next_back()?.range.end);
    let mut tokens = span.tokens.clone().filter(|token| (first..last).contains(&reading.tokens[*token].start));
    let tokens = tokens.clone().next()?..tokens.next_back()? + 1;
    reading.library.roles[role_of(reading, &Span { tokens, ..span })?].stands
}
