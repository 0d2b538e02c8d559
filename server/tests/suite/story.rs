//! A month at the demo factory: what people do, as commands handed in through the protocol.

use shared::change_request::ItemChange;
use shared::command::plan::{AddItem, ApprovePlan, DraftPlan, RequestChange, SubmitPlan, Weigh};
use shared::command::review::{PublishResult, ReportItem, ScoreItem};
use shared::command::seal::{AnswerResult, SealResult};
use shared::command::{Command, MadeCommand};
use shared::id::{ChangeRequestId, CommandId, ItemId, PlanId, ReportId};
use shared::item::{Edit, Item, ItemEdit, Target, TargetKind};
use shared::moment::Made;
use shared::plan::Scope;
use shared::quantity::Points;
use shared::report::ReportKind;
use shared::row::Row;
use shared::score::Judgement;
use shared::seal::{self, ResultAnswer};
use shared::sync::message::{Outcome, PushedCommand};
use shared::world::{Holdings, PlanDocument, World};
use shared::{digest, result};

use crate::server::{Device, NOW};

impl Device<'_> {
    /// What this device may see, as a world.
    pub(crate) async fn world(&self) -> World {
        let mut world = World::new(Holdings::Everything);
        for row in self.pull().await.parts.iter().flat_map(|part| &part.rows) {
            world.put(&serde_json::from_str::<Row>(row.row.get()).unwrap());
        }
        world
    }

    /// The plan that this person answers for.
    pub(crate) async fn own_plan(&self) -> (PlanId, PlanDocument) {
        let world = self.world().await;
        let mut documents = world.documents();
        let own = documents.find(|(_, document)| {
            document
                .plan
                .as_ref()
                .is_some_and(|plan| plan.owner == self.person)
        });
        let (id, document) = own.expect("the person answers for a plan");
        (id, document.clone())
    }

    /// Makes a command as this person's device would.
    pub(crate) fn make(&self, id: u128, command: Command) -> PushedCommand {
        let made = Made {
            device_wall: NOW,
            est_server_time: NOW,
            tz: 480,
        };
        let bytes = MadeCommand {
            command,
            made,
            supersedes: None,
        }
        .write()
        .unwrap();
        let (cmd_id, actor) = (CommandId::from_bits(id), self.person);
        PushedCommand {
            cmd_id,
            actor,
            prevs: Vec::new(),
            gap: false,
            bytes,
        }
    }

    /// Hands one command in and tells what became of it.
    pub(crate) async fn does(&self, id: u128, command: Command) -> Outcome {
        let response = self.push(vec![self.make(id, command)]).await;
        response.results[0].outcome.clone()
    }

    #[track_caller]
    pub(crate) fn applied(outcome: &Outcome) {
        assert!(outcome.is_applied(), "{outcome:?}");
    }

    /// Drafts an own plan with two items, in the unit where this person works.
    pub(crate) async fn drafts_own(&self, id: u128, title: &str) {
        let world = self.world().await;
        let organisation = world.organisation();
        let assignment = organisation
            .assignments
            .values()
            .find(|a| a.person == self.person);
        let plan = PlanId::from_bits(id);
        let draft = DraftPlan {
            plan,
            unit: assignment.unwrap().unit,
            period: *organisation.periods.keys().next().unwrap(),
            scope: Scope::Personal,
            owner: self.person,
        };
        Self::applied(&self.does(id, Command::DraftPlan(draft)).await);
        for n in 0..2 {
            let item = Item {
                position: u32::try_from(n).unwrap(),
                title: format!("{title} {n}"),
                section: "key_work".to_owned(),
                responsible: Some(self.person),
                post: String::new(),
                helpers: Vec::new(),
                target: Target {
                    kind: TargetKind::Done,
                    baseline: None,
                    value: None,
                    measure: String::new(),
                    tolerance: None,
                },
                due: Some(NOW.day(480)),
                deliverable: "清单".to_owned(),
                standard: "完成".to_owned(),
                rule: String::new(),
                weight: Points(1000),
                ..Item::blank(ItemId::from_bits(id + 1 + n), plan)
            };
            let item = Box::new(item);
            let add = Command::AddItem(AddItem { plan, item });
            Self::applied(&self.does(id + 1 + n, add).await);
        }
    }

    /// Balances the weights of the own plan and hands it in.
    pub(crate) async fn submits(&self, id: u128) -> PlanId {
        let (plan, document) = self.own_plan().await;
        let items = document.items_in_order();
        let each = 10_000 / i64::try_from(items.len()).unwrap();
        let last = 10_000 - each * i64::try_from(items.len() - 1).unwrap();
        let weights = items.iter().enumerate().map(|(place, item)| {
            let new = Points(if place + 1 == items.len() { last } else { each });
            (
                item.id,
                Edit {
                    old: item.weight,
                    new,
                },
            )
        });
        let weigh = Weigh {
            plan,
            weights: weights.collect(),
        };
        Self::applied(&self.does(id, Command::Weigh(weigh)).await);
        let (_, document) = self.own_plan().await;
        let seen = digest::plan_content(document.plan.as_ref().unwrap(), &document);
        let submit = Command::SubmitPlan(SubmitPlan { plan, seen });
        Self::applied(&self.does(id + 1, submit).await);
        plan
    }

    /// Approves a plan.
    pub(crate) async fn approves(&self, id: u128, plan: PlanId) {
        let world = self.world().await;
        let document = world.document(plan).unwrap();
        let seen = digest::plan_content(document.plan.as_ref().unwrap(), document);
        let approve = Command::ApprovePlan(ApprovePlan { plan, seen });
        Self::applied(&self.does(id, approve).await);
    }

    /// Reports on every item of the own plan and scores it.
    pub(crate) async fn reports(&self, id: u128, note: &str) {
        let (plan, document) = self.own_plan().await;
        for (n, item) in (0..).zip(document.items_in_order()) {
            let report = ReportItem {
                report: ReportId::from_bits(id + n),
                plan,
                item: item.id,
                kind: ReportKind::Completion,
                percent: 100,
                quantity: None,
                note: format!("{note}: reported"),
                happened: NOW.day(480),
                of: None,
                reason: String::new(),
                paper: false,
            };
            Self::applied(&self.does(id + 2 * n, Command::ReportItem(report)).await);
            let score = score(
                plan,
                item.id,
                "excellent",
                &format!("{note}: scored by oneself"),
            );
            Self::applied(&self.does(id + 2 * n + 1, Command::ScoreSelf(score)).await);
        }
    }

    /// Scores every item of a plan as its judge.
    pub(crate) async fn judges(&self, id: u128, plan: PlanId, note: &str) {
        let world = self.world().await;
        for (n, item) in (0..).zip(world.document(plan).unwrap().items_in_order()) {
            let score = score(
                plan,
                item.id,
                "good",
                &format!("{note}: scored by the superior"),
            );
            Self::applied(&self.does(id + n, Command::ScoreSuperior(score)).await);
        }
    }

    /// Publishes the result of a judged plan.
    pub(crate) async fn publishes(&self, id: u128, plan: PlanId) {
        let world = self.world().await;
        let verdict = result::verdict(&world, plan, self.person, shared::moment::Day::MIN).unwrap();
        let publish = PublishResult {
            plan,
            seen: verdict.seen,
        };
        Self::applied(&self.does(id, Command::PublishResult(publish)).await);
    }
}

