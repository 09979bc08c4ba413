//! Whatever is edited, the document and all that is known of it are as if it had been opened like that.
//!
//! `FOLLOWUP_TEST_EDITS` sets how many edits are tried, and `FOLLOWUP_TEST_SEED` with what they begin.

use std::{
    ops::Range,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    thread,
};

use followup::{
    config::{Level, Severities},
    content::{Library, Source},
    ide::{self, Analysis},
    outline::{Block, LONGEST, MOST_ENTRIES},
    text::{Encoding, Text},
};

use crate::{
    plain_text::PlainText,
    random::{self, Random},
};

/// So many edits are made to one document before the next is begun.
const EDITS_A_DOCUMENT: usize = 50;

#[test]
fn an_edited_document_is_as_if_it_had_been_opened_like_that() {
    let edits = random::set("FOLLOWUP_TEST_EDITS").unwrap_or(600);
    let first: u64 = random::set("FOLLOWUP_TEST_SEED").unwrap_or(1);
    let last = first + (edits / EDITS_A_DOCUMENT) as u64;
    let next = AtomicU64::new(first);
    let (compared, carried) = (AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= last {
                        break;
                    }
                    // Where it fails, this is what gives the same document again.
                    let told = Told(format!("FOLLOWUP_TEST_SEED={seed} FOLLOWUP_TEST_EDITS={EDITS_A_DOCUMENT}"));
                    let mut edited = Edited::new(Random::new(seed));
                    for _ in 0..EDITS_A_DOCUMENT {
                        carried.fetch_add(usize::from(edited.edit()), Ordering::Relaxed);
                        compared.fetch_add(1, Ordering::Relaxed);
                    }
                    drop(told);
                }
            });
        }
    });
    let (compared, carried) = (compared.into_inner(), carried.into_inner());
    say(&format!("{compared} edits, each as if it had been opened like that; {carried} left what was known as it stood"));
    assert!(carried * 50 > compared, "words are typed here of which none tells anything, and that is to be seen");
}

#[test]
fn a_document_around_a_limit_is_as_if_it_had_been_opened_like_that() {
    let limits = [
        ("We read each profile from Redis. ", "lorem ipsum dolor sit amet ", LONGEST / 27 - 1),
        ("| Part | Fails |\n| --- | --- |\n", "| Redis | 5 ms |\n", MOST_ENTRIES - 1),
        ("Fails:\n\n", "- Kafka is lost\n", MOST_ENTRIES),
        ("```mermaid\n", "API --> Redis\n", MOST_ENTRIES),
        ("```\n", "10 GB x 3 = 30 GB\n", LONGEST / 18),
    ];
    thread::scope(|scope| {
        for (seed, (opening, piece, count)) in limits.into_iter().enumerate() {
            scope.spawn(move || {
                let opening = format!("<!-- followup: design -->\n\n# Design\n\n{opening}");
                let behind = "\n\n## Failures\n\nKafka keeps 3 copies.\n\n- Redis: gone in 5 s\n";
                let text = format!("{opening}{}{behind}", piece.repeat(count));
                let mut edited = Edited::open(Random::new(seed as u64), text);
                let mut limited = [false; 2];
                for step in 0..8 {
                    let many = opening.len()..edited.plain.0.len().saturating_sub(behind.len());
                    let at = opening.len() + edited.random.below(many.len() / piece.len()) * piece.len();
                    let at = edited.plain.0.floor_char_boundary(at);
                    let (range, new) = match step % 4 {
                        0 => (at..at, piece.repeat(2)),
                        1 | 3 => (at..edited.plain.0.floor_char_boundary(at + 3 * piece.len()), String::new()),
                        _ => (at..at, edited.random.document(20)),
                    };
                    edited.replace(range, &new);
                    edited.compare();
                    limited[usize::from(edited.known.outline.limits.is_empty())] = true;
                }
                assert_eq!(limited, [true; 2], "no edit went over the limit, or none came back: {piece}");
            });
        }
    });
}

