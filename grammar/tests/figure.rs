//! How often the grammar is at a loss in whole documents; `DESIGNS=folder cargo test -p tree-sitter-designdoc figure -- --nocapture` asks for a folder of your own.
#![allow(clippy::print_stdout, reason = "the figure is for people to read")]

use std::{env, fs, path::PathBuf};

use tree_sitter::Node;
use tree_sitter_designdoc::LONGEST_RUN;

use crate::{parse, root};

#[test]
fn there_is_at_most_one_error_in_100_kb_of_runs_with_a_candidate() {
    let folder = env::var_os("DESIGNS").map_or_else(|| root().join("../tests/designs"), PathBuf::from);
    let (mut errors, mut bytes, mut count) = (0, 0, 0);
    for file in fs::read_dir(&folder).expect("a folder of Markdown files") {
        let path = file.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        let text = fs::read_to_string(path).expect("UTF-8");
        for run in text.split("\n\n").flat_map(|paragraph| paragraph.split(['|', '\n']).chain([paragraph])).filter(|run| is_candidate(run))
        {
            let mut rest = run;
            while !rest.is_empty() {
                let (run, after) = rest.split_at(rest.floor_char_boundary(LONGEST_RUN));
                errors += errors_below(parse(run).root_node());
                bytes += run.len();
                count += 1;
                rest = after;
            }
        }
    }
    assert!(count > 0, "no Markdown with a number in {}", folder.display());
    let figure = errors as f64 * 100_000.0 / bytes as f64;
    println!("{figure:.2} ERROR nodes in 100 kB: {errors} in {bytes} bytes, {count} runs of {}", folder.display());
    assert!(figure <= 1.0, "{figure:.2} errors in 100 kB");
}

/// Lines, cells and paragraphs with a digit or a sign of placement; both a line and its paragraph, so that more is tried than the server does.
fn is_candidate(run: &str) -> bool {
    run.bytes().any(|byte| byte.is_ascii_digit() || byte == b'%') || run.contains(" mod ")
}

fn errors_below(node: Node<'_>) -> usize {
    let own = usize::from(node.is_error() || node.is_missing());
    own + node.children(&mut node.walk()).map(errors_below).sum::<usize>()
}
