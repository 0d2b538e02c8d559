//! Carrying over what an earlier plan leaves unfinished, and settling it later.

use leptos::prelude::*;
use shared::carry::{self, Candidate};
use shared::command::Command;
use shared::command::plan::{AddItem, SettleCarried};
use shared::copy::{self, Standing};
use shared::id::{ItemId, PersonId, PlanId};
use shared::item::{Item, LineageKind};
use shared::moment::Day;
use shared::permission;
use shared::plan::PlanState;
use shared::world::{Held, PlanDocument, World};

use super::copying::{add, tick};
use crate::chance;
use crate::components::{Banner, Button, Dialog, Empty, Glyph, Look};
use crate::i18n::{change, common, editor, format, names, plan, refusal};
use crate::session::{NotSent, Session};

/// An item that another plan leaves open.
#[derive(Debug, Clone, PartialEq)]
struct Unfinished {
    kind: LineageKind,
    item: Item,
    of: String,
    provisional: bool,
    progress: String,
    /// Whether the plan has an item of the same title.
    namesake: bool,
}

/// What a plan could continue, and its source plans; items of a pool are drawn elsewhere.
fn unfinished(world: &World, into: PlanId, today: Day) -> Vec<Unfinished> {
    let organisation = world.organisation();
    let draft = world.document(into);
    let found = |candidate: Candidate| {
        let document = world.document(candidate.plan)?;
        let (source, item) = (
            document.plan.as_ref()?,
            document.items.get(&candidate.item)?,
        );
        let reports = document.reports.values();
        let newest = super::newest_report(reports.filter(|report| report.item == item.id));
        Some(Unfinished {
            kind: candidate.kind,
            item: item.clone(),
            of: change::from_plan(&plan::plan_title(
                &names::plan_of(organisation, source),
                &names::period_of(organisation, source.period),
            )),
            provisional: carry::runs(source),
            progress: newest.map(|(_, words)| words).unwrap_or_default(),
            namesake: draft.is_some_and(|draft| copy::standing(draft, item) == Standing::SameTitle),
        })
    };
    let candidates = carry::candidates(world, into, today);
    candidates
        .into_iter()
        .filter(|candidate| candidate.kind != LineageKind::Drawn)
        .filter_map(found)
        .collect()
}

/// The commands by which a plan goes on with items, one after another behind its last.
fn continuing(world: &World, id: PlanId, wanted: &[Unfinished]) -> Vec<Command> {
    let Held::Present((plan, document)) = world.plan(id) else {
        return Vec::new();
    };
    let period = world.organisation().periods.get(&plan.period);
    let last = document.items.values().map(|item| item.position).max();
    let first = last.map_or(1, |last| last.saturating_add(1));
    let add = |(one, position): (&Unfinished, u32)| {
        let new = (ItemId::from_bits(chance::bits()), id);
        let item = carry::continued(one.kind, &one.item, new, one.provisional);
        // The old day cannot be promised again; the period's last is the first guess.
        let due = item.due.or_else(|| period.map(|period| period.to));
        let item = Box::new(Item {
            position,
            due,
            ..item
        });
        Command::AddItem(AddItem { plan: id, item })
    };
    wanted.iter().zip(first..).map(add).collect()
}

/// The button, and the dialog in which one chooses.
#[component]
pub(super) fn CarryOver(
    /// The plan into which it goes.
    id: PlanId,
) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <Button
            act="carry-over"
            label=change::carry_over()
            glyph=Glyph::Turning
            on_press=move |()| open.set(true)
        />
        <Dialog name="carry-over" title=change::carry_title() open=open>
            <Chooser id=id open=open />
        </Dialog>
    }
}

#[component]
fn Chooser(id: PlanId, open: RwSignal<bool>) -> impl IntoView {
    let session = Session::here();
    let found = StoredValue::new(unfinished(
        &session.world_untracked(),
        id,
        session.today_untracked(),
    ));
    if found.with_value(Vec::is_empty) {
        return view! { <Empty glyph=Glyph::Tick title=change::nothing_to_carry() /> }.into_any();
    }
    // A namesake may be meant, but what the plan has is not doubled unasked.
    let chosen = found.with_value(|found| {
        let free = found.iter().filter(|one| !one.namesake);
        free.map(|one| one.item.id).collect::<Vec<_>>()
    });
    let chosen = RwSignal::new(chosen);
    let carry = move |()| {
        let world = session.world_untracked();
        let chosen = chosen.get_untracked();
        let mut wanted = found.get_value();
        wanted.retain(|one| chosen.contains(&one.item.id));
        add(session, continuing(&world, id, &wanted), change::carried);
        open.set(false);
    };
    let none = Signal::derive(move || {
        let none = chosen.with(Vec::is_empty);
        none.then(|| change::choose_items().to_owned())
    });
    let lines =
        found.with_value(|found| found.iter().map(|one| choice(one, chosen)).collect_view());
    view! {
        <p class="faint">{change::carry_words()}</p>
        <ul class="list-plain" data-list="unfinished">{lines}</ul>
        <div class="row row-end">
            <Button act="cancel" label=common::cancel() on_press=move |()| open.set(false) />
            <Button
                act="carry-chosen"
                label=change::carry_chosen()
                look=Look::Primary
                glyph=Glyph::Turning
                why_not=none
                on_press=carry
            />
        </div>
    }
    .into_any()
}

