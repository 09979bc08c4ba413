//! The only reader of files: documents, settings and a workspace's own content, each found from where a document lies.

#![expect(clippy::disallowed_methods, reason = "the one layer that reads files")]

mod content_files;
mod names;
mod read;
mod settings_files;
mod walk;
mod write;

use std::{
    collections::HashMap,
    fmt,
    path::{self, Component, Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde_json::Value as Json;

pub use names::names;
pub use read::{LIMIT, decode, read};
pub use walk::Found;
pub use write::replace;

use crate::{
    config::{self, Settings},
    content::{Id, Library},
};

/// Settings and content for documents wherever they lie; what was read is kept until [`Workspace::reload`].
#[derive(Debug)]
pub struct Workspace {
    options: Options,
    kept: Mutex<Kept>,
}

/// Where a workspace looks.
#[derive(Debug, Clone)]
pub struct Options {
    /// An absolute folder: for documents that have no path, and for globs that stand in no file. Paths are told relative to it.
    pub home: PathBuf,
    pub files: Files,
    /// The person's own settings, for all their workspaces.
    pub user_file: Option<PathBuf>,
    /// More folders of content, each laid out like `.followup`; a later one wins.
    pub content: Vec<PathBuf>,
    /// What was said outside of files, from the strongest to the weakest.
    pub said: Vec<Said>,
}

/// Which files of a workspace count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Files {
    /// The nearest `followup.toml` and `.followup` upward from the document, then the user's file.
    Nearest,
    /// This file in place of both, and the nearest `.followup`.
    Only(PathBuf),
    /// None at all: every document is reviewed as on a fresh machine.
    None,
}

/// Settings from outside of files: the keys of `followup.toml` as an object.
#[derive(Debug, Clone)]
pub struct Said {
    /// Who said it, as problems tell it: "the command line".
    pub by: String,
    pub values: Json,
}

/// All that a review of one document depends on beside its text.
#[derive(Debug)]
pub struct Resolved {
    pub library: Arc<Library>,
    /// Merged from all places.
    pub settings: Settings,
    /// What is wrong with settings and content, in the order of the places.
    pub problems: Vec<Problem>,
}

/// Something that could not be read or understood, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file as a person calls it, or who else said it.
    pub label: String,
    /// The file to mend, absolute where it was found by itself; none where it was said by an editor or on the command line.
    pub file: Option<PathBuf>,
    /// Line and column, both from 1, the column in bytes of UTF-8; none where the file as a whole is meant.
    pub at: Option<(usize, usize)>,
    /// Without a final dot.
    pub message: String,
}

#[derive(Debug, Default)]
struct Kept {
    said: Vec<Said>,
    /// By the folder of the document.
    resolved: HashMap<PathBuf, Arc<Resolved>>,
    /// By the folders of content and the files of settings: what all folders have in common where the same hold.
    shared: HashMap<[Vec<PathBuf>; 2], Arc<Resolved>>,
    /// By the folders that content was read from.
    libraries: HashMap<Vec<PathBuf>, Content>,
}

/// A library and what is wrong with the files it was made from.
#[derive(Debug, Clone)]
struct Content {
    library: Arc<Library>,
    problems: Vec<Problem>,
}

impl Workspace {
    pub fn new(options: Options) -> Self {
        let kept = Mutex::new(Kept { said: options.said.clone(), ..Kept::default() });
        Self { options, kept }
    }

    /// What holds for `document`, by an absolute path; for one without a path, what holds in the home folder.
    pub fn settings_for(&self, document: Option<&Path>) -> Arc<Resolved> {
        let folder = document.and_then(Path::parent).unwrap_or(&self.options.home);
        let mut kept = self.kept();
        if let Some(resolved) = kept.resolved.get(folder) {
            return resolved.clone();
        }
        let resolved = self.resolve(folder, &mut kept);
        kept.resolved.insert(folder.to_owned(), resolved.clone());
        resolved
    }

    /// Forgets every file that was read, so that what changed on disk takes effect.
    pub fn reload(&self) {
        let mut kept = self.kept();
        kept.resolved.clear();
        kept.shared.clear();
        kept.libraries.clear();
    }

    /// Puts other settings in the place of those that were said before; from the strongest to the weakest.
    pub fn say(&self, said: Vec<Said>) {
        let mut kept = self.kept();
        kept.resolved.clear();
        kept.shared.clear();
        kept.said = said;
    }

