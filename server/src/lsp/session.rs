//! What lasts as long as the editor is there, shared by the handlers and the worker.

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use tower_lsp::{
    Client,
    gen_lsp_types::{Diagnostic, Uri},
};

use crate::ide::Analysis;

use super::{
    capabilities::Features,
    documents::{Document, Documents},
    log::Log,
    publisher::Publisher,
    settings::{Resolved, Settings},
    to_proto,
};

pub(super) struct Session {
    pub(super) client: Client,
    pub(super) documents: Arc<Documents>,
    pub(super) settings: Settings,
    pub(super) publisher: Publisher,
    pub(super) log: Log,
    features: OnceLock<Features>,
}

/// One version of a document with all that is needed to answer for it.
pub(super) struct View<'a> {
    pub(super) document: &'a Document,
    pub(super) analysis: &'a Analysis,
    pub(super) resolved: &'a Resolved,
    pub(super) features: &'a Features,
}

impl Session {
    pub(super) fn new(client: Client, documents: Arc<Documents>, publisher: Publisher, log: Log) -> Self {
        Self { client, documents, settings: Settings::default(), publisher, log, features: OnceLock::new() }
    }

    /// What the editor can do. Before it has said so: nothing.
    pub(super) fn features(&self) -> &Features {
        static NONE: OnceLock<Features> = OnceLock::new();
        self.features.get().unwrap_or_else(|| NONE.get_or_init(Features::default))
    }

    /// What the editor said of itself; the first word counts.
    pub(super) fn introduce(&self, features: Features) -> &Features {
        self.features.get_or_init(|| features)
    }

    /// Looks at one version of a document. May read files and takes time: for the worker only.
    pub(super) fn view<T>(&self, document: &Document, look: impl FnOnce(&View<'_>) -> T) -> T {
        let resolved = self.settings.resolve(&document.uri);
        let analysis = document.analysis(|| resolved.clone());
        look(&View { document, analysis, resolved: &resolved, features: self.features() })
    }

    /// Reviews a document as it stands and publishes what was found. For the worker only.
    pub(super) fn review(&self, uri: &Uri) {
        let Some(document) = self.documents.get(uri).filter(|document| document.in_sync) else { return };
        let diagnostics = self.view(&document, to_proto::diagnostics);
        self.publisher.reviewed(document, diagnostics, self.features().minds_versions);
    }

    /// The mistakes in settings and content files, by file. May read files: for the worker only.
    pub(super) fn problems(&self) -> HashMap<Uri, Vec<Diagnostic>> {
        HashMap::new()
    }
}

impl View<'_> {
    /// Is it the kind of document that gets findings? Settings files may be open for their hovers alone.
    pub(super) fn is_reviewed(&self) -> bool {
        self.document.language != "toml"
    }
}
