//! What is asked of a design, as text in and text out.

use expect_test::{Expect, expect};

use super::*;

mod adoption;
mod answers;
mod plain;

/// The findings of a design of a service, of the questions whose id begins with one of `groups`.
fn check(groups: &[&str], text: &str, expected: Expect) {
    let outline = Outline::new(text);
    let library = Library::built_in();
    let review = review_as(text, &outline, &library, &Severities::default(), Some(Genre::Service));
    let ours = review.findings.iter().filter(|finding| groups.iter().any(|group| finding.id.starts_with(group)));
    let shown = ours.map(|finding| {
        let before = &text[..finding.range.start];
        let (line, column) = (before.matches('\n').count() + 1, before.len() - before.rfind('\n').map_or(0, |at| at + 1) + 1);
        let status = if finding.status == Status::Started { " started" } else { "" };
        let words: String = text[finding.range.clone()].lines().next().unwrap_or_default().to_owned();
        format!("{line}:{column} {} `{words}`{status}\n", finding.id)
    });
    expected.assert_eq(&shown.collect::<String>());
}

fn check_invalidation(text: &str, expected: Expect) {
    check(&["cache/invalidation", IGNORE], text, expected);
}

fn silent(text: &str) {
    check_invalidation(text, expect![[""]]);
}

fn open_at_redis(text: &str) {
    let outline = Outline::new(text);
    let review = review_as(text, &outline, &Library::built_in(), &Severities::default(), Some(Genre::Service));
    let found: Vec<_> =
        review.findings.iter().filter(|finding| finding.id == "cache/invalidation").map(|finding| &text[finding.range.clone()]).collect();
    assert!(matches!(found[..], [one] if one.starts_with("Redis")), "{found:?} in {text}");
}

#[test]
fn a_cache_that_is_adopted_is_asked_about() {
    for text in [
        "Profiles are read through Redis in front of Postgres.",
        "- Redis caches the profiles",
        "| part | job |\n|---|---|\n| Redis | caches the profiles |\n",
        "> Hot profiles are cached in Redis.",
        "```\n[app] --> [Redis cache] --> [Postgres]\n```\n",
        "Hot profiles are\r\ncached in Redis.\r\n",
        "Hot profiles are cached in Redis. It isn't affected by a failover of Postgres.",
        "We have seen 10,000 reads a second, so hot profiles are cached in Redis.",
    ] {
        open_at_redis(text);
    }
}

#[test]
fn a_cache_that_is_rejected_put_off_or_only_asked_about_raises_nothing() {
    for text in [
        "We do not need a cache: prices change too often.",
        "No cache; Postgres is fast enough.",
        "Later we could add a Redis cache for profiles.",
        "Should we cache profiles?",
        "## Alternatives considered\n\nA Redis cache in front of Postgres.\n",
        "## Future work\n\n- Redis cache for profiles\n",
        "## Out of scope\n\n- a cache for profiles\n",
        "Netflix runs a large cache in front of its stores.",
        "Cache: I don't cache profiles, a row by primary key is fast enough.",
        "Caching: not now.",
        "Kafka over a Redis cache because we need to replay.",
        "To be read:\n\n- [Caching](https://example.org/caching)\n",
    ] {
        silent(text);
    }
}

#[test]
fn other_senses_of_the_word_raise_nothing() {
    for text in [
        "The CI build cache is kept for a week.",
        "Each access fits one CPU cache line.",
        "```rust\nlet cache = Cache::new();\n```\n",
        "See [the docs](https://redis.io/cache).",
        "<!-- cache -->",
    ] {
        silent(text);
    }
}

#[test]
fn an_answer_may_stand_anywhere_in_whatever_words() {
    for text in [
        "Profiles are cached in Redis; saving a profile deletes its key.",
        "Hot profiles are cached in Redis.\n\n## Writes\n\nOn save the handler drops the cached copy.\n",
        "Hot profiles are cached in Redis.\n\n| what | how |\n|---|---|\n| profile edited | its Redis key is deleted |\n",
        "Hot profiles are cached in Redis for five minutes; a profile may be that old.",
    ] {
        silent(text);
    }
}

