//! The terminal: its colours, its width, paragraphs that fit, and an end of output that may be closed at any time.

use std::io::{self, ErrorKind, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();
pub(super) const RED: Style = AnsiColor::Red.on_default().bold();
pub(super) const YELLOW: Style = AnsiColor::Yellow.on_default().bold();
pub(super) const BLUE: Style = AnsiColor::BrightBlue.on_default().bold();
pub(super) const CYAN: Style = AnsiColor::Cyan.on_default().bold();

/// When to write in colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless the environment says otherwise
    Auto,
    Always,
    Never,
}

/// How text is written, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// With styles, which go where no colour is wanted.
    Styled,
    /// As it is, for a machine to read.
    Plain,
    /// With styles, where it does not mix with a document on standard output.
    Aside,
}

/// Where output goes.
#[derive(Debug)]
pub(super) struct Console {
    choice: ColorChoice,
    /// Standard output takes styles.
    colors: bool,
    /// Columns of the terminal; none where output goes elsewhere.
    pub(super) width: Option<usize>,
}

impl Console {
    pub(super) fn new(color: Color) -> Self {
        let choice = match color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::AlwaysAnsi,
            Color::Never => ColorChoice::Never,
        };
        let here = if choice == ColorChoice::Auto { AutoStream::choice(&io::stdout()) } else { choice };
        Self { choice, colors: here != ColorChoice::Never, width: width() }
    }

    /// Writes text. False once nobody reads it any more.
    pub(super) fn print(&self, way: Way, text: &str) -> anyhow::Result<bool> {
        match way {
            _ if text.is_empty() => Ok(true),
            Way::Styled if self.colors => heard(AutoStream::new(io::stdout().lock(), self.choice).write_all(text.as_bytes())),
            // At once, and not piece by piece between the styles.
            Way::Styled => {
                let mut plain = AutoStream::never(Vec::with_capacity(text.len()));
                heard(plain.write_all(text.as_bytes())).and_then(|_| self.print_bytes(&plain.into_inner()))
            }
            Way::Plain => self.print_bytes(text.as_bytes()),
            Way::Aside => {
                // There is no one left to tell when even this fails.
                _ = AutoStream::new(io::stderr().lock(), self.choice).write_all(text.as_bytes());
                Ok(true)
            }
        }
    }

    /// Writes bytes as they are. False once nobody reads them any more.
    pub(super) fn print_bytes(&self, bytes: &[u8]) -> anyhow::Result<bool> {
        heard(io::stdout().lock().write_all(bytes))
    }

    /// Does standard output take styles?
    pub(super) fn has_colors(&self) -> bool {
        self.colors
    }

    /// Tells what went wrong, in one line.
    pub(super) fn error(&self, message: &str) {
        _ = self.print(Way::Aside, &format!("{RED}error:{RED:#} {}\n", visible(message)));
    }

    /// Tells what is to be known and is no mistake, in one line.
    pub(super) fn note(&self, message: &str) {
        _ = self.print(Way::Aside, &format!("{BLUE}note:{BLUE:#} {}\n", visible(message)));
    }
}

/// Text in which nothing moves the cursor, rings a bell or turns the reading direction round; a document may hold anything.
pub(super) fn visible(text: &str) -> String {
    let safe = |c: char| match c {
        '\t' => ' ',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => char::REPLACEMENT_CHARACTER,
        c if c.is_control() => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    text.chars().map(safe).collect()
}

/// A reader that has seen enough (`| head`) is no mistake.
fn heard(written: io::Result<()>) -> anyhow::Result<bool> {
    match written.and_then(|()| io::stdout().flush()) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(anyhow::Error::new(error).context("the report could not be written")),
    }
}

/// A paragraph as lines of at most so many columns; a word that is wider stands alone.
pub(super) fn wrap(text: &str, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn width() -> Option<usize> {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    io::stdout().is_terminal().then(|| terminal().or(said)).flatten().filter(|&width| width > 0)
}

#[cfg(test)]
mod tests {
    use super::{visible, wrap};

    #[test]
    fn nothing_in_a_document_steers_the_terminal() {
        assert_eq!(visible("a\tb\x1b[31mc\u{202e}d"), "a b\u{fffd}[31mc\u{fffd}d");
    }

    #[test]
    fn other_letters_stay_as_they_are() {
        assert_eq!(visible("één → 二"), "één → 二");
    }

    #[test]
    fn paragraphs_are_wrapped_between_words() {
        assert_eq!(wrap("one two  three four", 9), ["one two", "three", "four"]);
        assert_eq!(wrap("extraordinary one", 5), ["extraordinary", "one"]);
        assert!(wrap("", 5).is_empty());
    }
}
