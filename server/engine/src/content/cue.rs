//! Cues: what tells a section's role, how a mention stands, and what a design document is.

use serde::{Deserialize, Serialize};

use super::{Polarity, pattern::Pattern};

/// A role that a section can have, told by its heading.
#[derive(Debug, Clone)]
pub struct Role {
    pub name: String,
    pub headings: Vec<Pattern>,
    /// Where no pattern of another role holds more of the heading.
    pub unless: Vec<Pattern>,
    /// How mentions stand in such a section when nothing in the sentence tells otherwise.
    pub stands: Option<Polarity>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct RoleFront {
    #[serde(rename = "kind")]
    _kind: String,
    headings: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    stands: Option<Polarity>,
}

/// What in a sentence tells how a mention in it stands.
#[derive(Debug, Clone)]
pub struct Stance {
    pub polarity: Polarity,
    /// With `<it>` for the mention; a pattern without speaks of the whole sentence.
    pub says: Vec<Pattern>,
    pub unless: Vec<Pattern>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct StanceFront {
    #[serde(rename = "kind")]
    _kind: String,
    polarity: Polarity,
    says: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
}

/// Where a piece of evidence is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Where {
    Title,
    Heading,
    /// A heading, or words that stand for one before the prose of a block: "**Estimates:** …".
    Label,
    Prose,
    Diagram,
}

/// What a document of the kind says, with its weight; negative weights speak against.
#[derive(Debug, Clone)]
pub struct Trait {
    pub reason: String,
    pub place: Where,
    pub says: Vec<Pattern>,
    pub weight: i32,
}

/// What makes a document a design, or the design of a service.
#[derive(Debug, Clone)]
pub struct Genre {
    /// The weight from which on it is one.
    pub from: i32,
    pub traits: Vec<Trait>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct GenreFront {
    #[serde(rename = "kind")]
    _kind: String,
    from: i32,
    traits: Vec<TraitFront>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct TraitFront {
    reason: String,
    #[serde(rename = "in")]
    place: Where,
    says: Vec<String>,
    weight: i32,
}

impl Role {
    pub(super) fn parse(name: &str, front: RoleFront) -> Result<Self, String> {
        Ok(Self {
            name: name.trim_start_matches("role-").to_owned(),
            headings: patterns(&front.headings)?,
            unless: patterns(&front.unless)?,
            stands: front.stands,
        })
    }
}

impl Stance {
    pub(super) fn parse(front: StanceFront) -> Result<Self, String> {
        Ok(Self { polarity: front.polarity, says: patterns(&front.says)?, unless: patterns(&front.unless)? })
    }
}

impl Genre {
    pub(super) fn parse(front: GenreFront) -> Result<Self, String> {
        let traits = front
            .traits
            .into_iter()
            .map(|one| Ok(Trait { reason: one.reason, place: one.place, says: patterns(&one.says)?, weight: one.weight }));
        Ok(Self { from: front.from, traits: traits.collect::<Result<_, String>>()? })
    }
}

fn patterns(written: &[String]) -> Result<Vec<Pattern>, String> {
    written.iter().map(|one| Pattern::parse(one)).collect()
}

/// The front matter of a list of phrases: what puts a topic out of scope, or names a thing in passing.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct PhrasesFront {
    #[serde(rename = "kind")]
    _kind: String,
    says: Vec<String>,
}

impl PhrasesFront {
    pub(super) fn patterns(&self) -> Result<Vec<Pattern>, String> {
        patterns(&self.says)
    }
}
