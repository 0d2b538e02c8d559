//! Beginning a plan: for which period, for the unit or for oneself.

use leptos::prelude::*;
use shared::command::Command;
use shared::command::plan::DraftPlan;
use shared::id::{PersonId, PlanId};
use shared::moment::Day;
use shared::organisation::Organisation;
use shared::period::Period;
use shared::permission;
use shared::plan::Scope;

use crate::chance;
use crate::components::{Button, Choice, Dialog, Empty, Glyph, Look, Pick, Select};
use crate::i18n::{names, organisation, period, plan, refusal};
use crate::navigation::Navigation;
use crate::pages::order;
use crate::route::Route;
use crate::session::{NotSent, Session};

/// For whom this person may begin a plan: the units that he or she leads, and oneself in each.
fn whose(organisation: &Organisation, me: PersonId, today: Day) -> Vec<Pick> {
    let mut picks = Vec::new();
    for post in organisation.assignments_of(me, today) {
        let unit = names::unit_of(organisation, post.unit);
        let pick = |scope: &str, words: &str| {
            Pick::new(
                format!("{scope}/{}", post.unit),
                format!("{words} · {unit}"),
            )
        };
        if post.heads {
            picks.push(pick("unit", plan::scope_unit()));
        }
        picks.push(pick("personal", plan::scope_personal()));
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
    if !whose(organisation, me, today).is_empty() {
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

/// The form.
#[component]
pub(crate) fn NewPlan() -> impl IntoView {
    let session = Session::here();
    let navigation = expect_context::<Navigation>();
    let world = session.world_untracked();
    let organisation = world.organisation().clone();
    let (me, today) = (session.person(), session.today_untracked());
    // Periods of several kinds run at once: those that are not over come first.
    let (open, over): (Vec<&Period>, Vec<&Period>) = order::periods(&organisation)
        .into_iter()
        .partition(|period| period.to >= today);
    let picks: Vec<Pick> = open
        .into_iter()
        .chain(over)
        .map(|period| {
            Pick::new(
                period.id.to_string(),
                names::period_of(&organisation, period.id),
            )
        })
        .collect();
    let whose = whose(&organisation, me, today);
    let Some(first) = whose.first().cloned().filter(|_| !picks.is_empty()) else {
        return untrack(|| not_yet(session)).unwrap_or_else(|| ().into_any());
    };
    let period = RwSignal::new(picks[0].key.clone());
    let target = RwSignal::new(first.key);
    let error = RwSignal::new(None::<String>);
    let begin = move |()| {
        let Some((scope, unit)) =
            target
                .get_untracked()
                .split_once('/')
                .and_then(|(scope, unit)| {
                    let scope = if scope == "unit" {
                        Scope::Unit
                    } else {
                        Scope::Personal
                    };
                    Some((scope, unit.parse().ok()?))
                })
        else {
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
    view! {
        <p class="faint">{plan::new_plan_words()}</p>
        <Select
            name="period"
            label=plan::period()
            picks=Signal::stored(picks)
            value=period
            on_choose=move |key| period.set(key)
        />
        <Choice
            name="whose"
            label=plan::whose()
            picks=whose
            value=target
            on_choose=move |key| target.set(key)
        />
        {move || error.get().map(|words| view! { <p class="field-error" role="alert">{words}</p> })}
        <div class="row row-end">
            <Button
                act="draft-plan"
                label=plan::start_drafting()
                look=Look::Primary
                glyph=Glyph::Plan
                on_press=begin
            />
        </div>
    }
    .into_any()
}
