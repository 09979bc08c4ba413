//! Where the terms of a question stand in the document, and which of those places count for a subject.

use std::{ops::Range, rc::Rc};

use rustc_hash::FxHashSet;

use super::{Evidence, Polarity, kinship::Kin, known::Facts};
use crate::{
    content::{
        phrases::PatternId,
        question::{Group, Scope, Term},
        signal::Reach,
    },
    outline::BlockKind,
};

/// A place where a term is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Occurrence {
    pub(super) sentence: usize,
    /// In bytes: the words that say it.
    pub(super) range: Range<usize>,
    pub(super) polarity: Polarity,
    /// Index into [`Facts::stated`], where a fact says it.
    pub(super) fact: Option<usize>,
    /// Index into [`crate::lexicon::Reading::signals`], where words say it.
    pub(super) given: Option<usize>,
}

/// What answers are looked for around.
#[derive(Debug, Clone, Copy)]
pub(super) enum Around {
    Document,
    /// Number of the component.
    Component(usize),
    /// Number of the sentence of a claim, or of a failure.
    Sentence(usize),
}

/// How a group of terms stands for a subject.
pub(super) struct Finding {
    pub(super) holds: bool,
    pub(super) evidence: Vec<Evidence>,
    pub(super) rejected: Vec<Evidence>,
}

impl Occurrence {
    /// Is something said there? What stands in code under a heading is, though its sentence is the heading.
    pub(super) fn counts(&self, facts: &Facts<'_>) -> bool {
        self.fact.is_some_and(|fact| facts.stated[fact].code) || counts(facts, self.sentence)
    }
}

/// More places than these do not make an answer better.
const SHOWN: usize = 8;

/// Every place where `term` is said, whatever its polarity, in the order of the text.
pub(super) fn occurrences(facts: &Facts<'_>, term: &Term) -> Rc<[Occurrence]> {
    if let Some(known) = facts.said.borrow().get(term) {
        return known.clone();
    }
    let found: Rc<[Occurrence]> = look_for(facts, term).into();
    facts.said.borrow_mut().insert(term.clone(), found.clone());
    found
}

fn look_for(facts: &Facts<'_>, term: &Term) -> Vec<Occurrence> {
    let reading = facts.reading;
    match term {
        Term::Signal(id) => {
            let Some(signal) = facts.library.signal_number(id) else { return Vec::new() };
            let given = reading.given(signal).iter().map(|number| (*number, &reading.signals[*number], facts.stances.signals[*number]));
            let by_words = given.map(|(number, given, polarity)| Occurrence {
                sentence: given.sentence,
                range: reading.bytes(&given.tokens),
                polarity,
                fact: None,
                given: Some(number),
            });
            let by_facts = facts.figures.iter().filter(|figure| figure.signal == signal).map(|figure| Occurrence {
                sentence: figure.sentence,
                range: figure.range.clone(),
                polarity: figure.polarity,
                fact: Some(figure.fact),
                given: None,
            });
            let mut all: Vec<Occurrence> = by_facts.collect();
            // A figure tells its place better than the words around it.
            let told = |range: &Range<usize>| all.iter().any(|fact| fact.range.start < range.end && range.start < fact.range.end);
            let words: Vec<Occurrence> = by_words.filter(|one| !told(&one.range)).collect();
            all.extend(words);
            all.sort_by_key(|one| one.sentence);
            all
        }
        Term::Concept(id) => {
            let Some(concept) = facts.library.concept_number(id) else { return Vec::new() };
            let mentions = reading.mentions.iter().zip(&facts.stances.mentions);
            let ours = mentions.filter(|(mention, _)| facts.library.is_part_of(mention.concept, concept));
            ours.map(|(mention, polarity)| Occurrence {
                sentence: mention.sentence,
                range: reading.bytes(&mention.tokens),
                polarity: *polarity,
                fact: None,
                given: None,
            })
            .collect()
        }
        Term::Role(role) => sections_of(facts, role),
        Term::Not(_) => Vec::new(),
    }
}

