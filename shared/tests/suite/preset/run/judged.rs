//! The driver's second half: everybody who rates does, the result is published, answered and sealed, and
//! recomputed by anybody.

use std::collections::{BTreeMap, BTreeSet};

use shared::cohort::{self, CohortKey, CohortOpen, Unsettled};
use shared::command::Command;
use shared::command::cohort::{ReturnResult, SettleCohort};
use shared::command::grade::{EnterIndicator, GiveGrade};
use shared::command::public_list::HangList;
use shared::command::review::{PublishResult, ScoreAs, ScoreItem, ScorePart};
use shared::command::seal::{AnswerResult, DeliverResult, SealResult};
use shared::id::{ListId, PersonId};
use shared::indicator::Reading;
use shared::item::{Edit, Item};
use shared::plan::{Plan, Scope};
use shared::public_list;
use shared::quantity::{Points, Quantity};
use shared::refusal::Refusal;
use shared::regime::Document;
use shared::regime::after::Publication;
use shared::regime::curve::Measure;
use shared::regime::grades::GradeBy;
use shared::regime::judging::{Criterion, Level, Scoring};
use shared::regime::total::{Parts, Source};
use shared::regime::who::Who;
use shared::result::engine_3::compile;
use shared::result::{self, Recomputed};
use shared::score::Judgement;
use shared::seal::{self, DeliveryKind, Missing, ResultAnswer, SealedResult};
use shared::world::Stop;
use shared::{digest, permission};

use super::{Made, Run};
use crate::prelude::*;

impl Run {
    /// The best judgement of an item by its method; none where facts alone say it.
    fn best(&self, made: Made, item: &Item) -> Option<Judgement> {
        let rules = self.regime.rules(made.kind).unwrap();
        let key = |levels: &[Level]| levels[0].key.clone();
        Some(match &rules.method(item)?.scoring {
            Scoring::Matrix {
                efficiency,
                quality,
                ..
            } => carried_out(&key(efficiency), &key(quality)),
            Scoring::Levels { levels } => Judgement::Level {
                level: levels[0].key.clone(),
                off: BTreeMap::new(),
            },
            Scoring::Typed {} | Scoring::OwnRule {} => Judgement::points(rules.full(item)),
            Scoring::Whole {} | Scoring::Reached { .. } => return None,
        })
    }

    /// Everybody who rates does, and the superior publishes.
    pub(super) fn judge(&mut self, made: Made) {
        self.story.moment = noon(made.to + chrono::Days::new(1));
        self.rate(made, None);
        self.enter_numbers(made);
        self.give_grade(made);
        self.publish(made);
    }

    /// Who passed a ceiling together is given back to the judge, and judged by so much lower.
    fn give_back(&mut self, made: Made, (ceiling, sum): (i64, i64)) {
        let version = self.story.document_of(made.plan).result().unwrap().version;
        let back = ReturnResult {
            plan: made.plan,
            version,
            reason: "超过部门得分".into(),
        };
        self.story.must(PLAN_OFFICE, Command::ReturnResult(back));
        self.rate(made, Some((ceiling, sum)));
        self.publish(made);
        self.answer(made);
    }

    /// Everybody rates each item: as well as can be, or the second time by a share of that.
    fn rate(&mut self, made: Made, again: Option<(i64, i64)>) {
        let judge = self.judge_of(made);
        let rules = self.regime.rules(made.kind).unwrap();
        let raters = rules.regime.judging.raters.clone();
        for rater in &raters {
            for item in self.items(made) {
                let rules = self.regime.rules(made.kind).unwrap();
                let asked = rules.is_rated(rater, &item);
                let Some(best) = self.best(made, &item).filter(|_| asked) else {
                    continue;
                };
                let judgement = match again {
                    None => Edit {
                        old: None,
                        new: Some(best),
                    },
                    Some(share) => Edit {
                        new: Some(lower(&best, share)),
                        old: Some(best),
                    },
                };
                let (plan, item_id, note) = (made.plan, item.id, String::new());
                let scored = ScoreItem {
                    plan,
                    item: item_id,
                    judgement: judgement.clone(),
                    note: note.clone(),
                };
                let (by, command) = match rater.by {
                    Who::Responsible => (item.responsible.unwrap(), Command::ScoreSelf(scored)),
                    Who::Superior => (judge, Command::ScoreSuperior(scored)),
                    _ => {
                        let by = self.people(plan, &rater.by)[0];
                        let rater = rater.key.clone();
                        let score = ScoreAs {
                            plan,
                            item: item_id,
                            rater,
                            judgement,
                            note,
                        };
                        (by, Command::ScoreAs(score))
                    }
                };
                self.story.must(by, command);
            }
            if again.is_none() && rater.weight.0 > 0 && rater.of.is_none() {
                self.type_points(made, &rater.key, &rater.by);
            }
        }
    }

    fn judge_of(&self, made: Made) -> PersonId {
        let (organisation, today) = (self.story.world.organisation(), self.story.moment.today());
        permission::judge_of(organisation, self.plan(made.plan), today).unwrap()
    }

