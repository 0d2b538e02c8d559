//! The timeline: when who does what in a month, by the deadlines of its regime and the calendar of
//! each unit.
//!
//! The drafted month and what is open in the running one hang on the day of loading, so that they
//! are there on every day of a year; everything else hangs on deadlines.

use super::{Cast, Month, NextState, Says, Script, ScriptPlan, Slot, dawn, day_of};
use crate::calendar::WorkDays;
use crate::deadline::{DeadlineStep, Shift};
use crate::moment::{Day, UtcMillis};
use crate::organisation::Organisation;

/// Something that somebody does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// The plan office opens the month.
    Open,
    /// The owner drafts the plan with its items.
    Draft,
    /// The owner hands it in.
    Submit,
    /// The judge returns it.
    Return,
    /// Helping units answer.
    Help,
    /// The judge approves it.
    Approve,
    /// The responsible person reports how far an item is.
    Halfway(usize),
    /// The responsible person reports an item as done.
    Complete(usize),
    /// The owner scores every item.
    ScoreSelf,
    /// The judge scores every item and publishes.
    Judge,
    /// The one above the judge does so in that place.
    JudgeInPlace,
    /// The owner opens the result and says nothing.
    Opens,
    /// The owner signs.
    Signs,
    /// The owner objects.
    Objects,
    /// The judge gives way and judges one item again.
    GivesWay,
    /// The plan office seals whoever is ready.
    Seal,
    /// The owner asks for a change.
    AskChange,
    /// Somebody is noted as away.
    Absence,
    /// The owner carries unfinished items over into the drafted plan.
    Carry,
}

/// Something at a moment, in a month's plan.
#[derive(Debug, Clone, Copy)]
pub(super) struct Beat {
    pub(super) at: UtcMillis,
    pub(super) month: usize,
    pub(super) plan: usize,
    pub(super) what: What,
}

pub(super) struct Timeline<'a> {
    organisation: &'a Organisation,
    script: &'a Script,
    cast: &'a Cast,
    today: Day,
}

/// Minutes after midnight.
const fn clock(hour: u32, minute: u32) -> u32 {
    60 * hour + minute
}

/// A small delay, so that not everybody acts in the same minute.
fn later(place: usize, minutes: u32) -> u32 {
    u32::try_from(place).unwrap_or(0) * minutes
}

impl<'a> Timeline<'a> {
    pub(super) const fn new(
        organisation: &'a Organisation,
        script: &'a Script,
        cast: &'a Cast,
        today: Day,
    ) -> Self {
        Self {
            organisation,
            script,
            cast,
            today,
        }
    }

    /// All beats before the day of loading, in order of time.
    pub(super) fn all(&self, months: &[Month]) -> Vec<Beat> {
        let mut beats = Vec::new();
        for (at, month) in months.iter().enumerate() {
            beats.extend(self.month(at, month));
        }
        beats.extend(self.open_today(months));
        let end = dawn(self.today);
        beats.retain(|beat| beat.at < end);
        beats.sort_by_key(|beat| beat.at);
        beats
    }

    /// Says whether everything of a month lies before the day of loading.
    pub(super) fn is_over(&self, month: &Month) -> bool {
        let last = self.seals(month).last().copied();
        last.is_some_and(|last| last < dawn(self.today))
    }

