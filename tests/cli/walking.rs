//! Which files a check reads, and in which order it tells of them.

use expect_test::expect;

use crate::cli::place::{ANSWERED, OPEN, Place};

/// The documents that a check told of, in order.
fn files(place: &Place, arguments: &str) -> Vec<String> {
    let said = place.run(&format!("check --format json {arguments}"));
    let output: serde_json::Value = serde_json::from_str(&said.stdout).unwrap();
    output["files"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_git_ignores_what_is_hidden_and_change_logs_are_left_out_of_folders() {
    let place = Place::new(&[
        ("a.md", ANSWERED),
        ("b/c.markdown", ANSWERED),
        ("drafts/a.md", OPEN),
        (".hidden/a.md", OPEN),
        ("CHANGELOG.md", OPEN),
        ("node_modules/x/README.md", OPEN),
        (".gitignore", "drafts/\n"),
    ]);
    assert_eq!(files(&place, ""), ["a.md", "b/c.markdown"]);
}

#[test]
fn a_file_that_is_named_is_read_whatever_it_is() {
    let place = Place::new(&[("drafts/a.txt", OPEN), (".gitignore", "drafts/\n"), ("CHANGELOG.md", OPEN)]);
    assert_eq!(files(&place, "drafts/a.txt CHANGELOG.md"), ["drafts/a.txt", "CHANGELOG.md"]);
}

#[test]
fn many_files_are_told_in_the_order_of_their_names() {
    let place = Place::new(&[]);
    let names: Vec<_> = (0..40).map(|number| format!("docs/{number:02}.md")).collect();
    for name in &names {
        place.write(name, OPEN);
    }
    assert_eq!(files(&place, "docs"), names);
}

#[test]
fn standard_input_stands_first_and_has_a_name() {
    let place = Place::new(&[("a.md", ANSWERED)]);
    let said = place.run_with("check a.md -", OPEN.as_bytes());
    assert!(said.stdout.starts_with("<stdin>:6:18: warning tea/lid\n"), "{said}");
}

#[test]
fn documents_that_are_no_designs_are_counted_and_silent() {
    let place = Place::new(&[("a.md", "# Shopping\n\nA teapot.\n"), ("b.md", "# Holidays\n\nThe sea.\n")]);
    place.check(
        "check",
        expect![[r#"
            No design in 2 documents; `<!-- followup: design -->` in a document says that it is one
        "#]],
    );
    place.check(
        "check a.md",
        expect![[r#"
            No design in 1 document; `<!-- followup: design -->` in a document says that it is one
        "#]],
    );
    place.write("c.md", OPEN);
    assert!(place.run("check").stdout.contains("1 warning in 1 of 1 design; 2 documents are no design"));
}
