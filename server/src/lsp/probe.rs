//! Ways to provoke in tests what no editor can: a panic, a request that never ends. Builds without debug assertions leave this file out.

use std::{convert::Infallible, future};

use serde::{Deserialize, Deserializer};
use tower_lsp::{
    gen_lsp_types::{ConfigurationParams, HoverParams, LspAny, MessageType},
    jsonrpc::{Error, Result},
};

use super::{
    server::Server,
    service::{read, said},
};

/// Parameters that panic while they are read, which happens before the handler's own future exists.
struct Bomb;

impl<'de> Deserialize<'de> for Bomb {
    fn deserialize<D: Deserializer<'de>>(_: D) -> std::result::Result<Self, D::Error> {
        panic!("on purpose, in a call")
    }
}

impl Server {
    pub(super) async fn probe(&self, method: &str, params: Option<LspAny>) -> Result<LspAny> {
        match method.trim_start_matches("followup/probe/") {
            "panicInCall" => said(self.panic_in_call(read(params)?).await?),
            "panicAtOnce" => said(self.panic_at_once().await?),
            "panicLater" => said(self.panic_later().await?),
            "panicInWorker" => said(self.panic_in_worker().await?),
            "panicInTask" => said(self.panic_in_task().await?),
            "wait" => said(self.wait().await?),
            "askEditor" => self.ask_editor().await,
            "settle" => {
                self.settle().await;
                Ok(LspAny::Null)
            }
            "text" => said(self.text(read(params)?).await?),
            "word" => said(self.word(read(params)?).await?),
            _ => Err(Error::method_not_found()),
        }
    }

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
        self.session.client.ask("workspace/configuration", ConfigurationParams { items: Vec::new() }).await
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
