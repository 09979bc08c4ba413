//! A change that tells nothing: a letter in a word that is part of the same phrases as before, most often of none, or a blank.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{
    Token, features,
    known::{Known, Memo},
    learned, letters,
    words::{self, Scratch},
};
use crate::{
    content::{
        Library,
        learned::{Kind, Learned, key},
        phrases::{Lemmas, Node},
    },
    outline::{Block, BlockKind},
    text::Change,
};

/// A change that tells nothing by itself.
#[derive(Debug)]
pub struct Swap {
    /// Of a whole word; or of the blank behind one.
    pub change: Change,
    /// Number of the block.
    pub block: usize,
    /// The block as it is now.
    pub now: Block,
    /// So many words of the block, numbers left out, stand before it.
    pub words_before: usize,
}

/// What the words and sentences of a block are in another text, and what each word may be.
struct Again {
    now: Block,
    tokens: Vec<Token>,
    lemmas: Vec<Lemmas>,
}

impl Memo {
    /// What `change` leads to in `text`, if each paragraph, sentence and word still stands there and what changed is part of nothing that is
    /// told, learned of or spoken of anywhere else.
    pub fn swap(&self, text: &str, change: &Change, library: &Library) -> Option<Swap> {
        let block = self.outline.block_at(change.old.start)?;
        let own = &self.outline.blocks[block];
        if !matches!(own.kind, BlockKind::Paragraph | BlockKind::Item(None)) || change.old.end > own.range.end {
            return None;
        }
        let blank = |text: &str| text.bytes().all(|byte| byte == b' ');
        match blank(&self.text[change.old.clone()]) && blank(&text[change.new.clone()]) {
            true => self.blanks(block, text, change, library),
            false => self.words(block, text, change, library),
        }
    }

    /// One word takes the place of another.
    fn words(&self, block: usize, text: &str, change: &Change, library: &Library) -> Option<Swap> {
        let (own, known, told) = (&self.outline.blocks[block], &self.known[block], &self.told[block]);
        let (from, to) = (change.old.start - own.range.start, change.old.end - own.range.start);
        let mut around = known.tokens.iter().enumerate().filter(|(_, token)| token.start <= from && to <= token.end);
        let (Some((word, token)), None) = (around.next(), around.next()) else { return None };
        let change = change.widened(from - token.start, token.end - to);
        let (old, new) = (&self.text[change.old.clone()], &text[change.new.clone()]);
        // What stands before the name of a thing may be how it is called: "the profile cache".
        let names = told.mentions.iter().any(|(tokens, _)| tokens.contains(&word) || tokens.start == word + 1);
        let quoted = told.given.iter().any(|given| !given.captures.is_empty() && given.tokens.contains(&word));
        let letters = |word: &str| word.chars().all(char::is_alphabetic);
        if names || quoted || !letters(old) || !letters(new) || !self.is_alone(token.topic, new) {
            return None;
        }
        let again = self.read_again(block, text, [&change, &change, &change], library)?;
        let sentence = known.sentences.iter().position(|sentence| sentence.tokens.contains(&word))?;
        let phrases = phrases(&again, known.sentences[sentence].tokens.clone(), word, library);
        let silent = known.phrases(word).eq(phrases)
            && (is_unlearned(known, word, [old, new], library) || self.convinces_nobody(block, sentence, word, new, library));
        let words_before = known.tokens[..word].iter().filter(|token| !token.number).count();
        silent.then_some(Swap { change, block, now: again.now, words_before })
    }

    /// Blanks take the place of blanks.
    fn blanks(&self, block: usize, text: &str, change: &Change, library: &Library) -> Option<Swap> {
        let (own, known) = (&self.outline.blocks[block], &self.known[block]);
        // A comment that speaks to us is no prose.
        if !own.runs.iter().any(|run| run.range.start <= change.old.start && change.old.end <= run.range.end) {
            return None;
        }
        let at = change.old.start - own.range.start;
        let words_before = known.tokens.partition_point(|token| token.end <= at);
        let last = words_before.checked_sub(1)?;
        // A sentence may end with a blank, and what is told by its words does not.
        let told = known.tokens[last].end == at && self.ends.contains(&(block, last));
        if change.old.start == own.range.end {
            // A block does not end with blanks. The last line of a document has nothing behind it that could tell where it ends.
            let again = self.read_again(block, text, [change, change, change], library)?;
            let inner = change.old.end < self.text.len();
            return inner.then_some(Swap { change: change.clone(), block, now: again.now, words_before });
        }
        // All that begins or ends where the blanks begin moves, but for the word before them.
        let before = self.text[..change.old.start].chars().next_back()?.len_utf8();
        let wide = change.widened(before, 0);
        let again = self.read_again(block, text, [&wide, change, &wide], library)?;
        (!told).then_some(Swap { change: wide, block, now: again.now, words_before })
    }

