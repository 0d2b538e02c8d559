//! Rights: the administrator gives and ends them while devices are away.

use chrono::Days;
use shared::calendar::{Hours, WorkCalendar};
use shared::command::Command;
use shared::command::organisation::{
    AddCalendar, Appoint, Assign, DrawLine, EndAppointment, EndAssignment, EndLine, RenameUnit,
    Transfer, UseCalendar,
};
use shared::command::period::MarkPeriod;
use shared::command::signing::{Delegate, EndDelegation};
use shared::id::{
    AppointmentId, AssignmentId, CalendarId, CalendarUseId, CommandId, DelegationId, PeriodId,
    ReportingLineId,
};
use shared::moment::Day;
use shared::organisation::{Assignment, Line, Office, Organisation, Tenure};
use shared::regime::Name;
use shared::regime::cycle::PeriodAct;

use super::Cluster;
use crate::people::ADMINISTRATOR;

impl Cluster<'_> {
    /// The administrator gives or ends a right.
    pub(super) fn change_rights(&mut self) {
        let organisation = self.organisation();
        let today = self.today();
        let yesterday = today.checked_sub_days(Days::new(1)).unwrap_or(today);
        let command = match self.chance.below(18) {
            0..3 => Some(self.assignment(today)),
            3..6 => self.end_of_assignment(&organisation, yesterday),
            6 => Some(Command::DrawLine(DrawLine {
                id: ReportingLineId::from_bits(self.chance.wide()),
                person: self.somebody(),
                superior: self.somebody(),
                line: [Line::Administrative, Line::Functional][self.chance.below(2)],
                from: yesterday,
            })),
            7 => {
                let lines: Vec<ReportingLineId> = organisation.lines.keys().copied().collect();
                let id = self.chance.pick(&lines).copied();
                id.map(|id| Command::EndLine(EndLine { id, to: yesterday }))
            }
            8 => Some(Command::Appoint(Appoint {
                appointment: AppointmentId::from_bits(self.chance.wide()),
                person: self.somebody(),
                office: [Office::PlanOffice, Office::Payroll][self.chance.below(4) / 3],
                from: yesterday,
            })),
            9 => self.end_of_appointment(&organisation, yesterday),
            10..12 => self.transfer(&organisation, today),
            12 => Some(self.calendar(today)),
            13 => self.new_name(today),
            14..16 => Some(self.delegation(today)),
            16 => self.end_of_delegation(&organisation, today),
            _ => self.mark(&organisation),
        };
        let Some(command) = command else { return };
        self.tell(|| format!("the administrator: {command:?}"));
        let commands = vec![(CommandId::from_bits(self.chance.wide()), command)];
        let process = self.chance.below(self.servers.count());
        let (administrator, now) = (self.company.people[ADMINISTRATOR], self.server_now());
        self.servers.power(process, administrator, commands, now);
    }

    /// Somebody gets a post, for good or for a few days.
    pub(super) fn assignment(&mut self, today: Day) -> Command {
        let person = self.somebody();
        let chance = &mut self.chance;
        let last = today.checked_add_days(Days::new(chance.bits() % 3));
        let unit = chance.pick(&self.company.units).copied();
        Command::Assign(Assign {
            assignment: AssignmentId::from_bits(chance.wide()),
            person,
            unit: unit.expect("there are units"),
            post: "Post".to_owned(),
            tenure: [Tenure::Main, Tenure::Additional, Tenure::Acting][chance.below(3)],
            heads: chance.permille(500),
            from: today,
            to: last.filter(|_| chance.permille(500)),
        })
    }

    /// Somebody moves from one post to another.
    fn transfer(&mut self, all: &Organisation, today: Day) -> Option<Command> {
        let held = all
            .assignments
            .values()
            .filter(|a| a.in_force.covers(today));
        let held: Vec<&Assignment> = held.filter(|a| a.in_force.from < today).collect();
        let (ended, person) = self.chance.pick(&held).map(|a| (a.id, a.person))?;
        match self.assignment(today) {
            Command::Assign(assign) => Some(Command::Transfer(Transfer {
                ended,
                assign: Assign { person, ..assign },
            })),
            _ => None,
        }
    }

    /// A calendar comes into being; a later one is used by a unit from tomorrow on.
    fn calendar(&mut self, today: Day) -> Command {
        let organisation = self.organisation();
        let calendars: Vec<CalendarId> = organisation.calendars.keys().copied().collect();
        let chance = &mut self.chance;
        if let Some(calendar) = chance.pick(&calendars).copied()
            && chance.permille(600)
        {
            let unit = chance.pick(&self.company.units).copied();
            return Command::UseCalendar(UseCalendar {
                id: CalendarUseId::from_bits(chance.wide()),
                unit: unit.expect("there are units"),
                calendar,
                from: today.succ_opt().unwrap_or(today),
            });
        }
        let calendar = WorkCalendar {
            id: CalendarId::from_bits(chance.wide()),
            name: Name {
                zh: "单休".to_owned(),
                en: "One day off".to_owned(),
            },
            anchor: today,
            cycle: [true, true, true, true, true, true, false].to_vec(),
            hours: vec![Hours { from: 480, to: 960 }],
            holidays: true,
            off: vec![],
            work: vec![],
        };
        let calendar = Box::new(calendar);
        Command::AddCalendar(AddCalendar { calendar })
    }

    /// Somebody's signatures are delegated for some days.
    fn delegation(&mut self, today: Day) -> Command {
        let (from, to) = (self.somebody(), self.somebody());
        let chance = &mut self.chance;
        let last = today.checked_add_days(Days::new(chance.bits() % 5));
        Command::Delegate(Delegate {
            delegation: DelegationId::from_bits(chance.wide()),
            from,
            to,
            first: today,
            last: last.unwrap_or(today),
            reason: "Away".to_owned(),
        })
    }

    fn end_of_delegation(&mut self, all: &Organisation, today: Day) -> Option<Command> {
        let given: Vec<DelegationId> = all.delegations.keys().copied().collect();
        let delegation = self.chance.pick(&given).copied()?;
        Some(Command::EndDelegation(EndDelegation {
            delegation,
            to: today,
        }))
    }

    /// An act on a period; submission is closed for one unit, and a correction round opens it again.
    fn mark(&mut self, all: &Organisation) -> Option<Command> {
        let periods: Vec<PeriodId> = all.periods.keys().copied().collect();
        let period = self.chance.pick(&periods).copied()?;
        let unit = self.chance.pick(&self.company.units).copied()?;
        let acts = [
            PeriodAct::Corrected,
            PeriodAct::SubmissionClosed,
            PeriodAct::Published,
        ];
        let act = acts[self.chance.below(3)];
        let open = u32::from(self.chance.permille(500));
        Some(Command::MarkPeriod(MarkPeriod {
            period,
            act,
            units: vec![unit],
            open,
            reason: "On the day".to_owned(),
        }))
    }

    /// A unit gets another name.
    fn new_name(&mut self, today: Day) -> Option<Command> {
        Some(Command::RenameUnit(RenameUnit {
            unit: self.chance.pick(&self.company.units).copied()?,
            name: format!("Unit {}", self.chance.bits()),
            name_en: String::new(),
            from: today.succ_opt().unwrap_or(today),
        }))
    }

    fn end_of_assignment(&mut self, all: &Organisation, to: Day) -> Option<Command> {
        let held = all.assignments.values().filter(|a| a.in_force.covers(to));
        let held: Vec<AssignmentId> = held.map(|a| a.id).collect();
        let assignment = self.chance.pick(&held).copied()?;
        Some(Command::EndAssignment(EndAssignment { assignment, to }))
    }

    fn end_of_appointment(&mut self, all: &Organisation, to: Day) -> Option<Command> {
        let held = all.appointments.values().filter(|a| a.in_force.covers(to));
        let held = held.filter(|a| a.office != Office::Administrator);
        let held: Vec<AppointmentId> = held.map(|a| a.id).collect();
        let appointment = self.chance.pick(&held).copied()?;
        Some(Command::EndAppointment(EndAppointment { appointment, to }))
    }
}
