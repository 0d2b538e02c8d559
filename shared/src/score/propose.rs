//! Proposals: what an item's target, scoring rule and reports suggest; the judge decides.
//!
//! What is owed per day, week or month is counted from the unit's calendar and the person's
//! attendance: leave to which somebody is entitled lowers it and moves due days, no other does.

use chrono::{Datelike, Days, Weekday};

use super::{Judgement, due_in_force};
use crate::calendar::WorkDays;
use crate::deadline::extended_due;
use crate::document::PlanDocument;
use crate::id::{PersonId, UnitId};
use crate::item::{Deduction, Item, TargetKind};
use crate::moment::Day;
use crate::organisation::Organisation;
use crate::period::{Period, PeriodKind};
use crate::plan::Plan;
use crate::quantity::{Points, Quantity};
use crate::regime::Rules;
use crate::regime::judging::Scoring;
use crate::report::{Report, ReportKind};
use crate::result::facts::is_number;

/// One unit of measure, in ten-thousandths.
const ONE: i64 = 10_000;

/// Every number of working days of a week divides this.
const WEEKS: i128 = 420;

/// What is proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proposed {
    /// Nothing was done, and the due day has passed.
    NotCarriedOut,
    /// Carried out, with this efficiency level; the quality is the judge's.
    Efficiency(String),
    /// So many points.
    Points(Points),
    /// Carried out; what it gives follows from the facts that stand beside it.
    Whole,
}

/// A proposal with the figures that lead to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// What is proposed.
    pub proposed: Proposed,
    /// The due day that counts, moved by leave to which the person is entitled.
    pub due: Option<Day>,
    /// What was to be reached.
    pub expected: Option<Quantity>,
    /// What was reached.
    pub reached: Option<Quantity>,
    /// Steps short of it; days late, where a day is what is counted.
    pub steps: i64,
}

impl Proposal {
    /// The efficiency level that is proposed, where it is one.
    pub fn efficiency(&self) -> Option<&str> {
        match &self.proposed {
            Proposed::Efficiency(level) => Some(level),
            Proposed::NotCarriedOut | Proposed::Points(_) | Proposed::Whole => None,
        }
    }

    /// The judgement that is proposed, where it is a whole one.
    pub fn judgement(&self) -> Option<Judgement> {
        match self.proposed {
            Proposed::NotCarriedOut => Some(Judgement::NotCarriedOut),
            Proposed::Points(points) => Some(Judgement::points(points)),
            Proposed::Efficiency(_) | Proposed::Whole => None,
        }
    }
}

/// What is known of an item when a score is proposed.
struct Known<'k> {
    organisation: &'k Organisation,
    period: &'k Period,
    rules: Rules<'k>,
    unit: UnitId,
    person: PersonId,
    item: &'k Item,
    reports: Vec<&'k Report>,
    due: Option<Day>,
    today: Day,
}

/// Proposes a score of an item on a day; `None` where the rules suggest nothing.
pub fn propose(
    organisation: &Organisation,
    document: &PlanDocument,
    item: &Item,
    today: Day,
) -> Option<Proposal> {
    let plan = document.plan.as_ref()?;
    let period = organisation.periods.get(&plan.period)?;
    let rules = organisation.rules(period)?;
    let counts = |report: &&Report| {
        report.item == item.id && report.confirmed.is_none_or(|confirmed| confirmed.agreed)
    };
    let due = due_in_force(document, item);
    let known = Known {
        organisation,
        period,
        rules,
        unit: plan.unit,
        person: item.responsible.unwrap_or(plan.owner),
        item,
        reports: document.reports.values().filter(counts).collect(),
        due: due.map(|due| extended_due(organisation, plan, item, due, period.from)),
        today,
    };
    match &rules.method(item)?.scoring {
        Scoring::Matrix { on_time, late, .. } => known.by_matrix(on_time, late),
        Scoring::OwnRule {} => known.by_points(),
        Scoring::Levels { .. }
        | Scoring::Typed {}
        | Scoring::Whole {}
        | Scoring::Reached { .. } => known.by_facts(),
    }
}

/// What a target per day, week or month owes in a period; `None` for every other target.
pub(crate) fn owed(
    organisation: &Organisation,
    plan: &Plan,
    period: &Period,
    rules: Rules<'_>,
    item: &Item,
) -> Option<Quantity> {
    let known = Known {
        organisation,
        period,
        rules,
        unit: plan.unit,
        person: item.responsible.unwrap_or(plan.owner),
        item,
        reports: Vec::new(),
        due: None,
        today: period.to,
    };
    let kind = item.target.kind;
    let value = item.target.value?;
    let recurs = matches!(
        kind,
        TargetKind::PerDay | TargetKind::PerWeek | TargetKind::PerMonth
    );
    recurs.then(|| known.owed(kind, value))
}

