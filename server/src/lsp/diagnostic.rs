//! `textDocument/diagnostic`: the findings of a document for editors that ask for them, and nothing where they have not changed.

use std::hash::{DefaultHasher, Hash, Hasher};

use tower_lsp::{
    gen_lsp_types::{
        Diagnostic, DocumentDiagnosticParams, DocumentDiagnosticReport, FullDocumentDiagnosticReport, RelatedFullDocumentDiagnosticReport,
        RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport,
    },
    jsonrpc::Result,
};

use super::{server::Server, to_proto};

impl Server {
    pub(super) async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReport> {
        let diagnostics = self.ask(&params.text_document.uri, to_proto::diagnostics).await?.unwrap_or_default();
        Ok(report(diagnostics, params.previous_result_id))
    }

    /// Has the editor ask again for all documents, where it is one that asks.
    pub(super) fn refresh_diagnostics(&self) {
        if self.session.features().pulls_diagnostics {
            let client = self.session.client.clone();
            tokio::spawn(async move { client.workspace_diagnostic_refresh().await });
        }
    }
}

/// The result's id is made from what it says: equal findings have equal ids, across versions and sessions.
fn report(items: Vec<Diagnostic>, previous: Option<String>) -> DocumentDiagnosticReport {
    let mut hasher = DefaultHasher::new();
    items.hash(&mut hasher);
    let result_id = format!("{:016x}", hasher.finish());
    if previous.as_ref() == Some(&result_id) {
        RelatedUnchangedDocumentDiagnosticReport {
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
            ..Default::default()
        }
        .into()
    } else {
        RelatedFullDocumentDiagnosticReport {
            full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: Some(result_id), items },
            ..Default::default()
        }
        .into()
    }
}
