//! Patterns for files, compiled: `docs/**`, `*.draft.md`, `archive/`.

use std::path::{Path, PathBuf};

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};

/// A list of patterns, matched against paths below the folder of the settings that they stand in.
///
/// As in `.gitignore`: a pattern that names a folder means all that is in it, and one without a slash (but at its end) matches at any depth.
#[derive(Debug, Clone)]
pub struct Globs {
    base: Option<PathBuf>,
    set: GlobSet,
}

impl Globs {
    /// Patterns relative to `base`; without one they match at any depth. The error is the index of the pattern and what is wrong with it.
    pub fn new<'a>(base: Option<&Path>, patterns: impl IntoIterator<Item = &'a str>) -> Result<Self, (usize, String)> {
        let mut set = GlobSetBuilder::new();
        for (index, pattern) in patterns.into_iter().enumerate() {
            for glob in compile(pattern, base.is_some()).map_err(|error| (index, error.kind().to_string()))? {
                set.add(glob);
            }
        }
        // Each glob was compiled by itself; all of them together are only larger.
        let set = set.build().map_err(|error| (0, error.kind().to_string()))?;
        Ok(Self { base: base.map(Path::to_owned), set })
    }

    /// Is this file, by an absolute path, meant by any of the patterns?
    pub fn matches(&self, path: &Path) -> bool {
        match &self.base {
            None => self.set.is_match(path),
            Some(base) => path.strip_prefix(base).is_ok_and(|below| self.set.is_match(below)),
        }
    }
}

/// The thing itself, and all that is in it if it is a folder.
fn compile(pattern: &str, has_base: bool) -> Result<[Glob; 2], globset::Error> {
    let folder = pattern.trim_end_matches('/');
    let anchored = has_base && folder.contains('/');
    let path = folder.strip_prefix("./").unwrap_or(folder).trim_start_matches('/');
    let path = if anchored { path.to_owned() } else { format!("**/{path}") };
    let glob = |pattern: &str| GlobBuilder::new(pattern).literal_separator(true).build();
    // A pattern with a slash at its end is no file.
    let itself = if pattern.ends_with('/') { format!("{path}/*") } else { path.clone() };
    Ok([glob(&itself)?, glob(&format!("{path}/**"))?])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        Globs::new(Some(Path::new("/work")), [pattern]).unwrap().matches(Path::new(path))
    }

    #[test]
    fn a_pattern_without_a_slash_matches_at_any_depth() {
        assert!(matches("*.draft.md", "/work/a.draft.md"));
        assert!(matches("*.draft.md", "/work/docs/deep/a.draft.md"));
        assert!(matches("archive", "/work/docs/archive/2020/a.md"));
        assert!(matches("archive/", "/work/docs/archive/2020/a.md"));
        assert!(!matches("*.draft.md", "/work/a.md"));
    }

    #[test]
    fn a_pattern_with_a_slash_counts_from_the_folder_of_its_settings() {
        assert!(matches("docs/*.md", "/work/docs/a.md"));
        assert!(matches("/docs", "/work/docs/deep/a.md"));
        assert!(matches("./docs/**/*.md", "/work/docs/deep/a.md"));
        assert!(!matches("docs/*.md", "/work/docs/deep/a.md"));
        assert!(!matches("docs/*.md", "/work/other/docs/a.md"));
        assert!(!matches("/docs", "/work/other/docs/a.md"));
    }

    #[test]
    fn a_slash_at_the_end_means_a_folder() {
        assert!(!matches("notes.md/", "/work/notes.md"));
        assert!(matches("docs/old/", "/work/docs/old/a.md"));
    }

    #[test]
    fn what_lies_outside_the_folder_of_the_settings_is_not_meant() {
        assert!(!matches("**", "/elsewhere/a.md"));
    }

    #[test]
    fn without_a_folder_patterns_match_at_any_depth() {
        let globs = Globs::new(None, ["docs/*.md"]).unwrap();
        assert!(globs.matches(Path::new("/home/me/docs/a.md")));
        assert!(!globs.matches(Path::new("/home/me/a.md")));
    }

    #[test]
    fn a_broken_pattern_is_told_by_its_number() {
        let (index, message) = Globs::new(None, ["fine", "{open"]).unwrap_err();
        assert_eq!((index, message.as_str()), (1, "unclosed alternate group; missing '}' (maybe escape '{' with '[{]'?)"));
    }
}
