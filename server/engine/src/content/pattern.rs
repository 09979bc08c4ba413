//! The pattern language of the content files: what is written, taken apart.

use serde::{Deserialize, Serialize};

/// A pattern as written: stretches of adjacent words with gaps between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// At least one.
    pub segments: Vec<Vec<Element>>,
    /// One fewer than the segments.
    pub gaps: Vec<Gap>,
}

/// What stands between two stretches: up to [`GAP`] words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Gap {
    /// `...`: either may come first.
    Near,
    /// `..`: in the order written.
    Ordered,
}

/// The most words that a gap may hold.
pub const GAP: usize = 8;

/// One place in a stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    pub of: Of,
    /// `{…}?`: may be missing.
    pub optional: bool,
}

/// What may stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    /// Any of these phrases, each a list of words, or of the phrases of these word classes.
    Phrases { phrases: Vec<Vec<Word>>, classes: Vec<String> },
    /// Any of these stretches, where not all are plain phrases.
    Choice(Vec<Vec<Element>>),
    /// `<number>`
    Number,
    /// `<words>`: one to three words.
    Words,
    /// `<it>`: the mention in question.
    It,
    /// `[concept]`
    Mention(String),
}

/// A word of a phrase and how exactly it is meant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Word {
    /// Any inflected form, in any case; in lower case here.
    Any(String),
    /// This form only, in any case; in lower case here.
    Form(String),
    /// Exactly these letters.
    Exact(String),
}

impl Pattern {
    /// Reads a pattern; the error says what is wrong with it.
    pub fn parse(written: &str) -> Result<Self, String> {
        let mut segments = vec![Vec::new()];
        let mut gaps = Vec::new();
        let mut rest = written.trim();
        while !rest.is_empty() {
            let (token, after) = next_token(rest)?;
            rest = after.trim_start();
            let gap = match token {
                "..." | "…" => Some(Gap::Near),
                ".." => Some(Gap::Ordered),
                _ => None,
            };
            if let Some(gap) = gap {
                gaps.push(gap);
                segments.push(Vec::new());
            } else if let Some(last) = segments.last_mut() {
                elements(token, last)?;
            }
        }
        if segments.iter().any(|segment| !segment.iter().any(|element| !element.optional)) {
            return Err(format!("`{written}` has nothing that must be there on one side of a gap: write a word on each side"));
        }
        Ok(Self { segments, gaps })
    }

    /// Reads a plain phrase, such as a concept's name.
    pub fn phrase(written: &str) -> Result<Vec<Word>, String> {
        if written.contains(['{', '}', '<', '>', '[', ']', '|']) {
            return Err(format!("`{written}` has to be plain words here: list alternatives one by one"));
        }
        words(written)
    }

    /// Every element, in order.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.segments.iter().flatten()
    }
}

fn next_token(rest: &str) -> Result<(&str, &str), String> {
    let close = match rest.chars().next() {
        Some('{') => Some('}'),
        Some('<') => Some('>'),
        Some('[') => Some(']'),
        _ => None,
    };
    let end = match close {
        Some(close) => {
            let end = rest.find(close).ok_or_else(|| format!("`{rest}` is not closed: add `{close}`"))? + 1;
            if rest[end..].starts_with('?') { end + 1 } else { end }
        }
        None => rest.find(|c: char| c.is_whitespace() || matches!(c, '{' | '<' | '[')).unwrap_or(rest.len()),
    };
    Ok(rest.split_at(end))
}

/// Adds to `found` what `token` stands for.
fn elements(token: &str, found: &mut Vec<Element>) -> Result<(), String> {
    let optional = token.ends_with("}?") || token.ends_with(">?") || token.ends_with("]?");
    let inner = token.strip_suffix('?').filter(|_| optional).unwrap_or(token);
    let of = if let Some(name) = inner.strip_prefix('<').and_then(|name| name.strip_suffix('>')) {
        match name {
            "number" => Of::Number,
            "words" => Of::Words,
            "it" => Of::It,
            _ => Of::Phrases { phrases: Vec::new(), classes: vec![name.to_owned()] },
        }
    } else if let Some(name) = inner.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
        Of::Mention(name.to_owned())
    } else if let Some(list) = inner.strip_prefix('{').and_then(|list| list.strip_suffix('}')) {
        choice(list)?
    } else {
        let alone = |word| Element { of: Of::Phrases { phrases: vec![vec![word]], classes: Vec::new() }, optional: false };
        found.extend(words(token)?.into_iter().map(alone));
        return Ok(());
    };
    found.push(Element { of, optional });
    Ok(())
}

