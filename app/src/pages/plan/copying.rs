//! Copying an earlier plan into the draft: which plan, which of its items, and what becomes of their
//! days, all shown before anything is added.

use leptos::prelude::*;
use shared::command::Command;
use shared::command::plan::AddItem;
use shared::compare;
use shared::copy::{self, Standing};
use shared::id::{ItemId, PlanId};
use shared::item::Item;
use shared::world::{Held, World};

use super::rules_of;
use crate::chance;
use crate::components::{Button, Dialog, Empty, Glyph, Look, Pick, Select};
use crate::i18n::{common, editor as words, format, names, plan, refusal};
use crate::session::{NotSent, Session};

/// One item that could be copied.
#[derive(Debug, Clone, PartialEq)]
struct Line {
    /// The copy as it would be.
    item: Item,
    /// The due day that it had.
    was_due: Option<shared::moment::Day>,
    standing: Standing,
}

/// The act, and the dialog in which one chooses.
#[component]
pub(super) fn Copying(
    /// The plan into which is copied.
    id: PlanId,
) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <Button
            act="copy-plan"
            label=words::copy_plan()
            glyph=Glyph::Copy
            on_press=move |()| open.set(true)
        />
        <Dialog name="copy-plan" title=words::copy_title() open=open>
            <Chooser id=id open=open />
        </Dialog>
    }
}

/// The earlier plans of a draft's owner, the newest first.
fn sources(world: &World, id: PlanId) -> Vec<Pick> {
    let Held::Present((found, _)) = world.plan(id) else {
        return Vec::new();
    };
    let plans = compare::earlier_plans(world, found).into_iter();
    let filled = plans.filter(|(_, document)| !document.items.is_empty());
    let organisation = world.organisation();
    filled
        .map(|(plan, document)| {
            let period = names::period_of(organisation, plan.period);
            let count = plan::items_count(&document.items.len().to_string());
            Pick::new(plan.id.to_string(), common::with_note(&period, &count))
        })
        .collect()
}

/// The items of a source as they would be copied.
fn lines(world: &World, id: PlanId, source: PlanId) -> Vec<Line> {
    let (Held::Present((into, draft)), Held::Present((from, document))) =
        (world.plan(id), world.plan(source))
    else {
        return Vec::new();
    };
    let periods = &world.organisation().periods;
    let (Some(from), Some(to), Some(rules)) = (
        periods.get(&from.period),
        periods.get(&into.period),
        rules_of(world, into),
    ) else {
        return Vec::new();
    };
    let last = draft.items.values().map(|item| item.position).max();
    let first = last.map_or(1, |last| last.saturating_add(1));
    let items = document.items_in_order().into_iter().zip(first..);
    items
        .map(|(item, position)| {
            let ids = (ItemId::from_bits(chance::bits()), id, position);
            Line {
                item: copy::copied(item, ids, (from, to), rules),
                was_due: item.due,
                standing: copy::standing(draft, item),
            }
        })
        .collect()
}

#[component]
fn Chooser(id: PlanId, open: RwSignal<bool>) -> impl IntoView {
    let session = Session::here();
    let picks = sources(&session.world_untracked(), id);
    let Some(first) = picks.first().map(|pick| pick.key.clone()) else {
        return view! {
            <Empty glyph=Glyph::Copy title=words::copy_none() words=words::copy_none_words() />
        }
        .into_any();
    };
    let source = RwSignal::new(first);
    let found = RwSignal::new(Vec::<Line>::new());
    let chosen = RwSignal::new(Vec::<ItemId>::new());
    Effect::new(move |_| {
        let source = source.with(|source| source.parse());
        let lines = source.map(|source| lines(&session.world_untracked(), id, source));
        let lines = lines.unwrap_or_default();
        let free = lines.iter().filter(|line| line.standing == Standing::Free);
        chosen.set(free.map(|line| line.item.id).collect());
        found.set(lines);
    });
    let copy = move |()| {
        let chosen = chosen.get_untracked();
        let lines = found.get_untracked().into_iter();
        let lines = lines.filter(|line| chosen.contains(&line.item.id));
        let commands: Vec<Command> = lines
            .map(|line| {
                let item = Box::new(line.item);
                Command::AddItem(AddItem { plan: id, item })
            })
            .collect();
        add(session, commands, words::copied);
        open.set(false);
    };
    let why_not = Signal::derive(move || {
        let none = chosen.with(Vec::is_empty);
        none.then(|| words::choose_first().to_owned())
    });
    view! {
        <p class="faint">{words::copy_words()}</p>
        <Select
            name="copy-from"
            label=words::copy_from()
            picks=Signal::stored(picks)
            value=source
            on_choose=move |key| source.set(key)
        />
        <ul class="list-plain" data-list="copies">
            <For each=move || found.get() key=|line| line.item.id let:line>
                {line_view(line, chosen)}
            </For>
        </ul>
        <div class="row row-end">
            <Button act="cancel" label=common::cancel() on_press=move |()| open.set(false) />
            <Button
                act="copy-chosen"
                label=words::copy_sign()
                look=Look::Primary
                glyph=Glyph::Copy
                why_not=why_not
                on_press=copy
            />
        </div>
    }
    .into_any()
}

fn line_view(line: Line, chosen: RwSignal<Vec<ItemId>>) -> impl IntoView + use<> {
    let id = line.item.id;
    let why_not = match line.standing {
        Standing::Free => None,
        Standing::Carried => Some(words::copy_carried()),
        Standing::SameTitle => Some(words::copy_same_title()),
    };
    let due = line.item.due.map(|new| match line.was_due {
        Some(old) => words::due_moves(&format::short_day(old), &format::short_day(new)),
        None => format::short_day(new),
    });
    let weight = common::points_of(&line.item.weight.to_string());
    // What was carried over is never doubled; a namesake may be meant.
    let fixed = line.standing == Standing::Carried;
    view! {
        <li data-copy=id.to_string()>
            <label class="list-line">
                <span class="stack-tight">
                    <span class="list-title">{line.item.title}</span>
                    <span class="list-more">
                        <span class="figure">{weight}</span>
                        <span>{due}</span>
                        {why_not.map(|words| view! { <span class="strong">{words}</span> })}
                    </span>
                </span>
                {tick(id, chosen, fixed)}
            </label>
        </li>
    }
}

/// A tick that chooses.
pub(super) fn tick<K: Copy + PartialEq + Send + Sync + 'static>(
    key: K,
    chosen: RwSignal<Vec<K>>,
    fixed: bool,
) -> impl IntoView {
    let checked = move || chosen.with(|chosen| chosen.contains(&key));
    let change = move |_| {
        chosen.update(|chosen| match chosen.iter().position(|one| *one == key) {
            Some(at) => drop(chosen.remove(at)),
            None => chosen.push(key),
        });
    };
    view! {
        <input class="tick" type="checkbox" prop:checked=checked disabled=fixed on:change=change />
    }
}

/// Adds items as one step that one act takes back; tells how many were added, and why not all.
pub(super) fn add(session: Session, commands: Vec<Command>, said: fn(&str) -> String) {
    let all = commands.len();
    session.send_all(commands, move |count, sent| match sent {
        Ok(()) => session.offer_step(&said(&count.to_string())),
        Err(NotSent::Refused(refused)) => {
            let some = words::some_added(&count.to_string(), &all.to_string());
            session.complain(some + &refusal::words(&refused));
        }
        Err(NotSent::NotSaved) => {}
    });
}
