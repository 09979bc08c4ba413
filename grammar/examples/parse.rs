//! Prints the tree of a run: `cargo run -p tree-sitter-designdoc --example parse -- '2M users × 5 KB = 10 GB'`.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "it is a program, and prints")]

use std::env;

use tree_sitter::Parser;

fn main() -> Result<(), tree_sitter::LanguageError> {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_designdoc::LANGUAGE.into())?;
    for run in env::args().skip(1) {
        if let Some(tree) = parser.parse(&run, None) {
            println!("{}", tree.root_node());
        }
    }
    Ok(())
}
