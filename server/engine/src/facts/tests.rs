//! What is read of numbers, as text in and text out.

use expect_test::{Expect, expect};

use super::*;

const NOTATIONS: &str = include_str!("../../../../tests/facts/notations.txt");
const LOOK_ALIKES: &str = include_str!("../../../../tests/facts/look-alikes.txt");

fn facts(text: &str) -> Vec<Fact> {
    read(text, &Outline::new(text), &Memo::default()).0
}

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&facts(text).iter().map(|fact| told(text, fact)).collect::<String>());
}

/// A fact as a line: its text, its value and its base unit.
fn told(text: &str, fact: &Fact) -> String {
    let (value, unit) = valued(text, &fact.kind);
    let place = if fact.code { " in code" } else { "" };
    format!("`{}`{place}: {} {unit}\n", &text[fact.range.clone()], value.iter().map(f64::to_string).collect::<Vec<_>>().join(".."))
}

/// The values and the unit as the table of notations writes them.
fn valued(text: &str, kind: &Kind) -> (Vec<f64>, String) {
    match kind {
        Kind::Quantity(quantity) | Kind::Bound { value: quantity, .. } => (vec![quantity.value], unit(&quantity.unit)),
        Kind::Span { from, to } => (vec![from.value, to.value], unit(&to.unit)),
        Kind::Ratio { left, right, of } => (vec![left / right], if of.is_empty() { "1".to_owned() } else { of.clone() }),
        Kind::Sum(sum) => match sum.steps(text).last() {
            Some(_) => sum.value().map_or((vec![], String::new()), |(value, of)| (vec![value], unit(&of))),
            None => (vec![], String::new()),
        },
        Kind::Placement { key, buckets, .. } => (vec![], format!("{buckets} | {key}")),
        Kind::Quorum(quorum) => {
            let set = [("N", quorum.copies), ("W", quorum.writes), ("R", quorum.reads)];
            let set = set.iter().filter_map(|(name, value)| value.map(|value| format!("{name}={value}"))).collect::<Vec<_>>().join(" ");
            (vec![], format!("{} | quorum", quorum.rule.as_ref().unwrap_or(&set)))
        }
    }
}

fn unit(unit: &Unit) -> String {
    let base = match &unit.base {
        Base::One | Base::Share if unit.rate => "",
        Base::One | Base::Share => "1",
        Base::Count(thing) => thing,
        Base::Bytes => "B",
        Base::Seconds => "s",
        Base::Money(currency) => currency,
    };
    let each = unit.each.as_ref().map(|each| format!("/{each}")).unwrap_or_default();
    format!("{base}{}{each}", if unit.rate { "/s" } else { "" })
}

/// Does `notation` come to what the table says? If not, what it comes to.
fn wrong(notation: &str, expected: &str) -> Option<String> {
    let facts = facts(notation);
    let Some(widest) = facts.iter().max_by_key(|fact| fact.range.len()) else { return Some("nothing is read".to_owned()) };
    let (values, unit) = valued(notation, &widest.kind);
    let same_unit = |wanted: &str| {
        let parts = |unit: &str| unit.split('/').map(units::singular).collect::<std::collections::BTreeSet<_>>();
        parts(wanted) == parts(&unit)
    };
    let right = match expected.split_once(" | ") {
        Some((value, wanted)) if !values.is_empty() => {
            let wanted_values: Vec<f64> = value.split("..").map(|value| value.parse().unwrap()).collect();
            let close = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-5 * b.abs();
            wanted_values.len() == values.len() && values.iter().zip(&wanted_values).all(close) && same_unit(wanted)
        }
        _ => unit == expected,
    };
    (!right).then(|| facts.iter().map(|fact| told(notation, fact)).collect())
}

fn lines(table: &str) -> impl Iterator<Item = &str> {
    table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("# ") && *line != "#")
}

#[test]
fn every_notation_of_the_table_comes_to_its_value() {
    let told: Vec<_> = lines(NOTATIONS)
        .filter_map(|line| {
            let (notation, expected) = line.split_once(" | ").unwrap();
            Some(format!("{notation}: {expected} expected, but {}", wrong(notation, expected)?))
        })
        .collect();
    assert_eq!(told.join("\n"), "");
}

#[test]
fn nothing_is_read_of_a_look_alike() {
    let told: Vec<_> =
        lines(LOOK_ALIKES).flat_map(|line| facts(line).into_iter().map(move |fact| format!("{line}: {}", told(line, &fact)))).collect();
    assert_eq!(told.join(""), "");
}

