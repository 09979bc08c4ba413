//! Any document gets a review whose every place is a place in the text, and the same one where a part of it was known before.

use std::{ops::Range, sync::Arc};

use followup::{
    config::Severities,
    content::Library,
    ide::{self, Analysis},
};

use crate::pieces::PIECES;

/// The first byte says how the others are read: as they are, or as pieces of what designs and Markdown are made of.
pub(crate) fn check(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let text = match first % 3 {
        0 => String::from_utf8_lossy(rest).into_owned(),
        1 => pieces(rest),
        _ => format!("<!-- followup: design -->\n\n{}", pieces(rest)),
    };
    // What was known before: the document as it was when this much of it was written.
    let before = text.floor_char_boundary(text.len() * usize::from(*first) / 255);
    let memo = analysis(&text[..before]).memo;
    let after = Analysis::after(&memo, text.as_str().into(), Library::built_in(), &Severities::default());
    let fresh = analysis(&text);
    assert_eq!(after.outline, fresh.outline);
    assert_eq!(format!("{:?}", after.review), format!("{:?}", fresh.review));
    ask(&fresh, usize::from(*first) * 7);
}

fn analysis(text: &str) -> Analysis {
    Analysis::new(Arc::from(text), Library::built_in(), &Severities::default())
}

/// All that can be asked of it, at one place.
fn ask(analysis: &Analysis, offset: usize) {
    let text = &analysis.text;
    let is_place = |range: &Range<usize>| assert!(text.get(range.clone()).is_some(), "{range:?}");
    let findings = ide::diagnostics(analysis);
    findings
        .iter()
        .flat_map(|finding| [&finding.range].into_iter().chain(finding.related.iter().map(|(range, _)| range)))
        .for_each(is_place);
    ide::symbols(analysis).iter().flat_map(|symbol| [&symbol.range, &symbol.name_range]).for_each(is_place);
    let keys: Vec<_> = findings.into_iter().map(|finding| finding.key).collect();
    let offset = text.floor_char_boundary(offset.min(text.len()));
    let actions = ide::actions(analysis, 0..text.len(), &keys);
    actions.iter().flat_map(|action| &action.edits).for_each(|edit| is_place(&edit.range));
    ide::completions(analysis, offset).iter().for_each(|completion| is_place(&completion.range));
    ide::hover_settings(analysis, offset).iter().for_each(|hover| is_place(&hover.range));
    let places = analysis.review.mentions.iter().map(|mention| mention.range.start);
    let facts = analysis.review.facts.iter().map(|stated| stated.fact.range.start);
    for offset in places.chain(facts).take(8).chain([offset]) {
        if let Some(hover) = ide::hover(analysis, offset, Some("file:///a.md")) {
            is_place(&hover.range);
            ide::plain(&hover.markdown);
        }
    }
    ide::review_page(analysis, "a.md", None);
}

fn pieces(bytes: &[u8]) -> String {
    bytes
        .iter()
        .map(|byte| PIECES.get(usize::from(*byte)).map_or_else(|| char::from(byte & 0x7f).to_string(), |it| (*it).to_owned()))
        .collect()
}
