//! Findings as an editor shows them.

use super::{Analysis, Diagnostic};
use crate::review::{Finding, Subject};

/// Every finding of the document, in byte order.
pub fn diagnostics(analysis: &Analysis) -> Vec<Diagnostic> {
    analysis.review.findings.iter().map(|finding| diagnostic(analysis, finding)).collect()
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
