//! What a bare number counts, where a label beside it says so: `| posts a day | 200k |`, `- employees: 500`.

use std::ops::Range;

use super::{Base, Fact, Kind, Quantity, tree, units};
use crate::outline::{Block, BlockKind, Outline};

/// Gives every bare quantity the unit that its label tells.
pub(super) fn name(text: &str, outline: &Outline, facts: &mut [Fact]) {
    let heads = outline.heads();
    for fact in facts.iter_mut().filter(|fact| !fact.code) {
        let start = fact.range.start;
        let Kind::Quantity(quantity) = &mut fact.kind else { continue };
        // "| posts | 1.5 B |": there is no half of a byte.
        let billions = text[quantity.number.end..fact.range.end].trim() == "B" && quantity.value.fract() != 0.0;
        if quantity.unit.base != Base::One && !billions {
            continue;
        }
        let Some(label) = label(text, outline, &heads, fact.block, start) else { continue };
        let value = quantity.value * if billions { 1e9 } else { 1.0 };
        let Some((thing, measured)) = measure(text, label, value, quantity.period) else { continue };
        let (range, number) = (quantity.range.clone(), quantity.number.clone());
        *quantity = Quantity { range, number, thing: Some(thing), ..measured };
    }
}

/// The bytes of the label of what stands at `at`: the words before a colon, or the cell before.
fn label(text: &str, outline: &Outline, heads: &[Option<usize>], number: usize, at: usize) -> Option<Range<usize>> {
    let block = &outline.blocks[number];
    // Runs and cells are in order, and there may be very many.
    let run = block.runs.partition_point(|run| run.range.end <= at);
    let cell = block.runs.get(run).filter(|run| run.range.contains(&at))?.cell;
    let first = block.runs.partition_point(|run| run.cell < cell);
    if let BlockKind::Row(_) = block.kind {
        let begins = first == run && text[block.runs[run].range.start..at].chars().all(is_sign);
        return begins.then(|| row_label(text, block, heads[number].map(|head| &outline.blocks[head]), run)).flatten();
    }
    let begin = block.runs[first].range.start;
    let start = text.floor_char_boundary(at.saturating_sub(REACH)).max(begin);
    let before = text[start..at].trim_end_matches(is_sign);
    let signs = &text[start + before.len()..at];
    // "2–4x": its own number is no label.
    let parted =
        !before.ends_with(|c: char| c.is_ascii_digit()) && (signs.contains([':', '=', '–', '—', '|', '≈']) || signs.contains(" - "));
    // "QPS is 30,000", "DAU of about 2,000"
    let named = before.trim_end_matches(|c: char| c.is_lowercase() || c.is_whitespace());
    let abbreviation = named.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if !parted && text[start + named.len()..at].len() <= LONGEST_LINK && units::rates(abbreviation) {
        return Some(start + named.len() - abbreviation.len()..start + named.len());
    }
    let from = match before.rfind(['.', ';', ',', '(', '\n', ':']) {
        Some(cut) => cut + 1,
        None if start > begin => return None,
        None => 0,
    };
    (parted && before.len() - from <= LONGEST).then_some(start + from..start + before.len())
}

/// No label is longer.
const LONGEST: usize = 60;
/// So far back a label may begin, with all the signs behind it.
const REACH: usize = 200;
/// "is about", "of at least"
const LONGEST_LINK: usize = 20;

fn is_sign(c: char) -> bool {
    c.is_whitespace() || matches!(c, '*' | '_' | '`' | '~' | ':' | '=' | '–' | '—' | '-' | '≈' | '|' | '<' | '>')
}

/// The cell before, where it has words; else that of `head` in the same column.
fn row_label(text: &str, block: &Block, head: Option<&Block>, run: usize) -> Option<Range<usize>> {
    let cell = block.runs[run].cell;
    let first = block.runs.first()?.cell;
    let cell_range = |block: &Block, cell: u32| {
        let from = block.runs.partition_point(|run| run.cell < cell);
        let to = block.runs.partition_point(|run| run.cell <= cell);
        Some(block.runs.get(from..to)?.first()?.range.start..block.runs[to - 1].range.end)
    };
    let words = |range: &Range<usize>| text[range.clone()].contains(char::is_alphabetic);
    let before = run.checked_sub(1).and_then(|before| cell_range(block, block.runs[before].cell)).filter(words);
    before.or_else(|| {
        let head = head?;
        let column = cell - first;
        cell_range(head, head.runs.first()?.cell + column)
    })
}

/// A value of what `label` names: `posts a day`, `QPS (peak)`, `storage per year in GB`.
fn measure(text: &str, label: Range<usize>, value: f64, period: Option<f64>) -> Option<(Range<usize>, Quantity)> {
    let whole = &text[label.clone()];
    let end = whole.find('(').unwrap_or(whole.len());
    let words: Vec<(usize, &str)> = whole[..end]
        .split(|c: char| !(c.is_alphanumeric() || c == '/' || c == '%'))
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr() as usize - whole.as_ptr() as usize, word))
        .collect();
    let per = words.iter().position(|(_, word)| matches!(word.to_lowercase().as_str(), "per" | "a" | "an" | "each" | "every"));
    let things = &words[..per.unwrap_or(words.len())];
    let (at, thing) = things.iter().rfind(|(_, word)| word.starts_with(char::is_alphabetic))?;
    let (name, slash) = thing.split_once('/').map_or((*thing, None), |(name, per)| (name, Some(per)));
    let mut pers: Vec<&str> = slash.into_iter().collect();
    pers.extend(per.and_then(|per| words.get(per + 1)).map(|(_, word)| *word));
    let daily = things.iter().find_map(|(_, word)| matches!(*word, "Daily" | "daily" | "hourly" | "Hourly").then_some(*word));
    if units::period(name).is_some() {
        pers.clear();
    } else if let Some(daily) = daily.filter(|_| pers.is_empty() && !name.to_lowercase().starts_with("user")) {
        pers.push(daily);
    }
    let mut measured = tree::measure(value, Some(name), &pers);
    if let (Some(period), false) = (period, measured.unit.rate) {
        (measured.period, measured.unit.rate) = (Some(period), true);
    }
    let start = label.start + at;
    Some((start..start + name.len(), measured))
}
