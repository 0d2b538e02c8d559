//! Payroll in a month: what people are paid, the least that they are left, and batches.

use chrono::{Datelike, Days, Months};
use shared::command::Command;
use shared::command::payroll::{EnterBase, EnterMinimum, HandOver, PayrollAct};
use shared::id::{MinimumWageId, PayBaseId};
use shared::moment::Day;
use shared::payroll::{self, Scope};
use shared::permission;
use shared::quantity::Fen;

use super::Person;
use crate::chance::Chance;

impl Person<'_> {
    /// Something of payroll, by who may.
    pub(super) fn payroll(&self, chance: &mut Chance) -> Option<Command> {
        if !permission::may_pay(self.view().organisation(), self.me(), self.today) {
            return None;
        }
        let act = match chance.below(6) {
            0 | 1 => PayrollAct::EnterBase(self.base(chance)?),
            2 => PayrollAct::EnterMinimum(self.minimum(chance)?),
            _ => PayrollAct::HandOver(self.batch(chance)?),
        };
        Some(Command::Payroll(Box::new(act)))
    }

    /// A base from a day about now on: of a day that is over, it corrects what was paid.
    fn base(&self, chance: &mut Chance) -> Option<EnterBase> {
        let organisation = self.view().organisation();
        let person = *chance.pick(self.people)?;
        if !permission::may_enter_base(organisation, self.me(), person, self.today) {
            return None;
        }
        let from = self.day(chance);
        let old = payroll::base_of(self.view(), person, from).map(|base| base.amount);
        Some(EnterBase {
            base: PayBaseId::from_bits(chance.wide()),
            person,
            amount: Fen(chance.between(30, 90) * 10_000),
            from,
            old,
            note: String::new(),
        })
    }

    fn minimum(&self, chance: &mut Chance) -> Option<EnterMinimum> {
        Some(EnterMinimum {
            wage: MinimumWageId::from_bits(chance.wide()),
            unit: *chance.pick(self.units)?,
            amount: Fen(chance.between(18, 26) * 10_000),
            from: self.day(chance),
            note: "By notice".to_owned(),
        })
    }

    fn day(&self, chance: &mut Chance) -> Day {
        let days = Days::new(chance.bits() % 40);
        let before = self.today.checked_sub_days(days);
        before.unwrap_or(self.today)
    }

    /// Hands over what the next month pays, or this one: to everybody, or to some.
    fn batch(&self, chance: &mut Chance) -> Option<HandOver> {
        let this = self.today.with_day(1)?;
        let next = this.checked_add_months(Months::new(1))?;
        let month = if chance.permille(700) { next } else { this };
        let one = chance.pick(self.people).copied();
        let scope = Scope {
            units: Vec::new(),
            people: one.into_iter().filter(|_| chance.permille(200)).collect(),
        };
        let draft = payroll::draft(self.view(), month, &scope, self.now).ok()?;
        (!draft.slips.is_empty() && draft.closed_by.is_none()).then(|| HandOver {
            number: draft.number,
            month,
            scope,
            seen: draft.digest,
            note: String::new(),
        })
    }
}
