//! Paying: what was sealed is drawn and handed over, and its totals are added up again.

use chrono::Datelike;
use shared::command::Command;
use shared::command::organisation::Appoint;
use shared::command::payroll::{EnterBase, HandOver, PayrollAct};
use shared::id::{AppointmentId, PayBaseId, PersonId};
use shared::moment::Day;
use shared::organisation::Office;
use shared::payroll::{self, LineOf, PaySlip, Scope, Spot};
use shared::period::{Period, PeriodKind};
use shared::quantity::Fen;

use super::{Made, Run};
use crate::prelude::*;

/// A month's base of everybody who is judged: four weeks share it without a rest.
const BASE: i64 = 1_200_000;

fn act(act: PayrollAct) -> Command {
    Command::Payroll(Box::new(act))
}

impl Run {
    /// The kind of period by which the regime pays, where any is judged and graded.
    fn paying(&self) -> Option<PeriodKind> {
        let mut kinds = self.regime.cycles.iter().map(|cycle| cycle.kind);
        kinds.find(|kind| payroll::pays(&self.regime, *kind))
    }

    /// Draws and hands over what the periods that pay have left; gives what was paid.
    pub(super) fn pay(&mut self, plans: &[Made]) -> Option<Fen> {
        let kind = self.paying()?;
        let made: Vec<Made> = plans
            .iter()
            .filter(|one| one.kind == kind)
            .copied()
            .collect();
        let organisation = self.story.world.organisation();
        let period = organisation.periods[&made[0].period].clone();
        let owners: Vec<PersonId> = made.iter().map(|one| self.owner(one.plan)).collect();
        let month = payroll::carried(&self.regime, &period);
        self.story.moment = noon(self.story.moment.today().max(end_of(month)));
        self.enter_bases(&owners, month);
        let scope = Scope {
            people: owners.clone(),
            ..Scope::default()
        };
        let at = self.story.moment.received;
        let draft = payroll::draft(&self.story.world, month, &scope, at).unwrap();
        assert_eq!(draft.left_out, [], "{}", self.regime.key);
        let hand_over = HandOver {
            number: 1,
            month,
            scope,
            seen: draft.digest,
            note: String::new(),
        };
        self.story
            .must(KEEPER, act(PayrollAct::HandOver(hand_over)));
        Some(self.counted_again(&made, &period, month))
    }

    fn enter_bases(&mut self, owners: &[PersonId], month: Day) {
        let appoint = Appoint {
            appointment: AppointmentId::from_bits(44),
            person: KEEPER,
            office: Office::Payroll,
            from: self.story.moment.today(),
        };
        self.story.must(ADMINISTRATOR, Command::Appoint(appoint));
        for (n, person) in (1..).zip(owners) {
            let enter = EnterBase {
                base: PayBaseId::from_bits(n),
                person: *person,
                amount: Fen(BASE),
                from: month,
                old: None,
                note: String::new(),
            };
            self.story.must(KEEPER, act(PayrollAct::EnterBase(enter)));
        }
    }

    /// Adds the batch up from its slips, each from the coefficient that was sealed.
    fn counted_again(&self, made: &[Made], period: &Period, month: Day) -> Fen {
        let world = &self.story.world;
        let batch = payroll::batches(world)[0].clone();
        let slips = payroll::slips_of(world, month, 1);
        let weeks = if period.kind == PeriodKind::Week {
            4
        } else {
            1
        };
        let share = self.regime.money.floating_share.0;
        let (mut amount, mut coefficients) = (0, 0);
        for one in made {
            let sealed = &self.story.document_of(one.plan).sealed;
            let sealed = sealed.last_key_value().unwrap().1;
            let own = slips.iter().find(|slip| slip.person == sealed.person);
            let [line] = own.unwrap().lines.as_slice() else {
                panic!("{}: one line each", self.regime.key);
            };
            assert_eq!(line.of, LineOf::Result(period.id));
            let exact = BASE / weeks * share * sealed.coefficient.0;
            assert_eq!(exact % 100_000_000, 0, "the example leaves no rest");
            assert_eq!(line.amount, Fen(exact / 100_000_000), "{}", self.regime.key);
            assert_eq!(line.from.as_ref().unwrap().digest, sealed.digest);
            amount += exact / 100_000_000;
            coefficients += sealed.coefficient.0;
        }
        let heads = i64::try_from(made.len()).unwrap();
        assert_eq!(i64::from(batch.totals.heads), heads);
        assert_eq!(batch.totals.base, Fen(heads * BASE / weeks));
        assert_eq!(batch.totals.coefficients.0, coefficients);
        assert_eq!(batch.totals.amount, Fen(amount));
        let owned: Vec<PaySlip> = slips.iter().copied().cloned().collect();
        let organisation = world.organisation();
        let file = payroll::file(organisation, 1, month, &owned, batch.totals);
        assert!(batch.is_whole(&slips, &file), "{}", self.regime.key);
        let provisional = |slip: &&&PaySlip| slip.spots().contains(&Spot::Provisional);
        assert_eq!(slips.iter().filter(provisional).count(), 0);
        batch.totals.amount
    }
}

/// The last day of a month, given by its first.
fn end_of(month: Day) -> Day {
    let last = u32::from(month.num_days_in_month());
    month.with_day(last).unwrap()
}