    fn resolve(&self, folder: &Path, kept: &mut Kept) -> Arc<Resolved> {
        let nearest = (self.options.files != Files::None).then(|| content_files::find(folder)).flatten();
        let content: Vec<_> = nearest.into_iter().chain(self.options.content.iter().cloned()).collect();
        let files = settings_files::find(&self.options, folder);
        let places = [content, files.iter().map(|file| file.path.clone()).collect()];
        if let Some(resolved) = kept.shared.get(&places) {
            return resolved.clone();
        }
        let resolved = Arc::new(self.read(&places[0], &files, kept));
        kept.shared.insert(places, resolved.clone());
        resolved
    }

    /// What these folders of content and files of settings say.
    fn read(&self, content: &[PathBuf], files: &[settings_files::File], kept: &mut Kept) -> Resolved {
        let Content { library, mut problems } = self.content_of(content, kept);
        let known = question_ids(&library);
        let mut layers = Vec::new();
        for said in &kept.said {
            let (settings, wrong) = Settings::from_json(&said.values, &said.by, Some(&self.options.home), &known);
            layers.push(settings);
            problems.extend(wrong.into_iter().map(|wrong| Problem { label: wrong.label, file: None, at: None, message: wrong.message }));
        }
        for file in files {
            let (settings, wrong) = settings_files::read(file, &self.label(&file.path), &known);
            layers.push(settings);
            problems.extend(wrong);
        }
        Resolved { library, settings: config::merge(&layers), problems }
    }

    fn content_of(&self, folders: &[PathBuf], kept: &mut Kept) -> Content {
        // The one that nobody named.
        let found = folders.first().filter(|folder| !self.options.content.contains(folder));
        let read = || content_files::read_folders(folders, found.map(PathBuf::as_path), |path| self.label(path));
        kept.libraries.entry(folders.to_owned()).or_insert_with(read).clone()
    }

