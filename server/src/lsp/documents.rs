//! The open documents, each version a value of its own.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use dashmap::DashMap;
use tower_lsp::gen_lsp_types::Uri;

use crate::{
    ide::Analysis,
    review::Memo,
    text::Text,
    workspace::{LIMIT, Resolved},
};

/// An analysis, and what it was made with beside the text.
type Made = (Arc<Resolved>, Arc<Analysis>);

/// One version of an open document. It never changes: an edit makes the next one, so that whoever holds this one has a snapshot.
#[derive(Debug)]
pub(super) struct Document {
    /// As the editor wrote it: it is sent back to the letter.
    pub(super) uri: Uri,
    pub(super) version: i32,
    /// `markdown`, or what else the editor takes it for.
    pub(super) language: String,
    pub(super) text: Text,
    /// False once an edit may have been lost; then edits are not applied until the whole text comes.
    pub(super) in_sync: bool,
    /// What the last version that was analysed knew.
    memo: Arc<Memo>,
    /// The newest one, with the settings and content that it was made with. Never locked for long: edits look at it, too.
    analysis: Mutex<Option<Made>>,
}

impl Document {
    pub(super) fn new(uri: Uri, language: String, version: i32, text: Text) -> Self {
        Self { uri, version, language, text, in_sync: true, memo: Arc::default(), analysis: Mutex::default() }
    }

    /// The version that follows.
    pub(super) fn next(&self, version: i32, text: Text) -> Self {
        let memo = self.newest().as_ref().map_or_else(|| self.memo.clone(), |(_, analysis)| analysis.memo.clone());
        Self { memo, ..Self::new(self.uri.clone(), self.language.clone(), version, text) }
    }

    /// The same version, to be analysed anew.
    pub(super) fn afresh(&self) -> Self {
        Self { in_sync: self.in_sync, ..self.next(self.version, self.text.clone()) }
    }

    /// The same version, with edits missing.
    pub(super) fn out_of_sync(&self) -> Self {
        Self { in_sync: false, ..self.afresh() }
    }

    /// Is it a settings file, open for the pages of the questions that it names?
    pub(super) fn is_settings(&self) -> bool {
        self.language == "toml"
    }

    /// Is it larger than what is reviewed? Then it is kept in step, and only hovers look at it.
    pub(super) fn is_too_large(&self, resolved: &Resolved) -> bool {
        self.text.len() as u64 > LIMIT || resolved.settings.is_too_large(self.text.len())
    }

    /// All that can be worked out of it, worked out once for the same settings and content. Costs time in proportion to the text: for the worker only.
    pub(super) fn analysis(&self, resolved: &Arc<Resolved>) -> Arc<Analysis> {
        if let Some((_, analysis)) = self.newest().as_ref().filter(|(with, _)| Arc::ptr_eq(with, resolved)) {
            return analysis.clone();
        }
        let (library, settings) = (resolved.library.clone(), &resolved.settings);
        let analysis = Arc::new(match self.is_too_large(resolved) {
            true => Analysis::too_large(self.text.len(), settings.max_size().min(LIMIT), library),
            false => Analysis::after(&self.memo, (&self.text).into(), library, &settings.severities),
        });
        *self.newest() = Some((resolved.clone(), analysis.clone()));
        analysis
    }

    fn newest(&self) -> MutexGuard<'_, Option<Made>> {
        self.analysis.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// All open documents by the editor's own URI.
///
/// Nothing here gives out a guard of the map, since one that is held while the map is used again stops the server for good.
#[derive(Default)]
pub(super) struct Documents {
    map: DashMap<Uri, Arc<Document>>,
}

impl Documents {
    /// The document as it stands now.
    pub(super) fn get(&self, uri: &Uri) -> Option<Arc<Document>> {
        self.map.get(uri).map(|document| document.value().clone())
    }

    pub(super) fn put(&self, document: Document) {
        self.map.insert(document.uri.clone(), Arc::new(document));
    }

    pub(super) fn remove(&self, uri: &Uri) -> Option<Arc<Document>> {
        self.map.remove(uri).map(|(_, document)| document)
    }

    pub(super) fn all(&self) -> Vec<Arc<Document>> {
        self.map.iter().map(|document| document.value().clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_that_is_closed_is_kept_by_nobody() {
        let (documents, uri) = (Documents::default(), Uri("untitled:a".to_owned()));
        documents.put(Document::new(uri.clone(), "markdown".to_owned(), 1, Text::new("a")));
        let first = Arc::downgrade(&documents.get(&uri).unwrap());
        documents.put(documents.get(&uri).unwrap().next(2, Text::new("b")));
        assert!(first.upgrade().is_none(), "nor is an older version");
        let second = Arc::downgrade(&documents.remove(&uri).unwrap());
        assert!(second.upgrade().is_none());
    }
}
