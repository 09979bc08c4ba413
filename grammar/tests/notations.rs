//! The table of notations and the table of look-alikes, as far as the trees go. What the notations come to is tested where they are reckoned with.

use std::fs;

use crate::{facts, parse, root};

#[test]
fn every_notation_of_the_table_is_one_fact() {
    let table = table("notations.txt");
    assert!(table.len() >= 100);
    for line in table {
        let notation = line.split(" | ").next().unwrap_or_default();
        assert_eq!(facts(notation).len(), 1, "{notation}: {}", parse(notation).root_node());
    }
}

#[test]
fn a_notation_may_be_spaced_and_written_otherwise() {
    for line in table("notations.txt") {
        let notation = line.split(" | ").next().unwrap_or_default();
        for other in [
            notation.replace(' ', "\u{a0}"),
            notation.replace(' ', "\u{202f}"),
            notation.replace(' ', "\n"),
            notation.replace(' ', "  "),
            format!("We plan for {notation}, as was said."),
            format!("({notation})"),
        ] {
            // Digits are grouped by one space, and two name a percentile only in one line.
            if notation.starts_with("86 400") || notation.contains("÷ 86 400") || notation.starts_with("99th") {
                continue;
            }
            assert_eq!(facts(&other), facts(notation), "{other}: {}", parse(&other).root_node());
        }
    }
}

#[test]
fn nothing_is_read_in_a_look_alike() {
    let table = table("look-alikes.txt");
    assert!(table.len() >= 50);
    for line in table {
        for run in [line.clone(), format!("({line})"), format!("It is {line}.")] {
            assert_eq!(facts(&run), Vec::<String>::new(), "{run}: {}", parse(&run).root_node());
        }
    }
}

#[test]
fn what_the_readme_shows_is_read_as_it_says() {
    let readme = fs::read_to_string(root().join("README.md")).expect("UTF-8");
    let rows = readme.lines().skip_while(|line| *line != "## What it reads").take_while(|line| *line != "## What it refuses");
    let mut shown = 0;
    for row in rows.filter(|row| row.starts_with("| `")) {
        let quoted = row.split('`').skip(1).step_by(2).collect::<Vec<_>>();
        let Some((kind, notations)) = quoted.split_last() else { continue };
        for notation in notations {
            assert_eq!(facts(notation), [*kind], "{notation}");
            shown += 1;
        }
    }
    assert!(shown > 20);
}

fn table(name: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join("../tests/facts").join(name)).expect("a table");
    text.lines().filter(|line| !line.is_empty() && !is_comment(line)).map(str::to_owned).collect()
}

/// `#10348` is a look-alike, and no comment.
fn is_comment(line: &str) -> bool {
    line == "#" || line.starts_with("# ")
}
