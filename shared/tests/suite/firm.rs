//! Units of many people in November 2026, driven by commands: what tests of cohorts start from.
//!
//! Each person has one item of 100.00, is judged by the unit's head on the 2nd of December, and signs.

use shared::change::Change;
use shared::cohort::{self, CohortKey, Unsettled};
use shared::command::Command;
use shared::command::cohort::SettleCohort;
use shared::command::organisation::{AddPerson, Assign};
use shared::command::period::MarkPeriod;
use shared::command::plan::{AddItem, ApprovePlan, DraftPlan, SubmitPlan};
use shared::command::public_list::HangList;
use shared::command::review::{PublishResult, ScoreItem};
use shared::command::seal::{AnswerResult, DecideObjection, DeliverResult, SealResult};
use shared::digest;
use shared::id::{AssignmentId, ItemId, ListId, PersonId, PlanId, UnitId};
use shared::item::{Edit, Item};
use shared::organisation::Tenure;
use shared::plan::Scope;
use shared::public_list::{self, Drafted, PublicList};
use shared::quantity::Points;
use shared::refusal::Refusal;
use shared::regime::cycle::PeriodAct;
use shared::regime::document::Regime;
use shared::result::{self, PlanResult, Recomputed};
use shared::score::Judgement;
use shared::seal::{self, DeliveryKind, Missing, ResultAnswer, SealedResult};
use shared::world::Stop;

use crate::prelude::*;

/// The n-th person of a unit.
pub(crate) const fn member(unit: UnitId, n: usize) -> PersonId {
    PersonId::from_bits(bits(unit, n))
}

/// The plan of the n-th person of a unit.
pub(crate) const fn plan_of(unit: UnitId, n: usize) -> PlanId {
    PlanId::from_bits(bits(unit, n))
}

const fn bits(unit: UnitId, n: usize) -> u128 {
    unit.bits() * 100_000 + n as u128
}

/// The head of a unit of the story.
pub(crate) fn head_of(unit: UnitId) -> PersonId {
    if unit == LINE { LINE_HEAD } else { STORE_HEAD }
}

fn points(score: i64) -> Judgement {
    Judgement::points(Points(score))
}

/// Decides about an objection to the first version of a plan's result.
pub(crate) fn decides(plan: PlanId, upheld: bool) -> Command {
    Command::DecideObjection(DecideObjection {
        plan,
        version: 1,
        upheld,
        reason: "已核对验收单".into(),
    })
}

/// Drafts the plan of the n-th person of a unit for November.
fn draft_of(unit: UnitId, n: usize) -> DraftPlan {
    DraftPlan {
        plan: plan_of(unit, n),
        unit,
        period: NOVEMBER,
        scope: Scope::Personal,
        owner: member(unit, n),
    }
}

/// Units of many people.
pub(crate) struct Firm {
    pub(crate) story: Story,
}

impl Firm {
    /// So many people in these units under a regime.
    pub(crate) fn under(regime: Regime, units: &[(UnitId, usize)]) -> Self {
        let mut story = Story::founded_under(regime.into());
        for (unit, heads) in units {
            for n in 0..*heads {
                let person = member(*unit, n);
                let name = format!("员工{n}");
                story.must(
                    ADMINISTRATOR,
                    Command::AddPerson(AddPerson { person, name }),
                );
                let assign = Assign {
                    assignment: AssignmentId::from_bits(bits(*unit, n)),
                    person,
                    unit: *unit,
                    post: "操作工".into(),
                    tenure: Tenure::Main,
                    heads: false,
                    from: day(2025, 1, 1),
                    to: None,
                };
                story.must(ADMINISTRATOR, Command::Assign(assign));
            }
        }
        Self { story }
    }