    fn days(&self, key: &str) -> WorkDays<'a> {
        self.organisation.work_days(self.cast.units[key])
    }

    /// When the plan office seals: when those who signed are ready, after those who were judged
    /// late, after those who said nothing.
    fn seals(&self, month: &Month) -> Vec<UtcMillis> {
        let days = self.days("");
        let judged = self.judged(month);
        let sweeps: &[u32] = if month.rules().cycle.assessed.is_some() {
            &[1]
        } else {
            &[1, 2, 4]
        };
        let sweep = |after: &u32| days.at(days.after(judged, *after).value, clock(17, 45));
        sweeps.iter().map(sweep).collect()
    }

    /// The day on which judging is over for the whole company.
    fn judged(&self, month: &Month) -> Day {
        let day = |step| day_of(self.organisation, month, step, self.cast.units[""]);
        day(DeadlineStep::Filing).max(day(DeadlineStep::SuperiorScore))
    }

    fn month(&self, at: usize, month: &Month) -> Vec<Beat> {
        let mut beats = Vec::new();
        let days = self.days("");
        let beat = |at_time, what| Beat {
            at: at_time,
            month: at,
            plan: 0,
            what,
        };
        let opened = if month.slot == Slot::Next {
            days.before(self.today, 4).value
        } else {
            let due = day_of(
                self.organisation,
                month,
                DeadlineStep::Submission,
                self.cast.units[""],
            );
            days.before(due, 8).value
        };
        beats.push(beat(days.at(opened, clock(8, 30)), What::Open));
        for (place, plan) in self.script.plans.iter().enumerate() {
            if plan.regime != month.regime.regime().key {
                continue;
            }
            let of_plan = if month.slot == Slot::Next {
                self.drafted(plan, place)
            } else {
                self.lived(month, plan, place)
            };
            let here = of_plan.into_iter().map(|(time, what)| Beat {
                plan: place,
                ..beat(time, what)
            });
            beats.extend(here);
        }
        if month.slot != Slot::Next {
            let seals = self.seals(month);
            beats.extend(seals.into_iter().map(|time| beat(time, What::Seal)));
        }
        beats
    }

    /// A plan of the month that is drafted.
    fn drafted(&self, plan: &ScriptPlan, place: usize) -> Vec<(UtcMillis, What)> {
        let days = self.days("");
        let before = |n, minute| days.at(days.before(self.today, n).value, minute);
        let mut beats = vec![(before(3, clock(9, 30) + later(place, 9)), What::Draft)];
        if plan.next != NextState::Draft {
            beats.push((before(2, clock(14, 0) + later(place, 6)), What::Submit));
        }
        if plan.next == NextState::Returned {
            beats.push((before(1, clock(10, 30) + later(place, 4)), What::Return));
        }
        beats
    }

    /// A plan of a month that passed or runs.
    fn lived(&self, month: &Month, plan: &ScriptPlan, place: usize) -> Vec<(UtcMillis, What)> {
        let days = self.days(&plan.unit);
        let unit = self.cast.units[&plan.unit];
        let step = |step| day_of(self.organisation, month, step, unit);
        let handed_in = step(DeadlineStep::Submission);
        let before = |n, minute| days.at(days.before(handed_in, n).value, minute);
        let approved = before(0, clock(10, 0) + later(place, 4));
        let mut beats = vec![
            (before(5, clock(9, 30) + later(place, 9)), What::Draft),
            (before(2, clock(14, 0) + later(place, 6)), What::Submit),
            (before(1, clock(16, 0) + later(place, 3)), What::Help),
            (approved, What::Approve),
        ];
        if plan.returned_once {
            beats.push((before(1, clock(10, 0)), What::Return));
            beats.push((before(1, clock(14, 30)), What::Submit));
        }
        let scored = days.at(
            step(DeadlineStep::SelfScore),
            clock(9, 30) + later(place, 3),
        );
        beats.extend(self.reports(month, plan, (approved, scored)));
        beats.push((scored, What::ScoreSelf));
        beats.extend(self.judged_and_answered(month, plan, place));
        beats
    }

    /// The reports of a plan, between its approval and its self score.
    fn reports(
        &self,
        month: &Month,
        plan: &ScriptPlan,
        (approved, scored): (UtcMillis, UtcMillis),
    ) -> Vec<(UtcMillis, What)> {
        const HOUR: i64 = 3_600_000;
        let days = self.days(&plan.unit);
        let mut beats = Vec::new();
        for (place, item) in plan.items.iter().enumerate() {
            let due = item.due(&month.period);
            let done = days.shift(due + chrono::Duration::days(item.report), Shift::Back);
            let at = days.at(done.value, clock(15, 40) + later(place, 11));
            let (first, last) = (UtcMillis(approved.0 + 2 * HOUR), UtcMillis(scored.0 - HOUR));
            let at = at.clamp(first, last.max(first));
            let running = month.slot == Slot::Running;
            if !(running && item.stuck) {
                beats.push((at, What::Complete(place)));
            }
            if item.halfway.is_some() {
                let half = (done.value - month.period.from).num_days() / 2;
                let half = month.period.from + chrono::Duration::days(half.max(0));
                let half = days.at(days.shift(half, Shift::Back).value, clock(11, 20));
                let half = half.max(first);
                if half < at {
                    beats.push((half, What::Halfway(place)));
                }
            }
        }
        beats
    }

    fn judged_and_answered(
        &self,
        month: &Month,
        plan: &ScriptPlan,
        place: usize,
    ) -> Vec<(UtcMillis, What)> {
        let days = self.days(&plan.unit);
        let unit = self.cast.units[&plan.unit];
        let day = day_of(self.organisation, month, DeadlineStep::SuperiorScore, unit);
        let morning = clock(9, 0) + later(place, 5);
        let after = |day, n, minute| days.at(days.after(day, n).value, minute);
        if plan.late_judge {
            let judged = self.judged(month);
            return vec![
                (after(judged, 2, clock(10, 0)), What::JudgeInPlace),
                (after(judged, 2, clock(14, 0)), What::Signs),
            ];
        }
        let judged = after(day, 0, clock(14, 0) + later(place, 4));
        let mut beats = vec![(judged, What::Judge)];
        match plan.answer {
            Says::Signs => beats.push((after(day, 1, morning), What::Signs)),
            Says::Silent => beats.push((after(day, 0, clock(17, 10)), What::Opens)),
            Says::Objects => beats.extend([
                (after(day, 1, morning), What::Objects),
                (after(day, 1, clock(15, 0)), What::GivesWay),
                (after(day, 2, morning), What::Signs),
            ]),
        }
        beats
    }

    /// What is open on the day of loading.
    fn open_today(&self, months: &[Month]) -> Vec<Beat> {
        let days = self.days("");
        let running = |key: &str| {
            months
                .iter()
                .position(|month| month.slot == Slot::Running && month.regime.regime().key == key)
        };
        let yesterday = |minute| days.at(days.before(self.today, 1).value, minute);
        let mut beats = Vec::new();
        for (place, plan) in self.script.plans.iter().enumerate() {
            let Some(month) = running(&plan.regime) else {
                continue;
            };
            let mut beat = |minute, what| {
                beats.push(Beat {
                    at: yesterday(minute),
                    month,
                    plan: place,
                    what,
                });
            };
            if plan.owner == self.script.absent.login {
                beat(clock(8, 40), What::Absence);
            }
            if plan.owner == self.script.change.owner {
                beat(clock(14, 20), What::AskChange);
            }
            if plan.items.iter().any(|item| item.stuck && item.once) {
                beat(clock(16, 30), What::Carry);
            }
        }
        beats
    }
}
