//! What holds for a document: the library of content and the weight of its questions, from all the places that a person may say it.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde_json::Value;
use tower_lsp::gen_lsp_types::Uri;

use crate::{config::Severities, content::Library};

/// All settings that concern one document.
#[derive(Debug)]
pub(super) struct Resolved {
    pub(super) library: Arc<Library>,
    pub(super) severities: Severities,
}

impl Resolved {
    /// The address of a question's page, where a person has given one.
    pub(super) fn page_of(&self, id: &str) -> Option<String> {
        let _ = id;
        None
    }
}

/// Where settings come from, and what was made of them.
#[derive(Default)]
pub(super) struct Settings {
    sources: Mutex<Sources>,
}

#[derive(Default)]
struct Sources {
    roots: Vec<PathBuf>,
    /// What came with the first message.
    options: Value,
    /// What the editor says for everything (no folder) and for each folder; takes the place of `options` where it speaks.
    editor: HashMap<Option<PathBuf>, Value>,
}

impl Settings {
    /// What holds for the document at `uri`. May read files: for the worker only.
    pub(super) fn resolve(&self, uri: &Uri) -> Arc<Resolved> {
        let _ = uri;
        Arc::new(Resolved { library: Library::built_in(), severities: Severities::default() })
    }

    pub(super) fn begin(&self, roots: Vec<PathBuf>, options: Value) {
        *self.lock() = Sources { roots, options, ..Sources::default() };
    }

    pub(super) fn roots(&self) -> Vec<PathBuf> {
        self.lock().roots.clone()
    }

    pub(super) fn change_roots(&self, added: Vec<PathBuf>, removed: Vec<PathBuf>) {
        let roots = &mut self.lock().roots;
        roots.retain(|root| !removed.contains(root) && !added.contains(root));
        roots.extend(added);
    }

    /// Takes over what the editor says now. True where it is something new.
    pub(super) fn set_editor(&self, editor: HashMap<Option<PathBuf>, Value>) -> bool {
        let mut sources = self.lock();
        let new = sources.editor != editor;
        sources.editor = editor;
        new
    }

    /// Files have changed: read them anew when they are needed.
    pub(super) fn forget(&self) {}

    fn lock(&self) -> MutexGuard<'_, Sources> {
        self.sources.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
