//! Reminders: what asks for this person now, computed from what the device holds, so that they
//! come without a network too.
//!
//! A reminder is never kept: it stands as long as its cause does. Whether a device may interrupt
//! its person at that hour is the person's choice ([`Quiet`]).

use std::cmp::Ordering;

use crate::carry;
use crate::hearing;
use crate::id::{ItemId, PersonId, PlanId};
use crate::moment::{Day, UtcMillis};
use crate::organisation::Organisation;
use crate::permission;
use crate::plan::{Plan, PlanState};
use crate::score;
use crate::world::{PlanDocument, World};

/// What asks for a person, the most pressing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reminder {
    /// A plan was returned and waits for its owner's hand.
    Returned(PlanId),
    /// A published result waits for its person's signature or objection.
    ToSign(PlanId),
    /// An objection or an appeal waits for the person's decision.
    ToDecide(PlanId),
    /// An item is past its due day and not done.
    Overdue(Day, PlanId, ItemId),
    /// An item is due today and not done.
    DueToday(PlanId, ItemId),
}

/// Lists what asks for a person on a day, the most pressing first.
pub fn reminders(world: &World, person: PersonId, today: Day) -> Vec<Reminder> {
    let organisation = world.organisation();
    let documents = world.documents();
    let found = documents.flat_map(|(_, document)| in_plan(organisation, person, today, document));
    let mut found: Vec<Reminder> = found.collect();
    found.sort_unstable();
    found
}

/// Lists what asks for a person in one plan; unsorted.
pub fn in_plan(
    organisation: &Organisation,
    person: PersonId,
    today: Day,
    document: &PlanDocument,
) -> Vec<Reminder> {
    let Some(plan) = &document.plan else {
        return Vec::new();
    };
    match plan.state {
        PlanState::Returned if permission::may_submit(organisation, person, plan, today) => {
            vec![Reminder::Returned(plan.id)]
        }
        PlanState::Published if plan.owner == person && is_unanswered(document) => {
            vec![Reminder::ToSign(plan.id)]
        }
        PlanState::Published if plan.owner != person => {
            let hears = is_heard_by(organisation, person, today, plan, document);
            hears
                .then_some(Reminder::ToDecide(plan.id))
                .into_iter()
                .collect()
        }
        PlanState::Approved => pressing_items(organisation, person, today, plan, document),
        _ => Vec::new(),
    }
}

/// Says whether what is said against a plan's result waits for this person's decision, from the first
/// minute of the day.
fn is_heard_by(
    organisation: &Organisation,
    person: PersonId,
    today: Day,
    plan: &Plan,
    document: &PlanDocument,
) -> bool {
    let period = organisation.periods.get(&plan.period);
    let Some(rules) = period.and_then(|period| organisation.rules(period)) else {
        return false;
    };
    let morning = organisation.work_days(plan.unit).at(today, 0);
    let open = hearing::open(organisation, &rules.regime.after, (plan, document), morning);
    open.is_some_and(|open| open.hearers.contains(&person))
}

/// Lists a person's items of a running plan that are due and not done.
fn pressing_items(
    organisation: &Organisation,
    person: PersonId,
    today: Day,
    plan: &Plan,
    document: &PlanDocument,
) -> Vec<Reminder> {
    let Some(period) = organisation.periods.get(&plan.period) else {
        return Vec::new();
    };
    let mine = document.items.values().filter(|item| {
        permission::may_report(person, plan, item) && !carry::finished(document, item.id)
    });
    // An absence moves a day further away only.
    let due = mine.filter_map(|item| {
        let due = score::due_in_force(document, item)?;
        (due <= today).then_some((item, due))
    });
    let mut due = due.peekable();
    if due.peek().is_none() {
        return Vec::new();
    }
    let extension = organisation.extension(person, plan.unit, period.from);
    let pressing = due.filter_map(|(item, due)| {
        let due = extension.due(item, due);
        match due.cmp(&today) {
            Ordering::Less => Some(Reminder::Overdue(due, plan.id, item.id)),
            Ordering::Equal => Some(Reminder::DueToday(plan.id, item.id)),
            Ordering::Greater => None,
        }
    });
    pressing.collect()
}

/// Says whether the latest published result has no answer yet.
fn is_unanswered(document: &PlanDocument) -> bool {
    let result = document.result();
    result.is_some_and(|result| !document.answers.contains_key(&result.version))
}

/// The hours in which a device stays quiet: minutes after midnight, 0 to 1440. From a later to an
/// earlier minute it is the night between them; from a minute to itself it is never.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quiet {
    /// The first quiet minute.
    pub from: u32,
    /// The first minute that is quiet no more.
    pub to: u32,
}

impl Default for Quiet {
    /// From eight in the evening to seven in the morning.
    fn default() -> Self {
        Self {
            from: 20 * 60,
            to: 7 * 60,
        }
    }
}

impl Quiet {
    /// Says whether a minute of the day is quiet.
    pub const fn covers(self, minute: u32) -> bool {
        if self.from <= self.to {
            self.from <= minute && minute < self.to
        } else {
            self.from <= minute || minute < self.to
        }
    }
}

/// The minute of the day at a zone that is `offset_minutes` east of UTC.
pub fn minute_of_day(at: UtcMillis, offset_minutes: i32) -> u32 {
    let minutes = at.0.div_euclid(60_000) + i64::from(offset_minutes);
    u32::try_from(minutes.rem_euclid(1440)).unwrap_or(0)
}
