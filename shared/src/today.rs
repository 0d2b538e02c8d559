//! Today: what a person has to do now, so that a phone shows that and nothing else.
//!
//! Now is what is overdue, due today or within the next working days, and what recurs each working
//! day and has no report of the day yet. The rest comes later.

use crate::carry;
use crate::deadline::{self, Deadline};
use crate::document::PlanDocument;
use crate::id::{ItemId, PersonId, PlanId};
use crate::item::{Item, Rhythm, TargetKind};
use crate::moment::{Day, UtcMillis};
use crate::organisation::Organisation;
use crate::permission;
use crate::plan::{Plan, PlanState};
use crate::quantity::Quantity;
use crate::score;
use crate::world::World;

/// Working days ahead within which a due day counts as now.
const AHEAD: u32 = 2;

/// What is to be done now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// The plan.
    pub plan: PlanId,
    /// The item.
    pub item: ItemId,
    /// Until when; what recurs each day is due at the close of the day's work.
    pub deadline: Deadline,
    /// Whether it recurs, and is done for today with a report of today.
    pub recurs: bool,
}

/// A person's day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Today {
    /// What is to be done now, the most pressing first.
    pub now: Vec<Task>,
    /// How many items come later.
    pub later: usize,
    /// The due day of the next of them.
    pub next: Option<Day>,
}

/// Gathers a person's day.
pub fn today(world: &World, person: PersonId, now: UtcMillis) -> Today {
    let organisation = world.organisation();
    let today = now.day(organisation.utc_offset());
    let mut found = Today::default();
    for (_, document) in world.documents() {
        found.add(&in_plan(organisation, person, today, document));
    }
    found.sort();
    found
}

/// Gathers what one plan adds to a person's day; unsorted.
pub fn in_plan(
    organisation: &Organisation,
    person: PersonId,
    today: Day,
    document: &PlanDocument,
) -> Today {
    let mut found = Today::default();
    let plan = document.plan.as_ref();
    let Some(plan) = plan.filter(|plan| plan.state == PlanState::Approved) else {
        return found;
    };
    let Some(period) = organisation.periods.get(&plan.period) else {
        return found;
    };
    let mine = document
        .items
        .values()
        .filter(|item| permission::may_report(person, plan, item));
    let mut open = mine
        .filter(|item| !carry::finished(document, item.id))
        .peekable();
    if open.peek().is_none() {
        return found;
    }
    let days = organisation.work_days(plan.unit);
    let soon = days.after(today, AHEAD).value;
    let extension = organisation.extension(person, plan.unit, period.from);
    for item in open {
        let due = score::due_in_force(document, item).map(|due| extension.due(item, due));
        let within = period.from <= today && today <= period.to;
        let daily = recurs(item) && within && due.is_none_or(|due| due >= today);
        let owed = if daily {
            let open = days.is_working(today) && !reported(document, plan, item, today);
            open.then_some(today)
        } else {
            due.filter(|due| *due <= soon)
        };
        match owed {
            Some(day) => found.now.push(Task {
                plan: plan.id,
                item: item.id,
                deadline: deadline::of_due(day, &days),
                recurs: daily,
            }),
            None if daily => {}
            None => {
                found.later += 1;
                found.next = [found.next, due].into_iter().flatten().min();
            }
        }
    }
    found
}

impl Today {
    /// Adds what another plan asks for.
    pub fn add(&mut self, other: &Self) {
        self.now.extend_from_slice(&other.now);
        self.later += other.later;
        self.next = [self.next, other.next].into_iter().flatten().min();
    }

    /// Brings the most pressing to the front.
    pub fn sort(&mut self) {
        self.now
            .sort_unstable_by_key(|task| (task.deadline.at, task.item));
    }
}

/// Says whether an item asks for something each working day.
fn recurs(item: &Item) -> bool {
    item.rhythm == Some(Rhythm::Daily) || item.target.kind == TargetKind::PerDay
}

/// Says whether something of an item was reported of a day.
fn reported(document: &PlanDocument, plan: &Plan, item: &Item, day: Day) -> bool {
    let mut reports = document.reports.values();
    reports.any(|report| {
        let of = report.of.unwrap_or(report.by);
        report.item == item.id
            && report.happened == day
            && report.stands()
            && of == item.responsible.unwrap_or(plan.owner)
    })
}

/// Says whether a number is what one reports of an item.
pub fn is_counted(item: &Item) -> bool {
    let done = matches!(
        item.target.kind,
        TargetKind::Done | TargetKind::Date | TargetKind::Milestone
    );
    !done && item.target.value.is_some()
}

/// How far a reached value is on the way to a target, in whole percent from 0 to 100; `None` where a
/// single value does not say it.
pub fn percent(item: &Item, reached: Quantity) -> Option<u8> {
    let target = &item.target;
    let counts = matches!(
        target.kind,
        TargetKind::Count | TargetKind::Rate | TargetKind::Higher
    );
    let value = target.value.filter(|value| counts && value.0 > 0)?;
    let from = target.baseline.map_or(0, |baseline| baseline.0);
    let (way, whole) = (reached.0.saturating_sub(from), value.0.saturating_sub(from));
    if whole <= 0 {
        return None;
    }
    let share = i128::from(way) * 100 / i128::from(whole);
    u8::try_from(share.clamp(0, 100)).ok()
}
