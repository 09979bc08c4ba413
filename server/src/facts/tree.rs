//! From the trees of the grammar to facts.

use std::ops::Range;

use tree_sitter::{Node, Parser};

use super::{
    Base, Kind, Quantity, Unit,
    sums::{Expression, Sum},
    units,
};

/// A fact of a piece of text; places count from its start.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Parsed {
    pub(super) range: Range<usize>,
    pub(super) kind: Kind,
}

/// A parser with the grammar, made at the first piece.
#[derive(Default)]
pub(super) struct Reader {
    parser: Option<Parser>,
}

impl Reader {
    /// All facts of `piece`, in the order of the text.
    pub(super) fn read(&mut self, piece: &str) -> Vec<Parsed> {
        let parser = self.parser.get_or_insert_with(|| {
            let mut parser = Parser::new();
            // Fails only for a grammar of another generation, and then nothing parses: the tests see that.
            let _ = parser.set_language(&tree_sitter_designdoc::LANGUAGE.into());
            parser
        });
        let Some(tree) = parser.parse(piece, None) else { return Vec::new() };
        let mut facts = Vec::new();
        gather(piece, tree.root_node(), &mut facts);
        facts
    }
}

fn gather(text: &str, parent: Node<'_>, facts: &mut Vec<Parsed>) {
    let mut cursor = parent.walk();
    for node in parent.named_children(&mut cursor) {
        match fact(text, node) {
            Some(kind) => facts.push(Parsed { range: node.byte_range(), kind }),
            // What is no fact as a whole may hold some.
            None if node.named_child_count() > 0 => gather(text, node, facts),
            None => {}
        }
    }
}

fn fact(text: &str, node: Node<'_>) -> Option<Kind> {
    let written = |field: &str| node.child_by_field_name(field).map(|node| text[node.byte_range()].trim().to_owned());
    let number = |field: &str| node.child_by_field_name(field).and_then(|node| plain_number(text, node));
    match node.kind() {
        "quantity" => Some(Kind::Quantity(quantity(text, node)?)),
        "ratio" => Some(Kind::Ratio { left: number("left")?, right: number("right")? }),
        "range" => span(text, node),
        "comparison" => {
            let right = node.child_by_field_name("right")?;
            Some(Kind::Bound { of: written("left")?, sign: written("op")?, value: quantity(text, right)? })
        }
        "estimate" => sum(text, node),
        "placement" => {
            let buckets = written("buckets")?;
            Some(Kind::Placement { key: written("key")?, count: units::digits(&buckets), buckets })
        }
        "quorum" => Some(quorum(text, node)),
        _ => None,
    }
}

fn plain_number(text: &str, node: Node<'_>) -> Option<f64> {
    split_number(&text[node.byte_range()]).map(|(digits, scale)| digits * scale)
}