#[test]
fn a_notation_may_be_written_in_other_ways() {
    let long_words = |change: fn(&str) -> String| {
        move |notation: &str| {
            let words = notation.split_inclusive(|c: char| !c.is_alphabetic());
            words.map(|word| if word.chars().filter(|c| c.is_alphabetic()).count() > 3 { change(word) } else { word.to_owned() }).collect()
        }
    };
    let capital = long_words(|word| word[..1].to_uppercase() + &word[1..]);
    type Variant<'a> = (&'a str, &'a dyn Fn(&str) -> String);
    let variants: [Variant<'_>; 5] = [
        ("no-break spaces", &|notation| notation.replace(' ', "\u{a0}")),
        ("bold", &|notation| format!("**{notation}**")),
        ("a line break", &|notation| notation.replacen(' ', "\n", 1)),
        ("no commas", &|notation| notation.replace(",000", "000").replace("86,400", "86 400")),
        ("capitals", &capital),
    ];
    let mut told = Vec::new();
    for (name, variant) in variants {
        for line in lines(NOTATIONS) {
            let (notation, expected) = line.split_once(" | ").unwrap();
            // A line that begins with a sign is Markdown's; a key is what it is by its letters.
            let other = match name {
                "bold" => notation.starts_with(['>', '-', '~', '=']),
                "a line break" => {
                    notation.contains([' '])
                        && notation.split(' ').nth(1).is_some_and(|word| word.starts_with(['-', '+', '>', '=', '*', '4']))
                }
                "capitals" => notation.contains(['_', '=']) || notation.contains(" a ") || !expected.contains(|c: char| c.is_ascii_digit()),
                _ => false,
            };
            if !other {
                told.extend(wrong(&variant(notation), expected).map(|wrong| format!("{name}: {notation}: {wrong}")));
            }
        }
    }
    assert_eq!(told.join("\n"), "");
}

