//! From the protocol's values to ours.
//!
//! Messages that must not be misread have a strict form of their own here: the library's form of a change takes one with a broken range for a
//! new whole text, and a `codeAction` request with one odd diagnostic of another server for unreadable.

use std::{ops::Range, path::PathBuf};

use percent_encoding::percent_decode_str;
use serde::Deserialize;
use tower_lsp::gen_lsp_types::{self as proto, LspAny, Uri};

use crate::text::{Encoding, Position, Text};

use super::session::View;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DidOpen {
    pub(super) text_document: Opened,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Opened {
    pub(super) uri: Uri,
    #[serde(default)]
    pub(super) language_id: String,
    #[serde(default)]
    pub(super) version: i32,
    pub(super) text: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DidChange {
    pub(super) text_document: Changed,
    pub(super) content_changes: Vec<Change>,
}

#[derive(Deserialize)]
pub(super) struct Changed {
    pub(super) uri: Uri,
    /// Editors of old may leave it out.
    pub(super) version: Option<i32>,
}

#[derive(Deserialize)]
pub(super) struct Change {
    /// None where `text` is the whole new text.
    pub(super) range: Option<proto::Range>,
    pub(super) text: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CodeActionParams {
    pub(super) text_document: proto::TextDocumentIdentifier,
    pub(super) range: proto::Range,
    #[serde(default)]
    pub(super) context: CodeActionContext,
}

#[derive(Deserialize, Default)]
pub(super) struct CodeActionContext {
    #[serde(default)]
    diagnostics: Vec<LspAny>,
    pub(super) only: Option<Vec<String>>,
}

impl CodeActionContext {
    /// The keys of our own findings among the diagnostics.
    pub(super) fn keys(&self) -> Vec<String> {
        self.diagnostics.iter().filter_map(|diagnostic| diagnostic["data"]["key"].as_str().map(str::to_owned)).collect()
    }
}

impl View<'_> {
    /// The byte offset of `position`.
    pub(super) fn offset(&self, position: proto::Position) -> usize {
        let offset = offset(&self.document.text, position, self.features.encoding);
        // The analysis of a document that is too large is empty.
        offset.min(self.analysis.text.len())
    }

    /// The bytes of `range`, turned round where it runs backwards.
    pub(super) fn bytes(&self, range: proto::Range) -> Range<usize> {
        let (start, end) = (self.offset(range.start), self.offset(range.end));
        start.min(end)..start.max(end)
    }
}

/// The bytes of `range`. It may run backwards, where an editor says so.
pub(super) fn range(text: &Text, range: proto::Range, encoding: Encoding) -> Range<usize> {
    offset(text, range.start, encoding)..offset(text, range.end, encoding)
}

/// The byte offset of `position`.
pub(super) fn offset(text: &Text, position: proto::Position, encoding: Encoding) -> usize {
    text.offset(Position { line: position.line as usize, column: position.character as usize }, encoding)
}

/// The path of a `file:` URI. None for other schemes, such as the `untitled:` of a document that was never saved, and for other hosts.
pub(super) fn path(uri: &Uri) -> Option<PathBuf> {
    let (scheme, rest) = uri.0.split_once(':')?;
    if !scheme.eq_ignore_ascii_case("file") {
        return None;
    }
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    let path = rest.strip_prefix("localhost").unwrap_or(rest);
    let path = percent_decode_str(path.split(['?', '#']).next()?).decode_utf8().ok()?;
    // `/c:/notes` is how Windows writes a drive here.
    let drive = cfg!(windows) && path.as_bytes().get(2) == Some(&b':');
    path.starts_with('/').then(|| PathBuf::from(if drive { &path[1..] } else { &path }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(uri: &str, expected: Option<&str>) {
        assert_eq!(path(&Uri(uri.to_owned())), expected.map(PathBuf::from), "{uri}");
    }

    #[test]
    fn a_file_has_its_path() {
        check("file:///a/b%20c/%C3%A9.md", Some("/a/b c/é.md"));
        check("file:///a b/é.md", Some("/a b/é.md"));
        check("FILE://localhost/a.md", Some("/a.md"));
        check("file:/a.md", Some("/a.md"));
    }

    #[test]
    fn anything_else_has_none() {
        check("untitled:Untitled-1", None);
        check("vscode-vfs://github/a.md", None);
        check("file://server/share/a.md", None);
        check("file:///a%FF.md", None);
        check("a.md", None);
        check("", None);
    }

    #[test]
    fn a_change_with_a_broken_range_is_not_taken_for_the_whole_text() {
        let change = |range: &str| serde_json::from_str::<Change>(&format!(r#"{{"range":{range},"text":"x"}}"#));
        assert!(change(r#"{"start":{"line":-1,"character":0},"end":{"line":0,"character":0}}"#).is_err());
        assert!(change("null").is_ok_and(|change| change.range.is_none()));
    }
}
