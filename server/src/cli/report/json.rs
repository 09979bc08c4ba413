//! For programs: one object, whose shape is in `check.schema.json`.

use serde::Serialize;

use super::{Checked, Form, Tally, severity_name, status_name};
use crate::{
    cli::lines::{Lines, Place},
    ide::Diagnostic,
    workspace::Problem,
};

/// Raised when a reader of the last version could be misled.
const SCHEMA: u32 = 1;

/// One object, written as it grows.
#[derive(Debug, Clone, Default)]
pub(in crate::cli) struct Json {
    /// Has a document been written?
    begun: bool,
    problems: Vec<String>,
}

impl Form for Json {
    type Piece = String;

    fn piece(&self, checked: &Checked) -> String {
        indented(&file(checked), 4)
    }

    fn problem(&mut self, problem: &Problem) -> String {
        self.problems.push(indented(&wrong(problem), 4));
        String::new()
    }

    fn join(&mut self, piece: String) -> String {
        let before = if self.begun { ",".to_owned() } else { head() };
        self.begun = true;
        format!("{before}\n{piece}")
    }

    fn end(&mut self, tally: &Tally) -> String {
        let files = if self.begun { "\n  ".to_owned() } else { head() };
        let problems = match self.problems.as_slice() {
            [] => String::new(),
            problems => format!("\n{}\n  ", problems.join(",\n")),
        };
        let &Tally { files: count, designs, warnings, informations, hints, .. } = tally;
        let summary = Summary { files: count, designs, warnings, informations, hints };
        format!("{files}],\n  \"problems\": [{problems}],\n  \"summary\": {}\n}}\n", indented(&summary, 2).trim_start())
    }
}

fn head() -> String {
    format!("{{\n  \"schema\": {SCHEMA},\n  \"followup\": \"{}\",\n  \"files\": [", env!("CARGO_PKG_VERSION"))
}

/// A value on lines of its own. No string of JSON holds a line end.
fn indented(value: &impl Serialize, by: usize) -> String {
    // Only strings and numbers: nothing in it can fail.
    let written = serde_json::to_string_pretty(value).unwrap_or_default();
    written.lines().map(|line| format!("{:by$}{line}", "")).collect::<Vec<_>>().join("\n")
}

#[derive(Serialize)]
pub(super) struct File<'a> {
    path: &'a str,
    design: bool,
    service: bool,
    findings: Vec<Finding<'a>>,
    suppressed: usize,
    left_out: usize,
    notices: &'a [String],
}

#[derive(Serialize)]
struct Finding<'a> {
    id: &'a str,
    #[serde(flatten)]
    span: Span,
    severity: &'static str,
    status: &'static str,
    message: &'a str,
    key: &'a str,
    page: Option<String>,
    related: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    span: Span,
    message: &'a str,
}

#[derive(Serialize)]
struct Span {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
pub(super) struct Wrong<'a> {
    path: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    message: &'a str,
}

#[derive(Serialize)]
struct Summary {
    files: usize,
    designs: usize,
    warnings: usize,
    informations: usize,
    hints: usize,
}

pub(super) fn file(file: &Checked) -> File<'_> {
    let lines = Lines::new(&file.text);
    File {
        path: &file.name,
        design: file.design,
        service: file.service,
        findings: file.findings.iter().map(|found| finding(file, &lines, found)).collect(),
        suppressed: file.suppressed,
        left_out: file.left_out,
        notices: &file.notices,
    }
}

fn finding<'a>(file: &'a Checked, lines: &Lines, found: &'a Diagnostic) -> Finding<'a> {
    Finding {
        id: &found.code,
        span: span(lines, &found.range),
        severity: severity_name(found.severity),
        status: status_name(found.status),
        message: &found.message,
        key: &found.key,
        page: file.resolved.settings.page_of(&found.code),
        related: found.related.iter().map(|(range, message)| Related { span: span(lines, range), message }).collect(),
    }
}

fn span(lines: &Lines, range: &std::ops::Range<usize>) -> Span {
    let [from, to] = [range.start, range.end].map(|at| lines.place(at));
    let Place { line, column } = from;
    Span { line, column, end_line: to.line, end_column: to.column, start: range.start, end: range.end }
}

pub(super) fn wrong(problem: &Problem) -> Wrong<'_> {
    let (line, column) = problem.at.unzip();
    Wrong { path: &problem.label, line, column, message: &problem.message }
}