#[test]
fn facts_stand_in_prose_rows_items_and_code() {
    check(
        "We serve **3,000** daily users and `50 GB/day`.\n\n- employees: 500\n- QPS is 30,000\n\n| what | how much |\n| --- | --- |\n| posts a day | 200k |\n\n\
         ```\n1M / 86,400 s = 12/s\n```\n\n```go\nttl := 300 // seconds\nnode := hash(userID) % nodes\n```\n",
        expect![[r#"
            `3,000** daily users`: 3000 user
            `50 GB/day`: 578703.7037037037 B/s
            `500`: 500 employee
            `30,000`: 30000 /s
            `200k`: 2.314814814814815 post/s
            `1M / 86,400 s = 12/s` in code: 12 /s
            `hash(userID) % nodes` in code:  nodes | userID
        "#]],
    );
}

#[test]
fn what_names_no_unit_or_is_no_prose_is_no_fact() {
    check(
        "Chapter 12, [page](http://a.b/?n=10GB), <http://c.d/5TB> and 3 `4`.\n\n<div width=\"30px\">5 GB</div>\n\n```json\n{\"ttl\": \"30s\"}\n```\n",
        expect![[""]],
    );
    assert_eq!(read("", &Outline::new(""), &Memo::default()).0, []);
}

#[test]
fn a_memo_of_any_version_changes_nothing() {
    let versions = [
        "We have 3,000 users.",
        "We have 3,000 users. 10M reads/day = 1k/s.",
        "Text\n\nWe have 3,000 users. 10M reads/day = 1k/s.",
        "- 3,000 users\n",
        "",
    ];
    for before in versions {
        let (_, memo) = read(before, &Outline::new(before), &Memo::default());
        for after in versions {
            let (facts, _) = read(after, &Outline::new(after), &memo);
            assert_eq!(facts, self::facts(after), "{before} to {after}");
        }
    }
}

#[test]
fn a_long_run_is_parted_and_none_of_it_is_left_out() {
    let text = (3_000..5_000).map(|number| format!("{number} users, ")).collect::<String>();
    assert_eq!(facts(&text).len(), 2_000);
    let unbroken = "1".repeat(10_000) + &"(".repeat(5_000) + " 7 users";
    assert_eq!(facts(&unbroken).len(), 1);
}

/// What is said of the sum in `text`, and what should stand there.
fn slip(text: &str) -> String {
    let told = facts(text).into_iter().find_map(|fact| match fact.kind {
        Kind::Sum(sum) => sum.slip,
        _ => None,
    });
    told.map_or(String::new(), |slip| {
        format!("{} [{}]", slip.told, slip.right.map(|(range, right)| format!("{} → {right}", &text[range])).unwrap_or_default())
    })
}

#[test]
fn a_sum_that_comes_out_is_silent() {
    for text in [
        "100M users × 10 reads/day ÷ 86 400 s ≈ 11.6k reads/s",
        "1 M orders/day / 86,400 s = 12/s",
        "10M requests/day / 100,000 s = 100 requests/s",
        "50B / 86400s ≈ 600,000 messages/sec",
        "50B * 100 bytes/msg ≈ 5 TB/day",
        "100 bytes * 600k msg/s ≈ 60 MB/sec",
        "500 GB/day × 5 years = 912 TB",
        "500 GB × 365 × 5 = 912 TB",
        "1M/day × 1 KB = 365 GB/year",
        "1M posts/day × 1 KB = 1 GB/day",
        "1 TB / 100 MB/s = 10,000 s",
        "100k QPS / 5k QPS = 20 servers",
        "64 GB / 1 KB = 64M entries",
        "20M users × 5% = 1M users",
        "100 QPS × 5 = 500 QPS at peak",
        "1 GB = 1,024 MB",
        "1 day = 86,400 s",
        "1M/day ≈ 12/s",
        "2^32 = 4 billion keys",
        "62^7 ≈ 3.5 trillion",
        "from 1k users → 50k users",
        "1k req/s → 20k req/s",
        "1 user = 20 requests",
        "20k drivers, a position each 4 s -> 5k updates/s",
        "1M orders/day / 8 h / 3,600 s = 35/s",
        "500 + 100 GB = 600 GB",
        "1 KB × 1M = 1 GB × 365 = 365 GB",
        "2 KB * 10k/s = 20 MB/s -> 1.7 TB/day",
        "100M × 2 = 200M × x",
        "10 GB × 2 = 30 GB",
    ] {
        assert_eq!(slip(text), "", "{text}");
    }
}

#[test]
fn a_sum_that_is_off_is_worked_out() {
    let slips = [
        "100M users × 10 reads/day = 1B reads/s",
        "1 M orders/day / 3,600 s = 278 orders/s",
        "10M requests/day = 1,000 requests/s",
        "1M users × 1 KB = 10 GB",
        "500 GB/day × 5 years = 91 TB",
        "2 MB × 1M = 20 TB",
        "1M users × 2 KB = 2M users",
        "50B messages / 86400 s = 60,000 messages/s",
        "1 TB / 100 MB/s = 1,000 s",
        "1 GB = 1,000 KB",
        "10k writes/s × 1 KB = 100 MB/s",
        "30 million × 3 = 900 million",
        "Peak: (2 × 3 GB = 60 GB)",
    ];
    expect![[r#"
        100M users × 10 reads/day = 1B reads/s: 100M users × 10 reads/day comes to 11.6k reads/s; 1B reads/s is 86,400 times too much [1B → 11.6k]
        1 M orders/day / 3,600 s = 278 orders/s: 1 M orders/day / 3,600 s comes to 11.6 orders/s; 278 orders/s is 24 times too much [278 → 11.6]
        10M requests/day = 1,000 requests/s: 10M requests/day comes to 116 requests/s; 1,000 requests/s is 8.64 times too much [1,000 → 116]
        1M users × 1 KB = 10 GB: 1M users × 1 KB comes to 1 GB; 10 GB is 10 times too much [10 → 1]
        500 GB/day × 5 years = 91 TB: 500 GB/day × 5 years comes to 913 TB; 91 TB is 10 times too little [91 → 913]
        2 MB × 1M = 20 TB: 2 MB × 1M comes to 2 TB; 20 TB is 10 times too much [20 → 2]
        1M users × 2 KB = 2M users: `1M users × 2 KB` gives bytes, and `2M users` has no bytes []
        50B messages / 86400 s = 60,000 messages/s: 50B messages / 86400 s comes to 579k messages/s; 60,000 messages/s is 9.65 times too little [60,000 → 579,000]
        1 TB / 100 MB/s = 1,000 s: 1 TB / 100 MB/s comes to 2.78 h; 1,000 s is 10 times too little [1,000 → 10,000]
        1 GB = 1,000 KB: 1 GB comes to 1 GB; 1,000 KB is 1,000 times too little [1,000 → 1,000,000]
        10k writes/s × 1 KB = 100 MB/s: 10k writes/s × 1 KB comes to 10 MB/s; 100 MB/s is 10 times too much [100 → 10]
        30 million × 3 = 900 million: 30 million × 3 comes to 90M; 900 million is 10 times too much [900 million → 90 million]
        Peak: (2 × 3 GB = 60 GB): 2 × 3 GB comes to 6 GB; 60 GB is 10 times too much [60 → 6]
    "#]].assert_eq(&slips.map(|text| format!("{text}: {}\n", slip(text))).concat());
}

#[test]
fn what_is_parsed_of_a_text_says_what_the_whole_text_says() {
    let mut reader = tree::Reader::default();
    let mut told = Vec::new();
    for line in lines(NOTATIONS).map(|line| line.split(" | ").next().unwrap()).chain(lines(LOOK_ALIKES)) {
        for text in [
            line.to_owned(),
            format!("so that {line}; it was said"),
            format!("We plan for ({line}), as was said"),
            format!("{line}: {line}"),
        ] {
            let whole: Vec<_> = reader.read(&text);
            let mut parts = Vec::new();
            for window in candidates::windows(&text, candidates::marks(&text).into_iter()) {
                parts.extend(reader.read(&text[window.clone()]).into_iter().map(|fact| moved(&fact.range, window.start)));
            }
            // A `~` may be read as prose where much else could be meant.
            let start = |range: Range<usize>| range.end - text[range.clone()].trim_start_matches('~').len()..range.end;
            let (parts, whole): (Vec<_>, Vec<_>) =
                (parts.into_iter().map(start).collect(), whole.into_iter().map(|fact| start(fact.range)).collect());
            if parts != whole {
                let shown = |ranges: &[Range<usize>]| ranges.iter().map(|range| text[range.clone()].to_owned()).collect::<Vec<_>>();
                told.push(format!("{text}: {:?} and not {:?}", shown(&parts), shown(&whole)));
            }
        }
    }
    assert_eq!(told.join("\n"), "");
}

#[test]
fn only_what_is_near_a_number_is_parsed() {
    let parsed = |text: &str| {
        let windows = candidates::windows(text, candidates::marks(text).into_iter());
        windows.into_iter().map(|window| text[window].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(parsed("Orders are kept for 5 years, and then they go to S3 (see #126)."), ["for 5 years"]);
    assert_eq!(parsed("Sharded by hash(user_id) % N, with R + W > N"), ["hash(user_id) % N", "R + W > N"]);
    assert_eq!(parsed("No number, no parse: a model of utf8 in EventEmitter3, C++ and x_1"), [""; 0]);
}

#[test]
fn a_sum_goes_on_in_the_next_lines_of_a_list() {
    check(
        "- 100M users × 10 reads/day\n- = 1B reads/day\n- ÷ 86 400 s ≈ 11.6k reads/s\n\n1. 2 KB × 1M = 2 GB\n2. 5 users\n\n```\n20M users × 5 KB\n  = 100 GB\n```\n",
        expect![[r#"
            `100M users × 10 reads/day
            - = 1B reads/day
            - ÷ 86 400 s ≈ 11.6k reads/s`: 11600 read/s
            `2 KB × 1M = 2 GB`: 2000000000 B
            `5 users`: 5 user
            `20M users × 5 KB
              = 100 GB` in code: 100000000000 B
        "#]],
    );
    for right in [
        "- 1M posts/day × 1 KB\n  - = 1 GB/day\n  - × 365 = 365 GB/year\n",
        "- 100M users × 10 reads/day\n- → 1B reads/day\n",
        "- 5 users\n- = all of them\n- 100 × 2 = 50 × 4 = 200\n",
        "- 2 MB × 10\n\n= 3 GB\n",
    ] {
        assert_eq!(slip(right), "", "{right}");
    }
    let slips = [
        "- 100M users × 10 reads/day\n- = 1B reads/day\n- ÷ 3 600 s ≈ 278k reads/s\n",
        "- 100M users × 10 reads/day\n- = 10B reads/day\n- ÷ 86 400 s ≈ 116k reads/s\n",
        "* 2 MB × 1M\n  * = 20 TB\n",
        "Size:\n\n```calc\n20M users × 5 KB\n  = 1 TB\n```\n",
    ];
    expect![[r#"
        1B reads/day ÷ 3 600 s comes to 11.6k reads/s; 278k reads/s is 24 times too much [278k → 11.6k]
        100M users × 10 reads/day comes to 1B reads/day; 10B reads/day is 10 times too much [10B → 1B]
        2 MB × 1M comes to 2 TB; 20 TB is 10 times too much [20 → 2]
        20M users × 5 KB comes to 100 GB; 1 TB is 10 times too much [1 → 0.1]
    "#]]
    .assert_eq(&slips.map(|text| slip(text) + "\n").concat());
}

#[test]
fn a_network_of_phones_is_no_number_of_things() {
    check("Sensors reach us by a 4G gateway, phones by 3G or 5G.\n", expect![[""]]);
    check(
        "It holds 4 G rows and 12G events.\n",
        expect![[r#"
        `4 G rows`: 4000000000 row
        `12G events`: 12000000000 event
    "#]],
    );
}
