//! End to end: the program as a person's terminal and editor see it, its content, and the shape of the house.

#![expect(clippy::disallowed_methods, reason = "tests run the program and read what it wrote")]

mod rust_source;

mod layers;

mod tidy;

mod content;

mod pieces;

mod random;

mod plain_text;

mod any_document;

mod incremental;

mod fuzz;

mod security;

mod pathological;

mod check;

mod cli;

mod fixes;

mod learned;

mod lsp;
