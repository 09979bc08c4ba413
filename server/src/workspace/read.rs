//! One file read, with a clear word where it cannot be.

use std::{
    fs::File,
    io::{self, ErrorKind, Read},
    path::Path,
};

/// A file above this many bytes is no design that a person wrote.
pub const LIMIT: u64 = 16 * 1024 * 1024;

/// The text of a file. The error is what to tell after its name, with what to do and without a final dot.
pub fn read(path: &Path) -> Result<String, String> {
    decode(read_bytes(path)?)
}

/// Bytes as a text; a byte order mark stays. The error is as in [`read`].
pub fn decode(bytes: Vec<u8>) -> Result<String, String> {
    if bytes.len() as u64 > LIMIT {
        return Err(format!("is larger than {} MB; split it, or leave it out with `exclude`", LIMIT / (1024 * 1024)));
    }
    String::from_utf8(bytes).map_err(|error| {
        let bytes = error.as_bytes();
        let at = error.utf8_error().valid_up_to();
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            return "is UTF-16; save it as UTF-8".to_owned();
        }
        let line = bytes[..at].iter().filter(|&&byte| byte == b'\n').count() + 1;
        format!("is not UTF-8 (byte {at}, in line {line}); save it as UTF-8")
    })
}

/// At most one byte more than the limit is read, so that not even an endless pipe takes all memory.
pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| {
        // Room for all of it, and one byte more to meet the end in.
        bytes.reserve(file.metadata()?.len().min(LIMIT) as usize + 1);
        file.take(LIMIT + 1).read_to_end(&mut bytes)
    });
    read.map(|_| bytes).map_err(|error| remedy(&error))
}

/// Does `path` lead out of `folder`, through whatever link? What is not there leads nowhere.
pub(super) fn leads_out(path: &Path, folder: &Path) -> bool {
    match (path.canonicalize(), folder.canonicalize()) {
        (Ok(path), Ok(folder)) => !path.starts_with(folder),
        _ => false,
    }
}

pub(super) fn remedy(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "does not exist; check the path".to_owned(),
        ErrorKind::PermissionDenied => "may not be read; change its permissions".to_owned(),
        ErrorKind::IsADirectory => "is a folder; name a file".to_owned(),
        _ => format!("cannot be read: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_utf8_is_told_by_byte_and_line() {
        assert_eq!(decode(b"one\ntw\xe4".to_vec()).unwrap_err(), "is not UTF-8 (byte 6, in line 2); save it as UTF-8");
        assert_eq!(decode(b"\xff\xfeo\0".to_vec()).unwrap_err(), "is UTF-16; save it as UTF-8");
    }

    #[test]
    fn what_is_utf8_is_left_as_it_is() {
        assert_eq!(decode("\u{feff}één\r\n".into()).unwrap(), "\u{feff}één\r\n");
    }

    #[test]
    fn what_is_too_large_is_told() {
        let text = vec![b'a'; LIMIT as usize + 1];
        assert_eq!(decode(text).unwrap_err(), "is larger than 16 MB; split it, or leave it out with `exclude`");
    }
}
