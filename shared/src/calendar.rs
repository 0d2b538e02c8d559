//! Work calendars: which days and which hours a unit works, as dated data.
//!
//! A calendar is never changed: a new one is used from a day on, so that a deadline can name the
//! version by which it was reckoned. Public holidays come from the yearly notice; a year without
//! one is never guessed, and every answer that touched it says so.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::id::{CalendarId, CalendarUseId, NoticeId, UnitId};
use crate::moment::{Day, InForce, Times};
use crate::regime::Name;

mod published;
mod work_days;

pub use published::{Published, YEARS, published};
pub use work_days::{Reckoned, WorkDays};

/// The most days that a cycle has: eight weeks of shifts.
pub const MOST_CYCLE: usize = 56;

/// The most spans of hours in a day.
pub const MOST_HOURS: usize = 8;

/// The most days off, or make-up days, that one calendar or one notice names.
pub const MOST_DAYS: usize = 366;

/// Minutes of a day.
pub const MINUTES: u32 = 24 * 60;

/// A span of working hours within a day; a night shift has one before and one after midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// First minute after midnight, 0 to 1439.
    pub from: u32,
    /// The minute at which work ends, 1 to 1440.
    pub to: u32,
}

/// A work calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkCalendar {
    /// Its identity; also names its version.
    pub id: CalendarId,
    /// Name on screens.
    pub name: Name,
    /// The day at which the cycle begins; it goes on before and after.
    pub anchor: Day,
    /// Whether day `anchor + i` is a working day: 7 entries are a fixed week, 14 alternating weeks,
    /// any other number up to [`MOST_CYCLE`] shifts.
    pub cycle: Vec<bool>,
    /// The hours of every working day, in order, none overlapping.
    pub hours: Vec<Hours>,
    /// Whether public holidays and their make-up days apply.
    pub holidays: bool,
    /// The company's own days off; they stand before the notice and the cycle.
    pub off: Vec<Day>,
    /// The company's own make-up days; they stand before the notice and the cycle.
    pub work: Vec<Day>,
}

impl WorkCalendar {
    /// The product's own calendar, used where none is: five days from Monday, 08:00 to 12:00 and
    /// 13:00 to 17:00, with public holidays.
    pub fn house() -> Self {
        let monday = NaiveDate::from_ymd_opt(2024, 1, 1).expect("a day of the calendar");
        let hours = [(8, 12), (13, 17)].map(|(from, to)| Hours {
            from: from * 60,
            to: to * 60,
        });
        Self {
            id: CalendarId::from_bits(0),
            name: Name {
                zh: "五天工作制".to_owned(),
                en: "Five days".to_owned(),
            },
            anchor: monday,
            cycle: vec![true, true, true, true, true, false, false],
            hours: hours.to_vec(),
            holidays: true,
            off: Vec::new(),
            work: Vec::new(),
        }
    }

    /// Says whether the cycle alone makes a day a working day.
    pub fn in_cycle(&self, day: Day) -> bool {
        let length = i64::try_from(self.cycle.len().max(1)).unwrap_or(1);
        let place = (day - self.anchor).num_days().rem_euclid(length);
        usize::try_from(place).is_ok_and(|place| self.cycle.get(place) == Some(&true))
    }

    /// Minutes after midnight at which a working day ends; the day's end where there are no hours.
    pub fn close(&self) -> u32 {
        self.hours.last().map_or(MINUTES, |hours| hours.to)
    }

    /// Minutes of work in a working day.
    pub fn minutes(&self) -> u32 {
        self.hours.iter().map(|hours| hours.to - hours.from).sum()
    }
}

/// The use of a calendar by a unit, and by the units below that use no other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarUse {
    /// Its identity.
    pub id: CalendarUseId,
    /// By which unit.
    pub unit: UnitId,
    /// Which calendar.
    pub calendar: CalendarId,
    /// When.
    pub in_force: InForce,
}

/// The public notice of one year's holidays and make-up days; of several the last adopted counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HolidayNotice {
    /// Its identity.
    pub id: NoticeId,
    /// The year.
    pub year: i32,
    /// Who published it, under which number, when.
    pub source: String,
    /// Every day off, the weekend days among them too.
    pub off: Vec<Day>,
    /// Every make-up day 调休上班.
    pub work: Vec<Day>,
    /// When this company adopted it.
    pub adopted: Times,
}

impl HolidayNotice {
    /// Says what the notice makes of a day: working, off, or nothing.
    pub fn names(&self, day: Day) -> Option<bool> {
        if self.work.contains(&day) {
            return Some(true);
        }
        self.off.contains(&day).then_some(false)
    }

    /// First and last day that a notice of the year can name: the days before New Year belong to
    /// the New Year's holiday of the next year's notice.
    pub fn reach(year: i32) -> (Day, Day) {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
        (
            day(year - 1, 12, EVE).unwrap_or(Day::MIN),
            day(year, 12, 31).unwrap_or(Day::MAX),
        )
    }
}

/// The first day of December that a notice of the next year has to settle too.
const EVE: u32 = 25;

/// The years whose notices settle a day.
fn settling(day: Day) -> std::ops::RangeInclusive<i32> {
    let eve = day.month() == 12 && day.day() >= EVE;
    day.year()..=day.year() + i32::from(eve)
}
