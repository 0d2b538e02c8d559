//! The spot check of a result: that it was drawn, what the check found, and stating that.

use leptos::prelude::*;
use shared::command::Command;
use shared::command::spot_check::CheckResult;
use shared::id::{EvidenceId, PlanId};
use shared::organisation::Organisation;
use shared::permission;
use shared::plan::Plan;
use shared::spot_check::{self as rule, SpotCheck};
use shared::world::{Held, PlanDocument, World};

use crate::components::{Badge, Look, Panel, Pick, Tone};
use crate::i18n::{format, names, spot_check as words};
use crate::pages::form::{Ask, Entry, Form, Sheet, SheetView};
use crate::pages::ledger::proposes_unfair;
use crate::route::Route;
use crate::session::Session;

/// Says whether this person checks a plan. Observed.
pub(crate) fn checks(world: &World, session: Session, of: (&Plan, &PlanDocument)) -> bool {
    rule::checks(world.organisation(), of, session.person(), session.today())
}

/// The panel; nothing for a plan that was not drawn.
#[component]
pub(super) fn Checked(
    /// The plan.
    id: PlanId,
    /// The latest version.
    version: u32,
) -> impl IntoView {
    let session = Session::here();
    let sheet = Sheet::provide();
    let panel = move || {
        let world = session.world();
        let Held::Present((plan, document)) = world.plan(id) else {
            return None;
        };
        let sample = world.organisation().samples.get(&plan.period)?;
        if !sample.drawn.contains(&id) {
            return None;
        }
        let found = document.checks.values().last();
        let act = || proposes_unfair(session, &world, plan, sheet);
        let organisation = world.organisation();
        let runs = permission::may_run_plans(organisation, session.person(), session.today());
        let found = found.map(|check| found_view(&world, plan, check, (act(), runs)));
        let acts = checks(&world, session, (plan, document)).then(|| {
            let act = |fair: bool| {
                let (key, label) = if fair {
                    ("find-fair", words::say_fair())
                } else {
                    ("find-unfair", words::say_unfair())
                };
                let evidence = evidence(document);
                sheet.button(key, label, move || {
                    form((id, version), fair, evidence.clone())
                })
            };
            view! { <div class="row" data-part="check-result">{act(true)}{act(false)}</div> }
        });
        let waits = found
            .is_none()
            .then(|| view! { <Badge words=words::waits() tone=Tone::Warn /> });
        Some(view! {
            <Panel title=words::spot_checks()>
                <p class="row">{words::was_drawn()}{waits}</p>
                {found}
                {acts}
            </Panel>
        })
    };
    view! {
        {panel}
        <SheetView sheet=sheet />
    }
}

/// What a check found, how that looks, and who checked when.
pub(crate) fn finding(
    organisation: &Organisation,
    check: &SpotCheck,
) -> (&'static str, Tone, String) {
    let who = names::person_of(organisation, check.by);
    let when = format::time(check.times.recorded, organisation.utc_offset());
    let (badge, tone) = if check.fair {
        (words::fair(), Tone::Good)
    } else {
        (words::unfair(), Tone::Bad)
    };
    (badge, tone, words::checked_by(&who, &when))
}

/// What was found; what follows leads where this person can do it: `runs` who runs plans.
fn found_view(
    world: &World,
    plan: &Plan,
    check: &SpotCheck,
    (propose, runs): (Option<AnyView>, bool),
) -> AnyView {
    let (badge, tone, note) = finding(world.organisation(), check);
    let period = plan.period;
    let then = (!check.fair).then(|| {
        view! {
            <p class="faint small">{words::unfair_next()}</p>
            <div class="row no-print">
                {propose}
                {runs.then(|| view! {
                    <a class="button button-quiet" href=Route::Ledger.path() data-act="open-ledger">{words::to_ledger()}</a>
                    <a class="button button-quiet" href=Route::Period(period).path() data-act="open-period">{words::to_correction()}</a>
                })}
            </div>
        }
    });
    view! {
        <div class="stack-tight" data-part="spot-check" data-fair=check.fair.to_string()>
            <p class="row">
                <Badge words=badge tone=tone />
                <span class="faint">{note}</span>
            </p>
            <p class="quote">{check.reason.clone()}</p>
            {then}
        </div>
    }
    .into_any()
}

/// The evidence on the plan's items, to choose from.
fn evidence(document: &PlanDocument) -> Vec<Pick> {
    let pieces = document.evidence.values();
    let pick = |one: &shared::evidence::Evidence| {
        let item = document.items.get(&one.item);
        let title = item.map_or_else(String::new, |item| item.title.clone());
        Pick::new(one.id.to_string(), title)
    };
    pieces.map(pick).collect()
}

fn form((plan, version): (PlanId, u32), fair: bool, evidence: Vec<Pick>) -> Form {
    let label = if fair {
        words::sign_fair()
    } else {
        words::sign_unfair()
    };
    let mut entries = vec![Entry::lines("reason", words::reason())];
    let any = !evidence.is_empty();
    if any {
        let many = Ask::Many(evidence);
        entries.push(Entry::new("evidence", words::evidence(), many, String::new()).optional());
    }
    let form = Form::new("sign-check", label, entries, move |answers| {
        let chosen = any.then(|| answers.text("evidence"));
        let chosen = chosen.iter().flat_map(|keys| keys.split_whitespace());
        let evidence: Vec<EvidenceId> = chosen.filter_map(|id| id.parse().ok()).collect();
        Ok(Command::CheckResult(CheckResult {
            plan,
            version,
            fair,
            reason: answers.filled("reason", words::reason())?,
            evidence,
        })
        .into())
    });
    let form = form
        .look(Look::Sign)
        .lead("binds", words::check_binds())
        .offline();
    if fair {
        form
    } else {
        form.lead("quiet", words::unfair_then())
    }
}
