//! A tree of settings read key by key, and the JSON schema of the same keys.

#[cfg(test)]
mod tests;

use std::path::Path;

use serde_json::{Value as Json, json};

use super::{
    Globs, Level, Problem, Settings,
    tree::{self, Node, Value},
};
use crate::{content::Id, text::nearest};

/// Every key there is. Reading and schema both go by this table.
const KEYS: [Key; 6] = [
    Key {
        name: "severity",
        about: "How much a question weighs, by its id, by a group (\"GROUP/*\") or for all (\"*\"); the most special one wins",
        shape: || {
            json!({
                "type": "object",
                "additionalProperties": { "enum": Level::ALL.map(Level::name) },
            })
        },
        read: severity,
    },
    Key {
        name: "include",
        about: "Review only these files; globs, relative to the folder of this file",
        shape: globs_shape,
        read: |reader, node, settings| settings.include = reader.globs("include", node),
    },
    Key {
        name: "exclude",
        about: "Do not review these files, unless they are named on the command line; globs, relative to the folder of this file",
        shape: globs_shape,
        read: |reader, node, settings| settings.exclude = reader.globs("exclude", node),
    },
    Key {
        name: "docs-url",
        about: "The address of a question's page, with {id} where the id stands; findings link to it",
        shape: || json!({ "type": "string", "pattern": "^https?://.*\\{id\\}" }),
        read: docs_url,
    },
    Key {
        name: "max-size",
        about: "A document of more bytes is not reviewed, and says so; hovers stay. 2 MB where it is not set",
        shape: || json!({ "type": "integer", "minimum": 1 }),
        read: |reader, node, settings| settings.max_size = reader.number("max-size", node),
    },
    Key {
        name: "max-findings",
        about: "An editor is shown so many findings of one document, and how many more there are. 100 where it is not set",
        shape: || json!({ "type": "integer", "minimum": 1 }),
        read: |reader, node, settings| settings.max_findings = reader.number("max-findings", node),
    },
];

/// What an editor's own client keeps beside our keys.
const KEPT_BY_EDITORS: [&str; 2] = ["trace", "server"];

struct Key {
    name: &'static str,
    about: &'static str,
    shape: fn() -> Json,
    read: fn(&mut Reader<'_>, &Node, &mut Settings),
}

/// The JSON schema of `followup.toml`, as it is shipped beside this crate.
pub fn schema() -> Json {
    let property = |key: &Key| {
        let mut shape = (key.shape)();
        shape["description"] = key.about.into();
        (key.name.to_owned(), shape)
    };
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "followup.toml",
        "description": "Settings of Followup for the Markdown files in this folder and below",
        "type": "object",
        "properties": KEYS.iter().map(property).collect::<serde_json::Map<_, _>>(),
        "additionalProperties": false,
    })
}

pub(super) fn toml(bytes: &[u8], label: &str, base: Option<&Path>, known: &[Id]) -> (Settings, Vec<Problem>) {
    let text = match str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let valid = str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
            let mut reader = Reader { label, text: valid, base, known, problems: Vec::new() };
            reader.problem(valid.len(), format!("byte {} is not UTF-8; save the file as UTF-8", valid.len()));
            return (Settings::default(), reader.problems);
        }
    };
    let mut reader = Reader { label, text, base, known, problems: Vec::new() };
    let (node, errors) = tree::from_toml(text);
    for (at, message) in errors {
        reader.problem(at, broken_toml(text, at, &message));
    }
    // One slip makes the parser, and us, stumble over the rest of its line as well; the first place is the one to mend.
    reader.problems.dedup_by_key(|problem| problem.line);
    let broken = reader.problems.clone();
    let (settings, mut problems) = reader.finish(&node, &[]);
    problems.retain(|problem| broken.contains(problem) || broken.iter().all(|broken| broken.line != problem.line));
    (settings, problems)
}

pub(super) fn json(value: &Json, label: &str, base: Option<&Path>, known: &[Id]) -> (Settings, Vec<Problem>) {
    let reader = Reader { label, text: "", base, known, problems: Vec::new() };
    if value.is_null() {
        return Default::default();
    }
    reader.finish(&tree::from_json(value), &KEPT_BY_EDITORS)
}

