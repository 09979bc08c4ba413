//! A concept: a thing a design can mention, with its names and its note.

use serde::{Deserialize, Serialize};

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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Within {
    #[default]
    Sentence,
    Block,
    Section,
    Document,
}

/// A thing a design can mention.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Names {
    pub names: Vec<String>,
    /// No other word has to stand near them.
    pub alone: bool,
    /// `Some(None)`: these names count for no family.
    pub family: Option<Option<String>>,
    /// Whoever says only these does not say that the design has it.
    pub passing: bool,
}

/// Under which conditions names count.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    /// Any of these has to hold within `within`; empty: nothing has to.
    pub(super) near: Vec<Pattern>,
    /// None of these may hold within `within`.
    pub(super) unless: Vec<Pattern>,
    pub(super) within: Within,
}

impl Concept {
    /// Gives the conditions beside it, in the order of `names`.
    pub(super) fn parse(id: &str, front: Front, page: Page) -> Result<(Self, Vec<Conditions>), String> {
        let patterns = |written: &[String]| written.iter().map(|one| Pattern::parse(one)).collect::<Result<Vec<_>, _>>();
        let mut names = Vec::new();
        let mut conditions = vec![Conditions::default()];
        let mut plain = Names { names: vec![], alone: true, family: None, passing: false };
        for name in &front.names {
            match name {
                NameFront::Plain(name) => plain.names.push(name.clone()),
                NameFront::Several(names) => plain.names.extend_from_slice(names),
                NameFront::Scoped(scoped) => {
                    let (near, unless) = (patterns(&scoped.near)?, patterns(&scoped.unless)?);
                    names.push(Names {
                        names: scoped.names.clone(),
                        alone: near.is_empty(),
                        family: scoped.family.as_ref().map(|family| (family != "none").then(|| family.clone())),
                        passing: scoped.passing,
                    });
                    conditions.push(Conditions { near, unless, within: scoped.within });
                }
            }
        }
        names.insert(0, plain);
        for name in names.iter().flat_map(|names| &names.names).chain(&front.not) {
            Pattern::phrase(name)?;
        }
        let concept = Self {
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
        };
        Ok((concept, conditions))
    }

    /// The family that a mention by one of `names` counts for.
    pub fn family_of<'a>(&'a self, names: &'a Names) -> Option<&'a str> {
        match &names.family {
            Some(own) => own.as_deref(),
            None => self.family.as_deref(),
        }
    }
}
