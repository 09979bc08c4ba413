//! A signal: something engineers say that is evidence for or against an answer. A word class: words that patterns share.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{figure::Figure, page::Page, pattern::Pattern};

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Front {
    #[serde(rename = "kind")]
    _kind: String,
    #[serde(default)]
    says: Vec<String>,
    #[serde(default)]
    facts: Vec<String>,
    learned: Option<String>,
    #[serde(default)]
    sure: i32,
    #[serde(default)]
    with: Vec<String>,
    #[serde(default)]
    not: Vec<String>,
    #[serde(default)]
    within: Reach,
    #[serde(default)]
    negated: bool,
    family: Option<String>,
    #[serde(default)]
    captures: BTreeMap<String, String>,
}

/// How far apart the patterns of a signal may hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    #[default]
    Sentence,
    /// A paragraph, list item, table row or line of a diagram.
    Block,
}

/// Something engineers say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Signal {
    pub id: String,
    pub reach: Reach,
    /// Counts also when it is denied.
    pub negated: bool,
    /// Who says this of the design has adopted the family, though no name of it falls.
    pub family: Option<String>,
    pub page: Page,
}

/// How a signal is said.
#[derive(Debug)]
pub(super) struct Patterns {
    /// Any of these.
    pub(super) says: Vec<Pattern>,
    /// Or any of these, read as numbers and notations.
    pub(super) facts: Vec<Figure>,
    /// Or what sentences were labelled with by people.
    pub(super) learned: Option<String>,
    /// How surely a sentence has to say what was learned: 0 is an even chance, 100 a clear answer.
    pub(super) sure: i32,
    /// And any of these, if there are any.
    pub(super) with: Vec<Pattern>,
    /// And none of these.
    pub(super) not: Vec<Pattern>,
    /// What is taken out of the sentence, by name.
    pub(super) captures: Vec<(String, Pattern)>,
}

impl Signal {
    pub(super) fn parse(id: &str, front: Front, page: Page) -> Result<(Self, Patterns), String> {
        let patterns = |written: &[String]| written.iter().map(|one| Pattern::parse(one)).collect::<Result<Vec<_>, _>>();
        if front.says.is_empty() && front.facts.is_empty() && front.learned.is_none() {
            return Err("neither `says` nor `facts` nor `learned` has anything: a signal needs at least one pattern".into());
        }
        if front.learned.is_some() && !(front.says.is_empty() && front.facts.is_empty()) {
            return Err("`learned` stands beside `says` or `facts`: put the patterns into a signal of their own".into());
        }
        for section in ["Says", "Does not say"] {
            if page.section(section).is_none_or(|section| section.fences().iter().all(|fence| fence.lines.is_empty())) {
                return Err(format!("the signal has no examples under `## {section}`: add a block ```design with one on each line"));
            }
        }
        let captures = front.captures.iter().map(|(name, written)| Ok((name.clone(), Pattern::parse(written)?)));
        let said = Patterns {
            says: patterns(&front.says)?,
            facts: front.facts.iter().map(|one| Figure::parse(one)).collect::<Result<_, _>>()?,
            learned: front.learned,
            sure: front.sure,
            with: patterns(&front.with)?,
            not: patterns(&front.not)?,
            captures: captures.collect::<Result<_, String>>()?,
        };
        Ok((Self { id: id.to_owned(), reach: front.within, negated: front.negated, family: front.family, page }, said))
    }
}

/// The front matter of a word class.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Words {
    #[serde(rename = "kind")]
    _kind: String,
    pub(super) words: Vec<String>,
}

/// The front matter of `cues/irregular-forms.md`: forms that no rule makes.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Forms {
    #[serde(rename = "kind")]
    _kind: String,
    /// A word and its other forms.
    pub(super) forms: BTreeMap<String, Vec<String>>,
}
