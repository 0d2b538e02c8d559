//! A regime in plain words, for everybody whom it binds.
//!
//! It reads the same document by which the program judges; what the product supplied is marked.

use leptos::prelude::*;
use shared::deadline::{
    DeadlineMonth, DeadlineRule, DeadlineStep, Lateness, LatenessDecider, Shift, rule,
};
use shared::id::RegimeId;
use shared::period::PeriodKind;
use shared::quantity::BasisPoints;
use shared::regime::{EmptySection, Judging, Regime, RegimeVersion, RequiredField, WeightsPer};

use crate::components::{Badge, Empty, Facts, Glyph, PageHead, Panel, Table, Tone, WayBack};
use crate::i18n::{common, names, period, plan, regime as words};
use crate::pages::order;
use crate::pages::periods::deadlines::step_words;
use crate::route::Route;
use crate::session::Session;

/// The page.
#[component]
pub(crate) fn RegimePage(
    /// Which regime.
    id: RegimeId,
) -> impl IntoView {
    let session = Session::here();
    let back = WayBack {
        href: Route::Periods.path(),
        words: period::periods().to_owned(),
    };
    let found = Memo::new(move |_| session.world().organisation().regimes.get(&id).cloned());
    let title = Signal::derive(move || {
        found.with(|version| {
            let name = version
                .as_ref()
                .map(|version| names::name(&version.regime.name));
            name.unwrap_or(words::not_found()).to_owned()
        })
    });
    view! {
        <div class="page" data-page="regime">
            <PageHead title=title lead=words::lead().to_owned() back=back />
            {move || match found.get() {
                Some(version) => content(session, &version),
                None => view! { <Empty title=words::not_found() words=common::not_found_words() /> }
                    .into_any(),
            }}
        </div>
    }
}

/// Marks what the product supplied: a value that one of these pointers names, or is silent about.
fn mark(regime: &Regime, at: &str, silent: bool) -> Option<AnyView> {
    let named = regime.house_defaults.iter().any(|pointer| {
        pointer == at
            || pointer
                .strip_prefix(at)
                .is_some_and(|rest| rest.starts_with('/'))
    });
    (named || silent).then(|| {
        view! { <Badge words=words::house_default() tone=Tone::Quiet glyph=Glyph::Hint /> }
            .into_any()
    })
}

/// A line of the reading, with its mark.
fn line(words: String, mark: Option<AnyView>) -> AnyView {
    view! { <li><span>{words}</span>" "{mark}</li> }.into_any()
}

fn part(title: &'static str, lines: Vec<AnyView>) -> AnyView {
    view! { <Panel title=title><ul class="reading">{lines}</ul></Panel> }.into_any()
}

fn percent(share: BasisPoints) -> String {
    let (whole, rest) = (share.0 / 100, share.0 % 100);
    if rest == 0 {
        return whole.to_string();
    }
    format!("{whole}.{rest:02}")
}

fn content(session: Session, version: &RegimeVersion) -> AnyView {
    let regime = &version.regime;
    let world = session.world();
    let organisation = world.organisation();
    let used: Vec<String> = order::periods(organisation)
        .into_iter()
        .filter(|period| period.regime == version.id)
        .map(|period| names::period_of(organisation, period.id))
        .collect();
    let facts = [
        (words::period_kind(), kind(regime.period).to_owned()),
        (words::source(), regime.source.clone()),
        (words::used_in(), used.join(common::between())),
        (
            words::digest(),
            version.digest.get(..12).unwrap_or_default().to_owned(),
        ),
    ];
    let facts: Vec<_> = facts.map(|(name, value)| (name.to_owned(), value)).to_vec();
    view! {
        <Panel title=words::plan_rules()><Facts facts=facts /></Panel>
        <div class="columns columns-two">
            <div class="stack">
                {part(words::sections(), sections(regime))}
                {part(words::weights(), weights(regime))}
                {part(words::deadlines(), deadlines(regime))}
                {part(words::lateness(), lateness(regime))}
                {part(words::changes(), changes(regime))}
            </div>
            <div class="stack">
                {judging(regime)}
                {part(words::result(), result(regime))}
                {bands(regime)}
                {part(words::people(), people(regime))}
            </div>
        </div>
    }
    .into_any()
}

/// A kind of period in words.
pub(crate) fn kind(kind: PeriodKind) -> &'static str {
    match kind {
        PeriodKind::Day => words::kind_day(),
        PeriodKind::Week => words::kind_week(),
        PeriodKind::Month => words::kind_month(),
        PeriodKind::Quarter => words::kind_quarter(),
        PeriodKind::HalfYear => words::kind_half_year(),
        PeriodKind::Year => words::kind_year(),
        PeriodKind::Custom => words::kind_custom(),
    }
}

