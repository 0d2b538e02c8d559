//! Rights: the administrator gives and ends them while devices are away.

use chrono::Days;
use shared::command::Command;
use shared::command::organisation::{
    Appoint, Assign, DrawLine, EndAppointment, EndAssignment, EndLine,
};
use shared::id::{AppointmentId, AssignmentId, CommandId, ReportingLineId};
use shared::moment::Day;
use shared::organisation::{Line, Office, Organisation, Tenure};

use super::Cluster;
use crate::people::ADMINISTRATOR;

impl Cluster<'_> {
    /// The administrator gives or ends a right.
    pub(super) fn change_rights(&mut self) {
        let organisation = self.organisation();
        let today = self.today();
        let yesterday = today.checked_sub_days(Days::new(1)).unwrap_or(today);
        let command = match self.chance.below(10) {
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
                office: Office::PlanOffice,
                from: yesterday,
            })),
            _ => self.end_of_appointment(&organisation, yesterday),
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

    fn end_of_assignment(&mut self, all: &Organisation, to: Day) -> Option<Command> {
        let held = all.assignments.values().filter(|a| a.in_force.covers(to));
        let held: Vec<AssignmentId> = held.map(|a| a.id).collect();
        let assignment = self.chance.pick(&held).copied()?;
        Some(Command::EndAssignment(EndAssignment { assignment, to }))
    }

    fn end_of_appointment(&mut self, all: &Organisation, to: Day) -> Option<Command> {
        let held = all.appointments.values().filter(|a| a.in_force.covers(to));
        let held = held.filter(|a| a.office == Office::PlanOffice);
        let held: Vec<AppointmentId> = held.map(|a| a.id).collect();
        let appointment = self.chance.pick(&held).copied()?;
        Some(Command::EndAppointment(EndAppointment { appointment, to }))
    }
}
