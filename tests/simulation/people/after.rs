//! What stands after a judging when a run begins: a list could be hung out, somebody objects, and
//! payroll knows what people are paid.

use shared::command::Command;
use shared::command::organisation::Appoint;
use shared::command::payroll::{EnterBase, EnterMinimum, PayrollAct};
use shared::command::signing::HoldRole;
use shared::id::{AppointmentId, MinimumWageId, PayBaseId, RoleHolderId};
use shared::organisation::Office;
use shared::plan::Scope;
use shared::quantity::{BasisPoints, Fen, Points};
use shared::regime::Regime;
use shared::regime::after::{Instance, Publication, SpotChecks};
use shared::regime::charge::Amount;
use shared::regime::who::Who;
use shared::seal::ResultAnswer;

use super::{
    ADMINISTRATOR, Founder, HEAD_A, HEAD_B, HEAD_C, MEMBER_A, MEMBER_B, MEMBER_C, first_day,
    founding_day, tariff,
};

/// Who hears the second instance, by the regime of a run.
const PANEL: &str = "group_panel";

/// The tariff for a judge who was unfair.
const UNFAIR: &str = "unfair";

/// Names the top band on a list for a working day, and lets an appeal and a second instance follow a
/// failed objection, and has every result checked that can be drawn.
pub(super) fn with_hearings(mut regime: Regime) -> Regime {
    let instance = |days, who, decided_in| Instance {
        days,
        by: vec![who],
        decided_in,
    };
    let after = &mut regime.after;
    after.appeal = Some(instance(3, Who::PlanOffice, Some(2)));
    after.second = Some(instance(2, Who::Role(PANEL.to_owned()), None));
    after.publication = Some(Publication {
        bands: vec!["a".to_owned()],
        days: 1,
        averages: true,
    });
    after.spot_checks = Some(SpotChecks {
        share: BasisPoints(10_000),
        by: vec![Who::Role(PANEL.to_owned())],
        unfair: Some(UNFAIR.to_owned()),
    });
    let unfair = tariff(UNFAIR, Who::PlanOffice, Amount::Fixed(Points(200)));
    regime.tariffs.push(unfair);
    regime
}

impl Founder {
    /// Somebody sits on the panel, and somebody pays.
    pub(super) fn seats(&mut self) {
        let (people, from) = (self.company.people.clone(), founding_day());
        let panel = Command::HoldRole(HoldRole {
            holder: RoleHolderId::from_bits(self.chance.wide()),
            role: PANEL.to_owned(),
            unit: None,
            person: people[HEAD_B],
            from,
        });
        let payroll = Command::Appoint(Appoint {
            appointment: AppointmentId::from_bits(self.chance.wide()),
            person: people[ADMINISTRATOR],
            office: Office::Payroll,
            from,
        });
        self.send(ADMINISTRATOR, vec![panel, payroll]);
    }

    /// What people are paid, and the least that they are left.
    pub(super) fn pay(&mut self) {
        let from = first_day();
        let (people, root) = (self.company.people.clone(), self.company.units[0]);
        let amounts = [
            (MEMBER_A, 500_000),
            (MEMBER_B, 450_000),
            (MEMBER_C, 450_000),
        ];
        let mut acts: Vec<PayrollAct> = Vec::new();
        for (person, amount) in amounts {
            acts.push(PayrollAct::EnterBase(EnterBase {
                base: PayBaseId::from_bits(self.chance.wide()),
                person: people[person],
                amount: Fen(amount),
                from,
                old: None,
                note: String::new(),
            }));
        }
        acts.push(PayrollAct::EnterMinimum(EnterMinimum {
            wage: MinimumWageId::from_bits(self.chance.wide()),
            unit: root,
            amount: Fen(220_000),
            from,
            note: String::new(),
        }));
        let acts = acts.into_iter().map(|act| Command::Payroll(Box::new(act)));
        self.send(ADMINISTRATOR, acts.collect());
    }

    /// One result could be named on a list; to another its person objects.
    pub(super) fn hearings(&mut self) {
        let plan = self.plan(MEMBER_B, 3, Scope::Personal, &[MEMBER_B], Some(HEAD_B));
        self.publish((HEAD_B, MEMBER_B), plan, "excellent", ResultAnswer::Signed);
        let plan = self.plan(HEAD_C, 4, Scope::Personal, &[HEAD_C], Some(HEAD_A));
        let objection = ResultAnswer::Objected("It was done in time".to_owned());
        self.publish((HEAD_A, HEAD_C), plan, "good", objection);
    }
}
