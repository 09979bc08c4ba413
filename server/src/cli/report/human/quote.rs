//! A line of a document with a range underlined, as an excerpt where it is long.

use std::ops::Range;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::cli::console::visible;

/// A quoted line and where to underline it, in terminal columns.
#[derive(Debug)]
pub(super) struct Quote {
    pub(super) line: String,
    pub(super) before: usize,
    /// At least one.
    pub(super) under: usize,
}

/// `line` with the bytes of `marked` underlined. What is wider than `room` is cut to the surroundings of the marked place.
pub(super) fn quote(line: &str, marked: Range<usize>, room: usize) -> Quote {
    let [start, end] = [marked.start, marked.end].map(|at| line.floor_char_boundary(at));
    let [before, inside, after] = [&line[..start], &line[start..end], &line[end..]].map(visible);
    if [&before, &inside, &after].map(|part| part.width()).iter().sum::<usize>() <= room {
        return Quote { before: before.width(), under: inside.width().max(1), line: before + &inside + &after };
    }
    // A third of the room for what precedes, or more where nothing much follows; one column for each ellipsis.
    let room = room.saturating_sub(2);
    let inside_width = inside.width().min(room * 2 / 3);
    let before_width = before.width().min((room - inside_width).saturating_sub(after.width()).max((room - inside_width) / 2));
    let before = tail(&before, before_width);
    let rest = head(&(inside.clone() + &after), room - before.width());
    let cut = rest.width() < inside.width() + after.width();
    let opening = if start > 0 && before.len() < visible(&line[..start]).len() { "…" } else { "" };
    Quote {
        before: opening.width() + before.width(),
        under: inside.width().min(rest.width()).max(1),
        line: format!("{opening}{before}{rest}{}", if cut { "…" } else { "" }),
    }
}

/// The beginning of `text` that fits into so many columns.
fn head(text: &str, room: usize) -> String {
    let mut used = 0;
    let fits = |c: &char| {
        used += c.width().unwrap_or(0);
        used <= room
    };
    text.chars().take_while(fits).collect()
}

/// The end of `text` that fits into so many columns.
fn tail(text: &str, room: usize) -> String {
    let reversed: String = text.chars().rev().collect();
    head(&reversed, room).chars().rev().collect()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    /// `[` and `]` mark the place.
    fn check(line: &str, room: usize, expected: Expect) {
        let start = line.find('[').unwrap();
        let end = line.find(']').unwrap() - 1;
        let quote = quote(&line.replace(['[', ']'], ""), start..end, room);
        assert!(quote.line.width() <= room, "{} columns", quote.line.width());
        expected.assert_eq(&format!("{}\n{}{}\n", quote.line, " ".repeat(quote.before), "^".repeat(quote.under)));
    }

    #[test]
    fn a_line_that_fits_is_quoted_as_it_is() {
        check(
            "Profiles are read through [Redis].",
            80,
            expect![[r#"
            Profiles are read through Redis.
                                      ^^^^^
        "#]],
        );
        check(
            "[]",
            80,
            expect![[r#"

            ^
        "#]],
        );
    }

    #[test]
    fn wide_letters_and_tabs_are_underlined_where_they_stand() {
        check(
            "数据\tin [缓存] now",
            80,
            expect![[r#"
            数据 in 缓存 now
                    ^^^^
        "#]],
        );
    }

    #[test]
    fn a_long_line_is_cut_round_the_place() {
        let line = "one two three four five six seven [eight] nine ten eleven twelve thirteen fourteen";
        check(
            line,
            40,
            expect![[r#"
            … five six seven eight nine ten eleven …
                             ^^^^^
        "#]],
        );
        check(
            "[one] two three four five six seven eight nine ten eleven",
            40,
            expect![[r#"
            one two three four five six seven eigh…
            ^^^
        "#]],
        );
        check(
            "one two three four five six seven eight nine ten [eleven]",
            40,
            expect![[r#"
            …r five six seven eight nine ten eleven
                                             ^^^^^^
        "#]],
        );
        check(
            "one two three four five six seven eight nine ten []",
            40,
            expect![[r#"
            …ee four five six seven eight nine ten 
                                                   ^
        "#]],
        );
    }

    #[test]
    fn a_long_place_is_underlined_as_far_as_it_is_shown() {
        check(
            "one [two three four five six seven eight nine ten eleven twelve] thirteen",
            40,
            expect![[r#"
            one two three four five six seven eigh…
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        "#]],
        );
    }
}
