//! Canonical bytes and digests: the same content gives the same digest on every machine.
//!
//! JSON after RFC 8785 restricted to integers: members sorted by key (all our keys are ASCII, so
//! byte order is the order that the RFC asks for), no white space. SHA-256 over the bytes with a
//! type prefix, so that documents of different kinds never share a digest.

use serde::Serialize;
use sha2::{Digest, Sha256};

/// Gives the canonical JSON bytes of a value.
///
/// Our types serialise without fail: maps have text keys and numbers are integers.
pub fn bytes<T: Serialize + ?Sized>(value: &T) -> Vec<u8> {
    // Going through `Value` sorts the members: its map is ordered.
    let tree = serde_json::to_value(value).expect("a type of the domain serialises");
    serde_json::to_vec(&tree).expect("a JSON tree serialises")
}

/// Gives the digest of a value of a type, as 64 hexadecimal digits.
pub fn digest<T: Serialize + ?Sized>(type_prefix: &str, value: &T) -> String {
    let mut hash = Sha256::new();
    hash.update(type_prefix.as_bytes());
    hash.update(b"\n");
    hash.update(bytes(value));
    hex(&hash.finalize())
}

/// Writes bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}
