//! How a document is written, so that what is inserted looks like the rest of it.

use crate::outline::{BlockKind, Outline};

/// The habits of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) line_end: &'static str,
    /// `-`, `*` or `+`
    pub(super) bullet: char,
    /// Headings are underlined rather than marked with `#`.
    pub(super) underlined: bool,
    /// Headings have `#` behind, too.
    pub(super) closed: bool,
    /// There are headings at all.
    pub(super) headings: bool,
}

impl Style {
    pub(super) fn of(text: &str, outline: &Outline) -> Self {
        let windows = text.matches("\r\n").count();
        let line_end = if windows * 2 > text.matches('\n').count() { "\r\n" } else { "\n" };
        let count = |marker: char| {
            let items = outline.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Item(_)));
            items.filter(|block| text[block.range.clone()].starts_with(marker)).count()
        };
        // The first of equals is the commonest in the world.
        let bullet = ['+', '*', '-'].into_iter().max_by_key(|marker| count(*marker)).unwrap_or('-');
        let headings = || {
            let real = outline.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(1..=6)));
            real.map(|block| text[block.range.clone()].trim_end())
        };
        let marked = |heading: &str| heading.trim_start().starts_with('#');
        Self {
            line_end,
            bullet,
            underlined: headings().next().is_some() && headings().all(|heading| !marked(heading)),
            closed: headings().next().is_some() && headings().all(|heading| marked(heading) && heading.ends_with('#')),
            headings: headings().next().is_some(),
        }
    }

    /// A heading of `level`; a bold line where the document has none.
    pub(super) fn heading(&self, level: u8, title: &str) -> String {
        match (self.headings, self.underlined && level <= 2) {
            (false, _) => format!("**{title}**"),
            (true, true) => {
                let line = if level == 1 { "=" } else { "-" };
                format!("{title}{}{}", self.line_end, line.repeat(title.chars().count().max(3)))
            }
            (true, false) => {
                let marks = "#".repeat(level.clamp(1, 6).into());
                format!("{marks} {title}{}", if self.closed { format!(" {marks}") } else { String::new() })
            }
        }
    }
}
