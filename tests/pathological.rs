//! Documents that nobody writes are answered like any other, within the stack that the server's worker has.

use std::{sync::Arc, thread};

use followup::{
    config::Severities,
    content::Library,
    ide::{self, Analysis},
};

#[path = "../server/benches/inputs/pathological.rs"]
mod inputs;

/// The benchmark takes them longer; here they are deep, and wide enough to show what grows with the square.
const LONG: usize = 50_000;

/// What a thread has that nobody asked for more, as the server's worker.
const STACK: usize = 2 << 20;

#[test]
fn the_worst_documents_are_answered() {
    for (name, text) in inputs::documents(LONG) {
        let answered = thread::Builder::new().stack_size(STACK).spawn(move || answer(text.into())).expect("a thread").join();
        assert!(answered.is_ok(), "{name}");
    }
}

/// All that an editor asks when a document is opened and the pointer rests somewhere.
fn answer(text: Arc<str>) {
    let analysis = Analysis::new(text.clone(), Library::built_in(), &Severities::default());
    let middle = text.floor_char_boundary(text.len() / 2);
    let findings = ide::diagnostics(&analysis);
    for range in findings.iter().map(|finding| &finding.range) {
        assert!(text.get(range.clone()).is_some(), "{range:?}");
    }
    ide::symbols(&analysis);
    ide::completions(&analysis, middle);
    ide::hover(&analysis, middle, None).into_iter().for_each(|hover| _ = ide::plain(&hover.markdown));
    let one = findings.into_iter().take(1).map(|finding| finding.key).collect::<Vec<_>>();
    ide::actions(&analysis, middle..middle, &one);
    // Typed behind: what is known is used.
    let typed: Arc<str> = format!("{text} ").into();
    Analysis::after(&analysis.memo, typed, analysis.library.clone(), &Severities::default());
}
