//! Ways to provoke in tests what no editor can: a panic, a request that never ends. Builds without debug assertions leave this file out.

use std::{convert::Infallible, future};

use serde::{Deserialize, Deserializer};
use tower_lsp::{
    LspServiceBuilder,
    gen_lsp_types::{HoverParams, LspAny, MessageType},
    jsonrpc::Result,
};

use super::server::Server;

pub(super) fn register(service: LspServiceBuilder<Server>) -> LspServiceBuilder<Server> {
    service
        .custom_method("followup/probe/panicInCall", Server::panic_in_call)
        .custom_method("followup/probe/panicAtOnce", Server::panic_at_once)
        .custom_method("followup/probe/panicLater", Server::panic_later)
        .custom_method("followup/probe/panicInWorker", Server::panic_in_worker)
        .custom_method("followup/probe/panicInTask", Server::panic_in_task)
        .custom_method("followup/probe/wait", Server::wait)
        .custom_method("followup/probe/askEditor", Server::ask_editor)
        .custom_method("followup/probe/settle", Server::settle)
        .custom_method("followup/probe/text", Server::text)
        .custom_method("followup/probe/word", Server::word)
}

/// Parameters that panic while they are read, which happens before the handler's own future exists.
struct Bomb;

impl<'de> Deserialize<'de> for Bomb {
    fn deserialize<D: Deserializer<'de>>(_: D) -> std::result::Result<Self, D::Error> {
        panic!("on purpose, in a call")
    }
}

impl Server {
    async fn panic_in_call(&self, _: Bomb) -> Result<()> {
        Ok(())
    }

    async fn panic_at_once(&self) -> Result<()> {
        panic!("on purpose, before the first wait")
    }

    async fn panic_later(&self) -> Result<()> {
        tokio::task::yield_now().await;
        panic!("on purpose, after a wait")
    }

    /// Nobody waits for the task, so nobody is answered with its panic.
    async fn panic_in_task(&self) -> Result<()> {
        tokio::spawn(async { panic!("on purpose, in a task") });
        Ok(())
    }

    async fn panic_in_worker(&self) -> Result<()> {
        self.worker.answer(|| panic!("on purpose, in the worker")).await
    }

    /// Never ends by itself.
    async fn wait(&self) -> Result<()> {
        let never: Infallible = future::pending().await;
        match never {}
    }

    /// Waits for the editor's answer, as no real handler does.
    async fn ask_editor(&self) -> Result<LspAny> {
        let answers = self.session.client.configuration(Vec::new()).await?;
        Ok(answers.into())
    }

    /// Says so once everything that was asked for before is done and told.
    async fn settle(&self) {
        // Let tasks go first that an answer of the editor has woken.
        for _ in 0..3 {
            tokio::task::yield_now().await;
        }
        let session = self.session.clone();
        self.worker.run(move || session.publisher.tell(MessageType::Log, "settled".to_owned()));
    }

    /// The text of a document and its version.
    async fn text(&self, params: HoverParams) -> Result<Option<LspAny>> {
        let uri = params.text_document_position_params.text_document.uri;
        self.ask(&uri, |view| serde_json::json!({ "version": view.document.version, "text": &*view.analysis.text })).await
    }

    /// The word at a position, with its range: what a hover would speak of, from a snapshot taken as a hover takes it.
    async fn word(&self, params: HoverParams) -> Result<Option<LspAny>> {
        let at = params.text_document_position_params;
        let word = self.ask(&at.text_document.uri, move |view| {
            let (text, offset) = (&view.analysis.text, view.offset(at.position));
            let before = text[..offset].chars().rev().take_while(|it| it.is_alphanumeric());
            let start = offset - before.map(char::len_utf8).sum::<usize>();
            let end = text[offset..].find(|it: char| !it.is_alphanumeric()).map_or(text.len(), |it| offset + it);
            serde_json::json!({ "version": view.document.version, "word": text[start..end], "range": view.range(&(start..end)) })
        });
        word.await
    }
}
