//! What came of a what-if: the sums first, then each person, the greatest difference first.

use std::sync::Arc;

use leptos::prelude::*;
use shared::organisation::Organisation;
use shared::regime::Regime;
use shared::whatif::{Apart, Line, Outcome, UnitSum};

use super::{lacking, rows, spread};
use crate::components::{Badge, Banner, Button, Chart, Empty, Glyph, Panel, Table, Tone};
use crate::file;
use crate::i18n::{common, names, whatif as words};
use crate::session::Session;

/// People that the page lists; all of them are in the sheet.
const LISTED: usize = 100;

/// Everything that came of it.
pub(super) fn page(
    session: Session,
    outcome: &Arc<Outcome>,
    new: &Arc<Regime>,
    period: String,
) -> AnyView {
    let world = session.world_untracked();
    let organisation = Arc::clone(world.organisation());
    let version = period.parse().ok().and_then(|id| {
        let period = organisation.periods.get(&id)?;
        organisation.regimes.get(&period.regime)
    });
    let Some(old) = version.map(|version| version.document.read()) else {
        return ().into_any();
    };
    if outcome.lines.is_empty() && outcome.apart.is_empty() {
        return view! {
            <Empty glyph=Glyph::Balance title=words::nobody() words=words::nothing_activated() />
        }
        .into_any();
    }
    let export = {
        let (organisation, outcome) = (Arc::clone(&organisation), Arc::clone(outcome));
        let (old, new) = (Arc::clone(&old), Arc::clone(new));
        move |()| {
            let text = rows::csv(&organisation, &outcome, (&old, &new));
            // A browser that allows no download says so itself.
            let _ = file::hand_out("what-if.csv", "text/csv", &text);
        }
    };
    let chart = (!outcome.lines.is_empty()).then(|| {
        let shown = spread::shown(&organisation, outcome);
        let outcome = Arc::clone(outcome);
        view! { <Chart shown=shown draw=move |width| spread::draw(&outcome, width) /> }
    });
    let (said, without) = (summary(outcome), without(outcome, new));
    let units = units(&organisation, outcome);
    let people = people(&organisation, outcome, (&old, new));
    let apart = apart(&organisation, outcome, (&old, new));
    view! {
        <section class="stack" data-part="outcome">
            <Panel title=words::difference()>
                <p data-part="summary">{said}</p>
                {without}
                <div class="charts">{chart}</div>
                <div class="row">
                    <Button act="what-if-export" label=words::export() glyph=Glyph::Download on_press=export />
                </div>
            </Panel>
            {people}
            {units}
            {apart}
        </section>
    }
    .into_any()
}

fn summary(outcome: &Outcome) -> String {
    if outcome.lines.is_empty() {
        return words::nobody_compared().to_owned();
    }
    let changed = outcome.lines.iter().filter(|line| line.is_changed());
    let changed = changed.count().to_string();
    let mut said = words::summary(&outcome.lines.len().to_string(), &changed);
    if !outcome.apart.is_empty() {
        said.push(' ');
        said.push_str(&words::summary_apart(&outcome.apart.len().to_string()));
    }
    said
}

/// Tariffs that did not exist then, by name.
fn without(outcome: &Outcome, new: &Regime) -> Option<AnyView> {
    let named: Vec<&str> = outcome
        .without
        .iter()
        .filter_map(|key| new.tariffs.iter().find(|one| one.key == *key))
        .map(|tariff| names::name(&tariff.name))
        .collect();
    (!named.is_empty()).then(|| {
        let words = words::without(&named.join(common::between()));
        view! { <Banner state="quiet" words=words /> }.into_any()
    })
}

fn columns(of: &[(&str, bool)]) -> Vec<(String, bool)> {
    let columns = of.iter();
    columns
        .map(|(words, figure)| ((*words).to_owned(), *figure))
        .collect()
}

/// A figure as it was and as it is, with the difference.
fn figures(label: &'static str, then: &str, now: &str, difference: &str) -> impl IntoView + use<> {
    let (both, changed) = if then == now {
        (now.to_owned(), String::new())
    } else {
        (words::from_to(then, now), rows::signed(difference))
    };
    view! {
        <td class="cell-figure" data-label=label>
            <span>
                {(!changed.is_empty()).then(|| view! { <strong>{changed}</strong> " " })}
                <span class="faint">{both}</span>
            </span>
        </td>
    }
}

