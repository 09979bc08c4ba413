//! Which sentences are taken for an answer, and where a finding stands.

use super::*;

#[test]
fn an_answer_elsewhere_counts_where_it_names_what_the_cache_holds() {
    let elsewhere = |other: &str| format!("## Reads\n\nProfiles are read through Redis, which caches them.\n\n## Writes\n\n{other}\n");
    silent(&elsewhere("When a profile is saved, its key is deleted."));
    open_at_redis(&elsewhere("The registry is renewed every 30 s by the heartbeat of a gateway."));
}

#[test]
fn a_row_of_failures_speaks_of_its_own_subject() {
    let text = "## Reads\n\nLinks are read through Redis, which caches them.\n\n## What happens if it dies\n\n| what | then |\n|---|---|\n\
                | app server | two checks fail, its blocks are lost, no problem |\n| Redis | everything goes to Postgres |\n";
    check(
        &["cache/stampede"],
        text,
        expect![[r#"
        3:24 cache/stampede `Redis`
    "#]],
    );
    let told = text.replace("everything goes to Postgres", "Postgres takes all 300 reads/s without the cache, load tested");
    check(&["cache/stampede"], &told, expect![[""]]);
}

#[test]
fn a_repeated_call_of_the_api_is_no_answer_for_the_consumer() {
    let text = |section: &str| format!("## Orders\n\nOrders go to the warehouse over SQS.\n\n{section}\n");
    check(
        &["queue/idempotency"],
        &text("## Accounts\n\nA client that signs up twice gets its first account, for the login has a unique index.\n"),
        expect![[r#"
            3:33 queue/idempotency `SQS`
        "#]],
    );
    check(&["queue/idempotency"], &text("## Twice\n\nThe consumer inserts the message id under a unique key first.\n"), expect![[""]]);
}

#[test]
fn a_reply_is_read_with_its_question() {
    let text = "Orders are in Postgres.\n\n**Q:** What happens when Postgres is down?\n\n**A:** Reading goes on from the replica.\n\n\
                **Q:** And when the broker is down?\n\n**A:** Orders wait in a table.\n";
    check(&["failure/modes"], text, expect![[""]]);
    let unasked = text.replace("What happens when Postgres is down?", "Who pays?").replace("And when the broker is down?", "Who else?");
    check(
        &["failure/modes"],
        &unasked,
        expect![[r#"
        1:1 failure/modes `Orders are in Postgres.`
    "#]],
    );
}

#[test]
fn a_finding_on_the_document_stands_where_the_answer_ought_to_be() {
    for (text, line) in [
        ("# Links\n\n## Architecture\n\nLinks are in Postgres.\n\n## Risks\n\nNone so far.\n", 7),
        ("# Links\n\n## Architecture\n\nLinks are in Postgres. This is a single point of failure.\n", 5),
        ("# Links\n\n## API\n\nGET and POST.\n\n## Storage design\n\nLinks are in Postgres.\n", 7),
        ("# Links\n\nLinks are in Postgres.\n", 1),
    ] {
        let review = review_as(text, &Outline::new(text), &Library::built_in(), &Severities::default(), Some(Genre::Service));
        let found = review.findings.iter().find(|finding| finding.id == "failure/modes");
        let stands = found.map(|finding| text[..finding.range.start].matches('\n').count() + 1);
        assert_eq!(stands, Some(line), "{text}");
    }
}

#[test]
fn a_finding_on_a_component_stands_where_it_has_its_job() {
    for text in [
        "## Tests\n\nWe check that the cache is used.\n\n## Reads\n\nRedis caches profiles in front of Postgres.\n",
        "## Reads\n\nRedis caches profiles in front of Postgres.\n\n## Summary\n\nWe use a cache and it is put in front.\n",
    ] {
        open_at_redis(text);
    }
}
