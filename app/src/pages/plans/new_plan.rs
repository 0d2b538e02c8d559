//! Beginning a plan: for which period, for the unit or for oneself.

use std::sync::Arc;

use leptos::prelude::*;
use shared::command::Command;
use shared::command::plan::DraftPlan;
use shared::id::{PersonId, PlanId, UnitId};
use shared::moment::Day;
use shared::organisation::Organisation;
use shared::period::Period;
use shared::period::covered::not_covered;
use shared::permission;
use shared::plan::Scope;

use crate::chance;
use crate::components::{Button, Choice, Dialog, Empty, Glyph, Look, Pick, Select};
use crate::i18n::{coverage, names, organisation, period, plan, refusal};
use crate::navigation::Navigation;
use crate::pages::order;
use crate::route::Route;
use crate::session::{NotSent, Session};

/// For whom this person may begin a plan that the regime of a period judges: the units that he or she
/// leads, and oneself in each. Without a period: whatever its regime says.
fn whose(
    organisation: &Organisation,
    period: Option<&Period>,
    (me, today): (PersonId, Day),
) -> Vec<Pick> {
    let rules = period.and_then(|period| Some((period, organisation.rules(period)?)));
    let covered = |unit, scope| {
        rules.is_none_or(|(period, rules)| {
            let (coverage, day) = (&rules.regime.coverage, period.coverage_day(today));
            not_covered(organisation, coverage, scope, (unit, me), day).is_none()
        })
    };
    let mut picks = Vec::new();
    for post in organisation.assignments_of(me, today) {
        let unit = names::unit_of(organisation, post.unit);
        let pick = |scope: &str, words: &str| {
            Pick::new(
                format!("{scope}/{}", post.unit),
                format!("{words} · {unit}"),
            )
        };
        if post.heads && covered(post.unit, Scope::Unit) {
            picks.push(pick("unit", plan::scope_unit()));
        }
        if covered(post.unit, Scope::Personal) {
            picks.push(pick("personal", plan::scope_personal()));
        }
    }
    picks
}

/// Why this person cannot begin a plan yet, with the act that helps where it is his or hers.
/// Observed.
pub(crate) fn not_yet(session: Session) -> Option<AnyView> {
    let world = session.world();
    let organisation = world.organisation();
    let (me, today) = (session.person(), session.today());
    if organisation.periods.is_empty() {
        let opens = permission::may_run_plans(organisation, me, today).then(|| {
            view! {
                <a class="button button-primary" href=Route::Periods.path() data-act="open-periods">
                    {period::open_period()}
                </a>
            }
        });
        let words = if opens.is_some() {
            period::no_periods_words()
        } else {
            plan::no_period_words()
        };
        let empty = view! {
            <Empty glyph=Glyph::Plan title=plan::no_period() words=words>{opens}</Empty>
        };
        return Some(empty.into_any());
    }
    if !whose(organisation, None, (me, today)).is_empty() {
        return None;
    }
    let own = permission::may_administer(organisation, me, today).then(|| {
        view! {
            <a class="button" href=Route::Person(me).path() data-act="open-person">
                {organisation::assign()}
            </a>
        }
    });
    let words = if own.is_some() {
        plan::no_unit_yet_words()
    } else {
        plan::no_unit_words()
    };
    let empty = view! {
        <Empty glyph=Glyph::Plan title=plan::no_unit() words=words>{own}</Empty>
    };
    Some(empty.into_any())
}

/// The button that begins a plan, with its dialog; or why that cannot be yet.
#[component]
pub(crate) fn BeginPlan() -> impl IntoView {
    let session = Session::here();
    let drafting = RwSignal::new(false);
    view! {
        {move || not_yet(session).unwrap_or_else(|| view! {
            <p class="faint">{plan::no_plans()}</p>
            <Button
                act="new-plan"
                label=plan::new_plan()
                look=Look::Primary
                glyph=Glyph::Plus
                on_press=move |()| drafting.set(true)
            />
        }
        .into_any())}
        <Dialog name="new-plan" title=plan::new_plan() open=drafting>
            <NewPlan />
        </Dialog>
    }
}

/// For whom a person may begin a plan, period by period.
#[derive(Clone, Copy)]
struct Offered {
    organisation: StoredValue<Arc<Organisation>>,
    who: (PersonId, Day),
}

