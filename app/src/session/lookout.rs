//! What a person's day holds: first what is near, then, once that is painted, what lies further.
//!
//! A start draws Today from the plans of periods that began or begin soon; the rows of later plans
//! are read afterwards, a plan at a time, so that no touch waits for them.

use std::sync::Arc;

use leptos::prelude::*;
use shared::id::PersonId;
use shared::moment::UtcMillis;
use shared::outlook::{self, Ahead, Outlook, Reach};
use shared::world::{PlanDocument, World};

use crate::timer;

/// How far a session has looked.
#[derive(Clone, Copy)]
pub(super) struct Lookout(StoredValue<Looked, LocalStorage>);

struct Looked {
    person: PersonId,
    world: RwSignal<Arc<World>>,
    now: RwSignal<UtcMillis>,
    outlook: StoredValue<Outlook, LocalStorage>,
    reach: RwSignal<Reach>,
    ahead: Memo<Ahead>,
}

impl Lookout {
    /// Looks at what is near.
    pub(super) fn near(
        person: PersonId,
        world: RwSignal<Arc<World>>,
        now: RwSignal<UtcMillis>,
    ) -> Self {
        let outlook = StoredValue::new_local(Outlook::default());
        let reach = RwSignal::new(Reach::Near);
        let ahead = Memo::new(move |_| {
            let (world, now, reach) = (world.get(), now.get(), reach.get());
            let read = outlook.try_update_value(|outlook| outlook.read(&world, person, now, reach));
            read.unwrap_or_default()
        });
        Self(StoredValue::new_local(Looked {
            person,
            world,
            now,
            outlook,
            reach,
            ahead,
        }))
    }

    /// What lies ahead, kept up to the rows and the day.
    pub(super) fn ahead(self) -> Memo<Ahead> {
        self.0.with_value(|looked| looked.ahead)
    }

    /// Says whether a plan's rows are looked at by now. Observed.
    pub(super) fn covers(self, document: &PlanDocument) -> bool {
        let (reach, world, now) = self
            .0
            .with_value(|looked| (looked.reach, looked.world, looked.now));
        reach.get() == Reach::Whole
            || world.with(|world| {
                let day = now.get().day(world.organisation().utc_offset());
                outlook::is_near(world.organisation(), day, document)
            })
    }

    /// Looks further, a plan at a time, until nothing is left.
    pub(super) fn look_further(self) {
        // A session that was closed has nothing left, and nobody looks.
        let more = self.0.try_with_value(Looked::look_on).flatten();
        match more {
            Some(true) => timer::after(0, move || self.look_further()),
            Some(false) => {
                if let Some(reach) = self.0.try_with_value(|looked| looked.reach) {
                    // What could not be set is gone with the session.
                    let _ = reach.try_set(Reach::Whole);
                }
            }
            None => {}
        }
    }
}

impl Looked {
    /// Looks at one more plan; says whether there was one.
    fn look_on(&self) -> Option<bool> {
        let world = self.world.try_get_untracked()?;
        let now = self.now.try_get_untracked()?;
        self.outlook
            .try_update_value(|outlook| outlook.gather_one(&world, self.person, now))
    }
}
