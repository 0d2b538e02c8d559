//! What waits for this person as the superior: plans to approve, plans to judge.

use leptos::prelude::*;
use shared::plan::PlanState;

use crate::components::{Empty, Glyph, PageHead, Panel};
use crate::i18n::{common, review, seal};
use crate::pages::plans::{plan_line, state_badge};
use crate::pages::tasks;
use crate::route::Route;
use crate::session::Session;

/// The page.
#[component]
pub(crate) fn Review() -> impl IntoView {
    let session = Session::here();
    let waiting =
        move |state| tasks::waiting(&session.world(), session.person(), session.today(), state);
    view! {
        <div class="page" data-page="review">
            <PageHead title=common::review() />
            {move || {
                let (approve, judge) =
                    (waiting(PlanState::Submitted), waiting(PlanState::Approved));
                let late = tasks::standing_in(&session.world(), session);
                if approve.is_empty() && judge.is_empty() && late.is_empty() {
                    return view! {
                        <Empty
                            glyph=Glyph::Review
                            title=review::nothing_to_review()
                            words=review::nothing_to_review_words()
                        />
                    }
                    .into_any();
                }
                let approve = (!approve.is_empty()).then(|| view! {
                    <Panel title=review::to_approve()>
                        <ul class="list" data-list="to-approve">
                            {approve.into_iter().map(plan_line).collect_view()}
                        </ul>
                    </Panel>
                });
                let judge = (!judge.is_empty()).then(|| view! {
                    <Panel title=review::to_judge()>
                        <ul class="list" data-list="to-judge">
                            {judge.into_iter().map(|line| judge_line(session, line)).collect_view()}
                        </ul>
                    </Panel>
                });
                let late = (!late.is_empty()).then(|| view! {
                    <Panel title=seal::to_score_on_behalf()>
                        <ul class="list" data-list="to-score-on-behalf">
                            {late.into_iter().map(|line| judge_line(session, line)).collect_view()}
                        </ul>
                    </Panel>
                });
                view! { <div class="columns columns-two">{approve}{judge}{late}</div> }.into_any()
            }}
        </div>
    }
}

fn judge_line(session: Session, line: tasks::PlanLine) -> impl IntoView {
    let world = session.world_untracked();
    let judged = world.document(line.id).map_or(0, |document| {
        shared::result::judged(document, session.person()).len()
    });
    let words = review::items_judged(&judged.to_string(), &line.items.to_string());
    let id = line.id;
    view! {
        <li data-item=id.to_string()>
            <a class="list-line" href=Route::Judging(id).path() data-act="open-judging">
                <span class="stack-tight">
                    <span class="list-title">{line.title}</span>
                    <span class="list-more">
                        <span>{line.owner}</span>
                        <span class="figure">{words}</span>
                    </span>
                </span>
                <span class="list-end">
                    {move || session.whereabouts_of_plan(id)}
                    {state_badge(line.state)}
                </span>
            </a>
        </li>
    }
}
