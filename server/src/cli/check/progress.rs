//! How far a long check is: one line at the foot of a terminal, taken away before anything else is written.

use std::{
    io::{self, IsTerminal, Write},
    time::{Duration, Instant},
};

use crate::cli::report::Tally;

/// A check that is over sooner shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);
/// A line that changes more often cannot be read.
const PAUSE: Duration = Duration::from_millis(100);

pub(super) struct Progress<W = io::Stderr> {
    terminal: Option<W>,
    /// When it may be drawn again.
    next: Instant,
    /// Columns of what stands there now.
    shown: usize,
}

impl Progress {
    /// Draws on standard error, and only where that is a terminal.
    pub(super) fn new() -> Self {
        let dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
        Self::on(Some(io::stderr()).filter(|terminal| terminal.is_terminal() && !dumb))
    }
}

impl<W: Write> Progress<W> {
    fn on(terminal: Option<W>) -> Self {
        Self { terminal, next: Instant::now() + PATIENCE, shown: 0 }
    }

    /// Tells what was done up to now, where it is time for that.
    pub(super) fn show(&mut self, tally: &Tally) {
        let now = Instant::now();
        if now >= self.next && self.terminal.is_some() {
            self.next = now + PAUSE;
            self.draw(&line(tally));
        }
    }

    /// Gives the line back.
    pub(super) fn hide(&mut self) {
        if self.shown > 0 {
            self.draw("");
        }
    }

    fn draw(&mut self, line: &str) {
        let Some(terminal) = &mut self.terminal else { return };
        let columns = line.chars().count();
        let blank = " ".repeat(self.shown);
        // It is no loss where the terminal is gone.
        _ = write!(terminal, "\r{blank}\r{line}").and_then(|()| terminal.flush());
        self.shown = columns;
    }
}

/// Short enough for any terminal: a line that wraps cannot be taken away.
fn line(tally: &Tally) -> String {
    format!("{} documents, {} designs, {} findings …", tally.files, tally.designs, tally.findings())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(files: usize) -> Tally {
        Tally { files, designs: 2, warnings: 3, hints: 1, ..Tally::default() }
    }

    fn shown(progress: &mut Progress<Vec<u8>>) -> String {
        String::from_utf8(std::mem::take(progress.terminal.as_mut().unwrap())).unwrap()
    }

    #[test]
    fn a_check_that_is_over_soon_shows_nothing() {
        let mut progress = Progress::on(Some(Vec::new()));
        progress.next += Duration::from_secs(3600);
        progress.show(&tally(1));
        progress.hide();
        assert_eq!(shown(&mut progress), "");
    }

    #[test]
    fn the_line_is_overwritten_and_taken_away() {
        let mut progress = Progress::on(Some(Vec::new()));
        progress.next = Instant::now();
        progress.show(&tally(10));
        let line = "10 documents, 2 designs, 4 findings …";
        assert_eq!(shown(&mut progress), format!("\r\r{line}"));
        // Not again at once.
        progress.next += Duration::from_secs(3600);
        progress.show(&tally(11));
        assert_eq!(shown(&mut progress), "");
        progress.hide();
        assert_eq!(shown(&mut progress), format!("\r{}\r", " ".repeat(line.chars().count())));
        progress.hide();
        assert_eq!(shown(&mut progress), "");
    }

    #[test]
    fn nothing_is_shown_where_there_is_no_terminal() {
        let mut progress = Progress::<Vec<u8>>::on(None);
        progress.next = Instant::now();
        progress.show(&tally(10));
        assert_eq!(progress.shown, 0);
    }
}
