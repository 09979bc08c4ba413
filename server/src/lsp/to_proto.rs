//! From our values to the protocol's.

use std::{collections::HashMap, ops::Range, path::Path};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tower_lsp::gen_lsp_types::{self as proto, Uri};

use crate::{
    ide::{self, ActionKind},
    review::Severity,
    text::{Encoding, Text},
};

use super::{capabilities::SOURCE_ACTION, session::View};

/// The name under which an editor lists our diagnostics.
pub(super) const SOURCE: &str = "followup";

impl View<'_> {
    pub(super) fn range(&self, range: &Range<usize>) -> proto::Range {
        self::range(&self.document.text, range, self.features.encoding)
    }

    fn uri(&self) -> Uri {
        self.document.uri.clone()
    }
}

/// The place of the bytes of `range`.
pub(super) fn range(text: &Text, range: &Range<usize>, encoding: Encoding) -> proto::Range {
    let place = |offset| {
        let position = text.position(offset, encoding);
        proto::Position { line: count(position.line), character: count(position.column) }
    };
    proto::Range { start: place(range.start), end: place(range.end) }
}

/// The protocol counts in 32 bits, which no text that gets here exceeds.
fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The URI of the file at `path`, which is absolute.
pub(super) fn uri(path: &Path) -> Uri {
    // What RFC 3986 lets stand in a path.
    const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    let path = path.to_string_lossy().replace('\\', "/");
    let root = if path.starts_with('/') { "" } else { "/" };
    Uri(format!("file://{root}{}", utf8_percent_encode(&path, RESERVED)))
}

/// A finding and how the editor shows it.
pub(super) type Shown = (ide::Diagnostic, proto::Diagnostic);

/// All findings of a document, as ours and as the protocol's.
pub(super) fn findings(view: &View<'_>) -> Vec<Shown> {
    if !view.is_reviewed() {
        return Vec::new();
    }
    let most = view.resolved.settings.max_findings();
    ide::shown(view.analysis, most).into_iter().map(|finding| (finding.clone(), diagnostic(view, finding))).collect()
}

/// All findings of a document.
pub(super) fn diagnostics(view: &View<'_>) -> Vec<proto::Diagnostic> {
    findings(view).into_iter().map(|(_, diagnostic)| diagnostic).collect()
}

fn diagnostic(view: &View<'_>, finding: ide::Diagnostic) -> proto::Diagnostic {
    let related = finding.related.iter().map(|(range, message)| proto::DiagnosticRelatedInformation {
        location: proto::Location { uri: view.uri(), range: view.range(range) },
        message: message.clone(),
    });
    let page = view
        .resolved
        .settings
        .page_of(&finding.code)
        .filter(|_| view.features.code_descriptions && view.resolved.library.question(&finding.code).is_some());
    proto::Diagnostic {
        range: view.range(&finding.range),
        severity: Some(severity(finding.severity)),
        code: Some(finding.code.into()),
        code_description: page.map(|href| proto::CodeDescription { href: Uri(href) }),
        source: Some(SOURCE.to_owned()),
        message: finding.message.into(),
        tags: None,
        related_information: Some(related.collect::<Vec<_>>()).filter(|related| view.features.related_information && !related.is_empty()),
        data: Some(serde_json::json!({ "key": finding.key })),
    }
}

fn severity(severity: Severity) -> proto::DiagnosticSeverity {
    match severity {
        Severity::Hint => proto::DiagnosticSeverity::Hint,
        Severity::Information => proto::DiagnosticSeverity::Information,
        Severity::Warning => proto::DiagnosticSeverity::Warning,
    }
}

pub(super) fn hover(view: &View<'_>, hover: ide::Hover) -> proto::Hover {
    proto::Hover { contents: markup(hover.markdown, view.features.markdown_hovers).into(), range: Some(view.range(&hover.range)) }
}

/// Markdown for an editor that shows it, plain text for any other.
fn markup(markdown: String, takes_markdown: bool) -> proto::MarkupContent {
    if takes_markdown {
        proto::MarkupContent { kind: proto::MarkupKind::Markdown, value: markdown }
    } else {
        proto::MarkupContent { kind: proto::MarkupKind::PlainText, value: ide::plain(&markdown) }
    }
}

