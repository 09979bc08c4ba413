//! What an editor or a terminal shows of a review, as plain data: byte ranges, strings and edits.

mod actions;
mod called;
mod completions;
mod diagnostics;
mod excerpt;
mod figures;
mod harmless;
mod hover;
mod insertion;
mod notices;
mod plain;
mod review_page;
mod style;
mod symbols;

use std::{
    ops::Range,
    sync::{Arc, OnceLock},
};

pub use self::{
    actions::{actions, insert_all},
    called::remedy_for,
    completions::completions,
    diagnostics::{diagnostics, key, shown},
    excerpt::hover_excerpt,
    harmless::harmless,
    hover::{explain_concept, explain_question, hover, hover_settings, term},
    plain::plain,
    review_page::review_page,
    symbols::symbols,
};

use self::style::Style;
use crate::{
    config::Severities,
    content::Library,
    outline::Outline,
    review::{self, Memo, Review, Severity, Status},
    text::Change,
};

/// One version of a document with all that was worked out of it.
#[derive(Debug)]
pub struct Analysis {
    pub text: Arc<str>,
    pub library: Arc<Library>,
    pub outline: Arc<Outline>,
    pub review: Arc<Review>,
    /// What was not looked at, and what to do. Without a final dot.
    pub notices: Vec<String>,
    /// For the analysis of the next version.
    pub memo: Arc<Memo>,
    later: Later,
}

/// What is worked out when somebody first asks for it.
#[derive(Debug, Default)]
struct Later {
    style: OnceLock<Style>,
    /// How many checklists are open, and the edits that insert them all.
    checklists: OnceLock<(usize, Vec<TextEdit>)>,
}

impl Analysis {
    /// Reads `text` from scratch. Never fails; costs time in proportion to the text.
    pub fn new(text: Arc<str>, library: Arc<Library>, severities: &Severities) -> Self {
        Self::after(&Arc::default(), text, library, severities)
    }

    /// Reads `text` with what is known from the version before; the result is the same as from scratch.
    pub fn after(memo: &Arc<Memo>, text: Arc<str>, library: Arc<Library>, severities: &Severities) -> Self {
        let (old, known) = memo.version();
        let change = Change::between(old, &text);
        let outline = match known.renewed(old, &text, &change) {
            Some(renewed) => {
                if let Some(review) = memo.carried(&text, &change, &renewed, &library, severities) {
                    let (outline, review, memo) = (Arc::new(renewed.outline), Arc::new(review), memo.clone());
                    return Self { text, library, outline, review, notices: Vec::new(), memo, later: Later::default() };
                }
                Arc::new(renewed.outline)
            }
            None => Arc::new(Outline::new(&text)),
        };
        let (review, memo) = review::review_after(memo, &text, &outline, &library, severities);
        let notices = notices::unread(&text, &outline.limits);
        Self { text, library, outline, review, notices, memo: Arc::new(memo), later: Later::default() }
    }

    /// How the document is written.
    fn style(&self) -> Style {
        *self.later.style.get_or_init(|| Style::of(&self.text, &self.outline))
    }

    /// A document of so many bytes that it is not reviewed, since the settings put the limit at `most`.
    pub fn too_large(bytes: usize, most: u64, library: Arc<Library>) -> Self {
        let notices = vec![notices::too_large(bytes, most)];
        Self {
            notices,
            library,
            text: Arc::default(),
            outline: Arc::default(),
            review: Arc::default(),
            memo: Arc::default(),
            later: Later::default(),
        }
    }
}

/// What is shown when the pointer rests on a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    pub range: Range<usize>,
    pub markdown: String,
}

/// A finding as an editor shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub range: Range<usize>,
    pub severity: Severity,
    pub status: Status,
    /// The question's id.
    pub code: String,
    pub message: String,
    /// Other places, each with what it is.
    pub related: Vec<(Range<usize>, String)>,
    /// Question and subject: stays the same while the document around it changes.
    pub key: String,
}

/// Replace `range` by `text`; the edits of one action do not overlap and refer to the same version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextEdit {
    pub range: Range<usize>,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActionKind {
    /// Answers one finding.
    QuickFix,
    /// Works on the document as a whole ("Insert all open checklists").
    Source,
}

/// Something the person may ask for; nothing is ever changed without that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    pub title: String,
    pub kind: ActionKind,
    pub edits: Vec<TextEdit>,
    /// [`Diagnostic::key`] of the finding that it answers.
    pub fixes: Option<String>,
    /// The one an editor applies when asked to simply fix it.
    pub preferred: bool,
}

/// A template to insert; `snippet` is in LSP snippet syntax, `plain` is the same without tab stops.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    pub label: String,
    pub detail: String,
    pub documentation: String,
    pub range: Range<usize>,
    pub snippet: String,
    pub plain: String,
}

/// A component of the design, for an outline view. Sections are left to the Markdown server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    pub name: String,
    pub detail: String,
    pub range: Range<usize>,
    pub name_range: Range<usize>,
}
