//! A phrase book while it is made: phrases and patterns are still added.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use super::{EXACT, Is, Lemma, NONE, Node, PatternId, PhraseBook, Place, Set};
use crate::content::{
    flat::{Keys, Lists},
    inflect,
    learned::word,
    pattern::{Element, Gap, Of, Pattern, Word},
};

/// Gives the phrases of a word class, or says that there is none.
type Classes<'a> = dyn Fn(&str) -> Result<&'a [Vec<Word>], String> + 'a;

#[derive(Debug)]
pub(in super::super) struct Draft {
    /// Written form in lower case, to what it may be.
    forms: FxHashMap<String, Vec<Lemma>>,
    lemmas: FxHashMap<Word, Lemma>,
    edges: FxHashMap<(Node, Lemma), Node>,
    /// The sets of which a phrase ends at a node, in rising order.
    ends: Vec<Vec<Set>>,
    sets: u32,
    /// The set of a list of phrases, each spelt in lemmas with [`NONE`] behind.
    by_phrases: FxHashMap<Vec<Lemma>, Set>,
    /// The phrases of a word class, spelt the same way.
    classes: FxHashMap<String, Vec<Lemma>>,
    patterns: Vec<Drafted>,
    /// What [`Is::Choice`] refers to.
    choices: Vec<Vec<Vec<Place>>>,
}

#[derive(Debug)]
struct Drafted {
    stretches: Vec<Vec<Place>>,
    gaps: Vec<Gap>,
    /// Every set that has to be in a sentence for the pattern to hold there.
    needs: Vec<Set>,
}

impl Draft {
    pub(in super::super) fn new() -> Self {
        Self {
            forms: FxHashMap::default(),
            lemmas: FxHashMap::default(),
            edges: FxHashMap::default(),
            ends: vec![Vec::new()],
            sets: 0,
            by_phrases: FxHashMap::default(),
            classes: FxHashMap::default(),
            patterns: Vec::new(),
            choices: Vec::new(),
        }
    }

    /// The book of all that was added.
    pub(in super::super) fn finish(self) -> PhraseBook {
        let mut book = PhraseBook { sets: self.sets, ..PhraseBook::default() };
        self.words(&mut book);
        self.nodes(&mut book);
        self.patterns(&mut book);
        book
    }

    /// Files every form by its key.
    fn words(&self, book: &mut PhraseBook) {
        let letters = |word: &Word| if let Word::Exact(letters) = word { Some(letters.clone()) } else { None };
        let exact = self.lemmas.iter().filter_map(|(written, lemma)| Some((*lemma, word(&letters(written)?))));
        book.exact = exact.collect();
        book.exact.sort_unstable();
        let count =
            |lemma: &Lemma| if book.exact.binary_search_by_key(lemma, |(exact, _)| *exact).is_ok() { lemma | EXACT } else { *lemma };
        let forms = self.forms.iter().map(|(form, lemmas)| (word(form), lemmas.iter().map(count).collect::<Vec<_>>()));
        let (forms, readings) = Keys::numbered(forms.collect());
        (book.forms, book.readings) = (forms, readings.collect());
    }

    /// Numbers the nodes from the root on, so that those behind one node have numbers in a row.
    fn nodes(&self, book: &mut PhraseBook) {
        let mut edges: Vec<_> = self.edges.iter().map(|((node, lemma), next)| (*node, *lemma, *next)).collect();
        edges.sort_unstable();
        book.lemmas.push(NONE);
        book.roots = vec![0; self.lemmas.len() + 1];
        let mut waiting = VecDeque::from([0]);
        while let Some(node) = waiting.pop_front() {
            book.next.push(book.lemmas.len() as Node);
            book.ends.push(self.ends[node as usize].iter().copied());
            let first = edges.partition_point(|edge| edge.0 < node);
            for (_, lemma, next) in edges[first..].iter().take_while(|edge| edge.0 == node) {
                if node == 0 {
                    book.roots[*lemma as usize] = book.lemmas.len() as Node;
                }
                book.lemmas.push(*lemma);
                waiting.push_back(*next);
            }
        }
        book.next.push(book.lemmas.len() as Node);
    }

