//! What a check found, and the forms in which it is told.

mod github;
mod human;
mod json;
mod sarif;

use std::sync::Arc;

pub(super) use github::github;
pub(super) use human::human;
pub(super) use json::json;
pub(super) use sarif::sarif;

use super::fix::Fixed;
use crate::{
    content::Severity,
    ide::Diagnostic,
    review::Status,
    workspace::{Problem, Resolved},
};

/// Everything a check found, in the order in which it is told.
#[derive(Debug, Default)]
pub(super) struct Report {
    pub(super) files: Vec<Checked>,
    pub(super) problems: Vec<Problem>,
}

/// One document that could be read.
#[derive(Debug)]
pub(super) struct Checked {
    /// As the person called it.
    pub(super) name: String,
    /// The text that findings refer to.
    pub(super) text: Arc<str>,
    pub(super) design: bool,
    pub(super) service: bool,
    /// In byte order.
    pub(super) findings: Vec<Diagnostic>,
    /// How many the baseline or `--min-severity` left out.
    pub(super) left_out: usize,
    /// How many a comment silences.
    pub(super) suppressed: usize,
    pub(super) resolved: Arc<Resolved>,
    /// Where mending was asked for.
    pub(super) fixed: Option<Fixed>,
}

/// How many findings there are of each severity.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    warnings: usize,
    informations: usize,
    hints: usize,
}

impl Report {
    fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for finding in self.files.iter().flat_map(|file| &file.findings) {
            match finding.severity {
                Severity::Warning => counts.warnings += 1,
                Severity::Information => counts.informations += 1,
                Severity::Hint => counts.hints += 1,
            }
        }
        counts
    }
}

impl Counts {
    fn all(&self) -> usize {
        self.warnings + self.informations + self.hints
    }
}

pub(super) fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Hint => "hint",
        Severity::Information => "information",
        Severity::Warning => "warning",
    }
}

fn status_name(status: Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::Started => "started",
        Status::Answered => "answered",
        Status::OutOfScope => "out-of-scope",
        Status::Quiet => "quiet",
    }
}
