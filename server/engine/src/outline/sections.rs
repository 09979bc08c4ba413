//! Headings and what stands under them.

use super::{BlockKind, Outline, Section};

/// Parts the blocks into sections by their headings.
pub(super) fn part(text: &str, outline: &mut Outline) {
    let document = Section { heading: None, level: 0, parent: None, range: 0..text.len(), blocks: 0..outline.blocks.len() };
    let mut sections = vec![document];
    let mut open = vec![0usize];
    for (number, block) in outline.blocks.iter_mut().enumerate() {
        if let BlockKind::Heading(level) = block.kind {
            while let Some(last) = open.last().copied().filter(|last| sections[*last].level >= level) {
                sections[last].range.end = block.range.start;
                open.pop();
            }
            let parent = open.last().copied();
            if let Some(previous) = sections.last_mut() {
                previous.blocks.end = number;
            }
            open.push(sections.len());
            sections.push(Section {
                heading: Some(number),
                level,
                parent,
                range: block.range.start..text.len(),
                blocks: number..usize::MAX,
            });
        }
        block.section = sections.len() - 1;
    }
    if let Some(last) = sections.last_mut() {
        last.blocks.end = outline.blocks.len();
    }
    outline.sections = sections;
}
