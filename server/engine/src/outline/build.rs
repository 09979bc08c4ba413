//! From the events of the Markdown parser to an outline.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use rustc_hash::FxHashSet;

use super::{
    Block, BlockKind, Code, Comment, LONGEST, LONGEST_LABEL, Limit, MOST_BLOCKS, MOST_ENTRIES, Outline, Run, Unread,
    bold::{labelled, pseudo_heading},
    diagram, front_matter,
    limits::shortened,
    sections,
};

/// A block may unfold into so many events a byte before reading stops.
const EVENTS_A_BYTE: usize = 4;

pub(super) fn outline(text: &str) -> Outline {
    let (start, front_matter) = front_matter::skip(text);
    let mut builder = Builder { text, start, outline: Outline { front_matter, start, ..Outline::default() }, ..Builder::default() };
    // Not more: the other extensions take signs of a design away ("~10k~", "$5", "{1..3}").
    let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS;
    let budget = 1_000 + EVENTS_A_BYTE * text.len();
    for (count, (event, range)) in Parser::new_ext(&text[start..], options).into_offset_iter().enumerate() {
        let range = range.start + start..range.end + start;
        let full = || builder.outline.blocks.len() > MOST_BLOCKS && !matches!(event, Event::End(_));
        if let Some(what) = if count > budget { Some(Unread::Unfolding) } else { full().then_some(Unread::Blocks) } {
            builder.outline.limits.push(Limit { at: range.start, what });
            break;
        }
        builder.event(event, range);
    }
    builder.close();
    let mut outline = builder.outline;
    // It is kept as long as the version, and the one before it as long as the next one is made.
    outline.blocks.shrink_to_fit();
    sections::part(text, &mut outline);
    outline
}

#[derive(Default)]
struct Builder<'a> {
    text: &'a str,
    start: usize,
    outline: Outline,
    open: Option<Block>,
    items: Vec<Item>,
    /// Blocks of the outermost list, table or diagram that is open.
    entries: usize,
    lists: Vec<List>,
    /// The table that is open, and its cell.
    table: Option<(usize, u32)>,
    /// The line that leads in the table.
    table_lead: Option<usize>,
    code: Option<(String, Vec<Range<usize>>)>,
    strong: usize,
    /// Inside an image or an address, whose text is no prose.
    hushed: usize,
    html: Option<Range<usize>>,
    /// The blanks before the end of the last item that ended.
    blank: Range<usize>,
}

struct Item {
    task: Option<bool>,
    range: Range<usize>,
    first: Option<usize>,
}

