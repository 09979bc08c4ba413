//! Any content files make a library or are told, and a library made of them reviews a document.

use std::sync::Arc;

use followup::{
    config::Severities,
    content::{Library, Source},
    examples,
    ide::{self, Analysis},
};

/// Between two files; the first line of each is its path.
const BETWEEN: &str = "\n%%%%\n";

/// Something that content of one's own may speak of.
const DESIGN: &str = "<!-- followup: design -->\n\n# Teapots\n\nWe use a teapot, and tea is read through Redis. We add milk to 10 cups/s.\n\n\
                      | Part | Fails |\n| --- | --- |\n| teapot | breaks |\n\n- [ ] Milk is added by …\n";

pub(crate) fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let files = text.split(BETWEEN).take(8).filter_map(|file| file.split_once('\n'));
    let sources: Vec<_> = files.map(|(path, text)| Source { path: path.trim().to_owned(), text: text.to_owned() }).collect();
    let (library, problems) = Library::only(&sources);
    for problem in problems {
        assert!(problem.line > 0 && !problem.message.is_empty() && !problem.message.ends_with('.'), "{problem:?}");
    }
    for concept in &library.concepts {
        ide::plain(&ide::explain_concept(&library, concept));
    }
    for question in &library.questions {
        ide::plain(&ide::explain_question(&library, question));
    }
    examples::run(&library, |_| true);
    let analysis = Analysis::new(DESIGN.into(), Arc::new(library), &Severities::default());
    let keys: Vec<_> = ide::diagnostics(&analysis).into_iter().map(|finding| finding.key).collect();
    ide::actions(&analysis, 0..DESIGN.len(), &keys);
    for offset in 0..DESIGN.len() {
        // Only at ASCII: the design has one sign that is not.
        if DESIGN.is_char_boundary(offset) {
            ide::hover(&analysis, offset, None);
            ide::completions(&analysis, offset);
        }
    }
}
