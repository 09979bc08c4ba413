//! A tree of settings read key by key, and the JSON schema of the same keys.

use std::path::Path;

use serde_json::{Value as Json, json};

use super::{
    Globs, Level, Problem, Settings, nearest,
    tree::{self, Node, Value},
};
use crate::content::Id;

/// Every key there is. Reading and schema both go by this table.
const KEYS: [Key; 4] = [
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

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect, expect_file};

    use super::*;

    fn known() -> Vec<Id> {
        ["tea/milk", "tea/sugar", "pot/lid"].map(str::to_owned).to_vec()
    }

    fn check(text: &str, expected: Expect) {
        let (settings, problems) = Settings::from_toml(text.as_bytes(), "followup.toml", None, &known());
        let levels = settings.severities.levels.iter().map(|(id, level)| format!("{id} is {}\n", level.name()));
        let url = settings.docs_url.iter().map(|url| format!("pages at {url}\n"));
        let problems = problems.iter().map(|problem| format!("{problem}\n"));
        expected.assert_eq(&levels.chain(url).chain(problems).collect::<String>());
    }

    #[test]
    fn no_settings_are_fine() {
        check("", expect![""]);
        check("# nothing yet\r\n[severity]\r\n", expect![""]);
    }

    #[test]
    fn every_key_is_read() {
        let text = r#"
include = ["docs/**"]
exclude = ["archive/"]
docs-url = "https://example.org/{id}.html"
[severity]
"tea/milk" = "off"
"pot/*" = "information"
"*" = "hint"
"#;
        check(
            text,
            expect![[r#"
                * is hint
                pot/* is information
                tea/milk is off
                pages at https://example.org/{id}.html
            "#]],
        );
    }

    #[test]
    fn a_mistyped_key_is_told_with_the_nearest_one() {
        check(
            "severty = 1\ncolour = 2\n\"tea/milk\" = \"off\"\n",
            expect![[r#"
                followup.toml:1:1: unknown key `severty`; did you mean `severity`?
                followup.toml:2:1: unknown key `colour`; the keys are `severity`, `include`, `exclude`, `docs-url`
                followup.toml:3:1: unknown key `tea/milk`; levels of questions stand under `[severity]`
            "#]],
        );
    }

    #[test]
    fn a_mistyped_question_is_told_with_the_nearest_one_and_a_mistyped_group_too() {
        check(
            "[severity]\n\"tea/mlik\" = \"off\"\n\"tee/*\" = \"off\"\n\"x/y\" = \"off\"\n\"xyz/*\" = \"off\"\ntea = \"off\"\n",
            expect![[r#"
                tea is off
                tea/mlik is off
                tee/* is off
                x/y is off
                xyz/* is off
                followup.toml:2:1: unknown question `tea/mlik`; did you mean `tea/milk`?
                followup.toml:3:1: unknown group `tee/*`; did you mean `tea/*`?
                followup.toml:4:1: unknown question `x/y`; `followup explain` lists them all
                followup.toml:5:1: unknown group `xyz/*`; the groups are `tea`, `pot`
                followup.toml:6:1: `tea` is a group; write `tea/*` to mean all of it
            "#]],
        );
    }

    #[test]
    fn what_is_wrong_costs_nothing_else() {
        check(
            "exclude = \"archive\"\ninclude = [1, \"{a\"]\ndocs-url = \"example.org\"\n[severity]\n\"tea/milk\" = \"error\"\n\"pot/lid\" = 3\n\"tea/sugar\" = \"hint\"\n",
            expect![[r#"
                tea/sugar is hint
                followup.toml:1:11: `exclude` must be a list of globs such as ["docs/**"], not a text
                followup.toml:2:12: a glob in `include` must be a text, not a number
                followup.toml:2:15: `{a` is no glob: unclosed alternate group; missing '}' (maybe escape '{' with '[{]'?)
                followup.toml:3:12: `docs-url` must begin with https:// or http://
                followup.toml:5:14: the level of `tea/milk` must be one of `off`, `hint`, `information`, `warning`, not `error`
                followup.toml:6:13: the level of `pot/lid` must be one of `off`, `hint`, `information`, `warning`, not a number
            "#]],
        );
        check(
            "docs-url = \"https://example.org\"\nseverity = \"off\"\n",
            expect![[r#"
                followup.toml:1:12: `docs-url` has no `{id}`; write it where the question's id belongs
                followup.toml:2:12: `severity` must be a table of questions and levels, not a text
            "#]],
        );
    }

    #[test]
    fn an_id_without_quotes_is_told_with_its_remedy() {
        check(
            "[severity]\ntea/milk = \"off\"\n\"tea/sugar\" = \"hint\"\n",
            expect![[r#"
            tea/milk is off
            tea/sugar is hint
            followup.toml:2:4: `tea/milk` needs quotes, since it is no bare word: "tea/milk" = …
        "#]],
        );
    }

    #[test]
    fn broken_toml_is_told_with_its_line_and_the_rest_is_kept() {
        check(
            "[severity\n\"tea/sugar\" = \"hint\"\n",
            expect![[r#"
            followup.toml:1:10: this is no TOML: unclosed table, expected `]`
            followup.toml:2:1: unknown key `tea/sugar`; levels of questions stand under `[severity]`
        "#]],
        );
        check(
            "docs-url = \"https://é\n[severity]\n\"tea/sugar\" = \"hint\"\n",
            expect![[r#"
                tea/sugar is hint
                followup.toml:1:23: this is no TOML: invalid basic string, expected `"`
            "#]],
        );
        check(
            "[severity]\n\"tea/milk\" = \"off\"\n\"tea/milk\" = \"hint\"\n",
            expect![[r#"
            tea/milk is off
            followup.toml:3:1: this is no TOML: duplicate key
        "#]],
        );
    }

    #[test]
    fn bytes_that_are_no_utf8_are_told_by_their_place() {
        let (_, problems) = Settings::from_toml(b"# caf\xe9", "followup.toml", None, &[]);
        assert_eq!(problems[0].to_string(), "followup.toml:1:6: byte 5 is not UTF-8; save the file as UTF-8");
    }

    #[test]
    fn an_editor_says_the_same_as_an_object() {
        let value = json!({ "severity": { "tea/mlik": "off", "pot/*": "hint" }, "docs-url": null, "server": { "path": "x" }, "trace": {}, "exclud": [] });
        let (settings, problems) = Settings::from_json(&value, "the editor's settings", None, &known());
        assert_eq!(settings.severities.level_of("pot/lid"), Some(Level::Hint));
        let problems: Vec<_> = problems.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(problems, ["unknown key `exclud`; did you mean `exclude`?", "unknown question `tea/mlik`; did you mean `tea/milk`?"]);
    }

    #[test]
    fn an_editor_that_says_nothing_is_fine_and_one_that_says_nonsense_is_told() {
        assert!(Settings::from_json(&Json::Null, "the editor's settings", None, &[]).1.is_empty());
        let problems = Settings::from_json(&json!([1]), "the editor's settings", None, &[]).1;
        assert_eq!(problems[0].message, "settings are a table of keys, not a list");
    }

    #[test]
    fn the_shipped_schema_is_the_one_of_this_parser() {
        let schema = serde_json::to_string_pretty(&schema()).unwrap() + "\n";
        expect_file!["../../followup.schema.json"].assert_eq(&schema);
    }

    #[test]
    fn schema_and_parser_agree_on_what_is_right() {
        let schema = jsonschema::validator_for(&schema()).unwrap();
        for (value, right) in [
            (json!({}), true),
            (
                json!({ "severity": { "tea/milk": "off", "*": "warning" }, "include": ["a"], "exclude": [], "docs-url": "http://x/{id}" }),
                true,
            ),
            (json!({ "severity": { "tea/milk": "error" } }), false),
            (json!({ "severity": "off" }), false),
            (json!({ "include": "a" }), false),
            (json!({ "exclude": [1] }), false),
            (json!({ "docs-url": "x/{id}" }), false),
            (json!({ "docs-url": "https://x/" }), false),
            (json!({ "colour": "red" }), false),
        ] {
            assert_eq!(schema.is_valid(&value), right, "by the schema: {value}");
            assert_eq!(Settings::from_json(&value, "", None, &[]).1.is_empty(), right, "by the parser: {value}");
        }
    }
}
