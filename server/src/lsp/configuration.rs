//! Settings as the editor gives them and tells of their change: at the start, when asked, and when files change.

use std::path::PathBuf;

use serde_json::Value;
use tower_lsp::gen_lsp_types::{
    ConfigurationItem, DidChangeConfigurationParams, DidChangeWatchedFilesParams, DidChangeWatchedFilesRegistrationOptions,
    DidChangeWorkspaceFoldersParams, FileSystemWatcher, InitializeParams, Registration, RootPath, Uri, WorkspaceFolder, WorkspaceFolders,
};

use super::{from_proto, server::Server, to_proto};

/// The section of the editor's settings that is ours.
const SECTION: &str = "followup";

/// The files that settings and content come from.
const WATCHED: [&str; 2] = ["**/followup.toml", "**/.followup/**"];

/// Does a change of this file change what holds for a document?
pub(super) fn concerns_settings(uri: &Uri) -> bool {
    uri.0.ends_with("/followup.toml") || uri.0.contains("/.followup/")
}

impl Server {
    /// Takes over what comes with the first message: the folders that are open and the options of the editor's client.
    pub(super) fn begin_settings(&self, params: InitializeParams) {
        let options = params.initialization_options.clone().unwrap_or_default();
        self.session.settings.begin(roots(params), section(options));
    }

    /// Asks the editor to tell of changes, where it can be asked.
    pub(super) fn register_for_changes(&self) {
        let features = self.session.features();
        let mut registrations = Vec::new();
        if features.registers_configuration {
            registrations.push(Registration {
                id: "followup-configuration".to_owned(),
                method: "workspace/didChangeConfiguration".to_owned(),
                register_options: Some(serde_json::json!({ "section": SECTION })),
            });
        }
        if features.registers_watchers {
            let watchers = WATCHED.map(|glob| FileSystemWatcher { glob_pattern: glob.to_owned().into(), kind: None }).into();
            registrations.push(Registration {
                id: "followup-files".to_owned(),
                method: "workspace/didChangeWatchedFiles".to_owned(),
                register_options: serde_json::to_value(DidChangeWatchedFilesRegistrationOptions { watchers }).ok(),
            });
        }
        if !registrations.is_empty() {
            let session = self.session.clone();
            tokio::spawn(async move {
                if let Err(error) = session.client.register_capability(registrations).await {
                    session.log.line(&format!("the editor will not tell when settings change: {error}"));
                }
            });
        }
    }

    /// Asks for the editor's settings, for everything and for each open folder, where it can be asked. A handler must not wait for the answer.
    pub(super) fn ask_for_configuration(&self) {
        if !self.session.features().configuration {
            return;
        }
        let server = self.clone();
        tokio::spawn(async move {
            let roots = server.session.settings.roots();
            let scopes = [None].into_iter().chain(roots.iter().map(|root| Some(to_proto::uri(root))));
            let items = scopes.map(|scope_uri| ConfigurationItem { scope_uri, section: Some(SECTION.to_owned()) }).collect();
            match server.session.client.configuration(items).await {
                Ok(answers) => {
                    let scopes = [None].into_iter().chain(roots.into_iter().map(Some));
                    if server.session.settings.set_editor(scopes.zip(answers).collect()) {
                        server.reload_settings();
                    }
                }
                Err(error) => server.session.log.line(&format!("the editor did not give its settings: {error}")),
            }
        });
    }

    pub(super) async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        if self.session.features().configuration {
            // Editors that can be asked send nothing of use here.
            self.ask_for_configuration();
        } else {
            if self.session.settings.set_editor([(None, section(params.settings))].into()) {
                self.reload_settings();
            }
        }
    }

    pub(super) async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        if params.changes.iter().any(|change| concerns_settings(&change.uri)) {
            self.reload_settings();
        }
    }

    pub(super) async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.session.settings.change_roots(paths(&params.event.added), &paths(&params.event.removed));
        self.ask_for_configuration();
        self.reload_settings();
    }

    /// Reads all settings anew and reviews every open document under them.
    pub(super) fn reload_settings(&self) {
        let session = self.session.clone();
        self.worker.change(move || session.settings.reload());
        for document in self.session.documents.all() {
            self.session.documents.put(document.afresh());
            self.review(document.uri.clone());
        }
        self.refresh_diagnostics();
        self.tell_problems();
    }

    /// Has the mistakes in settings and content files told, on those files.
    pub(super) fn tell_problems(&self) {
        let session = self.session.clone();
        self.worker.run(move || session.tell_problems());
    }
}

/// Our section of an editor's settings; some editors send it alone.
fn section(mut settings: Value) -> Value {
    settings.get_mut(SECTION).map(Value::take).unwrap_or(settings)
}

fn paths(folders: &[WorkspaceFolder]) -> Vec<PathBuf> {
    folders.iter().filter_map(|folder| from_proto::path(&folder.uri)).collect()
}

/// The folders that are open, in the newest form in which the editor gives them.
fn roots(params: InitializeParams) -> Vec<PathBuf> {
    #[expect(deprecated, reason = "editors of old give nothing else")]
    let (root_uri, root_path) = (params.root_uri, params.root_path);
    match (params.workspace_folders_initialize_params.workspace_folders, root_uri, root_path) {
        (Some(WorkspaceFolders::WorkspaceFolderList(folders)), ..) => paths(&folders),
        (_, Some(uri), _) => from_proto::path(&uri).into_iter().collect(),
        (_, None, Some(RootPath::String(path))) => vec![path.into()],
        _ => Vec::new(),
    }
}
