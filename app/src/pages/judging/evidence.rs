//! What proves an item while it is judged: its reports, newest first, and its photos and files.
//!
//! Judging and meeting mode show the same, so that nothing is seen in one place alone.

use leptos::prelude::*;
use shared::id::{ItemId, PlanId};

use crate::i18n::{evidence, review};
use crate::pages::entry::report_line;
use crate::pages::evidence::EvidenceOf;
use crate::pages::order;
use crate::session::Session;

/// The evidence of one item.
#[component]
pub(crate) fn ItemEvidence(
    /// The plan.
    plan: PlanId,
    /// The item.
    item: ItemId,
) -> impl IntoView {
    let session = Session::here();
    let reports = move || {
        let world = session.world();
        let document = world.document(plan);
        let reports = document.map(|document| order::reports(document, item));
        let reports = reports.unwrap_or_default();
        if reports.is_empty() {
            return view! { <p class="faint">{review::no_reports()}</p> }.into_any();
        }
        let lines: Vec<_> = reports
            .into_iter()
            .map(|report| report_line(session, &world, report))
            .collect();
        view! { <ul class="list-plain">{lines}</ul> }.into_any()
    };
    view! {
        {reports}
        <h3>{evidence::evidence()}</h3>
        <EvidenceOf plan=plan item=item folded=true />
    }
}
