//! `followup server`: the language server on standard input and output.

use std::{path::PathBuf, process::ExitCode};

use super::console::Console;

/// Run the language server on standard input and output; an editor starts it
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Write a log to this file
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
}

/// The exit codes are those of the protocol: 0 after an orderly shutdown, else 1.
pub(super) fn run(arguments: &Arguments, console: &Console) -> ExitCode {
    match crate::lsp::run(arguments.log.as_deref()) {
        Ok(orderly) => ExitCode::from(if orderly { 0 } else { 1 }),
        Err(error) => {
            console.error(&format!("{error:#}"));
            ExitCode::from(2)
        }
    }
}
