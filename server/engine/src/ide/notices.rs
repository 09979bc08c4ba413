//! What a person is told of documents that were not read, or not to their end.

use crate::outline::{LONGEST, Limit, MOST_BLOCKS, MOST_ENTRIES, Unread};

/// A document larger than the settings let one be.
pub(super) fn too_large(bytes: usize, most: u64) -> String {
    let [bytes, most] = [bytes as u64, most].map(size);
    format!("This document is {bytes} and was not reviewed: `max-size` allows {most}; split it, or raise `max-size` in the settings")
}

/// What was read only in part, one notice for each reason there is.
pub(super) fn unread(text: &str, limits: &[Limit]) -> Vec<String> {
    let reasons = [Unread::Long, Unread::Entries, Unread::Blocks, Unread::Unfolding];
    let told = reasons.into_iter().filter_map(|what| {
        let mut places = limits.iter().filter(|limit| limit.what == what).map(|limit| limit.at);
        let line = text[..text.floor_char_boundary(places.next()?)].matches('\n').count() + 1;
        Some(part_unread(what, line, places.count()))
    });
    told.collect()
}

/// The notice for what is not read at `line`, counted from 1, and at `more` places behind it.
fn part_unread(what: Unread, line: usize, more: usize) -> String {
    let others = match more {
        0 => String::new(),
        1 => ", and so at 1 more place".to_owned(),
        _ => format!(", and so at {more} more places"),
    };
    match what {
        Unread::Long => format!(
            "What stands at line {line} is longer than {}, and only its beginning was reviewed{others}: part it into paragraphs or rows",
            size(LONGEST as u64)
        ),
        Unread::Entries => format!(
            "The rest of a list, a table or a diagram was not reviewed from line {line} on, behind {MOST_ENTRIES} entries{others}: \
             part it under headings, or keep it in a file of its own"
        ),
        Unread::Blocks => format!(
            "Only what stands before line {line} was reviewed, which is {MOST_BLOCKS} headings, paragraphs, items and rows: \
             split the document"
        ),
        Unread::Unfolding => format!(
            "Only what stands before line {line} was reviewed: from there on the Markdown unfolds into far more than it says; \
             look for tables of hundreds of columns, or for quotes and lists nested as deep"
        ),
    }
}

/// Findings that an editor is not shown.
pub(super) fn more(count: usize) -> String {
    let (noun, are) = if count == 1 { ("finding", "is") } else { ("findings", "are") };
    format!(
        "{count} more {noun} {are} not shown; `followup check` tells them all, and `max-findings` in the settings says how many stand here"
    )
}

