//! Judging one plan: self score beside superior score, the evidence, and the running total.
//!
//! What is judged here is not published before it is signed; until then only the judge sees it.

use leptos::prelude::*;
use shared::command::Command;
use shared::command::review::PublishResult;
use shared::id::{ItemId, PlanId};
use shared::plan::PlanState;
use shared::refusal::Refusal;
use shared::result;
use shared::world::{Held, Stop, World};

use crate::components::{Banner, Button, Dialog, Facts, Glyph, Look, PageHead, Panel, WayBack};
use crate::i18n::{common, format, meeting, names, plan, refusal, review, seal};
use crate::navigation::Navigation;
use crate::pages::NotFound;
use crate::pages::graded::Graded;
use crate::pages::order;
use crate::pages::plan::{Standing, rules_of};
use crate::pages::tasks;
use crate::route::Route;
use crate::session::{NotSent, Session};

mod evidence;
mod item;
mod parts;
mod rating;
mod running;
mod seats;
mod unsettled;

use parts::PartScoring;
pub(crate) use parts::criterion_name;
use rating::RatingBody;
use seats::{ItemSeat, Raters};

pub(crate) use evidence::ItemEvidence;
pub(crate) use item::{Judged, Scoring, judged, own};
pub(crate) use running::{Running, Sums};
pub(crate) use unsettled::Unsettled;

/// The page.
#[component]
pub(crate) fn JudgingPage(
    /// Which plan.
    id: PlanId,
) -> impl IntoView {
    let session = Session::here();
    let standing = Memo::new(move |_| Standing::read(&session.world(), session, id));
    move || match standing.get() {
        Some(standing)
            if (standing.may_judge || standing.late.is_some())
                && standing.plan.state == PlanState::Approved =>
        {
            view! { <Body standing=standing /> }.into_any()
        }
        Some(standing) if standing.rates.is_some() => {
            view! { <RatingBody standing=standing /> }.into_any()
        }
        Some(standing)
            if matches!(
                standing.plan.state,
                PlanState::Published | PlanState::Sealed
            ) =>
        {
            view! { <crate::pages::ResultPage id=id /> }.into_any()
        }
        _ => view! { <NotFound /> }.into_any(),
    }
}

#[component]
fn Body(standing: Standing) -> impl IntoView {
    let session = Session::here();
    let id = standing.id;
    let late = standing.late.clone();
    let items = order::item_ids(session, id);
    let later = Memo::new(move |_| deferred(&session.world(), id));
    let numbered = move || {
        let numbered = items.get().into_iter().enumerate();
        let now = |item: ItemId| later.with(|later| later.iter().all(|(of, _)| *of != item));
        numbered.filter(|(_, item)| now(*item)).collect::<Vec<_>>()
    };
    view! {
        <div class="page" data-page="judging">
            <PageHead
                title=standing.title.clone()
                lead=standing.lead.clone()
                back=WayBack {
                    href: Route::Review.path(),
                    words: common::review().to_owned(),
                }
            >
                {move || session.whereabouts_of_plan(id)}
                <a class="button" href=Route::Meeting(id).path() data-act="open-meeting">
                    {meeting::meeting()}
                </a>
                <Neighbours id=id />
            </PageHead>
            {late.map(|late| view! {
                <div data-part="in-place-of">
                    <Banner state="warn" words=seal::in_place_of(&late) />
                </div>
            })}
            <div class="columns columns-aside aside-first">
                <div class="stack">
                    <ol class="stack" data-list="items">
                        <For each=numbered key=|(_, item)| *item let:entry>
                            <ItemJudging plan=id item=entry.1 number=entry.0 + 1 />
                        </For>
                    </ol>
                    <PartScoring id=id />
                    <Graded id=id />
                    <Later later=later />
                </div>
                <div class="stack aside">
                    <Raters id=id />
                    <Running id=id />
                    <Publishing id=id />
                </div>
            </div>
        </div>
    }
}

/// The items that are scored in the next period, each in a line.
pub(crate) fn deferred(world: &World, id: PlanId) -> Vec<(ItemId, String)> {
    let Held::Present((found, document)) = world.plan(id) else {
        return Vec::new();
    };
    let period = world.organisation().periods.get(&found.period);
    let Some((rules, period)) = rules_of(world, found).zip(period) else {
        return Vec::new();
    };
    let line = |item: result::Deferred| {
        let due = plan::due_by(&format::short_day(item.due));
        let weight = common::points_of(&item.weight.to_string());
        (item.item, format!("{} · {weight} · {due}", item.title))
    };
    let deferred = result::deferred(rules, period, document);
    deferred.into_iter().map(line).collect()
}

