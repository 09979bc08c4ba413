//! Where phrases stand, and which sentences hold a phrase of which set.

use std::ops::Range;

use super::{Sentence, Token};
use crate::content::phrases::{NONE, Node, PhraseBook, Set};

/// A phrase at a place; what sets it is a phrase of, the book knows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub(super) node: Node,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// Every phrase, wherever it stands within a sentence.
///
/// A phrase is of dozens of sets, so a hit holds the phrase and not each of its sets. What nearly every search asks first, whether the sets
/// that it needs are there at all, is answered by one bit for each set and sentence.
#[derive(Debug, Default)]
pub(super) struct Hits {
    /// Ordered by their first token.
    all: Vec<Hit>,
    /// By number of the token, and of the one that would follow the last: how many hits begin before it.
    before: Vec<u32>,
    /// For each set a row of bits, one for each group of sentences: a phrase of the set stands there.
    rows: Vec<u64>,
    /// Words of a row.
    width: usize,
    /// Two to this power are the sentences of a group.
    shift: u32,
    sentences: usize,
}

/// The most groups of sentences: they bound the memory that rows take, and only documents of a megabyte need more than a sentence for each.
const GROUPS: usize = 1 << 14;

impl Hits {
    pub(super) fn new(tokens: &[Token], sentences: &[Sentence], book: &PhraseBook) -> Self {
        let mut shift = 0;
        while sentences.len() >> shift > GROUPS {
            shift += 1;
        }
        let width = (sentences.len() >> shift) / 64 + 1;
        let mut hits = Self { width, shift, sentences: sentences.len(), ..Self::default() };
        hits.before.reserve(tokens.len() + 1);
        let (mut paths, mut next) = (Vec::new(), Vec::new());
        for sentence in sentences {
            for start in sentence.tokens.clone() {
                hits.before.push(hits.all.len() as u32);
                if tokens[start].lemmas[0] == NONE {
                    continue;
                }
                paths.clear();
                paths.extend(book.step(0, tokens[start].lemmas));
                let mut end = start + 1;
                while !paths.is_empty() {
                    let ending = paths.iter().filter(|node| !book.ends(**node).is_empty());
                    hits.all.extend(ending.map(|node| Hit { node: *node, start: start as u32, end: end as u32 }));
                    if end >= sentence.tokens.end || tokens[end].parted {
                        break;
                    }
                    next.clear();
                    next.extend(paths.iter().flat_map(|node| book.step(*node, tokens[end].lemmas)));
                    std::mem::swap(&mut paths, &mut next);
                    end += 1;
                }
            }
        }
        hits.before.push(hits.all.len() as u32);
        hits.fill_rows(sentences, book);
        hits
    }

    /// The phrases that begin in `tokens`.
    pub(super) fn within(&self, tokens: &Range<usize>) -> &[Hit] {
        &self.all[self.before[tokens.start] as usize..self.before[tokens.end] as usize]
    }

    /// May each of `sets` have a phrase in `sentences`? Where not, it has none.
    pub(super) fn may_hold(&self, sets: &[Set], sentences: &Range<usize>) -> bool {
        let groups = sentences.start >> self.shift..=sentences.end.saturating_sub(1) >> self.shift;
        let holds = |set: Set| groups.clone().any(|group| self.rows[set as usize * self.width + group / 64] >> (group % 64) & 1 == 1);
        sets.iter().all(|set| holds(*set))
    }

    /// The sentences in which each of `sets` may have a phrase; in the others, one has none.
    pub(super) fn sentences_with<'a>(&'a self, sets: &'a [Set]) -> impl Iterator<Item = usize> + 'a {
        let groups = (0..self.width).flat_map(move |word| {
            let all = sets.iter().fold(u64::MAX, |bits, set| bits & self.rows[*set as usize * self.width + word]);
            let ones = std::iter::successors(Some(all), |bits| Some(bits & bits.wrapping_sub(1))).take_while(|bits| *bits != 0);
            ones.map(move |bits| word * 64 + bits.trailing_zeros() as usize)
        });
        let sentences = groups.flat_map(|group| group << self.shift..(group + 1) << self.shift);
        sentences.take_while(|sentence| *sentence < self.sentences)
    }

    /// Gathers the sentences of each phrase first, and gives them to all its sets at once: most words of a text come again and again.
    fn fill_rows(&mut self, sentences: &[Sentence], book: &PhraseBook) {
        const NOWHERE: u32 = u32::MAX;
        let mut numbers = vec![NOWHERE; book.nodes()];
        let (mut nodes, mut places) = (Vec::new(), Vec::new());
        for (sentence, group) in sentences.iter().zip((0usize..).map(|number| number >> self.shift)) {
            for hit in self.within(&sentence.tokens) {
                let number = &mut numbers[hit.node as usize];
                if *number == NOWHERE {
                    *number = nodes.len() as u32;
                    nodes.push(hit.node);
                    places.resize(nodes.len() * self.width, 0u64);
                }
                places[*number as usize * self.width + group / 64] |= 1 << (group % 64);
            }
        }
        self.rows = vec![0; book.sets() * self.width];
        for (node, places) in nodes.iter().zip(places.chunks(self.width)) {
            for set in book.ends(*node) {
                let row = &mut self.rows[*set as usize * self.width..][..self.width];
                row.iter_mut().zip(places).for_each(|(row, places)| *row |= places);
            }
        }
    }
}
