//! Pulls: what changed in the partitions that a person may see at this moment.
//!
//! The grant list is computed from the organisation for each answer, so a change of rights, or a
//! day that ends an assignment, takes effect with the next answer. Its version goes up with each
//! change of the list, and never back: the stored state is read first, so that whatever is computed
//! after it is newer than what it was computed from.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::canonical;
use crate::id::PersonId;
use crate::moment::UtcMillis;
use crate::partition::PartitionId;
use crate::permission;
use crate::sync::message::{
    GoneRow, PROTOCOL_VERSION, Part, PullRequest, PullResponse, PulledRow, ROW_FORM,
};
use crate::sync::server::core::{Server, ServerError};
use crate::sync::server::device::Announced;
use crate::sync::server::store::{Changed, Grants, Needs, Store, StoreError, Wanted};

/// How often a pull that lost a race with a change of rights is computed again.
const MOST_TRIES: usize = 8;
/// How far ahead of the server a device's version of its grants may be to be believed.
const MOST_AHEAD: u64 = 1_000_000;
/// The most partitions of one person.
const MOST_PARTITIONS: usize = 5_000;

impl<S: Store> Server<S> {
    /// Gives pages of at most so many bytes, in place of [`MOST_PAGE_BYTES`](crate::sync::message::MOST_PAGE_BYTES).
    #[must_use]
    pub const fn with_page(mut self, bytes: usize) -> Self {
        self.page = bytes;
        self
    }

    /// Answers a pull of a person.
    pub async fn pull(
        &self,
        person: PersonId,
        request: &PullRequest,
        now: UtcMillis,
    ) -> Result<PullResponse, ServerError> {
        if request.proto != PROTOCOL_VERSION {
            return Err(ServerError::BadRequest("unknown protocol version"));
        }
        if request.have.len() > MOST_PARTITIONS
            || request.reset.len() > MOST_PARTITIONS
            || request.cut.len() > 1
        {
            return Err(ServerError::LimitPassed("partitions", MOST_PARTITIONS));
        }
        if request.rows < ROW_FORM {
            return Err(ServerError::UpdateNeeded);
        }
        let announced = Announced {
            person,
            device: request.device,
            build: &request.app_build,
            unsent: request.unsent,
        };
        self.notice(announced, now).await?;
        let server_epoch = self.store.epoch().await?;
        for _ in 0..MOST_TRIES {
            let fresh = request.server_epoch != Some(server_epoch);
            let seen = if fresh { 0 } else { request.grants_ver };
            let Some((granted, grants_ver, organisation_ver)) =
                self.grant(person, seen, now).await?
            else {
                continue;
            };
            let wanted = wanted(request, &granted, fresh);
            let most = request.page.map_or(usize::MAX, |_| self.page);
            let snapshot = self.store.changes(&wanted, most).await?;
            if snapshot.organisation_ver != organisation_ver {
                // Rights may have changed between the list and the rows.
                continue;
            }
            let have = request.have.iter().filter(|_| !fresh);
            let have: BTreeMap<PartitionId, u64> = have.copied().collect();
            let parts = snapshot.changed.into_iter().map(|changed| {
                let base = have.get(&changed.partition).copied().unwrap_or(0);
                part(changed, base)
            });
            return Ok(PullResponse {
                person,
                server_epoch,
                server_time: now,
                grants_ver,
                parts: parts.collect::<Result<_, _>>()?,
                granted: (fresh || request.grants_ver != grants_ver).then_some(granted),
                more: snapshot.more,
                page: request.page,
            });
        }
        Err(ServerError::Busy)
    }

    /// Computes a person's grant list; `None` when another answer changed its state meanwhile.
    ///
    /// A device of this life that has `seen` a later version than is known shows that the server has
    /// gone back; versions go on from there, or the device would take no answer any more. A version
    /// is the time at which it was given, so that none is given again after the server went back.
    async fn grant(
        &self,
        person: PersonId,
        seen: u64,
        now: UtcMillis,
    ) -> Result<Option<(Vec<PartitionId>, u64, u64)>, ServerError> {
        let kept = self.store.grants(person).await?;
        let needs = Needs {
            organisation_after: self.ver_at_hand(),
            ..Needs::default()
        };
        let at_hand = self.refresh(&self.store.load(&needs).await?)?;
        let organisation = at_hand.organisation;
        let day = now.day(organisation.utc_offset());
        let mut granted = self.store.partitions().await?;
        granted.retain(|id| permission::may_see(&organisation, person, day, *id));
        granted.sort_unstable();
        granted.truncate(MOST_PARTITIONS);
        let digest = canonical::digest("jihe/grants/1", &granted);
        let ver = kept.as_ref().map_or(0, |kept| kept.ver);
        let clock = u64::try_from(now.0).unwrap_or(0);
        let seen = if seen > ver.max(clock) + MOST_AHEAD {
            0
        } else {
            seen
        };
        if seen <= ver && kept.is_some_and(|kept| kept.digest == digest) {
            return Ok(Some((granted, ver, at_hand.ver)));
        }
        let next = (ver.max(seen) + 1).max(clock);
        let grants = Grants { ver: next, digest };
        let stands = self.store.set_grants(person, ver, &grants).await?;
        Ok(stands.then_some((granted, next, at_hand.ver)))
    }
}

fn wanted(request: &PullRequest, granted: &[PartitionId], fresh: bool) -> Vec<Wanted> {
    let have: BTreeMap<PartitionId, u64> = request.have.iter().copied().collect();
    let after = |id: &PartitionId| {
        let counted = !fresh && !request.reset.contains(id);
        have.get(id).copied().filter(|_| counted)
    };
    let sums = request.have.iter().map(|(id, _)| *id).zip(&request.sums);
    let sums: BTreeMap<PartitionId, &u64> = sums.collect();
    let wanted = granted.iter().map(|id| Wanted {
        partition: *id,
        after: after(id),
        sum: sums.get(id).map(|sum| **sum),
        floor: request.cut.iter().find(|cut| cut.0 == *id).map(|cut| cut.1),
    });
    wanted.collect()
}

fn part(changed: Changed, base: u64) -> Result<Part, StoreError> {
    let row = |(ver, text): (u64, std::sync::Arc<str>)| {
        let row = RawValue::from_string(text.to_string())
            .map_err(|error| StoreError::Corrupt(error.to_string()))?;
        Ok(PulledRow { ver, row })
    };
    Ok(Part {
        id: changed.partition,
        base,
        to: changed.cut.unwrap_or(changed.head.head),
        reset: changed.whole,
        rows: changed
            .rows
            .into_iter()
            .map(row)
            .collect::<Result<_, StoreError>>()?,
        gone: changed
            .gone
            .into_iter()
            .map(|(key, document)| GoneRow { key, document })
            .collect(),
        checksum: changed.head.checksum,
        cut: changed.cut.map(|_| changed.floor),
    })
}
