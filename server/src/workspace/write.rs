//! One file written, whole or not at all.

use std::{
    fs::{self, OpenOptions},
    io::Write,
    path::Path,
};

use super::read::remedy;

/// Puts `after` in the place of a file that still holds `before`: written beside it and then renamed, so that whoever reads it sees one text or
/// the other. Permissions stay, and where the path is a link, what it leads to is written. The error is what to tell after the file's name.
pub fn replace(path: &Path, before: &str, after: &str) -> Result<(), String> {
    let target = path.canonicalize().map_err(|error| remedy(&error))?;
    if fs::read(&target).map_err(|error| remedy(&error))? != before.as_bytes() {
        return Err("has changed since it was read; run again".to_owned());
    }
    let cannot = |error: std::io::Error| format!("cannot be written: {error}");
    // The rename would get past a file that nobody may write to; whoever protected it meant something by it.
    OpenOptions::new().append(true).open(&target).map_err(cannot)?;
    let permissions = target.metadata().map_err(cannot)?.permissions();
    let folder = target.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".followup-").tempfile_in(folder).map_err(cannot)?;
    file.write_all(after.as_bytes()).map_err(cannot)?;
    file.as_file().set_permissions(permissions).map_err(cannot)?;
    file.as_file().sync_all().map_err(cannot)?;
    file.persist(&target).map_err(|error| cannot(error.error))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        fs::write(&path, "one\r\n").unwrap();
        replace(&path, "one\r\n", "two\r\n").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two\r\n");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_changed_meanwhile_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        fs::write(&path, "newer").unwrap();
        assert_eq!(replace(&path, "one", "two").unwrap_err(), "has changed since it was read; run again");
        assert_eq!(fs::read_to_string(&path).unwrap(), "newer");
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay_and_a_link_stays_a_link() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let [path, link] = ["a.md", "link.md"].map(|name| folder.path().join(name));
        fs::write(&path, "one").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("a.md", &link).unwrap();
        replace(&link, "one", "two").unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o640);
    }
}
