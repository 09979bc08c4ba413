//! What the editor can do, read once, and what the server offers in return.

use tower_lsp::gen_lsp_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, CompletionOptions, DiagnosticOptions, ExecuteCommandOptions, MarkupKind,
    PositionEncodingKind, SaveOptions, ServerCapabilities, TextDocumentSyncKind, TextDocumentSyncOptions,
    WorkspaceFoldersServerCapabilities, WorkspaceOptions,
};

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
    pub(super) fn read(client: &ClientCapabilities) -> Self {
        let document = client.text_document.clone().unwrap_or_default();
        let workspace = client.workspace.clone().unwrap_or_default();
        let encodings: Vec<String> =
            client.general.iter().flat_map(|general| general.position_encodings.iter().flatten()).map(name).collect();
        let publish = document.publish_diagnostics.unwrap_or_default();
        let pull = document.diagnostic.as_ref().filter(|_| workspace.diagnostics.is_some_and(|it| it.refresh_support == Some(true)));
        let about = pull.map_or(&publish.diagnostics_capabilities, |pull| &pull.diagnostics_capabilities);
        let item = document.completion.and_then(|completion| completion.completion_item).unwrap_or_default();
        Self {
            encoding: Encoding::choose(encodings.iter().map(String::as_str)),
            pulls_diagnostics: pull.is_some(),
            minds_versions: publish.version_support == Some(true),
            related_information: about.related_information == Some(true),
            code_descriptions: about.code_description_support == Some(true),
            versioned_edits: workspace.workspace_edit.is_some_and(|it| it.document_changes == Some(true)),
            markdown_hovers: document.hover.is_some_and(|it| takes_markdown(it.content_format)),
            markdown_completions: takes_markdown(item.documentation_format),
            snippets: item.snippet_support == Some(true),
            nested_symbols: document.document_symbol.is_some_and(|it| it.hierarchical_document_symbol_support == Some(true)),
            configuration: workspace.configuration == Some(true),
            registers_configuration: workspace.did_change_configuration.is_some_and(|it| it.dynamic_registration == Some(true)),
            registers_watchers: workspace.did_change_watched_files.is_some_and(|it| it.dynamic_registration == Some(true)),
        }
    }
}

fn name(encoding: &PositionEncodingKind) -> String {
    encoding.clone().into()
}

fn takes_markdown(formats: Option<Vec<MarkupKind>>) -> bool {
    formats.is_some_and(|formats| formats.contains(&MarkupKind::Markdown))
}

/// The kind of the actions that work on a document as a whole.
pub(super) const SOURCE_ACTION: &str = "source.followup";

/// What the server offers to an editor with these features.
pub(super) fn offered(features: &Features) -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(features.encoding.name().to_owned().into()),
        text_document_sync: Some(
            TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::Incremental),
                // A saved settings file counts at once, even where nobody watches files.
                save: Some(SaveOptions { include_text: Some(false) }.into()),
                ..TextDocumentSyncOptions::default()
            }
            .into(),
        ),
        hover_provider: Some(true.into()),
        completion_provider: Some(CompletionOptions::default()),
        document_symbol_provider: Some(true.into()),
        code_action_provider: Some(
            CodeActionOptions {
                code_action_kinds: Some(vec![CodeActionKind::QuickFix, SOURCE_ACTION.to_owned().into()]),
                ..CodeActionOptions::default()
            }
            .into(),
        ),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: COMMANDS.map(str::to_owned).into(),
            ..ExecuteCommandOptions::default()
        }),
        diagnostic_provider: features.pulls_diagnostics.then(|| {
            DiagnosticOptions {
                identifier: Some("followup".to_owned()),
                inter_file_dependencies: false,
                workspace_diagnostics: false,
                ..DiagnosticOptions::default()
            }
            .into()
        }),
        workspace: Some(WorkspaceOptions {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities { supported: Some(true), change_notifications: Some(true.into()) }),
            ..WorkspaceOptions::default()
        }),
        ..ServerCapabilities::default()
    }
}
