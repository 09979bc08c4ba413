//! Training: labelled sentences into weights, with nothing but sums and products, so that every machine gets the same.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
};

use followup::{
    content::Library,
    lexicon::{Reading, features},
    outline::Outline,
};

use crate::rust_source::files_below;

/// How much a mistake on one sentence costs, against large weights; one on a sentence of another label costs less.
const COST: f64 = 0.1;
const OTHERS: f64 = 0.6;
/// So often the sentences are gone through.
const ROUNDS: usize = 60;
/// A feature that fewer sentences show is not learned.
const SHOWN: usize = 3;
/// Of a label's features, only those that weigh most are kept.
const KEPT: usize = 2500;
/// What every sentence shows.
const START: f64 = 3.0;

/// The sentences written for one label.
pub(super) struct Label {
    pub(super) name: String,
    /// The labels that a sentence may well have besides.
    near: Vec<String>,
    pub(super) sentences: Vec<Sentence>,
}

/// A sentence, and whether it says what the label is.
pub(super) struct Sentence {
    pub(super) says: bool,
    /// Numbers of its features, rising.
    pub(super) features: Vec<usize>,
    /// Number of the person who wrote it; `# person` in a file begins the next one's.
    pub(super) person: usize,
}

/// All that was labelled.
pub(super) struct Labelled {
    pub(super) labels: Vec<Label>,
    /// By number.
    features: Vec<String>,
}

/// By number of the feature its weight, and the one of [`START`] behind them.
pub(super) type Model = Vec<f64>;

/// Reads `server/content/learned/`.
pub(super) fn labelled() -> Labelled {
    let library = Library::default();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let labels = files_below("server/content/learned", ".txt").into_iter().filter(|(path, _)| !path.ends_with("weights.txt"));
    let mut labels: Vec<Label> = labels
        .map(|(path, file)| {
            let name = path.rsplit('/').next().and_then(|name| name.strip_suffix(".txt")).expect("a file has a name");
            let mut label = Label { name: name.to_owned(), near: Vec::new(), sentences: Vec::new() };
            let text = fs::read_to_string(file).expect("UTF-8");
            let mut person = 0;
            for (at, line) in text.lines().enumerate() {
                match line.split_at_checked(2) {
                    Some((mark @ ("+ " | "- "), sentence)) => {
                        let number = |name: String| {
                            let next = numbers.len();
                            *numbers.entry(name).or_insert(next)
                        };
                        let features = shown(&library, sentence).into_iter().map(number).collect::<BTreeSet<_>>();
                        label.sentences.push(Sentence { says: mark == "+ ", features: features.into_iter().collect(), person });
                    }
                    Some(("# ", comment)) => {
                        let near = comment.strip_prefix("near: ").into_iter().flat_map(|near| near.split(", "));
                        label.near.extend(near.map(str::to_owned));
                        person += usize::from(comment == "person");
                    }
                    _ if line.is_empty() => {}
                    _ => panic!("{path}:{}: begin the line with `+ `, `- ` or `# `", at + 1),
                }
            }
            label
        })
        .collect();
    labels.sort_by(|a, b| a.name.cmp(&b.name));
    let mut features = vec![String::new(); numbers.len()];
    for (name, number) in numbers {
        features[number] = name;
    }
    Labelled { labels, features }
}

/// The features of a line: `BEFORE >>> SENTENCE`, or a sentence alone.
fn shown(library: &Library, line: &str) -> BTreeSet<String> {
    let (before, sentence) = line.split_once(" >>> ").unwrap_or(("", line));
    let stands = sentence.starts_with(['|', '#']) || sentence.starts_with("- ") || before.starts_with('#') || before.ends_with(':');
    let head = |row: &str, fill: &str| format!("|{}", format!("{fill}|").repeat(row.trim_matches('|').matches('|').count() + 1));
    let before = match (sentence.starts_with('|'), before.starts_with('|')) {
        (true, true) => format!("{before}\n{}\n", head(before, "---")),
        (true, false) => format!("{before}\n\n{}\n{}\n", head(sentence, " "), head(sentence, "---")),
        _ if before.is_empty() => String::new(),
        _ if stands => format!("{before}\n\n"),
        _ => format!("{before} "),
    };
    let text = format!("{before}{sentence}\n");
    let outline = Outline::new(&text);
    let reading = Reading::new(&text, &outline, library);
    let (mut names, mut features) = (BTreeSet::new(), Vec::new());
    for (number, _) in reading.sentences.iter().enumerate().filter(|(_, one)| one.range.end > before.len()) {
        features::of(&reading, number, &mut features);
        names.extend(features.iter().map(|feature| features::name(&text, &reading, feature)));
    }
    names
}