/// Those of `all` that stand in `block`.
pub(super) fn in_block<'o>(facts: &Facts<'_>, all: &'o [Occurrence], block: usize) -> &'o [Occurrence] {
    let sentences = &facts.reading.blocks[block];
    let rest = &all[all.partition_point(|one| one.sentence < sentences.start)..];
    &rest[..rest.partition_point(|one| one.sentence < sentences.end)]
}

/// Is `term` said anywhere in one of the polarities `stands`?
pub(super) fn said(facts: &Facts<'_>, term: &Term, stands: &[Polarity]) -> Option<Occurrence> {
    occurrences(facts, term).iter().find(|one| stands.contains(&one.polarity) && one.counts(facts)).cloned()
}

/// The term as a person reads it.
pub(super) fn name(term: &Term) -> String {
    match term {
        Term::Signal(id) | Term::Concept(id) => id.clone(),
        Term::Role(role) => format!("role:{role}"),
        Term::Not(term) => format!("not:{}", name(term)),
    }
}

/// How `group` stands for a subject.
pub(super) fn judge<'a>(facts: &'a Facts<'a>, group: &Group, around: Around, doings: &'a [PatternId]) -> Finding {
    let kin = (group.within == Scope::Akin).then(|| Kin::of(facts, around, doings));
    let mut rejected: Vec<Evidence> = Vec::new();
    // By where it begins; what is told by nothing being said stands before all else.
    let mut answers: Vec<(Range<usize>, &Term, Option<usize>)> = Vec::new();
    let mut sentences: FxHashSet<usize> = FxHashSet::default();
    let mut nothing = 0;
    let reach = reach_of(facts, &group.within, around);
    for term in &group.any {
        if let Term::Not(term) = term {
            if said(facts, term, &group.stands).is_none() {
                nothing += 1;
                answers.push((0..0, term, None));
            }
            continue;
        }
        let all = occurrences(facts, term);
        let near = all.partition_point(|one| one.sentence < reach.start)..all.partition_point(|one| one.sentence < reach.end);
        let mut next = 0;
        while let Some(one) = all.get(next) {
            if rejected.len() >= SHOWN && !near.contains(&next) {
                // What stands further off answers nothing, and enough of that is shown.
                if next >= near.end {
                    break;
                }
                next = near.start;
                continue;
            }
            next += 1;
            let told = if !group.stands.contains(&one.polarity) {
                because(one.polarity)
            } else if !one.counts(facts) {
                "is not filled in"
            } else if !in_scope(facts, one, &group.within, around) || kin.as_ref().is_some_and(|kin| !kin.has(one.sentence)) {
                "is said of something else"
            } else {
                if sentences.insert(one.sentence) {
                    answers.push((one.range.clone(), term, one.given));
                }
                continue;
            };
            if rejected.len() < SHOWN {
                rejected.push(Evidence { range: one.range.clone(), term: name(term), reason: told.to_owned() });
            }
        }
    }
    let holds = sentences.len() - repeated(facts, &answers) + nothing >= group.count;
    // What was learned may be mistaken more easily.
    let learned = |given: &Option<usize>| given.is_some_and(|given| !facts.reading.signals[given].telling.is_empty());
    answers.sort_by_key(|(range, _, given)| (learned(given), range.start));
    let shown = answers.into_iter().take(SHOWN).map(|(range, term, given)| Evidence {
        reason: if range.is_empty() { "is not said anywhere".to_owned() } else { answering(facts, given) },
        range,
        term: name(term),
    });
    Finding { holds, evidence: shown.collect(), rejected }
}

