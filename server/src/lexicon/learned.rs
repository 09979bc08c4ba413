//! Signals that sentences give by what was learned, whatever their words are.

use std::ops::Range;

use super::{
    Given, Reading,
    features::{Feature, Stems},
};
use crate::{
    content::learned::{Kind, Learned},
    outline::BlockKind,
};

/// So many words are shown for what a sentence was read as.
const SHOWN: usize = 3;

/// Every learned signal that is given.
pub(super) fn find(text: &str, reading: &Reading<'_>) -> Vec<Given> {
    let rules = reading.library.signal_rules.iter().enumerate();
    let rules: Vec<(usize, usize, i32)> =
        rules.filter_map(|(signal, rule)| rule.learned.map(|(label, from)| (signal, label, from))).collect();
    if rules.is_empty() {
        return Vec::new();
    }
    let learned = Learned::built_in();
    let stems = Stems::new(text, reading);
    let starts: Vec<i32> = learned.labels().iter().map(|label| label.start).collect();
    let (mut sums, mut given, mut features) = (starts.clone(), Vec::new(), Vec::new());
    for (number, sentence) in reading.sentences.iter().enumerate() {
        // A heading names a topic; what is said of it stands below.
        if matches!(reading.outline.blocks[sentence.block].kind, BlockKind::Heading(_)) {
            continue;
        }
        stems.features(reading, number, &mut features);
        sums.copy_from_slice(&starts);
        for (label, weight) in features.iter().flat_map(|feature| learned.weights(feature.key)) {
            sums[usize::from(*label)] += i32::from(*weight);
        }
        for (signal, label, from) in &rules {
            if sums[*label] >= *from && super::signals::told(reading, *signal, number, &reading.sentence_span(number)) {
                let telling = telling(learned, &features, *label);
                let tokens = telling.iter().map(|words| words.start).min().zip(telling.iter().map(|words| words.end).max());
                let tokens = tokens.map_or(sentence.tokens.clone(), |(start, end)| start..end);
                given.push(Given { signal: *signal, sentence: number, tokens, captures: Vec::new(), telling });
            }
        }
    }
    given
}

/// The words that speak most for the label, in the order of the text.
fn telling(learned: &Learned, features: &[Feature], label: usize) -> Vec<Range<usize>> {
    let speaks = |feature: &Feature| {
        let weights = learned.weights(feature.key);
        weights.iter().find(|(other, weight)| usize::from(*other) == label && *weight > 0).map(|(_, weight)| *weight)
    };
    let own = features.iter().filter(|feature| feature.kind != Kind::Above);
    let mut weighty: Vec<(i16, Range<usize>)> = own
        .filter_map(|feature| Some((speaks(feature)?, feature.token..feature.token + if feature.kind == Kind::Pair { 2 } else { 1 })))
        .collect();
    weighty.sort_by_key(|(weight, words)| (-weight, words.start));
    let mut telling: Vec<Range<usize>> = Vec::new();
    for (_, words) in weighty {
        // A word that is shown as one of two is not shown again.
        if telling.len() < SHOWN && telling.iter().all(|shown| words.end <= shown.start || shown.end <= words.start) {
            telling.push(words);
        }
    }
    telling.sort_by_key(|words| words.start);
    telling
}
