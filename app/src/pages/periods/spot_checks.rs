//! Spot checks of a period: drawing the sample, what was drawn, and what the checks found.

use leptos::prelude::*;
use shared::command::Command;
use shared::command::spot_check::DrawSample;
use shared::id::{PeriodId, PlanId};
use shared::spot_check::{self as rule, Redrawn, SpotSample};
use shared::world::World;

use crate::components::{Badge, Banner, Button, Glyph, Look, Panel, Tone};
use crate::i18n::{common, format, names, spot_check as words};
use crate::pages::form::{Form, Sheet, SheetView};
use crate::pages::regime::{percent, who};
use crate::pages::result::finding;
use crate::route::Route;
use crate::session::Session;

/// The panel; nothing where the regime has nothing checked.
#[component]
pub(super) fn SpotChecks(
    /// The period.
    id: PeriodId,
) -> impl IntoView {
    let session = Session::here();
    let sheet = Sheet::provide();
    let panel = move || {
        let world = session.world();
        let organisation = world.organisation();
        let checked = rule::rule(organisation, id)?;
        let (_, _, rules) = organisation.judged(id).ok()?;
        let by: Vec<String> = checked
            .by
            .iter()
            .map(|one| who(rules.regime, one))
            .collect();
        let said = words::rule(&percent(checked.share), &by.join(common::between()));
        let body = if let Some(sample) = organisation.samples.get(&id) {
            drawn(session, &world, sample)
        } else {
            let draw = Command::DrawSample(DrawSample { period: id });
            let may = session.allows(&world, &draw);
            let act = may.then(|| sheet.button("draw-sample", words::draw(), move || form(id)));
            view! {
                <p class="faint">{words::not_drawn()}</p>
                <div class="row row-end">{act}</div>
            }
            .into_any()
        };
        Some(view! {
            <Panel title=words::spot_checks()>
                <p class="faint small">{words::spot_checks_words()}</p>
                <p>{said}</p>
                {body}
            </Panel>
        })
    };
    view! {
        <div data-part="spot-checks">{panel}</div>
        <SheetView sheet=sheet />
    }
}

fn form(period: PeriodId) -> Form {
    Form::new("sign-sample", words::draw(), Vec::new(), move |_| {
        Ok(Command::DrawSample(DrawSample { period }).into())
    })
    .look(Look::Sign)
    .lead("binds", words::draw_binds())
}

fn drawn(session: Session, world: &World, sample: &SpotSample) -> AnyView {
    let organisation = world.organisation();
    let who = names::person_of(organisation, sample.signed.by);
    let when = format::time(sample.signed.times.recorded, organisation.utc_offset());
    let (count, of) = (sample.drawn.len().to_string(), sample.of.to_string());
    let lines: Vec<AnyView> = sample
        .drawn
        .iter()
        .filter_map(|plan| line(session, world, *plan))
        .collect();
    let list = (!lines.is_empty()).then(|| {
        view! {
            <h3>{words::drawn()}</h3>
            <ul class="list" data-list="drawn">{lines}</ul>
        }
    });
    let seed: String = sample.seed.chars().take(16).collect();
    let verdict = RwSignal::new(None::<Redrawn>);
    let kept = StoredValue::new(sample.clone());
    let again = move |()| {
        let world = session.world_untracked();
        verdict.set(Some(kept.with_value(|sample| rule::redraw(&world, sample))));
    };
    view! {
        <p>{words::drawn_by(&who, &when, &count, &of)}</p>
        <p class="faint small">{common::named(words::seed(), &seed)}</p>
        {list}
        <div class="row">
            <Button act="redraw" label=words::redraw() glyph=Glyph::Turning on_press=again />
        </div>
        {move || verdict.get().map(|verdict| match verdict {
            Redrawn::Identical => view! { <Banner state="good" words=words::redraw_same() /> },
            Redrawn::Different => view! { <Banner state="bad" words=words::redraw_differs() /> },
            Redrawn::NotHeld => view! { <Banner state="warn" words=words::redraw_not_held() /> },
        })}
    }
    .into_any()
}

/// A drawn plan that this person holds.
fn line(session: Session, world: &World, id: PlanId) -> Option<AnyView> {
    let organisation = world.organisation();
    let document = world.document(id)?;
    let plan = document.plan.as_ref()?;
    let (badge, tone, note) = if let Some(check) = document.checks.values().last() {
        finding(organisation, check)
    } else {
        let rule = rule::rule(organisation, plan.period)?;
        let people = rule::checkers(organisation, rule, (plan, document), session.today());
        let people: Vec<String> = people
            .into_iter()
            .map(|person| names::person_of(organisation, person))
            .collect();
        let note = words::by(&people.join(common::between()));
        (words::waits(), Tone::Warn, note)
    };
    let title = names::plan_of(organisation, plan);
    Some(
        view! {
            <li data-item=id.to_string()>
                <a class="list-line" href=Route::Result(id).path() data-act="open-result">
                    <span class="stack-tight">
                        <span class="list-title">{title}</span>
                        <span class="list-more"><span>{note}</span></span>
                    </span>
                    <span class="list-end"><Badge words=badge tone=tone /></span>
                </a>
            </li>
        }
        .into_any(),
    )
}
