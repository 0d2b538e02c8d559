//! The device's core: keeps what a person did, shows it at once, hands it in, and follows the server.
//!
//! Two databases: the outbox (what the person wrote; never disposable) and the cache (confirmed
//! rows; always disposable). Optimistic effects are never written: the view is confirmed rows with
//! the pending commands folded over them, in memory.

mod apply;
pub mod core;
mod folding;
pub mod given;
mod kept;
mod making;
mod meanwhile;
pub mod memory;
mod outgoing;
mod pack;
mod packed;
mod pages;
mod replica;
pub mod storage;
mod taking;

#[cfg(feature = "conformance")]
pub mod conformance;

pub use core::{Client, Peer, PeerError, Pulled, Pushed, SendError, Surroundings, SyncError};
pub use folding::Watch;
pub use given::Given;
pub use kept::{Ack, Attention, OutboxRow};
pub use making::MANY_PENDING;
pub use memory::MemoryStorage;
pub use packed::{KeptRows, kept_rows};
pub use replica::{Fold, Pending, Place, Replica};
pub use storage::{Batch, Database, Durability, Guard, Op, Storage, StorageError, Store, Written};
