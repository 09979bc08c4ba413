//! Patterns of facts: `count of <user> <= 9000`, `rate`, `size >= 1 TB`, `ratio >= 10`, `placement`, `quorum apart`, `sum off`.

use serde::{Deserialize, Serialize};

use super::pattern::Pattern;

/// What a number or a notation has to be for a signal.
#[derive(Debug, Clone)]
pub struct Figure {
    pub what: What,
    /// What it is of: how the thing is called that is counted.
    pub of: Option<Pattern>,
    pub bound: Option<Bound>,
}

/// A closed set; `facts` tells what a document has of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    /// So many of a thing.
    Count,
    /// So many per second, in whatever period it is written.
    Rate,
    /// Bytes.
    Size,
    /// Bytes per second.
    Flow,
    /// Seconds.
    Time,
    /// A share of one.
    Share,
    Ratio,
    /// A key divided by a number, for the rest; the bound is on the number.
    Placement,
    /// Copies asked and copies written that need not meet.
    QuorumApart,
    QuorumOverlapping,
    /// The two sides of a sum differ twofold or more.
    SumOff,
}

/// A limit on the value, in base units.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Bound {
    pub sign: Sign,
    pub value: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sign {
    AtLeast,
    Below,
}

impl Figure {
    /// Reads `WHAT of PATTERN >= NUMBER`, the last two of which may be left out.
    pub(super) fn parse(written: &str) -> Result<Self, String> {
        let (head, bound) = match written.rfind(">=").or_else(|| written.rfind(" < ").map(|at| at + 1)) {
            Some(at) => (&written[..at], Some(Bound::parse(&written[at..])?)),
            None => (written, None),
        };
        let (what, of) = match head.split_once(" of ") {
            Some((what, of)) => (what.trim(), Some(Pattern::parse(of.trim())?)),
            None => (head.trim(), None),
        };
        let what = match what {
            "count" => What::Count,
            "rate" => What::Rate,
            "size" => What::Size,
            "flow" => What::Flow,
            "time" => What::Time,
            "share" => What::Share,
            "ratio" => What::Ratio,
            "placement" => What::Placement,
            "quorum apart" => What::QuorumApart,
            "quorum overlapping" => What::QuorumOverlapping,
            "sum off" => What::SumOff,
            _ => {
                let known = "count, rate, size, flow, time, share, ratio, placement, quorum apart, quorum overlapping or sum off";
                return Err(format!("`{what}` is no kind of fact: it is one of {known}"));
            }
        };
        Ok(Self { what, of, bound })
    }
}

impl Bound {
    fn parse(written: &str) -> Result<Self, String> {
        let (sign, value) = match written.strip_prefix(">=") {
            Some(value) => (Sign::AtLeast, value),
            None => (Sign::Below, written.trim_start_matches('<')),
        };
        let plain = value.trim().replace([',', '_'], "");
        let digits = plain.trim_end_matches(char::is_alphabetic).trim();
        let scale = match plain[digits.len()..].trim() {
            "" => 1.0,
            "k" | "KB" => 1e3,
            "M" | "MB" => 1e6,
            "GB" => 1e9,
            "TB" => 1e12,
            _ => return Err(format!("`{}` is no limit: write a number in base units, with k, M, KB, MB, GB or TB at most", value.trim())),
        };
        let value = digits.parse::<f64>().map_err(|_| format!("`{}` is no number: write a limit such as `>= 10`", value.trim()))?;
        Ok(Self { sign, value: value * scale })
    }

    pub fn holds(&self, value: f64) -> bool {
        match self.sign {
            Sign::AtLeast => value >= self.value,
            Sign::Below => value < self.value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_has_a_kind_and_perhaps_a_name_and_a_limit() {
        let figure = Figure::parse("count of {user|<follower>} >= 1M").unwrap();
        assert_eq!((figure.what, figure.of.is_some()), (What::Count, true));
        assert_eq!(figure.bound, Some(Bound { sign: Sign::AtLeast, value: 1e6 }));
        assert_eq!(Figure::parse("size >= 1.5 TB").unwrap().bound.unwrap().value, 1.5e12);
        assert_eq!(Figure::parse("rate < 0.1").unwrap().bound.unwrap().sign, Sign::Below);
        assert_eq!(Figure::parse("quorum apart").unwrap().what, What::QuorumApart);
        assert!(Figure::parse("rate").unwrap().bound.is_none());
    }

    #[test]
    fn a_figure_that_cannot_be_read_says_what_to_write() {
        let told = |written: &str| Figure::parse(written).unwrap_err();
        assert!(told("amount").contains("count, rate, size"));
        assert!(told("rate >= many").contains("limit"));
        assert!(told("size >= 1 ZB").contains("TB"));
    }

    #[test]
    fn a_limit_holds_from_its_value_on_or_below_it() {
        let bound = |written: &str| Figure::parse(written).unwrap().bound.unwrap();
        assert!(bound("rate >= 10").holds(10.0) && !bound("rate >= 10").holds(9.9));
        assert!(bound("rate < 10").holds(9.9) && !bound("rate < 10").holds(10.0));
    }
}
