//! `followup explain`: the page of a question or a concept, and the list of them all.

use std::fmt::Write;

use super::{
    Outcome, Places,
    console::{BOLD, Console, DIM, Way, wrap},
    report::severity_name,
};
use crate::{
    content::{
        Library,
        concept::Concept,
        page::{Page, Section},
        question::{Each, Question},
    },
    ide,
    workspace::{Files, Workspace},
};

/// A page is read in a terminal of any kind, and was written for this width.
const WIDTH: usize = 80;

/// Read the page of a question or a concept, or list them all
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The id of a question, a group of questions (`GROUP/*`), or what a concept is called; without one, all are listed
    id: Option<String>,

    /// Show every example of a question, rather than one of each kind
    #[arg(long)]
    examples: bool,

    #[command(flatten)]
    places: Places,
}

pub(super) fn run(arguments: &Arguments, console: &Console) -> anyhow::Result<Outcome> {
    let workspace = Workspace::new(arguments.places.options(Files::Nearest)?);
    let resolved = workspace.settings_for(None);
    for problem in &resolved.problems {
        console.error(&problem.to_string());
    }
    let page = match &arguments.id {
        None => list(&resolved.library, ""),
        Some(id) => page(&resolved.library, id, arguments.examples)?,
    };
    console.print(Way::Styled, &page)?;
    Ok(if resolved.problems.is_empty() { Outcome::Clean } else { Outcome::Incomplete })
}

fn page(library: &Library, id: &str, examples: bool) -> anyhow::Result<String> {
    if let Some(question) = library.question(id) {
        return Ok(question_page(library, question, examples));
    }
    if let Some(concept) = library.concept(id) {
        return Ok(concept_page(library, concept));
    }
    let group = format!("{}/", id.trim_end_matches('*').trim_end_matches('/'));
    if library.questions.iter().any(|question| question.id.starts_with(&group)) {
        return Ok(list(library, &group));
    }
    match library.concepts_called(id).as_slice() {
        [concept] => Ok(concept_page(library, concept)),
        _ => anyhow::bail!("no question and no concept is called `{id}`; {}", ide::remedy_for(library, id)),
    }
}

fn question_page(library: &Library, question: &Question, examples: bool) -> String {
    let mut out = heading(&question.page, &format!("{} · {}", question.id, severity_name(question.severity)));
    for section in &question.page.sections() {
        let text = if examples || section.fences().is_empty() { section.text.as_str() } else { first_block(section) };
        // Writing to a string cannot fail.
        _ = write!(out, "\n{BOLD}## {}{BOLD:#}\n\n{}\n", section.title, text.trim());
    }
    sources(&mut out, library, &question.sources);
    out
}

fn concept_page(library: &Library, concept: &Concept) -> String {
    let mut out = heading(&concept.page, &concept.id);
    for section in &concept.page.sections() {
        _ = write!(out, "\n{BOLD}## {}{BOLD:#}\n\n{}\n", section.title, section.text.trim());
    }
    let asks = |question: &&Question| question.each == Each::Component(concept.id.clone()) || question.about.contains(&concept.id);
    let questions: Vec<_> = library.questions.iter().filter(asks).collect();
    if !questions.is_empty() {
        _ = write!(out, "\n{BOLD}## Asked of it{BOLD:#}\n\n{}", listed(questions));
    }
    sources(&mut out, library, &concept.sources);
    out
}

fn heading(page: &Page, what: &str) -> String {
    let lead = if page.lead.is_empty() { String::new() } else { format!("\n{}\n", page.lead) };
    let title = wrap(&page.title, WIDTH - 2).join("\n  ");
    format!("{BOLD}# {title}{BOLD:#}\n{DIM}{what}{DIM:#}\n{lead}")
}

/// A section of examples up to the end of its first one.
fn first_block(section: &Section) -> &str {
    let text = &section.text;
    let fences = text.match_indices("\n```").filter(|(at, _)| text[at + 1..].lines().next().is_some_and(|line| line.trim_end() == "```"));
    let end = fences.map(|(at, mark)| at + mark.len()).next().unwrap_or(text.len());
    &text[..end]
}

fn sources(out: &mut String, library: &Library, ids: &[String]) {
    for source in ids.iter().filter_map(|id| library.origin(id)) {
        let author = source.author.as_ref().map(|author| format!(" ({author})")).unwrap_or_default();
        let url = source.url.as_ref().map(|url| format!("\n{url}")).unwrap_or_default();
        let told = wrap(&format!("From: {}{author}", source.title), WIDTH).join("\n");
        _ = write!(out, "\n{DIM}{told}{url}{DIM:#}\n");
    }
}

/// Every question whose id begins with `group`, and with all of them the concepts.
fn list(library: &Library, group: &str) -> String {
    let questions = library.questions.iter().filter(|question| question.id.starts_with(group));
    let mut out = format!("{BOLD}Questions{BOLD:#}\n{}", listed(questions));
    if group.is_empty() {
        _ = write!(out, "\n{BOLD}Concepts{BOLD:#}\n");
        let width = library.concepts.iter().map(|concept| concept.id.len()).max().unwrap_or(0);
        let mut concepts: Vec<_> = library.concepts.iter().collect();
        concepts.sort_by_key(|concept| &concept.id);
        for concept in concepts {
            _ = writeln!(out, "  {:width$}  {}", concept.id, concept.page.title);
        }
    }
    out
}

/// A line a question, with a blank line between groups.
fn listed<'a>(questions: impl IntoIterator<Item = &'a Question>) -> String {
    let questions: Vec<_> = questions.into_iter().collect();
    let width = questions.iter().map(|question| question.id.len()).max().unwrap_or(0);
    let group = |question: &Question| question.id.rsplit_once('/').map(|(group, _)| group.to_owned());
    let mut out = String::new();
    for (at, question) in questions.iter().enumerate() {
        if at > 0 && group(questions[at - 1]) != group(question) {
            out.push('\n');
        }
        let severity = severity_name(question.severity);
        let before = width + "  ".len() * 3 + "information".len();
        let title = wrap(&question.page.title, WIDTH.saturating_sub(before)).join(&format!("\n{:before$}", ""));
        _ = writeln!(out, "  {:width$}  {DIM}{severity:11}{DIM:#}  {title}", question.id);
    }
    out
}
