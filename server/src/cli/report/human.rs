//! For people: each finding with its line quoted, the place underlined, and the question underneath.

mod quote;

use std::fmt::Write;

use super::{Checked, Form, Tally, severity_name};
use crate::{
    cli::{
        console::{BLUE, BOLD, CYAN, DIM, YELLOW, visible, wrap},
        lines::Lines,
    },
    content::Severity,
    ide::Diagnostic,
};

/// Where output is no terminal, paragraphs are this wide.
const USUAL_WIDTH: usize = 80;
/// A quoted line above this many columns is shown as an excerpt, in a terminal that is wide enough.
const LONG: usize = 200;
const NARROWEST: usize = 40;

/// With styles.
#[derive(Debug, Clone)]
pub(in crate::cli) struct Human {
    /// Of the terminal, in columns, if there is one.
    pub(in crate::cli) width: Option<usize>,
}

impl Form for Human {
    type Piece = String;

    fn piece(&self, file: &Checked) -> String {
        let mut out = String::new();
        let lines = Lines::new(&file.text);
        for finding in &file.findings {
            tell(&mut out, file, &lines, finding, self.width);
        }
        out
    }

    fn join(&mut self, piece: String) -> String {
        piece
    }

    fn end(&mut self, tally: &Tally) -> String {
        let mut out = String::new();
        summary(&mut out, tally);
        out
    }
}

fn tell(out: &mut String, file: &Checked, lines: &Lines, finding: &Diagnostic, width: Option<usize>) {
    let style = match finding.severity {
        Severity::Warning => YELLOW,
        Severity::Information => BLUE,
        Severity::Hint => CYAN,
    };
    let place = lines.place_in_characters(finding.range.start);
    let severity = severity_name(finding.severity);
    let name = visible(&file.name);
    // Writing to a string cannot fail.
    _ = writeln!(out, "{BOLD}{name}:{}:{}:{BOLD:#} {style}{severity}{style:#} {BOLD}{}{BOLD:#}", place.line, place.column, finding.code);

    let gutter = place.line.to_string().len().max(4);
    let room = width.map_or(LONG, |width| LONG.min(width.saturating_sub(gutter + 3)).max(NARROWEST));
    let line = lines.line_around(finding.range.start);
    let marked = finding.range.start.min(line.end)..finding.range.end.min(line.end);
    let text = &file.text[line.clone()];
    let quote = quote::quote(text, marked.start - line.start..marked.end.max(marked.start) - line.start, room);
    _ = writeln!(out, "{DIM}{:>gutter$} │{DIM:#} {}", place.line, quote.line);
    _ = writeln!(out, "{DIM}{:>gutter$} │{DIM:#} {}{style}{}{style:#}", "", " ".repeat(quote.before), "^".repeat(quote.under));

    let indent = " ".repeat(gutter + 3);
    let room = width.unwrap_or(USUAL_WIDTH).saturating_sub(indent.len()).max(NARROWEST);
    for paragraph in finding.message.lines() {
        for line in wrap(&visible(paragraph), room) {
            _ = writeln!(out, "{indent}{line}");
        }
    }
    for line in wrap(&related(file, lines, finding), room) {
        _ = writeln!(out, "{indent}{DIM}{line}{DIM:#}");
    }
    out.push('\n');
}

/// "Also in lines 4, 18 and 20".
fn related(file: &Checked, lines: &Lines, finding: &Diagnostic) -> String {
    let here = lines.place(finding.range.start).line;
    let mut places: Vec<_> = finding.related.iter().map(|(range, _)| lines.place(range.start.min(file.text.len())).line).collect();
    places.retain(|&line| line != here);
    places.sort_unstable();
    places.dedup();
    match places.as_slice() {
        [] => String::new(),
        [line] => format!("Also in line {line}"),
        [first @ .., last] => {
            let first: Vec<_> = first.iter().map(usize::to_string).collect();
            format!("Also in lines {} and {last}", first.join(", "))
        }
    }
}

