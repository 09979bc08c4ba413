//! What a person means who calls a concept by one of its names, in whatever form.

use super::{Library, concept::Concept, inflect::forms};

impl Library {
    /// The concepts that `words` may mean: the one of that id, else those with such a name that needs no other word beside it, else those that a
    /// document would have to tell apart. A word may be inflected (`caches`, `caching`).
    pub fn concepts_called(&self, words: &str) -> Vec<&Concept> {
        if let Some(concept) = self.concept(words) {
            return vec![concept];
        }
        let words = split(words);
        let called = |by_itself: bool| {
            let has = |concept: &&Concept| {
                let mut names = concept.names.iter().filter(|names| !by_itself || names.alone).flat_map(|names| &names.names);
                by_itself && alike(&split(&concept.id), &words) || names.any(|name| alike(&split(name), &words))
            };
            self.concepts.iter().filter(has).collect::<Vec<_>>()
        };
        Some(called(true)).filter(|found| !found.is_empty()).unwrap_or_else(|| called(false))
    }
}

fn split(words: &str) -> Vec<String> {
    words.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_')).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// The same words, the last one in any form.
fn alike(name: &[String], words: &[String]) -> bool {
    match (name, words) {
        ([name @ .., last], [words @ .., form]) => {
            name == words && (last == form || forms(last).contains(form) || forms(form).contains(last))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::content::{Library, Source};

    fn check(words: &str, meant: &[&str]) {
        let library = Library::built_in();
        let found: Vec<_> = library.concepts_called(words).iter().map(|concept| concept.id.as_str()).collect();
        assert_eq!(found, meant, "{words}");
    }

    #[test]
    fn a_concept_is_called_by_its_id_and_by_its_names_in_any_form() {
        for words in ["cache", "Caches", "caching", "cached"] {
            check(words, &["cache"]);
        }
        for words in ["message-queue", "message queues", "Message_Queue"] {
            check(words, &["message-queue"]);
        }
        check("consistent hash", &["consistent-hashing"]);
    }

    #[test]
    fn a_product_that_serves_many_ends_is_told_with_all_of_them() {
        let page = |id: &str, names: &str| Source {
            path: format!("concepts/{id}.md"),
            text: format!("---\nkind: concept\nnames: [{names}]\nsource: ours\n---\n# {id}\n\nText.\n"),
        };
        let samovar = "{ names: [Samovar], near: [tea] }";
        let library = Library::only(&[page("urn", samovar), page("kettle", samovar), page("pot", "pot")]).0;
        let called = |words: &str| library.concepts_called(words).iter().map(|concept| concept.id.clone()).collect::<Vec<_>>();
        assert_eq!(called("samovars"), ["urn", "kettle"]);
        let library = Library::only(&[page("urn", samovar), page("kettle", "Samovar")]).0;
        assert_eq!(library.concepts_called("samovar").len(), 1, "one that needs no other word beside it");
    }

    #[test]
    fn other_words_call_nothing() {
        check("teapot", &[]);
        check("", &[]);
    }
}
