//! The working days and hours of one unit: what every deadline and every count of days asks.
//!
//! Each answer says whether every day that it touched is settled by its year's notice, because a
//! year without a notice is reckoned by the cycle alone and may come out otherwise later.

use super::{HolidayNotice, MINUTES, WorkCalendar, settling};
use crate::deadline::Shift;
use crate::moment::{Day, InForce, UtcMillis};

/// The most days that one answer walks over; about eleven years.
const MOST_WALKED: usize = 4_000;

/// Milliseconds of a minute.
const MINUTE: i64 = 60_000;

/// An answer of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reckoned<T> {
    /// The answer.
    pub value: T,
    /// Whether the notices of all days that it touched are there, where they apply.
    pub announced: bool,
}

/// The working days of one unit.
#[derive(Debug, Clone)]
pub struct WorkDays<'o> {
    utc_offset: i32,
    uses: Vec<(InForce, &'o WorkCalendar)>,
    notices: Vec<&'o HolidayNotice>,
    house: WorkCalendar,
}

impl<'o> WorkDays<'o> {
    /// Takes the uses in the order in which they decide, and the notices that were adopted.
    ///
    /// `utc_offset` is in minutes east of UTC.
    pub fn new(
        utc_offset: i32,
        uses: Vec<(InForce, &'o WorkCalendar)>,
        adopted: impl Iterator<Item = &'o HolidayNotice>,
    ) -> Self {
        let mut notices: Vec<&HolidayNotice> = adopted.collect();
        notices.sort_by_key(|notice| (notice.year, notice.adopted.recorded, notice.id));
        // The later year first, and of each year the notice that was adopted last.
        notices.reverse();
        notices.dedup_by_key(|notice| notice.year);
        Self {
            utc_offset,
            uses,
            notices,
            house: WorkCalendar::house(),
        }
    }

    /// The calendar that decides on a day; `None` where the product's own is used.
    pub fn used_on(&self, day: Day) -> Option<&'o WorkCalendar> {
        let covering = self.uses.iter().find(|(in_force, _)| in_force.covers(day));
        covering.map(|(_, calendar)| *calendar)
    }

    /// The calendar that decides on a day, the product's own where no other does.
    pub fn calendar(&self, day: Day) -> &WorkCalendar {
        self.used_on(day).unwrap_or(&self.house)
    }

