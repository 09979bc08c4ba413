//! A content file taken apart: front matter, title, lead paragraph and sections, each with its line.

use std::{fmt, ops::Range};

use serde::{Deserialize, Serialize};

/// A Markdown page with YAML front matter. Lines count from 1 in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    pub title: String,
    /// What stands between the title and the first section.
    pub lead: String,
    /// The whole file: few of its sections are ever asked for, and those are read then.
    #[serde(skip)]
    text: Text,
}

/// The text of a file.
#[derive(Clone)]
enum Text {
    Own(String),
    /// Packed away until somebody asks for what lies under this path.
    Packed(fn(&str) -> &'static str, String),
}

/// A part of a page under a `##` heading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    pub title: String,
    /// Line of the heading.
    pub line: usize,
    /// What stands below the heading, blank lines trimmed.
    pub text: String,
}

/// A fenced block of a section: what its info string says and its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fence {
    pub info: String,
    /// Line of the first line inside.
    pub line: usize,
    pub lines: Vec<String>,
}

impl Page {
    /// Takes `text` apart; an error names what is missing and the line.
    pub fn parse(text: &str) -> Result<Self, (usize, String)> {
        let Some(front) = front_lines(text) else {
            return Err((
                1,
                "the file has to begin with front matter: a line `---`, keys such as `kind: concept`, and another `---`".into(),
            ));
        };
        let Some(end) = front else {
            return Err((1, "the front matter has no end: close it with a line `---`".into()));
        };
        let parts = Parts::of(text, end);
        if parts.title.is_empty() {
            return Err((end + 2, "the page has no title: begin its text with a line `# …`".into()));
        }
        Ok(Self { title: parts.title, lead: parts.lead, text: Text::Own(text.to_owned()) })
    }

    /// Gives a page, which was kept without its text, that text again: what `unpack` has under `path`, asked for when the text is.
    pub(crate) fn lay_open(&mut self, path: String, unpack: fn(&str) -> &'static str) {
        self.text = Text::Packed(unpack, path);
    }

    /// The YAML between the first two `---` lines; it begins in line 2.
    pub fn front_matter(&self) -> String {
        let lines: Vec<&str> = lines(self.text.get()).skip(1).take(self.front().saturating_sub(1)).collect();
        lines.join("\n")
    }

    /// Everything below the front matter, as it stands.
    pub fn body(&self) -> String {
        let lines: Vec<&str> = lines(self.text.get()).skip(self.front() + 1).collect();
        lines.join("\n").trim().to_owned()
    }

    /// All sections, in order.
    pub fn sections(&self) -> Vec<Section> {
        Parts::of(self.text.get(), self.front()).sections
    }

    /// The section called `title`, if there is one.
    pub fn section(&self, title: &str) -> Option<Section> {
        self.sections().into_iter().find(|section| section.title.eq_ignore_ascii_case(title))
    }

    /// The number of the line that ends the front matter, counted from 0.
    fn front(&self) -> usize {
        front_lines(self.text.get()).flatten().unwrap_or_default()
    }
}

impl Text {
    fn get(&self) -> &str {
        match self {
            Self::Own(text) => text,
            Self::Packed(unpack, path) => unpack(path),
        }
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::Own(String::new())
    }
}

/// Two are equal where they say the same, wherever it lies.
impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl Eq for Text {}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}

/// What stands below the front matter.
#[derive(Default)]
struct Parts {
    title: String,
    lead: String,
    sections: Vec<Section>,
}

impl Parts {
    /// Reads what stands below line `end`, counted from 0.
    fn of(text: &str, end: usize) -> Self {
        let mut parts = Self::default();
        let mut lead = Vec::new();
        let mut fence: Option<String> = None;
        let mut pending: Option<(Section, Vec<&str>)> = None;
        for (at, line) in lines(text).enumerate().skip(end + 1) {
            let mark = fence_mark(line);
            let heading = if fence.is_none() && mark.is_none() { line } else { "" };
            match (&fence, mark) {
                (None, Some(mark)) => fence = Some(mark),
                (Some(open), Some(mark)) if mark.starts_with(open.as_str()) && line.trim().len() == mark.len() => fence = None,
                _ => {}
            }
            if let Some(title) = heading.strip_prefix("# ").filter(|_| parts.title.is_empty()) {
                parts.title = title.trim().to_owned();
                continue;
            }
            if let Some(title) = heading.strip_prefix("## ") {
                parts.sections.extend(pending.take().map(finish));
                pending = Some((Section { title: title.trim().to_owned(), line: at + 1, text: String::new() }, Vec::new()));
                continue;
            }
            match &mut pending {
                Some((_, lines)) => lines.push(line),
                None => lead.push(line),
            }
        }
        parts.sections.extend(pending.take().map(finish));
        parts.lead = lead.join("\n").trim().to_owned();
        parts
    }
}

