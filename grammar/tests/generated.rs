//! What is committed under `src/` is what `grammar.js` says.

use std::{fs, path::Path};

use tree_sitter_generate::{OptLevel, generate_parser_in_directory};

#[test]
fn the_committed_parser_is_the_one_that_grammar_js_gives() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fresh = tempfile::tempdir().expect("a folder");
    let mut notes = Vec::new();
    let (abi, name, runtime) = (15, None, Some("native"));
    generate_parser_in_directory(root, Some(fresh.path()), None::<&Path>, abi, name, runtime, true, OptLevel::default(), &mut notes)
        .expect("a grammar");
    assert_eq!(notes, []);
    for file in ["grammar.json", "node-types.json", "parser.c", "tree_sitter/alloc.h", "tree_sitter/array.h", "tree_sitter/parser.h"] {
        let new = fs::read(fresh.path().join(file)).expect("a generated file");
        let committed = root.join("src").join(file);
        if std::env::var_os("UPDATE_GRAMMAR").is_some() {
            fs::create_dir_all(committed.parent().expect("a folder")).expect("a folder");
            fs::write(committed, new).expect("a file that can be written");
        } else {
            let old = fs::read(committed).unwrap_or_default();
            assert!(old == new, "src/{file} is old: run `UPDATE_GRAMMAR=1 cargo test -p tree-sitter-designdoc`");
        }
    }
}