    fn approved(&mut self, plan: PlanId, (owner, judge): (PersonId, PersonId), draft: DraftPlan) {
        self.story.moment = noon(day(2026, 11, 2));
        self.story.must(owner, Command::DraftPlan(draft));
        let item = Box::new(Item {
            id: ItemId::from_bits(plan.bits()),
            plan,
            responsible: Some(owner),
            ..item(1, 10_000)
        });
        self.story
            .must(owner, Command::AddItem(AddItem { plan, item }));
        let seen = self.story.seen_of(plan);
        self.story
            .must(owner, Command::SubmitPlan(SubmitPlan { plan, seen }));
        let seen = self.story.seen_of(plan);
        self.story
            .must(judge, Command::ApprovePlan(ApprovePlan { plan, seen }));
        self.story.moment = noon(day(2026, 12, 2));
    }

    /// The n-th of a unit is judged, and neither opens nor answers it.
    pub(crate) fn published_unanswered(&mut self, unit: UnitId, n: usize, score: i64) {
        self.printed(plan_of(unit, n), head_of(unit), (None, score));
    }

    fn published(&mut self, plan: PlanId, judge: PersonId, scores: (Option<i64>, i64)) {
        let result = self.printed(plan, judge, scores);
        self.answered(&result, ResultAnswer::Signed);
    }

    fn printed(&mut self, plan: PlanId, judge: PersonId, scores: (Option<i64>, i64)) -> PlanResult {
        let seen = self.rated(plan, judge, scores);
        self.story
            .must(judge, Command::PublishResult(PublishResult { plan, seen }));
        self.story.document_of(plan).result().unwrap().clone()
    }

    /// A plan is rated; gives what would be signed to publish that.
    fn rated(&mut self, plan: PlanId, judge: PersonId, (old, new): (Option<i64>, i64)) -> String {
        let score = ScoreItem {
            plan,
            item: ItemId::from_bits(plan.bits()),
            judgement: Edit {
                old: old.map(points),
                new: Some(points(new)),
            },
            note: String::new(),
        };
        self.story.must(judge, Command::ScoreSuperior(score));
        let today = self.story.moment.today();
        result::verdict(&self.story.world, plan, judge, today)
            .unwrap()
            .seen
    }

    /// The n-th of a unit is rated and nothing is published; gives what would be signed.
    pub(crate) fn foreseen(&mut self, unit: UnitId, n: usize, score: i64) -> String {
        self.rated(plan_of(unit, n), head_of(unit), (None, score))
    }

    /// The owner of a result opens it and answers.
    pub(crate) fn answered(&mut self, result: &PlanResult, answer: ResultAnswer) {
        let plan = result.plan;
        let (owner, version) = (result.owner, result.version);
        let how = DeliveryKind::Opened;
        let delivered = DeliverResult { plan, version, how };
        self.story.must(owner, Command::DeliverResult(delivered));
        let signed = AnswerResult {
            plan,
            version,
            seen: digest::result(result),
            answer,
        };
        self.story.must(owner, Command::AnswerResult(signed));
    }

    /// The n-th of a unit makes a plan, is judged and signs.
    pub(crate) fn judged(&mut self, unit: UnitId, n: usize, score: i64) {
        self.begun(unit, n);
        self.scored(unit, n, score);
    }

    /// The plan of the n-th of a unit is approved.
    pub(crate) fn begun(&mut self, unit: UnitId, n: usize) {
        let (plan, owner) = (plan_of(unit, n), member(unit, n));
        self.approved(plan, (owner, head_of(unit)), draft_of(unit, n));
    }

    /// The n-th of a unit is judged and signs.
    pub(crate) fn scored(&mut self, unit: UnitId, n: usize, score: i64) {
        self.published(plan_of(unit, n), head_of(unit), (None, score));
    }

    /// The n-th of a unit is judged again, other than before.
    pub(crate) fn judged_again(&mut self, unit: UnitId, n: usize, old: i64, new: i64) {
        self.published(plan_of(unit, n), head_of(unit), (Some(old), new));
    }

    /// The n-th of a unit begins a plan and does not hand it in.
    pub(crate) fn drafted(&mut self, unit: UnitId, n: usize) {
        self.story.moment = noon(day(2026, 11, 2));
        let draft = Command::DraftPlan(draft_of(unit, n));
        self.story.must(member(unit, n), draft);
    }

    /// The line has a plan of its own, approved and not judged.
    pub(crate) fn department(&mut self) {
        self.approved(PLAN, (LINE_HEAD, MANAGER), line_plan());
    }

