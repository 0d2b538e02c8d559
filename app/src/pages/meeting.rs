//! Meeting mode: one screen per plan on a tablet that lies on the table.
//!
//! Self score beside superior score, the evidence one tap away, total and coefficient at once; the
//! next plan comes by swipe or key. It sends the same commands as judging alone does, so it works
//! with the network gone, and nothing is published before it is signed.

use leptos::prelude::*;
use shared::id::{ItemId, PlanId};
use shared::plan::PlanState;

use crate::components::{Button, Glyph, Icon, Look};
use crate::i18n::{meeting as words, review};
use crate::navigation::Navigation;
use crate::pages::NotFound;
use crate::pages::judging::{
    ItemEvidence, Judged, Publishing, Scoring, Sums, deferred, judged, own,
};
use crate::pages::order;
use crate::pages::plan::Standing;
use crate::pages::tasks::{self, PlanLine};
use crate::route::Route;
use crate::session::Session;

mod timer;
mod turning;

use timer::Timer;
use turning::Turning;

/// The page.
#[component]
pub(crate) fn MeetingPage(
    /// Which plan.
    id: PlanId,
) -> impl IntoView {
    let session = Session::here();
    let standing = Memo::new(move |_| Standing::read(&session.world(), session, id));
    move || match standing.get() {
        Some(standing) if standing.may_judge || standing.late.is_some() => {
            view! { <Body standing=standing /> }.into_any()
        }
        _ => view! { <NotFound /> }.into_any(),
    }
}

/// The plans that wait for this person, in the order in which a meeting goes through them; the one
/// on the table keeps its place among them when it is signed.
fn waiting(session: Session, on_the_table: Option<PlanId>) -> Vec<PlanId> {
    let world = session.world();
    let mut lines = tasks::waiting(
        &world,
        session.person(),
        session.today(),
        PlanState::Approved,
        |_| true,
    );
    let signed = on_the_table.filter(|id| lines.iter().all(|line| line.id != *id));
    let signed = signed.and_then(|id| PlanLine::of(world.organisation(), world.document(id)?));
    lines.extend(signed);
    lines.sort_by(|a, b| a.title.cmp(&b.title));
    lines.into_iter().map(|line| line.id).collect()
}

/// The way into the meeting: the first plan that waits.
#[component]
pub(crate) fn BeginMeeting() -> impl IntoView {
    let session = Session::here();
    let navigation = expect_context::<Navigation>();
    let first = Memo::new(move |_| waiting(session, None).first().copied());
    let why_not = Signal::derive(move || {
        let none = first.get().is_none();
        none.then(|| words::nobody_waits().to_owned())
    });
    let go = move |()| {
        if let Some(first) = first.get_untracked() {
            navigation.go(Route::Meeting(first));
        }
    };
    view! {
        <Button
            act="begin-meeting"
            label=words::begin()
            glyph=Glyph::Review
            why_not=why_not
            on_press=go
        />
    }
}

#[component]
fn Body(standing: Standing) -> impl IntoView {
    let session = Session::here();
    let id = standing.id;
    let items = order::item_ids(session, id);
    let later = Memo::new(move |_| deferred(&session.world(), id));
    let numbered = move || {
        let now = |item: &ItemId| later.with(|later| later.iter().all(|(of, _)| of != item));
        let items = items.get().into_iter().filter(now);
        items.enumerate().collect::<Vec<_>>()
    };
    let open = standing.plan.state == PlanState::Approved;
    let body = if open {
        view! {
            <ol class="meeting-items" data-list="items">
                <For each=numbered key=|(_, item)| *item let:entry>
                    <Item plan=id item=entry.1 number=entry.0 + 1 />
                </For>
            </ol>
            <Publishing id=id />
        }
        .into_any()
    } else {
        view! { <crate::pages::ResultPage id=id /> }.into_any()
    };
    view! {
        <Turning id=id>
            <div class="page meeting" data-page="meeting">
                <header class="meeting-head">
                    <div class="stack-tight">
                        <a class="page-back" href=Route::Judging(id).path() data-act="leave-meeting">
                            <Icon glyph=Glyph::Chevron />
                            {words::leave()}
                        </a>
                        <h1>{standing.title.clone()}</h1>
                        <p class="list-more">
                            <span>{standing.lead.clone()}</span>
                            <Place id=id />
                            {move || session.whereabouts_of_plan(id)}
                        </p>
                    </div>
                    <Timer />
                    {open.then(|| view! { <Total id=id /> })}
                    <Turn id=id />
                </header>
                {body}
                <p class="faint small">{words::swipe()}</p>
            </div>
        </Turning>
    }
}

