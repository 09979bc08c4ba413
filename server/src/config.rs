//! Settings: what `followup.toml`, the editor and the command line say, parsed and merged.

use std::collections::BTreeMap;

use crate::content::{Id, Severity};

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
    pub levels: BTreeMap<Id, Level>,
}

impl Severities {
    /// Is the question switched off?
    pub fn is_off(&self, id: &str) -> bool {
        self.levels.get(id) == Some(&Level::Off)
    }

    /// What the question weighs, where that differs from its page.
    pub fn severity_of(&self, id: &str) -> Option<Severity> {
        match self.levels.get(id)? {
            Level::Off => None,
            Level::Hint => Some(Severity::Hint),
            Level::Information => Some(Severity::Information),
            Level::Warning => Some(Severity::Warning),
        }
    }
}