/// How many of the answers are one with another: what a whole paragraph, item or row tells is told once, and not by each of its sentences; or once
/// for each question that it replies to.
fn repeated(facts: &Facts<'_>, answers: &[(Range<usize>, &Term, Option<usize>)]) -> usize {
    let given = answers.iter().filter_map(|(_, _, given)| given.map(|given| &facts.reading.signals[given]));
    let (whole, alone): (Vec<_>, Vec<_>) = given.partition(|given| facts.library.signals[given.signal].reach == Reach::Block);
    let mut told: FxHashSet<usize> = alone.iter().map(|given| facts.block(given.sentence)).collect();
    let sentences = &facts.reading.sentences;
    let replies = |sentence: usize| {
        let first = facts.reading.blocks[facts.block(sentence)].start;
        sentence > first && sentences[sentence - 1].asks
    };
    whole.iter().filter(|given| !told.insert(facts.block(given.sentence)) && !replies(given.sentence)).count()
}

/// Does the sentence say something, rather than stand for something to be said?
pub(super) fn counts(facts: &Facts<'_>, sentence: usize) -> bool {
    let says = |sentence: usize| {
        let block = facts.block(sentence);
        let heading = matches!(facts.outline.blocks[block].kind, BlockKind::Heading(_));
        facts.stances.filled[sentence] && !facts.stances.dismisses[sentence] && !(heading && is_bare(facts, block))
    };
    facts.counts.get_or_init(|| (0..facts.reading.sentences.len()).map(says).collect())[sentence]
}

/// Do the words around an occurrence speak of another component of the same concept, or of something else of its family, as a CDN beside a cache, and
/// not of the one in question?
pub(super) fn of_another(facts: &Facts<'_>, sentence: usize, group: usize) -> bool {
    let concept = facts.groups[group].concept;
    let family = facts.library.concepts[concept].family.as_deref();
    let block = facts.block(sentence);
    // Of the one in question, or of another; of neither where nothing of the kind is named.
    let spoken_of = |tokens: Range<usize>| -> Option<bool> {
        let start = facts.reading.mentions.partition_point(|mention| mention.tokens.start < tokens.start);
        let mentions = facts.reading.mentions[start..].iter().enumerate().take_while(|(_, mention)| mention.tokens.start < tokens.end);
        let mut another = None;
        for (at, mention) in mentions {
            match facts.group_of[start + at] {
                Some(of) if of == group => return Some(false),
                Some(of) => another = another.or((facts.groups[of].concept == concept).then_some(true)),
                None => {
                    let beside = facts.library.component_of(mention.concept).is_none() && facts.library.concepts[mention.concept].stateful;
                    another = another.or((beside && family.is_some() && facts.reading.family(mention) == family).then_some(true));
                }
            }
        }
        another
    };
    let parents = std::iter::successors(Some(block), |at| facts.outline.blocks[*at].parent);
    let spans = std::iter::once(facts.reading.sentences[sentence].tokens.clone())
        .chain(parents.map(|block| facts.reading.block_span(block).tokens));
    let headings = facts.outline.ancestors(facts.section(sentence)).filter_map(|section| facts.outline.sections[section].heading);
    let above = headings.map(|heading| facts.reading.block_span(heading).tokens);
    spans.chain(above).find_map(spoken_of).unwrap_or(false)
}

/// Why a place answers; what was learned shows the words that it went by.
fn answering(facts: &Facts<'_>, given: Option<usize>) -> String {
    let telling = given.map(|given| &facts.reading.signals[given].telling[..]).unwrap_or_default();
    if telling.is_empty() {
        return because(Polarity::Adopted).to_owned();
    }
    let words = telling.iter().map(|words| format!("`{}`", &facts.text[facts.reading.bytes(words)]));
    format!("reads like an answer: {}", words.collect::<Vec<_>>().join(", "))
}

fn because(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Adopted => "answers",
        Polarity::Rejected => "is rejected",
        Polarity::Deferred => "is put off",
        Polarity::Background => "is about somebody else, or background",
        Polarity::Asked => "only asks",
    }
}

