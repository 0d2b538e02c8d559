//! Deadlines in every way in which a regime says them, reckoned on a wall calendar of 2026 with its
//! notice of holidays: 25 to 27 September and 1 to 7 October are off, 20 September and 10 October
//! are worked; work is from 08:00 to 12:00 and from 13:00 to 17:00.

use shared::deadline::{
    Act, DeadlineMonth, LatenessDecision, Scene, Shift, Timed, Timeliness, at as due_at, label,
    late, of_plan_step, settled,
};
use shared::moment::{Day, Times, UtcMillis};
use shared::period::{Period, PeriodKind};
use shared::regime::deadlines::{
    Around, CountedTime, Deadline as Rule, Event, Lateness, On, PlanStep, Span, Undecided,
};
use shared::regime::who::Who;
use shared::result::engine_3::inputs::Late;

use super::{month, period};
use crate::calendar::{at, house, notices};
use crate::prelude::*;

fn rule(on: On, minute: Option<u32>, shift: Shift) -> Rule {
    Rule {
        step: PlanStep::Submission,
        on,
        minute,
        shift,
        counts: None,
    }
}

/// What a rule gives in a period, in hours and minutes of a day.
fn given(rule: &Rule, period: &Period, due: Option<Day>) -> Option<UtcMillis> {
    let notices = notices();
    let days = house(&notices);
    let scene = Scene {
        period,
        days: &days,
        rules: &[],
        due,
        delivered: None,
    };
    due_at(rule, &scene).map(|deadline| deadline.at)
}

fn week(from: Day) -> Period {
    period(PeriodKind::Week, from, from + chrono::Days::new(6))
}

const fn weekday(week: Around, day: u32) -> On {
    On::Weekday { week, day }
}

const NOON: Option<u32> = Some(12 * 60);

#[test]
fn a_weekday_and_a_time_of_the_week_before() {
    // The week from Monday 21 September 2026: the Friday before it is the 18th.
    let friday = rule(weekday(Around::Before, 5), NOON, Shift::Back);
    let plain = given(&friday, &week(day(2026, 9, 21)), None);
    assert_eq!(plain, Some(at(day(2026, 9, 18), 12, 0)));
    // Before the week from the 28th it is the 25th, a holiday: back to Thursday, forward to Monday.
    let before = given(&friday, &week(day(2026, 9, 28)), None);
    assert_eq!(before, Some(at(day(2026, 9, 24), 12, 0)));
    let forward = rule(weekday(Around::Before, 5), NOON, Shift::Forward);
    let after = given(&forward, &week(day(2026, 9, 28)), None);
    assert_eq!(after, Some(at(day(2026, 9, 28), 12, 0)));
}

#[test]
fn a_saturday_of_the_week_itself_meets_the_make_up_day() {
    let saturday = rule(weekday(Around::Within, 6), NOON, Shift::Forward);
    // 10 October is worked, the 17th is not.
    let worked = given(&saturday, &week(day(2026, 10, 5)), None);
    assert_eq!(worked, Some(at(day(2026, 10, 10), 12, 0)));
    let off = given(&saturday, &week(day(2026, 10, 12)), None);
    assert_eq!(off, Some(at(day(2026, 10, 19), 12, 0)));
    // A week that ends on Friday has its Saturday all the same.
    let short = period(PeriodKind::Week, day(2026, 10, 5), day(2026, 10, 9));
    assert_eq!(given(&saturday, &short, None), worked);
}

#[test]
fn a_weekday_of_a_month_is_that_of_its_last_week() {
    let last_friday = rule(weekday(Around::Within, 5), None, Shift::Back);
    // 30 October 2026 is a Friday; the last one of September is a holiday.
    let october = given(&last_friday, &month(2026, 10), None);
    assert_eq!(october, Some(at(day(2026, 10, 30), 17, 0)));
    let september = given(&last_friday, &month(2026, 9), None);
    assert_eq!(september, Some(at(day(2026, 9, 24), 17, 0)));
    let after = rule(weekday(Around::After, 1), None, Shift::Stay);
    let monday = given(&after, &month(2026, 10), None);
    assert_eq!(monday, Some(at(day(2026, 11, 2), 17, 0)));
    // A day has one weekday; the others never come.
    let thursday = period(PeriodKind::Day, day(2026, 10, 8), day(2026, 10, 8));
    assert_eq!(given(&last_friday, &thursday, None), None);
}

