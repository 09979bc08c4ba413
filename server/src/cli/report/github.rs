//! For GitHub Actions: a workflow command a finding, which becomes an annotation.

use std::fmt::Write;

use super::{Checked, Form};
use crate::{cli::lines::Lines, content::Severity, ide::Diagnostic, workspace::Problem};

#[derive(Debug, Clone)]
pub(in crate::cli) struct Github;

impl Form for Github {
    type Piece = String;

    fn piece(&self, file: &Checked) -> String {
        let mut out = String::new();
        let lines = Lines::new(&file.text);
        for notice in &file.notices {
            // Writing to a string cannot fail.
            _ = writeln!(out, "::notice file={},title=followup::{}", property(&file.name), data(notice));
        }
        for finding in &file.findings {
            _ = writeln!(out, "{}", annotation(file, &lines, finding));
        }
        out
    }

    fn join(&mut self, piece: String) -> String {
        piece
    }

    fn problem(&mut self, problem: &Problem) -> String {
        let file = problem.file.as_ref().map(|_| format!("file={},", property(&problem.label))).unwrap_or_default();
        let place = problem.at.map(|(line, column)| format!("line={line},col={column},")).unwrap_or_default();
        format!("::error {file}{place}title=followup::{}\n", data(&format!("{}: {}", problem.label, problem.message)))
    }
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