impl Offered {
    fn of(self, period: &str) -> Vec<Pick> {
        self.organisation.with_value(|organisation| {
            let period = period.parse().ok();
            let period = period.and_then(|period| organisation.periods.get(&period));
            period.map_or_else(Vec::new, |period| {
                whose(organisation, Some(period), self.who)
            })
        })
    }

    /// The first that is offered; nothing where none is.
    fn first(self, period: &str) -> String {
        let first = self.of(period).into_iter().next();
        first.map(|pick| pick.key).unwrap_or_default()
    }
}

/// Of what the chosen plan is, and where.
fn chosen(target: &str) -> Option<(Scope, UnitId)> {
    let (scope, unit) = target.split_once('/')?;
    let scope = if scope == "unit" {
        Scope::Unit
    } else {
        Scope::Personal
    };
    Some((scope, unit.parse().ok()?))
}

/// Periods of several kinds run at once: those that are not over come first.
fn periods(organisation: &Organisation, today: Day) -> Vec<Pick> {
    let (open, over): (Vec<&Period>, Vec<&Period>) = order::periods(organisation)
        .into_iter()
        .partition(|period| period.to >= today);
    let named = |period: &Period| {
        let name = names::period_of(organisation, period.id);
        Pick::new(period.id.to_string(), name)
    };
    open.into_iter().chain(over).map(named).collect()
}

/// The form.
#[component]
pub(crate) fn NewPlan() -> impl IntoView {
    let session = Session::here();
    let navigation = expect_context::<Navigation>();
    let world = session.world_untracked();
    let (me, today) = (session.person(), session.today_untracked());
    let offered = Offered {
        organisation: StoredValue::new(world.organisation().clone()),
        who: (me, today),
    };
    let picks = periods(world.organisation(), today);
    // The first period that judges a post of this person stands there at first.
    let judged = picks
        .iter()
        .position(|pick| !offered.of(&pick.key).is_empty());
    let first = picks
        .get(judged.unwrap_or_default())
        .map(|pick| pick.key.clone());
    let Some(first) = first.filter(|_| untrack(|| not_yet(session)).is_none()) else {
        return untrack(|| not_yet(session)).unwrap_or_else(|| ().into_any());
    };
    let target = RwSignal::new(offered.first(&first));
    let period = RwSignal::new(first);
    let error = RwSignal::new(None::<String>);
    let begin = move |()| {
        let Some((scope, unit)) = target.with_untracked(|target| chosen(target)) else {
            return;
        };
        let Ok(period) = period.get_untracked().parse() else {
            return;
        };
        let plan = PlanId::from_bits(chance::bits());
        let draft = DraftPlan {
            plan,
            unit,
            period,
            scope,
            owner: me,
        };
        session.send_then(Command::DraftPlan(draft), move |result| match result {
            Ok(()) => navigation.go(Route::Plan(plan)),
            Err(NotSent::Refused(shared::refusal::Refusal::PlanExists { plan })) => {
                navigation.go(Route::Plan(plan));
            }
            Err(NotSent::Refused(refused)) => error.set(Some(refusal::words(&refused))),
            Err(NotSent::NotSaved) => {}
        });
    };
    let choose = move |key: String| {
        let still = target.with_untracked(|now| offered.of(&key).iter().any(|one| one.key == *now));
        if !still {
            target.set(offered.first(&key));
        }
        period.set(key);
    };
    let why_not = Signal::derive(move || {
        let none = period.with(|key| offered.of(key).is_empty());
        none.then(|| coverage::nothing_covered().to_owned())
    });
    view! {
        <p class="faint">{plan::new_plan_words()}</p>
        <Select
            name="period"
            label=plan::period()
            picks=Signal::stored(picks)
            value=period
            on_choose=choose
        />
        {move || period.with(|key| offered_view(offered.of(key), target))}
        {move || error.get().map(|words| view! { <p class="field-error" role="alert">{words}</p> })}
        <div class="row row-end">
            <Button
                act="draft-plan"
                label=plan::start_drafting()
                look=Look::Primary
                glyph=Glyph::Plan
                why_not=why_not
                on_press=begin
            />
        </div>
    }
    .into_any()
}

/// For whom; or that no plan is due.
fn offered_view(offered: Vec<Pick>, target: RwSignal<String>) -> AnyView {
    if offered.is_empty() {
        let words = coverage::nothing_covered();
        return view! { <p class="faint" data-part="not-covered">{words}</p> }.into_any();
    }
    view! {
        <Choice
            name="whose"
            label=plan::whose()
            picks=offered
            value=target
            on_choose=move |key| target.set(key)
        />
    }
    .into_any()
}
