//! Settings: what `followup.toml`, the editor and the command line say, parsed and merged.

mod globs;
mod read;
mod tree;

use std::{collections::BTreeMap, fmt, path::Path};

pub use globs::Globs;
pub use read::schema;

use crate::content::{Id, Severity};

/// What one place says; what it leaves out is decided by the next weaker one.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    pub severities: Severities,
    /// Where given, only these files are reviewed when a folder is walked or a document is edited.
    pub include: Option<Globs>,
    pub exclude: Option<Globs>,
    /// The address of a question's page, with `{id}` where the id stands.
    pub docs_url: Option<String>,
    /// A document of more bytes is not reviewed.
    pub max_size: Option<u64>,
    /// An editor is shown so many findings of one document.
    pub max_findings: Option<u64>,
}

/// In bytes: what a person may write in a year, and well below what a keystroke could not bear.
const MAX_SIZE: u64 = 2 * 1024 * 1024;
/// More than a person reads through.
const MAX_FINDINGS: u64 = 100;

/// What a person may say of a question's weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    Off,
    Hint,
    Information,
    Warning,
}

/// The weight of each question that differs from its page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Severities {
    /// By question, by group (`cache/*`), or for all (`*`); what is more special wins.
    pub levels: BTreeMap<Id, Level>,
}

/// A mistake in settings, with the place to mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What the settings were called when they were parsed: a path, or "the editor's settings".
    pub label: String,
    /// Counts from 1.
    pub line: usize,
    /// Counts from 1, in bytes of UTF-8.
    pub column: usize,
    /// What is wrong and what to do, without a final dot.
    pub message: String,
}

/// The one resolver: `layers` from the strongest to the weakest (command line, editor, nearest file, user's file).
pub fn merge<'a>(layers: impl IntoIterator<Item = &'a Settings>) -> Settings {
    layers.into_iter().fold(Settings::default(), |stronger, weaker| Settings {
        severities: stronger.severities.over(&weaker.severities),
        include: stronger.include.or_else(|| weaker.include.clone()),
        exclude: stronger.exclude.or_else(|| weaker.exclude.clone()),
        docs_url: stronger.docs_url.or_else(|| weaker.docs_url.clone()),
        max_size: stronger.max_size.or(weaker.max_size),
        max_findings: stronger.max_findings.or(weaker.max_findings),
    })
}

impl Settings {
    /// Parses a `followup.toml`. Whatever can be understood is kept; the rest is told. Globs are taken relative to `base`, or match at
    /// any depth without one. `known` holds the ids of all questions; where it is empty, ids are not checked.
    pub fn from_toml(bytes: &[u8], label: &str, base: Option<&Path>, known: &[Id]) -> (Self, Vec<Problem>) {
        read::toml(bytes, label, base, known)
    }

    /// Parses what an editor sends: the same keys as an object. The keys that an editor keeps for itself (`trace`, `server`) are skipped.
    pub fn from_json(value: &serde_json::Value, label: &str, base: Option<&Path>, known: &[Id]) -> (Self, Vec<Problem>) {
        read::json(value, label, base, known)
    }

    /// Do `include` and `exclude` let this file be reviewed? `path` is absolute.
    pub fn reviews(&self, path: &Path) -> bool {
        self.include.as_ref().is_none_or(|globs| globs.matches(path)) && !self.exclude.as_ref().is_some_and(|globs| globs.matches(path))
    }

    /// Is a document of so many bytes too large to be reviewed?
    pub fn is_too_large(&self, bytes: usize) -> bool {
        bytes as u64 > self.max_size()
    }

    /// A document of more bytes is not reviewed.
    pub fn max_size(&self) -> u64 {
        self.max_size.unwrap_or(MAX_SIZE)
    }

    /// How many findings of one document an editor is shown.
    pub fn max_findings(&self) -> usize {
        usize::try_from(self.max_findings.unwrap_or(MAX_FINDINGS)).unwrap_or(usize::MAX)
    }

