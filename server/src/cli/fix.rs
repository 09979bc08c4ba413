//! The checklists inserted, and what that changes as a unified diff.

use std::{collections::HashSet, fmt::Write, sync::Arc};

use similar::{
    algorithms::{Capture, Compact, Replace, myers},
    group_diff_ops,
    udiff::UnifiedHunkHeader,
};

use super::{
    console::{BOLD, CYAN, visible},
    report::{Checked, Form},
};
use crate::{
    ide::{self, Action, ActionKind, Analysis, Diagnostic, TextEdit},
    review::Status,
};

/// A document before and after its checklists were inserted.
#[derive(Debug)]
pub(super) struct Fixed {
    pub(super) before: String,
    pub(super) after: Arc<str>,
    /// How many checklists.
    pub(super) inserted: usize,
}

/// Inserts the checklist of each open question that `counts`, one after the other, each into the text that the one before it left.
pub(super) fn all(mut analysis: Analysis, analyse: impl Fn(&str) -> Analysis, counts: impl Fn(&Diagnostic) -> bool) -> (Analysis, usize) {
    let mut tried = HashSet::new();
    let mut inserted = 0;
    while let Some(finding) = ide::diagnostics(&analysis).into_iter().find(|found| counts(found) && !tried.contains(&found.key)) {
        // What is started has its checklist, and a finding that is of no question (about a comment, say) has none.
        let asks = finding.status == Status::Open && analysis.library.question(&finding.code).is_some();
        let actions = if asks { ide::actions(&analysis, finding.range.clone(), std::slice::from_ref(&finding.key)) } else { Vec::new() };
        if let Some(fix) = actions.into_iter().find(|action| answers(action, &finding)) {
            analysis = analyse(&apply(&analysis.text, &fix.edits));
            inserted += 1;
        }
        tried.insert(finding.key);
    }
    (analysis, inserted)
}

fn answers(action: &Action, finding: &Diagnostic) -> bool {
    action.kind == ActionKind::QuickFix && action.preferred && action.fixes.as_ref() == Some(&finding.key) && !action.edits.is_empty()
}

/// How many lines stand around what changed.
const CONTEXT: usize = 3;

/// What `--fix` would change, as a patch.
#[derive(Debug, Clone)]
pub(super) struct Diff {
    pub(super) colors: bool,
}

impl Form for Diff {
    type Piece = String;

    fn piece(&self, file: &Checked) -> String {
        let Some(fixed) = file.fixed.as_ref().filter(|fixed| fixed.inserted > 0) else { return String::new() };
        let name = visible(&file.name);
        let text = format!("--- a/{name}\n+++ b/{name}\n{}", hunks(&fixed.before, &fixed.after));
        if self.colors { text.split_inclusive('\n').map(painted).collect() } else { text }
    }

    fn join(&mut self, piece: String) -> String {
        piece
    }
}

/// A unified diff without its head. `similar` has one that does all of this, for a hundred times the code: there each way to compare stands beside
/// each kind of text.
fn hunks(before: &str, after: &str) -> String {
    let lines = |text| str::split_inclusive(text, '\n').collect::<Vec<_>>();
    let (before, after) = (lines(before), lines(after));
    let mut found = Compact::new(Replace::new(Capture::new()), &*before, &*after);
    let Ok(()) = myers::diff_deadline_raw(&mut found, &*before, 0..before.len(), &*after, 0..after.len(), None);
    let mut text = String::new();
    for hunk in group_diff_ops(found.into_inner().into_inner().into_ops(), CONTEXT) {
        let _ = writeln!(text, "{}", UnifiedHunkHeader::new(&hunk));
        for change in hunk.iter().flat_map(|op| op.iter_changes(&before, &after)) {
            let line = change.value();
            let end = if line.ends_with('\n') { "" } else { "\n\\ No newline at end of file\n" };
            let _ = write!(text, "{}{line}{end}", change.tag());
        }
    }
    text
}

fn painted(line: &str) -> String {
    let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
    let style = match line.as_bytes() {
        [b'-', b'-', b'-', ..] | [b'+', b'+', b'+', ..] => BOLD,
        [b'@', ..] => CYAN,
        [b'+', ..] => anstyle::AnsiColor::Green.on_default(),
        [b'-', ..] => anstyle::AnsiColor::Red.on_default(),
        _ => return format!("{line}{end}"),
    };
    format!("{style}{line}{style:#}{end}")
}

/// `text` with all edits made; they refer to `text` as it is and do not overlap.
fn apply(text: &str, edits: &[TextEdit]) -> String {
    let mut edits: Vec<_> = edits.iter().collect();
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut result = text.to_owned();
    for edit in edits.into_iter().rev() {
        result.replace_range(edit.range.clone(), &edit.text);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_refer_to_the_text_before_all_of_them() {
        let edit = |range, text: &str| TextEdit { range, text: text.to_owned() };
        assert_eq!(apply("one two", &[edit(4..7, "2"), edit(0..3, "1"), edit(7..7, "!")]), "1 2!");
    }

    #[test]
    fn insertions_at_one_place_keep_their_order() {
        let edit = |range, text: &str| TextEdit { range, text: text.to_owned() };
        assert_eq!(apply("-", &[edit(1..1, "a"), edit(1..1, "b")]), "-ab");
    }
}
