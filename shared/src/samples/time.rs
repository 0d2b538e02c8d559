//! The factory's working time: its calendars, the notices that came out, and who is away.

use serde::Deserialize;

use super::{Builder, Factory};
use crate::calendar::{WorkCalendar, YEARS, published};
use crate::command::Command;
use crate::command::organisation::{AddCalendar, AdoptNotice, NoteAbsence, UseCalendar};
use crate::id::{AbsenceId, CalendarId, CalendarUseId, NoticeId, PersonId, UnitId};
use crate::moment::Day;
use crate::organisation::AbsenceBasis;
use crate::regime::Name;

/// A calendar of the factory; its hours are the product's own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FactoryCalendar {
    /// Key of the unit that uses it; empty for the root.
    pub(super) unit: String,
    name: Name,
    /// Which days are worked, from Monday on.
    cycle: Vec<bool>,
}

/// Somebody who is away in the factory's month.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FactoryAbsence {
    login: String,
    basis: AbsenceBasis,
    /// First and last day of the month.
    from: u32,
    to: u32,
}

impl Builder<'_> {
    /// Adopts the notices that came out, and says how each unit works.
    pub(super) fn working_time(
        &mut self,
        by: PersonId,
        factory: &Factory,
        unit: impl Fn(&str) -> UnitId,
    ) {
        for notice in YEARS.into_iter().filter_map(published) {
            let id = NoticeId::from_bits(self.id());
            let adopt = AdoptNotice {
                id,
                year: notice.year,
                source: notice.source,
                off: notice.off,
                work: notice.work,
            };
            self.send(by, Command::AdoptNotice(adopt));
        }
        for listed in &factory.calendars {
            let calendar = WorkCalendar {
                id: CalendarId::from_bits(self.id()),
                name: listed.name.clone(),
                cycle: listed.cycle.clone(),
                ..WorkCalendar::house()
            };
            let used = UseCalendar {
                id: CalendarUseId::from_bits(self.id()),
                unit: unit(&listed.unit),
                calendar: calendar.id,
                from: self.from,
            };
            let calendar = Box::new(calendar);
            self.send(by, Command::AddCalendar(AddCalendar { calendar }));
            self.send(by, Command::UseCalendar(used));
        }
    }

    /// Notes who is away in the month that begins on `first`.
    pub(super) fn absences(
        &mut self,
        by: PersonId,
        factory: &Factory,
        first: Day,
        person: impl Fn(&str) -> PersonId,
    ) {
        let day = |date: u64| first + chrono::Days::new(date - 1);
        for listed in &factory.absences {
            let note = NoteAbsence {
                id: AbsenceId::from_bits(self.id()),
                person: person(&listed.login),
                basis: listed.basis,
                from: day(listed.from.into()),
                to: Some(day(listed.to.into())),
            };
            self.send(by, Command::NoteAbsence(note));
        }
    }
}
