//! Sealing a period: where its plans stand unit by unit, what each person's result lacks, and
//! sealing what is ready, one person or a unit at a time.
//!
//! Readiness comes from the rule that seals; nobody waits for a colleague's late head.

use std::sync::Arc;

use leptos::prelude::*;
use shared::command::Command;
use shared::command::seal::SealResult;
use shared::digest;
use shared::id::{PeriodId, PersonId, PlanId, UnitId};
use shared::moment::UtcMillis;
use shared::organisation::{Office, Organisation};
use shared::plan::{Plan, PlanState};
use shared::refusal::Refusal;
use shared::seal::{self, Assessment, Missing, SealedResult, bulk};
use shared::world::{Stop, World};

use crate::components::{Badge, Banner, Button, Glyph, Look, Meter, Panel, Person, Select, Tone};
use crate::i18n::{cohort, common, coverage, format, names, period as words, refusal};
use crate::pages::form::{Act, Form, Sheet, SheetView};
use crate::pages::organisation::picks;
use crate::pages::plans::state_badge;
use crate::route::Route;
use crate::session::Session;

/// Where a person's result of the period stands.
enum Standing {
    /// It is sealed and nothing changed since.
    Sealed(Box<SealedResult>),
    /// It can be sealed.
    Ready(Box<SealedResult>),
    /// It lacks something, in words.
    Lacks(Vec<String>),
}

/// A person with plans in the period.
struct Line {
    person: PersonId,
    plans: Vec<PlanId>,
    standing: Standing,
}

/// The panel.
#[component]
pub(super) fn Sealing(id: PeriodId) -> impl IntoView {
    let session = Session::here();
    let sheet = Sheet::provide();
    let unit = RwSignal::new(String::new());
    let may = Memo::new(move |_| {
        let world = session.world();
        let (person, today) = (session.person(), session.today());
        world
            .organisation()
            .holds(person, Office::PlanOffice, today)
    });
    view! {
        <div class="columns columns-two">
            <Panel title=words::standing()>
                {move || overview(session, &session.world(), id, unit)}
            </Panel>
            <Panel title=words::sealing()>
                <p class="faint">{words::seal_words()}</p>
                {move || {
                    if !may.get() {
                        return view! { <Banner state="quiet" words=words::seal_office() /> }.into_any();
                    }
                    let world = session.world();
                    let units = units_with_plans(&world, id, session);
                    let chosen: Option<UnitId> = unit.with(|unit| unit.parse().ok());
                    let first = || units.first().and_then(|pick| pick.key.parse().ok());
                    let Some(of) = chosen.or_else(first) else {
                        return view! { <p class="faint">{words::no_plans()}</p> }.into_any();
                    };
                    let value = Signal::derive(move || of.to_string());
                    view! {
                        <Select
                            name="seal-unit"
                            label=words::unit_of_results()
                            picks=Signal::stored(units)
                            value=value
                            on_choose=move |key| unit.set(key)
                        />
                        {of_unit(session, sheet, &world, id, of)}
                    }
                    .into_any()
                }}
            </Panel>
        </div>
        <SheetView sheet=sheet />
    }
}

fn plans(world: &World, period: PeriodId) -> impl Iterator<Item = &Plan> {
    let plans = world
        .documents()
        .filter_map(|(_, document)| document.plan.as_ref());
    plans.filter(move |plan| plan.period == period)
}

fn units_with_plans(
    world: &World,
    period: PeriodId,
    session: Session,
) -> Vec<crate::components::Pick> {
    let mut units = picks::units(world.organisation(), session.today());
    units.retain(|pick| plans(world, period).any(|plan| plan.unit.to_string() == pick.key));
    units
}

