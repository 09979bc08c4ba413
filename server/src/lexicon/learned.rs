//! Signals that sentences give by what was learned, whatever their words are.

use std::ops::Range;

use super::{
    Given, Reading, Token,
    features::{self, Feature},
};
use crate::{
    content::learned::{Kind, Learned},
    outline::BlockKind,
};

/// So many words are shown for what a sentence was read as.
const SHOWN: usize = 3;

/// Every learned signal that is given.
pub(super) fn find(reading: &Reading<'_>) -> Vec<Given> {
    let rules = reading.library.signal_rules.iter().enumerate();
    let rules: Vec<(usize, usize, i32)> =
        rules.filter_map(|(signal, rule)| rule.learned.map(|(label, from)| (signal, label, from))).collect();
    if rules.is_empty() {
        return Vec::new();
    }
    let learned = Learned::built_in();
    let labels = learned.labels().len();
    let (mut sums, mut given, mut features) = (vec![0; labels], Vec::new(), Vec::new());
    // The line above is the same for all items of a list.
    let (mut last, mut head) = (None, vec![0; labels]);
    for (block, known) in reading.known.iter().enumerate() {
        // A heading names a topic; what is said of it stands below.
        if matches!(reading.outline.blocks[block].kind, BlockKind::Heading(_)) {
            continue;
        }
        let above = features::above(reading, block);
        if above != last {
            head.fill(0);
            if let Some(above) = above {
                features::of_above(reading, above, &mut features);
                add(learned, &features, &mut head);
            }
            last = above;
        }
        for (number, own) in reading.blocks[block].clone().zip(known.sums.chunks(labels)) {
            sums.iter_mut().zip(own.iter().zip(&head)).for_each(|(sum, (own, head))| *sum = own + head);
            for (signal, label, _) in rules.iter().filter(|(_, label, from)| sums[*label] >= *from) {
                if !super::signals::told(reading, *signal, number, &reading.sentence_span(number)) {
                    continue;
                }
                features::of(reading, number, &mut features);
                let telling = telling(learned, &features, *label);
                let tokens = telling.iter().map(|words| words.start).min().zip(telling.iter().map(|words| words.end).max());
                let tokens = tokens.map_or(reading.sentences[number].tokens.clone(), |(start, end)| start..end);
                given.push(Given { signal: *signal, sentence: number, tokens, captures: Vec::new(), telling });
            }
        }
    }
    given
}

/// What the words of a sentence come to by themselves, for each label; `room` is used again from call to call.
pub(super) fn sums(learned: &Learned, tokens: &[Token], sentence: Range<usize>, room: &mut Vec<u32>, sums: &mut Vec<i32>) {
    room.clear();
    room.extend(features::keys(&tokens[sentence]).filter_map(|key| learned.feature(key)));
    // Each counts once.
    room.sort_unstable();
    room.dedup();
    let first = sums.len();
    sums.extend(learned.labels().iter().map(|label| label.start));
    for (label, weight) in room.iter().flat_map(|feature| learned.weights_of(*feature)) {
        sums[first + usize::from(*label)] += i32::from(*weight);
    }
}

fn add(learned: &Learned, features: &[Feature], sums: &mut [i32]) {
    for (label, weight) in features.iter().flat_map(|feature| learned.weights(feature.key)) {
        sums[usize::from(*label)] += i32::from(*weight);
    }
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
