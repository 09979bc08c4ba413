//! What settings give and what is told of them.

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
                followup.toml:2:1: unknown key `colour`; the keys are `severity`, `include`, `exclude`, `docs-url`, `max-size`, `max-findings`
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
fn a_limit_is_a_whole_number() {
    let (settings, problems) = Settings::from_toml(b"max-size = 4_000_000\nmax-findings = 0x10\n", "followup.toml", None, &[]);
    assert_eq!((settings.max_size(), settings.max_findings(), problems), (4_000_000, 16, Vec::new()));
    check(
        "max-size = \"2 MB\"\nmax-findings = 0\n",
        expect![[r#"
                followup.toml:1:12: `max-size` must be a whole number from 1 on, not a text
                followup.toml:2:16: `max-findings` must be a whole number from 1 on, not 0
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
    expect_file!["../../../../followup.schema.json"].assert_eq(&schema);
}

#[test]
fn schema_and_parser_agree_on_what_is_right() {
    let schema = jsonschema::validator_for(&schema()).unwrap();
    for (value, right) in [
        (json!({}), true),
        (json!({ "severity": { "tea/milk": "off", "*": "warning" }, "include": ["a"], "exclude": [], "docs-url": "http://x/{id}" }), true),
        (json!({ "severity": { "tea/milk": "error" } }), false),
        (json!({ "severity": "off" }), false),
        (json!({ "include": "a" }), false),
        (json!({ "exclude": [1] }), false),
        (json!({ "max-size": 1, "max-findings": 3 }), true),
        (json!({ "max-size": 0 }), false),
        (json!({ "max-size": -1 }), false),
        (json!({ "max-findings": 1.5 }), false),
        (json!({ "max-findings": "3" }), false),
        (json!({ "docs-url": "x/{id}" }), false),
        (json!({ "docs-url": "https://x/" }), false),
        (json!({ "colour": "red" }), false),
    ] {
        assert_eq!(schema.is_valid(&value), right, "by the schema: {value}");
        assert_eq!(Settings::from_json(&value, "", None, &[]).1.is_empty(), right, "by the parser: {value}");
    }
}
