//! Mistakes in settings and content files as diagnostics of those files.

use std::{collections::HashMap, path::PathBuf};

use tower_lsp::gen_lsp_types::{Diagnostic, DiagnosticSeverity, Uri};

use crate::{
    text::{Encoding, Position, Text},
    workspace::{self, Problem},
};

use super::to_proto::{self, SOURCE};

/// The mistakes that are in a file, and what to say of the others, which are in the editor's own settings.
pub(super) fn sort(problems: Vec<Problem>) -> (Vec<(PathBuf, Problem)>, Vec<String>) {
    let (mut in_files, mut said) = (Vec::new(), Vec::new());
    for problem in problems {
        match problem.file.clone() {
            Some(file) => in_files.push((file, problem)),
            None => said.push(format!("Followup: {problem}")),
        }
    }
    (in_files, said)
}

/// The diagnostics of each file. `open` are the documents that the editor has under names of its own. Reads the files, for their columns.
pub(super) fn by_file(
    problems: &[(PathBuf, Problem)],
    open: &[(Uri, Option<PathBuf>)],
    encoding: Encoding,
) -> HashMap<Uri, Vec<Diagnostic>> {
    let mut files = HashMap::<Uri, Vec<Diagnostic>>::new();
    for (path, problem) in problems {
        let editors = open.iter().find(|(_, open)| open.as_ref() == Some(path));
        let uri = editors.map_or_else(|| to_proto::uri(path), |(uri, _)| uri.clone());
        let text = Text::new(&workspace::read(path).unwrap_or_default());
        files.entry(uri).or_default().push(diagnostic(problem, &text, encoding));
    }
    files
}

/// From the place of the mistake to the end of its line.
fn diagnostic(problem: &Problem, text: &Text, encoding: Encoding) -> Diagnostic {
    let (line, column) = problem.at.map_or((0, 0), |(line, column)| (line.saturating_sub(1), column.saturating_sub(1)));
    let start = text.offset(Position { line, column }, Encoding::Utf8);
    let end = text.line(line).end.max(start);
    Diagnostic {
        range: to_proto::range(text, &(start..end), encoding),
        severity: Some(DiagnosticSeverity::Warning),
        source: Some(SOURCE.to_owned()),
        message: problem.message.clone().into(),
        ..Diagnostic::default()
    }
}
