//! For programs: one object, whose shape is in `check.schema.json`.

use serde::Serialize;

use super::{Checked, Report, severity_name, status_name};
use crate::{
    cli::lines::{Lines, Place},
    ide::Diagnostic,
    workspace::Problem,
};

/// Raised when a reader of the last version could be misled.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Output<'a> {
    schema: u32,
    followup: &'static str,
    files: Vec<File<'a>>,
    problems: Vec<Wrong<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    design: bool,
    service: bool,
    findings: Vec<Finding<'a>>,
    suppressed: usize,
    left_out: usize,
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
struct Wrong<'a> {
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

pub(in crate::cli) fn json(report: &Report) -> String {
    let counts = report.counts();
    let output = Output {
        schema: SCHEMA,
        followup: env!("CARGO_PKG_VERSION"),
        files: report.files.iter().map(file).collect(),
        problems: report.problems.iter().map(wrong).collect(),
        summary: Summary {
            files: report.files.len(),
            designs: report.files.iter().filter(|file| file.design).count(),
            warnings: counts.warnings,
            informations: counts.informations,
            hints: counts.hints,
        },
    };
    // Only strings and numbers: nothing in it can fail.
    serde_json::to_string_pretty(&output).unwrap_or_default() + "\n"
}

fn file(file: &Checked) -> File<'_> {
    let lines = Lines::new(&file.text);
    File {
        path: &file.name,
        design: file.design,
        service: file.service,
        findings: file.findings.iter().map(|found| finding(file, &lines, found)).collect(),
        suppressed: file.suppressed,
        left_out: file.left_out,
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

fn wrong(problem: &Problem) -> Wrong<'_> {
    let (line, column) = problem.at.unzip();
    Wrong { path: &problem.label, line, column, message: &problem.message }
}
