//! `followup check`: the questions that documents leave open, as a report and an exit code.

mod document;
mod progress;

use std::{
    collections::BTreeSet,
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use clap::ValueEnum;
use serde_json::json;

use self::{document::Done, progress::Progress};
use super::{
    Outcome, Places,
    baseline::{Accepted, Baseline},
    console::{Console, Way},
    fix::Diff,
    parallel,
    report::{Form, Github, Human, Json, JsonLines, Sarif, Tally},
};
use crate::{
    content::Severity,
    workspace::{Files, Found, Said, Workspace, names},
};

/// Tell which questions designs leave open
///
/// Folders are walked with .gitignore honoured; what is hidden, `node_modules` and change logs are left out. A file that is named is always
/// checked. Documents that are no designs are read and stay silent.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Files and folders; `-` is standard input, and nothing is this folder
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Check what this file names as well, a path a line; `-` is standard input
    #[arg(long, value_name = "FILE")]
    files_from: Option<PathBuf>,

    /// Print the paths that would be checked, a line each, and check none
    #[arg(long, conflicts_with_all = ["write_baseline", "fix", "diff"])]
    files: bool,

    /// The paths of --files and --files-from end with a NUL rather than with their line
    #[arg(short = '0', long)]
    null: bool,

    /// How to report
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,

    /// What standard input is called in the report, and whose settings hold for it
    #[arg(long, value_name = "FILE")]
    stdin_filename: Option<PathBuf>,

    /// Exit with 1 if a finding weighs this much or more
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = Weight::Warning)]
    fail_on: Weight,

    /// Leave findings out that weigh less
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = Weight::Hint)]
    min_severity: Weight,

    /// Exit with 0 even if there are findings
    #[arg(long)]
    exit_zero: bool,

    /// Leave the findings out that this file lists
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// Write the findings there are to the file of --baseline
    #[arg(long, requires = "baseline", conflicts_with_all = ["fix", "diff"])]
    write_baseline: bool,

    /// Insert a checklist for each finding that has one (a document from standard input goes to standard output)
    #[arg(long)]
    fix: bool,

    /// Show what --fix would do, and change nothing
    #[arg(long)]
    diff: bool,

    #[command(flatten)]
    places: Places,

    /// Read no followup.toml and no .followup folder
    #[arg(long, conflicts_with = "config", help_heading = "Settings")]
    no_config: bool,

    /// Set how much a question, a group (`GROUP/*`) or all (`*`) weigh: off, hint, information or warning
    #[arg(long, value_name = "ID=LEVEL", value_parser = assignment, help_heading = "Settings")]
    severity: Vec<(String, String)>,

    /// Leave these files of folders out, in place of those that the settings leave out
    #[arg(long, value_name = "GLOB", help_heading = "Settings")]
    exclude: Vec<String>,
}

const EXAMPLES: &str = "\
Exit code: 0 nothing to fail on, 1 findings, 2 something could not be read.

Examples:
  followup check                              all designs in this folder and below
  followup check design.md --diff             the checklists that --fix would insert
  git show HEAD:design.md | followup check -  a document from standard input
  followup check docs --baseline followup-baseline.json --write-baseline
                                              accept what is open today, then fail on what is new
  followup check --files -0 | xargs -0 -n 500 -P 8 followup check --format json-lines
                                              a large tree in parts of 500 documents";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// One object; its schema is `check.schema.json`
    Json,
    /// An object a line, for each document and each problem: parts are joined by writing them together
    #[value(alias = "jsonl")]
    JsonLines,
    /// For code scanning (SARIF 2.1.0)
    Sarif,
    /// Annotations of GitHub Actions
    Github,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Weight {
    Hint,
    Information,
    Warning,
}

/// What all documents are checked with.
struct Check<'a> {
    arguments: &'a Arguments,
    workspace: Workspace,
    baseline: Option<Baseline>,
    console: &'a Console,
    /// What became of the document from standard input.
    mended: OnceLock<String>,
}

/// How all of it went.
struct Whole {
    tally: Tally,
    /// Something could not be read or understood.
    problems: bool,
}

pub(super) fn run(arguments: &Arguments, console: &Console) -> anyhow::Result<Outcome> {
    let baseline = arguments.baseline.as_deref().map(|file| Baseline::read(file, arguments.write_baseline)).transpose()?;
    let check = Check { arguments, workspace: arguments.workspace()?, baseline, console, mended: OnceLock::new() };
    if arguments.files {
        return check.list();
    }
    if let Some(baseline) = check.baseline.as_ref().filter(|_| arguments.write_baseline) {
        return check.accept(baseline);
    }
    let human = Human { width: console.width };
    let whole = if arguments.diff {
        // Not stripped of styles but made without: a patch has to hold every byte of the document, escape sequences too.
        check.all(&mut Diff { colors: console.has_colors() }, Way::Plain)
    } else if arguments.fix && arguments.reads_input() {
        // The document itself goes to standard output.
        let whole = check.all(&mut { human }, Way::Aside)?;
        console.print(Way::Plain, check.mended.get().map_or("", String::as_str))?;
        Ok(whole)
    } else {
        match arguments.format {
            Format::Human => check.all(&mut { human }, Way::Styled),
            Format::Json => check.all(&mut Json::default(), Way::Plain),
            Format::JsonLines => check.all(&mut JsonLines, Way::Plain),
            Format::Sarif => check.all(&mut Sarif::default(), Way::Plain),
            Format::Github => check.all(&mut Github, Way::Plain),
        }
    };
    Ok(arguments.outcome(&whole?))
}

