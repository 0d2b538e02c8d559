//! Rules of what is neither scored nor typed as points: numbers of indicators, and grades by decision.
//!
//! Nobody enters or gives either for himself or herself.

use std::collections::BTreeSet;

use crate::change::Change;
use crate::command::grade::{EnterIndicator, GiveGrade};
use crate::given_grade::{GivenGrade, GradeStated};
use crate::id::PersonId;
use crate::indicator::IndicatorValue;
use crate::permission;
use crate::plan::{Plan, PlanState};
use crate::quantity::Quantity;
use crate::refusal::Refusal;
use crate::regime::curve::Measure;
use crate::regime::grades::GradeBy;
use crate::regime::who::Who;
use crate::result::engine_3;
use crate::row::Row;
use crate::world::{Case, PlanDocument, Stop};

use super::rating::{unchanged, unknown};
use super::{MOST_TEXT, allow, fits, in_state, period_of, within};

/// The largest number that is entered, in ten-thousandths; the arithmetic holds its products.
const MOST: i64 = 100_000_000_000_000;

pub(super) fn enter(case: &Case<'_>, args: &EnterIndicator) -> Result<Vec<Change>, Stop> {
    let (plan, document) = case.plan(args.plan)?;
    let (period, rules) = period_of(case, plan)?;
    let (organisation, today) = (case.organisation(), case.today());
    allow(permission::may_enter_indicator(
        organisation,
        case.actor,
        plan,
        today,
    ))?;
    in_state(plan, &[PlanState::Approved])?;
    let program = engine_3::compile(rules.regime, period.kind).ok();
    let named =
        |measure: &Measure| matches!(measure, Measure::Indicator(key) if *key == args.indicator);
    if !program.is_some_and(|program| program.measured().iter().any(named)) {
        return Err(unknown("indicator", &args.indicator).into());
    }
    let value = |reading| IndicatorValue {
        plan: plan.id,
        indicator: args.indicator.clone(),
        reading,
        by: case.actor,
        note: args.note.trim().to_owned(),
        times: case.moment.times(),
    };
    let mut values = document.indicators.values();
    let current = values.find(|value| value.indicator == args.indicator);
    let standing = current.map(|value| value.reading);
    let (old, new) = (args.reading.old.as_ref(), args.reading.new.as_ref());
    unchanged("reading", standing, old, new)?;
    let Some(reading) = args.reading.new else {
        let remove = |value: &IndicatorValue| Change::Remove {
            key: Row::IndicatorValue(value.clone()).key(),
            document: Some(plan.id),
        };
        return Ok(current.map(remove).into_iter().collect());
    };
    fits("note", args.note.trim(), MOST_TEXT)?;
    within(
        "reached",
        &reading.reached,
        &Quantity(-MOST),
        &Quantity(MOST),
    )?;
    if let Some(target) = &reading.target {
        within("target", target, &Quantity(1), &Quantity(MOST))?;
    }
    let value = value(reading);
    let same = |one: &IndicatorValue| one.reading == value.reading && one.note == value.note;
    if current.is_some_and(same) {
        return Ok(Vec::new());
    }
    Ok(vec![Change::put(Row::IndicatorValue(value))])
}

pub(super) fn give(case: &Case<'_>, args: &GiveGrade) -> Result<Vec<Change>, Stop> {
    let (plan, document) = case.plan(args.plan)?;
    let (_, rules) = period_of(case, plan)?;
    let GradeBy::Decided {
        levels,
        by,
        proposed_by,
    } = &rules.regime.grades.by
    else {
        return Err(Refusal::NothingToDecide.into());
    };
    if rules.cycle.ungraded {
        return Err(Refusal::NothingToDecide.into());
    }
    let (organisation, today) = (case.organisation(), case.today());
    let named = if args.decided { by } else { proposed_by };
    let on = (plan, document);
    let may = permission::may_give_grade(organisation, named, case.actor, on, today);
    allow(may)?;
    in_state(plan, &[PlanState::Approved])?;
    let current = document.grade.as_ref();
    if !args.decided && current.is_some_and(|grade| grade.decided.is_some()) {
        return Err(Refusal::already_exists("decision").into());
    }
    let stated = current.and_then(|grade| {
        let of = if args.decided {
            &grade.decided
        } else {
            &grade.proposed
        };
        of.as_ref()
    });
    let standing = stated.map(|stated| stated.level.clone());
    let (old, new) = (args.level.old.as_ref(), args.level.new.as_ref());
    unchanged("level", standing, old, new)?;
    let reason = args.reason.trim();
    fits("reason", reason, MOST_TEXT)?;
    if let Some(level) = new
        && !levels.iter().any(|one| one.key == *level)
    {
        return Err(unknown("level", level).into());
    }
    let same = |one: &&GradeStated| Some(&one.level) == new && one.reason == reason;
    if stated.is_some_and(|one| same(&one)) || (stated.is_none() && new.is_none()) {
        return Ok(Vec::new());
    }
    let judge = permission::judge_of(organisation, plan, today);
    let judge = judge.ok_or(Refusal::NoSuperior { owner: plan.owner })?;
    let mut grade = GivenGrade {
        plan: plan.id,
        judge,
        deciders: seeing(case, on, [by, proposed_by]),
        proposed: current.and_then(|grade| grade.proposed.clone()),
        decided: current.and_then(|grade| grade.decided.clone()),
    };
    let stated = new.map(|level| GradeStated {
        level: level.clone(),
        by: case.actor,
        reason: reason.to_owned(),
        times: case.moment.times(),
    });
    if args.decided {
        grade.decided = stated;
    } else {
        grade.proposed = stated;
    }
    Ok(vec![Change::put(Row::GivenGrade(Box::new(grade)))])
}

/// Those who propose and those who decide today: who proposes sees what became of it.
fn seeing(case: &Case<'_>, on: (&Plan, &PlanDocument), named: [&Vec<Who>; 2]) -> Vec<PersonId> {
    let (organisation, today) = (case.organisation(), case.today());
    let named = named.into_iter();
    let people = named.flat_map(|named| permission::graders(organisation, named, on, today));
    let people: BTreeSet<PersonId> = people.collect();
    people.into_iter().collect()
}
