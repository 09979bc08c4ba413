//! A question or a red flag: when it arises, what answers it, and the page that hover, `explain` and the diagnostic share.

use serde::{Deserialize, Serialize};

use super::{OneOrMany, Polarity, Severity, page::Page, pattern::Pattern};

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Front {
    kind: Kind,
    severity: Severity,
    noun: Option<String>,
    #[serde(default)]
    topics: Vec<String>,
    #[serde(default)]
    doings: Vec<String>,
    #[serde(default)]
    about: Vec<String>,
    ask: AskFront,
    #[serde(default)]
    answers: Vec<GroupFront>,
    at_least: Option<AtLeast>,
    #[serde(default)]
    looks_like: Vec<String>,
    place: Option<OneOrMany>,
    #[serde(default)]
    fix: Fix,
    source: OneOrMany,
}

/// A question asks what is left open; a red flag challenges what is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Question,
    RedFlag,
}

/// What the quick fix inserts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fix {
    #[default]
    Checklist,
    FailureTable,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct AskFront {
    each: String,
    #[serde(default)]
    kind: DesignKind,
    stands: Option<Vec<Polarity>>,
    #[serde(default)]
    needs: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    any: Vec<ConditionFront>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct ConditionFront {
    stands: Option<Vec<Polarity>>,
    #[serde(default)]
    needs: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
}

/// What a document has to be the design of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DesignKind {
    #[default]
    Design,
    Service,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct GroupFront {
    piece: Option<String>,
    any: Vec<String>,
    within: Option<String>,
    count: Option<usize>,
    stands: Option<Vec<Polarity>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum AtLeast {
    Number(usize),
    Word(String),
}

/// A follow-up an interviewer asks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Its path without the ending, such as `cache/invalidation`.
    pub id: String,
    pub kind: Kind,
    pub severity: Severity,
    /// What its checklist is about: "Insert the … checklist".
    pub noun: String,
    /// Concepts whose hover lists it, beside those it asks of.
    pub about: Vec<String>,
    pub each: Each,
    pub design: DesignKind,
    /// All of it has to hold.
    pub condition: Condition,
    /// One of these has to hold, if there are any.
    pub any: Vec<Condition>,
    pub answers: Vec<Group>,
    /// How many groups have to hold.
    pub at_least: usize,
    pub looks_like: Vec<Term>,
    /// Where its finding stands: at the first of these that there is, else at the subject.
    pub places: Vec<Place>,
    pub fix: Fix,
    pub sources: Vec<String>,
    checklist: Vec<String>,
    pub page: Page,
}

/// Words that a document has for what a question asks.
#[derive(Debug, Default)]
pub(super) struct Wording {
    /// How a document calls what is asked, in a heading or when it puts it out of scope.
    pub(super) topics: Vec<Pattern>,
    /// How the doings of what it asks of are called; a sentence that holds one is akin to it.
    pub(super) doings: Vec<Pattern>,
}

/// What makes a question arise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// How a mention or a claim has to stand to count.
    pub stands: Vec<Polarity>,
    pub needs: Vec<Term>,
    pub unless: Vec<Term>,
}

/// What a question is asked of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Each {
    /// Each adopted component of a concept.
    Component(String),
    /// What a signal says.
    Claim(String),
    Document,
    /// Each failure that is told without what is done about it.
    FailureRow,
    /// The adopted stateful components of which no failure is told, all together.
    UncoveredComponents,
}

/// A signal, a concept or a section's role; whether it is there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Term {
    Signal(String),
    Concept(String),
    Role(String),
    Not(Box<Term>),
}

/// Terms of which any will do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Group {
    pub piece: Option<String>,
    pub any: Vec<Term>,
    pub within: Scope,
    /// In so many different sentences.
    pub count: usize,
    pub stands: Vec<Polarity>,
}

/// Where an answer has to stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scope {
    Component,
    Sentence,
    Block,
    Section(String),
    /// Where the component is spoken of, or something that a sentence about it names.
    Akin,
    Document,
}

/// Where a finding stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    Subject,
    Title,
    /// The line of such a section that names what is asked, else its heading.
    Section(String),
    /// The heading, or the line of the design, that names what is asked.
    Topic,
    /// Where this is said of the component.
    Said(Term),
}

