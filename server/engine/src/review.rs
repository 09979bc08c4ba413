//! Everything the engine knows of one document: what it mentions, what it adopts, what is asked of it and what is left open.

mod alike;
mod answers;
mod asking;
mod carry;
mod checklists;
mod components;
mod figures;
mod findings;
mod genre;
mod kinship;
mod known;
mod own;
mod passing;
mod placing;
mod stances;
mod suppression;

use std::{collections::BTreeMap, ops::Range, sync::Arc};

use serde::Serialize;

pub use self::{checklists::FAILURE_TABLE, genre::Genre, suppression::IGNORE};
use self::{known::Facts, own::Own};
pub use crate::content::{Polarity, Severity};
use crate::{
    config::Severities,
    content::Library,
    facts::{self, Fact},
    lexicon::{self, Reading},
    outline::Outline,
};

/// What the engine knows of one document. All ranges are byte offsets into the text it was made from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Review {
    /// Is this a design document? Where it is not, `questions` and `findings` are empty.
    pub design: bool,
    /// Is it the design of a service, rather than of a library or a feature?
    pub service: bool,
    /// What told that it is, or is not, a design.
    pub why_design: Vec<Reason>,
    /// By family, where it is not absent.
    pub adopted: BTreeMap<String, Standing>,
    pub mentions: Vec<Mention>,
    /// The roles that headings tell, by number of the heading's block in the outline.
    pub headings: BTreeMap<usize, String>,
    pub components: Vec<Component>,
    /// Numbers and notations, in the order of the text.
    pub facts: Vec<Stated>,
    /// Every question that arose, the answered ones with their evidence.
    pub questions: Vec<Asked>,
    /// What is open or started, in byte order.
    pub findings: Vec<Finding>,
    /// Findings that a comment silences.
    pub suppressed: Vec<Finding>,
}

/// A place in the document and what it told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    pub range: Range<usize>,
    pub reason: String,
}

/// How a family stands in the design as proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    Mentioned,
    Adopted,
}

/// What kind of text a mention stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    Heading,
    Prose,
    Row,
    Diagram,
    Code,
}

/// One place where the document names a concept in its system-design sense.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    pub range: Range<usize>,
    /// The concept's id.
    pub concept: String,
    pub family: Option<String>,
    pub polarity: Polarity,
    /// The role of its section.
    pub role: String,
    /// Index into [`Review::components`].
    pub component: Option<usize>,
    pub origin: Origin,
}

/// A fact with the role of the section that states it.
#[derive(Debug, Clone, PartialEq)]
pub struct Stated {
    pub fact: Fact,
    pub role: String,
}

/// A thing the design adopts, with all its mentions.
#[derive(Debug, Clone, PartialEq)]
pub struct Component {
    /// `cache-1`: the concept and a number.
    pub id: String,
    pub concept: String,
    /// How the document calls it.
    pub title: String,
    /// The mention that says most about it.
    pub range: Range<usize>,
    /// Indices into [`Review::mentions`].
    pub mentions: Vec<usize>,
}

/// What a question is asked of; with the question's id, the stable key of a finding.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// A component's id.
    Component(String),
    /// The signal that the document says.
    Claim(String),
    /// A fact, as the document writes it.
    Fact(String),
    /// What fails, as the document calls it.
    Failure(String),
    Document,
}

/// How a question, or a red flag, stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    Open,
    /// A checklist is there but not filled in.
    Started,
    Answered,
    OutOfScope,
    /// A red flag that something else in the document keeps quiet.
    Quiet,
}

/// A place that speaks for or against an answer, or that raised the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    pub range: Range<usize>,
    /// The signal, concept or `role:NAME` that was found there.
    pub term: String,
    /// Why it counts, or why it does not.
    pub reason: String,
}

/// A question that arose.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// The question's id, such as `cache/invalidation`.
    pub id: String,
    pub subject: Subject,
    pub status: Status,
    pub place: Range<usize>,
    pub asked_because: Vec<Evidence>,
    pub evidence: Vec<Evidence>,
    /// What looks like an answer and is none.
    pub rejected: Vec<Evidence>,
    pub missing_pieces: Vec<String>,
    /// The items of an inserted checklist whose blank is still there.
    pub blank_items: Vec<Range<usize>>,
}

