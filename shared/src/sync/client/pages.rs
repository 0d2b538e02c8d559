//! Pulls: asks what changed, page by page, and applies it in one transaction.
//!
//! Pages wait in memory until the last has come, because a command may have touched a partition of
//! one page and a partition of the next: nobody sees half of it. What has come is not asked for
//! again when the network breaks off, and is read while the next page is on its way.

use crate::bug::{self, Bug};
use crate::id::{CommandId, DeviceId};
use crate::partition::PartitionId;
use crate::sync::client::apply::Received;
use crate::sync::client::core::{Client, Peer, PeerError, Pulled, Surroundings, SyncError};
use crate::sync::client::meanwhile::meanwhile;
use crate::sync::client::replica::Replica;
use crate::sync::client::storage::{Storage, Written};
use crate::sync::client::taking::ReadPart;
use crate::sync::message::{PROTOCOL_VERSION, PullRequest, PullResponse, ROW_FORM};

/// Pages of a pull.
#[derive(Debug)]
pub(super) struct Pages {
    /// What the first page was asked for with; all of them together answer it.
    first: PullRequest,
    /// The generation of the cache that was asked for.
    generation: Option<u64>,
    /// In the order in which they came.
    come: Vec<PullResponse>,
    /// The parts of the pages that have been read, in the same order; their rows have left the pages.
    read: Vec<ReadPart>,
}

impl Pages {
    fn begin(replica: &Replica, build: &str) -> Self {
        let first = PullRequest {
            proto: PROTOCOL_VERSION,
            app_build: build.to_owned(),
            server_epoch: replica.epoch(),
            device: replica.device.unwrap_or(DeviceId::from_bits(0)),
            rows: ROW_FORM,
            unsent: None,
            grants_ver: replica.state.as_ref().map_or(0, |state| state.grants_ver),
            have: replica
                .partitions
                .iter()
                .map(|(id, held)| (*id, held.ver))
                .collect(),
            sums: replica.partitions.values().map(|p| p.checksum).collect(),
            reset: replica.to_reset(),
            cut: vec![],
            page: None,
        };
        Self {
            first,
            generation: generation(replica),
            come: Vec::new(),
            read: Vec::new(),
        }
    }

    /// Reads the parts that have come and are not read yet: the most of what a fill costs.
    fn read_on(&mut self, storage: &impl Storage) {
        let parts = self.come.iter_mut().flat_map(|page| &mut page.parts);
        for part in parts.skip(self.read.len()) {
            let read = ReadPart::of(part, self.read.last(), storage);
            self.read.push(read);
        }
    }

    /// Says whether the pages still follow from what the device holds.
    fn fit(&self, replica: &Replica) -> bool {
        self.generation == generation(replica) && self.first.server_epoch == replica.epoch()
    }

    /// Writes the request for the next page: with the cursors after those that have come.
    fn request(&self, replica: &Replica, name: u64) -> PullRequest {
        let mut request = self.first.clone();
        request.unsent = Some(replica.announced());
        request.page = Some(name);
        let Some(page) = self.come.first() else {
            return request;
        };
        if request.server_epoch != Some(page.server_epoch) {
            request.have.clear();
            request.sums.clear();
        }
        request.server_epoch = Some(page.server_epoch);
        request.grants_ver = page.grants_ver;
        for part in self.come.iter().flat_map(|page| &page.parts) {
            request.reset.retain(|id| *id != part.id);
            let known = |(id, _): &(PartitionId, u64)| *id == part.id;
            let place = request.have.iter().position(known).unwrap_or_else(|| {
                request.have.push((part.id, 0));
                request.sums.push(0);
                request.have.len() - 1
            });
            request.have[place].1 = part.to;
            request.sums[place] = part.checksum;
        }
        let last = self.come.last().and_then(|page| page.parts.last());
        let cut = last.and_then(|part| Some((part.id, part.cut?)));
        request.cut.extend(cut);
        request
    }

    /// Takes the next page in; `None` when it does not follow from the others.
    fn with(mut self, page: PullResponse, name: u64) -> Option<Self> {
        let follows = |before: &PullResponse| {
            before.server_epoch == page.server_epoch
                && before.grants_ver == page.grants_ver
                && page.granted.is_none()
        };
        let first = self.come.is_empty();
        let named = page.page == Some(name) || first && !page.more;
        if !named || !self.come.iter().all(follows) {
            return None;
        }
        self.come.push(page);
        Some(self)
    }

