//! `test/corpus`, in the format of `tree-sitter test`: each text has the tree that stands below it.

use std::{fmt::Write, fs};

use tree_sitter::TreeCursor;

use crate::{is_update, parse, root};

#[test]
fn every_text_of_the_corpus_has_its_tree() {
    let mut wrong = Vec::new();
    for file in fs::read_dir(root().join("test/corpus")).expect("a folder") {
        let path = file.expect("an entry").path();
        let old = fs::read_to_string(&path).expect("UTF-8");
        let cases = cases(&old);
        assert!(!cases.is_empty(), "{}: no case", path.display());
        if is_update() {
            let new = cases.iter().map(|case| written(case, &tree(case.text))).collect::<Vec<_>>().join("\n\n");
            fs::write(&path, new + "\n").expect("a file that can be written");
            continue;
        }
        for case in cases {
            let found = tree(case.text);
            if found != case.tree {
                wrong.push(format!("{}: {}\n{}\nis\n{found}\nand not\n{}", path.display(), case.name, case.text, case.tree));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\nIf that is meant: `UPDATE_GRAMMAR=1 cargo test -p tree-sitter-designdoc`", wrong.join("\n\n"));
}

#[test]
fn each_topic_says_what_it_is_not() {
    let names = fs::read_dir(root().join("test/corpus")).expect("a folder").map(|file| file.expect("an entry").file_name());
    let (mut is, mut is_not) = (0, 0);
    for name in names {
        *if name.to_string_lossy().starts_with("not-a") { &mut is_not } else { &mut is } += 1;
    }
    assert!(is > 0 && is == is_not, "{is} topics, {is_not} files of what is none");
}

struct Case<'a> {
    name: &'a str,
    text: &'a str,
    tree: &'a str,
}

/// `===`, a name, `===`, the text, `---`, the tree.
fn cases(file: &str) -> Vec<Case<'_>> {
    let rule = |line: &str| line.len() > 2 && line.bytes().all(|byte| byte == b'=');
    let mut marks = Vec::new();
    let mut at = 0;
    for line in file.split_inclusive('\n') {
        if rule(line.trim_end()) {
            marks.push((at, at + line.len()));
        }
        at += line.len();
    }
    let mut cases = Vec::new();
    for (pair, marks_of_case) in marks.chunks(2).enumerate() {
        let [above, below] = marks_of_case else { continue };
        let end = marks.get(pair * 2 + 2).map_or(file.len(), |next| next.0);
        let (text, tree) = file[below.1..end].split_once("\n---\n").unwrap_or((&file[below.1..end], ""));
        cases.push(Case { name: file[above.1..below.0].trim(), text: text.trim(), tree: tree.trim() });
    }
    cases
}

fn written(case: &Case<'_>, tree: &str) -> String {
    let rule = "=".repeat(80);
    format!("{rule}\n{}\n{rule}\n\n{}\n\n---\n\n{tree}", case.name, case.text)
}

fn tree(text: &str) -> String {
    let tree = parse(text);
    let mut out = String::new();
    write_node(&mut tree.walk(), 0, &mut out);
    out
}

/// A named node a line, as `tree-sitter test` writes them.
fn write_node(cursor: &mut TreeCursor<'_>, depth: usize, out: &mut String) {
    let node = cursor.node();
    if !node.is_named() {
        return;
    }
    if depth > 0 {
        _ = write!(out, "\n{}", "  ".repeat(depth));
    }
    if let Some(field) = cursor.field_name() {
        _ = write!(out, "{field}: ");
    }
    _ = write!(out, "({}", node.kind());
    if cursor.goto_first_child() {
        loop {
            write_node(cursor, depth + 1, out);
            if !cursor.goto_next_sibling() {
                break;
            }
        }
        cursor.goto_parent();
    }
    out.push(')');
}
