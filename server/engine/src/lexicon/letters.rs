//! What a word tells by its letters, worked out once for all places of a text where it stands.

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::features;
use crate::content::phrases::{Lemmas, NONE, PhraseBook};

/// What is known of the words of a text.
#[derive(Debug, Default)]
pub(super) struct Letters<'t> {
    /// As they are written.
    met: FxHashMap<&'t str, Word>,
    /// Room that is used again for each word.
    lower: String,
}

/// What a word tells.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub(super) lemmas: Lemmas,
    /// The same for all forms of a word that may tell what is spoken of, and zero for the others.
    pub(super) topic: u64,
    /// The word as [`features`] are made of it.
    pub(super) stem: u64,
}

/// A word of so many bytes tells nothing of what is spoken of.
const SHORT: usize = 3;

impl<'t> Letters<'t> {
    /// What the word `written` tells, with the words that `book` knows.
    pub(super) fn read(&mut self, book: &PhraseBook, written: &'t str) -> Word {
        if let Some(word) = self.met.get(written) {
            return *word;
        }
        let word = self.spell(book, written);
        self.met.insert(written, word);
        word
    }

    fn spell(&mut self, book: &PhraseBook, written: &str) -> Word {
        let lower = &mut self.lower;
        lower.clear();
        if written.is_ascii() {
            lower.push_str(written);
            lower.make_ascii_lowercase();
        } else {
            for c in written.chars() {
                match c {
                    '’' => lower.push('\''),
                    c => lower.extend(c.to_lowercase()),
                }
            }
        }
        let mut lemmas = book.lemmas(written, lower);
        if let (NONE, Some(stem)) = (lemmas[0], lower.strip_suffix("'s")) {
            lemmas = book.lemmas(written.get(..stem.len()).unwrap_or(written), stem);
        }
        Word { lemmas, topic: topic(written, lower), stem: features::stem(written, lower) }
    }
}

/// What a word without a class speaks of, the same for all its forms; zero for what is too short, or no word. `room` is used again.
pub(super) fn topic(written: &str, room: &mut String) -> u64 {
    let ascii = written.bytes().all(|byte| byte.is_ascii_alphabetic());
    if written.len() <= SHORT || !ascii && !written.chars().all(char::is_alphabetic) {
        return 0;
    }
    room.clear();
    if ascii {
        room.push_str(written);
        room.make_ascii_lowercase();
    } else {
        room.extend(written.chars().flat_map(char::to_lowercase));
    }
    // The singular. Two words of a document with one number are not to be expected: there are 2^64 of them.
    FxBuildHasher.hash_one(room.trim_end_matches('s')).max(1)
}
