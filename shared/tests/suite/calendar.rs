//! Working days and hours: by hand where a month can be counted on paper, by chance where a rule
//! must hold for every day.

use chrono::{Datelike, Days};
use shared::calendar::{HolidayNotice, Hours, WorkCalendar, WorkDays, YEARS, published};
use shared::deadline::Shift;
use shared::id::{CalendarId, NoticeId};
use shared::moment::{Day, InForce, UtcMillis};

use crate::prelude::*;

mod rules;

/// Minutes east of UTC.
const CHINA: i32 = 480;

/// The notice of a year as it came out, adopted at noon of a day.
pub(crate) fn notice(year: i32, adopted: Day) -> HolidayNotice {
    let id = u128::from(adopted.num_days_from_ce().unsigned_abs());
    let published = published(year).unwrap();
    published.adopt(NoticeId::from_bits(id), noon(adopted).times())
}

/// Both notices that came out.
pub(crate) fn notices() -> Vec<HolidayNotice> {
    vec![
        notice(2025, day(2024, 11, 12)),
        notice(2026, day(2025, 11, 4)),
    ]
}

/// The product's own calendar with some notices.
pub(crate) fn house(notices: &[HolidayNotice]) -> WorkDays<'_> {
    WorkDays::new(CHINA, Vec::new(), notices.iter())
}

fn always(calendar: &WorkCalendar) -> Vec<(InForce, &WorkCalendar)> {
    let from = day(2000, 1, 1);
    vec![(InForce { from, to: None }, calendar)]
}

fn cycle(anchor: Day, cycle: &[bool]) -> WorkCalendar {
    WorkCalendar {
        id: CalendarId::from_bits(9),
        anchor,
        cycle: cycle.to_vec(),
        ..WorkCalendar::house()
    }
}

/// A moment of the factory's clock.
pub(crate) fn at(date: Day, hour: u32, minute: u32) -> UtcMillis {
    let time = date.and_hms_opt(hour, minute, 0).unwrap().and_utc();
    UtcMillis(time.timestamp_millis() - 480 * 60_000)
}

/// Counted on paper from a wall calendar and the notices, one month after the other.
///
/// 2026, Mondays to Fridays - holidays on them + make-up days: January 22 - 2 (1st, 2nd) + 1 (4th);
/// February 20 - 6 (16th to 20th, 23rd) + 2 (14th, 28th); March 22; April 22 - 1 (6th); May 21 - 3
/// (1st, 4th, 5th) + 1 (9th); June 22 - 1 (19th); July 23; August 21; September 22 - 1 (25th) + 1
/// (20th); October 22 - 5 (1st, 2nd, 5th to 7th) + 1 (10th); November 21; December 23. In all 248.
/// 2025: January 23 - 5 + 1; February 20 - 2 + 1; March 21; April 22 - 1 + 1; May 22 - 3; June 21 -
/// 1; July 23; August 21; September 22 + 1; October 23 - 6 + 1; November 20; December 23. 248 again.
#[test]
fn the_months_of_two_years_as_counted_on_paper() {
    let paper = [
        (2025, [19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23]),
        (2026, [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23]),
    ];
    let notices = notices();
    let days = house(&notices);
    for (year, months) in paper {
        for (month, count) in (1..).zip(months) {
            let first = day(year, month, 1);
            let last = first + Days::new(u64::from(first.num_days_in_month()) - 1);
            assert_eq!(days.count(first, last).value, count, "{year}-{month}");
        }
        let whole = days.count(day(year, 1, 1), day(year, 12, 31));
        assert_eq!(whole.value, 248);
    }
}

#[test]
fn every_notice_is_read_and_lies_in_its_year() {
    for year in YEARS {
        let notice = published(year).unwrap();
        assert_eq!(notice.year, year);
        assert!(notice.source.contains("国办发明电"));
        let (first, last) = HolidayNotice::reach(year);
        for day in notice.off.iter().chain(&notice.work) {
            assert!(first <= *day && *day <= last, "{day}");
        }
        // A make-up day is always a day of a weekend, and never a day off.
        for day in &notice.work {
            assert!(day.weekday().num_days_from_monday() >= 5, "{day}");
            assert!(!notice.off.contains(day), "{day}");
        }
    }
    assert_eq!(published(2024), None);
}

