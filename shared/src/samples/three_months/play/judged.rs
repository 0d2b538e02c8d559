//! Playing the end of a month: scores, publication, what the owner says of it, the seal.

use super::{Here, Playing, points};
use crate::command::Command;
use crate::command::review::{PublishResult, ScoreItem};
use crate::command::seal::{AnswerResult, DecideObjection, DeliverResult};
use crate::digest;
use crate::id::{ItemId, PersonId};
use crate::item::Edit;
use crate::regime::judging::Scoring;
use crate::result;
use crate::samples::three_months::ScriptItem;
use crate::score::Judgement;
use crate::seal::{DeliveryKind, ResultAnswer, bulk};

impl Playing<'_, '_> {
    /// How the month's regime judges an item; the script knows regimes of one method.
    fn scoring<'h>(here: &'h Here<'_>) -> &'h Scoring {
        let methods = &here.month.regime.regime().judging.methods;
        &methods
            .first()
            .expect("the script's months are judged")
            .scoring
    }

    /// What the month's regime lets one state of an item.
    fn judgement(here: &Here<'_>, item: &ScriptItem) -> Judgement {
        let turn = |levels: &[String]| levels[here.month.number % levels.len()].clone();
        match Self::scoring(here) {
            Scoring::Matrix { on_time, late, .. } => Judgement::CarriedOut {
                efficiency: if item.report > 0 { late } else { on_time }.clone(),
                quality: turn(&item.quality),
            },
            _ => Judgement::points(points(&turn(&item.points))),
        }
    }

    fn scores(&self, here: &Here<'_>) -> Vec<ScoreItem> {
        let (plan, items) = &self.plans[&here.at];
        let scored = items.iter().zip(&here.plan.items);
        let score = |(item, scripted): (&ItemId, &ScriptItem)| ScoreItem {
            plan: *plan,
            item: *item,
            judgement: Edit {
                old: None,
                new: Some(Self::judgement(here, scripted)),
            },
            note: String::new(),
        };
        scored.map(score).collect()
    }

    pub(super) fn score_self(&mut self, here: &Here<'_>) {
        let owner = self.owner(here);
        for score in self.scores(here) {
            self.send(owner, Command::ScoreSelf(score));
        }
    }

    pub(super) fn judge_as(&mut self, here: &Here<'_>, judge: PersonId) {
        for score in self.scores(here) {
            self.send(judge, Command::ScoreSuperior(score));
        }
        self.publish(here, judge);
    }

    fn publish(&mut self, here: &Here<'_>, judge: PersonId) {
        let (plan, _) = self.document(here);
        let verdict = result::verdict(
            &self.builder.world,
            plan,
            judge,
            self.builder.moment.today(),
        );
        let seen = verdict.expect("every item was scored").seen;
        self.send(judge, Command::PublishResult(PublishResult { plan, seen }));
    }

    pub(super) fn opens(&mut self, here: &Here<'_>) {
        let (plan, document) = self.document(here);
        let version = document.result().expect("it was published").version;
        let how = DeliveryKind::Opened;
        let opened = DeliverResult { plan, version, how };
        let owner = self.owner(here);
        self.send(owner, Command::DeliverResult(opened));
    }

    pub(super) fn answers(&mut self, here: &Here<'_>, answer: ResultAnswer) {
        let (plan, document) = self.document(here);
        let result = document.result().expect("it was published");
        let answer = AnswerResult {
            plan,
            version: result.version,
            seen: digest::result(result),
            answer,
        };
        let owner = self.owner(here);
        self.send(owner, Command::AnswerResult(answer));
    }

    /// The judge upholds the objection and judges the late item as one in time.
    pub(super) fn gives_way(&mut self, here: &Here<'_>) {
        let judge = self.judge(here);
        let (plan, document) = self.document(here);
        let decide = DecideObjection {
            plan,
            version: document.result().expect("it was published").version,
            upheld: true,
            reason: self.script.upheld.clone(),
        };
        self.send(judge, Command::DecideObjection(decide));
        let scores = self.scores(here);
        let late = here.plan.items.iter().position(|item| item.report > 0);
        let late = late.expect("the script lets somebody object who was late");
        let Scoring::Matrix { on_time, .. } = Self::scoring(here) else {
            return;
        };
        let old = scores[late].judgement.new.clone();
        let new = old.clone().map(|judgement| match judgement {
            Judgement::CarriedOut { quality, .. } => Judgement::CarriedOut {
                efficiency: on_time.clone(),
                quality,
            },
            other => other,
        });
        let score = ScoreItem {
            judgement: Edit { old, new },
            ..scores[late].clone()
        };
        self.send(judge, Command::ScoreSuperior(score));
        self.publish(here, judge);
    }

    pub(super) fn seal(&mut self, here: &Here<'_>) {
        let period = self.periods[&here.at.0];
        let (at, office) = (self.builder.moment.received, self.cast.office);
        let ready = bulk::ready(&self.builder.world, period, &[], at, office);
        for one in ready {
            self.send(office, Command::SealResult(one.command));
        }
    }
}
