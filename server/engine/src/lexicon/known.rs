//! What the words of a block say by themselves, wherever it stands; kept from one version of a document to the next.

use std::{
    collections::BTreeSet,
    ops::Range,
    sync::{Arc, OnceLock},
};

use rustc_hash::FxHashMap;

use super::{
    Reading, Sentence, Token, Told, learned,
    words::{self, Scratch},
};
use crate::{
    content::{
        Library, Name,
        concept::Within,
        learned::Learned,
        phrases::{NONE, Node, PatternId, sieve::Sieve},
    },
    outline::{Block, Outline, Run},
};

/// A phrase at a place; what sets it is a phrase of, the book knows. Tokens count from the first of the block.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub(super) node: Node,
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Hit {
    /// What stands `by` tokens further on.
    pub(super) fn moved(&self, by: u32) -> Self {
        Self { start: self.start + by, end: self.end + by, ..*self }
    }
}

/// A block, read. Bytes count from the block's first, tokens and sentences from the first of the block.
#[derive(Debug, Default, Clone)]
pub(super) struct Known {
    pub(super) tokens: Vec<Token>,
    pub(super) sentences: Vec<Sentence>,
    /// Every phrase, wherever it stands within a sentence, ordered by the first token.
    hits: Vec<Hit>,
    /// By number of the token, and of the one that would follow the last: how many hits begin before it.
    before: Vec<u32>,
    /// The sifted patterns that may hold, by sentence; in rising order.
    live: Vec<PatternId>,
    /// By sentence, where its part of `live` ends.
    live_ends: Vec<u32>,
    /// What is written like a name, by sentence and in the order in which it is to be tried.
    pub(super) named: Vec<Named>,
    /// By sentence, what its words come to for each label that was learned; empty where nothing asks for it.
    pub(super) sums: Vec<i32>,
    /// It is still to be filled in.
    pub(super) blank: bool,
}

/// What may be a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) name: Name,
    pub(super) sentence: u32,
}

impl Known {
    /// Keeps the room that there is.
    fn clear(&mut self) {
        self.tokens.clear();
        self.sentences.clear();
        self.hits.clear();
        self.before.clear();
        self.live.clear();
        self.live_ends.clear();
        self.named.clear();
        self.sums.clear();
    }

    /// The phrases that begin at the tokens `from..to` of the block.
    pub(super) fn hits(&self, from: usize, to: usize) -> &[Hit] {
        &self.hits[self.before[from] as usize..self.before[to] as usize]
    }

    /// The phrases that begin at `tokens` of a text in which the block's first is `first`, if all of them are of the block.
    pub(super) fn hits_in(&self, tokens: &Range<usize>, first: usize) -> Option<&[Hit]> {
        let (from, to) = (tokens.start.checked_sub(first)?, tokens.end.checked_sub(first)?);
        (to <= self.tokens.len()).then(|| self.hits(from, to))
    }

    /// Is a sentence made of the same words as one of another block, wherever they stand?
    pub(super) fn is_same(&self, sentence: usize, other: &Self) -> bool {
        let word = |token: &Token| (token.end - token.start, token.number, token.parted, token.classes, token.topic, token.stem);
        let words = |known: &Self| known.sentences[sentence].tokens.clone();
        let (own, others) = (words(self), words(other));
        let from = |first: usize| move |hit: &Hit| (hit.node, hit.start as usize - first, hit.end as usize - first);
        self.tokens[own.clone()].iter().map(word).eq(other.tokens[others.clone()].iter().map(word)) && {
            self.hits(own.start, own.end).iter().map(from(own.start))
        }
        .eq(other.hits(others.start, others.end).iter().map(from(others.start)))
    }

    /// The sifted patterns that a sentence of the block may hold; none of the others of them holds.
    pub(super) fn live_in(&self, sentence: usize) -> &[PatternId] {
        let start = sentence.checked_sub(1).map_or(0, |before| self.live_ends[before]);
        &self.live[start as usize..self.live_ends[sentence] as usize]
    }
}

/// What the words of each block say, and by number of the block one before it that was read as this one would be: somebody may have pasted a
/// row a thousand times. `same` has by number of the block the one in `before` that says the same.
pub(super) fn all<'a>(
    before: &Memo,
    same: &[Option<usize>],
    text: &'a str,
    outline: &Outline,
    library: &'a Library,
) -> (Vec<Arc<Known>>, Vec<Option<usize>>) {
    let mut reader = None;
    let mut all: Vec<Arc<Known>> = Vec::with_capacity(outline.blocks.len());
    let mut alike = vec![None; outline.blocks.len()];
    let mut read: FxHashMap<&str, usize> = FxHashMap::default();
    for (number, block) in outline.blocks.iter().enumerate() {
        if let Some(same) = same[number] {
            all.push(before.known[same].clone());
            continue;
        }
        let last = read.insert(&text[block.range.clone()], number);
        alike[number] = last.filter(|last| is_same(text, &outline.blocks[*last], text, block));
        all.push(match alike[number] {
            Some(last) => all[last].clone(),
            None => Arc::new(reader.get_or_insert_with(|| Reader::new(library)).read(text, block)),
        });
    }
    (all, alike)
}

