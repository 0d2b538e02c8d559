//! The editor of a plan that is being drafted: items, weights, and hints while one writes.
//!
//! Hints never refuse: what must hold is said at submission, by the rule that decides it.

use std::collections::BTreeSet;

use leptos::prelude::*;
use shared::command::Command;
use shared::command::plan::{AddItem, RemoveItem, Weigh};
use shared::id::{ItemId, PlanId};
use shared::item::{Edit, Item, Target, TargetKind};
use shared::quantity::Points;
use shared::regime::WeightsPer;
use shared::weight;
use shared::world::{Held, World};

use super::carry::CarryOver;
use super::field::{ItemField, Place};
use super::item_form::{ItemForm, WEIGHT};
use super::items::ItemFacts;
use super::pool::Pool;
use super::sums::{self, Sums};
use crate::chance;
use crate::components::{Button, Empty, FieldKind, Glyph, Icon, Look};
use crate::i18n::{common, plan};
use crate::pages::order;
use crate::pages::plan::regime_of;
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
        let regime = found.and_then(|found| regime_of(&world, found));
        regime.is_none_or(|regime| regime.weights.per != WeightsPer::Free)
    });
    let numbered = move || ids.get().into_iter().enumerate().collect::<Vec<_>>();
    view! {
        <Show when=move || adds_up.get()>
            <WeightBar id=id />
        </Show>
        <div class="row row-apart">
            <h2>{plan::items()}</h2>
            <span class="faint figure">
                {move || plan::items_count(&ids.with(Vec::len).to_string())}
            </span>
        </div>
        <Show when=move || ids.with(Vec::is_empty)>
            <Empty glyph=Glyph::Plan title=plan::no_items() words=plan::no_items_words() />
        </Show>
        <ol class="stack" data-list="items">
            <For each=numbered key=|(at, item)| (*at, *item) let:entry>
                <ItemCard plan=id item=entry.1 number=entry.0 + 1 open=open />
            </For>
        </ol>
        <div class="row">
            <Button act="add-item" label=plan::add_item() glyph=Glyph::Plus on_press=add />
            <Pool id=id />
            <CarryOver id=id />
        </div>
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
    let section = regime_of(&world, found)?.sections.first()?.key.clone();
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
fn WeightBar(id: PlanId) -> impl IntoView {
    let session = Session::here();
    let items = Memo::new(move |_| items_of(&session.world(), id));
    let full = move || {
        let world = session.world();
        sums::regime(&world, id).is_none_or(|regime| sums::are_full(regime, &items.get()))
    };
    let balance = move |()| {
        if let Some(command) = balanced(session, id) {
            session.send_then(command, move |sent| {
                if sent.is_ok() {
                    session.say(plan::balanced());
                }
            });
        }
    };
    let why_not = Signal::derive(move || full().then(|| plan::adds_up().to_owned()));
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
    let regime = sums::regime(&world, plan)?;
    let items = items_of(&world, plan);
    let mut weights = Vec::new();
    for sum in weight::sums(regime, items.iter()) {
        let of_sum = |item: &&Item| {
            !item.bonus
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

#[component]
fn ItemCard(
    plan: PlanId,
    item: ItemId,
    number: usize,
    open: RwSignal<BTreeSet<ItemId>>,
) -> impl IntoView {
    let session = Session::here();
    let now = Memo::new(move |_| {
        session
            .world()
            .document(plan)
            .and_then(|document| document.items.get(&item).cloned())
    });
    let place = Place { plan, item, now };
    let is_open = Memo::new(move |_| open.with(|open| open.contains(&item)));
    let facts = move || {
        let world = session.world();
        let found = world
            .document(plan)
            .and_then(|document| document.plan.as_ref());
        let regime = found.and_then(|found| regime_of(&world, found));
        now.get()
            .map(|item| ItemFacts::of(world.organisation(), regime, &item))
    };
    let title = move || {
        let title = now.get().map(|item| item.title).unwrap_or_default();
        if title.is_empty() {
            plan::new_item_title().to_owned()
        } else {
            title
        }
    };
    let line = move || {
        let line = facts().map(|facts| facts.line).unwrap_or_default();
        line.into_iter()
            .map(|words| view! { <span>{words}</span> })
            .collect_view()
    };
    let toggle = move |()| {
        open.update(|open| {
            if !open.remove(&item) {
                open.insert(item);
            }
        });
    };
    let label = Signal::derive(move || {
        (if is_open.get() {
            plan::done_editing()
        } else {
            plan::edit_item()
        })
        .to_owned()
    });
    view! {
        <li
            class="item"
            data-item=item.to_string()
            data-state=move || if is_open.get() { "open" } else { "closed" }
        >
            <div class="item-head">
                <span class="item-number figure">{number}</span>
                <div class="stack-tight">
                    <p class="item-title">{title}</p>
                    <p class="list-more">{line} {move || session.whereabouts_of_item(item)}</p>
                </div>
                <div class="item-weigh">
                    <ItemField
                        place=place
                        lens=WEIGHT
                        label=plan::weight()
                        kind=FieldKind::Number
                    />
                </div>
                <div class="item-acts">
                    <Button act="edit-item" label=label glyph=Glyph::Report on_press=toggle />
                    <RemoveButton place=place />
                </div>
            </div>
            <Show when=move || is_open.get()>
                <ItemForm place=place />
            </Show>
            <Hints place=place />
        </li>
    }
}

/// Removing needs no question, because it can be undone.
#[component]
fn RemoveButton(place: Place) -> impl IntoView {
    let session = Session::here();
    let remove = move |()| {
        let Some(item) = place.now.get_untracked() else {
            return;
        };
        let plan = place.plan;
        let kept = item.clone();
        let command = Command::RemoveItem(RemoveItem {
            plan,
            item: Box::new(item),
        });
        session.send_then(command, move |sent| {
            if sent.is_ok() {
                let back = AddItem {
                    plan,
                    item: Box::new(kept),
                };
                session.offer_undo(plan::item_removed(), Command::AddItem(back));
            }
        });
    };
    view! {
        <Button
            act="remove-item"
            label=common::remove()
            look=Look::Quiet
            glyph=Glyph::Bin
            on_press=remove
        />
    }
}

/// What would make the item easier to judge.
#[component]
fn Hints(place: Place) -> impl IntoView {
    let session = Session::here();
    let hints = move || {
        let Some(item) = place.now.get() else {
            return Vec::new();
        };
        let world = session.world();
        let period = world
            .document(place.plan)
            .and_then(|document| document.plan.as_ref())
            .and_then(|plan| world.organisation().periods.get(&plan.period));
        let counts = !matches!(
            item.target.kind,
            TargetKind::Done | TargetKind::Date | TargetKind::Milestone
        );
        let outside = period
            .zip(item.due)
            .is_some_and(|(period, due)| due < period.from || due > period.to);
        [
            (item.responsible.is_none(), plan::hint_no_responsible()),
            (item.due.is_none(), plan::hint_no_due()),
            (outside, plan::hint_due_outside()),
            (
                counts && item.target.value.is_none(),
                plan::hint_no_number(),
            ),
            (item.deliverable.is_empty(), plan::hint_no_deliverable()),
            (item.standard.is_empty(), plan::hint_no_standard()),
        ]
        .into_iter()
        .filter_map(|(holds, words)| holds.then_some(words))
        .collect::<Vec<_>>()
    };
    move || {
        let hints = hints();
        (!hints.is_empty()).then(|| {
            let lines = hints
                .into_iter()
                .map(|words| view! { <li><Icon glyph=Glyph::Hint />{words}</li> })
                .collect_view();
            view! { <ul class="hints" aria-label=plan::hints()>{lines}</ul> }
        })
    }
}
