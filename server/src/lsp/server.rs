//! The server: its methods in one table, how a session begins and ends, and how a request gets its answer.

use std::sync::Arc;

use tower_lsp::{
    ClientSocket, LanguageServer, LspService,
    gen_lsp_types::{InitializeParams, InitializeResult, InitializedParams, ServerInfo, Uri},
    jsonrpc::Result,
};

use super::{
    capabilities::{Features, offered},
    documents::Documents,
    log::Log,
    publisher::Publisher,
    session::{Session, View},
    worker::Worker,
};

#[derive(Clone)]
pub(super) struct Server {
    pub(super) session: Arc<Session>,
    pub(super) worker: Worker,
}

impl Server {
    /// The service that dispatches messages to the methods of a new server. Needs a runtime to spawn on.
    pub(super) fn service(log: Log) -> (LspService<Self>, ClientSocket) {
        let service = LspService::build_with_lifecycle_methods(|client| {
            let documents = Arc::new(Documents::default());
            let (publisher, publishing) = Publisher::new(client.clone(), documents.clone());
            tokio::spawn(publishing);
            let session = Arc::new(Session::new(client, documents, publisher, log));
            let reviewing = session.clone();
            Self { session, worker: Worker::start(move |uri| reviewing.review(&uri)) }
        })
        .custom_method("textDocument/didOpen", Self::did_open)
        .custom_method("textDocument/didChange", Self::did_change)
        .custom_method("textDocument/didClose", Self::did_close)
        .custom_method("textDocument/didSave", Self::did_save)
        .custom_method("textDocument/diagnostic", Self::diagnostic)
        .custom_method("textDocument/hover", Self::hover)
        .custom_method("textDocument/codeAction", Self::code_action)
        .custom_method("textDocument/completion", Self::completion)
        .custom_method("textDocument/documentSymbol", Self::document_symbol)
        .custom_method("workspace/executeCommand", Self::execute_command)
        .custom_method("workspace/didChangeConfiguration", Self::did_change_configuration)
        .custom_method("workspace/didChangeWatchedFiles", Self::did_change_watched_files)
        .custom_method("workspace/didChangeWorkspaceFolders", Self::did_change_workspace_folders);
        #[cfg(debug_assertions)]
        let service = super::probe::register(service);
        service.finish()
    }

    /// Answers from the document as it stands before the first wait, on the worker. None where it is not open.
    pub(super) async fn ask<T>(&self, uri: &Uri, answer: impl FnOnce(&View<'_>) -> T + Send + 'static) -> Result<Option<T>>
    where
        T: Send + 'static,
    {
        let Some(document) = self.session.documents.get(uri) else { return Ok(None) };
        let session = self.session.clone();
        self.worker.answer(move || session.view(&document, answer)).await.map(Some)
    }

    /// Has a document reviewed, where it is we who must say so.
    pub(super) fn review(&self, uri: Uri) {
        if !self.session.features().pulls_diagnostics {
            self.worker.review(uri);
        }
    }
}

impl LanguageServer for Server {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let features = self.session.introduce(Features::read(&params.capabilities));
        let capabilities = offered(features);
        self.begin_settings(params);
        // Content is read while the editor reads our answer.
        let session = self.session.clone();
        self.worker.run(move || _ = session.settings.resolve(None));
        let server_info = Some(ServerInfo { name: "followup".to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()) });
        Ok(InitializeResult { capabilities, server_info })
    }

    async fn initialized(&self, _: InitializedParams) {
        self.register_for_changes();
        self.ask_for_configuration();
        self.tell_problems();
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }
}
