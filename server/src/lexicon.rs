//! Reads the prose of an outline: words, sentences, mentions of concepts, and the signals that sentences give.

mod mentions;
mod search;
mod signals;
mod words;

use std::ops::Range;

pub use self::{
    search::{Found, Span},
    words::{Sentence, Token},
};
use crate::{
    content::{
        Library,
        phrases::{NONE, PatternId, Set},
    },
    outline::Outline,
};

/// The prose of a document, read. Token numbers run through the whole document.
#[derive(Debug)]
pub struct Reading<'a> {
    pub library: &'a Library,
    pub outline: &'a Outline,
    pub tokens: Vec<Token>,
    pub sentences: Vec<Sentence>,
    /// By number of the block: its sentences.
    pub blocks: Vec<Range<usize>>,
    /// In the order of the text.
    pub mentions: Vec<Mention>,
    /// In the order of the text.
    pub signals: Vec<Given>,
    /// Where phrases of a set stand, ordered by their first token.
    hits: Vec<Hit>,
}

/// A phrase of a set at a place.
#[derive(Debug, Clone, Copy)]
struct Hit {
    set: Set,
    start: u32,
    end: u32,
}

/// A name of a concept in its system-design sense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Number of the concept in the library.
    pub concept: usize,
    pub family: Option<String>,
    pub tokens: Range<usize>,
    pub sentence: usize,
}

/// A signal that a sentence gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Number of the signal in the library.
    pub signal: usize,
    pub sentence: usize,
    /// The words that gave it.
    pub tokens: Range<usize>,
    pub captures: Vec<(String, Range<usize>)>,
}

impl<'a> Reading<'a> {
    /// Reads the prose of `text`, whose outline is `outline`.
    pub fn new(text: &str, outline: &'a Outline, library: &'a Library) -> Self {
        let (tokens, sentences, blocks) = words::read(text, outline, &library.book);
        let mut reading = Self { library, outline, tokens, sentences, blocks, mentions: Vec::new(), signals: Vec::new(), hits: Vec::new() };
        reading.hits = reading.look_up();
        reading.mentions = mentions::find(&reading, true);
        reading.mentions = mentions::find(&reading, false);
        reading.signals = signals::find(&reading);
        reading
    }

    /// The bytes of `tokens`.
    pub fn bytes(&self, tokens: &Range<usize>) -> Range<usize> {
        match (self.tokens.get(tokens.start), tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => 0..0,
        }
    }

    /// Does `pattern` hold in `span`? `it` is the mention that `<it>` stands for.
    pub fn search(&self, pattern: PatternId, span: &Span, it: Option<&Range<usize>>) -> Option<Found> {
        search::search(self, pattern, span, it)
    }

    /// Does any of `patterns` hold in `span`?
    pub fn any(&self, patterns: &[PatternId], span: &Span, it: Option<&Range<usize>>) -> bool {
        patterns.iter().any(|pattern| self.search(*pattern, span, it).is_some())
    }

    /// The sentence as a span to search in.
    pub fn sentence_span(&self, sentence: usize) -> Span {
        self.span(self.sentences[sentence].tokens.clone())
    }

    /// All sentences of a block as one span.
    pub fn block_span(&self, block: usize) -> Span {
        let sentences = &self.blocks[block];
        match (self.sentences.get(sentences.start), sentences.end.checked_sub(1).and_then(|last| self.sentences.get(last))) {
            (Some(first), Some(last)) if !sentences.is_empty() => self.span(first.tokens.start..last.tokens.end),
            _ => self.span(0..0),
        }
    }

    /// The sentences of the block that stand around `sentence`, as one span: all of them in any block that a person wrote by hand.
    pub fn around_span(&self, sentence: usize) -> Span {
        const AROUND: usize = 12;
        let block = &self.blocks[self.sentences[sentence].block];
        let first = sentence.saturating_sub(AROUND).max(block.start);
        let last = (sentence + AROUND).min(block.end - 1);
        self.span(self.sentences[first].tokens.start..self.sentences[last].tokens.end)
    }

    /// The mentions that begin in `tokens`.
    pub fn mentions_in(&self, tokens: &Range<usize>) -> &[Mention] {
        let start = self.mentions.partition_point(|mention| mention.tokens.start < tokens.start);
        let end = self.mentions.partition_point(|mention| mention.tokens.start < tokens.end);
        &self.mentions[start..end]
    }

    /// Any words of one block as a span to search in.
    pub fn span(&self, tokens: Range<usize>) -> Span {
        let start = self.hits.partition_point(|hit| (hit.start as usize) < tokens.start);
        let end = self.hits.partition_point(|hit| (hit.start as usize) < tokens.end);
        Span { tokens, hits: start..end }
    }

    /// Every phrase of every set, wherever it stands within a sentence.
    fn look_up(&self) -> Vec<Hit> {
        let book = &self.library.book;
        let (mut hits, mut paths, mut next) = (Vec::new(), Vec::new(), Vec::new());
        for sentence in &self.sentences {
            for start in sentence.tokens.clone() {
                if self.tokens[start].lemmas[0] == NONE {
                    continue;
                }
                paths.clear();
                paths.extend(book.step(0, self.tokens[start].lemmas));
                let mut end = start + 1;
                while !paths.is_empty() {
                    for node in &paths {
                        hits.extend(book.ends(*node).iter().map(|set| Hit { set: *set, start: start as u32, end: end as u32 }));
                    }
                    if end >= sentence.tokens.end || self.tokens[end].parted {
                        break;
                    }
                    next.clear();
                    next.extend(paths.iter().flat_map(|node| book.step(*node, self.tokens[end].lemmas)));
                    std::mem::swap(&mut paths, &mut next);
                    end += 1;
                }
            }
        }
        hits
    }
}

impl Reading<'_> {
    /// Is the word one that tells things apart no better than an article would?
    pub fn is_generic(&self, token: usize) -> bool {
        self.is_in(self.library.generic, token) || self.is_article(token)
    }

    /// "The", "our" and the like.
    pub fn is_article(&self, token: usize) -> bool {
        self.is_in(self.library.articles, token)
    }

    /// How many words of the sentence say that the design has something.
    pub fn adoption(&self, sentence: usize) -> usize {
        let span = self.sentence_span(sentence);
        self.hits[span.hits].iter().filter(|hit| Some(hit.set) == self.library.adoption).count()
    }

    fn is_in(&self, set: Option<Set>, token: usize) -> bool {
        let span = self.span(token..token + 1);
        self.hits[span.hits].iter().any(|hit| Some(hit.set) == set)
    }
}
