//! Checklists that were inserted: which items of the document belong to a question, and whether their blanks are filled in.

use std::ops::Range;

use super::known::Facts;
use crate::{
    content::question::{Fix, Question},
    lexicon::Reading,
    outline::BlockKind,
};

/// An item of a question's checklist, found in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) block: usize,
    pub(super) range: Range<usize>,
    /// Its blank is still there.
    pub(super) blank: bool,
}

/// The head of the table that is inserted for questions about failures.
pub const FAILURE_TABLE: [&str; 4] = ["Component", "What fails", "What happens then", "What we do about it"];

/// The role of the sections that tell what fails.
pub(super) const FAILURE: &str = "failure";

/// The items of the checklist of `question` that the document has, in its order.
pub(super) fn find(facts: &Facts<'_>, question: &Question) -> Vec<Item> {
    if question.fix == Fix::FailureTable {
        return failure_rows(facts);
    }
    let boxes = facts.boxes.get_or_init(|| boxes(facts));
    if boxes.is_empty() {
        return Vec::new();
    }
    let templates: Vec<String> = question.checklist().iter().map(|item| plain(item)).collect();
    let items = boxes.iter().filter_map(|(block, written)| {
        let blank = templates.iter().find_map(|template| matches(template, written))?;
        Some(Item { block: *block, range: facts.outline.blocks[*block].range.clone(), blank })
    });
    items.collect()
}

/// The items with a box, each with what it says.
fn boxes(facts: &Facts<'_>) -> Vec<(usize, String)> {
    let items = facts.outline.blocks.iter().enumerate().filter(|(_, block)| matches!(block.kind, BlockKind::Item(Some(_))));
    items.map(|(number, block)| (number, plain(&block.prose(facts.text)))).collect()
}

/// The rows of failure tables that were inserted.
fn failure_rows(facts: &Facts<'_>) -> Vec<Item> {
    let head = plain(&FAILURE_TABLE.join(" "));
    let blocks = &facts.outline.blocks;
    let ours: Vec<Option<usize>> = blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Row(true) && plain(&block.prose(facts.text)) == head)
        .map(|block| block.group)
        .collect();
    let rows = blocks.iter().enumerate().filter(|(_, block)| block.kind == BlockKind::Row(false) && ours.contains(&block.group));
    rows.map(|(number, block)| {
        let cells = facts.text[block.range.clone()].trim().trim_matches('|').split('|').skip(1);
        Item { block: number, range: block.range.clone(), blank: cells.into_iter().any(is_blank) }
    })
    .collect()
}

/// What stands under a heading on failures and is laid out as a list of them: a part, and behind it what becomes of it.
pub(super) fn told_by_layout<'a>(facts: &'a Facts<'_>) -> impl Iterator<Item = usize> + 'a {
    let ours: Vec<usize> = failure_rows(facts).into_iter().map(|item| item.block).collect();
    let under = (0..facts.outline.blocks.len()).filter(|block| facts.stances.role_name(facts.library, *block) == FAILURE);
    under.filter(move |number| {
        let block = &facts.outline.blocks[*number];
        let told = match block.kind {
            BlockKind::Row(false) if !ours.contains(number) => {
                facts.text[block.range.clone()].trim().trim_start_matches('|').split_once('|').map(|(_, told)| told)
            }
            BlockKind::Item(None) => behind_name(facts.text, facts.reading, *number),
            _ => None,
        };
        let sentences = facts.reading.blocks[*number].clone();
        told.is_some_and(says_enough) && sentences.into_iter().all(|sentence| !facts.reading.sentences[sentence].asks)
    })
}

/// Does the item tell by its layout of what it names first?
pub(super) fn explains(text: &str, reading: &Reading<'_>, block: usize) -> bool {
    behind_name(text, reading, block).is_some_and(says_enough)
}

/// What stands behind the mark that follows what the block names first.
fn behind_name<'t>(text: &'t str, reading: &Reading<'_>, block: usize) -> Option<&'t str> {
    let first = reading.mentions_in(&reading.block_span(block).tokens).first()?;
    let behind = &text[reading.bytes(&first.tokens).end..reading.outline.blocks[block].range.end];
    behind.trim_start_matches(['`', '*', '_', ')']).trim_start().strip_prefix(MARKS)
}

fn says_enough(told: &str) -> bool {
    !is_blank(told) && told.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count() >= 2
}

/// What stands between a part and what is told of it.
const MARKS: [char; 5] = [':', '→', '–', '—', '='];

/// If `written` is `template` with its blanks filled in or not: is one still blank?
fn matches(template: &str, written: &str) -> Option<bool> {
    let mut blank = false;
    let mut rest = written;
    for (number, part) in template.split('…').map(str::trim).enumerate() {
        if number == 0 {
            rest = rest.strip_prefix(part)?;
        } else if part.is_empty() {
            // The last blank ends the item.
            blank |= is_blank(rest);
            rest = "";
        } else {
            let at = rest.find(part)?;
            blank |= is_blank(&rest[..at]);
            rest = &rest[at + part.len()..];
        }
    }
    Some(blank)
}

fn is_blank(filled: &str) -> bool {
    filled.contains('…') || !filled.contains(char::is_alphanumeric)
}

fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace("...", "…").replace(['*', '`', '_'], "").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_recognised_whether_its_blank_is_filled_or_not() {
        let template = plain("On a write, … deletes the entry: …");
        let check = |written: &str| matches(&template, &plain(written));
        assert_eq!(check("On a write, … deletes the entry: …"), Some(true));
        assert_eq!(check("On a write, the handler deletes the entry: …"), Some(true));
        assert_eq!(check("On a write, the *handler* deletes the entry: in `save`"), Some(false));
        assert_eq!(check("On a write, deletes the entry: in save"), Some(true));
        assert_eq!(check("Entries expire"), None);
    }
}
