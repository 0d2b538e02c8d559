//! One plan: its draft while it is drafted, then what was signed and what became of it.

use leptos::prelude::*;
use shared::command::Command;
use shared::command::plan::RequestChange;
use shared::command::review::ScoreItem;
use shared::id::{ChangeRequestId, PersonId, PlanId};
use shared::item::Edit;
use shared::permission;
use shared::plan::{Plan, PlanState, Signed};
use shared::rating;
use shared::refusal::Refusal;
use shared::regime::Rules;
use shared::world::{Held, PlanDocument, World};

use crate::components::{Banner, Glyph, Icon, PageHead, WayBack};
use crate::i18n::{change, common, format, names, paper, plan};
use crate::pages::NotFound;
use crate::pages::graded::Graded;
use crate::pages::plans::state_badge;
use crate::pages::regime;
use crate::pages::timeliness::timeliness;
use crate::route::Route;
use crate::session::Session;

mod baselines;
mod card;
mod carry;
mod change_choices;
mod change_form;
mod change_words;
mod changes;
mod copying;
mod differences;
mod editor;
mod field;
mod filling;
mod grid;
mod item_extras;
mod item_form;
mod item_rules;
mod items;
mod lineage;
mod live;
mod moving;
mod pasting;
mod pool;
mod sign;
mod steps;
mod sums;

use baselines::Baselines;
use carry::{Settling, Wanted};
pub(crate) use change_words::sides;
use changes::Changes;
pub(crate) use changes::deciding;
use differences::DifferencesView;
use editor::Editor;
use filling::{Filling, SignerWeighs};
pub(crate) use items::{ItemFacts, newest_report};
pub(crate) use lineage::lineage;
use sign::Signing;
use steps::Steps;
pub(crate) use steps::awaits;

/// A step that this person signs now.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Turn {
    /// Its key.
    pub(crate) step: String,
    /// Its name, where it is more than an approval.
    pub(crate) name: Option<String>,
    /// Whether it may not return.
    pub(crate) approve_only: bool,
    /// Whether weights may be changed while signing.
    pub(crate) weighs: bool,
}

/// What the page is about; it is drawn again only when this changes.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an act that stands on the page or does not"
)]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Standing {
    pub(crate) id: PlanId,
    pub(crate) plan: Plan,
    pub(crate) title: String,
    pub(crate) lead: String,
    pub(crate) editable: bool,
    pub(crate) may_submit: bool,
    pub(crate) may_withdraw: bool,
    pub(crate) may_ask: bool,
    pub(crate) may_judge: bool,
    /// The step that this person signs now.
    pub(crate) turn: Option<Turn>,
    /// Whether a result was ever published or sealed.
    pub(crate) has_result: bool,
    pub(crate) judge: String,
    /// As whom this person rates it beside the superior, in words.
    pub(crate) rates: Option<String>,
    /// The late superior in whose place this person may judge.
    pub(crate) late: Option<String>,
}

