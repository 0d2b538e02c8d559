//! The simulator stands on the memory stores, so they must keep the promises of the real ones.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use shared::id::Epoch;
use shared::sync::client::{self, MemoryStorage};
use shared::sync::server::{self, MemoryStore};

/// Completes a future that waits for nothing.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("memory makes nobody wait"),
    }
}

#[test]
fn the_devices_memory_keeps_the_promises_of_storage() {
    let verdict = at_once(client::conformance::all(async || MemoryStorage::default()));
    assert_eq!(verdict, Ok(()));
}

#[test]
fn the_servers_memory_keeps_the_promises_of_a_store() {
    let empty = async || MemoryStore::new(Epoch::from_bits(1));
    assert_eq!(at_once(server::conformance::all(empty)), Ok(()));
}
