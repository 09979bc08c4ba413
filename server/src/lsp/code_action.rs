//! `textDocument/codeAction`: what can be done for the findings at a place, or for those that the editor names.

use tower_lsp::{gen_lsp_types::CodeAction, jsonrpc::Result};

use crate::ide::{self, ActionKind};

use super::{from_proto::CodeActionParams, server::Server, to_proto};

impl Server {
    pub(super) async fn code_action(&self, params: CodeActionParams) -> Result<Option<Vec<CodeAction>>> {
        let CodeActionParams { text_document, range, context } = params;
        let actions = self.ask(&text_document.uri, move |view| {
            // An edit made for a text that the editor does not have would do harm.
            if !view.document.in_sync {
                return Vec::new();
            }
            let shown = to_proto::findings(view);
            let wanted = |kind| wanted(&to_proto::kind(kind), context.only.as_deref());
            let actions = if wanted(ActionKind::Source) && !wanted(ActionKind::QuickFix) {
                // Whoever asks for all checklists by name gets them even where there is one; in a menu it would only double its quick fix.
                ide::insert_all(view.analysis, 1).into_iter().collect()
            } else {
                ide::actions(view.analysis, view.bytes(range), &context.keys())
            };
            actions.into_iter().filter(|action| wanted(action.kind)).map(|action| to_proto::action(view, action, &shown)).collect()
        });
        actions.await
    }
}

/// Does the editor want actions of this kind? `source` stands for `source.followup` as well, and the empty kind for all.
fn wanted(kind: &str, only: Option<&[String]>) -> bool {
    let covers = |wanted: &String| {
        wanted.is_empty() || kind.strip_prefix(wanted.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    only.is_none_or(|only| only.iter().any(covers))
}

#[cfg(test)]
mod tests {
    use super::wanted;

    fn check(kind: &str, only: &[&str]) -> bool {
        wanted(kind, Some(&only.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>()))
    }

    #[test]
    fn a_kind_covers_the_kinds_below_it() {
        assert!(check("source.followup", &["source"]));
        assert!(check("source.followup", &["refactor", "source.followup"]));
        assert!(check("quickfix", &[""]));
        assert!(wanted("quickfix", None));
    }

    #[test]
    fn a_kind_covers_no_other() {
        assert!(!check("source.followup", &["source.follow"]));
        assert!(!check("source.followup", &["source.followup.all"]));
        assert!(!check("quickfix", &["source"]));
        assert!(!check("quickfix", &[]));
    }
}