const fn working(of: Around, nth: i32) -> On {
    On::WorkingDay { of, nth }
}

#[test]
fn the_last_working_day_of_a_cycle() {
    let last = rule(working(Around::Within, -1), None, Shift::Stay);
    let september = given(&last, &month(2026, 9), None);
    assert_eq!(september, Some(at(day(2026, 9, 30), 17, 0)));
    // Of the week from 28 September, Thursday to Sunday are off.
    let week_40 = given(&last, &week(day(2026, 9, 28)), None);
    assert_eq!(week_40, Some(at(day(2026, 9, 30), 17, 0)));
    // The week of the holiday itself has none: the shift says which way it goes.
    let holiday = period(PeriodKind::Custom, day(2026, 10, 1), day(2026, 10, 7));
    let back = rule(working(Around::Within, -1), None, Shift::Back);
    assert_eq!(
        given(&back, &holiday, None),
        Some(at(day(2026, 9, 30), 17, 0))
    );
    let forward = rule(working(Around::Within, -1), None, Shift::Forward);
    assert_eq!(
        given(&forward, &holiday, None),
        Some(at(day(2026, 10, 8), 17, 0))
    );
}

#[test]
fn the_nth_working_day_of_the_next_cycle() {
    // April 2026: 1, 2, 3, then the 6th is off: 7, 8, 9, 10, 13, 14, 15 are the fourth to the tenth.
    let tenth = rule(working(Around::After, 10), None, Shift::Stay);
    let quarter = period(PeriodKind::Quarter, day(2026, 1, 1), day(2026, 3, 31));
    assert_eq!(
        given(&tenth, &quarter, None),
        Some(at(day(2026, 4, 15), 17, 0))
    );
    // The second of October is the 9th; the month before November has it as well.
    let second = rule(working(Around::Before, 2), NOON, Shift::Stay);
    assert_eq!(
        given(&second, &month(2026, 11), None),
        Some(at(day(2026, 10, 9), 12, 0))
    );
    // February has sixteen: the twentieth is its last, 28 February, a make-up Saturday.
    let twentieth = rule(working(Around::Within, 20), None, Shift::Stay);
    assert_eq!(
        given(&twentieth, &month(2026, 2), None),
        Some(at(day(2026, 2, 28), 17, 0))
    );
}

#[test]
fn the_days_beside_a_day_are_working_days() {
    let evening_before = rule(working(Around::Before, -1), Some(18 * 60), Shift::Stay);
    let morning_after = rule(working(Around::After, 1), Some(9 * 60), Shift::Stay);
    let on = |date: Day| period(PeriodKind::Day, date, date);
    // 8 October comes after the holiday, the 9th is a Friday, the 10th is worked, the 12th Monday.
    let first = on(day(2026, 10, 8));
    assert_eq!(
        given(&evening_before, &first, None),
        Some(at(day(2026, 9, 30), 18, 0))
    );
    assert_eq!(
        given(&morning_after, &first, None),
        Some(at(day(2026, 10, 9), 9, 0))
    );
    let saturday = on(day(2026, 10, 10));
    assert_eq!(
        given(&morning_after, &saturday, None),
        Some(at(day(2026, 10, 12), 9, 0))
    );
}

