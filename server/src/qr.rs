//! Codes to scan, as markup.

use std::fmt::Write as _;

use fast_qr::QRBuilder;

/// The empty frame that cameras expect around a code, in its own dots.
const QUIET: usize = 4;

/// An address as a code; dark on light whatever the page is, because cameras expect it. Nothing
/// where the address is too long for one.
///
/// The address is put into the markup as it is: it is ours, or was checked.
pub fn svg(address: &str, label: &str) -> String {
    let Ok(code) = QRBuilder::new(address).build() else {
        return String::new();
    };
    let (size, mut path) = (code.size, String::new());
    for y in 0..size {
        for x in (0..size).filter(|x| code[y][*x].value()) {
            write!(path, "M{} {}h1v1h-1z", x + QUIET, y + QUIET)
                .expect("writing to a string cannot fail");
        }
    }
    let whole = size + 2 * QUIET;
    format!(
        r##"<svg class="code" viewBox="0 0 {whole} {whole}" role="img" aria-label="{label}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{whole}v{whole}h-{whole}z"/><path fill="#000" d="{path}"/></svg>"##
    )
}
