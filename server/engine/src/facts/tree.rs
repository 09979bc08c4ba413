//! From the trees of the grammar to facts.

use std::ops::Range;

use tree_sitter::{Node, Parser};

use super::{
    Base, Kind, Quantity, Quorum, Unit,
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
        // It says nothing by itself, and what is left without a label is dropped.
        "number" => Some(Kind::Quantity(Quantity {
            range: node.byte_range(),
            number: node.byte_range(),
            ..measure(plain_number(text, node)?, None, &[])
        })),
        "ratio" => Some(Kind::Ratio { left: number("left")?, right: number("right")?, of: written("names").unwrap_or_default() }),
        "range" => span(text, node),
        "comparison" => {
            let right = node.child_by_field_name("right")?;
            let value = match fact(text, right)? {
                Kind::Quantity(value) | Kind::Span { to: value, .. } => value,
                _ => return None,
            };
            Some(Kind::Bound { of: written("left").unwrap_or_default(), sign: written("op")?, value })
        }
        "estimate" => sum(text, node),
        "product" => {
            let product = expression(text, node);
            product.multiplies().then(|| Kind::Sum(Sum::new(vec![(product, node.byte_range())], Vec::new())))
        }
        "placement" => {
            let buckets = written("buckets")?;
            Some(Kind::Placement { key: written("key")?, count: units::digits(&buckets), buckets })
        }
        "quorum" => Some(quorum(text, node)),
        _ => None,
    }
}

/// The value of a number's node, its magnitude aside.
fn plain_number(text: &str, node: Node<'_>) -> Option<f64> {
    units::digits(text[node.byte_range()].trim())
}

/// A quantity from its node: the number, its magnitude, unit and rates.
fn quantity(text: &str, node: Node<'_>) -> Option<Quantity> {
    let parts = Parts::of(text, node);
    let (mut amount, mut number) = match parts.value {
        Some(value) => (plain_number(text, value)?, value.byte_range()),
        // "150 MB × million"
        None => (1.0, parts.magnitude?.byte_range()),
    };
    if let Some(magnitude) = parts.magnitude {
        let (written, digits) = (text[magnitude.byte_range()].trim(), &text[number.clone()]);
        // A network of phones, not so many billions of what stands behind it.
        if written == "G" && matches!(digits, "2" | "3" | "4" | "5" | "6") && magnitude.start_byte() == number.end {
            return None;
        }
        amount *= units::magnitude(written)?;
        number.end = magnitude.end_byte();
    }
    let mut quantity = parts.measured(text, amount);
    if let (Some(sign), Base::One) = (parts.currency, &quantity.unit.base) {
        quantity.unit.base = Base::Money(units::currency(sign));
    }
    (quantity.range, quantity.number) = (node.byte_range(), number);
    Some(quantity)
}

/// What the fields of a quantity or a group hold.
#[derive(Default)]
struct Parts<'t> {
    value: Option<Node<'t>>,
    magnitude: Option<Node<'t>>,
    currency: Option<&'t str>,
    unit: Option<&'t str>,
    thing: Option<Node<'t>>,
    pers: Vec<&'t str>,
}

impl<'t> Parts<'t> {
    /// In one walk: asking for each field by name takes several times as long.
    fn of(text: &'t str, node: Node<'t>) -> Self {
        let mut parts = Self::default();
        let mut cursor = node.walk();
        let mut more = cursor.goto_first_child();
        while more {
            let child = cursor.node();
            let written = || text[child.byte_range()].trim();
            match cursor.field_name() {
                Some("value") => parts.value = Some(child),
                Some("magnitude") => parts.magnitude = Some(child),
                Some("currency") => parts.currency = Some(written()),
                Some("unit") => parts.unit = Some(written()),
                Some("thing") => parts.thing = Some(child),
                Some("per") => parts.pers.push(written()),
                _ => {}
            }
            more = cursor.goto_next_sibling();
        }
        parts
    }

    /// `amount` in the unit, of the thing, and per what, that is named.
    fn measured(&self, text: &str, amount: f64) -> Quantity {
        let thing = self.thing.map(|thing| thing.byte_range());
        let unit = self.unit.or_else(|| thing.clone().map(|thing| text[thing].trim()));
        Quantity { thing, ..measure(amount, unit, &self.pers) }
    }
}

/// So many of what is written, per what is written.
pub(super) fn measure(value: f64, unit: Option<&str>, pers: &[&str]) -> Quantity {
    let unit_of_one = Unit { base: Base::One, rate: false, each: None };
    let mut measured = Quantity { value, unit: unit_of_one, period: None, range: 0..0, number: 0..0, thing: None };
    if let Some(written) = unit {
        let words: Vec<&str> = written.split_whitespace().collect();
        let last = words.last().copied().unwrap_or_default();
        if last == "%" || last.eq_ignore_ascii_case("percent") {
            measured.value *= 0.01;
            measured.unit.base = Base::Share;
        } else if let Some(period) = units::rate(last) {
            measured.period = Some(period);
        } else if let Some((scale, rate)) = units::data(last) {
            measured.value *= scale;
            measured.unit.base = Base::Bytes;
            measured.period = rate.then_some(1.0);
        } else if let Some(period) = units::period(last) {
            measured.value *= period;
            measured.unit.base = Base::Seconds;
            measured.period = Some(period);
        } else {
            measured.unit.base = Base::Count(units::singular(last));
        }
    }
    let mut rate = measured.period.filter(|_| measured.unit.base != Base::Seconds);
    for per in pers {
        let name = per.trim_start_matches('/').split_whitespace().last().unwrap_or_default();
        match units::period(name) {
            Some(period) => rate = Some(period),
            None => measured.unit.each = Some(units::singular(name)),
        }
    }
    if let Some(period) = rate {
        (measured.period, measured.unit.rate) = (Some(period), true);
        measured.value /= period;
    }
    measured
}

