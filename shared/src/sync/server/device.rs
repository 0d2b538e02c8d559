//! Devices: what each announced as not handed in yet, so that a loss does not stay silent.
//!
//! Commands are handed in oldest first. So when a device comes back and neither has its newest
//! announced command nor has the server's log got it, that work is lost; and as long as the log
//! lacks it, the device has not come back.

use crate::id::{CommandId, DeviceId, PersonId};
use crate::moment::UtcMillis;
use crate::sync::message::{Outcome, PushResult, Unsent};
use crate::sync::server::core::{Server, ServerError};
use crate::sync::server::store::{Needs, Store};

/// How long a device that has nothing new to say is not written down again, in milliseconds.
const SEEN_EVERY: i64 = 60 * 60 * 1000;
/// The most devices that are remembered beside the store.
const MOST_REMEMBERED: usize = 10_000;

/// A person's device, as it last announced itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceRow {
    /// The device.
    pub device: DeviceId,
    /// The person.
    pub person: PersonId,
    /// Build of its app.
    pub build: String,
    /// When it last came.
    pub seen: UtcMillis,
    /// What it announced then.
    pub unsent: Unsent,
    /// How many announced commands did not come when the device came back without them.
    pub lost: u32,
    /// When that was noticed.
    pub lost_at: UtcMillis,
}

impl DeviceRow {
    /// The next row of a device that announces itself; `logged` says whether the newest command
    /// that it announced before has reached the log.
    #[must_use]
    pub fn next(self, said: Unsent, build: &str, logged: bool, now: UtcMillis) -> Self {
        let before = self.unsent;
        let still_has = said.count > 0 && said.oldest_place <= before.newest_place;
        let lost = if before.count > 0 && !logged && !still_has {
            before.count
        } else {
            0
        };
        Self {
            build: build.to_owned(),
            seen: now,
            unsent: said,
            lost: self.lost.saturating_add(lost),
            lost_at: if lost > 0 { now } else { self.lost_at },
            ..self
        }
    }
}

/// Who announces what.
pub(super) struct Announced<'a> {
    pub(super) person: PersonId,
    pub(super) device: DeviceId,
    pub(super) build: &'a str,
    pub(super) unsent: Option<Unsent>,
}

impl Announced<'_> {
    /// What is left of the announcement after a push: nothing, when its newest was recorded.
    pub(super) fn after(mut self, results: &[PushResult]) -> Self {
        let recorded = |id: CommandId| {
            let mut results = results.iter().filter(|result| result.cmd_id == id);
            results.any(|result| result.outcome.is_recorded() || result.outcome == Outcome::IdReuse)
        };
        if let Some(unsent) = &mut self.unsent
            && unsent.newest.is_some_and(recorded)
        {
            *unsent = Unsent::default();
        }
        self
    }
}

impl<S: Store> Server<S> {
    /// Writes down what a device announces, where that is new.
    pub(super) async fn notice(
        &self,
        announced: Announced<'_>,
        now: UtcMillis,
    ) -> Result<(), ServerError> {
        let Announced {
            person,
            device,
            build,
            unsent: Some(said),
        } = announced
        else {
            return Ok(());
        };
        let remembered = self.remembered(device, person);
        let kept = match remembered {
            Some(kept) if kept.unsent == said && now.0 - kept.seen.0 < SEEN_EVERY => return Ok(()),
            Some(kept) => Some(kept),
            None => self.store.device(device, person).await?,
        };
        let kept = kept.unwrap_or_else(|| DeviceRow {
            device,
            person,
            build: String::new(),
            seen: now,
            unsent: Unsent::default(),
            lost: 0,
            lost_at: UtcMillis::default(),
        });
        let newest = kept.unsent.newest.filter(|_| kept.unsent != said);
        let logged = match newest {
            Some(newest) => self.is_logged(newest).await?,
            None => true,
        };
        let next = kept.next(said, build, logged, now);
        self.store.put_device(&next).await?;
        self.remember(next);
        Ok(())
    }

    async fn is_logged(&self, command: CommandId) -> Result<bool, ServerError> {
        let needs = Needs {
            commands: [command].into(),
            organisation_after: self.ver_at_hand(),
            ..Needs::default()
        };
        Ok(self.store.load(&needs).await?.log.contains_key(&command))
    }

    /// The devices that announced work which did not come: lost, or still away.
    pub async fn missed(&self) -> Result<Vec<DeviceRow>, ServerError> {
        let mut rows = self.store.devices().await?;
        let newest = rows.iter().filter_map(|row| row.unsent.newest);
        let needs = Needs {
            commands: newest.collect(),
            organisation_after: self.ver_at_hand(),
            ..Needs::default()
        };
        let log = self.store.load(&needs).await?.log;
        for row in &mut rows {
            if row
                .unsent
                .newest
                .is_some_and(|newest| log.contains_key(&newest))
            {
                row.unsent = Unsent::default();
            }
        }
        rows.retain(|row| row.lost > 0 || row.unsent.count > 0);
        Ok(rows)
    }

    fn remembered(&self, device: DeviceId, person: PersonId) -> Option<DeviceRow> {
        self.devices().get(&(device, person)).cloned()
    }

    fn remember(&self, row: DeviceRow) {
        let mut devices = self.devices();
        if devices.len() >= MOST_REMEMBERED {
            devices.clear();
        }
        devices.insert((row.device, row.person), row);
    }
}
