//! What is known of a document before anything is asked: roles, polarities, components.

use std::{
    cell::{OnceCell, RefCell},
    ops::Range,
    rc::Rc,
    sync::Arc,
};

use rustc_hash::FxHashMap;

use super::{
    Component, Mention, Origin, Polarity, Review, Standing,
    answers::{self, Occurrence},
    components::{self, Group},
    figures::{self, Figure},
    kinship,
    own::Own,
    stances::{self, Stances},
};
use crate::{
    content::{Library, question::Term},
    facts::Fact,
    lexicon::{Reading, Spread},
    outline::{BlockKind, Outline},
};

/// A document read, with everything that is told by the words alone.
pub(super) struct Facts<'a> {
    pub(super) text: &'a str,
    pub(super) reading: &'a Reading<'a>,
    pub(super) library: &'a Library,
    pub(super) outline: &'a Outline,
    pub(super) stances: Stances,
    pub(super) groups: Vec<Group>,
    /// By number of the mention: its component.
    pub(super) group_of: Vec<Option<usize>>,
    /// Numbers and notations, in the order of the text.
    pub(super) stated: &'a [Fact],
    /// The signals that facts give, in the order of the text.
    pub(super) figures: Vec<Figure>,
    /// Where each term that was asked for is said.
    pub(super) said: RefCell<FxHashMap<Term, Rc<[Occurrence]>>>,
    /// By section and concept, whether the section speaks of it; for those that were asked for.
    pub(super) about: RefCell<FxHashMap<(usize, usize), bool>>,
    /// The items with a box, and what each says; gathered when they are first asked for.
    pub(super) boxes: OnceCell<Vec<(usize, String)>>,
    /// By number of the sentence, whether it says something; worked out when it is first asked for.
    pub(super) counts: OnceCell<Vec<bool>>,
    /// The sentences that put something out of scope.
    pub(super) dismissals: Vec<usize>,
    /// How much is spoken of each topic; counted when it is first asked for.
    spread: OnceCell<FxHashMap<u64, Spread>>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(text: &'a str, reading: &'a Reading<'a>, stated: &'a [Fact], before: &[Arc<Own>]) -> Self {
        let stances = stances::read(text, reading, before);
        let (groups, group_of) = components::group(text, reading, &stances);
        let figures = figures::given(text, reading, &stances, stated);
        Self {
            text,
            reading,
            dismissals: (0..reading.sentences.len()).filter(|sentence| stances.dismisses[*sentence]).collect(),
            library: reading.library,
            outline: reading.outline,
            stances,
            groups,
            group_of,
            stated,
            figures,
            said: RefCell::default(),
            about: RefCell::default(),
            boxes: OnceCell::new(),
            counts: OnceCell::new(),
            spread: OnceCell::new(),
        }
    }

    /// What can be told without asking anything.
    pub(super) fn review(&self) -> Review {
        let mut review = Review { mentions: self.mentions(), ..Review::default() };
        for mention in &review.mentions {
            if let Some(family) = &mention.family {
                let standing = if mention.polarity == Polarity::Adopted { Standing::Adopted } else { Standing::Mentioned };
                let known = review.adopted.entry(family.clone()).or_insert(standing);
                *known = standing.max(*known);
            }
        }
        for (given, polarity) in self.reading.signals.iter().zip(&self.stances.signals) {
            let family = self.library.signals[given.signal].family.as_ref();
            if let Some(family) = family.filter(|_| *polarity == Polarity::Adopted && answers::counts(self, given.sentence)) {
                review.adopted.insert(family.clone(), Standing::Adopted);
            }
        }
        let headings = self.outline.sections.iter().filter_map(|section| section.heading);
        review.headings = headings.filter_map(|block| Some((block, self.library.roles[self.stances.roles[block]?].name.clone()))).collect();
        review.components = self.groups.iter().map(|group| self.component(group)).collect();
        review
    }

    /// The byte range of a mention.
    pub(super) fn mention_range(&self, mention: usize) -> Range<usize> {
        self.reading.bytes(&self.reading.mentions[mention].tokens)
    }

    /// Does the word tell what is spoken of, rather than what the document is about as a whole?
    pub(super) fn is_telling(&self, topic: u64) -> bool {
        let spread = self.spread.get_or_init(|| self.reading.spread()).get(&topic).copied().unwrap_or_default();
        kinship::is_telling(spread.sections, self.outline.sections.len())
    }

    /// The number of the block in which a sentence stands.
    pub(super) fn block(&self, sentence: usize) -> usize {
        self.reading.sentences[sentence].block
    }

    /// The innermost section in which a sentence stands.
    pub(super) fn section(&self, sentence: usize) -> usize {
        self.outline.blocks[self.block(sentence)].section
    }

    fn mentions(&self) -> Vec<Mention> {
        let all = self.reading.mentions.iter().enumerate();
        all.map(|(number, mention)| {
            let range = self.mention_range(number);
            let block = self.block(mention.sentence);
            Mention {
                origin: self.origin(block, &range),
                range,
                concept: self.library.concepts[mention.concept].id.clone(),
                family: self.reading.family(mention).map(str::to_owned),
                polarity: self.stances.mentions[number],
                role: self.stances.role_name(self.library, block).to_owned(),
                component: self.group_of[number],
            }
        })
        .collect()
    }

    fn component(&self, group: &Group) -> Component {
        Component {
            id: group.id.clone(),
            concept: self.library.concepts[group.concept].id.clone(),
            title: group.title.clone(),
            range: self.mention_range(group.telling),
            mentions: group.mentions.clone(),
        }
    }

    fn origin(&self, block: usize, range: &Range<usize>) -> Origin {
        let block = &self.outline.blocks[block];
        let code = block.runs.iter().any(|run| run.code && run.range.start <= range.start && range.start < run.range.end);
        match block.kind {
            _ if code => Origin::Code,
            BlockKind::Heading(_) => Origin::Heading,
            BlockKind::Row(_) => Origin::Row,
            BlockKind::Diagram => Origin::Diagram,
            BlockKind::Paragraph | BlockKind::Item(_) => Origin::Prose,
        }
    }
}
