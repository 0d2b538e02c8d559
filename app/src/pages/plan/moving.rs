//! Putting an item elsewhere in its plan: by a grip that is dragged, by buttons, by Alt with the
//! arrow keys. All three are one act.

use leptos::ev;
use leptos::prelude::*;
use shared::command::Command;
use shared::command::plan::EditItem;
use shared::id::{ItemId, PlanId};
use shared::item::{Item, ItemEdit};
use shared::undo;
use wasm_bindgen::JsCast as _;

use super::card::Row;
use super::editor::items_of;
use crate::components::{Button, Glyph, Icon, Look};
use crate::i18n::{editor, refusal};
use crate::pages::order;
use crate::session::{NotSent, Session};
use crate::timer;

/// Marks where a dragged item would come to stand.
const OVER: &str = "data-over";

/// Moves an item to another place, counted from 0; the focus stays with what had it.
pub(super) fn move_to(session: Session, plan: PlanId, item: ItemId, to: usize) {
    let items = items_of(&session.world_untracked(), plan);
    let Some(from) = items.iter().position(|one| one.id == item) else {
        return;
    };
    let refs: Vec<&Item> = items.iter().collect();
    let edits = undo::moved(&refs, from, to.min(items.len().saturating_sub(1)));
    let commands = edits.into_iter().map(|(item, edit)| {
        Command::EditItem(EditItem {
            plan,
            item,
            edits: vec![ItemEdit::Position(edit)],
        })
    });
    let focus = focused(item);
    session.send_all(commands.collect(), move |_, sent| {
        if let Err(NotSent::Refused(refused)) = sent {
            session.complain(refusal::words(&refused));
        }
        // The row is drawn anew at its new place.
        timer::after(0, move || refocus(item, focus.as_deref()));
    });
}

/// Moves an item up or down by one.
pub(super) fn move_by(session: Session, plan: PlanId, item: ItemId, by: isize) {
    let at = order_of(session, plan).iter().position(|one| *one == item);
    if let Some(to) = at.and_then(|at| at.checked_add_signed(by)) {
        move_to(session, plan, item, to);
    }
}

fn order_of(session: Session, plan: PlanId) -> Vec<ItemId> {
    let items = items_of(&session.world_untracked(), plan);
    items.iter().map(|item| item.id).collect()
}

/// The place of an item on the screen.
fn element_of(item: ItemId) -> Option<web_sys::Element> {
    let selector = format!("[data-list=items] > [data-item='{item}']");
    document().query_selector(&selector).ok().flatten()
}

/// The field or act within an item that has the focus, as a selector.
fn focused(item: ItemId) -> Option<String> {
    let active = document().active_element()?;
    let within = element_of(item)?.contains(Some(&active));
    let name = |name: &str| {
        let value = active.get_attribute(name)?;
        Some(format!("[{name}='{value}']"))
    };
    within.then(|| name("data-field").or_else(|| name("data-act")))?
}

fn refocus(item: ItemId, what: Option<&str>) {
    let found = what.and_then(|what| element_of(item)?.query_selector(what).ok().flatten());
    if let Some(found) = found {
        let _ = found.unchecked_into::<web_sys::HtmlElement>().focus();
    }
}

/// Up and down.
#[component]
pub(super) fn MoveButtons(
    /// The item.
    row: Row,
) -> impl IntoView {
    let session = Session::here();
    let (plan, item) = (row.place.plan, row.place.item);
    let ids = order::item_ids(session, plan);
    let first = Signal::derive(move || {
        let first = ids.with(|ids| ids.first() == Some(&item));
        first.then(|| editor::is_first().to_owned())
    });
    let last = Signal::derive(move || {
        let last = ids.with(|ids| ids.last() == Some(&item));
        last.then(|| editor::is_last().to_owned())
    });
    view! {
        <span class="item-moves">
            <Button
                act="move-up"
                label=editor::move_up()
                look=Look::Quiet
                glyph=Glyph::Up
                picture_only=true
                why_not=first
                on_press=move |()| move_by(session, plan, item, -1)
            />
            <Button
                act="move-down"
                label=editor::move_down()
                look=Look::Quiet
                glyph=Glyph::Down
                picture_only=true
                why_not=last
                on_press=move |()| move_by(session, plan, item, 1)
            />
        </span>
    }
}

/// What one drags an item by, with a finger or a pointer.
#[component]
pub(super) fn Grip(
    /// The item.
    row: Row,
) -> impl IntoView {
    let session = Session::here();
    let (plan, item) = (row.place.plan, row.place.item);
    let dragged = RwSignal::new(false);
    let down = move |event: ev::PointerEvent| {
        let Some(grip) = event.current_target() else {
            return;
        };
        event.prevent_default();
        // Where capturing fails, the drag ends at the edge of the grip.
        let _ = grip
            .unchecked_into::<web_sys::Element>()
            .set_pointer_capture(event.pointer_id());
        dragged.set(true);
        mark(item, Some("source"));
    };
    let moves = move |event: ev::PointerEvent| {
        if dragged.get_untracked() {
            clear();
            if let Some(over) = below(&event).filter(|over| *over != item) {
                let order = order_of(session, plan);
                let at = |id| order.iter().position(|one| *one == id);
                mark(
                    over,
                    Some(if at(over) < at(item) {
                        "before"
                    } else {
                        "after"
                    }),
                );
            }
        }
    };
    let up = move |event: ev::PointerEvent| {
        if dragged.get_untracked() {
            end(dragged, item);
            let order = order_of(session, plan);
            let over = below(&event);
            if let Some(to) = over.and_then(|over| order.iter().position(|one| *one == over)) {
                move_to(session, plan, item, to);
            }
        }
    };
    view! {
        <span
            class="grip"
            title=editor::drag_words()
            data-act="drag-item"
            aria-hidden="true"
            on:pointerdown=down
            on:pointermove=moves
            on:pointerup=up
            on:pointercancel=move |_| end(dragged, item)
        >
            <Icon glyph=Glyph::Grip />
        </span>
    }
}

fn end(dragged: RwSignal<bool>, item: ItemId) {
    dragged.set(false);
    clear();
    mark(item, None);
}

/// The item below a finger.
fn below(event: &ev::PointerEvent) -> Option<ItemId> {
    let (x, y) = (event.client_x(), event.client_y());
    #[expect(clippy::cast_precision_loss, reason = "no screen is that wide")]
    let found = document().element_from_point(x as f32, y as f32)?;
    let place = found.closest("[data-list=items] > [data-item]").ok()??;
    place.get_attribute("data-item")?.parse().ok()
}

fn mark(item: ItemId, how: Option<&str>) {
    if let Some(place) = element_of(item) {
        let _ = match how {
            Some(how) => place.set_attribute(OVER, how),
            None => place.remove_attribute(OVER),
        };
    }
}

/// Takes the mark of where it would stand away.
fn clear() {
    for how in ["before", "after"] {
        let selector = format!("[{OVER}={how}]");
        if let Ok(Some(marked)) = document().query_selector(&selector) {
            let _ = marked.remove_attribute(OVER);
        }
    }
}
