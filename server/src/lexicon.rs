//! Reads the prose of an outline: words, sentences, mentions of concepts, and the signals that sentences give.

pub mod features;

mod hits;
mod learned;
mod mentions;
mod search;
mod signals;
mod words;

use std::ops::Range;

use self::hits::Hits;
pub use self::{
    search::{Found, Span},
    words::{Sentence, Token},
};
use crate::{
    content::{
        Library,
        phrases::{PatternId, Set},
    },
    outline::{BlockKind, Outline},
};

/// The prose of a document, read. Token numbers run through the whole document.
#[derive(Debug)]
pub struct Reading<'a> {
    pub library: &'a Library,
    pub outline: &'a Outline,
    pub tokens: Vec<Token>,
    pub sentences: Vec<Sentence>,
    /// By number of the block: it is still to be filled in.
    pub blank: Vec<bool>,
    /// By number of the block: its sentences.
    pub blocks: Vec<Range<usize>>,
    /// In the order of the text.
    pub mentions: Vec<Mention>,
    /// In the order of the text.
    pub signals: Vec<Given>,
    hits: Hits,
    /// By number of the block: the head of the table in which it is a row.
    heads: Vec<Option<usize>>,
    /// By number of the signal: where in `signals` it is given.
    by_signal: Vec<Vec<usize>>,
}

/// A name of a concept in its system-design sense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Number of the concept in the library.
    pub concept: usize,
    pub family: Option<String>,
    pub tokens: Range<usize>,
    pub sentence: usize,
    /// Named by a word that does not tell whether the design has it.
    pub passing: bool,
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
    /// The words that speak most for it, where it was learned.
    pub telling: Vec<Range<usize>>,
}

impl<'a> Reading<'a> {
    /// Reads the prose of `text`, whose outline is `outline`.
    pub fn new(text: &str, outline: &'a Outline, library: &'a Library) -> Self {
        let blank = outline.blocks.iter().map(|block| block.is_blank(text)).collect();
        let (tokens, sentences, blocks) = words::read(text, outline, &library.book);
        let hits = Hits::new(&tokens, &sentences, &library.book);
        let mut reading = Self {
            library,
            outline,
            blank,
            tokens,
            sentences,
            blocks,
            mentions: Vec::new(),
            signals: Vec::new(),
            hits,
            heads: heads(outline),
            by_signal: Vec::new(),
        };
        mentions::find(&mut reading);
        reading.signals = signals::find(&reading);
        reading.signals.extend(learned::find(text, &reading));
        reading.signals.sort_unstable_by_key(|one| (one.sentence, one.tokens.start, one.signal));
        reading.by_signal.resize(library.signals.len(), Vec::new());
        for (number, given) in reading.signals.iter().enumerate() {
            reading.by_signal[given.signal].push(number);
        }
        reading
    }

    /// The bytes of `tokens`.
    pub fn bytes(&self, tokens: &Range<usize>) -> Range<usize> {
        match (self.tokens.get(tokens.start), tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => 0..0,
        }
    }

    /// The numbers of the signals given that are `signal`, in the order of the text.
    pub fn given(&self, signal: usize) -> &[usize] {
        &self.by_signal[signal]
    }

    /// Does `pattern` hold in `span`? `it` is the mention that `<it>` stands for.
    pub fn search(&self, pattern: PatternId, span: &Span, it: Option<&Range<usize>>) -> Option<Found> {
        search::search(self, pattern, span, it)
    }

    /// Does what else `signal` asks for hold around `sentence`, whatever gives the signal there?
    pub fn allows(&self, signal: usize, sentence: usize) -> bool {
        signals::told(self, signal, sentence, &self.sentence_span(sentence))
    }

    /// Does any of `patterns` hold in `span`?
    pub fn any(&self, patterns: &[PatternId], span: &Span, it: Option<&Range<usize>>) -> bool {
        patterns.iter().any(|pattern| self.search(*pattern, span, it).is_some())
    }