/// Where the meeting is among the plans that wait.
#[component]
fn Place(id: PlanId) -> impl IntoView {
    let session = Session::here();
    let place = Memo::new(move |_| {
        let plans = waiting(session, None);
        let at = plans.iter().position(|plan| *plan == id)?;
        Some(words::place(
            &(at + 1).to_string(),
            &plans.len().to_string(),
        ))
    });
    move || {
        place
            .get()
            .map(|words| view! { <span class="figure">{words}</span> })
    }
}

/// The running total and the coefficient.
#[component]
fn Total(id: PlanId) -> impl IntoView {
    let session = Session::here();
    let sums = Memo::new(move |_| Sums::of(&session.world(), session, id));
    move || {
        sums.get().map(|sums| {
            view! {
                <div class="meeting-total" role="status">
                    <span class="figure-large" data-field="running-total">{sums.total}</span>
                    <span class="list-more">
                        <span>{review::coefficient()}" "<strong>{sums.coefficient}</strong></span>
                        <span>{sums.done}</span>
                    </span>
                </div>
            }
        })
    }
}

/// The plans before and after this one.
#[component]
fn Turn(id: PlanId) -> impl IntoView {
    let turning = expect_context::<turning::Turn>();
    let (before, after) = (turning.before(id), turning.after(id));
    let none = |to: Signal<Option<PlanId>>, words: &'static str| {
        Signal::derive(move || to.get().is_none().then(|| words.to_owned()))
    };
    view! {
        <div class="row meeting-turn">
            <Button
                act="previous-plan"
                label=review::previous_plan()
                glyph=Glyph::Back
                picture_only=true
                why_not=none(before, review::no_previous_plan())
                on_press=move |()| turning.go(before.get_untracked())
            />
            <Button
                act="next-plan"
                label=review::next_plan()
                glyph=Glyph::Forward
                look=Look::Primary
                picture_only=true
                why_not=none(after, review::no_next_plan())
                on_press=move |()| turning.go(after.get_untracked())
            />
        </div>
    }
}

#[component]
fn Item(plan: PlanId, item: ItemId, number: usize) -> impl IntoView {
    let session = Session::here();
    let judged = Memo::new(move |_| judged(&session.world(), session, (plan, item), None));
    let reports = Memo::new(move |_| {
        let world = session.world();
        let document = world.document(plan);
        document.map_or(0, |document| {
            order::reports(document, item).len() + order::evidence(document, item).len()
        })
    });
    view! {
        <li class="meeting-item" data-item=item.to_string()>
            {move || judged.get().map(|judged| head(session, number, item, judged))}
            <div class="meeting-self">
                <h3>{review::self_score()}</h3>
                {move || judged.get().map(own)}
                <details data-part="evidence">
                    <summary>{move || words::reported_count(&reports.get().to_string())}</summary>
                    <ItemEvidence plan=plan item=item />
                </details>
            </div>
            <div class="meeting-superior">
                <h3>{review::superior_score()}</h3>
                <Scoring plan=plan item=item judged=judged listed=true />
            </div>
        </li>
    }
}

fn head(session: Session, number: usize, item: ItemId, judged: Judged) -> impl IntoView {
    let line: Vec<_> = judged
        .facts
        .line
        .into_iter()
        .map(|words| view! { <span>{words}</span> })
        .collect();
    view! {
        <div class="item-head">
            <span class="item-number figure">{number}</span>
            <div class="stack-tight">
                <h2 class="item-title">{judged.facts.title}</h2>
                <p class="list-more">{line}{move || session.whereabouts_of_item(item)}</p>
            </div>
            <span class="item-weight figure">{judged.facts.stake}</span>
        </div>
    }
}