fn sections(regime: &Regime) -> Vec<AnyView> {
    let sections = regime.sections.iter().enumerate();
    let sections = sections.map(|(place, section)| {
        let name = names::name(&section.name);
        let words = match section.share {
            Some(share) => common::named(name, &words::share_of(&percent(share))),
            None => name.to_owned(),
        };
        line(words, mark(regime, &format!("/sections/{place}"), false))
    });
    let mut lines: Vec<AnyView> = sections.collect();
    if let Some(empty) = regime.empty_section {
        let words = match empty {
            EmptySection::DropsOut => words::empty_drops_out(),
            EmptySection::CountsZero => words::empty_zero(),
        };
        lines.push(line(
            words.to_owned(),
            mark(regime, "/empty_section", false),
        ));
    }
    lines
}

fn weights(regime: &Regime) -> Vec<AnyView> {
    let total = regime.weights.total.to_string();
    let weights = match regime.weights.per {
        WeightsPer::Plan => words::weights_plan(&total),
        WeightsPer::Section => words::weights_section(&total),
        WeightsPer::Free => words::weights_free().to_owned(),
    };
    let required: Vec<&str> = regime
        .required
        .iter()
        .map(|field| match field {
            RequiredField::Responsible => plan::responsible(),
            RequiredField::Due => plan::due(),
            RequiredField::Deliverable => plan::deliverable(),
            RequiredField::Standard => plan::standard(),
        })
        .collect();
    let required = if required.is_empty() {
        words::nothing_required().to_owned()
    } else {
        required.join(common::between())
    };
    let bonus = match regime.bonus {
        Some(points) => words::most_bonus(&points.to_string()),
        None => words::no_bonus().to_owned(),
    };
    vec![
        line(weights, mark(regime, "/weights", false)),
        line(
            common::named(words::required(), &required),
            mark(regime, "/required", false),
        ),
        line(
            common::named(words::bonus(), &bonus),
            mark(regime, "/bonus", false),
        ),
    ]
}

fn deadlines(regime: &Regime) -> Vec<AnyView> {
    let steps = [
        DeadlineStep::Submission,
        DeadlineStep::SelfScore,
        DeadlineStep::SuperiorScore,
        DeadlineStep::Filing,
    ];
    let found = steps.into_iter().filter_map(|step| rule(regime, step));
    found
        .map(|rule| {
            let place = regime
                .deadlines
                .iter()
                .position(|listed| listed.step == rule.step);
            let at = place.map_or_else(
                || "/submission".to_owned(),
                |place| format!("/deadlines/{place}"),
            );
            let words = common::named(step_words(rule.step), &when(&rule));
            line(words, mark(regime, &at, false))
        })
        .collect()
}

fn when(rule: &DeadlineRule) -> String {
    let month = match rule.month {
        DeadlineMonth::Before => words::month_before(),
        DeadlineMonth::Within => words::month_within(),
        DeadlineMonth::After => words::month_after(),
    };
    let time = match rule.minute {
        Some(minute) => format!("{:02}:{:02}", minute / 60, minute % 60),
        None => words::close_of_work().to_owned(),
    };
    let shift = match rule.shift {
        Shift::Back => words::shift_back(),
        Shift::Forward => words::shift_forward(),
        Shift::Stay => words::shift_stay(),
    };
    let day = words::on_day(month, &rule.day_of_month.to_string(), &time);
    common::both(&day, shift)
}

fn lateness(regime: &Regime) -> Vec<AnyView> {
    let lateness = Lateness::of(regime);
    let words = if lateness.receipt_only {
        words::receipt_only().to_owned()
    } else {
        let decider = match lateness.decider {
            LatenessDecider::Superior => words::decider_superior(),
            LatenessDecider::PlanOffice => words::decider_office(),
        };
        words::grace(&(lateness.grace_minutes / 60).to_string(), decider)
    };
    vec![line(
        words,
        mark(regime, "/lateness", regime.lateness.is_none()),
    )]
}

fn changes(regime: &Regime) -> Vec<AnyView> {
    let (free, force) = match &regime.changes {
        Some(rules) => (rules.free_until_days, rules.force_majeure),
        None => (3, true),
    };
    let force = if force {
        words::force_majeure()
    } else {
        words::no_force_majeure()
    };
    let silent = regime.changes.is_none();
    vec![
        line(
            words::free_until(&free.to_string()),
            mark(regime, "/changes", silent),
        ),
        line(force.to_owned(), mark(regime, "/changes", silent)),
    ]
}

