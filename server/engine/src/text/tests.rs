//! The rope against a plain string that does everything the slow and obvious way.

use proptest::prelude::*;

use super::{Encoding, Position, Text};

/// The columns of `offset` in `text`, in all three encodings.
fn columns(text: &str, offset: usize) -> [usize; 3] {
    let text = Text::new(text);
    Encoding::ALL.map(|encoding| text.position(offset, encoding).column)
}

fn offset(text: &str, line: usize, column: usize, encoding: Encoding) -> usize {
    Text::new(text).offset(Position { line, column }, encoding)
}

#[test]
fn an_emoji_is_four_bytes_two_units_one_character() {
    assert_eq!(columns("a😀b", 5), [5, 3, 2]);
}

#[test]
fn a_combining_mark_is_a_character_of_its_own() {
    assert_eq!(columns("e\u{301}x", 3), [3, 2, 2]);
}

#[test]
fn half_a_surrogate_pair_means_its_start() {
    assert_eq!(offset("a😀b", 0, 2, Encoding::Utf16), 1);
    assert_eq!(offset("a😀b", 0, 3, Encoding::Utf8), 1);
}

#[test]
fn a_column_past_the_end_stays_on_its_line() {
    for encoding in Encoding::ALL {
        assert_eq!(offset("ab\r\ncd\n", 0, 99, encoding), 2);
        assert_eq!(offset("ab\r\ncd\n", 1, 99, encoding), 6);
        assert_eq!(offset("ab\r\ncd\n", 7, 0, encoding), 7);
    }
}

#[test]
fn only_cr_lf_and_crlf_end_a_line() {
    assert_eq!(Text::new("a\rb\nc\r\nd").lines(), 4);
    assert_eq!(Text::new("a\u{b}b\u{c}c\u{85}d\u{2028}e\u{2029}f").lines(), 1);
}

#[test]
fn an_offset_inside_a_line_end_is_the_end_of_the_line() {
    assert_eq!(columns("ab\r\n", 3), [2, 2, 2]);
}

#[test]
fn a_backward_or_overlong_edit_is_taken_as_it_must_be_meant() {
    let mut text = Text::new("abcdef");
    #[expect(clippy::reversed_empty_ranges, reason = "an editor may send one")]
    text.replace(4..2, "-");
    assert_eq!(text.to_string(), "ab-ef");
    text.replace(4..99, "");
    assert_eq!(text.to_string(), "ab-e");
}

#[test]
fn utf_8_is_chosen_wherever_it_is_offered() {
    assert_eq!(Encoding::choose(["utf-16", "utf-8"]), Encoding::Utf8);
    assert_eq!(Encoding::choose(["utf-32", "utf-16"]), Encoding::Utf32);
    assert_eq!(Encoding::choose(["utf-7"]), Encoding::Utf16);
    assert_eq!(Encoding::choose([]), Encoding::Utf16);
}

/// A plain string, read from its start for every question.
struct Model(String);

impl Model {
    /// Each line's start and content, line ends left out.
    fn lines(&self) -> Vec<(usize, &str)> {
        let (mut lines, mut start, mut at) = (Vec::new(), 0, 0);
        while let Some(found) = self.0[at..].find(['\r', '\n']) {
            let end = at + found;
            at = end + if self.0[end..].starts_with("\r\n") { 2 } else { 1 };
            lines.push((start, &self.0[start..end]));
            start = at;
        }
        lines.push((start, &self.0[start..]));
        lines
    }

    fn offset(&self, position: Position, encoding: Encoding) -> usize {
        let Some(&(start, line)) = self.lines().get(position.line) else { return self.0.len() };
        let mut column = 0;
        for (at, char) in line.char_indices() {
            column += width(char, encoding);
            if column > position.column {
                return start + at;
            }
        }
        start + line.len()
    }

    fn position(&self, offset: usize, encoding: Encoding) -> Position {
        let lines = self.lines();
        let line = lines.iter().rposition(|(start, _)| *start <= offset).unwrap_or(0);
        let (start, content) = lines[line];
        let before = content.char_indices().filter(|(at, char)| start + at + char.len_utf8() <= offset);
        Position { line, column: before.map(|(_, char)| width(char, encoding)).sum() }
    }
}

fn width(char: char, encoding: Encoding) -> usize {
    match encoding {
        Encoding::Utf8 => char.len_utf8(),
        Encoding::Utf16 => char.len_utf16(),
        Encoding::Utf32 => 1,
    }
}

/// Text rich in what goes wrong: line ends of all kinds, lone halves of CRLF, wide characters, marks, characters that only look like line ends.
fn tricky() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec!["a", "é", "€", "😀", "e\u{301}", "\r", "\n", "\r\n", "\u{2028}", "\u{85}", "\u{feff}", "word "]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_edits_in_any_encoding_equal_a_plain_string(
        start in tricky(),
        edits in prop::collection::vec(((0..12usize, 0..20usize), (0..12usize, 0..20usize), tricky(), 0..3usize), 1..12),
    ) {
        let (mut text, mut model) = (Text::new(&start), Model(start));
        for ((line, column), (end_line, end_column), new, encoding) in edits {
            let encoding = Encoding::ALL[encoding];
            let (from, to) = (Position { line, column }, Position { line: end_line, column: end_column });
            let (from, to) = if from <= to { (from, to) } else { (to, from) };
            let range = model.offset(from, encoding)..model.offset(to, encoding);
            prop_assert_eq!(text.offset(from, encoding)..text.offset(to, encoding), range.clone());
            text.replace(range.clone(), &new);
            model.0.replace_range(range, &new);
            prop_assert_eq!(text.to_string(), model.0.clone());
        }
        for offset in 0..=model.0.len() {
            for encoding in Encoding::ALL {
                prop_assert_eq!(text.position(offset, encoding), model.position(offset, encoding), "at {}", offset);
            }
        }
    }
}
