//! Content files parsed into the library: concepts, questions, signals, words and cues.

pub mod concept;
pub mod cue;
pub mod figure;
pub mod learned;
pub mod page;
pub mod pattern;
pub mod phrases;
pub mod question;
pub mod signal;

mod called;
mod flat;
mod front;
mod inflect;
mod load;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use self::{
    concept::{Concept, Within},
    flat::Lists,
    learned::Learned,
    page::Page,
    phrases::{Node, PatternId, PhraseBook, Set},
    question::Question,
    signal::Signal,
};

/// The id of a concept, question or signal: its path without the ending, such as `cache/invalidation`.
pub type Id = String;

/// How a mention stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Polarity {
    /// The design has it.
    Adopted,
    /// "We do not need a cache."
    Rejected,
    /// "Later we could shard."
    Deferred,
    /// Somebody else's, or how things are in general.
    Background,
    /// "Should we cache?"
    Asked,
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    Hint,
    Information,
    Warning,
}

/// One content file, with the path that problems are told under.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path below the content folder, with `/`: `questions/cache/invalidation.md`.
    pub path: String,
    pub text: String,
}

/// A mistake in a content file or in a configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub path: String,
    /// Counts from 1.
    pub line: usize,
    /// What is wrong and what to do, without a final dot.
    pub message: String,
}

/// All content, built in and of the workspace, ready to be asked.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Library {
    pub concepts: Vec<Concept>,
    pub signals: Vec<Signal>,
    /// Ordered by id.
    pub questions: Vec<Question>,
    pub origins: Vec<Origin>,
    pub book: PhraseBook,
    /// What a phrase names, by the node at which it ends.
    names: Lists<Name>,
    pub(crate) rules: Vec<NameRule>,
    /// By number of the signal.
    pub(crate) signal_rules: Vec<SignalRule>,
    /// The patterns that tell a signal, in rising order: the number of the signal, and the pattern's place in what it says.
    pub(crate) told_by: Vec<(PatternId, (usize, usize))>,
    pub(crate) roles: Vec<RoleRule>,
    pub(crate) stances: Vec<StanceRule>,
    /// The patterns of all stances.
    pub(crate) standing: Vec<PatternId>,
    pub(crate) design: GenreRule,
    pub(crate) service: GenreRule,
    /// What puts a topic out of scope.
    pub(crate) dismissals: Vec<PatternId>,
    /// How a thing is named in passing, with `<it>` for the name.
    pub(crate) passing: Vec<PatternId>,
    /// By number of the question: the phrases by which a document calls what it asks.
    pub(crate) topics: Vec<Vec<PatternId>>,
    /// By number of the question: how the doings of what it asks of are called.
    pub(crate) doings: Vec<Vec<PatternId>>,
    /// Names that content writes with a capital letter, though not all in capitals: products. In lower case here, and in order.
    proper: Vec<String>,
    /// By node, the word classes that much is asked of, of which a phrase ends there: bits of [`class`].
    classes: Vec<u8>,
    /// By number of the concept, the number of the one that it is a part of.
    wholes: Vec<Option<usize>>,
    concept_numbers: FxHashMap<String, usize>,
    signal_numbers: FxHashMap<String, usize>,
}

/// A text that the content rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    pub id: Id,
    pub title: String,
    pub author: Option<String>,
    pub url: Option<String>,
}

/// What a phrase names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Name {
    /// Index into [`Library::rules`].
    Rule(usize),
    /// Only looks like a name.
    Shield,
}

/// Names of a concept that count under the same conditions.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct NameRule {
    pub(crate) concept: usize,
    pub(crate) family: Option<String>,
    pub(crate) near: Vec<PatternId>,
    pub(crate) unless: Vec<PatternId>,
    pub(crate) within: Within,
    pub(crate) passing: bool,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct SignalRule {
    pub(crate) says: Vec<PatternId>,
    /// By number of the pattern in `says`: the most telling set of those that it needs.
    pub(crate) anchors: Vec<Option<Set>>,
    pub(crate) with: Vec<PatternId>,
    pub(crate) not: Vec<PatternId>,
    pub(crate) captures: Vec<(String, PatternId)>,
    pub(crate) facts: Vec<FigureRule>,
    /// The number of a label that was learned, and what a sentence has to come to.
    pub(crate) learned: Option<(usize, i32)>,
}

