//! Signals that sentences give by what was learned, whatever their words are.

use std::ops::Range;

use super::{
    Given, Reading, Token,
    features::{self, Feature},
};
use crate::{
    content::{
        Library,
        learned::{Kind, Learned},
    },
    outline::BlockKind,
};

/// So many words are shown for what a sentence was read as.
const SHOWN: usize = 3;

/// Every learned signal that is given.
pub(super) fn find(reading: &Reading<'_>) -> Vec<Given> {
    let finder = Finder::new(reading.library);
    let mut given = Vec::new();
    // The line above is the same for all items of a list.
    let (mut last, mut head) = (None, Vec::new());
    for block in 0..reading.known.len() {
        let above = features::above(reading, block);
        if above != last {
            head = above.map(|above| finder.head(&reading.known[above].tokens)).unwrap_or_default();
            last = above;
        }
        finder.block(reading, block, &head, &mut given);
    }
    given
}

/// Looks for all that was learned.
pub(super) struct Finder {
    learned: &'static Learned,
    /// Number of the signal, of the label that gives it, and from what sum on.
    rules: Vec<(usize, usize, i32)>,
}

impl Finder {
    pub(super) fn new(library: &Library) -> Self {
        let rules = library.signal_rules.iter().enumerate();
        let rules = rules.filter_map(|(signal, rule)| rule.learned.map(|(label, from)| (signal, label, from)));
        Self { learned: Learned::built_in(), rules: rules.collect() }
    }

    /// What the words above a row or an item come to for each label.
    pub(super) fn head(&self, above: &[Token]) -> Vec<i32> {
        let (mut head, mut features) = (vec![0; self.learned.labels().len()], Vec::new());
        if !self.rules.is_empty() {
            features::of_above(above, &mut features);
            for (label, weight) in features.iter().flat_map(|feature| self.learned.weights(feature.key)) {
                head[usize::from(*label)] += i32::from(*weight);
            }
        }
        head
    }

    /// Adds the signals of a block below words that come to `head`; empty where nothing stands above.
    pub(super) fn block(&self, reading: &Reading<'_>, block: usize, head: &[i32], given: &mut Vec<Given>) {
        // A heading names a topic; what is said of it stands below.
        if self.rules.is_empty() || matches!(reading.outline.blocks[block].kind, BlockKind::Heading(_)) {
            return;
        }
        let sums = reading.known[block].sums.chunks(self.learned.labels().len());
        for (number, own) in reading.blocks[block].clone().zip(sums) {
            let convinced = |(_, label, from): &&(usize, usize, i32)| own[*label] + head.get(*label).unwrap_or(&0) >= *from;
            for (signal, label, _) in self.rules.iter().filter(convinced) {
                if !super::signals::told(reading, *signal, number, &reading.sentence_span(number)) {
                    continue;
                }
                let mut features = Vec::new();
                features::of(reading, number, &mut features);
                let telling = telling(self.learned, &features, *label);
                let tokens = telling.iter().map(|words| words.start).min().zip(telling.iter().map(|words| words.end).max());
                let tokens = tokens.map_or(reading.sentences[number].tokens.clone(), |(start, end)| start..end);
                given.push(Given { signal: *signal, sentence: number, tokens, captures: Vec::new(), telling });
            }
        }
    }
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
