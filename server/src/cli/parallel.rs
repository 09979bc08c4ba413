//! The same work for many things on all cores, told in their order.

use std::{
    collections::BTreeMap,
    num::NonZero,
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    thread,
};

/// So many results may wait for one that takes long, whatever the number of items.
const AHEAD: usize = 256;

/// Has `work` done on every item and hands each result to `tell`, in the order of the items and as soon as all before it are told, until that
/// breaks off. Items are taken only a little ahead of what is told, so that memory does not grow with their number.
pub(super) fn each<T: Send, R: Send>(
    items: impl Iterator<Item = T> + Send,
    work: impl Fn(T) -> R + Sync,
    mut tell: impl FnMut(R) -> ControlFlow<()>,
) {
    let items = Mutex::new(items.enumerate());
    let hands = thread::available_parallelism().map_or(1, NonZero::get);
    let line = Line { state: Mutex::new(State { done: BTreeMap::new(), told: 0, hands }), ready: Condvar::new(), room: Condvar::new() };
    let take_turns = || {
        while let Some((number, item)) = {
            let mut items = items.lock().unwrap_or_else(PoisonError::into_inner);
            line.has_room_at(None).then(|| items.next()).flatten()
        } {
            if !line.has_room_at(Some(number)) {
                break;
            }
            // A result that never came would be waited for without end.
            let result = catch_unwind(AssertUnwindSafe(|| work(item)));
            line.lock().done.insert(number, result);
            line.ready.notify_one();
        }
        line.lock().hands -= 1;
        line.ready.notify_one();
    };
    thread::scope(|scope| {
        for _ in 0..hands {
            scope.spawn(take_turns);
        }
        while let Some(result) = line.next() {
            match result.map(&mut tell) {
                Ok(ControlFlow::Continue(())) => {}
                Ok(ControlFlow::Break(())) => return line.close(),
                Err(panic) => {
                    line.close();
                    resume_unwind(panic);
                }
            }
        }
    });
}

/// Results in the order in which they are to be told.
struct Line<R> {
    state: Mutex<State<R>>,
    /// A result was put in, or a hand has ended.
    ready: Condvar,
    /// A result was taken out, or no more are wanted.
    room: Condvar,
}

struct State<R> {
    done: BTreeMap<usize, thread::Result<R>>,
    /// How many were told; all of them once no more are wanted.
    told: usize,
    hands: usize,
}

impl<R> Line<R> {
    /// The next result; waits for it. None once all are told.
    fn next(&self) -> Option<thread::Result<R>> {
        let mut state = self.lock();
        loop {
            let told = state.told;
            if let Some(result) = state.done.remove(&told) {
                state.told += 1;
                self.room.notify_all();
                return Some(result);
            }
            if state.hands == 0 {
                return None;
            }
            state = self.ready.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Waits until the result of this number is not too far ahead. False where no more are wanted.
    fn has_room_at(&self, number: Option<usize>) -> bool {
        let mut state = self.lock();
        while number.is_some_and(|number| number >= state.told.saturating_add(AHEAD)) {
            state = self.room.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.told != usize::MAX
    }

    /// No more are wanted.
    fn close(&self) {
        self.lock().told = usize::MAX;
        self.room.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State<R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn all<T: Send, R: Send>(items: impl Iterator<Item = T> + Send, work: impl Fn(T) -> R + Sync) -> Vec<R> {
        let mut told = Vec::new();
        each(items, work, |result| {
            told.push(result);
            ControlFlow::Continue(())
        });
        told
    }

    #[test]
    fn results_are_told_in_the_order_of_the_items() {
        assert_eq!(all(0..5000, |item| item * 2), (0..5000).map(|item| item * 2).collect::<Vec<_>>());
        assert!(all(0..0, |item: usize| item).is_empty());
    }

    #[test]
    fn an_item_that_takes_long_holds_up_what_is_behind_it_and_not_all_of_that() {
        let taken = AtomicUsize::new(0);
        let items = (0..AHEAD * 4).inspect(|_| _ = taken.fetch_add(1, Ordering::SeqCst));
        let hands = thread::available_parallelism().map_or(1, NonZero::get);
        // All before the limit, and one in each other hand, which waits.
        let limit = if hands == 1 { 1 } else { AHEAD + hands - 1 };
        let most = AtomicUsize::new(0);
        let told = all(items, |item| {
            if item == 0 {
                while taken.load(Ordering::SeqCst) < limit {
                    thread::yield_now();
                }
                (0..1000).for_each(|_| thread::yield_now());
                most.store(taken.load(Ordering::SeqCst), Ordering::SeqCst);
            }
            item
        });
        assert_eq!(told, (0..AHEAD * 4).collect::<Vec<_>>());
        assert_eq!(most.into_inner(), limit);
    }

    #[test]
    fn no_more_is_taken_once_enough_is_told() {
        let taken = AtomicUsize::new(0);
        let items = (0..100_000).inspect(|_| _ = taken.fetch_add(1, Ordering::SeqCst));
        let mut told = 0;
        each(
            items,
            |item| item,
            |_| {
                told += 1;
                if told == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        assert_eq!(told, 3);
        assert!(taken.into_inner() < 100_000);
    }

    #[test]
    fn a_panic_is_passed_on_and_nobody_waits_for_its_result() {
        let run = || all(0..1000, |item| assert!(item != 500, "on purpose"));
        assert!(catch_unwind(run).is_err());
    }
}
