//! The grammar as a tree-sitter language: numbers and notations of a design document.
//!
//! It reads runs of prose, not Markdown. The notation is described in `README.md`, the nodes in [`NODE_TYPES`].

use tree_sitter_language::LanguageFn;

/// The language: `parser.set_language(&tree_sitter_designdoc::LANGUAGE.into())`.
#[allow(unsafe_code, reason = "the generated parser is C; the function takes nothing and returns a pointer to constant tables")]
pub const LANGUAGE: LanguageFn = {
    unsafe extern "C" {
        fn tree_sitter_designdoc() -> *const ();
    }
    unsafe { LanguageFn::from_raw(tree_sitter_designdoc) }
};

/// How many bytes to parse at once. A parse costs time in proportion to its text, and up to some microseconds a byte where every
/// sign may be an operator; cut a longer text at the end of a sentence.
pub const LONGEST_RUN: usize = 512;

/// The word that divides as `%` does: a run without a digit may be a notation because of it.
pub const MODULO: &str = "mod";

/// Each kind of node with its fields, as JSON, in tree-sitter's own format.
pub const NODE_TYPES: &str = include_str!("../../src/node-types.json");
