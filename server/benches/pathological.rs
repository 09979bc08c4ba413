//! What the worst documents cost, beside the Markdown parse of the same: `cargo bench --bench pathological [NAME]`.

#[path = "inputs/pathological.rs"]
mod inputs;

use std::sync::Arc;

use divan::{Bencher, black_box};
use followup::{config::Severities, content::Library, ide::Analysis};
use pulldown_cmark::{Options, Parser};

/// A megabyte.
const LONG: usize = 1_000_000;

fn main() {
    divan::main();
}

fn names() -> Vec<&'static str> {
    inputs::documents(LONG).into_iter().map(|(name, _)| name).collect()
}

fn text(name: &str) -> Arc<str> {
    inputs::documents(LONG).into_iter().find(|(other, _)| *other == name).map(|(_, text)| text.into()).unwrap_or_default()
}

#[divan::bench(args = names(), max_time = 2)]
fn limit_markdown(bencher: Bencher<'_, '_>, name: &str) {
    let text = text(name);
    bencher.bench(|| Parser::new_ext(black_box(&text), Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS).into_offset_iter().count());
}

#[divan::bench(args = names(), max_time = 2)]
fn whole(bencher: Bencher<'_, '_>, name: &str) {
    let (text, library) = (text(name), Library::built_in());
    bencher.bench(|| Analysis::new(black_box(&text).clone(), library.clone(), &Severities::default()));
}
