//! One document read, reviewed and, where that was asked for, mended.

use std::{
    io::{self, Read},
    path::PathBuf,
};

use super::Check;
use crate::{
    cli::{
        fix,
        report::{Checked, Form, Tally},
    },
    ide::{self, Analysis, Diagnostic},
    workspace::{self, Found, LIMIT, Problem},
};

/// A document to check; without a path it comes from standard input.
pub(super) enum Document {
    File(PathBuf),
    Input(Result<String, String>),
}

/// What became of a document.
pub(super) struct Done<P> {
    /// None where it could not be read.
    pub(super) piece: Option<(P, Tally)>,
    pub(super) problems: Vec<Problem>,
    /// What was not looked at, with the document's name.
    pub(super) notices: Vec<String>,
}

impl Check<'_> {
    /// All documents, found as they are asked for: standard input first.
    pub(super) fn documents(&self) -> impl Iterator<Item = Result<Document, Problem>> + Send {
        let input = self.arguments.reads_input().then(|| Ok(Document::Input(standard_input())));
        input.into_iter().chain(self.found().map(|found| found.map(Document::File)))
    }

    /// The files among them.
    pub(super) fn found(&self) -> impl Iterator<Item = Found> + Send {
        self.workspace.documents(self.arguments.paths())
    }

    /// What there is to tell of a document in a form.
    pub(super) fn done<F: Form>(&self, document: Result<Document, Problem>, form: &F) -> Done<F::Piece> {
        match document.and_then(|document| self.check(document)) {
            Ok((checked, problems)) => Done {
                notices: checked.notices.iter().map(|notice| format!("{}: {notice}", checked.name)).collect(),
                piece: Some((form.piece(&checked), checked.tally())),
                problems,
            },
            Err(problem) => Done { piece: None, problems: vec![problem], notices: Vec::new() },
        }
    }

    /// The document, and what is wrong with its settings.
    fn check(&self, document: Document) -> Result<(Checked, Vec<Problem>), Problem> {
        let arguments = self.arguments;
        let (file, path, text) = match document {
            Document::File(path) => (Some(path.clone()), Some(path.clone()), workspace::read(&path)),
            Document::Input(text) => (None, arguments.stdin_filename.clone(), text),
        };
        let name = path.as_ref().map_or("<stdin>".to_owned(), |path| path.display().to_string());
        let text = text.map_err(|message| Problem { label: name.clone(), file: path.clone(), at: None, message })?;
        let resolved = self.workspace.settings_for(path.as_deref().map(workspace::absolute).as_deref());
        let mut problems = resolved.problems.clone();
        let known = self.baseline.as_ref().filter(|_| !arguments.write_baseline);
        let counts = |found: &Diagnostic| {
            let weighs = found.severity >= arguments.min_severity.into();
            weighs && !known.is_some_and(|baseline| baseline.holds(&name, found))
        };

        let too_large = resolved.settings.is_too_large(text.len());
        let analyse = |text: &str| match too_large {
            true => Analysis::too_large(text.len(), resolved.settings.max_size(), resolved.library.clone()),
            false => Analysis::new(text.into(), resolved.library.clone(), &resolved.settings.severities),
        };
        let mut analysis = analyse(&text);
        let mut fixed = None;
        if arguments.fix || arguments.diff {
            let (after, inserted) = fix::all(analysis, analyse, counts);
            // Nothing was inserted into a document that was not looked at.
            let told = if inserted > 0 { after.text.clone() } else { text.as_str().into() };
            fixed = Some(fix::Fixed { before: text.clone(), after: told, inserted });
            analysis = if arguments.diff { analyse(&text) } else { after };
        }
        if let (Some(path), Some(fixed), false) = (&file, &fixed, arguments.diff)
            && fixed.inserted > 0
            && let Err(message) = workspace::replace(path, &fixed.before, &fixed.after)
        {
            problems.push(Problem::of_file(path, message));
        }
        if let (None, Some(fixed)) = (&file, &fixed) {
            _ = self.mended.set(fixed.after.to_string());
        }
        let all = ide::diagnostics(&analysis);
        let found = all.len();
        let findings: Vec<_> = all.into_iter().filter(counts).collect();
        let checked = Checked {
            text: analysis.text.clone(),
            reviewed: !too_large,
            design: analysis.review.design,
            service: analysis.review.service,
            left_out: found - findings.len(),
            suppressed: analysis.review.suppressed.len(),
            notices: analysis.notices,
            findings,
            resolved,
            fixed,
            name,
        };
        Ok((checked, problems))
    }
}

fn standard_input() -> Result<String, String> {
    let mut bytes = Vec::new();
    io::stdin().take(LIMIT + 1).read_to_end(&mut bytes).map_err(|error| format!("cannot be read: {error}"))?;
    workspace::decode(bytes)
}
