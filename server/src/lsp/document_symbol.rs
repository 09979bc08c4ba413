//! `textDocument/documentSymbol`: sections and components, as a tree or as a list, as the editor can show them.

use tower_lsp::{
    gen_lsp_types::{DocumentSymbolParams, DocumentSymbolResponse},
    jsonrpc::Result,
};

use crate::ide;

use super::{server::Server, to_proto};

impl Server {
    pub(super) async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.ask(&params.text_document.uri, |view| to_proto::symbols(view, ide::symbols(view.analysis))).await
    }
}
