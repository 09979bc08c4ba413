//! Values as a person writes them: in few digits, converted, or in the notation of the document.

use super::{
    Base, Quantity, Unit,
    units::{self, DAY, YEAR},
};

/// A value in base units, in few digits and with its unit: `11.6k reads/s`.
pub fn shown(value: f64, unit: &Unit) -> String {
    let each = unit.each.as_ref().map(|each| format!(" per {each}")).unwrap_or_default();
    let amount = match &unit.base {
        Base::One => number(value),
        Base::Share => format!("{} %", number(value * 100.0)),
        Base::Seconds => return duration(value) + &each,
        Base::Bytes => bytes(value),
        Base::Money(currency) => format!("{} {currency}", number(value)),
        Base::Count(thing) => format!("{} {}", number(value), plural(thing, value)),
    };
    let slow = unit.rate && value < 0.1 && !matches!(unit.base, Base::Bytes);
    match (unit.rate, slow) {
        (false, _) => amount + &each,
        (true, false) if matches!(unit.base, Base::One) => format!("{amount} per second{each}"),
        (true, false) => format!("{amount}/s{each}"),
        (true, true) => format!("{}/day{each}", shown(value * DAY, &Unit { rate: false, each: None, ..unit.clone() })),
    }
}

/// The quantity per second, per day and per year, or in bytes, or in seconds: one a line, each in another unit than the document's.
pub fn conversions(quantity: &Quantity) -> Vec<String> {
    let unit = Unit { rate: false, ..quantity.unit.clone() };
    let times = |seconds: f64, name: &str| format!("{} per {name}", shown(quantity.value * seconds, &unit));
    match (&quantity.unit.base, quantity.unit.rate) {
        (_, true) => vec![times(1.0, "second"), times(DAY, "day"), times(YEAR, "year")],
        (Base::Bytes, _) if quantity.value < 1_024.0 => vec![format!("{} bytes", plain(quantity.value))],
        (Base::Bytes, _) => vec![format!("{} bytes", grouped(quantity.value)), format!("{} in powers of 1,024", binary(quantity.value))],
        (Base::Seconds, _) => vec![format!("{} seconds", plain(quantity.value)), duration(quantity.value)],
        (Base::Share, _) => vec![plain(quantity.value)],
        (Base::Count(thing), _) => vec![format!("{} {}", plain(quantity.value), plural(thing, quantity.value))],
        (Base::One | Base::Money(_), _) => vec![plain(quantity.value)],
    }
}

/// The digits of `written`, with their magnitude, `times` as many; in the same style. None where the style is not known.
pub(super) fn rewritten(written: &str, times: f64) -> Option<String> {
    let start = written.find(|c: char| c.is_alphabetic()).unwrap_or(written.len());
    let head = written[..start].trim_end();
    let (blank, magnitude) = (&written[head.len()..start], written[start..].trim_end());
    let scale = if magnitude.is_empty() { 1.0 } else { units::magnitude(magnitude)? };
    let digits = units::digits(head)?;
    let value = digits * scale * times;
    if !value.is_finite() || value <= 0.0 {
        return None;
    }
    let step = |name: &str| {
        units::magnitude(name).filter(|scale| value / scale >= 1.0 && value / scale < 1_000.0).map(|scale| (name.to_owned(), scale))
    };
    let letters = if magnitude == "K" { ["K", "M", "B", "T"] } else { ["k", "M", "B", "T"] };
    let words = ["thousand", "million", "billion", "trillion"];
    let chosen = match magnitude {
        "" => None,
        _ if magnitude.len() > 2 => words.iter().find_map(|name| step(name)),
        _ => letters.iter().find_map(|name| step(name)),
    };
    let separator = head.chars().find(|c| !c.is_ascii_digit() && *c != '.').unwrap_or(',');
    let figure = |value: f64| {
        let text = plain(round(value, 3));
        if separator == ',' { text } else { text.replace(',', &separator.to_string()) }
    };
    Some(match chosen {
        Some((name, scale)) => format!("{}{blank}{name}", figure(value / scale)),
        None => figure(if magnitude.is_empty() || value < 1_000.0 { value } else { return None }),
    })
}

/// Three digits that count, with a magnitude from ten thousand on.
pub(super) fn number(value: f64) -> String {
    let value = round(value, 3);
    let scaled = [(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")].into_iter().find(|(scale, _)| value >= *scale && value >= 10_000.0);
    match scaled {
        Some((scale, name)) => format!("{}{name}", plain(round(value / scale, 3))),
        None => plain(value),
    }
}

/// All its digits before the point, grouped, and few behind.
pub(super) fn plain(value: f64) -> String {
    if value >= 100.0 || value == value.trunc() {
        return grouped(value);
    }
    if value > 0.0 && value < 1e-4 {
        return format!("{value:.2e}");
    }
    let digits = if value < 0.01 {
        6
    } else if value < 1.0 {
        4
    } else {
        2
    };
    let text = format!("{value:.digits$}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn grouped(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 && digits.len() > 3 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

pub(super) fn round(value: f64, digits: i32) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let power = 10f64.powi(digits - 1 - value.abs().log10().floor() as i32);
    if power.is_finite() && power > 0.0 { (value * power).round() / power } else { value }
}

fn bytes(value: f64) -> String {
    scaled(value, 1_000.0, ["B", "KB", "MB", "GB", "TB", "PB", "EB"])
}

fn binary(value: f64) -> String {
    scaled(value, 1_024.0, ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"])
}

fn scaled(value: f64, step: f64, names: [&str; 7]) -> String {
    let mut at = 0;
    let mut left = round(value, 3);
    while left >= step && at + 1 < names.len() {
        left /= step;
        at += 1;
    }
    format!("{} {}", plain(round(left, 3)), names[at])
}

fn duration(seconds: f64) -> String {
    let (value, name) = match seconds {
        s if s < 1e-3 => (s * 1e6, "µs"),
        s if s < 1.0 => (s * 1e3, "ms"),
        s if s < 120.0 => (s, "s"),
        s if s < 7_200.0 => (s / 60.0, "min"),
        s if s < 2.0 * DAY => (s / 3_600.0, "h"),
        s if s < 2.0 * YEAR => (s / DAY, "days"),
        s => (s / YEAR, "years"),
    };
    format!("{} {name}", number(value))
}

fn plural(thing: &str, value: f64) -> String {
    match thing.strip_suffix('y') {
        _ if value == 1.0 || matches!(thing, "people" | "dau" | "mau") => thing.to_owned(),
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if thing.ends_with(['s', 'x']) || thing.ends_with("ch") || thing.ends_with("sh") => format!("{thing}es"),
        _ => format!("{thing}s"),
    }
}