/// What the words of one block say.
pub(super) fn of<'a>(text: &'a str, block: &Block, library: &'a Library) -> Known {
    Reader::new(library).read(text, block)
}

/// Reads blocks, with room that is used again for each.
struct Reader<'a> {
    library: &'a Library,
    words: Scratch<'a>,
    sieve: Sieve,
    room: Known,
    /// If any signal of the library was learned.
    learned: Option<&'static Learned>,
    features: Vec<u32>,
    paths: Vec<Node>,
    next: Vec<Node>,
}

impl<'a> Reader<'a> {
    fn new(library: &'a Library) -> Self {
        Self {
            library,
            words: Scratch::default(),
            sieve: Sieve::default(),
            room: Known::default(),
            learned: library.signal_rules.iter().any(|rule| rule.learned.is_some()).then(Learned::built_in),
            features: Vec::new(),
            paths: Vec::new(),
            next: Vec::new(),
        }
    }

    fn read(&mut self, text: &'a str, block: &Block) -> Known {
        let book = &self.library.book;
        let mut known = std::mem::take(&mut self.room);
        known.clear();
        let room = (std::mem::take(&mut known.tokens), std::mem::take(&mut known.sentences));
        let (mut tokens, mut sentences) = words::read(text, block, book, &mut self.words, room);
        known.blank = block.is_blank(text);
        for (number, sentence) in sentences.iter().enumerate() {
            let words = tokens[sentence.tokens.clone()].iter().map(|token| (token.number, token.parted));
            self.sieve.begin(book, words);
            self.hits(&tokens, sentence, &mut known);
            self.names(number, sentence, &mut known);
            self.sieve.live(book, &mut known.live);
            known.live_ends.push(known.live.len() as u32);
        }
        known.before.push(known.hits.len() as u32);
        self.classify(&mut tokens, &known);
        if let Some(learned) = self.learned {
            for sentence in &sentences {
                learned::sums(learned, &tokens, sentence.tokens.clone(), &mut self.features, &mut known.sums);
            }
        }
        for token in &mut tokens {
            (token.start, token.end) = (token.start - block.range.start, token.end - block.range.start);
        }
        for sentence in &mut sentences {
            sentence.range = sentence.range.start - block.range.start..sentence.range.end - block.range.start;
        }
        (known.tokens, known.sentences) = (tokens, sentences);
        // It is kept from version to version: a copy has no more room than it needs.
        self.room = known;
        self.room.clone()
    }

    fn hits(&mut self, tokens: &[Token], sentence: &Sentence, known: &mut Known) {
        let (book, lemmas) = (&self.library.book, &self.words.lemmas);
        for start in sentence.tokens.clone() {
            known.before.push(known.hits.len() as u32);
            if lemmas[start][0] == NONE {
                continue;
            }
            self.paths.clear();
            book.enter(lemmas[start], &mut self.paths);
            let mut end = start + 1;
            while !self.paths.is_empty() {
                for node in self.paths.iter().copied().filter(|node| book.is_phrase(*node)) {
                    self.sieve.add(book, node, start - sentence.tokens.start, end - sentence.tokens.start);
                    known.hits.push(Hit { node, start: start as u32, end: end as u32 });
                }
                if end >= sentence.tokens.end || tokens[end].parted {
                    break;
                }
                self.next.clear();
                self.paths.iter().for_each(|node| book.step(*node, lemmas[end], &mut self.next));
                std::mem::swap(&mut self.paths, &mut self.next);
                end += 1;
            }
        }
    }

    fn names(&mut self, number: usize, sentence: &Sentence, known: &mut Known) {
        let first = known.named.len();
        let from = known.before[sentence.tokens.start] as usize;
        for hit in &known.hits[from..] {
            let names = self.library.named(hit.node).iter();
            if names.len() > 0 {
                self.sieve.name(hit.start as usize - sentence.tokens.start);
            }
            known.named.extend(names.map(|name| Named { start: hit.start, end: hit.end, name: *name, sentence: number as u32 }));
        }
        // Of phrases of one length, a name goes before what only looks like one.
        known.named[first..].sort_by_key(|named| (named.start, u32::MAX - named.end, matches!(named.name, Name::Shield)));
    }

    /// Tells of each word whether it begins a phrase of a class that much is asked of: such a word tells nothing of what is spoken of.
    fn classify(&self, tokens: &mut [Token], known: &Known) {
        for hit in &known.hits {
            tokens[hit.start as usize].classes |= self.library.classes(hit.node);
        }
        tokens.iter_mut().filter(|token| token.classes != 0).for_each(|token| token.topic = 0);
    }
}

