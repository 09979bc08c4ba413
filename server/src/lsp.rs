//! The language server: the only layer that knows the protocol. It translates and does not think.
//!
//! ```text
//!  editor ─▶ frames ─▶ transport ─▶ server ─▶ one file a request ─▶ worker ─▶ ide
//!     ▲                    │                          │               │
//!     └────────────────────┴──────── publisher ◀──────┴───────────────┘
//! ```
//!
//! One task reads, dispatches and writes; it never analyses. A handler takes its snapshot of a document, or changes it, before its first wait,
//! and the transport runs every handler up to there before it looks at the next message: so all that is said of a document belongs to the
//! version that stood before the request.

#![expect(clippy::disallowed_methods, reason = "the server talks to the outside")]

pub mod frames;

mod transport;

mod log;

mod capabilities;

mod settings;

mod problems;

mod documents;

mod worker;

mod publisher;

mod session;

mod server;

mod from_proto;

mod to_proto;

mod sync;

mod configuration;

mod diagnostic;

mod hover;

mod code_action;

mod completion;

mod document_symbol;

mod execute_command;

#[cfg(debug_assertions)]
mod probe;

use std::path::Path;

use anyhow::Context;

/// Serves one editor on standard input and output, and returns once it has left.
///
/// True where the session ended in good order: the editor asked for a shutdown first. The process should then exit with 0, else with 1. Logs to
/// standard error, or appends to the file at `log`.
///
/// # Errors
///
/// Where the log cannot be written or the session cannot be started.
pub fn run(log: Option<&Path>) -> anyhow::Result<bool> {
    let log = log::Log::open(log).context("could not open the log; name a file that can be written")?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("could not start the server")?;
    Ok(runtime.block_on(async {
        let (service, socket) = server::Server::service(log.clone());
        transport::serve(service, socket, log).await
    }))
}