#[test]
fn a_day_of_the_month_and_a_day_of_the_year() {
    let by_28 = |month, shift| rule(On::DayOfMonth { month, day: 28 }, Some(18 * 60), shift);
    // 28 November 2026 is a Saturday.
    let before = given(
        &by_28(DeadlineMonth::Before, Shift::Back),
        &month(2026, 12),
        None,
    );
    assert_eq!(before, Some(at(day(2026, 11, 27), 18, 0)));
    let within = given(
        &by_28(DeadlineMonth::Within, Shift::Forward),
        &month(2026, 11),
        None,
    );
    assert_eq!(within, Some(at(day(2026, 11, 30), 18, 0)));
    // The 31st of February is its last day, a make-up Saturday.
    let last = On::DayOfMonth {
        month: DeadlineMonth::Within,
        day: 31,
    };
    let last = given(&rule(last, None, Shift::Back), &month(2026, 2), None);
    assert_eq!(last, Some(at(day(2026, 2, 28), 17, 0)));
    let year = period(PeriodKind::Year, day(2026, 1, 1), day(2026, 12, 31));
    let on = |year, month, day| On::DayOfYear { year, month, day };
    let end_of_december = rule(on(Around::Before, 12, 31), None, Shift::Back);
    assert_eq!(
        given(&end_of_december, &year, None),
        Some(at(day(2025, 12, 31), 17, 0))
    );
    // 15 November 2026 is a Sunday.
    let november = rule(on(Around::Within, 11, 15), None, Shift::Forward);
    assert_eq!(
        given(&november, &year, None),
        Some(at(day(2026, 11, 16), 17, 0))
    );
    let after = rule(on(Around::After, 1, 20), None, Shift::Stay);
    assert_eq!(
        given(&after, &year, None),
        Some(at(day(2027, 1, 20), 17, 0))
    );
}

fn after(event: Event, span: Span, shift: Shift) -> Rule {
    rule(On::After { event, span }, None, shift)
}

#[test]
fn so_many_days_after_something() {
    let due = Some(day(2026, 9, 30));
    let october = month(2026, 10);
    let three = after(Event::Due, Span::WorkingDays(3), Shift::Stay);
    // 8, 9 and 10 October.
    assert_eq!(
        given(&three, &october, due),
        Some(at(day(2026, 10, 10), 17, 0))
    );
    assert_eq!(given(&three, &october, None), None);
    let three = after(Event::Due, Span::Days(3), Shift::Forward);
    assert_eq!(
        given(&three, &october, due),
        Some(at(day(2026, 10, 8), 17, 0))
    );
    // Twenty working days after 2025: 4 to 9, 12 to 16, 19 to 23, 26 to 29 January.
    let year = period(PeriodKind::Year, day(2025, 1, 1), day(2025, 12, 31));
    let twenty = after(Event::PeriodEnd, Span::WorkingDays(20), Shift::Stay);
    assert_eq!(
        given(&twenty, &year, None),
        Some(at(day(2026, 1, 29), 17, 0))
    );
    // The fifth day of the month itself: four days after the first.
    let fifth = after(Event::PeriodStart, Span::Days(4), Shift::Back);
    assert_eq!(
        given(&fifth, &month(2026, 11), None),
        Some(at(day(2026, 11, 5), 17, 0))
    );
}

#[test]
fn hours_of_work_skip_the_night_and_the_holiday_and_hours_of_the_clock_do_not() {
    let due = Some(day(2026, 9, 30));
    let october = month(2026, 10);
    // Due at 17:00 before the holiday: four hours of work are the morning of the 8th.
    let four = after(Event::Due, Span::WorkingHours(4), Shift::Stay);
    assert_eq!(
        given(&four, &october, due),
        Some(at(day(2026, 10, 8), 12, 0))
    );
    let clock = after(Event::Due, Span::ClockHours(24), Shift::Stay);
    assert_eq!(
        given(&clock, &october, due),
        Some(at(day(2026, 10, 1), 17, 0))
    );
    let clock = after(Event::Due, Span::ClockHours(24), Shift::Forward);
    assert_eq!(
        given(&clock, &october, due),
        Some(at(day(2026, 10, 8), 17, 0))
    );
    // Delivered on Friday at 10:30: an hour and a half before noon, two and a half after one.
    let notices = notices();
    let days = house(&notices);
    let mut scene = Scene {
        period: &october,
        days: &days,
        rules: &[],
        due: None,
        delivered: Some(at(day(2026, 10, 9), 10, 30)),
    };
    let four = after(Event::Delivered, Span::WorkingHours(4), Shift::Stay);
    let deadline = due_at(&four, &scene).unwrap();
    assert_eq!(deadline.at, at(day(2026, 10, 9), 15, 30));
    assert_eq!(deadline.day, day(2026, 10, 9));
    assert!(deadline.announced);
    scene.delivered = None;
    assert_eq!(due_at(&four, &scene), None);
}