impl Check<'_> {
    /// Checks all documents on all cores, and tells of each as soon as those before it are told.
    fn all<F: Form>(&self, form: &mut F, way: Way) -> anyhow::Result<Whole> {
        let mut whole = Whole { tally: Tally::default(), problems: false };
        let mut progress = Progress::new();
        let mut failure = None;
        // Documents share their settings, and so what is wrong with them.
        let mut seen = BTreeSet::new();
        // Empty as yet: one makes pieces while the other joins them.
        let maker = form.clone();
        parallel::each(
            self.documents(),
            |document| self.done(document, &maker),
            |done: Done<F::Piece>| {
                let mut text = String::new();
                progress.hide();
                if let Some((piece, tally)) = done.piece {
                    whole.tally += tally;
                    text += &form.join(piece);
                }
                for notice in done.notices {
                    self.console.note(&notice);
                }
                for problem in done.problems {
                    if seen.insert(problem.clone()) {
                        whole.problems = true;
                        text += &form.problem(&problem);
                        self.console.error(&problem.to_string());
                    }
                }
                match self.console.print(way, &text) {
                    Ok(true) => {}
                    // A reader that has seen enough needs no more of it.
                    Ok(false) => return ControlFlow::Break(()),
                    Err(error) => {
                        failure = Some(error);
                        return ControlFlow::Break(());
                    }
                }
                progress.show(&whole.tally);
                ControlFlow::Continue(())
            },
        );
        progress.hide();
        failure.map_or(Ok(()), Err)?;
        self.console.print(way, &form.end(&whole.tally))?;
        Ok(whole)
    }

    /// Prints what would be checked.
    fn list(&self) -> anyhow::Result<Outcome> {
        let mut outcome = Outcome::Clean;
        for found in self.found() {
            match found {
                Ok(path) => {
                    let mut line = path.into_os_string().into_encoded_bytes();
                    line.push(self.arguments.end_of_names());
                    if !self.console.print_bytes(&line)? {
                        break;
                    }
                }
                Err(problem) => {
                    self.console.error(&problem.to_string());
                    outcome = Outcome::Incomplete;
                }
            }
        }
        Ok(outcome)
    }

    /// Writes the findings there are to the baseline.
    fn accept(&self, baseline: &Baseline) -> anyhow::Result<Outcome> {
        let mut accepted = Accepted::of(baseline);
        if self.all(&mut accepted, Way::Plain)?.problems {
            anyhow::bail!("the baseline was not written, since not everything could be read; mend that first");
        }
        let count = accepted.write()?;
        self.console.print(Way::Aside, &format!("{} holds {count} findings now\n", baseline.file().display()))?;
        Ok(Outcome::Clean)
    }
}

impl Arguments {
    fn workspace(&self) -> anyhow::Result<Workspace> {
        let mut options = self.places.options(if self.no_config { Files::None } else { Files::Nearest })?;
        let mut said = json!({});
        if !self.severity.is_empty() {
            said["severity"] =
                self.severity.iter().map(|(id, level)| (id.clone(), level.clone().into())).collect::<serde_json::Map<_, _>>().into();
        }
        if !self.exclude.is_empty() {
            said["exclude"] = self.exclude.clone().into();
        }
        options.said.push(Said { by: "the command line".to_owned(), values: said });
        Ok(Workspace::new(options))
    }

    /// The paths that were named, here and in a list.
    fn paths(&self) -> impl Iterator<Item = Found> + Send + use<> {
        let listed = self.files_from.as_deref().map(|list| names(Some(list).filter(|list| !is_input(list)), self.end_of_names()));
        let here = (self.paths.is_empty() && listed.is_none()).then(|| PathBuf::from("."));
        let named: Vec<_> = self.paths.iter().filter(|path| !is_input(path)).cloned().chain(here).map(Ok).collect();
        named.into_iter().chain(listed.into_iter().flatten())
    }

    fn end_of_names(&self) -> u8 {
        if self.null { 0 } else { b'\n' }
    }

    fn reads_input(&self) -> bool {
        self.paths.iter().any(|path| is_input(path))
    }

    fn outcome(&self, whole: &Whole) -> Outcome {
        let &Tally { warnings, informations, hints, .. } = &whole.tally;
        let failing = match self.fail_on {
            Weight::Warning => warnings,
            Weight::Information => warnings + informations,
            Weight::Hint => warnings + informations + hints,
        };
        match failing {
            _ if whole.problems => Outcome::Incomplete,
            1.. if !self.exit_zero => Outcome::Findings,
            _ => Outcome::Clean,
        }
    }
}

fn is_input(path: &Path) -> bool {
    path == Path::new("-")
}

fn assignment(text: &str) -> Result<(String, String), String> {
    let (id, level) = text.split_once('=').ok_or("write ID=LEVEL")?;
    Ok((id.trim().to_owned(), level.trim().to_owned()))
}

impl From<Weight> for Severity {
    fn from(weight: Weight) -> Self {
        match weight {
            Weight::Hint => Self::Hint,
            Weight::Information => Self::Information,
            Weight::Warning => Self::Warning,
        }
    }
}
