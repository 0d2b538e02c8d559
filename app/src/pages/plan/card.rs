//! An item being drafted: as a card with its acts, the form behind it, and what would make it easier
//! to judge.

use std::collections::BTreeSet;

use leptos::prelude::*;
use shared::command::Command;
use shared::command::plan::RemoveItem;
use shared::id::{ItemId, PlanId};
use shared::item::Item;
use shared::plan::{self as rules, Hint, Lack};

use super::field::{ItemField, Place};
use super::item_form::{ItemForm, WEIGHT};
use super::items::ItemFacts;
use super::live::Live;
use super::moving::{Grip, MoveButtons};
use super::{lineage, rules_of, sums};
use crate::components::{Button, FieldKind, Glyph, Icon, Look};
use crate::i18n::{common, editor, plan};
use crate::session::Session;

/// One item in the editor: what its card and its row of the table share.
#[derive(Clone, Copy)]
pub(super) struct Row {
    /// The item.
    pub(super) place: Place,
    /// Its number, from 1.
    pub(super) number: usize,
    /// Which items show their form.
    pub(super) open: RwSignal<BTreeSet<ItemId>>,
}

impl Row {
    /// For an item of a plan.
    pub(super) fn new(
        plan: PlanId,
        (number, item): (usize, ItemId),
        open: RwSignal<BTreeSet<ItemId>>,
    ) -> Self {
        let session = Session::here();
        let now = Memo::new(move |_| {
            let world = session.world();
            let document = world.document(plan);
            document.and_then(|document| document.items.get(&item).cloned())
        });
        let place = Place { plan, item, now };
        Self {
            place,
            number,
            open,
        }
    }

    /// Says whether its form is shown. Observed.
    pub(super) fn is_open(self) -> bool {
        self.open.with(|open| open.contains(&self.place.item))
    }

    /// Shows the form or puts it away.
    pub(super) fn toggle(self) {
        self.open.update(|open| {
            if !open.remove(&self.place.item) {
                open.insert(self.place.item);
            }
        });
    }

    /// The title as it reads; a new item has none yet. Observed.
    pub(super) fn title(self) -> String {
        let now = self.place.now;
        let title = now.with(|item| item.as_ref().map(|item| item.title.clone()));
        title
            .filter(|title| !title.is_empty())
            .unwrap_or_else(|| plan::new_item_title().to_owned())
    }
}

/// The card.
#[component]
pub(super) fn ItemCard(
    /// The item.
    row: Row,
) -> impl IntoView {
    let session = Session::here();
    let place = row.place;
    let item = place.item;
    let line = move || {
        let world = session.world();
        let document = world.document(place.plan);
        let found = document.and_then(|document| document.plan.as_ref());
        let rules = found.and_then(|found| rules_of(&world, found));
        let item = place.now.get();
        let facts = item.map(|item| ItemFacts::of(world.organisation(), rules, &item));
        let line = facts.map(|facts| facts.line).unwrap_or_default();
        line.into_iter()
            .map(|words| view! { <span>{words}</span> })
            .collect_view()
    };
    view! {
        <li
            class="item"
            data-item=item.to_string()
            data-state=move || if row.is_open() { "open" } else { "closed" }
        >
            <div class="item-head">
                <span class="item-number figure">{row.number}</span>
                <div class="stack-tight">
                    <p class="item-title">{move || row.title()}</p>
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
                <RowActs row=row />
            </div>
            <Show when=move || row.is_open()>
                <ItemForm place=place />
            </Show>
            <Source place=place />
            <Hints place=place />
        </li>
    }
}

/// The item that this one continues, as a way there.
#[component]
pub(super) fn Source(
    /// The item.
    place: Place,
) -> impl IntoView {
    let session = Session::here();
    move || {
        let item = place.now.get()?;
        lineage::source(&session.world_untracked(), &item)
    }
}