#[test]
fn a_year_without_a_notice_says_so_and_is_never_guessed() {
    let notices = notices();
    let days = house(&notices);
    let new_year = day(2027, 1, 1);
    assert!(!days.announced(new_year));
    // A Friday: reckoned by the week alone, and said to be so.
    assert!(days.is_working(new_year));
    assert!(days.notice_on(new_year).is_none());
    let over = days.count(day(2026, 12, 1), day(2027, 1, 3));
    assert_eq!((over.value, over.announced), (24, false));
    assert!(days.count(day(2026, 1, 1), day(2026, 12, 24)).announced);
    // 29 December 2018 was worked by the notice of 2019: the year's end waits for the next notice.
    assert!(!days.announced(day(2026, 12, 31)));
    assert!(days.announced(day(2025, 12, 31)));
    assert!(!house(&[]).announced(day(2026, 6, 1)));
    // Who does not follow the notice needs none.
    let own = WorkCalendar {
        holidays: false,
        ..WorkCalendar::house()
    };
    let days = WorkDays::new(CHINA, always(&own), notices.iter());
    assert!(days.announced(new_year) && days.is_working(day(2026, 10, 1)));
}

#[test]
fn a_notice_may_name_days_of_the_december_before() {
    let early = HolidayNotice {
        year: 2027,
        off: vec![day(2026, 12, 31), day(2027, 1, 1)],
        work: vec![day(2026, 12, 27)],
        ..notice(2026, day(2026, 11, 5))
    };
    let mut notices = notices();
    notices.push(early.clone());
    let days = house(&notices);
    assert!(!days.is_working(day(2026, 12, 31)) && days.is_working(day(2026, 12, 27)));
    assert!(days.announced(day(2026, 12, 31)));
    assert_eq!(days.notice_on(day(2026, 12, 31)), Some(&early));
    assert_eq!(days.notice_on(day(2026, 12, 30)), Some(&notices[1]));
}

#[test]
fn the_notice_that_was_adopted_last_counts() {
    let mut notices = notices();
    let mut corrected = notice(2026, day(2026, 3, 1));
    corrected.work.retain(|worked| *worked != day(2026, 5, 9));
    notices.insert(0, corrected);
    assert!(!house(&notices).is_working(day(2026, 5, 9)));
    notices.rotate_left(1);
    assert!(!house(&notices).is_working(day(2026, 5, 9)));
}

#[test]
fn cycles_go_on_before_and_after_their_anchor() {
    // Six days, from Monday 2 November 2026: the Saturday is worked, the Sunday is not.
    let six = cycle(
        day(2026, 11, 2),
        &[true, true, true, true, true, true, false],
    );
    let notices = notices();
    let days = WorkDays::new(CHINA, always(&six), notices.iter());
    assert!(days.is_working(day(2026, 11, 7)) && !days.is_working(day(2026, 11, 8)));
    assert!(days.is_working(day(2026, 3, 7)) && !days.is_working(day(2026, 3, 8)));
    // November 2026 has five Sundays: 30 - 5.
    assert_eq!(days.count(day(2026, 11, 1), day(2026, 11, 30)).value, 25);
    // Alternating weeks 大小周: the Saturday of the first week is worked, that of the second not.
    let mut weeks = [true; 14];
    weeks[6] = false;
    weeks[12] = false;
    weeks[13] = false;
    let alternating = cycle(day(2026, 11, 2), &weeks);
    let days = WorkDays::new(CHINA, always(&alternating), notices.iter());
    let saturdays = [31, 7, 14, 21, 28].map(|date| {
        let month = if date == 31 { 10 } else { 11 };
        days.is_working(day(2026, month, date))
    });
    assert_eq!(saturdays, [false, true, false, true, false]);
    // Two days, two nights, four off, through every holiday.
    let shifts = WorkCalendar {
        holidays: false,
        ..cycle(
            day(2026, 1, 1),
            &[true, true, true, true, false, false, false, false],
        )
    };
    let days = WorkDays::new(CHINA, always(&shifts), notices.iter());
    assert_eq!(days.count(day(2026, 1, 1), day(2026, 1, 16)).value, 8);
    assert!(days.is_working(day(2026, 1, 1)) && !days.is_working(day(2025, 12, 31)));
    assert!(days.is_working(day(2025, 12, 27)));
}

