//! Designs of many kinds, each with its whole review: what is understood of it, what is open, and which sentence answers.

use std::{ffi::OsStr, fs, path::Path};

use expect_test::expect_file;
use followup::{
    config::Severities,
    content::Library,
    ide::{self, Analysis},
};

/// A change here is read before it is accepted: it is the change as people will see it.
#[test]
fn each_design_is_understood_as_its_review_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/check");
    let files = fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path());
    let mut designs: Vec<_> = files.filter(|path| path.extension() == Some(OsStr::new("md"))).collect();
    designs.sort();
    assert!(!designs.is_empty());
    for path in designs {
        let text = fs::read_to_string(&path).unwrap();
        let analysis = Analysis::new(text.into(), Library::built_in(), &Severities::default());
        let name = path.file_name().and_then(OsStr::to_str).unwrap();
        let review = ide::review_page(&analysis, name, None);
        expect_file![folder.join("reviews").join(name)].assert_eq(&review);
    }
}
