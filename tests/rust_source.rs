//! The program's own source as tests see it: files, tokens and every path that is named, however it is written.

use std::{
    fmt, fs,
    path::{Path, PathBuf},
    str::FromStr,
};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// One file of Rust.
pub(crate) struct SourceFile {
    /// From the root of the project, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
    pub(crate) tokens: TokenStream,
}

/// A path as it is meant: `use crate::{lsp, text}` names `crate::lsp` and `crate::text`, and `super::` has been climbed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) parts: Vec<String>,
    pub(crate) line: usize,
}

/// A token on its own, with what surrounds it taken apart.
pub(crate) struct Literal {
    /// What stands between the quotes, escapes and all.
    pub(crate) text: String,
    pub(crate) line: usize,
}

/// The root of the project.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every file below `folder` of the project whose name ends in `ending`, in order.
pub(crate) fn files_below(folder: &str, ending: &str) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    let mut folders = vec![(folder.to_owned(), root().join(folder))];
    while let Some((name, path)) = folders.pop() {
        for entry in fs::read_dir(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())) {
            let path = entry.expect("an entry").path();
            let name = format!("{name}/{}", path.file_name().expect("a name").to_string_lossy());
            if path.is_dir() {
                folders.push((name, path));
            } else if name.ends_with(ending) {
                found.push((name, path));
            }
        }
    }
    found.sort();
    found
}

/// Every Rust file of the program, of its engine first.
pub(crate) fn program() -> Vec<SourceFile> {
    ["server/engine/src", "server/src"].into_iter().flat_map(rust_files).collect()
}

/// Every Rust file below `folder` of the project.
pub(crate) fn rust_files(folder: &str) -> Vec<SourceFile> {
    let files = files_below(folder, ".rs").into_iter();
    files.map(|(path, file)| SourceFile::new(&path, fs::read_to_string(file).expect("UTF-8"))).collect()
}

impl SourceFile {
    pub(crate) fn new(path: &str, text: String) -> Self {
        let tokens = TokenStream::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
        Self { path: path.to_owned(), text, tokens }
    }

    /// The modules that lead to this file: `server/src/ide/hover.rs` is `ide`, `hover`.
    pub(crate) fn modules(&self) -> Vec<String> {
        let below = self.path.split_once("src/").map_or(self.path.as_str(), |(_, below)| below).trim_end_matches(".rs");
        below.split('/').filter(|part| !matches!(*part, "engine" | "lib" | "main")).map(str::to_owned).collect()
    }

    /// Every path that the file names, in `use` and elsewhere, in macros too; not in comments and strings.
    pub(crate) fn named(&self) -> Vec<Named> {
        let mut reader = Reader { modules: self.modules(), found: Vec::new() };
        reader.read(&self.tokens.clone().into_iter().collect::<Vec<_>>());
        reader.found
    }

    /// Every string literal, documentation left out.
    pub(crate) fn literals(&self) -> Vec<Literal> {
        let mut found = Vec::new();
        collect_literals(&self.tokens.clone().into_iter().collect::<Vec<_>>(), &mut found);
        found
    }
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.parts.join("::"))
    }
}

struct Reader {
    /// The module that is being read, inline ones included.
    modules: Vec<String>,
    found: Vec<Named>,
}

