//! What a check found, and the forms in which it is told: a piece a document, as it comes, and what closes them all.

mod github;
mod human;
mod json;
mod json_lines;
mod sarif;

use std::{ops::AddAssign, sync::Arc};

use super::fix::Fixed;
use crate::{
    content::Severity,
    ide::Diagnostic,
    review::Status,
    workspace::{Problem, Resolved},
};

/// A report in one form.
///
/// [`Form::piece`] is worked out by whichever hand has checked the document; the pieces are then put together in their order.
pub(super) trait Form: Clone + Sync {
    type Piece: Send;

    /// What is told of one document.
    fn piece(&self, file: &Checked) -> Self::Piece;

    /// The text of a piece, behind those before it.
    fn join(&mut self, piece: Self::Piece) -> String;

    /// What is told where something could not be read.
    fn problem(&mut self, _: &Problem) -> String {
        String::new()
    }

    /// What closes the report.
    fn end(&mut self, _: &Tally) -> String {
        String::new()
    }
}

pub(super) use self::{github::Github, human::Human, json::Json, json_lines::JsonLines, sarif::Sarif};

/// One document that could be read.
#[derive(Debug)]
pub(super) struct Checked {
    /// As the person called it.
    pub(super) name: String,
    /// The text that findings refer to.
    pub(super) text: Arc<str>,
    /// False where it is too large for that.
    pub(super) reviewed: bool,
    pub(super) design: bool,
    pub(super) service: bool,
    /// In byte order.
    pub(super) findings: Vec<Diagnostic>,
    /// How many the baseline or `--min-severity` left out.
    pub(super) left_out: usize,
    /// How many a comment silences.
    pub(super) suppressed: usize,
    /// What was not looked at.
    pub(super) notices: Vec<String>,
    pub(super) resolved: Arc<Resolved>,
    /// Where mending was asked for.
    pub(super) fixed: Option<Fixed>,
}

/// What there is of everything, in one document or in all.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) files: usize,
    pub(super) designs: usize,
    /// Documents that are too large to be reviewed.
    pub(super) unread: usize,
    /// Documents with findings.
    pub(super) with_findings: usize,
    pub(super) warnings: usize,
    pub(super) informations: usize,
    pub(super) hints: usize,
    /// Findings that are questions to be answered, and not about a comment.
    pub(super) questions: usize,
    pub(super) left_out: usize,
    pub(super) suppressed: usize,
    /// Checklists.
    pub(super) inserted: usize,
}

impl Checked {
    pub(super) fn tally(&self) -> Tally {
        let weighing = |severity| self.findings.iter().filter(|found| found.severity == severity).count();
        let asks = |found: &&Diagnostic| found.status == Status::Open && self.resolved.library.question(&found.code).is_some();
        Tally {
            files: 1,
            designs: usize::from(self.design),
            unread: usize::from(!self.reviewed),
            with_findings: usize::from(!self.findings.is_empty()),
            warnings: weighing(Severity::Warning),
            informations: weighing(Severity::Information),
            hints: weighing(Severity::Hint),
            questions: self.findings.iter().filter(asks).count(),
            left_out: self.left_out,
            suppressed: self.suppressed,
            inserted: self.fixed.as_ref().map_or(0, |fixed| fixed.inserted),
        }
    }
}

impl Tally {
    pub(super) fn findings(&self) -> usize {
        self.warnings + self.informations + self.hints
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.files += other.files;
        self.designs += other.designs;
        self.unread += other.unread;
        self.with_findings += other.with_findings;
        self.warnings += other.warnings;
        self.informations += other.informations;
        self.hints += other.hints;
        self.questions += other.questions;
        self.left_out += other.left_out;
        self.suppressed += other.suppressed;
        self.inserted += other.inserted;
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