    /// Puts every pattern under the rarest set that it needs: a text is then asked only for patterns of which it holds that one.
    fn patterns(self, book: &mut PhraseBook) {
        let mut used = vec![0usize; book.sets()];
        for set in self.patterns.iter().flat_map(|pattern| &pattern.needs) {
            used[*set as usize] += 1;
        }
        let mut anchored = vec![Vec::new(); book.sets()];
        for (id, pattern) in (0..).zip(&self.patterns) {
            match pattern.needs.iter().min_by_key(|set| used[**set as usize]) {
                Some(rarest) => anchored[*rarest as usize].push(id),
                None => book.needless.push(id),
            }
        }
        book.anchors = vec![0; book.sets().div_ceil(64)];
        (0..anchored.len()).filter(|set| !anchored[*set].is_empty()).for_each(|set| book.anchors[set / 64] |= 1 << (set % 64));
        book.anchored = anchored.into_iter().collect();
        book.needs = self.patterns.iter().map(|pattern| pattern.needs.iter().copied()).collect();
        let mut stretches = Lists::default();
        for pattern in self.patterns {
            let mut order: Vec<u32> = (0..pattern.stretches.len() as u32).collect();
            order.sort_by_key(|number| usize::MAX - pattern.stretches[*number as usize].len());
            book.order.extend(order);
            // Nothing stands behind the last.
            book.gaps.extend(pattern.gaps.into_iter().chain([Gap::Ordered]));
            pattern.stretches.into_iter().for_each(|stretch| stretches.push(stretch));
            book.patterns.push(stretches.len() as u32);
        }
        let patterns = stretches.len();
        for choice in self.choices {
            choice.into_iter().for_each(|stretch| stretches.push(stretch));
            book.choices.push((stretches.len() - patterns) as u32);
        }
        book.stretches = stretches;
    }

    /// Adds a set of phrases; the same phrases give the same set.
    fn set(&mut self, phrases: &[Vec<Word>]) -> Set {
        let spelt = self.spell(phrases);
        self.set_of(spelt)
    }

    /// Adds a set of its own, even where another has the same phrases.
    pub(in super::super) fn fresh_set(&mut self, phrases: &[Vec<Word>]) -> Set {
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
    pub(in super::super) fn compile(
        &mut self,
        pattern: &Pattern,
        class: &Classes,
        concept: &dyn Fn(&str) -> Result<usize, String>,
    ) -> Result<PatternId, String> {
        let mut needs = Vec::new();
        let mut stretches = Vec::new();
        for segment in &pattern.segments {
            stretches.push(self.places(segment, &mut needs, class, concept)?);
        }
        self.patterns.push(Drafted { stretches, gaps: pattern.gaps.clone(), needs });
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
                    Is::Choice(self.choices.len() as u32 - 1)
                }
                Of::Number => Is::Number(self.set(class("number")?)),
                Of::Words => Is::Words,
                Of::It => Is::It,
                Of::Mention(id) => Is::Mention(concept(id)? as u32),
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

    /// Adds forms that no rule makes.
    pub(in super::super) fn irregular(&mut self, word: &str, forms: &[String]) {
        let lemma = self.lemma(&Word::Any(word.to_owned()));
        for form in forms {
            self.add_form(form.to_lowercase(), lemma);
        }
    }

    fn lemma(&mut self, word: &Word) -> Lemma {
        if let Some(lemma) = self.lemmas.get(word) {
            return *lemma;
        }
        let lemma = self.lemmas.len() as Lemma + 1;
        self.lemmas.insert(word.clone(), lemma);
        match word {
            Word::Any(base) => inflect::forms(base).into_iter().for_each(|form| self.add_form(form, lemma)),
            Word::Form(form) => self.add_form(form.clone(), lemma),
            Word::Exact(letters) => self.add_form(letters.to_lowercase(), lemma),
        }
        lemma
    }

    fn add_form(&mut self, form: String, lemma: Lemma) {
        let lemmas = self.forms.entry(form).or_default();
        if !lemmas.contains(&lemma) {
            lemmas.push(lemma);
        }
    }
}
