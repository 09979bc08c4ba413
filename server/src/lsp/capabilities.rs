//! What the editor can do, read once, and what the server offers in return.

use serde_json::{Map, Value, json};
use tower_lsp::gen_lsp_types::{CodeActionKind, TextDocumentSyncKind};

use crate::text::Encoding;

use super::execute_command::COMMANDS;

/// What the editor said it can do, as far as it makes a difference here. Without a word it can do nothing.
#[derive(Debug, Clone, Default)]
pub(super) struct Features {
    /// The unit of all columns of this session.
    pub(super) encoding: Encoding,
    /// It asks for diagnostics itself, and can be told to ask again when settings change. One that cannot is told them.
    pub(super) pulls_diagnostics: bool,
    /// It minds which version diagnostics belong to, so that they are sent again where only the version is new.
    pub(super) minds_versions: bool,
    pub(super) related_information: bool,
    pub(super) code_descriptions: bool,
    /// Edits may name the version that they were made for.
    pub(super) versioned_edits: bool,
    pub(super) markdown_hovers: bool,
    pub(super) markdown_completions: bool,
    pub(super) snippets: bool,
    pub(super) nested_symbols: bool,
    /// It answers `workspace/configuration`.
    pub(super) configuration: bool,
    pub(super) registers_configuration: bool,
    /// It can watch files for us.
    pub(super) registers_watchers: bool,
}

impl Features {
    pub(super) fn read(client: Map<String, Value>) -> Self {
        let client = Value::Object(client);
        let at = |path: &str| client.pointer(path);
        let can = |path: &str| at(path) == Some(&Value::Bool(true));
        let strings = |path: &str| at(path).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        let takes_markdown = |path: &str| strings(path).any(|format| format == "markdown");
        let pulls = at("/textDocument/diagnostic").is_some_and(Value::is_object) && can("/workspace/diagnostics/refreshSupport");
        let about = if pulls { "/textDocument/diagnostic" } else { "/textDocument/publishDiagnostics" };
        Self {
            encoding: Encoding::choose(strings("/general/positionEncodings")),
            pulls_diagnostics: pulls,
            minds_versions: can("/textDocument/publishDiagnostics/versionSupport"),
            related_information: can(&format!("{about}/relatedInformation")),
            code_descriptions: can(&format!("{about}/codeDescriptionSupport")),
            versioned_edits: can("/workspace/workspaceEdit/documentChanges"),
            markdown_hovers: takes_markdown("/textDocument/hover/contentFormat"),
            markdown_completions: takes_markdown("/textDocument/completion/completionItem/documentationFormat"),
            snippets: can("/textDocument/completion/completionItem/snippetSupport"),
            nested_symbols: can("/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
            configuration: can("/workspace/configuration"),
            registers_configuration: can("/workspace/didChangeConfiguration/dynamicRegistration"),
            registers_watchers: can("/workspace/didChangeWatchedFiles/dynamicRegistration"),
        }
    }
}

/// The kind of the actions that work on a document as a whole.
pub(super) const SOURCE_ACTION: &str = "source.followup";

/// What the server offers to an editor with these features. Plain JSON: the library's form of it has a place for all that any server may offer.
pub(super) fn offered(features: &Features) -> Value {
    let mut offered = json!({
        "positionEncoding": features.encoding.name(),
        // A saved settings file counts at once, even where nobody watches files.
        "textDocumentSync": { "openClose": true, "change": TextDocumentSyncKind::Incremental, "save": { "includeText": false } },
        "hoverProvider": true,
        "completionProvider": {},
        "documentSymbolProvider": true,
        "codeActionProvider": { "codeActionKinds": [CodeActionKind::QuickFix, SOURCE_ACTION] },
        "executeCommandProvider": { "commands": COMMANDS },
        "workspace": { "workspaceFolders": { "supported": true, "changeNotifications": true } },
    });
    if features.pulls_diagnostics {
        offered["diagnosticProvider"] = json!({ "identifier": "followup", "interFileDependencies": false, "workspaceDiagnostics": false });
    }
    offered
}