struct Reader<'a> {
    label: &'a str,
    text: &'a str,
    base: Option<&'a Path>,
    known: &'a [Id],
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn finish(mut self, node: &Node, skipped: &[&str]) -> (Settings, Vec<Problem>) {
        let mut settings = Settings::default();
        let Value::Table(entries) = &node.value else {
            self.problem(node.at, format!("settings are a table of keys, not {}", node.value.kind()));
            return (settings, self.problems);
        };
        for entry in entries {
            match KEYS.iter().find(|key| key.name == entry.key) {
                Some(key) => (key.read)(&mut self, &entry.node, &mut settings),
                None if skipped.contains(&entry.key.as_str()) => {}
                None => self.unknown_key(entry.at, &entry.key),
            }
        }
        self.problems.sort_by_key(|problem| (problem.line, problem.column));
        (settings, self.problems)
    }

    fn problem(&mut self, at: usize, message: String) {
        let before = &self.text.as_bytes()[..at.min(self.text.len())];
        let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
        let column = before.iter().rev().take_while(|&&byte| byte != b'\n').count() + 1;
        self.problems.push(Problem { label: self.label.to_owned(), line, column, message });
    }

    fn unknown_key(&mut self, at: usize, key: &str) {
        let names = || KEYS.iter().map(|key| key.name);
        let remedy = match nearest(key, names()) {
            Some(name) => format!("did you mean `{name}`?"),
            None if key.contains('/') => "levels of questions stand under `[severity]`".to_owned(),
            None => format!("the keys are {}", listed(names())),
        };
        self.problem(at, format!("unknown key `{key}`; {remedy}"));
    }

    /// A question, a group or `*` that exists; told where it does not.
    fn check_question(&mut self, at: usize, key: &str) {
        let group = key.strip_suffix("/*");
        let exists = match group {
            _ if self.known.is_empty() || key == "*" => true,
            Some(group) => groups(self.known).any(|known| known == group),
            None => self.known.iter().any(|known| known == key),
        };
        if exists {
            return;
        }
        let message = match group {
            Some(group) => match nearest(group, groups(self.known)) {
                Some(near) => format!("unknown group `{key}`; did you mean `{near}/*`?"),
                None => format!("unknown group `{key}`; the groups are {}", listed(groups(self.known))),
            },
            None if groups(self.known).any(|known| known == key) => format!("`{key}` is a group; write `{key}/*` to mean all of it"),
            None => match nearest(key, self.known.iter().map(String::as_str)) {
                Some(near) => format!("unknown question `{key}`; did you mean `{near}`?"),
                None => format!("unknown question `{key}`; `followup explain` lists them all"),
            },
        };
        self.problem(at, message);
    }

    fn number(&mut self, name: &str, node: &Node) -> Option<u64> {
        match &node.value {
            Value::Number(number @ 1..) => return Some(*number),
            Value::Number(0) => self.problem(node.at, format!("`{name}` must be a whole number from 1 on, not 0")),
            other => self.problem(node.at, format!("`{name}` must be a whole number from 1 on, not {}", other.kind())),
        }
        None
    }

    fn globs(&mut self, name: &str, node: &Node) -> Option<Globs> {
        let Value::List(items) = &node.value else {
            self.problem(node.at, format!("`{name}` must be a list of globs such as [\"docs/**\"], not {}", node.value.kind()));
            return None;
        };
        let mut patterns = Vec::new();
        for item in items {
            match &item.value {
                Value::Text(pattern) => match Globs::new(self.base, [pattern.as_str()]) {
                    Ok(_) => patterns.push(pattern.as_str()),
                    Err((_, error)) => self.problem(item.at, format!("`{pattern}` is no glob: {error}")),
                },
                other => self.problem(item.at, format!("a glob in `{name}` must be a text, not {}", other.kind())),
            }
        }
        match Globs::new(self.base, patterns) {
            Ok(globs) => Some(globs),
            Err((_, error)) => {
                self.problem(node.at, format!("the globs of `{name}` cannot be used together: {error}"));
                None
            }
        }
    }
}

fn severity(reader: &mut Reader<'_>, node: &Node, settings: &mut Settings) {
    let Value::Table(entries) = &node.value else {
        reader.problem(node.at, format!("`severity` must be a table of questions and levels, not {}", node.value.kind()));
        return;
    };
    for entry in entries {
        reader.check_question(entry.at, &entry.key);
        let level = match &entry.node.value {
            Value::Text(name) => Level::ALL.into_iter().find(|level| level.name() == name).ok_or_else(|| format!("`{name}`")),
            other => Err(other.kind().to_owned()),
        };
        match level {
            Ok(level) => _ = settings.severities.levels.insert(entry.key.clone(), level),
            Err(found) => {
                let levels = listed(Level::ALL.map(Level::name));
                reader.problem(entry.node.at, format!("the level of `{}` must be one of {levels}, not {found}", entry.key));
            }
        }
    }
}

fn docs_url(reader: &mut Reader<'_>, node: &Node, settings: &mut Settings) {
    match &node.value {
        Value::Text(url) if url.starts_with("https://") || url.starts_with("http://") => match url.contains("{id}") {
            true => settings.docs_url = Some(url.clone()),
            false => reader.problem(node.at, "`docs-url` has no `{id}`; write it where the question's id belongs".to_owned()),
        },
        Value::Text(_) => reader.problem(node.at, "`docs-url` must begin with https:// or http://".to_owned()),
        other => reader.problem(node.at, format!("`docs-url` must be an address with `{{id}}` in it, not {}", other.kind())),
    }
}

/// The folder of each id, once, in the order of `known`.
fn groups(known: &[Id]) -> impl Iterator<Item = &str> {
    let mut last = None;
    known.iter().filter_map(|id| Some(id.rsplit_once('/')?.0)).filter(move |&group| last.replace(group) != Some(group))
}

/// What the parser says, with a remedy for the slip that everyone makes once: an id is no bare key.
fn broken_toml(text: &str, at: usize, message: &str) -> String {
    let start = text[..text.floor_char_boundary(at)].rfind('\n').map_or(0, |end| end + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    let key = line.split('=').next().unwrap_or_default().trim();
    if key.contains(['/', '*']) && !key.contains(['"', '\'', '#', '[']) {
        return format!("`{key}` needs quotes, since it is no bare word: \"{key}\" = …");
    }
    format!("this is no TOML: {message}")
}

fn globs_shape() -> Json {
    json!({ "type": "array", "items": { "type": "string" } })
}

fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

impl Level {
    const ALL: [Self; 4] = [Self::Off, Self::Hint, Self::Information, Self::Warning];

    fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Hint => "hint",
            Self::Information => "information",
            Self::Warning => "warning",
        }
    }
}
