//! `followup.toml`: found upward from a document, and the user's own.

use std::{
    env,
    path::{Path, PathBuf},
};

use super::{
    Files, Options, Problem,
    read::{leads_out, read_bytes},
};
use crate::{config::Settings, content::Id};

const NAME: &str = "followup.toml";

/// A file of settings that is there, or ought to be.
#[derive(Debug)]
pub(super) struct File {
    pub(super) path: PathBuf,
    /// The folder that its globs are relative to; the user's file has none.
    base: Option<PathBuf>,
    /// It was not named by the person, so it may be anybody's.
    found: bool,
}

/// The files that hold for documents in `folder`, from the strongest to the weakest.
pub(super) fn find(options: &Options, folder: &Path) -> Vec<File> {
    let of_workspace = |path: PathBuf, found| File { base: path.parent().map(Path::to_owned), path, found };
    match &options.files {
        Files::None => Vec::new(),
        Files::Only(path) => vec![of_workspace(path.clone(), false)],
        Files::Nearest => {
            let nearest = folder.ancestors().map(|folder| folder.join(NAME)).find(|path| path.is_file());
            let user = options.user_file.clone().filter(|path| path.is_file() && nearest.as_ref() != Some(path));
            let user = user.map(|path| File { path, base: None, found: false });
            nearest.map(|path| of_workspace(path, true)).into_iter().chain(user).collect()
        }
    }
}

pub(super) fn read(file: &File, label: &str, known: &[Id]) -> (Settings, Vec<Problem>) {
    let led_out = file.found && file.base.as_ref().is_some_and(|folder| leads_out(&file.path, folder));
    let bytes = match if led_out {
        Err("is a link that leads out of its folder; put the file itself there".to_owned())
    } else {
        read_bytes(&file.path)
    } {
        Ok(bytes) => bytes,
        Err(message) => {
            let problem = Problem { label: label.to_owned(), file: Some(file.path.clone()), at: None, message };
            return (Settings::default(), vec![problem]);
        }
    };
    let (settings, problems) = Settings::from_toml(&bytes, label, file.base.as_deref(), known);
    let told = |problem: crate::config::Problem| Problem {
        label: problem.label,
        file: Some(file.path.clone()),
        at: Some((problem.line, problem.column)),
        message: problem.message,
    };
    (settings, problems.into_iter().map(told).collect())
}

/// Where the user's settings lie, by the rules of the system.
pub(super) fn of_user() -> Option<PathBuf> {
    let set = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || Some(env::home_dir()?.join(".config"));
    let folder = set("XDG_CONFIG_HOME").or_else(|| if cfg!(windows) { set("APPDATA") } else { home() })?;
    Some(folder.join("followup").join(NAME))
}