/// One line for each unit: how many of its plans stand where.
fn overview(session: Session, world: &World, period: PeriodId, unit: RwSignal<String>) -> AnyView {
    let states = [
        PlanState::Draft,
        PlanState::Submitted,
        PlanState::Returned,
        PlanState::Approved,
        PlanState::Published,
        PlanState::Sealed,
    ];
    let lines: Vec<_> = units_with_plans(world, period, session)
        .into_iter()
        .map(|pick| {
            let (key, label) = (pick.key, pick.label);
            let item = key.clone();
            let here = || plans(world, period).filter(|plan| plan.unit.to_string() == key);
            let counts: Vec<_> = states
                .into_iter()
                .map(|state| (state, here().filter(|plan| plan.state == state).count()))
                .filter(|(_, count)| *count > 0)
                .map(|(state, count)| {
                    view! {
                        <span class="row">
                            {state_badge(state)}
                            <span class="figure">{words::times(&count.to_string())}</span>
                        </span>
                    }
                })
                .collect();
            view! {
                <li data-item=item>
                    <div class="list-line">
                        <span class="stack-tight">
                            <span class="list-title">{label}</span>
                            <span class="list-more">{counts}</span>
                        </span>
                        <Button
                            act="choose-unit"
                            label=words::show_results()
                            look=Look::Quiet
                            on_press=move |()| unit.set(key.clone())
                        />
                    </div>
                </li>
            }
        })
        .collect();
    if lines.is_empty() {
        return view! { <p class="faint">{words::no_plans()}</p> }.into_any();
    }
    let sealed = plans(world, period)
        .filter(|plan| plan.state == PlanState::Sealed)
        .count();
    view! {
        {meter(sealed, plans(world, period).count())}
        <ul class="list" data-list="standing">{lines}</ul>
    }
    .into_any()
}

fn meter(done: usize, all: usize) -> impl IntoView {
    let percent = u32::try_from(done * 100 / all.max(1)).unwrap_or(100);
    let words = words::sealed_of(&done.to_string(), &all.to_string());
    let state = if done == all { "full" } else { "under" };
    view! {
        <Meter
            label=words::progress()
            percent=Signal::stored(percent)
            state=Signal::stored(state)
            words=Signal::stored(words)
        />
    }
}

/// The people whose last part of the period is in the unit.
fn of_unit(
    session: Session,
    sheet: Sheet,
    world: &World,
    period: PeriodId,
    unit: UnitId,
) -> AnyView {
    let now = session.now();
    let mut owners: Vec<PersonId> = plans(world, period)
        .filter(|plan| plan.unit == unit)
        .map(|plan| plan.owner)
        .collect();
    owners.sort_unstable();
    owners.dedup();
    let lines: Vec<Line> = owners
        .into_iter()
        .filter_map(|person| line(world, person, period, unit, session.person(), now))
        .collect();
    let sealed = lines
        .iter()
        .filter(|line| matches!(line.standing, Standing::Sealed(_)))
        .count();
    let all = lines.len();
    let why_not = |nothing: bool| nothing.then(|| words::nothing_ready().to_owned());
    let here = bulk::ready(world, period, &[unit], now, session.person());
    let none_here = why_not(here.is_empty());
    let everywhere = bulk::ready(world, period, &[], now, session.person());
    let none_anywhere = everywhere
        .is_empty()
        .then(|| words::none_ready().to_owned());
    let organisation = Arc::clone(world.organisation());
    let seal_all = move |()| {
        let leads = here.iter().map(|ready| binds(&organisation, &ready.draft));
        let leads = leads.collect();
        let digest = bulk::digest_of(&here);
        sheet.ask(job(words::seal_unit(), leads, period, vec![unit], digest));
    };
    let seal_company = move |()| {
        let mut units: Vec<UnitId> = everywhere.iter().map(|ready| ready.draft.unit).collect();
        units.dedup();
        let (count, units) = (everywhere.len().to_string(), units.len().to_string());
        let lead = words::seal_binds_many(&count, &units);
        let digest = bulk::digest_of(&everywhere);
        sheet.ask(job(
            words::seal_company(),
            vec![lead],
            period,
            Vec::new(),
            digest,
        ));
    };
    let lines: Vec<_> = lines
        .into_iter()
        .map(|line| line_view(sheet, world, line))
        .collect();
    view! {
        {meter(sealed, all)}
        <ul class="list" data-list="sealing">{lines}</ul>
        <div class="row row-end">
            <Button
                act="seal-company"
                label=words::seal_company()
                why_not=Signal::stored(none_anywhere)
                on_press=seal_company
            />
            <Button
                act="seal-unit"
                label=words::seal_unit()
                look=Look::Sign
                why_not=Signal::stored(none_here)
                on_press=seal_all
            />
        </div>
    }
    .into_any()
}

