//! What lasts as long as the editor is there, shared by the handlers and the worker.

use std::{
    collections::HashSet,
    path::PathBuf,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use tower_lsp::{
    Client,
    gen_lsp_types::{MessageType, Uri},
};

use crate::{ide::Analysis, workspace::Resolved};

use super::{
    capabilities::Features,
    documents::{Document, Documents},
    from_proto,
    log::Log,
    problems,
    publisher::Publisher,
    settings::Settings,
    to_proto,
};

pub(super) struct Session {
    pub(super) client: Client,
    pub(super) documents: Arc<Documents>,
    pub(super) settings: Settings,
    pub(super) publisher: Publisher,
    pub(super) log: Log,
    features: OnceLock<Features>,
    /// Mistakes in the editor's own settings that were told: they have no file to stand on, so each is said once.
    told: Mutex<HashSet<String>>,
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
        Self { client, documents, settings: Settings::new(), told: Mutex::default(), publisher, log, features: OnceLock::new() }
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
        let resolved = self.settings.resolve(from_proto::path(&document.uri).as_deref());
        let analysis = document.analysis(&resolved);
        look(&View { document, analysis: &analysis, resolved: &resolved, features: self.features() })
    }

    /// Reviews a document as it stands and publishes what was found. For the worker only.
    pub(super) fn review(&self, uri: &Uri) {
        let Some(document) = self.documents.get(uri).filter(|document| document.in_sync) else { return };
        let diagnostics = self.view(&document, to_proto::diagnostics);
        self.publisher.reviewed(document, diagnostics, self.features().minds_versions);
    }

    /// Tells all mistakes in settings and content, on the files that they are in. For the worker only.
    pub(super) fn tell_problems(&self) {
        let open: Vec<(Uri, Option<PathBuf>)> =
            self.documents.all().into_iter().map(|it| (it.uri.clone(), from_proto::path(&it.uri))).collect();
        let (in_files, said) = problems::sort(self.settings.problems(open.iter().map(|(_, path)| path.as_deref())));
        self.publisher.problems(problems::by_file(&in_files, &open, self.features().encoding));
        for message in said {
            if self.told.lock().unwrap_or_else(PoisonError::into_inner).insert(message.clone()) {
                self.publisher.tell(MessageType::Warning, message);
            }
        }
    }
}

impl View<'_> {
    /// Does it get findings? Not where settings leave it out, and settings files may be open for their hovers alone.
    pub(super) fn is_reviewed(&self) -> bool {
        let path = from_proto::path(&self.document.uri);
        !self.document.is_settings() && path.is_none_or(|path| self.resolved.settings.reviews(&path))
    }
}
