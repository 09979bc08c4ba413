//! The habits of the house, each as something that is absent.

use std::{collections::BTreeSet, fs};

use followup::content::Library;
use proc_macro2::{TokenStream, TokenTree};

use crate::rust_source::{SourceFile, files_below, program, root, rust_files};

/// Files that may be longer than a reader keeps in mind, and why they hold together.
const LONG: &[(&str, &str)] = &[("tests/content/figures.rs", "one list, a line a figure")];

/// Where a name of content stands in the program, and why that is right.
const SPOKEN: &[(&str, &[&str], &str)] = &[
    (
        "server/engine/src/content/load.rs",
        &["cache", "sharding", "queue", "cap", "fan-out"],
        "families are few and fixed, and some are called like a concept",
    ),
    ("server/engine/src/content/question.rs", &["topic"], "where a finding stands, as content writes it"),
    ("server/engine/src/facts.rs", &["quorum"], "a kind of fact, as `inspect` calls it"),
    ("server/engine/src/facts/tree.rs", &["quorum"], "a node of the grammar"),
    (
        "server/engine/src/facts/units.rs",
        &["dau", "mau", "qps", "rps", "tps"],
        "units of load are a closed set, and content speaks of them, too",
    ),
    ("server/engine/src/facts/notation.rs", &["dau", "mau"], "abbreviations that have no plural"),
];

const PROSE: &[&str] = &["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"];

#[test]
fn every_file_opens_with_one_sentence_on_what_it_is_for() {
    let files = all_rust();
    let told = files.iter().filter(|file| !opens_with_a_sentence(&file.text)).map(|file| file.path.as_str());
    assert_eq!(told.collect::<Vec<_>>(), Vec::<&str>::new(), "begin with `//! …` and end it with a dot");
}

#[test]
fn no_question_and_no_concept_is_known_to_the_program_by_name() {
    let names = Names::of(&Library::built_in());
    let mut told = Vec::new();
    for file in program() {
        let spoken = SPOKEN.iter().filter(|spoken| spoken.0 == file.path).flat_map(|spoken| spoken.1.iter().copied()).collect::<Vec<_>>();
        for literal in without_tests(&file).literals() {
            let wrong = names.in_literal(&literal.text).filter(|name| !spoken.contains(name));
            told.extend(wrong.map(|name| format!("{}:{}: `{name}`", file.path, literal.line)));
        }
    }
    assert_eq!(told, Vec::<String>::new(), "content has ids and names; code asks the library");
}