fn judging(regime: &Regime) -> AnyView {
    let house = mark(regime, "/judging", false);
    match &regime.judging {
        Judging::Matrix {
            efficiency,
            quality,
            factors,
            not_carried_out,
            ..
        } => {
            let missed = words::factor_not_carried_out(&not_carried_out.to_string());
            let mut columns = vec![(words::matrix_levels().to_owned(), false)];
            columns.extend(
                quality
                    .iter()
                    .map(|level| (names::name(&level.name).to_owned(), true)),
            );
            let labels: Vec<String> = quality
                .iter()
                .map(|level| names::name(&level.name).to_owned())
                .collect();
            let rows = efficiency.iter().zip(factors);
            let rows: Vec<_> = rows.map(|(level, factors)| {
                let cells: Vec<_> = factors
                    .iter()
                    .zip(labels.clone())
                    .map(|(factor, label)| {
                        view! { <td class="cell-figure" data-label=label>{factor.to_string()}</td> }
                    })
                    .collect();
                view! { <tr><th scope="row">{names::name(&level.name).to_owned()}</th>{cells}</tr> }
            }).collect();
            view! {
                <Panel title=words::judging()>
                    <p>{words::matrix()} " " {house}</p>
                    <Table caption=words::judging() columns=columns>
                        <tbody>{rows}</tbody>
                    </Table>
                    <p>{missed}</p>
                </Panel>
            }
            .into_any()
        }
        Judging::Tracked { .. } => part(
            words::judging(),
            vec![line(words::tracked().to_owned(), house)],
        ),
        Judging::Points { .. } => part(
            words::judging(),
            vec![line(words::points().to_owned(), house)],
        ),
    }
}

fn result(regime: &Regime) -> Vec<AnyView> {
    let assessed = match &regime.assessed {
        Some(range) => words::assessed_from(&range.from_day.to_string(), &range.to_day.to_string()),
        None => words::assessed_all().to_owned(),
    };
    vec![
        line(
            common::named(words::assessed(), &assessed),
            mark(regime, "/assessed", false),
        ),
        line(
            words::rounding().to_owned(),
            mark(regime, "/rounding", false),
        ),
        line(
            words::floats(&percent(regime.floating_share)),
            mark(regime, "/floating_share", false),
        ),
    ]
}

fn bands(regime: &Regime) -> AnyView {
    let columns = vec![
        (words::band_from().to_owned(), true),
        (words::coefficient().to_owned(), true),
    ];
    let rows = regime
        .bands
        .iter()
        .map(|band| (band.from.to_string(), band.coefficient.to_string()));
    let below = (words::below().to_owned(), BasisPoints(0).to_string());
    let rows = rows.chain(std::iter::once(below));
    let rows: Vec<_> = rows
        .map(|(from, coefficient)| {
            view! {
                <tr>
                    <td class="cell-figure" data-label=words::band_from()>{from}</td>
                    <td class="cell-figure" data-label=words::coefficient()>{coefficient}</td>
                </tr>
            }
        })
        .collect();
    let house = mark(regime, "/bands", false);
    view! {
        <Panel title=words::bands()>
            <div class="row">{house}</div>
            <Table caption=words::bands() columns=columns><tbody>{rows}</tbody></Table>
        </Panel>
    }
    .into_any()
}

fn people(regime: &Regime) -> Vec<AnyView> {
    let part = regime.part_period.as_ref();
    let (share, days, coefficient) = part.map_or((5_000, 5, 10_000), |part| {
        (part.absent_share.0, part.least_days, part.coefficient.0)
    });
    let house = || mark(regime, "/part_period", part.is_none());
    let provisional = regime.provisional.unwrap_or(BasisPoints(10_000));
    let objection = regime.objection_days.unwrap_or(3).to_string();
    let missing = words::paid_provisional(&provisional.to_string());
    vec![
        line(
            words::absent(
                &percent(BasisPoints(share)),
                &BasisPoints(coefficient).to_string(),
            ),
            house(),
        ),
        line(words::parts(&days.to_string()), house()),
        line(
            common::named(words::provisional(), &missing),
            mark(regime, "/provisional", regime.provisional.is_none()),
        ),
        line(
            common::named(words::objection(), &words::objection_days(&objection)),
            mark(regime, "/objection_days", regime.objection_days.is_none()),
        ),
    ]
}