struct List {
    group: usize,
    /// The block that the list stands under.
    parent: Option<usize>,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start_tag(tag, range),
            Event::End(tag) => self.end_tag(tag),
            Event::Text(_) if self.code.is_some() => {
                if let Some((_, lines)) = &mut self.code {
                    lines.push(range);
                }
            }
            Event::Text(_) => self.run(range, false),
            Event::Code(_) => {
                let inner = self.text[range.clone()].trim_matches('`');
                let skipped = self.text[range.clone()].len() - self.text[range.clone()].trim_start_matches('`').len();
                let start = range.start + skipped;
                self.run(start..start + inner.len(), true);
            }
            Event::TaskListMarker(done) => {
                if let Some(item) = self.items.last_mut() {
                    item.task = Some(done);
                }
                if let Some(Block { kind: BlockKind::Item(task), .. }) = &mut self.open {
                    *task = Some(done);
                }
            }
            Event::Html(_) => {
                let whole = self.html.get_or_insert(range.clone());
                whole.end = whole.end.max(range.end);
            }
            Event::InlineHtml(_) => {
                if let Some(block) = &mut self.open {
                    block.range.end = block.range.end.max(range.end);
                    block.end = block.range.end;
                }
                self.comments(range);
            }
            _ => {}
        }
    }

    fn start_tag(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.close();
                self.open_block(BlockKind::Heading(depth(level)), range);
            }
            Tag::Paragraph => {
                self.close();
                let first = self.items.last().is_some_and(|item| item.first.is_none());
                let kind = if first { BlockKind::Item(None) } else { BlockKind::Paragraph };
                self.open_block(kind, range);
            }
            Tag::List(_) => {
                self.close();
                self.begin_entries();
                let parent = match self.items.last() {
                    Some(item) => item.first,
                    None => self.lead_in().or_else(|| self.called(range.start)),
                };
                self.outline.groups += 1;
                self.lists.push(List { group: self.outline.groups, parent });
            }
            Tag::Item => {
                self.close();
                self.items.push(Item { task: None, range, first: None });
            }
            Tag::Table(_) => {
                self.close();
                self.begin_entries();
                self.outline.groups += 1;
                self.table_lead = self.lead_in();
                self.table = Some((self.outline.groups, 0));
            }
            Tag::TableHead | Tag::TableRow => {
                self.close();
                let head = matches!(tag, Tag::TableHead);
                self.open_block(BlockKind::Row(head), range);
            }
            Tag::TableCell => {
                if let Some((_, cell)) = &mut self.table {
                    *cell += 1;
                }
            }
            Tag::CodeBlock(kind) => {
                self.close();
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.to_string(),
                    // An indented block is code or output, seldom a diagram.
                    CodeBlockKind::Indented => "indented".to_owned(),
                };
                self.code = Some((info, Vec::new()));
            }
            Tag::HtmlBlock => self.close(),
            Tag::Strong => self.strong += 1,
            Tag::Image { .. } => self.hushed += 1,
            Tag::Link { link_type, .. } => {
                use pulldown_cmark::LinkType::{Autolink, Email};
                self.hushed += usize::from(matches!(link_type, Autolink | Email) || self.hushed > 0);
            }
            _ => {}
        }
    }

    fn end_tag(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::TableHead | TagEnd::TableRow => self.close(),
            TagEnd::Item => {
                self.close();
                if let Some(Item { first: Some(first), range, .. }) = self.items.pop() {
                    let end = self.end_of_words(range);
                    self.outline.blocks[first].end = end.max(self.outline.blocks[first].end);
                }
            }
            TagEnd::List(_) => {
                self.close();
                self.lists.pop();
            }
            TagEnd::Table => self.table = None,
            TagEnd::CodeBlock => self.code_block(),
            TagEnd::HtmlBlock => {
                if let Some(range) = self.html.take() {
                    self.comments(range);
                }
            }
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Image => self.hushed = self.hushed.saturating_sub(1),
            TagEnd::Link => self.hushed = self.hushed.saturating_sub(1),
            _ => {}
        }
    }

    /// Where the last word ends in `range`. Items in one another end together, behind all blank lines there are.
    fn end_of_words(&mut self, range: Range<usize>) -> usize {
        if self.blank.end != range.end {
            self.blank = self.text[..range.end].trim_end().len()..range.end;
        }
        self.blank.start.max(range.start)
    }

    /// A paragraph right before a list or a table leads it in.
    fn lead_in(&self) -> Option<usize> {
        let last = self.outline.blocks.len().checked_sub(1)?;
        let block = &self.outline.blocks[last];
        let leads = block.kind == BlockKind::Paragraph && self.text[block.range.clone()].trim_end().trim_end_matches('*').ends_with(':');
        leads.then_some(last)
    }

    /// A short line with a list right under it names what the list is of: nobody writes a colon in a hurry.
    fn called(&self, list: usize) -> Option<usize> {
        let last = self.outline.blocks.len().checked_sub(1)?;
        let block = &self.outline.blocks[last];
        let line = self.text[block.range.clone()].trim_end();
        let between = self.text.get(block.range.start + line.len()..list)?;
        let alone = block.kind == BlockKind::Paragraph && line.len() <= LONGEST_LABEL && !line.contains(['\n', '\r']);
        let under = between.trim().is_empty() && between.matches('\n').count() == 1;
        (alone && under && line.ends_with(|c: char| c.is_alphanumeric() || c == ')' || c == '*')).then_some(last)
    }

    fn open_block(&mut self, kind: BlockKind, range: Range<usize>) {
        let item = self.items.last();
        let is_item = matches!(kind, BlockKind::Item(_));
        let parent = match item {
            Some(item) if !is_item => item.first,
            _ if is_item => self.lists.last().and_then(|list| list.parent),
            None if matches!(kind, BlockKind::Row(_)) => self.table_lead,
            _ => None,
        };
        let kind = match (kind, item) {
            (BlockKind::Item(_), Some(item)) => BlockKind::Item(item.task),
            (kind, _) => kind,
        };
        // From its mark on, unless something else of the item stands before its words.
        let behind = self.outline.blocks.last().map_or(0, |last| last.range.end);
        let mark = item.filter(|item| is_item && behind <= item.range.start);
        let start = mark.map_or(range.start, |item| item.range.start);
        let group = match kind {
            BlockKind::Row(_) => self.table.map(|(group, _)| group),
            _ => self.lists.last().map(|list| list.group),
        };
        let range = start..start + self.text[start..range.end].trim_end().len();
        let end = range.end;
        self.open = Some(Block { kind, range, runs: Vec::new(), section: 0, parent, group, end });
    }

    fn run(&mut self, range: Range<usize>, code: bool) {
        if self.hushed > 0 || range.is_empty() {
            return;
        }
        if self.open.is_none() {
            // A tight item has no paragraph: its text stands in it.
            let kind =
                if self.items.last().is_some_and(|item| item.first.is_none()) { BlockKind::Item(None) } else { BlockKind::Paragraph };
            self.open_block(kind, range.clone());
        }
        let (cell, strong) = (self.table.map_or(0, |(_, cell)| cell), self.strong > 0);
        if let Some(block) = &mut self.open {
            block.range.end = block.range.end.max(range.end);
            block.end = block.range.end;
            let Some(range) = shortened(self.text, block.range.start, range) else { return };
            match block.runs.last_mut() {
                // The parser parts text at signs that might have been markup.
                Some(last) if last.range.end == range.start && !last.code && !code && last.cell == cell && last.strong == strong => {
                    last.range.end = range.end;
                }
                _ => block.runs.push(Run { range, code, strong, cell }),
            }
        }
    }

    fn close(&mut self) {
        let Some(mut block) = self.open.take() else { return };
        if (!self.lists.is_empty() || self.table.is_some()) && !self.has_room(block.range.start) {
            return;
        }
        if block.range.len() > LONGEST {
            self.outline.limits.push(Limit { at: block.range.start, what: Unread::Long });
        }
        if block.kind == BlockKind::Paragraph && block.parent.is_none() && pseudo_heading(self.text, &block) {
            block.kind = BlockKind::Heading(7);
        }
        if let (BlockKind::Item(_), Some(item)) = (block.kind, self.items.last_mut()) {
            item.first = Some(self.outline.blocks.len());
        }
        // Most blocks are one run, and room for four is taken with the first.
        block.runs.shrink_to_fit();
        self.outline.blocks.extend(labelled(self.text, block));
    }

    /// What is nested in a list counts as part of it.
    fn begin_entries(&mut self) {
        if self.lists.is_empty() {
            self.entries = 0;
        }
    }

    /// May the list, the table or the diagram have one more block, at byte `at`?
    fn has_room(&mut self, at: usize) -> bool {
        self.entries += 1;
        if self.entries == MOST_ENTRIES + 1 {
            self.outline.limits.push(Limit { at, what: Unread::Entries });
        }
        self.entries <= MOST_ENTRIES
    }

    fn code_block(&mut self) {
        let Some((info, mut ranges)) = self.code.take() else { return };
        let (Some(first), Some(last)) = (ranges.first().cloned(), ranges.last().cloned()) else { return };
        if !diagram::is_diagram(&info, &self.text[first.start..last.end]) {
            let language = info.split([' ', ',', '{']).find(|word| !word.is_empty()).unwrap_or_default().to_ascii_lowercase();
            if last.end - first.start > LONGEST {
                self.outline.limits.push(Limit { at: first.start, what: Unread::Long });
                ranges = ranges.into_iter().map_while(|range| shortened(self.text, first.start, range)).collect();
            }
            self.outline.code.push(Code { language, after: self.outline.blocks.len().checked_sub(1), text: ranges });
            return;
        }
        self.begin_entries();
        self.outline.groups += 1;
        let parent = self.items.last().and_then(|item| item.first);
        let whole = &self.text[first.start..last.end];
        let ids = if info.starts_with("mermaid") { diagram::ids(whole) } else { FxHashSet::default() };
        for range in &ranges {
            let mut at = range.start;
            for line in self.text[range.clone()].split_inclusive('\n') {
                let read = shortened(self.text, at, at..at + line.len()).map_or("", |read| &self.text[read]);
                let labels = diagram::labels(read.trim_end(), &ids);
                if let (Some(head), Some(tail)) = (labels.first(), labels.last()) {
                    if !self.has_room(at) {
                        return;
                    }
                    if read.len() < line.len() {
                        self.outline.limits.push(Limit { at, what: Unread::Long });
                    }
                    let range = at + head.start..at + tail.end;
                    let run = |(number, label): (usize, &Range<usize>)| Run {
                        range: at + label.start..at + label.end,
                        code: false,
                        strong: false,
                        cell: u32::try_from(number).unwrap_or(u32::MAX),
                    };
                    let runs = labels.iter().enumerate().map(run).collect();
                    let end = range.end;
                    self.outline.blocks.push(Block {
                        kind: BlockKind::Diagram,
                        range,
                        runs,
                        section: 0,
                        parent,
                        group: Some(self.outline.groups),
                        end,
                    });
                }
                at += line.len();
            }
        }
    }

    fn comments(&mut self, range: Range<usize>) {
        let mut at = range.start.max(self.start);
        while let Some(open) = self.text[at..range.end].find("<!--").map(|found| at + found) {
            let inner = open + 4;
            let Some(close) = self.text[inner..range.end].find("-->").map(|found| inner + found) else { return };
            let body = &self.text[inner..close];
            let text = inner + (body.len() - body.trim_start().len())..inner + body.trim_end().len();
            if body.trim_start().starts_with("followup") {
                self.outline.comments.push(Comment { range: open..close + 3, text });
            }
            at = close + 3;
        }
    }
}

fn depth(level: HeadingLevel) -> u8 {
    level as u8
}
