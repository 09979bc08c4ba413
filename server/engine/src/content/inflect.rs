//! English inflection, generously: a form too many does no harm where nobody writes it.

/// Every regular form of `word` (in lower case), itself first.
pub(super) fn forms(word: &str) -> Vec<String> {
    let mut forms = vec![word.to_owned()];
    let letters = word.chars().all(|c| c.is_ascii_alphabetic());
    if !letters || word.len() < 3 {
        if word.chars().all(char::is_alphabetic) && word.len() >= 2 {
            forms.push(format!("{word}s"));
        }
        return forms;
    }
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    let vowel = |at: usize| word.as_bytes().get(at).is_some_and(|c| b"aeiou".contains(c));
    let last = word.len() - 1;
    if let Some(stem) = word.strip_suffix('y').filter(|_| !vowel(last - 1)) {
        forms.extend([format!("{stem}ies"), format!("{stem}ied"), format!("{word}ing")]);
    } else if let Some(stem) = word.strip_suffix('e') {
        forms.extend([format!("{word}s"), format!("{word}d"), format!("{stem}ing")]);
        if ends(&["ee", "oe", "ye"]) {
            forms.push(format!("{word}ing"));
        }
        if let Some(stem) = word.strip_suffix("ie") {
            forms.push(format!("{stem}ying"));
        }
    } else {
        forms.push(format!("{word}s"));
        if ends(&["s", "x", "z", "ch", "sh", "o"]) {
            forms.push(format!("{word}es"));
        }
        forms.extend([format!("{word}ed"), format!("{word}ing")]);
        let doubles = !vowel(last) && vowel(last - 1) && (last < 2 || !vowel(last - 2)) && !ends(&["w", "x", "y", "h"]);
        if let (true, Some(letter)) = (doubles, word.chars().last()) {
            forms.extend([format!("{word}{letter}ed"), format!("{word}{letter}ing")]);
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::forms;

    #[test]
    fn regular_forms_are_made() {
        for (word, form) in [
            ("delete", "deleted"),
            ("delete", "deleting"),
            ("drop", "dropped"),
            ("expire", "expires"),
            ("retry", "retries"),
            ("retry", "retried"),
            ("cache", "caching"),
            ("die", "dying"),
            ("push", "pushes"),
            ("replay", "replayed"),
            ("shard", "sharding"),
            ("evict", "evicted"),
        ] {
            assert!(forms(word).contains(&form.to_owned()), "{word}: {form}");
        }
    }

    #[test]
    fn other_words_are_not_forms() {
        assert!(!forms("cap").contains(&"cape".to_owned()));
        assert!(!forms("key").contains(&"keies".to_owned()));
    }
}
