//! The phrase book: all words and phrases of all patterns in one automaton over words, and the patterns compiled against it.

use rustc_hash::FxHashMap;

use super::{
    inflect,
    pattern::{Element, Gap, Of, Pattern, Word},
};

/// A set of phrases that a pattern names at one place, or the names of a concept.
pub type Set = u32;
/// A compiled pattern's number.
pub type PatternId = u32;
/// A place in the automaton: what of a phrase was read.
pub type Node = u32;
type Lemma = u32;
/// Gives the phrases of a word class, or says that there is none.
type Classes<'a> = dyn Fn(&str) -> Result<&'a [Vec<Word>], String> + 'a;

/// All phrases in one automaton over words.
#[derive(Debug, Default)]
pub struct PhraseBook {
    /// Written form in lower case, to what it may be.
    forms: FxHashMap<Box<str>, Vec<Reading>>,
    lemmas: FxHashMap<Word, Lemma>,
    edges: FxHashMap<(Node, Lemma), Node>,
    /// The sets of which a phrase ends at a node, in rising order.
    ends: Vec<Vec<Set>>,
    sets: u32,
    /// The set of a list of phrases, each spelt in lemmas with [`NONE`] behind.
    by_phrases: FxHashMap<Vec<Lemma>, Set>,
    /// The phrases of a word class, spelt the same way.
    classes: FxHashMap<String, Vec<Lemma>>,
    pub patterns: Vec<Compiled>,
    /// What [`Is::Choice`] refers to.
    pub choices: Vec<Vec<Vec<Place>>>,
    index: Index,
    /// The patterns that need no set, in rising order.
    pub needless: Vec<PatternId>,
}

/// What a text is asked first, worked out once all patterns are there.
#[derive(Debug, Default)]
struct Index {
    /// By number of the set: the patterns that need it, and need nothing that fewer patterns need.
    anchored: Lists,
    /// A bit for each set that has such a pattern.
    anchors: Box<[u64]>,
    /// By number of the pattern: the sets that it needs.
    needs: Lists,
    /// By node: the sets of which a phrase ends there.
    ends: Lists,
    /// By lemma, the node behind the root.
    roots: Vec<Node>,
}

/// Many short lists, one behind the other: a text looks into thousands of them, and each that lies elsewhere costs a wait for memory.
#[derive(Debug, Default)]
struct Lists {
    /// Where each list ends.
    bounds: Vec<u32>,
    items: Vec<u32>,
}

impl Lists {
    fn new<'a>(lists: impl Iterator<Item = &'a [u32]>) -> Self {
        let mut all = Self::default();
        for list in lists {
            all.items.extend_from_slice(list);
            all.bounds.push(all.items.len() as u32);
        }
        all
    }

    fn of(&self, number: usize) -> &[u32] {
        let Some(end) = self.bounds.get(number) else { return &[] };
        let start = number.checked_sub(1).map_or(0, |before| self.bounds[before]);
        &self.items[start as usize..*end as usize]
    }
}

/// One thing that a written form may be.
#[derive(Debug, Clone)]
struct Reading {
    lemma: Lemma,
    /// The letters that it must have exactly.
    exact: Option<Box<str>>,
}

/// The lemmas of one word of a text; a word has seldom more than two.
pub type Lemmas = [Lemma; 4];

/// No lemma.
pub const NONE: Lemma = 0;

/// A pattern over sets.
#[derive(Debug, Clone)]
pub struct Compiled {
    pub segments: Vec<Vec<Place>>,
    /// The numbers of the segments, those with most places first.
    pub order: Vec<usize>,
    pub gaps: Vec<Gap>,
    /// Every set that has to be in a sentence for the pattern to hold there.
    pub needs: Vec<Set>,
}

/// One place of a compiled pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub is: Is,
    pub optional: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Is {
    Set(Set),
    Number(Set),
    /// Number of a list of stretches of which any will do.
    Choice(usize),
    Words,
    It,
    /// A mention of the concept with this number, or of a part of it.
    Mention(usize),
}

impl PhraseBook {
    pub(super) fn new() -> Self {
        Self { ends: vec![Vec::new()], ..Self::default() }
    }

    /// How many sets there are.
    pub fn sets(&self) -> usize {
        self.sets as usize
    }