    /// The line's own plan is judged.
    pub(crate) fn judge_department(&mut self, score: i64) {
        self.published(PLAN, MANAGER, (None, score));
    }

    /// The n-th of a unit objects to the result.
    pub(crate) fn objects(&mut self, unit: UnitId, n: usize) {
        let result = self.result(unit, n);
        let objected = ResultAnswer::Objected("验收单晚到两天".into());
        self.answered(&result, objected);
    }

    /// It is noon on a day of December 2026.
    pub(crate) fn on_december(&mut self, date: u32) {
        self.story.moment = noon(day(2026, 12, date));
    }

    pub(crate) fn result(&self, unit: UnitId, n: usize) -> PlanResult {
        let document = self.story.document_of(plan_of(unit, n));
        document.result().unwrap().clone()
    }

    fn draft(&self, cohort: CohortKey) -> Result<cohort::Settlement, Stop> {
        let at = self.story.moment.received;
        cohort::draft(&self.story.world, NOVEMBER, cohort, at, PLAN_OFFICE)
    }

    /// What a cohort leaves open.
    pub(crate) fn open(&self, cohort: CohortKey) -> Vec<Unsettled> {
        match self.draft(cohort) {
            Err(Stop::Refused(Refusal::CohortOpen { open })) => open,
            other => panic!("{other:?}"),
        }
    }

    /// The plan office closes a cohort.
    pub(crate) fn settle(&mut self, cohort: CohortKey) -> Vec<Change> {
        let settle = SettleCohort {
            period: NOVEMBER,
            cohort,
            seen: self.draft(cohort).unwrap().digest,
        };
        self.story.must(PLAN_OFFICE, Command::SettleCohort(settle))
    }

    /// The plan office marks an act on November for the line.
    pub(crate) fn marks(&mut self, act: PeriodAct) {
        let mark = MarkPeriod {
            period: NOVEMBER,
            act,
            units: vec![LINE],
            open: 0,
            reason: "公示与更正".into(),
        };
        self.story.must(PLAN_OFFICE, Command::MarkPeriod(mark));
    }

    /// What a list of some units would say.
    pub(crate) fn listed(&self, units: &[UnitId]) -> Result<Drafted, Stop> {
        let (world, now) = (&self.story.world, self.story.moment.received);
        public_list::draft(world, NOVEMBER, units, now)
    }

    /// The plan office hangs a list of some units out.
    pub(crate) fn hang(&mut self, units: &[UnitId]) -> PublicList {
        let seen = self.listed(units).unwrap().digest;
        let list = ListId::from_bits(self.story.told.len() as u128);
        let (period, units) = (NOVEMBER, units.to_vec());
        let hang = HangList {
            list,
            period,
            units,
            seen,
        };
        self.story.must(PLAN_OFFICE, Command::HangList(hang));
        self.story.world.organisation().lists[&list].clone()
    }

    /// What the n-th of a unit still lacks before the seal.
    pub(crate) fn lacks(&self, unit: UnitId, n: usize) -> Vec<Missing> {
        let at = self.story.moment.received;
        seal::readiness(&self.story.world, member(unit, n), NOVEMBER, at).unwrap()
    }

    /// The plan office seals the n-th of a unit, and anybody recomputes it.
    pub(crate) fn sealed(&mut self, unit: UnitId, n: usize) -> SealedResult {
        let plan = plan_of(unit, n);
        let at = self.story.moment.received;
        let draft = seal::draft(&self.story.world, &[plan], at, PLAN_OFFICE).unwrap();
        let (parts, seen) = (Vec::new(), digest::seal_content(&draft));
        let seal = SealResult { plan, parts, seen };
        self.story.must(PLAN_OFFICE, Command::SealResult(seal));
        let document = self.story.document_of(plan);
        let sealed = document.sealed.last_key_value().unwrap().1.clone();
        let rules = self.story.regime().document;
        let again = seal::recompute(&sealed, &rules, &[document.result().unwrap()]);
        assert_eq!(again, Recomputed::Identical);
        sealed
    }
}
