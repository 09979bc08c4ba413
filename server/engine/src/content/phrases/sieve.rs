//! Which patterns a sentence may hold: where a set stands in it is a few bits, so that nearly all others are turned down before they are looked for.

use super::{Is, NAMED, NO_SET, Node, Part, PatternId, PhraseBook, Place, Set, bounds};
use crate::content::pattern::{GAP, Gap};

/// What stands in a sentence; room that is used again for the next.
#[derive(Debug, Default)]
pub struct Sieve {
    /// By part, its place in `stands`; zero where there is none.
    places: Vec<u16>,
    /// By place, where the phrases of a part stand; nothing stands in the first.
    stands: Vec<Stands>,
    /// By place, the part.
    met: Vec<Part>,
    /// By set, its place in `answers`, counted from one; zero where it was not asked for yet.
    asked: Vec<u16>,
    /// By place, the set, and where its phrases stand.
    answers: Vec<(Set, Stands)>,
    /// A bit for each word of the sentence; none where places are not told.
    words: u64,
    /// A bit for each that is a number.
    numbers: u64,
    /// A bit for each that a mark parts from the one before.
    parted: u64,
    /// The places of words are not told.
    wide: bool,
}

/// Where phrases stand, a bit for each word.
#[derive(Debug, Clone, Copy, Default)]
struct Stands {
    /// Those of one word.
    words: u64,
    /// Where longer ones begin.
    long: u64,
    /// The words behind those.
    behind: u64,
}

/// The places of more words are not told: a bit is needed for the word behind the last.
const WIDEST: usize = 63;

impl Sieve {
    /// Begins with a sentence, of which `words` tells of each word whether it is a number, and whether a mark parts it from the one before.
    pub fn begin(&mut self, book: &PhraseBook, words: impl ExactSizeIterator<Item = (bool, bool)>) {
        self.met.drain(..).for_each(|part| self.places[part as usize] = 0);
        // A book without phrases has the part of names nevertheless.
        self.places.resize(book.parts.max(1) as usize, 0);
        self.met.push(0);
        self.stands.clear();
        self.stands.push(Stands::default());
        self.answers.drain(..).for_each(|(set, _)| self.asked[set as usize] = 0);
        self.asked.resize(book.sets(), 0);
        (self.words, self.numbers, self.parted) = (0, 0, 0);
        self.wide = words.len() > WIDEST;
        for (at, (number, parted)) in words.enumerate().take_while(|(at, _)| *at < WIDEST) {
            self.words |= 1 << at;
            self.numbers |= u64::from(number) << at;
            self.parted |= u64::from(parted) << at;
        }
    }

    /// Adds the phrase that ends at `node`, of the words `start..end`.
    pub fn add(&mut self, book: &PhraseBook, node: Node, start: usize, end: usize) {
        let new = match (self.wide, end - start) {
            (true, _) => Stands { words: 1, ..Stands::default() },
            (false, 1) => Stands { words: 1 << start, ..Stands::default() },
            (false, _) => Stands { words: 0, long: 1 << start, behind: 1 << end },
        };
        self.put(node, new);
        book.groups.of(node as usize).iter().for_each(|group| self.put(*group, new));
    }

    /// Something that is written like a name begins at the word `at`.
    pub fn name(&mut self, at: usize) {
        let words = if self.wide { 1 } else { 1 << at };
        self.put(NAMED, Stands { words, ..Stands::default() });
    }

    fn put(&mut self, part: Part, new: Stands) {
        let place = &mut self.places[part as usize];
        if *place == 0 {
            *place = self.met.len() as u16;
            self.met.push(part);
            self.stands.push(new);
        } else {
            let stands = &mut self.stands[*place as usize];
            *stands = stands.and(new);
        }
    }

    /// Adds the sifted patterns that may hold to `live`, in rising order; none of the others of them does, nor in fewer of the words.
    pub fn live(&mut self, book: &PhraseBook, live: &mut Vec<PatternId>) {
        let first = live.len();
        for place in 1..self.met.len() {
            for (id, other) in book.anchored.of(self.met[place] as usize) {
                if (*other == NO_SET || self.is_there(book, *other)) && self.fits(book, *id) {
                    live.push(*id);
                }
            }
        }
        for id in &book.needless {
            if self.fits(book, *id) {
                live.push(*id);
            }
        }
        live[first..].sort_unstable();
        // One is filed under each part of a set.
        let mut end = first;
        for at in first..live.len() {
            if at == first || live[at] != live[end - 1] {
                live[end] = live[at];
                end += 1;
            }
        }
        live.truncate(end);
    }