#[test]
fn the_companys_own_days_stand_before_the_notice() {
    let own = WorkCalendar {
        off: vec![day(2026, 11, 11), day(2026, 9, 20)],
        work: vec![day(2026, 11, 14), day(2026, 10, 1)],
        ..WorkCalendar::house()
    };
    let notices = notices();
    let days = WorkDays::new(CHINA, always(&own), notices.iter());
    let asked = [
        day(2026, 11, 11),
        day(2026, 9, 20),
        day(2026, 11, 14),
        day(2026, 10, 1),
    ];
    assert_eq!(
        asked.map(|day| days.is_working(day)),
        [false, false, true, true]
    );
    // The company's own word needs no notice.
    let days = WorkDays::new(CHINA, always(&own), [].iter());
    assert!(asked.iter().all(|day| days.announced(*day)));
    assert!(!days.announced(day(2026, 11, 12)));
}

#[test]
fn the_first_use_that_covers_a_day_decides() {
    let (old, new) = (
        cycle(day(2026, 11, 2), &[true; 7]),
        cycle(day(2026, 11, 2), &[false, true]),
    );
    let until = InForce {
        from: day(2026, 1, 1),
        to: Some(day(2026, 11, 9)),
    };
    let after = InForce {
        from: day(2026, 11, 10),
        to: None,
    };
    let notices = notices();
    let uses = vec![(after, &new), (until, &old)];
    let days = WorkDays::new(CHINA, uses, notices.iter());
    assert_eq!(days.used_on(day(2026, 11, 9)), Some(&old));
    assert_eq!(days.used_on(day(2026, 11, 10)), Some(&new));
    assert_eq!(days.used_on(day(2025, 11, 9)), None);
    assert_eq!(days.calendar(day(2025, 11, 9)), &WorkCalendar::house());
}

#[test]
fn days_move_off_holidays_in_the_direction_that_is_asked() {
    let notices = notices();
    let days = house(&notices);
    // The National Day of 2026: 1 to 7 October off, before it Wednesday 30 September.
    let holiday = day(2026, 10, 3);
    assert_eq!(days.shift(holiday, Shift::Back).value, day(2026, 9, 30));
    assert_eq!(days.shift(holiday, Shift::Forward).value, day(2026, 10, 8));
    assert_eq!(days.shift(holiday, Shift::Stay).value, holiday);
    // The make-up Saturday is a working day and stays.
    let made_up = day(2026, 10, 10);
    for shift in [Shift::Back, Shift::Forward, Shift::Stay] {
        assert_eq!(days.shift(made_up, shift).value, made_up);
    }
    // Three working days after Tuesday 29 September: 30 September, 8 and 9 October.
    assert_eq!(days.after(day(2026, 9, 29), 3).value, day(2026, 10, 9));
    assert_eq!(days.before(day(2026, 10, 9), 3).value, day(2026, 9, 29));
    assert_eq!(days.after(holiday, 0).value, holiday);
    // A calendar without a working day ends somewhere all the same.
    let never = WorkCalendar {
        holidays: false,
        ..cycle(day(2026, 11, 2), &[false])
    };
    let days = WorkDays::new(CHINA, always(&never), notices.iter());
    assert!(days.shift(holiday, Shift::Forward).value > day(2030, 1, 1));
}