/// An open or started question, or a red flag, at a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    pub id: String,
    pub range: Range<usize>,
    pub severity: Severity,
    pub status: Status,
    pub subject: Subject,
    /// The question, then what would answer it.
    pub message: String,
    /// Index into [`Review::questions`]; none for a finding about a suppression comment.
    pub question: Option<usize>,
    /// Other places that belong to it.
    pub related: Vec<Range<usize>>,
    /// What should stand there, and in the place of what, where that can be worked out.
    pub correction: Option<(Range<usize>, String)>,
}

/// Reviews `text`, whose outline is `outline`. Any text gives a review.
pub fn review(text: &str, outline: &Outline, library: &Library, severities: &Severities) -> Review {
    review_as(text, outline, library, severities, None)
}

/// What a version of a document said, for the next one.
#[derive(Debug, Default)]
pub struct Memo {
    /// What it was read with.
    library: Option<Arc<Library>>,
    facts: facts::Memo,
    words: lexicon::Memo,
    /// By number of the block: how things stand by its own words.
    own: Vec<Arc<Own>>,
    severities: Severities,
    review: Arc<Review>,
}

/// Reviews `text` with what is known from the version before; the result is the same as from scratch.
pub fn review_after(
    before: &Memo,
    text: &Arc<str>,
    outline: &Arc<Outline>,
    library: &Arc<Library>,
    severities: &Severities,
) -> (Arc<Review>, Memo) {
    let (stated, facts) = facts::read(text, outline, &before.facts);
    let nothing = lexicon::Memo::default();
    let same_library = before.library.as_ref().is_some_and(|known| Arc::ptr_eq(known, library));
    let reading = Reading::after(if same_library { &before.words } else { &nothing }, text, outline, library);
    let (review, own) = make(text, &reading, stated, &before.own, severities, None);
    let words = lexicon::Memo::new(text.clone(), outline.clone(), reading);
    let review = Arc::new(review);
    (review.clone(), Memo { library: Some(library.clone()), facts, words, own, severities: severities.clone(), review })
}

/// Reviews `text`; with `genre` it is taken for a design, or the design of a service, whatever it says.
pub fn review_as(text: &str, outline: &Outline, library: &Library, severities: &Severities, genre: Option<Genre>) -> Review {
    let stated = facts::read(text, outline, &facts::Memo::default()).0;
    make(text, &Reading::new(text, outline, library), stated, &[], severities, genre).0
}

/// The signals that `text` gives by words or by figures: the number of each in the library, and the bytes that give it.
pub fn signals(text: &str, outline: &Outline, library: &Library) -> Vec<(usize, Range<usize>)> {
    let reading = Reading::new(text, outline, library);
    let stated = facts::read(text, outline, &facts::Memo::default()).0;
    let facts = Facts::new(text, &reading, &stated, &[]);
    let by_words = reading.signals.iter().map(|given| (given.signal, reading.bytes(&given.tokens)));
    by_words.chain(facts.figures.iter().map(|figure| (figure.signal, figure.range.clone()))).collect()
}

/// Makes the review of what was read, with what is known of the blocks that tell the same as before, and gives that back for the next version.
fn make(
    text: &str,
    reading: &Reading<'_>,
    stated: Vec<Fact>,
    before: &[Arc<Own>],
    severities: &Severities,
    genre: Option<Genre>,
) -> (Review, Vec<Arc<Own>>) {
    let mut facts = Facts::new(text, reading, &stated, before);
    let (genre, why_design) = genre::judge(&facts, genre);
    let mut review = facts.review();
    (review.design, review.service, review.why_design) = (genre != Genre::Other, genre == Genre::Service, why_design);
    if !review.design {
        // Only a design has anything.
        review.adopted.values_mut().for_each(|standing| *standing = Standing::Mentioned);
    } else {
        let asked = asking::ask(&facts, genre, severities);
        findings::fill(&facts, asked, severities, &mut review);
    }
    suppression::apply(&facts, severities, &mut review);
    let role = |fact: &Fact| facts.stances.role_name(facts.library, fact.block).to_owned();
    let roles: Vec<String> = stated.iter().map(role).collect();
    let own = std::mem::take(&mut facts.stances.own);
    review.facts = stated.into_iter().zip(roles).map(|(fact, role)| Stated { fact, role }).collect();
    (review, own)
}

#[cfg(test)]
mod tests;
