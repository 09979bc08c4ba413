//! Is it a design document, and the design of a service? Judged by what it says alone.

use std::cell::LazyCell;

use super::{Reason, answers, known::Facts, own};
use crate::{
    content::{GenreRule, cue::Where},
    outline::{Block, BlockKind},
};

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Genre {
    /// No design: nothing is asked of it.
    Other,
    /// A design, of a library or a feature.
    Design,
    /// The design of a service.
    Service,
}

/// What the document is, and what told so. A comment or front matter decides before anything else, then `forced`.
pub(super) fn judge(facts: &Facts<'_>, forced: Option<Genre>) -> (Genre, Vec<Reason>) {
    let (design, mut reasons) = weigh(facts, &facts.library.design);
    let (service, service_reasons) = weigh(facts, &facts.library.service);
    let kind = |design: bool| match (design, service) {
        (false, _) => Genre::Other,
        (true, true) => Genre::Service,
        (true, false) => Genre::Design,
    };
    if let Some((range, design)) = said(facts) {
        let reason = if design { "a comment says that it is a design" } else { "a comment says that it is to be left alone" };
        return (kind(design), vec![Reason { range, reason: reason.to_owned() }]);
    }
    if let Some(forced) = forced {
        return (forced, reasons);
    }
    if service {
        reasons.extend(service_reasons);
    }
    (kind(design), reasons)
}

/// What `<!-- followup: design -->`, `<!-- followup: off -->` or the front matter says.
fn said(facts: &Facts<'_>) -> Option<(std::ops::Range<usize>, bool)> {
    let value = |said: &str| match said.trim() {
        "design" | "on" => Some(true),
        "off" => Some(false),
        _ => None,
    };
    let mut comments = facts.outline.comments.iter().filter_map(|comment| {
        let said = facts.text[comment.text.clone()].strip_prefix("followup:")?;
        Some((comment.range.clone(), value(said)?))
    });
    let front = facts.outline.front_matter.as_deref().and_then(value).map(|design| (0..facts.outline.start, design));
    comments.next_back().or(front)
}

fn weigh(facts: &Facts<'_>, rule: &GenreRule) -> (bool, Vec<Reason>) {
    let reading = facts.reading;
    let title = facts.outline.blocks.iter().position(|block| matches!(block.kind, BlockKind::Heading(_)));
    // A checklist that was inserted and not filled in does not make a document what it asks for.
    let says = |block: usize| match facts.outline.blocks[block].kind {
        BlockKind::Heading(_) => !answers::is_bare(facts, block),
        _ => !facts.reading.blank[block],
    };
    let fits = |place: Where, block: usize| match place {
        Where::Title => Some(block) == title,
        Where::Heading | Where::Label => heads(&facts.outline.blocks[block]),
        Where::Prose => !matches!(facts.outline.blocks[block].kind, BlockKind::Heading(_)),
        Where::Diagram => facts.outline.blocks[block].kind == BlockKind::Diagram,
    };
    let mut found: Vec<Option<Reason>> = vec![None; rule.traits.len()];
    for (number, sentence) in reading.sentences.iter().enumerate() {
        let span = reading.sentence_span(number);
        if !reading.may_hold(&rule.all, &span) || !says(sentence.block) {
            continue;
        }
        // "**Estimates:** 40 writes a second" has a heading before its prose; an item's label only tells what the item is about.
        let is_prose = facts.outline.blocks[sentence.block].kind == BlockKind::Paragraph;
        let label = || {
            let label = is_prose.then(|| own::label(facts.text, reading, sentence.block))?;
            label.filter(|label| label.tokens.start == span.tokens.start)
        };
        let label = LazyCell::new(label);
        for (one, found) in rule.traits.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
            let heads = || one.place == Where::Label && label.as_ref().is_some_and(|label| reading.any(&one.says, label, None));
            if fits(one.place, sentence.block) && reading.any(&one.says, &span, None) || heads() {
                *found = Some(Reason { range: sentence.range.clone(), reason: one.reason.clone() });
            }
        }
    }
    let weight: i32 = rule.traits.iter().zip(&found).filter(|(_, found)| found.is_some()).map(|(one, _)| one.weight).sum();
    let reasons = found.into_iter().flatten().collect();
    (weight >= rule.from, reasons)
}

/// A heading, or an item that is all bold and stands for one: "2. **API**".
pub(super) fn heads(block: &Block) -> bool {
    let label = || own::is_short(block) && !block.runs.is_empty() && block.runs.iter().all(|run| run.strong);
    match block.kind {
        BlockKind::Heading(_) => true,
        BlockKind::Item(_) => label(),
        BlockKind::Paragraph | BlockKind::Row(_) | BlockKind::Diagram => false,
    }
}
