//! The one thread that analyses, so that the task which talks to the editor never works long.

use std::{
    collections::VecDeque,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc::{self, Receiver, Sender},
    thread,
};

use tokio::sync::oneshot;
use tower_lsp::{
    gen_lsp_types::Uri,
    jsonrpc::{Error, Result},
};

/// Hands work to the thread, which does one thing after another.
#[derive(Clone)]
pub(super) struct Worker {
    jobs: Sender<Job>,
}

enum Job {
    Answer(Box<dyn FnOnce() + Send>),
    /// Work after which a review may say something else.
    Change(Box<dyn FnOnce() + Send>),
    /// Review a document as it stands when its turn comes, however often that was asked for: the latest wins.
    Review(Uri),
}

impl Worker {
    /// Starts the thread. A panic in a job costs that job.
    pub(super) fn start(review: impl Fn(Uri) + Send + 'static) -> Self {
        let (jobs, waiting) = mpsc::channel();
        thread::spawn(move || {
            let mut queue = Queue::default();
            while let Some(job) = queue.next(&waiting) {
                let _ = catch_unwind(AssertUnwindSafe(|| match job {
                    Job::Answer(work) | Job::Change(work) => work(),
                    Job::Review(uri) => review(uri),
                }));
            }
        });
        Self { jobs }
    }

    pub(super) fn review(&self, uri: Uri) {
        let _ = self.jobs.send(Job::Review(uri));
    }

    /// Does `work` when its turn comes and gives its result. An answer that nobody waits for any more is not worked out.
    pub(super) async fn answer<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let (sender, answer) = oneshot::channel();
        self.run(move || {
            if !sender.is_closed() {
                let _ = sender.send(work());
            }
        });
        // The sender is gone where the work panicked.
        answer.await.map_err(|_| Error::internal_error())
    }

    /// Does `work` when its turn comes.
    pub(super) fn run(&self, work: impl FnOnce() + Send + 'static) {
        let _ = self.jobs.send(Job::Answer(Box::new(work)));
    }

    /// Does `work` when its turn comes; what is to be reviewed after it is reviewed again, even where a review waits already.
    pub(super) fn change(&self, work: impl FnOnce() + Send + 'static) {
        let _ = self.jobs.send(Job::Change(Box::new(work)));
    }
}

/// The jobs that wait, each document's review at most once between two changes.
#[derive(Default)]
struct Queue {
    jobs: VecDeque<Job>,
}

impl Queue {
    /// The next job; waits for one. None once nobody can send any more.
    fn next(&mut self, waiting: &Receiver<Job>) -> Option<Job> {
        waiting.try_iter().for_each(|job| self.push(job));
        self.jobs.pop_front().or_else(|| waiting.recv().ok())
    }

    fn push(&mut self, job: Job) {
        let since_change = || self.jobs.iter().rev().take_while(|job| !matches!(job, Job::Change(_)));
        let is_known = |uri: &Uri| since_change().any(|job| matches!(job, Job::Review(known) if known == uri));
        match &job {
            Job::Review(uri) if is_known(uri) => {}
            _ => self.jobs.push_back(job),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The order in which the jobs are done that all wait at once.
    fn order(jobs: Vec<Job>) -> Vec<String> {
        let (sender, waiting) = mpsc::channel();
        jobs.into_iter().for_each(|job| sender.send(job).unwrap());
        drop(sender);
        let mut queue = Queue::default();
        std::iter::from_fn(|| queue.next(&waiting))
            .map(|job| match job {
                Job::Answer(_) => "answer".to_owned(),
                Job::Change(_) => "change".to_owned(),
                Job::Review(uri) => uri.0,
            })
            .collect()
    }

    fn review(uri: &str) -> Job {
        Job::Review(Uri(uri.to_owned()))
    }

    #[test]
    fn many_changes_of_one_document_are_reviewed_once() {
        assert_eq!(order(vec![review("a"), review("b"), review("a"), review("a")]), ["a", "b"]);
    }

    #[test]
    fn a_document_that_waits_for_its_review_is_reviewed_again_after_a_change() {
        let change = || Job::Change(Box::new(|| ()));
        assert_eq!(order(vec![review("a"), change(), review("a"), review("b"), review("a")]), ["a", "change", "a", "b"]);
    }

    #[test]
    fn everything_else_is_done_in_the_order_in_which_it_was_asked_for() {
        let answer = || Job::Answer(Box::new(|| ()));
        assert_eq!(order(vec![answer(), review("a"), answer(), review("b"), answer()]), ["answer", "a", "answer", "b", "answer"]);
    }

    #[test]
    fn an_answer_that_nobody_waits_for_is_not_worked_out() {
        let (sender, done) = mpsc::channel();
        let (worker, runtime) = (Worker::start(|_| ()), tokio::runtime::Builder::new_current_thread().build().unwrap());
        let (release, held) = mpsc::channel::<()>();
        worker.run(move || held.recv().unwrap());
        let cancelled = sender.clone();
        let mut answer = Box::pin(worker.answer(move || cancelled.send("cancelled").unwrap()));
        // It is asked for, and then it is not waited for.
        assert!(runtime.block_on(async { futures_util::poll!(&mut answer) }).is_pending());
        drop(answer);
        worker.run(move || sender.send("next").unwrap());
        release.send(()).unwrap();
        assert_eq!(done.recv().unwrap(), "next");
    }

    #[test]
    fn a_panic_costs_only_its_own_job() {
        let (sender, reviewed) = mpsc::channel();
        let worker = Worker::start(move |uri| sender.send(uri.0).unwrap());
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        assert!(runtime.block_on(worker.answer(|| -> () { panic!("on purpose") })).is_err());
        assert_eq!(runtime.block_on(worker.answer(|| 1)), Ok(1));
        worker.review(Uri("a".to_owned()));
        assert_eq!(reviewed.recv().unwrap(), "a");
    }
}
