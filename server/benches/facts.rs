//! What reading facts costs, beside the Markdown parse of the same documents: `cargo bench --bench facts`.
//!
//! The documents are those of `tests/designs`, or of the folder that `FOLLOWUP_DESIGNS` names.

#![expect(clippy::disallowed_methods, reason = "a benchmark reads the documents that it is run on")]

use std::{env, fs, path::PathBuf};

use divan::{Bencher, black_box, counter::BytesCount};
use followup::{
    facts::{self, Memo},
    outline::Outline,
};
use pulldown_cmark::{Options, Parser};

fn main() {
    divan::main();
}

/// What the outline asks of the parser; every event with its place.
#[divan::bench]
fn markdown(bencher: Bencher<'_, '_>) {
    let texts = texts();
    let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS;
    let parse = || texts.iter().map(|text| Parser::new_ext(black_box(text), options).into_offset_iter().count()).sum::<usize>();
    bencher.counter(bytes(&texts)).bench(parse);
}

/// Every fact, with nothing known before.
#[divan::bench]
fn from_scratch(bencher: Bencher<'_, '_>) {
    let texts = texts();
    let outlines: Vec<_> = texts.iter().map(|text| Outline::new(text)).collect();
    let read = || {
        texts.iter().zip(&outlines).map(|(text, outline)| facts::read(black_box(text), outline, &Memo::default()).0.len()).sum::<usize>()
    };
    bencher.counter(bytes(&texts)).bench(read);
}

/// Every fact again, as after a key was pressed.
#[divan::bench]
fn with_memo(bencher: Bencher<'_, '_>) {
    let texts = texts();
    let known: Vec<_> = texts.iter().map(|text| Outline::new(text)).map(|outline| (Memo::default(), outline)).collect();
    let known: Vec<_> = texts.iter().zip(known).map(|(text, (memo, outline))| (facts::read(text, &outline, &memo).1, outline)).collect();
    let read =
        || texts.iter().zip(&known).map(|(text, (memo, outline))| facts::read(black_box(text), outline, memo).0.len()).sum::<usize>();
    bencher.counter(bytes(&texts)).bench(read);
}

fn bytes(texts: &[String]) -> BytesCount {
    BytesCount::new(texts.iter().map(String::len).sum::<usize>())
}

fn texts() -> Vec<String> {
    let folder =
        env::var_os("FOLLOWUP_DESIGNS").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/designs"), PathBuf::from);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.extension().is_some_and(|it| it == "md")).collect();
    paths.sort();
    paths.iter().filter_map(|path| fs::read_to_string(path).ok()).collect()
}
