//! For GitHub Actions: a workflow command a finding, which becomes an annotation.

use std::fmt::Write;

use super::{Checked, Report};
use crate::{cli::lines::Lines, content::Severity, ide::Diagnostic};

pub(in crate::cli) fn github(report: &Report) -> String {
    let mut out = String::new();
    for file in &report.files {
        let lines = Lines::new(&file.text);
        for finding in &file.findings {
            // Writing to a string cannot fail.
            _ = writeln!(out, "{}", annotation(file, &lines, finding));
        }
    }
    for problem in &report.problems {
        let file = problem.file.as_ref().map(|_| format!("file={},", property(&problem.label))).unwrap_or_default();
        let place = problem.at.map(|(line, column)| format!("line={line},col={column},")).unwrap_or_default();
        _ = writeln!(out, "::error {file}{place}title=followup::{}", data(&format!("{}: {}", problem.label, problem.message)));
    }
    out
}

fn annotation(file: &Checked, lines: &Lines, finding: &Diagnostic) -> String {
    let command = match finding.severity {
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "notice",
    };
    let [from, to] = [finding.range.start, finding.range.end].map(|at| lines.place_in_characters(at));
    let (name, title, message) = (property(&file.name), property(&finding.code), data(&finding.message));
    // Columns only count where the annotation stays in its line.
    let columns = if from.line == to.line { format!(",col={},endColumn={}", from.column, to.column) } else { String::new() };
    format!("::{command} file={name},line={},endLine={}{columns},title={title}::{message}", from.line, to.line)
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
