//! The command line: arguments in, text out, and an exit code.

#![expect(clippy::disallowed_methods, reason = "the command line talks to the outside")]

mod baseline;
mod check;
mod completions;
mod console;
mod explain;
mod fix;
mod inspect;
mod lines;
mod parallel;
mod report;
mod server;
mod test;

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand};

use self::console::{Color, Console};
use crate::workspace::{Files, Options};

/// Asks the follow-up question before your interviewer does.
///
/// Followup reads Markdown design documents and tells which questions they leave open: how does this cache learn that its source changed? what
/// does the consumer do with the same message twice? what happens when this fails?
#[derive(Debug, Parser)]
#[command(name = "followup", version, after_help = EXAMPLES, propagate_version = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,

    /// When to write in colour; NO_COLOR is honoured
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    color: Color,
}

const EXAMPLES: &str = "\
Examples:
  followup check design.md               the questions that a design leaves open
  followup check docs --format github    the same for a folder, as annotations in CI
  followup check design.md --fix         write the checklists that answer them into it
  followup explain                       every question and every concept there is

An editor runs `followup server`.";

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Arguments),
    Explain(explain::Arguments),
    Inspect(inspect::Arguments),
    Test(test::Arguments),
    Server(server::Arguments),
    Completions(completions::Arguments),
}

/// Which settings and content hold; the same for every command that has them.
#[derive(Debug, Args)]
#[command(next_help_heading = "Settings")]
struct Places {
    /// Read settings from this file, and from no other
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Add the content of a folder laid out like `.followup` (for those who write questions)
    #[arg(long, value_name = "DIR")]
    content: Vec<PathBuf>,
}

/// How a command ended that could run to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Clean,
    Findings,
    /// Something could not be read or understood; it has been told, and the rest was done.
    Incomplete,
}

/// Runs the program with the arguments of this process: 0 clean, 1 findings, 2 could not run.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let console = Console::new(arguments.color);
    let outcome = match arguments.command {
        Command::Check(arguments) => check::run(&arguments, &console),
        Command::Explain(arguments) => explain::run(&arguments, &console),
        Command::Inspect(arguments) => inspect::run(&arguments, &console),
        Command::Test(arguments) => test::run(&arguments, &console),
        Command::Server(arguments) => return server::run(&arguments, &console),
        Command::Completions(arguments) => completions::run(&arguments, &console),
    };
    let outcome = outcome.unwrap_or_else(|error| {
        console.error(&format!("{error:#}"));
        Outcome::Incomplete
    });
    ExitCode::from(match outcome {
        Outcome::Clean => 0,
        Outcome::Findings => 1,
        Outcome::Incomplete => 2,
    })
}

impl Places {
    /// Where to look, if these files count as long as no `--config` is given.
    fn options(&self, files: Files) -> anyhow::Result<Options> {
        let mut options = Options::from_env(std::env::current_dir()?);
        options.files = self.config.clone().map_or(files, |file| Files::Only(crate::workspace::absolute(&file)));
        options.content = self.content.clone();
        Ok(options)
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Arguments;

    #[test]
    fn the_arguments_are_sound() {
        Arguments::command().debug_assert();
    }
}
