//! A person's outlook: the tasks and reminders of the day, kept plan by plan.
//!
//! A tick changes one plan of hundreds; only what hangs on the changed one is gathered again. Plans
//! are told apart by their allocation: whatever changes a document makes another one.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::id::{PersonId, PlanId};
use crate::moment::{Day, UtcMillis};
use crate::organisation::Organisation;
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

/// What was gathered, and of what.
#[derive(Debug, Clone, Default)]
pub struct Outlook {
    of: Option<(PersonId, Day, Arc<Organisation>)>,
    plans: BTreeMap<PlanId, (Arc<PlanDocument>, Ahead)>,
}

impl Outlook {
    /// Gathers a person's day, as [`today::today`] and [`reminder::reminders`] do.
    pub fn read(&mut self, world: &World, person: PersonId, now: UtcMillis) -> Ahead {
        let organisation = world.organisation();
        let day = now.day(organisation.utc_offset());
        let same = |(whose, when, of): &(PersonId, Day, Arc<Organisation>)| {
            *whose == person && *when == day && Arc::ptr_eq(of, organisation)
        };
        if !self.of.as_ref().is_some_and(same) {
            self.of = Some((person, day, Arc::clone(organisation)));
            self.plans.clear();
        }
        self.plans.retain(|id, _| world.document(*id).is_some());
        let mut ahead = Ahead::default();
        for (id, document) in world.shared_documents() {
            let kept = self.plans.get(&id);
            if !kept.is_some_and(|(of, _)| Arc::ptr_eq(of, document)) {
                let found = Ahead {
                    today: today::in_plan(organisation, person, day, document),
                    reminders: reminder::in_plan(organisation, person, day, document),
                };
                self.plans.insert(id, (Arc::clone(document), found));
            }
            if let Some((_, found)) = self.plans.get(&id) {
                ahead.today.add(&found.today);
                ahead.reminders.extend_from_slice(&found.reminders);
            }
        }
        ahead.today.sort();
        ahead.reminders.sort_unstable();
        ahead
    }
}
