//! What was read of each piece of text, handed from one version of a document to the next.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::tree::{Parsed, Reader};

/// The facts of each piece of text that had any candidate, by the text itself; places count from its start. Holds one version's pieces.
#[derive(Debug, Clone, Default)]
pub struct Memo {
    pieces: FxHashMap<Arc<str>, Arc<[Parsed]>>,
}

impl Memo {
    /// The facts of `piece`: those known from this version or the one before, else read now.
    pub(super) fn take(&mut self, before: &Self, piece: &str, reader: &mut Reader) -> Arc<[Parsed]> {
        if let Some(known) = self.pieces.get(piece) {
            return known.clone();
        }
        let (piece, facts) = match before.pieces.get_key_value(piece) {
            Some((piece, facts)) => (piece.clone(), facts.clone()),
            None => (piece.into(), reader.read(piece).into()),
        };
        self.pieces.insert(piece, facts.clone());
        facts
    }
}
