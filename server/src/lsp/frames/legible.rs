//! Finds the id in a message that is too long to keep or broken, so that whoever asked gets an answer.

use std::io;

use tower_lsp::jsonrpc::Id;

/// Looks at JSON byte by byte and remembers the value of the outermost object's `id`. Keeps at most a few hundred bytes.
#[derive(Default)]
pub(super) struct Legible {
    depth: usize,
    in_string: bool,
    escaped: bool,
    /// The string or bare value at the outermost level that is being read.
    token: Vec<u8>,
    /// Does `token` follow the key `id` and its colon?
    is_id: bool,
    /// The last whole string at the outermost level: a key, if a colon follows.
    key: Vec<u8>,
    id: Option<Vec<u8>>,
}

/// Longer ids are not kept; editors count.
const LONGEST_ID: usize = 256;

impl Legible {
    /// The id, once all bytes have been pushed.
    pub(super) fn id(&self) -> Option<Id> {
        match serde_json::from_slice(self.id.as_deref()?).ok()? {
            Id::Null => None,
            id => Some(id),
        }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.step(*byte));
    }

    fn step(&mut self, byte: u8) {
        if self.in_string {
            self.keep(byte);
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                _ => {}
            }
            return;
        }
        match byte {
            b'"' => {
                self.in_string = true;
                self.keep(byte);
            }
            b'{' | b'[' => {
                self.depth += 1;
                self.token.clear();
            }
            b':' if self.depth == 1 => {
                self.key = std::mem::take(&mut self.token);
                self.is_id = self.key == b"\"id\"";
            }
            b',' | b'}' | b']' => {
                if self.depth == 1 && self.is_id && !self.token.is_empty() {
                    self.id = Some(self.token.clone());
                }
                if self.depth == 1 {
                    self.is_id = false;
                    self.token.clear();
                }
                if byte != b',' {
                    self.depth = self.depth.saturating_sub(1);
                }
            }
            byte if byte.is_ascii_whitespace() => {}
            byte => self.keep(byte),
        }
    }

    fn keep(&mut self, byte: u8) {
        if self.depth == 1 && self.token.len() < LONGEST_ID {
            self.token.push(byte);
        }
    }
}

impl io::Write for Legible {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.push(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, expected: Option<Id>) {
        let mut legible = Legible::default();
        legible.push(json.as_bytes());
        assert_eq!(legible.id(), expected, "{json}");
    }

    #[test]
    fn the_outermost_id_is_found_wherever_it_stands() {
        check(r#"{"id":1,"x":"#, Some(Id::Number(1)));
        check(r#"{"params":{"id":2,"t":["}"]}, "id" : 3 }"#, Some(Id::Number(3)));
        check(r#"{"id":"a\"b,c}","#, Some(Id::String("a\"b,c}".into())));
    }

    #[test]
    fn what_only_looks_like_an_id_is_left_alone() {
        check(r#"{"params":{"id":2}"#, None);
        check(r#"{"x":"id","y":4}"#, None);
        check(r#"{"text":"\"id\":5,"}"#, None);
        check(r#"{"id":1"#, None); // might go on as 12
        check(r#"{"id":null}"#, None);
        check(r#"{"id":{"a":1}}"#, None);
        check("", None);
    }
}
