//! Diagrams in fenced blocks: which blocks are some, and the labels of a line.

use std::ops::Range;

/// Is the fenced block with this info string and text a diagram, rather than code?
pub(super) fn is_diagram(info: &str, text: &str) -> bool {
    let language = info.split([' ', ',', '{']).next().unwrap_or_default().to_ascii_lowercase();
    match language.as_str() {
        "mermaid" | "plantuml" | "puml" | "dot" | "graphviz" | "d2" | "ditaa" | "svgbob" => true,
        "" | "text" | "txt" | "ascii" | "plain" | "plaintext" | "diagram" | "none" => drawn(text),
        _ => false,
    }
}

/// Lines and arrows that a person draws, rather than a program's.
fn drawn(text: &str) -> bool {
    let boxes = text.contains(['│', '┌', '└', '├', '─', '┐', '┘', '║', '═', '▼', '▲', '►', '◄', '→', '←', '↓', '↑', '⇒']);
    let ascii = ["-->", "--->", "<--", "+--", "--+", "==>", "---|", "|---", "---->"].iter().any(|mark| text.contains(mark));
    let arrows = text.lines().filter(|line| line.contains("->") && !line.contains(['{', ';', '(']) && !line.contains("fn ")).count();
    boxes || ascii || arrows > 0 && !text.contains([';', '{', '='])
}

/// The byte ranges of the labels in `line`, relative to it.
pub(super) fn labels(line: &str) -> Vec<Range<usize>> {
    let mut labels: Vec<Range<usize>> = Vec::new();
    let mut open: Option<Range<usize>> = None;
    let mut spaces = 0;
    for (at, c) in line.char_indices() {
        let drawing = matches!(c, '|' | '+' | '<' | '>' | '[' | ']' | '{' | '}' | '"' | '=' | ';')
            || matches!(c, '\u{2190}'..='\u{21ff}' | '\u{2500}'..='\u{25ff}')
            || c == '-' && !between_letters(line, at);
        spaces = if c == ' ' || c == '\t' { spaces + 1 } else { 0 };
        if drawing || spaces > 2 {
            labels.extend(open.take());
        } else if spaces == 0 {
            let start = open.as_ref().map_or(at, |range| range.start);
            open = Some(start..at + c.len_utf8());
        }
    }
    labels.extend(open);
    labels.retain(|label| line[label.clone()].contains(char::is_alphanumeric));
    labels
}

fn between_letters(line: &str, at: usize) -> bool {
    let before = line[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    before && line[at + 1..].chars().next().is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_what_stands_between_lines() {
        let read = |line: &str| labels(line).into_iter().map(|range| line[range].to_owned()).collect::<Vec<_>>();
        assert_eq!(read("| Web app | --> [Redis cache]   Kafka"), ["Web app", "Redis cache", "Kafka"]);
        assert_eq!(read("│ write-through │──▶ db"), ["write-through", "db"]);
        assert_eq!(read("+------+"), [""; 0]);
    }

    #[test]
    fn code_is_no_diagram() {
        assert!(is_diagram("mermaid", "graph LR; a-->b"));
        assert!(is_diagram("", "client -> api -> db"));
        assert!(!is_diagram("", "let f = |x| { x->y };"));
        assert!(!is_diagram("rust", "a --> b"));
        assert!(!is_diagram("", "redis.get(key)"));
    }
}
