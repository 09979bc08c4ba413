//! `textDocument/hover`: the note on what the pointer rests on, in the version that stood before the request.

use tower_lsp::{
    gen_lsp_types::{Hover, HoverParams},
    jsonrpc::Result,
};

use crate::ide;

use super::{from_proto, server::Server, to_proto};

impl Server {
    pub(super) async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let at = params.text_document_position_params;
        let hover = self.ask(&at.text_document.uri, move |view| {
            if view.document.is_settings() {
                return Some(to_proto::hover(view, ide::hover_settings(view.analysis, view.offset(at.position))?));
            }
            if view.document.is_too_large(view.resolved) {
                let text = &view.document.text;
                let offset = from_proto::offset(text, at.position, view.features.encoding);
                return Some(to_proto::hover(view, ide::hover_excerpt(text, offset, view.resolved.library.clone())?));
            }
            // The note links to lines of the document; only a file can be linked to.
            let address = Some(view.document.uri.0.as_str()).filter(|uri| uri.starts_with("file:"));
            let hover = ide::hover(view.analysis, view.offset(at.position), address)?;
            Some(to_proto::hover(view, hover))
        });
        hover.await.map(Option::flatten)
    }
}