#[test]
fn a_step_counts_from_another_and_a_circle_has_no_deadline() {
    let submission = rule(
        On::DayOfMonth {
            month: DeadlineMonth::Before,
            day: 28,
        },
        Some(18 * 60),
        Shift::Back,
    );
    let on = |step, from, span| Rule {
        step,
        ..after(Event::Step(from), span, Shift::Stay)
    };
    let approval = on(
        PlanStep::Approval,
        PlanStep::Submission,
        Span::WorkingDays(3),
    );
    let issue = on(PlanStep::Issue, PlanStep::Approval, Span::WorkingHours(8));
    let filing = on(PlanStep::Filing, PlanStep::Publication, Span::Days(1));
    let publication = on(PlanStep::Publication, PlanStep::Filing, Span::Days(1));
    let rules = [submission, approval, issue, filing, publication];
    let notices = notices();
    let days = house(&notices);
    let october = month(2026, 10);
    let scene = Scene {
        period: &october,
        days: &days,
        rules: &rules,
        due: None,
        delivered: None,
    };
    let of = |step: &PlanStep| of_plan_step(step, &scene).map(|deadline| deadline.at);
    // Monday 28 September; 29, 30 and 8 October; eight hours of work from 17:00 are the 9th.
    assert_eq!(of(&PlanStep::Submission), Some(at(day(2026, 9, 28), 18, 0)));
    assert_eq!(of(&PlanStep::Approval), Some(at(day(2026, 10, 8), 17, 0)));
    assert_eq!(of(&PlanStep::Issue), Some(at(day(2026, 10, 9), 17, 0)));
    assert_eq!(of(&PlanStep::Filing), None);
    assert_eq!(of(&PlanStep::SelfScore), None);
}

#[test]
fn a_year_without_a_notice_is_said_to_be_provisional() {
    let notices = notices();
    let days = house(&notices);
    let (november, december) = (month(2026, 11), month(2026, 12));
    let of = |period, nth| {
        let scene = Scene {
            period,
            days: &days,
            rules: &[],
            due: None,
            delivered: None,
        };
        due_at(
            &rule(working(Around::After, nth), None, Shift::Stay),
            &scene,
        )
        .unwrap()
    };
    assert!(of(&november, 3).announced);
    assert!(!of(&december, 3).announced);
}

fn lateness(receipt_only: bool) -> Lateness {
    Lateness {
        grace_minutes: 72 * 60,
        receipt_only,
        decider: Who::Superior,
        counts: CountedTime::Received,
        undecided: Undecided::Late,
    }
}

fn times(claimed: UtcMillis, received: UtcMillis) -> Times {
    Times {
        claimed,
        received,
        recorded: UtcMillis(received.0 + 1_000),
    }
}

