//! Where a finding stands: where a reader would point.

use std::{ops::Range, rc::Rc};

use super::{
    Polarity,
    answers::{self, Around, Occurrence},
    checklists::FAILURE,
    known::Facts,
    stances::DESIGN,
};
use crate::{
    content::{
        phrases::PatternId,
        question::{Place, Scope},
    },
    outline::BlockKind,
};

/// For a component that `telling` tells most about: where the words are said of it at which the question wants to stand, in the section of
/// `telling` rather than elsewhere; else there itself.
pub(super) fn component(facts: &Facts<'_>, question: usize, group: usize, telling: usize) -> Range<usize> {
    let sentence_of = |mention: usize| facts.reading.mentions[mention].sentence;
    let of_component = |one: &&Occurrence| {
        let told = matches!(one.polarity, Polarity::Adopted | Polarity::Asked) && answers::counts(facts, one.sentence);
        told && !announces(facts, one.sentence) && answers::in_scope(facts, one, &Scope::Component, Around::Component(group))
    };
    let terms = facts.library.questions[question].places.iter().filter_map(|place| match place {
        Place::Said(term) => Some(answers::occurrences(facts, term)),
        _ => None,
    });
    let terms: Vec<_> = terms.collect();
    let first = |fits: &dyn Fn(usize) -> bool| {
        let sentences = |term: &Rc<[Occurrence]>| term.iter().filter(of_component).map(|one| one.sentence).find(|sentence| fits(*sentence));
        terms.iter().find_map(sentences)
    };
    let home = facts.section(sentence_of(telling));
    let elsewhere = |sentence: usize| matches!(facts.stances.role_name(facts.library, facts.block(sentence)), DESIGN | FAILURE);
    let Some(said) = first(&|sentence| facts.section(sentence) == home).or_else(|| first(&elsewhere)) else {
        return facts.mention_range(telling);
    };
    // Under its name, where it is named there.
    let named = facts.groups[group].mentions.iter().find(|mention| sentence_of(**mention) == said);
    named.map_or_else(|| facts.reading.sentences[said].range.clone(), |mention| facts.mention_range(*mention))
}

/// The role of sections that tell in short what is told elsewhere.
const SUMMARY: &str = "summary";

/// Is the sentence a heading or a line of a drawing, or does it stand ahead of the first section: what is told elsewhere in full?
pub(super) fn announces(facts: &Facts<'_>, sentence: usize) -> bool {
    let block = facts.block(sentence);
    let drawn = matches!(facts.outline.blocks[block].kind, BlockKind::Heading(_) | BlockKind::Diagram);
    drawn || facts.outline.is_opening(block) || facts.stances.role_name(facts.library, block) == SUMMARY
}

/// Is it said by a name in code: "`shard_id`"?
pub(super) fn is_code(facts: &Facts<'_>, said: &Occurrence) -> bool {
    let runs = &facts.outline.blocks[facts.block(said.sentence)].runs;
    said.fact.is_none() && runs.iter().any(|run| run.code && run.range.start <= said.range.start && said.range.end <= run.range.end)
}

/// For the document as a whole: where the question wants to stand, else at what names the topic, the heading of the architecture, the title.
pub(super) fn document(facts: &Facts<'_>, question: usize) -> Range<usize> {
    let title = headings(facts).next().filter(|block| *block == 0 || facts.outline.blocks[*block].kind == BlockKind::Heading(1));
    let page = Page { facts, question, title };
    let wanted = facts.library.questions[question].places.iter().find_map(|place| page.wanted(place));
    wanted.or_else(|| page.topic()).or_else(|| page.architecture()).or_else(|| page.top()).unwrap_or_default()
}

/// A document, and what is asked of it.
struct Page<'a> {
    facts: &'a Facts<'a>,
    question: usize,
    /// Its first heading.
    title: Option<usize>,
}