#[test]
fn no_test_is_ignored_and_nothing_is_left_to_do() {
    let files = all_rust();
    let told = files.iter().flat_map(|file| left_undone(&file.tokens).into_iter().map(|what| format!("{}:{what}", file.path)));
    assert_eq!(told.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn prose_counts_nothing_that_grows() {
    let mut told = Vec::new();
    for name in PROSE {
        let text = fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        told.extend(counted(&text).into_iter().map(|(line, words)| format!("{name}:{line}: {words}")));
    }
    assert_eq!(told, Vec::<String>::new(), "the number will be wrong next week; say where to see it instead");
}

#[test]
fn long_files_are_named_with_a_reason() {
    let files = all_rust();
    let long = files.iter().filter(|file| file.text.lines().count() > 400).map(|file| file.path.as_str()).collect::<Vec<_>>();
    assert_eq!(
        long,
        LONG.iter().map(|(path, _)| *path).collect::<Vec<_>>(),
        "split the file, or name it in LONG; take out what is short again"
    );
}

#[test]
fn every_signal_is_used_by_other_content() {
    let pages = files_below("server/content", ".md").into_iter().map(|(path, file)| (path, fs::read_to_string(file).expect("UTF-8")));
    let unused = unused_signals(&pages.collect::<Vec<_>>());
    assert_eq!(
        unused,
        Vec::<String>::new(),
        "a signal that no question and no other file asks for, and that tells of no family, is evidence of nothing"
    );
}

#[test]
fn each_of_these_is_found_where_it_is_written() {
    assert!(!opens_with_a_sentence("use std::fmt;\n//! Late."));
    assert!(!opens_with_a_sentence("//! text\nuse std::fmt;"));
    assert!(opens_with_a_sentence("//! The text of a document,\n//! by line.\n\nuse std::fmt;"));
    let undone = |text: &str| left_undone(&SourceFile::new("a.rs", text.to_owned()).tokens).len();
    assert_eq!(undone("#[test] #[ignore = \"slow\"] fn f() { todo!() }"), 2);
    assert_eq!(undone("// todo!\nfn todo(ignore: bool) {}"), 0);
    for wrong in ["It knows 36 questions.", "with thirty-six small questions", "over 200 well-tried\nsignals", "the 40 tests pass"] {
        assert_eq!(counted(wrong).len(), 1, "{wrong}");
    }
    for fine in [
        "a question has two commands",
        "```text\n36 questions\n```",
        "the first question",
        "10:1 or more. Questions are files",
        "at least three `Answered` examples",
    ] {
        assert_eq!(counted(fine), [], "{fine}");
    }
    let page = |path: &str, text: &str| (format!("server/content/{path}.md"), text.to_owned());
    let question = page("questions/a/b", "---\nanswers:\n  - any: [lid-on]\n---\n# Is it warm? half-lid\n");
    let pages = [
        question,
        page("signals/lid-on", ""),
        page("signals/lid", ""),
        page("signals/half-lid", ""),
        page("signals/pan", "---\nfamily: pan\n---\n"),
    ];
    assert_eq!(unused_signals(&pages), ["half-lid", "lid"]);
}

#[test]
fn names_of_content_are_found_in_literals_and_words_are_left_alone() {
    let library = Library::built_in();
    let names = Names::of(&library);
    let question = &library.questions[0].id;
    let found = |text: &str| names.in_literal(text).count();
    let product =
        library.concepts.iter().flat_map(|concept| &concept.names).flat_map(|names| &names.names).find(|name| name.starts_with('R'));
    assert_eq!(found(question), 1);
    assert_eq!(found(&format!("insert {question} here")), 1);
    assert_eq!(found(&library.concepts[0].id), 1);
    assert_eq!(found(product.expect("a product")), 1);
    assert_eq!(found("a sentence that the design says"), 0);
    let hidden = SourceFile::new("a.rs", "fn f() {} #[cfg(test)] mod tests { const ID: &str = \"x\"; }".to_owned());
    assert_eq!((hidden.literals().len(), without_tests(&hidden).literals().len()), (1, 0));
}

fn all_rust() -> Vec<SourceFile> {
    let mut files = rust_files("server");
    files.extend(rust_files("grammar"));
    files.extend(rust_files("tests"));
    files
}

/// One sentence, perhaps over several lines, at the very top.
fn opens_with_a_sentence(text: &str) -> bool {
    let lines = text.lines().map_while(|line| line.strip_prefix("//! "));
    lines.last().is_some_and(|last| last.ends_with(['.', '?', ':']))
}

/// The file without its tests: they may speak of content by name.
fn without_tests(file: &SourceFile) -> SourceFile {
    let is_tests = file.modules().iter().any(|module| module == "tests");
    let tokens = if is_tests { TokenStream::new() } else { outside_tests(&file.tokens) };
    SourceFile { path: file.path.clone(), text: String::new(), tokens }
}

fn outside_tests(tokens: &TokenStream) -> TokenStream {
    let tokens = tokens.clone().into_iter().collect::<Vec<_>>();
    let tests = tokens.windows(3).position(|part| {
        let is_word = |token: &TokenTree, word: &str| token.to_string() == word;
        is_word(&part[0], "mod") && is_word(&part[1], "tests") && matches!(part[2], TokenTree::Group(_))
    });
    // Tests are the last thing in a file.
    tokens[..tests.unwrap_or(tokens.len())].iter().cloned().collect()
}

/// What content is called.
struct Names {
    /// They look like nothing else, and are found anywhere in a literal.
    questions: Vec<String>,
    /// They are words as well, and are found where they are the whole literal: ids and names of concepts, ids of signals.
    words: BTreeSet<String>,
}

impl Names {
    fn of(library: &Library) -> Self {
        let ids = library.concepts.iter().map(|concept| &concept.id).chain(library.signals.iter().map(|signal| &signal.id));
        let names = library.concepts.iter().flat_map(|concept| concept.names.iter().flat_map(|names| &names.names));
        Self {
            questions: library.questions.iter().map(|question| question.id.clone()).collect(),
            words: ids.chain(names).map(|name| name.to_lowercase()).collect(),
        }
    }

    fn in_literal(&self, text: &str) -> impl Iterator<Item = &str> {
        let questions = self.questions.iter().filter(move |id| has_word(text, id));
        questions.chain(self.words.get(&text.to_lowercase())).map(String::as_str)
    }
}

/// Does `word` stand in `text`, and not as a part of a longer one?
fn has_word(text: &str, word: &str) -> bool {
    let belongs = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '/'));
    text.match_indices(word).any(|(at, _)| !belongs(text[..at].chars().next_back()) && !belongs(text[at + word.len()..].chars().next()))
}

