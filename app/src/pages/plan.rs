//! One plan: its draft while it is drafted, then what was signed and what became of it.

use leptos::prelude::*;
use shared::id::PlanId;
use shared::permission;
use shared::plan::{Plan, PlanState, Signed};
use shared::quantity::Points;
use shared::regime::Regime;
use shared::world::{Held, World};

use crate::components::{Banner, Glyph, Icon, PageHead, WayBack};
use crate::i18n::{common, format, names, plan};
use crate::pages::NotFound;
use crate::pages::plans::state_badge;
use crate::route::Route;
use crate::session::Session;

mod editor;
mod field;
mod item_form;
mod items;
mod pool;
mod sign;

use editor::Editor;
pub(crate) use items::{ItemFacts, newest_report};
use sign::Signing;

/// What the page is about; it is drawn again only when this changes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Standing {
    pub(crate) id: PlanId,
    pub(crate) plan: Plan,
    pub(crate) title: String,
    pub(crate) lead: String,
    pub(crate) editable: bool,
    pub(crate) may_submit: bool,
    pub(crate) may_judge: bool,
    pub(crate) judge: String,
}

impl Standing {
    /// Reads it from the world; `None` for a plan that is not held.
    pub(crate) fn read(world: &World, session: Session, id: PlanId) -> Option<Self> {
        let Held::Present((found, _)) = world.plan(id) else {
            return None;
        };
        let organisation = world.organisation();
        let (me, today) = (session.person(), session.today());
        let owner = names::person_of(organisation, found.owner);
        let unit = names::unit_of(organisation, found.unit);
        let judge = permission::judge_of(organisation, found, today);
        let drafts = permission::may_draft(
            organisation,
            me,
            found.unit,
            found.scope,
            found.owner,
            today,
        );
        let period = names::period_of(organisation, found.period);
        Some(Self {
            id,
            title: plan::plan_title(&names::plan_of(organisation, found), &period),
            lead: format!("{} · {unit} · {owner}", names::scope(found.scope)),
            editable: found.is_editable() && drafts,
            may_submit: found.is_editable()
                && permission::may_submit(organisation, me, found, today),
            may_judge: permission::may_judge(organisation, me, found, today),
            judge: judge
                .map(|judge| names::person_of(organisation, judge))
                .unwrap_or_default(),
            plan: found.clone(),
        })
    }
}

/// The regime under which a plan is made, if it is held.
pub(crate) fn regime_of<'w>(world: &'w World, plan: &Plan) -> Option<&'w Regime> {
    let organisation = world.organisation();
    let period = organisation.periods.get(&plan.period)?;
    organisation
        .regimes
        .get(&period.regime)
        .map(|version| &version.regime)
}

/// What the weights add up to, and what they must.
pub(crate) fn weights(world: &World, id: PlanId) -> (Points, Points) {
    let Held::Present((found, document)) = world.plan(id) else {
        return (Points(0), Points(0));
    };
    let is = Points(document.items.values().map(|item| item.weight.0).sum());
    (
        is,
        regime_of(world, found).map_or(Points(0), |regime| regime.weights.total),
    )
}

/// The page.
#[component]
pub(crate) fn PlanPage(
    /// Which plan.
    id: PlanId,
) -> impl IntoView {
    let session = Session::here();
    let standing = Memo::new(move |_| Standing::read(&session.world(), session, id));
    move || match standing.get() {
        Some(standing) => view! { <Body standing=standing /> }.into_any(),
        None => view! { <NotFound /> }.into_any(),
    }
}

#[component]
fn Body(standing: Standing) -> impl IntoView {
    let session = Session::here();
    let id = standing.id;
    let state = standing.plan.state;
    let returned = (state == PlanState::Returned)
        .then(|| standing.plan.returned.clone())
        .flatten()
        .map(|signed| {
            let words = format!("{}：{}", plan::returned_because(), signed.reason);
            view! { <Banner state="warn" words=words /> }
        });
    let body = if standing.editable {
        view! { <Editor id=id /> }.into_any()
    } else {
        view! { <items::ItemList id=id /> }.into_any()
    };
    view! {
        <div class="page" data-page="plan" data-state=names::state_key(state)>
            <PageHead
                title=standing.title.clone()
                lead=standing.lead.clone()
                back=WayBack { href: Route::Plans.path(), words: common::plans().to_owned() }
            >
                {move || session.whereabouts_of_plan(id)}
                {state_badge(state)}
            </PageHead>
            {returned}
            {body}
            <SignedLines standing=standing.clone() />
            <Acts standing=standing />
        </div>
    }
}

/// Who signed what, and when.
#[component]
fn SignedLines(standing: Standing) -> impl IntoView {
    let session = Session::here();
    let world = session.world_untracked();
    let organisation = world.organisation().clone();
    let line = move |what: &str, signed: &Signed| {
        let who = names::person_of(&organisation, signed.by);
        let when = format::time(signed.times.claimed, organisation.utc_offset());
        view! { <li>{plan::signed_line(what, &who, &when)}</li> }
    };
    let submitted = standing
        .plan
        .submitted
        .as_ref()
        .map(|s| line(plan::signed_submitted(), s));
    let returned = standing
        .plan
        .returned
        .as_ref()
        .map(|s| line(plan::signed_returned(), s));
    let approved = standing
        .plan
        .approved
        .as_ref()
        .map(|s| line(plan::signed_approved(), s));
    view! { <ul class="signed">{submitted}{returned}{approved}</ul> }
}

#[component]
fn Acts(standing: Standing) -> impl IntoView {
    let id = standing.id;
    let state = standing.plan.state;
    let judging = (standing.may_judge && state == PlanState::Approved).then(|| {
        view! {
            <a class="button button-primary" href=Route::Judging(id).path() data-act="open-judging">
                <Icon glyph=Glyph::Review />
                {plan::to_judging()}
            </a>
        }
    });
    let result = (state == PlanState::Published).then(|| {
        view! {
            <a class="button button-primary" href=Route::Result(id).path() data-act="open-result">
                <Icon glyph=Glyph::Balance />
                {plan::to_result()}
            </a>
        }
    });
    let signs = standing.may_submit || (standing.may_judge && state == PlanState::Submitted);
    let any = judging.is_some() || result.is_some() || signs;
    any.then(|| {
        view! {
            <div class="page-acts">
                {judging}
                {result}
                {signs.then(|| view! { <Signing standing=standing /> })}
            </div>
        }
    })
}