    /// The address of a question's page, where a person has given one.
    pub fn page_of(&self, id: &str) -> Option<String> {
        self.docs_url.as_ref().map(|url| url.replace("{id}", id))
    }
}

impl Severities {
    /// The level of a question, where it is set: by its id, else by its group, else for all.
    pub fn level_of(&self, id: &str) -> Option<Level> {
        let groups = id.rmatch_indices('/').map(|(slash, _)| format!("{}/*", &id[..slash]));
        std::iter::once(id.to_owned()).chain(groups).chain(["*".to_owned()]).find_map(|key| self.levels.get(&key).copied())
    }

    /// Is the question switched off?
    pub fn is_off(&self, id: &str) -> bool {
        self.level_of(id) == Some(Level::Off)
    }

    /// What the question weighs, where that differs from its page.
    pub fn severity_of(&self, id: &str) -> Option<Severity> {
        match self.level_of(id)? {
            Level::Off => None,
            Level::Hint => Some(Severity::Hint),
            Level::Information => Some(Severity::Information),
            Level::Warning => Some(Severity::Warning),
        }
    }

    /// `self`, with what `weaker` says of questions that `self` does not speak of, be it by their group.
    fn over(self, weaker: &Self) -> Self {
        let left_open = weaker.levels.iter().filter(|(key, _)| self.level_of(key).is_none());
        let left_open: Vec<_> = left_open.map(|(key, &level)| (key.clone(), level)).collect();
        Self { levels: self.levels.into_iter().chain(left_open).collect() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.label, self.line, self.column, self.message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn severities(levels: &[(&str, Level)]) -> Severities {
        Severities { levels: levels.iter().map(|&(key, level)| (key.to_owned(), level)).collect() }
    }

    fn settings(levels: &[(&str, Level)]) -> Settings {
        Settings { severities: severities(levels), ..Settings::default() }
    }

    #[test]
    fn a_question_wins_over_its_group_and_a_group_over_all() {
        let severities = severities(&[("a/one", Level::Warning), ("a/*", Level::Off), ("*", Level::Hint)]);
        assert_eq!(severities.level_of("a/one"), Some(Level::Warning));
        assert_eq!(severities.level_of("a/two"), Some(Level::Off));
        assert_eq!(severities.level_of("b/one"), Some(Level::Hint));
    }

    #[test]
    fn what_nobody_sets_is_left_to_the_page() {
        assert_eq!(severities(&[("a/*", Level::Off)]).level_of("ab/one"), None);
    }

    #[test]
    fn a_stronger_place_wins_even_with_a_group_over_a_question() {
        let merged = merge([&settings(&[("a/*", Level::Off)]), &settings(&[("a/one", Level::Warning), ("b/one", Level::Hint)])]);
        assert_eq!(merged.severities, severities(&[("a/*", Level::Off), ("b/one", Level::Hint)]));
    }

    #[test]
    fn a_weaker_group_still_holds_for_the_questions_that_a_stronger_place_leaves_out() {
        let merged = merge([&settings(&[("a/one", Level::Warning)]), &settings(&[("a/*", Level::Off)])]);
        assert_eq!(merged.severities.level_of("a/one"), Some(Level::Warning));
        assert_eq!(merged.severities.level_of("a/two"), Some(Level::Off));
    }

    #[test]
    fn one_place_may_set_a_question_its_group_and_all() {
        let all = settings(&[("*", Level::Off), ("a/*", Level::Hint), ("a/one", Level::Warning)]);
        assert_eq!(merge([&all]).severities, all.severities);
        assert_eq!(merge([&settings(&[("b/one", Level::Hint)]), &all]).severities.level_of("a/two"), Some(Level::Hint));
    }

    #[test]
    fn lists_and_addresses_come_whole_from_the_strongest_place_that_has_them() {
        let url = |url: &str| Settings { docs_url: Some(url.to_owned()), ..Settings::default() };
        let merged = merge([&Settings::default(), &url("https://editor/{id}"), &url("https://file/{id}")]);
        assert_eq!(merged.page_of("a/one").as_deref(), Some("https://editor/a/one"));
    }
}
