//! What a document adopts, and what it only names.

use expect_test::{Expect, expect};

use super::*;

/// The families that `text`, a design, has or names.
fn check(text: &str, expected: Expect) {
    let outline = Outline::new(text);
    let review = review_as(text, &outline, &Library::built_in(), &Severities::default(), Some(Genre::Service));
    let shown: Vec<String> = review.adopted.iter().map(|(family, standing)| format!("{family} {standing:?}").to_lowercase()).collect();
    expected.assert_eq(&shown.join(", "));
}

#[test]
fn a_document_that_is_no_design_adopts_nothing() {
    let text = "# Changelog\n\n## Unreleased\n\n- Reads go through Redis, which caches the profiles\n";
    let review = review(text, &Outline::new(text), &Library::built_in(), &Severities::default());
    assert!(!review.design);
    assert_eq!(review.adopted.get("cache"), Some(&Standing::Mentioned));
}

#[test]
fn an_example_is_adopted_only_where_something_else_says_so() {
    check("Settings reach the gateways by push (e.g. webhooks, pub/sub).", expect!["queue mentioned"]);
    check("Settings reach the gateways over Kafka (e.g. pub/sub).", expect!["queue adopted"]);
}

#[test]
fn a_list_stands_as_the_line_that_leads_it_in() {
    check("We do not need:\n\n- Kafka\n- a cache for profiles\n", expect!["cache mentioned, queue mentioned"]);
    check("We run:\n\n- Kafka\n- a cache for profiles\n", expect!["cache adopted, queue adopted"]);
    check("Scaling patterns include:\n\n- Sharding\n- Federation\n", expect!["sharding mentioned"]);
    check("Alternatives that we weighed:\n\n| what | why |\n|---|---|\n| Kafka | heavy |\n", expect!["queue mentioned"]);
}

#[test]
fn a_column_of_a_table_stands_as_its_head() {
    let table = "| Decision | Choice | Alternative |\n|---|---|---|\n";
    check(&format!("{table}| events | SQS | a table |\n"), expect!["queue adopted"]);
    check(&format!("{table}| events | a table | SQS |\n"), expect!["queue mentioned"]);
}

#[test]
fn a_heading_stands_as_the_text_below_it() {
    check("## Sharding\n\nDo we need sharding? One box holds it.\n", expect!["sharding mentioned"]);
    check("## Sharding\n\nBy user, over 16 nodes.\n", expect!["sharding adopted"]);
}

#[test]
fn an_entry_of_the_table_of_contents_says_nothing() {
    check("- Cache for prices\n\n## Cache for prices (rejected)\n\nToo many changes.\n", expect!["cache mentioned"]);
    check("- Cache for prices\n\n## Cache for prices\n\nIn each web server.\n", expect!["cache adopted"]);
}

#[test]
fn a_sentence_behind_turns_down_what_was_weighed() {
    check("We could cache the redirect at the edge. No.", expect!["cache mentioned"]);
    check("We could cache the redirect. At the moment: no.", expect!["cache mentioned"]);
    check("Panel results could be cached. The first version does without.", expect!["cache mentioned"]);
    check("We cache the redirect. No gateway needs to know.", expect!["cache adopted"]);
}

#[test]
fn bold_labels_in_one_paragraph_have_a_role_each() {
    check("**Context.** Mails went over Kafka.\n**Decision.** One service sends them.\n", expect!["queue mentioned"]);
    check("**Context.** Mails were lost.\n**Decision.** They go over Kafka.\n", expect!["queue adopted"]);
}

#[test]
fn what_is_designed_below_a_rejected_heading_is_rejected() {
    check("## ADR-2 (superseded)\n\n### Decision\n\nOrders go through Kafka.\n", expect!["queue mentioned"]);
    check("## ADR-3 (accepted)\n\n### Decision\n\nOrders go through Kafka.\n", expect!["queue adopted"]);
}

