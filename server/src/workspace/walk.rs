//! Which files are meant by the paths a person gives: files as they are, folders with what counts in them.

use std::{
    collections::HashSet,
    iter,
    path::{Path, PathBuf},
};

use ignore::WalkBuilder;

use super::{Problem, Workspace, absolute, read::remedy};

/// A document, or what could not be read on the way to it.
pub type Found = Result<PathBuf, Problem>;

impl Workspace {
    /// The documents that `paths` mean, each once, files in the order given and those of a folder by name. A file is taken whatever it is; in
    /// folders `.gitignore` counts, and `include` and `exclude`, and neither hidden files nor change logs nor `node_modules` do. Links in folders
    /// are not followed.
    ///
    /// Folders are walked as documents are asked for: of a tree, only the folders that lead to the last document are held in memory.
    pub fn documents<'a>(&'a self, paths: impl IntoIterator<Item = Found, IntoIter: Send + 'a>) -> impl Iterator<Item = Found> + Send + 'a {
        let paths = paths.into_iter();
        // What one path means is met once anyway.
        let mut seen = (paths.size_hint().1 != Some(1)).then(HashSet::new);
        paths.flat_map(|path| self.documents_at(path)).filter(move |found| match (found, &mut seen) {
            (Ok(document), Some(seen)) => seen.insert(identity(document)),
            _ => true,
        })
    }

    fn documents_at(&self, path: Found) -> Box<dyn Iterator<Item = Found> + Send + '_> {
        let found = path.and_then(|path| match path.metadata() {
            Ok(kind) => Ok((path, kind.is_dir())),
            Err(error) => Err(Problem::of_file(&path, remedy(&error))),
        });
        match found {
            Ok((folder, true)) => Box::new(self.documents_in(folder)),
            Ok((file, false)) => Box::new(iter::once(Ok(file))),
            Err(problem) => Box::new(iter::once(Err(problem))),
        }
    }

    fn documents_in(&self, folder: PathBuf) -> impl Iterator<Item = Found> + Send + '_ {
        // A folder need not be a repository for its `.gitignore` to count.
        let walk = WalkBuilder::new(&folder)
            .require_git(false)
            .sort_by_file_name(Ord::cmp)
            .filter_entry(|entry| entry.depth() == 0 || counts(entry.path()))
            .build();
        let (mut markdown, mut told) = (0, 0);
        walk.map(Some).chain([None]).filter_map(move |entry| {
            let found = match entry {
                Some(Ok(entry)) if entry.file_type().is_some_and(|kind| kind.is_file()) && is_markdown(entry.path()) => {
                    markdown += 1;
                    let file = entry.into_path();
                    let file = file.strip_prefix(".").map(Path::to_owned).unwrap_or(file);
                    self.reviews(&file).then_some(Ok(file))
                }
                Some(Ok(_)) => None,
                Some(Err(error)) => Some(Err(not_walked(&folder, &error))),
                None => (told == 0).then(|| Err(nothing_in(&folder, markdown))),
            };
            told += usize::from(found.is_some());
            found
        })
    }

    /// Do the settings let a file of a folder be reviewed?
    fn reviews(&self, file: &Path) -> bool {
        let file = absolute(file);
        self.settings_for(Some(&file)).settings.reviews(&file)
    }
}

fn nothing_in(folder: &Path, markdown: usize) -> Problem {
    let message = match markdown {
        0 => "holds no Markdown that counts (what is hidden or ignored by git does not); name a file to have it checked anyway",
        _ => "holds Markdown, and the settings leave out all of it; mend `include` and `exclude`, or name a file",
    };
    Problem::of_file(folder, message)
}

fn not_walked(folder: &Path, error: &ignore::Error) -> Problem {
    match (concerned(error), error.io_error()) {
        (Some(path), Some(error)) => Problem::of_file(path, remedy(error)),
        _ => Problem::of_file(folder, format!("cannot be walked to its end: {error}")),
    }
}

/// The file or folder that could not be read.
fn concerned(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => concerned(err),
        _ => None,
    }
}

