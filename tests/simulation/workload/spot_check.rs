//! Spot checks in a month: who may draws, and what a check found unfair is proposed to the ledger.

use shared::command::Command;
use shared::command::ledger::ProposeEntry;
use shared::command::spot_check::DrawSample;
use shared::id::EntryId;
use shared::ledger::{self, unfair};
use shared::permission;
use shared::spot_check;

use super::Person;
use crate::chance::Chance;

impl Person<'_> {
    /// Draws from a period that nobody plans any more.
    pub(crate) fn sample(&self) -> Option<Command> {
        let organisation = self.view().organisation();
        let mut periods = organisation.periods.keys().copied();
        let period = periods.find(|period| {
            let over = !self.periods.contains(period);
            let draws = || {
                let rule = spot_check::rule(organisation, *period)?;
                let me = (self.me(), self.today);
                Some(spot_check::may_draw(organisation, rule, me.0, me.1))
            };
            over && !organisation.samples.contains_key(period) && draws() == Some(true)
        })?;
        Some(Command::DrawSample(DrawSample { period }))
    }

    /// Proposes an entry against who judged unfairly.
    pub(super) fn unfair(&self, chance: &mut Chance) -> Option<Command> {
        let organisation = self.view().organisation();
        let documents = self.view().documents();
        let mut found = documents.filter(|(_, one)| one.checks.values().any(|check| !check.fair));
        let plan = found.find_map(|(_, one)| one.plan.as_ref())?;
        let (unit, period) = (plan.unit, plan.period);
        let proposal = unfair::unfair(self.view(), unit, period, self.today);
        let proposal = proposal.into_iter().next()?;
        let tariff = ledger::tariff(organisation, proposal.sheet, &proposal.tariff)?;
        let about = (proposal.of.whose, unit);
        let may = permission::may_propose(organisation, self.me(), tariff, about, &[], self.today);
        may.then(|| {
            Command::ProposeEntry(Box::new(ProposeEntry {
                entry: EntryId::from_bits(chance.wide()),
                sheet: proposal.sheet,
                tariff: proposal.tariff,
                person: proposal.of.whose,
                about: None,
                unit,
                period,
                plan: None,
                item: None,
                happened: proposal.of.happened,
                facts: "A check found it unfair".to_owned(),
                evidence: Vec::new(),
                count: proposal.count,
                points: None,
                money: None,
            }))
        })
    }
}
