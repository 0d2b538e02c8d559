//! Times, always passed in: this crate reads no clock.
//!
//! Every act carries three times (claimed by the device, received and recorded by the server);
//! a fourth, the day on which the work happened, is an ordinary value of the domain.

use chrono::{DateTime, Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// A calendar day, without a zone.
pub type Day = NaiveDate;

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Default)]
#[serde(transparent)]
pub struct UtcMillis(pub i64);

impl UtcMillis {
    /// Tells the calendar day at a zone that is `offset_minutes` east of UTC.
    ///
    /// Times outside the years that a calendar can express give the nearest expressible day.
    pub fn day(self, offset_minutes: i32) -> Day {
        let shifted = self.0.saturating_add(i64::from(offset_minutes) * 60_000);
        DateTime::from_timestamp_millis(shifted)
            .map_or(if shifted < 0 { Day::MIN } else { Day::MAX }, |time| {
                time.date_naive()
            })
    }
}

/// When a command was made, as the device saw it; evidence, never a judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Made {
    /// The device's own clock.
    pub device_wall: UtcMillis,
    /// The server's time as the device estimated it from the last answer.
    pub est_server_time: UtcMillis,
    /// Minutes east of UTC of the device's zone.
    pub tz: i32,
}

/// The times at which a command is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// What the device claims.
    pub made: Made,
    /// When the server received it; on the device, the estimate of now.
    pub received: UtcMillis,
    /// When the server executes it; on the device, the estimate of now.
    pub recorded: UtcMillis,
    /// Minutes east of UTC of the organisation's zone, which decides what "today" is.
    pub utc_offset: i32,
}

impl Moment {
    /// Tells the organisation's day at the time of execution: rights are judged by it.
    pub fn today(&self) -> Day {
        self.recorded.day(self.utc_offset)
    }

    /// Tells who did it and when, for the row that the act leaves behind.
    pub const fn times(&self) -> Times {
        Times {
            claimed: self.made.est_server_time,
            received: self.received,
            recorded: self.recorded,
        }
    }
}

/// The three times of an act, kept with what it changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Times {
    /// What the device claimed, translated to server time as well as it could.
    pub claimed: UtcMillis,
    /// When the server received it.
    pub received: UtcMillis,
    /// When the server executed it.
    pub recorded: UtcMillis,
}

/// A span of days in force: from a day, to a day inclusive or open-ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct InForce {
    /// First day.
    pub from: Day,
    /// Last day, inclusive; `None` while no end is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
}

impl InForce {
    /// From a day to a day, both included.
    pub const fn within(from: Day, to: Day) -> Self {
        Self { from, to: Some(to) }
    }

    /// Says whether `day` lies within.
    pub fn covers(&self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    /// Says whether it covers a day after `day`; what was called off before it began covers none.
    pub fn outlasts(&self, day: Day) -> bool {
        self.to.is_none_or(|to| to > day && to >= self.from)
    }

    /// Says whether the two spans share a day.
    pub fn meets(&self, other: &Self) -> bool {
        let later = self.from.max(other.from);
        self.covers(later) && other.covers(later)
    }

    /// Gives the same span, ended on the day before `day`; one that began on `day` covers no day.
    #[must_use]
    pub fn ended_before(&self, day: Day) -> Self {
        let last = day.checked_sub_days(Days::new(1)).unwrap_or(day);
        Self {
            from: self.from,
            to: Some(last),
        }
    }
}
