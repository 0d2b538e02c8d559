//! What a judge will look at, fetched before it is asked for: a meeting may have no network.

use std::collections::BTreeSet;

use shared::evidence::{ContentHash, Evidence};
use shared::permission;
use shared::plan::{Plan, PlanState};

use super::{Keeper, NotHere};
use crate::session::Session;

/// How much is brought ahead, in bytes; less than is kept, so that looking at others does not throw
/// it out.
const MOST_AHEAD: u64 = 48 * 1024 * 1024;
/// After so many files that have not reached the server, the others wait for the next time.
const MOST_MISSING: u32 = 3;

impl Keeper {
    /// Fetches the pictures on the plans that this person is to judge, one after the other, each
    /// once while the tab lives.
    pub(super) async fn bring_ahead(&self) {
        if self.ahead.replace(true) {
            return;
        }
        let held = self.files.held().await.unwrap_or_default();
        let held: BTreeSet<ContentHash> = held.into_iter().map(|held| held.hash).collect();
        let mut missing = 0;
        for evidence in to_judge(self.session) {
            let hash = evidence.hash;
            let known = held.contains(&hash);
            if known || self.stopped.get() || !self.brought.borrow_mut().insert(hash) {
                continue;
            }
            match self.fetch(&evidence.into()).await {
                Ok(_) => {}
                Err(NotHere::OnItsWay) if missing < MOST_MISSING => {
                    self.brought.borrow_mut().remove(&hash);
                    missing += 1;
                }
                Err(_) => {
                    self.brought.borrow_mut().remove(&hash);
                    break;
                }
            }
        }
        self.ahead.set(false);
    }
}

/// The pictures on those plans, as far as there is room for them.
fn to_judge(session: Session) -> Vec<Evidence> {
    let world = session.world_untracked();
    let (organisation, today) = (world.organisation(), session.today_untracked());
    let judges = |plan: &Plan| {
        plan.state == PlanState::Approved
            && permission::may_judge(organisation, session.person(), plan, today)
    };
    let documents = world.documents().map(|(_, document)| document);
    let mine = documents.filter(|document| document.plan.as_ref().is_some_and(judges));
    let shown = mine.flat_map(|document| document.evidence.values());
    let shown = shown.filter(|one| one.withdrawn.is_none() && one.media.is_image());
    let mut room = MOST_AHEAD;
    let fits = |one: &&Evidence| match room.checked_sub(u64::from(one.bytes)) {
        Some(left) => {
            room = left;
            true
        }
        None => false,
    };
    shown.take_while(fits).cloned().collect()
}
