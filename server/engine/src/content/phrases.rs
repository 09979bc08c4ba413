//! The phrase book: all words and phrases of all patterns in one automaton over words, and the patterns compiled against it.

mod draft;
pub mod sieve;

use serde::{Deserialize, Serialize};

pub(super) use self::draft::Draft;
use super::{
    flat::{Keys, Lists, lengths},
    learned::word,
    pattern::Gap,
};

/// A set of phrases that a pattern names at one place, or the names of a concept.
pub type Set = u32;
/// A compiled pattern's number.
pub type PatternId = u32;
/// A place in the automaton: what of a phrase was read.
pub type Node = u32;
type Lemma = u32;
/// What sets are made of: the node of a phrase, or the number of a group of phrases, which stand together in many sets.
type Part = u32;
/// The part of all that is written like a name: no phrase ends at the root.
const NAMED: Part = 0;
/// No set.
const NO_SET: Set = Set::MAX;

/// All phrases in one automaton over words. Nothing in it is made anew from text to text, and nothing lies in a place of its own.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PhraseBook {
    /// Written forms in lower case.
    forms: Keys,
    /// By number of the form, the lemmas that it may be a form of; with [`EXACT`] where its letters count.
    readings: Lists<u32>,
    /// In rising order, the lemmas of which the letters count, and those letters as a key.
    exact: Vec<(Lemma, u64)>,
    /// By node, the first node behind it; behind the others of one node come those of the next.
    #[serde(with = "lengths")]
    next: Vec<Node>,
    /// By node, the lemma that leads to it; rising among those behind one node.
    lemmas: Vec<Lemma>,
    /// By lemma, the node behind the root.
    roots: Vec<Node>,
    /// A bit for each node at which a phrase ends.
    phrases: Vec<u64>,
    /// By node: the groups of which a phrase ends there.
    groups: Lists<Part>,
    /// By node: a bit for each part that a phrase which ends there is of; several parts share one. Made of `groups`, and not written down.
    #[serde(skip)]
    bits: Vec<u64>,
    /// How many parts there are.
    parts: u32,
    /// By number of the set: its parts.
    sets: Lists<Part>,
    /// By part: the sifted patterns that need a set with that part, the rarest of those that they need; each with another set that it needs, or
    /// with [`NO_SET`].
    anchored: Lists<(PatternId, Set)>,
    /// By number of the pattern: the sets that it needs; of one that is not sifted, the rarest first.
    needs: Lists<Set>,
    /// A bit for each pattern that is sifted.
    sifted: Vec<u64>,
    /// The sifted patterns that are under no set, in rising order.
    needless: Vec<PatternId>,
    /// The stretches of all patterns, then those of all choices.
    stretches: Lists<Place>,
    /// By number of the pattern, where its stretches end.
    #[serde(with = "lengths")]
    patterns: Vec<u32>,
    /// By number of the choice, where its stretches end.
    #[serde(with = "lengths")]
    choices: Vec<u32>,
    /// The numbers of a pattern's stretches, those with most places first; one behind the other like the stretches.
    order: Vec<u32>,
    /// By stretch, what stands behind it.
    gaps: Vec<Gap>,
}

/// The letters of a form have to be those of the lemma.
const EXACT: u32 = 1 << 31;

/// The lemmas of one word of a text; a word has seldom more than two.
pub type Lemmas = [Lemma; 4];

/// So many are looked through one by one.
const FEW: usize = 8;

/// No lemma.
pub const NONE: Lemma = 0;

/// A pattern over sets.
#[derive(Debug, Clone, Copy)]
pub struct Compiled<'a> {
    book: &'a PhraseBook,
    first: usize,
    /// The numbers of the stretches, those with most places first.
    pub order: &'a [u32],
    /// One fewer than the stretches.
    pub gaps: &'a [Gap],
}

/// What a set is made of.
#[derive(Debug, Clone, Copy)]
pub struct Made<'a> {
    book: &'a PhraseBook,
    parts: &'a [Part],
    /// Some of them are groups.
    groups: bool,
    /// A bit for each of them; several may share one.
    bits: u64,
}

/// The parts of which phrases stand in some words, a bit for each; several parts share one, so that there may be fewer.
#[derive(Debug)]
pub struct Rough([u64; 64]);

/// One place of a compiled pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub is: Is,
    pub optional: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Is {
    Set(Set),
    Number(Set),
    /// Number of a list of stretches of which any will do.
    Choice(u32),
    Words,
    It,
    /// A mention of the concept with this number, or of a part of it.
    Mention(u32),
}

impl PhraseBook {
    /// How many sets there are.
    pub fn sets(&self) -> usize {
        self.sets.len()
    }

    /// The sets that a pattern needs.
    pub fn needs(&self, pattern: PatternId) -> &[Set] {
        self.needs.of(pattern as usize)
    }

    /// Is every sentence asked for the pattern? The others are looked for where something else was found.
    pub fn is_sifted(&self, pattern: PatternId) -> bool {
        is_in(&self.sifted, pattern)
    }

