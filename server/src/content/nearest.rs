//! The known name that somebody who wrote an unknown one most likely meant.

/// The one of `known` that differs least from `written`, if any is near enough to be meant.
pub fn nearest<'a>(written: &str, known: impl Iterator<Item = &'a String>) -> Option<&'a String> {
    known
        .map(|one| (strsim::damerau_levenshtein(written, one), one))
        .filter(|(distance, one)| *distance * 3 <= one.chars().count().max(3))
        .min()
        .map(|(_, one)| one)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_recognised_and_a_stranger_is_not() {
        let known = ["cache/invalidation".to_owned(), "cache/stampede".to_owned()];
        assert_eq!(nearest("cache/invaldiation", known.iter()), Some(&known[0]));
        assert_eq!(nearest("queue/poison", known.iter()), None);
    }
}
