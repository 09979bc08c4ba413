//! Findings as an editor shows them.

use std::{cmp::Reverse, collections::BTreeSet, ops::Range};

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
    let all = diagnostics(analysis);
    let mut heaviest: Vec<usize> = (0..all.len()).collect();
    heaviest.sort_by_key(|&number| Reverse(all[number].severity));
    let left_out: BTreeSet<usize> = heaviest.into_iter().skip(most).collect();
    let last = left_out.first().map(|&first| notice(all[first].range.clone(), notices::more(left_out.len())));
    let findings = all.into_iter().enumerate().filter(|(number, _)| !left_out.contains(number)).map(|(_, finding)| finding);
    analysis.notices.iter().map(|message| notice(0..0, message.clone())).chain(findings).chain(last).collect()
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
