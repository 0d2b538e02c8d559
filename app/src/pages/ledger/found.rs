//! What the program found in the plans of the chosen period, for whoever may propose it.

use leptos::prelude::*;
use shared::id::{PeriodId, PlanId, UnitId};
use shared::ledger::found::{Event, Proposal, propose};
use shared::ledger::unfair::unfair;
use shared::ledger::{self, gather};
use shared::moment::Day;
use shared::permission;
use shared::plan::Plan;
use shared::world::World;

use crate::components::Panel;
use crate::i18n::{common, format, ledger as words, names};
use crate::pages::form::Sheet;
use crate::session::Session;

use super::Filters;
use super::propose::{Draft, all, of_found};

/// The panel; nothing while nothing was found.
#[component]
pub(super) fn Found(filters: Filters, units: Memo<Vec<UnitId>>, sheet: Sheet) -> impl IntoView {
    let session = Session::here();
    let found = Memo::new(move |_| {
        let world = session.world();
        let Some(period) = filters.period() else {
            return Vec::new();
        };
        let chosen: Option<UnitId> = filters.unit.get().parse().ok();
        let units = units.get().into_iter();
        let units = units.filter(|unit| chosen.is_none_or(|chosen| chosen == *unit));
        units
            .flat_map(|unit| of_unit(session, &world, unit, period))
            .collect()
    });
    move || {
        let found = found.get();
        (!found.is_empty()).then(|| {
            let lines: Vec<_> = found
                .into_iter()
                .map(|draft| line(session, sheet, draft))
                .collect();
            view! {
                <div class="no-print">
                    <Panel title=words::found()>
                        <p class="faint small">{words::found_words()}</p>
                        <ul class="list" data-list="found">{lines}</ul>
                    </Panel>
                </div>
            }
        })
    }
}

/// What was found in a unit's plans and this person may propose.
fn of_unit(session: Session, world: &World, unit: UnitId, period: PeriodId) -> Vec<Draft> {
    let organisation = world.organisation();
    let happened = gather::happenings(world, unit, period, session.now());
    let none = std::collections::BTreeMap::new();
    let entries = world.ledger(unit, period).unwrap_or(&none);
    let regime = organisation
        .periods
        .get(&period)
        .map(|period| period.regime);
    let mut sheets: Vec<_> = all(organisation).into_iter().map(|(id, _)| id).collect();
    sheets.dedup();
    // A regime's own tariffs judge its own periods alone.
    sheets.retain(|id| organisation.sheets.contains_key(id) || Some(*id) == regime);
    let proposals = sheets.into_iter().flat_map(|id| {
        let tariffs = ledger::sheet::tariffs(organisation, id).unwrap_or_default();
        propose((id, tariffs), &happened, entries)
    });
    let proposals = proposals.chain(unfair(world, unit, period, session.today()));
    let drafts = proposals.filter_map(|proposal| draft(session, world, (unit, period), proposal));
    drafts.collect()
}

/// A proposal as the form takes it, where this person may make it.
fn draft(
    session: Session,
    world: &World,
    (unit, period): (UnitId, PeriodId),
    proposal: Proposal,
) -> Option<Draft> {
    let organisation = world.organisation();
    let tariff = ledger::tariff(organisation, proposal.sheet, &proposal.tariff)?;
    let (me, today) = (session.person(), session.today());
    let about = (proposal.of.whose, unit);
    permission::may_propose(organisation, me, tariff, about, &[], today).then(|| Draft {
        facts: in_words(world, &proposal),
        sheet: proposal.sheet,
        tariff: proposal.tariff,
        whose: proposal.of.whose,
        unit,
        period,
        plan: proposal.of.plan,
        item: proposal.of.event.item(),
        happened: proposal.of.happened,
        count: proposal.count,
        evidence: Vec::new(),
    })
}

/// The act that proposes what a spot check of a plan found unfair: whoever checks need not see the unit's
/// ledger. Observed.
pub(crate) fn proposes_unfair(
    session: Session,
    world: &World,
    plan: &Plan,
    sheet: Sheet,
) -> Option<AnyView> {
    let (unit, period) = (plan.unit, plan.period);
    let found = unfair(world, unit, period, session.today());
    let of_plan = |one: &Proposal| one.of.event == Event::Unfair(plan.id);
    let found = found.into_iter().find(of_plan)?;
    let draft = draft(session, world, (unit, period), found)?;
    Some(
        sheet.button("propose-found", words::propose_short(), move || {
            of_found(session, draft.clone())
        }),
    )
}

/// What happened, as the entry will say it.
fn in_words(world: &World, proposal: &Proposal) -> String {
    let happening = &proposal.of;
    let what = match &happening.event {
        Event::StepLate(_) => words::found_late_plan(),
        Event::NotHandedIn => words::found_not_handed_in(),
        Event::ItemLate(_) => words::found_item_late(),
        Event::Undone(_) => words::found_undone(),
        Event::Unfair(plan) => return unfair_words(world, *plan, happening.happened),
    };
    let document = happening.plan.and_then(|plan| world.document(plan));
    let item = happening.event.item();
    let item = item.and_then(|item| document?.items.get(&item));
    let what = match item {
        Some(item) => common::named(what, &item.title),
        None => what.to_owned(),
    };
    let late = happening.late;
    let day = format::day(happening.happened);
    if late.working_hours > 0 && late.calendar == 0 {
        let hours = words::late_by_hours(&late.working_hours.to_string());
        format!("{what} · {day} · {hours}")
    } else if late.calendar > 0 {
        let days = words::late_by_days(&late.calendar.to_string());
        format!("{what} · {day} · {days}")
    } else {
        format!("{what} · {day}")
    }
}

/// What a spot check found, with the reason that it states.
fn unfair_words(world: &World, plan: PlanId, day: Day) -> String {
    let organisation = world.organisation();
    let document = world.document(plan);
    let of = document.and_then(|document| document.plan.as_ref());
    let of = of.map(|plan| names::plan_of(organisation, plan));
    let check = document.and_then(|document| document.checks.values().last());
    let why = check.map(|check| check.reason.clone());
    let what = common::named(words::found_unfair(), &of.unwrap_or_default());
    format!(
        "{what} · {} · {}",
        format::day(day),
        why.unwrap_or_default()
    )
}

fn line(session: Session, sheet: Sheet, draft: Draft) -> AnyView {
    let world = session.world_untracked();
    let organisation = world.organisation();
    let tariff = ledger::tariff(organisation, draft.sheet, &draft.tariff);
    let name = tariff.map(|tariff| names::name(&tariff.name).to_owned());
    let who = names::person_of(organisation, draft.whose);
    let title = format!("{who} · {}", name.unwrap_or_default());
    let facts = draft.facts.clone();
    let act = sheet.small("propose-found", words::propose_short(), move || {
        of_found(session, draft.clone())
    });
    view! {
        <li>
            <div class="list-line">
                <span class="stack-tight">
                    <span class="list-title">{title}</span>
                    <span class="list-more">{facts}</span>
                </span>
                <span class="list-end">{act}</span>
            </div>
        </li>
    }
    .into_any()
}
