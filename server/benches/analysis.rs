//! What each step of an analysis costs, beside what nobody can do without: a copy of the bytes and the Markdown parse.
//!
//! `cargo bench --bench analysis [NAME]`; the documents are the designs of the tests, repeated up to each size.

#[path = "inputs/design.rs"]
mod design;

use std::sync::Arc;

use design::design;
use divan::{Bencher, black_box};
use followup::{config::Severities, content::Library, ide::Analysis, lexicon::Reading, outline::Outline, review, text::Text};

const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];

fn main() {
    divan::main();
}

#[divan::bench(args = SIZES)]
fn limit_copy(bencher: Bencher<'_, '_>, bytes: usize) {
    let text = design(bytes);
    bencher.bench(|| black_box(&text).clone());
}

#[divan::bench(args = SIZES)]
fn limit_markdown(bencher: Bencher<'_, '_>, bytes: usize) {
    use pulldown_cmark::{Options, Parser};
    let text = design(bytes);
    bencher.bench(|| Parser::new_ext(black_box(&text), Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS).into_offset_iter().count());
}

#[divan::bench(args = SIZES)]
fn text_edit(bencher: Bencher<'_, '_>, bytes: usize) {
    let text = Text::new(&design(bytes));
    let middle = text.len() / 2;
    bencher.with_inputs(|| text.clone()).bench_values(|mut text| {
        text.replace(middle..middle, "x");
        text
    });
}

#[divan::bench(args = SIZES)]
fn outline(bencher: Bencher<'_, '_>, bytes: usize) {
    let text = design(bytes);
    bencher.bench(|| Outline::new(black_box(&text)));
}

#[divan::bench(args = SIZES)]
fn lexicon(bencher: Bencher<'_, '_>, bytes: usize) {
    let (text, library) = (design(bytes), Library::built_in());
    let outline = Outline::new(&text);
    bencher.bench(|| Reading::new(black_box(&text), &outline, &library).signals.len());
}

#[divan::bench(args = SIZES)]
fn lexicon_and_review(bencher: Bencher<'_, '_>, bytes: usize) {
    let (text, library) = (design(bytes), Library::built_in());
    let outline = Outline::new(&text);
    bencher.bench(|| review::review(black_box(&text), &outline, &library, &Severities::default()));
}

#[divan::bench(args = SIZES)]
fn whole(bencher: Bencher<'_, '_>, bytes: usize) {
    let (text, library): (Arc<str>, _) = (design(bytes).into(), Library::built_in());
    bencher.bench(|| Analysis::new(black_box(&text).clone(), library.clone(), &Severities::default()));
}

/// The analysis of the version behind one keystroke in the middle of a word, with what is known of the one before.
#[divan::bench(args = SIZES)]
fn keystroke(bencher: Bencher<'_, '_>, bytes: usize) {
    let (text, library) = (design(bytes), Library::built_in());
    let middle = text.len() / 2 + text[text.len() / 2..].find(char::is_alphabetic).unwrap_or_default();
    let typed: Arc<str> = format!("{}x{}", &text[..middle], &text[middle..]).into();
    let before = Analysis::new(text.into(), library.clone(), &Severities::default());
    bencher.bench(|| Analysis::after(&before.memo, black_box(&typed).clone(), library.clone(), &Severities::default()));
}

/// The same behind one more letter of a word that tells nothing yet, as most are while they are typed.
#[divan::bench(args = SIZES)]
fn letter(bencher: Bencher<'_, '_>, bytes: usize) {
    let (text, library) = (design(bytes), Library::built_in());
    let middle = text.len() / 2 + text[text.len() / 2..].find(", ").unwrap_or_default();
    let typed = |word: &str| -> Arc<str> { format!("{} {word}{}", &text[..middle], &text[middle..]).into() };
    let before = Analysis::new(typed("perus"), library.clone(), &Severities::default());
    let text = typed("perusa");
    bencher.bench(|| Analysis::after(&before.memo, black_box(&text).clone(), library.clone(), &Severities::default()));
}

#[divan::bench]
fn content() -> usize {
    Library::with(&[]).0.questions.len()
}