/// `#[ignore]`, `todo!` and `unimplemented!`, with their lines.
fn left_undone(tokens: &TokenStream) -> Vec<String> {
    let tokens = tokens.clone().into_iter().collect::<Vec<_>>();
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => {
                let is_attribute =
                    matches!(at.checked_sub(1).map(|before| &tokens[before]), Some(TokenTree::Punct(mark)) if mark.as_char() == '#');
                let first = group.stream().into_iter().next();
                if let Some(TokenTree::Ident(word)) = first.filter(|first| is_attribute && first.to_string() == "ignore") {
                    found.push(format!("{}: #[ignore]", word.span().start().line));
                }
                found.extend(left_undone(&group.stream()));
            }
            TokenTree::Ident(word) if word == "todo" || word == "unimplemented" => {
                if matches!(tokens.get(at + 1), Some(TokenTree::Punct(mark)) if mark.as_char() == '!') {
                    found.push(format!("{}: {word}!", word.span().start().line));
                }
            }
            _ => {}
        }
    }
    found
}

/// Numbers of questions, concepts and the like in running text, with the line on which they stand.
fn counted(text: &str) -> Vec<(usize, String)> {
    let mut words: Vec<(usize, &str)> = Vec::new();
    let mut in_code = false;
    for (number, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        } else if !in_code {
            words.extend(line.split_whitespace().map(|word| (number + 1, word)));
        }
    }
    let mut found = Vec::new();
    for (at, (line, word)) in words.iter().enumerate() {
        let run = words[at..].iter().map(|(_, word)| *word).take(4).collect::<Vec<_>>();
        if is_number(word) && grows_soon(&run[1..]) {
            found.push((*line, run.join(" ")));
        }
    }
    found
}

/// Is a word for something that grows among the next ones, in the same clause?
fn grows_soon(next: &[&str]) -> bool {
    let things = ["questions", "concepts", "signals", "tests", "rules", "notes", "flags"];
    for word in next {
        if things.contains(&word.to_lowercase().trim_end_matches(|c: char| !c.is_alphanumeric())) {
            return true;
        }
        if word.ends_with(['.', ',', ';', ':', ')', '!', '?']) {
            return false;
        }
    }
    false
}

fn is_number(word: &str) -> bool {
    let word = word.trim_start_matches(['(', '*', '~', '`', '_']).to_lowercase();
    let spelled =
        ["three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "twenty", "thirty", "forty", "fifty"];
    let digits = word.trim_end_matches('+').replace(',', "");
    (!digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()))
        || spelled.iter().any(|spelled| word == *spelled || word.starts_with(&format!("{spelled}-")))
        || ["dozens", "hundred", "hundreds"].contains(&word.as_str())
}

/// Signals whose id stands in the front matter of no other file, but for those that tell of a family by themselves.
fn unused_signals(pages: &[(String, String)]) -> Vec<String> {
    let ids = pages.iter().filter_map(|(path, _)| path.strip_prefix("server/content/signals/")?.strip_suffix(".md"));
    let front = |text: &str| text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---")).map(|(front, _)| front.to_owned());
    let fronts = pages.iter().filter_map(|(path, text)| Some((path, front(text)?))).collect::<Vec<_>>();
    let is_own = |path: &str, id: &str| path == format!("server/content/signals/{id}.md");
    let tells = |path: &str, front: &str, id: &str| match is_own(path, id) {
        true => front.lines().any(|line| line.starts_with("family: ")),
        false => has_word(front, id),
    };
    let is_used = |id: &str| fronts.iter().any(|(path, front)| tells(path, front, id));
    let mut unused = ids.filter(|id| !is_used(id)).map(str::to_owned).collect::<Vec<_>>();
    unused.sort();
    unused
}
