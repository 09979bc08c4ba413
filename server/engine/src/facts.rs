//! The numbers of a document as typed values: quantities, ratios, sums, placements by modulo, quorums.

mod candidates;
mod labels;
mod memo;
mod notation;
mod steps;
mod stretches;
mod sums;
mod tree;
mod units;

use std::ops::Range;

pub use self::{
    memo::Memo,
    notation::{conversions, shown},
    sums::{Slip, Sum},
    units::{Base, Unit},
};
use crate::{
    outline::{Block, BlockKind, Outline},
    text::Change,
};

/// A number or a notation, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// In bytes.
    pub range: Range<usize>,
    /// Index into [`Outline::blocks`]: its block; for a fact in code, the block before it.
    pub block: usize,
    /// It stands in a block of code.
    pub code: bool,
    pub kind: Kind,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    Quantity(Quantity),
    /// `reads:writes = 10:1`
    Ratio {
        left: f64,
        right: f64,
        /// Of what, as written; empty where it is not said.
        of: String,
    },
    /// `80–95 %`: both ends are in the unit of the second.
    Span {
        from: Quantity,
        to: Quantity,
    },
    /// `p99 < 200 ms`
    Bound {
        /// Empty where it is not said.
        of: String,
        sign: String,
        value: Quantity,
    },
    /// `1M orders/day ÷ 86,400 s ≈ 12/s`
    Sum(Sum),
    /// `hash(key) % N`
    Placement {
        /// What is hashed or divided, as written.
        key: String,
        /// By what, as written.
        buckets: String,
        /// The same where it is a number.
        count: Option<f64>,
    },
    /// `N=3, W=2, R=2`, or `R + W > N`
    Quorum(Quorum),
}

/// How many copies there are, and how many of them a read asks and a write waits for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Quorum {
    pub copies: Option<f64>,
    pub reads: Option<f64>,
    pub writes: Option<f64>,
    /// The inequality, where one is written instead.
    pub rule: Option<String>,
    claims_overlap: bool,
}

impl Quorum {
    /// Does every read meet the last write? None where it is not said.
    pub fn overlaps(&self) -> Option<bool> {
        match (self.copies, self.reads, self.writes) {
            (Some(copies), Some(reads), Some(writes)) => Some(reads + writes > copies),
            _ => self.rule.as_ref().map(|_| self.claims_overlap),
        }
    }
}

/// A number with its unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// In base units: things, bytes, seconds, a share of one; a rate is of those per second.
    pub value: f64,
    pub unit: Unit,
    /// Seconds in the unit of time that is written: 86,400 for `10 a day` and for `3 days`.
    pub period: Option<f64>,
    /// All of it as it is written, in bytes of the document.
    pub range: Range<usize>,
    /// The digits with their magnitude, in bytes of the document.
    pub number: Range<usize>,
    /// Where what is counted is named, in bytes of the document: behind the number, or in a label before it.
    pub thing: Option<Range<usize>>,
}

/// Every fact of `text` in the order of the text, and what to hand to the reading of the next version. Any memo gives the same facts.
pub fn read(text: &str, outline: &Outline, memo: &Memo) -> (Vec<Fact>, Memo) {
    let mut next = Memo::default();
    let mut reader = tree::Reader::default();
    let mut facts = Vec::new();
    let marks = candidates::marks(text);
    for stretch in stretches::of(text, outline, &marks) {
        let first = marks.partition_point(|mark| *mark < stretch.start);
        let own = marks[first..].iter().map(|mark| mark - stretch.start).take_while(|mark| *mark < stretch.text.len());
        for window in candidates::windows(&stretch.text, own) {
            let parsed = next.take(memo, &stretch.text[window.clone()], &mut reader);
            for fact in parsed.iter().filter(|fact| stretch.takes(&fact.kind)) {
                let (mut kind, mut range) = (fact.kind.clone(), moved(&fact.range, window.start));
                kind.place(&|at| at + window.start);
                if let Kind::Sum(sum) = &mut kind {
                    sum.judge(&stretch.text, &range);
                }
                kind.place(&|at| at + stretch.start);
                range = moved(&range, stretch.start);
                let block = if stretch.several { outline.block_at(range.start) } else { None };
                facts.push(Fact { range, block: block.unwrap_or(stretch.block), code: stretch.code, kind });
            }
        }
    }
    facts.sort_by_key(|fact| fact.range.start);
    labels::name(text, outline, &mut facts);
    facts.retain(|fact| !fact.is_bare(text));
    (facts, next)
}