/// `2.4 MB`; whole units as they are, and never less than there is.
fn size(bytes: u64) -> String {
    const UNITS: [(u64, &str); 2] = [(1024 * 1024, "MB"), (1024, "KB")];
    match UNITS.into_iter().find(|(unit, _)| bytes >= *unit) {
        Some((unit, name)) if bytes.is_multiple_of(unit) => format!("{} {name}", bytes / unit),
        Some((unit, name)) => {
            let tenths = (bytes * 10).div_ceil(unit);
            format!("{}.{} {name}", tenths / 10, tenths % 10)
        }
        None => format!("{bytes} bytes"),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use expect_test::{Expect, expect};

    use super::{size, too_large};
    use crate::{config::Severities, content::Library, ide::Analysis};

    /// The notices of a document, and the word that was read last.
    fn check(text: &str, expected: Expect) {
        let analysis = Analysis::new(text.into(), Arc::new(Library::default()), &Severities::default());
        let last = analysis.outline.blocks.last().map(|block| block.prose(text)).unwrap_or_default();
        let last = last.trim_end().rsplit(' ').next().unwrap_or_default();
        let mut told = analysis.notices;
        told.push(format!("last: {last}"));
        expected.assert_eq(&told.join("\n"));
    }

    #[test]
    fn sizes_are_told_in_the_unit_that_fits() {
        let told = [1, 1023, 1024, 1500, 2 * 1024 * 1024, 2 * 1024 * 1024 + 1].map(size);
        assert_eq!(told, ["1 bytes", "1023 bytes", "1 KB", "1.5 KB", "2 MB", "2.1 MB"]);
    }

    #[test]
    fn a_notice_says_what_to_do() {
        assert_eq!(
            too_large(3 * 1024 * 1024, 2 * 1024 * 1024),
            "This document is 3 MB and was not reviewed: `max-size` allows 2 MB; split it, or raise `max-size` in the settings"
        );
    }

    #[test]
    fn a_paragraph_of_more_than_a_hand_writes_is_told_by_its_line() {
        check(
            &format!("# A\n\n{}\n\nbehind\n", "word ".repeat(10_000)),
            expect![[r#"
            What stands at line 3 is longer than 40 KB, and only its beginning was reviewed: part it into paragraphs or rows
            last: behind"#]],
        );
    }

    #[test]
    fn each_reason_is_told_once() {
        let long = "word ".repeat(10_000);
        check(
            &format!("{long}\n\n- {long}\n- short\n\n```\n{long}\n```\n\n# {long}\n\nbehind\n"),
            expect![[r#"
            What stands at line 1 is longer than 40 KB, and only its beginning was reviewed, and so at 3 more places: part it into paragraphs or rows
            last: behind"#]],
        );
    }

    #[test]
    fn a_paragraph_that_a_hand_may_write_is_read_to_its_end() {
        check(&format!("{}end\n", "word ".repeat(8_000)[5_000..].to_owned()), expect!["last: end"]);
    }

    #[test]
    fn a_table_of_thousands_of_rows_is_told_and_what_stands_behind_it_is_read() {
        let rows = |count: usize| format!("| a |\n| - |\n{}\nbehind\n", "| b |\n".repeat(count));
        check(
            &rows(2_000),
            expect![[r#"
            The rest of a list, a table or a diagram was not reviewed from line 2002 on, behind 2000 entries: part it under headings, or keep it in a file of its own
            last: behind"#]],
        );
        check(&rows(1_999), expect!["last: behind"]);
    }

    #[test]
    fn items_in_items_count_for_the_list_that_they_are_in() {
        check(
            &format!("{}\nbehind\n", "- a\n  - b\n\n    c\n".repeat(700)),
            expect![[r#"
            The rest of a list, a table or a diagram was not reviewed from line 2668 on, behind 2000 entries: part it under headings, or keep it in a file of its own
            last: behind"#]],
        );
        check(&"- a\n  - b\n\n# Next\n\n".repeat(1_500), expect!["last: Next"]);
    }

    #[test]
    fn a_diagram_of_thousands_of_lines_is_told() {
        check(
            &format!("```mermaid\n{}```\n\nbehind\n", "A --> B\n".repeat(2_001)),
            expect![[r#"
            The rest of a list, a table or a diagram was not reviewed from line 2002 on, behind 2000 entries: part it under headings, or keep it in a file of its own
            last: behind"#]],
        );
        check(&format!("```mermaid\n{}```\n\nbehind\n", "A --> B\n".repeat(2_000)), expect!["last: behind"]);
    }

    #[test]
    fn a_document_of_tens_of_thousands_of_paragraphs_is_read_up_to_a_line() {
        check(
            &"a\n\n".repeat(20_500),
            expect![[r#"
            Only what stands before line 40003 was reviewed, which is 20000 headings, paragraphs, items and rows: split the document
            last: a"#]],
        );
    }

    #[test]
    fn markdown_that_unfolds_without_end_is_told() {
        check(
            &format!("|{}\n|{}\n{}", "a|".repeat(2_000), "-|".repeat(2_000), "|x\n".repeat(2_000)),
            expect![[r#"
            Only what stands before line 16 was reviewed: from there on the Markdown unfolds into far more than it says; look for tables of hundreds of columns, or for quotes and lists nested as deep
            last: x"#]],
        );
    }
}
