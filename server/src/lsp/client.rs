//! What the server says to the editor of its own accord, and what it asks.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use serde::{Serialize, de::DeserializeOwned};
use tokio::sync::{mpsc, oneshot};
use tower_lsp::jsonrpc::{Error, Id, Request, Response, Result};

use super::service::said;

/// The editor; clones speak to the same.
#[derive(Clone)]
pub(super) struct Client {
    messages: mpsc::UnboundedSender<Request>,
    asked: Arc<Mutex<Asked>>,
}

/// Questions that the editor has not answered yet.
#[derive(Default)]
struct Asked {
    next: i64,
    waiting: HashMap<Id, oneshot::Sender<Response>>,
}

impl Client {
    /// A client, and the messages that it wants sent.
    pub(super) fn new() -> (Self, mpsc::UnboundedReceiver<Request>) {
        let (messages, waiting) = mpsc::unbounded_channel();
        (Self { messages, asked: Arc::default() }, waiting)
    }

    pub(super) fn tell(&self, method: &'static str, params: impl Serialize) {
        if let Ok(params) = said(params) {
            let _ = self.messages.send(Request::build(method).params(params).finish());
        }
    }

    /// Asks, and waits for the answer.
    pub(super) async fn ask<T: DeserializeOwned>(&self, method: &'static str, params: impl Serialize) -> Result<T> {
        let params = said(params)?;
        let (sender, answer) = oneshot::channel();
        {
            let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
            let id = Id::Number(asked.next);
            asked.next += 1;
            asked.waiting.insert(id.clone(), sender);
            let _ = self.messages.send(Request::build(method).params(params).id(id).finish());
        }
        let (_, result) = answer.await.map_err(|_| Error::internal_error())?.into_parts();
        serde_json::from_value(result?).map_err(|error| Error { message: error.to_string().into(), ..Error::parse_error() })
    }

    /// The editor has answered. An answer to nothing that was asked is dropped.
    pub(super) fn answered(&self, response: Response) {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(waiting) = asked.waiting.remove(response.id()) {
            let _ = waiting.send(response);
        }
    }
}
