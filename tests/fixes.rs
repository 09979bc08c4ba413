//! Quick fixes on whole designs: they answer what they say, once, and touch nothing else.

use std::sync::Arc;

use followup::{
    config::Severities,
    content::Library,
    ide::{self, Action, Analysis},
    review::Status,
};

const FEED: &str = include_str!("designs/news-feed.md");
const PAYMENTS: &str = include_str!("designs/payment-system.md");
const VIDEOS: &str = include_str!("designs/video-pipeline.md");

/// Short designs written in ways that an insertion could get wrong.
const ODD: [&str; 6] = [
    "<!-- followup: design -->\nProfiles are read through Redis.",
    "Shop\n====\n\nReads\n-----\n\n* Redis caches profiles in front of Postgres\n* 5,000 requests a second\n\nMore\n----\n\nText.\n<!-- followup: design -->\n",
    "# Shop #\n\n## Cache ##\n\nRedis caches profiles.\n\n```sh\nredis-cli get x\n```\n\n## Rest ##\n\nText.\n<!-- followup: design -->\n",
    "---\ntitle: Shop\nfollowup: design\n---\n# Shop\n\n+ Redis caches profiles in front of Postgres\n+ Kafka carries orders to the billing workers\n",
    "\u{feff}# Shop\n\n<!-- followup: design -->\n\n| part | job |\n|---|---|\n| Redis | caches profiles in front of Postgres |\n",
    "# Shop\n\n<!-- followup: design -->\n\nRedis caches profiles. Emoji 🎉, é, 数据.\n\n```\nnever closed\n",
];

fn analyse(text: &str) -> Analysis {
    Analysis::new(Arc::from(text), Library::built_in(), &Severities::default())
}

/// Every text that the tests run over, each with both line endings.
fn texts() -> Vec<String> {
    let all = [FEED, PAYMENTS, VIDEOS].into_iter().chain(ODD);
    all.flat_map(|text| [text.to_owned(), text.replace('\n', "\r\n")]).collect()
}

fn applied(text: &str, action: &Action) -> String {
    let mut edits = action.edits.clone();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.range.start));
    let mut text = text.to_owned();
    for edit in edits {
        text.replace_range(edit.range, &edit.text);
    }
    text
}

/// Every action that the document offers, with the title it is offered under.
fn offered(analysis: &Analysis) -> Vec<Action> {
    ide::actions(analysis, 0..analysis.text.len(), &[])
}

#[test]
fn every_open_finding_has_a_fix_that_inserts() {
    for text in texts().iter().filter(|text| !text.contains("never closed")) {
        let analysis = analyse(text);
        let actions = offered(&analysis);
        assert!(!analysis.review.findings.is_empty(), "nothing is open in {text}");
        for finding in analysis.review.findings.iter().filter(|finding| finding.status == Status::Open) {
            let key = ide::key(finding);
            assert!(actions.iter().any(|action| action.preferred && action.fixes.as_ref() == Some(&key)), "no fix for {key}");
        }
    }
}

#[test]
fn a_fix_applied_twice_changes_nothing_the_second_time() {
    for text in texts() {
        for action in offered(&analyse(&text)) {
            let once = applied(&text, &action);
            let again = offered(&analyse(&once));
            let same = again.iter().find(|other| other.title == action.title && other.fixes == action.fixes);
            assert!(same.is_none(), "{} is offered again after\n{once}", action.title);
        }
    }
}

#[test]
fn a_checklist_that_was_inserted_is_started_and_not_open() {
    for text in texts() {
        for action in offered(&analyse(&text)).iter().filter(|action| action.preferred) {
            let analysis = analyse(&applied(&text, action));
            let key = action.fixes.clone().expect("a quick fix names its finding");
            let standing = analysis.review.findings.iter().find(|finding| ide::key(finding) == key).map(|finding| finding.status);
            assert_eq!(standing, Some(Status::Started), "{} leaves {key} so in\n{}", action.title, analysis.text);
        }
    }
}