/// Learns the label `number` from the sentences that are `taken`.
pub(super) fn train(all: &Labelled, number: usize, taken: impl Fn(&Sentence) -> bool) -> Model {
    let own = &all.labels[number];
    let mut samples: Vec<(&[usize], f64, f64)> = Vec::new();
    for (at, label) in all.labels.iter().enumerate() {
        let near = own.near.contains(&label.name) || label.near.contains(&own.name);
        for sentence in label.sentences.iter().filter(|sentence| taken(sentence)) {
            let says = at == number && sentence.says;
            if at == number || !(near && sentence.says) {
                let cost = if at == number { COST } else { COST * OTHERS };
                samples.push((&sentence.features, if says { 1.0 } else { -1.0 }, cost));
            }
        }
    }
    let mut counts = vec![0; all.features.len()];
    samples.iter().flat_map(|(features, ..)| *features).for_each(|feature| counts[*feature] += 1);
    let known: Vec<bool> = counts.iter().map(|count| *count >= SHOWN).collect();
    let first = fit(&samples, &known);
    let mut order: Vec<usize> = (0..known.len()).filter(|feature| first[*feature] != 0.0).collect();
    order.sort_by(|a, b| first[*b].abs().total_cmp(&first[*a].abs()).then(a.cmp(b)));
    let mut kept = vec![false; known.len()];
    order.into_iter().take(KEPT).for_each(|feature| kept[feature] = true);
    fit(&samples, &kept)
}

/// A linear support vector machine with squared hinge loss, by descent along one sentence at a time (Hsieh et al., 2008).
fn fit(samples: &[(&[usize], f64, f64)], known: &[bool]) -> Model {
    let start = known.len();
    let own = |features: &[usize]| features.iter().copied().filter(|feature| known[*feature]).collect::<Vec<_>>();
    let samples: Vec<(Vec<usize>, f64, f64)> = samples.iter().map(|(features, says, cost)| (own(features), *says, *cost)).collect();
    let mut weights = vec![0.0; start + 1];
    let mut alphas = vec![0.0; samples.len()];
    for _ in 0..ROUNDS {
        // Neighbours are of one label, so it goes on in strides; the stride is prime, and reaches all.
        for step in 0..samples.len() {
            let at = step * 7919 % samples.len();
            let (features, says, cost) = &samples[at];
            let reached = START * weights[start] + features.iter().map(|feature| weights[*feature]).sum::<f64>();
            let slack = 0.5 / cost;
            let length = START * START + features.len() as f64 + slack;
            let moved: f64 = f64::max(alphas[at] - (says * reached - 1.0 + slack * alphas[at]) / length, 0.0);
            let change = (moved - alphas[at]) * says;
            // Most sentences are far from what would change anything.
            if change == 0.0 {
                continue;
            }
            alphas[at] = moved;
            features.iter().for_each(|feature| weights[*feature] += change);
            weights[start] += START * change;
        }
    }
    weights
}

/// The weights as the program reads them.
pub(super) fn written(all: &Labelled, models: &[Model]) -> String {
    let hundredths = |weight: f64| (weight * 100.0).round() as i32;
    let mut text = String::new();
    for (label, model) in all.labels.iter().zip(models) {
        let _ = writeln!(text, "label {} {}", label.name, hundredths(START * model[all.features.len()]));
    }
    let mut lines = BTreeMap::new();
    for (feature, name) in all.features.iter().enumerate() {
        let weights = models.iter().enumerate().filter_map(|(label, model)| match hundredths(model[feature]) {
            0 => None,
            weight => Some(format!("{label}:{weight}")),
        });
        let weights: Vec<String> = weights.collect();
        if !weights.is_empty() {
            lines.insert(name, weights.join(" "));
        }
    }
    for (name, weights) in lines {
        let _ = writeln!(text, "{name}\t{weights}");
    }
    text
}

/// What a sentence comes to.
pub(super) fn score(model: &Model, features: &[usize]) -> f64 {
    START * model[model.len() - 1] + features.iter().map(|feature| model[*feature]).sum::<f64>()
}
