//! Carries messages between the editor and the service: in strict order, one failing handler at a time, until the editor says `exit`.
//!
//! The library's own loop is not used: it ends on a broken frame, blocks when handlers wait for the editor, sees a cancellation only when a slot
//! is free and goes down with a panic. Here reading and writing have a thread each, so that neither waits for the other, and everything between
//! them happens on one task that never works long.

use std::{
    io::{self, BufReader, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc as blocking,
    thread,
    time::Duration,
};

use futures_util::{
    FutureExt, SinkExt, StreamExt,
    future::{BoxFuture, poll_fn},
    stream::FuturesUnordered,
};
use serde::Serialize;
use tokio::sync::mpsc;
use tower::Service;
use tower_lsp::{
    ClientSocket, LspService,
    jsonrpc::{Error, Id, Request, Response},
};

use super::{
    frames::{Frames, Incoming},
    log::Log,
    server::Server,
};

/// Messages that have been read ahead; more wait in the pipe.
const READ_AHEAD: usize = 64;

/// How long the last answers may take to leave when the editor has stopped reading.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// Serves the editor on standard input and output until it says `exit` or closes the input.
///
/// Returns true where it had asked for a shutdown before, which is how a session ends well.
pub(super) async fn serve(mut service: LspService<Server>, socket: ClientSocket, log: Log) -> bool {
    let mut incoming = read_stdin();
    let output = Output::to_stdout();
    let (mut questions, mut answers) = socket.split();
    let mut running = FuturesUnordered::new();
    let mut shut_down = false;
    loop {
        tokio::select! {
            message = incoming.recv() => match message {
                Some(Incoming::Request(request)) => {
                    match request.method() {
                        // What comes after `exit` is none of our business.
                        "exit" => break,
                        "shutdown" => shut_down = true,
                        _ => {}
                    }
                    if let Some(refusal) = refuse(&request) {
                        output.send(&refusal);
                        continue;
                    }
                    match begin(&mut service, request).await {
                        Begun::Done(answer) => output.send_any(answer),
                        Begun::Running(rest) => running.push(rest),
                    }
                }
                Some(Incoming::Response(response)) => {
                    // An answer to nothing that was asked is dropped by the library; an error means that the session is over.
                    if answers.send(response).await.is_err() {
                        break;
                    }
                }
                Some(Incoming::Empty(id)) => {
                    log.line("ignored a message without method and result");
                    output.send_any(id.map(|id| Response::from_error(id, Error::invalid_request())));
                }
                Some(Incoming::Lost(lost)) => {
                    log.line(&format!("could not read a message: {}", lost.reason));
                    output.send(&Response::from_error(lost.id.unwrap_or(Id::Null), unreadable(&lost.reason)));
                    service.inner().lost_a_message(&lost.reason);
                }
                Some(Incoming::End(reason)) => {
                    if let Some(reason) = reason {
                        log.line(&reason);
                        shut_down = false;
                    }
                    break;
                }
                None => break,
            },
            Some(answer) = running.next() => output.send_any(answer),
            Some(question) = questions.next() => output.send(&question),
        }
    }
    output.finish();
    shut_down
}

/// Requests of the protocol's private kind may be refused but not left without an answer, as the library has it.
fn refuse(request: &Request) -> Option<Response> {
    let id = request.id().filter(|_| request.method().starts_with("$/"))?;
    Some(Response::from_error(id.clone(), Error::method_not_found()))
}

type Answer = Option<Response>;

/// How far a handler came before it had to wait.
enum Begun {
    Done(Answer),
    Running(BoxFuture<'static, Answer>),
}

/// Runs the handler of `request` up to its first wait before the next message is looked at.
///
/// So every edit is in place, and every snapshot taken, in the order in which the messages came; a cancellation takes effect while it is read.
/// A panic becomes an error answer.
async fn begin(service: &mut LspService<Server>, request: Request) -> Begun {
    if poll_fn(|context| service.poll_ready(context)).await.is_err() {
        return Begun::Done(None);
    }
    let id = request.id().cloned();
    let Ok(future) = catch_unwind(AssertUnwindSafe(|| service.call(request))) else {
        return Begun::Done(panicked(id));
    };
    let mut rest = AssertUnwindSafe(future)
        .catch_unwind()
        .map(|outcome| match outcome {
            Ok(answer) => answer.ok().flatten(),
            Err(_) => panicked(id),
        })
        .boxed();
    match (&mut rest).now_or_never() {
        Some(answer) => Begun::Done(answer),
        None => Begun::Running(rest),
    }
}

fn panicked(id: Option<Id>) -> Answer {
    let mut error = Error::internal_error();
    error.message = "Followup failed on this request and goes on; please report it with what the server wrote to its log".into();
    id.map(|id| Response::from_error(id, error))
}

fn unreadable(reason: &str) -> Error {
    let mut error = Error::parse_error();
    error.message = format!("Could not read the message: {reason}").into();
    error
}

/// Reads standard input on a thread of its own: one that waits there can be left behind when the server ends.
fn read_stdin() -> mpsc::Receiver<Incoming> {
    let (sender, receiver) = mpsc::channel(READ_AHEAD);
    thread::spawn(move || {
        let mut frames = Frames::new(BufReader::new(io::stdin()));
        loop {
            let message = frames.read();
            let last = matches!(message, Incoming::End(_));
            if sender.blocking_send(message).is_err() || last {
                return;
            }
        }
    });
    receiver
}

/// Standard output, written on a thread of its own: an editor that writes much before it reads must not stop us from reading.
struct Output {
    frames: blocking::Sender<Vec<u8>>,
    finished: blocking::Receiver<()>,
}

impl Output {
    fn to_stdout() -> Self {
        let (frames, waiting) = blocking::channel::<Vec<u8>>();
        let (done, finished) = blocking::channel();
        thread::spawn(move || {
            let mut stdout = io::stdout().lock();
            for frame in waiting {
                if stdout.write_all(&frame).and_then(|()| stdout.flush()).is_err() {
                    // Nobody reads any more; the end of the input will follow.
                    break;
                }
            }
            let _ = done.send(());
        });
        Self { frames, finished }
    }

    fn send_any(&self, answer: Answer) {
        if let Some(answer) = answer {
            self.send(&answer);
        }
    }

    fn send(&self, message: &impl Serialize) {
        // Our messages are plain data with string keys: they always have a JSON form.
        if let Ok(body) = serde_json::to_vec(message) {
            let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
            frame.extend(body);
            let _ = self.frames.send(frame);
        }
    }

    /// Waits until everything is written.
    fn finish(self) {
        drop(self.frames);
        let _ = self.finished.recv_timeout(LAST_WORDS);
    }
}
