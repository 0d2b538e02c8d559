//! The rest of the month: changes by request, late acts, help, entries on behalf, and what follows
//! a publication.

use chrono::Days;
use shared::change_request::{self, ChangeState, ItemChange};
use shared::command::Command;
use shared::command::evidence::{AttachEvidence, WithdrawEvidence};
use shared::command::organisation::{EndAbsence, NoteAbsence};
use shared::command::plan::{
    AddItem, AnswerHelp, DecideChange, RequestChange, SettleCarried, WithdrawChange, WithdrawPlan,
};
use shared::command::review::{ConfirmEntry, DecideLateness, ReportItem};
use shared::command::seal::{AnswerResult, DeliverResult, SealResult};
use shared::deadline::{LateAct, Timed, Timeliness};
use shared::evidence::{ContentHash, Evidence, MediaType};
use shared::id::{
    AbsenceId, ChangeRequestId, EvidenceId, ItemId, PersonId, PlanId, ReportId, UnitId,
};
use shared::item::{Edit, Item, ItemEdit, LineageKind};
use shared::lane::Lane;
use shared::organisation::AbsenceBasis;
use shared::plan::{Plan, PlanState};
use shared::quantity::Points;
use shared::seal::{self, DeliveryKind, ResultAnswer};
use shared::sync::client::Place;
use shared::world::PlanDocument;
use shared::{carry, digest, permission, spot_check};

use super::after::Hearing;
use super::{Choice, Person};
use crate::chance::Chance;

/// What a person may do beside drafting, reporting and judging.
#[derive(Debug, Clone, Copy)]
pub(super) enum Deed {
    Withdraw,
    Ask,
    Decide(ChangeRequestId),
    TakeBack(ChangeRequestId),
    Continue,
    Settle(PlanId),
    Help(ItemId, UnitId),
    Enter(ItemId, PersonId),
    Confirm(ItemId, ReportId),
    Late(LateAct),
    Attach(ItemId),
    Retract(EvidenceId),
    HandOver,
    Answer,
    Hearing(Hearing),
}

