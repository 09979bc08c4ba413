//! `followup completions`: what a shell needs to complete our arguments.

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Outcome, console::Console};

/// Print the completions for a shell
///
/// Put the output where your shell looks for it, for example:
///
///   followup completions bash > ~/.local/share/bash-completion/completions/followup
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Arguments {
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments, console: &Console) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut super::Arguments::command(), "followup", &mut script);
    console.print_bytes(&script)?;
    Ok(Outcome::Clean)
}
