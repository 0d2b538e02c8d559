//! Who worked where on how many days: the calendar of a unit, and a person's days in it.
//!
//! Everything is counted from dated rows when it is asked, so a count is as good as the rows of the
//! day on which it was made; what is sealed keeps its own.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::Days;

use super::{Absence, AbsenceBasis, Organisation, Tenure, Unit};
use crate::calendar::{CalendarUse, WorkDays};
use crate::id::{PersonId, UnitId};
use crate::item::{Item, TargetKind};
use crate::moment::{Day, InForce};

/// The most days that are walked over to count a person's days.
const MOST_WALKED: usize = 4_000;

/// The days on which a person was in a unit, within a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stay {
    /// Where.
    pub unit: UnitId,
    /// How the post was held; of several at once the one that binds most.
    pub tenure: Tenure,
    /// First day.
    pub from: Day,
    /// Last day, inclusive.
    pub to: Day,
    /// The unit's working days from the first to the last.
    pub working_days: u32,
    /// Whether every year that it touches had its notice.
    pub announced: bool,
}

/// A person's working days in a unit; each day is counted once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Attendance {
    /// The unit's working days.
    pub working: u32,
    /// Of those, the days on which the person had a post in the unit.
    pub assigned: u32,
    /// Of those, the days of an absence to which the person is entitled.
    pub entitled: u32,
    /// Of the assigned days, those of personal or sick leave alone.
    pub personal: u32,
}

/// The absence of a person by which milestones move: found once, asked for each of them.
#[derive(Debug, Clone)]
pub struct Extension<'o> {
    /// The spans of absence by right, the earliest first.
    away: Vec<InForce>,
    /// The unit's working days; nobody asks for them where there is no absence.
    days: Option<WorkDays<'o>>,
    since: Day,
}

/// Where a person was on a working day of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Presence {
    /// Without a post in the unit.
    Elsewhere,
    /// At work.
    There,
    /// Absent, and entitled to it.
    Entitled,
    /// On personal or sick leave.
    Personal,
}

impl Attendance {
    /// The days for which a target per day is owed: entitled absence reduces it, no other does.
    pub const fn owed(&self) -> u32 {
        self.assigned - self.entitled
    }

    /// The days on which the person was not there, for whatever reason.
    pub const fn away(&self) -> u32 {
        self.working - self.assigned + self.entitled + self.personal
    }
}

impl Extension<'_> {
    /// The day to which the due day of an item is extended: as many working days later as the
    /// person was absent by right until then. Where a day is not what counts, it stays: such a target
    /// is owed by fewer days instead.
    pub fn due(&self, item: &Item, due: Day) -> Day {
        let counts = matches!(
            item.target.kind,
            TargetKind::Done | TargetKind::Date | TargetKind::Milestone
        );
        let days = self.days.as_ref().filter(|_| counts);
        days.map_or(due, |days| self.later(days, due))
    }

    fn later(&self, days: &WorkDays<'_>, due: Day) -> Day {
        let mut left = self.working_days_away(days, due);
        let mut extended = due;
        for day in due.iter_days().skip(1).take(MOST_WALKED) {
            if left == 0 {
                break;
            }
            let away = self.away.iter().any(|absence| absence.covers(day));
            if days.is_working(day) && !away {
                left -= 1;
                extended = day;
            }
        }
        extended
    }

    /// Counts the working days of absence up to a day. Only the spans are walked over, and a day
    /// that two of them cover counts once.
    fn working_days_away(&self, days: &WorkDays<'_>, until: Day) -> usize {
        let most = Days::new(MOST_WALKED as u64 - 1);
        let furthest = self.since.checked_add_days(most);
        let until = furthest.map_or(until, |furthest| furthest.min(until));
        let mut counted = 0;
        let mut next = Some(self.since);
        for absence in &self.away {
            let Some(uncounted) = next else { break };
            let last = absence.to.map_or(until, |to| to.min(until));
            let first = absence.from.max(uncounted);
            if first > last {
                continue;
            }
            let span = first.iter_days().take_while(|day| *day <= last);
            counted += span.filter(|day| days.is_working(*day)).count();
            next = last.succ_opt();
        }
        counted
    }
}

