//! What holds for a document, from all the places that a person may say it: files, and the editor's settings for all and for each folder.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde_json::Value;

use crate::workspace::{Options, Problem, Resolved, Said, Workspace, absolute};

/// Where settings come from, and what was made of them.
pub(super) struct Settings {
    sources: Mutex<Sources>,
}

struct Sources {
    /// The folders that are open, each with what holds there.
    roots: Vec<(PathBuf, Arc<Workspace>)>,
    /// What holds for documents that lie in no open folder.
    elsewhere: Arc<Workspace>,
    /// What came with the first message.
    options: Value,
    /// What the editor says for everything (no folder) and for each folder.
    editor: HashMap<Option<PathBuf>, Value>,
}

impl Settings {
    pub(super) fn new() -> Self {
        let elsewhere = workspace(absolute(Path::new(".")));
        Self { sources: Mutex::new(Sources { roots: Vec::new(), elsewhere, options: Value::Null, editor: HashMap::new() }) }
    }

    /// What holds for the document at `path`, or for one that was never saved. May read files: for the worker only.
    pub(super) fn resolve(&self, path: Option<&Path>) -> Arc<Resolved> {
        let workspace = self.lock().workspace_of(path);
        workspace.settings_for(path)
    }

    /// What is wrong with the settings and the content of the open folders and of these documents, each said once. May read files.
    pub(super) fn problems<'a>(&self, documents: impl IntoIterator<Item = Option<&'a Path>>) -> Vec<Problem> {
        let roots: Vec<_> = self.lock().roots.iter().map(|(_, workspace)| workspace.clone()).collect();
        let resolved =
            roots.iter().map(|workspace| workspace.settings_for(None)).chain(documents.into_iter().map(|path| self.resolve(path)));
        let mut problems: Vec<Problem> = resolved.flat_map(|resolved| resolved.problems.clone()).collect();
        problems.sort();
        problems.dedup();
        problems
    }

    /// The session begins with these folders open and these options.
    pub(super) fn begin(&self, roots: Vec<PathBuf>, options: Value) {
        let mut sources = self.lock();
        sources.options = options;
        sources.open(roots);
        // The folders are new, so nobody reads there yet.
        sources.said().into_iter().for_each(|(workspace, said)| workspace.say(said));
    }

    pub(super) fn roots(&self) -> Vec<PathBuf> {
        self.lock().roots.iter().map(|(root, _)| root.clone()).collect()
    }

    /// Opens and closes folders; holds from the next [`Settings::reload`] on.
    pub(super) fn change_roots(&self, added: Vec<PathBuf>, removed: &[PathBuf]) {
        let mut sources = self.lock();
        sources.roots.retain(|(root, _)| !removed.contains(root) && !added.contains(root));
        sources.open(added);
    }

    /// Takes over what the editor says now; it holds from the next [`Settings::reload`] on. True where it is something new.
    pub(super) fn set_editor(&self, mut editor: HashMap<Option<PathBuf>, Value>) -> bool {
        editor.retain(|_, values| !values.is_null());
        let mut sources = self.lock();
        let new = sources.editor != editor;
        sources.editor = editor;
        new
    }

    /// Has everything worked out anew from what the editor says and the files say. Waits while files are read: for the worker only.
    pub(super) fn reload(&self) {
        let said = self.lock().said();
        for (workspace, said) in said {
            workspace.reload();
            workspace.say(said);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Sources> {
        self.sources.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sources {
    /// The workspace of the innermost open folder that a document lies in. One that was never saved belongs to the first folder, as editors
    /// have it.
    fn workspace_of(&self, path: Option<&Path>) -> Arc<Workspace> {
        let root = match path {
            Some(path) => self.roots.iter().filter(|(root, _)| path.starts_with(root)).max_by_key(|(root, _)| root.components().count()),
            None => self.roots.first(),
        };
        root.map_or(&self.elsewhere, |(_, workspace)| workspace).clone()
    }

    fn open(&mut self, roots: Vec<PathBuf>) {
        self.roots.extend(roots.into_iter().map(|root| (root.clone(), workspace(root))));
    }

    /// What to say to each workspace: the editor's settings for its folder, or for everything where it has none there; then the options.
    fn said(&self) -> Vec<(Arc<Workspace>, Vec<Said>)> {
        let roots = self.roots.iter().map(|(root, workspace)| (Some(root.clone()), workspace));
        let all = roots.chain([(None, &self.elsewhere)]).map(|(root, workspace)| {
            let of_folder = self.editor.get(&root).or_else(|| self.editor.get(&None));
            let settings = of_folder.cloned().unwrap_or_default();
            let said = [("the editor's settings", settings), ("the initialization options", self.options.clone())];
            (workspace.clone(), said.into_iter().map(|(by, values)| Said { by: by.to_owned(), values }).collect())
        });
        all.collect()
    }
}

fn workspace(home: PathBuf) -> Arc<Workspace> {
    Arc::new(Workspace::new(Options::from_env(home)))
}