pub(super) fn is_markdown(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    ["md", "markdown", "mdown", "mkd", "mkdn"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// Not a folder of other people's code, nor a file that tells of the past.
fn counts(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_uppercase()).unwrap_or_default();
    name != "NODE_MODULES" && !name.starts_with("CHANGELOG")
}

/// The same for all paths to one file.
fn identity(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use expect_test::{Expect, expect};

    use super::*;
    use crate::workspace::{Files, Options};

    /// Makes the files, walks from the folder that holds them, and lists what is found and what is wrong.
    fn check(files: &[(&str, &str)], paths: &[&str], expected: Expect) {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        for (path, text) in files {
            fs::create_dir_all(folder.join(path).parent().unwrap()).unwrap();
            fs::write(folder.join(path), text).unwrap();
        }
        let paths: Vec<_> = paths.iter().map(|path| folder.join(path)).collect();
        expected.assert_eq(&listed(folder, &paths));
    }

    fn listed(folder: &Path, paths: &[PathBuf]) -> String {
        let options = Options { home: folder.to_owned(), files: Files::Nearest, user_file: None, content: Vec::new(), said: Vec::new() };
        let workspace = Workspace::new(options);
        let lines = workspace.documents(paths.iter().cloned().map(Ok)).map(|found| match found {
            Ok(path) => format!("{}\n", path.display()),
            Err(problem) => format!("! {problem}\n"),
        });
        lines.collect::<String>().replace(&format!("{}/", folder.display()), "").replace(&folder.display().to_string(), ".")
    }

    #[test]
    fn a_folder_gives_its_markdown_by_name() {
        check(
            &[("b.md", ""), ("a/z.Markdown", ""), ("a/b.MD", ""), ("c.txt", ""), ("md", "")],
            &[""],
            expect![[r#"
            a/b.MD
            a/z.Markdown
            b.md
        "#]],
        );
    }

    #[test]
    fn what_is_hidden_ignored_vendored_or_a_change_log_is_left_out() {
        let files = [
            ("a.md", ""),
            (".hidden/a.md", ""),
            (".b.md", ""),
            ("drafts/a.md", ""),
            ("CHANGELOG.md", ""),
            ("x/changelog-2020.md", ""),
            ("x/node_modules/y/README.md", ""),
            (".gitignore", "drafts/\n"),
            ("x/.gitignore", "*.tmp.md\n"),
            ("x/a.tmp.md", ""),
        ];
        check(
            &files,
            &[""],
            expect![[r#"
            a.md
        "#]],
        );
    }

    #[test]
    fn what_is_named_is_taken_whatever_it_is() {
        let files =
            [("a.txt", ""), (".b.md", ""), ("CHANGELOG.md", ""), (".gitignore", "*.md\n"), ("followup.toml", "exclude = [\"*\"]\n")];
        check(
            &files,
            &["a.txt", ".b.md", "CHANGELOG.md"],
            expect![[r#"
            a.txt
            .b.md
            CHANGELOG.md
        "#]],
        );
    }

    #[test]
    fn settings_include_and_exclude_files_of_a_folder() {
        let files =
            [("docs/a.md", ""), ("docs/old/b.md", ""), ("c.md", ""), ("followup.toml", "include = [\"docs/\"]\nexclude = [\"old/\"]\n")];
        check(
            &files,
            &[""],
            expect![[r#"
            docs/a.md
        "#]],
        );
    }

    #[test]
    fn a_file_that_is_named_twice_or_in_two_ways_is_taken_once() {
        check(
            &[("docs/a.md", ""), ("docs/b.md", "")],
            &["docs/b.md", "docs", "docs/../docs/a.md"],
            expect![[r#"
            docs/b.md
            docs/a.md
        "#]],
        );
    }

    #[test]
    fn what_cannot_be_is_told_and_the_rest_is_taken() {
        let files = [("a.md", ""), ("empty/a.txt", ""), ("quiet/a.md", ""), ("quiet/followup.toml", "exclude = [\"*.md\"]\n")];
        check(
            &files,
            &["missing.md", "empty", "quiet", "a.md"],
            expect![[r#"
            ! missing.md: does not exist; check the path
            ! empty: holds no Markdown that counts (what is hidden or ignored by git does not); name a file to have it checked anyway
            ! quiet: holds Markdown, and the settings leave out all of it; mend `include` and `exclude`, or name a file
            a.md
        "#]],
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_in_folders_lead_nowhere_but_a_named_one_does() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        fs::create_dir(folder.join("docs")).unwrap();
        fs::write(folder.join("docs/a.md"), "").unwrap();
        std::os::unix::fs::symlink("..", folder.join("docs/loop")).unwrap();
        std::os::unix::fs::symlink("docs", folder.join("link")).unwrap();
        std::os::unix::fs::symlink("docs/a.md", folder.join("link.md")).unwrap();
        expect![[r#"
            docs/a.md
        "#]]
        .assert_eq(&listed(folder, &[folder.to_owned()]));
        expect![[r#"
            link/a.md
        "#]]
        .assert_eq(&listed(folder, &[folder.join("link")]));
        expect![[r#"
            link.md
        "#]]
        .assert_eq(&listed(folder, &[folder.join("link.md")]));
    }

    #[test]
    fn what_vanishes_while_a_folder_is_walked_is_told_and_the_rest_is_taken() {
        expect![[r#"
            a.md
            ! b: does not exist; check the path
            d.md
        "#]]
        .assert_eq(&walked_while_vanishing(""));
    }

    #[test]
    fn folders_that_are_ignored_are_not_even_opened() {
        expect![[r#"
            a.md
            d.md
        "#]]
        .assert_eq(&walked_while_vanishing("b/\n"));
    }

    /// What is found where the folders `b` and `node_modules` are removed when the walk has seen their names and not yet what is in them.
    fn walked_while_vanishing(ignored: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        for path in ["a.md", "b/c.md", "d.md", "node_modules/e.md"] {
            fs::create_dir_all(folder.join(path).parent().unwrap()).unwrap();
            fs::write(folder.join(path), "").unwrap();
        }
        fs::write(folder.join(".gitignore"), ignored).unwrap();
        let options = Options { home: folder.to_owned(), files: Files::None, user_file: None, content: Vec::new(), said: Vec::new() };
        let workspace = Workspace::new(options);
        let mut lines = String::new();
        for (number, found) in workspace.documents([Ok(folder.to_owned())]).enumerate() {
            if number == 0 {
                fs::remove_dir_all(folder.join("b")).unwrap();
                fs::remove_dir_all(folder.join("node_modules")).unwrap();
            }
            lines += &found.map_or_else(|problem| format!("! {problem}\n"), |path| format!("{}\n", path.display()));
        }
        lines.replace(&format!("{}/", folder.display()), "")
    }
}
