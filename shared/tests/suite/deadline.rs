//! Deadlines by hand: where they fall, what they say of an act, and what they never decide.

use shared::calendar::{WorkCalendar, WorkDays};
use shared::deadline::{
    self, Act, Deadline, DeadlineMonth, DeadlineRule, DeadlineStep, LatenessDecision, Shift,
    Timeliness,
};
use shared::id::{CalendarId, PeriodId};
use shared::moment::{Day, InForce, Times, UtcMillis};
use shared::period::{Period, PeriodKind};
use shared::regime::RegimeVersion;
use shared::regime::deadlines::Lateness;
use shared::regime::who::Who;

use crate::calendar::{at, house, notices};
use crate::format_1;
use crate::prelude::*;

mod rules;
mod said;

pub(crate) fn period(kind: PeriodKind, from: Day, to: Day) -> Period {
    Period {
        id: PeriodId::from_bits(1),
        kind,
        from,
        to,
        regime: REGIME,
        opened: None,
        marks: Vec::new(),
    }
}

fn month(year: i32, month: u32) -> Period {
    let from = day(year, month, 1);
    let last = (28..=31).rev().find_map(|n| {
        from.checked_add_days(chrono::Days::new(n - 1))
            .filter(|day| chrono::Datelike::month(day) == month)
    });
    period(PeriodKind::Month, from, last.unwrap())
}

fn by(month: DeadlineMonth, day_of_month: u32, minute: Option<u32>, shift: Shift) -> DeadlineRule {
    DeadlineRule {
        step: DeadlineStep::Submission,
        month,
        day_of_month,
        minute,
        shift,
    }
}

#[test]
fn by_the_28th_includes_the_28th_until_close_of_work() {
    let notices = notices();
    let rule = by(DeadlineMonth::Before, 28, None, Shift::Back);
    // 28 October 2026 is a Wednesday.
    let deadline = rule.deadline(&month(2026, 11), &house(&notices));
    let expected = Deadline {
        at: at(day(2026, 10, 28), 17, 0),
        day: day(2026, 10, 28),
        calendar: None,
        notice: Some(notices[1].id),
        announced: true,
    };
    assert_eq!(deadline, expected);
    let lateness = Lateness::default();
    let received = |received: UtcMillis| Times {
        claimed: received,
        received,
        recorded: received,
    };
    let label = |minute| {
        let times = received(at(day(2026, 10, 28), 17, minute));
        standing(&lateness, &times, deadline.at)
    };
    assert_eq!((label(0), label(1)), (Timeliness::OnTime, Timeliness::Late));
}

/// 28 February 2026 is a make-up Saturday; 28 March a Saturday off, so Friday the 27th and Monday
/// the 30th; 28 June a Sunday: Friday the 26th and Monday the 29th.
#[test]
fn submissions_move_back_and_windows_forward() {
    let notices = notices();
    let days = house(&notices);
    let cases = [
        (3, day(2026, 2, 28), day(2026, 2, 28)),
        (4, day(2026, 3, 27), day(2026, 3, 30)),
        (7, day(2026, 6, 26), day(2026, 6, 29)),
    ];
    for (number, back, forward) in cases {
        let moved = |shift| {
            let rule = by(DeadlineMonth::Before, 28, Some(1_080), shift);
            rule.deadline(&month(2026, number), &days)
        };
        assert_eq!(moved(Shift::Back).day, back);
        assert_eq!(moved(Shift::Forward).day, forward);
        assert_eq!(moved(Shift::Stay).day, day(2026, number - 1, 28));
        assert_eq!(moved(Shift::Back).at, at(back, 18, 0));
    }
}

#[test]
fn days_29_to_31_clamp_to_the_months_end() {
    let notices = notices();
    let days = house(&notices);
    let stay = |number, day_of_month| {
        let rule = by(DeadlineMonth::Within, day_of_month, None, Shift::Stay);
        rule.deadline(&month(2026, number), &days).day
    };
    assert_eq!(stay(2, 29), day(2026, 2, 28));
    assert_eq!(stay(2, 31), day(2026, 2, 28));
    assert_eq!(stay(4, 31), day(2026, 4, 30));
    assert_eq!(stay(10, 31), day(2026, 10, 31));
    let leap = by(DeadlineMonth::Within, 31, None, Shift::Stay);
    assert_eq!(leap.deadline(&month(2028, 2), &days).day, day(2028, 2, 29));
}

