//! Where a finding about the document as a whole stands.

use std::ops::Range;

use super::{known::Facts, stances::DESIGN};
use crate::{content::question::Place, outline::BlockKind};

/// At the line, else the heading, that ought to hold the answer, else at the heading of the architecture, else at the title.
pub(super) fn document(facts: &Facts<'_>, question: usize) -> Range<usize> {
    let outline = facts.outline;
    let is_heading = |block: &usize| matches!(outline.blocks[*block].kind, BlockKind::Heading(_));
    let title = (0..outline.blocks.len()).find(is_heading);
    let blocks = || (0..outline.blocks.len()).filter(|block| Some(*block) != title);
    let topics = facts.library.topics.get(question).map(Vec::as_slice).unwrap_or_default();
    let named = |block: &usize| {
        let asks = facts.reading.blocks[*block].clone().any(|sentence| facts.reading.sentences[sentence].asks);
        !asks && facts.reading.any(topics, &facts.reading.block_span(*block), None)
    };
    let is_line = |block: &usize| matches!(outline.blocks[*block].kind, BlockKind::Item(_) | BlockKind::Row(false));
    let of = |role: &str, block: &usize| facts.stances.roles[*block].is_some() && facts.stances.role_name(facts.library, *block) == role;
    let section = || match &facts.library.questions[question].place {
        Some(Place::Section(role)) => blocks()
            .filter(is_line)
            .find(|block| of(role, block) && named(block))
            .or_else(|| blocks().filter(is_heading).find(|block| of(role, block))),
        _ => None,
    };
    let topic = || {
        let ours = |block: &usize| facts.stances.role_name(facts.library, *block) == DESIGN;
        blocks().filter(is_heading).find(named).or_else(|| blocks().filter(ours).find(named))
    };
    // Of a paragraph, the sentence.
    let sentence = |block: usize| {
        let says = |sentence: &usize| facts.reading.any(topics, &facts.reading.sentence_span(*sentence), None);
        let paragraph = outline.blocks[block].kind == BlockKind::Paragraph;
        facts.reading.blocks[block].clone().find(says).filter(|_| paragraph).map(|at| facts.reading.sentences[at].range.clone())
    };
    let found = match facts.library.questions[question].place {
        Some(Place::Title) => None,
        _ => section().or_else(topic).or_else(|| architecture(facts, title)),
    };
    match found.or(title).or((!outline.blocks.is_empty()).then_some(0)) {
        Some(block) => sentence(block).unwrap_or_else(|| outline.blocks[block].range.clone()),
        None => 0..0,
    }
}

/// Of the headings that tell of the design, the one under which most of its components are named.
fn architecture(facts: &Facts<'_>, title: Option<usize>) -> Option<usize> {
    let headings = facts.outline.sections.iter().filter_map(|section| Some((section.heading?, &section.range)));
    let ours = headings.filter(|(heading, _)| {
        Some(*heading) != title && facts.stances.roles[*heading].is_some() && facts.stances.role_name(facts.library, *heading) == DESIGN
    });
    let components = |range: &Range<usize>| {
        let named = |mention: &usize| range.contains(&facts.mention_range(*mention).start);
        facts.groups.iter().filter(|group| group.mentions.iter().any(named)).count()
    };
    ours.max_by_key(|(heading, range)| (components(range), usize::MAX - heading)).map(|(heading, _)| heading)
}
