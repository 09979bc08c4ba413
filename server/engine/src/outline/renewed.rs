//! The outline of the next version of a text: where all parts stay what they were, only the chapter around the change is taken apart anew.

use std::ops::Range;

use super::{Block, Outline, front_matter};
use crate::text::Change;

/// What is taken apart anew to see that it still falls into the same parts has at most so many bytes.
const LONGEST: usize = 64 * 1024;

/// An outline of the same parts as the one before.
#[derive(Debug)]
pub struct Renewed {
    pub outline: Outline,
    /// Number of the only block that may be another than before; none where the change is one of what is no block.
    pub block: Option<usize>,
}

impl Outline {
    /// This outline of `old` as that of `new`, if it falls into the same parts, at most one of which is another than before; the same as from
    /// scratch.
    pub fn renewed(&self, old: &str, new: &str, change: &Change) -> Option<Renewed> {
        // One that was never made of a text has no sections.
        if change.is_empty() && !self.sections.is_empty() {
            return Some(Renewed { outline: self.clone(), block: None });
        }
        if self.blocks.is_empty() || !self.limits.is_empty() || change.new.len() > LONGEST {
            return None;
        }
        // Behind the last word of a line there may be a blank.
        let wide = change.widened(old[..change.old.start].bytes().rev().take_while(|byte| *byte == b' ').count());
        let chapter = Chapter::new(self, old, new, change)?;
        let changed = match self.block_at(wide.old.start) {
            Some(number) => Some((number, self.block_renewed(number, &chapter, [old, new], &wide)?)),
            None => chapter.is_alike(change).then_some(None)?,
        };
        let outline = self.moved(change, changed.as_ref().map(|(number, block)| (*number, block)));
        // What ends front matter may stand in any chapter.
        let same_start = front_matter::skip(new) == (outline.start, outline.front_matter.clone());
        same_start.then(|| Renewed { outline, block: changed.map(|(number, _)| number) })
    }

    /// What the block `number` has become, if the Markdown around it falls into the same parts.
    fn block_renewed(&self, number: usize, chapter: &Chapter, [old, new]: [&str; 2], change: &Change) -> Option<Block> {
        let (own, first, Chapter { was, is, .. }) = (&self.blocks[number], chapter.range.start, chapter);
        // The heading with which it begins is one as long as its mark stands: by itself it might be another kind of heading, and not where it is.
        let marked = || old[first..change.old.start].trim_start_matches('#').starts_with([' ', '\t', '\r', '\n']);
        if first > change.old.start || first > self.start && !marked() {
            return None;
        }
        let here = change.from(first);
        let at = was.block_at(here.old.start)?;
        // The same part of the same list, too: it keeps its number in the whole.
        let part = |block: &Block| (block.kind, block.range.start, block.section, block.parent, block.group);
        let now = is.blocks.get(at).filter(|now| part(now) == part(&was.blocks[at]))?;
        // Outside of the block only blanks came or went.
        let blank = |text: &str, end: usize, changed: usize| text.get(end + first..changed).is_none_or(|behind| behind.trim().is_empty());
        let only = blank(old, was.blocks[at].range.end, change.old.end) && blank(new, now.range.end, change.new.end);
        let placed = |block: &Block| {
            let placed = block.moved(&Change { old: 0..0, new: 0..first });
            Block { section: own.section, parent: own.parent, group: own.group, ..placed }
        };
        let same = only && placed(&was.blocks[at]) == *own && was.moved(&here, Some((at, now))) == *is;
        let now = same.then(|| placed(now))?;
        let Change { old: gone, new: come } = change;
        let linked = may_call_a_link([old, new], own, gone, come) || may_call_a_link([new, old], &now, come, gone);
        (!linked).then_some(now)
    }
}

/// The chapter around a change, taken apart as it was and as it is.
struct Chapter {
    /// Where it stood.
    range: Range<usize>,
    was: Outline,
    is: Outline,
    /// It tells where a link points at that may be called elsewhere.
    links: bool,
}

impl Chapter {
    fn new(outline: &Outline, old: &str, new: &str, change: &Change) -> Option<Self> {
        let Range { start, end } = outline.chapter(old, change.old.start);
        if end < change.old.end || end - start > LONGEST {
            return None;
        }
        // With the heading behind it: where that is still one, nothing was left open.
        let range = start..old[end..].find('\n').map_or(old.len(), |line| end + line + 1);
        let [was, is] = [&old[range.clone()], &new[change.around(&range)]];
        let links = was.contains("]:") || is.contains("]:");
        Some(Self { was: Outline::new(was), is: Outline::new(is), range, links })
    }

    /// Is what it falls into the same but for its places?
    fn is_alike(&self, change: &Change) -> bool {
        !self.links && self.was.moved(&change.from(self.range.start), None) == self.is
    }
}

/// May what of `block` is replaced by what the `other` text has be part of what calls a link, by what is told of that in another chapter?
fn may_call_a_link([text, other]: [&str; 2], block: &Block, replaced: &Range<usize>, by: &Range<usize>) -> bool {
    let (before, rest) = (&text[block.range.start..replaced.start], replaced.end..block.range.end.max(replaced.end));
    let changed = [&text[replaced.clone()], &other[by.clone()]];
    if ![before, changed[0], changed[1], &text[rest]].iter().any(|part| part.contains('[')) {
        return false;
    }
    if !text.contains("]:") && !other.contains("]:") {
        return false;
    }
    let open = before.bytes().fold(0_usize, |open, byte| match byte {
        b'[' => open + 1,
        b']' => open.saturating_sub(1),
        _ => open,
    });
    let plain = |part: &str| part.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '.' | ',' | ';' | '?' | '-'));
    open > 0 || before.ends_with([']', '\\']) || !changed.into_iter().all(plain)
}
