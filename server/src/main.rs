//! The command `followup`.

use std::process::ExitCode;

fn main() -> ExitCode {
    match followup::lsp::run(None) {
        Ok(true) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