    /// Puts every pattern under the rarest set that it needs: a text is then asked only for patterns of which it holds that one.
    pub(super) fn index(&mut self) {
        let mut used = vec![0usize; self.sets()];
        for set in self.patterns.iter().flat_map(|pattern| &pattern.needs) {
            used[*set as usize] += 1;
        }
        let mut anchored = vec![Vec::new(); self.sets()];
        self.needless.clear();
        for (id, pattern) in (0..).zip(&self.patterns) {
            match pattern.needs.iter().min_by_key(|set| used[**set as usize]) {
                Some(rarest) => anchored[*rarest as usize].push(id),
                None => self.needless.push(id),
            }
        }
        let first = self.edges.iter().filter(|((node, _), _)| *node == 0);
        let mut roots = vec![0; self.lemmas.len() + 1];
        first.for_each(|((_, lemma), next)| roots[*lemma as usize] = *next);
        let mut anchors = vec![0; self.sets().div_ceil(64)];
        (0..anchored.len()).filter(|set| !anchored[*set].is_empty()).for_each(|set| anchors[set / 64] |= 1 << (set % 64));
        self.index = Index {
            anchors: anchors.into(),
            anchored: Lists::new(anchored.iter().map(Vec::as_slice)),
            needs: Lists::new(self.patterns.iter().map(|pattern| pattern.needs.as_slice())),
            ends: Lists::new(self.ends.iter().map(Vec::as_slice)),
            roots,
        };
        // Nothing is compiled any more.
        (self.by_phrases, self.classes) = Default::default();
    }

    /// The patterns of which all sets that they need have a phrase that ends at one of `nodes`, in rising order, but for those that need
    /// nothing, are added to `live`. `room` is used again from call to call.
    pub fn live(&self, nodes: impl Iterator<Item = Node>, room: &mut Vec<u64>, live: &mut Vec<PatternId>) {
        room.clear();
        room.resize(self.index.anchors.len(), 0);
        for set in nodes.flat_map(|node| self.ends(node)) {
            room[*set as usize / 64] |= 1 << (set % 64);
        }
        let first = live.len();
        for (word, (bits, anchors)) in room.iter().zip(&self.index.anchors).enumerate() {
            let mut left = bits & anchors;
            while left != 0 {
                let set = word * 64 + left.trailing_zeros() as usize;
                left &= left - 1;
                for id in self.index.anchored.of(set) {
                    let mut needs = self.index.needs.of(*id as usize).iter();
                    if needs.all(|need| room[*need as usize / 64] >> (need % 64) & 1 == 1) {
                        live.push(*id);
                    }
                }
            }
        }
        live[first..].sort_unstable();
    }

    /// Adds a set of phrases; the same phrases give the same set.
    pub(super) fn set(&mut self, phrases: &[Vec<Word>]) -> Set {
        let spelt = self.spell(phrases);
        self.set_of(spelt)
    }

    /// Adds a set of its own, even where another has the same phrases.
    pub(super) fn fresh_set(&mut self, phrases: &[Vec<Word>]) -> Set {
        let spelt = self.spell(phrases);
        self.add(&spelt)
    }

    fn spell(&mut self, phrases: &[Vec<Word>]) -> Vec<Lemma> {
        let mut spelt = Vec::new();
        for phrase in phrases {
            spelt.extend(phrase.iter().map(|word| self.lemma(word)));
            spelt.push(NONE);
        }
        spelt
    }

    fn set_of(&mut self, spelt: Vec<Lemma>) -> Set {
        if let Some(set) = self.by_phrases.get(&spelt) {
            return *set;
        }
        let set = self.add(&spelt);
        self.by_phrases.insert(spelt, set);
        set
    }

    fn add(&mut self, spelt: &[Lemma]) -> Set {
        let set = self.sets;
        self.sets += 1;
        for phrase in spelt.split(|lemma| *lemma == NONE).filter(|phrase| !phrase.is_empty()) {
            let mut node = 0;
            for lemma in phrase {
                let next = self.ends.len() as Node;
                node = *self.edges.entry((node, *lemma)).or_insert(next);
                if node == next {
                    self.ends.push(Vec::new());
                }
            }
            if self.ends[node as usize].last() != Some(&set) {
                self.ends[node as usize].push(set);
            }
        }
        set
    }

    /// Compiles `pattern`; `class` gives a word class's phrases and `concept` a concept's number.
    pub(super) fn compile(
        &mut self,
        pattern: &Pattern,
        class: &Classes,
        concept: &dyn Fn(&str) -> Result<usize, String>,
    ) -> Result<PatternId, String> {
        let mut needs = Vec::new();
        let mut segments = Vec::new();
        for segment in &pattern.segments {
            segments.push(self.places(segment, &mut needs, class, concept)?);
        }
        let mut order: Vec<usize> = (0..segments.len()).collect();
        order.sort_by_key(|number| usize::MAX - segments[*number].len());
        self.patterns.push(Compiled { segments, order, gaps: pattern.gaps.clone(), needs });
        Ok(self.patterns.len() as PatternId - 1)
    }