impl Unit {
    /// The name, and the one for readers of English, under which the unit was known on a day.
    pub fn name_on(&self, day: Day) -> (&str, &str) {
        let former = self.former.iter().find(|former| day <= former.until);
        former.map_or((&self.name, &self.name_en), |former| {
            (&former.name, &former.name_en)
        })
    }
}

impl Organisation {
    /// The working days of a unit: its own calendar of each day, else the one of a unit above, else
    /// the product's own.
    pub fn work_days(&self, unit: UnitId) -> WorkDays<'_> {
        let mut uses = Vec::new();
        for unit in self.upwards(unit) {
            let own = self.calendar_uses.values().filter(|used| used.unit == unit);
            let mut own: Vec<&CalendarUse> = own.collect();
            // Where two cover a day, the one that began later was meant to replace the other.
            own.sort_by_key(|used| Reverse((used.in_force.from, used.id)));
            uses.extend(own.iter().filter_map(|used| {
                let calendar = self.calendars.get(&used.calendar)?;
                Some((used.in_force, calendar))
            }));
        }
        WorkDays::new(self.utc_offset(), uses, self.notices.values())
    }

    /// The last day up to `day` on which a person had a post in a unit; `None` where there was none.
    pub fn last_day_in(&self, person: PersonId, unit: UnitId, day: Day) -> Option<Day> {
        let held = self.assignments.values();
        let held = held.filter(|held| held.person == person && held.unit == unit);
        let held = held.filter(|held| held.in_force.from <= day);
        // A post that was called off before it began covers no day.
        let lasted = held.filter(|held| held.in_force.covers(held.in_force.from));
        lasted
            .map(|held| held.in_force.to.map_or(day, |to| to.min(day)))
            .max()
    }

    /// The absence of a person on a day; one to which the person is entitled stands first.
    pub fn absence(&self, person: PersonId, day: Day) -> Option<&Absence> {
        let absences = self.absences.values();
        absences
            .filter(|absence| absence.person == person && absence.in_force.covers(day))
            .min_by_key(|absence| (absence.basis, absence.id))
    }

    /// Counts a person's working days in a unit, from one day to another, both inclusive.
    pub fn attendance(&self, person: PersonId, unit: UnitId, from: Day, to: Day) -> Attendance {
        let mut counted = Attendance::default();
        for (_, presence) in self.presence(person, unit, from, to) {
            counted.working += 1;
            counted.assigned += u32::from(presence != Presence::Elsewhere);
            counted.entitled += u32::from(presence == Presence::Entitled);
            counted.personal += u32::from(presence == Presence::Personal);
        }
        counted
    }

    /// Finds the absence by which a person's milestones move, from the day `since` on.
    pub fn extension(&self, person: PersonId, unit: UnitId, since: Day) -> Extension<'_> {
        let away = |absence: &&Absence| {
            absence.person == person && absence.basis == AbsenceBasis::Entitled
        };
        let away = self.absences.values().filter(away);
        let mut away: Vec<InForce> = away.map(|absence| absence.in_force).collect();
        away.sort_unstable_by_key(|absence| absence.from);
        let days = (!away.is_empty()).then(|| self.work_days(unit));
        Extension { away, days, since }
    }

    /// Where a person was on each working day of a unit.
    fn presence(&self, person: PersonId, unit: UnitId, from: Day, to: Day) -> Vec<(Day, Presence)> {
        let days = self.work_days(unit);
        // Gathered once: a large company asks this for everybody.
        let held = self.assignments.values();
        let held: Vec<InForce> = held
            .filter(|held| held.person == person && held.unit == unit)
            .map(|held| held.in_force)
            .collect();
        let away = self.absences.values();
        let away: Vec<&Absence> = away.filter(|absence| absence.person == person).collect();
        let presence = |day: Day| {
            if !held.iter().any(|held| held.covers(day)) {
                return Presence::Elsewhere;
            }
            let bases = away.iter().filter(|absence| absence.in_force.covers(day));
            match bases.map(|absence| absence.basis).min() {
                Some(AbsenceBasis::Entitled) => Presence::Entitled,
                Some(AbsenceBasis::Personal) => Presence::Personal,
                None => Presence::There,
            }
        };
        let span = from.iter_days().take(MOST_WALKED);
        let span = span.take_while(|day| *day <= to);
        let working = span.filter(|day| days.is_working(*day));
        working.map(|day| (day, presence(day))).collect()
    }

    /// Lists the stays of a person in units, from one day to another, both inclusive.
    ///
    /// Posts in one unit that touch or overlap are one stay: who changes the post only does not
    /// move. The earliest stay first.
    pub fn stays(&self, person: PersonId, from: Day, to: Day) -> Vec<Stay> {
        let mut spans: BTreeMap<UnitId, Vec<(Day, Day, Tenure)>> = BTreeMap::new();
        for held in self.assignments.values().filter(|a| a.person == person) {
            let first = held.in_force.from.max(from);
            let last = held.in_force.to.map_or(to, |last| last.min(to));
            if first <= last {
                let spans = spans.entry(held.unit).or_default();
                spans.push((first, last, held.tenure));
            }
        }
        let mut stays = Vec::new();
        for (unit, mut spans) in spans {
            spans.sort_unstable();
            let mut merged: Vec<(Day, Day, Tenure)> = Vec::new();
            for span in spans {
                match merged.last_mut() {
                    Some(before) if before.1.succ_opt().is_none_or(|next| span.0 <= next) => {
                        *before = (before.0, before.1.max(span.1), before.2.min(span.2));
                    }
                    _ => merged.push(span),
                }
            }
            let days = self.work_days(unit);
            stays.extend(merged.into_iter().map(|(from, to, tenure)| {
                let counted = days.count(from, to);
                Stay {
                    unit,
                    tenure,
                    from,
                    to,
                    working_days: counted.value,
                    announced: counted.announced,
                }
            }));
        }
        stays.sort_by_key(|stay| (stay.from, stay.unit));
        stays
    }

    /// The parts of a period that are judged apart: the stays in main posts, where the person held
    /// one, without those of fewer working days than `least_days`.
    ///
    /// Who stayed for the whole period has no parts: a day, or a week with a holiday in it, is judged
    /// though it has no more days.
    pub fn parts(&self, person: PersonId, from: Day, to: Day, least_days: u32) -> Vec<Stay> {
        let mut parts = self.stays(person, from, to);
        if parts.iter().any(|stay| stay.tenure == Tenure::Main) {
            parts.retain(|stay| stay.tenure == Tenure::Main);
        }
        parts.retain(|stay| {
            let whole = stay.from <= from && to <= stay.to;
            stay.working_days >= least_days || (whole && stay.working_days > 0)
        });
        parts
    }

    /// Counts the working days on which a person was not there, and all of them until the person left,
    /// from one day to another, by the calendar of the unit of each day; `home` lends its own where
    /// there is none.
    pub fn away(
        &self,
        person: PersonId,
        home: UnitId,
        stays: &[Stay],
        (from, to): (Day, Day),
    ) -> (u32, u32) {
        let left = stays.iter().map(|stay| stay.to).max().unwrap_or(to);
        let (mut away, mut working_days) = (0, 0);
        let mut calendars = vec![(home, self.work_days(home))];
        for day in from.iter_days().take_while(|day| *day <= left) {
            let stay = stays.iter().find(|s| s.from <= day && day <= s.to);
            let unit = stay.map_or(home, |stay| stay.unit);
            if !calendars.iter().any(|(of, _)| *of == unit) {
                calendars.push((unit, self.work_days(unit)));
            }
            let days = calendars.iter().find(|(of, _)| *of == unit);
            if !days.is_some_and(|(_, days)| days.is_working(day)) {
                continue;
            }
            working_days += 1;
            away += u32::from(stay.is_none() || self.absence(person, day).is_some());
        }
        (away, working_days)
    }
}
