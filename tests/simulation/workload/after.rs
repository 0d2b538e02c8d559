//! After a failed objection, and of public lists: who reads, accepts, appeals, hangs out, objects, decides.

use shared::appeal::{self, Decided, Heard, Level};
use shared::command::Command;
use shared::command::appeal::{AcceptDecision, AppealResult, DecideAppeal, DeliverDecision};
use shared::command::public_list::{DecideListObjection, HangList, ObjectToList};
use shared::command::seal::DecideObjection;
use shared::command::spot_check::CheckResult;
use shared::hearing;
use shared::id::{ListId, PersonId, PlanId};
use shared::permission;
use shared::plan::Plan;
use shared::public_list::{self, PublicList};
use shared::result;
use shared::seal::DeliveryKind;
use shared::world::PlanDocument;

use super::{Deed, Person};
use crate::chance::Chance;

/// What follows an objection, to a result or to a list, and what a check of a drawn result finds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Hearing {
    Read(Decided),
    Hand(Decided),
    Accept(Decided),
    Appeal(Level),
    Decide(Level),
    OfList(ListId, PersonId),
    Objection,
    Check,
}

impl Person<'_> {
    /// Says whether the server has every act of a plan whose lateness counts from its receipt: nobody
    /// signs an estimate of that.
    pub(super) fn is_received(&self, plan: PlanId) -> bool {
        let mut pending = self.replica.pending().filter_map(|one| one.made.as_ref());
        !pending.any(|made| result::counts_from_receipt(&made.command, plan))
    }

    /// What one may do about an objection that waits; some try who are not asked.
    pub(super) fn objection(
        &self,
        add: &mut impl FnMut(Deed, usize),
        plan: &Plan,
        document: &PlanDocument,
    ) {
        let organisation = self.view().organisation();
        let (Some(regime), Some(result)) = (self.regime(plan.period), document.result()) else {
            return;
        };
        let (of, seats) = (
            (plan, document),
            (result.version, hearing::Hearing::Objection),
        );
        let hearers = hearing::hearers(organisation, &regime.after, of, seats, self.now);
        let asked = hearers.contains(&self.me());
        add(Deed::Hearing(Hearing::Objection), if asked { 8 } else { 2 });
    }

    /// What one may do about a published result of which an objection failed.
    pub(super) fn hearings(
        &self,
        add: &mut impl FnMut(Deed, usize),
        plan: &Plan,
        document: &PlanDocument,
    ) {
        let (organisation, me) = (self.view().organisation(), self.me());
        let (Some(regime), Some(result)) = (self.regime(plan.period), document.result()) else {
            return;
        };
        let (after, of, version) = (&regime.after, (plan, document), result.version);
        let mut add = |hearing, weight| add(Deed::Hearing(hearing), weight);
        let hands = || {
            let office = permission::may_run_plans(organisation, me, self.today);
            let judges = permission::may_judge(organisation, me, plan, self.today);
            office || judges || result.by == me
        };
        match appeal::heard(organisation, after, of, version, self.now) {
            Some(Heard::Undelivered(decided)) if plan.owner == me => {
                add(Hearing::Read(decided), 2);
                add(Hearing::Accept(decided), 1);
                add(Hearing::Appeal(decided.next()), 4);
            }
            Some(Heard::Window(level, _)) if plan.owner == me => {
                add(Hearing::Accept(level.after()), 1);
                add(Hearing::Appeal(level), 4);
            }
            Some(Heard::Undelivered(decided)) if hands() => add(Hearing::Hand(decided), 1),
            Some(Heard::Open(level)) => {
                let seats = (version, level.into());
                let hearers = hearing::hearers(organisation, after, of, seats, self.now);
                if hearers.contains(&me) {
                    add(Hearing::Decide(level), 8);
                }
            }
            _ => {}
        }
    }

    /// The objections to a name on a list that wait for this person, with the plan or without it.
    pub(super) fn listed(&self, add: &mut impl FnMut(Deed, usize), document: &PlanDocument) {
        let objections = document.list_objections.values();
        for objection in objections.filter(|objection| objection.decided.is_none()) {
            let decides = match &document.plan {
                Some(plan) => {
                    let of = (plan, document);
                    let organisation = self.view().organisation();
                    public_list::decides(organisation, of, objection, self.me(), self.today)
                }
                None => objection.deciders.contains(&self.me()),
            };
            if decides {
                let hearing = Hearing::OfList(objection.list, objection.by);
                add(Deed::Hearing(hearing), 8);
            }
        }
    }

    /// Makes the command of such a deed.
    pub(super) fn heard(
        chance: &mut Chance,
        hearing: Hearing,
        plan: PlanId,
        document: &PlanDocument,
    ) -> Option<Command> {
        let version = || Some(document.result()?.version);
        let deliver = |version, of, how| {
            Command::DeliverDecision(DeliverDecision {
                plan,
                version,
                of,
                how,
            })
        };
        Some(match hearing {
            Hearing::Read(of) => deliver(version()?, of, DeliveryKind::Opened),
            Hearing::Hand(of) => deliver(version()?, of, DeliveryKind::Paper),
            Hearing::Accept(of) => Command::AcceptDecision(AcceptDecision {
                plan,
                version: version()?,
                of,
            }),
            Hearing::Appeal(to) => Command::AppealResult(AppealResult {
                plan,
                version: version()?,
                to,
                reason: "Nobody looked at the sheet".to_owned(),
            }),
            Hearing::Decide(level) => Command::DecideAppeal(DecideAppeal {
                plan,
                version: version()?,
                level,
                upheld: chance.permille(300),
                reason: "The sheet was looked at".to_owned(),
            }),
            Hearing::Objection => Command::DecideObjection(DecideObjection {
                plan,
                version: version()?,
                upheld: chance.permille(300),
                reason: "As agreed".to_owned(),
            }),
            Hearing::Check => Command::CheckResult(CheckResult {
                plan,
                version: version()?,
                fair: chance.permille(500),
                reason: "Somebody looked again".to_owned(),
                evidence: Vec::new(),
            }),
            Hearing::OfList(list, by) => Command::DecideListObjection(DecideListObjection {
                plan,
                list,
                by,
                upheld: chance.permille(500),
                reason: "Somebody counted again".to_owned(),
            }),
        })
    }

    /// Objects to a name on a list that hangs.
    pub(super) fn object(&self, chance: &mut Chance) -> Option<Command> {
        let (organisation, me) = (self.view().organisation(), self.me());
        let lists = organisation.lists.values();
        let hanging = lists.filter(|list| public_list::hangs(organisation, list, self.now));
        let named = hanging.flat_map(|list| list.named.iter().map(move |named| (list, named)));
        let objected = |list: &PublicList, plan| {
            let document = self.view().document(plan);
            let mut objections = document.iter().flat_map(|one| one.list_objections.values());
            objections.any(|one| one.by == me && one.list == list.id)
        };
        let open = named.filter(|(list, named)| named.person != me && !objected(list, named.plan));
        let open: Vec<_> = open.collect();
        let (list, named) = *chance.pick(&open)?;
        Some(Command::ObjectToList(ObjectToList {
            list: list.id,
            plan: named.plan,
            reason: "It was not so".to_owned(),
        }))
    }

    /// Hangs a list out: of all units, or of one.
    pub(crate) fn hang(&self, chance: &mut Chance) -> Option<Command> {
        let periods: Vec<_> = self.view().organisation().periods.keys().collect();
        let period = **chance.pick(&periods)?;
        let one = chance.pick(self.units).copied();
        let units: Vec<_> = one.into_iter().filter(|_| chance.permille(300)).collect();
        let drafted = public_list::draft(self.view(), period, &units, self.now).ok()?;
        Some(Command::HangList(HangList {
            list: ListId::from_bits(chance.wide()),
            period,
            units,
            seen: drafted.digest,
        }))
    }
}
