//! Which names of concepts are meant as such: the longest phrase wins, and its neighbours decide its sense.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{Mention, Reading, Span, known};
use crate::content::{Name, NameRule, concept::Within, phrases::PatternId};

/// Finds all mentions, in the order of the text: first those by names that need no neighbours, which are the neighbours of the others.
pub(super) fn find(reading: &mut Reading<'_>) {
    let named = named(reading);
    reading.mentions = certain(reading, &named);
    reading.mentions = Chooser { reading, memo: FxHashMap::default(), certain: false }.all(&named);
}

/// The mentions by names that need no neighbours.
pub(super) fn certain(reading: &Reading<'_>, named: &[Named]) -> Vec<Mention> {
    Chooser { reading, memo: FxHashMap::default(), certain: true }.all(named)
}

/// What may be a name, and its sentence.
pub(super) type Named = (Range<usize>, Name, usize);

/// Everything that is written like a name, in the order in which it is to be tried.
pub(super) fn named(reading: &Reading<'_>) -> Vec<Named> {
    let mut all = Vec::new();
    for (block, known) in reading.known.iter().enumerate() {
        let (token, sentence) = (reading.first[block], reading.blocks[block].start);
        let place = |named: &known::Named| named.start as usize + token..named.end as usize + token;
        all.extend(known.named.iter().map(|named| (place(named), named.name, named.sentence as usize + sentence)));
    }
    all
}

struct Chooser<'a> {
    reading: &'a Reading<'a>,
    /// Whether a pattern holds within a section, a block or the document.
    memo: FxHashMap<(PatternId, Within, usize), bool>,
    /// Take only names without conditions.
    certain: bool,
}

impl Chooser<'_> {
    fn all(mut self, named: &[Named]) -> Vec<Mention> {
        let mut mentions = Vec::new();
        let mut free = 0;
        for (tokens, name, sentence) in named {
            if tokens.start < free {
                continue;
            }
            match name {
                Name::Shield => free = tokens.end,
                Name::Rule(number) => {
                    let rule = &self.reading.library.rules[*number];
                    if self.holds(rule, *sentence, &self.reading.sentence_span(*sentence), tokens) {
                        free = tokens.end;
                        mentions.push(Mention {
                            concept: rule.concept,
                            rule: *number,
                            tokens: tokens.clone(),
                            sentence: *sentence,
                            passing: rule.passing,
                        });
                    }
                }
            }
        }
        mentions
    }

    fn holds(&mut self, rule: &NameRule, sentence: usize, span: &Span, it: &Range<usize>) -> bool {
        if rule.near.is_empty() && rule.unless.is_empty() {
            return true;
        }
        if self.certain {
            return false;
        }
        let holds = |chooser: &mut Self, patterns: &[PatternId]| {
            let here = chooser.reading.any(patterns, span, Some(it));
            here || patterns.iter().any(|pattern| chooser.holds_around(*pattern, rule.within, sentence))
        };
        (rule.near.is_empty() || holds(self, &rule.near)) && !holds(self, &rule.unless)
    }

    /// Does `pattern` hold somewhere else within reach of a name in `sentence`?
    fn holds_around(&mut self, pattern: PatternId, reach: Within, sentence: usize) -> bool {
        let reading = self.reading;
        let block = reading.sentences[sentence].block;
        let key = match reach {
            Within::Sentence => return false,
            Within::Block => block,
            Within::Section => reading.outline.blocks[block].section,
            Within::Document => 0,
        };
        if let Some(known) = self.memo.get(&(pattern, reach, key)) {
            return *known;
        }
        // What is still to be filled in tells nothing of the rest.
        let holds_in = |block: usize| {
            !reading.blank[block]
                && reading.block_may_hold(block, pattern)
                && reading.blocks[block].clone().any(|other| reading.search(pattern, &reading.sentence_span(other), None).is_some())
        };
        let holds = match reach {
            Within::Sentence => false,
            Within::Block => holds_in(block),
            // The headings above belong to a section.
            Within::Section => {
                let sections = &reading.outline.sections;
                let headings = reading.outline.ancestors(key).filter_map(|section| sections[section].heading);
                sections[key].blocks.clone().chain(headings).any(holds_in)
            }
            Within::Document => (0..reading.blocks.len()).any(holds_in),
        };
        self.memo.insert((pattern, reach, key), holds);
        holds
    }
}
