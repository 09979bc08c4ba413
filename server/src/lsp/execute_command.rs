//! `workspace/executeCommand`: pages for an editor to show. They change nothing, and an editor's own commands stand on them.

use serde_json::{Value, json};
use tower_lsp::{
    gen_lsp_types::{ExecuteCommandParams, Position, Uri},
    jsonrpc::{Error, Result},
};

use crate::{content::Library, ide};

use super::{from_proto, server::Server};

/// `[document?]`: the id and title of every question and concept that holds for the document, or for the workspace.
const PAGES: &str = "followup.get.pages";

/// `[id, document?]`: the page of a question or a concept, as Markdown.
const PAGE: &str = "followup.get.page";

/// `[document, line, character]`: the id of the concept that is mentioned there; null where none is.
const TERM: &str = "followup.get.term";

/// `[document]`: the review of an open document, as Markdown; null where it is not open.
const REVIEW: &str = "followup.get.review";

/// What can be asked for. The names are not those of an editor's commands: some editors make a command of each.
pub(super) const COMMANDS: [&str; 4] = [PAGES, PAGE, TERM, REVIEW];

impl Server {
    pub(super) async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        let arguments = params.arguments.unwrap_or_default();
        let string = |at: usize| arguments.get(at).and_then(Value::as_str).map(str::to_owned);
        match params.command.as_str() {
            PAGES => self.in_library(string(0), |library| Ok(Some(pages(library)))).await,
            PAGE => {
                let id = string(0).ok_or_else(|| Error::invalid_params(format!("`{PAGE}` wants the id of a question or a concept")))?;
                self.in_library(string(1), move |library| page(library, &id).map(|page| Some(page.into()))).await
            }
            TERM => {
                let uri = string(0).ok_or_else(|| Error::invalid_params(format!("`{TERM}` wants the URI of a document and a position")))?;
                let [line, character] = [1, 2].map(|at| arguments.get(at).and_then(Value::as_u64).and_then(|it| u32::try_from(it).ok()));
                let position = Position { line: line.unwrap_or(0), character: character.unwrap_or(0) };
                let term = self.ask(&Uri(uri), move |view| ide::term(view.analysis, view.offset(position)).map(Value::from)).await?;
                Ok(term.flatten())
            }
            REVIEW => {
                let uri = string(0).ok_or_else(|| Error::invalid_params(format!("`{REVIEW}` wants the URI of a document")))?;
                self.review_of(Uri(uri)).await
            }
            other => Err(Error::invalid_params(format!("there is no command `{other}`; there are {}", COMMANDS.join(", ")))),
        }
    }

    /// Asks the library that holds for a document, open or not, or for the workspace.
    async fn in_library(
        &self,
        document: Option<String>,
        ask: impl FnOnce(&Library) -> Result<Option<Value>> + Send + 'static,
    ) -> Result<Option<Value>> {
        let session = self.session.clone();
        let path = document.and_then(|uri| from_proto::path(&Uri(uri)));
        self.worker.answer(move || ask(&session.settings.resolve(path.as_deref()).library)).await?
    }

    async fn review_of(&self, uri: Uri) -> Result<Option<Value>> {
        let page = self.ask(&uri, |view| {
            let path = from_proto::path(&view.document.uri);
            let name = path.as_ref().and_then(|path| path.file_name()).map_or("this document".into(), |name| name.to_string_lossy());
            let address = Some(view.document.uri.0.as_str()).filter(|uri| uri.starts_with("file:"));
            ide::review_page(view.analysis, &name, address)
        });
        page.await.map(|page| page.map(Value::from))
    }
}

fn pages(library: &Library) -> Value {
    let questions = library.questions.iter().map(|question| (&question.id, &question.page.title));
    let concepts = library.concepts.iter().map(|concept| (&concept.id, &concept.page.title));
    questions.chain(concepts).map(|(id, title)| json!({ "id": id, "title": title })).collect()
}

fn page(library: &Library, id: &str) -> Result<String> {
    if let Some(question) = library.question(id) {
        return Ok(ide::explain_question(library, question));
    }
    match library.concepts_called(id).as_slice() {
        [concept] => Ok(ide::explain_concept(library, concept)),
        _ => Err(Error::invalid_params(format!("no question and no concept is called `{id}`; {}", ide::remedy_for(library, id)))),
    }
}
