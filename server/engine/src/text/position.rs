//! Lines and columns: the only place that knows how an editor counts the units of a column.

use super::Text;

/// The unit in which an editor counts columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    Utf8,
    /// What the protocol means where nothing else was agreed.
    #[default]
    Utf16,
    Utf32,
}

/// A place in a text. Both count from 0; the column in units of an [`Encoding`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

impl Encoding {
    pub const ALL: [Self; 3] = [Self::Utf8, Self::Utf16, Self::Utf32];

    /// The name that the protocol gives it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
            Self::Utf32 => "utf-32",
        }
    }

    /// The encoding to use with an editor that knows `offered`, best first: UTF-8 wherever it can be had, since the text is kept in it.
    pub fn choose<'a>(offered: impl IntoIterator<Item = &'a str>) -> Self {
        let known: Vec<Self> = offered.into_iter().filter_map(|name| Self::ALL.into_iter().find(|known| known.name() == name)).collect();
        if known.contains(&Self::Utf8) { Self::Utf8 } else { known.first().copied().unwrap_or_default() }
    }
}

impl Text {
    /// The byte offset of `position`.
    ///
    /// A column past the end of its line means the end of that line, before its line end; a line past the last means the end of the text; a
    /// column inside a character (half a surrogate pair) means that character's start.
    pub fn offset(&self, position: Position, encoding: Encoding) -> usize {
        let range = self.line(position.line);
        let line = self.rope.byte_slice(range.clone());
        let char = match encoding {
            Encoding::Utf8 => line.byte_to_char(position.column.min(line.len_bytes())),
            Encoding::Utf16 => line.utf16_cu_to_char(position.column.min(line.len_utf16_cu())),
            Encoding::Utf32 => position.column.min(line.len_chars()),
        };
        range.start + line.char_to_byte(char)
    }

    /// The position of byte `offset`.
    ///
    /// An offset past the end means the end of the text, one inside a character that character's start, one inside a line end the end of that
    /// line.
    pub fn position(&self, offset: usize, encoding: Encoding) -> Position {
        let line = self.rope.byte_to_line(offset.min(self.len()));
        let range = self.line(line);
        let content = self.rope.byte_slice(range.clone());
        let char = content.byte_to_char(offset.min(range.end) - range.start);
        let column = match encoding {
            Encoding::Utf8 => content.char_to_byte(char),
            Encoding::Utf16 => content.char_to_utf16_cu(char),
            Encoding::Utf32 => char,
        };
        Position { line, column }
    }
}
