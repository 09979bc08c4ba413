//! What is read of numbers, as text in and text out.

use expect_test::{Expect, expect};

use super::*;

const NOTATIONS: &str = include_str!("../../../tests/facts/notations.txt");
const LOOK_ALIKES: &str = include_str!("../../../tests/facts/look-alikes.txt");

fn facts(text: &str) -> Vec<Fact> {
    read(text, &Outline::new(text), &Memo::default()).0
}

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&facts(text).iter().map(|fact| told(text, fact)).collect::<String>());
}

/// A fact as a line: its text, its value and its base unit.
fn told(text: &str, fact: &Fact) -> String {
    let (value, unit) = valued(text, &fact.kind);
    let place = if fact.code { " in code" } else { "" };
    format!("`{}`{place}: {} {unit}\n", &text[fact.range.clone()], value.iter().map(f64::to_string).collect::<Vec<_>>().join(".."))
}

/// The values and the unit as the table of notations writes them.
fn valued(text: &str, kind: &Kind) -> (Vec<f64>, String) {
    match kind {
        Kind::Quantity(quantity) | Kind::Bound { value: quantity, .. } => (vec![quantity.value], unit(&quantity.unit)),
        Kind::Span { from, to } => (vec![from.value, to.value], unit(&to.unit)),
        Kind::Ratio { left, right, of } => (vec![left / right], if of.is_empty() { "1".to_owned() } else { of.clone() }),
        Kind::Sum(sum) => match sum.steps(text).last() {
            Some(_) => sum.value().map_or((vec![], String::new()), |(value, of)| (vec![value], unit(&of))),
            None => (vec![], String::new()),
        },
        Kind::Placement { key, buckets, .. } => (vec![], format!("{buckets} | {key}")),
        Kind::Quorum(quorum) => {
            let set = [("N", quorum.copies), ("W", quorum.writes), ("R", quorum.reads)];
            let set = set.iter().filter_map(|(name, value)| value.map(|value| format!("{name}={value}"))).collect::<Vec<_>>().join(" ");
            (vec![], format!("{} | quorum", quorum.rule.as_ref().unwrap_or(&set)))
        }
    }
}

fn unit(unit: &Unit) -> String {
    let base = match &unit.base {
        Base::One | Base::Share if unit.rate => "",
        Base::One | Base::Share => "1",
        Base::Count(thing) => thing,
        Base::Bytes => "B",
        Base::Seconds => "s",
        Base::Money(currency) => currency,
    };
    let each = unit.each.as_ref().map(|each| format!("/{each}")).unwrap_or_default();
    format!("{base}{}{each}", if unit.rate { "/s" } else { "" })
}

/// Does `notation` come to what the table says? If not, what it comes to.
fn wrong(notation: &str, expected: &str) -> Option<String> {
    let facts = facts(notation);
    let Some(widest) = facts.iter().max_by_key(|fact| fact.range.len()) else { return Some("nothing is read".to_owned()) };
    let (values, unit) = valued(notation, &widest.kind);
    let same_unit = |wanted: &str| {
        let parts = |unit: &str| unit.split('/').map(units::singular).collect::<std::collections::BTreeSet<_>>();
        parts(wanted) == parts(&unit)
    };
    let right = match expected.split_once(" | ") {
        Some((value, wanted)) if !values.is_empty() => {
            let wanted_values: Vec<f64> = value.split("..").map(|value| value.parse().unwrap()).collect();
            let close = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-5 * b.abs();
            wanted_values.len() == values.len() && values.iter().zip(&wanted_values).all(close) && same_unit(wanted)
        }
        _ => unit == expected,
    };
    (!right).then(|| facts.iter().map(|fact| told(notation, fact)).collect())
}

fn lines(table: &str) -> impl Iterator<Item = &str> {
    table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("# ") && *line != "#")
}

#[test]
fn every_notation_of_the_table_comes_to_its_value() {
    let told: Vec<_> = lines(NOTATIONS)
        .filter_map(|line| {
            let (notation, expected) = line.split_once(" | ").unwrap();
            Some(format!("{notation}: {expected} expected, but {}", wrong(notation, expected)?))
        })
        .collect();
    assert_eq!(told.join("\n"), "");
}

#[test]
fn nothing_is_read_of_a_look_alike() {
    let told: Vec<_> = lines(LOOK_ALIKES)
        .flat_map(|line| facts(line).into_iter().map(move |fact| format!("{line}: {}", told(line, &fact))))
        .collect();
    assert_eq!(told.join(""), "");
}
