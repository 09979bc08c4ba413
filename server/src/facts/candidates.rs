//! Which parts of a stretch are worth a parse: those around a digit, `%`, `mod`, or the letters of a quorum.

use std::ops::Range;

use tree_sitter_designdoc::LONGEST_RUN;

/// So many bytes before and after a candidate belong to it: "reads to writes are", "per user per day".
const BEFORE: usize = 48;
const AFTER: usize = 40;

/// The windows of `text` in order, none longer than the grammar takes at once. They do not overlap, end between words or at the end of a
/// sentence, and hold every candidate.
pub(super) fn windows(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut windows: Vec<Range<usize>> = Vec::new();
    let mut floor = 0;
    let mut at = 0;
    while at < bytes.len() {
        if ends_sentence(bytes, at) {
            floor = at + 1;
        } else if is_candidate(bytes, at) {
            let start = back(text, at, floor);
            let mut end = at + 1;
            // Everything up to the last candidate of the sentence that is near the one before.
            let mut reach = at + AFTER;
            while end < bytes.len() && end < reach && !ends_sentence(bytes, end) {
                if is_candidate(bytes, end) {
                    reach = end + AFTER;
                }
                end += 1;
            }
            let end = forth(text, end);
            part(text, start..end, &mut windows);
            floor = end;
            at = end;
            continue;
        }
        at += 1;
    }
    windows
}

/// The window, in parts where it is too long.
fn part(text: &str, mut window: Range<usize>, windows: &mut Vec<Range<usize>>) {
    while window.len() > LONGEST_RUN {
        let most = floor_boundary(text, window.start + LONGEST_RUN);
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

fn is_candidate(bytes: &[u8], at: usize) -> bool {
    match bytes[at] {
        b'0'..=b'9' | b'%' => true,
        b'm' | b'M' => {
            bytes[at + 1..].len() > 2 && bytes[at + 1..at + 3].eq_ignore_ascii_case(b"od") && !word(bytes, at.wrapping_sub(1)) && {
                let rest = &bytes[at + 3..];
                rest.first().is_none_or(|byte| !byte.is_ascii_alphanumeric()) || rest.len() > 2 && rest[..3].eq_ignore_ascii_case(b"ulo")
            }
        }
        // `R + W > N`
        b'R' | b'W' => !word(bytes, at.wrapping_sub(1)) && bytes[at + 1..].iter().take(4).any(|byte| *byte == b'+'),
        _ => false,
    }
}

fn word(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
}

fn ends_sentence(bytes: &[u8], at: usize) -> bool {
    matches!(bytes[at], b'.' | b'!' | b'?') && bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace)
}

/// Where a window begins that holds the candidate at `at`: at a word, and not before `floor`.
fn back(text: &str, at: usize, floor: usize) -> usize {
    let start = floor_boundary(text, at.saturating_sub(BEFORE));
    if start <= floor {
        return floor;
    }
    if text[..start].ends_with(char::is_whitespace) {
        return start;
    }
    // The rest of a word that was cut is left out, unless the candidate is in it.
    text[start..at].find(char::is_whitespace).map_or(start, |blank| start + blank)
}

fn forth(text: &str, at: usize) -> usize {
    let at = floor_boundary(text, at.min(text.len()));
    if at >= text.len() || text.as_bytes()[at..].first().is_some_and(|byte| matches!(byte, b'.' | b'!' | b'?')) {
        return at;
    }
    at + text[at..].find(char::is_whitespace).unwrap_or(text.len() - at)
}

fn floor_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}
