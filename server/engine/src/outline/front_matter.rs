//! YAML front matter at the head of a document: skipped, but for a line that speaks to us.

/// Where the text begins, and the value of a key `followup:`.
pub(super) fn skip(text: &str) -> (usize, Option<String>) {
    let bom = text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len();
    let body = &text[bom..];
    let mut lines = body.split_inclusive(['\n']);
    if lines.next().map(|line| line.trim_end()) != Some("---") {
        return (bom, None);
    }
    let mut at = bom + body.find('\n').map_or(body.len(), |end| end + 1);
    let mut value = None;
    for line in lines {
        at += line.len();
        let trimmed = line.trim_end();
        if trimmed == "---" || trimmed == "..." {
            return (at, value);
        }
        if let Some(rest) = trimmed.strip_prefix("followup:") {
            value = Some(rest.trim().trim_matches(['"', '\'']).to_owned());
        }
    }
    (bom, None)
}
