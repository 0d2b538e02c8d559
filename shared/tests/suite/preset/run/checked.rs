//! Spot checks in the driver: whoever the regime names draws and checks; the first finding is unfair and
//! is proposed where the regime has a tariff for it.

use shared::command::Command;
use shared::command::ledger::ProposeEntry;
use shared::command::spot_check::{CheckResult, DrawSample};
use shared::id::{EntryId, PersonId};
use shared::ledger::unfair::unfair;
use shared::spot_check::{self as spot, Redrawn};

use super::{Made, Run};
use crate::prelude::*;

impl Run {
    /// Draws and checks what the regime has checked of a period; nothing where it has nothing checked.
    pub(super) fn check(&mut self, together: &[Made]) {
        let period = together[0].period;
        let Some(rule) = spot::rule(self.story.world.organisation(), period).cloned() else {
            return;
        };
        let day = self.story.moment.today();
        let plan = together[0].plan;
        let mut named = rule.by.iter().flat_map(|who| self.people(plan, who));
        let drawer = named
            .find(|person| spot::may_draw(self.story.world.organisation(), &rule, *person, day));
        let drawer = drawer.unwrap_or(PLAN_OFFICE);
        let draw = Command::DrawSample(DrawSample { period });
        self.story.must(drawer, draw);
        let sample = self.story.world.organisation().samples[&period].clone();
        assert_eq!(sample.of as usize, together.len(), "{}", self.regime.key);
        assert!(!sample.drawn.is_empty());
        assert_eq!(spot::redraw(&self.story.world, &sample), Redrawn::Identical);
        for (n, plan) in sample.drawn.iter().enumerate() {
            let document = self.story.document_of(*plan);
            let of = (document.plan.as_ref().unwrap(), document);
            let organisation = self.story.world.organisation();
            let checker = spot::checkers(organisation, &rule, of, day)[0];
            let version = document.result().unwrap().version;
            let unit = of.0.unit;
            let check = CheckResult {
                plan: *plan,
                version,
                fair: n > 0,
                reason: "对照记录".into(),
                evidence: Vec::new(),
            };
            self.story.must(checker, Command::CheckResult(check));
            if n == 0 {
                self.propose_fault((unit, period), checker, rule.unfair.is_some());
            }
        }
    }

    /// What was found unfair is proposed by who checked, against who judged.
    fn propose_fault(
        &mut self,
        (unit, period): (shared::id::UnitId, shared::id::PeriodId),
        checker: PersonId,
        named: bool,
    ) {
        let today = self.story.moment.today();
        let found = unfair(&self.story.world, unit, period, today);
        assert_eq!(found.len(), usize::from(named), "{}", self.regime.key);
        let Some(found) = found.into_iter().next() else {
            return;
        };
        let judge = {
            let checks = self.story.world.documents();
            let checks = checks.flat_map(|(_, document)| document.checks.values());
            checks.filter(|one| !one.fair).last().unwrap().judge
        };
        let propose = ProposeEntry {
            entry: EntryId::from_bits(self.id()),
            sheet: found.sheet,
            tariff: found.tariff,
            person: judge,
            about: (found.of.whose != judge).then_some(found.of.whose),
            unit,
            period,
            plan: None,
            item: None,
            happened: found.of.happened,
            facts: "抽查认定考核不公".into(),
            evidence: Vec::new(),
            count: found.count,
            points: None,
            money: None,
        };
        self.story
            .must(checker, Command::ProposeEntry(Box::new(propose)));
        assert_eq!(unfair(&self.story.world, unit, period, today), []);
    }
}