/// The facts of `block` by itself, as its first and only one: of one that stands alone, all that it has.
pub fn of_block(text: &str, block: &Block) -> Vec<Fact> {
    /// What makes a sign a mark stands so near to it.
    const NEAR: usize = 100;
    let start = block.range.start;
    let own = &text[start..text.floor_char_boundary(block.range.end + NEAR)];
    if candidates::marks(own).is_empty() {
        return Vec::new();
    }
    let mut facts = read(own, &Outline::of_block(&block.moved(&Change { old: 0..start, new: 0..0 })), &Memo::default()).0;
    for fact in &mut facts {
        fact.range = moved(&fact.range, start);
        fact.kind.place(&|at| at + start);
    }
    facts
}

/// Are the numbers of a block read with those of no other: neither in one sum, nor below the head of a table?
pub fn stands_alone(text: &str, outline: &Outline, block: usize) -> bool {
    let chained = outline.blocks[block..].iter().take(2).any(|block| stretches::continues(text, block));
    !chained && !matches!(outline.blocks[block].kind, BlockKind::Row(_))
}

impl Fact {
    /// Puts it where it stands behind `change`.
    pub fn move_by(&mut self, change: &Change) {
        self.range = change.range(&self.range);
        self.kind.place(&|at| change.place(at));
    }

    /// A number that says nothing: no unit, no magnitude, no label.
    fn is_bare(&self, text: &str) -> bool {
        match &self.kind {
            Kind::Quantity(quantity) => {
                quantity.unit.base == Base::One
                    && !quantity.unit.rate
                    && !text[self.range.clone()].contains(|c: char| c.is_alphabetic() || c == '+')
            }
            _ => false,
        }
    }
}

impl Kind {
    /// The kind as `inspect` calls it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Quantity(_) => "quantity",
            Self::Ratio { .. } => "ratio",
            Self::Span { .. } => "range",
            Self::Bound { .. } => "comparison",
            Self::Sum(_) => "estimate",
            Self::Placement { .. } => "placement",
            Self::Quorum(_) => "quorum",
        }
    }

    /// What it comes to in base units: of a range the upper end, of a sum its result. None for what is no number.
    pub fn value(&self) -> Option<(f64, Unit)> {
        match self {
            Self::Quantity(quantity) | Self::Span { to: quantity, .. } | Self::Bound { value: quantity, .. } => {
                Some((quantity.value, quantity.unit.clone()))
            }
            Self::Ratio { left, right, .. } => Some((left / right, Unit { base: Base::One, rate: false, each: None })),
            Self::Sum(sum) => sum.value(),
            Self::Placement { .. } | Self::Quorum(_) => None,
        }
    }

    /// The quantities in it.
    pub fn quantities(&self) -> Vec<&Quantity> {
        match self {
            Self::Quantity(quantity) | Self::Bound { value: quantity, .. } => vec![quantity],
            Self::Span { from, to } => vec![from, to],
            Self::Sum(sum) => sum.quantities(),
            Self::Ratio { .. } | Self::Placement { .. } | Self::Quorum(_) => Vec::new(),
        }
    }

    /// Puts every place in it where `at` says.
    fn place(&mut self, at: &impl Fn(usize) -> usize) {
        match self {
            Self::Quantity(quantity) | Self::Bound { value: quantity, .. } => quantity.place(at),
            Self::Span { from, to } => {
                from.place(at);
                to.place(at);
            }
            Self::Sum(sum) => sum.place(at),
            Self::Ratio { .. } | Self::Placement { .. } | Self::Quorum(_) => {}
        }
    }
}

impl Quantity {
    fn place(&mut self, at: &impl Fn(usize) -> usize) {
        let moved = |range: &Range<usize>| at(range.start)..at(range.end);
        (self.range, self.number) = (moved(&self.range), moved(&self.number));
        self.thing = self.thing.as_ref().map(moved);
    }
}

fn moved(range: &Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

#[cfg(test)]
mod tests;
