//! Payroll: the arithmetic of lines, batches by hand, who may and who sees, when a result is paid.

mod access;
mod batch;
mod lines;
mod term;

use shared::command::Command;
use shared::command::organisation::Appoint;
use shared::command::payroll::{EnterBase, EnterMinimum, HandOver, PayrollAct};
use shared::id::{AppointmentId, MinimumWageId, PayBaseId, PersonId};
use shared::moment::Day;
use shared::organisation::Office;
use shared::payroll::{self, Draft, PaySlip, Scope};
use shared::quantity::Fen;

use crate::prelude::*;

/// Who holds the office.
const PAYROLL: PersonId = KEEPER;

fn december() -> Day {
    day(2026, 12, 1)
}

fn january() -> Day {
    day(2027, 1, 1)
}

fn act(act: PayrollAct) -> Command {
    Command::Payroll(Box::new(act))
}

fn base(n: u128, person: PersonId, fen: i64, from: Day) -> EnterBase {
    EnterBase {
        base: PayBaseId::from_bits(0xba00 + n),
        person,
        amount: Fen(fen),
        from,
        old: None,
        note: "劳动合同".into(),
    }
}

fn minimum(n: u128, fen: i64) -> EnterMinimum {
    EnterMinimum {
        wage: MinimumWageId::from_bits(0x3100 + n),
        unit: ROOT,
        amount: Fen(fen),
        from: day(2026, 1, 1),
        note: String::new(),
    }
}

fn only(people: &[PersonId]) -> Scope {
    Scope {
        people: people.to_vec(),
        ..Scope::default()
    }
}

impl Story {
    /// The keeper is payroll, and everybody of these has a base from the year's beginning.
    fn with_payroll(&mut self, bases: &[(PersonId, i64)]) {
        let appoint = Appoint {
            appointment: AppointmentId::from_bits(79),
            person: PAYROLL,
            office: Office::Payroll,
            from: day(2026, 1, 1),
        };
        self.must(ADMINISTRATOR, Command::Appoint(appoint));
        for (n, (person, fen)) in (1..).zip(bases) {
            let enter = base(n, *person, *fen, day(2026, 1, 1));
            self.must(PAYROLL, act(PayrollAct::EnterBase(enter)));
        }
    }

    fn drawn(&self, month: Day, scope: &Scope) -> Draft {
        payroll::draft(&self.world, month, scope, self.moment.received).unwrap()
    }

    fn hand_over(&self, month: Day, scope: &Scope) -> HandOver {
        let draft = self.drawn(month, scope);
        HandOver {
            number: draft.number,
            month,
            scope: scope.clone(),
            seen: draft.digest,
            note: String::new(),
        }
    }

    /// Hands over what is drawn, and reads it back.
    fn handed_over(&mut self, month: Day, scope: &Scope) -> Vec<PaySlip> {
        let args = self.hand_over(month, scope);
        let number = args.number;
        self.must(PAYROLL, act(PayrollAct::HandOver(args)));
        let slips = payroll::slips_of(&self.world, month, number);
        slips.into_iter().cloned().collect()
    }
}
