//! What is read of numbers, as text in and text out.

use expect_test::{Expect, expect};

use super::*;

fn facts(text: &str) -> Vec<Fact> {
    read(text, &Outline::new(text), &Memo::default()).0
}

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&facts(text).iter().map(|fact| format!("{}: {:?}\n", &text[fact.range.clone()], fact.kind)).collect::<String>());
}

#[test]
fn sketch() {
    check("We serve 3,000 users and 10k reads/s, p99 < 200 ms.\n\n- employees: 500\n\n100M users × 10 reads/day ÷ 86400 s ≈ 11.6k reads/s", expect![[""]]);
}
