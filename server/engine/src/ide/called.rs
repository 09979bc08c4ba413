//! What to ask for instead, where a person asks for a page that there is not.

use crate::{content::Library, text::nearest};

/// What to do where nothing has the name or id `words`, or several things have: to be said after that.
pub fn remedy_for(library: &Library, words: &str) -> String {
    let meant = library.concepts_called(words);
    if meant.len() > 1 {
        let ids: Vec<_> = meant.iter().map(|concept| format!("`{}`", concept.id)).collect();
        return format!("it is a name in {}; ask for one of them", ids.join(", "));
    }
    let questions = library.questions.iter().map(|question| (question.id.as_str(), question.id.as_str()));
    let names = library.concepts.iter().flat_map(|concept| {
        let names = concept.names.iter().flat_map(|names| &names.names).map(String::as_str);
        names.chain([concept.id.as_str()]).map(|name| (name, concept.id.as_str()))
    });
    let known: Vec<_> = questions.chain(names).collect();
    match nearest(words, known.iter().map(|(name, _)| *name)) {
        Some(near) => {
            let id = known.iter().find(|(name, _)| *name == near).map_or(near, |(_, id)| id);
            format!("did you mean `{id}`?")
        }
        None => "`followup explain` lists them all".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_told_by_the_id_that_was_meant() {
        let library = Library::built_in();
        assert_eq!(remedy_for(&library, "memcachd"), "did you mean `cache`?");
        assert_eq!(remedy_for(&library, "a pot of tea and its warmer"), "`followup explain` lists them all");
    }
}
