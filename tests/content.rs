//! The content that is built in: it loads, tries itself, and carries what it must.

mod figures;

use std::{fs, process::Command, sync::Arc};

use followup::{
    config::Severities,
    content::{Library, Problem, Source, learned::Learned},
    examples,
    ide::{self, Analysis},
};
use unicode_width::UnicodeWidthStr;

use crate::rust_source::{files_below, root};

const NONE: Vec<String> = Vec::new();

#[test]
fn it_loads_without_a_problem() {
    let (library, problems) = Library::with(&[]);
    assert_eq!(told(&problems), NONE);
    assert!(!library.questions.is_empty() && !library.concepts.is_empty() && !library.signals.is_empty());
}

#[test]
fn the_library_that_the_build_made_is_the_one_that_its_files_make() {
    let (read, problems) = Library::with(&[]);
    assert_eq!(told(&problems), NONE);
    assert!(*Library::built_in() == read, "the build made another library than its files make now");
    let weights = fs::read_to_string(root().join("server/content/learned/weights.txt")).expect("UTF-8");
    assert!(*Learned::built_in() == Learned::parse(&weights), "the build took other weights than these");
    let read = Arc::new(read);
    let designs = ["tests/designs", "tests/check"].into_iter().flat_map(|folder| files_below(folder, ".md"));
    let mut reviewed = 0;
    for (path, file) in designs {
        let text: Arc<str> = fs::read_to_string(file).expect("UTF-8").into();
        let [made, read] = [Library::built_in(), read.clone()].map(|library| Analysis::new(text.clone(), library, &Severities::default()));
        assert_eq!(format!("{:?}", made.review), format!("{:?}", read.review), "{path}");
        let shown = |analysis: &Analysis| {
            let keys: Vec<_> = ide::diagnostics(analysis).into_iter().map(|finding| finding.key).collect();
            let hovers: Vec<_> = made.review.mentions.iter().map(|mention| ide::hover(analysis, mention.range.start, None)).collect();
            (ide::diagnostics(analysis), ide::actions(analysis, 0..text.len(), &keys), hovers)
        };
        assert_eq!(shown(&made), shown(&read), "{path}");
        reviewed += made.review.findings.len();
    }
    assert!(reviewed > 0, "no design has a finding");
}

#[test]
fn a_file_of_ones_own_that_says_what_the_built_in_one_says_changes_nothing() {
    let all: Vec<_> = Library::built_in_files().collect();
    for own in [&all[..1], &all[..]] {
        let (library, problems) = Library::with(own);
        assert_eq!(told(&problems), NONE);
        assert_eq!(library.questions, Library::built_in().questions);
    }
}

#[test]
fn every_example_holds() {
    let library = Library::built_in();
    let (ran, problems) = examples::run(&library, |_| true);
    assert_eq!(told(&problems), NONE);
    assert!(ran > library.questions.len() + library.signals.len(), "each page has examples of its own: {ran} ran");
}

#[test]
fn carets_that_stand_a_column_beside_fail_every_page_that_has_them() {
    let pages: Vec<_> = Library::built_in_files().filter(|file| file.path.starts_with("questions/")).collect();
    let shifted: Vec<_> = pages.iter().filter_map(|page| Some(Source { text: caret_beside(&page.text)?, ..page.clone() })).collect();
    // What is found in a document as a whole is marked in its first column, and has no column to be wrong in.
    assert!(shifted.len() > pages.len() / 2);
    let (library, problems) = Library::with(&shifted);
    assert_eq!(told(&problems), NONE);
    let (_, problems) = examples::run(&library, |path| path.starts_with("questions/"));
    let passed = shifted.iter().filter(|page| !problems.iter().any(|problem| problem.path == page.path));
    assert_eq!(passed.map(|page| page.path.clone()).collect::<Vec<_>>(), NONE);
}

