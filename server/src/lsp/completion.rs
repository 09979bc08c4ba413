//! `textDocument/completion`: the templates that fit, with tab stops where the editor takes them. Offered when asked for, never on typing alone.

use tower_lsp::{
    gen_lsp_types::{CompletionItem, CompletionParams},
    jsonrpc::Result,
};

use crate::ide;

use super::{server::Server, to_proto};

impl Server {
    pub(super) async fn completion(&self, params: CompletionParams) -> Result<Option<Vec<CompletionItem>>> {
        let at = params.text_document_position_params;
        let completions = self.ask(&at.text_document.uri, move |view| {
            if !view.document.in_sync {
                return Vec::new();
            }
            let completions = ide::completions(view.analysis, view.offset(at.position));
            completions.into_iter().map(|completion| to_proto::completion(view, completion)).collect()
        });
        completions.await
    }
}