/// What the blocks of a version said, for the next one.
#[derive(Debug, Default)]
pub struct Memo {
    pub(super) text: Arc<str>,
    pub(super) outline: Arc<Outline>,
    pub(super) known: Vec<Arc<Known>>,
    pub(super) told: Vec<Arc<Told>>,
    /// Where each topic is spoken of; counted when it is first asked for.
    spread: OnceLock<FxHashMap<u64, Spread>>,
    /// What names of the document want to stand near, or not to, in other sentences than their own, in rising order.
    wanted: OnceLock<Vec<PatternId>>,
}

/// How much is spoken of a topic.
#[derive(Debug, Clone, Copy, Default)]
pub struct Spread {
    /// By so many words.
    pub words: usize,
    /// In so many sections.
    pub sections: usize,
    /// The last of those.
    last: Option<usize>,
}

impl Memo {
    /// Keeps what `reading` and the signals that it gave were made of.
    pub fn new(text: Arc<str>, outline: Arc<Outline>, reading: Reading<'_>) -> Self {
        Self { text, outline, known: reading.known, told: reading.told, spread: OnceLock::new(), wanted: OnceLock::new() }
    }

    /// The text and the outline of this version.
    pub fn version(&self) -> (&str, &Outline) {
        (&self.text, &self.outline)
    }

    /// How much is spoken of `topic`.
    pub fn spread(&self, topic: u64) -> Spread {
        self.spread.get_or_init(|| spread(&self.known, &self.outline)).get(&topic).copied().unwrap_or_default()
    }

    /// The patterns that names of the document want to stand near, or not to, in other sentences than their own; in rising order.
    pub(super) fn wanted(&self, library: &Library) -> &[PatternId] {
        self.wanted.get_or_init(|| {
            let rule = |name: &Name| if let Name::Rule(rule) = name { Some(*rule) } else { None };
            let rules: BTreeSet<usize> =
                self.known.iter().flat_map(|known| known.named.iter().filter_map(|named| rule(&named.name))).collect();
            let wide = rules.into_iter().map(|rule| &library.rules[rule]).filter(|rule| rule.within != Within::Sentence);
            let patterns: BTreeSet<PatternId> = wide.flat_map(|rule| rule.near.iter().chain(&rule.unless).copied()).collect();
            patterns.into_iter().collect()
        })
    }

    /// The words of a block as they are written, numbers left out.
    pub fn plain_words(&self, block: usize) -> impl Iterator<Item = &str> {
        let own = &self.text[self.outline.blocks[block].range.start..];
        let words = self.known[block].tokens.iter().filter(|token| !token.number);
        words.map(|token| &own[token.start..token.end])
    }

    /// By number of the block in `outline`: the block of this version that says the same, if it is one of those before the first or behind
    /// the last that changed.
    pub(super) fn same(&self, text: &str, outline: &Outline) -> Vec<Option<usize>> {
        let (old, new) = (&self.outline.blocks, &outline.blocks);
        let same = |old: &Block, new: &Block| is_same(&self.text, old, text, new);
        let before = old.iter().zip(new).take_while(|(old, new)| same(old, new)).count();
        let rest = (old.len() - before).min(new.len() - before);
        let behind = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(old, new)| same(old, new)).count();
        let behind = |number: usize| (number + behind >= new.len()).then(|| number + old.len() - new.len());
        (0..new.len()).map(|number| if number < before { Some(number) } else { behind(number) }).collect()
    }
}

/// How much is spoken of each topic.
pub(super) fn spread(known: &[Arc<Known>], outline: &Outline) -> FxHashMap<u64, Spread> {
    let mut spread: FxHashMap<u64, Spread> = FxHashMap::default();
    for (known, block) in known.iter().zip(&outline.blocks) {
        for token in known.tokens.iter().filter(|token| token.topic != 0) {
            let one = spread.entry(token.topic).or_default();
            one.words += 1;
            one.sections += usize::from(one.last.replace(block.section) != Some(block.section));
        }
    }
    spread
}

/// Are two blocks made of the same words in the same way?
fn is_same(old_text: &str, old: &Block, new_text: &str, new: &Block) -> bool {
    // The sign behind the last word tells whether a sentence ends there.
    let shown = |text: &str, block: &Block| text[block.range.end..].chars().next();
    let run = |block: &Block, run: &Run| {
        let (start, end) = (run.range.start - block.range.start, run.range.end - block.range.start);
        (start, end, run.code, run.strong, run.cell - block.runs[0].cell)
    };
    old.kind == new.kind
        && old.runs.len() == new.runs.len()
        && old_text[old.range.clone()] == new_text[new.range.clone()]
        && old.runs.iter().map(|one| run(old, one)).eq(new.runs.iter().map(|one| run(new, one)))
        && shown(old_text, old) == shown(new_text, new)
}
