//! Content files parsed into the library: concepts, questions, signals, words and cues.

/// The id of a concept, question or signal: its path without the ending, such as `cache/invalidation`.
pub type Id = String;

/// All content, built in and of the workspace, ready to be asked.
#[derive(Debug, Default)]
pub struct Library {}

/// One content file as bytes, with the path that problems are told under.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path below the content folder, with `/`: `questions/cache/invalidation.md`.
    pub path: String,
    pub text: String,
}

/// A mistake in a content file or in a configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub path: String,
    /// Counts from 1.
    pub line: usize,
    /// What is wrong and what to do, without a final dot.
    pub message: String,
}

impl Library {
    /// The content that is built in.
    pub fn built_in() -> std::sync::Arc<Self> {
        std::sync::Arc::default()
    }

    /// The built-in content with `sources` added, or put in place of the file with the same path.
    pub fn with(sources: &[Source]) -> (Self, Vec<Problem>) {
        let _ = sources;
        Default::default()
    }
}