#[test]
fn how_it_is_today_and_what_belongs_to_others_is_background() {
    check("## Where we are\n\nThe monolith has a Redis cache.\n", expect!["cache mentioned"]);
    check("The article cache is not part of this project.", expect!["cache mentioned"]);
    check("The article cache is part of the catalogue service.", expect!["cache adopted"]);
}

#[test]
fn advice_to_a_reader_and_definitions_adopt_nothing() {
    check("If the interviewer insists, say consistent hashing.", expect!["hashing mentioned"]);
    check("CAP says that you choose between consistency and availability.", expect!["cap mentioned"]);
    check("Keys are placed by consistent hashing.", expect!["hashing adopted"]);
}

#[test]
fn a_word_that_goes_with_a_thing_does_not_adopt_it() {
    check("| Network partition | rare | look at it |\n|---|---|---|\n", expect!["cap mentioned"]);
    check("During a network partition we prefer consistency over availability.", expect!["cap adopted"]);
}

#[test]
fn what_is_left_out_put_off_or_given_back_is_not_adopted() {
    for text in [
        "## Not decided here\n\nEvents, presumably through Kinesis.\n",
        "## Follow-up\n\n- [ ] decide about Kafka\n",
        "**What I would not do.** Kafka, because nothing has to be kept.\n",
        "The data team gets its Kafka back.",
        "We do not consume webhooks through a message broker.",
        "The first prototype had NATS.",
        "| topic | chosen | runner-up |\n|---|---|---|\n| events | a table | Kafka |\n",
    ] {
        check(text, expect!["queue mentioned"]);
    }
    check("## Follow-up questions\n\nQ: how do orders travel? A: through Kafka.\n", expect!["queue adopted"]);
    check("## ADR-1: a queue instead of cron\n\nOrders go through Kafka.\n", expect!["queue adopted"]);
    check("The consumer gets its message back from Kafka after 30 s.", expect!["queue adopted"]);
    check("Most candidates would shard here.", expect!["sharding mentioned"]);
    check("The response carries `Cache-Control: no-store`.", expect!["cache mentioned"]);
}

#[test]
fn what_is_denied_or_only_thought_of_is_adopted_where_something_else_adopts_it() {
    for text in [
        "Chunks of a day, in one machine. It is not the same as sharding.",
        "MySQL takes this. Vitess would be the way out for all of Europe.",
        "Who needs agreement must not put Redis there, the sharding of it is exactly what went wrong.",
        "Sharding remains ruled out.",
        "Tenants could be put on shards of their own.",
        "Nothing here is sharded.",
    ] {
        check(text, expect!["sharding mentioned"]);
    }
    for text in [
        "I'd shard by user.",
        "Users are on 16 shards. No shard is larger than 1 TB.",
        "Sharding by user would be done by Vitess: 16 shards.",
    ] {
        check(text, expect!["sharding adopted"]);
    }
    for text in [
        "plain HTTP and a table. could be SQS. not now",
        "Why not Kafka? Because Kafka is not nice for long tasks.",
        "Pulsar would do as well.",
    ] {
        check(text, expect!["queue mentioned"]);
    }
    for text in ["With ten times the load I'd bring in Kafka.", "Kafka can wait.", "We stay away from Kafka."] {
        check(text, expect!["queue mentioned"]);
    }
    for text in [
        "Kafka carries the events, and Postgres is not meant for this.",
        "I would use Kafka for clicks.",
        "With ten times the load Kafka still takes it.",
    ] {
        check(text, expect!["queue adopted"]);
    }
}

#[test]
fn sharding_rings_and_feeds_are_adopted_in_plain_words() {
    check("One Postgres cluster per group of cities.", expect!["sharding adopted"]);
    check("A meter and a month go together on one node.", expect!["sharding adopted"]);
    check("The photo's id is written into the list of every follower.", expect!["fan-out adopted"]);
    check("An auction belongs to a process by a ring.", expect!["hashing adopted"]);
    check("Each service has its own database, on one machine.", expect![""]);
    check("Every follower has a list of friends. The phone must ring.", expect![""]);
}
