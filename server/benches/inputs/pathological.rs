//! Documents that nobody writes and that a program may take too long for, or fall over.

/// Each with what it is called; all begin as designs do, so that everything is asked of them. What has no size in its name is `long` bytes.
pub(super) fn documents(long: usize) -> Vec<(&'static str, String)> {
    let many = |piece: &str| piece.repeat(long / piece.len());
    let wide_row = |cell: &str| format!("|{}\n", format!("{cell}|").repeat(2_000));
    let table = format!("{}{}", wide_row("Redis"), wide_row("---"));
    let ticks: String = (1..1_000).map(|length| format!("{} ", "`".repeat(length))).collect();
    let lists: String = (0..1_000).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect();
    let definitions: String = (0..20_000).map(|number| format!("[a{number}]: /b\n")).collect();
    let nodes: String = (0..long / 32).map(|number| format!("  n{number}[Redis cache {number}] --> n{}\n", number + 1)).collect();
    let numbered = |piece: &str, size: usize| (0..long / size).map(|number| piece.replace('#', &number.to_string())).collect::<String>();
    let nested = format!("{}{}", (0..500).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect::<String>(), many("\n"));
    let all = [
        ("a table of 2,000 columns", format!("{table}{}", wide_row("lost").repeat(5))),
        ("a table of 2,000 columns and 2,000 short rows", format!("{table}{}", "|a\n".repeat(2_000))),
        ("rows of a table", format!("| Part | Fails |\n| --- | --- |\n{}", many("| Redis | lost |\n"))),
        ("20,000 opening brackets", "[".repeat(20_000)),
        ("20,000 links that are not closed", "[a](".repeat(20_000)),
        ("20,000 pairs of brackets", "[]".repeat(20_000)),
        ("20,000 opening parentheses behind a name", format!("hash{} % 4", "(".repeat(20_000))),
        ("20,000 definitions", definitions),
        ("20,000 marks of emphasis", "*a **b _c ".repeat(7_000)),
        ("20,000 nested quotes", format!("{}We read through Redis.\n", "> ".repeat(20_000))),
        ("1,000 nested lists", lists),
        ("20,000 opening comments", "<!-- ".repeat(20_000)),
        ("comments that ignore", many("<!-- followup-ignore cache/stampede: because -->\n\nRedis.\n\n")),
        ("runs of backticks", ticks),
        ("labels in one paragraph", many("**Context.** We read through Redis.\n")),
        ("headings", many("# Redis\n")),
        ("a diagram", format!("```mermaid\ngraph LR\n{nodes}```\n")),
        ("words in one line", many("users read profiles of friends and ")),
        ("products in one line", many("Redis Kafka Postgres ")),
        ("one sentence that answers", many("saving a profile deletes its key in the Redis cache and ")),
        ("numbers in one line", many("3M orders/day × 2 KB = 70 KB/s, ")),
        ("numbers in emphasis", many("*1* ")),
        ("one sum", format!("1{}", many(" × 2"))),
        ("no blank", many("a")),
        ("letters that are no ASCII", many("é😀")),
        ("one paragraph again and again", many("We read profiles through a Redis cache.\n\n")),
        ("blank lines", many("\r\n")),
        ("a heading of a megabyte", format!("# {}\n", many("Redis cache of profiles "))),
        ("headings that differ", numbered("= Redis cache #\n\n", 22).replace('=', "#")),
        ("rows that differ", format!("| Part | Fails |\n| --- | --- |\n{}", numbered("| Redis # | # ms |\n", 22))),
        ("one list", numbered("- Redis # is lost\n", 22)),
        ("items in items", numbered("- Redis #\n  - Kafka #\n", 32)),
        ("lists of one item", numbered("- Redis #\n\ntext\n\n", 26)),
        ("paragraphs that differ", numbered("Redis # caches profiles\n\n", 28)),
        ("paragraphs of a number", numbered("#\n\n", 8)),
        ("definitions of footnotes and links", numbered("[^#]: Redis\n[b#]: /c\n", 30)),
        ("a fence with arrows that is never closed", format!("```\n{}", many("Redis -> Kafka -> "))),
        ("a fence with lines of arrows that is never closed", format!("```\n{}", numbered("Redis # -> Kafka\n", 22))),
        ("brackets in a diagram", format!("```mermaid\na{}", many("("))),
        ("names and brackets in a diagram", format!("```mermaid\n{}", many("a("))),
        ("sums in a block of code", format!("```\n{}", many("10 GB x 3 = 30 GB\n"))),
        ("blocks of code", many("```\n1 GB\n```\n")),
        ("diagrams", many("```mermaid\nA[Redis] --> B\n```\n")),
        ("comments that name a question each", numbered("<!-- followup-ignore a/#: because -->\n\n", 45)),
        ("nested lists and blank lines", nested),
        ("names", many("cache ")),
        ("names behind commas", many("Kafka, ")),
        ("ratios", many("1:1 ")),
        ("factors", many("10 GB x ")),
        ("quorums", many("N=3, W=2, ")),
        ("questions", many("Is Redis lost? ")),
        ("denials", many("We do not cache. No. ")),
        ("addresses", many("https://redis.io ")),
        ("marks that combine and run from the right", many("e\u{301}\u{5d0}\u{200f} Redis \u{202e}")),
        ("signs of sums", many("% + ")),
        ("parentheses behind a number", format!("1{}", many(" * (2"))),
    ];
    all.map(|(name, text)| (name, format!("<!-- followup: design -->\n\n# Design\n\n{text}"))).into()
}
