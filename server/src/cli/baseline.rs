//! Findings that are known and accepted: kept in a file, by what they are about rather than by where they stand.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context;
use serde::{Deserialize, Serialize};

use super::report::{Checked, Form};
use crate::{ide::Diagnostic, workspace};

const SCHEMA: u32 = 1;

/// A file of known findings.
#[derive(Debug)]
pub(super) struct Baseline {
    file: PathBuf,
    known: BTreeSet<Entry>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Content {
    schema: u32,
    findings: BTreeSet<Entry>,
}

/// Stays the same while the document is edited around it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Entry {
    /// From the folder of the baseline on, with `/`.
    path: String,
    question: String,
    /// Question and subject.
    key: String,
}

/// The findings there are, to be known from now on.
#[derive(Debug, Clone)]
pub(super) struct Accepted<'a> {
    baseline: &'a Baseline,
    /// Paths, as entries have them.
    checked: BTreeSet<String>,
    found: BTreeSet<Entry>,
}

impl Form for Accepted<'_> {
    type Piece = (String, Vec<Entry>);

    fn piece(&self, file: &Checked) -> Self::Piece {
        let entries = file.findings.iter().map(|finding| self.baseline.entry(&file.name, finding)).collect();
        (self.baseline.path(&file.name), entries)
    }

    fn join(&mut self, (path, entries): Self::Piece) -> String {
        self.checked.insert(path);
        self.found.extend(entries);
        String::new()
    }
}

impl<'a> Accepted<'a> {
    pub(super) fn of(baseline: &'a Baseline) -> Self {
        Self { baseline, checked: BTreeSet::new(), found: BTreeSet::new() }
    }

    /// Puts what was found in the place of what was known of these documents; what was known of others stays, as long as they are there.
    /// Returns how many findings are known now.
    pub(super) fn write(self) -> anyhow::Result<usize> {
        let Self { baseline, checked, mut found } = self;
        let file = baseline.file();
        let others = baseline.known.iter().filter(|entry| !checked.contains(&entry.path) && baseline.folder().join(&entry.path).exists());
        found.extend(others.cloned());
        let content = Content { schema: SCHEMA, findings: found };
        let text = serde_json::to_string_pretty(&content)? + "\n";
        fs::write(file, text).with_context(|| format!("{} cannot be written", file.display()))?;
        Ok(content.findings.len())
    }
}

impl Baseline {
    /// Reads the file; one that will be written need not be there yet.
    pub(super) fn read(file: &Path, may_be_missing: bool) -> anyhow::Result<Self> {
        let file = workspace::absolute(file);
        if may_be_missing && !file.exists() {
            return Ok(Self { file, known: BTreeSet::new() });
        }
        let text = workspace::read(&file)
            .map_err(|message| anyhow::anyhow!("{}: {message}, or write it with --write-baseline", file.display()))?;
        let content: Content = serde_json::from_str(&text)
            .with_context(|| format!("{} is no baseline; write it anew with --write-baseline", file.display()))?;
        anyhow::ensure!(
            content.schema == SCHEMA,
            "{} is a baseline of another version; write it anew with --write-baseline",
            file.display()
        );
        Ok(Self { file, known: content.findings })
    }

    pub(super) fn file(&self) -> &Path {
        &self.file
    }

    /// Is this finding of the document called `name` known?
    pub(super) fn holds(&self, name: &str, finding: &Diagnostic) -> bool {
        self.known.contains(&self.entry(name, finding))
    }

    fn entry(&self, name: &str, finding: &Diagnostic) -> Entry {
        Entry { path: self.path(name), question: finding.code.clone(), key: finding.key.clone() }
    }

    fn path(&self, name: &str) -> String {
        let path = workspace::absolute(Path::new(name));
        let path = path.strip_prefix(self.folder()).unwrap_or(&path);
        path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
    }

    fn folder(&self) -> &Path {
        self.file.parent().unwrap_or(&self.file)
    }
}
