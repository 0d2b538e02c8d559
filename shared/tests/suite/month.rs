//! A month of six people under one regime, driven by commands: what the worked examples share.
//!
//! The people belong to the line, whose head judges them; the general manager stands above.

use shared::change_request::{self, ItemChange};
use shared::command::Command;
use shared::command::organisation::{AddPerson, Assign, NoteAbsence, Transfer};
use shared::command::plan::{
    AddItem, ApprovePlan, DecideChange, DraftPlan, RequestChange, SubmitPlan,
};
use shared::command::review::{PublishResult, ReportItem, ScoreItem};
use shared::command::seal::{AnswerResult, DeliverResult, SealResult};
use shared::id::{
    AbsenceId, AssignmentId, ChangeRequestId, ItemId, PersonId, PlanId, ReportId, UnitId,
};
use shared::item::{Edit, Item};
use shared::moment::Day;
use shared::organisation::{AbsenceBasis, Tenure};
use shared::plan::{PlanState, Scope};
use shared::quantity::{BasisPoints, Points};

use shared::regime::Document;
use shared::regime::v1::Regime;
use shared::report::ReportKind;
use shared::result::{self, PlanResult, Recomputed};
use shared::score::{Judgement, Proposed, propose};
use shared::seal::{self, DeliveryKind, ResultAnswer, SealedResult};
use shared::world::{PlanDocument, Stop};
use shared::{digest, permission};

use crate::prelude::*;

/// One of the six.
pub(crate) const fn person(n: u128) -> PersonId {
    PersonId::from_bits(1_000 + n)
}

const fn post(n: u128) -> AssignmentId {
    AssignmentId::from_bits(1_100 + n)
}

/// The n-th plan of the month.
pub(crate) const fn plan(n: u128) -> PlanId {
    PlanId::from_bits(2_000 + n)
}

/// The k-th item of the n-th plan.
pub(crate) const fn item_of(n: u128, k: u128) -> ItemId {
    ItemId::from_bits(10_000 + 100 * n + k)
}

pub(crate) fn points(points: i64) -> Judgement {
    Judgement::points(Points(points))
}

/// A month in which six people of the line plan, act and are judged.
pub(crate) struct Month {
    pub(crate) story: Story,
    pub(crate) regime: Document,
}

impl Month {
    /// November 2026 under a regime; it is the 2nd, the first working day.
    pub(crate) fn under(regime: Regime) -> Self {
        let regime = Document::from(regime);
        let mut story = Story::founded_under(regime.clone());
        for n in 1..=6 {
            let (person, assignment) = (person(n), post(n));
            let name = format!("员工{n}");
            story.must(
                ADMINISTRATOR,
                Command::AddPerson(AddPerson { person, name }),
            );
            story.must(
                ADMINISTRATOR,
                Command::Assign(Assign {
                    assignment,
                    person,
                    unit: LINE,
                    post: "操作工".into(),
                    tenure: Tenure::Main,
                    heads: false,
                    from: day(2025, 1, 1),
                    to: None,
                }),
            );
        }
        let mut month = Self { story, regime };
        month.on(day(2026, 11, 2));
        month
    }

    /// It is noon of a day.
    pub(crate) fn on(&mut self, day: Day) {
        self.story.moment = noon(day);
    }

    /// The n-th of the six moves to the store, where the first day is `from`.
    pub(crate) fn moves_to_the_store(&mut self, n: u128, from: Day) {
        let assign = Assign {
            assignment: post(50 + n),
            person: person(n),
            unit: STORE,
            post: "仓管员".into(),
            tenure: Tenure::Main,
            heads: false,
            from,
            to: None,
        };
        let ended = post(n);
        self.story
            .must(ADMINISTRATOR, Command::Transfer(Transfer { ended, assign }));
    }

    /// The n-th of the six is on sick leave.
    pub(crate) fn is_away(&mut self, n: u128, from: Day, to: Day) {
        let absence = NoteAbsence {
            id: AbsenceId::from_bits(4_000 + n),
            person: person(n),
            basis: AbsenceBasis::Personal,
            from,
            to: Some(to),
        };
        self.story.must(LINE_HEAD, Command::NoteAbsence(absence));
    }

    pub(crate) fn document(&self, n: u128) -> &PlanDocument {
        self.story.world.document(plan(n)).unwrap()
    }

    pub(crate) fn state(&self, n: u128) -> PlanState {
        self.document(n).plan.as_ref().unwrap().state
    }

    pub(crate) fn result(&self, n: u128) -> PlanResult {
        self.document(n).result().cloned().unwrap()
    }

