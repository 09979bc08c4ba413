//! The other commands: explain, inspect, completions, help.

use expect_test::expect;
use serde_json::Value;

use crate::cli::place::{OPEN, Place};

#[test]
fn a_question_is_explained() {
    Place::new(&[]).check(
        "explain tea/lid",
        expect![[r#"
        # What keeps the heat in the teapot?
        tea/lid · information

        Name its lid, or say for how long the tea is to stay warm and why that is
        enough.

        ## Why

        Tea without a lid is cold in ten minutes.

        ## Checklist

        - [ ] The lid is made of …
        - [ ] Tea stays warm for …
        - [ ] Who forgets the lid drinks …

        ## Open

        ```design
        Tea is kept in a teapot.
                       ^^^^^^
        ```

        ## Answered

        ```design
        Tea is kept in a teapot under its lid.
        ```

        From: Followup's own
    "#]],
    );
}

#[test]
fn a_concept_is_explained_with_what_is_asked_of_it() {
    Place::new(&[]).check(
        "explain teapot",
        expect![[r##"
        # Teapot
        teapot

        A pot for tea.

        ## The line that lands

        > "Mine has a lid."

        ## Asked of it

          tea/lid  information  What keeps the heat in the teapot?

        From: Followup's own
    "##]],
    );
}

#[test]
fn a_group_lists_its_questions() {
    Place::new(&[]).check(
        "explain tea/*",
        expect![[r#"
        Questions
          tea/lid  information  What keeps the heat in the teapot?
    "#]],
    );
    Place::new(&[]).check(
        "explain tea",
        expect![[r#"
        Questions
          tea/lid  information  What keeps the heat in the teapot?
    "#]],
    );
}

#[test]
fn every_question_and_every_concept_is_listed_and_each_has_a_page() {
    let place = Place::bare(&[]);
    let list = place.run("explain").stdout;
    let ids: Vec<_> = list.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next()).filter(|id| !id.is_empty()).collect();
    assert!(ids.len() > 40, "{list}");
    for id in ids {
        let said = place.run(&format!("explain {id}"));
        assert!(said.code == 0 && said.stdout.starts_with("# "), "{id}: {said}");
    }
}

#[test]
fn an_unknown_id_is_told_with_the_nearest_one() {
    let place = Place::new(&[]);
    place.check(
        "explain tea/lit",
        expect![[r#"
        error: no question and no concept is called `tea/lit`; did you mean `tea/lid`?
        exit 2
    "#]],
    );
    place.check(
        "explain xyzzy",
        expect![[r#"
        error: no question and no concept is called `xyzzy`; `followup explain` lists them all
        exit 2
    "#]],
    );
}

#[test]
fn a_concept_is_explained_by_its_names_in_any_form() {
    let place = Place::new(&[]);
    for word in ["teapot", "Teapots", "caching", "shards", "consistent-hash"] {
        let said = place.run(&format!("explain {word}"));
        assert!(said.code == 0 && said.stdout.starts_with("# "), "{word}: {said}");
    }
    assert!(place.run("explain teapotts").stderr.contains("did you mean `teapot`?"));
}

#[test]
fn all_examples_of_a_question_can_be_read() {
    let place = Place::new(&[]);
    let count = |arguments: &str| place.run(arguments).stdout.matches("```design").count();
    assert_eq!(count("explain tea/lid"), 2);
    assert_eq!(count("explain tea/lid --examples"), 5);
}

#[test]
fn a_review_is_printed_as_json() {
    let place = Place::new(&[("a.md", OPEN)]);
    place.write("tea.toml", "");
    let said = place.run("inspect a.md --config tea.toml");
    let review: Value = serde_json::from_str(&said.stdout).unwrap();
    assert_eq!(review["schema"], 1);
    assert_eq!(review["design"], true);
    let finding = review["findings"].as_array().unwrap().iter().find(|finding| finding["id"] == "tea/lid").unwrap();
    expect![[r#"
        {
          "column": 18,
          "end": 67,
          "id": "tea/lid",
          "line": 6,
          "message": "What keeps the heat in the teapot? Name its lid, or say for how long the tea is to stay warm and why that is enough.",
          "question": 0,
          "related": [],
          "severity": "information",
          "start": 61,
          "status": "open",
          "subject": {
            "component": "teapot-1"
          }
        }"#]]
    .assert_eq(&serde_json::to_string_pretty(finding).unwrap());
    let question = &review["questions"][finding["question"].as_u64().unwrap() as usize];
    expect![[r#"
        {
          "asked_because": [
            {
              "end": 67,
              "line": 6,
              "polarity": "adopted",
              "start": 61,
              "term": "teapot"
            }
          ],
          "blank_items": [],
          "evidence": [],
          "id": "tea/lid",
          "kind": "question",
          "missing_pieces": [],
          "place": {
            "column": 18,
            "end": 67,
            "line": 6,
            "start": 61
          },
          "rejected": [],
          "status": "open",
          "subject": {
            "component": "teapot-1"
          }
        }"#]]
    .assert_eq(&serde_json::to_string_pretty(question).unwrap());
}

#[test]
fn a_review_ignores_settings_unless_they_are_named() {
    let place = Place::new(&[("a.md", OPEN)]);
    place.write("followup.toml", "colour = 1\n");
    let said = place.run("inspect a.md --format json");
    assert!(said.code == 0 && !said.stdout.contains("tea/lid"), "{said}");
    let said = place.run("inspect a.md --config followup.toml");
    let review: Value = serde_json::from_str(&said.stdout).unwrap();
    assert_eq!(said.code, 0);
    assert!(review["problems"][0].as_str().unwrap().starts_with("followup.toml:1:1: unknown key `colour`"), "{said}");
}

#[test]
fn a_review_of_what_cannot_be_read_is_no_review() {
    Place::bare(&[]).check(
        "inspect missing.md",
        expect![[r#"
        error: missing.md: does not exist; check the path
        exit 2
    "#]],
    );
}

#[test]
fn each_shell_has_completions() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let said = Place::bare(&[]).run(&format!("completions {shell}"));
        assert!(said.code == 0 && said.stdout.contains("write-baseline"), "{shell}");
    }
}

#[test]
fn help_shows_each_command_with_an_example() {
    let place = Place::bare(&[]);
    assert!(place.run("--help").stdout.contains("Examples:"));
    assert!(place.run("check --help").stdout.contains("Exit code: 0 nothing to fail on, 1 findings, 2 something could not be read"));
    for command in ["check", "explain", "inspect", "server", "completions"] {
        assert!(place.run("--help").stdout.contains(&format!("\n  {command} ")));
        assert_eq!(place.run(&format!("{command} --help")).code, 0);
    }
}
