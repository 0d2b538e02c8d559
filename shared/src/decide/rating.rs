//! Rules of rating by others than the superior alone, and of points that are typed for parts.
//!
//! The regime says who rates; the one who is meant today may, and changes only what is his or hers.

use crate::change::Change;
use crate::command::review::{ScoreAs, ScorePart};
use crate::id::PersonId;
use crate::part_score::{PartScore, RaterScore};
use crate::permission;
use crate::plan::{Plan, PlanState};
use crate::quantity::Points;
use crate::refusal::Refusal;
use crate::regime::Rules;
use crate::regime::charge::Counted;
use crate::regime::judging::Rater;
use crate::regime::total::{Part, Source};
use crate::regime::who::Who;
use crate::row::Row;
use crate::score::{self, Score};
use crate::who;
use crate::world::{Case, PlanDocument, Stop};

use super::review::judging;
use super::{MOST_TEXT, allow, fits, in_state, period_of};

pub(super) fn score_part(case: &Case<'_>, args: &ScorePart) -> Result<Vec<Change>, Stop> {
    let (plan, document) = case.plan(args.plan)?;
    let (_, rules) = period_of(case, plan)?;
    let rater = rater(rules, &args.rater)?;
    let judge = may_rate(case, (plan, document), rater)?;
    in_state(plan, &[PlanState::Approved])?;
    let bounds = bounds(rules, &args.part, &args.criterion)?;
    let score = |points| PartScore {
        plan: plan.id,
        part: args.part.clone(),
        criterion: args.criterion.clone(),
        rater: rater.key.clone(),
        by: case.actor,
        judge,
        points,
        note: args.note.clone(),
        times: case.moment.times(),
    };
    let current = document.part_scores.get(&score(Points(0)).bits());
    let standing = current.map(|score| score.points);
    let (old, new) = (args.points.old.as_ref(), args.points.new.as_ref());
    unchanged("judgement", standing, old, new)?;
    let Some(points) = args.points.new else {
        let remove = |score: &PartScore| Change::Remove {
            key: Row::PartScore(score.clone()).key(),
            document: Some(plan.id),
        };
        return Ok(current.map(remove).into_iter().collect());
    };
    fits("note", &args.note, MOST_TEXT)?;
    score::within(points, bounds)?;
    let same = |score: &PartScore| score.points == points && score.note == args.note;
    if current.is_some_and(same) {
        return Ok(Vec::new());
    }
    Ok(vec![Change::put(Row::PartScore(score(points)))])
}

pub(super) fn score_as(case: &Case<'_>, args: &ScoreAs) -> Result<Vec<Change>, Stop> {
    let (plan, document) = case.plan(args.plan)?;
    let (_, rules) = period_of(case, plan)?;
    let rater = rater(rules, &args.rater)?;
    // The responsible person and the superior have scores of their own.
    if matches!(rater.by, Who::Responsible | Who::Superior) {
        return Err(unknown("rater", &args.rater).into());
    }
    let judge = may_rate(case, (plan, document), rater)?;
    let item = case.item(document, args.item)?;
    in_state(plan, &[PlanState::Approved])?;
    if !rules.is_rated(rater, item) {
        return Err(unknown("item", &item.id.to_string()).into());
    }
    let given = |judgement| RaterScore {
        rater: rater.key.clone(),
        score: Score {
            plan: plan.id,
            item: item.id,
            by: case.actor,
            judge,
            judgement,
            note: args.note.clone(),
            times: case.moment.times(),
            on_behalf: false,
            timed: None,
        },
    };
    let key = given(score::Judgement::NotCarriedOut).bits();
    let current = document.rater_scores.get(&key);
    let standing = current.map(|one| one.score.judgement.clone());
    let (old, new) = (args.judgement.old.as_ref(), args.judgement.new.as_ref());
    unchanged("judgement", standing, old, new)?;
    let Some(judgement) = &args.judgement.new else {
        let remove = |one: &RaterScore| Change::Remove {
            key: Row::RaterScore(one.clone()).key(),
            document: Some(plan.id),
        };
        return Ok(current.map(remove).into_iter().collect());
    };
    fits("note", &args.note, MOST_TEXT)?;
    score::check(rules, item, judgement)?;
    let same = |one: &RaterScore| one.score.judgement == *judgement && one.score.note == args.note;
    if current.is_some_and(same) {
        return Ok(Vec::new());
    }
    Ok(vec![Change::put(Row::RaterScore(given(judgement.clone())))])
}

pub(super) fn unknown(field: &str, given: &str) -> Refusal {
    Refusal::UnknownValue {
        field: field.to_owned(),
        given: given.to_owned(),
    }
}

fn rater<'r>(rules: Rules<'r>, key: &str) -> Result<&'r Rater, Refusal> {
    let mut raters = rules.regime.judging.raters.iter();
    let found = raters.find(|rater| rater.key == key);
    found.ok_or_else(|| unknown("rater", key))
}

/// Refuses who is not meant by a rater today; gives the superior with whom the score stands.
fn may_rate(
    case: &Case<'_>,
    (plan, document): (&Plan, &PlanDocument),
    rater: &Rater,
) -> Result<PersonId, Stop> {
    if rater.by == Who::Superior {
        judging(case, plan)?;
        return Ok(case.actor);
    }
    let organisation = case.organisation();
    let today = case.today();
    let of = std::slice::from_ref(&rater.by);
    let items = document.items.values();
    allow(who::is_one(
        organisation,
        of,
        case.actor,
        (plan, items),
        today,
    ))?;
    let judge = permission::judge_of(organisation, plan, today);
    judge.ok_or_else(|| Refusal::NoSuperior { owner: plan.owner }.into())
}

/// The least and the most points of a criterion or a typed charge of a part; nothing is always fit.
fn bounds(rules: Rules<'_>, part: &str, criterion: &str) -> Result<(Points, Points), Refusal> {
    let found = rules.part(part).ok_or_else(|| unknown("part", part))?;
    let Part { source, .. } = found;
    let bounds = match source {
        Source::Typed { criteria } => {
            let mut criteria = criteria.iter();
            criteria
                .find(|one| one.key == criterion)
                .map(|one| (Points(0), one.points))
        }
        Source::Charges { charges, .. } => {
            let charge = charges.iter().find(|one| one.key == criterion);
            let typed = charge.filter(|one| one.counted == Counted::Typed {});
            typed.map(|one| (one.least_typed(), one.most_typed()))
        }
        _ => None,
    };
    bounds.ok_or_else(|| unknown("criterion", criterion))
}

/// Refuses an edit of a value that is neither what the person saw nor what it shall be.
pub(super) fn unchanged<T: PartialEq + serde::Serialize>(
    field: &str,
    current: Option<T>,
    old: Option<&T>,
    new: Option<&T>,
) -> Result<(), Stop> {
    if current.as_ref() == old || current.as_ref() == new {
        return Ok(());
    }
    let current = serde_json::to_value(current).expect("a field of the domain serialises");
    Err(Refusal::ChangedMeanwhile {
        item: None,
        field: field.to_owned(),
        current,
    }
    .into())
}