    fn judge(&self, n: u128) -> PersonId {
        let plan = self.document(n).plan.as_ref().unwrap();
        let organisation = self.story.world.organisation();
        permission::judge_of(organisation, plan, self.story.moment.today()).unwrap()
    }

    fn seen(&self, n: u128) -> String {
        let document = self.document(n);
        digest::plan_content(document.plan.as_ref().unwrap(), document)
    }

    /// A person begins the n-th plan.
    pub(crate) fn drafts(&mut self, n: u128, owner: PersonId, unit: UnitId) {
        let draft = DraftPlan {
            plan: plan(n),
            unit,
            period: NOVEMBER,
            scope: Scope::Personal,
            owner,
        };
        self.story.must(owner, Command::DraftPlan(draft));
    }

    /// The responsible person adds an item.
    pub(crate) fn adds(&mut self, item: Item) {
        let (owner, plan, item) = (item.responsible.unwrap(), item.plan, Box::new(item));
        self.story
            .must(owner, Command::AddItem(AddItem { plan, item }));
    }

    /// Drafts and submits the n-th plan, one item per section, weight and due day.
    fn submits(&mut self, n: u128, owner: PersonId, unit: UnitId, items: &[(&str, i64, Day)]) {
        let id = plan(n);
        self.drafts(n, owner, unit);
        for (k, (section, weight, due)) in (1_u128..).zip(items) {
            self.adds(Item {
                id: item_of(n, k),
                plan: id,
                section: (*section).into(),
                responsible: Some(owner),
                due: Some(*due),
                ..item(k, *weight)
            });
        }
        self.hands_in(n, owner);
    }

    pub(crate) fn hand_in(&self, n: u128) -> Command {
        let (plan, seen) = (plan(n), self.seen(n));
        Command::SubmitPlan(SubmitPlan { plan, seen })
    }

    /// The owner hands the n-th plan in.
    pub(crate) fn hands_in(&mut self, n: u128, owner: PersonId) {
        let hand_in = self.hand_in(n);
        self.story.must(owner, hand_in);
    }

    /// The judge approves the n-th plan.
    pub(crate) fn approved(&mut self, n: u128) {
        let (plan, seen, judge) = (plan(n), self.seen(n), self.judge(n));
        self.story
            .must(judge, Command::ApprovePlan(ApprovePlan { plan, seen }));
    }

    /// The n-th plan is made and approved.
    pub(crate) fn plans(
        &mut self,
        n: u128,
        owner: PersonId,
        unit: UnitId,
        items: &[(&str, i64, Day)],
    ) {
        self.submits(n, owner, unit, items);
        self.approved(n);
    }

    /// The owner asks to change items, and the judge agrees.
    pub(crate) fn changes(&mut self, n: u128, changes: Vec<ItemChange>) {
        let (request, plan) = (ChangeRequestId::from_bits(3_000 + n), plan(n));
        let owner = self.document(n).plan.as_ref().unwrap().owner;
        self.story.must(
            owner,
            Command::RequestChange(RequestChange {
                request,
                plan,
                changes,
                reason: "客户推迟来料".into(),
                evidence: String::new(),
            }),
        );
        let document = self.document(n);
        let asked = &document.requests[&request];
        let seen = change_request::seen(document.plan.as_ref().unwrap(), document, asked);
        let judge = self.judge(n);
        self.story.must(
            judge,
            Command::DecideChange(DecideChange {
                plan,
                request,
                agreed: true,
                reason: String::new(),
                seen,
            }),
        );
    }

    /// The responsible person reports an item done on the day that it is.
    pub(crate) fn completes(&mut self, n: u128, k: u128) {
        let item = self.document(n).items[&item_of(n, k)].clone();
        let happened = self.story.moment.today();
        self.story.must(
            item.responsible.unwrap(),
            Command::ReportItem(ReportItem {
                report: ReportId::from_bits(20_000 + item.id.bits()),
                plan: plan(n),
                item: item.id,
                kind: ReportKind::Completion,
                percent: 100,
                quantity: None,
                note: String::new(),
                happened,
                of: None,
                reason: String::new(),
                paper: false,
            }),
        );
    }

    /// What is proposed for an item today.
    pub(crate) fn proposed(&self, n: u128, k: u128) -> Option<Proposed> {
        let (document, today) = (self.document(n), self.story.moment.today());
        let item = &document.items[&item_of(n, k)];
        let proposal = propose(self.story.world.organisation(), document, item, today);
        proposal.map(|proposal| proposal.proposed)
    }

