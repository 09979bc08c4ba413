//! `followup check`: the questions that documents leave open, as a report and an exit code.

use std::{
    collections::BTreeSet,
    io::{self, Read},
    path::{Path, PathBuf},
};

use clap::ValueEnum;
use serde_json::json;

use super::{
    Outcome, Places,
    baseline::Baseline,
    console::Console,
    fix, parallel,
    report::{self, Checked, Report},
};
use crate::{
    content::Severity,
    ide::{self, Analysis, Diagnostic},
    workspace::{self, Files, LIMIT, Problem, Said, Workspace},
};

/// Tell which questions designs leave open
///
/// Folders are walked with .gitignore honoured; what is hidden, `node_modules` and change logs are left out. A file that is named is always
/// checked. Documents that are no designs are read and stay silent.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Files and folders; `-` is standard input
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

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
                                              accept what is open today, then fail on what is new";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// One object; its schema is `check.schema.json`
    Json,
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

/// A document to check; without a path it comes from standard input.
#[derive(Debug)]
enum Document {
    File(PathBuf),
    Input(Result<String, String>),
}

pub(super) fn run(arguments: &Arguments, console: &Console) -> anyhow::Result<Outcome> {
    let workspace = arguments.workspace()?;
    let baseline = arguments.baseline.as_deref().map(|file| Baseline::read(file, arguments.write_baseline)).transpose()?;

    let (documents, problems) = arguments.documents(&workspace);
    let checked = parallel::map(&documents, |document| arguments.check(document, &workspace, baseline.as_ref()));
    let mut report = Report { problems, ..Report::default() };
    for (file, wrong) in checked {
        report.files.extend(file);
        report.problems.extend(wrong);
    }
    // Documents share their settings, and so what is wrong with them.
    let mut seen = BTreeSet::new();
    report.problems.retain(|problem| seen.insert(problem.clone()));
    for problem in &report.problems {
        console.error(&problem.to_string());
    }

    if let Some(baseline) = baseline.filter(|_| arguments.write_baseline) {
        if !report.problems.is_empty() {
            anyhow::bail!("the baseline was not written, since not everything could be read; mend that first");
        }
        let count = baseline.write(&report.files)?;
        console.print_aside(&format!("{} holds {count} findings now\n", baseline.file().display()));
        return Ok(Outcome::Clean);
    }
    arguments.print(&report, console)?;
    Ok(arguments.outcome(&report))
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

    fn documents(&self, workspace: &Workspace) -> (Vec<Document>, Vec<Problem>) {
        let paths: Vec<_> = self.paths.iter().filter(|path| !is_input(path)).cloned().collect();
        let (files, problems) = workspace.documents(&paths);
        let input = self.reads_input().then(|| Document::Input(standard_input()));
        (input.into_iter().chain(files.into_iter().map(Document::File)).collect(), problems)
    }

    /// One document read, reviewed and, if asked for, mended; and what was wrong with it and its settings.
    fn check(&self, document: &Document, workspace: &Workspace, baseline: Option<&Baseline>) -> (Option<Checked>, Vec<Problem>) {
        let (path, text) = match document {
            Document::File(path) => (Some(path.as_path()), workspace::read(path)),
            Document::Input(text) => (self.stdin_filename.as_deref(), text.clone()),
        };
        let name = path.map_or_else(|| self.input_name(), |path| path.display().to_string());
        let text = match text {
            Ok(text) => text,
            Err(message) => return (None, vec![Problem { label: name, file: path.map(Path::to_owned), at: None, message }]),
        };
        let resolved = workspace.settings_for(path.map(workspace::absolute).as_deref());
        let mut problems = resolved.problems.clone();
        let known = baseline.filter(|_| !self.write_baseline);
        let counts = |found: &Diagnostic| {
            let weighs = found.severity >= self.min_severity.into();
            weighs && !known.is_some_and(|baseline| baseline.holds(&name, found))
        };

        let analyse = |text: &str| Analysis::new(text.into(), resolved.library.clone(), &resolved.settings.severities);
        let mut analysis = analyse(&text);
        let mut fixed = None;
        if self.fix || self.diff {
            let (after, inserted) = fix::all(analysis, analyse, counts);
            fixed = Some(fix::Fixed { before: text.clone(), after: after.text.clone(), inserted });
            analysis = if self.diff { analyse(&text) } else { after };
        }
        if let (Document::File(path), Some(fixed), false) = (document, &fixed, self.diff)
            && fixed.inserted > 0
            && let Err(message) = workspace::replace(path, &fixed.before, &fixed.after)
        {
            problems.push(Problem::of_file(path, message));
        }
        let all = ide::diagnostics(&analysis);
        let found = all.len();
        let findings: Vec<_> = all.into_iter().filter(counts).collect();
        let checked = Checked {
            text: analysis.text.clone(),
            design: analysis.review.design,
            service: analysis.review.service,
            left_out: found - findings.len(),
            suppressed: analysis.review.suppressed.len(),
            findings,
            resolved,
            fixed,
            name,
        };
        (Some(checked), problems)
    }

    fn reads_input(&self) -> bool {
        self.paths.iter().any(|path| is_input(path))
    }

    fn input_name(&self) -> String {
        self.stdin_filename.as_ref().map_or("<stdin>".to_owned(), |path| path.display().to_string())
    }

    fn print(&self, report: &Report, console: &Console) -> anyhow::Result<()> {
        if self.diff {
            // Not stripped of styles but made without: a patch has to hold every byte of the document, escape sequences too.
            let colors = console.has_colors();
            return console.print_plain(&report.files.iter().map(|file| fix::diff(file, colors)).collect::<String>());
        }
        let human = report::human(report, console.width);
        if self.fix && self.reads_input() {
            // The document itself goes to standard output.
            console.print_aside(&human);
            let name = self.input_name();
            return report.files.iter().find(|file| file.name == name).map_or(Ok(()), |file| console.print_plain(&file.text));
        }
        match self.format {
            Format::Human => console.print(&human),
            Format::Json => console.print_plain(&report::json(report)),
            Format::Sarif => console.print_plain(&report::sarif(report)),
            Format::Github => console.print_plain(&report::github(report)),
        }
    }

    fn outcome(&self, report: &Report) -> Outcome {
        let fails = |found: &Diagnostic| found.severity >= self.fail_on.into();
        if !report.problems.is_empty() {
            return Outcome::Incomplete;
        }
        let findings = report.files.iter().flat_map(|file| &file.findings).any(fails);
        if findings && !self.exit_zero { Outcome::Findings } else { Outcome::Clean }
    }
}

fn is_input(path: &Path) -> bool {
    path == Path::new("-")
}

fn standard_input() -> Result<String, String> {
    let mut bytes = Vec::new();
    io::stdin().take(LIMIT + 1).read_to_end(&mut bytes).map_err(|error| format!("cannot be read: {error}"))?;
    workspace::decode(bytes)
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
