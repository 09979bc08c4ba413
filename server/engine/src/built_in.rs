//! The content that is built in: made into a library when the program is built, by `build.rs`, and only opened here.

use std::sync::{Arc, LazyLock};

use lz4_flex::block;
use miniz_oxide::inflate;
use serde::Deserialize;

use crate::content::{Library, Problem, Source, learned::Learned};

/// Files of `content/` in the order of their paths, as `build.rs` packed them: the path below the content folder, and the text.
type Files = Vec<(&'static str, &'static str)>;

/// What hovers and `explain` show.
static PAGES: LazyLock<Files> = LazyLock::new(|| unpacked(include_bytes!(concat!(env!("OUT_DIR"), "/pages"))));

/// What is read for a workspace with content of its own, and when content tries itself.
static OTHERS: LazyLock<Files> = LazyLock::new(|| unpacked(include_bytes!(concat!(env!("OUT_DIR"), "/others"))));

static LIBRARY: LazyLock<Arc<Library>> = LazyLock::new(|| {
    let written = block::decompress_size_prepended(include_bytes!(concat!(env!("OUT_DIR"), "/library"))).unwrap_or_default();
    let mut library: Library = open(&written);
    library.book.complete();
    for (path, page) in library.pages() {
        page.lay_open(path, text);
    }
    Arc::new(library)
});

static LEARNED: LazyLock<Learned> = LazyLock::new(|| open(include_bytes!(concat!(env!("OUT_DIR"), "/learned"))));

impl Library {
    /// The content that is built in; opened on first use.
    pub fn built_in() -> Arc<Self> {
        LIBRARY.clone()
    }

    /// The files that are built in, as they were written: the path below the content folder, and the text.
    pub fn built_in_files() -> impl Iterator<Item = Source> {
        files().into_iter().map(|(path, text)| Source { path: path.to_owned(), text: text.to_owned() })
    }

    /// The built-in content with `sources` added, or put in place of the file with the same path; all of it is read anew. A file with a mistake
    /// is left out and told.
    pub fn with(sources: &[Source]) -> (Self, Vec<Problem>) {
        let replaced = |path: &str| sources.iter().any(|source| source.path == path);
        let built_in = files().into_iter().filter(|(path, _)| !replaced(path));
        let own = sources.iter().map(|source| (source.path.as_str(), source.text.as_str()));
        Self::read(built_in.chain(own), Learned::built_in())
    }

    /// The content of `sources` alone.
    pub fn only(sources: &[Source]) -> (Self, Vec<Problem>) {
        Self::read(sources.iter().map(|source| (source.path.as_str(), source.text.as_str())), Learned::built_in())
    }
}

impl Learned {
    /// What is built in; opened on first use.
    pub fn built_in() -> &'static Self {
        &LEARNED
    }
}

/// All files that are built in, in the order of their paths.
fn files() -> Files {
    let mut all: Files = PAGES.iter().chain(OTHERS.iter()).copied().collect();
    all.sort_unstable();
    all
}

/// The text of a file that is built in.
fn text(path: &str) -> &'static str {
    let found = [&PAGES, &OTHERS].into_iter().find_map(|files| {
        let at = files.binary_search_by(|(known, _)| (*known).cmp(path)).ok()?;
        Some(files[at].1)
    });
    found.unwrap_or_default()
}

/// What is unpacked is kept for as long as the program runs: whoever asks for one page will ask for more.
fn unpacked(packed: &[u8]) -> Files {
    open(inflate::decompress_to_vec(packed).unwrap_or_default().leak())
}

/// What `build.rs` wrote is read by the code that wrote it; `tests/content.rs` holds that it comes out as it went in.
fn open<'a, T: Deserialize<'a> + Default>(written: &'a [u8]) -> T {
    postcard::from_bytes(written).unwrap_or_default()
}
