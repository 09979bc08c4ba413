//! Which parts of a stretch are worth a parse: a number with what may belong to the notation it stands in, and no more of the prose around it.

use std::ops::Range;

use tree_sitter_designdoc::{LONGEST_RUN, MODULO};

/// A number, its magnitude, its unit and three words of what it counts.
const WORDS: u8 = 4;
/// No word on the way to a notation's beginning is longer.
const LONGEST_WORD: usize = 64;
/// So many signs and blanks may stand before what an operator joins.
const NEAR: usize = 6;
/// They end what is counted, and stand behind a number often. The grammar knows more: a window may be longer than it must be.
const ENDS: [&str; 26] = [
    "and", "or", "the", "in", "on", "is", "are", "for", "with", "we", "at", "from", "that", "as", "by", "if", "it", "but", "can", "will",
    "then", "after", "when", "which", "so", "not",
];

/// The places of bytes that tell of a notation, in order: where digits begin, `%`, `+`, and `mod`.
pub(super) fn marks(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut marks = Vec::new();
    for start in (0..bytes.len()).step_by(BLOCK) {
        // Most blocks have none, and a test without branches is of many bytes at once.
        let none = bytes[start..].first_chunk::<{ BLOCK + 2 }>().is_some_and(|block| {
            !(0..BLOCK)
                .fold(false, |any, at| any | is_sign(block[at]) | ((block[at] == b'm') & (block[at + 1] == b'o') & (block[at + 2] == b'd')))
        });
        if !none {
            marks.extend((start..bytes.len().min(start + BLOCK)).filter(|at| is_mark(bytes, *at)));
        }
    }
    marks
}

/// So many bytes at once.
const BLOCK: usize = 32;

fn is_sign(byte: u8) -> bool {
    byte.is_ascii_digit() | (byte == b'%') | (byte == b'+')
}

fn is_mark(bytes: &[u8], at: usize) -> bool {
    match bytes[at] {
        b'%' => true,
        b'0'..=b'9' => at == 0 || !is_word(bytes, at - 1) && bytes[at - 1] != b'#' || begins_number(bytes, at),
        // `R + W > N`
        b'+' => bytes[at..].iter().take(LONGEST_WORD).any(|byte| matches!(byte, b'<' | b'>' | 0x80..)),
        b'm' => bytes[at..].starts_with(MODULO.as_bytes()) && !is_word(bytes, at.wrapping_sub(1)) && !is_word(bytes, at + 3),
        _ => false,
    }
}

/// Numbers in a word or behind `#` are names, except for those of percentiles, and in `_5 s_`.
fn begins_number(bytes: &[u8], at: usize) -> bool {
    let start = (0..at).rev().take(LONGEST_WORD).take_while(|at| is_word(bytes, *at)).last().unwrap_or(at);
    let start = start + bytes[start..at].iter().take_while(|byte| **byte == b'_').count();
    let percentile = start + 1 == at && matches!(bytes[start], b'p' | b'P');
    (start == at || percentile) && (start == 0 || bytes[start - 1] != b'#')
}

fn is_word(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
}

/// The windows of `text` around its `marks`, in order, none longer than the grammar takes at once. They do not overlap, and hold every mark.
pub(super) fn windows(text: &str, marks: impl Iterator<Item = usize>) -> Vec<Range<usize>> {
    let mut windows: Vec<Range<usize>> = Vec::new();
    let mut floor = 0;
    for at in marks {
        if at >= floor {
            let start = assigned(text, back(text, at, floor), floor);
            floor = forth(text, start, at);
            part(text, start..floor, &mut windows);
        }
    }
    windows
}

/// The window, in parts where it is too long.
fn part(text: &str, mut window: Range<usize>, windows: &mut Vec<Range<usize>>) {
    while window.len() > LONGEST_RUN {
        let most = text.floor_char_boundary(window.start + LONGEST_RUN);
        let piece = &text[window.start..most];
        // At the last comma or semicolon, else between words, else anywhere.
        let cut = piece
            .rfind([';', ',', '\n'])
            .filter(|at| *at > 0)
            .or_else(|| piece.rfind(' ').filter(|at| *at > 0))
            .map_or(most, |at| window.start + at);
        windows.push(window.start..cut);
        window.start = cut;
    }
    if !window.is_empty() {
        windows.push(window);
    }
}

/// Where the notation may begin that has a sign at `at`: with its own word, with what an operator before it joins, or with one word that may
/// say that it is none, as in "step 3".
fn back(text: &str, at: usize, floor: usize) -> usize {
    let mut start = word_start(text, at, floor);
    let mut joined = text[start..at].starts_with(is_operator) || !text[at..].starts_with(|c: char| c.is_ascii_digit());
    loop {
        let before = text[floor..start].trim_end_matches(is_blank);
        let Some(last) = before.chars().next_back() else { return start };
        let end = floor + before.len();
        let next = match last {
            ')' => match before.rfind('(') {
                Some(open) if end - open - floor < LONGEST_WORD => word_start(text, floor + open, floor),
                _ => return start,
            },
            _ => word_start(text, end, floor),
        };
        let word = &text[next..end];
        let links = word.contains(is_operator) && !word.contains(char::is_alphanumeric) || matches!(word, "of" | "to" | MODULO);
        let sentence = word.ends_with(['.', '!', '?', ';', ',']) && word.len() > 5;
        if next == end || sentence || !joined && start != at && !links && last == ')' {
            return start;
        }
        start = next;
        if !links && !word.starts_with(is_operator) {
            return start;
        }
        joined = true;
    }
}

