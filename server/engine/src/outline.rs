//! Markdown into sections, paragraphs, items, rows and diagram labels, each with its byte range.

mod bold;
mod build;
mod diagram;
mod front_matter;
mod limits;
mod renewed;
mod sections;

use std::ops::Range;

pub use self::{
    limits::{LONGEST, Limit, MOST_BLOCKS, MOST_ENTRIES, Unread},
    renewed::Renewed,
};
use crate::text::Change;

/// A line that names what stands under it has at most so many bytes.
pub const LONGEST_LABEL: usize = 60;

/// A document taken apart. Blocks and sections are in the order of the text.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Outline {
    pub blocks: Vec<Block>,
    /// The first one is the document itself: what stands before any heading, and the parent of all.
    pub sections: Vec<Section>,
    /// How many lists, tables and diagrams there are, empty ones too.
    pub groups: usize,
    /// Fenced and indented blocks that are no diagrams: no prose, but a sum or a placement may stand in one.
    pub code: Vec<Code>,
    /// HTML comments that speak to us.
    pub comments: Vec<Comment>,
    /// The value of `followup:` in the front matter.
    pub front_matter: Option<String>,
    /// Where the text begins, behind a byte order mark and front matter.
    pub start: usize,
    /// What was not read, or not to its end, in the order of the text.
    pub limits: Vec<Limit>,
}

/// A piece of prose that belongs together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub kind: BlockKind,
    /// From the first to the last byte of its own text, marker and markup included.
    pub range: Range<usize>,
    pub runs: Vec<Run>,
    /// Index into [`Outline::sections`].
    pub section: usize,
    /// The item that it is nested in, or the line that leads in the list it belongs to.
    pub parent: Option<usize>,
    /// The list, table or diagram it is part of; numbered through the document.
    pub group: Option<usize>,
    /// The end of what is nested in it, for an item.
    pub end: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// With its level; a bold line that stands for a heading has level 7.
    Heading(u8),
    Paragraph,
    /// With the state of its checkbox.
    Item(Option<bool>),
    /// A table row; true for the head.
    Row(bool),
    /// A line of a diagram.
    Diagram,
}

/// A stretch of prose without markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub range: Range<usize>,
    pub code: bool,
    pub strong: bool,
    /// Number of the table cell or diagram label, counted in the block.
    pub cell: u32,
}

/// A heading and what stands under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Index into [`Outline::blocks`].
    pub heading: Option<usize>,
    pub level: u8,
    pub parent: Option<usize>,
    /// From its heading to the next one of its level or above.
    pub range: Range<usize>,
    /// Its own blocks, heading included, up to the next heading.
    pub blocks: Range<usize>,
}

/// A block of code or of output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The first word behind the fence, in lower case; empty where there is none.
    pub language: String,
    /// Its text in stretches of whole lines, without what marks it as code.
    pub text: Vec<Range<usize>>,
    /// Index into [`Outline::blocks`] of the block before it; none where nothing stands before.
    pub after: Option<usize>,
}

/// `<!-- followup… -->`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    pub range: Range<usize>,
    /// What stands between the marks, trimmed.
    pub text: Range<usize>,
}

impl Outline {
    /// Takes `text` apart. Any text gives an outline.
    pub fn new(text: &str) -> Self {
        build::outline(text)
    }

    /// The outline of nothing but `block`, where it stands.
    pub fn of_block(block: &Block) -> Self {
        let alone = Block { section: 0, parent: None, group: None, ..block.clone() };
        let section = Section { heading: None, level: 0, parent: None, range: block.range.clone(), blocks: 0..1 };
        Self { blocks: vec![alone], sections: vec![section], start: block.range.start, ..Self::default() }
    }

    /// The same outline of the text behind `change`, by which all stayed what it was but for a block, if it tells of one: its number, and what it
    /// became.
    pub fn moved(&self, change: &Change, changed: Option<(usize, &Block)>) -> Self {
        let range = |range: &Range<usize>| change.range(range);
        let section = |section: &Section| Section { range: change.around(&section.range), blocks: section.blocks.clone(), ..*section };
        let code = |code: &Code| Code { language: code.language.clone(), text: code.text.iter().map(range).collect(), ..*code };
        let moved = |(number, block): (usize, &Block)| match changed {
            Some((changed, now)) if changed == number => now.clone(),
            _ => block.moved(change),
        };
        Self {
            blocks: self.blocks.iter().enumerate().map(moved).collect(),
            sections: self.sections.iter().map(section).collect(),
            groups: self.groups,
            code: self.code.iter().map(code).collect(),
            comments: self.comments.iter().map(|one| Comment { range: range(&one.range), text: range(&one.text) }).collect(),
            front_matter: self.front_matter.clone(),
            start: change.place(self.start),
            limits: self.limits.iter().map(|limit| Limit { at: change.place(limit.at), ..*limit }).collect(),
        }
    }