    /// The pattern with this number.
    pub fn pattern(&self, id: PatternId) -> Compiled<'_> {
        let (first, end) = bounds(&self.patterns, id);
        Compiled { book: self, first, order: &self.order[first..end], gaps: &self.gaps[first..end - 1] }
    }

    /// The stretches of which any will do.
    pub fn choice(&self, number: u32) -> impl Iterator<Item = &[Place]> {
        let (first, end) = bounds(&self.choices, number);
        let patterns = self.order.len();
        (first..end).map(move |stretch| self.stretches.of(patterns + stretch))
    }

    /// What the word `written` may be; `lower` is the same in lower case.
    pub fn lemmas(&self, written: &str, lower: &str) -> Lemmas {
        let mut lemmas = [NONE; 4];
        let Some(form) = self.forms.find(word(lower)) else { return lemmas };
        let fitting =
            self.readings.of(form).iter().filter(|reading| **reading & EXACT == 0 || self.is_exactly(**reading & !EXACT, written));
        for (place, reading) in lemmas.iter_mut().zip(fitting) {
            *place = reading & !EXACT;
        }
        lemmas
    }

    fn is_exactly(&self, lemma: Lemma, written: &str) -> bool {
        self.exact.binary_search(&(lemma, word(written))).is_ok()
    }

    /// Is `written` a word of any pattern?
    pub fn knows(&self, written: &str) -> bool {
        self.lemmas(written, &written.to_lowercase())[0] != NONE
    }

    /// Adds the nodes behind the root along any of `lemmas`, each once, to `nodes`.
    pub fn enter(&self, lemmas: Lemmas, nodes: &mut Vec<Node>) {
        for lemma in lemmas.into_iter().take_while(|lemma| *lemma != NONE) {
            let next = self.roots[lemma as usize];
            if next != 0 {
                nodes.push(next);
            }
        }
    }

    /// Adds the nodes behind `node`, which is not the root, along any of `lemmas`, each once, to `nodes`.
    pub fn step(&self, node: Node, lemmas: Lemmas, nodes: &mut Vec<Node>) {
        let (first, end) = (self.next[node as usize], self.next[node as usize + 1]);
        if first == end {
            return;
        }
        let behind = &self.lemmas[first as usize..end as usize];
        for lemma in lemmas.into_iter().take_while(|lemma| *lemma != NONE) {
            let at = match behind.len() <= FEW {
                true => behind.iter().position(|known| *known == lemma),
                false => behind.binary_search(&lemma).ok(),
            };
            if let Some(at) = at {
                nodes.push(first + at as Node);
            }
        }
    }

    /// Does a phrase end at `node`?
    pub fn is_phrase(&self, node: Node) -> bool {
        is_in(&self.phrases, node)
    }

    /// Makes what is not written down.
    pub(crate) fn complete(&mut self) {
        let bits = |node: Node| self.groups.of(node as usize).iter().fold(bit(node), |all, group| all | bit(*group));
        self.bits = (0..self.lemmas.len() as Node).map(bits).collect();
    }

    /// The parts of the phrases that end at `nodes`.
    pub fn rough(&self, nodes: impl Iterator<Item = Node>) -> Rough {
        let mut rough = Rough([0; 64]);
        for node in nodes {
            rough.put(node);
            self.groups.of(node as usize).iter().for_each(|group| rough.put(*group));
        }
        rough
    }

    /// May phrases of all sets that `pattern` needs be among those of which `rough` has the parts?
    pub fn may_hold(&self, pattern: PatternId, rough: &Rough) -> bool {
        self.needs(pattern).iter().all(|set| self.sets.of(*set as usize).iter().any(|part| rough.may_have(*part)))
    }

    /// What `set` is made of, to ask for many nodes.
    pub fn made_of(&self, set: Set) -> Made<'_> {
        let parts = self.sets.of(set as usize);
        // The numbers of groups are higher than those of nodes.
        let groups = parts.last().is_some_and(|last| *last as usize >= self.lemmas.len());
        Made { book: self, parts, groups, bits: parts.iter().fold(0, |all, part| all | bit(*part)) }
    }
}

impl Rough {
    fn put(&mut self, part: Part) {
        let (word, bit) = place(part);
        self.0[word] |= bit;
    }

    fn may_have(&self, part: Part) -> bool {
        let (word, bit) = place(part);
        self.0[word] & bit != 0
    }
}

/// The number of the word, and the bit in it.
fn place(part: Part) -> (usize, u64) {
    let spread = part.wrapping_mul(0x9e37_79b9);
    ((spread >> 26) as usize, 1 << (spread >> 20 & 63))
}

impl Made<'_> {
    /// Is what ends at `node` a phrase of the set?
    #[inline]
    pub fn has(&self, node: Node) -> bool {
        self.bits & self.book.bits[node as usize] != 0 && self.holds(node)
    }

    fn holds(&self, node: Node) -> bool {
        let is_part = |part: &Part| self.parts.iter().any(|one| one == part);
        is_part(&node) || self.groups && self.book.groups.of(node as usize).iter().any(is_part)
    }
}

impl<'a> Compiled<'a> {
    /// How many stretches there are.
    pub fn stretches(&self) -> usize {
        self.order.len()
    }

    /// The stretch with this number.
    pub fn stretch(&self, number: usize) -> &'a [Place] {
        self.book.stretches.of(self.first + number)
    }
}

fn is_in(bits: &[u64], number: u32) -> bool {
    bits[number as usize / 64] >> (number % 64) & 1 == 1
}

/// One of a few bits.
fn bit(part: Part) -> u64 {
    1 << (part.wrapping_mul(0x9e37_79b9) >> 26)
}

fn bounds(ends: &[u32], number: u32) -> (usize, usize) {
    let number = number as usize;
    (number.checked_sub(1).map_or(0, |before| ends[before] as usize), ends[number] as usize)
}
