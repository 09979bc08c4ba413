//! For code scanning: SARIF 2.1.0.

use std::{collections::BTreeMap, ops::Range, path::Path, sync::Arc};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::{Checked, Form, Tally};
use crate::{
    cli::lines::Lines,
    content::{Severity, page::paragraphs},
    ide::{Diagnostic, harmless},
    workspace::{Problem, Resolved},
};

/// What may stand in a path as it is.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// One log. It names its rules before its results, and so is written in the end.
#[derive(Debug, Clone, Default)]
pub(in crate::cli) struct Sarif {
    /// The questions that were found open, by their id.
    rules: BTreeMap<String, Value>,
    results: Vec<Value>,
    notifications: Vec<Value>,
    failed: bool,
}

pub(in crate::cli) struct Piece {
    results: Vec<Value>,
    notifications: Vec<Value>,
    ids: Vec<String>,
    resolved: Arc<Resolved>,
}

impl Form for Sarif {
    type Piece = Piece;

    fn piece(&self, file: &Checked) -> Piece {
        let lines = Lines::new(&file.text);
        Piece {
            results: file.findings.iter().map(|finding| result(file, &lines, finding)).collect(),
            notifications: file.notices.iter().map(|notice| notification("note", notice, Some((&file.name, None)))).collect(),
            ids: file.findings.iter().map(|finding| finding.code.clone()).collect(),
            resolved: file.resolved.clone(),
        }
    }

    fn join(&mut self, piece: Piece) -> String {
        for id in piece.ids {
            self.rules.entry(id).or_insert_with_key(|id| rule(&piece.resolved, id));
        }
        self.results.extend(piece.results);
        self.notifications.extend(piece.notifications);
        String::new()
    }

    fn problem(&mut self, problem: &Problem) -> String {
        self.failed = true;
        let message = format!("{}: {}", problem.label, problem.message);
        let place = problem.file.as_ref().map(|_| (problem.label.as_str(), problem.at));
        self.notifications.push(notification("error", &message, place));
        String::new()
    }

    fn end(&mut self, _: &Tally) -> String {
        let Self { rules, mut results, notifications, failed } = std::mem::take(self);
        let numbers: BTreeMap<_, _> = rules.keys().enumerate().map(|(number, id)| (id.as_str(), number)).collect();
        for result in &mut results {
            result["ruleIndex"] = result["ruleId"].as_str().and_then(|id| numbers.get(id).copied()).into();
        }
        let log = json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": "followup",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules.values().collect::<Vec<_>>(),
                } },
                "invocations": [{
                    "executionSuccessful": !failed,
                    "toolExecutionNotifications": notifications,
                }],
                "columnKind": "unicodeCodePoints",
                "results": results,
            }],
        });
        // A value of strings and numbers can always be written.
        serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
    }
}

fn rule(resolved: &Resolved, id: &str) -> Value {
    let mut rule = json!({ "id": id });
    // A finding about a comment is of no question, and has no page.
    if let Some(question) = resolved.library.question(id) {
        rule["shortDescription"] = json!({ "text": question.page.title });
        rule["fullDescription"] = json!({ "text": paragraphs(&question.page.lead).collect::<Vec<_>>().join("\n\n") });
        // Whoever reads the log renders it, and the page may be anybody's.
        let body = question.page.body();
        rule["help"] = json!({ "text": body, "markdown": harmless(body.clone(), None) });
        rule["defaultConfiguration"] = json!({ "level": level(question.severity) });
    }
    if let Some(page) = resolved.settings.page_of(id) {
        rule["helpUri"] = page.into();
    }
    rule
}

fn result(file: &Checked, lines: &Lines, finding: &Diagnostic) -> Value {
    let location = |range: &Range<usize>| {
        json!({
            "artifactLocation": { "uri": uri(&file.name) },
            "region": region(lines, range),
        })
    };
    let related =
        finding.related.iter().map(|(range, message)| json!({ "physicalLocation": location(range), "message": { "text": message } }));
    json!({
        "ruleId": finding.code,
        "level": level(finding.severity),
        "message": { "text": finding.message },
        "locations": [{ "physicalLocation": location(&finding.range) }],
        "relatedLocations": related.collect::<Vec<_>>(),
        "partialFingerprints": { "followup/v1": finding.key },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "note",
    }
}

fn region(lines: &Lines, range: &Range<usize>) -> Value {
    let [from, to] = [range.start, range.end].map(|at| lines.place_in_characters(at));
    json!({
        "startLine": from.line,
        "startColumn": from.column,
        "endLine": to.line,
        "endColumn": to.column,
        "byteOffset": range.start,
        "byteLength": range.len(),
    })
}

/// `place` is a file, with line and column where they are known.
fn notification(level: &str, message: &str, place: Option<(&str, Option<(usize, usize)>)>) -> Value {
    let mut notification = json!({ "level": level, "message": { "text": message } });
    if let Some((file, at)) = place {
        let mut place = json!({ "artifactLocation": { "uri": uri(file) } });
        if let Some((line, column)) = at {
            place["region"] = json!({ "startLine": line, "startColumn": column });
        }
        notification["locations"] = json!([{ "physicalLocation": place }]);
    }
    notification
}

/// A path relative to where the check ran stays relative: a viewer resolves it against the root of its repository.
fn uri(name: &str) -> String {
    let slashes = name.replace(std::path::MAIN_SEPARATOR, "/");
    let encoded = utf8_percent_encode(&slashes, PATH).to_string();
    match Path::new(name).is_absolute() {
        true => format!("file://{}{encoded}", if slashes.starts_with('/') { "" } else { "/" }),
        false => encoded,
    }
}
