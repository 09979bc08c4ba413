//! What was learned from labelled sentences: how much each word speaks for a label.

use serde::{Deserialize, Serialize};

use super::flat::{Keys, Lists};

/// The weights of all labels.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Learned {
    /// By number.
    labels: Vec<Label>,
    features: Keys,
    /// By number of the feature.
    weights: Lists<Weight>,
}

/// A feature of a sentence, as it is looked up.
pub type Key = u64;

/// The number of a label, and how much a feature speaks for it: 100 part a clear answer from an even chance.
pub type Weight = (u8, i16);

/// Something that sentences were labelled with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    pub name: String,
    /// What a sentence comes to before its words are looked at.
    pub start: i32,
}

/// What a feature is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A word of the sentence: `purg`.
    Word,
    /// Two words side by side: `older than`.
    Pair,
    /// A word of the head of the table, or of the line that leads in the list: `^stal`.
    Above,
}

impl Learned {
    /// Reads weights as training writes them: `label NAME START` for each label, then a line for each feature: its name, a tab, and
    /// `LABEL:WEIGHT` for each label that it speaks for or against. What cannot be read is left out.
    pub fn parse(text: &str) -> Self {
        let (mut labels, mut features) = (Vec::new(), Vec::new());
        for line in text.lines() {
            if let Some((feature, weights)) = line.split_once('\t') {
                let weights = weights.split(' ').filter_map(|one| one.split_once(':'));
                let weights = weights.filter_map(|(label, weight)| Some((label.parse().ok()?, weight.parse().ok()?)));
                let known = weights.filter(|(label, _)| usize::from(*label) < labels.len());
                features.push((named(feature), known.collect::<Vec<Weight>>()));
            } else if let Some((name, start)) = line.strip_prefix("label ").and_then(|label| label.split_once(' '))
                && let Ok(start) = start.parse()
            {
                labels.push(Label { name: name.to_owned(), start });
            }
        }
        let (features, weights) = Keys::numbered(features);
        Self { labels, features, weights: weights.collect() }
    }

    /// The labels, by number.
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// The number of the label called `name`; an error says which there are.
    pub fn number(&self, name: &str) -> Result<usize, String> {
        self.labels.iter().position(|label| label.name == name).ok_or_else(|| {
            let known: Vec<&str> = self.labels.iter().map(|label| label.name.as_str()).collect();
            format!("nothing was learned of `{name}`: it is one of {}", known.join(", "))
        })
    }

    /// How much a feature speaks for the labels.
    pub fn weights(&self, feature: Key) -> &[Weight] {
        self.feature(feature).map_or(&[], |number| self.weights_of(number))
    }

    /// The number of a feature that speaks for or against any label.
    pub fn feature(&self, feature: Key) -> Option<u32> {
        self.features.find(feature).map(|number| number as u32)
    }

    /// How much the feature with this number speaks for the labels.
    pub fn weights_of(&self, feature: u32) -> &[Weight] {
        self.weights.of(feature as usize)
    }
}

/// A word by its letters.
pub fn word(letters: &str) -> u64 {
    // FNV-1a: short, and the same on every machine.
    letters.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A feature by its words; one of a single word has 0 for the other.
pub fn key(kind: Kind, first: u64, second: u64) -> Key {
    (first.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23) ^ second).wrapping_add(kind as u64)
}

/// A feature by its name.
fn named(name: &str) -> Key {
    if let Some(above) = name.strip_prefix('^') {
        return key(Kind::Above, word(above), 0);
    }
    match name.split_once(' ') {
        Some((first, second)) => key(Kind::Pair, word(first), word(second)),
        None => key(Kind::Word, word(name), 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read_and_what_cannot_be_read_is_left_out() {
        let learned = Learned::parse("label fresh -40\nlabel broken x\npurg\t0:55 7:9\nolder than\t0:30 x\n^stal\t0:-3\nnothing\n");
        assert_eq!(learned.labels(), [Label { name: "fresh".to_owned(), start: -40 }]);
        assert_eq!(learned.weights(key(Kind::Word, word("purg"), 0)), [(0, 55)]);
        assert_eq!(learned.weights(key(Kind::Pair, word("older"), word("than"))), [(0, 30)]);
        assert_eq!(learned.weights(key(Kind::Above, word("stal"), 0)), [(0, -3)]);
        assert_eq!(learned.weights(key(Kind::Word, word("stal"), 0)), []);
    }
}
