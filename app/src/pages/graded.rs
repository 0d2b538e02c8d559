//! What is neither scored nor typed: numbers of indicators, and the grade that is given by decision.
//!
//! Shown where the plan is read and where it is judged; who may not enter it sees what stands.

use leptos::prelude::*;
use shared::command::Command;
use shared::command::grade::{EnterIndicator, GiveGrade};
use shared::given_grade::GradeStated;
use shared::id::PlanId;
use shared::indicator::Reading;
use shared::item::Edit;
use shared::permission;
use shared::plan::PlanState;
use shared::regime::Rules;
use shared::regime::curve::Measure;
use shared::regime::grades::GradeBy;
use shared::regime::total::{Parts, Source};
use shared::regime::who::Who;
use shared::world::World;

use crate::components::{Panel, Pick};
use crate::i18n::{cohort as words, names};
use crate::pages::form::{Ask, Entry, Form, Sheet, SheetView};
use crate::pages::plan::rules_of;
use crate::session::Session;

/// The panels; nothing where the regime knows neither, and before the plan stands.
#[component]
pub(crate) fn Graded(
    /// The plan.
    id: PlanId,
) -> impl IntoView {
    let session = Session::here();
    let sheet = Sheet::provide();
    let panels = move || {
        let world = session.world();
        let plan = world.document(id)?.plan.as_ref()?;
        let rules = rules_of(&world, plan).filter(|_| plan.binds())?;
        let indicators = indicators(session, sheet, &world, id, rules);
        let grade = grade(session, sheet, &world, id, rules);
        if indicators.is_none() && grade.is_none() {
            return None;
        }
        Some(view! {
            <div class="stack" data-part="graded">
                {indicators}
                {grade}
            </div>
        })
    };
    // Data that arrive draw the panels anew, and leave alone what is being typed.
    view! {
        {panels}
        <SheetView sheet=sheet />
    }
}

/// Keys of the indicators of a cycle, each with the name of the part that it gives.
fn named(parts: &Parts, found: &mut Vec<(String, String)>) {
    for part in &parts.list {
        match &part.source {
            Source::Measured {
                of: Measure::Indicator(key),
                ..
            } if !found.iter().any(|(one, _)| one == key) => {
                found.push((key.clone(), names::name(&part.name).to_owned()));
            }
            Source::Parts(parts) => named(parts, found),
            _ => {}
        }
    }
}

fn indicators(
    session: Session,
    sheet: Sheet,
    world: &World,
    id: PlanId,
    rules: Rules<'_>,
) -> Option<AnyView> {
    let mut found = Vec::new();
    let total = rules.cycle.total.as_ref()?;
    named(&total.parts, &mut found);
    if found.is_empty() {
        return None;
    }
    let document = world.document(id)?;
    let plan = document.plan.as_ref()?;
    let (organisation, today) = (world.organisation(), session.today());
    let may = plan.state == PlanState::Approved
        && permission::may_enter_indicator(organisation, session.person(), plan, today);
    let lines = found.into_iter().map(|(key, name)| {
        let mut values = document.indicators.values();
        let value = values.find(|value| value.indicator == key);
        let said = value.map_or_else(
            || words::not_entered().to_owned(),
            |value| {
                let Reading { reached, target } = value.reading;
                match target {
                    Some(target) => words::reading(&reached.to_string(), &target.to_string()),
                    None => reached.to_string(),
                }
            },
        );
        let note = value
            .map(|value| value.note.clone())
            .filter(|note| !note.is_empty());
        let old = value.map(|value| (value.reading, value.note.clone()));
        let (label, item) = (name.clone(), key.clone());
        let act = may.then(|| {
            sheet.small("enter-indicator", words::enter(), move || {
                enter(id, &key, &label, old.clone())
            })
        });
        view! {
            <li data-item=item>
                <div class="list-line">
                    <span class="stack-tight">
                        <span class="list-title">{name}</span>
                        <span class="list-more">
                            <span class="figure">{said}</span>
                            {note.map(|note| view! { <span>{note}</span> })}
                        </span>
                    </span>
                    {act}
                </div>
            </li>
        }
    });
    let lines: Vec<_> = lines.collect();
    let hint = (!may).then(|| view! { <p class="faint">{words::indicators_words()}</p> });
    Some(
        view! {
            <Panel title=words::indicators()>
                {hint}
                <ul class="list" data-list="indicators">{lines}</ul>
            </Panel>
        }
        .into_any(),
    )
}

