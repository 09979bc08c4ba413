//! Any edits, as bytes or as an editor says them, leave the text that a plain string has.

use followup::text::{Encoding, Position, Text};

use crate::{pieces::PIECES, plain_text::PlainText};

/// An edit is so many bytes: two places, and what to put there.
const EDIT: usize = 6;

/// The bytes up to the first `\xff` are the document, those behind it the edits.
pub(crate) fn check(bytes: &[u8]) {
    let end = bytes.iter().position(|byte| *byte == 0xff).unwrap_or(bytes.len());
    let mut plain = PlainText(String::from_utf8_lossy(&bytes[..end]).into_owned());
    let mut text = Text::new(&plain.0);
    for edit in bytes[end..].get(1..).unwrap_or_default().chunks_exact(EDIT) {
        let &[line, column, end_line, end_column, piece, how] = edit else { continue };
        let new = PIECES[usize::from(piece) % PIECES.len()];
        let place = |line: u8, column: u8| Position { line: line.into(), column: column.into() };
        let encoding = Encoding::ALL[usize::from(how) % 3];
        let range = if how < 128 {
            let places = [place(line, column), place(end_line, end_column)];
            let [start, end] = places.map(|place| plain.offset(place, encoding));
            assert_eq!(places.map(|place| text.offset(place, encoding)), [start, end], "{text:?}");
            start.min(end)..start.max(end)
        } else {
            let [start, end] = [[line, column], [end_line, end_column]].map(u16::from_le_bytes).map(usize::from);
            let within = |offset: usize| plain.0.floor_char_boundary(offset.min(plain.0.len()));
            within(start.min(end))..within(start.max(end))
        };
        text.replace(range.clone(), new);
        plain.0.replace_range(range, new);
        assert_eq!(text.to_string(), plain.0);
        assert_eq!(text, Text::new(&plain.0));
        for encoding in Encoding::ALL {
            let position = plain.position(usize::from(column), encoding);
            assert_eq!(text.position(usize::from(column), encoding), position, "{text:?}");
        }
    }
}
