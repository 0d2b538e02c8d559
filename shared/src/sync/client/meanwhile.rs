//! Working on while something is on its way.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

/// Begins what takes its time, does something else, and then waits for the rest of it.
pub(super) async fn meanwhile<F: Future, T>(begun: F, work: impl FnOnce() -> T) -> (F::Output, T) {
    let mut begun = pin!(begun);
    let at_once = poll_fn(|context| Poll::Ready(begun.as_mut().poll(context))).await;
    let worked = work();
    match at_once {
        Poll::Ready(done) => (done, worked),
        Poll::Pending => (begun.await, worked),
    }
}