/// The sentences in which an answer may stand.
fn reach_of(facts: &Facts<'_>, within: &Scope, around: Around) -> Range<usize> {
    match (within, around) {
        (Scope::Sentence, Around::Sentence(sentence)) => sentence..sentence + 1,
        (Scope::Block, Around::Sentence(sentence)) => facts.reading.blocks[facts.block(sentence)].clone(),
        _ => 0..facts.reading.sentences.len(),
    }
}

/// Does an occurrence stand where it counts for the subject?
pub(super) fn in_scope(facts: &Facts<'_>, one: &Occurrence, within: &Scope, around: Around) -> bool {
    let block = facts.block(one.sentence);
    let role = match within {
        Scope::Section(role) => facts.stances.role_name(facts.library, block) == role,
        _ => true,
    };
    let reach = match within {
        Scope::Sentence => one.sentence..one.sentence + 1,
        Scope::Block => facts.reading.blocks[block].clone(),
        _ => 0..facts.reading.sentences.len(),
    };
    role && match around {
        Around::Document => true,
        Around::Sentence(sentence) => reach.contains(&sentence),
        Around::Component(group) => {
            let near = match within {
                Scope::Sentence | Scope::Block => {
                    let mentions = &facts.groups[group].mentions;
                    let sentence = |mention: &usize| facts.reading.mentions[*mention].sentence;
                    let first = mentions.partition_point(|mention| sentence(mention) < reach.start);
                    mentions.get(first).is_some_and(|mention| reach.contains(&sentence(mention)))
                }
                Scope::Component => about(facts, one.sentence, group),
                Scope::Akin | Scope::Section(_) | Scope::Document => true,
            };
            near && !of_another(facts, one.sentence, group)
        }
    }
}

/// Does the sentence, its block, what it is nested in, its section or a heading above speak of the component?
fn about(facts: &Facts<'_>, sentence: usize, group: usize) -> bool {
    let (section, concept) = (facts.section(sentence), facts.groups[group].concept);
    if let Some(known) = facts.about.borrow().get(&(section, concept)) {
        return *known;
    }
    let speaks = |block: usize| {
        let tokens = facts.reading.block_span(block).tokens;
        facts.reading.mentions_in(&tokens).iter().any(|mention| facts.library.is_part_of(mention.concept, concept))
    };
    let headings = facts.outline.ancestors(section).filter_map(|section| facts.outline.sections[section].heading);
    let about = facts.outline.sections[section].blocks.clone().chain(headings).any(speaks);
    facts.about.borrow_mut().insert((section, concept), about);
    about
}

/// A heading with nothing under it.
pub(super) fn is_bare(facts: &Facts<'_>, block: usize) -> bool {
    let outline = facts.outline;
    let number = outline.blocks[block].section;
    let section = &outline.sections[number];
    let says = |other: usize| {
        let heading = matches!(outline.blocks[other].kind, BlockKind::Heading(_));
        !heading && facts.reading.blocks[other].clone().any(|sentence| facts.stances.filled[sentence])
    };
    let within = outline.sections[number..].iter().take_while(|other| other.range.start < section.range.end);
    section.level > 1 && !within.flat_map(|section| section.blocks.clone()).any(says)
}

/// One occurrence for each section of the role that says something, at its first sentence.
fn sections_of(facts: &Facts<'_>, role: &str) -> Vec<Occurrence> {
    let mut found: Vec<Occurrence> = Vec::new();
    let mut last = None;
    for (number, sentence) in facts.reading.sentences.iter().enumerate() {
        let block = &facts.outline.blocks[sentence.block];
        let says = !matches!(block.kind, BlockKind::Heading(_)) && facts.stances.filled[number] && !sentence.asks;
        if says && last != Some(block.section) && facts.stances.role_name(facts.library, sentence.block) == role {
            last = Some(block.section);
            found.push(Occurrence {
                sentence: number,
                range: sentence.range.clone(),
                polarity: Polarity::Adopted,
                fact: None,
                given: None,
            });
        }
    }
    found
}
