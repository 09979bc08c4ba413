//! Reads the messages of an editor from a byte stream, and goes on after those that cannot be read.

mod legible;

use std::io::{self, BufRead, Read};

use tower_lsp::jsonrpc::{Id, Request, Response};

use legible::Legible;

/// Longer messages are read past, not kept: 64 MB.
const LONGEST_KEPT: u64 = 64 << 20;

/// Nobody waits for a message that is longer than this: 1 GB.
const LONGEST_SKIPPED: u64 = 1 << 30;

/// A header line is read in pieces of this many bytes; no sensible one needs two.
const HEADER_PIECE: u64 = 8 << 10;

/// What came from the editor.
#[derive(Debug)]
pub enum Incoming {
    /// A request, or a notification where it has no id.
    Request(Request),
    /// The answer to something that the server asked.
    Response(Response),
    /// A whole message that says nothing: neither a method nor a result.
    Empty(Option<Id>),
    /// A message that could not be read. It may have been an edit.
    Lost(Lost),
    /// The stream has ended, in good order or with a message that says why nothing more can be read.
    End(Option<String>),
}

/// A message that could not be read.
#[derive(Debug)]
pub struct Lost {
    /// Its id, where that could still be seen.
    pub id: Option<Id>,
    /// Why, as a clause to put after "could not read a message".
    pub reason: String,
}

/// Cuts a byte stream into messages.
pub struct Frames<R> {
    input: R,
    /// After a broken header the next one may start anywhere, even behind the rest of a body on the same line.
    searching: bool,
}

/// What the header block says of the body.
enum Header {
    /// The body's length in bytes.
    Length(u64),
    Broken,
    End,
}

impl<R: BufRead> Frames<R> {
    pub fn new(input: R) -> Self {
        Self { input, searching: false }
    }

    /// The next message. Waits for it; after [`Incoming::End`] there is none.
    pub fn read(&mut self) -> Incoming {
        self.try_read().unwrap_or_else(|error| Incoming::End(Some(format!("could not read from the editor: {error}"))))
    }

    fn try_read(&mut self) -> io::Result<Incoming> {
        loop {
            match self.header()? {
                Header::End => return Ok(Incoming::End(None)),
                Header::Length(length) => {
                    self.searching = false;
                    return self.body(length);
                }
                // Told once: what follows is looked through in silence until a header can be read again.
                Header::Broken if self.searching => {}
                Header::Broken => {
                    self.searching = true;
                    return Ok(lost(None, "its header has no usable Content-Length"));
                }
            }
        }
    }

    /// Reads header lines up to the empty one. Any number, in any order and case; the last length counts.
    fn header(&mut self) -> io::Result<Header> {
        let (mut length, mut seen, mut line) = (None, false, Vec::new());
        loop {
            line.clear();
            if self.input.by_ref().take(HEADER_PIECE).read_until(b'\n', &mut line)? == 0 {
                return Ok(Header::End);
            }
            match line.trim_ascii() {
                [] if seen => return Ok(length.map_or(Header::Broken, Header::Length)),
                [] => {}
                text => {
                    seen = true;
                    length = content_length(text, self.searching).or(length);
                }
            }
        }
    }

    fn body(&mut self, length: u64) -> io::Result<Incoming> {
        if length > LONGEST_SKIPPED {
            let reason = format!("a message of {length} bytes was announced, which nobody can mean; start the server again");
            return Ok(Incoming::End(Some(reason)));
        }
        let mut input = self.input.by_ref().take(length);
        if length > LONGEST_KEPT {
            let mut legible = Legible::default();
            let read = io::copy(&mut input, &mut legible)?;
            let reason = format!("it has {length} bytes, and at most {LONGEST_KEPT} are read");
            return Ok(if read < length { Incoming::End(None) } else { lost(legible.id(), reason) });
        }
        // The buffer grows with what is really sent: a length alone reserves nothing.
        let mut bytes = Vec::new();
        if (input.read_to_end(&mut bytes)? as u64) < length {
            return Ok(Incoming::End(None));
        }
        Ok(message(&bytes))
    }
}

/// Reads the body of a message.
fn message(bytes: &[u8]) -> Incoming {
    match serde_json::from_slice::<Request>(bytes) {
        Ok(request) if !request.method().is_empty() => Incoming::Request(request),
        // The library takes any object for a request; what has no method is an answer or nothing at all.
        Ok(request) => match serde_json::from_slice(bytes) {
            Ok(response) => Incoming::Response(response),
            Err(_) => Incoming::Empty(request.id().cloned()),
        },
        Err(error) => {
            let mut legible = Legible::default();
            legible.push(bytes);
            lost(legible.id(), format!("it is no JSON-RPC message: {error}"))
        }
    }
}

fn lost(id: Option<Id>, reason: impl Into<String>) -> Incoming {
    Incoming::Lost(Lost { id, reason: reason.into() })
}