/// `80–95 %`: an end without a unit is in the unit of the other.
fn span(text: &str, node: Node<'_>) -> Option<Kind> {
    let (first, last) = (node.child_by_field_name("from")?, node.child_by_field_name("to")?);
    let (mut from, to) = (quantity(text, first)?, quantity(text, last)?);
    if from.unit.base == Base::One && !from.unit.rate || matches!(from.unit.base, Base::Money(_)) {
        let (digits, last_digits) =
            (plain_number(text, first.child_by_field_name("value")?)?, plain_number(text, last.child_by_field_name("value")?)?);
        // "10–20k" starts at ten thousand, "0 – 10K" at nothing.
        let scale = if first.child_by_field_name("magnitude").is_some() { from.value / digits } else { to.value / last_digits };
        let scale = if scale.is_finite() { scale } else { 1.0 };
        let money = matches!(from.unit.base, Base::Money(_)).then(|| from.unit.clone());
        let (range, number, own) = (from.range.clone(), from.number.clone(), first.child_by_field_name("magnitude").is_some());
        from = Quantity { value: digits * scale, range, number, ..to.clone() };
        if let Some(money) = money {
            let to = Quantity { unit: money.clone(), ..to };
            return Some(Kind::Span { from: Quantity { unit: money, value: if own { from.value } else { digits }, ..from }, to });
        }
    }
    Some(Kind::Span { from, to })
}

fn sum(text: &str, node: Node<'_>) -> Option<Kind> {
    let mut cursor = node.walk();
    let (mut sides, mut signs) = (Vec::new(), Vec::new());
    for (at, child) in node.children(&mut cursor).enumerate() {
        match node.field_name_for_child(u32::try_from(at).ok()?) {
            // A sign before the first side has what it is about in the words before it.
            Some("op") if !sides.is_empty() => signs.push(text[child.byte_range()].trim().to_owned()),
            Some(side @ ("left" | "result")) => {
                // "= 1B reads/day ÷ 86,400 s ≈": the first is a result, which is carried on.
                if let Some(carried) = first_factor(child).filter(|_| side == "result") {
                    sides.push((expression(text, carried), carried.byte_range()));
                    signs.push(String::new());
                }
                sides.push((expression(text, child), child.byte_range()));
            }
            _ => {}
        }
    }
    (!sides.is_empty()).then(|| Kind::Sum(Sum::new(sides, signs)))
}

/// Of a product.
fn first_factor(node: Node<'_>) -> Option<Node<'_>> {
    let first = node.child_by_field_name("left").filter(|_| node.kind() == "product")?;
    Some(first_factor(first).unwrap_or(first))
}

fn expression(text: &str, node: Node<'_>) -> Expression {
    let side = |field: &str| node.child_by_field_name(field).map_or(Expression::Unknown, |node| expression(text, node));
    let op = node.child_by_field_name("op").map(|node| text[node.byte_range()].trim().to_owned()).unwrap_or_default();
    match node.kind() {
        "quantity" => quantity(text, node).map_or(Expression::Unknown, Expression::Quantity),
        "range" => match span(text, node) {
            Some(Kind::Span { to, .. }) => Expression::Quantity(to),
            _ => Expression::Unknown,
        },
        "product" => {
            Expression::Product { left: side("left").into(), over: matches!(op.as_str(), "/" | "÷"), right: side("right").into() }
        }
        "sum" => Expression::Sum { left: side("left").into(), less: op != "+", right: side("right").into() },
        "group" => {
            let unit = Parts::of(text, node).measured(text, 1.0);
            match (side("inside"), unit.unit == measure(1.0, None, &[]).unit) {
                (inside, true) => inside,
                // "(100 + 20) GB"
                (inside, false) => Expression::Product { left: inside.into(), over: false, right: Expression::Quantity(unit).into() },
            }
        }
        "name" => match units::magnitude(&text[node.byte_range()]) {
            Some(value) => {
                Expression::Quantity(Quantity { range: node.byte_range(), number: node.byte_range(), ..measure(value, None, &[]) })
            }
            None => Expression::Unknown,
        },
        _ => Expression::Unknown,
    }
}

fn quorum(text: &str, node: Node<'_>) -> Kind {
    let mut quorum = Quorum::default();
    let mut cursor = node.walk();
    for child in node.named_children(&mut cursor) {
        let field = |field: &str| child.child_by_field_name(field).map(|node| text[node.byte_range()].trim()).unwrap_or_default();
        if child.kind() == "inequality" {
            quorum.rule = Some(format!("{} + {} {} {}", field("left"), field("right"), field("op"), field("total")));
            quorum.claims_overlap = matches!(field("op"), ">");
            continue;
        }
        let value = units::digits(field("value"));
        match field("name") {
            "N" => quorum.copies = value,
            "R" => quorum.reads = value,
            "W" => quorum.writes = value,
            _ => {}
        }
    }
    Kind::Quorum(quorum)
}