    /// The bytes around byte `at`, from a heading of no container, or the beginning, to another heading; they are taken apart by themselves as they
    /// are within `text`.
    pub fn chapter(&self, text: &str, at: usize) -> Range<usize> {
        let heads = |section: &&Section| {
            let line = text[..section.range.start].ends_with('\n') || section.range.start == self.start;
            line && text[section.range.start..].starts_with('#')
        };
        let behind = self.sections.partition_point(|section| section.range.start <= at);
        let start = self.sections[..behind].iter().rev().find(heads).map_or(0, |section| section.range.start);
        let end = self.sections[behind..].iter().find(heads).map_or(text.len(), |section| section.range.start);
        start..end
    }

    /// The section and all sections around it, innermost first.
    pub fn ancestors(&self, section: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(section), |at| self.sections[*at].parent)
    }

    /// The block whose own text holds byte `offset`.
    pub fn block_at(&self, offset: usize) -> Option<usize> {
        let at = self.blocks.partition_point(|block| block.range.start <= offset).checked_sub(1)?;
        (offset <= self.blocks[at].range.end).then_some(at)
    }

    /// Do others stand under the block?
    pub fn leads(&self, block: usize) -> bool {
        self.blocks.get(block + 1).is_some_and(|next| next.parent == Some(block))
    }

    /// By number of the block: the head of the table in which it is a row.
    pub fn heads(&self) -> Vec<Option<usize>> {
        let mut head = None;
        let rows = self.blocks.iter().enumerate().map(|(number, block)| match block.kind {
            BlockKind::Row(true) => {
                head = Some(number);
                None
            }
            BlockKind::Row(false) => head.filter(|head| self.blocks[*head].group == block.group),
            _ => None,
        });
        rows.collect()
    }

    /// Does a block stand ahead of all sections, if only the document's title is above it?
    pub fn is_opening(&self, block: usize) -> bool {
        let section = self.blocks[block].section;
        section == 0 || section == 1 && self.sections[1].level == 1 && self.sections.len() > 2
    }

    /// The block in which the heading of `section` stands.
    pub fn heading_of(&self, section: usize) -> Option<&Block> {
        self.sections[section].heading.map(|block| &self.blocks[block])
    }
}

impl Block {
    /// The same block of the text behind `change`, which is no part of it, unless of what is nested in it.
    pub fn moved(&self, change: &Change) -> Self {
        let run = |run: &Run| Run { range: change.range(&run.range), ..*run };
        let end = change.around(&(self.range.start..self.end)).end;
        Self { range: change.range(&self.range), runs: self.runs.iter().map(run).collect(), end, ..*self }
    }

    /// Is it a checklist item whose blank is still there, or a placeholder?
    pub fn is_blank(&self, text: &str) -> bool {
        const PLACEHOLDERS: [&str; 7] = ["tbd", "todo", "tbc", "wip", "comingsoon", "tobedone", "tobedetermined"];
        let row = || self.runs.iter().any(|run| text[run.range.clone()].contains('…'));
        let item = || ["…", "...", "___"].iter().any(|blank| self.prose(text).contains(blank));
        let letters = || self.runs.iter().flat_map(|run| text[run.range.clone()].chars()).filter(|c| c.is_alphanumeric());
        self.kind == BlockKind::Row(false) && row()
            || matches!(self.kind, BlockKind::Item(Some(_))) && item()
            || PLACEHOLDERS.iter().any(|known| letters().map(|c| c.to_ascii_lowercase()).eq(known.chars()))
    }

    /// The block's prose as one string, markup left out and runs joined as they stand.
    pub fn prose(&self, text: &str) -> String {
        self.prose_in(text, &self.range)
    }

    /// The prose of the block's bytes `range`.
    pub fn prose_in(&self, text: &str, range: &Range<usize>) -> String {
        let mut prose = String::new();
        let mut last: Option<&Run> = None;
        for run in self.runs.iter().filter(|run| run.range.start < range.end && range.start < run.range.end) {
            if let Some(last) = last
                && (text[last.range.end..run.range.start].contains(char::is_whitespace) || last.cell != run.cell)
            {
                prose.push(' ');
            }
            prose.push_str(&text[run.range.start.max(range.start)..run.range.end.min(range.end)]);
            last = Some(run);
        }
        prose
    }
}

#[cfg(test)]
mod tests;
