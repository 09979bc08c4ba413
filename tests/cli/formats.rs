//! What a check prints, in each format.

use expect_test::expect;
use serde_json::Value;

use crate::cli::place::{ANSWERED, OPEN, Place};

const SARIF: &str = include_str!("schemas/sarif-2.1.0.json");
const JSON: &str = include_str!("../../server/check.schema.json");

fn place() -> Place {
    let crlf = OPEN.replace("Tea is", "Thé 茶 is").replace('\n', "\r\n");
    Place::new(&[
        ("docs/open.md", OPEN),
        ("docs/crlf, 1.md", &crlf),
        ("docs/answered.md", ANSWERED),
        ("notes.md", "# Shopping\n\nA teapot.\n"),
    ])
}

#[test]
fn people_see_the_line_the_place_and_the_question() {
    place().check("check", expect![[""]]);
}

#[test]
fn github_sees_annotations() {
    place().check("check --format github", expect![[""]]);
}

#[test]
fn json_is_one_object() {
    place().check("check --format json docs/open.md", expect![[""]]);
}

#[test]
fn sarif_is_one_log() {
    place().check("check --format sarif docs/open.md", expect![[""]]);
}

#[test]
fn json_and_sarif_are_valid_with_findings_without_and_with_problems() {
    let place = place();
    place.write("broken.md", b"\xff");
    place.write("docs/linked/followup.toml", "docs-url = \"https://example.org/{id}\"\ncolour = 1\n[severity]\n\"tea/lid\" = \"hint\"\n");
    place.write("docs/linked/open.md", OPEN);
    for (format, schema) in [("json", JSON), ("sarif", SARIF)] {
        let schema = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
        for arguments in ["docs", "docs/answered.md", "broken.md missing.md", ". docs/linked/followup.toml"] {
            let said = place.run(&format!("check --format {format} {arguments}"));
            let output: Value = serde_json::from_str(&said.stdout).unwrap();
            let errors: Vec<_> = schema.iter_errors(&output).map(|error| format!("{} at {}", error, error.instance_path())).collect();
            assert!(errors.is_empty(), "{format} of {arguments}: {errors:#?}");
        }
    }
}

#[test]
fn the_schemas_refuse_what_is_not_as_they_say() {
    let said = place().run("check --format json docs");
    let schema = jsonschema::validator_for(&serde_json::from_str(JSON).unwrap()).unwrap();
    let mut output: Value = serde_json::from_str(&said.stdout).unwrap();
    assert!(schema.is_valid(&output));
    output["files"][0]["findings"] = "none".into();
    assert!(!schema.is_valid(&output));
}

#[test]
fn a_long_line_is_shown_round_the_finding() {
    let filler = "and the cups stand on the shelf beside the window ".repeat(8);
    let long = OPEN.replace("Tea is", &format!("{filler}so tea is")).replace("teapot.", &format!("teapot {filler}."));
    Place::new(&[("long.md", &long)]).check("check long.md", expect![[""]]);
}

#[test]
fn colour_comes_when_it_is_asked_for() {
    let place = Place::new(&[("a.md", OPEN)]);
    assert!(!place.run("check").stdout.contains('\x1b'));
    assert!(!place.run("check --color never").stdout.contains('\x1b'));
    assert!(place.run("check --color always").stdout.contains("\x1b[1m"));
    for format in ["json", "sarif", "github"] {
        assert!(!place.run(&format!("check --color always --format {format}")).stdout.contains('\x1b'));
    }
}

#[test]
fn no_color_in_the_environment_wins_over_a_wish_for_colour_there_but_not_over_the_command_line() {
    let place = Place::new(&[("a.md", OPEN)]);
    let colourful = |arguments: &str, environment: &[(&str, &str)]| {
        let output = place.command(arguments).envs(environment.iter().copied()).output().unwrap();
        output.stdout.contains(&0x1b)
    };
    assert!(colourful("check", &[("CLICOLOR_FORCE", "1")]));
    assert!(!colourful("check", &[("NO_COLOR", "1")]));
    assert!(colourful("check --color always", &[("NO_COLOR", "1")]));
}

#[test]
fn nothing_in_a_document_steers_the_terminal() {
    let nasty = OPEN.replace("Tea is", "Tea\x1b[2J \u{202e}is");
    let place = Place::new(&[("a.md", &nasty)]);
    let said = place.run("check --color never");
    assert!(said.stdout.contains("teapot") && !said.stdout.contains(['\x1b', '\u{202e}']), "{said}");
}