    /// The sentence as a span to search in.
    pub fn sentence_span(&self, sentence: usize) -> Span {
        Span { tokens: self.sentences[sentence].tokens.clone(), sentences: sentence..sentence + 1 }
    }

    /// All sentences of a block as one span.
    pub fn block_span(&self, block: usize) -> Span {
        let sentences = &self.blocks[block];
        match (self.sentences.get(sentences.start), sentences.end.checked_sub(1).and_then(|last| self.sentences.get(last))) {
            (Some(first), Some(last)) if !sentences.is_empty() => {
                Span { tokens: first.tokens.start..last.tokens.end, sentences: sentences.clone() }
            }
            _ => Span { tokens: 0..0, sentences: 0..0 },
        }
    }

    /// The sentences of the block that stand around `sentence`, as one span: all of them in any block that a person wrote by hand, and the
    /// question that they reply to, where the block before asks.
    pub fn around_span(&self, sentence: usize) -> Span {
        const AROUND: usize = 12;
        let block = &self.blocks[self.sentences[sentence].block];
        let asked = block.start.checked_sub(1).filter(|before| self.sentences[*before].asks && !self.sentences[sentence].asks);
        let first = sentence.saturating_sub(AROUND).max(asked.unwrap_or(block.start));
        let last = (sentence + AROUND).min(block.end - 1);
        Span { tokens: self.sentences[first].tokens.start..self.sentences[last].tokens.end, sentences: first..last + 1 }
    }

    /// The head of the table in which `block` is a row.
    pub fn head_of(&self, block: usize) -> Option<usize> {
        self.heads[block]
    }

    /// The mentions that begin in `tokens`.
    pub fn mentions_in(&self, tokens: &Range<usize>) -> &[Mention] {
        let rest = &self.mentions[self.mentions.partition_point(|mention| mention.tokens.start < tokens.start)..];
        &rest[..rest.iter().take_while(|mention| mention.tokens.start < tokens.end).count()]
    }
}

fn heads(outline: &Outline) -> Vec<Option<usize>> {
    let mut head = None;
    let rows = outline.blocks.iter().enumerate().map(|(number, block)| match block.kind {
        BlockKind::Row(true) => {
            head = Some(number);
            None
        }
        BlockKind::Row(false) => head.filter(|head| outline.blocks[*head].group == block.group),
        _ => None,
    });
    rows.collect()
}

impl Reading<'_> {
    /// Is the word one that tells things apart no better than an article would?
    pub fn is_generic(&self, token: usize) -> bool {
        self.is_in(self.library.generic, token) || self.is_article(token)
    }

    /// Does the word tell nothing of what is spoken of?
    pub fn is_common(&self, token: usize) -> bool {
        self.is_generic(token)
            || self.is_denial(token)
            || [self.library.adoption, self.library.everyday].iter().any(|set| self.is_in(*set, token))
    }

    /// "No", "not" and the like.
    pub fn is_denial(&self, token: usize) -> bool {
        self.is_in(self.library.denials, token)
    }

    /// "The", "our" and the like.
    pub fn is_article(&self, token: usize) -> bool {
        self.is_in(self.library.articles, token)
    }

    /// How many words of the sentence say that the design has something.
    pub fn adoption(&self, sentence: usize) -> usize {
        let Some(adoption) = self.library.adoption else { return 0 };
        let hits = self.hits.within(&self.sentences[sentence].tokens);
        hits.iter().filter(|hit| self.library.book.is_of(hit.node, adoption)).count()
    }

    fn is_in(&self, set: Option<Set>, token: usize) -> bool {
        set.is_some_and(|set| self.begins(set, &(token..token + 1)))
    }

    /// Does a phrase of `set` begin in `tokens`?
    fn begins(&self, set: Set, tokens: &Range<usize>) -> bool {
        self.hits.within(tokens).iter().any(|hit| self.library.book.is_of(hit.node, set))
    }
}