/// The name of a kind of action.
pub(super) fn kind(kind: ActionKind) -> String {
    match kind {
        ActionKind::QuickFix => proto::CodeActionKind::QuickFix.into(),
        ActionKind::Source => SOURCE_ACTION.to_owned(),
    }
}

/// An action, with the diagnostic that it answers among `shown`.
pub(super) fn action(view: &View<'_>, action: ide::Action, shown: &[Shown]) -> proto::CodeAction {
    let fixed =
        action.fixes.as_ref().map(|key| shown.iter().filter(|(finding, _)| finding.key == *key).map(|(_, it)| it.clone()).collect());
    proto::CodeAction {
        title: action.title,
        kind: Some(kind(action.kind).into()),
        diagnostics: fixed,
        is_preferred: action.preferred.then_some(true),
        edit: Some(edit(view, &action.edits)),
        ..proto::CodeAction::default()
    }
}

fn edit(view: &View<'_>, edits: &[ide::TextEdit]) -> proto::WorkspaceEdit {
    let edits = edits.iter().map(|edit| proto::TextEdit { range: view.range(&edit.range), new_text: edit.text.clone() });
    if view.features.versioned_edits {
        // An editor refuses it where the document has moved on.
        let document = proto::OptionalVersionedTextDocumentIdentifier {
            version: Some(view.document.version),
            text_document_identifier: proto::TextDocumentIdentifier { uri: view.uri() },
        };
        let change = proto::TextDocumentEdit { text_document: document, edits: edits.map(proto::Edit::TextEdit).collect() };
        proto::WorkspaceEdit { document_changes: Some(vec![change.into()]), ..proto::WorkspaceEdit::default() }
    } else {
        proto::WorkspaceEdit { changes: Some(HashMap::from([(view.uri(), edits.collect())])), ..proto::WorkspaceEdit::default() }
    }
}

pub(super) fn completion(view: &View<'_>, completion: ide::Completion) -> proto::CompletionItem {
    let (text, format) = if view.features.snippets {
        (completion.snippet, proto::InsertTextFormat::Snippet)
    } else {
        (completion.plain, proto::InsertTextFormat::PlainText)
    };
    proto::CompletionItem {
        label: completion.label,
        kind: Some(proto::CompletionItemKind::Snippet),
        detail: Some(completion.detail),
        documentation: Some(markup(completion.documentation, view.features.markdown_completions).into()),
        insert_text_format: Some(format),
        text_edit: Some(proto::TextEdit { range: view.range(&completion.range), new_text: text }.into()),
        ..proto::CompletionItem::default()
    }
}

/// Components are things of the design, not headings.
const SYMBOL: proto::SymbolKind = proto::SymbolKind::Object;

pub(super) fn symbols(view: &View<'_>, symbols: Vec<ide::Symbol>) -> proto::DocumentSymbolResponse {
    if view.features.nested_symbols {
        symbols.into_iter().map(|it| symbol(view, it)).collect::<Vec<_>>().into()
    } else {
        symbols.into_iter().map(|it| flat_symbol(view, it)).collect::<Vec<_>>().into()
    }
}

#[expect(deprecated, reason = "a field of the structure, left empty")]
fn symbol(view: &View<'_>, symbol: ide::Symbol) -> proto::DocumentSymbol {
    // Editors refuse a symbol whose name lies outside of it.
    let range = symbol.range.start.min(symbol.name_range.start)..symbol.range.end.max(symbol.name_range.end);
    proto::DocumentSymbol {
        name: symbol.name,
        detail: Some(symbol.detail),
        kind: SYMBOL,
        tags: None,
        deprecated: None,
        range: view.range(&range),
        selection_range: view.range(&symbol.name_range),
        children: None,
    }
}

#[expect(deprecated, reason = "a field of the structure, left empty")]
fn flat_symbol(view: &View<'_>, symbol: ide::Symbol) -> proto::SymbolInformation {
    proto::SymbolInformation {
        deprecated: None,
        location: proto::Location { uri: view.uri(), range: view.range(&symbol.name_range) },
        base_symbol_information: proto::BaseSymbolInformation { name: symbol.name, kind: SYMBOL, tags: None, container_name: None },
    }
}
