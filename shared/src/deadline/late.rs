//! How an act stands to its deadline by the rules of format 2: which of its three times counts, what
//! a claim is worth, and how late it was, counted in every way in which a regime may charge it.
//!
//! The three times are when the person says it happened, when the device recorded it, and when the
//! server received it. Only the receipt proves anything by itself; where a regime lets another time
//! count, it does so within the grace, so that a clock set back a year opens nothing.

use super::{Deadline, LatenessDecision, Timed, Timeliness};
use crate::calendar::WorkDays;
use crate::moment::{Day, Times, UtcMillis};
use crate::regime::deadlines::{CountedTime, Lateness, Undecided};
use crate::result::engine_3::inputs::Late;

/// Milliseconds of a minute.
const MINUTE: i64 = 60_000;

/// An act with its three times.
#[derive(Debug, Clone, Copy)]
pub struct Act<'a> {
    /// When it was recorded by the device, received, and executed.
    pub times: &'a Times,
    /// The day on which the person says that it happened, where that is asked.
    pub happened: Option<Day>,
}

impl Act<'_> {
    /// The moment of the act that counts.
    ///
    /// A day is all that is known of what happened on it, so the earliest moment of that day counts:
    /// what cannot be known is not held against anybody.
    pub fn counted(&self, counts: CountedTime, days: &WorkDays<'_>) -> UtcMillis {
        match (counts, self.happened) {
            (CountedTime::Happened, Some(day)) => days.at(day, 0).min(self.times.received),
            (CountedTime::Happened, None) | (CountedTime::Recorded, _) => {
                self.times.claimed.min(self.times.received)
            }
            (CountedTime::Received, _) => self.times.received,
        }
    }
}

/// Says how an act stands to a deadline where `counts` is the time that counts.
///
/// Received in time is in time. Later, within the grace: where the receipt counts, an act that the
/// device recorded in time claims to have been so, until the decider has decided; where another
/// time counts, that time decides.
pub fn label(
    lateness: &Lateness,
    counts: CountedTime,
    act: Act<'_>,
    deadline: &Deadline,
    days: &WorkDays<'_>,
) -> Timeliness {
    let received = act.times.received;
    if received <= deadline.at {
        return Timeliness::OnTime;
    }
    let heard = received.0 - deadline.at.0 <= i64::from(lateness.grace_minutes) * MINUTE;
    if !heard || lateness.receipt_only {
        return Timeliness::Late;
    }
    match counts {
        CountedTime::Received if act.times.claimed <= deadline.at => Timeliness::LateClaimedOnTime,
        CountedTime::Received => Timeliness::Late,
        CountedTime::Recorded | CountedTime::Happened => {
            if act.counted(counts, days) <= deadline.at {
                Timeliness::OnTime
            } else {
                Timeliness::Late
            }
        }
    }
}

/// Puts an act beside its deadline, where `counts` is the time that counts.
pub fn timed(
    lateness: &Lateness,
    counts: CountedTime,
    act: Act<'_>,
    deadline: Deadline,
    days: &WorkDays<'_>,
) -> Timed {
    Timed {
        label: label(lateness, counts, act, &deadline, days),
        deadline,
        decided: None,
    }
}

/// Says whether an act counts as in time when judging closes; `None` where nothing may close before
/// somebody decides.
pub fn settled(timed: &Timed, undecided: Undecided) -> Option<bool> {
    timed.in_time().or(match undecided {
        Undecided::Late => Some(false),
        Undecided::OnTime => Some(true),
        Undecided::Blocks => None,
    })
}

/// How late an act is, in days and in full hours.
///
/// Who is late at all is late by one day at least; hours count when they are full. Nothing is
/// counted of an act in time, nor of one whose claim was accepted.
pub fn late(
    counts: CountedTime,
    act: Act<'_>,
    timed: (&Deadline, Timeliness, Option<&LatenessDecision>),
    days: &WorkDays<'_>,
) -> Late {
    let (deadline, label, decided) = timed;
    let excused = match label {
        Timeliness::OnTime => true,
        Timeliness::LateClaimedOnTime => decided.is_some_and(|decided| decided.accepted),
        Timeliness::Late => false,
    };
    if excused {
        return Late::default();
    }
    let counted = act.counted(counts, days).max(deadline.at);
    let day = days.day(counted);
    let calendar = (day - deadline.day).num_days().max(1);
    let first = deadline.day.succ_opt().unwrap_or(deadline.day);
    let working = days.count(first, day).value.max(1);
    let clock = (counted.0 - deadline.at.0) / (60 * MINUTE);
    let worked = days.minutes_between(deadline.at, counted).value / 60;
    Late {
        calendar: u16::try_from(calendar).unwrap_or(u16::MAX),
        working: u16::try_from(working).unwrap_or(u16::MAX),
        clock_hours: u32::try_from(clock).unwrap_or(u32::MAX),
        working_hours: worked,
    }
}
