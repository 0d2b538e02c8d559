//! Work calendars: which days a unit works, in which hours, and what the public notices say.
//!
//! Rows are immutable versions: a change is a new calendar and a new use from a day on, so that a
//! deadline can name what it was counted by.

use serde::{Deserialize, Serialize};

use crate::id::{CalendarId, CalendarUseId, NoticeId, UnitId};
use crate::moment::{Day, InForce, Times};
use crate::regime::Name;

/// A work calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkCalendar {
    /// Its identity.
    pub id: CalendarId,
    /// Its name on screens.
    pub name: Name,
    /// The day on which the cycle begins.
    pub anchor: Day,
    /// Which days of the cycle are worked: 7 for a fixed week, 14 for alternating weeks, up to 56.
    pub cycle: Vec<bool>,
    /// The hours worked on a working day, in order, without overlap.
    pub hours: Vec<Hours>,
    /// Whether public holidays and make-up days of the notices apply.
    pub holidays: bool,
    /// The company's own days off.
    pub off: Vec<Day>,
    /// The company's own make-up days.
    pub work: Vec<Day>,
}

/// A span of working time within a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// First minute after midnight.
    pub from: u32,
    /// The minute at which it ends, up to 1,440.
    pub to: u32,
}

/// A unit uses a calendar; units below inherit it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarUse {
    /// Its identity.
    pub id: CalendarUseId,
    /// The unit.
    pub unit: UnitId,
    /// The calendar.
    pub calendar: CalendarId,
    /// When.
    pub in_force: InForce,
}

/// A year's public holidays and make-up days; the latest adopted of a year counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HolidayNotice {
    /// Its identity.
    pub id: NoticeId,
    /// The year.
    pub year: i32,
    /// The notice: who published it, its number and date.
    pub source: String,
    /// Days off.
    pub off: Vec<Day>,
    /// Days of a weekend that are worked instead.
    pub work: Vec<Day>,
    /// When it was adopted here.
    pub adopted: Times,
}
