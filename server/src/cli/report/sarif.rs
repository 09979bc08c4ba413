//! For code scanning: SARIF 2.1.0.

use std::{collections::BTreeMap, ops::Range, path::Path};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::{Checked, Report};
use crate::{
    cli::lines::Lines,
    content::{Severity, page::paragraphs},
    ide::Diagnostic,
    workspace::Problem,
};

/// What may stand in a path as it is.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

pub(in crate::cli) fn sarif(report: &Report) -> String {
    let rules = rules(report);
    let numbers: BTreeMap<_, _> = rules.keys().enumerate().map(|(number, id)| (*id, number)).collect();
    let results: Vec<_> = report.files.iter().flat_map(|file| results(file, &numbers)).collect();
    let notifications: Vec<_> = report.problems.iter().map(notification).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "followup",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.into_values().collect::<Vec<_>>(),
            } },
            "invocations": [{
                "executionSuccessful": report.problems.is_empty(),
                "toolExecutionNotifications": notifications,
            }],
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    // A value of strings and numbers can always be written.
    serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
}

/// The questions that were found open, by their id.
fn rules(report: &Report) -> BTreeMap<&str, Value> {
    let mut rules = BTreeMap::new();
    for file in &report.files {
        for finding in &file.findings {
            rules.entry(finding.code.as_str()).or_insert_with(|| rule(file, &finding.code));
        }
    }
    rules
}

fn rule(file: &Checked, id: &str) -> Value {
    let mut rule = json!({ "id": id });
    // A finding about a comment is of no question, and has no page.
    if let Some(question) = file.resolved.library.question(id) {
        rule["shortDescription"] = json!({ "text": question.page.title });
        rule["fullDescription"] = json!({ "text": paragraphs(&question.page.lead).collect::<Vec<_>>().join("\n\n") });
        rule["help"] = json!({ "text": question.page.body, "markdown": question.page.body });
        rule["defaultConfiguration"] = json!({ "level": level(question.severity) });
    }
    if let Some(page) = file.resolved.settings.page_of(id) {
        rule["helpUri"] = page.into();
    }
    rule
}

fn results(file: &Checked, numbers: &BTreeMap<&str, usize>) -> Vec<Value> {
    let lines = Lines::new(&file.text);
    file.findings.iter().map(|finding| result(file, &lines, finding, numbers.get(finding.code.as_str()))).collect()
}

fn result(file: &Checked, lines: &Lines, finding: &Diagnostic, rule: Option<&usize>) -> Value {
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
        "ruleIndex": rule,
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

fn notification(problem: &Problem) -> Value {
    let mut notification = json!({
        "level": "error",
        "message": { "text": format!("{}: {}", problem.label, problem.message) },
    });
    if problem.file.is_some() {
        let mut place = json!({ "artifactLocation": { "uri": uri(&problem.label) } });
        if let Some((line, column)) = problem.at {
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
