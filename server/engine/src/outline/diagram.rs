//! Diagrams in fenced blocks: which blocks are some, and the labels of a line.

use std::ops::Range;

use rustc_hash::FxHashSet;

/// Is the fenced block with this info string and text a diagram or a plain listing, rather than code?
pub(super) fn is_diagram(info: &str, text: &str) -> bool {
    let language = info.split([' ', ',', '{']).next().unwrap_or_default().to_ascii_lowercase();
    match language.as_str() {
        "mermaid" | "plantuml" | "puml" | "dot" | "graphviz" | "d2" | "ditaa" | "svgbob" => true,
        "" | "text" | "txt" | "ascii" | "plain" | "plaintext" | "diagram" | "none" => !is_code(text),
        _ => false,
    }
}

/// Is a block that names no language a program's or a machine's text? Lines and arrows that a person draws tell otherwise.
fn is_code(text: &str) -> bool {
    if text.contains(['│', '┌', '└', '├', '─', '┐', '┘', '║', '═', '▼', '▲', '►', '◄', '→', '←', '↓', '↑', '⇒'])
    {
        return false;
    }
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let arrow = |line: &str| line.contains("->") || line.contains("--") || line.contains("<-");
    // `=> 240 M requests a day` draws a conclusion from the figures above it.
    let concludes = |line: &str| line.starts_with("=> ");
    let like_code = lines().filter(|line| {
        line.ends_with([';', '{'])
            || !arrow(line) && line.ends_with(['}', '[', ']', '(', ',', '\\'])
            || line.starts_with(['$', '{', '}', '#', '<', '@', '"', '\''])
            // The next line of a sum
            || !concludes(line) && line.starts_with(['=', '≈', '×', '÷'])
            || line.contains("();")
            || line.contains(" = ")
            || line.contains("==")
            || !concludes(line) && line.contains("=>")
            || line.contains("()")
            || line.contains("::")
            || line.contains(").")
            || [
                "import ", "from ", "def ", "func ", "fn ", "let ", "const ", "var ", "return ", "class ", "if (", "for (", "SELECT ",
                "CREATE ", "INSERT ", "curl ", "//",
            ]
            .iter()
            .any(|start| line.starts_with(start))
    });
    // One such line in four is too many for a drawing.
    like_code.count() * 4 > lines().count()
}

/// A line of a diagram language that draws nothing itself.
fn is_styling(line: &str) -> bool {
    let starts =
        ["style ", "classDef ", "class ", "linkStyle ", "click ", "%%", "skinparam", "@start", "@end", "rankdir", "node [", "edge ["];
    starts.iter().any(|start| line.trim_start().starts_with(start))
}

/// The ids that nodes have for the diagram alone: those with another label in brackets behind.
pub(super) fn ids(text: &str) -> FxHashSet<&str> {
    let mut ids = FxHashSet::default();
    for (at, _) in text.match_indices(['[', '(', '{']) {
        let id = text[..at].chars().rev().take_while(|c| c.is_alphanumeric() || *c == '_');
        let start = at - id.map(char::len_utf8).sum::<usize>();
        let id = &text[start..at];
        // Most brackets in a row of them have none, and none looks at what stands behind.
        if id.is_empty() || !id.is_ascii() {
            continue;
        }
        // `CDN["CDN"]`: the label may be the id itself, and is a label all the same.
        let label = text[at..].trim_start_matches(['[', '(', '{', '"', '/']);
        let same = label.strip_prefix(id).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == ' '));
        if !same {
            ids.insert(id);
        }
    }
    ids
}

/// The byte ranges of the labels in `line`, relative to it; `ids` are none.
pub(super) fn labels(line: &str, ids: &FxHashSet<&str>) -> Vec<Range<usize>> {
    if is_styling(line) {
        return Vec::new();
    }
    let mut labels: Vec<Range<usize>> = Vec::new();
    let mut open: Option<Range<usize>> = None;
    let mut spaces = 0;
    for (at, c) in line.char_indices() {
        let drawing = matches!(c, '|' | '+' | '<' | '>' | '[' | ']' | '{' | '}' | '"' | '=' | ';' | '&')
            || matches!(c, '\u{2190}'..='\u{21ff}' | '\u{2500}'..='\u{25ff}')
            || c == '-' && !between_letters(line, at);
        // `\n` in a label breaks its line.
        let broken = c == '\\' || c == 'n' && line[..at].ends_with('\\');
        let drawing = drawing || broken;
        spaces = if c == ' ' || c == '\t' { spaces + 1 } else { 0 };
        if drawing || spaces > 2 {
            labels.extend(open.take());
        } else if spaces == 0 {
            let start = open.as_ref().map_or(at, |range| range.start);
            open = Some(start..at + c.len_utf8());
        }
    }
    labels.extend(open);
    labels.retain(|label| {
        line[label.clone()].contains(char::is_alphanumeric) && !ids.contains(line[label.clone()].trim_end_matches(['(', ' ']))
    });
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
        let read = |line: &str| labels(line, &FxHashSet::default()).into_iter().map(|range| line[range].to_owned()).collect::<Vec<_>>();
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
        assert!(!is_diagram("", "redis.get(key);\nreturn 1;"));
        assert!(is_diagram("", "1x Redis (4 GB, cache)\n2x RabbitMQ"));
        assert!(!is_diagram("", "$ redis-cli ping\nPONG"));
        assert!(is_diagram("", "users     10 M\n=> 240 M requests / day"));
        assert!(!is_diagram("", "const f = (x) => x"));
    }
}
