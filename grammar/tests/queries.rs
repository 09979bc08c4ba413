//! The queries fit the grammar, and colour what they should.

use std::fs;

use tree_sitter::{Query, QueryCursor, StreamingIterator};

use crate::{parse, root};

#[test]
fn every_query_of_the_grammar_fits_it() {
    for name in ["highlights.scm", "injections.scm"] {
        query(name);
    }
}

#[test]
fn captures_have_names_that_editors_know() {
    let known = ["number", "type", "operator", "function", "variable", "variable.parameter", "constant.builtin", "none"];
    for name in query("highlights.scm").capture_names() {
        assert!(known.contains(name), "{name}");
    }
}

#[test]
fn a_quantity_is_coloured_and_what_it_counts_is_prose() {
    let expected = "number:3,000";
    assert_eq!(highlights("About 3,000 daily users"), expected);
    assert_eq!(highlights("500 GB/day"), "number:500 type:GB type:/day");
}

#[test]
fn an_estimate_is_coloured_with_its_operators() {
    assert_eq!(highlights("2 KB × 10k = 20 MB"), "number:2 type:KB operator:× number:10 number:k operator:= number:20 type:MB");
}

#[test]
fn placement_and_quorum_are_coloured() {
    assert_eq!(highlights("hash(user_id) % N"), "function:hash variable.parameter:user_id operator:% variable:N");
    assert_eq!(highlights("R + W > N"), "variable:R operator:+ variable:W operator:> variable:N");
}

#[test]
fn what_is_no_fact_stays_prose() {
    for run in ["v1.2.3 of 2024-06-02", "24/7 at 10:30", "720p", "the 3rd of 5", "a % b", "GET /v1/users"] {
        assert_eq!(highlights(run), "", "{run}");
    }
}

fn query(name: &str) -> Query {
    let text = fs::read_to_string(root().join("queries").join(name)).expect("a query");
    Query::new(&tree_sitter_designdoc::LANGUAGE.into(), &text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What an editor shows: of the captures of a node the last counts, and `none` takes the colour off.
fn highlights(run: &str) -> String {
    let query = query("highlights.scm");
    let tree = parse(run);
    let mut shown = std::collections::BTreeMap::new();
    let mut cursor = QueryCursor::new();
    let mut captures = cursor.captures(&query, tree.root_node(), run.as_bytes());
    while let Some((found, index)) = captures.next() {
        let capture = found.captures()[*index];
        let (node, order) = (capture.node, found.pattern_index);
        let name = query.capture_names()[capture.index as usize];
        let place = shown.entry((node.start_byte(), node.end_byte())).or_insert((order, name));
        if order >= place.0 {
            *place = (order, name);
        }
    }
    let seen = shown.into_iter().filter(|(_, (_, name))| *name != "none");
    seen.map(|((start, end), (_, name))| format!("{name}:{}", &run[start..end])).collect::<Vec<_>>().join(" ")
}
