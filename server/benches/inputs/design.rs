//! The designs of the tests as one document of a size.

use std::{fs, path::Path};

/// A design of about `bytes` bytes: those of the tests one after another, cut at the end of a line.
#[expect(clippy::disallowed_methods, reason = "a benchmark reads the documents that it is run on")]
pub(crate) fn design(bytes: usize) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/designs");
    let mut files: Vec<_> = fs::read_dir(folder).into_iter().flatten().flatten().map(|file| file.path()).collect();
    files.sort();
    let once: String = files.iter().filter_map(|file| fs::read_to_string(file).ok()).collect();
    let mut text = once.repeat(bytes / once.len().max(1) + 1);
    let end = text[..bytes].rfind('\n').map_or(bytes, |end| end + 1);
    text.truncate(end);
    text
}
