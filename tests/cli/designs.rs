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

/// They speak of caches and queues all along.
#[test]
fn the_pages_of_the_project_itself_are_no_designs() {
    for page in [
        "README.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "editors/README.md",
        "editors/vscode/README.md",
        "grammar/README.md",
    ] {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(page)).unwrap();
        let said = Place::bare(&[("page.md", &text)]).run("check page.md");
        assert!(said.code == 0 && said.stdout.contains("No design in 1 document"), "{page}: {said}");
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

/// The README's picture shows a run; its words are those of the run today.
#[test]
fn the_picture_in_the_readme_shows_what_is_printed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let picture = fs::read_to_string(root.join("docs/check.svg")).unwrap();
    let texts = picture.lines().filter_map(|line| Some(line.strip_prefix("<text ")?.split_once('>')?.1.trim_end_matches("</text>")));
    let shown = texts.collect::<Vec<_>>().join(" ").replace("&quot;", "\"").replace("&#x27;", "'");
    let (command, shown) = shown.split_once(" tests/designs/news-feed.md:").expect("the command, then what it printed");
    let command = command.trim_start_matches("$ followup ");
    let design = fs::read_to_string(root.join("tests/designs/news-feed.md")).unwrap();
    let printed = Place::bare(&[("tests/designs/news-feed.md", &design)]).run(command).to_string();
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let shown = words(&format!("tests/designs/news-feed.md:{shown}"));
    assert_eq!(shown, words(&printed)[..shown.len()], "draw docs/check.svg anew from `followup {command}`");
}
