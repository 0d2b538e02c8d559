//! A regime in plain words, for everybody whom it binds.
//!
//! It reads the same document by which the program judges; what the product supplied is marked.

use leptos::prelude::*;
use shared::deadline::{DeadlineMonth, DeadlineStep, Shift};
use shared::id::RegimeId;
use shared::period::PeriodKind;
use shared::permission;
use shared::quantity::BasisPoints;
use shared::regime::changes::{AfterDue, Window};
use shared::regime::cycle::Cycle;
use shared::regime::deadlines::{Around, Deadline, On, PlanStep, Span};
use shared::regime::grades::GradeBy;
use shared::regime::items::RequiredField;
use shared::regime::weights::WeightsPer;
use shared::regime::who::Who;
use shared::regime::{Regime, RegimeVersion, Rules};

use crate::components::{Badge, Empty, Facts, Glyph, PageHead, Panel, Table, Tone, WayBack};
use crate::i18n::{common, names, period, plan, regime as words, rules, whatif};
use crate::pages::order;
use crate::pages::periods::deadlines::step_words;
use crate::route::Route;
use crate::session::Session;

mod source;
mod total;

pub(crate) use source::said as source_words;

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
                .map(|version| names::name(&version.regime().name));
            name.unwrap_or(words::not_found()).to_owned()
        })
    });
    let may = move || {
        let world = session.world();
        permission::may_run_plans(world.organisation(), session.person(), session.today())
    };
    view! {
        <div class="page" data-page="regime">
            <PageHead title=title lead=words::lead().to_owned() back=back>
                <a class="button" href=Route::WhatIf(Some(id)).path() data-act="what-if">
                    {whatif::try_it()}
                </a>
                <Show when=may>
                    <a class="button" href=Route::EditRegime(id).path() data-act="edit-regime">
                        {rules::edit_copy()}
                    </a>
                </Show>
            </PageHead>
            {move || match found.get() {
                Some(version) => content(session, &version),
                None => view! { <Empty title=words::not_found() words=common::not_found_words() /> }
                    .into_any(),
            }}
        </div>
    }
}