impl Device<'_> {
    /// Signs the published result of the own plan, which proves its delivery too.
    pub(crate) async fn signs(&self, id: u128) {
        let (plan, document) = self.own_plan().await;
        let result = document.result().expect("a result is published");
        let answer = AnswerResult {
            plan,
            version: result.version,
            seen: digest::result(result),
            answer: ResultAnswer::Signed,
        };
        Self::applied(&self.does(id, Command::AnswerResult(answer)).await);
    }

    /// Seals a signed result, as the plan office.
    pub(crate) async fn seals(&self, id: u128, plan: PlanId) {
        let world = self.world().await;
        let draft = seal::draft(&world, &[plan], NOW, self.person).unwrap();
        let seal = SealResult {
            plan,
            parts: Vec::new(),
            seen: digest::seal_content(&draft),
        };
        Self::applied(&self.does(id, Command::SealResult(seal)).await);
    }

    /// Asks to change the completion standard of the first item of the own plan.
    pub(crate) async fn asks_change(&self, id: u128, reason: &str) {
        let (plan, document) = self.own_plan().await;
        let item = document.items_in_order()[0];
        let standard = Edit {
            old: item.standard.clone(),
            new: format!("{reason}: another standard"),
        };
        let request = RequestChange {
            request: ChangeRequestId::from_bits(id),
            plan,
            changes: vec![ItemChange::Edit(
                item.id,
                vec![ItemEdit::Standard(standard)],
            )],
            reason: reason.to_owned(),
            evidence: format!("{reason}: evidence"),
        };
        Self::applied(&self.does(id, Command::RequestChange(request)).await);
    }
}

fn score(plan: PlanId, item: ItemId, quality: &str, note: &str) -> ScoreItem {
    let new = Judgement::CarriedOut {
        efficiency: "on_time".to_owned(),
        quality: quality.to_owned(),
    };
    let judgement = Edit {
        old: None,
        new: Some(new),
    };
    ScoreItem {
        plan,
        item,
        judgement,
        note: note.to_owned(),
    }
}
