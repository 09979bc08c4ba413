//! Where a checklist, a table or a line belongs in a document, and the edit that puts it there.

use std::ops::Range;

use super::{Analysis, TextEdit, style::Style};
use crate::{
    content::question::{Fix, Place, Question},
    outline::{BlockKind, Section},
    review::{FAILURE_TABLE, Finding, Subject},
};

/// The deepest level of a heading.
const DEEPEST: u8 = 6;

/// The checklist or table that answers `finding`.
pub(super) fn answer(analysis: &Analysis, question: &Question, finding: &Finding) -> Option<TextEdit> {
    let style = analysis.style();
    let body = match question.fix {
        Fix::Checklist => checklist(question, style),
        Fix::FailureTable => failure_table(analysis, style)?,
    };
    Some(section(analysis, finding, question, &title(analysis, question, finding), &body, style))
}

/// A line that puts the question out of scope, in a section for that.
pub(super) fn out_of_scope(analysis: &Analysis, question: &Question, finding: &Finding) -> TextEdit {
    let style = analysis.style();
    let line = format!("{} {}: out of scope here", style.bullet, title(analysis, question, finding));
    match section_of_role(analysis, "out-of-scope") {
        Some(number) => {
            let at = end_of(analysis, number);
            let list = analysis.outline.sections[number].blocks.clone().last().map(|block| analysis.outline.blocks[block].kind);
            let gap = if matches!(list, Some(BlockKind::Item(_))) { style.line_end.to_owned() } else { style.line_end.repeat(2) };
            TextEdit { range: at..at, text: format!("{gap}{line}") }
        }
        None => at_end(
            analysis,
            &format!("{}{}{line}", style.heading(section_level(analysis), "Out of scope"), style.line_end.repeat(2)),
            style,
        ),
    }
}

/// A heading for what answers the question.
fn title(analysis: &Analysis, question: &Question, finding: &Finding) -> String {
    let mut letters = question.noun.chars();
    let noun: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    let component = match &finding.subject {
        Subject::Component(id) => analysis.review.components.iter().find(|component| component.id == *id),
        _ => None,
    };
    match component {
        Some(component) => format!("{noun}: {}", component.title),
        None => noun,
    }
}

fn checklist(question: &Question, style: Style) -> String {
    let items: Vec<String> = question.checklist().iter().map(|item| format!("{} [ ] {item}", style.bullet)).collect();
    items.join(style.line_end)
}

/// A row for each stateful component, or for those that no failure is told of.
fn failure_table(analysis: &Analysis, style: Style) -> Option<String> {
    let stateful = |concept: &str| analysis.library.concept(concept).is_some_and(|concept| concept.stateful);
    let components = analysis.review.components.iter().filter(|component| stateful(&component.concept));
    let mut names: Vec<String> = components.map(|component| component.title.replace('|', "/")).collect();
    names.dedup();
    if names.is_empty() {
        names.push("…".to_owned());
    }
    let mut rows = vec![format!("| {} |", FAILURE_TABLE.join(" | ")), format!("|{}", " --- |".repeat(FAILURE_TABLE.len()))];
    rows.extend(names.iter().map(|name| format!("| {name} |{}", " … |".repeat(FAILURE_TABLE.len() - 1))));
    Some(rows.join(style.line_end))
}

/// `body` under a heading, in the section that the finding is about.
fn section(analysis: &Analysis, finding: &Finding, question: &Question, title: &str, body: &str, style: Style) -> TextEdit {
    let outline = &analysis.outline;
    let gap = style.line_end.repeat(2);
    let role = question.places.iter().find_map(|place| match place {
        Place::Section(role) => section_of_role(analysis, role),
        _ => None,
    });
    let around = || outline.block_at(finding.range.start).map(|block| outline.blocks[block].section).unwrap_or(0);
    let number = match &finding.subject {
        Subject::Document => role,
        _ => Some(around()),
    };
    let real = |section: &Section| (1..=DEEPEST).contains(&section.level);
    match number {
        Some(number) if style.headings => {
            let holder = outline.ancestors(number).find(|at| real(&outline.sections[*at]));
            let level = holder.map_or(section_level(analysis), |at| outline.sections[at].level + 1);
            // Behind what is nested in it already: several checklists stand in the order in which they came.
            let at = trimmed(analysis, outline.sections[holder.unwrap_or(number)].range.clone());
            let heading = if level > DEEPEST { format!("**{title}**") } else { style.heading(level, title) };
            TextEdit { range: at..at, text: format!("{gap}{heading}{gap}{body}") }
        }
        _ => at_end(analysis, &format!("{}{gap}{body}", style.heading(section_level(analysis), title)), style),
    }
}

/// The level that the sections of the document have.
fn section_level(analysis: &Analysis) -> u8 {
    let levels = analysis.outline.sections.iter().map(|section| section.level).filter(|level| (2..=DEEPEST).contains(level));
    levels.min().unwrap_or(2)
}

fn section_of_role(analysis: &Analysis, role: &str) -> Option<usize> {
    let sections = analysis.outline.sections.iter().enumerate();
    let mut fitting = sections.filter(|(_, section)| {
        let heading = section.heading.filter(|_| section.level <= DEEPEST);
        heading.is_some_and(|block| analysis.review.headings.get(&block).is_some_and(|told| told == role))
    });
    fitting.next().map(|(number, _)| number)
}

/// Where the section's own text ends, before the next heading.
fn end_of(analysis: &Analysis, section: usize) -> usize {
    let next = analysis.outline.sections.get(section + 1);
    let limit = next.map_or(analysis.text.len(), |next| next.range.start);
    trimmed(analysis, analysis.outline.sections[section].range.start..limit)
}

/// The end of `range` without the blank lines there.
fn trimmed(analysis: &Analysis, range: Range<usize>) -> usize {
    let start = range.start.max(analysis.outline.start);
    start + analysis.text[start..range.end.max(start)].trim_end().len()
}

fn at_end(analysis: &Analysis, text: &str, style: Style) -> TextEdit {
    let end = analysis.outline.start + analysis.text[analysis.outline.start..].trim_end().len();
    let gap = if end == analysis.outline.start { String::new() } else { style.line_end.repeat(2) };
    // A file that ends without a line end gets one behind what is added, and keeps what it has otherwise.
    let tail = if analysis.text[end..].contains('\n') { "" } else { style.line_end };
    TextEdit { range: end..end, text: format!("{gap}{text}{tail}") }
}
