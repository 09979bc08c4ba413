//! End to end: the program as a person's terminal and editor see it.

mod any_document;

mod cli;

mod fixes;

mod lsp;