fn units(organisation: &Organisation, outcome: &Outcome) -> impl IntoView + use<> {
    let row = |sum: &UnitSum| {
        let mean = |mean: Option<shared::quantity::Points>| {
            mean.map_or_else(String::new, |one| one.to_string())
        };
        let (then, now) = (&sum.then, &sum.now);
        let means = match (then.mean(), now.mean()) {
            (Some(was), Some(is)) => shared::quantity::Points(is.0 - was.0).to_string(),
            _ => String::new(),
        };
        let coefficients = shared::quantity::BasisPoints(now.coefficient.0 - then.coefficient.0);
        let pay = shared::quantity::BasisPoints(now.pay.0 - then.pay.0);
        let changed = format!("{} / {}", sum.changed, sum.heads);
        view! {
            <tr data-unit=sum.unit.to_string()>
                <th scope="row">{names::unit_of(organisation, sum.unit)}</th>
                <td class="cell-figure" data-label=words::changed()>{changed}</td>
                {figures(words::mean(), &mean(then.mean()), &mean(now.mean()), &means)}
                {figures(
                    words::coefficients(),
                    &then.coefficient.to_string(),
                    &now.coefficient.to_string(),
                    &coefficients.to_string(),
                )}
                {figures(words::pay(), &rows::percent(then.pay), &rows::percent(now.pay), &rows::percent(pay))}
                <td class="cell-figure" data-label=words::apart_count()>{sum.apart}</td>
            </tr>
        }
    };
    // Units of which nobody is compared stand below, with the reasons.
    let compared = outcome.units.iter().filter(|unit| unit.heads > 0);
    let rows = compared.map(row).collect_view();
    let columns = columns(&[
        (words::unit(), false),
        (words::changed(), true),
        (words::mean(), true),
        (words::coefficients(), true),
        (words::pay(), true),
        (words::apart_count(), true),
    ]);
    (!outcome.lines.is_empty()).then(|| {
        view! {
            <Panel title=words::units()>
                <Table caption=words::units() columns=columns><tbody data-list="units">{rows}</tbody></Table>
            </Panel>
        }
    })
}

fn people(
    organisation: &Organisation,
    outcome: &Outcome,
    (old, new): (&Regime, &Regime),
) -> impl IntoView + use<> {
    let row = |line: &Line| {
        let (total, coefficient, pay) = line.difference();
        let (then, now) = (&line.then, &line.now);
        let (was, is) = (rows::grade(old, then), rows::grade(new, now));
        let grade = if was == is {
            is
        } else {
            words::from_to(&was, &is)
        };
        let converted = (line.converted > 0).then(|| {
            view! { " " <span title=words::converted_why()><Badge words=words::converted() tone=Tone::Quiet /></span> }
        });
        view! {
            <tr data-person=line.person.to_string()>
                <th scope="row">
                    <span class="stack-tight">
                        <span>{names::person_of(organisation, line.person)} {converted}</span>
                        <span class="faint small">{names::unit_of(organisation, line.unit)}</span>
                    </span>
                </th>
                {figures(words::pay(), &rows::percent(then.pay), &rows::percent(now.pay), &rows::percent(pay))}
                {figures(
                    words::coefficient(),
                    &then.coefficient.to_string(),
                    &now.coefficient.to_string(),
                    &coefficient.to_string(),
                )}
                {figures(words::total(), &rows::total(then), &rows::total(now), &total.to_string())}
                <td data-label=words::grade()>{grade}</td>
            </tr>
        }
    };
    let rows = outcome.lines.iter().take(LISTED).map(row).collect_view();
    let more = outcome.lines.len().saturating_sub(LISTED);
    let columns = columns(&[
        (words::person(), false),
        (words::pay(), true),
        (words::coefficient(), true),
        (words::total(), true),
        (words::grade(), false),
    ]);
    (!outcome.lines.is_empty()).then(|| {
        view! {
            <Panel title=words::people()>
                <Table caption=words::people() columns=columns><tbody data-list="people">{rows}</tbody></Table>
                {(more > 0).then(|| view! { <p class="faint">{words::more(&more.to_string())}</p> })}
            </Panel>
        }
    })
}

fn apart(
    organisation: &Organisation,
    outcome: &Outcome,
    rules: (&Regime, &Regime),
) -> impl IntoView + use<> {
    let listed: Vec<_> = outcome.apart.iter().take(LISTED).collect();
    // What all of them lack is said once.
    let same = |one: &Apart| {
        let first = outcome.apart.first();
        first.is_some_and(|first| first.lacks == one.lacks)
    };
    let alike = listed.len() > 1 && outcome.apart.iter().all(same);
    let all = outcome.apart.first().filter(|_| alike);
    let all = all.map(|one| {
        let said = words::all_lack(&lacking::lacks(&one.lacks, rules));
        view! { <p data-part="all-lack">{said}</p> }
    });
    let rows: Vec<AnyView> = listed
        .into_iter()
        .map(|one| {
            let unit = names::unit_of(organisation, one.unit);
            let said = (!alike).then(|| lacking::lacks(&one.lacks, rules));
            view! {
                <li data-person=one.person.to_string()>
                    <div class="list-line">
                        <span class="stack-tight">
                            <span class="list-title">{names::person_of(organisation, one.person)}</span>
                            <span class="list-more">
                                <span>{unit}</span>
                                {said.map(|said| view! { <span>{said}</span> })}
                            </span>
                        </span>
                    </div>
                </li>
            }
            .into_any()
        })
        .collect();
    let more = outcome.apart.len().saturating_sub(LISTED);
    (!rows.is_empty()).then(|| {
        view! {
            <Panel title=words::apart()>
                <p class="faint">{words::apart_lead()}</p>
                {all}
                <ul class="list" data-list="apart">{rows}</ul>
                {(more > 0).then(|| view! { <p class="faint">{words::more(&more.to_string())}</p> })}
            </Panel>
        }
    })
}
