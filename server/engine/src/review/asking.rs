//! Which questions arise, of what, and how each stands.

use std::{cell::OnceCell, ops::Range, rc::Rc};

use rustc_hash::FxHashSet;

use super::{
    Asked, Evidence, Status, Subject,
    answers::{self, Around, Occurrence},
    checklists::{self, FAILURE},
    components,
    genre::Genre,
    known::Facts,
    placing,
};
use crate::{
    config::Severities,
    content::{
        Polarity,
        phrases::PatternId,
        question::{Condition, DesignKind, Each, Group, Kind, Question, Scope, Term},
    },
    facts::{Kind as FactKind, Slip},
    outline::BlockKind,
};

/// A question that arose, with what its finding needs.
pub(super) struct Raised {
    pub(super) asked: Asked,
    /// Number of the question in the library.
    pub(super) question: usize,
    /// Number of the component that it is asked of.
    pub(super) group: Option<usize>,
    /// Other places that belong to it.
    pub(super) related: Vec<Range<usize>>,
}

/// Every question that arises, in the order of the library.
pub(super) fn ask(facts: &Facts<'_>, genre: Genre, severities: &Severities) -> Vec<Raised> {
    let mut raised = Vec::new();
    for (number, question) in facts.library.questions.iter().enumerate() {
        let fits = question.design == DesignKind::Design || genre == Genre::Service;
        if fits && !severities.is_off(&question.id) {
            Asker { facts, number, question }.ask(&mut raised);
        }
    }
    raised
}

struct Asker<'a> {
    facts: &'a Facts<'a>,
    number: usize,
    question: &'a Question,
}

