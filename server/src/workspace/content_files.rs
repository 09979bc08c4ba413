//! A workspace's own content, `.followup/**/*.md`: found upward from a document, read, and made into a library.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use ignore::WalkBuilder;

use super::{
    Content, Problem,
    read::{leads_out, read},
    walk::is_markdown,
};
use crate::content::{Library, Source};

const NAME: &str = ".followup";

const LED_OUT: &str = "is a link that leads out of the workspace; put what it leads to there itself";

/// The nearest folder of content upward from `folder`.
pub(super) fn find(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|folder| folder.join(NAME)).find(|path| path.is_dir())
}

/// The built-in content with that of `folders`; a file wins over one of the same path in an earlier folder. `label` names a file.
///
/// Links in `found`, which nobody named, are not followed out of the folder that it stands in: it may be anybody's.
pub(super) fn read_folders(folders: &[PathBuf], found: Option<&Path>, label: impl Fn(&Path) -> String) -> Content {
    let mut problems = Vec::new();
    let mut sources = BTreeMap::new();
    for folder in folders {
        if !folder.is_dir() {
            problems.push(about(folder, &label, None, "is no folder of content; check the path".to_owned()));
            continue;
        }
        let bounds = folder.parent().filter(|_| found == Some(folder));
        if bounds.is_some_and(|bounds| leads_out(folder, bounds)) {
            problems.push(about(folder, &label, None, LED_OUT.to_owned()));
            continue;
        }
        for (path, file) in files(folder, bounds, &label, &mut problems) {
            match read(&file) {
                Ok(text) => _ = sources.insert(path, (file, without_controls(&text))),
                Err(message) => problems.push(about(&file, &label, None, message)),
            }
        }
    }
    if sources.is_empty() {
        return Content { library: Library::built_in(), problems };
    }
    let texts: Vec<_> = sources.iter().map(|(path, (_, text))| Source { path: path.clone(), text: text.clone() }).collect();
    let (library, wrong) = Library::with(&texts);
    let (own, built_in): (Vec<_>, Vec<_>) = wrong.into_iter().partition(|wrong| sources.contains_key(&wrong.path));
    for wrong in own {
        problems.push(about(&sources[&wrong.path].0, &label, Some((wrong.line, 1)), wrong.message));
    }
    // A file of the workspace can put one that is built in out of order, by taking away what it refers to.
    problems.extend(built_in.into_iter().map(|wrong| Problem {
        label: format!("built-in {}", wrong.path),
        file: None,
        at: Some((wrong.line, 1)),
        message: wrong.message,
    }));
    Content { library: Arc::new(library), problems }
}

/// Every Markdown file in the folders of `folder`, with its path below it; what lies beside the folders is no content (a README).
fn files(folder: &Path, bounds: Option<&Path>, label: &impl Fn(&Path) -> String, problems: &mut Vec<Problem>) -> Vec<(String, PathBuf)> {
    let mut files = Vec::new();
    let led_out = Arc::new(Mutex::new(Vec::new()));
    let mut walk = WalkBuilder::new(folder);
    if let Some(bounds) = bounds.map(Path::to_owned) {
        let led_out = led_out.clone();
        walk.filter_entry(move |entry| {
            let stays = !entry.path_is_symlink() || !leads_out(entry.path(), &bounds);
            if !stays {
                led_out.lock().unwrap_or_else(PoisonError::into_inner).push(entry.path().to_owned());
            }
            stays
        });
    }
    for entry in walk.standard_filters(false).follow_links(true).build() {
        match entry {
            Ok(entry) if entry.depth() > 1 && entry.file_type().is_some_and(|kind| kind.is_file()) && is_markdown(entry.path()) => {
                let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
                let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
                files.push((parts.join("/"), entry.into_path()));
            }
            Ok(_) => {}
            Err(error) => problems.push(about(folder, label, None, format!("cannot be read to its end: {error}"))),
        }
    }
    for link in led_out.lock().unwrap_or_else(PoisonError::into_inner).iter() {
        problems.push(about(link, label, None, LED_OUT.to_owned()));
    }
    files.sort();
    files
}

/// What moves a terminal's cursor, or turns the reading direction round, has no place in a page.
fn without_controls(text: &str) -> String {
    let is_control =
        |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.replace(is_control, "\u{fffd}")
}

fn about(file: &Path, label: &impl Fn(&Path) -> String, at: Option<(usize, usize)>, message: String) -> Problem {
    Problem { label: label(file), file: Some(file.to_owned()), at, message }
}