    /// A bit for each word with which something begins that is written like a name.
    fn named(&self) -> u64 {
        self.stands[self.places[NAMED as usize] as usize].words
    }

    fn fits(&mut self, book: &PhraseBook, id: PatternId) -> bool {
        match self.wide {
            true => book.needs(id).iter().all(|set| self.is_there(book, *set)),
            false => self.may_hold(book, id),
        }
    }

    /// Does any phrase of the set stand there? Most do not.
    fn is_there(&self, book: &PhraseBook, set: Set) -> bool {
        book.sets.of(set as usize).iter().any(|part| self.places[*part as usize] != 0)
    }

    fn stands(&mut self, book: &PhraseBook, set: Set) -> Stands {
        let asked = self.asked[set as usize];
        if asked != 0 {
            return self.answers[asked as usize - 1].1;
        }
        let mut all = Stands::default();
        for part in book.sets.of(set as usize) {
            let place = self.places[*part as usize];
            if place != 0 {
                all = all.and(self.stands[place as usize]);
            }
        }
        self.answers.push((set, all));
        self.asked[set as usize] = self.answers.len() as u16;
        all
    }

    /// May the pattern hold, as far as its stretches tell one by one, and each by the next to it?
    fn may_hold(&mut self, book: &PhraseBook, id: PatternId) -> bool {
        let (first, end) = bounds(&book.patterns, id);
        let (mut starts_before, mut ends_before) = (0, 0);
        for number in first..end {
            let places = book.stretches.of(number);
            let ends = self.ends(book, places, self.words);
            if ends == 0 {
                return false;
            }
            let starts = match places.first() {
                Some(Place { is: Is::Set(set), optional: false }) => self.stands(book, *set).begin(),
                _ => self.words,
            };
            if number > first {
                let turned = if book.gaps[number - 1] == Gap::Near { starts_before & over_gap(ends) } else { 0 };
                if starts & over_gap(ends_before) | turned == 0 {
                    return false;
                }
            }
            (starts_before, ends_before) = (starts, ends);
        }
        true
    }

    /// Behind which words `places` may end, if they begin at one of the words `from`.
    fn ends(&mut self, book: &PhraseBook, places: &[Place], from: u64) -> u64 {
        // Where nothing was read yet; and where something was, so that no mark may stand before what follows.
        let (mut fresh, mut read) = (from, 0);
        for place in places {
            let at = (fresh | read & !self.parted) & self.words;
            let behind = match place.is {
                Is::Set(set) => self.stands(book, set).behind(at),
                Is::Number(set) => (at & self.numbers) << 1 | self.stands(book, set).behind(at),
                Is::Choice(number) => book.choice(number).fold(0, |all, stretch| all | self.ends(book, stretch, at)),
                Is::Words => {
                    let next = |behind: u64| (behind & self.words & !self.parted) << 1;
                    let (one, two) = (at << 1, next(at << 1));
                    one | two | next(two)
                }
                // Which of them are mentions is not known yet, nor of how many words.
                Is::Mention(_) => behind_any(at & self.named()),
                Is::It => behind_any(at),
            };
            match place.optional {
                true => read |= behind,
                false => (fresh, read) = (0, behind),
            }
        }
        read
    }
}

impl Stands {
    fn and(self, other: Self) -> Self {
        Self { words: self.words | other.words, long: self.long | other.long, behind: self.behind | other.behind }
    }

    /// The words at which they begin.
    fn begin(self) -> u64 {
        self.words | self.long
    }

    /// The words behind those phrases that begin at one of the words `at`, and maybe more.
    fn behind(self, at: u64) -> u64 {
        let long = if self.long & at == 0 { 0 } else { self.behind & behind_any(at) };
        (self.words & at) << 1 | long
    }
}

/// All words behind the first of `at`.
fn behind_any(at: u64) -> u64 {
    if at == 0 { 0 } else { !1 << at.trailing_zeros() }
}

/// Where a stretch may begin that stands behind one that ends before any of `ends`.
fn over_gap(ends: u64) -> u64 {
    (0..=GAP).fold(0, |all, words| all | ends << words)
}
