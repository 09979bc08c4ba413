//! Takes out of Markdown what an editor would run or fetch: links that are no web page, raw HTML and pictures.
//!
//! What a hover shows comes from files and documents that anybody may have written. No list of what is bad is ever whole, so this is one of what
//! may stay.

use std::ops::Range;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// What would end a link's target, or the link, before its end.
const MARKUP: &AsciiSet =
    &CONTROLS.add(b' ').add(b'(').add(b')').add(b'<').add(b'>').add(b'[').add(b']').add(b'\\').add(b'`').add(b'"').add(b'\'').add(b'&');

/// `markdown` with links to web pages, to places on the page itself, and to lines of the document at `address`; of others the text stays.
pub fn harmless(markdown: String, address: Option<&str>) -> String {
    let Some(mended) = mend(&markdown, address) else { return markdown };
    // What was taken away may have held apart what together is a link again; whoever writes that gets plain text.
    if mend(&mended, address).is_some() { escape(&markdown) } else { mended }
}

/// The target of a link to line `number`, counted from 1, of the document at `address`.
pub(super) fn line_of(address: &str, number: usize) -> String {
    format!("{}#L{number}", utf8_percent_encode(address, MARKUP))
}

/// `markdown` without what does harm; none where nothing does.
fn mend(markdown: &str, address: Option<&str>) -> Option<String> {
    let mut gone: Vec<Range<usize>> = Vec::new();
    // The links and pictures that are open and go, with what stands in them.
    let mut open: Vec<(Range<usize>, Option<Range<usize>>)> = Vec::new();
    let mut kept_links = Vec::new();
    for (event, range) in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH).into_offset_iter() {
        let is_end = matches!(event, Event::End(_));
        if let Some((_, inner)) = open.last_mut().filter(|_| !is_end) {
            let whole = inner.get_or_insert(range.clone());
            whole.end = whole.end.max(range.end);
        }
        match event {
            Event::Html(_) | Event::InlineHtml(_) => gone.push(range),
            Event::Start(Tag::Image { .. }) => open.push((range, None)),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let keeps = is_page(&dest_url, address);
                kept_links.push(keeps);
                if !keeps {
                    open.push((range, None));
                }
            }
            Event::End(TagEnd::Image) => close(&mut open, &mut gone),
            Event::End(TagEnd::Link) if kept_links.pop() == Some(false) => close(&mut open, &mut gone),
            _ => {}
        }
    }
    if gone.is_empty() {
        return None;
    }
    gone.sort_by_key(|range| range.start);
    let (mut mended, mut at) = (String::with_capacity(markdown.len()), 0);
    for range in gone {
        if range.start >= at {
            mended.push_str(&markdown[at..range.start]);
        }
        at = at.max(range.end);
    }
    mended.push_str(&markdown[at..]);
    Some(mended)
}

/// All of a link or a picture goes but what stands in it.
fn close(open: &mut Vec<(Range<usize>, Option<Range<usize>>)>, gone: &mut Vec<Range<usize>>) {
    let Some((whole, inner)) = open.pop() else { return };
    match inner {
        Some(inner) => gone.extend([whole.start..inner.start, inner.end..whole.end]),
        None => gone.push(whole),
    }
}

/// Does a link lead to a web page, along this page, or to a line of the document?
fn is_page(target: &str, address: Option<&str>) -> bool {
    let has_scheme = |scheme: &str| target.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    let is_line = |address: &str| {
        let number = target.strip_prefix(&utf8_percent_encode(address, MARKUP).to_string()).and_then(|rest| rest.strip_prefix("#L"));
        number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    has_scheme("https://") || has_scheme("http://") || target.starts_with('#') || address.is_some_and(is_line)
}

/// `text` in Markdown that means nothing but itself.
fn escape(text: &str) -> String {
    text.chars().flat_map(|c| c.is_ascii_punctuation().then_some('\\').into_iter().chain([c])).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        content::Library,
        ide::{explain_concept, explain_question},
    };

    const ADDRESS: &str = "file:///a (b)/c.md";

    fn check(markdown: &str, expected: &str) {
        assert_eq!(harmless(markdown.to_owned(), Some(ADDRESS)), expected);
    }

    fn stays(markdown: &str) {
        check(markdown, markdown);
    }

    #[test]
    fn links_to_pages_stay() {
        stays("[a](https://a.org/b) and <http://c.org>, [here](#part), [b][b]\n\n[b]: HTTPS://b.org\n");
        stays(&format!("[line 4]({})", line_of(ADDRESS, 4)));
    }

    #[test]
    fn links_to_anything_else_are_their_text() {
        check("[run](command:a.b?%5B1%5D) it", "run it");
        check("[**run** `it`](<command:a b>)", "**run** `it`");
        check("<command:a.b>", "command:a.b");
        check("[a](COMMAND:a) [b](&#99;ommand:a) [c](vscode://x/y) [d](//host/x) [e](data:text/html,x)", "a b c d e");
        check("[a][x] and [x]\n\n[x]: javascript:alert(1)\n", "a and x\n\n[x]: javascript:alert(1)\n");
        check("[other](file:///etc/passwd) [more](file:///a%20%28b%29/c.md#L1?command:x)", "other more");
        check("[](command:a)!", "!");
    }

    #[test]
    fn html_and_pictures_go() {
        check("a <b onclick=\"x\">b</b> <!-- c -->d", "a b d");
        check("<script>\nalert(1)\n</script>\n\nb\n", "\nb\n");
        check("![seen](https://a.org/pixel.png) [![b](c)](https://d.org)", "seen [b](https://d.org)");
    }

    #[test]
    fn what_would_come_together_to_a_link_is_plain_text() {
        check("[[a](command:1)](command:2)", r"\[\[a\]\(command\:1\)\]\(command\:2\)");
        check("[a](<b></b>command:x)", r"\[a\]\(\<b\>\<\/b\>command\:x\)");
    }

    #[test]
    fn code_stays_as_it_is() {
        stays("`[a](command:b)` and `<b>`\n\n```html\n<script>\n```\n\n    <b>\n");
    }

    #[test]
    fn our_own_pages_stay_as_they_are() {
        let library = Library::built_in();
        let concepts = library.concepts.iter().map(|concept| explain_concept(&library, concept));
        for page in concepts.chain(library.questions.iter().map(|question| explain_question(&library, question))) {
            assert_eq!(mend(&page, None), None, "{page}");
        }
    }

    proptest! {
        #[test]
        fn nothing_that_does_harm_is_left(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..40)) {
            let markdown = harmless(pieces.concat(), None);
            prop_assert_eq!(mend(&markdown, None), None, "{}", markdown);
        }
    }

    const PIECES: [&str; 32] = [
        "[",
        "]",
        "](",
        ")",
        "(",
        "!",
        "<",
        ">",
        "command:x",
        "https://a.b",
        "`",
        "```\n",
        "\n",
        "\n\n",
        "    ",
        "\\",
        "[x]: command:y\n",
        "[x]",
        "<b ",
        "</b>",
        "<!--",
        "-->",
        "<script>",
        "\"",
        "*",
        "_",
        "| a |\n|---|\n",
        "> ",
        "- ",
        "&#99;",
        "é",
        "#L1",
    ];
}