#[test]
fn a_letter_that_makes_a_paragraph_too_long_is_as_if_it_had_been_there() {
    let opening = "<!-- followup: design -->\n\n# Design\n\n";
    let words = "We read each qux from Redis. ".to_owned() + &"lorem ipsum ".repeat(LONGEST / 12 - 3);
    let text = format!("{opening}{words}{}\n\n## Failures\n\nKafka keeps 3 copies.\n", "x".repeat(LONGEST - words.len()));
    let mut edited = Edited::open(Random::new(1), text);
    let at = opening.len() + "We read each qu".len();
    assert!(edited.known.outline.limits.is_empty());
    for (range, new, limits) in [(at..at, "u", 1), (at..at, "v", 1), (at..at + 2, "", 0), (at..at + 1, "", 0), (at..at, "w", 0)] {
        edited.replace(range, new);
        edited.compare();
        let fresh = Analysis::new((&edited.text).into(), edited.library.clone(), &edited.severities);
        assert_eq!((fresh.outline.limits.len(), fresh.notices.len()), (limits, limits));
    }
}

/// Says something where the test fails before it goes out of scope.
struct Told(String);

impl Drop for Told {
    fn drop(&mut self) {
        if thread::panicking() {
            say(&format!("again with: {}", self.0));
        }
    }
}

#[expect(clippy::print_stderr, reason = "a person reads how many there were, or tries one again")]
fn say(told: &str) {
    eprintln!("{told}");
}

/// A document that is edited, and the same one as a plain string.
struct Edited {
    random: Random,
    text: Text,
    plain: PlainText,
    library: Arc<Library>,
    severities: Severities,
    /// The version that was analysed last.
    known: Analysis,
    /// Where somebody types.
    caret: Option<usize>,
    /// Texts to go back to.
    before: Vec<String>,
}

impl Edited {
    fn new(mut random: Random) -> Self {
        let bytes = 200 + random.below(1_200);
        let mut text = random.document(bytes);
        if random.one_in(2) {
            // Else little is ever asked of it.
            text.insert_str(0, "<!-- followup: design -->\n\n");
        }
        Self::open(random, text)
    }

    fn open(random: Random, text: String) -> Self {
        let library = Library::built_in();
        let known = Analysis::new(text.as_str().into(), library.clone(), &Severities::default());
        Self {
            random,
            text: Text::new(&text),
            plain: PlainText(text),
            library,
            severities: Severities::default(),
            known,
            caret: None,
            before: Vec::new(),
        }
    }

    /// True where what was known of the version before was carried over as a whole.
    fn edit(&mut self) -> bool {
        self.change_text();
        self.change_settings();
        self.compare()
    }

    fn compare(&mut self) -> bool {
        self.compare_text();
        self.compare_positions();
        self.compare_analysis()
    }

    fn change_text(&mut self) {
        if self.random.one_in(10)
            && let Some(before) = self.before.pop()
        {
            self.text = Text::new(&before);
            self.plain = PlainText(before);
            self.caret = None;
            return;
        }
        // Who types goes on where the last letter stands.
        if self.random.one_in(5) {
            let at = self.random.boundary(&self.plain.0);
            self.caret = self.plain.0[at..].find(char::is_alphabetic).map(|word| at + word);
        }
        let caret = self.caret.take();
        let (mut range, new) = match caret {
            Some(at) => self.random.typed(&self.plain.0, at),
            None => self.random.edit(&self.plain.0),
        };
        if self.random.one_in(2) {
            // As an editor says it. A place inside a line end is none of its.
            let encoding = self.random.pick(&Encoding::ALL);
            let (start, end) = (self.plain.position(range.start, encoding), self.plain.position(range.end, encoding));
            range = self.plain.offset(start, encoding)..self.plain.offset(end, encoding);
            assert_eq!(self.text.offset(start, encoding)..self.text.offset(end, encoding), range, "{:?}", self.text);
        }
        if self.random.one_in(4) {
            self.before.push(self.plain.0.clone());
        }
        self.caret = caret.filter(|_| !self.random.one_in(8)).map(|_| range.start + new.len());
        self.replace(range, &new);
    }

    fn replace(&mut self, range: Range<usize>, new: &str) {
        self.text.replace(range.clone(), new);
        self.plain.0.replace_range(range, new);
    }