    fn publish(&mut self, made: Made) {
        let judge = self.judge_of(made);
        let verdict = result::verdict(
            &self.story.world,
            made.plan,
            judge,
            self.story.moment.today(),
        );
        let seen = verdict
            .unwrap_or_else(|stop| panic!("{}: {stop:?}", self.regime.key))
            .seen;
        let publish = PublishResult {
            plan: made.plan,
            seen,
        };
        self.story.must(judge, Command::PublishResult(publish));
    }

    /// The plan office enters each number that is measured and not judged: what was wanted was reached.
    fn enter_numbers(&mut self, made: Made) {
        let program = compile(&self.regime, made.kind).unwrap();
        for measure in program.measured() {
            let Measure::Indicator(indicator) = measure else {
                continue;
            };
            let hundred = Quantity(1_000_000);
            let reading = Reading {
                reached: hundred,
                target: Some(hundred),
            };
            let enter = EnterIndicator {
                plan: made.plan,
                indicator: indicator.clone(),
                reading: Edit {
                    old: None,
                    new: Some(reading),
                },
                note: String::new(),
            };
            self.story.must(PLAN_OFFICE, Command::EnterIndicator(enter));
        }
    }

    /// Where a grade is decided, whoever decides gives the best.
    fn give_grade(&mut self, made: Made) {
        let GradeBy::Decided { levels, by, .. } = self.regime.grades.by.clone() else {
            return;
        };
        if self.regime.cycle(made.kind).unwrap().1.ungraded {
            return;
        }
        let owner = self.owner(made.plan);
        let mut people = by.iter().flat_map(|who| self.people(made.plan, who));
        let decider = people.find(|person| *person != owner).unwrap();
        let give = GiveGrade {
            plan: made.plan,
            decided: true,
            level: Edit {
                old: None,
                new: Some(levels[0].key.clone()),
            },
            reason: "全年出色".into(),
        };
        self.story.must(decider, Command::GiveGrade(give));
    }

    /// The plan office closes every cohort of a period, and hangs out its list where the regime has one.
    pub(super) fn close(&mut self, together: &[Made]) {
        let made = together[0];
        let rules = self.regime.rules(made.kind).unwrap();
        let ungraded = rules.cycle.ungraded;
        let (organisation, today) = (self.story.world.organisation(), self.story.moment.today());
        let rule = self.regime.cohort.clone().filter(|_| rules.is_settled());
        let plans = self.story.world.documents();
        let plans: Vec<Plan> = plans.filter_map(|(_, one)| one.plan.clone()).collect();
        let plans = plans.iter().filter(|plan| plan.period == made.period);
        let members =
            rule.map(|rule| cohort::members(organisation, &rule, plans, made.period, today));
        let members = members.into_iter().flatten();
        let cohorts: BTreeSet<CohortKey> = members.map(|member| member.cohort).collect();
        for cohort in cohorts {
            let settle = SettleCohort {
                period: made.period,
                cohort,
                seen: self.settlement(together, cohort),
            };
            self.story.must(PLAN_OFFICE, Command::SettleCohort(settle));
        }
        if let Some(publication) = self.regime.after.publication.clone().filter(|_| !ungraded) {
            self.hang(together, &publication);
        }
    }

    /// The plan office hangs the list out; everybody did everything, so everybody is named who stands in a
    /// band that is made public, and none of them can be sealed before it has hung.
    fn hang(&mut self, together: &[Made], publication: &Publication) {
        let (period, now) = (together[0].period, self.story.moment.received);
        let drafted = public_list::draft(&self.story.world, period, &[], now).unwrap();
        let named: BTreeSet<PersonId> = drafted.named.iter().map(|one| one.person).collect();
        for made in together {
            let lacks = self.lacks(*made);
            let owner = self.owner(made.plan);
            assert_eq!(lacks == [Missing::Notice], named.contains(&owner));
        }
        let hang = HangList {
            list: ListId::from_bits(self.id()),
            period,
            units: Vec::new(),
            seen: drafted.digest,
        };
        self.story.must(PLAN_OFFICE, Command::HangList(hang));
        assert!(!named.is_empty(), "{}: somebody is named", self.regime.key);
        let unit = self.plan(together[0].plan).unit;
        let days = self.story.world.organisation().work_days(unit);
        // Counted here one by one: as many working days after today as the document says.
        let after = self.story.moment.today().iter_days().skip(1);
        let working = after.filter(|day| days.is_working(*day));
        let last = working.take(publication.days as usize).last().unwrap();
        for made in together {
            if named.contains(&self.owner(made.plan)) {
                assert_eq!(self.lacks(*made), [Missing::Hanging(last)]);
            }
        }
    }

    /// What a plan's owner still lacks.
    fn lacks(&self, made: Made) -> Vec<Missing> {
        let (world, now) = (&self.story.world, self.story.moment.received);
        match seal::draft(world, &[made.plan], now, PLAN_OFFICE) {
            Ok(_) => Vec::new(),
            Err(Stop::Refused(Refusal::SealNotReady { missing })) => missing,
            Err(stop) => panic!("{}: {stop:?}", self.regime.key),
        }
    }

