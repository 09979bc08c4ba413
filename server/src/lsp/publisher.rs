//! The one place that publishes diagnostics, so that old ones never overtake new ones and nothing is said twice.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tower_lsp::{
    Client,
    gen_lsp_types::{Diagnostic, MessageType, Uri},
};

use super::documents::{Document, Documents};

/// Hands diagnostics to the task that publishes them.
#[derive(Clone)]
pub(super) struct Publisher {
    news: UnboundedSender<News>,
}

enum News {
    Reviewed { document: Arc<Document>, diagnostics: Vec<Diagnostic>, minds_versions: bool },
    Closed(Uri),
    Problems(HashMap<Uri, Vec<Diagnostic>>),
    Message(MessageType, String),
}

impl Publisher {
    /// A publisher, and the work that must run for as long as the session lasts.
    pub(super) fn new(client: Client, documents: Arc<Documents>) -> (Self, impl Future<Output = ()>) {
        let (news, waiting) = mpsc::unbounded_channel();
        (Self { news }, publish(client, documents, waiting))
    }

    /// The findings of `document`. Dropped where it is no longer the current version; left unsaid where they equal what the editor has, unless it
    /// `minds_versions` and this one is new.
    pub(super) fn reviewed(&self, document: Arc<Document>, diagnostics: Vec<Diagnostic>, minds_versions: bool) {
        let _ = self.news.send(News::Reviewed { document, diagnostics, minds_versions });
    }

    /// The document is closed: what was said of its text is taken back.
    pub(super) fn closed(&self, uri: Uri) {
        let _ = self.news.send(News::Closed(uri));
    }

    /// All mistakes in settings and content files, by file; they take the place of those told before.
    pub(super) fn problems(&self, problems: HashMap<Uri, Vec<Diagnostic>>) {
        let _ = self.news.send(News::Problems(problems));
    }

    /// A message for the person, in order with the diagnostics.
    pub(super) fn tell(&self, kind: MessageType, message: String) {
        let _ = self.news.send(News::Message(kind, message));
    }
}

/// What the editor shows of one file.
#[derive(Default)]
struct Shown {
    findings: Vec<Diagnostic>,
    /// Mistakes in the file, where it is one of settings or content.
    problems: Vec<Diagnostic>,
    /// What was last sent, and for which version; none where nothing was.
    sent: Option<(Option<i32>, Vec<Diagnostic>)>,
}

async fn publish(client: Client, documents: Arc<Documents>, mut waiting: UnboundedReceiver<News>) {
    let mut files: HashMap<Uri, Shown> = HashMap::new();
    while let Some(news) = waiting.recv().await {
        match news {
            News::Message(kind, message) => client.show_message(kind, message).await,
            News::Reviewed { document, diagnostics, minds_versions } => {
                let current = documents.get(&document.uri);
                if current.is_some_and(|current| Arc::ptr_eq(&current, &document)) {
                    let shown = files.entry(document.uri.clone()).or_default();
                    shown.findings = diagnostics;
                    shown.send(&client, &document.uri, Some(document.version), minds_versions).await;
                }
            }
            News::Closed(uri) => {
                if let Some(mut shown) = files.remove(&uri) {
                    shown.findings.clear();
                    shown.take_back(&client, &uri).await;
                    if !shown.problems.is_empty() {
                        files.insert(uri, shown);
                    }
                }
            }
            News::Problems(mut problems) => {
                let concerned: HashSet<Uri> = files.keys().chain(problems.keys()).cloned().collect();
                for uri in concerned {
                    let now = problems.remove(&uri).unwrap_or_default();
                    let shown = files.entry(uri.clone()).or_default();
                    if shown.problems != now {
                        shown.problems = now;
                        let version = documents.get(&uri).map(|document| document.version);
                        shown.send(&client, &uri, version, false).await;
                    }
                }
            }
        }
    }
}

impl Shown {
    async fn send(&mut self, client: &Client, uri: &Uri, version: Option<i32>, minds_versions: bool) {
        let all = [self.problems.as_slice(), self.findings.as_slice()].concat();
        let known = self.sent.as_ref().is_some_and(|(told, sent)| *sent == all && (!minds_versions || *told == version));
        if !known {
            client.publish_diagnostics(uri.clone(), all.clone(), version).await;
            self.sent = Some((version, all));
        }
    }

    /// Sends what is left, unless the editor shows nothing anyway.
    async fn take_back(&mut self, client: &Client, uri: &Uri) {
        if self.sent.as_ref().is_some_and(|(_, sent)| !sent.is_empty()) {
            self.send(client, uri, None, false).await;
        }
    }
}