#[test]
fn a_signal_whose_file_is_emptied_is_told_and_so_is_what_rests_on_it() {
    let signals: Vec<_> = Library::built_in_files().filter(|file| file.path.starts_with("signals/")).collect();
    let emptied: Vec<_> = signals.iter().map(|file| Source { text: String::new(), ..file.clone() }).collect();
    let (_, problems) = Library::with(&emptied);
    let silent = signals.iter().filter(|file| !problems.iter().any(|problem| problem.path == file.path));
    assert_eq!(silent.map(|file| file.path.clone()).collect::<Vec<_>>(), NONE);
    assert!(problems.iter().any(|problem| problem.path.starts_with("questions/")), "{:?}", told(&problems));
}

#[test]
fn a_signal_that_says_nothing_any_more_fails_its_own_examples() {
    let signals = Library::built_in_files().filter(|file| file.path.starts_with("signals/"));
    let mute: Vec<_> = signals.map(|file| Source { text: with_front_matter(&file.text, "kind: signal\nsays: [xyzzy]"), ..file }).collect();
    let (library, _) = Library::with(&mute);
    let (_, problems) = examples::run(&library, |path| path.starts_with("signals/"));
    let silent = mute.iter().filter(|file| !problems.iter().any(|problem| problem.path == file.path));
    assert_eq!(silent.map(|file| file.path.clone()).collect::<Vec<_>>(), NONE);
}

#[test]
fn what_is_embedded_is_what_lies_on_disk() {
    let on_disk = files_below("server/content", ".md").into_iter().filter_map(|(path, file)| {
        let path = path.strip_prefix("server/content/")?.to_owned();
        // A page about the folder itself is no content.
        path.contains('/').then(|| (path, fs::read_to_string(file).expect("UTF-8")))
    });
    let embedded = Library::built_in_files().map(|file| (file.path, file.text));
    assert_eq!(embedded.collect::<Vec<_>>(), on_disk.collect::<Vec<_>>());
}

#[test]
fn no_page_is_wider_than_a_terminal() {
    let library = Library::built_in();
    let ids = library.questions.iter().map(|question| &question.id).chain(library.concepts.iter().map(|concept| &concept.id));
    let mut wide = Vec::new();
    for id in ids {
        let page = explained(id);
        assert!(page.starts_with("# "), "{id}: {page}");
        wide.extend(own_lines(&page).filter(|line| line.width() > 80).map(|line| format!("{id}: {line}")));
    }
    assert_eq!(wide, NONE);
}

fn told(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(|problem| format!("{}:{}: {}", problem.path, problem.line, problem.message)).collect()
}

/// The page with the first carets that stand under something in a line moved by one column; none if it has no such carets.
fn caret_beside(text: &str) -> Option<String> {
    let is_mark = |line: &str| line.contains('^') && line.chars().all(|c| matches!(c, '^' | ' '));
    let at = text.lines().position(|line| is_mark(line) && line != "^")?;
    let lines = text.lines().enumerate().map(|(number, line)| match number == at {
        // To the left where that is possible: to the right it may stand beyond the end of its line.
        true => line.strip_prefix(' ').map_or_else(|| format!(" {line}"), str::to_owned),
        false => line.to_owned(),
    });
    Some(lines.collect::<Vec<_>>().join("\n"))
}

fn with_front_matter(text: &str, front: &str) -> String {
    let (_, body) = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).expect("front matter");
    format!("---\n{front}\n---\n{body}")
}

/// The lines of a page but for its examples, which are documents of any width, and its link, which cannot be broken.
fn own_lines(page: &str) -> impl Iterator<Item = &str> {
    let mut in_example = false;
    page.lines().filter(move |line| {
        if line.starts_with("```") {
            in_example = line.starts_with("```design");
        }
        !in_example && !line.starts_with("http")
    })
}

/// What `followup explain` prints, without colours and without settings of the person who runs the tests.
fn explained(id: &str) -> String {
    let home = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_followup"));
    command.args(["explain", id, "--color", "never"]).current_dir(home.path());
    let output = command.env("HOME", home.path()).env("XDG_CONFIG_HOME", home.path()).output().expect("followup runs");
    String::from_utf8(output.stdout).expect("UTF-8")
}
