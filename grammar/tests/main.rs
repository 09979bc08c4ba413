//! The grammar, tested from outside: one program for all of it.
#![allow(clippy::disallowed_methods, reason = "tests read files and settings")]

mod bounds;
mod corpus;
mod figure;
mod generated;
mod notations;
mod queries;

use std::path::PathBuf;

use tree_sitter::{Parser, Tree};

/// What may stand at the top of a tree and is more than prose.
const FACTS: [&str; 8] = ["quantity", "range", "comparison", "ratio", "product", "estimate", "placement", "quorum"];

fn parse(run: impl AsRef<[u8]>) -> Tree {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_designdoc::LANGUAGE.into()).expect("a language that this library can run");
    parser.parse(run, None).expect("a language, and no limit of time")
}

/// The kinds of the facts of a run, in order.
fn facts(run: &str) -> Vec<String> {
    let tree = parse(run);
    let root = tree.root_node();
    let kinds = root.named_children(&mut root.walk()).map(|node| node.kind().to_owned()).collect::<Vec<_>>();
    kinds.into_iter().filter(|kind| FACTS.contains(&kind.as_str())).collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Generated parser and trees of the corpus are written instead of compared.
fn is_update() -> bool {
    std::env::var_os("UPDATE_GRAMMAR").is_some()
}
