//! One word in the place of another of which neither tells anything: what a person types, but for the last letter of a word that we know.

use rustc_hash::FxHashMap;

use super::{
    features,
    known::Memo,
    letters,
    words::{self, Scratch},
};
use crate::{
    content::{
        Library,
        learned::{Kind, Learned, key},
        phrases::NONE,
    },
    outline::{Block, BlockKind},
    text::Change,
};

/// Two words that tell equally little.
#[derive(Debug)]
pub struct Swap {
    /// The whole word.
    pub change: Change,
    /// Number of its block.
    pub block: usize,
    /// The block as it is now.
    pub now: Block,
    /// So many words of the block, numbers left out, stand before it.
    pub words_before: usize,
}

impl Memo {
    /// The words that change where `change` leads to `text`, if each paragraph, sentence and word of this version still stands there, and
    /// neither word is known, learned of, part of what is told or spoken of anywhere else.
    pub fn swap(&self, text: &str, change: &Change, library: &Library) -> Option<Swap> {
        let block = self.outline.block_at(change.old.start)?;
        let (own, known) = (&self.outline.blocks[block], &self.known[block]);
        if !matches!(own.kind, BlockKind::Paragraph | BlockKind::Item(None)) || change.old.end > own.range.end {
            return None;
        }
        let (from, to) = (change.old.start - own.range.start, change.old.end - own.range.start);
        let mut around = known.tokens.iter().enumerate().filter(|(_, token)| token.start <= from && to <= token.end);
        let (Some((word, token)), None) = (around.next(), around.next()) else { return None };
        let change = change.widened(from - token.start, token.end - to);
        let now = own.moved(&change);
        let (old, new) = (&self.text[change.old.clone()], &text[change.new.clone()]);
        let told = &self.told[block];
        let tells = |token: usize| {
            told.mentions.iter().any(|(tokens, _)| tokens.contains(&token))
                || told.given.iter().any(|given| given.tokens.contains(&token) || given.captures.iter().any(|(_, at)| at.contains(&token)))
        };
        // What stands before the name of a thing may be how it is called: "the profile cache".
        let names = told.mentions.iter().any(|(tokens, _)| tokens.start == word + 1);
        let silent = !names && !tells(word) && is_unknown(old, library) && is_unknown(new, library);
        (silent && self.is_alone(token.topic, new) && self.reads_alike(block, text, &now, &change, library) && {
            let (before, behind) = (word.checked_sub(1), word + 1);
            let beside = [before.and_then(|at| known.tokens.get(at)), known.tokens.get(behind)];
            is_unlearned(old, new, beside.map(|token| token.map(|token| token.stem)), library)
        })
        .then(|| Swap { change, block, now, words_before: known.tokens[..word].iter().filter(|token| !token.number).count() })
    }

    /// The words of a block as they are written, numbers left out.
    pub fn plain_words(&self, block: usize) -> impl Iterator<Item = &str> {
        let own = &self.text[self.outline.blocks[block].range.start..];
        let words = self.known[block].tokens.iter().filter(|token| !token.number);
        words.map(|token| &own[token.start..token.end])
    }

    /// Does the block have the same words and sentences in `text`, but for the one that changed?
    fn reads_alike(&self, block: usize, text: &str, now: &Block, change: &Change, library: &Library) -> bool {
        let (known, start) = (&self.known[block], self.outline.blocks[block].range.start);
        let (tokens, sentences) = words::read(text, now, &library.book, &mut Scratch::default(), Default::default());
        let place = |at: usize| change.place(at + start);
        tokens.len() == known.tokens.len()
            && sentences.len() == known.sentences.len()
            && tokens.iter().zip(&known.tokens).all(|(new, old)| {
                (new.start, new.end, new.number, new.parted) == (place(old.start), place(old.end), old.number, old.parted)
            })
            && sentences.iter().zip(&known.sentences).all(|(new, old)| {
                (&new.tokens, new.range.start, new.range.end, new.asks)
                    == (&old.tokens, place(old.range.start), place(old.range.end), old.asks)
            })
            && now.is_blank(text) == known.blank
    }

    /// Does a word that speaks of `old` stand only once, and what `new` speaks of nowhere?
    fn is_alone(&self, old: u64, new: &str) -> bool {
        let topics = self.topics.get_or_init(|| {
            let mut topics: FxHashMap<u64, u32> = FxHashMap::default();
            let all = self.known.iter().flat_map(|known| known.tokens.iter().map(|token| token.topic));
            all.for_each(|topic| *topics.entry(topic).or_default() += 1);
            topics
        });
        let new = letters::topic(new, &mut String::new());
        let count = |topic: u64| topics.get(&topic).copied().unwrap_or_default();
        (old == 0 || count(old) == 1) && (new == 0 || new == old || count(new) == 0)
    }
}

/// Is it a word of letters that is no word of any pattern?
fn is_unknown(word: &str, library: &Library) -> bool {
    word.chars().all(char::is_alphabetic) && library.book.lemmas(word, &word.to_lowercase())[0] == NONE
}

/// Was nothing learned of either word, nor of either with a word beside it?
fn is_unlearned(old: &str, new: &str, [before, behind]: [Option<u64>; 2], library: &Library) -> bool {
    if !library.signal_rules.iter().any(|rule| rule.learned.is_some()) {
        return true;
    }
    let mut room = String::new();
    [old, new].into_iter().all(|word| {
        let stem = features::stem(word, &mut room);
        let alone = [key(Kind::Word, stem, 0), key(Kind::Above, stem, 0)];
        let pairs = [before.map(|before| key(Kind::Pair, before, stem)), behind.map(|behind| key(Kind::Pair, stem, behind))];
        alone.into_iter().chain(pairs.into_iter().flatten()).all(|key| Learned::built_in().weights(key).is_empty())
    })
}