impl Person<'_> {
    /// What one may do on a document of which the device holds the plan.
    pub(super) fn deeds(
        &self,
        choices: &mut Vec<(Choice, usize)>,
        plan: &Plan,
        document: &PlanDocument,
    ) {
        let (organisation, today, me) = (self.view().organisation(), self.today, self.me());
        let own = permission::may_submit(organisation, me, plan, today);
        let judges = permission::may_judge(organisation, me, plan, today);
        let mut add = |deed, weight| choices.push((Choice::Deed(deed), weight));
        match plan.state {
            PlanState::Draft | PlanState::Returned => self.carries(&mut add, plan, document),
            // Nobody takes back what is not handed in yet.
            PlanState::Submitted if own && self.is_settled(plan.id) => add(Deed::Withdraw, 1),
            PlanState::Approved => {
                if own || judges {
                    add(Deed::Ask, 2);
                }
                self.requests(&mut add, (own, judges), document);
                self.entries(&mut add, plan, document);
                self.evidence(&mut add, plan, document);
                self.carries(&mut add, plan, document);
            }
            PlanState::Published => {
                self.evidence(&mut add, plan, document);
                let answered = document.result().map(|result| result.version);
                let answered = answered.and_then(|version| document.answers.get(&version));
                let open = answered.is_none();
                if plan.owner == me && open {
                    add(Deed::Answer, 6);
                }
                if plan.owner != me && open {
                    add(Deed::HandOver, 1);
                }
                let objected = answered.is_some_and(|answer| {
                    answer.decided.is_none() && answer.answer != ResultAnswer::Signed
                });
                if plan.owner != me && objected {
                    self.objection(&mut add, plan, document);
                }
                self.hearings(&mut add, plan, document);
            }
            PlanState::Submitted | PlanState::Sealed => {}
        }
        if spot_check::checks(organisation, (plan, document), me, today) {
            add(Deed::Hearing(Hearing::Check), 8);
        }
        self.late_acts(&mut add, plan, document);
        self.helps(&mut add, document);
    }

    /// What one may do without the plan: answer whether a unit helps, confirm an entry, decide about
    /// an objection to a list.
    pub(super) fn helps(&self, add: &mut impl FnMut(Deed, usize), document: &PlanDocument) {
        let (organisation, today, me) = (self.view().organisation(), self.today, self.me());
        for item in document.items.values() {
            for unit in &item.helpers {
                let open = !document.helps.contains_key(&(item.id, *unit));
                let open = open && !self.has_answered(item.id, *unit);
                if open && permission::may_answer_for(organisation, me, *unit, today) {
                    add(Deed::Help(item.id, *unit), 3);
                }
            }
        }
        for report in document.reports.values() {
            if report.of == Some(me) && report.confirmed.is_none() {
                add(Deed::Confirm(report.item, report.id), 4);
            }
        }
        self.listed(add, document);
    }

    /// Says whether nothing of a plan waits on this device.
    fn is_settled(&self, plan: PlanId) -> bool {
        let place = self.replica.place(Lane::Plan(plan));
        place.is_none_or(|place| place == Place::Accepted)
    }

    /// Says whether an answer waits for the server, which the view does not show where the device
    /// lacks what it would change: nobody answers twice.
    fn has_answered(&self, item: ItemId, unit: UnitId) -> bool {
        let mut pending = self.replica.pending().filter_map(|one| one.made.as_ref());
        pending.any(|made| match &made.command {
            Command::AnswerHelp(args) => (args.item, args.unit) == (item, unit),
            _ => false,
        })
    }

    fn carries(&self, add: &mut impl FnMut(Deed, usize), plan: &Plan, document: &PlanDocument) {
        let (organisation, today) = (self.view().organisation(), self.today);
        let Plan {
            unit, scope, owner, ..
        } = *plan;
        if !permission::may_draft(organisation, self.me(), unit, scope, owner, today) {
            return;
        }
        if plan.is_editable() && document.items.len() < 6 {
            add(Deed::Continue, 2);
        }
        let mut lineages = document
            .items
            .values()
            .filter_map(|item| item.lineage.as_ref());
        if let Some(from) = lineages.find(|lineage| lineage.provisional) {
            add(Deed::Settle(from.plan), 4);
        }
    }

    fn requests(
        &self,
        add: &mut impl FnMut(Deed, usize),
        (own, judges): (bool, bool),
        document: &PlanDocument,
    ) {
        let open = document.requests.values();
        for request in open.filter(|request| request.state == ChangeState::Open) {
            let mine = request.by.by == self.me();
            if mine {
                add(Deed::TakeBack(request.id), 1);
            } else if own && request.from_above || judges && !request.from_above {
                add(Deed::Decide(request.id), 6);
            }
        }
    }

    fn entries(&self, add: &mut impl FnMut(Deed, usize), plan: &Plan, document: &PlanDocument) {
        let (organisation, today, me) = (self.view().organisation(), self.today, self.me());
        for item in document.items.values() {
            let whose = item.responsible.unwrap_or(plan.owner);
            if permission::may_enter_for(organisation, me, whose, plan.unit, today) {
                add(Deed::Enter(item.id, whose), 1);
            }
        }
    }

    /// Shows what was done on an item, or takes that back and shows it again.
    fn evidence(&self, add: &mut impl FnMut(Deed, usize), plan: &Plan, document: &PlanDocument) {
        let (organisation, today, me) = (self.view().organisation(), self.today, self.me());
        // However much there is to show, people have other things to do.
        let mut items = document.items.values();
        let shows = items.find(|item| permission::may_attach(organisation, me, plan, item, today));
        let mine = || document.evidence.values().filter(|one| one.by == me);
        // Of what is published there is little else to do, and one piece is enough; of a month that is
        // over nobody shows any more.
        let over = !self.periods.contains(&plan.period);
        let most = if over {
            0
        } else if plan.is_judged() {
            1
        } else {
            4
        };
        if let Some(item) = shows.filter(|_| mine().count() < most) {
            add(Deed::Attach(item.id), 1);
        }
        if let Some(one) = mine().next().filter(|_| !plan.is_judged()) {
            add(Deed::Retract(one.id), 1);
        }
    }

    fn late_acts(&self, add: &mut impl FnMut(Deed, usize), plan: &Plan, document: &PlanDocument) {
        let (organisation, today, me) = (self.view().organisation(), self.today, self.me());
        let Some(regime) = self.regime(plan.period) else {
            return;
        };
        let decider = &regime.lateness.decider;
        let waits = |timed: &Option<Box<Timed>>| {
            let claims = |timed: &Timed| timed.label == Timeliness::LateClaimedOnTime;
            let timed = timed.as_deref();
            timed.is_some_and(|timed| claims(timed) && timed.decided.is_none())
        };
        let submitted = plan.submitted.iter().filter(|signed| waits(&signed.timed));
        let submitted = submitted.map(|signed| (LateAct::Submission, signed.by));
        let reports = document
            .reports
            .values()
            .filter(|report| waits(&report.timed));
        let reports = reports.map(|report| {
            let act = LateAct::Report(report.item, report.id);
            (act, report.of.unwrap_or(report.by))
        });
        let scores = document
            .self_scores
            .values()
            .filter(|score| waits(&score.timed));
        let scores = scores.map(|score| (LateAct::SelfScore(score.item), score.by));
        for (act, whose) in submitted.chain(reports).chain(scores) {
            if permission::may_decide_lateness(organisation, me, plan, whose, decider, today) {
                add(Deed::Late(act), 12);
            }
        }
    }

    /// Makes the command of a deed.
    pub(super) fn deed(
        &self,
        chance: &mut Chance,
        deed: Deed,
        plan: PlanId,
        document: &PlanDocument,
    ) -> Option<Command> {
        let words = || "As agreed".to_owned();
        Some(match deed {
            Deed::Withdraw => {
                let reason = words();
                Command::WithdrawPlan(WithdrawPlan { plan, reason })
            }
            Deed::Ask => self.ask(chance, plan, document)?,
            Deed::Decide(request) => {
                let asked = document.requests.get(&request)?;
                Command::DecideChange(DecideChange {
                    plan,
                    request,
                    agreed: chance.permille(700),
                    reason: words(),
                    seen: change_request::seen(document.plan.as_ref()?, document, asked),
                })
            }
            Deed::TakeBack(request) => Command::WithdrawChange(WithdrawChange { plan, request }),
            Deed::Continue => self.carry_on(chance, plan)?,
            Deed::Settle(from) => Command::SettleCarried(SettleCarried { plan, from }),
            Deed::Help(item, unit) => self.help(chance, document.items.get(&item)?, unit),
            Deed::Enter(item, whose) => match self.report(chance, plan, item) {
                Command::ReportItem(report) => Command::ReportItem(ReportItem {
                    of: Some(whose),
                    reason: words(),
                    paper: chance.permille(500),
                    ..report
                }),
                other => other,
            },
            Deed::Confirm(item, report) => Command::ConfirmEntry(ConfirmEntry {
                plan,
                item,
                report,
                agreed: chance.permille(800),
            }),
            Deed::Late(act) => Command::DecideLateness(DecideLateness {
                plan,
                act,
                accepted: chance.permille(700),
                reason: words(),
            }),
            Deed::Attach(item) => attach(chance, plan, item),
            Deed::Retract(evidence) => retract(document.evidence.get(&evidence)?),
            Deed::HandOver => Command::DeliverResult(DeliverResult {
                plan,
                version: document.result()?.version,
                how: DeliveryKind::Paper,
            }),
            Deed::Answer => {
                let result = document.result()?;
                let objects = chance.permille(300);
                Command::AnswerResult(AnswerResult {
                    plan,
                    version: result.version,
                    seen: digest::result(result),
                    answer: if objects {
                        ResultAnswer::Objected(words())
                    } else {
                        ResultAnswer::Signed
                    },
                })
            }
            Deed::Hearing(hearing) => Self::heard(chance, hearing, plan, document)?,
        })
    }

    /// Asks for another due day, for one item less with its weight given to another, or for one
    /// more.
    fn ask(&self, chance: &mut Chance, plan: PlanId, document: &PlanDocument) -> Option<Command> {
        let items: Vec<&Item> = document.items.values().collect();
        let item = *chance.pick(&items)?;
        let other = items.iter().find(|other| other.id != item.id);
        let weigh = |item: &Item, new: Points| {
            let old = item.weight;
            ItemChange::Edit(item.id, vec![ItemEdit::Weight(Edit { old, new })])
        };
        let changes = match (chance.below(3), other) {
            (0, Some(other)) => {
                let whole = Points(item.weight.0 + other.weight.0);
                vec![ItemChange::Cancel(item.id), weigh(other, whole)]
            }
            (1, _) if item.weight.0 > 1 => {
                let half = item.weight.0 / 2;
                let rest = Points(item.weight.0 - half);
                let more = Item {
                    id: ItemId::from_bits(chance.wide()),
                    weight: Points(half),
                    lineage: None,
                    ..item.clone()
                };
                vec![weigh(item, rest), ItemChange::Add(Box::new(more))]
            }
            _ => {
                let days = Days::new(chance.bits() % 5);
                let new = self.today.checked_add_days(days);
                let edit = Edit { old: item.due, new };
                vec![ItemChange::Edit(item.id, vec![ItemEdit::Due(edit)])]
            }
        };
        Some(Command::RequestChange(RequestChange {
            request: ChangeRequestId::from_bits(chance.wide()),
            plan,
            changes,
            reason: "A flood".to_owned(),
            evidence: "The water stands in the hall".to_owned(),
        }))
    }

    /// Carries an item on into a plan.
    fn carry_on(&self, chance: &mut Chance, plan: PlanId) -> Option<Command> {
        let candidates = carry::candidates(self.view(), plan, self.today);
        let candidate = *chance.pick(&candidates)?;
        let from = self.view().document(candidate.plan)?;
        let provisional = carry::runs(from.plan.as_ref()?)
            && matches!(
                candidate.kind,
                LineageKind::CarriedOver | LineageKind::HandedOver
            );
        let place = (ItemId::from_bits(chance.wide()), plan);
        let source = from.items.get(&candidate.item)?;
        let mut item = carry::continued(candidate.kind, source, place, provisional);
        item.due = self.today.checked_add_days(Days::new(30));
        Some(Command::AddItem(AddItem {
            plan,
            item: Box::new(item),
        }))
    }

    /// Answers whether a unit helps; with a mirrored item where its plan is being drafted.
    fn help(&self, chance: &mut Chance, item: &Item, unit: UnitId) -> Command {
        let agreed = chance.permille(800);
        let drafted = self.view().documents().find(|(_, document)| {
            let plan = document.plan.as_ref();
            let mut lineages = document.items.values().filter_map(|i| i.lineage.as_ref());
            let has = lineages.any(|from| from.item == item.id);
            !has && plan.is_some_and(|plan| plan.unit == unit && plan.is_editable())
        });
        let id = ItemId::from_bits(chance.wide());
        let mirrored = drafted.filter(|_| agreed).map(|(plan, _)| {
            let mirror = carry::continued(LineageKind::Mirrored, item, (id, plan), false);
            let weight = Points(0);
            Box::new(Item { weight, ..mirror })
        });
        Command::AnswerHelp(AnswerHelp {
            plan: item.plan,
            item: item.id,
            unit,
            agreed,
            reason: "We have two people".to_owned(),
            mirrored,
        })
    }

    /// Notes that somebody is away, or is back.
    pub(super) fn absence(&self, chance: &mut Chance) -> Option<Command> {
        let (organisation, today, me) = (self.view().organisation(), self.today, self.me());
        let person = *chance.pick(self.people)?;
        if !permission::may_note_absence(organisation, me, person, today) {
            return None;
        }
        let mut noted = organisation.absences.values();
        if let Some(absence) = noted.find(|absence| absence.person == person) {
            let (id, to) = (absence.id, today);
            return Some(Command::EndAbsence(EndAbsence { id, person, to }));
        }
        Some(Command::NoteAbsence(NoteAbsence {
            id: AbsenceId::from_bits(chance.wide()),
            person,
            basis: [AbsenceBasis::Entitled, AbsenceBasis::Personal][chance.below(2)],
            from: today,
            to: today.checked_add_days(Days::new(chance.bits() % 4)),
        }))
    }

    /// What the plan office could seal now.
    pub(crate) fn seal(&self, chance: &mut Chance) -> Option<Command> {
        let published = self.view().documents().filter_map(|(_, d)| d.plan.as_ref());
        let published = published.filter(|plan| plan.state == PlanState::Published);
        let published: Vec<&Plan> = published.collect();
        let plan = *chance.pick(&published)?;
        let mut plans = seal::plans_of(self.view(), plan.owner, plan.period);
        let draft = seal::draft(self.view(), &plans, self.now, self.me()).ok()?;
        let seen = digest::seal_content(&draft);
        let last = plans.pop()?;
        Some(Command::SealResult(SealResult {
            plan: last,
            parts: plans,
            seen,
        }))
    }
}

fn attach(chance: &mut Chance, plan: PlanId, item: ItemId) -> Command {
    Command::AttachEvidence(AttachEvidence {
        evidence: EvidenceId::from_bits(chance.wide()),
        plan,
        item,
        report: None,
        name: "The hall.jpg".to_owned(),
        media: MediaType::Jpeg,
        bytes: 1 + u32::try_from(chance.below(1_000)).unwrap_or(0),
        // Some photograph the same thing from the same place.
        hash: ContentHash::of(&chance.below(40).to_be_bytes()),
    })
}

/// Takes one's evidence back, or shows it again.
fn retract(evidence: &Evidence) -> Command {
    Command::WithdrawEvidence(WithdrawEvidence {
        plan: evidence.plan,
        item: evidence.item,
        evidence: evidence.id,
        withdrawn: evidence.withdrawn.is_none(),
    })
}
