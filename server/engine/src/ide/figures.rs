//! A quantity converted, and a sum step by step, where the pointer rests on one.

use super::{Analysis, Hover, harmless::harmless};
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
    Some(Hover { range: fact.range.clone(), markdown: harmless(markdown, None) })
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
        check(
            "We take 3M| orders/day.",
            expect![[r#"
            "3M orders/day"
            `3M orders/day`

            - 34.7 orders per second
            - 3M orders per day
            - 1.1B orders per year
        "#]],
        );
        check(
            "It grows by 50|0 GB/day.",
            expect![[r#"
            "500 GB/day"
            `500 GB/day`

            - 5.79 MB per second
            - 500 GB per day
            - 183 TB per year
        "#]],
        );
        check(
            "About **2.|5 TB** are kept.",
            expect![[r#"
            "2.5 TB"
            `2.5 TB`

            - 2,500,000,000,000 bytes
            - 2.27 TiB in powers of 1,024
        "#]],
        );
        check(
            "Kept for 5 ye|ars.",
            expect![[r#"
            "5 years"
            `5 years`

            - 157,680,000 seconds
            - 5 years
        "#]],
        );
        check(
            "p99 < 2|00 ms",
            expect![[r#"
            "p99 < 200 ms"
            `p99 < 200 ms`

            - 0.2 seconds
            - 200 ms
        "#]],
        );
        check(
            "It hits 80–9|5 %.",
            expect![[r#"
            "80–95 %"
            `80–95 %`

            - 0.8 to 0.95
        "#]],
        );
    }

    #[test]
    fn a_sum_is_worked_out_step_by_step() {
        check(
            "100M users × 10 reads/day ÷ 86 40|0 s ≈ 11.6k reads/s",
            expect![[r#"
                "100M users × 10 reads/day ÷ 86 400 s ≈ 11.6k reads/s"
                | as written | comes to |
                | --- | --- |
                | 100M users | 100,000,000 users |
                | × 10 reads/day | 0.000116 reads per second · 10 reads per day · 3,650 reads per year |
                | ÷ 86 400 s | 86,400 seconds · 24 h |
                | 100M users × 10 reads/day ÷ 86 400 s | 11.6k reads/s |
                | 11.6k reads/s | 11.6k reads/s |
            "#]],
        );
        check(
            "- 2 MB × 1M| = 20 TB",
            expect![[r#"
                "2 MB × 1M = 20 TB"
                | as written | comes to |
                | --- | --- |
                | 2 MB | 2,000,000 bytes · 1.91 MiB in powers of 1,024 |
                | × 1M | 1,000,000 |
                | 2 MB × 1M | 2 TB |
                | 20 TB | 20 TB |

                2 MB × 1M comes to 2 TB; 20 TB is 10 times too much.
            "#]],
        );
        check(
            "- 1M writes/day × 1 KB = 1| GB/day = 365 GB/year",
            expect![[r#"
                "1M writes/day × 1 KB = 1 GB/day = 365 GB/year"
                | as written | comes to |
                | --- | --- |
                | 1M writes/day | 11.6 writes per second · 1M writes per day · 365M writes per year |
                | × 1 KB | 1,000 bytes |
                | 1M writes/day × 1 KB | 11.6 KB/s |
                | 1 GB/day | 11.6 KB/s |
                | 365 GB/year | 11.6 KB/s |
            "#]],
        );
    }

    #[test]
    fn a_product_shows_its_factors() {
        check(
            "It stores 2M users × 5| KB.",
            expect![[r#"
            "2M users × 5 KB"
            | as written | comes to |
            | --- | --- |
            | 2M users | 2,000,000 users |
            | × 5 KB | 5,000 bytes · 4.88 KiB in powers of 1,024 |
            | 2M users × 5 KB | 10 GB |
        "#]],
        );
        check(
            "- 100M users × 10 reads/day\n- = 1B reads/|day\n- ÷ 86 400 s ≈ 11.6k reads/s\n",
            expect![[r#"
            "100M users × 10 reads/day\n- = 1B reads/day\n- ÷ 86 400 s ≈ 11.6k reads/s"
            | as written | comes to |
            | --- | --- |
            | 100M users | 100,000,000 users |
            | × 10 reads/day | 0.000116 reads per second · 10 reads per day · 3,650 reads per year |
            | 100M users × 10 reads/day | 11.6k reads/s |
            | 1B reads/day | 11.6k reads per second · 1B reads per day · 365B reads per year |
            | ÷ 86 400 s | 86,400 seconds · 24 h |
            | 1B reads/day ÷ 86 400 s | 11.6k reads/s |
            | 11.6k reads/s | 11.6k reads/s |
        "#]],
        );
        // One time and another are no product.
        check(
            "p99 is 1|0 ms / 20 ms.",
            expect![[r#"
            "10 ms"
            `10 ms`

            - 0.01 seconds
            - 10 ms
        "#]],
        );
    }

    #[test]
    fn what_converts_to_nothing_shows_nothing() {
        for text in ["The node is hash(id) % |4.", "See v1.2|.3 of it.", "|Text, 5 GB.", "In 20|24 we began."] {
            check(text, expect![[""]]);
        }
    }
}