fn choice(one: &Unfinished, chosen: RwSignal<Vec<ItemId>>) -> impl IntoView + use<> {
    let id = one.item.id;
    let due = one
        .item
        .due
        .map(|due| plan::due_by(&format::short_day(due)));
    view! {
        <li data-item=id.to_string()>
            <label class="list-line">
                <span class="stack-tight">
                    <span class="list-title">{one.item.title.clone()}</span>
                    <span class="list-more">
                        <span>{one.of.clone()}</span>
                        <span>{due}</span>
                        <span>{one.progress.clone()}</span>
                        {one.provisional.then(|| view! { <span>{change::provisional()}</span> })}
                        {one.namesake.then(|| view! { <span class="strong">{editor::copy_same_title()}</span> })}
                    </span>
                </span>
                {tick(id, chosen, false)}
            </label>
        </li>
    }
}

/// What the regime wants carried over from the period before and the draft leaves out.
#[component]
pub(super) fn Wanted(
    /// The plan.
    id: PlanId,
) -> impl IntoView {
    let session = Session::here();
    let wanted = Memo::new(move |_| wanted(&session.world(), id, session.today()));
    let all = move |()| {
        let (world, today) = (session.world_untracked(), session.today_untracked());
        let items = wanted.with_untracked(|wanted| {
            let wanted = wanted.as_ref().map(|wanted| wanted.items.clone());
            wanted.unwrap_or_default()
        });
        let mut found = unfinished(&world, id, today);
        found.retain(|one| items.contains(&(one.item.plan, one.item.id)));
        add(session, continuing(&world, id, &found), change::carried);
    };
    move || {
        let words = wanted.get()?.words;
        Some(view! {
            <div data-part="carry-wanted">
                <Banner state="warn" words=words>
                    <Button act="carry-wanted" label=plan::carry_all() glyph=Glyph::Turning on_press=all />
                </Banner>
            </div>
        })
    }
}

/// What is wanted, and how that reads.
#[derive(Clone, PartialEq)]
struct WantedItems {
    items: Vec<(PlanId, ItemId)>,
    words: String,
}

fn wanted(world: &World, id: PlanId, today: Day) -> Option<WantedItems> {
    let Held::Present((found, document)) = world.plan(id) else {
        return None;
    };
    let rules = super::rules_of(world, found)?;
    let Held::Present(items) = carry::left_out(world, found, document, rules, today) else {
        return None;
    };
    let before = carry::forced_from(world.organisation(), found)?;
    let title = |(plan, item): &(PlanId, ItemId)| {
        let item = world.document(*plan)?.items.get(item)?;
        Some(item.title.clone())
    };
    let titles: Vec<String> = items.iter().filter_map(title).collect();
    let period = names::period_of(world.organisation(), before.id);
    let (count, titles) = (items.len().to_string(), titles.join(common::between()));
    let words = plan::carry_wanted(&count, &period, &titles);
    (!items.is_empty()).then_some(WantedItems { items, words })
}

/// The plan, where this person can settle what it carries over now: who drafts it, and not while it
/// waits for an approval.
fn settled_by(world: &World, id: PlanId, person: PersonId, today: Day) -> Option<&PlanDocument> {
    let document = world.document(id)?;
    let plan = document.plan.as_ref()?;
    let stands = matches!(
        plan.state,
        PlanState::Draft | PlanState::Returned | PlanState::Approved
    );
    let organisation = world.organisation();
    let drafts = permission::may_draft(
        organisation,
        person,
        plan.unit,
        plan.scope,
        plan.owner,
        today,
    );
    (stands && drafts).then_some(document)
}

/// What a plan carries over provisionally, and the act that settles it.
#[component]
pub(super) fn Settling(
    /// The plan.
    id: PlanId,
) -> impl IntoView {
    let session = Session::here();
    let sources = Memo::new(move |_| {
        let world = session.world();
        let Some(document) = settled_by(&world, id, session.person(), session.today()) else {
            return Vec::new();
        };
        let mut sources: Vec<PlanId> = document
            .items
            .values()
            .filter_map(|item| item.lineage.as_ref())
            .filter(|lineage| lineage.provisional)
            .map(|lineage| lineage.plan)
            .collect();
        sources.sort_unstable();
        sources.dedup();
        sources
    });
    let settle = move |()| {
        for from in sources.get_untracked() {
            let command = Command::SettleCarried(SettleCarried { plan: id, from });
            session.send_then(command, move |sent| match sent {
                Ok(()) => session.say(change::settled()),
                Err(NotSent::Refused(refused)) => session.complain(refusal::words(&refused)),
                Err(NotSent::NotSaved) => {}
            });
        }
    };
    view! {
        <Show when=move || sources.with(|sources| !sources.is_empty())>
            <Banner state="quiet" words=change::settle_words()>
                <Button act="settle-carried" label=change::settle() on_press=settle />
            </Banner>
        </Show>
    }
}
