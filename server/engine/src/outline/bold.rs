//! Paragraphs that are headings and labels but for the markup: "**Context.** …".

use super::{Block, BlockKind, Run};

/// A bold line of more bytes is a paragraph.
const LONGEST_PSEUDO_HEADING: usize = 90;

/// A paragraph of which each line begins with a bold label ("**Context.** …", "**Decision.** …") is as many paragraphs as it has labels.
pub(super) fn labelled(text: &str, mut block: Block) -> Vec<Block> {
    let mut parts = Vec::new();
    let leads = |run: &Run| run.strong && text[..run.range.start].trim_end_matches(['*', '_', ' ', '\t']).ends_with('\n');
    if block.kind != BlockKind::Paragraph || !block.runs.first().is_some_and(|run| run.strong) {
        return vec![block];
    }
    // Run by run, since there may be as many labels as there are lines.
    for run in std::mem::take(&mut block.runs) {
        if let Some(last) = block.runs.last().map(|last| last.range.end).filter(|_| leads(&run)) {
            // A star may be a word of its own, and mark nothing.
            let mark = text[..run.range.start].trim_end_matches(['*', '_']).len().max(last);
            let next = Block { range: mark..block.range.end, runs: Vec::new(), ..block };
            block.range.end = last;
            block.end = last;
            parts.push(std::mem::replace(&mut block, next));
        }
        block.runs.push(run);
    }
    parts.push(block);
    parts
}

/// Is it a bold line that stands for a heading?
pub(super) fn pseudo_heading(text: &str, block: &Block) -> bool {
    let plain = |run: &Run| text[run.range.clone()].chars().all(|c| c == ':' || c.is_whitespace());
    block.range.len() <= LONGEST_PSEUDO_HEADING
        && block.runs.iter().any(|run| run.strong)
        && block.runs.iter().all(|run| run.strong || plain(run))
        && !text[block.range.clone()].trim_end_matches(['*', '_']).ends_with('.')
}
