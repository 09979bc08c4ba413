//! What a person can ask for where something is left open. Plain edits; nothing is changed without asking.

use std::ops::Range;

use super::{Action, ActionKind, Analysis, TextEdit, diagnostics::key, insertion};
use crate::{
    content::question::{Fix, Question},
    outline::{BlockKind, Outline},
    review::{Finding, IGNORE, Status},
};

/// What can be done for the findings that touch `range`; where none does, for those whose key is in `keys`: some editors name all of a line.
pub fn actions(analysis: &Analysis, range: Range<usize>, keys: &[String]) -> Vec<Action> {
    let findings = &analysis.review.findings;
    let touching = findings.iter().filter(|finding| finding.range.start <= range.end && range.start <= finding.range.end);
    let mut concerned: Vec<_> = touching.collect();
    if concerned.is_empty() {
        concerned = findings.iter().filter(|finding| keys.contains(&key(finding))).collect();
    }
    let mut actions = Vec::new();
    for finding in concerned {
        match analysis.library.question(&finding.id) {
            Some(question) => answers(analysis, question, finding, &mut actions),
            None if finding.id == IGNORE => actions.push(remove_comment(analysis, finding)),
            None => {}
        }
    }
    actions.extend(insert_all(analysis, 2));
    actions
}

fn answers(analysis: &Analysis, question: &Question, finding: &Finding, actions: &mut Vec<Action>) {
    let quick = |title: String, edit: TextEdit, preferred: bool| Action {
        title,
        kind: ActionKind::QuickFix,
        edits: vec![edit],
        fixes: Some(key(finding)),
        preferred,
    };
    if let Some((range, right)) = &finding.correction {
        let edit = TextEdit { range: range.clone(), text: right.clone() };
        actions.push(quick(format!("Write {right}, as the sum comes out"), edit, true));
    }
    // What was inserted once is there to be filled in.
    if finding.status == Status::Open
        && let Some(edit) = insertion::answer(analysis, question, finding).filter(|edit| takes(analysis, question, edit))
    {
        let title = match question.fix {
            Fix::Checklist => format!("Insert the {} checklist", question.noun),
            Fix::FailureTable => "Add the failure-mode table".to_owned(),
        };
        actions.push(quick(title, edit, finding.correction.is_none()));
    }
    let scope = insertion::out_of_scope(analysis, question, finding);
    if !inserted(analysis, &scope).blocks.is_empty() {
        actions.push(quick(format!("Mark {} as out of scope", question.noun), scope, false));
    }
    if let Some(edit) = ignore_here(analysis, finding) {
        actions.push(quick(format!("Ignore {} here", finding.id), edit, false));
    }
    let in_file = ignore_in_file(analysis, finding);
    if !inserted(analysis, &in_file).comments.is_empty() {
        actions.push(quick(format!("Ignore {} in this file", finding.id), in_file, false));
    }
}

/// All open checklists in one go, where there are at least so many; worked out once for a version.
pub fn insert_all(analysis: &Analysis, at_least: usize) -> Option<Action> {
    let (count, edits) = analysis.later.checklists.get_or_init(|| checklists(analysis));
    (*count >= at_least).then(|| Action {
        title: "Insert all open checklists".to_owned(),
        kind: ActionKind::Source,
        edits: edits.clone(),
        fixes: None,
        preferred: false,
    })
}

/// How many checklists are open, and the edits that insert them all.
fn checklists(analysis: &Analysis) -> (usize, Vec<TextEdit>) {
    let mut answers: Vec<(&Question, TextEdit)> = Vec::new();
    let mut tables = 0;
    for finding in analysis.review.findings.iter().filter(|finding| finding.status == Status::Open) {
        let Some(question) = analysis.library.question(&finding.id) else { continue };
        // One table serves every question about failures.
        if question.fix == Fix::FailureTable {
            tables += 1;
            if tables > 1 {
                continue;
            }
        }
        answers.extend(insertion::answer(analysis, question, finding).map(|edit| (question, edit)));
    }
    answers.sort_by_key(|(_, edit)| edit.range.start);
    // To read the document once is enough where all of them take, as they nearly always do.
    if !all_take(analysis, &answers) {
        answers.retain(|(question, edit)| takes(analysis, question, edit));
    }
    let count = answers.len();
    // Edits at one place become one: not every editor keeps the order of several.
    let mut merged: Vec<TextEdit> = Vec::new();
    for (_, edit) in answers {
        match merged.last_mut().filter(|last| last.range == edit.range) {
            Some(last) => last.text = last.text.trim_end().to_owned() + &edit.text,
            None => merged.push(edit),
        }
    }
    (count, merged)
}

/// Do all of `answers`, in the order of the text, become what they are meant to be, where they stand in the document together?
fn all_take(analysis: &Analysis, answers: &[(&Question, TextEdit)]) -> bool {
    let (mut text, mut end) = (String::new(), 0);
    for (_, edit) in answers {
        // Some stand at one place.
        text += analysis.text.get(end..edit.range.start).unwrap_or_default();
        text += &edit.text;
        end = edit.range.end.max(end);
    }
    text += &analysis.text[end..];
    let after = Outline::new(&text);
    let more = |is: fn(&BlockKind) -> bool| {
        let count = |outline: &Outline| outline.blocks.iter().filter(|block| is(&block.kind)).count();
        count(&after).saturating_sub(count(&analysis.outline))
    };
    let lists = answers.iter().filter(|(question, _)| question.fix == Fix::Checklist);
    let items: usize = lists.clone().map(|(question, _)| question.checklist().len()).sum();
    let tables = answers.len() - lists.count();
    more(|kind| matches!(kind, BlockKind::Item(Some(false)))) >= items && more(|kind| matches!(kind, BlockKind::Row(_))) >= 2 * tables
}

