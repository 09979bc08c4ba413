//! Which files are meant by the paths a person gives: files as they are, folders with what counts in them.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

use ignore::WalkBuilder;

use super::{Problem, Workspace, absolute, read::remedy};

impl Workspace {
    /// The documents that `paths` mean, each once, files in the order given and those of a folder by name. A file is taken whatever it is; in
    /// folders `.gitignore` counts, and `include` and `exclude`, and neither hidden files nor change logs nor `node_modules` do. Links in folders
    /// are not followed.
    pub fn documents(&self, paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<Problem>) {
        let mut documents = Vec::new();
        let mut problems = Vec::new();
        let mut seen = HashSet::new();
        for path in paths {
            match path.metadata() {
                Err(error) => problems.push(Problem::of_file(path, remedy(&error))),
                Ok(kind) if kind.is_dir() => {
                    let (found, wrong) = self.documents_in(path);
                    documents.extend(found.into_iter().filter(|path| seen.insert(identity(path))));
                    problems.extend(wrong);
                }
                Ok(_) if seen.insert(identity(path)) => documents.push(path.clone()),
                Ok(_) => {}
            }
        }
        (documents, problems)
    }

    fn documents_in(&self, folder: &Path) -> (Vec<PathBuf>, Vec<Problem>) {
        let mut files = Vec::new();
        let mut problems = Vec::new();
        // A folder need not be a repository for its `.gitignore` to count.
        let walk = WalkBuilder::new(folder).require_git(false).filter_entry(|entry| entry.depth() == 0 || counts(entry.path())).build();
        for entry in walk {
            match entry {
                Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) && is_markdown(entry.path()) => {
                    files.push(entry.into_path())
                }
                Ok(_) => {}
                Err(error) => problems.push(Problem::of_file(folder, format!("cannot be walked to its end: {error}"))),
            }
        }
        files.sort();
        let all = files.len();
        files.retain(|file| {
            let file = absolute(file);
            self.settings_for(Some(&file)).settings.reviews(&file)
        });
        if files.is_empty() && problems.is_empty() {
            let message = match all {
                0 => "holds no Markdown that counts (what is hidden or ignored by git does not); name a file to have it checked anyway"
                    .to_owned(),
                _ => "holds Markdown, and the settings leave out all of it; mend `include` and `exclude`, or name a file".to_owned(),
            };
            problems.push(Problem::of_file(folder, message));
        }
        let shortened = |file: PathBuf| file.strip_prefix(".").map(Path::to_owned).unwrap_or(file);
        (files.into_iter().map(shortened).collect(), problems)
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
        let (documents, problems) = Workspace::new(options).documents(paths);
        let documents = documents.iter().map(|path| path.display().to_string());
        let lines = documents.chain(problems.iter().map(|problem| format!("! {problem}"))).map(|line| line + "\n");
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
            a.md
            ! missing.md: does not exist; check the path
            ! empty: holds no Markdown that counts (what is hidden or ignored by git does not); name a file to have it checked anyway
            ! quiet: holds Markdown, and the settings leave out all of it; mend `include` and `exclude`, or name a file
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
}