impl Asker<'_> {
    fn ask(&self, raised: &mut Vec<Raised>) {
        let Some(because) = self.arises() else { return };
        match &self.question.each {
            Each::Component(id) => self.components(id, &because, raised),
            Each::Claim(id) => self.claims(id, &because, raised),
            Each::Document => raised.push(self.document(because)),
            Each::FailureRow => self.failures(raised),
            Each::UncoveredComponents => raised.extend(self.uncovered(because)),
        }
    }

    /// What raises the question, where its conditions hold in the document as a whole.
    fn arises(&self) -> Option<Vec<Evidence>> {
        let mut because = self.holds(&self.question.condition)?;
        if !self.question.any.is_empty() {
            because.extend(self.question.any.iter().find_map(|condition| self.holds(condition))?);
        }
        Some(because)
    }

    fn holds(&self, condition: &Condition) -> Option<Vec<Evidence>> {
        let failure_rows = self.question.each == Each::FailureRow;
        // What a component escapes by is looked for around it, not here.
        let around_component = matches!(self.question.each, Each::Component(_) | Each::UncoveredComponents);
        if !around_component && condition.unless.iter().any(|term| self.is_so(term, &condition.stands).is_some()) {
            return None;
        }
        if failure_rows {
            return Some(Vec::new());
        }
        condition.needs.iter().map(|term| self.is_so(term, &condition.stands)).collect()
    }

    /// Where `term` is said, or that it is not, as the term wants it.
    fn is_so(&self, term: &Term, stands: &[Polarity]) -> Option<Evidence> {
        if let Term::Not(inner) = term {
            let nothing = Evidence { range: 0..0, term: answers::name(term), reason: "is not said anywhere".to_owned() };
            return answers::said(self.facts, inner, stands).is_none().then_some(nothing);
        }
        let found = answers::said(self.facts, term, stands)?;
        Some(Evidence { range: found.range, term: answers::name(term), reason: "raises the question".to_owned() })
    }

    fn components(&self, id: &str, because: &[Evidence], raised: &mut Vec<Raised>) {
        let facts = self.facts;
        let Some(concept) = facts.library.concept_number(id) else { return };
        let mut siblings: Vec<Raised> = Vec::new();
        for (number, group) in facts.groups.iter().enumerate() {
            let of = |mention: &&usize| facts.library.is_part_of(facts.reading.mentions[**mention].concept, concept);
            let Some(first) = group.mentions.iter().find(of) else { continue };
            if self.escapes(number) {
                continue;
            }
            let telling = if group.concept == concept { group.telling } else { *first };
            let place = placing::component(facts, self.number, number, telling);
            let mut asked = self.asked(Subject::Component(group.id.clone()), place, Around::Component(number), Some(number));
            asked.asked_because =
                vec![Evidence { range: facts.mention_range(telling), term: id.to_owned(), reason: "is adopted".to_owned() }];
            asked.asked_because.extend_from_slice(because);
            let mentions = group.mentions.iter().map(|mention| facts.mention_range(*mention));
            let related = mentions.filter(|range| range.end <= asked.place.start || asked.place.end <= range.start).collect();
            siblings.push(Raised { asked, question: self.number, group: Some(number), related });
        }
        // Where no answer tells them apart, one finding speaks of them all: asking the same three times helps nobody.
        let left = |one: &Raised| matches!(one.asked.status, Status::Open | Status::Started);
        if siblings.len() > 1 && siblings.iter().all(left) {
            let mentions = |one: &Raised| one.group.map_or(0, |group| facts.groups[group].mentions.len());
            let started = |one: &Raised| one.asked.status == Status::Started;
            let best = (0..siblings.len()).max_by_key(|at| (started(&siblings[*at]), mentions(&siblings[*at]), usize::MAX - at));
            let mut kept = siblings.swap_remove(best.unwrap_or_default());
            kept.related.extend(siblings.into_iter().map(|one| one.asked.place));
            kept.related.sort_by_key(|range| range.start);
            siblings = vec![kept];
        }
        raised.extend(siblings);
    }

    /// Is something said of the component by which the question does not arise?
    fn escapes(&self, group: usize) -> bool {
        let (facts, condition) = (self.facts, &self.question.condition);
        let counts = |one: &Occurrence| {
            condition.stands.contains(&one.polarity) && one.counts(facts) && !answers::of_another(facts, one.sentence, group)
        };
        condition.unless.iter().any(|term| answers::occurrences(facts, term).iter().any(counts))
    }

    fn claims(&self, id: &str, because: &[Evidence], raised: &mut Vec<Raised>) {
        let facts = self.facts;
        let claims = answers::occurrences(facts, &Term::Signal(id.to_owned()));
        let stands = |one: &Occurrence| self.question.condition.stands.contains(&one.polarity) && one.counts(facts);
        // Where answers count from anywhere, they are the same for each.
        let wide = |answer: &Group| matches!(answer.within, Scope::Component | Scope::Document | Scope::Section(_));
        let same = self.question.answers.iter().all(wide);
        let first = OnceCell::new();
        let judge = |claim: &Occurrence| {
            let judge = || self.asked(Subject::Claim(id.to_owned()), claim.range.clone(), Around::Sentence(claim.sentence), None);
            if same { Asked { place: claim.range.clone(), ..first.get_or_init(judge).clone() } } else { judge() }
        };
        // Each sum is a matter of its own; what is said in words is one claim, however often.
        let (sums, claims): (Vec<_>, Vec<_>) = claims.iter().filter(|one| stands(one)).partition(|claim| self.slip(claim).is_some());
        let mut subjects = FxHashSet::default();
        for claim in sums {
            let subject = Subject::Fact(facts.text[claim.range.clone()].split_whitespace().collect::<Vec<_>>().join(" "));
            if subjects.insert(subject.clone()) {
                let mut asked = judge(claim);
                asked.subject = subject;
                let range = claim.range.clone();
                asked.asked_because = vec![Evidence { range, term: id.to_owned(), reason: "does not come out".to_owned() }];
                raised.push(Raised { asked, question: self.number, group: None, related: Vec::new() });
            }
        }
        let mut judged: Vec<Asked> = claims.iter().take(if same { 1 } else { claims.len() }).map(|claim| judge(claim)).collect();
        let open: Vec<bool> = judged.iter().map(|asked| matches!(asked.status, Status::Open | Status::Started)).collect();
        let judgement = |at: usize| if same { 0 } else { at };
        // A heading, or what is said ahead of all sections, announces what is told further down; the name of a column only hints at it.
        let weak = |claim: &Occurrence| placing::announces(facts, claim.sentence) || placing::is_code(facts, claim);
        let rank = |at: &usize| (!open[judgement(*at)], weak(claims[*at]), *at);
        let Some(at) = (0..claims.len()).min_by_key(rank) else { return };
        let others = claims.iter().enumerate().filter(|(other, _)| *other != at && open[judgement(*other)]);
        let related = others.map(|(_, claim)| claim.range.clone()).collect();
        let range = claims[at].range.clone();
        let mut asked = Asked { place: range.clone(), ..judged.swap_remove(judgement(at)) };
        asked.asked_because = vec![Evidence { range, term: id.to_owned(), reason: "is claimed".to_owned() }];
        asked.asked_because.extend_from_slice(because);
        raised.push(Raised { asked, question: self.number, group: None, related });
    }

    /// What is wrong with the sum that is claimed, if it is one.
    fn slip(&self, claim: &Occurrence) -> Option<&Slip> {
        match &self.facts.stated[claim.fact?].kind {
            FactKind::Sum(sum) => sum.slip.as_ref(),
            _ => None,
        }
    }

    fn document(&self, because: Vec<Evidence>) -> Raised {
        let place = placing::document(self.facts, self.number);
        let mut asked = self.asked(Subject::Document, place, Around::Document, None);
        let related = because.iter().map(|evidence| evidence.range.clone()).filter(|range| !range.is_empty()).collect();
        asked.asked_because = because;
        Raised { asked, question: self.number, group: None, related }
    }

    /// A failure is a row, an item or a paragraph of a failure section in which all that the question needs is said.
    fn failures(&self, raised: &mut Vec<Raised>) {
        let facts = self.facts;
        let needs: Vec<Rc<[Occurrence]>> = self.question.condition.needs.iter().map(|term| answers::occurrences(facts, term)).collect();
        for (number, block) in facts.outline.blocks.iter().enumerate() {
            let tells = matches!(block.kind, BlockKind::Row(false) | BlockKind::Item(_) | BlockKind::Paragraph)
                && facts.stances.role_name(facts.library, number) == FAILURE;
            let Some(first) = facts.reading.blocks[number].clone().next().filter(|_| tells) else { continue };
            let here = needs.iter().map(|term| answers::in_block(facts, term, number).iter().find(|one| one.counts(facts)));
            let Some(named) = here.collect::<Option<Vec<_>>>() else { continue };
            if needs.is_empty() && !answers::counts(facts, first) {
                continue;
            }
            let place = named.first().map_or(facts.reading.sentences[first].range.clone(), |one| one.range.clone());
            let subject = Subject::Failure(facts.text[place.clone()].split_whitespace().collect::<Vec<_>>().join(" "));
            let mut asked = self.asked(subject, place.clone(), Around::Sentence(first), None);
            asked.asked_because = vec![Evidence { range: place, term: format!("role:{FAILURE}"), reason: "is listed".to_owned() }];
            raised.push(Raised { asked, question: self.number, group: None, related: Vec::new() });
        }
    }

    /// The stateful components that no sentence with an answer speaks of.
    fn uncovered(&self, because: Vec<Evidence>) -> Option<Raised> {
        let facts = self.facts;
        let told: Vec<usize> = self
            .question
            .answers
            .iter()
            .flat_map(|group| group.any.iter().map(|term| answers::occurrences(facts, term)))
            .flat_map(|said| said.iter().filter(|one| one.counts(facts)).map(|one| facts.block(one.sentence)).collect::<Vec<_>>())
            .chain(checklists::find(facts, self.question).into_iter().filter(|item| !item.blank).map(|item| item.block))
            .chain(checklists::told_by_layout(facts).filter(|block| !self.looks_answered(*block)))
            .collect();
        let spoken_of = |group: &components::Group| {
            told.iter().any(|block| {
                let parents = std::iter::successors(Some(*block), |at| facts.outline.blocks[*at].parent);
                let heading = facts.outline.sections[facts.outline.blocks[*block].section].heading;
                parents.chain(heading).any(|block| {
                    let tokens = facts.reading.block_span(block).tokens;
                    facts.reading.mentions_in(&tokens).iter().any(|mention| facts.library.is_part_of(mention.concept, group.concept))
                })
            })
        };
        let stateful = |group: &components::Group| facts.library.concepts[group.concept].stateful;
        let asked: Vec<_> = facts.groups.iter().enumerate().filter(|(at, group)| stateful(group) && !self.escapes(*at)).collect();
        if asked.is_empty() {
            return None;
        }
        let missing: Vec<_> = asked.into_iter().map(|(_, group)| group).filter(|group| !spoken_of(group)).collect();
        let mut asked = self.asked(Subject::Document, placing::document(facts, self.number), Around::Document, None);
        self.settle(&mut asked, missing.is_empty(), None);
        asked.asked_because = because;
        asked.missing_pieces = missing.iter().map(|group| group.title.clone()).collect();
        asked.missing_pieces.dedup();
        let related = missing.iter().map(|group| facts.mention_range(group.telling)).collect();
        Some(Raised { asked, question: self.number, group: None, related })
    }

    /// Does the block only look like an answer?
    fn looks_answered(&self, block: usize) -> bool {
        let here = |term: &Term| !answers::in_block(self.facts, &answers::occurrences(self.facts, term), block).is_empty();
        self.question.looks_like.iter().any(here)
    }

    /// How the doings of what is asked of are called.
    fn doings(&self) -> &[PatternId] {
        self.facts.library.doings.get(self.number).map(Vec::as_slice).unwrap_or_default()
    }

    /// The question asked of one subject, with its answers judged.
    fn asked(&self, subject: Subject, place: Range<usize>, around: Around, group: Option<usize>) -> Asked {
        let facts = self.facts;
        let mut asked = Asked {
            id: self.question.id.clone(),
            subject,
            status: Status::Open,
            place,
            asked_because: Vec::new(),
            evidence: Vec::new(),
            rejected: Vec::new(),
            missing_pieces: Vec::new(),
            blank_items: Vec::new(),
        };
        let mut held = 0;
        let narrow = self.question.each == Each::FailureRow;
        for answer in &self.question.answers {
            let narrowed = (narrow && answer.within == Scope::Document).then(|| Group { within: Scope::Block, ..answer.clone() });
            let answer = narrowed.as_ref().unwrap_or(answer);
            let found = answers::judge(facts, answer, around, self.doings());
            held += usize::from(found.holds);
            if found.holds {
                asked.evidence.extend(found.evidence);
            } else {
                asked.rejected.extend(found.evidence);
                asked.missing_pieces.extend(answer.piece.clone());
            }
            asked.rejected.extend(found.rejected);
        }
        for term in &self.question.looks_like {
            asked.rejected.extend(answers::occurrences(facts, term).iter().take(3).map(|one| Evidence {
                range: one.range.clone(),
                term: answers::name(term),
                reason: "looks like an answer".to_owned(),
            }));
        }
        self.settle(&mut asked, held >= self.question.at_least.max(1), group);
        asked
    }

    /// How the question stands, where `answered` tells whether the document answers it by itself.
    fn settle(&self, asked: &mut Asked, answered: bool, group: Option<usize>) {
        let facts = self.facts;
        let closed = if self.question.kind == Kind::RedFlag { Status::Quiet } else { Status::Answered };
        let of_it = |item: &checklists::Item| {
            let mut sentences = facts.reading.blocks[item.block].clone();
            group.is_none_or(|group| sentences.all(|sentence| !answers::of_another(facts, sentence, group)))
        };
        let (blank, filled): (Vec<_>, Vec<_>) =
            checklists::find(facts, self.question).into_iter().filter(of_it).partition(|item| item.blank);
        asked.status = if answered {
            closed
        } else if let Some(range) = self.dismissed(group) {
            asked.evidence.push(Evidence { range, term: "out of scope".to_owned(), reason: "puts it out of scope".to_owned() });
            Status::OutOfScope
        } else if !blank.is_empty() {
            asked.blank_items = blank.into_iter().map(|item| item.range).collect();
            Status::Started
        } else if !filled.is_empty() && self.question.each != Each::UncoveredComponents {
            let evidence = |item: checklists::Item| Evidence { range: item.range, term: "checklist".into(), reason: "is filled in".into() };
            asked.evidence.extend(filled.into_iter().map(evidence));
            closed
        } else {
            Status::Open
        };
        if asked.status == closed {
            asked.missing_pieces.clear();
        }
    }

    /// Where the document says that what is asked is out of scope.
    fn dismissed(&self, group: Option<usize>) -> Option<Range<usize>> {
        let facts = self.facts;
        let topics = facts.library.topics.get(self.number)?;
        let told = |sentence: usize| {
            let block = facts.block(sentence);
            let named = |block: usize| facts.reading.any(topics, &facts.reading.block_span(block), None);
            let heading = matches!(facts.outline.blocks[block].kind, BlockKind::Heading(_));
            let under = facts.outline.blocks[block].section;
            let title = facts.outline.sections[under].heading;
            let told = if heading {
                // "## Out of scope" stands for every line below it, and that line has the reason.
                let line = facts.outline.sections[under].blocks.clone().skip(1).find(|block| named(*block))?;
                facts.reading.blocks[line].clone().next()?
            } else {
                let about = named(block) || facts.outline.blocks[block].parent.is_some_and(named) || title.is_some_and(named);
                about.then_some(sentence)?
            };
            group.is_none_or(|group| !answers::of_another(facts, sentence, group)).then_some(told)
        };
        facts.dismissals.iter().copied().find_map(told).map(|sentence| facts.reading.sentences[sentence].range.clone())
    }
}