#[test]
fn the_month_that_is_meant() {
    let notices = notices();
    let days = house(&notices);
    let named = |period: &Period| {
        [
            DeadlineMonth::Before,
            DeadlineMonth::Within,
            DeadlineMonth::After,
        ]
        .map(|month| by(month, 5, None, Shift::Stay).deadline(period, &days).day)
    };
    let november = [day(2026, 10, 5), day(2026, 11, 5), day(2026, 12, 5)];
    assert_eq!(named(&month(2026, 11)), november);
    // A month that runs from the 26th to the 25th is named for its end.
    let shifted = period(PeriodKind::Month, day(2026, 10, 26), day(2026, 11, 25));
    assert_eq!(named(&shifted), november);
    let quarter = period(PeriodKind::Quarter, day(2026, 10, 1), day(2026, 12, 31));
    assert_eq!(
        named(&quarter),
        [day(2026, 9, 5), day(2026, 12, 5), day(2027, 1, 5)]
    );
}

#[test]
fn a_deadline_names_the_calendar_and_says_what_is_not_announced() {
    let six = WorkCalendar {
        id: CalendarId::from_bits(9),
        anchor: day(2026, 11, 2),
        cycle: vec![true, true, true, true, true, true, false],
        ..WorkCalendar::house()
    };
    let notices = notices();
    let in_force = InForce {
        from: day(2026, 1, 1),
        to: None,
    };
    let days = WorkDays::new(480, vec![(in_force, &six)], notices.iter());
    // 28 March 2026 is a Saturday: worked where six days are.
    let rule = by(DeadlineMonth::Before, 28, None, Shift::Back);
    let deadline = rule.deadline(&month(2026, 4), &days);
    assert_eq!(
        (deadline.day, deadline.calendar, deadline.announced),
        (day(2026, 3, 28), Some(six.id), true)
    );
    // 28 January 2027: a year of which nothing is published.
    let unknown = rule.deadline(&month(2027, 2), &days);
    assert_eq!((unknown.notice, unknown.announced), (None, false));
    assert_eq!(unknown.day, day(2027, 1, 28));
}

#[test]
fn a_regime_without_a_list_hands_in_by_its_old_field() {
    let mut regime = format_1::smart_monthly();
    regime.deadlines.clear();
    let version = RegimeVersion::new(REGIME, regime.into());
    let rules = version.rules(PeriodKind::Month).unwrap();
    let notices = notices();
    let days = house(&notices);
    let of_step = |step| deadline::of_step(rules, step, &month(2026, 11), &days);
    let handed_in = of_step(DeadlineStep::Submission).unwrap();
    assert_eq!(handed_in.at, at(day(2026, 10, 28), 18, 0));
    assert_eq!(of_step(DeadlineStep::SelfScore), None);
}

#[test]
fn a_due_day_lasts_until_its_close_of_work_wherever_it_falls() {
    let notices = notices();
    let days = house(&notices);
    // A Sunday that somebody chose stays a Sunday.
    let sunday = deadline::of_due(day(2026, 11, 22), &days);
    assert_eq!(
        (sunday.day, sunday.at),
        (day(2026, 11, 22), at(day(2026, 11, 22), 17, 0))
    );
}

/// Delivered on Wednesday 30 September at 18:00: 8, 9 and 10 October are the three working days.
#[test]
fn a_window_counts_whole_working_days_after_its_opening() {
    let notices = notices();
    let days = house(&notices);
    let window = deadline::window(at(day(2026, 9, 30), 18, 0), 3, &days);
    assert_eq!(window.at, at(day(2026, 10, 10), 17, 0));
    let over = deadline::window(at(day(2026, 12, 30), 9, 0), 3, &days);
    assert!(!over.announced);
}

fn times(claimed: i64, received: i64) -> Times {
    Times {
        claimed: UtcMillis(claimed),
        received: UtcMillis(received),
        recorded: UtcMillis(received + 5),
    }
}

