//! Rating a plan as somebody whom the regime names beside the superior: one's own share, and nothing of
//! what the others say.

use leptos::prelude::*;
use shared::id::PlanId;
use shared::rating;

use super::parts::PartScoring;
use super::seats;
use super::{ItemJudging, deferred};
use crate::components::{Banner, Meter, PageHead, Panel, WayBack};
use crate::i18n::{common, review};
use crate::pages::order;
use crate::pages::plan::{Standing, rules_of};
use crate::route::Route;
use crate::session::Session;

/// The page of a rater.
#[component]
pub(super) fn RatingBody(standing: Standing) -> impl IntoView {
    let session = Session::here();
    let id = standing.id;
    let all = order::item_ids(session, id);
    let later = Memo::new(move |_| deferred(&session.world(), id));
    // Only what this person rates stands here, under its number in the plan.
    let numbered = Memo::new(move |_| {
        let world = session.world();
        let numbered = all.get().into_iter().enumerate();
        let rated = numbered.filter(|(_, item)| {
            let now = later.with(|later| later.iter().all(|(of, _)| of != item));
            now && !seats::of_item(&world, session, id, *item).is_empty()
        });
        rated.collect::<Vec<_>>()
    });
    let roles = standing.rates.clone().unwrap_or_default();
    let words = review::rates_as(&roles, &standing.judge);
    view! {
        <div class="page" data-page="rating">
            <PageHead
                title=standing.title.clone()
                lead=standing.lead.clone()
                back=WayBack {
                    href: Route::Home.path(),
                    words: common::today().to_owned(),
                }
            >
                {move || session.whereabouts_of_plan(id)}
            </PageHead>
            <Banner state="quiet" words=words />
            <div class="columns columns-aside aside-first">
                <div class="stack">
                    <ol class="stack" data-list="items">
                        <For each=move || numbered.get() key=|(_, item)| *item let:entry>
                            <ItemJudging plan=id item=entry.1 number=entry.0 + 1 />
                        </For>
                    </ol>
                    <PartScoring id=id />
                </div>
                <div class="stack aside">
                    <Share id=id />
                </div>
            </div>
        </div>
    }
}

/// How much of what is asked of this person is there.
#[component]
fn Share(id: PlanId) -> impl IntoView {
    let session = Session::here();
    let share = Memo::new(move |_| {
        let world = session.world();
        let document = world.document(id)?;
        let plan = document.plan.as_ref()?;
        let organisation = world.organisation();
        let period = organisation.periods.get(&plan.period)?;
        let of = (rules_of(&world, plan)?, period);
        let (me, today) = (session.person(), session.today());
        rating::of(organisation, of, (plan, document), me, today)
    });
    move || {
        let share = share.get()?;
        let words = review::items_judged(&share.done.to_string(), &share.all.to_string());
        let percent = u32::try_from(share.done * 100 / share.all.max(1)).unwrap_or(100);
        let state = if share.done == share.all {
            "full"
        } else {
            "under"
        };
        Some(view! {
            <Panel title=review::your_share()>
                <Meter
                    label=review::your_share()
                    percent=Signal::stored(percent)
                    state=Signal::stored(state)
                    words=Signal::stored(words)
                />
            </Panel>
        })
    }
}