/// The beginning of what is set before `start` in the same breath: `R = N, W = 1`.
fn assigned(text: &str, start: usize, floor: usize) -> usize {
    let value = text[floor..start].trim_end_matches([' ', ',']);
    let before = value.trim_end_matches(|c: char| c.is_alphanumeric()).trim_end();
    match before.strip_suffix('=').map(str::trim_end) {
        Some(name) if value.len() > before.len() && name.ends_with(|c: char| c.is_ascii_uppercase()) => {
            word_start(text, floor + name.len(), floor)
        }
        _ => start,
    }
}

/// Where the word begins that ends at `end`, and what is glued to it.
fn word_start(text: &str, end: usize, floor: usize) -> usize {
    let least = text.ceil_char_boundary(floor.max(end.saturating_sub(LONGEST_WORD)));
    text[least..end].char_indices().rev().find(|(_, c)| is_blank(*c)).map_or(least, |(at, c)| least + at + c.len_utf8())
}

/// Where the last notation ends that may begin between `start` and `at`.
fn forth(text: &str, start: usize, at: usize) -> usize {
    // Words that may follow yet, and parentheses that are open.
    let (mut words, mut open, mut worked) =
        (WORDS, text[start..at].matches('(').count().saturating_sub(text[start..at].matches(')').count()), false);
    let mut end = at;
    loop {
        let rest = &text[end..];
        let Some(c) = rest.chars().next() else { return end };
        let after = &rest[c.len_utf8()..];
        if c.is_ascii_digit() {
            words = WORDS + 1;
            end += number(rest);
        } else if c.is_alphanumeric() || c == '_' {
            let length = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
            let word = &rest[..length];
            match word {
                "per" | "a" | "an" | "each" | "every" | "to" | "of" | MODULO => words = words.max(2),
                _ if words == 0 || ENDS.contains(&word) => return end,
                _ => {}
            }
            words -= 1;
            end += length;
        } else if is_blank(c) {
            // Blanks are of the window only if something follows.
            let word = rest.trim_start_matches(is_blank);
            let goes_on = word.starts_with(|c: char| {
                c.is_ascii_digit() || is_operator(c) || (c.is_alphanumeric() || c == '_') && words > 0 || c == '(' && worked
            });
            let links = ["per", "a ", "an ", "each", "every", "to ", MODULO].iter().any(|link| word.starts_with(link));
            if !goes_on && !links {
                return end;
            }
            end += rest.len() - word.len();
        } else if c == '(' && (is_word(text.as_bytes(), end.wrapping_sub(1)) || worked) {
            (open, words) = (open + 1, WORDS);
            end += 1;
        } else if c == ')' && open > 0 {
            (open, words) = (open - 1, if worked { WORDS } else { 0 });
            end += 1;
        } else if matches!(c, ',' | '.' | '\'' | '’') {
            let quorum = after.chars().take(NEAR).any(|c| c == '=');
            let glued = after.starts_with(|c: char| c.is_alphanumeric());
            if !(glued && (c != ',' || after.starts_with(|c: char| c.is_ascii_digit()))
                || c == ',' && (quorum || open > 0)
                || c == '.' && after.starts_with('.'))
            {
                return end;
            }
            words = words.max(1);
            end += c.len_utf8();
        } else if is_operator(c) {
            // No farther, so that a line of signs is not looked through again for each of them.
            let operand = after.chars().take(NEAR).find(|c| !is_blank(*c) && !is_operator(*c)).unwrap_or(' ');
            let glued = after.starts_with(|c: char| c.is_alphanumeric());
            let named = !matches!(c, ':' | '-' | '–' | '→' | '…') || glued;
            if !(operand.is_ascii_digit() || matches!(operand, '(' | '.') || named && (operand.is_alphanumeric() || operand == '_'))
                && c != '%'
            {
                // A sign at the end is of a quantity: `100k+`, `$`.
                return if matches!(c, '+' | '%') { end + 1 } else { end };
            }
            words = words.max(2);
            worked = true;
            end += c.len_utf8();
        } else {
            return end;
        }
    }
}

/// How long the digits are that `text` begins with, in groups of three where they are grouped.
fn number(text: &str) -> usize {
    text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())
}

fn is_operator(c: char) -> bool {
    matches!(
        c,
        '=' | '≈'
            | '~'
            | '→'
            | '⇒'
            | '<'
            | '>'
            | '≤'
            | '≥'
            | '*'
            | '×'
            | '·'
            | '/'
            | '÷'
            | '+'
            | '-'
            | '–'
            | '…'
            | '%'
            | ':'
            | '$'
            | '€'
            | '£'
            | '^'
    )
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}')
}
