//! Markdown as plain text, for editors and terminals that show none: the marks go, lists, tables and diagrams stay as they are written.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag};

/// `markdown` without its marks. Never fails.
pub fn plain(markdown: &str) -> String {
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    for (event, range) in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH).into_offset_iter() {
        let source = &markdown[range.clone()];
        let mut cut_ends = |start: usize, end: usize| {
            changes.push((range.start..range.start + start, String::new()));
            changes.push((range.end - end..range.end, String::new()));
        };
        match event {
            Event::Start(Tag::Strong) => cut_ends(2, 2),
            Event::Start(Tag::Strikethrough) if source.starts_with("~~") => cut_ends(2, 2),
            Event::Start(Tag::Strikethrough) => cut_ends(1, 1),
            Event::Start(Tag::Emphasis) => cut_ends(1, 1),
            Event::Start(Tag::Heading { .. }) => cut_ends(source.len() - source.trim_start_matches('#').trim_start().len(), 0),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
                let (opening, closing) = fences(source);
                cut_ends(opening, closing);
            }
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let end = link_end(source, link_type);
                cut_ends(1, 0);
                changes.push((range.start + end..range.end, address(source, &dest_url)));
            }
            Event::Html(_) | Event::InlineHtml(_) => cut_ends(source.len(), 0),
            // Entities and escapes are spelt out.
            Event::Code(text) | Event::Text(text) if *text != *source => changes.push((range, text.into_string())),
            _ => {}
        }
    }
    changes.sort_by_key(|(range, _)| (range.start, range.end));
    let (mut out, mut at) = (String::with_capacity(markdown.len()), 0);
    for (range, text) in changes.into_iter().filter(|(range, text)| !range.is_empty() || !text.is_empty()) {
        // What lies within something that is already gone goes with it.
        if range.start >= at {
            out.push_str(&markdown[at..range.start]);
            out.push_str(&text);
            at = range.end;
        }
    }
    out.push_str(&markdown[at..]);
    out
}

/// The length of the opening fence with its line end, and of the closing one with the line end before it, where there is one.
fn fences(source: &str) -> (usize, usize) {
    let opening = source.find('\n').map_or(source.len(), |end| end + 1);
    let rest = source[opening..].trim_end();
    let last = rest.rfind('\n').unwrap_or(0);
    let closes = rest[last..].trim_start().starts_with(['`', '~']);
    (opening, if closes { source.len() - opening - last } else { 0 })
}

/// Where the text of a link ends.
fn link_end(source: &str, kind: LinkType) -> usize {
    let mark = match kind {
        LinkType::Inline => "](",
        LinkType::Reference | LinkType::ReferenceUnknown => "][",
        LinkType::Autolink | LinkType::Email => ">",
        _ => "]",
    };
    source.rfind(mark).unwrap_or(source.len())
}

/// What stands in place of a link's target: its address where that tells something that the text does not.
fn address(source: &str, target: &str) -> String {
    let elsewhere = target.starts_with("http") && !source[1..].starts_with(target);
    if elsewhere { format!(" ({target})") } else { String::new() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::plain;

    #[test]
    fn marks_go() {
        assert_eq!(
            plain("# The *cache*\n\nIt is **fast** and `GET`s, ~~once~~ &amp; again.\n"),
            "The cache\n\nIt is fast and GETs, once & again.\n"
        );
    }

    #[test]
    fn links_keep_their_text_and_addresses_that_lead_out() {
        assert_eq!(plain("[here](https://a.org/b) and [line 4](#L4), <https://c.org>"), "here (https://a.org/b) and line 4, https://c.org");
    }

    #[test]
    fn marks_within_marks_go_too() {
        assert_eq!(plain("**[*deep*](#L1)** end"), "deep end");
    }

    #[test]
    fn lists_tables_and_diagrams_stay() {
        let list = "- one\n  - two\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n";
        assert_eq!(plain(list), list);
        assert_eq!(plain("x\n\n```text\na --> **b**\n```\n\ny\n"), "x\n\na --> **b**\n\ny\n");
        assert_eq!(plain("```\nopen\n"), "open\n");
        assert_eq!(plain("```"), "");
    }

    proptest! {
        #[test]
        fn no_markdown_makes_it_fail(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..30)) {
            plain(&pieces.concat());
        }
    }

    const PIECES: [&str; 24] = [
        "*",
        "**",
        "_",
        "~",
        "~~",
        "`",
        "```\n",
        "~~~",
        "\n",
        "\r\n",
        "# ",
        "é",
        "😀",
        "[",
        "](",
        ")",
        "]",
        "<b>",
        "<!--",
        "https://a.b",
        "&amp;",
        "\\",
        "| a |\n|---|\n",
        "> - ",
    ];

    #[test]
    fn plain_text_stays_as_it_is() {
        for text in ["", "a * b * c, 5*2", "x_y_z", "\u{feff}é 😀\r\n"] {
            assert_eq!(plain(text), text);
        }
    }
}