impl Reader {
    fn read(&mut self, tokens: &[TokenTree]) {
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Ident(word) if word == "mod" => {
                    if let (Some(TokenTree::Ident(name)), Some(TokenTree::Group(body))) = (tokens.get(at + 1), tokens.get(at + 2)) {
                        self.modules.push(name.to_string());
                        self.read(&body.stream().into_iter().collect::<Vec<_>>());
                        self.modules.pop();
                        at += 3;
                    } else {
                        at += 2;
                    }
                }
                TokenTree::Ident(_) => at = self.path(tokens, at, &[]),
                TokenTree::Group(group) => {
                    self.read(&group.stream().into_iter().collect::<Vec<_>>());
                    at += 1;
                }
                _ => at += 1,
            }
        }
    }

    /// Reads the path that begins at `at`, below `stem`; gives where it ends.
    fn path(&mut self, tokens: &[TokenTree], mut at: usize, stem: &[String]) -> usize {
        let mut parts = stem.to_vec();
        let line = tokens[at].span().start().line;
        while let Some(TokenTree::Ident(word)) = tokens.get(at) {
            parts.push(word.to_string().trim_start_matches("r#").to_owned());
            at += 1;
            if !is_path_mark(tokens, at) {
                break;
            }
            at += 2;
            if let Some(TokenTree::Group(group)) = tokens.get(at).filter(|_| is_braced(tokens, at)) {
                self.branches(&group.stream().into_iter().collect::<Vec<_>>(), &parts);
                return at + 1;
            }
        }
        let parts = self.climbed(parts);
        self.found.push(Named { parts, line });
        at
    }

    /// What stands in the braces of `use stem::{…}`.
    fn branches(&mut self, tokens: &[TokenTree], stem: &[String]) {
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at] {
                // A name after `as` is only what the path is called here.
                TokenTree::Ident(word) if word == "as" => at += 2,
                TokenTree::Ident(_) => at = self.path(tokens, at, stem),
                TokenTree::Punct(mark) if mark.as_char() == '*' => {
                    let parts = self.climbed(stem.to_vec());
                    self.found.push(Named { parts, line: mark.span().start().line });
                    at += 1;
                }
                _ => at += 1,
            }
        }
    }

    /// `self::` and `super::` replaced by the way from `crate`.
    fn climbed(&self, parts: Vec<String>) -> Vec<String> {
        let mut parts = parts;
        if parts.len() > 1 && parts.last().is_some_and(|last| last == "self") {
            parts.pop();
        }
        let climbs = parts.iter().take_while(|part| matches!(part.as_str(), "self" | "super")).count();
        if climbs == 0 {
            return parts;
        }
        let up = parts[..climbs].iter().filter(|part| *part == "super").count();
        let kept = self.modules.len().saturating_sub(up);
        let way = ["crate".to_owned()].into_iter().chain(self.modules[..kept].iter().cloned());
        way.chain(parts[climbs..].iter().cloned()).collect()
    }
}

fn is_path_mark(tokens: &[TokenTree], at: usize) -> bool {
    let colon = |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(mark)) if mark.as_char() == ':');
    colon(at) && colon(at + 1)
}

fn is_braced(tokens: &[TokenTree], at: usize) -> bool {
    matches!(tokens.get(at), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace)
}

fn collect_literals(tokens: &[TokenTree], found: &mut Vec<Literal>) {
    let mut after_doc = false;
    for token in tokens {
        match token {
            TokenTree::Group(group) => collect_literals(&group.stream().into_iter().collect::<Vec<_>>(), found),
            TokenTree::Literal(literal) if !after_doc => {
                let text = literal.to_string();
                if let Some((_, inside)) = text.split_once('"') {
                    let inside = inside.rsplit_once('"').map_or(inside, |(inside, _)| inside);
                    found.push(Literal { text: inside.to_owned(), line: literal.span().start().line });
                }
            }
            _ => {}
        }
        // `#[doc = "…"]` is what a documentation comment becomes.
        let is_mark = matches!(token, TokenTree::Punct(mark) if mark.as_char() == '=');
        after_doc = matches!(token, TokenTree::Ident(word) if word == "doc") || (after_doc && is_mark);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(path: &str, text: &str) -> String {
        let file = SourceFile::new(path, text.to_owned());
        file.named().iter().map(ToString::to_string).filter(|path| path.contains("::")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn grouped_imports_name_each_of_their_paths() {
        let text = "use crate::{lsp, text::{self, Position as P}, ide::*};";
        assert_eq!(named("server/src/a.rs", text), "crate::lsp crate::text crate::text::Position crate::ide");
    }

    #[test]
    fn climbs_lead_to_where_they_end_also_from_an_inline_module() {
        assert_eq!(named("server/src/ide/hover.rs", "use super::super::lsp::serve;"), "crate::lsp::serve");
        assert_eq!(named("server/src/ide.rs", "mod tests { use super::super::lsp; }"), "crate::lsp");
        assert_eq!(
            named("server/src/ide.rs", "use self::hover::Hover; fn f() { super::lsp::run() }"),
            "crate::ide::hover::Hover crate::lsp::run"
        );
    }

    #[test]
    fn full_paths_count_in_expressions_types_and_macros_and_not_in_comments_and_strings() {
        let text = "// crate::a::b\nfn f(x: crate::lsp::X) { vec![crate::cli::Y(\"crate::c::d\")]; }";
        assert_eq!(named("server/src/a.rs", text), "crate::lsp::X crate::cli::Y");
    }

    #[test]
    fn literals_leave_documentation_out() {
        let file =
            SourceFile::new("a.rs", "/// of \"x\"\n#[doc = \"y\"]\nconst A: &str = \"z\";\nfn f() { g!(r#\"a \"w\" b\"#, 1) }".to_owned());
        assert_eq!(file.literals().iter().map(|literal| literal.text.as_str()).collect::<Vec<_>>(), ["z", "a \"w\" b"]);
    }
}
