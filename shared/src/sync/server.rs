//! The server's core: order, rights, exactly once, and what each person may pull.
//!
//! A push is decided in memory between one load and one conditional commit (see [`store`]): many
//! commands of many requests share a commit, a refused or panicking command leaves no trace in the
//! rows, and answers go out only after the commit.

mod arrival;
mod batch;
pub mod core;
pub mod device;
mod effects;
pub mod memory;
pub mod page;
mod pull;
mod release;
pub mod replay;
mod sources;
pub mod store;

#[cfg(feature = "conformance")]
pub mod conformance;

pub use arrival::Arrival;
pub use core::{Server, ServerError};
pub use device::DeviceRow;
pub use memory::MemoryStore;
pub use store::{Store, StoreError};