/// Marks what the product supplied: a value that a pointer names, or what lies above or below it.
fn mark(regime: &Regime, at: &str) -> Option<AnyView> {
    let below = |place: &str, above: &str| {
        let rest = place.strip_prefix(above);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let mut house = regime.house_defaults.iter();
    let own = house.any(|pointer| below(at, pointer) || below(pointer, at));
    own.then(|| {
        view! { <Badge words=words::house_default() tone=Tone::Quiet glyph=Glyph::Hint /> }
            .into_any()
    })
}

/// A line of the reading, with its mark.
fn line(words: String, mark: Option<AnyView>) -> AnyView {
    view! { <li><span>{words}</span>" "{mark}</li> }.into_any()
}

fn part(title: impl Into<String>, lines: Vec<AnyView>) -> AnyView {
    let title: String = title.into();
    view! { <Panel title=title><ul class="reading">{lines}</ul></Panel> }.into_any()
}

pub(crate) fn percent(share: BasisPoints) -> String {
    let (whole, rest) = (share.0 / 100, share.0 % 100);
    if rest == 0 {
        return whole.to_string();
    }
    format!("{whole}.{rest:02}")
}

fn content(session: Session, version: &RegimeVersion) -> AnyView {
    let regime = version.regime();
    let world = session.world();
    let organisation = world.organisation();
    let used: Vec<String> = order::periods(organisation)
        .into_iter()
        .filter(|period| period.regime == version.id)
        .map(|period| names::period_of(organisation, period.id))
        .collect();
    let facts = [
        (words::period_kind(), kinds(regime)),
        (words::source(), source_words(&regime.source)),
        (words::used_in(), used.join(common::between())),
        (
            words::digest(),
            version.digest.get(..12).unwrap_or_default().to_owned(),
        ),
    ];
    let facts: Vec<_> = facts.map(|(name, value)| (name.to_owned(), value)).to_vec();
    view! {
        <Panel title=words::plan_rules()><Facts facts=facts /></Panel>
        {reading(regime)}
    }
    .into_any()
}

/// What a regime says, block by block, with the marks of what the product supplied.
pub(crate) fn reading(regime: &Regime) -> AnyView {
    let many = regime.cycles.len() > 1;
    let cycles: Vec<AnyView> = regime
        .cycles
        .iter()
        .enumerate()
        .map(|(at, cycle)| {
            let title = |of: &str| {
                if many {
                    common::with_note(of, kind(cycle.kind))
                } else {
                    of.to_owned()
                }
            };
            let at = format!("/cycles/{at}");
            view! {
                {part(title(words::weights()), weights(regime, cycle, &at))}
                {part(title(words::deadlines()), deadlines(regime, cycle, &at))}
                {part(title(words::result()), total::lines(regime, cycle, &at))}
            }
            .into_any()
        })
        .collect();
    view! {
        <div class="columns columns-two">
            <div class="stack">
                {part(words::sections(), sections(regime))}
                {cycles}
            </div>
            <div class="stack">
                {total::methods(regime)}
                {bands(regime)}
                {part(words::lateness(), lateness(regime))}
                {part(words::changes(), changes(regime))}
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

/// The kinds of periods that a regime has, in words.
pub(crate) fn kinds(regime: &Regime) -> String {
    let kinds = regime.cycles.iter().map(|cycle| kind(cycle.kind));
    kinds.collect::<Vec<_>>().join(common::between())
}

fn sections(regime: &Regime) -> Vec<AnyView> {
    let sections = regime.items.sections.iter().enumerate();
    let sections = sections.map(|(place, section)| {
        let name = names::name(&section.name);
        let words = if section.outside {
            common::named(name, words::section_outside())
        } else {
            name.to_owned()
        };
        line(words, mark(regime, &format!("/items/sections/{place}")))
    });
    let mut lines: Vec<AnyView> = sections.collect();
    let required = required(&regime.items.required);
    lines.push(line(
        common::named(words::required(), &required),
        mark(regime, "/items/required"),
    ));
    lines
}

/// The fields that an item needs, in words.
fn required(fields: &[RequiredField]) -> String {
    let words: Vec<&str> = fields
        .iter()
        .map(|field| match field {
            RequiredField::Responsible => plan::responsible(),
            RequiredField::Due => plan::due(),
            RequiredField::Deliverable => plan::deliverable(),
            RequiredField::Standard => plan::standard(),
            RequiredField::Target => plan::target(),
            RequiredField::Weight => plan::weight(),
            RequiredField::Rule => plan::rule(),
            RequiredField::Helpers => plan::helper(),
            RequiredField::Scheme => words::field_scheme(),
            RequiredField::HelpersConsent => words::field_consent(),
            RequiredField::Source => words::field_source(),
            RequiredField::Category => words::field_category(),
            RequiredField::Importance => words::field_importance(),
        })
        .collect();
    if words.is_empty() {
        return words::nothing_required().to_owned();
    }
    words.join(common::between())
}

fn weights(regime: &Regime, cycle: &Cycle, at: &str) -> Vec<AnyView> {
    let total = cycle.weights.total.to_string();
    let weights = match cycle.weights.per {
        WeightsPer::Plan => words::weights_plan(&total),
        WeightsPer::Section => words::weights_section(&total),
        WeightsPer::Free => words::weights_free().to_owned(),
    };
    let outside = regime.rules(cycle.kind).and_then(Rules::outside);
    let bonus = match outside {
        Some(points) => words::most_bonus(&points.to_string()),
        None => words::no_bonus().to_owned(),
    };
    vec![
        line(weights, mark(regime, &format!("{at}/weights"))),
        line(common::named(words::bonus(), &bonus), None),
    ]
}

fn deadlines(regime: &Regime, cycle: &Cycle, at: &str) -> Vec<AnyView> {
    let deadlines = cycle.deadlines.iter().enumerate();
    deadlines
        .map(|(place, deadline)| {
            let words = common::named(&step(regime, &deadline.step), &when(deadline));
            line(words, mark(regime, &format!("{at}/deadlines/{place}")))
        })
        .collect()
}

/// A step in words; a signing step goes by its own name.
pub(crate) fn step(regime: &Regime, step: &PlanStep) -> String {
    let words = match step {
        PlanStep::Submission => step_words(DeadlineStep::Submission),
        PlanStep::SelfScore => step_words(DeadlineStep::SelfScore),
        PlanStep::SuperiorScore => step_words(DeadlineStep::SuperiorScore),
        PlanStep::Filing => step_words(DeadlineStep::Filing),
        PlanStep::Countersign => words::step_countersign(),
        PlanStep::Approval => words::step_approval(),
        PlanStep::Issue => words::step_issue(),
        PlanStep::SelfReview => words::step_self_review(),
        PlanStep::Publication => words::step_publication(),
        PlanStep::Payroll => words::step_payroll(),
        PlanStep::Sign(key) => {
            let signing = &regime.signing;
            let mut steps = signing
                .plan
                .iter()
                .chain(&signing.change)
                .chain(&signing.result);
            let found = steps.find(|one| one.key == *key);
            return found.map_or_else(|| key.clone(), |one| names::name(&one.name).to_owned());
        }
    };
    words.to_owned()
}

fn when(deadline: &Deadline) -> String {
    let time = match deadline.minute {
        Some(minute) => format!("{:02}:{:02}", minute / 60, minute % 60),
        None => words::close_of_work().to_owned(),
    };
    let around = |around: Around| match around {
        Around::Before => words::cycle_before(),
        Around::Within => words::cycle_within(),
        Around::After => words::cycle_after(),
    };
    let day = match &deadline.on {
        On::DayOfMonth { month, day } => {
            let month = match month {
                DeadlineMonth::Before => words::month_before(),
                DeadlineMonth::Within => words::month_within(),
                DeadlineMonth::After => words::month_after(),
            };
            words::on_day(month, &day.to_string(), &time)
        }
        On::DayOfYear { year, month, day } => {
            words::on_date(around(*year), &format!("{month:02}-{day:02}"), &time)
        }
        On::Weekday { week, day } => words::on_weekday(around(*week), &day.to_string(), &time),
        On::WorkingDay { of, nth } => words::on_working_day(around(*of), &nth.to_string(), &time),
        On::After { span, .. } => {
            let (count, unit) = match span {
                Span::WorkingDays(days) => (days, words::working_days()),
                Span::Days(days) => (days, words::calendar_days()),
                Span::WorkingHours(hours) => (hours, words::working_hours()),
                Span::ClockHours(hours) => (hours, words::clock_hours()),
            };
            words::on_after(&count.to_string(), unit)
        }
    };
    let shift = match deadline.shift {
        Shift::Back => words::shift_back(),
        Shift::Forward => words::shift_forward(),
        Shift::Stay => words::shift_stay(),
    };
    common::both(&day, shift)
}

/// Somebody whom a regime names, in words.
pub(crate) fn who(regime: &Regime, who: &Who) -> String {
    let words = match who {
        Who::Owner => words::who_owner(),
        Who::Responsible => plan::responsible(),
        Who::Head => words::who_head(),
        Who::Superior => words::who_superior(),
        Who::IndirectSuperior => words::who_indirect(),
        Who::Helpers => plan::helper(),
        Who::PlanOffice => words::who_office(),
        Who::Personnel => words::who_personnel(),
        Who::Payroll => words::who_payroll(),
        Who::Role(key) => {
            let role = regime.roles.iter().find(|role| role.key == *key);
            return role.map_or_else(|| key.clone(), |role| names::name(&role.name).to_owned());
        }
    };
    words.to_owned()
}

fn lateness(regime: &Regime) -> Vec<AnyView> {
    let lateness = &regime.lateness;
    let words = if lateness.receipt_only {
        words::receipt_only().to_owned()
    } else {
        let decider = words::decided_by(&who(regime, &lateness.decider));
        words::grace(&(lateness.grace_minutes / 60).to_string(), &decider)
    };
    vec![line(words, mark(regime, "/lateness"))]
}

fn changes(regime: &Regime) -> Vec<AnyView> {
    let changes = &regime.changes;
    let window = match changes.window {
        // Until no day before it is until the day itself.
        Window::Until { days: 0 } | Window::Always => words::free_always().to_owned(),
        Window::Until { days } => words::free_until(&days.to_string()),
        Window::OnlyWithin { days } => words::free_within(&days.to_string()),
    };
    let after = match &changes.after_due {
        AfterDue::ForceMajeure { by } => words::force_majeure(&who(regime, by)),
        AfterDue::Refused => words::no_force_majeure().to_owned(),
    };
    vec![
        line(window, mark(regime, "/changes/window")),
        line(after, mark(regime, "/changes/after_due")),
    ]
}

fn bands(regime: &Regime) -> AnyView {
    let columns = vec![
        (words::band().to_owned(), false),
        (words::band_from().to_owned(), true),
        (words::coefficient().to_owned(), true),
    ];
    let name = |name| names::name(name).to_owned();
    let rows: Vec<(String, String, String)> = match &regime.grades.by {
        GradeBy::Points { bands, .. } => bands
            .iter()
            .map(|band| {
                let coefficient = band.coefficient.to_string();
                (name(&band.name), band.from.to_string(), coefficient)
            })
            .collect(),
        GradeBy::Decided { levels, .. } => levels
            .iter()
            .map(|level| {
                let coefficient = level.coefficient.to_string();
                (name(&level.name), words::decided().to_owned(), coefficient)
            })
            .collect(),
        GradeBy::None {} => return ().into_any(),
    };
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(name, from, coefficient)| {
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td class="cell-figure" data-label=words::band_from()>{from}</td>
                    <td class="cell-figure" data-label=words::coefficient()>{coefficient}</td>
                </tr>
            }
        })
        .collect();
    let house = mark(regime, "/grades/by");
    view! {
        <Panel title=words::bands()>
            <div class="row">{house}</div>
            <Table caption=words::bands() columns=columns><tbody>{rows}</tbody></Table>
        </Panel>
    }
    .into_any()
}

fn people(regime: &Regime) -> Vec<AnyView> {
    let people = &regime.people;
    let house = |field: &str| mark(regime, &format!("/people/{field}"));
    let objection = regime.after.objection.days.to_string();
    let missing = words::paid_provisional(&people.provisional.to_string());
    let (share, coefficient) = (percent(people.absent_share), people.not_assessed);
    vec![
        line(
            words::absent(&share, &coefficient.to_string()),
            house("absent_share"),
        ),
        line(
            words::parts(&people.least_days.to_string()),
            house("least_days"),
        ),
        line(
            common::named(words::provisional(), &missing),
            house("provisional"),
        ),
        line(
            common::named(words::objection(), &words::objection_days(&objection)),
            mark(regime, "/after/objection/days"),
        ),
        line(
            match regime.money.floating_share {
                BasisPoints(0) => words::floats_nothing().to_owned(),
                share => words::floats(&percent(share)),
            },
            mark(regime, "/money/floating_share"),
        ),
    ]
}