/// The value of a `Content-Length` header; `anywhere` in the line, or only as the name in front of the colon.
fn content_length(line: &[u8], anywhere: bool) -> Option<u64> {
    const NAME: &[u8] = b"content-length";
    let line = if anywhere {
        let start = line.windows(NAME.len()).rposition(|window| window.eq_ignore_ascii_case(NAME))?;
        &line[start..]
    } else {
        line
    };
    let colon = line.iter().position(|byte| *byte == b':')?;
    let (name, value) = (line[..colon].trim_ascii(), line[colon + 1..].trim_ascii());
    if !name.eq_ignore_ascii_case(NAME) {
        return None;
    }
    std::str::from_utf8(value).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read from `bytes`, a line a message.
    fn check(bytes: &[u8], expected: &[&str]) {
        let mut frames = Frames::new(bytes);
        let mut read = Vec::new();
        loop {
            match frames.read() {
                Incoming::Request(request) => read.push(format!("request {}", request.method())),
                Incoming::Response(response) => read.push(format!("response {}", response.id())),
                Incoming::Empty(id) => read.push(format!("empty {id:?}")),
                Incoming::Lost(lost) => read.push(format!("lost {:?}", lost.id)),
                Incoming::End(Some(_)) => break read.push("stop".to_owned()),
                Incoming::End(None) => break read.push("end".to_owned()),
            }
        }
        assert_eq!(read, expected);
    }

    fn frame(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    const GOOD: &str = r#"{"jsonrpc":"2.0","method":"good"}"#;

    #[test]
    fn headers_come_in_any_case_number_and_order() {
        let bytes = format!("X-A: 1\r\ncontent-length:{}\r\nContent-Type: x\r\n\r\n{GOOD}", GOOD.len());
        check(bytes.as_bytes(), &["request good", "end"]);
    }

    #[test]
    fn answers_are_told_from_requests() {
        check(frame(r#"{"jsonrpc":"2.0","id":3,"result":null}"#).as_bytes(), &["response 3", "end"]);
        check(frame(r#"{"jsonrpc":"2.0","id":3,"error":{"code":1,"message":"no"}}"#).as_bytes(), &["response 3", "end"]);
    }

    #[test]
    fn a_message_without_method_and_result_is_no_lost_edit() {
        check(frame(r#"{"jsonrpc":"2.0"}"#).as_bytes(), &["empty None", "end"]);
        check(frame(r#"{"jsonrpc":"2.0","id":4}"#).as_bytes(), &["empty Some(Number(4))", "end"]);
    }

    #[test]
    fn a_broken_body_costs_only_itself() {
        for body in ["{}", "[]", r#"{"jsonrpc":"2.0","method":"#, "\u{1}", ""] {
            check(format!("{}{}", frame(body), frame(GOOD)).as_bytes(), &["lost None", "request good", "end"]);
        }
        let invalid = [frame("1234").replace("1234", "").as_bytes(), &[0xff; 4], frame(GOOD).as_bytes()].concat();
        check(&invalid, &["lost None", "request good", "end"]);
    }

    #[test]
    fn a_broken_body_keeps_the_id_that_can_be_seen() {
        check(frame(r#"{"jsonrpc":"2.0","id":7,"method":"x","params":{"#).as_bytes(), &["lost Some(Number(7))", "end"]);
        check(frame(r#"{"jsonrpc":"2.0","id":"a b","method":5}"#).as_bytes(), &["lost Some(String(\"a b\"))", "end"]);
    }

    #[test]
    fn a_broken_header_is_told_once_and_the_next_good_one_found() {
        for header in ["Content-Length: many", "Content-Length: -1", "Content-Length: 99999999999999999999999", "nonsense"] {
            let bytes = format!("{header}\r\n\r\n{{\"half\":1}}\r\n\r\nmore{}{}", frame(GOOD), frame(GOOD));
            check(bytes.as_bytes(), &["lost None", "request good", "request good", "end"]);
        }
    }

    #[test]
    fn a_message_cut_short_is_the_end() {
        check(b"Content-Length: 50\r\n\r\n{\"jsonrpc\"", &["end"]);
        check(b"Content-Length: 5", &["end"]);
        check(b"", &["end"]);
    }

    #[test]
    fn a_length_beyond_reason_ends_the_reading() {
        check(b"Content-Length: 9900000000000\r\n\r\n{}", &["stop"]);
    }

    #[test]
    fn an_overlong_message_is_read_past_and_its_id_kept() {
        let body = format!(r#"{{"jsonrpc":"2.0","params":["{}"],"id":8}}"#, "x".repeat(LONGEST_KEPT as usize));
        check(format!("{}{}", frame(&body), frame(GOOD)).as_bytes(), &["lost Some(Number(8))", "request good", "end"]);
    }
}
