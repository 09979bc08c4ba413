//! What is committed under `src/` is what `grammar.js` says.

use std::{fs, path::Path};

use tree_sitter_generate::{OptLevel, generate_parser_in_directory};

use crate::{is_update, root};

#[test]
fn the_committed_parser_is_the_one_that_grammar_js_gives() {
    let fresh = tempfile::tempdir().expect("a folder");
    let mut notes = Vec::new();
    // "native" is a small JavaScript engine inside the library: neither Node nor a network is asked for.
    let (abi, name, runtime, no_other_path) = (15, None, Some("native"), None::<&Path>);
    generate_parser_in_directory(root(), Some(fresh.path()), no_other_path, abi, name, runtime, true, OptLevel::default(), &mut notes)
        .unwrap_or_else(|error| panic!("grammar.js: {error}"));
    assert_eq!(notes, [], "grammar.js can be simpler");
    for file in ["grammar.json", "node-types.json", "parser.c", "tree_sitter/alloc.h", "tree_sitter/array.h", "tree_sitter/parser.h"] {
        let new = fs::read(fresh.path().join(file)).expect("a generated file");
        let committed = root().join("src").join(file);
        if is_update() {
            fs::create_dir_all(committed.parent().expect("a folder")).expect("a folder");
            fs::write(committed, new).expect("a file that can be written");
        } else {
            let old = fs::read(committed).unwrap_or_default();
            assert!(old == new, "src/{file} is old: run `UPDATE_GRAMMAR=1 cargo test -p tree-sitter-designdoc`, twice");
        }
    }
}
