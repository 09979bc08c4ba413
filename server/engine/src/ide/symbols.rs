//! The components of a design, for an outline view.

use super::{Analysis, Symbol};
use crate::review::{Status, Subject};

/// The components, each with how many questions are open about it.
pub fn symbols(analysis: &Analysis) -> Vec<Symbol> {
    let open = |id: &str| {
        let of_it = |subject: &Subject| matches!(subject, Subject::Component(other) if other == id);
        let open = |status: Status| matches!(status, Status::Open | Status::Started);
        analysis.review.questions.iter().filter(|asked| of_it(&asked.subject) && open(asked.status)).count()
    };
    let components = analysis.review.components.iter();
    let symbol = |component: &crate::review::Component| {
        let block = analysis.outline.block_at(component.range.start).map(|block| analysis.outline.blocks[block].range.clone());
        let detail = match open(&component.id) {
            0 => component.concept.clone(),
            open => format!("{}, {open} open", component.concept),
        };
        let (start, end) = (component.range.start, component.range.end);
        let around = block.unwrap_or(component.range.clone());
        Symbol {
            name: component.title.clone(),
            detail,
            range: around.start.min(start)..around.end.max(end),
            name_range: component.range.clone(),
        }
    };
    components.map(symbol).collect()
}