impl Question {
    /// `term` resolves what is written for a term, or says what is wrong with it.
    pub(super) fn parse(
        id: &str,
        front: Front,
        page: Page,
        term: &dyn Fn(&str) -> Result<Term, String>,
    ) -> Result<(Self, Wording), String> {
        let terms = |written: &[String]| written.iter().map(|one| term(one)).collect::<Result<Vec<_>, _>>();
        let condition = |stands: &Option<Vec<Polarity>>, needs: &[String], unless: &[String]| {
            let stands = stands.clone().unwrap_or_else(|| vec![Polarity::Adopted]);
            Ok::<_, String>(Condition { stands, needs: terms(needs)?, unless: terms(unless)? })
        };
        let each = each(&front.ask.each, term)?;
        let mut answers = Vec::new();
        for group in &front.answers {
            if group.any.is_empty() {
                return Err("a group of `answers` has an empty `any`: name at least one term".into());
            }
            let within = group.within.as_deref().map(scope).transpose()?;
            let default = if matches!(each, Each::Component(_)) { Scope::Component } else { Scope::Document };
            answers.push(Group {
                piece: group.piece.clone(),
                any: terms(&group.any)?,
                within: match within {
                    Some(Scope::Component) | None => default,
                    Some(scope) => scope,
                },
                count: group.count.unwrap_or(1),
                stands: group.stands.clone().unwrap_or_else(|| vec![Polarity::Adopted]),
            });
        }
        let patterns = |written: &[String]| written.iter().map(|one| Pattern::parse(one)).collect::<Result<Vec<_>, _>>();
        let mut wording = Wording { topics: patterns(&front.topics)?, doings: patterns(&front.doings)? };
        let question = Self {
            id: id.to_owned(),
            kind: front.kind,
            severity: front.severity,
            noun: front.noun.unwrap_or_else(|| id.rsplit('/').next().unwrap_or(id).replace('-', " ")),
            about: front.about,
            each,
            design: front.ask.kind,
            condition: condition(&front.ask.stands, &front.ask.needs, &front.ask.unless)?,
            any: front
                .ask
                .any
                .iter()
                .map(|one| condition(&one.stands.clone().or(front.ask.stands.clone()), &one.needs, &one.unless))
                .collect::<Result<_, _>>()?,
            at_least: match &front.at_least {
                None => answers.len().min(1),
                Some(AtLeast::Number(number)) if (1..=answers.len()).contains(number) => *number,
                Some(AtLeast::Word(word)) if word == "all" => answers.len(),
                Some(_) => return Err("`at-least` is `all` or a number of groups that `answers` has".into()),
            },
            answers,
            looks_like: terms(&front.looks_like)?,
            places: Vec::from(front.place.unwrap_or(OneOrMany::Many(Vec::new())))
                .iter()
                .map(|one| place(one, term))
                .collect::<Result<_, _>>()?,
            fix: front.fix,
            sources: front.source.into(),
            checklist: page.section("Checklist").map(|section| section.checklist()).unwrap_or_default(),
            page,
        };
        question.check_page()?;
        if wording.topics.is_empty() {
            wording.topics.extend(Pattern::parse(&question.noun));
        }
        Ok((question, wording))
    }

    /// What the page must have, so that every use of it has something to show.
    fn check_page(&self) -> Result<(), String> {
        if self.page.lead.is_empty() {
            return Err("nothing stands between the title and the first section: say there what would answer it".into());
        }
        let count = |title: &str| self.page.section(title).map_or(0, |section| section.fences().len());
        for (title, least) in [("Open", 2), ("Answered", 3)] {
            if count(title) < least {
                return Err(format!("`## {title}` has {} examples: give at least {least} blocks ```design", count(title)));
            }
        }
        if self.page.section("Why").is_none_or(|section| section.text.trim().is_empty()) {
            return Err("`## Why` is missing: say what goes wrong".into());
        }
        let items = self.checklist();
        if !(3..=6).contains(&items.len()) {
            return Err(format!("`## Checklist` has {} items: give three to six, each `- [ ] …`", items.len()));
        }
        match items.iter().find(|item| !item.contains('…')) {
            Some(item) => Err(format!("the checklist item `{item}` has no blank: write `…` where the answer goes")),
            None => Ok(()),
        }
    }

    /// The items of its checklist, blanks written `…`.
    pub fn checklist(&self) -> &[String] {
        &self.checklist
    }
}

fn each(written: &str, term: &dyn Fn(&str) -> Result<Term, String>) -> Result<Each, String> {
    let mut words = written.split_whitespace();
    match (words.next(), words.next(), words.next()) {
        (Some("component"), Some(name), None) => match term(name)? {
            Term::Concept(id) => Ok(Each::Component(id)),
            _ => Err(format!("`{name}` is no concept: `each: component` needs one")),
        },
        (Some("claim"), Some(name), None) => match term(name)? {
            Term::Signal(id) => Ok(Each::Claim(id)),
            _ => Err(format!("`{name}` is no signal: `each: claim` needs one")),
        },
        (Some("document"), None, None) => Ok(Each::Document),
        (Some("failure-row"), None, None) => Ok(Each::FailureRow),
        (Some("uncovered-components"), None, None) => Ok(Each::UncoveredComponents),
        _ => Err(format!(
            "`each: {written}` is unknown: write `component NAME`, `claim SIGNAL`, `document`, `failure-row` or `uncovered-components`"
        )),
    }
}

fn scope(written: &str) -> Result<Scope, String> {
    Ok(match written {
        "component" => Scope::Component,
        "sentence" => Scope::Sentence,
        "block" => Scope::Block,
        "akin" => Scope::Akin,
        "document" => Scope::Document,
        _ => match written.strip_prefix("section:") {
            Some(role) => Scope::Section(role.to_owned()),
            None => {
                return Err(format!("`within: {written}` is unknown: write component, akin, sentence, block, section:ROLE or document"));
            }
        },
    })
}

fn place(written: &str, term: &dyn Fn(&str) -> Result<Term, String>) -> Result<Place, String> {
    Ok(match written {
        "component" | "claim" => Place::Subject,
        "title" => Place::Title,
        "topics" => Place::Topic,
        _ => match written.strip_prefix("section:") {
            Some(role) => Place::Section(role.to_owned()),
            None => Place::Said(term(written).map_err(|_| {
                format!("`place: {written}` is unknown: write component, claim, topics, title, section:ROLE, or the name of a signal or a concept")
            })?),
        },
    })
}
