//! Settings: what `followup.toml`, the editor and the command line say, parsed and merged.

use std::collections::BTreeMap;

use crate::content::Id;

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
