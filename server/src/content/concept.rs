//! A concept: a thing a design can mention, with its names and its note.

use serde::Deserialize;

use super::{OneOrMany, page::Page, pattern::Pattern};

/// The front matter of a concept file.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Front {
    #[serde(rename = "kind")]
    _kind: String,
    family: Option<String>,
    part_of: Option<String>,
    #[serde(default)]
    component: bool,
    #[serde(default)]
    kinds: bool,
    #[serde(default)]
    stateful: bool,
    path: Option<u8>,
    names: Vec<NameFront>,
    #[serde(default)]
    not: Vec<String>,
    source: OneOrMany,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(
    untagged,
    expecting = "a name is a phrase, a list of phrases, or `{ names: [...] }` with `near`, `unless`, `within`, `family` and `passing`, patterns in lists"
)]
enum NameFront {
    Plain(String),
    Several(Vec<String>),
    Scoped(Scoped),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Scoped {
    names: Vec<String>,
    #[serde(default)]
    near: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    within: Within,
    family: Option<String>,
    #[serde(default)]
    passing: bool,
}

/// How far words may be from a name to decide its sense.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Within {
    #[default]
    Sentence,
    Block,
    Section,
    Document,
}

/// A thing a design can mention.
#[derive(Debug, Clone)]
pub struct Concept {
    /// The file's name.
    pub id: String,
    pub family: Option<String>,
    /// The concept that this is a part, a kind or an aspect of.
    pub part_of: Option<String>,
    /// A design can adopt it, and questions are asked of it.
    pub component: bool,
    /// A design may have several, told apart by the word before the name: "the profile cache", "the session cache".
    pub kinds: bool,
    /// It holds state or is remote.
    pub stateful: bool,
    /// Its stop on the study path, from 1.
    pub stop: Option<u8>,
    pub names: Vec<Names>,
    /// Phrases that only look like a name.
    pub not: Vec<String>,
    pub sources: Vec<String>,
    pub page: Page,
}

/// Names that count under the same conditions.
#[derive(Debug, Clone)]
pub struct Names {
    pub names: Vec<String>,
    /// Any of these has to hold within `within`; empty: nothing has to.
    pub near: Vec<Pattern>,
    /// None of these may hold within `within`.
    pub unless: Vec<Pattern>,
    pub within: Within,
    /// `Some(None)`: these names count for no family.
    pub family: Option<Option<String>>,
    /// Whoever says only these does not say that the design has it.
    pub passing: bool,
}

impl Concept {
    pub(super) fn parse(id: &str, front: Front, page: Page) -> Result<Self, String> {
        let patterns = |written: &[String]| written.iter().map(|one| Pattern::parse(one)).collect::<Result<Vec<_>, _>>();
        let mut names = Vec::new();
        let mut plain = Names { names: vec![], near: vec![], unless: vec![], within: Within::Sentence, family: None, passing: false };
        for name in &front.names {
            match name {
                NameFront::Plain(name) => plain.names.push(name.clone()),
                NameFront::Several(names) => plain.names.extend_from_slice(names),
                NameFront::Scoped(scoped) => names.push(Names {
                    names: scoped.names.clone(),
                    near: patterns(&scoped.near)?,
                    unless: patterns(&scoped.unless)?,
                    within: scoped.within,
                    family: scoped.family.as_ref().map(|family| (family != "none").then(|| family.clone())),
                    passing: scoped.passing,
                }),
            }
        }
        names.insert(0, plain);
        for name in names.iter().flat_map(|names| &names.names).chain(&front.not) {
            Pattern::phrase(name)?;
        }
        Ok(Self {
            id: id.to_owned(),
            family: front.family,
            part_of: front.part_of,
            component: front.component,
            kinds: front.kinds,
            stateful: front.stateful,
            stop: front.path,
            names,
            not: front.not,
            sources: front.source.into(),
            page,
        })
    }

    /// The family that a mention by one of `names` counts for.
    pub fn family_of<'a>(&'a self, names: &'a Names) -> Option<&'a str> {
        match &names.family {
            Some(own) => own.as_deref(),
            None => self.family.as_deref(),
        }
    }
}

/// Says which families there are, where `family` is none.
pub(super) fn check_family(family: &str) -> Result<(), String> {
    const FAMILIES: [&str; 6] = ["cache", "sharding", "hashing", "queue", "cap", "fan-out"];
    match FAMILIES.contains(&family) {
        true => Ok(()),
        false => Err(format!("the family `{family}` is unknown: it is one of {}", FAMILIES.join(", "))),
    }
}
