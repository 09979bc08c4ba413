//! For programs: an object a line, for each document and for each problem, so that the output of several runs is joined by writing it together.

use serde::Serialize;

use super::{Checked, Form, json};
use crate::workspace::Problem;

#[derive(Debug, Clone)]
pub(in crate::cli) struct JsonLines;

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Line<'a> {
    Document(json::File<'a>),
    Problem(json::Wrong<'a>),
}

impl Form for JsonLines {
    type Piece = String;

    fn piece(&self, file: &Checked) -> String {
        written(&Line::Document(json::file(file)))
    }

    fn join(&mut self, piece: String) -> String {
        piece
    }

    fn problem(&mut self, problem: &Problem) -> String {
        written(&Line::Problem(json::wrong(problem)))
    }
}

fn written(line: &Line<'_>) -> String {
    // Only strings and numbers: nothing in it can fail.
    serde_json::to_string(line).unwrap_or_default() + "\n"
}