/// What can be done with an item.
#[component]
pub(super) fn RowActs(
    /// The item.
    row: Row,
    /// Whether the words are heard and not seen.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let label = Signal::derive(move || {
        (if row.is_open() {
            plan::done_editing()
        } else {
            plan::edit_item()
        })
        .to_owned()
    });
    view! {
        <div class="item-acts">
            <Grip row=row />
            <MoveButtons row=row />
            <Button
                act="edit-item"
                label=label
                look=if small { Look::Quiet } else { Look::Plain }
                glyph=Glyph::Report
                picture_only=small
                on_press=move |()| row.toggle()
            />
            <RemoveButton place=row.place />
        </div>
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
        let command = Command::RemoveItem(RemoveItem {
            plan: place.plan,
            item: Box::new(item),
        });
        session.send_or_complain(command, move || session.offer_step(plan::item_removed()));
    };
    view! {
        <Button
            act="remove-item"
            label=common::remove()
            look=Look::Quiet
            glyph=Glyph::Bin
            picture_only=true
            on_press=remove
        />
    }
}

/// What would make the item easier to judge, with what is being typed.
#[component]
pub(super) fn Hints(
    /// The item.
    place: Place,
) -> impl IntoView {
    let session = Session::here();
    let live = Live::here();
    let hints = Memo::new(move |_| {
        let item = place.now.get()?;
        let item = match live {
            Some(live) => live.item(item),
            None => item,
        };
        let world = session.world();
        let under = sums::rules(&world, place.plan)?;
        let mut hints: Vec<&'static str> = rules::hints(under, &[&item])
            .into_iter()
            .filter_map(advice)
            .collect();
        let found = world
            .document(place.plan)
            .and_then(|document| document.plan.as_ref());
        let period = found.and_then(|plan| world.organisation().periods.get(&plan.period));
        hints.extend(rules::lacks(&item, period).into_iter().map(lacking));
        Some(hints)
    });
    move || {
        let hints = hints.get().filter(|hints| !hints.is_empty())?;
        let lines = hints
            .into_iter()
            .map(|words| view! { <li><Icon glyph=Glyph::Hint />{words}</li> })
            .collect_view();
        Some(view! { <ul class="hints" aria-label=plan::hints()>{lines}</ul> })
    }
}

/// An item's hint in words; how many items a plan has is no matter of one item.
fn advice(hint: Hint) -> Option<&'static str> {
    Some(match hint {
        Hint::Light(_) => editor::hint_light(),
        Hint::Heavy(_) => editor::hint_heavy(),
        Hint::NoNumber(_) => plan::hint_no_number(),
        Hint::NoDate(_) => plan::hint_no_due(),
        Hint::Unquantified(_) => editor::hint_unquantified(),
        Hint::FewItems(_) | Hint::ManyItems(_) | Hint::MuchTemporary(_) => return None,
    })
}

/// What an item lacks, in words.
fn lacking(lack: Lack) -> &'static str {
    match lack {
        Lack::DueWithin => plan::hint_due_outside(),
        Lack::Responsible => plan::hint_no_responsible(),
        Lack::Deliverable => plan::hint_no_deliverable(),
        Lack::Standard => plan::hint_no_standard(),
    }
}

/// What practice advises about all items together, with what is being typed.
#[component]
pub(super) fn Advice(
    /// The plan.
    plan: PlanId,
    /// Its items as they are typed.
    items: Memo<Vec<Item>>,
) -> impl IntoView {
    let session = Session::here();
    let words = Memo::new(move |_| {
        let world = session.world();
        let under = sums::rules(&world, plan)?;
        let hints = items.with(|items| {
            let items: Vec<&Item> = items.iter().collect();
            rules::hints(under, &items)
        });
        let say = |hint| match hint {
            Hint::FewItems(count) => Some(editor::hint_few(&count.to_string())),
            Hint::ManyItems(count) => Some(editor::hint_many(&count.to_string())),
            Hint::MuchTemporary(share) => {
                Some(editor::hint_temporary(&(share.0 / 100).to_string()))
            }
            _ => None,
        };
        // Nothing is said of an empty plan: its empty state does.
        let some = items.with(|items| !items.is_empty());
        Some(
            hints
                .into_iter()
                .filter(|_| some)
                .filter_map(say)
                .collect::<Vec<_>>(),
        )
    });
    move || {
        let words = words.get().filter(|words| !words.is_empty())?;
        let lines = words
            .into_iter()
            .map(|words| view! { <li><Icon glyph=Glyph::Hint />{words}</li> })
            .collect_view();
        Some(view! { <ul class="hints" data-part="advice">{lines}</ul> })
    }
}
