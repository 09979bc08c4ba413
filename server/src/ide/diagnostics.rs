//! Findings as an editor shows them.

use std::ops::Range;

use super::{Analysis, Diagnostic, notices};
use crate::review::{Finding, Severity, Status, Subject};

/// What is said of the review, and not of the design.
const NOTICE: &str = "followup-limit";

/// Every finding of the document, in byte order.
pub fn diagnostics(analysis: &Analysis) -> Vec<Diagnostic> {
    analysis.review.findings.iter().map(|finding| diagnostic(analysis, finding)).collect()
}

/// What an editor shows of the document: what was not looked at, then findings, and of more than `most` those that weigh most and how many more
/// there are.
pub fn shown(analysis: &Analysis, most: usize) -> Vec<Diagnostic> {
    let mut findings = diagnostics(analysis);
    let heaviest = |finding: &Diagnostic| std::cmp::Reverse(finding.severity);
    findings.sort_by_key(heaviest);
    let more = findings.split_off(most.min(findings.len()));
    findings.sort_by_key(|finding| (finding.range.start, finding.range.end));
    let notices = analysis.notices.iter().map(|message| notice(0..0, message.clone()));
    let last = more.first().map(|first| notice(first.range.clone(), notices::more(more.len())));
    notices.chain(findings).chain(last).collect()
}

fn notice(range: Range<usize>, message: String) -> Diagnostic {
    let key = format!("{NOTICE}|document");
    Diagnostic { range, severity: Severity::Information, status: Status::Open, code: NOTICE.to_owned(), message, related: Vec::new(), key }
}

/// Question and subject: stays the same while the document around it changes.
pub fn key(finding: &Finding) -> String {
    let subject = match &finding.subject {
        Subject::Component(id) => format!("component:{id}"),
        Subject::Claim(id) => format!("claim:{id}"),
        Subject::Fact(what) => format!("fact:{what}"),
        Subject::Failure(what) => format!("failure:{what}"),
        Subject::Document => "document".to_owned(),
    };
    format!("{}|{subject}", finding.id)
}

fn diagnostic(analysis: &Analysis, finding: &Finding) -> Diagnostic {
    let related = finding.related.iter().map(|range| (range.clone(), format!("here, too: {}", quote(&analysis.text[range.clone()]))));
    Diagnostic {
        range: finding.range.clone(),
        severity: finding.severity,
        status: finding.status,
        code: finding.id.clone(),
        message: finding.message.clone(),
        related: related.collect(),
        key: key(finding),
    }
}

/// A stretch of the document on one short line.
fn quote(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