impl Standing {
    /// Reads it from the world; `None` for a plan that is not held.
    pub(crate) fn read(world: &World, session: Session, id: PlanId) -> Option<Self> {
        let Held::Present((found, document)) = world.plan(id) else {
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
        let judged = rules_of(world, found).is_none_or(Rules::is_judged);
        let called = names::plan_of(organisation, found);
        // A personal plan goes by its owner's name already.
        let whose = if called == owner {
            unit
        } else {
            format!("{unit} · {owner}")
        };
        Some(Self {
            id,
            title: plan::plan_title(&called, &period),
            lead: format!("{} · {whose}", names::scope(found.scope)),
            editable: found.is_editable() && drafts,
            may_submit: found.is_editable()
                && permission::may_submit(organisation, me, found, today),
            may_withdraw: found.state == PlanState::Submitted
                && permission::may_submit(organisation, me, found, today),
            may_ask: found.state == PlanState::Approved && session.allows(world, &asking(id)),
            may_judge: judged && permission::may_judge(organisation, me, found, today),
            turn: awaits(world, me, today, found),
            rates: rates(world, session, found, document),
            has_result: !document.results.is_empty() || !document.sealed.is_empty(),
            judge: judge
                .map(|judge| names::person_of(organisation, judge))
                .unwrap_or_default(),
            late: stands_in_for(world, session, found)
                .map(|judge| names::person_of(organisation, judge)),
            plan: found.clone(),
        })
    }
}

/// As whom this person rates a plan beside the superior, while it is judged.
fn rates(world: &World, session: Session, plan: &Plan, document: &PlanDocument) -> Option<String> {
    if plan.state != PlanState::Approved {
        return None;
    }
    let (rules, organisation) = (rules_of(world, plan)?, world.organisation());
    let (me, today) = (session.person(), session.today());
    let raters = rating::of_person(organisation, rules, me, (plan, document), today);
    let names: Vec<String> = raters
        .into_iter()
        .map(|rater| regime::who(rules.regime, &rater.by))
        .collect();
    (!names.is_empty()).then(|| names.join(common::between()))
}

/// The superior who is late, and in whose place this person may judge now.
pub(crate) fn stands_in_for(world: &World, session: Session, plan: &Plan) -> Option<PersonId> {
    let (organisation, today) = (world.organisation(), session.today());
    let indirect = permission::indirect_judge_of(organisation, plan, today);
    let tracked = !rules_of(world, plan).is_none_or(Rules::is_judged);
    if plan.state != PlanState::Approved || indirect != Some(session.person()) || tracked {
        return None;
    }
    let document = world.document(plan.id)?;
    let scoring = Command::ScoreSuperior(ScoreItem {
        plan: plan.id,
        item: *document.items.keys().next()?,
        judgement: Edit {
            old: None,
            new: None,
        },
        note: String::new(),
    });
    match session.refused(world, &scoring) {
        Some(Refusal::Forbidden | Refusal::SuperiorNotLate { .. }) => None,
        _ => permission::judge_of(organisation, plan, today),
    }
}

/// A request for nothing, to ask whether this person may make one.
fn asking(plan: PlanId) -> Command {
    Command::RequestChange(RequestChange {
        request: ChangeRequestId::from_bits(0),
        plan,
        changes: Vec::new(),
        reason: String::new(),
        evidence: String::new(),
    })
}

/// The rules under which a plan is made, if they are held.
pub(crate) fn rules_of<'w>(world: &'w World, plan: &Plan) -> Option<Rules<'w>> {
    let organisation = world.organisation();
    organisation.rules(organisation.periods.get(&plan.period)?)
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
            let words = common::named(plan::returned_because(), &signed.reason);
            view! { <Banner state="warn" words=words /> }
        });
    // Who decides sees at first what changed; before it is handed in there is nothing to decide.
    let judges = standing.may_judge || standing.turn.is_some() || standing.late.is_some();
    let since_return = standing.editable && !standing.plan.returned_with.is_empty();
    let compared = state == PlanState::Submitted || since_return;
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
            <Settling id=id />
            {standing.editable.then(|| view! { <Wanted id=id /> })}
            {compared.then(|| view! { <DifferencesView id=id unfolded=judges /> })}
            {body}
            {(!standing.editable).then(|| view! {
                <SignerWeighs id=id turn=standing.turn.clone() />
                <Filling id=id />
                <Changes id=id plan=standing.plan.clone() asks=standing.may_ask />
                <Baselines id=id />
            })}
            <Graded id=id />
            <Steps id=id />
            <SignedLines standing=standing.clone() />
            <p class="no-print">
                <a class="button button-quiet" href=Route::PlanForm(id).path() data-act="open-plan-form">
                    <Icon glyph=Glyph::Print />
                    {paper::plan_form()}
                </a>
            </p>
            <Acts standing=standing />
        </div>
    }
}

/// Who signed what, and when.
#[component]
fn SignedLines(standing: Standing) -> impl IntoView {
    let session = Session::here();
    let world = session.world_untracked();
    let organisation = world.organisation();
    let line = |what: &str, signed: &Signed| {
        let who = names::person_of(organisation, signed.by);
        let when = format::time(signed.times.claimed, organisation.utc_offset());
        let timely = timeliness(organisation, signed.timed.as_deref());
        view! {
            <li class="row">
                <span>{plan::signed_line(what, &who, &when)}</span>
                {timely}
                {(!signed.reason.is_empty()).then(|| view! { <span>{signed.reason.clone()}</span> })}
            </li>
        }
    };
    let plan = &standing.plan;
    let lines = [
        (plan::signed_submitted(), &plan.submitted),
        (change::withdrawn(), &plan.withdrawn),
        (plan::signed_returned(), &plan.returned),
        (plan::signed_approved(), &plan.approved),
    ]
    .into_iter()
    .filter_map(|(what, signed)| Some(line(what, signed.as_ref()?)))
    .collect_view();
    view! { <ul class="signed">{lines}</ul> }
}

#[component]
fn Acts(standing: Standing) -> impl IntoView {
    let id = standing.id;
    let state = standing.plan.state;
    let judges = standing.may_judge || standing.late.is_some() || standing.rates.is_some();
    let judging = (judges && state == PlanState::Approved).then(|| {
        view! {
            <a class="button button-primary" href=Route::Judging(id).path() data-act="open-judging">
                <Icon glyph=Glyph::Review />
                {plan::to_judging()}
            </a>
        }
    });
    // A plan that is judged again, or whose person is sealed provisionally, is under way and has one.
    let look = if judging.is_some() {
        "button"
    } else {
        "button button-primary"
    };
    let result = standing.has_result.then(|| {
        view! {
            <a class=look href=Route::Result(id).path() data-act="open-result">
                <Icon glyph=Glyph::Balance />
                {plan::to_result()}
            </a>
        }
    });
    let signs = standing.may_submit || standing.may_withdraw || standing.turn.is_some();
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
