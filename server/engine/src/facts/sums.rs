//! Sums as engineers write them, worked out: do the two sides agree?
//!
//! Units are taken as loosely as people take them. "1M a day ÷ 86,400 = 12 a second" is right, though strictly the day is divided out twice:
//! so every side is worked out in base units and in the units that are written, and any two that agree will do. What never passes is a
//! day turned into seconds by another number than the seconds of a day.

use std::ops::Range;

use super::{Base, Quantity, notation, units};

/// `value = result = result`
#[derive(Debug, Clone, PartialEq)]
pub struct Sum {
    pub(super) sides: Vec<(Expression, Range<usize>)>,
    /// One fewer than the sides. Empty before a side that carries the one before it on: `= 1 GB × 365 = 365 GB` has `1 GB` and `1 GB × 365`.
    pub(super) signs: Vec<String>,
    /// What does not come out; found once the text around is known.
    pub slip: Option<Slip>,
}

/// Two sides of a sum that differ twofold or more.
#[derive(Debug, Clone, PartialEq)]
pub struct Slip {
    /// The sum worked out, without a final dot.
    pub told: String,
    /// The result as it should be, and where it stands: digits and magnitude, in the notation that is used there.
    pub right: Option<(Range<usize>, String)>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expression {
    Quantity(Quantity),
    Product {
        left: Box<Expression>,
        over: bool,
        right: Box<Expression>,
    },
    Sum {
        left: Box<Expression>,
        less: bool,
        right: Box<Expression>,
    },
    /// Nothing that can be worked out.
    Unknown,
}

/// Sides that differ by less agree: rounding, a peak, 1,024 for 1,000.
const AGREE: f64 = 2.0;
/// Seconds, minutes or hours of one period, put in the place of another's.
const CLOCK: [f64; 9] = [24.0, 60.0, 1_440.0, 3_600.0, 86_400.0, 100_000.0, 7.0, 30.0, 365.0];

impl Sum {
    pub(super) fn new(sides: Vec<(Expression, Range<usize>)>, signs: Vec<String>) -> Self {
        Self { sides, signs, slip: None }
    }

    /// Looks for a slip, where the sum stands at `range` of `text`.
    pub(super) fn judge(&mut self, text: &str, range: &Range<usize>) {
        // Part of something that is not understood: "2^32 = 4 billion".
        let before = text[..range.start].trim_end();
        let parted = before.strip_suffix('(').filter(|before| !before.ends_with(|c: char| c.is_alphanumeric())).unwrap_or(before);
        let before = parted.trim_end().ends_with(['^', '*', '×', '/', '÷', '+', '-', '–', '−', '(', '%', '√']);
        let after = text[range.end..].trim_start().starts_with(['^', '*', '×', '/', '÷', '+', '%', '!']);
        if before || after {
            return;
        }
        let pairs = self.sides.windows(2).zip(&self.signs).enumerate();
        self.slip = pairs.into_iter().find_map(|(at, (pair, sign))| {
            let carried = self.signs.get(at + 1).is_some_and(String::is_empty);
            // "100 × 2 = 50 × 4"
            if sign.is_empty() || carried && self.sides.get(at + 2).is_some_and(|whole| same(&pair[0].0, &whole.0)) {
                return None;
            }
            slip(text, &pair[0], &pair[1], sign)
        });
    }

    pub(super) fn quantities(&self) -> Vec<&Quantity> {
        let mut found = Vec::new();
        self.sides.iter().for_each(|(side, _)| side.each(&mut |quantity| found.push(quantity)));
        found
    }

    pub(super) fn place(&mut self, at: &impl Fn(usize) -> usize) {
        let moved = |range: &Range<usize>| at(range.start)..at(range.end);
        for (side, range) in &mut self.sides {
            side.place(at);
            *range = moved(range);
        }
        if let Some((range, _)) = self.slip.as_mut().and_then(|slip| slip.right.as_mut()) {
            *range = moved(range);
        }
    }