fn summary(out: &mut String, tally: &Tally) {
    let &Tally { files, designs, unread, with_findings, left_out, suppressed, inserted, .. } = tally;
    if files == 0 {
        return;
    }
    let others = files - designs - unread;
    if inserted > 0 {
        _ = writeln!(out, "{BOLD}Inserted {}{BOLD:#}; fill in their blanks to answer the questions", number(inserted, "checklist"));
    }
    let mut line = match tally.findings() {
        0 if files == unread => "Nothing was reviewed".to_owned(),
        0 if designs == 0 => {
            format!("No design in {}; `<!-- followup: design -->` in a document says that it is one", number(others, "document"))
        }
        0 => format!("No open question in {}", number(designs, "design")),
        all => {
            let parts = [(tally.warnings, "warning"), (tally.informations, "information"), (tally.hints, "hint")];
            let parts: Vec<_> = parts.iter().filter(|(count, _)| *count > 0).map(|&(count, noun)| number(count, noun)).collect();
            let parts = if parts.len() > 1 { format!("{} ({})", number(all, "finding"), parts.join(", ")) } else { parts.concat() };
            format!("{parts} in {with_findings} of {}", number(designs, "design"))
        }
    };
    if others > 0 && designs > 0 {
        _ = write!(line, "; {} {} no design", number(others, "document"), if others == 1 { "is" } else { "are" });
    }
    if unread > 0 {
        _ = write!(line, "; {} {} too large", number(unread, "document"), if unread == 1 { "is" } else { "are" });
    }
    if left_out > 0 {
        _ = write!(line, "; {left_out} left out");
    }
    if suppressed > 0 {
        _ = write!(line, "; {suppressed} silenced by comments");
    }
    _ = writeln!(out, "{BOLD}{line}{BOLD:#}");
    if inserted == 0 && tally.questions > 0 {
        _ = writeln!(out, "{DIM}`followup explain ID` tells more of a question; `--fix` inserts the checklists{DIM:#}");
    }
}

fn number(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 || noun == "information" { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::{config::Settings, content::Library, review::Status, workspace::Resolved};

    /// The report on one finding, at `[` and `]`, in a terminal that is so wide.
    fn check(text: &str, width: usize, expected: Expect) {
        let range = text.find('[').unwrap()..text.find(']').unwrap() - 1;
        let finding = Diagnostic {
            range: range.clone(),
            severity: Severity::Hint,
            status: Status::Started,
            code: "tea/lid".to_owned(),
            message: "What keeps the heat in the teapot? Name its lid, or say why none is needed.".to_owned(),
            related: vec![(range.start..range.end, "here".to_owned()), (0..0, "there".to_owned())],
            key: String::new(),
        };
        let file = Checked {
            name: "a.md".to_owned(),
            text: text.replace(['[', ']'], "").into(),
            reviewed: true,
            design: true,
            service: true,
            findings: vec![finding],
            left_out: 2,
            suppressed: 1,
            notices: Vec::new(),
            resolved: Resolved { library: Library::built_in(), settings: Settings::default(), problems: Vec::new() }.into(),
            fixed: None,
        };
        let mut form = Human { width: Some(width) };
        let report = form.piece(&file) + &form.end(&file.tally());
        expected.assert_eq(&anstream::adapter::strip_str(&report).to_string());
    }

    const TEXT: &str = "# Tea\n\nWe boil the water, we warm the cups, and then tea is kept in a [teapot] until somebody drinks it.\n";

    #[test]
    fn a_wide_terminal_shows_the_line_as_it_is() {
        check(
            TEXT,
            120,
            expect![[r#"
            a.md:3:64: hint tea/lid
               3 │ We boil the water, we warm the cups, and then tea is kept in a teapot until somebody drinks it.
                 │                                                                ^^^^^^
                   What keeps the heat in the teapot? Name its lid, or say why none is needed.
                   Also in line 1

            1 hint in 1 of 1 design; 2 left out; 1 silenced by comments
        "#]],
        );
    }

    #[test]
    fn a_narrow_terminal_shows_an_excerpt_and_wraps_the_question() {
        check(
            TEXT,
            50,
            expect![[r#"
            a.md:3:64: hint tea/lid
               3 │ …tea is kept in a teapot until somebody dr…
                 │                   ^^^^^^
                   What keeps the heat in the teapot? Name its
                   lid, or say why none is needed.
                   Also in line 1

            1 hint in 1 of 1 design; 2 left out; 1 silenced by comments
        "#]],
        );
    }

    #[test]
    fn a_place_of_several_lines_is_underlined_in_its_first() {
        check(
            "# Tea\n\nIt is [a teapot\nof iron] here.\n",
            80,
            expect![[r#"
            a.md:3:7: hint tea/lid
               3 │ It is a teapot
                 │       ^^^^^^^^
                   What keeps the heat in the teapot? Name its lid, or say why none is
                   needed.
                   Also in line 1

            1 hint in 1 of 1 design; 2 left out; 1 silenced by comments
        "#]],
        );
    }

    #[test]
    fn a_place_at_the_end_of_the_text_is_underlined_too() {
        check(
            "# Tea\n[]",
            80,
            expect![[r#"
            a.md:2:1: hint tea/lid
               2 │ 
                 │ ^
                   What keeps the heat in the teapot? Name its lid, or say why none is
                   needed.
                   Also in line 1

            1 hint in 1 of 1 design; 2 left out; 1 silenced by comments
        "#]],
        );
    }
}
