//! Whatever stands in a document, it gets a review and answers, and every place in them is a place in the text.

use std::ops::Range;

use followup::{
    config::Severities,
    content::Library,
    ide::{self, Analysis},
};
use proptest::prelude::*;

use crate::pieces::PIECES;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn no_document_makes_it_fail(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..60)) {
        let text = pieces.concat();
        let analysis = Analysis::new(text.as_str().into(), Library::built_in(), &Severities::default());
        let is_place = |range: &Range<usize>| text.get(range.clone()).is_some();
        let mut keys = Vec::new();
        for finding in ide::diagnostics(&analysis) {
            prop_assert!(is_place(&finding.range) && finding.related.iter().all(|(range, _)| is_place(range)), "{:?}", finding);
            keys.push(finding.key);
        }
        for symbol in ide::symbols(&analysis) {
            prop_assert!(is_place(&symbol.range) && is_place(&symbol.name_range), "{:?}", symbol);
        }
        for action in ide::actions(&analysis, 0..text.len(), &keys) {
            prop_assert!(action.edits.iter().all(|edit| is_place(&edit.range)), "{:?}", action);
        }
        for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
            if let Some(hover) = ide::hover(&analysis, offset, None) {
                prop_assert!(is_place(&hover.range), "{:?}", hover);
                ide::plain(&hover.markdown);
            }
            for completion in ide::completions(&analysis, offset) {
                prop_assert!(is_place(&completion.range), "{:?}", completion);
            }
            ide::hover_settings(&analysis, offset);
        }
    }
}
