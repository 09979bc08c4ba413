//! Hovers in a document that is too large to be read as a whole: the paragraph that the pointer is in is read by itself.

use std::{ops::Range, sync::Arc};

use super::{Analysis, Hover, Later, hover::hover};
use crate::{
    config::Severities,
    content::Library,
    outline::Outline,
    review::{self, Genre},
    text::Text,
};

/// No more than so many bytes to each side are read.
const REACH: usize = 4096;

/// The note on what stands at byte `offset` of `text`. Nothing is known of the rest of the document, so that no follow-up is marked.
pub fn hover_excerpt(text: &Text, offset: usize, library: Arc<Library>) -> Option<Hover> {
    let (excerpt, start) = paragraph(text, offset);
    let outline = Arc::new(Outline::new(&excerpt));
    let review = review::review_as(&excerpt, &outline, &library, &Severities::default(), Some(Genre::Other));
    let analysis = Analysis {
        text: excerpt.into(),
        library,
        outline,
        review: Arc::new(review),
        notices: Vec::new(),
        memo: Arc::default(),
        later: Later::default(),
    };
    let Hover { range: Range { start: from, end: to }, markdown } = hover(&analysis, offset.checked_sub(start)?, None)?;
    Some(Hover { range: start + from..start + to, markdown })
}

/// The text between the blank lines around `offset`, and the byte at which it begins.
fn paragraph(text: &Text, offset: usize) -> (String, usize) {
    let offset = offset.min(text.len());
    let window = text.slice(offset.saturating_sub(REACH)..offset + REACH);
    // The window begins with a whole character, perhaps before the byte that was asked for.
    let before = text.slice(offset.saturating_sub(REACH)..offset).len();
    let (head, tail) = window.split_at(before);
    let blank = ["\n\n", "\n\r\n"];
    let start = blank.iter().filter_map(|blank| Some(head.rfind(blank)? + blank.len())).max().unwrap_or(0);
    let end = blank.iter().filter_map(|blank| tail.find(blank)).min().unwrap_or(tail.len());
    (window[start..before + end].to_owned(), offset - (before - start))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read for a pointer at `|`, and where it begins.
    fn check(marked: &str) -> (String, usize) {
        let offset = marked.find('|').unwrap();
        paragraph(&Text::new(&marked.replacen('|', "", 1)), offset)
    }

    #[test]
    fn a_paragraph_ends_at_blank_lines() {
        assert_eq!(check("one\n\ntw|o\nthree\n\nfour"), ("two\nthree".to_owned(), 5));
        assert_eq!(check("one\r\n\r\ntwo|\r\n\r\nfour"), ("two\r".to_owned(), 7));
        assert_eq!(check("|"), (String::new(), 0));
    }

    #[test]
    fn of_a_line_without_end_only_what_is_near_is_read() {
        let (read, start) = check(&format!("{}|{}", "é".repeat(100_000), "b".repeat(100_000)));
        assert_eq!((read.len(), start), (2 * REACH, 200_000 - REACH));
        assert!(read.starts_with('é') && read.ends_with('b'));
    }

    #[test]
    fn the_note_stands_on_the_word_in_the_whole_text() {
        let text = format!("{}\n\nProfiles are read through a Redis cache.\n\nmore", "word ".repeat(10_000));
        let at = text.find("Redis").unwrap();
        let hover = hover_excerpt(&Text::new(&text), at + 2, Library::built_in()).unwrap();
        assert!(text[hover.range].contains("Redis"));
        assert!(!hover.markdown.contains('✗') && !hover.markdown.contains('✓'), "{}", hover.markdown);
        assert_eq!(hover_excerpt(&Text::new(&text), 3, Library::built_in()), None);
    }
}
