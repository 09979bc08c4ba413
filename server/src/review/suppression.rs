//! Comments that silence findings, and findings about such comments.

use std::ops::Range;

use super::{Finding, Review, Severity, Status, Subject, facts::Facts};
use crate::{config::Severities, outline::Comment, text::nearest};

/// The id of a finding about a suppression comment.
pub const IGNORE: &str = "followup-ignore";

/// One id of a suppression comment.
struct Suppression {
    id: String,
    comment: Range<usize>,
    /// Where findings are silenced.
    reach: Range<usize>,
    used: bool,
}

/// Moves silenced findings aside, and adds one for each suppression that names nothing or silences nothing.
pub(super) fn apply(facts: &Facts<'_>, severities: &Severities, review: &mut Review) {
    let mut suppressions: Vec<Suppression> = facts.outline.comments.iter().flat_map(|comment| read(facts, comment)).collect();
    if suppressions.is_empty() {
        return;
    }
    let (mut kept, mut silenced) = (Vec::new(), Vec::new());
    for finding in std::mem::take(&mut review.findings) {
        let by =
            |one: &&mut Suppression| one.id == finding.id && one.reach.start <= finding.range.start && finding.range.start <= one.reach.end;
        match suppressions.iter_mut().find(by) {
            Some(suppression) => {
                suppression.used = true;
                silenced.push(finding);
            }
            None => kept.push(finding),
        }
    }
    for one in suppressions.iter().filter(|one| !one.used) {
        let known = facts.library.question(&one.id).is_some();
        if known && (!review.design || severities.is_off(&one.id)) {
            continue;
        }
        let message = if known {
            format!("This comment silences nothing: `{}` is not open here. Take it out.", one.id)
        } else {
            let ids = facts.library.questions.iter().map(|question| question.id.as_str());
            let meant = nearest(&one.id, ids).map(|id| format!(" Did you mean `{id}`?")).unwrap_or_default();
            format!("There is no question `{}`.{meant} `followup explain` lists them all.", one.id)
        };
        kept.push(Finding {
            id: IGNORE.to_owned(),
            range: one.comment.clone(),
            severity: Severity::Information,
            status: Status::Open,
            subject: Subject::Claim(one.id.clone()),
            message,
            question: None,
            related: Vec::new(),
        });
    }
    kept.sort_by(|a, b| (a.range.start, a.range.end, &a.id).cmp(&(b.range.start, b.range.end, &b.id)));
    (review.findings, review.suppressed) = (kept, silenced);
}

fn read(facts: &Facts<'_>, comment: &Comment) -> Vec<Suppression> {
    let said = &facts.text[comment.text.clone()];
    let (ids, reach) = if let Some(ids) = said.strip_prefix("followup-ignore-file") {
        (ids, 0..facts.text.len())
    } else if let Some(ids) = said.strip_prefix("followup-ignore") {
        (ids, next_block(facts, comment))
    } else {
        return Vec::new();
    };
    let ids = ids.split(':').next().unwrap_or_default();
    let ids = ids.split([',', ' ', '\t', '\n']).map(str::trim).filter(|id| !id.is_empty());
    ids.map(|id| Suppression { id: id.to_owned(), comment: comment.range.clone(), reach: reach.clone(), used: false }).collect()
}

/// The block that the comment stands in, else the one behind it: of a list or a table all of it.
fn next_block(facts: &Facts<'_>, comment: &Comment) -> Range<usize> {
    let blocks = &facts.outline.blocks;
    let at = blocks.partition_point(|block| block.range.end <= comment.range.start);
    let Some(first) = blocks.get(at) else { return comment.range.clone() };
    if first.range.start < comment.range.start {
        return first.range.clone();
    }
    let same = |other: &&crate::outline::Block| other.group.is_some() && other.group == first.group;
    let end = blocks[at..].iter().take_while(same).map(|block| block.end).max().unwrap_or(first.range.end);
    first.range.start..end.max(first.range.end)
}