/// The form that enters a number.
fn enter(plan: PlanId, indicator: &str, name: &str, old: Option<(Reading, String)>) -> Form {
    let (reading, note) = old.map_or((None, String::new()), |(reading, note)| {
        (Some(reading), note)
    });
    let figure = |figure: Option<shared::quantity::Quantity>| {
        figure.map(|figure| figure.to_string()).unwrap_or_default()
    };
    let reached = figure(reading.map(|reading| reading.reached));
    let target = figure(reading.and_then(|reading| reading.target));
    let entries = vec![
        Entry::line("reached", words::reached(), reached),
        Entry::line("target", words::target(), target)
            .optional()
            .hint(words::target_hint()),
        Entry::line("note", words::source(), note).optional(),
    ];
    let indicator = indicator.to_owned();
    let form = Form::new("save-indicator", words::enter(), entries, move |answers| {
        let new = Reading {
            reached: answers.read("reached", words::reached())?,
            target: answers.read_if("target", words::target())?,
        };
        let edit = Edit {
            old: reading,
            new: Some(new),
        };
        Ok(Command::EnterIndicator(EnterIndicator {
            plan,
            indicator: indicator.clone(),
            reading: edit,
            note: answers.text("note"),
        })
        .into())
    });
    form.titled(name.to_owned()).offline()
}

fn grade(
    session: Session,
    sheet: Sheet,
    world: &World,
    id: PlanId,
    rules: Rules<'_>,
) -> Option<AnyView> {
    let GradeBy::Decided {
        levels,
        by,
        proposed_by,
    } = &rules.regime.grades.by
    else {
        return None;
    };
    let document = world.document(id)?;
    let plan = document.plan.as_ref().filter(|_| !rules.cycle.ungraded)?;
    let (organisation, actor) = (world.organisation(), session.person());
    let may = |named: &[Who]| {
        let on = (plan, document);
        plan.state == PlanState::Approved
            && permission::may_give_grade(organisation, named, actor, on, session.today())
    };
    let given = document.grade.as_ref();
    let proposed = given.and_then(|grade| grade.proposed.as_ref());
    let decided = given.and_then(|grade| grade.decided.as_ref());
    let picks: Vec<Pick> = levels
        .iter()
        .map(|level| Pick::new(level.key.clone(), names::name(&level.name)))
        .collect();
    let line = |key: &'static str,
                (label, none): (&'static str, &'static str),
                stated: Option<&GradeStated>,
                act| {
        let said = stated.map_or_else(
            || none.to_owned(),
            |stated| {
                let level = names::grade(rules.regime, &stated.level);
                words::stated(&level, &names::person_of(organisation, stated.by))
            },
        );
        let reason = stated
            .map(|stated| stated.reason.clone())
            .filter(|one| !one.is_empty());
        let act: Option<AnyView> = act;
        view! {
            <li data-item=key>
                <div class="list-line">
                    <span class="stack-tight">
                        <span class="list-title">{label}</span>
                        <span class="list-more">
                            <span>{said}</span>
                            {reason.map(|reason| view! { <span>{reason}</span> })}
                        </span>
                    </span>
                    {act}
                </div>
            </li>
        }
    };
    let act = |decided: bool, stated: Option<&GradeStated>| {
        let (picks, old) = (picks.clone(), stated.cloned());
        let (act, label) = if decided {
            ("decide-grade", words::decide())
        } else {
            ("propose-grade", words::propose())
        };
        sheet.small(act, label, move || give(id, decided, &picks, old.clone()))
    };
    let propose = (decided.is_none() && may(proposed_by)).then(|| act(false, proposed));
    let decide = may(by).then(|| act(true, decided));
    let lines = vec![
        line(
            "proposed",
            (words::proposed(), words::not_proposed()),
            proposed,
            propose,
        ),
        line(
            "decided",
            (words::decided(), words::no_grade()),
            decided,
            decide,
        ),
    ];
    Some(
        view! {
            <Panel title=words::grade()>
                <ul class="list" data-list="grade">{lines}</ul>
            </Panel>
        }
        .into_any(),
    )
}

/// The form that proposes or decides a grade.
fn give(plan: PlanId, decided: bool, picks: &[Pick], old: Option<GradeStated>) -> Form {
    let label = if decided {
        words::decide()
    } else {
        words::propose()
    };
    let (level, reason) = old.map_or((None, String::new()), |old| (Some(old.level), old.reason));
    let mut reasons = Entry::lines("reason", words::reason()).optional();
    if !reason.is_empty() {
        reasons = reasons.hint(reason);
    }
    let value = level.clone().unwrap_or_default();
    let entries = vec![
        Entry::new("level", words::grade(), Ask::Few(picks.to_vec()), value),
        reasons,
    ];
    let form = Form::new("save-grade", label, entries, move |answers| {
        let new = answers.filled("level", words::grade())?;
        Ok(Command::GiveGrade(GiveGrade {
            plan,
            decided,
            level: Edit {
                old: level.clone(),
                new: Some(new),
            },
            reason: answers.text("reason"),
        })
        .into())
    });
    form.offline()
}
