//! The known word that a mistyped one was probably meant to be.

/// The candidate most like `word`; none where nothing is like it. The last part of a candidate (`stampede` of `cache/stampede`) counts too.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let scored = candidates.into_iter().map(|candidate| {
        let part = candidate.rsplit('/').next().unwrap_or(candidate);
        // Among equals, what is near as a whole comes first.
        let score = likeness(&word, candidate).max(likeness(&word, part) - 0.01);
        (score, candidate)
    });
    // The first of equals, so that the answer does not hang on the order of the rest.
    let best = scored.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    (best.0 >= ENOUGH).then_some(best.1)
}

/// From 0, nothing in common, to 1, equal.
fn likeness(a: &str, b: &str) -> f64 {
    // Of words this far apart in length none becomes the other by a few slips.
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    if a.is_ascii() && b.is_ascii() && (short as f64) < ENOUGH * long as f64 {
        return 0.0;
    }
    strsim::normalized_damerau_levenshtein(a, b)
}

/// Two slips in five letters; below that a suggestion is a riddle.
const ENOUGH: f64 = 0.6;

#[cfg(test)]
mod tests {
    use super::nearest;

    const WORDS: [&str; 4] = ["include", "exclude", "severity", "tea/milk"];

    #[test]
    fn a_slip_of_the_pen_finds_its_word() {
        assert_eq!(nearest("severty", WORDS), Some("severity"));
        assert_eq!(nearest("Exlcude", WORDS), Some("exclude"));
    }

    #[test]
    fn the_last_part_of_an_id_is_enough() {
        assert_eq!(nearest("milk", WORDS), Some("tea/milk"));
        assert_eq!(nearest("tee/milk", WORDS), Some("tea/milk"));
    }

    #[test]
    fn a_word_like_none_finds_none() {
        assert_eq!(nearest("colour", WORDS), None);
        assert_eq!(nearest("severity", []), None);
    }
}