    /// The notice that names a day, else the one of the day's year; `None` where it does not apply.
    pub fn notice_on(&self, day: Day) -> Option<&'o HolidayNotice> {
        if !self.calendar(day).holidays {
            return None;
        }
        let year = *settling(day).start();
        let naming = self.notices.iter().find(|n| n.names(day).is_some());
        let of_year = || self.notices.iter().find(|notice| notice.year == year);
        naming.or_else(of_year).copied()
    }

    /// Says whether a day is a working day.
    pub fn is_working(&self, day: Day) -> bool {
        let calendar = self.calendar(day);
        if calendar.work.contains(&day) {
            return true;
        }
        if calendar.off.contains(&day) {
            return false;
        }
        let noticed = self.notice_on(day).and_then(|notice| notice.names(day));
        noticed.unwrap_or_else(|| calendar.in_cycle(day))
    }

    /// Says whether the notices that settle a day are there, or it needs none.
    pub fn announced(&self, day: Day) -> bool {
        let calendar = self.calendar(day);
        if !calendar.holidays || calendar.work.contains(&day) || calendar.off.contains(&day) {
            return true;
        }
        let named = |notice: &&HolidayNotice| notice.names(day).is_some();
        let adopted = |year| self.notices.iter().any(|notice| notice.year == year);
        self.notices.iter().any(named) || settling(day).all(adopted)
    }

    /// Counts the working days from one day to another, both inclusive.
    pub fn count(&self, from: Day, to: Day) -> Reckoned<u32> {
        let mut counted = Reckoned {
            value: 0,
            announced: true,
        };
        for day in walk(Some(from), Day::succ_opt).take_while(|day| *day <= to) {
            counted.announced &= self.announced(day);
            counted.value += u32::from(self.is_working(day));
        }
        counted
    }

    /// Moves a day that is not a working day; a working day stays.
    pub fn shift(&self, day: Day, shift: Shift) -> Reckoned<Day> {
        match shift {
            Shift::Back => self.nth(walk(Some(day), Day::pred_opt), 1, day),
            Shift::Forward => self.nth(walk(Some(day), Day::succ_opt), 1, day),
            Shift::Stay => Reckoned {
                value: day,
                announced: self.announced(day),
            },
        }
    }

    /// The `n`-th working day after a day; 0 is the day itself.
    pub fn after(&self, day: Day, n: u32) -> Reckoned<Day> {
        self.nth(walk(day.succ_opt(), Day::succ_opt), n, day)
    }

    /// The `n`-th working day before a day; 0 is the day itself.
    pub fn before(&self, day: Day, n: u32) -> Reckoned<Day> {
        self.nth(walk(day.pred_opt(), Day::pred_opt), n, day)
    }

    /// The `n`-th working day of some, the last of them where there are fewer.
    fn nth(&self, days: impl Iterator<Item = Day>, n: u32, start: Day) -> Reckoned<Day> {
        let mut found = Reckoned {
            value: start,
            announced: true,
        };
        let mut left = n;
        for day in days {
            if left == 0 {
                break;
            }
            found.announced &= self.announced(day);
            found.value = day;
            left -= u32::from(self.is_working(day));
        }
        found
    }

    /// The moment at which a minute of a day begins, in the organisation's zone.
    pub fn at(&self, day: Day, minute: u32) -> UtcMillis {
        let midnight = day.and_time(chrono::NaiveTime::MIN).and_utc();
        let minutes = i64::from(minute) - i64::from(self.utc_offset);
        UtcMillis(midnight.timestamp_millis() + minutes * MINUTE)
    }

    /// The moment at which the work of a day ends.
    ///
    /// On a day without work it is the moment at which work would end.
    pub fn close_of_work(&self, day: Day) -> UtcMillis {
        self.at(day, self.calendar(day).close())
    }

    /// The day of a moment, in the organisation's zone.
    pub fn day(&self, at: UtcMillis) -> Day {
        at.day(self.utc_offset)
    }

    /// The first moment until which so many minutes of work have passed since another.
    pub fn add_minutes(&self, at: UtcMillis, minutes: u32) -> Reckoned<UtcMillis> {
        let mut left = i64::from(minutes) * MINUTE;
        let mut announced = true;
        let mut value = at;
        if left > 0 {
            'walked: for day in walk(Some(self.day(at)), Day::succ_opt) {
                announced &= self.announced(day);
                for (from, to) in self.spans(day) {
                    let from = from.max(at.0);
                    if from + left <= to {
                        value = UtcMillis(from + left);
                        break 'walked;
                    }
                    value = UtcMillis(to.max(at.0));
                    left -= (to - from).max(0);
                }
            }
        }
        Reckoned { value, announced }
    }

    /// The whole minutes of work between two moments; none where the second is the earlier.
    pub fn minutes_between(&self, from: UtcMillis, to: UtcMillis) -> Reckoned<u32> {
        let mut worked = 0;
        let mut announced = true;
        let last = self.day(to);
        for day in walk(Some(self.day(from)), Day::succ_opt).take_while(|day| *day <= last) {
            announced &= self.announced(day);
            for (begin, end) in self.spans(day) {
                worked += (end.min(to.0) - begin.max(from.0)).max(0);
            }
        }
        Reckoned {
            value: u32::try_from(worked / MINUTE).unwrap_or(u32::MAX),
            announced,
        }
    }

    /// The spans of work of a day, as milliseconds.
    fn spans(&self, day: Day) -> impl Iterator<Item = (i64, i64)> {
        let calendar = self.calendar(day);
        let worked = self.is_working(day);
        let hours = calendar.hours.iter().filter(move |_| worked);
        hours.map(move |hours| {
            let to = hours.to.min(MINUTES);
            (self.at(day, hours.from).0, self.at(day, to).0)
        })
    }
}

/// Walks from a day, as far as one answer may go.
fn walk(from: Option<Day>, next: fn(&Day) -> Option<Day>) -> impl Iterator<Item = Day> {
    std::iter::successors(from, next).take(MOST_WALKED)
}
