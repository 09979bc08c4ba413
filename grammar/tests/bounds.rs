//! Any text is read to its end, without an error and without nesting.

use tree_sitter::Node;
use tree_sitter_designdoc::LONGEST_RUN;

use crate::parse;

/// What runs are made of where the grammar has a choice.
const PIECES: [&str; 48] = [
    "1", "20", "3,000", "86 400", "0.5", "1e6", "2024", "1.2.3", "10:30", "#7", " ", " ", " ", "\n", "k", " M", " B", "ms", " GB", "%",
    "/s", " per day", "users", " a", "user_id", "N", "p99", "hash", "(", ")", "=", " = ", "≈", "->", "*", " × ", "/", "+", "-", " – ",
    " to ", ":", ",", "<", "≥", " mod ", "$", "~",
];

#[test]
fn no_run_is_an_error() {
    let mut random = Random(7);
    for _ in 0..4000 {
        let run = (0..random.below(24)).map(|_| PIECES[random.below(PIECES.len())]).collect::<String>();
        let tree = parse(&run);
        assert!(!tree.root_node().has_error(), "{run:?}: {}", tree.root_node());
    }
}

#[test]
fn no_sign_is_an_error() {
    // A NUL ends a text for tree-sitter; Markdown knows none, it puts U+FFFD in its place.
    for sign in ('\u{1}'..='\u{2FFF}').chain(('\u{3000}'..=char::MAX).step_by(101)) {
        let run = format!("{sign} 5{sign}ms {sign}");
        assert!(!parse(&run).root_node().has_error(), "{run:?}");
    }
}

#[test]
fn any_bytes_give_a_tree() {
    let mut random = Random(11);
    for _ in 0..300 {
        let run = (0..random.below(LONGEST_RUN)).map(|_| random.below(256) as u8).collect::<Vec<_>>();
        assert!(parse(&run).root_node().end_byte() <= run.len());
    }
}

#[test]
fn parentheses_do_not_nest() {
    for run in ["(".repeat(LONGEST_RUN), "(1+".repeat(LONGEST_RUN / 3), "((1 + 2) * 3) * ".repeat(LONGEST_RUN / 16)] {
        assert!(nested(parse(run).root_node(), "group") <= 1);
    }
}

/// How many nodes of a kind stand in one another.
fn nested(node: Node<'_>, kind: &str) -> usize {
    let below = node.children(&mut node.walk()).map(|child| nested(child, kind)).max().unwrap_or_default();
    below + usize::from(node.kind() == kind)
}

/// The same sequence in every run of the tests.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}
