//! Chance: identities are minted here, from the browser's own source, and travel in commands.
//!
//! `getRandomValues` works on plain http too, where `randomUUID` does not.

use leptos::prelude::window;

/// Gives 128 bits of chance.
pub(crate) fn bits() -> u128 {
    let mut bytes = [0_u8; 16];
    let source = window()
        .crypto()
        .expect("every browser that runs WebAssembly has crypto");
    source
        .get_random_values_with_u8_array(&mut bytes)
        .expect("sixteen bytes are far below the limit of one call");
    u128::from_le_bytes(bytes)
}
