//! The server: how it begins, and how a request gets its answer.

use std::{mem, sync::Arc};

use serde_json::json;
use tokio::sync::mpsc::UnboundedReceiver;
use tower_lsp::{
    gen_lsp_types::{LspAny, Uri},
    jsonrpc::{Request, Result},
};

use super::{
    capabilities::{Features, offered},
    client::Client,
    documents::Documents,
    from_proto::Initialize,
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
    /// A new server, and the messages that it wants sent. Needs a runtime to spawn on.
    pub(super) fn start(log: Log) -> (Self, UnboundedReceiver<Request>) {
        let (client, messages) = Client::new();
        let documents = Arc::new(Documents::default());
        let (publisher, publishing) = Publisher::new(client.clone(), documents.clone());
        tokio::spawn(publishing);
        let session = Arc::new(Session::new(client, documents, publisher, log));
        let reviewing = session.clone();
        (Self { session, worker: Worker::start(move |uri| reviewing.review(&uri)) }, messages)
    }

    pub(super) fn initialize(&self, mut params: Initialize) -> LspAny {
        let features = self.session.introduce(Features::read(mem::take(&mut params.capabilities)));
        let capabilities = offered(features);
        self.begin_settings(params);
        // Content is read while the editor reads our answer.
        let session = self.session.clone();
        self.worker.run(move || _ = session.settings.resolve(None));
        json!({ "capabilities": capabilities, "serverInfo": { "name": "followup", "version": env!("CARGO_PKG_VERSION") } })
    }

    pub(super) fn initialized(&self) {
        self.register_for_changes();
        self.ask_for_configuration();
        self.tell_problems();
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