fn line(
    world: &World,
    person: PersonId,
    period: PeriodId,
    unit: UnitId,
    actor: PersonId,
    now: UtcMillis,
) -> Option<Line> {
    let plans = seal::plans_of(world, person, period);
    let last = plans.last().and_then(|plan| world.document(*plan))?;
    // Who moved on is sealed where the period ended.
    if last.plan.as_ref()?.unit != unit {
        return None;
    }
    let organisation = world.organisation();
    let standing = match seal::draft(world, &plans, now, actor) {
        Ok(draft) => match last.sealed.last_key_value() {
            Some((_, sealed)) if seal::same_content(sealed, &draft) => {
                Standing::Sealed(Box::new(sealed.clone()))
            }
            _ => Standing::Ready(Box::new(draft)),
        },
        Err(Stop::Refused(Refusal::SealNotReady { missing })) => {
            let words = missing
                .iter()
                .map(|missing| lacks(organisation, world, missing));
            Standing::Lacks(words.collect())
        }
        Err(Stop::Refused(refused)) => Standing::Lacks(vec![refusal::words(&refused)]),
        Err(_) => Standing::Lacks(vec![words::missing_other().to_owned()]),
    };
    Some(Line {
        person,
        plans,
        standing,
    })
}

/// What is missing, in words.
pub(crate) fn lacks(organisation: &Organisation, world: &World, missing: &Missing) -> String {
    let of = |plan: PlanId| {
        let found = world
            .document(plan)
            .and_then(|document| document.plan.as_ref());
        found
            .map(|plan| names::unit_of(organisation, plan.unit))
            .unwrap_or_default()
    };
    match missing {
        Missing::Part(unit) => words::missing_part(&names::unit_of(organisation, *unit)),
        Missing::Publication(plan) => words::missing_publication(&of(*plan)),
        Missing::Delivery(plan) => words::missing_delivery(&of(*plan)),
        Missing::Answer(plan, day) => words::missing_answer(&of(*plan), &format::short_day(*day)),
        Missing::Decision(plan) => words::missing_decision(&of(*plan)),
        Missing::Result(plan) => cohort::missing_result(&of(*plan)),
        Missing::Cohort(unit) => cohort::missing_cohort(&names::unit_of(organisation, *unit)),
        Missing::Notice => words::missing_notice().to_owned(),
        Missing::Hanging(day) => cohort::hanging(&format::short_day(*day)),
        Missing::DecisionDelivery(plan) => words::missing_decision_delivery(&of(*plan)),
        Missing::Appealing(plan, day) => {
            words::missing_appealing(&of(*plan), &format::short_day(*day))
        }
        Missing::Appeal(plan) => words::missing_appeal(&of(*plan)),
        Missing::Plan(person) => coverage::missing_plan(&names::person_of(organisation, *person)),
    }
}

fn command(draft: &SealedResult, plans: &[PlanId]) -> Command {
    let parts = plans
        .iter()
        .copied()
        .filter(|plan| *plan != draft.plan)
        .collect();
    let seen = digest::seal_content(draft);
    Command::SealResult(SealResult {
        plan: draft.plan,
        parts,
        seen,
    })
}

