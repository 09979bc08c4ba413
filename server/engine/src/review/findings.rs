//! From questions that are left open to findings with their message, severity and order.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::{Asked, Finding, Review, Severity, Status, Subject, asking::Raised, known::Facts};
use crate::{
    config::Severities,
    content::page,
    facts::{Kind, Slip},
};

/// A message names so many blanks and counts the rest.
const NAMED: usize = 3;

/// Puts the questions and findings of `raised` into `review`.
pub(super) fn fill(facts: &Facts<'_>, raised: Vec<Raised>, severities: &Severities, review: &mut Review) {
    let keyed = keyed(facts);
    for Raised { asked, question: number, group, mut related } in raised {
        let question = &facts.library.questions[number];
        if matches!(asked.status, Status::Open | Status::Started) {
            let severity = severities.severity_of(&question.id).unwrap_or(question.severity);
            let severity = if asked.status == Status::Started { severity.min(Severity::Information) } else { severity };
            let title = group.map(|group| facts.groups[group].title.as_str());
            let told = |text: &str| told(text, title, &asked.missing_pieces);
            let slip = slip(facts, &asked);
            let mut message = told(&question.page.title);
            if let Some(slip) = slip {
                message += &format!(" {}.", slip.told);
            } else if let Some(said) =
                said(facts, &asked).or_else(|| keyed.contains(&asked.place).then(|| plain(&facts.text[asked.place.clone()])))
            {
                message += &format!(" It says “{said}”.");
            }
            if asked.status == Status::Started {
                let blanks: Vec<String> = asked.blank_items.iter().take(NAMED).map(|range| item(&facts.text[range.clone()])).collect();
                message += &format!(" Still blank: {}", blanks.join("; "));
                if let more @ 1.. = asked.blank_items.len().saturating_sub(NAMED) {
                    message += &format!("; and {more} more");
                }
            } else {
                for paragraph in page::paragraphs(&question.page.lead) {
                    message += &format!(" {}", told(&paragraph));
                }
                let named = question.page.lead.contains("{missing}") || question.page.title.contains("{missing}");
                if !asked.missing_pieces.is_empty() && !named {
                    message += &format!(" Missing: {}.", asked.missing_pieces.join(", "));
                }
            }
            related.truncate(20);
            review.findings.push(Finding {
                id: question.id.clone(),
                range: asked.place.clone(),
                severity,
                status: asked.status,
                subject: asked.subject.clone(),
                message,
                question: Some(review.questions.len()),
                related,
                correction: slip.and_then(|slip| slip.right.clone()),
            });
        }
        review.questions.push(asked);
    }
    review.findings.sort_by(|a, b| (a.range.start, a.range.end, &a.id).cmp(&(b.range.start, b.range.end, &b.id)));
}

/// The text with its names filled in.
fn told(text: &str, component: Option<&str>, missing: &[String]) -> String {
    text.replace("{component}", component.unwrap_or("it")).replace("{missing}", &missing.join(", "))
}

/// The figure by which a question of a component arises, as the document writes it.
fn said(facts: &Facts<'_>, asked: &Asked) -> Option<String> {
    let figures = |term: &str| facts.library.signal_number(term).is_some_and(|signal| !facts.library.signal_rules[signal].facts.is_empty());
    let of_component = matches!(asked.subject, Subject::Component(_));
    let because = asked.asked_because.iter().find(|because| of_component && figures(&because.term) && !because.range.is_empty())?;
    Some(plain(&facts.text[because.range.clone()]))
}

/// Where a claim is made from which its signal reads a key: "sharded by created_at".
fn keyed(facts: &Facts<'_>) -> FxHashSet<Range<usize>> {
    let reading = facts.reading;
    let keyed = reading.signals.iter().filter(|given| given.captures.iter().any(|(name, _)| name == KEY));
    keyed.map(|given| reading.bytes(&given.tokens)).collect()
}

/// A claim with this capture is quoted in the message.
const KEY: &str = "key";

/// On one line, without marks.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace(['*', '`'], "")
}

/// What is wrong with the sum that is asked about.
fn slip<'a>(facts: &'a Facts<'_>, asked: &Asked) -> Option<&'a Slip> {
    let sums = facts.stated.iter().filter(|fact| matches!(asked.subject, Subject::Fact(_)) && fact.range == asked.place);
    sums.filter_map(|fact| match &fact.kind {
        Kind::Sum(sum) => sum.slip.as_ref(),
        _ => None,
    })
    .next()
}

/// The head of an item without its marker and box, or of a row the first cell.
fn item(written: &str) -> String {
    const LONGEST: usize = 50;
    let row = written.trim().strip_prefix('|').and_then(|row| row.split('|').next());
    let body = row.unwrap_or_else(|| written.find(']').map_or(written, |end| &written[end + 1..]));
    // What is to be filled in looks like a blank here; `…` says that more follows.
    let body = body.split_whitespace().collect::<Vec<_>>().join(" ").replace('…', "___");
    match body.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", body[..end].trim_end_matches('_').trim_end()),
        None => body,
    }
}
