//! The review of a document as a page to read: what the design adopts, and how each question that is asked of it stands.

use super::{Analysis, harmless::harmless, hover};
use crate::review::{Asked, Status, Subject};

/// The page as Markdown. `name` is what the document is called; `address` is the document's, for links to its lines.
pub fn review_page(analysis: &Analysis, name: &str, address: Option<&str>) -> String {
    let review = &analysis.review;
    let mut page = format!("# Review of {name}\n\n");
    if !review.design {
        page += "This is not taken for a design document, so nothing is asked of it. Where that is wrong, put\n\
               `<!-- followup: design -->` at its top.\n";
        return harmless(page, address);
    }
    page += &format!("{}\n", tally(analysis));
    for component in &review.components {
        let title = format!("{} (`{}`, {})", component.title, component.concept, hover::line(analysis, component.range.start, address));
        section(&mut page, &title, analysis, address, |subject| matches!(subject, Subject::Component(id) if *id == component.id));
    }
    section(&mut page, "The design as a whole", analysis, address, |subject| !matches!(subject, Subject::Component(_)));
    harmless(page, address)
}

/// How many questions stand how: `2 open · 1 answered`.
fn tally(analysis: &Analysis) -> String {
    let standings: Vec<&str> = analysis.review.questions.iter().map(|asked| standing(analysis, asked)).collect();
    let counted = ["open", "started", "answered", "out of scope", "ignored"]
        .map(|standing| (standings.iter().filter(|other| **other == standing).count(), standing));
    let told: Vec<String> = counted.iter().filter(|(count, _)| *count > 0).map(|(count, standing)| format!("{count} {standing}")).collect();
    if told.is_empty() { "Nothing is asked of it.".to_owned() } else { told.join(" · ") }
}

fn standing(analysis: &Analysis, asked: &Asked) -> &'static str {
    match asked.status {
        Status::Open | Status::Started if is_ignored(analysis, asked) => "ignored",
        Status::Open => "open",
        Status::Started => "started",
        Status::Answered | Status::Quiet => "answered",
        Status::OutOfScope => "out of scope",
    }
}

/// The questions asked of these subjects under a heading; nothing where there are none.
fn section(page: &mut String, title: &str, analysis: &Analysis, address: Option<&str>, is: impl Fn(&Subject) -> bool) {
    let asked: Vec<&Asked> = analysis.review.questions.iter().filter(|asked| is(&asked.subject)).collect();
    if asked.is_empty() {
        return;
    }
    *page += &format!("\n## {title}\n\n");
    for asked in asked {
        let Some(question) = analysis.library.question(&asked.id) else { continue };
        *page += &format!("- {}\n  `{}`", hover::standing(analysis, question, asked, address), asked.id);
        match standing(analysis, asked) {
            "ignored" => *page += ", ignored by a comment",
            "open" | "started" => *page += &format!(", {}", hover::line(analysis, asked.place.start, address)),
            _ => {}
        }
        page.push('\n');
    }
}

fn is_ignored(analysis: &Analysis, asked: &Asked) -> bool {
    analysis.review.suppressed.iter().any(|finding| finding.id == asked.id && finding.subject == asked.subject)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use expect_test::{Expect, expect};

    use super::review_page;
    use crate::{config::Severities, content::Library, ide::Analysis};

    fn check(text: &str, expected: Expect) {
        let analysis = Analysis::new(Arc::from(text), Library::built_in(), &Severities::default());
        expected.assert_eq(&review_page(&analysis, "shop.md", Some("file:///shop.md")));
    }

    #[test]
    fn each_question_stands_under_what_it_is_asked_of() {
        check(
            "# Shop\n<!-- followup: design -->\n\nPrices are read through Redis in front of Postgres. Saving a price deletes its key.\n\n\
             <!-- followup-ignore-file cache/every-writer: one writer -->\n",
            expect![[r#"
                # Review of shop.md

                1 open · 2 answered · 1 ignored

                ## Redis (`cache`, [line 4](file:///shop.md#L4))

                - ✓ How does this cache learn that its source changed? (“deletes its key”, [line 4](file:///shop.md#L4))
                  `cache/invalidation`
                - ✓ On a write, what happens first: the cache, the store, or both? (“deletes its key”, [line 4](file:///shop.md#L4))
                  `cache/write-strategy`

                ## The design as a whole

                - ✗ Which other paths change this data, and do they drop the copy too?
                  `cache/every-writer`, ignored by a comment
                - ✗ What fails in this design, and what happens then?
                  `failure/modes`, [line 1](file:///shop.md#L1)
            "#]],
        );
    }

    #[test]
    fn what_is_no_design_is_told_so() {
        check(
            "# Notes\n\nBuy tea.\n",
            expect![[r#"
            # Review of shop.md

            This is not taken for a design document, so nothing is asked of it. Where that is wrong, put
            `<!-- followup: design -->` at its top.
        "#]],
        );
    }
}
