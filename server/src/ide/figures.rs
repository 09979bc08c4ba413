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

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::{config::Severities, content::Library};

    /// What is shown where the pointer rests on the `|` in `text`.
    fn check(text: &str, expected: Expect) {
        let offset = text.find('|').unwrap();
        let analysis = Analysis::new(text.replacen('|', "", 1).into(), Library::built_in(), &Severities::default());
        let hover =
            crate::ide::hover(&analysis, offset, None).map(|hover| format!("{:?}\n{}", &analysis.text[hover.range], hover.markdown));
        expected.assert_eq(&hover.unwrap_or_default());
    }

    #[test]
    fn a_quantity_is_converted() {
        check("We take 3M| orders/day.", expect![[""]]);
        check("It grows by 50|0 GB/day.", expect![[""]]);
        check("About **2.|5 TB** are kept.", expect![[""]]);
        check("Kept for 5 ye|ars.", expect![[""]]);
        check("p99 < 2|00 ms", expect![[""]]);
        check("It hits 80–9|5 %.", expect![[""]]);
    }

    #[test]
    fn a_sum_is_worked_out_step_by_step() {
        check("100M users × 10 reads/day ÷ 86 40|0 s ≈ 11.6k reads/s", expect![[""]]);
        check("- 2 MB × 1M| = 20 TB", expect![[""]]);
        check("- 1M writes/day × 1 KB = 1| GB/day = 365 GB/year", expect![[""]]);
    }

    #[test]
    fn what_converts_to_nothing_shows_nothing() {
        for text in ["The node is hash(id) % |4.", "See v1.2|.3 of it.", "|Text, 5 GB.", "In 20|24 we began."] {
            check(text, expect![[""]]);
        }
    }
}