    fn places(
        &mut self,
        elements: &[Element],
        needs: &mut Vec<Set>,
        class: &Classes,
        concept: &dyn Fn(&str) -> Result<usize, String>,
    ) -> Result<Vec<Place>, String> {
        let mut places = Vec::new();
        for element in elements {
            let is = match &element.of {
                Of::Phrases { phrases, classes } => {
                    let set = self.phrases(phrases, classes, class)?;
                    if !element.optional {
                        needs.push(set);
                    }
                    Is::Set(set)
                }
                Of::Choice(stretches) => {
                    let any = stretches.iter().map(|stretch| self.places(stretch, &mut Vec::new(), class, concept));
                    let any = any.collect::<Result<_, _>>()?;
                    self.choices.push(any);
                    Is::Choice(self.choices.len() - 1)
                }
                Of::Number => Is::Number(self.set(class("number")?)),
                Of::Words => Is::Words,
                Of::It => Is::It,
                Of::Mention(id) => Is::Mention(concept(id)?),
            };
            places.push(Place { is, optional: element.optional });
        }
        Ok(places)
    }

    fn phrases(&mut self, phrases: &[Vec<Word>], classes: &[String], class: &Classes) -> Result<Set, String> {
        // A class that there is none of is told before anything is added.
        let own = classes.iter().map(|name| Ok((name, class(name)?))).collect::<Result<Vec<_>, String>>()?;
        let mut spelt = self.spell(phrases);
        for (name, phrases) in own {
            if !self.classes.contains_key(name) {
                let phrases = self.spell(phrases);
                self.classes.insert(name.clone(), phrases);
            }
            spelt.extend_from_slice(&self.classes[name]);
        }
        Ok(self.set_of(spelt))
    }

    /// What the word `written` may be; `lower` is the same in lower case.
    pub fn lemmas(&self, written: &str, lower: &str) -> Lemmas {
        let mut lemmas = [NONE; 4];
        let Some(readings) = self.forms.get(lower) else { return lemmas };
        let fitting = readings.iter().filter(|reading| reading.exact.as_deref().is_none_or(|exact| exact == written));
        for (place, reading) in lemmas.iter_mut().zip(fitting) {
            *place = reading.lemma;
        }
        lemmas
    }

    /// Is `written` a word of any pattern?
    pub fn knows(&self, written: &str) -> bool {
        self.lemmas(written, &written.to_lowercase())[0] != NONE
    }

    /// The node behind `node` along any of `lemmas`, each once.
    pub fn step(&self, node: Node, lemmas: Lemmas) -> impl Iterator<Item = Node> + '_ {
        lemmas.into_iter().take_while(|lemma| *lemma != NONE).filter_map(move |lemma| match node {
            0 => Some(self.index.roots[lemma as usize]).filter(|next| *next != 0),
            _ => self.edges.get(&(node, lemma)).copied(),
        })
    }

    /// The sets of which a phrase ends at `node`, in rising order.
    pub fn ends(&self, node: Node) -> &[Set] {
        self.index.ends.of(node as usize)
    }

    /// By node, what the sets name of which a phrase ends there.
    pub(super) fn named<T: Copy>(&self, sets: &FxHashMap<Set, T>) -> FxHashMap<Node, Vec<T>> {
        let names = self.ends.iter().map(|ends| ends.iter().filter_map(|set| sets.get(set).copied()).collect::<Vec<_>>());
        (0..).zip(names).filter(|(_, names)| !names.is_empty()).collect()
    }

    /// Is what ends at `node` a phrase of `set`?
    pub fn is_of(&self, node: Node, set: Set) -> bool {
        self.ends(node).binary_search(&set).is_ok()
    }

    /// Adds forms that no rule makes.
    pub(super) fn irregular(&mut self, word: &str, forms: &[String]) {
        let lemma = self.lemma(&Word::Any(word.to_owned()));
        for form in forms {
            self.add_form(form.to_lowercase(), Reading { lemma, exact: None });
        }
    }

    fn lemma(&mut self, word: &Word) -> Lemma {
        if let Some(lemma) = self.lemmas.get(word) {
            return *lemma;
        }
        let lemma = self.lemmas.len() as Lemma + 1;
        self.lemmas.insert(word.clone(), lemma);
        match word {
            Word::Any(base) => {
                for form in inflect::forms(base) {
                    self.add_form(form, Reading { lemma, exact: None });
                }
            }
            Word::Form(form) => self.add_form(form.clone(), Reading { lemma, exact: None }),
            Word::Exact(letters) => self.add_form(letters.to_lowercase(), Reading { lemma, exact: Some(letters.as_str().into()) }),
        }
        lemma
    }

    fn add_form(&mut self, form: String, reading: Reading) {
        let readings = self.forms.entry(form.into()).or_default();
        if !readings.iter().any(|known| known.lemma == reading.lemma) {
            readings.push(reading);
        }
    }
}
