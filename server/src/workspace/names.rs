//! A list of paths, from a file or from standard input, read as it comes.

use std::{
    ffi::OsString,
    fs::File,
    io::{self, BufRead, BufReader},
    iter,
    path::{Path, PathBuf},
};

use super::{Found, Problem, read::remedy};

/// The paths that `list` holds, each with `end` behind it (a line end, or a NUL for paths that hold line ends); without a file, those on standard
/// input. Ends with the first error.
pub fn names(list: Option<&Path>, end: u8) -> Box<dyn Iterator<Item = Found> + Send> {
    let label = list.unwrap_or(Path::new("<stdin>")).to_owned();
    match list.map(File::open) {
        None => Box::new(read(BufReader::new(io::stdin()), end, label)),
        Some(Ok(file)) => Box::new(read(BufReader::new(file), end, label)),
        Some(Err(error)) => Box::new(iter::once(Err(Problem::of_file(&label, remedy(&error))))),
    }
}

fn read(list: impl BufRead + Send, end: u8, label: PathBuf) -> impl Iterator<Item = Found> + Send {
    let mut failed = false;
    let names = list.split(end).map_while(move |name| {
        let name = name.map_err(|error| Problem::of_file(&label, remedy(&error)));
        (!std::mem::replace(&mut failed, name.is_err())).then_some(name)
    });
    names.filter_map(move |name| match name {
        Ok(mut name) => {
            if end == b'\n' && name.ends_with(b"\r") {
                name.pop();
            }
            (!name.is_empty()).then(|| Ok(path(name)))
        }
        Err(problem) => Some(Err(problem)),
    })
}

#[cfg(unix)]
fn path(name: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    OsString::from_vec(name).into()
}

#[cfg(not(unix))]
fn path(name: Vec<u8>) -> PathBuf {
    OsString::from(String::from_utf8_lossy(&name).into_owned()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(list: &[u8], end: u8) -> Vec<String> {
        let read = read(list, end, PathBuf::from("list"));
        read.map(|name| name.map_or_else(|problem| format!("! {problem}"), |path| path.display().to_string())).collect()
    }

    #[test]
    fn paths_stand_on_lines_or_end_with_a_nul() {
        assert_eq!(check(b"a b.md\nc.md\r\n\nd.md", b'\n'), ["a b.md", "c.md", "d.md"]);
        assert_eq!(check(b"a\nb.md\0c.md\0", 0), ["a\nb.md", "c.md"]);
        assert!(check(b"", b'\n').is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn a_path_need_not_be_utf8() {
        use std::os::unix::ffi::OsStrExt;
        let path = read(&b"caf\xe9.md\n"[..], b'\n', PathBuf::new()).next().unwrap().unwrap();
        assert_eq!(path.as_os_str().as_bytes(), b"caf\xe9.md");
    }

    #[test]
    fn a_list_that_cannot_be_read_is_told_once() {
        let folder = tempfile::tempdir().unwrap();
        let told = |list: &Path| names(Some(list), b'\n').map(|name| name.unwrap_err().message).collect::<Vec<_>>();
        assert_eq!(told(&folder.path().join("missing")), ["does not exist; check the path"]);
        assert_eq!(told(folder.path()).len(), 1);
    }
}