    /// Puts the pages together into one answer, with its parts as they were read.
    fn together(
        mut self,
        storage: &impl Storage,
    ) -> (PullRequest, Option<PullResponse>, Vec<ReadPart>) {
        self.read_on(storage);
        let mut pages = self.come.into_iter();
        let mut whole = pages.next();
        if let Some(whole) = &mut whole {
            for page in pages {
                whole.server_time = page.server_time;
                whole.parts.extend(page.parts);
            }
        }
        (self.first, whole, self.read)
    }
}

fn generation(replica: &Replica) -> Option<u64> {
    replica.state.as_ref().map(|state| state.generation)
}

impl<S: Storage, P: Peer, U: Surroundings> Client<S, P, U> {
    /// Asks what changed; when the last page has come, applies all of it in one transaction.
    pub async fn pull(&self) -> Result<Pulled, SyncError> {
        let begun = self.pages.take();
        let begun = begun.filter(|pages| pages.fit(&self.replica.borrow()));
        if begun.is_none() {
            self.replica.borrow_mut().find_torn();
        }
        let mut pages = begun.unwrap_or_else(|| Pages::begin(&self.replica.borrow(), &self.build));
        let name = u64::try_from(self.mint() & u128::from(u64::MAX)).unwrap_or_default();
        let request = pages.request(&self.replica.borrow(), name);
        let awaited = self.replica.borrow().awaited();
        // The answer travels while what has come is read.
        let asked = self.peer.pull(&request);
        let (answer, ()) = meanwhile(asked, || pages.read_on(&self.storage)).await;
        let page = match answer {
            Ok(page) => page,
            Err(error) => {
                // What has come is kept for the next time.
                self.pages.replace(Some(pages));
                return Err(SyncError::Peer(error));
            }
        };
        if page.person != self.replica.borrow().person {
            return Err(SyncError::Peer(PeerError::AuthLost));
        }
        self.note_time(page.server_time);
        let more = page.more && !bug::is(Bug::ShowPages);
        let Some(pages) = pages.with(page, name) else {
            self.reload().await?;
            return Ok(Pulled::Stale);
        };
        if more {
            self.pages.replace(Some(pages));
            return Ok(Pulled::More);
        }
        let (request, Some(response), read) = pages.together(&self.storage) else {
            return Ok(Pulled::Unchanged);
        };
        self.apply((&request, &response, read), &awaited).await
    }

    /// Memory is borrowed here alone, so that nothing waits while it is.
    fn receive(
        &self,
        request: &PullRequest,
        response: &PullResponse,
        read: Vec<ReadPart>,
    ) -> Received {
        self.replica.borrow_mut().receive(request, response, read)
    }

    async fn apply(
        &self,
        (request, response, read): (&PullRequest, &PullResponse, Vec<ReadPart>),
        awaited: &[CommandId],
    ) -> Result<Pulled, SyncError> {
        let received = self.receive(request, response, read);
        let applied = match received {
            Received::Stale => {
                self.reload().await?;
                return Ok(Pulled::Stale);
            }
            Received::Unreadable => return Err(SyncError::Peer(PeerError::UpdateNeeded)),
            Received::Unchanged => {
                self.settle(awaited).await?;
                return Ok(Pulled::Unchanged);
            }
            Received::Changed(applied) => applied,
        };
        let before = self.replica.borrow().epoch();
        // A first fill is tens of megabytes: they are handed over and not copied.
        let (batch, mut applied) = (*applied).split();
        // The disk works while memory is made ready.
        let lay_out = || self.replica.borrow().lay_out(&mut applied);
        let (written, ()) = meanwhile(self.storage.write(batch), lay_out).await;
        let fits = written? == Written::Committed && self.replica.borrow_mut().install(applied);
        if !fits {
            self.reload().await?;
            return Ok(Pulled::Stale);
        }
        if before != Some(response.server_epoch) {
            // Another tab may have been told in the former life what this memory still would send.
            self.reload_outbox().await?;
        }
        self.settle(awaited).await?;
        Ok(Pulled::Changed)
    }
}
