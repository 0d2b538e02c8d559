//! The editor of a plan that is being drafted: items, weights, and hints while one writes.
//!
//! Hints never refuse: what must hold is said at submission, by the rule that decides it.

use std::collections::BTreeSet;

use leptos::ev;
use leptos::prelude::*;
use shared::command::Command;
use shared::command::plan::{AddItem, Weigh};
use shared::id::{ItemId, PlanId};
use shared::item::{Edit, Item, Target, TargetKind};
use shared::quantity::Points;
use shared::regime::weights::WeightsPer;
use shared::weight;
use shared::world::{Held, World};
use wasm_bindgen::JsCast as _;

use super::card::{Advice, ItemCard, Row};
use super::carry::CarryOver;
use super::copying::Copying;
use super::grid::Grid;
use super::live::Live;
use super::moving;
use super::pasting::{Pasting, PastingState};
use super::pool::Pool;
use super::sums::{self, Sums};
use crate::chance;
use crate::components::{Button, Empty, Glyph, Look};
use crate::device;
use crate::i18n::{editor as words, plan};
use crate::pages::order;
use crate::pages::plan::rules_of;
use crate::session::Session;

/// The editor.
#[component]
pub(super) fn Editor(
    /// Which plan.
    id: PlanId,
) -> impl IntoView {
    let session = Session::here();
    let ids = order::item_ids(session, id);
    // Items in which something was being typed when the browser died are open again.
    let unfinished = ids
        .get_untracked()
        .into_iter()
        .filter(|item| session.is_typed(*item));
    let open = RwSignal::new(unfinished.collect::<BTreeSet<ItemId>>());
    let add = move |()| {
        if let Some(item) = blank(session, id) {
            let item_id = item.id;
            open.update(|open| {
                open.insert(item_id);
            });
            session.send(Command::AddItem(AddItem {
                plan: id,
                item: Box::new(item),
            }));
        }
    };
    // A pool's weights need not add up.
    let adds_up = Memo::new(move |_| {
        let world = session.world();
        let found = world
            .document(id)
            .and_then(|document| document.plan.as_ref());
        let rules = found.and_then(|found| rules_of(&world, found));
        rules.is_none_or(|rules| rules.cycle.weights.per != WeightsPer::Free)
    });
    let live = Live::provide();
    let items = Memo::new(move |_| live.items(session, id));
    let pasting = PastingState::new();
    keys(session, id, pasting);
    let numbered = move || ids.get().into_iter().enumerate().collect::<Vec<_>>();
    let desk = device::is_desk();
    view! {
        <Show when=move || adds_up.get()>
            <WeightBar id=id items=items />
        </Show>
        <div class="row row-apart">
            <h2>{plan::items()}</h2>
            <span class="faint figure">
                {move || plan::items_count(&ids.with(Vec::len).to_string())}
            </span>
            <UndoButtons id=id />
        </div>
        <Show when=move || ids.with(Vec::is_empty)>
            <Empty glyph=Glyph::Plan title=plan::no_items() words=words::no_items_words() />
        </Show>
        <Show
            when=move || desk.get() && !ids.with(Vec::is_empty)
            fallback=move || view! {
                <ol class="stack" data-list="items" on:keydown=move |event| carries(session, id, event)>
                    <For each=numbered key=|(at, item)| (*at, *item) let:entry>
                        <ItemCard row=Row::new(id, (entry.0 + 1, entry.1), open) />
                    </For>
                </ol>
            }
        >
            <div on:keydown=move |event| carries(session, id, event)>
                <Grid id=id ids=ids open=open />
            </div>
        </Show>
        <Show when=move || adds_up.get()>
            <Advice plan=id items=items />
        </Show>
        <div class="row">
            <Button act="add-item" label=plan::add_item() glyph=Glyph::Plus on_press=add />
            <Copying id=id />
            <Pasting id=id state=pasting />
            <Pool id=id />
            <CarryOver id=id />
        </div>
    }
}

/// Takes the last step back, and does it again.
#[component]
fn UndoButtons(id: PlanId) -> impl IntoView {
    let session = Session::here();
    let nothing = Signal::derive(move || {
        let none = !session.can_undo(id);
        none.then(|| words::nothing_to_undo().to_owned())
    });
    let nothing_again = Signal::derive(move || {
        let none = !session.can_redo(id);
        none.then(|| words::nothing_to_redo().to_owned())
    });
    view! {
        <span class="item-moves">
            <Button
                act="undo-step"
                label=words::undo_step()
                look=Look::Quiet
                glyph=Glyph::Undo
                picture_only=true
                why_not=nothing
                on_press=move |()| session.undo(id)
            />
            <Button
                act="redo-step"
                label=words::redo_step()
                look=Look::Quiet
                glyph=Glyph::Redo
                picture_only=true
                why_not=nothing_again
                on_press=move |()| session.redo(id)
            />
        </span>
    }
}

