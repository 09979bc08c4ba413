//! Markdown as plain text, for editors that show none.

/// stub
pub fn plain(markdown: &str) -> String {
    markdown.to_owned()
}
