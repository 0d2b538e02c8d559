//! Keys in a table: arrows go from row to row, Home and End to the first and the last.

use leptos::ev::KeyboardEvent;
use leptos::prelude::event_target;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

/// Moves the focus as a key says; says whether it was such a key.
pub(super) fn walk(event: &KeyboardEvent) -> bool {
    let at: Element = event_target(event);
    let Ok(Some(row)) = at.closest("tr") else {
        return false;
    };
    let next = match event.key().as_str() {
        "ArrowDown" => row.next_element_sibling(),
        "ArrowUp" => row.previous_element_sibling(),
        "Home" => row
            .parent_element()
            .and_then(|body| body.first_element_child()),
        "End" => row
            .parent_element()
            .and_then(|body| body.last_element_child()),
        _ => return false,
    };
    // Who walks over the ticks stays among the ticks.
    let wanted = if at.tag_name() == "INPUT" {
        "input"
    } else {
        "th a"
    };
    let found = next.and_then(|row| row.query_selector(wanted).ok().flatten());
    if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take the focus leaves it where it is.
        let _ = found.focus();
    }
    true
}
