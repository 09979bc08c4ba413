//! `followup test`: the examples that content carries, for those who write questions.

use std::path::PathBuf;

use super::{
    Outcome, Places,
    console::{Console, Way},
};
use crate::{
    examples,
    workspace::{Files, Workspace},
};

/// Run the examples that questions and signals carry (for those who write them)
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A folder laid out like `.followup`; without one, the content that holds here, the built-in included
    dir: Option<PathBuf>,

    /// Run only files whose path below the folder contains this, such as `questions/cache/`
    #[arg(long, value_name = "TEXT", default_value = "")]
    only: String,
}

pub(super) fn run(arguments: &Arguments, console: &Console) -> anyhow::Result<Outcome> {
    let places = Places { config: None, content: arguments.dir.iter().cloned().collect() };
    let workspace = Workspace::new(places.options(Files::Nearest)?);
    let resolved = workspace.settings_for(None);
    for problem in &resolved.problems {
        console.error(&problem.to_string());
    }
    let of_folder = |path: &str| arguments.dir.as_ref().is_none_or(|dir| dir.join(path).is_file());
    let (ran, failed) = examples::run(&resolved.library, |path| path.contains(&arguments.only) && of_folder(path));
    for one in &failed {
        let path = arguments.dir.as_ref().map_or(PathBuf::from(&one.path), |dir| dir.join(&one.path));
        console.print(Way::Styled, &format!("{}:{}: {}\n", path.display(), one.line, one.message))?;
    }
    console.print(Way::Styled, &format!("{ran} examples, {} failed\n", failed.len()))?;
    Ok(match (resolved.problems.is_empty(), failed.is_empty()) {
        (false, _) => Outcome::Incomplete,
        (true, false) => Outcome::Findings,
        (true, true) => Outcome::Clean,
    })
}
