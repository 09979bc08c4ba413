//! The closed set of units: how each is written, and what it is in base units.

/// What a quantity is of. Values are in things, bytes, seconds, or shares of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    pub base: Base,
    /// A rate: per second.
    pub rate: bool,
    /// For each one of these: `10 reads per user`.
    pub each: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// A number that says of nothing how many.
    One,
    /// So many of a thing: the last word of what it is called, in the singular and lower case.
    Count(String),
    Bytes,
    Seconds,
    /// A share of one; written with `%`.
    Share,
    /// In this currency.
    Money(&'static str),
}

impl Unit {
    /// The base unit by name, in the singular; none for a mere number.
    pub fn name(&self) -> Option<String> {
        Some(match &self.base {
            Base::One => return None,
            Base::Count(thing) => thing.clone(),
            Base::Bytes => "byte".to_owned(),
            Base::Seconds => "second".to_owned(),
            Base::Share => "share".to_owned(),
            Base::Money(currency) => (*currency).to_owned(),
        })
    }

    /// Per what: `second` for a rate, and each of what.
    pub fn per(&self) -> Option<String> {
        let rate = self.rate.then(|| "second".to_owned());
        let all: Vec<String> = rate.into_iter().chain(self.each.clone()).collect();
        (!all.is_empty()).then(|| all.join(" per "))
    }
}

pub(super) const DAY: f64 = 86_400.0;
pub(super) const MONTH: f64 = 30.0 * DAY;
pub(super) const YEAR: f64 = 365.0 * DAY;

/// A unit of time in seconds.
pub(super) fn period(written: &str) -> Option<f64> {
    Some(match written.trim_end_matches('.').to_lowercase().as_str() {
        "ns" | "nanosecond" | "nanoseconds" => 1e-9,
        "us" | "µs" | "μs" | "microsecond" | "microseconds" => 1e-6,
        "ms" | "msec" | "millisecond" | "milliseconds" => 1e-3,
        "s" | "sec" | "secs" | "second" | "seconds" => 1.0,
        "m" | "min" | "mins" | "minute" | "minutes" => 60.0,
        "h" | "hr" | "hrs" | "hour" | "hours" => 3_600.0,
        "d" | "day" | "days" => DAY,
        "w" | "wk" | "week" | "weeks" => 7.0 * DAY,
        "mo" | "month" | "months" => MONTH,
        "y" | "yr" | "yrs" | "year" | "years" => YEAR,
        "daily" => DAY,
        "hourly" => 3_600.0,
        "weekly" => 7.0 * DAY,
        "monthly" => MONTH,
        "yearly" | "annual" | "annually" => YEAR,
        _ => return None,
    })
}

/// What a period of so many seconds is called.
pub(super) fn name(period: f64) -> Option<&'static str> {
    let named = [(1.0, "s"), (60.0, "min"), (3_600.0, "h"), (DAY, "day"), (7.0 * DAY, "week"), (MONTH, "month"), (YEAR, "year")];
    named.into_iter().find(|(seconds, _)| *seconds == period).map(|(_, name)| name)
}

/// A unit of data in bytes; `rate` where it says "per second" by itself.
pub(super) fn data(written: &str) -> Option<(f64, bool)> {
    let (name, rate) = match written.strip_suffix("ps").or_else(|| written.strip_suffix("PS")) {
        Some(name) if name.len() > 1 => (name, true),
        _ => (written, false),
    };
    let lower = name.to_lowercase();
    let (prefix, bits) = match lower.as_str() {
        "b" | "byte" | "bytes" if !rate => return Some((1.0, false)),
        "bit" | "bits" => return Some((0.125, rate)),
        _ => match lower.strip_suffix("bytes").or_else(|| lower.strip_suffix("byte")) {
            Some(prefix) => (prefix.to_owned(), false),
            None => match lower.strip_suffix("bits").or_else(|| lower.strip_suffix("bit")) {
                Some(prefix) => (prefix.to_owned(), true),
                // "Gbps" counts bits, "GBps" bytes; "Gb" alone is how many write "GB".
                None => match lower.strip_suffix('b') {
                    Some(prefix) => (prefix.to_owned(), rate && name.ends_with('b')),
                    None if lower.len() == 2 && lower.ends_with('i') => (lower.clone(), false),
                    None => return None,
                },
            },
        },
    };
    let (letter, binary) = match prefix.strip_suffix('i') {
        Some(letter) => (letter, true),
        None => (prefix.as_str(), false),
    };
    let power = match letter {
        "k" | "kilo" | "kib" => 1,
        "m" | "mega" => 2,
        "g" | "giga" => 3,
        "t" | "tera" => 4,
        "p" | "peta" => 5,
        "e" | "exa" => 6,
        _ => return None,
    };
    let scale = if binary { 1_024f64 } else { 1_000f64 }.powi(power);
    Some((scale * if bits { 0.125 } else { 1.0 }, rate))
}

/// An abbreviation of a rate: its period in seconds.
pub(super) fn rate(written: &str) -> Option<f64> {
    Some(match written.to_lowercase().as_str() {
        "qps" | "rps" | "tps" | "wps" | "eps" | "iops" | "ops" => 1.0,
        "rpm" => 60.0,
        _ => return None,
    })
}

/// Does an abbreviation in capitals say that a number is a load?
pub(super) fn rates(written: &str) -> bool {
    rate(written).is_some() || matches!(written, "DAU" | "MAU" | "WAU")
}

/// What a sign before a number stands for.
pub(super) fn currency(sign: &str) -> &'static str {
    match sign {
        "€" => "EUR",
        "£" => "GBP",
        _ => "USD",
    }
}

/// What a magnitude multiplies by.
pub(super) fn magnitude(written: &str) -> Option<f64> {
    Some(match written {
        "k" | "K" => 1e3,
        "M" => 1e6,
        "B" | "G" => 1e9,
        "T" => 1e12,
        "P" => 1e15,
        _ => match written.to_lowercase().as_str() {
            "hundred" | "hundreds" => 1e2,
            "thousand" | "thousands" => 1e3,
            "mn" | "mio" | "mil" | "million" | "millions" => 1e6,
            "bn" | "bil" | "billion" | "billions" => 1e9,
            "tn" | "trillion" | "trillions" => 1e12,
            "lakh" | "lakhs" => 1e5,
            "crore" | "crores" => 1e7,
            "dozen" => 12.0,
            _ => return None,
        },
    })
}

/// The digits of a number, however they are grouped, and powers.
pub(super) fn digits(written: &str) -> Option<f64> {
    let plain: String = written.chars().filter(|c| !matches!(c, ',' | '_') && !c.is_whitespace()).collect();
    let value: f64 = match plain.split_once("**").or_else(|| plain.split_once('^')) {
        Some((base, power)) => base.parse::<f64>().ok()?.powf(power.parse().ok()?),
        None => plain.parse().ok()?,
    };
    value.is_finite().then_some(value)
}

/// A word in the singular and lower case, as things are named.
pub(super) fn singular(word: &str) -> String {
    let lower = word.to_lowercase();
    let kept = ["ss", "us", "is"].iter().any(|end| lower.ends_with(end)) || lower.len() < 4;
    let stem = match lower.strip_suffix("ies") {
        Some(stem) if stem.len() > 2 => return format!("{stem}y"),
        _ => ["sses", "shes", "ches", "xes"].iter().find(|end| lower.ends_with(**end)).and_then(|_| lower.strip_suffix("es")),
    };
    stem.or_else(|| lower.strip_suffix('s').filter(|_| !kept)).unwrap_or(&lower).to_owned()
}