fn binds(organisation: &Organisation, draft: &SealedResult) -> String {
    let who = names::person_of(organisation, draft.person);
    if draft.assessment != Assessment::Assessed {
        let coefficient = draft.coefficient.to_string();
        return words::seal_binds_without(&who, assessment(draft.assessment), &coefficient);
    }
    words::seal_binds(
        &who,
        &draft.total.to_string(),
        &draft.coefficient.to_string(),
    )
}

/// The form in which one result is sealed.
fn form(words: String, command: Command) -> Form {
    let form = Form::new("sign-seal", words::seal_sign(), Vec::new(), move |_| {
        Ok(Act::Command(command.clone()))
    });
    let form = form.titled(words::seal().to_owned()).look(Look::Sign);
    form.lead("binds", words)
}

/// The form in which many are sealed as one job of the server.
fn job(
    title: &'static str,
    leads: Vec<String>,
    period: PeriodId,
    units: Vec<UnitId>,
    digest: String,
) -> Form {
    let form = Form::new("sign-seal", words::seal_sign(), Vec::new(), move |_| {
        Ok(Act::Seal(period, units.clone(), digest.clone()))
    });
    let form = form.titled(title.to_owned()).look(Look::Sign);
    let lead = |form: Form, words: String| form.lead("binds", words);
    leads.into_iter().fold(form, lead)
}

fn assessment(assessment: Assessment) -> &'static str {
    match assessment {
        Assessment::Assessed => words::assessed(),
        Assessment::NotAssessed => words::not_assessed(),
        Assessment::Provisional => words::provisional(),
    }
}

fn figures(result: &SealedResult) -> impl IntoView + use<> {
    // Who was not judged has no points; nought would read as a verdict.
    let total = (result.assessment == Assessment::Assessed)
        .then(|| common::points_of(&result.total.to_string()));
    let coefficient = words::coefficient_of(&result.coefficient.to_string());
    view! {
        <span>{assessment(result.assessment)}</span>
        {total.map(|total| view! { <span class="figure">{total}</span> })}
        <span class="figure">{coefficient}</span>
    }
}

fn line_view(sheet: Sheet, world: &World, line: Line) -> AnyView {
    let organisation = world.organisation();
    let name = names::person_of(organisation, line.person);
    let (state, badge, more, act) = match line.standing {
        Standing::Sealed(sealed) => {
            let badge = view! { <Badge words=words::sealed() tone=Tone::Good glyph=Glyph::Lock /> };
            let version = words::version(&sealed.version.to_string());
            let more = view! { {figures(&sealed)}<span>{version}</span> };
            ("sealed", badge.into_any(), more.into_any(), None)
        }
        Standing::Ready(draft) => {
            let one = (binds(organisation, &draft), command(&draft, &line.plans));
            let act = sheet.small("seal", words::seal(), move || {
                let (words, command) = one.clone();
                form(words, command)
            });
            let badge =
                view! { <Badge words=words::ready() tone=Tone::Accent glyph=Glyph::Tick /> };
            (
                "ready",
                badge.into_any(),
                figures(&draft).into_any(),
                Some(act),
            )
        }
        Standing::Lacks(missing) => {
            let badge =
                view! { <Badge words=words::not_ready() tone=Tone::Warn glyph=Glyph::Clock /> };
            let more: Vec<_> = missing
                .into_iter()
                .map(|words| view! { <span>{words}</span> })
                .collect();
            ("lacks", badge.into_any(), more.into_any(), None)
        }
    };
    let last = line.plans.last().copied();
    let href = last.map(|plan| Route::Result(plan).path());
    view! {
        <li data-item=line.person.to_string() data-state=state>
            <div class="list-line list-line-acts">
                <span class="stack-tight">
                    <span class="row"><a href=href><Person name=name /></a>{badge}</span>
                    <span class="list-more">{more}</span>
                </span>
                <span class="list-end">{act}</span>
            </div>
        </li>
    }
    .into_any()
}
