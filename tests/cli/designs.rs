//! The designs that the repository ships, each with its whole report.

use std::{fs, path::Path};

use expect_test::expect_file;

use crate::cli::place::Place;

/// Name and text of each.
fn designs() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/designs");
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut designs: Vec<_> =
        files.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap())).collect();
    designs.sort();
    assert!(!designs.is_empty());
    designs
}

/// A change here is read before it is accepted: it is what people will see.
#[test]
fn each_design_is_told_what_its_report_says() {
    for (name, text) in designs() {
        let report = Place::bare(&[(&name, &text)]).run(&format!("check {name}"));
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cli/reports").join(&name).with_extension("txt");
        expect_file![file].assert_eq(&report.to_string());
    }
}

#[test]
fn each_design_keeps_its_own_lines_when_it_is_fixed_and_a_second_fix_changes_nothing() {
    for (name, text) in designs() {
        let place = Place::bare(&[(&name, &text)]);
        place.run(&format!("check --fix {name}"));
        let once = place.read(&name);
        let mut lines = once.lines();
        assert!(text.lines().all(|own| lines.any(|line| line == own)), "{name} lost a line:\n{once}");
        place.run(&format!("check --fix {name}"));
        assert_eq!(place.read(&name), once, "{name}");
    }
}
