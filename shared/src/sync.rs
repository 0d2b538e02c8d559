//! Sync: how devices and the server agree, and how nothing is lost on the way.
//!
//! The server's order is the history. Devices send commands, never state; the server executes each
//! exactly once, in the order of its lane, under the rights of that moment; devices pull rows.
//! Both cores live here and touch no network and no disk: [`client::Client`] and
//! [`server::Server`] are given their storage, peer, clock and chance, so that the simulator
//! drives the very code that ships.

pub mod checksum;
pub mod client;
pub mod message;
pub mod schedule;
pub mod server;