/// The keys of the whole editor: Ctrl+Z and its reverse, and cells pasted from a spreadsheet.
fn keys(session: Session, id: PlanId, pasting: PastingState) {
    let pressed = window_event_listener(ev::keydown, move |event| {
        let command = (event.ctrl_key() || event.meta_key()) && !event.alt_key();
        let key = event.key().to_ascii_lowercase();
        // In a field where something is being typed the browser's own undo goes first.
        if !command || typing(session, event.target()) || pasting.is_open() {
            return;
        }
        match (key.as_str(), event.shift_key()) {
            ("z", false) => session.undo(id),
            ("z", true) | ("y", false) => session.redo(id),
            _ => return,
        }
        event.prevent_default();
    });
    let pasted = window_event_listener(ev::paste, move |event| {
        let text = event
            .clipboard_data()
            .and_then(|data| data.get_data("text/plain").ok())
            .unwrap_or_default();
        // Into a field goes what one field takes; several cells are several items.
        let cells = text.contains('\t') || (!writes(event.target()) && !text.trim().is_empty());
        if cells && !pasting.is_open() {
            event.prevent_default();
            pasting.begin(session, &text);
        }
    });
    on_cleanup(move || {
        pressed.remove();
        pasted.remove();
    });
}

fn element(target: Option<web_sys::EventTarget>) -> Option<web_sys::Element> {
    target?.dyn_into().ok()
}

/// Says whether a key or a paste goes into a field.
fn writes(target: Option<web_sys::EventTarget>) -> bool {
    element(target).is_some_and(|at| matches!(at.tag_name().as_str(), "INPUT" | "TEXTAREA"))
}

/// Says whether a field holds something that is not taken yet.
fn typing(session: Session, target: Option<web_sys::EventTarget>) -> bool {
    let Some(at) = element(target) else {
        return false;
    };
    let item = at.closest("[data-item]").ok().flatten();
    let item = item.and_then(|item| item.get_attribute("data-item")?.parse().ok());
    let other = matches!(at.tag_name().as_str(), "INPUT" | "TEXTAREA");
    item.map_or(other, |item| session.is_typed(item))
}

/// Alt with the up or down arrow carries the item in which the focus stands.
fn carries(session: Session, id: PlanId, event: ev::KeyboardEvent) {
    let by = match event.key().as_str() {
        "ArrowUp" => -1,
        "ArrowDown" => 1,
        _ => return,
    };
    let place = element(event.target()).and_then(|at| at.closest("[data-item]").ok()?);
    let item = place.and_then(|place| place.get_attribute("data-item")?.parse().ok());
    if let (Some(item), true) = (item, event.alt_key()) {
        event.prevent_default();
        moving::move_by(session, id, item, by);
    }
}

/// An item with nothing in it but its place.
pub(super) fn blank(session: Session, plan: PlanId) -> Option<Item> {
    let world = session.world_untracked();
    let Held::Present((found, document)) = world.plan(plan) else {
        return None;
    };
    let organisation = world.organisation();
    let last = document
        .items
        .values()
        .map(|item| item.position)
        .max()
        .unwrap_or(0);
    let section = rules_of(&world, found)?.sections().first()?.key.clone();
    Some(Item {
        position: last.saturating_add(1),
        title: String::new(),
        section,
        responsible: Some(found.owner),
        post: String::new(),
        helpers: Vec::new(),
        target: Target {
            kind: TargetKind::Done,
            baseline: None,
            value: None,
            measure: String::new(),
            tolerance: None,
        },
        due: organisation
            .periods
            .get(&found.period)
            .map(|period| period.to),
        deliverable: String::new(),
        standard: String::new(),
        rule: String::new(),
        weight: Points(0),
        ..Item::blank(ItemId::from_bits(chance::bits()), plan)
    })
}

/// The sums of the weights, and the one tap that makes them right.
#[component]
fn WeightBar(id: PlanId, items: Memo<Vec<Item>>) -> impl IntoView {
    let session = Session::here();
    let full = move || {
        let world = session.world();
        sums::rules(&world, id).is_none_or(|rules| sums::are_full(rules, &items.get()))
    };
    let balance = move |()| {
        if let Some(command) = balanced(session, id) {
            session.send_or_complain(command, move || session.offer_step(plan::balanced()));
        }
    };
    let why_not = Signal::derive(move || {
        if items.with(Vec::is_empty) {
            return Some(plan::no_items().to_owned());
        }
        full().then(|| plan::adds_up().to_owned())
    });
    view! {
        <div class="weights" data-part="weights">
            <Sums id=id items=items />
            <Button
                act="balance-weights"
                label=plan::balance()
                glyph=Glyph::Balance
                why_not=why_not
                on_press=balance
            />
        </div>
    }
}

/// All items of a plan, in order.
pub(super) fn items_of(world: &World, id: PlanId) -> Vec<Item> {
    let document = world.document(id);
    let items = document.map(|document| document.items_in_order().into_iter().cloned());
    items.into_iter().flatten().collect()
}

/// The command that brings the weights to the total; `None` where there is nothing to change.
fn balanced(session: Session, plan: PlanId) -> Option<Command> {
    let world = session.world_untracked();
    let rules = sums::rules(&world, plan)?;
    let items = items_of(&world, plan);
    let mut weights = Vec::new();
    for sum in weight::sums(rules, items.iter()) {
        let of_sum = |item: &&Item| {
            !rules.stands_outside(item)
                && sum
                    .section
                    .as_ref()
                    .is_none_or(|section| item.section == *section)
        };
        let now: Vec<(ItemId, Points)> = items
            .iter()
            .filter(of_sum)
            .map(|item| (item.id, item.weight))
            .collect();
        let old = now.iter().map(|(_, weight)| *weight);
        let balanced = weight::balance_weights(&now, sum.must).into_iter().zip(old);
        let changed = balanced.filter(|((_, new), old)| new != old);
        weights.extend(changed.map(|((item, new), old)| (item, Edit { old, new })));
    }
    (!weights.is_empty()).then_some(Command::Weigh(Weigh { plan, weights }))
}