/// Would the document know what was inserted as a checklist?
fn takes(analysis: &Analysis, question: &Question, edit: &TextEdit) -> bool {
    let blocks = inserted(analysis, edit).blocks;
    let count = |kind: fn(&BlockKind) -> bool| blocks.iter().filter(|block| kind(&block.kind)).count();
    match question.fix {
        Fix::Checklist => count(|kind| matches!(kind, BlockKind::Item(Some(false)))) >= question.checklist().len(),
        Fix::FailureTable => count(|kind| matches!(kind, BlockKind::Row(_))) >= 2,
    }
}

/// What the edit adds to the outline: nothing behind a fence that nobody closed. Ranges are of no use.
fn inserted(analysis: &Analysis, edit: &TextEdit) -> Outline {
    // Right before a heading, what stands above it may go on.
    let start = analysis.outline.chapter(&analysis.text, edit.range.start.saturating_sub(1)).start;
    let end = analysis.outline.chapter(&analysis.text, edit.range.end).end;
    let at = edit.range.start - start..edit.range.end - start;
    let mut text = analysis.text[start..end].to_owned();
    text.replace_range(at.clone(), &edit.text);
    let mut outline = Outline::new(&text);
    let added = |range: &Range<usize>| at.start <= range.start && range.end <= at.start + edit.text.len();
    outline.blocks.retain(|block| added(&block.range));
    outline.comments.retain(|comment| added(&comment.range));
    outline
}

/// A comment before the block of the finding, or at the end of its item or row.
fn ignore_here(analysis: &Analysis, finding: &Finding) -> Option<TextEdit> {
    let block = &analysis.outline.blocks[analysis.outline.block_at(finding.range.start)?];
    let comment = format!("<!-- followup-ignore {}: because … -->", finding.id);
    let style = analysis.style();
    match block.kind {
        BlockKind::Diagram => None,
        BlockKind::Item(_) | BlockKind::Row(_) => {
            let run = block.runs.iter().find(|run| finding.range.start < run.range.end).or(block.runs.last())?;
            // Within the cell, or behind the item's text.
            let last = block.runs.iter().rfind(|other| other.cell == run.cell && matches!(block.kind, BlockKind::Row(_)));
            let at = last.map_or(block.range.end, |run| run.range.end + usize::from(run.code));
            Some(TextEdit { range: at..at, text: format!(" {comment}") })
        }
        BlockKind::Heading(_) | BlockKind::Paragraph => {
            let line = analysis.text[..block.range.start].rfind('\n').map_or(0, |at| at + 1);
            let indent: String = analysis.text[line..block.range.start].to_owned();
            let at = block.range.start;
            Some(TextEdit { range: at..at, text: format!("{comment}{}{indent}", style.line_end) })
        }
    }
}

fn ignore_in_file(analysis: &Analysis, finding: &Finding) -> TextEdit {
    let style = analysis.style();
    let end = analysis.text.trim_end().len();
    let tail = if analysis.text[end..].contains('\n') { "" } else { style.line_end };
    let comment = format!("<!-- followup-ignore-file {}: because … -->", finding.id);
    TextEdit { range: end..end, text: format!("{}{comment}{tail}", style.line_end.repeat(2)) }
}

fn remove_comment(analysis: &Analysis, finding: &Finding) -> Action {
    let mut range = finding.range.clone();
    // The whole line goes where nothing else stands on it.
    let line = analysis.text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let rest = analysis.text[range.end..].find('\n').map_or(analysis.text.len(), |at| range.end + at + 1);
    if analysis.text[line..range.start].trim().is_empty() && analysis.text[range.end..rest].trim().is_empty() {
        range = line..rest;
    }
    Action {
        title: "Take the comment out".to_owned(),
        kind: ActionKind::QuickFix,
        edits: vec![TextEdit { range, text: String::new() }],
        fixes: Some(key(finding)),
        preferred: true,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{config::Severities, content::Library};

    const DESIGN: &str =
        "<!-- followup: design -->\n# Shop: design\n\n## Design\n\nOrders go through a Redis cache, and then a Kafka queue takes them.\n";

    #[test]
    fn of_all_that_an_editor_names_only_what_is_touched_is_offered_and_all_checklists_come_last() {
        let analysis = Analysis::new(Arc::from(DESIGN), Library::built_in(), &Severities::default());
        let keys: Vec<_> = analysis.review.findings.iter().map(key).collect();
        let at = |word: &str| DESIGN.find(word).unwrap();
        let fixed = |range: Range<usize>| {
            let actions = actions(&analysis, range, &keys);
            assert_eq!(
                actions.last().map(|last| (last.kind, last.title.as_str())),
                Some((ActionKind::Source, "Insert all open checklists"))
            );
            actions.into_iter().filter_map(|action| action.fixes).collect::<Vec<_>>()
        };
        let cache = fixed(at("cache")..at("cache"));
        assert!(!cache.is_empty() && cache.iter().all(|key| key.contains("|component:cache")), "{cache:?}");
        // On none of them, what the editor names counts.
        let all = fixed(at("then")..at("then"));
        assert!(keys.iter().all(|key| all.contains(key)), "{all:?}");
    }
}
