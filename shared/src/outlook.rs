//! A person's outlook: the tasks and reminders of the day, kept plan by plan.
//!
//! A tick changes one plan of hundreds; only what hangs on the changed one is gathered again. Plans
//! are told apart by their allocation: whatever changes a document makes another one.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::Days;

use crate::id::{PersonId, PlanId};
use crate::moment::{Day, UtcMillis};
use crate::organisation::Organisation;
use crate::plan::PlanState;
use crate::reminder::{self, Reminder};
use crate::today::{self, Today};
use crate::world::{PlanDocument, World};

/// What a day holds for a person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ahead {
    /// What is to be done.
    pub today: Today,
    /// What asks for the person, the most pressing first.
    pub reminders: Vec<Reminder>,
}

/// How far one looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// To the plans that are near, see [`is_near`]: what the first look at a day shows, before rows
    /// of others are read.
    Near,
    /// To all plans.
    Whole,
}

/// How many days ahead a period may begin, or back it may have ended, and be near: who looks in the
/// last days of a month also sees the month that comes.
const NEAR: u64 = 31;

/// What was gathered, and of what.
#[derive(Debug, Clone, Default)]
pub struct Outlook {
    of: Option<(PersonId, Day, Arc<Organisation>)>,
    plans: BTreeMap<PlanId, (Arc<PlanDocument>, Ahead)>,
    /// The plan that was gathered last, one by one: the next one lies behind it.
    last: Option<PlanId>,
}

impl Outlook {
    /// Gathers a person's day, as [`today::today`] and [`reminder::reminders`] do.
    pub fn read(&mut self, world: &World, person: PersonId, now: UtcMillis, reach: Reach) -> Ahead {
        let day = self.begin(world, person, now);
        self.plans.retain(|id, _| world.document(*id).is_some());
        let mut ahead = Ahead::default();
        for (id, document) in world.shared_documents() {
            if reach == Reach::Near && !is_near(world.organisation(), day, document) {
                continue;
            }
            let found = self.gather(world, (person, day), id, document);
            ahead.today.add(&found.today);
            ahead.reminders.extend_from_slice(&found.reminders);
        }
        ahead.today.sort();
        ahead.reminders.sort_unstable();
        ahead
    }

    /// Gathers one plan of which nothing is gathered yet; `false` when none is left.
    pub fn gather_one(&mut self, world: &World, person: PersonId, now: UtcMillis) -> bool {
        let day = self.begin(world, person, now);
        let next = self.next_unknown(world).or_else(|| {
            // Once more from the start: a plan before the last may have changed meanwhile.
            self.last = None;
            self.next_unknown(world)
        });
        if let Some((id, document)) = next {
            self.gather(world, (person, day), id, document);
            self.last = Some(id);
        }
        next.is_some()
    }

    /// The first plan behind the last one of which nothing is gathered.
    fn next_unknown<'w>(&self, world: &'w World) -> Option<(PlanId, &'w Arc<PlanDocument>)> {
        let mut behind = world.shared_documents_after(self.last);
        behind.find(|(id, document)| !self.knows(*id, document))
    }

    /// Forgets what was gathered for another person or day, or under other rows of the organisation.
    fn begin(&mut self, world: &World, person: PersonId, now: UtcMillis) -> Day {
        let organisation = world.organisation();
        let day = now.day(organisation.utc_offset());
        let same = |(whose, when, of): &(PersonId, Day, Arc<Organisation>)| {
            *whose == person && *when == day && Arc::ptr_eq(of, organisation)
        };
        if !self.of.as_ref().is_some_and(same) {
            self.of = Some((person, day, Arc::clone(organisation)));
            self.plans.clear();
        }
        day
    }

    fn knows(&self, id: PlanId, document: &Arc<PlanDocument>) -> bool {
        let kept = self.plans.get(&id);
        kept.is_some_and(|(of, _)| Arc::ptr_eq(of, document))
    }

    fn gather(
        &mut self,
        world: &World,
        (person, day): (PersonId, Day),
        id: PlanId,
        document: &Arc<PlanDocument>,
    ) -> &Ahead {
        let organisation = world.organisation();
        let found = || Ahead {
            today: today::in_plan(organisation, person, day, document),
            reminders: reminder::in_plan(organisation, person, day, document),
        };
        let fresh = (!self.knows(id, document)).then(found);
        let kept = self.plans.entry(id);
        let kept = kept.or_insert_with(|| (Arc::clone(document), Ahead::default()));
        if let Some(fresh) = fresh {
            *kept = (Arc::clone(document), fresh);
        }
        &kept.1
    }
}

/// Says whether a plan is near: its period began, or begins soon; and it is not long over, or
/// something of it still runs.
pub fn is_near(organisation: &Organisation, day: Day, document: &PlanDocument) -> bool {
    let Some(plan) = &document.plan else {
        return false;
    };
    let Some(period) = organisation.periods.get(&plan.period) else {
        return false;
    };
    let begins = day.checked_add_days(Days::new(NEAR));
    let ended = day.checked_sub_days(Days::new(NEAR));
    let over = matches!(plan.state, PlanState::Published | PlanState::Sealed);
    begins.is_none_or(|last| period.from <= last)
        && (!over || ended.is_none_or(|first| period.to >= first))
}