    /// Content and settings may change under an open document; what is remembered of the text must not outlive them.
    fn change_settings(&mut self) {
        if self.random.one_in(20) {
            self.library = if Arc::ptr_eq(&self.library, &OTHER) { Library::built_in() } else { OTHER.clone() };
        }
        if self.random.one_in(20) {
            let key = self.random.pick(&["*", "cache/*", "failure/*", "cache/stampede"]).to_owned();
            let level = self.random.pick(&[Level::Off, Level::Hint, Level::Information, Level::Warning]);
            self.severities = Severities { levels: [(key, level)].into() };
        }
    }

    fn compare_text(&self) {
        assert_eq!(self.text.to_string(), self.plain.0);
        let fresh = Text::new(&self.plain.0);
        assert_eq!(self.text, fresh);
        let lines = self.plain.lines();
        assert_eq!(self.text.lines(), lines.len(), "{:?}", self.plain);
        for (number, line) in lines.into_iter().enumerate() {
            assert_eq!((self.text.line(number), fresh.line(number)), (line.clone(), line), "{:?}", self.plain);
        }
    }

    fn compare_positions(&mut self) {
        let fresh = Text::new(&self.plain.0);
        for _ in 0..4 {
            // Inside of characters and past the end, too.
            let offset = self.random.below(self.plain.0.len() + 3);
            for encoding in Encoding::ALL {
                let position = self.plain.position(offset, encoding);
                assert_eq!(self.text.position(offset, encoding), position, "{offset} {encoding:?} {:?}", self.plain);
                assert_eq!(fresh.position(offset, encoding), position, "{offset} {encoding:?} {:?}", self.plain);
                let mut near = position;
                near.column += self.random.below(3);
                let back = self.plain.offset(near, encoding);
                assert_eq!(self.text.offset(near, encoding), back, "{near:?} {encoding:?} {:?}", self.plain);
                assert_eq!(fresh.offset(near, encoding), back, "{near:?} {encoding:?} {:?}", self.plain);
            }
        }
    }

    fn compare_analysis(&mut self) -> bool {
        let text: Arc<str> = (&self.text).into();
        let edited = Analysis::after(&self.known.memo, text.clone(), self.library.clone(), &self.severities);
        let fresh = Analysis::new(text, self.library.clone(), &self.severities);
        assert_eq!(edited.outline, fresh.outline, "{:?}", self.plain);
        let apart = |[one, next]: &[Block; 2]| one.range.end <= next.range.start;
        assert!(edited.outline.blocks.array_windows().all(apart), "{:?}", self.plain);
        assert_eq!(edited.notices, fresh.notices, "{:?}", self.plain);
        let findings = ide::diagnostics(&edited);
        assert_eq!(findings, ide::diagnostics(&fresh), "{:?}", self.plain);
        for range in findings.into_iter().map(|finding| finding.range) {
            for encoding in Encoding::ALL {
                let places = [range.start, range.end].map(|offset| self.text.position(offset, encoding));
                assert_eq!(places, [range.start, range.end].map(|offset| self.plain.position(offset, encoding)), "{:?}", self.plain);
            }
        }
        // All that is known, places and reasons and all.
        assert_eq!(edited.review, fresh.review, "{:?}", self.plain);
        let offset = self.random.boundary(&self.plain.0);
        assert_eq!(ide::hover(&edited, offset, None), ide::hover(&fresh, offset, None), "{:?}", self.plain);
        // Some versions are never analysed: the latest wins.
        let carried = Arc::ptr_eq(&edited.memo, &self.known.memo);
        if !self.random.one_in(4) {
            self.known = edited;
        }
        carried
    }
}

/// Content of a workspace that takes the place of some of ours: the same words come to other things.
static OTHER: LazyLock<Arc<Library>> = LazyLock::new(|| {
    let page = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
    let (library, problems) = Library::with(&[
        page(
            "concepts/redis-log.md",
            "---\nkind: concept\ncomponent: true\nnames: [Kafka, profile]\nsource: ours\n---\n# A log\n\nIt is kept.\n",
        ),
        page("signals/dropped-on-write.md", "---\nkind: signal\nsays: [\"<number> users\"]\n---\n# Users are counted\n"),
    ]);
    assert!(library.concept("redis-log").is_some(), "{problems:?}");
    Arc::new(library)
});