/// The steps that something falls short by, and what they leave of an item's weight.
pub fn deducted(weight: Points, short: Quantity, rule: &Deduction) -> (i64, Points) {
    if short.0 <= 0 || rule.per.0 <= 0 {
        return (0, weight);
    }
    let whole = short.0.div_euclid(rule.per.0);
    let begun = rule.started && short.0.rem_euclid(rule.per.0) > 0;
    let steps = whole + i64::from(begun);
    let off = steps.saturating_mul(rule.points.0);
    let floor = rule.floor.0.clamp(0, weight.0.max(0));
    (
        steps,
        Points(
            weight
                .0
                .saturating_sub(off)
                .clamp(floor, weight.0.max(floor)),
        ),
    )
}

impl Known<'_> {
    fn days(&self) -> WorkDays<'_> {
        self.organisation.work_days(self.unit)
    }

    fn proposal(&self, proposed: Proposed) -> Proposal {
        Proposal {
            proposed,
            due: self.due,
            expected: None,
            reached: None,
            steps: 0,
        }
    }

    /// The earliest completion, with whether a decision about it says that it was in time.
    fn completion(&self) -> Option<(Day, Option<bool>)> {
        let completions = self.reports.iter();
        let completions = completions.filter(|report| report.kind == ReportKind::Completion);
        let first = completions.min_by_key(|report| (report.happened, report.times.recorded))?;
        let decided = first
            .timed
            .as_ref()
            .and_then(|timed| timed.decided.as_ref());
        Some((first.happened, decided.map(|decided| decided.accepted)))
    }

    /// Proposes zero where nothing was done though the due day has passed.
    fn nothing_done(&self) -> Option<Proposal> {
        let begun =
            |r: &&Report| r.kind == ReportKind::Completion || r.percent > 0 || r.quantity.is_some();
        let (_, last) = self.rules.assessed_days(self.period);
        let passed = self.today > self.due.unwrap_or(last);
        let none = !self.reports.iter().any(begun);
        (passed && none).then(|| self.proposal(Proposed::NotCarriedOut))
    }

    fn by_matrix(&self, on_time: &str, late: &str) -> Option<Proposal> {
        let Some((happened, decided)) = self.completion() else {
            return self.nothing_done();
        };
        let in_time = match decided {
            Some(accepted) => accepted,
            None => happened <= self.due?,
        };
        let level = if in_time { on_time } else { late };
        Some(self.proposal(Proposed::Efficiency(level.to_owned())))
    }

    /// What was to be reached and what was, or by how many days a completion is late.
    fn by_facts(&self) -> Option<Proposal> {
        let whole = || self.proposal(Proposed::Whole);
        if let (true, Some(value)) = (is_number(self.item.target.kind), self.item.target.value) {
            let (expected, reached) = self.counted(value)?;
            return Some(Proposal {
                expected: Some(expected),
                reached: Some(reached),
                ..whole()
            });
        }
        let Some((happened, decided)) = self.completion() else {
            return self.nothing_done();
        };
        let days = self.due.map_or(0, |due| (happened - due).num_days().max(0));
        let steps = if decided == Some(true) { 0 } else { days };
        Some(Proposal { steps, ..whole() })
    }

    /// What a number was to reach, and what was reported of it.
    fn counted(&self, value: Quantity) -> Option<(Quantity, Quantity)> {
        let kind = self.item.target.kind;
        let recurs = matches!(
            kind,
            TargetKind::PerDay | TargetKind::PerWeek | TargetKind::PerMonth
        );
        if recurs {
            let events = self.reports.iter().map(|r| r.quantity.map_or(ONE, |q| q.0));
            let reached = events.fold(0, i64::saturating_add);
            return Some((self.owed(kind, value), Quantity(reached)));
        }
        let last = self.reports.iter().filter(|r| r.quantity.is_some());
        let last = last.max_by_key(|r| (r.happened, r.times.recorded, r.id))?;
        Some((value, last.quantity?))
    }

    fn by_points(&self) -> Option<Proposal> {
        let target = &self.item.target;
        let Some(value) = target.value else {
            return self.by_days();
        };
        match target.kind {
            TargetKind::Done | TargetKind::Date | TargetKind::Milestone => self.by_days(),
            TargetKind::Count
            | TargetKind::Rate
            | TargetKind::Higher
            | TargetKind::Lower
            | TargetKind::Within => {
                let last = self.reports.iter().filter(|r| r.quantity.is_some());
                let last = last.max_by_key(|r| (r.happened, r.times.recorded, r.id));
                let Some(reached) = last.and_then(|report| report.quantity) else {
                    return self.nothing_done();
                };
                self.by_shortfall(value, reached)
            }
            TargetKind::PerDay | TargetKind::PerWeek | TargetKind::PerMonth => {
                let expected = self.owed(target.kind, value);
                if expected == Quantity(0) {
                    return None;
                }
                // Each report is one event unless it says how many.
                let events = self.reports.iter().map(|r| r.quantity.map_or(ONE, |q| q.0));
                let reached = Quantity(events.fold(0, i64::saturating_add));
                self.by_shortfall(expected, reached)
            }
        }
    }

    /// A day late is a step, where a completion by a day is what counts.
    fn by_days(&self) -> Option<Proposal> {
        let Some((happened, decided)) = self.completion() else {
            return self.nothing_done();
        };
        let weight = self.item.weight;
        let whole = || self.proposal(Proposed::Points(weight));
        let Some(due) = self.due else {
            return Some(whole());
        };
        if happened <= due || decided == Some(true) {
            return Some(whole());
        }
        let days = happened.signed_duration_since(due).num_days();
        let late = Quantity(days.saturating_mul(ONE));
        let rule = self.item.deduction.as_ref()?;
        let (steps, points) = deducted(weight, late, rule);
        Some(Proposal {
            steps,
            ..self.proposal(Proposed::Points(points))
        })
    }

    fn by_shortfall(&self, expected: Quantity, reached: Quantity) -> Option<Proposal> {
        let short = match self.item.target.kind {
            TargetKind::Lower => reached.0.saturating_sub(expected.0),
            TargetKind::Within => {
                let off = reached.0.saturating_sub(expected.0).saturating_abs();
                let tolerance = self.item.target.tolerance.unwrap_or_default();
                off.saturating_sub(tolerance.0)
            }
            _ => expected.0.saturating_sub(reached.0),
        };
        let weight = self.item.weight;
        let (steps, points) = match &self.item.deduction {
            _ if short <= 0 => (0, weight),
            Some(rule) => deducted(weight, Quantity(short), rule),
            // How much a shortfall costs is the judge's, where no rule says it.
            None => return None,
        };
        Some(Proposal {
            expected: Some(expected),
            reached: Some(reached),
            steps,
            ..self.proposal(Proposed::Points(points))
        })
    }

    /// How many events are owed in the assessed days, rounded down to a ten-thousandth.
    fn owed(&self, kind: TargetKind, value: Quantity) -> Quantity {
        let (from, to) = self.rules.assessed_days(self.period);
        let (over, under) = match kind {
            TargetKind::PerWeek => (self.owed_weeks(from, to), WEEKS),
            TargetKind::PerMonth => {
                let (owed, working) = self.attended(from, to);
                (i128::from(owed) * self.months(), i128::from(working.max(1)))
            }
            _ => (self.attended(from, to).0.into(), 1),
        };
        let owed = i128::from(value.0.max(0)) * over / under;
        Quantity(i64::try_from(owed).unwrap_or(i64::MAX))
    }

    /// Working days that the person owes, of the unit's. Who has no post in the unit owes them all.
    fn attended(&self, from: Day, to: Day) -> (u32, u32) {
        let counted = self
            .organisation
            .attendance(self.person, self.unit, from, to);
        let (first, last) = self.rules.assessed_days(self.period);
        let posts = self.organisation.stays(self.person, first, last);
        if posts.iter().any(|stay| stay.unit == self.unit) {
            (counted.owed(), counted.working)
        } else {
            (counted.working, counted.working)
        }
    }

    /// The weeks that are owed, in parts of [`WEEKS`]: each by its working days in the span that
    /// the person owes, of all the week's.
    fn owed_weeks(&self, from: Day, to: Day) -> i128 {
        let days = self.days();
        let mut owed = 0;
        let mut monday = from.week(Weekday::Mon).first_day();
        while monday <= to {
            let Some(sunday) = monday.checked_add_days(Days::new(6)) else {
                break;
            };
            let working = days.count(monday, sunday).value;
            if working > 0 {
                let (attended, _) = self.attended(from.max(monday), to.min(sunday));
                owed += i128::from(attended) * WEEKS / i128::from(working);
            }
            let Some(next) = sunday.succ_opt() else {
                break;
            };
            monday = next;
        }
        owed
    }

    fn months(&self) -> i128 {
        match self.period.kind {
            PeriodKind::Day | PeriodKind::Week | PeriodKind::Month => 1,
            PeriodKind::Quarter => 3,
            PeriodKind::HalfYear => 6,
            PeriodKind::Year => 12,
            PeriodKind::Custom => {
                let month = |day: Day| i128::from(day.year()) * 12 + i128::from(day.month());
                month(self.period.to) - month(self.period.from) + 1
            }
        }
    }
}