    /// The shortest name for a file that a person in the home folder understands.
    fn label(&self, path: &Path) -> String {
        path.strip_prefix(&self.options.home).unwrap_or(path).display().to_string()
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        // What is kept is whole at any time: each change is one insertion.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Options {
    /// The usual places, as the environment tells them.
    pub fn from_env(home: PathBuf) -> Self {
        Self { home, files: Files::Nearest, user_file: settings_files::of_user(), content: Vec::new(), said: Vec::new() }
    }
}

impl Problem {
    /// Something wrong with a file as a whole.
    pub fn of_file(path: &Path, message: impl Into<String>) -> Self {
        Self { label: path.display().to_string(), file: Some(path.to_owned()), at: None, message: message.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            Some((line, column)) => write!(f, "{}:{line}:{column}: {}", self.label, self.message),
            None => write!(f, "{}: {}", self.label, self.message),
        }
    }
}

/// A path from the root on, without `..`, as settings are looked up by.
pub fn absolute(path: &Path) -> PathBuf {
    let path = path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match path.components().any(|part| part == Component::ParentDir) {
        // Through a link, `..` leads elsewhere than the text of the path says.
        true => path.canonicalize().unwrap_or(path),
        false => path,
    }
}

fn question_ids(library: &Library) -> Vec<Id> {
    library.questions.iter().map(|question| question.id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use expect_test::{Expect, expect};
    use serde_json::json;

    use super::*;

    /// A folder with files, and no settings of the person who runs the tests.
    struct Place(tempfile::TempDir);

    impl Place {
        fn new(files: &[(&str, &str)]) -> Self {
            let place = Self(tempfile::tempdir().unwrap());
            for (path, text) in files {
                place.write(path, text);
            }
            place
        }

        fn path(&self, below: &str) -> PathBuf {
            self.0.path().join(below)
        }

        fn write(&self, path: &str, text: &str) {
            let path = self.path(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }

        fn options(&self) -> Options {
            let user_file = Some(self.path("user/followup.toml"));
            Options { home: self.path(""), files: Files::Nearest, user_file, content: Vec::new(), said: Vec::new() }
        }
    }

    /// Each level, then each problem, that hold for a document.
    fn check(workspace: &Workspace, document: &Path, expected: Expect) {
        let resolved = workspace.settings_for(Some(document));
        let levels = resolved.settings.severities.levels.iter().map(|(id, level)| format!("{id} {level:?}\n"));
        let problems = resolved.problems.iter().map(|problem| format!("{problem}\n"));
        expected.assert_eq(&levels.chain(problems).collect::<String>());
    }

    const LEVELS: [&str; 4] = ["\"*\" = \"off\"", "\"*\" = \"hint\"", "\"*\" = \"information\"", "\"*\" = \"warning\""];

    fn settings(line: &str) -> String {
        format!("[severity]\n{line}\n")
    }

    #[test]
    fn the_nearest_file_upward_wins_over_the_ones_above_it_and_over_the_users() {
        let place = Place::new(&[
            ("user/followup.toml", &settings(LEVELS[0])),
            ("work/followup.toml", &settings(LEVELS[1])),
            ("work/docs/followup.toml", &settings(LEVELS[2])),
        ]);
        let workspace = Workspace::new(place.options());
        check(&workspace, &place.path("work/docs/deep/a.md"), expect![["* Information\n"]]);
        check(&workspace, &place.path("work/a.md"), expect![["* Hint\n"]]);
        check(&workspace, &place.path("elsewhere/a.md"), expect![["* Off\n"]]);
    }

    #[test]
    fn what_is_said_wins_over_files_and_the_first_that_says_it_wins() {
        let place = Place::new(&[("followup.toml", &settings(LEVELS[0]))]);
        let workspace = Workspace::new(place.options());
        let said = |by: &str, level: &str| Said { by: by.to_owned(), values: json!({ "severity": { "*": level } }) };
        workspace.say(vec![said("the command line", "warning"), said("the editor's settings", "hint")]);
        check(&workspace, &place.path("a.md"), expect![["* Warning\n"]]);
        workspace.say(vec![said("the editor's settings", "hint")]);
        check(&workspace, &place.path("a.md"), expect![["* Hint\n"]]);
        workspace.say(Vec::new());
        check(&workspace, &place.path("a.md"), expect![["* Off\n"]]);
    }

    #[test]
    fn a_file_in_place_of_all_others_and_no_file_at_all() {
        let place = Place::new(&[("followup.toml", &settings(LEVELS[0])), ("other.toml", &settings(LEVELS[3]))]);
        let with = |files| Workspace::new(Options { files, ..place.options() });
        check(&with(Files::Only(place.path("other.toml"))), &place.path("a.md"), expect![["* Warning\n"]]);
        check(&with(Files::None), &place.path("a.md"), expect![[""]]);
    }

    #[test]
    fn a_file_that_was_asked_for_and_is_missing_is_told() {
        let place = Place::new(&[]);
        let files = Files::Only(place.path("other.toml"));
        check(
            &Workspace::new(Options { files, ..place.options() }),
            &place.path("a.md"),
            expect![["other.toml: does not exist; check the path\n"]],
        );
    }

    #[test]
    fn problems_are_told_by_line_under_the_name_of_the_file_and_cost_nothing_else() {
        let place = Place::new(&[("work/followup.toml", "colour = 1\n[severity]\n\"*\" = \"off\"\n"), ("user/followup.toml", "=\n")]);
        let workspace = Workspace::new(place.options());
        workspace.say(vec![Said { by: "the editor's settings".to_owned(), values: json!({ "exclude": "a" }) }]);
        check(
            &workspace,
            &place.path("work/a.md"),
            expect![[r#"
                * Off
                the editor's settings: `exclude` must be a list of globs such as ["docs/**"], not a text
                work/followup.toml:1:1: unknown key `colour`; the keys are `severity`, `include`, `exclude`, `docs-url`, `max-size`, `max-findings`
                user/followup.toml:1:1: this is no TOML: unquoted keys cannot be empty, expected letters, numbers, `-`, `_`
            "#]],
        );
    }

    #[test]
    fn a_change_on_disk_takes_effect_on_reload() {
        let place = Place::new(&[]);
        let workspace = Workspace::new(place.options());
        check(&workspace, &place.path("a.md"), expect![[""]]);
        place.write("followup.toml", &settings(LEVELS[1]));
        check(&workspace, &place.path("a.md"), expect![[""]]);
        workspace.reload();
        check(&workspace, &place.path("a.md"), expect![["* Hint\n"]]);
    }

    #[test]
    fn documents_below_one_folder_of_content_share_one_library() {
        let place = Place::new(&[(".followup/concepts/tea.md", ""), ("deep/a.md", ""), ("other/.followup/concepts/pot.md", "")]);
        let workspace = Workspace::new(place.options());
        let library = |path: &str| workspace.settings_for(Some(&place.path(path))).library.clone();
        assert!(Arc::ptr_eq(&library("a.md"), &library("deep/a.md")));
        assert!(!Arc::ptr_eq(&library("a.md"), &library("other/a.md")));
    }

    #[test]
    fn a_document_without_a_path_is_taken_to_lie_in_the_home_folder() {
        let place = Place::new(&[("followup.toml", &settings(LEVELS[1]))]);
        let workspace = Workspace::new(place.options());
        assert_eq!(workspace.settings_for(None).settings.severities.levels.len(), 1);
    }
}