    /// What closing a cohort would leave, once nobody in it passes its ceiling any more.
    fn settlement(&mut self, together: &[Made], cohort: CohortKey) -> String {
        loop {
            let now = self.story.moment.received;
            let period = together[0].period;
            let draft = cohort::draft(&self.story.world, period, cohort, now, PLAN_OFFICE);
            let open = match draft {
                Ok(draft) => return draft.digest,
                Err(Stop::Refused(Refusal::CohortOpen { open })) => open,
                Err(stop) => panic!("{}: {stop:?}", self.regime.key),
            };
            let [Unsettled::Cohort(passed)] = open.as_slice() else {
                panic!("{}: {open:?}", self.regime.key);
            };
            let CohortOpen::CeilingPassed {
                sum,
                heads,
                ceiling,
                ..
            } = passed
            else {
                panic!("{}: {passed:?}", self.regime.key);
            };
            let share = (ceiling.0 * i64::from(*heads), sum.0);
            let whose = |made: &&Made| match cohort {
                CohortKey::Unit(_) => self.plan(made.plan).scope == Scope::Personal,
                _ => true,
            };
            let returned: Vec<Made> = together.iter().filter(whose).copied().collect();
            for made in returned {
                self.give_back(made, share);
            }
        }
    }

    /// What would be sealed, once a list that is hung out has hung for its days.
    fn sealing(&mut self, made: Made) -> SealedResult {
        loop {
            let now = self.story.moment.received;
            let draft = seal::draft(&self.story.world, &[made.plan], now, PLAN_OFFICE);
            match draft {
                Ok(draft) => return draft,
                Err(Stop::Refused(Refusal::SealNotReady { missing })) => match missing.as_slice() {
                    [Missing::Hanging(last)] => {
                        self.story.moment = noon(*last + chrono::Days::new(1));
                    }
                    _ => panic!("{}: {missing:?}", self.regime.key),
                },
                Err(stop) => panic!("{}: {stop:?}", self.regime.key),
            }
        }
    }

    /// A rater gives each criterion of every part its full points.
    fn type_points(&mut self, made: Made, rater: &str, who: &Who) {
        let (_, cycle) = self.regime.cycle(made.kind).unwrap();
        let mut found = Vec::new();
        if let Some(total) = &cycle.total {
            criteria(&total.parts, &mut found);
        }
        for (part, criterion, points) in found {
            let by = self.people(made.plan, who)[0];
            let score = ScorePart {
                plan: made.plan,
                part,
                criterion,
                rater: rater.to_owned(),
                points: Edit {
                    old: None,
                    new: Some(points),
                },
                note: String::new(),
            };
            self.story.must(by, Command::ScorePart(score));
        }
    }

    /// The owner opens the result and signs, and anybody recomputes it.
    pub(super) fn answer(&mut self, made: Made) {
        let owner = self.owner(made.plan);
        let published = self.story.document_of(made.plan).result().unwrap().clone();
        let document = Document::from(self.regime.clone());
        assert_eq!(
            result::recompute(&published, &document),
            Recomputed::Identical
        );
        let deliver = DeliverResult {
            plan: made.plan,
            version: published.version,
            how: DeliveryKind::Opened,
        };
        self.story.must(owner, Command::DeliverResult(deliver));
        let answer = AnswerResult {
            plan: made.plan,
            version: published.version,
            seen: digest::result(&published),
            answer: ResultAnswer::Signed,
        };
        self.story.must(owner, Command::AnswerResult(answer));
    }

    /// The plan office seals the result, and anybody recomputes it again.
    pub(super) fn seal(&mut self, made: Made) -> Points {
        let published = self.story.document_of(made.plan).result().unwrap().clone();
        let document = Document::from(self.regime.clone());
        let draft = self.sealing(made);
        let seal = SealResult {
            plan: made.plan,
            parts: Vec::new(),
            seen: digest::seal_content(&draft),
        };
        self.story.must(PLAN_OFFICE, Command::SealResult(seal));
        let last = self.story.document_of(made.plan);
        let sealed = last.sealed.last_key_value().unwrap().1;
        let again = seal::recompute(sealed, &document, &[&published]);
        assert_eq!(again, Recomputed::Identical, "{}", self.regime.key);
        sealed.total
    }
}

/// So much less of points; other judgements have no ceiling to pass in any preset.
fn lower(best: &Judgement, (share, of): (i64, i64)) -> Judgement {
    match best {
        Judgement::Points { points, off } => Judgement::Points {
            points: Points(points.0 * share / of),
            off: off.clone(),
        },
        other => panic!("{other:?} is no number of points"),
    }
}

/// The criteria of every part: the part's key, the criterion's, and its points.
fn criteria(parts: &Parts, found: &mut Vec<(String, String, Points)>) {
    for part in &parts.list {
        match &part.source {
            Source::Typed { criteria } => {
                let of = |one: &Criterion| (part.key.clone(), one.key.clone(), one.points);
                found.extend(criteria.iter().map(of));
            }
            Source::Parts(parts) => criteria(parts, found),
            _ => {}
        }
    }
}
