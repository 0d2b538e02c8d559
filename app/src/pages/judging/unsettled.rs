//! What is not settled in a plan whose result is about to be published.
//!
//! Nothing of it stops the publication, so that nobody's result waits for a colleague; it is said
//! before the signature, and beside it.

use leptos::prelude::*;
use shared::change_request::ChangeState;
use shared::deadline::Timeliness;
use shared::id::PlanId;
use shared::world::World;

use crate::components::Banner;
use crate::i18n::seal;
use crate::session::{Session, Work};

/// How many of something are open, and the words for that many.
type Counted = (usize, fn(&str) -> String);

/// What is open, in words.
fn unsettled(world: &World, work: &Work, id: PlanId) -> Vec<String> {
    let Some(document) = world.document(id) else {
        return Vec::new();
    };
    let requests = document.requests.values();
    let open = requests.filter(|request| request.state == ChangeState::Open);
    let items = document.items.values();
    let provisional =
        items.filter(|item| item.lineage.as_ref().is_some_and(|from| from.provisional));
    let reports = || document.reports.values();
    let entries = reports().filter(|report| report.of.is_some() && report.confirmed.is_none());
    let claims = reports().filter(|report| {
        report.timed.as_ref().is_some_and(|timed| {
            timed.label == Timeliness::LateClaimedOnTime && timed.decided.is_none()
        })
    });
    let unreceived = work.unreceived.get(&id).copied().unwrap_or_default();
    let counted: [Counted; 5] = [
        (unreceived, seal::unreceived_acts),
        (open.count(), seal::open_requests),
        (provisional.count(), seal::provisional_items),
        (entries.count(), seal::open_entries),
        (claims.count(), seal::open_claims),
    ];
    counted
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| words(&count.to_string()))
        .collect()
}

/// The warnings; nothing where all is settled.
#[component]
pub(crate) fn Unsettled(
    /// The plan.
    id: PlanId,
) -> impl IntoView {
    let session = Session::here();
    let open = Memo::new(move |_| unsettled(&session.world(), &session.work(), id));
    view! {
        <div class="stack-tight" data-part="unsettled">
            {move || open
                .get()
                .into_iter()
                .map(|words| view! { <Banner state="warn" words=words /> })
                .collect_view()}
        </div>
    }
}