    /// One score of the k-th item of the n-th plan, the first of its rater.
    pub(crate) fn score(n: u128, k: u128, judgement: &Judgement) -> ScoreItem {
        ScoreItem {
            plan: plan(n),
            item: item_of(n, k),
            judgement: Edit {
                old: None,
                new: Some(judgement.clone()),
            },
            note: String::new(),
        }
    }

    /// The judge scores the items in order and publishes.
    pub(crate) fn judged(&mut self, n: u128, judgements: &[Judgement]) -> PlanResult {
        let judge = self.judge(n);
        for (k, judgement) in (1..).zip(judgements) {
            let score = Self::score(n, k, judgement);
            self.story.must(judge, Command::ScoreSuperior(score));
        }
        let result = self.published(n, judge);
        self.reads_back(n, &result, judgements);
        result
    }

    /// What was judged of an item stands in the result, whatever format the regime has.
    fn reads_back(&self, n: u128, result: &PlanResult, judgements: &[Judgement]) {
        let organisation = self.story.world.organisation();
        let period = &organisation.periods[&result.period];
        let rules = organisation.regimes[&result.regime].rules(period.kind);
        let judged = result.judged(rules.expect("it was judged"), self.document(n));
        let read: Vec<_> = (1..)
            .zip(judgements)
            .filter_map(|(k, judgement)| Some((judged.get(&item_of(n, k))?, judgement)))
            .collect();
        assert!(!read.is_empty() || judgements.is_empty());
        for (read, judgement) in read {
            assert_eq!(read, judgement);
        }
    }

    /// Publishes what a judge has scored.
    pub(crate) fn published(&mut self, n: u128, judge: PersonId) -> PlanResult {
        let publish = self.publish(n, judge).unwrap();
        self.story.must(judge, publish);
        let result = self.result(n);
        assert_eq!(
            result::recompute(&result, &self.regime),
            Recomputed::Identical
        );
        result
    }

    pub(crate) fn publish(&self, n: u128, judge: PersonId) -> Result<Command, Stop> {
        let verdict =
            result::verdict(&self.story.world, plan(n), judge, self.story.moment.today())?;
        let (plan, seen) = (plan(n), verdict.seen);
        Ok(Command::PublishResult(PublishResult { plan, seen }))
    }

    pub(crate) fn deliver(&self, n: u128, how: DeliveryKind) -> Command {
        Command::DeliverResult(DeliverResult {
            plan: plan(n),
            version: self.result(n).version,
            how,
        })
    }

    pub(crate) fn answer(&self, n: u128, answer: ResultAnswer) -> Command {
        let result = self.result(n);
        Command::AnswerResult(AnswerResult {
            plan: plan(n),
            version: result.version,
            seen: digest::result(&result),
            answer,
        })
    }

    /// The owner opens the published result and signs it.
    pub(crate) fn signed(&mut self, n: u128) {
        let owner = self.result(n).owner;
        let opened = self.deliver(n, DeliveryKind::Opened);
        self.story.must(owner, opened);
        let signed = self.answer(n, ResultAnswer::Signed);
        self.story.must(owner, signed);
    }

    /// The seal of a person whose plans are these, in order of time; refused as it is not ready.
    pub(crate) fn seal(&self, plans: &[u128]) -> Result<Command, shared::world::Stop> {
        let ids: Vec<PlanId> = plans.iter().copied().map(plan).collect();
        let now = self.story.moment.received;
        let draft = seal::draft(&self.story.world, &ids, now, PLAN_OFFICE)?;
        let (last, parts) = ids.split_last().unwrap();
        Ok(Command::SealResult(SealResult {
            plan: *last,
            parts: parts.to_vec(),
            seen: digest::seal_content(&draft),
        }))
    }

    /// The plan office seals the result of a person, and anybody recomputes it.
    pub(crate) fn sealed(&mut self, plans: &[u128]) -> SealedResult {
        let seal = self.seal(plans).unwrap();
        self.story.must(PLAN_OFFICE, seal);
        let last = self.document(*plans.last().unwrap());
        let sealed = last.sealed.last_key_value().unwrap().1.clone();
        let documents = plans.iter().map(|n| self.document(*n));
        let results: Vec<&PlanResult> = documents.filter_map(PlanDocument::result).collect();
        let again = seal::recompute(&sealed, &self.regime, &results);
        assert_eq!(again, Recomputed::Identical);
        sealed
    }
}

/// The total and the coefficient of a sealed result, as they are printed.
pub(crate) fn figures(sealed: &SealedResult) -> (Points, BasisPoints) {
    (sealed.total, sealed.coefficient)
}
