//! Validation of what a regime says about a whole month: deadlines and their order, shares of
//! sections, the assessed range, and what happens to people who are away or to scores that miss.

use super::{Findings, MOST_POINTS, Problem, word};
use crate::deadline::{DeadlineMonth, DeadlineRule, DeadlineStep};
use crate::period::PeriodKind;
use crate::quantity::BasisPoints;
use crate::regime::v1::{AssessedRange, Judging, Regime, WeightsPer};

/// The whole, in basis points.
const WHOLE: BasisPoints = BasisPoints(10_000);

/// The last minute of a day.
const LAST_MINUTE: u32 = 1_439;

pub(super) fn check(findings: &mut Findings, regime: &Regime) {
    check_deadlines(findings, regime);
    check_shares(findings, regime);
    if let Some(range) = &regime.assessed {
        check_range(findings, regime, range);
    }
    if let Some(lateness) = &regime.lateness {
        let grace = lateness.grace_minutes.into();
        // A month: a later claim would meet the next result.
        findings.between("/lateness/grace_minutes", grace, (0, 43_200));
    }
    if let Some(changes) = &regime.changes {
        let days = changes.free_until_days.into();
        findings.between("/changes/free_until_days", days, (0, 366));
    }
    if let Some(part) = &regime.part_period {
        let place = "/part_period/absent_share";
        findings.between(place, part.absent_share.0, (0, WHOLE.0));
        findings.between("/part_period/least_days", part.least_days.into(), (0, 31));
        let place = "/part_period/coefficient";
        findings.between(place, part.coefficient.0, (0, 100_000));
    }
    if let Some(provisional) = regime.provisional {
        findings.between("/provisional", provisional.0, (0, 100_000));
    }
    if let Some(days) = regime.objection_days {
        findings.between("/objection_days", days.into(), (1, 60));
    }
    if let Some(bonus) = regime.bonus {
        findings.between("/bonus", bonus.0, (1, MOST_POINTS.0));
    }
    if regime.judging == (Judging::Tracked {}) {
        let other = || Problem::WithoutUse {
            other: "/judging".to_owned(),
        };
        if regime.bonus.is_some() {
            findings.add("/bonus", other());
        }
        if regime.floating_share != BasisPoints(0) {
            findings.add("/floating_share", other());
        }
    }
}

/// Each step once, at a time that can be, and in the order in which the steps follow each other.
///
/// Only the steps of one period are compared: its plan may well be due inside it, and it may be
/// judged after the next one's plan was handed in.
fn check_deadlines(findings: &mut Findings, regime: &Regime) {
    let place = |at: usize| format!("/deadlines/{at}");
    for (at, rule) in regime.deadlines.iter().enumerate() {
        let day = format!("{}/day_of_month", place(at));
        findings.between(day, rule.day_of_month.into(), (1, 31));
        if let Some(minute) = rule.minute {
            let minute_place = format!("{}/minute", place(at));
            findings.between(minute_place, minute.into(), (0, LAST_MINUTE.into()));
        }
        if regime.deadlines[..at].iter().any(|r| r.step == rule.step) {
            let key = word(&rule.step);
            findings.add(format!("{}/step", place(at)), Problem::DuplicateKey { key });
        }
        if rule.step == DeadlineStep::Submission && contradicts(regime, rule) {
            let other = "/submission".to_owned();
            findings.add(place(at), Problem::Contradicts { other });
        }
        for (earlier, before) in regime.deadlines.iter().enumerate() {
            if before.step < rule.step && when(before) > when(rule) {
                let after = place(earlier);
                findings.add(place(at), Problem::TooEarly { after });
            }
        }
    }
    let judged = |rule: &&DeadlineRule| rule.step != DeadlineStep::Submission;
    if regime.judging == (Judging::Tracked {}) && regime.deadlines.iter().any(|r| judged(&r)) {
        let other = "/judging".to_owned();
        findings.add("/deadlines", Problem::WithoutUse { other });
    }
}

/// Says whether the listed deadline of submission and the older field speak of the same month and
/// yet of different times.
fn contradicts(regime: &Regime, rule: &DeadlineRule) -> bool {
    let older = &regime.submission;
    rule.month == DeadlineMonth::Before
        && (rule.day_of_month != older.day_of_month
            || rule.minute.is_some_and(|minute| minute != older.minute))
}

/// The place of a deadline among those of its period.
fn when(rule: &DeadlineRule) -> (DeadlineMonth, u32, u32) {
    let minute = rule.minute.unwrap_or(LAST_MINUTE);
    (rule.month, rule.day_of_month, minute)
}

/// Sections that are totalled apart have shares that make the whole; others have none.
fn check_shares(findings: &mut Findings, regime: &Regime) {
    let apart = regime.weights.per == WeightsPer::Section;
    let mut sum = 0_i64;
    for (at, section) in regime.sections.iter().enumerate() {
        let place = format!("/sections/{at}/share");
        match section.share {
            Some(share) if apart => {
                findings.between(place, share.0, (1, WHOLE.0));
                sum = sum.saturating_add(share.0);
            }
            Some(_) => {
                let other = "/weights/per".to_owned();
                findings.add(place, Problem::WithoutUse { other });
            }
            None if apart => findings.add(place, Problem::Empty),
            None => {}
        }
    }
    let all = regime
        .sections
        .iter()
        .all(|section| section.share.is_some());
    if apart && all && sum != WHOLE.0 {
        let (is, must) = (BasisPoints(sum), WHOLE);
        findings.add("/sections", Problem::DoNotSum { is, must });
    }
    if !apart && regime.empty_section.is_some() {
        let other = "/weights/per".to_owned();
        findings.add("/empty_section", Problem::WithoutUse { other });
    }
}

/// The assessed range follows itself from month to month, and nobody scores before it has closed.
fn check_range(findings: &mut Findings, regime: &Regime, range: &AssessedRange) {
    if regime.period != PeriodKind::Month {
        let other = "/period".to_owned();
        findings.add("/assessed", Problem::Contradicts { other });
    }
    findings.between("/assessed/from_day", range.from_day.into(), (1, 31));
    // A range until the 31st is the month's own; later days than the 28th clamp together.
    findings.between("/assessed/to_day", range.to_day.into(), (1, 27));
    if range.from_day != range.to_day.saturating_add(1) {
        let must = range.to_day.saturating_add(1);
        findings.add("/assessed/from_day", Problem::LeavesHole { must });
    }
    let closes = (DeadlineMonth::Within, range.to_day, 0);
    let mut rules = regime.deadlines.iter().enumerate();
    let early = |rule: &DeadlineRule| rule.step > DeadlineStep::Submission && when(rule) < closes;
    if let Some((at, _)) = rules.find(|(_, rule)| early(rule)) {
        let after = "/assessed/to_day".to_owned();
        findings.add(format!("/deadlines/{at}"), Problem::TooEarly { after });
    }
}
