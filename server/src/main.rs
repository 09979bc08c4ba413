//! The program `followup`: everything is in the library beside it.

use std::process::ExitCode;

fn main() -> ExitCode {
    followup::cli::run()
}
