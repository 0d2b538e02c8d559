//! The steps by which a plan comes to stand: who signed which, who is asked now, who signs for whom.
//!
//! Shown where a regime has more than one approval by the superior, or somebody signs for another.

use leptos::prelude::*;
use shared::command::Command;
use shared::command::signing::SignPlan;
use shared::deadline::{self, Scene};
use shared::digest;
use shared::id::{PersonId, PlanId};
use shared::moment::Day;
use shared::organisation::Organisation;
use shared::plan::{Plan, PlanState};
use shared::regime::Rules;
use shared::regime::deadlines::PlanStep;
use shared::regime::signing::SignKind;
use shared::signing::{self, Seat, SeatSigned, Standing, Step, StepState};
use shared::world::{Held, World};

use crate::components::{Badge, Button, Glyph, Panel, Tone};
use crate::i18n::{common, format, names, signing as words};
use crate::pages::plan::Turn;
use crate::pages::regime;
use crate::session::Session;

/// Where the signing of a plan stands today; `None` for a plan that is not held.
fn standing(world: &World, session: Session, id: PlanId) -> Option<(Standing<'_>, Rules<'_>)> {
    let Held::Present((plan, document)) = world.plan(id) else {
        return None;
    };
    let organisation = world.organisation();
    let rules = organisation.rules(organisation.periods.get(&plan.period)?)?;
    let items = document.items.values();
    let today = session.today();
    Some((
        signing::of_plan(organisation, rules, plan, items, today),
        rules,
    ))
}

/// The step of a plan that waits for a person's signature on a day.
pub(crate) fn awaits(world: &World, person: PersonId, today: Day, plan: &Plan) -> Option<Turn> {
    if plan.state != PlanState::Submitted {
        return None;
    }
    let organisation = world.organisation();
    let document = world.document(plan.id)?;
    let rules = organisation.rules(organisation.periods.get(&plan.period)?)?;
    let items = document.items.values();
    let standing = signing::of_plan(organisation, rules, plan, items, today);
    let (step, _) = standing.awaits(person)?;
    let approves = step.rule.kind == SignKind::Approve;
    Some(Turn {
        step: step.rule.key.clone(),
        name: (!approves).then(|| names::name(&step.rule.name).to_owned()),
        approve_only: step.rule.approve_only,
        weighs: step.rule.weighs,
    })
}

/// The panel; nothing where one approval by the superior is all there is.
#[component]
pub(super) fn Steps(
    /// Which plan.
    id: PlanId,
) -> impl IntoView {
    let session = Session::here();
    move || {
        let world = session.world();
        let (standing, rules) = standing(&world, session, id)?;
        let Held::Present((plan, _)) = world.plan(id) else {
            return None;
        };
        let steps = &rules.regime.signing.plan;
        let delegated = standing.steps.iter().flat_map(|step| &step.seats);
        let delegated = delegated.filter(|seat| seat.signed.is_none());
        let handed_in = plan.state != PlanState::Draft;
        let simple = signing::is_plain(steps) && steps.len() == 1;
        if simple && (!handed_in || delegated.flat_map(|seat| &seat.delegates).next().is_none()) {
            return None;
        }
        let organisation = world.organisation();
        let lines: Vec<AnyView> = standing
            .steps
            .iter()
            .map(|step| line(session, organisation, rules, plan, step))
            .collect();
        Some(view! {
            <Panel title=words::steps()>
                <ol class="list" data-list="steps">{lines}</ol>
            </Panel>
        })
    }
}

