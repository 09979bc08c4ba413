//! Where a finding about the document as a whole stands.

use std::ops::Range;

use super::facts::Facts;
use crate::{content::question::Place, outline::BlockKind};

/// At the heading or the line that ought to hold the answer, else at the architecture's heading, else at the title.
pub(super) fn document(facts: &Facts<'_>, question: usize) -> Range<usize> {
    let outline = facts.outline;
    let is_heading = |block: usize| matches!(outline.blocks[block].kind, BlockKind::Heading(_));
    let title = (0..outline.blocks.len()).find(|block| is_heading(*block));
    let topics = facts.library.topics.get(question).map(Vec::as_slice).unwrap_or_default();
    let named = |block: &usize| facts.reading.any(topics, &facts.reading.block_span(*block), None);
    let line = |block: &usize| is_heading(*block) || matches!(outline.blocks[*block].kind, BlockKind::Item(_) | BlockKind::Row(false));
    let role = |wanted: &str| {
        (0..outline.blocks.len())
            .filter(|block| is_heading(*block) && Some(*block) != title)
            .find(|block| facts.stances.role_name(facts.library, *block) == wanted && facts.stances.roles[*block].is_some())
    };
    let found = match &facts.library.questions[question].place {
        Some(Place::Title) => None,
        Some(Place::Section(wanted)) => role(wanted)
            .or_else(|| (0..outline.blocks.len()).filter(line).filter(|block| Some(*block) != title).find(named))
            .or_else(|| role("design")),
        Some(Place::Subject) | None => {
            (0..outline.blocks.len()).filter(line).filter(|block| Some(*block) != title).find(named).or_else(|| role("design"))
        }
    };
    match found.or(title).or((!outline.blocks.is_empty()).then_some(0)) {
        Some(block) => outline.blocks[block].range.clone(),
        None => 0..0,
    }
}
