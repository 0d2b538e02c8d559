//! The rows of the organisation: where each kind is held.

use crate::id::{
    AbsenceId, AppointmentId, AssignmentId, CalendarId, CalendarUseId, CommandId, DelegationId,
    FundLineId, ListId, NoticeId, PeriodId, PersonId, RegimeId, ReportingLineId, RoleHolderId,
    UnitId,
};
use crate::organisation::Organisation;
use crate::row::{Row, RowKey, RowKind};

impl Organisation {
    /// Puts a row where it belongs.
    pub(crate) fn put(&mut self, row: Row) {
        match row {
            Row::Company(company) => self.company = Some(company),
            Row::Unit(unit) => {
                self.units.insert(unit.id, unit);
            }
            Row::Person(person) => {
                self.people.insert(person.id, person);
            }
            Row::Assignment(assignment) => {
                self.assignments.insert(assignment.id, assignment);
            }
            Row::ReportingLine(line) => {
                self.lines.insert(line.id, line);
            }
            Row::Appointment(appointment) => {
                self.appointments.insert(appointment.id, appointment);
            }
            Row::Regime(regime) => {
                self.regimes.insert(regime.id, regime);
            }
            Row::Period(period) => {
                self.periods.insert(period.id, period);
            }
            Row::WorkCalendar(calendar) => {
                self.calendars.insert(calendar.id, calendar);
            }
            Row::CalendarUse(used) => {
                self.calendar_uses.insert(used.id, used);
            }
            Row::HolidayNotice(notice) => {
                self.notices.insert(notice.id, notice);
            }
            Row::Absence(absence) => {
                self.absences.insert(absence.id, absence);
            }
            Row::Closing(closing) => {
                self.closings.insert(closing.id, closing);
            }
            Row::RoleHolder(holder) => {
                self.role_holders.insert(holder.id, holder);
            }
            Row::Delegation(delegation) => {
                self.delegations.insert(delegation.id, delegation);
            }
            Row::TariffSheet(version) => {
                self.sheets.insert(version.id, *version);
            }
            Row::FundLine(line) => {
                self.fund_lines.insert(line.id, line);
            }
            Row::PublicList(list) => {
                self.lists.insert(list.id, *list);
            }
            Row::SpotSample(one) => drop(self.samples.insert(one.period, *one)),
            Row::Classification(one) => {
                self.classifications.insert(one.bits(), one);
            }
            _ => {}
        }
    }

    /// Takes a row away.
    pub(crate) fn remove(&mut self, key: RowKey) {
        match key.kind {
            RowKind::Company => self.company = None,
            RowKind::Unit => drop(self.units.remove(&UnitId::from_bits(key.bits))),
            RowKind::Person => drop(self.people.remove(&PersonId::from_bits(key.bits))),
            RowKind::Assignment => {
                self.assignments.remove(&AssignmentId::from_bits(key.bits));
            }
            RowKind::ReportingLine => {
                self.lines.remove(&ReportingLineId::from_bits(key.bits));
            }
            RowKind::Appointment => {
                self.appointments
                    .remove(&AppointmentId::from_bits(key.bits));
            }
            RowKind::Regime => drop(self.regimes.remove(&RegimeId::from_bits(key.bits))),
            RowKind::Period => drop(self.periods.remove(&PeriodId::from_bits(key.bits))),
            RowKind::WorkCalendar => {
                self.calendars.remove(&CalendarId::from_bits(key.bits));
            }
            RowKind::CalendarUse => {
                self.calendar_uses
                    .remove(&CalendarUseId::from_bits(key.bits));
            }
            RowKind::HolidayNotice => {
                self.notices.remove(&NoticeId::from_bits(key.bits));
            }
            RowKind::Closing => {
                self.closings.remove(&CommandId::from_bits(key.bits));
            }
            RowKind::TariffSheet => drop(self.sheets.remove(&RegimeId::from_bits(key.bits))),
            RowKind::FundLine => {
                self.fund_lines.remove(&FundLineId::from_bits(key.bits));
            }
            RowKind::Absence => {
                self.absences.remove(&AbsenceId::from_bits(key.bits));
            }
            RowKind::SpotSample => drop(self.samples.remove(&PeriodId::from_bits(key.bits))),
            RowKind::PublicList => drop(self.lists.remove(&ListId::from_bits(key.bits))),
            RowKind::Classification => drop(self.classifications.remove(&key.bits)),
            RowKind::RoleHolder => {
                self.role_holders.remove(&RoleHolderId::from_bits(key.bits));
            }
            RowKind::Delegation => {
                self.delegations.remove(&DelegationId::from_bits(key.bits));
            }
            _ => {}
        }
    }
}
