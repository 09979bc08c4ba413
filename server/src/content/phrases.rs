//! The phrase book: all words and phrases of all patterns in one automaton over words, and the patterns compiled against it.

mod draft;

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
    /// By node: the sets of which a phrase ends there, in rising order.
    ends: Lists<Set>,
    sets: u32,
    /// By number of the set: the patterns that need it, and need nothing that fewer patterns need.
    anchored: Lists<PatternId>,
    /// A bit for each set that has such a pattern.
    anchors: Vec<u64>,
    /// By number of the pattern: the sets that it needs.
    needs: Lists<Set>,
    /// The patterns that need no set, in rising order.
    pub needless: Vec<PatternId>,
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
        self.sets as usize
    }

    /// How many nodes there are.
    pub(super) fn nodes(&self) -> usize {
        self.ends.len()
    }

    /// The sets that a pattern needs.
    pub(super) fn needs(&self, pattern: PatternId) -> &[Set] {
        self.needs.of(pattern as usize)
    }

    /// The patterns of which all sets that they need have a phrase that ends at one of `nodes`, in rising order, but for those that need
    /// nothing, are added to `live`. `room` is used again from call to call.
    pub fn live(&self, nodes: impl Iterator<Item = Node>, room: &mut Vec<u64>, live: &mut Vec<PatternId>) {
        room.clear();
        room.resize(self.anchors.len(), 0);
        for set in nodes.flat_map(|node| self.ends(node)) {
            room[*set as usize / 64] |= 1 << (set % 64);
        }
        let first = live.len();
        for (word, (bits, anchors)) in room.iter().zip(&self.anchors).enumerate() {
            let mut left = bits & anchors;
            while left != 0 {
                let set = word * 64 + left.trailing_zeros() as usize;
                left &= left - 1;
                for id in self.anchored.of(set) {
                    let mut needs = self.needs.of(*id as usize).iter();
                    if needs.all(|need| room[*need as usize / 64] >> (need % 64) & 1 == 1) {
                        live.push(*id);
                    }
                }
            }
        }
        live[first..].sort_unstable();
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

    /// The node behind `node` along any of `lemmas`, each once.
    pub fn step(&self, node: Node, lemmas: Lemmas) -> impl Iterator<Item = Node> + '_ {
        let behind = if node == 0 { 0..0 } else { self.next[node as usize]..self.next[node as usize + 1] };
        lemmas.into_iter().take_while(|lemma| *lemma != NONE).filter_map(move |lemma| match node {
            0 => Some(self.roots[lemma as usize]).filter(|next| *next != 0),
            _ => behind.clone().find(|next| self.lemmas[*next as usize] == lemma),
        })
    }

    /// The sets of which a phrase ends at `node`, in rising order.
    pub fn ends(&self, node: Node) -> &[Set] {
        self.ends.of(node as usize)
    }

    /// Is what ends at `node` a phrase of `set`?
    pub fn is_of(&self, node: Node, set: Set) -> bool {
        self.ends(node).binary_search(&set).is_ok()
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

fn bounds(ends: &[u32], number: u32) -> (usize, usize) {
    let number = number as usize;
    (number.checked_sub(1).map_or(0, |before| ends[before] as usize), ends[number] as usize)
}