/// The alternatives between braces.
fn choice(list: &str) -> Result<Of, String> {
    if list.contains('{') {
        return Err(format!("`{list}` has braces in braces: write the alternatives out"));
    }
    // Nearly all lists are of plain phrases alone, and there are thousands of them to be read at the start.
    if !list.contains(['<', '[']) {
        let phrases = list.split('|').map(|written| plain(list, written)).collect::<Result<_, _>>()?;
        return Ok(Of::Phrases { phrases, classes: Vec::new() });
    }
    let mut stretches = Vec::new();
    for written in list.split('|') {
        let mut stretch = Vec::new();
        let mut rest = written.trim();
        while !rest.is_empty() {
            let (token, after) = next_token(rest)?;
            no_gap(token, written)?;
            rest = after.trim_start();
            elements(token, &mut stretch)?;
        }
        not_empty(&stretch, list)?;
        stretches.push(stretch);
    }
    let (mut phrases, mut classes) = (Vec::new(), Vec::new());
    for stretch in &stretches {
        let mut words = Vec::new();
        for element in stretch {
            match &element.of {
                Of::Phrases { phrases, classes } if classes.is_empty() && phrases.len() == 1 && !element.optional => {
                    words.extend(phrases[0].clone())
                }
                Of::Phrases { classes: names, .. } if stretch.len() == 1 && !element.optional => classes.extend(names.iter().cloned()),
                _ => return Ok(Of::Choice(stretches)),
            }
        }
        if !words.is_empty() {
            phrases.push(words);
        }
    }
    Ok(Of::Phrases { phrases, classes })
}

/// The words of `written`, an alternative of `list` that is a phrase.
fn plain(list: &str, written: &str) -> Result<Vec<Word>, String> {
    let mut found = Vec::new();
    for token in written.split_whitespace() {
        no_gap(token, written)?;
        add_words(token, &mut found)?;
    }
    not_empty(&found, list)?;
    Ok(found)
}

fn no_gap(token: &str, written: &str) -> Result<(), String> {
    match token {
        "..." | ".." | "…" => Err(format!("`{written}` has a gap between braces: write two patterns")),
        _ => Ok(()),
    }
}

fn not_empty<T>(stretch: &[T], list: &str) -> Result<(), String> {
    match stretch {
        [] => Err(format!("`{list}` has an empty alternative: take it out, or write `?` behind the braces")),
        _ => Ok(()),
    }
}

/// The words of a phrase.
fn words(phrase: &str) -> Result<Vec<Word>, String> {
    let mut found = Vec::new();
    add_words(phrase, &mut found)?;
    Ok(found)
}

/// Adds the words of a phrase; hyphens, slashes and underscores part words as they do in a text.
fn add_words(phrase: &str, found: &mut Vec<Word>) -> Result<(), String> {
    let before = found.len();
    for part in phrase.split_whitespace() {
        // Most are small letters alone, and stand for themselves.
        if part.bytes().all(|byte| byte.is_ascii_lowercase()) {
            found.push(Word::Any(part.to_owned()));
            continue;
        }
        let exact = part.starts_with('=') && part.len() > 1;
        let inner = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '.' | ',' | '%');
        for piece in part.trim_start_matches('=').split(|c| !inner(c)) {
            let piece = piece.trim_matches(|c| matches!(c, '.' | ',' | '\''));
            if piece.is_empty() {
                continue;
            }
            let capitals = piece.chars().any(char::is_uppercase) && !piece.chars().any(char::is_lowercase) && piece.chars().count() > 1;
            let lower = piece.replace('’', "'").to_lowercase();
            found.push(match (exact, capitals) {
                (_, true) => Word::Exact(piece.to_owned()),
                (true, false) => Word::Form(lower),
                (false, false) => Word::Any(lower),
            });
        }
    }
    if found.len() == before {
        return Err(format!("`{phrase}` holds no word: write one, or take the empty alternative out"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn any(word: &str) -> Word {
        Word::Any(word.into())
    }

    #[test]
    fn a_pattern_is_stretches_and_gaps() {
        let pattern = Pattern::parse("{delete|throw away} {the|<article>}? <copy> ... [cache] .. =later CAP").expect("a pattern");
        assert_eq!(pattern.gaps, [Gap::Near, Gap::Ordered]);
        assert_eq!(
            pattern.segments[0][0],
            Element {
                of: Of::Phrases { phrases: vec![vec![any("delete")], vec![any("throw"), any("away")]], classes: vec![] },
                optional: false
            }
        );
        assert!(pattern.segments[0][1].optional);
        assert_eq!(pattern.segments[1], [Element { of: Of::Mention("cache".into()), optional: false }]);
        assert_eq!(pattern.segments[2].len(), 2);
    }

    #[test]
    fn alternatives_may_hold_more_than_words() {
        let pattern = Pattern::parse("{over <number>|[cache]|the key}").expect("a pattern");
        assert!(matches!(&pattern.segments[0][0].of, Of::Choice(stretches) if stretches.len() == 3 && stretches[0].len() == 2));
    }

    #[test]
    fn hyphens_part_words_as_they_do_in_a_text() {
        assert_eq!(Pattern::phrase("cache-aside"), Ok(vec![any("cache"), any("aside")]));
        assert_eq!(Pattern::phrase("p99.9"), Ok(vec![any("p99.9")]));
    }

    #[test]
    fn a_pattern_that_cannot_be_read_says_why() {
        assert!(Pattern::parse("{delete|drop").is_err_and(|told| told.contains("not closed")));
        assert!(Pattern::parse("... key").is_err_and(|told| told.contains("each side")));
        assert!(Pattern::parse("{a||b} key").is_err_and(|told| told.contains("empty alternative")));
        assert!(Pattern::parse("{a ... b} key").is_err_and(|told| told.contains("two patterns")));
        assert!(Pattern::phrase("{a|b}").is_err());
    }
}