impl Page<'_> {
    fn wanted(&self, place: &Place) -> Option<Range<usize>> {
        let facts = self.facts;
        match place {
            Place::Title => self.top(),
            Place::Section(role) => {
                let ours = |block: &usize| facts.stances.roles[*block].is_some() && self.has_role(*block, role);
                let is_line = |block: &usize| matches!(facts.outline.blocks[*block].kind, BlockKind::Item(_) | BlockKind::Row(false));
                let line = (0..facts.outline.blocks.len()).filter(is_line).filter(ours).find(|block| self.names(*block, self.topics()));
                line.or_else(|| self.headings().find(ours)).map(|block| self.range(block))
            }
            Place::Topic => self.topic(),
            Place::Said(_) | Place::Subject => None,
        }
    }

    /// The heading that names what is asked, else the line of the design that does so in the first of its names.
    fn topic(&self) -> Option<Range<usize>> {
        let ours = |block: &usize| Some(*block) != self.title && self.has_role(*block, DESIGN);
        let heading = self.headings().find(|block| self.names(*block, self.topics()));
        let line = || {
            (0..self.facts.outline.blocks.len()).filter(ours).find(|block| self.names(*block, self.topics().get(..1).unwrap_or_default()))
        };
        heading.or_else(line).map(|block| self.range(block))
    }

    /// Of the headings that tell of the design, the one under which most of its components are named.
    fn architecture(&self) -> Option<Range<usize>> {
        let facts = self.facts;
        let headings = facts.outline.sections.iter().filter_map(|section| Some((section.heading?, &section.range)));
        let ours = headings.filter(|(heading, _)| {
            Some(*heading) != self.title && facts.stances.roles[*heading].is_some() && self.has_role(*heading, DESIGN)
        });
        let components = |range: &Range<usize>| {
            let named = |mention: &usize| range.contains(&facts.mention_range(*mention).start);
            facts.groups.iter().filter(|group| group.mentions.iter().any(named)).count()
        };
        let best = ours.map(|(heading, range)| (components(range), heading)).max_by_key(|(named, heading)| (*named, usize::MAX - heading));
        best.filter(|(named, _)| *named > 0).map(|(_, heading)| self.range(heading))
    }

    /// The title, or in a document without one its beginning.
    fn top(&self) -> Option<Range<usize>> {
        self.title.or((!self.facts.outline.blocks.is_empty()).then_some(0)).map(|block| self.range(block))
    }

    /// The headings below the title.
    fn headings(&self) -> impl Iterator<Item = usize> {
        headings(self.facts).filter(|block| Some(*block) != self.title)
    }

    fn topics(&self) -> &[PatternId] {
        self.facts.library.topics.get(self.question).map(Vec::as_slice).unwrap_or_default()
    }

    fn names(&self, block: usize, topics: &[PatternId]) -> bool {
        let reading = self.facts.reading;
        let asks = reading.blocks[block].clone().any(|sentence| reading.sentences[sentence].asks);
        !asks && reading.any(topics, &reading.block_span(block), None)
    }

    fn has_role(&self, block: usize, role: &str) -> bool {
        self.facts.stances.role_name(self.facts.library, block) == role
    }

    /// What is underlined of a block: of a paragraph, the sentence that names what is asked.
    fn range(&self, block: usize) -> Range<usize> {
        let reading = self.facts.reading;
        let says = |sentence: &usize| reading.any(self.topics(), &reading.sentence_span(*sentence), None);
        let paragraph = self.facts.outline.blocks[block].kind == BlockKind::Paragraph;
        let sentence = paragraph.then(|| reading.blocks[block].clone().find(says)).flatten();
        sentence.map_or_else(|| self.facts.outline.blocks[block].range.clone(), |at| reading.sentences[at].range.clone())
    }
}

fn headings<'a>(facts: &'a Facts<'_>) -> impl Iterator<Item = usize> + use<'a> {
    let blocks = facts.outline.blocks.iter().enumerate();
    blocks.filter(|(_, block)| matches!(block.kind, BlockKind::Heading(_))).map(|(number, _)| number)
}