#[test]
fn a_fix_adds_and_takes_nothing_away() {
    for text in texts() {
        for action in offered(&analyse(&text)) {
            assert!(action.edits.iter().all(|edit| edit.range.is_empty()), "{} replaces text", action.title);
        }
    }
}

#[test]
fn a_fix_writes_as_the_document_does() {
    for text in texts() {
        let windows = text.contains("\r\n");
        for action in offered(&analyse(&text)) {
            for edit in &action.edits {
                let alone = edit.text.replace("\r\n", "").matches('\n').count();
                assert!(if windows { alone == 0 } else { !edit.text.contains('\r') }, "{}: {:?}", action.title, edit.text);
            }
        }
    }
    for (text, start, heading) in [(ODD[1], "* [ ] ", "\n### "), (ODD[2], "- [ ] ", " ###\n"), (ODD[3], "+ [ ] ", "\n## ")] {
        let actions = offered(&analyse(text));
        let lists = actions.iter().filter(|action| action.title.ends_with("checklist") && action.title.contains("invalidation"));
        let inserted: Vec<&str> = lists.map(|action| action.edits[0].text.as_str()).collect();
        assert!(!inserted.is_empty() && inserted.iter().all(|text| text.contains(start) && text.contains(heading)), "{inserted:?}");
    }
}

#[test]
fn all_checklists_at_once_leave_nothing_open_that_has_one() {
    for text in [FEED, PAYMENTS, VIDEOS] {
        let analysis = analyse(text);
        let all = offered(&analysis).into_iter().find(|action| action.title == "Insert all open checklists").expect("several are open");
        let after = analyse(&applied(text, &all));
        let open: Vec<_> = after.review.findings.iter().filter(|finding| finding.status == Status::Open).map(ide::key).collect();
        assert_eq!(open, [""; 0], "in\n{}", after.text);
    }
}

#[test]
fn a_question_that_is_ignored_or_out_of_scope_is_silent() {
    for text in texts().iter().filter(|text| !text.contains("never closed")) {
        for action in offered(&analyse(text)).iter().filter(|action| action.title.starts_with("Ignore") || action.title.starts_with("Mark"))
        {
            let after = analyse(&applied(text, action));
            let left: Vec<_> = after.review.findings.iter().map(ide::key).collect();
            let key = action.fixes.clone().expect("a quick fix names its finding");
            assert!(!left.contains(&key), "{} leaves {key} in\n{}", action.title, after.text);
            assert!(!left.iter().any(|key| key.starts_with("followup-ignore")), "{} leaves {left:?}", action.title);
        }
    }
}

#[test]
fn a_wrong_sum_is_written_right_in_the_notation_of_the_design() {
    for (wrong, right) in [
        ("100M users × 10 reads/day = 1B reads/s", "100M users × 10 reads/day = 11.6k reads/s"),
        ("2 MB × 1M = **20 TB**", "2 MB × 1M = **2 TB**"),
        ("10M requests/day = 1,000 requests/s", "10M requests/day = 116 requests/s"),
        ("30 million × 3 = 900 million", "30 million × 3 = 90 million"),
        ("50 GB/day × 5 years = 9 TB", "50 GB/day × 5 years = 91.3 TB"),
    ] {
        let text = |sum: &str| format!("# Shop\n\n<!-- followup: design -->\n\n- {sum}, at most\n");
        let analysis = analyse(&text(wrong));
        let writes: Vec<_> =
            offered(&analysis).into_iter().filter(|action| action.preferred && action.title.starts_with("Write ")).collect();
        assert_eq!(writes.iter().map(|action| applied(&text(wrong), action)).collect::<Vec<_>>(), [text(right)]);
        let after = analyse(&text(right));
        assert!(!offered(&after).iter().any(|action| action.title.starts_with("Write ")), "{right}");
    }
}
