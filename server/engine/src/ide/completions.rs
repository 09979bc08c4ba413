//! The checklists as templates to type into, and question ids in comments.

use super::{Analysis, Completion, harmless::harmless, style::Style};
use crate::review::Status;

/// The templates that fit at byte `offset`.
pub fn completions(analysis: &Analysis, offset: usize) -> Vec<Completion> {
    if let Some(comment) = analysis.outline.comments.iter().find(|comment| comment.range.start < offset && offset < comment.range.end) {
        return ids(analysis, comment.text.start, offset);
    }
    let line = analysis.text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let before = &analysis.text[line..offset];
    let typed = before.trim_start().trim_start_matches(['-', '*', '+', '[', ']', ' ']);
    // Only at the head of a line, with at most a word typed: elsewhere a template has no place.
    if !analysis.review.design || typed.contains(char::is_whitespace) {
        return Vec::new();
    }
    let style = Style::of(&analysis.text, &analysis.outline);
    let start = line + (before.len() - before.trim_start().len());
    let open = analysis.review.findings.iter().filter(|finding| finding.status == Status::Open);
    let mut questions: Vec<_> = open.filter_map(|finding| analysis.library.question(&finding.id)).collect();
    questions.dedup_by(|a, b| a.id == b.id);
    let template = |question: &crate::content::question::Question| {
        let mut stop = 0;
        let (mut snippet, mut plain) = (Vec::new(), Vec::new());
        for item in question.checklist() {
            let mut parts = item.split('…');
            let mut line = format!("{} [ ] {}", style.bullet, escape(parts.next().unwrap_or_default()));
            for part in parts {
                stop += 1;
                line += &format!("${{{stop}:…}}{}", escape(part));
            }
            snippet.push(line);
            plain.push(format!("{} [ ] {item}", style.bullet));
        }
        Completion {
            label: format!("{} checklist", question.noun),
            detail: question.id.clone(),
            documentation: harmless(format!("{}\n\n{}", question.page.title, question.page.lead), None),
            range: start..offset,
            snippet: snippet.join(style.line_end),
            plain: plain.join(style.line_end),
        }
    };
    questions.into_iter().map(template).collect()
}

fn ids(analysis: &Analysis, from: usize, offset: usize) -> Vec<Completion> {
    let before = &analysis.text[from.min(offset)..offset];
    if !before.starts_with("followup-ignore") || before.contains(':') {
        return Vec::new();
    }
    let start = before.rfind([' ', ',', '\t', '\n']).map_or(offset, |at| from + at + 1);
    let complete = |question: &crate::content::question::Question| Completion {
        label: question.id.clone(),
        detail: question.page.title.clone(),
        documentation: harmless(question.page.lead.clone(), None),
        range: start..offset,
        snippet: escape(&question.id),
        plain: question.id.clone(),
    };
    analysis.library.questions.iter().map(complete).collect()
}

/// Text as it stands in a snippet.
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}