/// What this period does not score.
#[component]
fn Later(later: Memo<Vec<(ItemId, String)>>) -> impl IntoView {
    view! {
        <Show when=move || later.with(|later| !later.is_empty())>
            <Panel title=seal::outside_range()>
                <p class="faint small">{seal::outside_range_words()}</p>
                <ul class="list-plain" data-list="deferred">
                    {move || later
                        .get()
                        .into_iter()
                        .map(|(item, words)| view! { <li data-item=item.to_string()>{words}</li> })
                        .collect_view()}
                </ul>
            </Panel>
        </Show>
    }
}

/// The plans before and after this one among those to judge.
#[component]
fn Neighbours(id: PlanId) -> impl IntoView {
    let session = Session::here();
    let navigation = expect_context::<Navigation>();
    let around = Memo::new(move |_| {
        let lines = tasks::waiting(
            &session.world(),
            session.person(),
            session.today(),
            PlanState::Approved,
            |_| true,
        );
        let here = lines.iter().position(|line| line.id == id);
        let at = |place: Option<usize>| place.and_then(|at| lines.get(at)).map(|line| line.id);
        let before = at(here.and_then(|here| here.checked_sub(1)));
        (before, at(here.map(|here| here + 1)))
    });
    let go = move |to: Option<PlanId>| {
        if let Some(to) = to {
            navigation.go(Route::Judging(to));
        }
    };
    let none = |to: Option<PlanId>, words: &'static str| to.is_none().then(|| words.to_owned());
    view! {
        <Button
            act="previous-plan"
            label=review::previous_plan()
            glyph=Glyph::Back
            picture_only=true
            why_not=Signal::derive(move || none(around.get().0, review::no_previous_plan()))
            on_press=move |()| go(around.get_untracked().0)
        />
        <Button
            act="next-plan"
            label=review::next_plan()
            glyph=Glyph::Forward
            picture_only=true
            why_not=Signal::derive(move || none(around.get().1, review::no_next_plan()))
            on_press=move |()| go(around.get_untracked().1)
        />
    }
}

/// An item with a form for each way in which this person rates it.
#[component]
fn ItemJudging(plan: PlanId, item: ItemId, number: usize) -> impl IntoView {
    let session = Session::here();
    let judged = Memo::new(move |_| judged(&session.world(), session, (plan, item), None));
    let seats = Memo::new(move |_| seats::of_item(&session.world(), session, plan, item));
    let head = move || {
        judged.get().map(|judged| {
            view! {
                <div class="item-head">
                    <span class="item-number figure">{number}</span>
                    <div class="stack-tight">
                        <h2 class="item-title">{judged.facts.title}</h2>
                        <p class="list-more">
                            {judged.facts.line.into_iter()
                                .map(|words| view! { <span>{words}</span> }).collect_view()}
                            {session.whereabouts_of_item(item)}
                        </p>
                    </div>
                    <span class="item-weight figure">{judged.facts.stake}</span>
                </div>
                <details>
                    <summary>{plan::standard()}" · "{plan::rule()}</summary>
                    <Facts facts=judged.facts.facts />
                </details>
            }
        })
    };
    // Who rates beside the superior does not hold what the person says of himself.
    let own_side = move || {
        let held = judged.with(|judged| judged.as_ref().is_some_and(|judged| judged.own.is_some()));
        let judges = seats.with(|seats| seats.iter().any(|seat| seat.rater.is_none()));
        (held || judges).then(|| {
            view! {
                <h3>{review::self_score()}</h3>
                {move || judged.get().map(own)}
            }
        })
    };
    let others = move || {
        let others = seats::others(&session.world(), session, plan, item);
        (!others.is_empty()).then(|| {
            view! {
                <h3>{review::raters()}</h3>
                <ul class="list-plain" data-list="rater-scores">{others}</ul>
            }
        })
    };
    view! {
        <li class="item" data-item=item.to_string()>
            {head}
            <div class="judging">
                <div class="judging-side">
                    {own_side}
                    {others}
                    <h3>{review::reported()}</h3>
                    <ItemEvidence plan=plan item=item />
                </div>
                <div class="judging-side">
                    <For
                        each=move || seats.get()
                        key=|seat| seat.rater.clone()
                        let:seat
                    >
                        <SeatForm plan=plan item=item seat=seat />
                    </For>
                </div>
            </div>
        </li>
    }
}