/// The digits and what their magnitude multiplies by.
pub(super) fn split_number(written: &str) -> Option<(f64, f64)> {
    let written = written.trim();
    let exponent = written.find(['e', 'E']).is_some_and(|at| written[at + 1..].starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-')));
    let end = if exponent { written.len() } else { written.find(|c: char| c.is_alphabetic()).unwrap_or(written.len()) };
    let digits = units::digits(&written[..end])?;
    let scale = match written[end..].trim() {
        "" => 1.0,
        magnitude => units::magnitude(magnitude)?,
    };
    Some((digits, scale))
}

/// A quantity from its node: the number, its magnitude, unit and rates.
fn quantity(text: &str, node: Node<'_>) -> Option<Quantity> {
    let value = node.child_by_field_name("value")?;
    let mut number = value.byte_range();
    let (digits, mut scale) = split_number(&text[number.clone()])?;
    if let Some(magnitude) = node.child_by_field_name("magnitude") {
        scale *= units::magnitude(text[magnitude.byte_range()].trim())?;
        number.end = magnitude.end_byte();
    }
    let mut cursor = node.walk();
    let pers: Vec<&str> = node.children_by_field_name("per", &mut cursor).map(|per| text[per.byte_range()].trim()).collect();
    let unit = node.child_by_field_name("unit");
    let written = unit.map(|unit| text[unit.byte_range()].trim());
    let mut quantity = measure(digits * scale, written, &pers);
    quantity.number = number;
    if matches!(quantity.unit.base, Base::Count(_)) {
        quantity.thing = unit.map(|unit| unit.byte_range());
    }
    Some(quantity)
}

/// So many of what is written, per what is written.
pub(super) fn measure(value: f64, unit: Option<&str>, pers: &[&str]) -> Quantity {
    let mut measured = Quantity { value, unit: Unit { base: Base::One, rate: false, each: None }, period: None, number: 0..0, thing: None };
    if let Some(written) = unit {
        let words: Vec<&str> = written.split_whitespace().collect();
        let last = words.last().copied().unwrap_or_default();
        if last == "%" || last.eq_ignore_ascii_case("percent") {
            measured.value *= 0.01;
            measured.unit.base = Base::Share;
        } else if let Some((thing, period)) = units::rate(last) {
            measured.unit.base = Base::Count(thing.to_owned());
            measured.period = Some(period);
        } else if let Some((scale, rate)) = units::data(last) {
            measured.value *= scale;
            measured.unit.base = Base::Bytes;
            measured.period = rate.then_some(1.0);
        } else if let Some(period) = units::period(last) {
            measured.value *= period;
            measured.unit.base = Base::Seconds;
            measured.period = Some(period);
            return measured;
        } else if units::people(last) {
            measured.unit.base = Base::Count("user".to_owned());
        } else {
            measured.unit.base = Base::Count(units::singular(last));
        }
    }
    for per in pers {
        let name = per.trim_start_matches('/').trim();
        let name = name.split_whitespace().last().unwrap_or(name);
        match units::period(name) {
            Some(period) => measured.period = Some(period),
            None => measured.unit.each = Some(units::singular(name)),
        }
    }
    if let Some(period) = measured.period {
        measured.unit.rate = true;
        measured.value /= period;
    }
    measured
}

/// `80–95 %`: the first end is in the unit of the second.
fn span(text: &str, node: Node<'_>) -> Option<Kind> {
    let (from, to) = (node.child_by_field_name("from")?, node.child_by_field_name("to")?);
    let to = quantity(text, to)?;
    let (digits, scale) = split_number(&text[from.byte_range()])?;
    let (last, last_scale) = split_number(&text[to.number.clone()])?;
    // "10–20k" starts at ten thousand.
    let scale = if scale == 1.0 { last_scale } else { scale };
    let base = if last == 0.0 { 0.0 } else { to.value / (last * last_scale) };
    let from = Quantity { value: digits * scale * base, number: from.byte_range(), ..to.clone() };
    Some(Kind::Span { from, to })
}

fn sum(text: &str, node: Node<'_>) -> Option<Kind> {
    let mut cursor = node.walk();
    let mut sides = vec![(expression(text, node.child_by_field_name("value")?), node.child_by_field_name("value")?.byte_range())];
    let mut signs = Vec::new();
    for (at, child) in node.children(&mut cursor).enumerate() {
        match node.field_name_for_child(u32::try_from(at).ok()?) {
            Some("op") => signs.push(text[child.byte_range()].trim().to_owned()),
            Some("result") => sides.push((expression(text, child), child.byte_range())),
            _ => {}
        }
    }
    Some(Kind::Sum(Sum::new(sides, signs)))
}

fn expression(text: &str, node: Node<'_>) -> Expression {
    let side = |field: &str| node.child_by_field_name(field).map_or(Expression::Unknown, |node| expression(text, node));
    let op = node.child_by_field_name("op").map(|node| text[node.byte_range()].trim().to_owned()).unwrap_or_default();
    match node.kind() {
        "quantity" => quantity(text, node).map_or(Expression::Unknown, Expression::Quantity),
        "number" => split_number(&text[node.byte_range()]).map_or(Expression::Unknown, |(digits, scale)| {
            Expression::Quantity(Quantity { number: node.byte_range(), ..measure(digits * scale, None, &[]) })
        }),
        "product" => Expression::Product { left: side("left").into(), over: matches!(op.as_str(), "/" | "÷"), right: side("right").into() },
        "sum" => Expression::Sum { left: side("left").into(), less: op != "+", right: side("right").into() },
        "group" => node.named_child(0).map_or(Expression::Unknown, |node| expression(text, node)),
        _ => Expression::Unknown,
    }
}

fn quorum(text: &str, node: Node<'_>) -> Kind {
    let (mut copies, mut reads, mut writes) = (None, None, None);
    let mut cursor = node.walk();
    for assign in node.named_children(&mut cursor) {
        let field = |field: &str| assign.child_by_field_name(field).map(|node| text[node.byte_range()].trim_end_matches(['=', ' ']).trim());
        let value = field("value").and_then(units::digits);
        match field("name").unwrap_or_default() {
            "N" | "n" => copies = value,
            "R" | "r" => reads = value,
            "W" | "w" => writes = value,
            _ => {}
        }
    }
    Kind::Quorum { copies, reads, writes }
}