    /// The block in `text`, if it has the same words and sentences there: `places` tell where each word begins and ends, and each sentence.
    fn read_again(&self, block: usize, text: &str, places: [&Change; 3], library: &Library) -> Option<Again> {
        let (own, known) = (&self.outline.blocks[block], &self.known[block]);
        let [begins, ends, whole] = places;
        let now = own.moved(whole);
        let mut scratch = Scratch::default();
        let (tokens, sentences) = words::read(text, &now, &library.book, &mut scratch, Default::default());
        let start = own.range.start;
        let same_word = |(new, old): (&Token, &Token)| {
            let place = (begins.place(old.start + start), ends.place(old.end + start));
            (new.start, new.end, new.number, new.parted) == (place.0, place.1, old.number, old.parted)
        };
        let same = tokens.len() == known.tokens.len()
            && sentences.len() == known.sentences.len()
            && tokens.iter().zip(&known.tokens).all(same_word)
            && sentences.iter().zip(&known.sentences).all(|(new, old)| {
                let range = whole.place(old.range.start + start)..whole.place(old.range.end + start);
                (&new.tokens, &new.range, new.asks) == (&old.tokens, &range, old.asks)
            })
            && now.is_blank(text) == known.blank;
        same.then_some(Again { now, tokens, lemmas: scratch.lemmas })
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

    /// Does what was learned take the sentence for nothing, with the word as it was and as it is?
    fn convinces_nobody(&self, block: usize, sentence: usize, word: usize, new: &str, library: &Library) -> bool {
        let known = &self.known[block];
        let mut tokens = known.tokens.clone();
        tokens[word].stem = features::stem(new, &mut String::new());
        let (mut features, mut sums): (Vec<u32>, Vec<i32>) = Default::default();
        learned::sums(Learned::built_in(), &tokens, known.sentences[sentence].tokens.clone(), &mut features, &mut sums);
        !self.leads(block) && !self.convinces(block, &self.sums(block, sentence), library) && !self.convinces(block, &sums, library)
    }

    /// May what was learned take a sentence of the block for anything whose words come to `sums`?
    fn convinces(&self, block: usize, sums: &[i32], library: &Library) -> bool {
        // What stands above adds to it.
        let above = self.outline.blocks[block].parent.is_some();
        let rules = library.signal_rules.iter().filter_map(|rule| rule.learned);
        { rules }.any(|(label, from)| above || sums.get(label).is_none_or(|sum| *sum >= from))
    }

    fn sums(&self, block: usize, sentence: usize) -> Vec<i32> {
        let labels = Learned::built_in().labels().len();
        self.known[block].sums.chunks(labels.max(1)).nth(sentence).unwrap_or_default().to_vec()
    }

    /// Do others stand under the block?
    fn leads(&self, block: usize) -> bool {
        self.outline.blocks.get(block + 1).is_some_and(|next| next.parent == Some(block))
    }

    /// The words of a block as they are written, numbers left out.
    pub fn plain_words(&self, block: usize) -> impl Iterator<Item = &str> {
        let own = &self.text[self.outline.blocks[block].range.start..];
        let words = self.known[block].tokens.iter().filter(|token| !token.number);
        words.map(|token| &own[token.start..token.end])
    }
}

/// The phrases that the token `word` of a sentence is part of, in a block that was read again; tokens count from the first of the block.
fn phrases(again: &Again, sentence: Range<usize>, word: usize, library: &Library) -> Vec<(Node, Range<usize>)> {
    let (book, tokens) = (&library.book, &again.tokens);
    let parted = (sentence.start..=word).rev().find(|token| tokens[*token].parted).unwrap_or(sentence.start);
    let mut found = Vec::new();
    for start in parted..=word {
        let mut paths: Vec<Node> = Vec::new();
        book.enter(again.lemmas[start], &mut paths);
        let mut end = start + 1;
        while !paths.is_empty() {
            let ending = paths.iter().filter(|node| end > word && book.is_phrase(**node));
            found.extend(ending.map(|node| (*node, start..end)));
            if end >= sentence.end || tokens[end].parted {
                break;
            }
            let mut next = Vec::new();
            paths.iter().for_each(|node| book.step(*node, again.lemmas[end], &mut next));
            paths = next;
            end += 1;
        }
    }
    found
}

/// Was nothing learned of the word, old or new, nor of either with a word beside it?
fn is_unlearned(known: &Known, word: usize, forms: [&str; 2], library: &Library) -> bool {
    if !library.signal_rules.iter().any(|rule| rule.learned.is_some()) {
        return true;
    }
    let stem = |token: Option<usize>| token.and_then(|token| known.tokens.get(token)).map(|token| token.stem);
    let (before, behind) = (stem(word.checked_sub(1)), stem(Some(word + 1)));
    let mut room = String::new();
    forms.into_iter().all(|form| {
        let stem = features::stem(form, &mut room);
        let alone = [key(Kind::Word, stem, 0), key(Kind::Above, stem, 0)];
        let pairs = [before.map(|before| key(Kind::Pair, before, stem)), behind.map(|behind| key(Kind::Pair, stem, behind))];
        alone.into_iter().chain(pairs.into_iter().flatten()).all(|key| Learned::built_in().weights(key).is_empty())
    })
}