#[test]
fn hours_go_over_lunch_nights_weekends_and_holidays() {
    let notices = notices();
    let days = house(&notices);
    let wednesday = day(2026, 9, 30);
    // 11:30 + 4 h: half an hour before lunch, three and a half after it.
    let noon = days.add_minutes(at(wednesday, 11, 30), 240);
    assert_eq!(noon.value, at(wednesday, 16, 30));
    // 16:00 + 4 h: one today, three on the first day after the National Day.
    let over = days.add_minutes(at(wednesday, 16, 0), 240);
    assert_eq!(over.value, at(day(2026, 10, 8), 11, 0));
    // What is asked in the evening begins in the morning.
    let friday = day(2026, 11, 6);
    let evening = days.add_minutes(at(friday, 20, 0), 60);
    assert_eq!(evening.value, at(day(2026, 11, 9), 9, 0));
    // To the minute of closing, and no further.
    let closing = days.add_minutes(at(friday, 16, 0), 60);
    assert_eq!(closing.value, at(friday, 17, 0));
    assert_eq!(
        days.add_minutes(at(friday, 3, 0), 0).value,
        at(friday, 3, 0)
    );
    let between = |from, to| days.minutes_between(from, to).value;
    assert_eq!(between(at(wednesday, 11, 30), at(wednesday, 16, 30)), 240);
    assert_eq!(between(at(friday, 0, 0), at(day(2026, 11, 9), 0, 0)), 480);
    assert_eq!(
        between(at(wednesday, 16, 0), at(day(2026, 10, 8), 11, 0)),
        240
    );
    assert_eq!(between(at(friday, 16, 0), at(friday, 9, 0)), 0);
    assert_eq!(days.close_of_work(friday), at(friday, 17, 0));
}

#[test]
fn a_night_shift_closes_at_midnight_and_goes_on() {
    let hours = [(0, 480), (1_200, 1_440)].map(|(from, to)| Hours { from, to });
    let night = WorkCalendar {
        hours: hours.to_vec(),
        holidays: false,
        ..cycle(day(2026, 11, 2), &[true; 7])
    };
    let days = WorkDays::new(CHINA, always(&night), [].iter());
    let (monday, tuesday) = (day(2026, 11, 2), day(2026, 11, 3));
    // 22:00 + 4 h: two before midnight, two after.
    let done = days.add_minutes(at(monday, 22, 0), 240);
    assert_eq!(done.value, at(tuesday, 2, 0));
    assert_eq!(days.close_of_work(monday), at(tuesday, 0, 0));
    assert_eq!(night.minutes(), 720);
}

#[test]
fn counts_add_up_shifts_land_on_working_days_and_hours_go_there_and_back() {
    let mut chance = Chance(7);
    let notices = notices();
    for _ in 0..2_000 {
        let length = 1 + chance.below(28);
        let mut worked: Vec<bool> = (0..length).map(|_| chance.below(3) > 0).collect();
        worked[0] = true;
        let calendar = WorkCalendar {
            holidays: chance.below(2) == 0,
            ..cycle(day(2026, 1, 1), &worked)
        };
        let days = WorkDays::new(CHINA, always(&calendar), notices.iter());
        let from = day(2025, 1, 1) + Days::new(chance.below(700));
        let middle = from + Days::new(chance.below(40));
        let to = middle + Days::new(1 + chance.below(40));
        let parts = days.count(from, middle).value;
        let rest = days.count(middle.succ_opt().unwrap(), to).value;
        assert_eq!(parts + rest, days.count(from, to).value);
        for shift in [Shift::Back, Shift::Forward] {
            let moved = days.shift(from, shift).value;
            assert!(days.is_working(moved), "{from} {shift:?} {calendar:?}");
            let between = match shift {
                Shift::Back => (moved.succ_opt().unwrap(), from),
                _ => (from, moved.pred_opt().unwrap()),
            };
            assert!(moved == from || days.count(between.0, between.1).value == 0);
        }
        let begin = UtcMillis(at(from, 0, 0).0 + i64::try_from(chance.below(86_400_000)).unwrap());
        let minutes = u32::try_from(chance.below(5_000)).unwrap();
        let end = days.add_minutes(begin, minutes).value;
        assert_eq!(days.minutes_between(begin, end).value, minutes);
        assert!(minutes == 0 || days.minutes_between(begin, UtcMillis(end.0 - 1)).value < minutes);
    }
}
