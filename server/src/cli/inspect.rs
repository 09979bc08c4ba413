//! `followup inspect`: everything the engine knows of one document, as JSON.

use std::{collections::BTreeMap, ops::Range, path::PathBuf, sync::Arc};

use clap::ValueEnum;
use serde::Serialize;

use super::{
    Outcome, Places,
    console::{Console, Way},
    lines::Lines,
};
use crate::{
    content::{Library, Polarity, Severity, question::Kind},
    ide::Analysis,
    review::{Asked, Component, Evidence, Finding, Mention, Origin, Reason, Review, Stated, Status, Subject},
    workspace::{self, Files, Workspace},
};

/// Raised when a reader of the last version could be misled.
const SCHEMA: u32 = 1;

/// Print all that is known of a document, as JSON (for those who write questions)
///
/// No settings count unless --config names a file. Lines and columns count from 1, columns in bytes of UTF-8; `start` and `end` are byte
/// offsets, the end exclusive.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    file: PathBuf,

    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,

    #[command(flatten)]
    places: Places,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Json,
}

pub(super) fn run(arguments: &Arguments, console: &Console) -> anyhow::Result<Outcome> {
    let workspace = Workspace::new(arguments.places.options(Files::None)?);
    let name = arguments.file.display().to_string();
    let text = workspace::read(&arguments.file).map_err(|message| anyhow::anyhow!("{name}: {message}"))?;
    let resolved = workspace.settings_for(Some(&workspace::absolute(&arguments.file)));
    for problem in &resolved.problems {
        console.error(&problem.to_string());
    }
    let analysis = Analysis::new(text.into(), resolved.library.clone(), &resolved.settings.severities);
    let output = View::new(&analysis).output(&name, &resolved.problems, &analysis.notices);
    match arguments.format {
        Format::Json => console.print(Way::Plain, &(serde_json::to_string_pretty(&output)? + "\n"))?,
    };
    // What is wrong with settings is part of what is printed: a review was made all the same.
    Ok(Outcome::Clean)
}

#[derive(Serialize)]
struct Output<'a> {
    schema: u32,
    followup: &'static str,
    file: &'a str,
    design: bool,
    kind: &'static str,
    why_design: Vec<WhyDesign<'a>>,
    adopted: BTreeMap<&'a str, &'static str>,
    mentions: Vec<MentionOut<'a>>,
    components: Vec<ComponentOut<'a>>,
    facts: Vec<FactOut<'a>>,
    questions: Vec<QuestionOut<'a>>,
    findings: Vec<FindingOut<'a>>,
    suppressed: Vec<FindingOut<'a>>,
    problems: Vec<String>,
    notices: &'a [String],
}

#[derive(Serialize)]
struct WhyDesign<'a> {
    line: usize,
    reason: &'a str,
}

/// A place with its line alone.
#[derive(Serialize)]
struct Line {
    line: usize,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct Place {
    line: usize,
    column: usize,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct MentionOut<'a> {
    #[serde(flatten)]
    place: Place,
    text: &'a str,
    concept: &'a str,
    family: Option<&'a str>,
    polarity: Polarity,
    role: &'a str,
    component: Option<&'a str>,
    origin: Origin,
}

#[derive(Serialize)]
struct ComponentOut<'a> {
    id: &'a str,
    concept: &'a str,
    title: &'a str,
    #[serde(flatten)]
    place: Line,
    mentions: &'a [usize],
}

/// A quantity or a notation; a value is in base units, and of a range it is the upper end.
#[derive(Serialize)]
struct FactOut<'a> {
    #[serde(flatten)]
    place: Line,
    kind: &'static str,
    text: &'a str,
    value: Option<f64>,
    unit: Option<String>,
    per: Option<String>,
    role: &'a str,
}

#[derive(Serialize)]
struct QuestionOut<'a> {
    id: &'a str,
    kind: &'static str,
    subject: &'a Subject,
    status: Status,
    place: Place,
    asked_because: Vec<BecauseOut<'a>>,
    evidence: Vec<EvidenceOut<'a>>,
    rejected: Vec<EvidenceOut<'a>>,
    missing_pieces: &'a [String],
    blank_items: Vec<Line>,
}

#[derive(Serialize)]
struct BecauseOut<'a> {
    #[serde(flatten)]
    place: Line,
    term: &'a str,
    polarity: Option<Polarity>,
}

#[derive(Serialize)]
struct EvidenceOut<'a> {
    #[serde(flatten)]
    place: Line,
    term: &'a str,
    reason: &'a str,
}

#[derive(Serialize)]
struct FindingOut<'a> {
    id: &'a str,
    #[serde(flatten)]
    place: Place,
    severity: Severity,
    status: Status,
    subject: &'a Subject,
    message: &'a str,
    question: Option<usize>,
    related: Vec<Line>,
}

/// A review with what is needed to tell its places.
struct View<'a> {
    text: &'a str,
    lines: Lines,
    review: &'a Review,
    library: &'a Arc<Library>,
}

impl<'a> View<'a> {
    fn new(analysis: &'a Analysis) -> Self {
        Self { text: &analysis.text, lines: Lines::new(&analysis.text), review: &analysis.review, library: &analysis.library }
    }

