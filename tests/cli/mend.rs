//! `--fix` and `--diff`.

use expect_test::expect;

use crate::cli::place::{ANSWERED, OPEN, Place};

#[test]
fn a_fix_inserts_the_checklist_and_a_second_one_changes_nothing() {
    let place = Place::new(&[("a.md", OPEN)]);
    place.check(
        "check --fix",
        expect![[r#"
            a.md:6:18: information tea/lid
               6 │ Tea is kept in a teapot.
                 │                  ^^^^^^
                   What keeps the heat in the teapot? Still blank: The lid is made of ___;
                   Tea stays warm for ___; Who forgets the lid drinks ___
                   Also in line 8

            Inserted 1 checklist; fill in their blanks to answer the questions
            1 information in 1 of 1 design
        "#]],
    );
    let fixed = place.read("a.md");
    expect![[r#"
        <!-- followup: design -->
        # Tea

        ## Design

        Tea is kept in a teapot.

        ### Lid: teapot

        - [ ] The lid is made of …
        - [ ] Tea stays warm for …
        - [ ] Who forgets the lid drinks …
    "#]]
    .assert_eq(&fixed);
    place.check(
        "check --fix",
        expect![[r#"
            a.md:6:18: information tea/lid
               6 │ Tea is kept in a teapot.
                 │                  ^^^^^^
                   What keeps the heat in the teapot? Still blank: The lid is made of ___;
                   Tea stays warm for ___; Who forgets the lid drinks ___
                   Also in line 8

            1 information in 1 of 1 design
        "#]],
    );
    assert_eq!(place.read("a.md"), fixed);
}

#[test]
fn a_diff_shows_the_same_and_changes_nothing() {
    let place = Place::new(&[("docs/a.md", OPEN), ("docs/b.md", ANSWERED)]);
    // A blank line of a diff holds one blank, which would be lost here.
    let said = place.run("check --diff").to_string().replace("\n \n", "\n_\n");
    expect![[r#"
        --- a/docs/a.md
        +++ b/docs/a.md
        @@ -4,3 +4,9 @@
         ## Design
        _
         Tea is kept in a teapot.
        +
        +### Lid: teapot
        +
        +- [ ] The lid is made of …
        +- [ ] Tea stays warm for …
        +- [ ] Who forgets the lid drinks …
        exit 1
    "#]]
    .assert_eq(&said);
    assert_eq!(place.read("docs/a.md"), OPEN);
}

#[test]
fn a_diff_is_a_patch_even_of_a_document_with_escape_sequences() {
    let place = Place::new(&[("a.md", &OPEN.replace("Tea is kept", "Tea \x1b[1mis\x1b[0m kept"))]);
    let patch = place.run("check --diff").stdout;
    assert!(patch.contains("\n Tea \x1b[1mis\x1b[0m kept in a teapot.\n"), "{patch}");
    assert!(place.run("check --diff --color always").stdout.contains("\x1b[32m+### Lid: teapot\x1b[0m\n"));
}

#[test]
fn a_document_from_standard_input_goes_to_standard_output_fixed() {
    let place = Place::new(&[("a.md", OPEN)]);
    let said = place.run_with("check --fix -", OPEN.as_bytes());
    place.run("check --fix a.md");
    assert_eq!(said.stdout, place.read("a.md"));
    assert!(said.stderr.contains("Inserted 1 checklist"), "{said}");
    assert_eq!(place.run_with("check --fix -", ANSWERED.as_bytes()).stdout, ANSWERED);
}

#[test]
fn line_ends_and_a_missing_one_at_the_end_stay() {
    let crlf = OPEN.replace('\n', "\r\n");
    let place = Place::new(&[("a.md", crlf.trim_end())]);
    place.run("check --fix");
    let fixed = place.read("a.md");
    assert!(fixed.starts_with(crlf.trim_end()) && fixed.len() > crlf.len(), "{fixed}");
    assert_eq!(fixed.matches('\n').count(), fixed.matches("\r\n").count());
}

#[test]
fn what_needs_no_fix_is_not_written() {
    let place = Place::new(&[("a.md", ANSWERED), ("b.md", "# Shopping\n\nA teapot.\n")]);
    let written = |path: &str| place.path(path).metadata().unwrap().modified().unwrap();
    let before = [written("a.md"), written("b.md")];
    assert_eq!(place.run("check --fix").code, 0);
    assert_eq!([written("a.md"), written("b.md")], before);
}

#[test]
fn a_finding_that_is_known_or_left_out_is_not_fixed() {
    let place = Place::new(&[("a.md", OPEN)]);
    place.run("check --baseline known.json --write-baseline");
    place.run("check --baseline known.json --fix");
    place.run("check --severity tea/lid=hint --min-severity warning --fix");
    assert_eq!(place.read("a.md"), OPEN);
}

#[test]
fn a_comment_that_silences_nothing_is_told_and_left_for_the_person_to_take_out() {
    let text = ANSWERED.replace("Tea is", "<!-- followup-ignore tea/lid: it is drunk at once -->\nTea is");
    let place = Place::new(&[("a.md", &text)]);
    place.check(
        "check --fix",
        expect![[r#"
        a.md:6:1: information followup-ignore
           6 │ <!-- followup-ignore tea/lid: it is drunk at once -->
             │ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               This comment silences nothing: `tea/lid` is not open here. Take it out.

        1 information in 1 of 1 design
    "#]],
    );
    assert_eq!(place.read("a.md"), text);
}
