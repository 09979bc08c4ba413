//! The content tries itself: runs the examples that every question and signal carries.

use crate::{
    config::{Level, Severities},
    content::{Library, Problem, page::Fence, question::Question, signal::Signal},
    outline::Outline,
    review::{self, Finding, Genre, Subject},
};

/// Runs the examples of every page whose path below the content folder is `wanted`; gives how many ran, and what failed.
pub fn run(library: &Library, wanted: impl Fn(&str) -> bool) -> (usize, Vec<Problem>) {
    let mut runner = Runner { library, ran: 0, problems: Vec::new(), path: String::new() };
    for question in &library.questions {
        runner.path = format!("questions/{}.md", question.id);
        if wanted(&runner.path) {
            runner.question(question);
        }
    }
    for (number, signal) in library.signals.iter().enumerate() {
        runner.path = format!("signals/{}.md", signal.id);
        if wanted(&runner.path) {
            runner.signal(number, signal);
        }
    }
    (runner.ran, runner.problems)
}

struct Runner<'a> {
    library: &'a Library,
    ran: usize,
    problems: Vec<Problem>,
    path: String,
}

impl Runner<'_> {
    fn question(&mut self, question: &Question) {
        for (title, open) in [("Open", true), ("Answered", false)] {
            for fence in question.page.section(title).map(|section| section.fences()).unwrap_or_default() {
                self.ran += 1;
                match Example::read(&fence) {
                    Ok(example) => self.example(question, &example, open, fence.line),
                    Err((line, message)) => self.tell(line, message),
                }
            }
        }
    }

    fn example(&mut self, question: &Question, example: &Example, open: bool, line: usize) {
        if open == example.carets.is_empty() {
            let message = if open {
                "an open example needs carets `^^^` under what the finding underlines"
            } else {
                "an answered example has no carets"
            };
            return self.tell(line, message.to_owned());
        }
        let findings = self.findings(question, example);
        let mut unmet: Vec<&Caret> = example.carets.iter().collect();
        for finding in findings {
            match unmet.iter().position(|caret| caret.fits(&finding, &example.text)) {
                Some(at) => {
                    unmet.remove(at);
                }
                None => {
                    let before = &example.text[..finding.range.start];
                    let at = line + example.file_line(before.matches('\n').count());
                    let shown = example.text[finding.range.clone()].lines().next().unwrap_or_default();
                    self.tell(at, format!("`{}` is found here, at `{shown}`, and should not be: {}", finding.id, finding.message));
                }
            }
        }
        for caret in unmet {
            let told = format!("`{}` should be found here, at `{}`, and is not", question.id, &example.text[caret.range.clone()]);
            self.tell(line + caret.file_line, told + &self.why_not(question, example));
        }
    }

    /// What the review says of the question, to see why an example failed.
    fn why_not(&self, question: &Question, example: &Example) -> String {
        let review = self.review(question, example);
        let asked = review.questions.iter().filter(|asked| asked.id == question.id);
        let told = asked.map(|asked| {
            let evidence = asked.evidence.iter().map(|one| format!("{} by `{}`", one.term, &example.text[one.range.clone()]));
            format!("; it is {:?}: {}", asked.status, evidence.collect::<Vec<_>>().join(", "))
        });
        let told = told.collect::<String>();
        if told.is_empty() { "; it does not arise".to_owned() } else { told }
    }

    fn findings(&self, question: &Question, example: &Example) -> Vec<Finding> {
        let mut findings = self.review(question, example).findings;
        findings.retain(|finding| example.all || finding.id == question.id);
        findings
    }

    fn review(&self, question: &Question, example: &Example) -> review::Review {
        let mut severities = Severities::default();
        if !example.all {
            let others = self.library.questions.iter().filter(|other| other.id != question.id);
            severities.levels = others.map(|other| (other.id.clone(), Level::Off)).collect();
        }
        let outline = Outline::new(&example.text);
        review::review_as(&example.text, &outline, self.library, &severities, Some(example.genre))
    }

    fn signal(&mut self, number: usize, signal: &Signal) {
        for (title, says) in [("Says", true), ("Does not say", false)] {
            for fence in signal.page.section(title).map(|section| section.fences()).unwrap_or_default() {
                for (at, line) in fence.lines.iter().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
                    self.ran += 1;
                    let outline = Outline::new(line);
                    let given = review::signals(line, &outline, self.library);
                    let said = given.iter().find(|(signal, _)| *signal == number);
                    match said {
                        None if says => self.tell(fence.line + at, format!("`{line}` should say `{}` and does not", signal.id)),
                        Some((_, words)) if !says => {
                            let words = &line[words.clone()];
                            self.tell(fence.line + at, format!("`{line}` should not say `{}`, and does by `{words}`", signal.id));
                        }
                        _ => {}
                    }
                }
            }
        }
    }

    fn tell(&mut self, line: usize, message: String) {
        self.problems.push(Problem { path: self.path.clone(), line, message });
    }
}

/// A document of an example, and where it should be underlined.
struct Example {
    text: String,
    carets: Vec<Caret>,
    genre: Genre,
    /// All questions run, not only the page's own.
    all: bool,
    /// For each line of the text, its line in the block.
    lines: Vec<usize>,
}

/// Where a finding should stand.
struct Caret {
    range: std::ops::Range<usize>,
    /// Line in the block.
    file_line: usize,
    /// One caret under the first column of the first line: the document.
    document: bool,
}

impl Example {
    fn read(fence: &Fence) -> Result<Self, (usize, String)> {
        let mut example = Self { text: String::new(), carets: Vec::new(), genre: Genre::Service, all: false, lines: Vec::new() };
        for word in fence.info.split_whitespace() {
            match word {
                "design" => {}
                "only=off" => example.all = true,
                "kind=library" => example.genre = Genre::Design,
                _ => {
                    return Err((
                        fence.line - 1,
                        format!("`{word}` is unknown here: a block is ```design, with `only=off` or `kind=library`"),
                    ));
                }
            }
        }
        let mut last = 0;
        for (number, line) in fence.lines.iter().enumerate() {
            let marks = line.trim();
            if marks.is_empty() || !marks.chars().all(|c| c == '^' || c == ' ') {
                last = example.text.len();
                example.text += line;
                example.text.push('\n');
                example.lines.push(number);
                continue;
            }
            let above = example.text[last..].trim_end_matches('\n').to_owned();
            for (start, end) in stretches(line) {
                let byte = |column: usize| above.char_indices().nth(column).map(|(at, _)| at);
                let (Some(from), to) = (byte(start), byte(end).unwrap_or(above.len())) else {
                    return Err((fence.line + number, "the carets stand beyond the end of the line above".to_owned()));
                };
                let document = last == 0 && (start, end) == (0, 1);
                example.carets.push(Caret { range: last + from..last + to, file_line: number, document });
            }
        }
        Ok(example)
    }

    fn file_line(&self, line: usize) -> usize {
        self.lines.get(line).copied().unwrap_or_default()
    }
}

impl Caret {
    fn fits(&self, finding: &Finding, text: &str) -> bool {
        if self.document {
            let first = text.find('\n').unwrap_or(text.len());
            return finding.range.start <= first && !matches!(finding.subject, Subject::Component(_));
        }
        finding.range == self.range
    }
}

/// Columns at which runs of carets begin and end.
fn stretches(line: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (column, _) in line.chars().enumerate().filter(|(_, c)| *c == '^') {
        match found.last_mut() {
            Some((_, end)) if *end == column => *end += 1,
            _ => found.push((column, column + 1)),
        }
    }
    found
}
