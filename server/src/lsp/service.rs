//! What is done with a message: all methods in one table, how a session begins and ends, and what the editor no longer waits for.
//!
//! The library has such a table, too. It reads every capability that an editor may have, and that takes more code than all else that is said here.

use std::{
    collections::HashMap,
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};

use futures_util::{
    FutureExt,
    future::{AbortHandle, BoxFuture, abortable, ready},
};
use serde::{Serialize, de::DeserializeOwned};
use tower_lsp::{
    gen_lsp_types::{CancelParams, LspAny},
    jsonrpc::{Error, ErrorCode, Id, Request, Response, Result},
};

use super::server::Server;

/// Hands messages to the methods of a server.
pub(super) struct Service {
    pub(super) server: Server,
    /// Set once `initialize` was answered well.
    begun: Arc<OnceLock<()>>,
    shut_down: bool,
    waited_for: WaitedFor,
}

/// Requests that are not answered yet, with what stops them.
type WaitedFor = Arc<Mutex<HashMap<Id, AbortHandle>>>;

/// What a message is answered with: nothing, where it is a notification.
pub(super) type Answer = Option<Response>;

/// What an editor asks.
const REQUESTS: [&str; 8] = [
    "initialize",
    "shutdown",
    "textDocument/codeAction",
    "textDocument/completion",
    "textDocument/diagnostic",
    "textDocument/documentSymbol",
    "textDocument/hover",
    "workspace/executeCommand",
];

/// What an editor tells.
const NOTIFICATIONS: [&str; 9] = [
    "$/cancelRequest",
    "initialized",
    "textDocument/didChange",
    "textDocument/didClose",
    "textDocument/didOpen",
    "textDocument/didSave",
    "workspace/didChangeConfiguration",
    "workspace/didChangeWatchedFiles",
    "workspace/didChangeWorkspaceFolders",
];

impl Service {
    pub(super) fn new(server: Server) -> Self {
        Self { server, begun: Arc::default(), shut_down: false, waited_for: Arc::default() }
    }

    /// Does what a message asks for. A panic costs the message, and is answered.
    pub(super) fn call(&mut self, message: Request) -> BoxFuture<'static, Answer> {
        let (method, id, params) = message.into_parts();
        if let Err(refusal) = self.admit(&method, id.is_some()) {
            return ready(id.map(|id| Response::from_error(id, refusal))).boxed();
        }
        match &*method {
            "$/cancelRequest" => {
                // Nobody waits for it any more, or it was answered meanwhile.
                if let Some(stop) = read(params).ok().and_then(|asked: CancelParams| locked(&self.waited_for).remove(&asked.id.into())) {
                    stop.abort();
                }
                return ready(None).boxed();
            }
            "shutdown" => self.shut_down = true,
            _ => {}
        }
        let (server, begun) = (self.server.clone(), self.begun.clone());
        let work = AssertUnwindSafe(async move { server.done(&method, params, &begun).await }).catch_unwind();
        let work = work.map(|outcome| outcome.unwrap_or_else(|_| Err(panicked())));
        let Some(id) = id else { return work.map(|_| None).boxed() };
        let (work, stop) = abortable(work);
        if locked(&self.waited_for).contains_key(&id) {
            return ready(Some(Response::from_error(id, Error::invalid_request()))).boxed();
        }
        locked(&self.waited_for).insert(id.clone(), stop);
        let waited_for = self.waited_for.clone();
        let answer = move |outcome: std::result::Result<Result<LspAny>, _>| {
            locked(&waited_for).remove(&id);
            Some(Response::from_parts(id, outcome.unwrap_or_else(|_| Err(Error::request_cancelled()))))
        };
        work.map(answer).boxed()
    }

    /// May the method be called now, and in this way?
    fn admit(&self, method: &str, asked: bool) -> Result<()> {
        let (asks, tells) = (REQUESTS.contains(&method), NOTIFICATIONS.contains(&method));
        if !asks && !tells && !is_probe(method) {
            return Err(Error { data: Some(method.into()), ..Error::method_not_found() });
        }
        let in_turn = match method {
            "$/cancelRequest" => true,
            "initialize" => self.begun.get().is_none(),
            _ if self.begun.get().is_none() => return Err(not_initialized()),
            _ => !self.shut_down,
        };
        if in_turn && (asked || !asks) && !(asked && tells) { Ok(()) } else { Err(Error::invalid_request()) }
    }
}

impl Server {
    async fn done(&self, method: &str, params: Option<LspAny>, begun: &OnceLock<()>) -> Result<LspAny> {
        match method {
            "initialize" => {
                let result = self.initialize(read(params)?);
                _ = begun.set(());
                return Ok(result);
            }
            "initialized" => self.initialized(),
            "shutdown" => {}
            "textDocument/didOpen" => self.did_open(read(params)?),
            "textDocument/didChange" => self.did_change(read(params)?),
            "textDocument/didClose" => self.did_close(read(params)?),
            "textDocument/didSave" => self.did_save(read(params)?),
            "textDocument/diagnostic" => return said(self.diagnostic(read(params)?).await?),
            "textDocument/hover" => return said(self.hover(read(params)?).await?),
            "textDocument/codeAction" => return said(self.code_action(read(params)?).await?),
            "textDocument/completion" => return said(self.completion(read(params)?).await?),
            "textDocument/documentSymbol" => return said(self.document_symbol(read(params)?).await?),
            "workspace/executeCommand" => return said(self.execute_command(read(params)?).await?),
            "workspace/didChangeConfiguration" => self.did_change_configuration(read(params)?),
            "workspace/didChangeWatchedFiles" => self.did_change_watched_files(read(params)?),
            "workspace/didChangeWorkspaceFolders" => self.did_change_workspace_folders(read(params)?),
            #[cfg(debug_assertions)]
            _ => return self.probe(method, params).await,
            #[cfg(not(debug_assertions))]
            _ => {}
        }
        Ok(LspAny::Null)
    }
}

/// The parameters of a message, as the method takes them.
pub(super) fn read<T: DeserializeOwned>(params: Option<LspAny>) -> Result<T> {
    let params = params.ok_or_else(|| Error::invalid_params("Missing params field"))?;
    serde_json::from_value(params).map_err(|error| Error::invalid_params(error.to_string()))
}

/// What a method gives, as it is sent.
pub(super) fn said(result: impl Serialize) -> Result<LspAny> {
    serde_json::to_value(result).map_err(|error| Error { message: error.to_string().into(), ..Error::internal_error() })
}

fn is_probe(method: &str) -> bool {
    cfg!(debug_assertions) && method.starts_with("followup/probe/")
}

fn not_initialized() -> Error {
    Error { message: "Server not initialized".into(), ..Error::new(ErrorCode::ServerError(-32002)) }
}

fn panicked() -> Error {
    let message = "Followup failed on this request and goes on; please report it with what the server wrote to its log";
    Error { message: message.into(), ..Error::internal_error() }
}

fn locked(waited_for: &WaitedFor) -> MutexGuard<'_, HashMap<Id, AbortHandle>> {
    waited_for.lock().unwrap_or_else(PoisonError::into_inner)
}
