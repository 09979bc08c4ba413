//! Documents that nobody writes and that a program may take too long for, or fall over.

/// Each with what it is called; all begin as designs do, so that everything is asked of them.
pub(super) fn documents() -> Vec<(&'static str, String)> {
    let wide_row = |cell: &str| format!("|{}\n", format!("{cell}|").repeat(2_000));
    let table = format!("{}{}", wide_row("Redis"), wide_row("---"));
    let ticks: String = (1..1_000).map(|length| format!("{} ", "`".repeat(length))).collect();
    let lists: String = (0..1_000).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect();
    let definitions: String = (0..20_000).map(|number| format!("[a{number}]: /b\n")).collect();
    let nodes: String = (0..10_000).map(|number| format!("  n{number}[Redis cache {number}] --> n{}\n", number + 1)).collect();
    let all = [
        ("a table of 2,000 columns", format!("{table}{}", wide_row("lost").repeat(5))),
        ("a table of 2,000 columns and 2,000 short rows", format!("{table}{}", "|a\n".repeat(2_000))),
        ("a table of 20,000 rows", format!("| Part | Fails |\n| --- | --- |\n{}", "| Redis | lost |\n".repeat(20_000))),
        ("20,000 opening brackets", "[".repeat(20_000)),
        ("20,000 links that are not closed", "[a](".repeat(20_000)),
        ("20,000 pairs of brackets", "[]".repeat(20_000)),
        ("20,000 opening parentheses behind a name", format!("hash{} % 4", "(".repeat(20_000))),
        ("20,000 definitions", definitions),
        ("20,000 marks of emphasis", "*a **b _c ".repeat(7_000)),
        ("20,000 nested quotes", format!("{}We read through Redis.\n", "> ".repeat(20_000))),
        ("1,000 nested lists", lists),
        ("20,000 opening comments", "<!-- ".repeat(20_000)),
        ("5,000 comments that ignore", "<!-- followup-ignore cache/stampede: because -->\n\nRedis.\n\n".repeat(5_000)),
        ("runs of backticks", ticks),
        ("10,000 labels in one paragraph", "**Context.** We read through Redis.\n".repeat(10_000)),
        ("50,000 headings", "# Redis\n".repeat(50_000)),
        ("a diagram of 10,000 nodes", format!("```mermaid\ngraph LR\n{nodes}```\n")),
        ("a megabyte of words in one line", "users read profiles of friends and ".repeat(30_000)),
        ("a megabyte of products in one line", "Redis Kafka Postgres ".repeat(50_000)),
        ("a megabyte of one sentence that answers", "saving a profile deletes its key in the Redis cache and ".repeat(19_000)),
        ("a megabyte of numbers in one line", "3M orders/day × 2 KB = 70 KB/s, ".repeat(31_000)),
        ("a megabyte of one sum", format!("1{}", " × 2".repeat(200_000))),
        ("a megabyte without a blank", "a".repeat(1_000_000)),
        ("a megabyte of letters that are no ASCII", "é😀".repeat(160_000)),
        ("a megabyte of one design's sentence", "We read profiles through a Redis cache.\n\n".repeat(24_000)),
        ("a megabyte of blank lines", "\r\n".repeat(500_000)),
    ];
    all.map(|(name, text)| (name, format!("<!-- followup: design -->\n\n# Design\n\n{text}"))).into()
}
