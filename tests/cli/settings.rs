//! Which settings win, and what each does.

use expect_test::expect;

use crate::cli::place::{ANSWERED, OPEN, Place};

/// The severity of the one finding in `a.md`, or what was said instead.
fn weight(place: &Place, arguments: &str) -> String {
    let said = place.run(&format!("check docs/a.md {arguments}"));
    let finding = said.stdout.lines().find(|line| line.ends_with(" tea/lid"));
    finding.map_or(said.to_string(), |line| line.split(' ').nth_back(1).unwrap().to_owned())
}

#[test]
fn the_command_line_wins_over_the_nearest_file_and_that_over_the_users_and_that_over_the_page() {
    let place = Place::new(&[("docs/a.md", OPEN)]);
    let set = |level: &str| format!("[severity]\n\"tea/lid\" = \"{level}\"\n");
    place.write("followup.toml", "");
    assert_eq!(weight(&place, "--min-severity information"), "information");
    place.write("user/followup/followup.toml", set("hint"));
    assert_eq!(weight(&place, ""), "hint");
    place.write("followup.toml", set("warning"));
    assert_eq!(weight(&place, ""), "warning");
    place.write("docs/followup.toml", set("information"));
    assert_eq!(weight(&place, ""), "information");
    assert_eq!(weight(&place, "--severity tea/*=hint"), "hint");
    place.write("other.toml", set("warning"));
    assert_eq!(weight(&place, "--config other.toml"), "warning");
}

#[test]
fn without_settings_there_is_only_what_is_built_in() {
    let place = Place::new(&[("a.md", OPEN), ("followup.toml", "")]);
    place.write("followup.toml", "colour = 1\n");
    assert_eq!(place.run("check a.md").code, 2);
    let said = place.run("check --no-config a.md");
    assert!(said.stderr.is_empty() && !said.stdout.contains("tea/lid"), "{said}");
}

#[test]
fn content_can_come_from_another_folder() {
    let place = Place::new(&[("a.md", OPEN)]);
    std::fs::rename(place.path(".followup"), place.path("pages")).unwrap();
    assert_eq!(place.run("check --content pages a.md").code, 1);
}

#[test]
fn a_question_that_is_off_is_not_asked() {
    Place::new(&[("a.md", OPEN)]).check(
        "check --severity tea/lid=off",
        expect![[r#"
        No open question in 1 design
    "#]],
    );
}

#[test]
fn a_finding_fails_the_check_from_a_weight_on() {
    let place = Place::new(&[("a.md", OPEN)]);
    let code = |arguments: &str| place.run(&format!("check {arguments}")).code;
    assert_eq!(code(""), 1);
    assert_eq!(code("--severity tea/lid=information"), 0);
    assert_eq!(code("--severity tea/lid=information --fail-on information"), 1);
    assert_eq!(code("--severity tea/lid=hint --fail-on hint"), 1);
    assert_eq!(code("--exit-zero"), 0);
}

#[test]
fn light_findings_can_be_left_out() {
    let place = Place::new(&[("a.md", OPEN)]);
    place.check(
        "check --severity tea/lid=hint --min-severity information",
        expect![[r#"
        No open question in 1 design; 1 left out
    "#]],
    );
    assert_eq!(place.run("check --severity tea/lid=hint --min-severity information --fail-on hint").code, 0);
}

#[test]
fn globs_leave_files_of_folders_out_but_none_that_is_named() {
    let place = Place::new(&[("a.md", ANSWERED), ("old/a.md", OPEN)]);
    assert_eq!(place.run("check").code, 1);
    assert_eq!(place.run("check --exclude old/").code, 0);
    place.write("followup.toml", "exclude = [\"old/\"]\n[severity]\n\"*\" = \"off\"\n\"tea/*\" = \"warning\"\n");
    assert_eq!(place.run("check").code, 0);
    assert_eq!(place.run("check old/a.md").code, 1);
}

#[test]
fn a_page_gets_the_address_that_the_settings_give_it() {
    let place = Place::new(&[("a.md", OPEN)]);
    assert!(place.run("check --format json").stdout.contains("\"page\": null"));
    place.write("followup.toml", "docs-url = \"https://example.org/{id}.html\"\n");
    assert!(place.run("check --format json").stdout.contains("\"page\": \"https://example.org/tea/lid.html\""));
    assert!(place.run("check --format sarif").stdout.contains("\"helpUri\": \"https://example.org/tea/lid.html\""));
}

#[test]
fn the_settings_of_a_document_on_standard_input_are_those_of_its_name() {
    let place = Place::new(&[]);
    place.write("docs/followup.toml", "[severity]\n\"*\" = \"off\"\n");
    assert_eq!(place.run_with("check -", OPEN.as_bytes()).code, 1);
    assert_eq!(place.run_with("check - --stdin-filename docs/a.md", OPEN.as_bytes()).code, 0);
    place.check_with(
        "check - --stdin-filename elsewhere/a.md",
        OPEN.as_bytes(),
        expect![[r#"
        elsewhere/a.md:6:18: warning tea/lid
           6 │ Tea is kept in a teapot.
             │                  ^^^^^^
               What keeps the heat in the teapot? Name its lid, or say for how long the
               tea is to stay warm and why that is enough.

        1 warning in 1 of 1 design
        `followup explain ID` tells more of a question; `--fix` inserts the checklists
        exit 1
    "#]],
    );
}

#[test]
fn comments_silence_a_finding_and_that_is_counted() {
    let silenced = OPEN.replace("Tea is", "<!-- followup-ignore tea/lid: it is drunk at once -->\nTea is");
    Place::new(&[("a.md", &silenced)]).check(
        "check",
        expect![[r#"
        No open question in 1 design; 1 silenced by comments
    "#]],
    );
}
