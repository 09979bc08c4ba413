//! A sum step by step, for people to follow: every factor converted, and what each side comes to.

use super::{
    Base, Sum, Unit, notation,
    sums::{Expression, Worked, squeezed, work_quantity},
};

impl Sum {
    /// Each step as it is written and what it comes to: every factor converted, then the side that they make.
    pub fn steps(&self, text: &str) -> Vec<(String, String)> {
        let mut steps = Vec::new();
        for (at, (side, range)) in self.sides.iter().enumerate() {
            // What is carried on is the first factor of the next side.
            if self.signs.get(at).is_some_and(String::is_empty) {
                continue;
            }
            let factors = side.factors(false);
            if factors.len() > 1 {
                steps.extend(factors.iter().enumerate().filter_map(|(at, (factor, over))| {
                    let sign = if at == 0 {
                        ""
                    } else if *over {
                        "÷ "
                    } else {
                        "× "
                    };
                    let (written, comes_to) = factor.told(text)?;
                    Some((format!("{sign}{written}"), comes_to))
                }));
            }
            steps.extend(self.worked(side).map(|worked| (squeezed(&text[range.clone()]), worked)));
        }
        steps
    }

    /// What a side comes to, in the unit of the result if there is one.
    fn worked(&self, side: &Expression) -> Option<String> {
        if let Expression::Quantity(quantity) = side {
            return Some(notation::shown(quantity.value, &quantity.unit));
        }
        let (base, face) = (side.work(false)?, side.work(true)?);
        let Some(result) = self.result() else {
            return Some(side.unit(&base).map_or_else(|| notation::number(face.value), |unit| notation::shown(base.value, &unit)));
        };
        // In base units where they cancel out as they should.
        let strict = work_quantity(result, false).is_some_and(|result| result.time == base.time);
        Some(if strict { notation::shown(base.value, &result.unit) } else { notation::shown(face.value * result.scale(), &result.unit) })
    }
}

impl Expression {
    /// As it is written, and converted.
    fn told(&self, text: &str) -> Option<(String, String)> {
        if let Self::Quantity(quantity) = self {
            return Some((squeezed(&text[quantity.range.clone()]), notation::conversions(quantity).join(" · ")));
        }
        let (mut start, mut end) = (usize::MAX, 0);
        self.each(&mut |quantity| (start, end) = (start.min(quantity.range.start), end.max(quantity.range.end)));
        let worked = self.work(false)?;
        let comes_to = self.unit(&worked).map_or_else(|| notation::number(worked.value), |unit| notation::shown(worked.value, &unit));
        Some((format!("({})", squeezed(text.get(start..end)?)), comes_to))
    }

    /// The unit of what it comes to: of bytes, of time, or of what is counted last. None where it has no name, such as bytes squared.
    fn unit(&self, worked: &Worked) -> Option<Unit> {
        let mut thing = Base::One;
        self.each(&mut |quantity| {
            if let Base::Count(_) | Base::Money(_) = quantity.unit.base {
                thing = quantity.unit.base.clone();
            }
        });
        let (base, rate) = match (worked.bytes, worked.time) {
            (1, 0) => (Base::Bytes, false),
            (1, -1) => (Base::Bytes, true),
            (0, 1) => (Base::Seconds, false),
            (0, 0) => (thing, false),
            (0, -1) => (thing, true),
            _ => return None,
        };
        Some(Unit { base, rate, each: None })
    }
}
