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
    /// So many of a thing, in the singular and lower case.
    Count(String),
    Bytes,
    Seconds,
    /// A share of one; written with `%`.
    Share,
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
        "min" | "mins" | "minute" | "minutes" => 60.0,
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
                None => (lower.strip_suffix('b')?.to_owned(), rate && name.ends_with('b')),
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

/// Abbreviations of a rate: what is counted each time, and the period in seconds.
pub(super) fn rate(written: &str) -> Option<(&'static str, f64)> {
    Some(match written.to_lowercase().as_str() {
        "qps" => ("query", 1.0),
        "rps" => ("request", 1.0),
        "tps" => ("transaction", 1.0),
        "wps" => ("write", 1.0),
        "eps" => ("event", 1.0),
        "iops" => ("operation", 1.0),
        "rpm" => ("request", 60.0),
        "rph" => ("request", 3_600.0),
        "rpd" => ("request", DAY),
        _ => return None,
    })
}

/// Abbreviations of a count of users.
pub(super) fn people(written: &str) -> bool {
    matches!(written.to_lowercase().as_str(), "dau" | "mau" | "wau" | "daus" | "maus")
}

/// What a magnitude multiplies by.
pub(super) fn magnitude(written: &str) -> Option<f64> {
    Some(match written {
        "k" | "K" => 1e3,
        "M" | "m" => 1e6,
        "B" | "b" | "G" => 1e9,
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

/// The digits of a number, however they are grouped.
pub(super) fn digits(written: &str) -> Option<f64> {
    let plain: String = written.chars().filter(|c| !matches!(c, ',' | '_' | '\'') && !c.is_whitespace()).collect();
    plain.parse().ok().filter(|value: &f64| value.is_finite())
}

/// A word in the singular and lower case, as things are named.
pub(super) fn singular(word: &str) -> String {
    let lower = word.to_lowercase();
    match lower.as_str() {
        "people" | "persons" => return "person".to_owned(),
        "msgs" | "msg" => return "message".to_owned(),
        "reqs" | "req" => return "request".to_owned(),
        "queries" => return "query".to_owned(),
        _ => {}
    }
    let stem = lower.strip_suffix("ies").filter(|stem| stem.len() > 2).map(|stem| format!("{stem}y"));
    let stem = stem.or_else(|| {
        let sibilant = ["sses", "shes", "ches", "xes"].iter().any(|end| lower.ends_with(end));
        lower.strip_suffix(if sibilant { "es" } else { "s" }).filter(|stem| stem.len() > 2 && !stem.ends_with(['s', 'u', 'i'])).map(str::to_owned)
    });
    stem.unwrap_or(lower)
}
