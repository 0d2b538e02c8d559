//! Checksums of partitions: the sum modulo 2^64 of one hash per row.
//!
//! A sum can be kept up to date row by row on both sides; a count could not tell a missed change.

use sha2::{Digest, Sha256};

use crate::id::PlanId;
use crate::row::RowKey;

/// Hash of one row in one partition: its key, its version there, and its text.
pub fn of_row(key: RowKey, ver: u64, text: &str) -> u64 {
    let mut hash = Sha256::new();
    hash.update(key.kind.word().as_bytes());
    hash.update(key.document.map_or(0, PlanId::bits).to_be_bytes());
    hash.update(key.bits.to_be_bytes());
    hash.update(ver.to_be_bytes());
    hash.update(text.as_bytes());
    let bytes = hash.finalize();
    let mut first = [0; 8];
    first.copy_from_slice(&bytes[..8]);
    u64::from_be_bytes(first)
}