#[test]
fn what_only_looks_like_an_answer_is_none() {
    for text in [
        "Hot profiles are cached in Redis, see:\n\n- [how it is invalidated](https://example.org/cache)\n",
        "Hot profiles are cached in Redis, least recently used entries are evicted.",
        "Hot profiles are cached in Redis. The hit ratio is 95 %.",
        "Hot profiles are cached in Redis.\n\n## Invalidation\n\nTBD\n",
        "Hot profiles are cached in Redis. Do we delete the key when a profile is saved?",
        "Hot profiles are cached in Redis. Saving a profile does not delete its key.",
    ] {
        open_at_redis(text);
    }
}

#[test]
fn of_two_caches_the_one_without_an_answer_is_asked_about() {
    check_invalidation(
        "Profiles are cached in Redis; saving a profile deletes its Redis key.\n\nSearch results are cached in Memcached.\n",
        expect![[r#"
            3:30 cache/invalidation `Memcached`
        "#]],
    );
}

#[test]
fn two_caches_without_any_answer_are_one_finding() {
    check_invalidation(
        "Profiles are cached in Redis.\n\nSearch results are cached in Memcached.\n",
        expect![[r#"
            1:24 cache/invalidation `Redis`
        "#]],
    );
}

#[test]
fn what_is_put_out_of_scope_is_silent() {
    for text in [
        "Hot profiles are cached in Redis. Cache invalidation is out of scope.",
        "Hot profiles are cached in Redis.\n\n## Out of scope\n\n- Invalidation\n",
        "Hot profiles are cached in Redis.\n\n- Invalidation: N/A because profiles never change\n",
    ] {
        silent(text);
    }
}

#[test]
fn an_inserted_checklist_is_started_until_its_blanks_are_filled() {
    let item = |answer: &str, tick: &str| {
        let items = Library::built_in().question("cache/invalidation").expect("a question").checklist().to_vec();
        let list: Vec<_> = items.iter().map(|item| format!("- [{tick}] {}", item.replace('…', answer))).collect();
        format!("Hot profiles are cached in Redis.\n\n## Invalidation\n\n{}\n", list.join("\n"))
    };
    for tick in [" ", "x"] {
        check_invalidation(
            &item("…", tick),
            expect![[r#"
                1:28 cache/invalidation `Redis` started
            "#]],
        );
        silent(&item("the profile", tick));
    }
}

#[test]
fn a_comment_silences_the_next_block_or_the_whole_file() {
    for comment in
        ["<!-- followup-ignore cache/invalidation: never changes -->\n", "<!-- followup-ignore-file cache/invalidation -->\n\nText.\n\n"]
    {
        silent(&format!("{comment}Hot profiles are cached in Redis.\n"));
    }
    silent("- Hot profiles are cached in Redis. <!-- followup-ignore cache/invalidation: never changes -->\n");
}

#[test]
fn a_comment_that_silences_nothing_or_names_nothing_is_told() {
    check_invalidation(
        "<!-- followup-ignore cache/invalidation -->\nText.\n\nHot profiles are cached in Redis.\n",
        expect![[r#"
            1:1 followup-ignore `<!-- followup-ignore cache/invalidation -->`
            4:28 cache/invalidation `Redis`
        "#]],
    );
    check_invalidation(
        "<!-- followup-ignore cache/invaldation -->\nText.\n",
        expect![[r#"
            1:1 followup-ignore `<!-- followup-ignore cache/invaldation -->`
        "#]],
    );
}

#[test]
fn a_comment_may_silence_a_group_and_one_that_does_nothing_is_told() {
    silent("<!-- followup-ignore cache/*: never changes -->\nHot profiles are cached in Redis.\n");
    silent("<!-- followups from the meeting -->\nText.\n");
    for comment in ["<!-- followup-ignore -->", "<!-- followup-ignore-next-line cache/invalidation -->", "<!-- followup: of -->"] {
        let text = format!("{comment}\nText.\n");
        let review = review(&text, &Outline::new(&text), &Library::built_in(), &Severities::default());
        let told: Vec<_> = review.findings.iter().map(|finding| (finding.id.as_str(), &text[finding.range.clone()])).collect();
        assert_eq!(told, [(IGNORE, comment)]);
    }
}

#[test]
fn a_blank_item_is_no_reason_to_see_a_cache() {
    silent("Surge numbers sit in Redis.\n\n- [ ] Why one node with replicas and a cache is not enough: …\n");
}

#[test]
fn a_component_is_called_by_its_product_or_by_what_it_is() {
    let titles = |text: &str| {
        let review = review_as(text, &Outline::new(text), &Library::built_in(), &Severities::default(), Some(Genre::Service));
        review.components.into_iter().map(|component| component.title).collect::<Vec<_>>()
    };
    assert_eq!(titles("Therefore shards: messages are sharded by room."), ["sharding"]);
    assert_eq!(titles("Hot profiles are cached in Redis."), ["Redis"]);
    assert_eq!(titles("The Redis cache holds profiles."), ["Redis cache"]);
    assert_eq!(titles("The **Redis**<!-- or [KeyDB][1] --> `cache` holds profiles."), ["Redis cache"]);
    assert_eq!(titles("We keep the session cache warm."), ["session cache"]);
}

#[test]
fn documents_are_designs_by_what_they_say_or_by_a_comment() {
    let is_design = |text: &str| review(text, &Outline::new(text), &Library::built_in(), &Severities::default()).design;
    assert!(is_design("# Design a chat\n\n## Requirements\n\n- 500 users\n\n## Architecture\n\nThe API writes to Postgres.\n"));
    // Without any heading but labels, and with a title only.
    assert!(is_design("# Chat\n\n**Requirements**: 500 users.\n\n**Estimates**: 40 writes/s.\n\nThe API writes to Postgres.\n"));
    assert!(is_design(
        "Food delivery, mock #4\n\n# what they asked\n\n- browse, order\n\n# boxes\n\n- app → services → Postgres, ~85 orders/s\n"
    ));
    assert!(!is_design("# Words\n\n**Shard.** A piece of a database.\n\n**Bottleneck.** Where it is narrow.\n"));
    assert!(is_design("<!-- followup: design -->\nNotes.\n"));
    assert!(is_design("---\nfollowup: design\n---\nNotes.\n"));
    assert!(!is_design(
        "# cachelib\n\nA cache for Rust.\n\n## Installation\n\ncargo add cachelib\n\n## Usage\n\nText.\n\n## License\n\nMIT\n"
    ));
    assert!(!is_design("# Changelog\n\n## 1.2.0\n\n- The design of the cache changed\n"));
    assert!(!is_design("# How to bake bread\n\n## Ingredients\n\n- flour\n"));
    assert!(!is_design("<!-- followup: off -->\n# Design a chat\n\n## Requirements\n\n## Architecture\n"));
    assert!(!is_design(""));
}

#[test]
fn a_short_design_in_plain_headings_is_one_and_a_page_about_what_runs_is_none() {
    let is_design = |text: &str| review(text, &Outline::new(text), &Library::built_in(), &Severities::default()).design;
    let loans = "We replace the loans system, 1,200 searches a minute.\n\n## Parts\n\nLoans are in Postgres.\n\n";
    let breaks = "## When the database is gone\n\nLending goes on.\n";
    assert!(is_design(&format!("# City library\n\n{loans}{breaks}")));
    assert!(is_design("# Wallet\n\n## Load\n\n140 rides/s\n\n## Storage\n\nAccounts are in MySQL.\n"));
    assert!(is_design("> prompt: \"Design a job board\"\n\n**Where ads live** Each country has its own MySQL.\n"));
    assert!(is_design("# Interview log: quotes\n\nPrices go to the phones by sockets.\n"));
    assert!(is_design(&format!("# Study notes: mock 3, design a loans system\n\n## Requirements\n\n{loans}")));
    for title in [
        "Post-mortem: loans lost on Saturday",
        "Incident review: loans",
        "Runbook: loans",
        "Welcome to the loans team",
        "Loans sync, 4 March",
        "Your first loan in ten minutes",
        "System design crash notes",
    ] {
        assert!(!is_design(&format!("# {title}\n\n{loans}{breaks}")), "{title}");
    }
    assert!(!is_design(&format!("# Loans on Saturday\n\n{loans}## What went badly\n\nNobody knew.\n\n## Root causes\n\nOne host.\n")));
    assert!(is_design(&format!("# City library\n\n{loans}{breaks}## Timeline\n\nMarch: a pilot.\n")));
    // A manual, an interface, what a release brought.
    for page in ["## Synopsis\n\nloans search\n", "> Stability: 2 - Stable\n", "This is a new minor release that fixes the search.\n"] {
        assert!(!is_design(&format!("# City library\n\n{loans}{page}")), "{page}");
    }
    assert!(!is_design("# 1.4.0\n\n### Added\n\n- storage: the client talks to Postgres\n\n### Storage\n\n- Rows are in MySQL\n"));
    assert!(is_design(&format!("# City library\n\n{loans}The stability of the release matters. It adds parameters.\n")));
    assert!(!is_design("# BUG-2231: old prices\n\nThe importer writes to Postgres, 40 customers a day complain.\n"));
}

#[test]
fn a_proposal_that_tells_its_load_is_of_a_service_and_an_enhancement_of_a_product_is_not() {
    let service = |text: &str| review(text, &Outline::new(text), &Library::built_in(), &Severities::default()).service;
    let rfc = "# RFC 117: scans\n\n## Proposal\n\nA gateway sends scans to Kafka; each region reads it. Customers see them at once.\n\n";
    assert!(service(&format!("{rfc}14,000 scans/s in the week before Christmas.\n\n## When things break\n\nTBD\n")));
    assert!(!service(&format!("{rfc}## Unresolved questions\n\nTBD\n")));
    assert!(!service(&format!("{rfc}14,000 scans/s were tested.\n\n## Graduation criteria\n\nTwo releases without a bug.\n")));
}

#[test]
fn a_document_that_is_no_design_still_has_mentions() {
    let text = "# cachelib\n\nA Redis cache.\n\n## Installation\n\nText.\n";
    let review = review(text, &Outline::new(text), &Library::built_in(), &Severities::default());
    assert!(!review.design && review.findings.is_empty() && review.questions.is_empty());
    assert!(!review.mentions.is_empty());
}

#[test]
fn a_finding_about_the_document_stands_where_its_answer_belongs() {
    for (text, expected) in [
        (
            "# Chat\n\n## Reliability\n\nTBD\n\n## Architecture\n\nThe API writes to Postgres.\n",
            expect![["3:1 failure/modes `## Reliability`\n"]],
        ),
        ("# Chat\n\n## Architecture\n\nThe API writes to Postgres.\n", expect![["3:1 failure/modes `## Architecture`\n"]]),
        ("# Chat\n\nThe API writes to Postgres.\n", expect![["1:1 failure/modes `# Chat`\n"]]),
    ] {
        check(&["failure/modes"], text, expected);
    }
}

#[test]
fn a_question_that_is_switched_off_is_not_asked() {
    let text = "Hot profiles are cached in Redis.";
    let mut severities = Severities::default();
    severities.levels.insert("cache/invalidation".into(), crate::config::Level::Off);
    let review = review_as(text, &Outline::new(text), &Library::built_in(), &severities, Some(Genre::Service));
    assert!(review.questions.iter().all(|asked| asked.id != "cache/invalidation"));
}
