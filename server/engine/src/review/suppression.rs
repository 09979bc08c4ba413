//! Comments that silence findings, and findings about such comments.

use std::ops::Range;

use super::{Finding, Review, Severity, Status, Subject, known::Facts};
use crate::{config::Severities, outline::Comment, text::nearest};

/// The id of a finding about a suppression comment.
pub const IGNORE: &str = "followup-ignore";

/// Of so many ids that nobody knows, it is told what each was probably meant to be: a person sets the first few right.
const GUESSES: usize = 100;

/// One id of a suppression comment.
struct Suppression {
    id: String,
    comment: Range<usize>,
    /// Where findings are silenced.
    reach: Range<usize>,
    used: bool,
}

impl Suppression {
    /// By its id, or by its group as in `cache/*`.
    fn names(&self, id: &str) -> bool {
        self.id == id || self.id.strip_suffix('*').is_some_and(|group| group.ends_with('/') && id.starts_with(group))
    }
}

/// Moves silenced findings aside, and adds one for each suppression that names nothing or silences nothing.
pub(super) fn apply(facts: &Facts<'_>, severities: &Severities, review: &mut Review) {
    let mut suppressions: Vec<Suppression> = facts.outline.comments.iter().flat_map(|comment| read(facts, comment)).collect();
    if suppressions.is_empty() {
        return;
    }
    let (mut kept, mut silenced) = (Vec::new(), Vec::new());
    for finding in std::mem::take(&mut review.findings) {
        let by = |one: &&mut Suppression| {
            one.names(&finding.id) && one.reach.start <= finding.range.start && finding.range.start <= one.reach.end
        };
        match suppressions.iter_mut().find(by) {
            Some(suppression) => {
                suppression.used = true;
                silenced.push(finding);
            }
            None => kept.push(finding),
        }
    }
    let mut guesses = GUESSES;
    for one in suppressions.iter().filter(|one| !one.used) {
        let known = facts.library.questions.iter().any(|question| one.names(&question.id));
        if known && (!review.design || severities.is_off(&one.id)) {
            continue;
        }
        let message = if one.id.is_empty() {
            "This comment does nothing. Write `followup-ignore ID: reason`, `followup-ignore-file ID: reason`, `followup: design` or `followup: off`."
                .to_owned()
        } else if known {
            format!("This comment silences nothing: `{}` is not open here. Take it out.", one.id)
        } else {
            let ids = facts.library.questions.iter().map(|question| question.id.as_str());
            let meant = if guesses > 0 { nearest(&one.id, ids) } else { None };
            guesses = guesses.saturating_sub(1);
            let meant = meant.map(|id| format!(" Did you mean `{id}`?")).unwrap_or_default();
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
            correction: None,
        });
    }
    kept.sort_by(|a, b| (a.range.start, a.range.end, &a.id).cmp(&(b.range.start, b.range.end, &b.id)));
    (review.findings, review.suppressed) = (kept, silenced);
}

/// What a comment silences. One that names nothing, or that nobody knows, gives an empty id, so that it is told.
fn read(facts: &Facts<'_>, comment: &Comment) -> Vec<Suppression> {
    let said = &facts.text[comment.text.clone()];
    let (directive, rest) = said.split_at(said.find([' ', ':', '\t', '\n']).unwrap_or(said.len()));
    let one = |id: &str, reach: Range<usize>| Suppression { id: id.to_owned(), comment: comment.range.clone(), reach, used: false };
    let reach = match directive {
        "followup-ignore-file" => 0..facts.text.len(),
        "followup-ignore" => next_block(facts, comment),
        "followup" if matches!(rest.trim_start_matches(':').trim(), "design" | "on" | "off") => return Vec::new(),
        _ if directive.starts_with("followup-") || directive == "followup" && rest.starts_with(':') => return vec![one("", 0..0)],
        // Somebody else's comment, that happens to begin like ours.
        _ => return Vec::new(),
    };
    let ids = rest.split(':').next().unwrap_or_default();
    let ids: Vec<&str> = ids.split([',', ' ', '\t', '\n']).map(str::trim).filter(|id| !id.is_empty()).collect();
    if ids.is_empty() { vec![one("", reach)] } else { ids.into_iter().map(|id| one(id, reach.clone())).collect() }
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