/// How an act stands to a moment by the house's calendar.
fn standing(lateness: &Lateness, times: &Times, deadline: UtcMillis) -> Timeliness {
    let notices = notices();
    let days = house(&notices);
    let deadline = Deadline {
        at: deadline,
        ..deadline::of_due(day(2026, 11, 20), &days)
    };
    let happened = None;
    let act = Act { times, happened };
    deadline::label(lateness, lateness.counts, act, &deadline, &days)
}

#[test]
fn only_the_receipt_proves_and_a_claim_is_heard_within_the_grace() {
    const HOUR: i64 = 3_600_000;
    let deadline = UtcMillis(100 * HOUR);
    let house = Lateness::default();
    let label = |lateness: &Lateness, claimed, received| {
        standing(lateness, &times(claimed, received), deadline)
    };
    let (made, at) = (90 * HOUR, 100 * HOUR);
    // Received in time is in time, whatever the device's clock says.
    assert_eq!(label(&house, 500 * HOUR, at), Timeliness::OnTime);
    assert_eq!(label(&house, made, at + 1), Timeliness::LateClaimedOnTime);
    assert_eq!(label(&house, at, 172 * HOUR), Timeliness::LateClaimedOnTime);
    assert_eq!(label(&house, at, 172 * HOUR + 1), Timeliness::Late);
    assert_eq!(label(&house, at + 1, at + 1), Timeliness::Late);
    let strict = Lateness {
        receipt_only: true,
        ..Lateness::default()
    };
    assert_eq!(label(&strict, made, at + 1), Timeliness::Late);
    let short = Lateness {
        grace_minutes: 60,
        ..Lateness::default()
    };
    assert_eq!(
        label(&short, made, 101 * HOUR),
        Timeliness::LateClaimedOnTime
    );
    assert_eq!(label(&short, made, 101 * HOUR + 1), Timeliness::Late);
    assert_eq!(house.decider, Who::Superior);
}

#[test]
fn a_claim_is_neither_until_somebody_decides() {
    let notices = notices();
    let deadline = deadline::of_due(day(2026, 11, 20), &house(&notices));
    let lateness = Lateness::default();
    let close = deadline.at.0;
    let days = house(&notices);
    let beside = |times: &Times| {
        let happened = None;
        let act = Act { times, happened };
        deadline::timed(&lateness, lateness.counts, act, deadline.clone(), &days)
    };
    let mut timed = beside(&times(close, close + 1));
    assert_eq!(timed.in_time(), None);
    for accepted in [true, false] {
        timed.decided = Some(LatenessDecision {
            by: MANAGER,
            times: times(close, close + 2),
            accepted,
            reason: "车间断网".into(),
        });
        assert_eq!(timed.in_time(), Some(accepted));
    }
    let in_time = beside(&times(close, close));
    let late = beside(&times(close + 1, close + 1));
    assert_eq!(
        (in_time.in_time(), late.in_time()),
        (Some(true), Some(false))
    );
}

/// The label depends on claimed and received alone: any other clock may say what it likes.
#[test]
fn a_later_receipt_or_claim_never_makes_an_act_earlier() {
    let order = |label| match label {
        Timeliness::OnTime => 0,
        Timeliness::LateClaimedOnTime => 1,
        Timeliness::Late => 2,
    };
    let mut chance = Chance(11);
    for _ in 0..5_000 {
        let mut number = |bound| i64::try_from(chance.below(bound)).unwrap();
        let lateness = Lateness {
            grace_minutes: u32::try_from(number(200)).unwrap(),
            receipt_only: number(4) == 0,
            decider: Who::PlanOffice,
            ..Lateness::default()
        };
        let deadline = UtcMillis(number(20_000_000));
        let (claimed, received, more) = (number(20_000_000), number(20_000_000), number(9_000_000));
        let label = |claimed, received| {
            let mut times = times(claimed, received);
            let label = standing(&lateness, &times, deadline);
            times.recorded = UtcMillis(0);
            assert_eq!(standing(&lateness, &times, deadline), label);
            order(label)
        };
        assert!(label(claimed, received) <= label(claimed, received + more));
        assert!(label(claimed, received) <= label(claimed + more, received));
    }
}
