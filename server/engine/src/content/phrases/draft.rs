//! A phrase book while it is made: phrases and patterns are still added.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use super::{EXACT, Is, Lemma, NAMED, NO_SET, NONE, Node, Part, PatternId, PhraseBook, Place, Set};
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
    /// How many nodes there are.
    nodes: Node,
    /// By number of the set.
    sets: Vec<Drafting>,
    /// By number of the group: the nodes of its phrases.
    groups: Vec<Vec<Node>>,
    /// The set of a list of phrases, each spelt in lemmas with [`NONE`] behind.
    by_phrases: FxHashMap<Vec<Lemma>, Set>,
    /// The group of a word class, and its phrases, spelt the same way.
    classes: FxHashMap<String, (usize, Vec<Lemma>)>,
    patterns: Vec<Drafted>,
    /// What [`Is::Choice`] refers to.
    choices: Vec<Vec<Vec<Place>>>,
}

#[derive(Debug)]
struct Drafting {
    /// Of phrases that it has for itself.
    nodes: Vec<Node>,
    groups: Vec<usize>,
    /// It was asked for by itself.
    fresh: bool,
}

#[derive(Debug)]
struct Drafted {
    stretches: Vec<Vec<Place>>,
    gaps: Vec<Gap>,
    /// Every sentence is asked for it.
    sifted: bool,
    /// Every set that has to be in a sentence for the pattern to hold there.
    needs: Vec<Set>,
    /// Of every choice that has to be made, the sets that each of its stretches needs.
    chooses: Vec<Vec<Vec<Set>>>,
}

/// More phrases than these that a set has for itself are a group: a set is asked for its parts, and a phrase for its groups.
const FEW: usize = 24;

impl Draft {
    pub(in super::super) fn new() -> Self {
        Self {
            forms: FxHashMap::default(),
            lemmas: FxHashMap::default(),
            edges: FxHashMap::default(),
            nodes: 1,
            sets: Vec::new(),
            groups: Vec::new(),
            by_phrases: FxHashMap::default(),
            classes: FxHashMap::default(),
            patterns: Vec::new(),
            choices: Vec::new(),
        }
    }