/// A fact that gives a signal.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct FigureRule {
    pub(crate) what: figure::What,
    pub(crate) of: Option<PatternId>,
    pub(crate) bound: Option<figure::Bound>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct RoleRule {
    pub(crate) name: String,
    pub(crate) headings: Vec<PatternId>,
    pub(crate) unless: Vec<PatternId>,
    pub(crate) stands: Option<Polarity>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct StanceRule {
    pub(crate) polarity: Polarity,
    pub(crate) says: Vec<PatternId>,
    pub(crate) unless: Vec<PatternId>,
}

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct GenreRule {
    pub(crate) from: i32,
    pub(crate) traits: Vec<TraitRule>,
    /// The patterns of all traits.
    pub(crate) all: Vec<PatternId>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct TraitRule {
    pub(crate) reason: String,
    pub(crate) place: cue::Where,
    pub(crate) says: Vec<PatternId>,
    pub(crate) weight: i32,
}

/// The word classes of which every word is asked.
pub(crate) mod class {
    /// Words that name nothing in particular: the class `generic`.
    pub(crate) const GENERIC: u8 = 1;
    /// "The", "our" and the like: the class `article`.
    pub(crate) const ARTICLE: u8 = 1 << 1;
    /// "No", "not" and the like: the class `denial`.
    pub(crate) const DENIAL: u8 = 1 << 2;
    /// How a design says that it has something: the class `adopt`.
    pub(crate) const ADOPTION: u8 = 1 << 3;
    /// Words that stand everywhere: the class `everyday`.
    pub(crate) const EVERYDAY: u8 = 1 << 4;
}

impl Library {
    /// The library of `files` (path below the content folder, text), of which signals may go by what was `learned`. A file with a mistake is
    /// left out and told.
    pub(crate) fn read<'a>(files: impl Iterator<Item = (&'a str, &'a str)>, learned: &Learned) -> (Self, Vec<Problem>) {
        load::library(files, learned)
    }

    /// The page of everything that has one, with its path below the content folder.
    pub(crate) fn pages(&mut self) -> impl Iterator<Item = (String, &mut Page)> {
        let concepts = self.concepts.iter_mut().map(|one| (format!("concepts/{}.md", one.id), &mut one.page));
        let signals = self.signals.iter_mut().map(|one| (format!("signals/{}.md", one.id), &mut one.page));
        let questions = self.questions.iter_mut().map(|one| (format!("questions/{}.md", one.id), &mut one.page));
        concepts.chain(signals).chain(questions)
    }

    /// The concept called `id`.
    pub fn concept(&self, id: &str) -> Option<&Concept> {
        self.concept_number(id).map(|number| &self.concepts[number])
    }

    /// The question or red flag called `id`.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.binary_search_by(|question| question.id.as_str().cmp(id)).ok().map(|at| &self.questions[at])
    }

    /// The source called `id`.
    pub fn origin(&self, id: &str) -> Option<&Origin> {
        self.origins.iter().find(|origin| origin.id == id)
    }

    /// Is `concept` the concept `whole`, or a part of it?
    pub fn is_part_of(&self, concept: usize, whole: usize) -> bool {
        let mut at = Some(concept);
        while let Some(number) = at {
            if number == whole {
                return true;
            }
            at = self.wholes[number];
        }
        false
    }

    /// The component that a mention of `concept` is a mention of: itself, or the nearest whole that is one.
    pub fn component_of(&self, concept: usize) -> Option<usize> {
        let mut at = Some(concept);
        while let Some(number) = at {
            if self.concepts[number].component {
                return Some(number);
            }
            at = self.wholes[number];
        }
        None
    }

    /// What is named by a phrase that ends at `node`.
    pub(crate) fn named(&self, node: Node) -> &[Name] {
        self.names.of(node as usize)
    }

    /// The word classes that much is asked of, of which a phrase ends at `node`: bits of [`class`].
    pub(crate) fn classes(&self, node: Node) -> u8 {
        self.classes[node as usize]
    }

    /// Is `name`, in lower case, that of a product rather than a word?
    pub(crate) fn is_proper(&self, name: &str) -> bool {
        self.proper.binary_search_by(|known| known.as_str().cmp(name)).is_ok()
    }

    pub(crate) fn concept_number(&self, id: &str) -> Option<usize> {
        self.concept_numbers.get(id).copied()
    }

    pub(crate) fn signal_number(&self, id: &str) -> Option<usize> {
        self.signal_numbers.get(id).copied()
    }
}

/// One word or a list of words.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged, expecting = "a text or a list of texts belongs here")]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl From<OneOrMany> for Vec<String> {
    fn from(value: OneOrMany) -> Self {
        match value {
            OneOrMany::One(one) => vec![one],
            OneOrMany::Many(many) => many,
        }
    }
}
