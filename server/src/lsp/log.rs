//! Where the server tells what a person need not see: standard error, and the file that was asked for.

use std::{
    fs::File,
    io::{self, Write},
    path::Path,
    sync::Arc,
};

/// Writes lines; clones write to the same places.
#[derive(Clone)]
pub(super) struct Log {
    file: Option<Arc<File>>,
}

impl Log {
    /// A log that also appends to the file at `path`. Fails where it cannot be opened.
    pub(super) fn open(path: Option<&Path>) -> io::Result<Self> {
        let file = path.map(|path| File::options().create(true).append(true).open(path)).transpose()?;
        Ok(Self { file: file.map(Arc::new) })
    }

    pub(super) fn line(&self, line: &str) {
        let line = format!("followup: {line}\n");
        // There is nowhere left to tell that the log cannot be written.
        let _ = io::stderr().write_all(line.as_bytes());
        if let Some(mut file) = self.file.as_deref() {
            let _ = file.write_all(line.as_bytes());
        }
    }
}
