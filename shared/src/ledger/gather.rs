//! What happened in a unit's plans of a period, as tariffs ask for it: steps and items that were late,
//! plans that were not handed in or not even begun, items that are not done.
//!
//! Read from plans as they stand. A claim to have been in time that nobody has decided about is not
//! late yet.

use crate::baseline::due_in_force;
use crate::calendar::WorkDays;
use crate::deadline::{self, Act, DeadlineStep, Timed};
use crate::id::{PeriodId, UnitId};
use crate::item::Item;
use crate::moment::UtcMillis;
use crate::period::Period;
use crate::period::expected::{self, Owing};
use crate::plan::Plan;
use crate::regime::Rules;
use crate::regime::deadlines::{CountedTime, PlanStep};
use crate::report::{Report, ReportKind};
use crate::result::engine_3::inputs::Late;
use crate::world::{PlanDocument, World};

use super::found::{Event, Happening, UndoneItem};

/// What happened in the plans of a unit and a period that this side holds.
pub fn happenings(world: &World, unit: UnitId, period: PeriodId, now: UtcMillis) -> Vec<Happening> {
    let organisation = world.organisation();
    let Some(span) = organisation.periods.get(&period) else {
        return Vec::new();
    };
    let version = organisation.regimes.get(&span.regime);
    let Some(rules) = version.and_then(|version| version.rules(span.kind)) else {
        return Vec::new();
    };
    let days = organisation.work_days(unit);
    let mut found = Vec::new();
    for (_, document) in world.documents() {
        let plan = document.plan.as_ref();
        if let Some(plan) = plan.filter(|plan| (plan.unit, plan.period) == (unit, period)) {
            found.extend(handing_in(rules, span, plan, &days, now));
            found.extend(items(rules, plan, document, &days, now));
        }
    }
    found.extend(unbegun(world, (span, rules), unit, &days, now));
    found.sort_by_key(|happening| (happening.happened, happening.plan, happening.event.item()));
    found
}

/// Who owes a plan of the unit and has begun none, once it was to be handed in; nobody where the regime
/// gives that no meaning, or this side cannot know.
fn unbegun(
    world: &World,
    (period, rules): (&Period, Rules<'_>),
    unit: UnitId,
    days: &WorkDays<'_>,
    now: UtcMillis,
) -> Vec<Happening> {
    let organisation = world.organisation();
    let deadline = deadline::of_step(rules, DeadlineStep::Submission, period, days);
    let Some(deadline) = deadline.filter(|deadline| now > deadline.at) else {
        return Vec::new();
    };
    let today = now.day(organisation.utc_offset());
    let missed = expected::missed(world, (period, rules), |one| one == unit, today);
    let happening = |one: Owing| Happening {
        whose: one.person,
        plan: None,
        event: Event::NotHandedIn,
        happened: deadline.day,
        late: Late::default(),
    };
    let missed = missed.unwrap_or_default().into_iter();
    missed.map(happening).collect()
}

fn handing_in(
    rules: Rules<'_>,
    period: &Period,
    plan: &Plan,
    days: &WorkDays<'_>,
    now: UtcMillis,
) -> Option<Happening> {
    let happening = |event, happened, late| Happening {
        whose: plan.owner,
        plan: Some(plan.id),
        event,
        happened,
        late,
    };
    if let Some(signed) = &plan.submitted {
        let timed = signed.timed.as_deref().filter(|timed| is_late(timed))?;
        let act = Act {
            times: &signed.times,
            happened: None,
        };
        let step = PlanStep::Submission;
        let late = late(timed, rules.counts(&step), act, days);
        let day = days.day(signed.times.received);
        return Some(happening(Event::StepLate(step), day, late));
    }
    let deadline = deadline::of_step(rules, DeadlineStep::Submission, period, days)?;
    (now > deadline.at).then(|| happening(Event::NotHandedIn, deadline.day, Late::default()))
}

fn items(
    rules: Rules<'_>,
    plan: &Plan,
    document: &PlanDocument,
    days: &WorkDays<'_>,
    now: UtcMillis,
) -> Vec<Happening> {
    if !plan.binds() {
        return Vec::new();
    }
    let of = |item: &Item| {
        let due = due_in_force(item, &document.baselines)?;
        let reports = document.reports.values();
        let completion = |report: &&Report| {
            report.item == item.id && report.kind == ReportKind::Completion && report.stands()
        };
        let done = reports
            .filter(completion)
            .min_by_key(|r| (r.times.received, r.id));
        let whose = item.responsible.unwrap_or(plan.owner);
        let (event, happened, late) = match done {
            Some(report) => {
                let timed = report.timed.as_deref().filter(|timed| is_late(timed))?;
                let act = Act {
                    times: &report.times,
                    happened: Some(report.happened),
                };
                let late = late(timed, rules.regime.lateness.counts, act, days);
                (Event::ItemLate(item.id), report.happened, late)
            }
            None if now > deadline::of_due(due, days).at => {
                (Event::Undone(undone(item)), due, Late::default())
            }
            None => return None,
        };
        Some(Happening {
            whose,
            plan: Some(plan.id),
            event,
            happened,
            late,
        })
    };
    document.items.values().filter_map(of).collect()
}

fn undone(item: &Item) -> UndoneItem {
    UndoneItem {
        item: item.id,
        section: item.section.clone(),
        category: String::new(),
        source: String::new(),
        target: item.target.kind,
        must: false,
    }
}

fn is_late(timed: &Timed) -> bool {
    timed.in_time() == Some(false)
}

/// How late an act was by the time that counts.
fn late(timed: &Timed, counts: CountedTime, act: Act<'_>, days: &WorkDays<'_>) -> Late {
    let standing = (&timed.deadline, timed.label, timed.decided.as_ref());
    deadline::late(counts, act, standing, days)
}