    /// The result as a quantity, for those who want the figure that the sum arrives at.
    pub fn result(&self) -> Option<&Quantity> {
        match self.sides.last() {
            Some((Expression::Quantity(quantity), _)) => Some(quantity),
            _ => None,
        }
    }

    /// What it comes to, as its last side says.
    pub fn value(&self) -> Option<(f64, super::Unit)> {
        let (side, _) = self.sides.last()?;
        let mut unit = super::Unit { base: Base::One, rate: false, each: None };
        side.each(&mut |quantity| {
            if quantity.unit.base != Base::One || quantity.unit.rate {
                unit = quantity.unit.clone();
            }
        });
        Some((side.work(false)?.value, unit))
    }
}

/// A side worked out, with the powers of bytes and of seconds in its unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Worked {
    pub(super) value: f64,
    pub(super) bytes: i32,
    pub(super) time: i32,
    /// Some number in it names no unit: it may stand for any.
    bare: bool,
}

impl Expression {
    pub(super) fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a Quantity)) {
        match self {
            Self::Quantity(quantity) => visit(quantity),
            Self::Product { left, right, .. } | Self::Sum { left, right, .. } => {
                left.each(visit);
                right.each(visit);
            }
            Self::Unknown => {}
        }
    }

    fn place(&mut self, at: &impl Fn(usize) -> usize) {
        match self {
            Self::Quantity(quantity) => quantity.place(at),
            Self::Product { left, right, .. } | Self::Sum { left, right, .. } => {
                left.place(at);
                right.place(at);
            }
            Self::Unknown => {}
        }
    }

    /// Is it a product of what has a unit? "10 ms / 20 ms" is one time and another, and "1080 / 720" says nothing.
    pub(super) fn multiplies(&self) -> bool {
        let factors = self.factors(false);
        let known = |factor: &Self| !matches!(factor, Self::Unknown);
        let unit = |factor: &Self| matches!(factor, Self::Quantity(one) if one.unit.base != Base::One || one.unit.rate);
        factors.iter().all(|(factor, _)| known(factor))
            && factors.iter().any(|(factor, _)| unit(factor))
            && factors[1..].iter().any(|(_, over)| !over)
    }

    /// The factors of a product, each with whether it divides.
    pub(super) fn factors(&self, over: bool) -> Vec<(&Self, bool)> {
        match self {
            Self::Product { left, over: divides, right } => {
                let mut factors = left.factors(over);
                factors.extend(right.factors(over != *divides));
                factors
            }
            _ => vec![(self, over)],
        }
    }

    /// Works it out in base units, or with times as they are written.
    pub(super) fn work(&self, as_written: bool) -> Option<Worked> {
        let worked = match self {
            Self::Quantity(quantity) => work_quantity(quantity, as_written)?,
            Self::Product { left, over, right } => {
                let (a, b) = (left.work(as_written)?, right.work(as_written)?);
                let bare = a.bare || b.bare;
                if *over {
                    Worked { value: a.value / b.value, bytes: a.bytes - b.bytes, time: a.time - b.time, bare }
                } else {
                    Worked { value: a.value * b.value, bytes: a.bytes + b.bytes, time: a.time + b.time, bare }
                }
            }
            Self::Sum { left, less, right } => {
                let (a, b) = (left.work(as_written)?, right.work(as_written)?);
                // "500 + 100 GB": the first may be gigabytes, too.
                if (a.bytes, a.time) != (b.bytes, b.time) {
                    return None;
                }
                Worked { value: if *less { a.value - b.value } else { a.value + b.value }, bare: a.bare || b.bare, ..a }
            }
            Self::Unknown => return None,
        };
        (worked.value.is_finite() && worked.value > 0.0).then_some(worked)
    }
}

impl Quantity {
    /// What one in the time that is written is in base units.
    pub(super) fn scale(&self) -> f64 {
        match (&self.unit.base, self.period) {
            (Base::Seconds, Some(period)) => period,
            (_, Some(period)) => 1.0 / period,
            (_, None) => 1.0,
        }
    }
}

