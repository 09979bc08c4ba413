//! What the terms of a question name.

use rustc_hash::FxHashSet;

use crate::{content::question::Term, text::nearest};

/// What a term may name.
pub(super) struct Terms {
    pub(super) signals: FxHashSet<String>,
    pub(super) concepts: FxHashSet<String>,
    pub(super) roles: FxHashSet<String>,
}

impl Terms {
    /// The term that is written so; an error says what to write.
    pub(super) fn resolve(&self, written: &str) -> Result<Term, String> {
        if let Some(inner) = written.strip_prefix("not:") {
            return Ok(Term::Not(Box::new(self.resolve(inner)?)));
        }
        if let Some(role) = written.strip_prefix("role:") {
            return match self.roles.contains(role) {
                true => Ok(Term::Role(role.to_owned())),
                false => Err(format!("there is no role `{role}`: add cues/role-{role}.md or use another")),
            };
        }
        if self.signals.contains(written) {
            Ok(Term::Signal(written.to_owned()))
        } else if self.concepts.contains(written) {
            Ok(Term::Concept(written.to_owned()))
        } else {
            let mut known: Vec<&str> = self.signals.iter().chain(&self.concepts).map(String::as_str).collect();
            known.sort_unstable();
            let near = nearest(written, known).map(|near| format!(" (nearest: `{near}`)")).unwrap_or_default();
            Err(format!("`{written}` is neither a signal nor a concept{near}: add signals/{written}.md or use another"))
        }
    }
}