fn line(
    session: Session,
    organisation: &Organisation,
    rules: Rules<'_>,
    plan: &Plan,
    step: &Step<'_>,
) -> AnyView {
    let waits = plan.state == PlanState::Submitted;
    let (badge, tone, glyph) = match step.state {
        StepState::Signed if step.rule.kind == SignKind::File => {
            (words::read(), Tone::Good, Glyph::Tick)
        }
        StepState::Signed if waits || plan.binds() => (words::signed(), Tone::Good, Glyph::Tick),
        StepState::Awaited if waits => (words::awaited(), Tone::Accent, Glyph::Review),
        StepState::Copy => (words::copy(), Tone::Quiet, Glyph::Plan),
        StepState::Signed | StepState::Awaited | StepState::Ahead => {
            (words::ahead(), Tone::Quiet, Glyph::Clock)
        }
    };
    let shown = waits || plan.binds();
    let seats: Vec<_> = step
        .seats
        .iter()
        .map(|seat| {
            let words = seat_words(organisation, rules, plan, (step.rule.kind, seat), shown);
            view! { <span>{words}</span> }
        })
        .collect();
    let until = until(organisation, rules, plan, step).filter(|_| step.state != StepState::Signed);
    let me = session.person();
    let acknowledges = step.state == StepState::Copy && shown && step.by(me).is_some();
    let key = step.rule.key.clone();
    let (id, item) = (plan.id, key.clone());
    let acknowledge = acknowledges.then(|| {
        view! {
            <Button
                act="acknowledge-plan"
                label=words::acknowledge()
                on_press=move |()| acknowledge(session, id, key.clone())
            />
        }
    });
    view! {
        <li data-item=item>
            <div class="list-line">
                <span class="stack-tight">
                    <span class="list-title">{names::name(&step.rule.name).to_owned()}</span>
                    <span class="list-more">{seats}</span>
                    {until.map(|words| view! { <span class="list-more"><span>{words}</span></span> })}
                </span>
                <span class="list-end">
                    {acknowledge}
                    <Badge words=badge tone=tone glyph=glyph />
                </span>
            </div>
        </li>
    }
    .into_any()
}

/// One seat: who signs, or who has signed.
fn seat_words(
    organisation: &Organisation,
    rules: Rules<'_>,
    plan: &Plan,
    (kind, seat): (SignKind, &Seat),
    shown: bool,
) -> String {
    let name = |person: PersonId| names::person_of(organisation, person);
    let time = |at| format::time(at, organisation.utc_offset());
    let who = regime::who(rules.regime, &seat.who);
    let by = match &seat.signed {
        Some(SeatSigned::Here(given)) => {
            let signer = given.of.map_or_else(
                || name(given.by),
                |of| words::in_place_of(&name(given.by), &name(of)),
            );
            words::at(&signer, &time(given.times.claimed))
        }
        Some(SeatSigned::Before(by)) => common::with_note(&name(*by), words::signed_before()),
        Some(SeatSigned::HandedIn) if shown => {
            common::with_note(&name(plan.owner), words::handed_in())
        }
        Some(SeatSigned::HandedIn) => name(plan.owner),
        None => match (&plan.approved, plan.binds()) {
            // One approval is kept as the approval alone; a copy waits all the same.
            (Some(approved), true) if kind == SignKind::Approve => {
                words::at(&name(approved.by), &time(approved.times.claimed))
            }
            _ => open(organisation, seat),
        },
    };
    common::named(&format::label(&who), &by)
}

/// Who could fill a seat that is open.
fn open(organisation: &Organisation, seat: &Seat) -> String {
    let name = |person: &PersonId| names::person_of(organisation, *person);
    if seat.people.is_empty() {
        return words::nobody().to_owned();
    }
    let people: Vec<String> = seat.people.iter().map(name).collect();
    let delegates = seat.delegates.iter();
    let delegates: Vec<String> = delegates
        .map(|(to, from)| words::in_place_of(&name(to), &name(from)))
        .collect();
    let people = people.join(common::between());
    if delegates.is_empty() {
        people
    } else {
        common::with_note(&people, &words::copies(&delegates.join(common::between())))
    }
}

/// The step's deadline in words, where the cycle has one.
fn until(
    organisation: &Organisation,
    rules: Rules<'_>,
    plan: &Plan,
    step: &Step<'_>,
) -> Option<String> {
    let period = organisation.periods.get(&plan.period)?;
    let days = organisation.work_days(plan.unit);
    let scene = Scene {
        period,
        days: &days,
        rules: &rules.cycle.deadlines,
        due: None,
        delivered: None,
    };
    let own = PlanStep::Sign(step.rule.key.clone());
    let of_kind = match step.rule.kind {
        SignKind::Approve => Some(PlanStep::Approval),
        SignKind::Countersign { .. } => Some(PlanStep::Countersign),
        SignKind::File => Some(PlanStep::Issue),
        SignKind::Review => None,
    };
    let steps = std::iter::once(own).chain(of_kind);
    let mut found = steps.filter_map(|step| deadline::of_plan_step(&step, &scene));
    let at = format::time(found.next()?.at, organisation.utc_offset());
    Some(words::until(&at))
}

/// Says that a filed copy was read.
fn acknowledge(session: Session, plan: PlanId, step: String) {
    let world = session.world_untracked();
    let Held::Present((found, document)) = world.plan(plan) else {
        return;
    };
    let seen = digest::plan_content(found, document);
    session.send(Command::SignPlan(SignPlan { plan, step, seen }));
}