/// May some number of it be billions, written as bytes are?
fn billions(text: &str, side: &Expression) -> bool {
    let mut found = false;
    side.each(&mut |quantity| {
        let unit = text[quantity.number.end..].trim_start().strip_prefix('B');
        found |= unit.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    });
    found
}

pub(super) fn work_quantity(quantity: &Quantity, as_written: bool) -> Option<Worked> {
    let value = if as_written { quantity.value / quantity.scale() } else { quantity.value };
    let time = i32::from(quantity.unit.base == Base::Seconds) - i32::from(quantity.unit.rate);
    let worked = Worked { value, bytes: i32::from(quantity.unit.base == Base::Bytes), time, bare: quantity.unit.base == Base::One };
    worked.value.is_finite().then_some(worked)
}

fn agree(a: f64, b: f64) -> bool {
    let times = a / b;
    times > 1.0 / AGREE && times < AGREE
}

/// Do two sides come to the same, in base units or as they are written?
fn same(a: &Expression, b: &Expression) -> bool {
    [false, true]
        .iter()
        .any(|as_written| matches!((a.work(*as_written), b.work(*as_written)), (Some(a), Some(b)) if agree(a.value, b.value)))
}

/// Do the two sides differ, as far as they can be worked out?
fn slip(text: &str, left: &(Expression, Range<usize>), right: &(Expression, Range<usize>), sign: &str) -> Option<Slip> {
    let Expression::Quantity(result) = &right.0 else {
        // "10 × 1 KB = 10 KB × 365 = 3.6 MB": what stands on the right is carried on, and comes to its own result.
        return None;
    };
    let (base, face) = (left.0.work(false)?, left.0.work(true)?);
    let (result_base, result_face) = (work_quantity(result, false)?, work_quantity(result, true)?);
    if result_base.value <= 0.0 {
        return None;
    }
    let arrow = matches!(sign, "->" | "→" | "=>" | "⇒");
    if let Expression::Quantity(only) = &left.0 {
        let measured = |quantity: &Quantity| quantity.unit.rate || matches!(quantity.unit.base, Base::Bytes | Base::Seconds);
        let converts = only.period != result.period || only.unit.base == Base::Bytes && result.unit.base == Base::Bytes;
        // "1 user = 20 requests" is no sum, and "1k → 5k" is growth.
        if !measured(only) || !measured(result) || !converts || arrow && only.period == result.period {
            return None;
        }
        if (base.bytes, base.time) != (result_base.bytes, result_base.time) {
            return None;
        }
    }
    let bare = base.bare || result_base.bare;
    if base.bytes != result_base.bytes {
        // "50B / 86,400 s": billions of something, rather than bytes.
        let doubtful = billions(text, &left.0) || billions(text, &right.0);
        if bare || doubtful {
            return None;
        }
        let kind = |bytes: i32| if bytes == 0 { "no bytes" } else { "bytes" };
        let told = format!(
            "`{}` gives {}, and `{}` has {}",
            squeezed(&text[left.1.clone()]),
            kind(base.bytes),
            squeezed(&text[right.1.clone()]),
            kind(result_base.bytes)
        );
        return Some(Slip { told, right: None });
    }
    if result.unit.base == Base::Seconds && base.time != result_base.time {
        return None;
    }
    let expected = expected(&left.0, result, base, face, result_base, result_face)?;
    Some(told(text, &left.1, result, &right.1, expected))
}

