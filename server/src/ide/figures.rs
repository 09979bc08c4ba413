//! A quantity converted, and a sum step by step, where the pointer rests on one.

use super::{Analysis, Hover};
use crate::facts::{self, Fact, Kind, Quantity};

/// What is known of the number or notation at byte `offset`.
pub(super) fn hover(analysis: &Analysis, offset: usize) -> Option<Hover> {
    let fact = analysis.review.facts.iter().map(|stated| &stated.fact).find(|fact| fact.range.contains(&offset))?;
    let markdown = match &fact.kind {
        Kind::Sum(sum) => {
            let steps = sum.steps(&analysis.text);
            let rows: Vec<String> = steps.iter().map(|(written, comes_to)| format!("| {} | {comes_to} |", cell(written))).collect();
            let slip = sum.slip.as_ref().map(|slip| format!("\n\n{}.", slip.told)).unwrap_or_default();
            format!("| as written | comes to |\n| --- | --- |\n{}{slip}\n", rows.join("\n"))
        }
        Kind::Quantity(quantity) | Kind::Bound { value: quantity, .. } => converted(analysis, fact, &[quantity]),
        Kind::Span { from, to } => converted(analysis, fact, &[from, to]),
        Kind::Ratio { .. } | Kind::Placement { .. } | Kind::Quorum(_) => return None,
    };
    Some(Hover { range: fact.range.clone(), markdown })
}

fn converted(analysis: &Analysis, fact: &Fact, quantities: &[&Quantity]) -> String {
    let written = analysis.text[fact.range.clone()].split_whitespace().collect::<Vec<_>>().join(" ").replace('`', "");
    let each: Vec<Vec<String>> = quantities.iter().map(|quantity| facts::conversions(quantity)).collect();
    let lines = each.first().map_or(0, Vec::len);
    let line = |at: usize| each.iter().filter_map(|lines| lines.get(at).cloned()).collect::<Vec<_>>().join(" to ");
    let listed: Vec<String> = (0..lines).map(|at| format!("- {}", line(at))).collect();
    format!("`{written}`\n\n{}\n", listed.join("\n"))
}

/// As it may stand in a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