    /// The book of all that was added, and by node the sets of their own of which a phrase ends there, in rising order. What is rare in `texts` is
    /// taken to be rare.
    pub(in super::super) fn finish<'t>(self, texts: impl Iterator<Item = &'t str>) -> (PhraseBook, Vec<Vec<Set>>) {
        let mut book = PhraseBook::default();
        self.words(&mut book);
        let numbers = self.nodes(&mut book);
        let mut fresh = vec![Vec::new(); numbers.len()];
        for (number, set) in (0..).zip(&self.sets).filter(|(_, set)| set.fresh) {
            set.nodes.iter().chain(set.groups.iter().flat_map(|group| &self.groups[*group])).for_each(|node| {
                fresh[numbers[*node as usize] as usize].push(number);
            });
        }
        self.sets(&numbers, &mut book);
        let often = self.often(texts);
        self.patterns(&often, &mut book);
        book.complete();
        (book, fresh)
    }

    /// By number of the set, how often it stands in `texts`, roughly.
    fn often<'t>(&self, texts: impl Iterator<Item = &'t str>) -> Vec<usize> {
        /// A phrase is rarer than its rarest word, by so much for each word more.
        const RARER: usize = 16;
        let mut lemmas = vec![0usize; self.lemmas.len() + 1];
        let mut lower = String::new();
        for word in texts.flat_map(|text| text.split(|c: char| !c.is_alphanumeric())) {
            lower.clear();
            lower.extend(word.chars().flat_map(char::to_lowercase));
            self.forms.get(&lower).into_iter().flatten().for_each(|lemma| lemmas[*lemma as usize] += RARER * RARER);
        }
        let mut edges: Vec<_> = self.edges.iter().map(|((node, lemma), next)| (*next, *node, *lemma)).collect();
        edges.sort_unstable();
        let mut nodes = vec![usize::MAX; self.nodes as usize];
        for (next, node, lemma) in edges {
            let before = if node == 0 { usize::MAX } else { nodes[node as usize] / RARER };
            nodes[next as usize] = before.min(lemmas[lemma as usize]);
        }
        let all = |some: &[Node]| some.iter().map(|node| nodes[*node as usize]).sum::<usize>();
        let groups: Vec<usize> = self.groups.iter().map(|nodes| all(nodes)).collect();
        self.sets.iter().map(|set| all(&set.nodes) + set.groups.iter().map(|group| groups[*group]).sum::<usize>()).collect()
    }

    /// Writes down what sets and groups are made of; `numbers` has the nodes' numbers in the book.
    fn sets(&self, numbers: &[Node], book: &mut PhraseBook) {
        let nodes = numbers.len();
        let part = |group: usize| (nodes + group) as Part;
        book.parts = part(self.groups.len());
        let mut groups = vec![Vec::new(); nodes];
        for (group, phrases) in self.groups.iter().enumerate() {
            phrases.iter().for_each(|node| groups[numbers[*node as usize] as usize].push(part(group)));
        }
        book.phrases = vec![0; nodes.div_ceil(64)];
        for node in self.sets.iter().flat_map(|set| &set.nodes).chain(self.groups.iter().flatten()) {
            let number = numbers[*node as usize];
            book.phrases[number as usize / 64] |= 1 << (number % 64);
        }
        book.groups = groups.into_iter().collect();
        let parts = |set: &Drafting| -> Vec<Part> {
            let nodes = set.nodes.iter().map(|node| numbers[*node as usize]);
            // The numbers of groups are higher than those of nodes.
            nodes.chain(set.groups.iter().map(|group| part(*group))).collect()
        };
        book.sets = self.sets.iter().map(parts).collect();
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

    /// Numbers the nodes from the root on, so that those behind one node have numbers in a row; gives those numbers.
    fn nodes(&self, book: &mut PhraseBook) -> Vec<Node> {
        let mut numbers = vec![0; self.nodes as usize];
        let mut edges: Vec<_> = self.edges.iter().map(|((node, lemma), next)| (*node, *lemma, *next)).collect();
        edges.sort_unstable();
        book.lemmas.push(NONE);
        book.roots = vec![0; self.lemmas.len() + 1];
        let mut waiting = VecDeque::from([0]);
        while let Some(node) = waiting.pop_front() {
            numbers[node as usize] = book.next.len() as Node;
            book.next.push(book.lemmas.len() as Node);
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
        numbers
    }

    /// Files every sifted pattern under the rarest set that it needs: a text is then asked only for patterns of which it holds that one. `often` has
    /// how often each set is met.
    fn patterns(self, often: &[usize], book: &mut PhraseBook) {
        let rarest = |sets: &[Set]| sets.iter().copied().min_by_key(|set| (often[*set as usize], *set));
        let mut anchored = vec![Vec::new(); book.parts as usize];
        let sets = &book.sets;
        let file = |set: Set, pattern: (PatternId, Set), anchored: &mut [Vec<_>]| {
            sets.of(set as usize).iter().for_each(|part| anchored[*part as usize].push(pattern));
        };
        book.sifted = vec![0; self.patterns.len().div_ceil(64)];
        for (id, pattern) in (0..).zip(&self.patterns).filter(|(_, pattern)| pattern.sifted) {
            book.sifted[id as usize / 64] |= 1 << (id % 64);
            if let Some(set) = rarest(&pattern.needs) {
                let others: Vec<Set> = pattern.needs.iter().copied().filter(|other| *other != set).collect();
                file(set, (id, rarest(&others).unwrap_or(NO_SET)), &mut anchored);
                continue;
            }
            // Under one set of each stretch of a choice; of several choices, the one that is made least often.
            let choices = pattern.chooses.iter().filter_map(|any| any.iter().map(|needs| rarest(needs)).collect::<Option<Vec<_>>>());
            match choices.min_by_key(|sets| sets.iter().map(|set| often[*set as usize]).sum::<usize>()) {
                Some(sets) => sets.into_iter().for_each(|set| file(set, (id, NO_SET), &mut anchored)),
                None if pattern.stretches.iter().flatten().any(|place| matches!(place, Place { is: Is::Mention(_), optional: false })) => {
                    anchored[NAMED as usize].push((id, NO_SET));
                }
                None => book.needless.push(id),
            }
        }
        book.anchored = anchored.into_iter().collect();
        let needs = |pattern: &Drafted| {
            let mut needs = pattern.needs.clone();
            if !pattern.sifted {
                needs.sort_by_key(|set| often[*set as usize]);
            }
            needs
        };
        book.needs = self.patterns.iter().map(needs).collect();
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
        self.set_of(&spelt, &[])
    }

    /// Adds a set of its own, even where another has the same phrases.
    pub(in super::super) fn fresh_set(&mut self, phrases: &[Vec<Word>]) -> Set {
        let spelt = self.spell(phrases);
        let nodes = self.walk(&spelt);
        self.sets.push(Drafting { nodes, groups: Vec::new(), fresh: true });
        self.sets.len() as Set - 1
    }

    fn spell(&mut self, phrases: &[Vec<Word>]) -> Vec<Lemma> {
        let mut spelt = Vec::new();
        for phrase in phrases {
            spelt.extend(phrase.iter().map(|word| self.lemma(word)));
            spelt.push(NONE);
        }
        spelt
    }

    /// The set of phrases and of the word classes `names`.
    fn set_of(&mut self, spelt: &[Lemma], names: &[String]) -> Set {
        let classes = names.iter().filter_map(|name| self.classes.get(name));
        let all: Vec<Lemma> = spelt.iter().chain(classes.clone().flat_map(|(_, spelt)| spelt)).copied().collect();
        if let Some(set) = self.by_phrases.get(&all) {
            return *set;
        }
        let mut groups: Vec<usize> = classes.map(|(group, _)| *group).collect();
        let mut nodes = self.walk(spelt);
        if nodes.len() > FEW {
            groups.push(self.groups.len());
            self.groups.push(std::mem::take(&mut nodes));
        }
        let set = self.sets.len() as Set;
        self.sets.push(Drafting { nodes, groups, fresh: false });
        self.by_phrases.insert(all, set);
        set
    }

    /// The nodes at which the phrases end, each once.
    fn walk(&mut self, spelt: &[Lemma]) -> Vec<Node> {
        let mut nodes = Vec::new();
        for phrase in spelt.split(|lemma| *lemma == NONE).filter(|phrase| !phrase.is_empty()) {
            let mut node = 0;
            for lemma in phrase {
                node = *self.edges.entry((node, *lemma)).or_insert_with(|| {
                    self.nodes += 1;
                    self.nodes - 1
                });
            }
            nodes.push(node);
        }
        nodes.sort_unstable();
        nodes.dedup();
        nodes
    }

    /// Compiles `pattern`, for which every sentence is asked if it is `sifted`; `class` gives a word class's phrases and `concept` a concept's
    /// number.
    pub(in super::super) fn compile(
        &mut self,
        pattern: &Pattern,
        sifted: bool,
        class: &Classes,
        concept: &dyn Fn(&str) -> Result<usize, String>,
    ) -> Result<PatternId, String> {
        let (mut needs, mut chooses) = (Vec::new(), Vec::new());
        let mut stretches = Vec::new();
        for segment in &pattern.segments {
            stretches.push(self.places(segment, (&mut needs, &mut chooses), class, concept)?);
        }
        self.patterns.push(Drafted { stretches, gaps: pattern.gaps.clone(), sifted, needs, chooses });
        Ok(self.patterns.len() as PatternId - 1)
    }

    fn places(
        &mut self,
        elements: &[Element],
        (needs, chooses): (&mut Vec<Set>, &mut Vec<Vec<Vec<Set>>>),
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
                    let mut each = vec![Vec::new(); stretches.len()];
                    let any = stretches.iter().zip(&mut each);
                    let any = any.map(|(stretch, needs)| self.places(stretch, (needs, &mut Vec::new()), class, concept));
                    let any = any.collect::<Result<_, _>>()?;
                    self.choices.push(any);
                    if !element.optional {
                        chooses.push(each);
                    }
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
        let spelt = self.spell(phrases);
        for (name, phrases) in own {
            if !self.classes.contains_key(name) {
                let phrases = self.spell(phrases);
                let nodes = self.walk(&phrases);
                self.classes.insert(name.clone(), (self.groups.len(), phrases));
                self.groups.push(nodes);
            }
        }
        Ok(self.set_of(&spelt, classes))
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