/// What the result should be in base units; none where it is right, or may be.
fn expected(left: &Expression, result: &Quantity, base: Worked, face: Worked, result_base: Worked, result_face: Worked) -> Option<f64> {
    let factors = left.factors(false);
    let quantities: Vec<(&Quantity, bool)> = factors
        .iter()
        .filter_map(|(factor, over)| match factor {
            Expression::Quantity(quantity) => Some((quantity, *over)),
            _ => None,
        })
        .collect();
    let rates: Vec<f64> = quantities.iter().filter(|(one, over)| one.unit.rate && !over).filter_map(|(one, _)| one.period).collect();
    if let (true, [from], Some(to)) = (result.unit.rate, rates.as_slice(), result.period)
        && !agree(*from, to)
    {
        // From one period to another: by a clock's numbers, or by nothing at all.
        let clock: Vec<f64> = quantities.iter().filter_map(|(one, over)| clock(one, *over)).collect();
        let turned = clock.iter().product::<f64>();
        let plain = clock.is_empty();
        if plain && agree(base.value, result_base.value) {
            return None;
        }
        if plain {
            // Another number may stand for the time: "÷ 90,000".
            let other = quantities.iter().any(|(one, over)| *over && one.unit.base == Base::One && one.value > 12.0);
            return (!other || !agree(face.value, result_face.value)).then_some(base.value);
        }
        let needed = from / to;
        let once = face.value * turned / from;
        if agree(turned, needed) {
            return (!agree(face.value, result_face.value) && !agree(base.value, result_base.value)).then_some(face.value / to);
        }
        // A whole period's number in the place of another's is no business hours.
        if CLOCK.contains(&turned) && agree(face.value, result_face.value) {
            return Some(once);
        }
    }
    let sides = [base.value, face.value];
    let results = [result_base.value, result_face.value, result.value * if result.unit.base == Base::Share { 100.0 } else { 1.0 }];
    if sides.iter().any(|side| results.iter().any(|result| agree(*side, *result))) {
        return None;
    }
    Some(if base.time == result_base.time { base.value } else { face.value * result.scale() })
}

/// How many times a factor divides one period into another, if it is a clock's number: seconds of a day, 24, 3,600.
fn clock(factor: &Quantity, over: bool) -> Option<f64> {
    let number = match (&factor.unit.base, factor.period) {
        (Base::Seconds, Some(period)) => factor.value / period,
        (Base::One, _) if CLOCK.contains(&factor.value) => factor.value,
        _ => return None,
    };
    (number > 0.0).then_some(if over { number } else { 1.0 / number })
}

fn told(text: &str, left: &Range<usize>, result: &Quantity, right: &Range<usize>, expected: f64) -> Slip {
    let per_period = match (&result.unit.base, result.period) {
        (Base::Seconds, _) | (_, None) => None,
        (_, Some(period)) => units::name(period).map(|name| (period, name)),
    };
    let worked = match per_period {
        // In the period that the result has.
        Some((period, name)) if period != 1.0 => {
            let unit = super::Unit { rate: false, ..result.unit.clone() };
            format!("{}/{name}", notation::shown(expected * period, &unit))
        }
        _ => notation::shown(expected, &result.unit),
    };
    let times = if expected > result.value { expected / result.value } else { result.value / expected };
    let amiss = if expected > result.value { "little" } else { "much" };
    let (left, right) = (squeezed(&text[left.clone()]), squeezed(&text[right.clone()]));
    let told = format!("{left} comes to {worked}; {right} is {} times too {amiss}", notation::plain(notation::round(times, 3)));
    let number = &text[result.number.clone()];
    let right = notation::rewritten(number, expected / result.value).map(|new| (result.number.clone(), new));
    Slip { told, right }
}

/// On one line, without marks: neither of emphasis nor of a list whose next item goes on with the sum.
pub(super) fn squeezed(text: &str) -> String {
    let unmarked = |line: &str| {
        let item = line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix(['-', '*', '+', '.', ')']);
        item.map(str::trim_start).filter(|item| item.starts_with(['=', '≈', '→', '×', '/', '÷'])).unwrap_or(line).to_owned()
    };
    let lines: Vec<String> = text.lines().map(unmarked).collect();
    lines.join(" ").split_whitespace().collect::<Vec<_>>().join(" ").replace("**", "").replace('`', "")
}