fn lines(text: &str) -> std::str::Lines<'_> {
    text.strip_prefix('\u{feff}').unwrap_or(text).lines()
}

/// Whether there is front matter, and the number of the line that ends it, counted from 0.
fn front_lines(text: &str) -> Option<Option<usize>> {
    let mut lines = lines(text);
    lines.next().filter(|line| line.trim_end() == "---")?;
    Some(lines.position(|line| line.trim_end() == "---").map(|at| at + 1))
}

impl Section {
    /// The fenced blocks of the section, in order.
    pub fn fences(&self) -> Vec<Fence> {
        let mut fences = Vec::new();
        let mut open: Option<(String, Fence)> = None;
        for (at, line) in self.text.lines().enumerate() {
            match (&mut open, fence_mark(line)) {
                (None, Some(mark)) => {
                    let info = line.trim()[mark.len()..].trim().to_owned();
                    open = Some((mark, Fence { info, line: self.text_line() + at + 1, lines: Vec::new() }));
                }
                (Some((mark, _)), Some(close)) if close.starts_with(mark.as_str()) && line.trim().len() == close.len() => {
                    fences.extend(open.take().map(|(_, fence)| fence));
                }
                (Some((_, fence)), _) => fence.lines.push(line.to_owned()),
                (None, None) => {}
            }
        }
        fences
    }

    /// The items of the section's checklist, without their marker.
    pub fn checklist(&self) -> Vec<String> {
        let mut items: Vec<String> = Vec::new();
        for line in self.text.lines() {
            if let Some(item) = line.trim_start().strip_prefix("- [ ]") {
                items.push(item.trim().to_owned());
            } else if let (Some(last), false) = (items.last_mut(), line.trim().is_empty()) {
                last.push(' ');
                last.push_str(line.trim());
            }
        }
        items
    }

    fn text_line(&self) -> usize {
        self.line + 1
    }
}

/// The paragraphs of `text`, each as one line.
pub fn paragraphs(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split("\n\n").map(|part| part.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|part| !part.is_empty())
}

/// Byte range of every `…` in `text`.
pub fn blanks(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.match_indices('…').map(|(at, blank)| at..at + blank.len())
}

fn finish((mut section, lines): (Section, Vec<&str>)) -> Section {
    // Leading blank lines are kept, so that lines can still be counted.
    section.text = lines.join("\n").trim_end().to_owned();
    section
}

fn fence_mark(line: &str) -> Option<String> {
    let line = line.trim_start();
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = line.chars().take_while(|c| *c == mark).count();
    (length >= 3).then(|| mark.to_string().repeat(length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_taken_apart_with_its_lines() {
        let page =
            Page::parse("---\nkind: question\n---\n# Why?\n\nSay why.\n\n## Why\nSo.\n\n## Open\n```design\n# not a heading\nx\n^\n```\n")
                .expect("a page");
        assert_eq!((page.title.as_str(), page.lead.as_str(), page.front_matter().as_str()), ("Why?", "Say why.", "kind: question"));
        assert!(page.body().starts_with("# Why?") && page.body().ends_with("```"));
        let fence = &page.section("open").expect("a section").fences()[0];
        assert_eq!((fence.line, fence.lines.len()), (13, 3));
    }

    #[test]
    fn a_page_without_front_matter_or_title_says_what_to_do() {
        assert!(Page::parse("# Title").is_err_and(|(line, told)| line == 1 && told.contains("front matter")));
        assert!(Page::parse("---\nkind: concept\n").is_err_and(|(_, told)| told.contains("close it")));
        assert!(Page::parse("---\nkind: concept\n---\ntext").is_err_and(|(line, told)| line == 4 && told.contains("title")));
    }

    #[test]
    fn a_checklist_item_may_run_over_lines() {
        let section = Section { text: "- [ ] one …\n  more\n- [ ] two …".into(), ..Section::default() };
        assert_eq!(section.checklist(), ["one … more", "two …"]);
    }
}