/// The form of one way to rate an item.
#[component]
fn SeatForm(plan: PlanId, item: ItemId, seat: ItemSeat) -> impl IntoView {
    let session = Session::here();
    let (rater, key) = (seat.rater.clone(), seat.rater.clone());
    let judged =
        Memo::new(move |_| judged(&session.world(), session, (plan, item), rater.as_deref()));
    view! {
        <div class="stack-tight" data-rater=key>
            <h3>{seat.title}</h3>
            <Scoring plan=plan item=item judged=judged rater=seat.rater />
        </div>
    }
}

/// What is published and signed.
#[derive(Clone)]
struct Shown {
    seen: String,
    binds: String,
}

/// The act that publishes, and what it shows before it is signed.
#[component]
pub(crate) fn Publishing(
    /// The plan.
    id: PlanId,
) -> impl IntoView {
    let session = Session::here();
    let open = RwSignal::new(false);
    let shown = RwSignal::new(None::<Shown>);
    let error = RwSignal::new(None::<String>);
    let verdict = move |world: &World| {
        let Held::Present((found, _)) = world.plan(id) else {
            return None;
        };
        let owner = names::person_of(world.organisation(), found.owner);
        match result::verdict(world, id, session.person(), session.today()) {
            Ok(verdict) => Some(Ok((owner, verdict))),
            Err(Stop::Refused(refused)) => Some(Err(refused)),
            Err(Stop::NotHeld | Stop::StepLimit) => None,
        }
    };
    let why_not = Signal::derive(move || {
        let world = session.world();
        match verdict(&world) {
            Some(Err(Refusal::ScoresMissing { items })) => {
                let document = world.document(id);
                let title = |item| Some(document?.items.get(item)?.title.clone());
                let titles: Vec<String> = items.iter().filter_map(title).collect();
                Some(seal::missing_named(&titles.join(common::between())))
            }
            Some(Err(Refusal::FieldMissing { item: None, field })) => {
                let found = world.document(id).and_then(|of| of.plan.as_ref());
                let rules = found.and_then(|found| rules_of(&world, found));
                let part = rules.and_then(|rules| rules.part(&field));
                let name = part.map(|part| names::name(&part.name).to_owned());
                Some(seal::missing_named(&name.unwrap_or(field)))
            }
            Some(Err(refused)) => Some(refusal::words(&refused)),
            _ => None,
        }
    });
    let ask = move |()| {
        if let Some(Ok((owner, verdict))) = verdict(&session.world_untracked()) {
            let total = verdict.computed.total.to_string();
            let coefficient = verdict.computed.coefficient.to_string();
            let binds = review::publish_binds(&owner, &total, &coefficient);
            shown.set(Some(Shown {
                seen: verdict.seen,
                binds,
            }));
            error.set(None);
            open.set(true);
        }
    };
    let sign = move |()| {
        let Some(shown) = shown.get_untracked() else {
            return;
        };
        let command = Command::PublishResult(PublishResult {
            plan: id,
            seen: shown.seen,
        });
        session.send_then(command, move |sent| match sent {
            Ok(()) => open.set(false),
            Err(NotSent::Refused(refused)) => error.set(Some(refusal::words(&refused))),
            Err(NotSent::NotSaved) => {}
        });
    };
    view! {
        <Unsettled id=id />
        <div class="page-acts">
            <Button
                act="publish-result"
                label=review::publish()
                look=Look::Sign
                glyph=Glyph::Review
                why_not=why_not
                on_press=ask
            />
        </div>
        <Dialog name="publish" title=review::publish_title() open=open>
            <p class="binds">{move || shown.get().map(|shown| shown.binds)}</p>
            <Unsettled id=id />
            <Running id=id />
            {move || error.get().map(|words| view! {
                <p class="field-error" role="alert" data-part="refusal">{words}</p>
            })}
            <div class="row row-end">
                <Button act="cancel" label=common::cancel() on_press=move |()| open.set(false) />
                <Button
                    act="sign-publish"
                    label=review::publish_sign()
                    look=Look::Sign
                    glyph=Glyph::Review
                    on_press=sign
                />
            </div>
        </Dialog>
    }
}
