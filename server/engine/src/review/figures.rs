//! Which signals the facts of a document give, and how each stands.

use std::ops::Range;

use super::{
    Polarity, own,
    stances::{self, Stances},
};
use crate::{
    content::{FigureRule, figure::What},
    facts::{Base, Fact, Kind, Quantity},
    lexicon::{Reading, Span},
    outline::Outline,
};

/// A signal that a fact gives.
#[derive(Debug)]
pub(super) struct Figure {
    /// Number of the signal in the library.
    pub(super) signal: usize,
    pub(super) sentence: usize,
    /// In bytes: the fact.
    pub(super) range: Range<usize>,
    pub(super) polarity: Polarity,
    /// Index of the fact.
    pub(super) fact: usize,
}

pub(super) fn given(text: &str, reading: &Reading<'_>, stances: &Stances, facts: &[Fact]) -> Vec<Figure> {
    let rules: Vec<_> = reading.library.signal_rules.iter().enumerate().filter(|(_, rule)| !rule.facts.is_empty()).collect();
    let (mut given, search) = (Vec::new(), Search { text, reading });
    for (number, fact) in facts.iter().enumerate() {
        let Some((sentence, tokens)) = place(reading, fact) else { continue };
        let quantities = fact.kind.quantities();
        for (signal, rule) in &rules {
            if rule.facts.iter().any(|figure| search.fits(fact, &quantities, figure, sentence)) && reading.allows(*signal, sentence) {
                let polarity = stances::polarity(reading, &stances.roles, sentence, &tokens);
                given.push(Figure { signal: *signal, sentence, range: fact.range.clone(), polarity, fact: number });
            }
        }
    }
    given
}

/// The sentence in which a fact stands, or after which its code stands, and its words.
fn place(reading: &Reading<'_>, fact: &Fact) -> Option<(usize, Range<usize>)> {
    let sentences = reading.blocks[fact.block].clone();
    let last = sentences.clone().next_back()?;
    if fact.code {
        let end = reading.sentences[last].tokens.end;
        return Some((last, end - 1..end));
    }
    let sentence = sentences.into_iter().find(|sentence| fact.range.start < reading.sentences[*sentence].range.end).unwrap_or(last);
    Some((sentence, tokens(reading, &fact.range)))
}

/// How `fact` stands by the words of its block, and what signals may be given there by numbers: in a reading of nothing but that block.
pub(super) fn stands(reading: &Reading<'_>, fact: &Fact) -> Option<(Option<Polarity>, Vec<usize>)> {
    let (sentence, tokens) = place(reading, fact)?;
    let rules = reading.library.signal_rules.iter().enumerate().filter(|(_, rule)| !rule.facts.is_empty());
    let allowed = rules.map(|(signal, _)| signal).filter(|signal| reading.allows(*signal, sentence)).collect();
    Some((own::polarity(reading, sentence, &tokens), allowed))
}

/// The words that stand in `range`.
fn tokens(reading: &Reading<'_>, range: &Range<usize>) -> Range<usize> {
    let start = reading.tokens.partition_point(|token| token.end <= range.start);
    start..reading.tokens.partition_point(|token| token.start < range.end).max(start)
}

struct Search<'a> {
    text: &'a str,
    reading: &'a Reading<'a>,
}

impl Search<'_> {
    fn fits(&self, fact: &Fact, quantities: &[&Quantity], figure: &FigureRule, sentence: usize) -> bool {
        let bound = |value: f64| figure.bound.as_ref().is_none_or(|bound| bound.holds(value));
        let named = || self.names(fact, figure, &fact.range, sentence);
        match (&fact.kind, figure.what) {
            (Kind::Ratio { left, right, .. }, What::Ratio) => bound(left.max(*right) / left.min(*right)) && named(),
            // A number that has a name may be any.
            (Kind::Placement { count, .. }, What::Placement) => count.is_none_or(bound) && named(),
            (Kind::Quorum(quorum), What::QuorumApart) => quorum.overlaps() == Some(false),
            (Kind::Quorum(quorum), What::QuorumOverlapping) => quorum.overlaps() == Some(true),
            (Kind::Sum(sum), What::SumOff) => sum.slip.is_some(),
            // What a program prints, and "alert when < 500/s", is no statement of how much there is.
            (Kind::Quantity(_), _) if fact.code => false,
            (Kind::Bound { sign, .. }, _) if sign.starts_with(['<', '≤']) => false,
            _ => quantities.iter().any(|quantity| {
                let thing = quantity.thing.as_ref().unwrap_or(&quantity.number);
                is(figure.what, quantity) && bound(quantity.value) && self.names(fact, figure, thing, sentence)
            }),
        }
    }

    /// Is what stands in `range` called as the figure wants it?
    fn names(&self, fact: &Fact, figure: &FigureRule, range: &Range<usize>, sentence: usize) -> bool {
        let Some(of) = figure.of else { return true };
        if !fact.code {
            let span = Span { tokens: tokens(self.reading, range), sentences: sentence..sentence + 1 };
            return self.reading.search(of, &span, None).is_some();
        }
        // Code has no words in the reading of the document.
        let text = &self.text[range.clone()];
        let outline = Outline::new(text);
        let own = Reading::new(text, &outline, self.reading.library);
        (0..own.sentences.len()).any(|sentence| own.search(of, &own.sentence_span(sentence), None).is_some())
    }
}

fn is(what: What, quantity: &Quantity) -> bool {
    let rate = quantity.unit.rate;
    match (&quantity.unit.base, what) {
        (Base::Count(_), What::Count) | (Base::Bytes, What::Size) | (Base::Seconds, What::Time) | (Base::Share, What::Share) => !rate,
        (Base::Count(_) | Base::One, What::Rate) | (Base::Bytes, What::Flow) => rate,
        _ => false,
    }
}
