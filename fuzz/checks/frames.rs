//! Any bytes are read as messages to their end, the same ones however they arrive, and a good message in front is never lost.

use std::io::{BufRead, BufReader};

use followup::lsp::frames::{Frames, Incoming};

pub(crate) fn check(bytes: &[u8]) {
    let whole = read(bytes);
    let capacity = 1 + usize::from(bytes.first().copied().unwrap_or(0));
    assert_eq!(read(BufReader::with_capacity(capacity, bytes)), whole);
    assert!(whole.len() <= bytes.len() + 1, "more messages than bytes");
    let good = br#"{"jsonrpc":"2.0","method":"good"}"#;
    let framed = [format!("Content-Length: {}\r\n\r\n", good.len()).as_bytes(), good, bytes].concat();
    let behind = read(framed.as_slice());
    assert_eq!(behind.first().map(String::as_str), Some("request good"));
    assert_eq!(behind[1..], whole);
}

/// What was read, a line a message.
fn read(input: impl BufRead) -> Vec<String> {
    let (mut frames, mut read) = (Frames::new(input), Vec::new());
    loop {
        match frames.read() {
            Incoming::Request(request) => read.push(format!("request {}", request.method())),
            Incoming::Response(response) => read.push(format!("response {}", response.id())),
            Incoming::Empty(id) => read.push(format!("empty {id:?}")),
            Incoming::Lost(lost) => read.push(format!("lost {:?} {}", lost.id, lost.reason)),
            Incoming::End(reason) => {
                read.push(format!("end {reason:?}"));
                return read;
            }
        }
    }
}
