//! Findings that are known.

use expect_test::expect;

use crate::cli::place::{OPEN, Place};

const CHECK: &str = "check --baseline known.json";

#[test]
fn what_is_known_is_left_out_and_what_is_new_is_told() {
    let place = Place::new(&[("docs/a.md", OPEN)]);
    place.check(
        &format!("{CHECK} --write-baseline"),
        expect![[r#"
        /place/known.json holds 1 findings now
    "#]],
    );
    expect![[r#"
        {
          "schema": 1,
          "findings": [
            {
              "path": "docs/a.md",
              "question": "tea/lid",
              "key": "tea/lid|component:teapot-1"
            }
          ]
        }
    "#]]
    .assert_eq(&place.read("known.json"));
    place.check(
        CHECK,
        expect![[r#"
        No open question in 1 design; 1 left out
    "#]],
    );
    place.write("docs/b.md", OPEN);
    let said = place.run(CHECK);
    assert!(said.stdout.contains("docs/b.md:6:18") && !said.stdout.contains("docs/a.md:"), "{said}");
    assert_eq!(said.code, 1);
}

#[test]
fn a_known_finding_survives_edits_around_it_and_another_folder_to_run_in() {
    let place = Place::new(&[("docs/a.md", OPEN)]);
    place.run(&format!("{CHECK} --write-baseline"));
    place.write("docs/a.md", OPEN.replace("# Tea", "# Green tea\n\nThe best of all.").replace("Tea is", "All of the tea is"));
    assert_eq!(place.run(CHECK).code, 0);
    let elsewhere = place.command("check a.md --baseline ../known.json").current_dir(place.path("docs")).output().unwrap();
    assert_eq!(elsewhere.status.code(), Some(0));
}

#[test]
fn writing_it_again_keeps_what_is_known_of_other_files_and_forgets_what_is_gone() {
    let place = Place::new(&[("a.md", OPEN), ("b.md", OPEN), ("c.md", OPEN)]);
    place.run(&format!("{CHECK} --write-baseline"));
    std::fs::remove_file(place.path("c.md")).unwrap();
    place.run(&format!("{CHECK} --write-baseline a.md"));
    let known = place.read("known.json");
    assert!(known.contains("\"a.md\"") && known.contains("\"b.md\"") && !known.contains("\"c.md\""), "{known}");
}

#[test]
fn it_is_not_written_where_not_everything_could_be_read() {
    let place = Place::new(&[("a.md", OPEN)]);
    place.check(
        &format!("{CHECK} --write-baseline a.md missing.md"),
        expect![[r#"
        error: missing.md: does not exist; check the path
        error: the baseline was not written, since not everything could be read; mend that first
        exit 2
    "#]],
    );
    assert!(!place.path("known.json").exists());
}

#[test]
fn a_file_that_is_no_baseline_is_told() {
    let place = Place::new(&[("a.md", OPEN), ("known.json", "[]")]);
    let said = place.run(CHECK);
    assert_eq!(said.code, 2);
    assert!(said.stderr.starts_with("error: /place/known.json is no baseline; write it anew with --write-baseline: "), "{said}");
}
