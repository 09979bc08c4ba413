//! Where the server tells what a person need not see: standard error, or the file that was asked for.

use std::{
    fs::File,
    io::{self, Write},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

/// A place to write lines to; clones write to the same.
#[derive(Clone)]
pub(super) struct Log {
    to: Arc<Mutex<Box<dyn Write + Send>>>,
}

impl Log {
    /// Appends to the file at `path`, or writes to standard error. Fails where the file cannot be opened.
    pub(super) fn open(path: Option<&Path>) -> io::Result<Self> {
        let to: Box<dyn Write + Send> = match path {
            Some(path) => Box::new(File::options().create(true).append(true).open(path)?),
            None => Box::new(io::stderr()),
        };
        Ok(Self { to: Arc::new(Mutex::new(to)) })
    }

    pub(super) fn line(&self, line: &str) {
        let mut to = self.to.lock().unwrap_or_else(PoisonError::into_inner);
        // There is nowhere left to tell that the log cannot be written.
        let _ = writeln!(to, "followup: {line}");
    }
}
