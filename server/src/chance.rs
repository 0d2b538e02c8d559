//! Chance: the one place that asks the operating system for random bits.
//!
//! Identities are minted here, at the server's edge, because the domain makes none.

/// Fills `N` bytes with chance that nobody can predict.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that asks for chance"
)]
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("an operating system without chance cannot keep a secret");
    bytes
}

/// Gives 128 bits of chance for a new identity.
pub fn bits() -> u128 {
    u128::from_be_bytes(bytes())
}
