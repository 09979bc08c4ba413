//! `didOpen`, `didChange`, `didClose`, `didSave`: the editor's text is the truth, and no edit is lost in silence.
//!
//! Everything here happens before the first wait, so that edits are applied in the order in which they were sent.

use serde::Deserialize;
use tower_lsp::gen_lsp_types::{DidCloseTextDocumentParams, DidSaveTextDocumentParams, LspAny, MessageType};

use crate::text::Text;

use super::{
    configuration::concerns_settings,
    documents::Document,
    from_proto::{self, DidChange, DidOpen},
    server::Server,
};

impl Server {
    pub(super) async fn did_open(&self, params: LspAny) {
        match DidOpen::deserialize(&params) {
            Ok(DidOpen { text_document: opened }) => {
                let document = Document::new(opened.uri.clone(), opened.language_id, opened.version, Text::new(&opened.text));
                self.session.documents.put(document);
                self.review(opened.uri);
                // It may lie where other settings hold.
                self.tell_problems();
            }
            Err(error) => self.lost_an_edit(&params, &error.to_string()),
        }
    }

    pub(super) async fn did_change(&self, params: LspAny) {
        match DidChange::deserialize(&params) {
            Ok(change) => self.apply(change),
            Err(error) => self.lost_an_edit(&params, &error.to_string()),
        }
    }

    pub(super) async fn did_close(&self, params: DidCloseTextDocumentParams) {
        let uri = params.text_document.uri;
        if self.session.documents.remove(&uri).is_some() {
            self.session.publisher.closed(uri);
            self.tell_problems();
        }
    }

    pub(super) async fn did_save(&self, params: DidSaveTextDocumentParams) {
        if concerns_settings(&params.text_document.uri) {
            self.reload_settings();
        }
    }

    fn apply(&self, DidChange { text_document: changed, content_changes: changes }: DidChange) {
        let Some(document) = self.session.documents.get(&changed.uri) else {
            self.session.log.line(&format!("ignored an edit of {}, which is not open", changed.uri.0));
            return;
        };
        // What comes before a whole text does not matter, not even where edits are missing.
        let whole = changes.iter().rposition(|change| change.range.is_none());
        if !document.in_sync && whole.is_none() {
            return;
        }
        let encoding = self.session.features().encoding;
        let mut text = document.text.clone();
        for change in &changes[whole.unwrap_or(0)..] {
            match change.range {
                Some(range) => text.replace(from_proto::range(&text, range, encoding), &change.text),
                None => text = Text::new(&change.text),
            }
        }
        self.session.documents.put(document.next(changed.version.unwrap_or(document.version), text));
        self.review(changed.uri);
    }

    /// A message could not be read. It may have been an edit of any document.
    pub(super) fn lost_a_message(&self, reason: &str) {
        self.suspend(|_| true, reason);
    }

    /// An edit could not be read; the document that it names is no longer what the editor shows, or any document where it names none.
    fn lost_an_edit(&self, params: &LspAny, reason: &str) {
        self.session.log.line(&format!("could not read an edit: {reason}"));
        let uri = params["textDocument"]["uri"].as_str();
        self.suspend(|document| uri.is_none_or(|uri| document.uri.0 == uri), reason);
    }

    /// Applies no more edits to these documents until their whole text comes, and says so, once.
    fn suspend(&self, concerned: impl Fn(&Document) -> bool, reason: &str) {
        let open = self.session.documents.all();
        let lost: Vec<_> = open.iter().filter(|document| document.in_sync && concerned(document)).collect();
        if lost.is_empty() {
            return;
        }
        for document in &lost {
            self.session.documents.put(document.out_of_sync());
        }
        let which = match lost.as_slice() {
            [one] => one.uri.0.clone(),
            many => format!("{} documents", many.len()),
        };
        let message = format!(
            "Followup could not read a message from the editor and may have missed an edit of {which}; close and open it again to go on ({reason})"
        );
        self.session.publisher.tell(MessageType::Warning, message);
    }
}