    fn output(&self, file: &'a str, problems: &[workspace::Problem], notices: &'a [String]) -> Output<'a> {
        let review = self.review;
        Output {
            schema: SCHEMA,
            followup: env!("CARGO_PKG_VERSION"),
            file,
            design: review.design,
            kind: if review.service { "service" } else { "library" },
            why_design: review.why_design.iter().map(|reason| self.why(reason)).collect(),
            adopted: self.adopted(),
            mentions: review.mentions.iter().map(|mention| self.mention(mention)).collect(),
            components: review.components.iter().map(|component| self.component(component)).collect(),
            facts: review.facts.iter().map(|stated| self.fact(stated)).collect(),
            questions: review.questions.iter().map(|asked| self.question(asked)).collect(),
            findings: review.findings.iter().map(|finding| self.finding(finding)).collect(),
            suppressed: review.suppressed.iter().map(|finding| self.finding(finding)).collect(),
            problems: problems.iter().map(ToString::to_string).collect(),
            notices,
        }
    }

    fn why(&self, reason: &'a Reason) -> WhyDesign<'a> {
        WhyDesign { line: self.line(&reason.range).line, reason: &reason.reason }
    }

    /// Every family there is, those without a mention as absent.
    fn adopted(&self) -> BTreeMap<&'a str, &'static str> {
        let standing = |standing| match standing {
            crate::review::Standing::Mentioned => "mentioned",
            crate::review::Standing::Adopted => "adopted",
        };
        let present = self.review.adopted.iter().map(|(family, &stands)| (family.as_str(), standing(stands)));
        families(self.library).map(|family| (family, "absent")).chain(present).collect()
    }

    fn mention(&self, mention: &'a Mention) -> MentionOut<'a> {
        MentionOut {
            place: self.place(&mention.range),
            text: self.text.get(mention.range.clone()).unwrap_or_default(),
            concept: &mention.concept,
            family: mention.family.as_deref(),
            polarity: mention.polarity,
            role: &mention.role,
            component: mention.component.and_then(|number| self.review.components.get(number)).map(|component| component.id.as_str()),
            origin: mention.origin,
        }
    }

    fn component(&self, component: &'a Component) -> ComponentOut<'a> {
        ComponentOut {
            id: &component.id,
            concept: &component.concept,
            title: &component.title,
            place: self.line(&component.range),
            mentions: &component.mentions,
        }
    }

    fn fact(&self, stated: &'a Stated) -> FactOut<'a> {
        let kind = &stated.fact.kind;
        let measured = kind.value();
        FactOut {
            place: self.line(&stated.fact.range),
            kind: kind.name(),
            text: self.text.get(stated.fact.range.clone()).unwrap_or_default(),
            value: measured.as_ref().map(|(value, _)| *value),
            unit: measured.as_ref().and_then(|(_, unit)| unit.name()),
            per: measured.as_ref().and_then(|(_, unit)| unit.per()),
            role: &stated.role,
        }
    }

    fn question(&self, asked: &'a Asked) -> QuestionOut<'a> {
        let evidence = |evidence: &'a [Evidence]| evidence.iter().map(|one| self.evidence(one)).collect();
        QuestionOut {
            id: &asked.id,
            kind: match kind(self.library, &asked.id) {
                Kind::Question => "question",
                Kind::RedFlag => "red-flag",
            },
            subject: &asked.subject,
            status: asked.status,
            place: self.place(&asked.place),
            asked_because: asked.asked_because.iter().map(|one| self.because(one)).collect(),
            evidence: evidence(&asked.evidence),
            rejected: evidence(&asked.rejected),
            missing_pieces: &asked.missing_pieces,
            blank_items: asked.blank_items.iter().map(|range| self.line(range)).collect(),
        }
    }

    /// How it stands is known where it is a mention.
    fn because(&self, evidence: &'a Evidence) -> BecauseOut<'a> {
        let within = |mention: &&Mention| {
            let inside = evidence.range.start <= mention.range.start && mention.range.end <= evidence.range.end;
            // A component may be told of by a part of it.
            inside && (mention.concept == evidence.term || mention.range == evidence.range)
        };
        let polarity = self.review.mentions.iter().find(within).map(|mention| mention.polarity);
        BecauseOut { place: self.line(&evidence.range), term: &evidence.term, polarity }
    }

    fn evidence(&self, evidence: &'a Evidence) -> EvidenceOut<'a> {
        EvidenceOut { place: self.line(&evidence.range), term: &evidence.term, reason: &evidence.reason }
    }

    fn finding(&self, finding: &'a Finding) -> FindingOut<'a> {
        FindingOut {
            id: &finding.id,
            place: self.place(&finding.range),
            severity: finding.severity,
            status: finding.status,
            subject: &finding.subject,
            message: &finding.message,
            question: finding.question,
            related: finding.related.iter().map(|range| self.line(range)).collect(),
        }
    }

    fn place(&self, range: &Range<usize>) -> Place {
        let place = self.lines.place(range.start);
        Place { line: place.line, column: place.column, start: range.start, end: range.end }
    }

    fn line(&self, range: &Range<usize>) -> Line {
        Line { line: self.lines.place(range.start).line, start: range.start, end: range.end }
    }
}

fn families(library: &Library) -> impl Iterator<Item = &str> {
    library.concepts.iter().filter_map(|concept| concept.family.as_deref())
}

fn kind(library: &Library, id: &str) -> Kind {
    library.question(id).map_or(Kind::Question, |question| question.kind)
}