#[test]
fn which_of_the_three_times_counts() {
    let notices = notices();
    let days = house(&notices);
    let by_28 = rule(
        On::DayOfMonth {
            month: DeadlineMonth::Before,
            day: 28,
        },
        Some(18 * 60),
        Shift::Back,
    );
    let october = month(2026, 10);
    let scene = Scene {
        period: &october,
        days: &days,
        rules: &[],
        due: None,
        delivered: None,
    };
    let deadline = due_at(&by_28, &scene).unwrap();
    // Made at 17:30 on the train, received on the 29th.
    let offline = times(at(day(2026, 9, 28), 17, 30), at(day(2026, 9, 29), 9, 0));
    let written = |happened| Act {
        times: &offline,
        happened: Some(happened),
    };
    let of = |lateness: &Lateness, counts, act| label(lateness, counts, act, &deadline, &days);
    let act = written(day(2026, 9, 28));
    let house = lateness(false);
    let claimed = Timeliness::LateClaimedOnTime;
    assert_eq!(of(&house, CountedTime::Received, act), claimed);
    assert_eq!(of(&house, CountedTime::Recorded, act), Timeliness::OnTime);
    assert_eq!(of(&house, CountedTime::Happened, act), Timeliness::OnTime);
    assert_eq!(
        of(&lateness(true), CountedTime::Recorded, act),
        Timeliness::Late
    );
    // Keyed in on the 29th from a paper of the 28th, and of the 29th.
    let keyed = times(at(day(2026, 9, 29), 9, 0), at(day(2026, 9, 29), 9, 0));
    let keyed = |happened| Act {
        times: &keyed,
        happened: Some(happened),
    };
    let paper = keyed(day(2026, 9, 28));
    assert_eq!(of(&house, CountedTime::Happened, paper), Timeliness::OnTime);
    assert_eq!(of(&house, CountedTime::Recorded, paper), Timeliness::Late);
    let paper = keyed(day(2026, 9, 29));
    assert_eq!(of(&house, CountedTime::Happened, paper), Timeliness::Late);
    // After three days nothing is heard any more, whatever counts.
    let weeks = times(at(day(2026, 9, 28), 17, 30), at(day(2026, 10, 1), 18, 1));
    let act = Act {
        times: &weeks,
        happened: Some(day(2026, 9, 28)),
    };
    for counts in [
        CountedTime::Received,
        CountedTime::Recorded,
        CountedTime::Happened,
    ] {
        assert_eq!(of(&house, counts, act), Timeliness::Late);
    }
}

#[test]
fn how_late_in_days_and_in_full_hours() {
    let notices = notices();
    let days = house(&notices);
    // Friday 18 September, 17:00; Sunday the 20th is worked.
    let friday = rule(weekday(Around::Before, 5), None, Shift::Stay);
    let period = week(day(2026, 9, 21));
    let scene = Scene {
        period: &period,
        days: &days,
        rules: &[],
        due: None,
        delivered: None,
    };
    let deadline = due_at(&friday, &scene).unwrap();
    let by = |received: UtcMillis, label, decided: Option<&LatenessDecision>| {
        let times = times(received, received);
        let act = Act {
            times: &times,
            happened: None,
        };
        late(
            CountedTime::Received,
            act,
            (&deadline, label, decided),
            &days,
        )
    };
    let counted = |calendar, working, clock_hours, working_hours| Late {
        calendar,
        working,
        clock_hours,
        working_hours,
    };
    let plain = |received| by(received, Timeliness::Late, None);
    assert_eq!(plain(at(day(2026, 9, 18), 17, 30)), counted(1, 1, 0, 0));
    assert_eq!(plain(at(day(2026, 9, 19), 10, 0)), counted(1, 1, 17, 0));
    // 41 hours and 59 minutes, of which two hours and 59 minutes are worked.
    assert_eq!(plain(at(day(2026, 9, 20), 10, 59)), counted(2, 1, 41, 2));
    assert_eq!(plain(at(day(2026, 9, 21), 17, 0)), counted(3, 2, 72, 16));
    let received = at(day(2026, 9, 21), 17, 0);
    assert_eq!(by(received, Timeliness::OnTime, None), Late::default());
    let decision = |accepted| LatenessDecision {
        by: MANAGER,
        times: times(received, received),
        accepted,
        reason: "列车无网".into(),
    };
    let claim = Timeliness::LateClaimedOnTime;
    assert_eq!(by(received, claim, Some(&decision(true))), Late::default());
    assert_eq!(
        by(received, claim, Some(&decision(false))),
        counted(3, 2, 72, 16)
    );
    let timed = |decided: Option<LatenessDecision>| Timed {
        deadline: deadline.clone(),
        label: claim,
        decided,
    };
    assert_eq!(settled(&timed(None), Undecided::Late), Some(false));
    assert_eq!(settled(&timed(None), Undecided::OnTime), Some(true));
    assert_eq!(settled(&timed(None), Undecided::Blocks), None);
    assert_eq!(
        settled(&timed(Some(decision(true))), Undecided::Late),
        Some(true)
    );
}
