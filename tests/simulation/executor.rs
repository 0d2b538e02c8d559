//! Futures without threads or a clock: each waits in a slot until the simulator fills it.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// A value that the simulator will provide, as a future.
#[derive(Debug)]
pub(crate) struct Slot<T>(Rc<RefCell<Option<T>>>);

impl<T> Slot<T> {
    /// Makes an empty slot.
    pub(crate) fn new() -> Self {
        Self(Rc::new(RefCell::new(None)))
    }

    /// Gives a second hand on the same slot.
    pub(crate) fn share(&self) -> Self {
        Self(Rc::clone(&self.0))
    }

    /// Provides the value.
    pub(crate) fn fill(&self, value: T) {
        *self.0.borrow_mut() = Some(value);
    }
}

impl<T> Future for Slot<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<T> {
        self.0
            .borrow_mut()
            .take()
            .map_or(Poll::Pending, Poll::Ready)
    }
}

/// A future under way.
pub(crate) type Task<T> = Pin<Box<dyn Future<Output = T>>>;

/// Lets a task go on until it waits again; gives its value when it is done.
pub(crate) fn step<T>(task: &mut Task<T>) -> Option<T> {
    match task.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

/// Completes a future that waits for nothing.
pub(crate) fn at_once<T>(future: impl Future<Output = T>) -> T {
    match std::pin::pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("memory makes nobody wait"),
    }
}

/// Waits once, so that another server process may come between two looks at the store.
#[derive(Debug, Default)]
pub(crate) struct Pause(bool);

impl Future for Pause {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
}
