//! Beginning a plan: for which period, for the unit or for oneself.

use leptos::prelude::*;
use shared::command::Command;
use shared::command::plan::DraftPlan;
use shared::id::PlanId;
use shared::plan::Scope;

use crate::chance;
use crate::components::{Button, Choice, Empty, Glyph, Look, Pick, Select};
use crate::i18n::{names, plan, refusal};
use crate::navigation::Navigation;
use crate::route::Route;
use crate::session::{NotSent, Session};

/// The form.
#[component]
pub(crate) fn NewPlan() -> impl IntoView {
    let session = Session::here();
    let navigation = expect_context::<Navigation>();
    let world = session.world();
    let organisation = world.organisation().clone();
    let (me, today) = (session.person(), session.today());
    let mut periods: Vec<_> = organisation.periods.values().collect();
    periods.sort_by_key(|period| std::cmp::Reverse(period.from));
    let picks: Vec<Pick> = periods
        .iter()
        .map(|period| {
            Pick::new(period.id.to_string(), names::period_of(&organisation, period.id))
        })
        .collect();
    let posts: Vec<_> = organisation.assignments_of(me, today).collect();
    let whose: Vec<Pick> = posts
        .iter()
        .flat_map(|post| {
            let unit = names::unit_of(&organisation, post.unit);
            let own = Pick::new(
                format!("personal/{}", post.unit),
                format!("{} · {unit}", plan::scope_personal()),
            );
            let whole = post.heads.then(|| {
                Pick::new(format!("unit/{}", post.unit), format!("{} · {unit}", plan::scope_unit()))
            });
            whole.into_iter().chain([own])
        })
        .collect();
    if picks.is_empty() {
        return view! { <Empty title=plan::no_period() words=plan::no_period_words() /> }.into_any();
    }
    let Some(first) = whose.first().cloned() else {
        return view! { <Empty title=plan::no_unit_words() /> }.into_any();
    };
    let period = RwSignal::new(picks[0].key.clone());
    let target = RwSignal::new(first.key);
    let error = RwSignal::new(None::<String>);
    let begin = move |()| {
        let Some((scope, unit)) = target.get_untracked().split_once('/').and_then(|(scope, unit)| {
            let scope = if scope == "unit" { Scope::Unit } else { Scope::Personal };
            Some((scope, unit.parse().ok()?))
        }) else {
            return;
        };
        let Ok(period) = period.get_untracked().parse() else { return };
        let plan = PlanId::from_bits(chance::bits());
        let draft = DraftPlan { plan, unit, period, scope, owner: me };
        session.send_then(Command::DraftPlan(draft), move |result| match result {
            Ok(_) => navigation.go(Route::Plan(plan)),
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
