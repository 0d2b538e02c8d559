//! Signing 审签: the ordered steps by which what was handed in comes to stand, and who must sign next.
//!
//! A step asks for one signature of each seat. Nobody signs for his or her own: a seat that only the
//! owner could fill is signed by handing in. Who signed a step has signed the next one too, where a
//! seat of it is his or hers; a step that files a copy holds nothing up.

use serde::{Deserialize, Serialize};

use crate::id::{DelegationId, PersonId};
use crate::item::Item;
use crate::moment::{Day, InForce, Times};
use crate::organisation::Organisation;
use crate::plan::Plan;
use crate::regime::Rules;
use crate::regime::signing::{SignKind, SignStep};
use crate::regime::who::Who;
use crate::who;

/// A signature at a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepSigned {
    /// The step's key.
    pub step: String,
    /// Who signed.
    pub by: PersonId,
    /// In whose place, where the signature was delegated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<PersonId>,
    /// When.
    pub times: Times,
    /// Digest of the content that was signed.
    pub seen: String,
}

/// A dated delegation 委托 of signatures: what it covers may be signed by another.
///
/// It passes signatures on and nothing else: who judges is never delegated, and what was delegated
/// is not delegated again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegation {
    /// Its identity.
    pub id: DelegationId,
    /// Whose signatures.
    pub from: PersonId,
    /// Who signs.
    pub to: PersonId,
    /// When.
    pub in_force: InForce,
    /// Why.
    pub reason: String,
}

/// A signature that a step asks for: any one of its people gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// Who, as the regime says it.
    pub who: Who,
    /// The people who may fill it on that day, without the owner; empty where there is nobody.
    pub people: Vec<PersonId>,
    /// Those of whom it was delegated to others: who signs, and in whose place.
    pub delegates: Vec<(PersonId, PersonId)>,
    /// By whom it is signed.
    pub signed: Option<SeatSigned>,
}

/// How a seat came to be signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SeatSigned {
    /// By a signature at this step.
    Here(StepSigned),
    /// By the signature of the same person at the step before.
    Before(PersonId),
    /// By handing in.
    HandedIn,
}

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    /// It is signed, or asks for nobody.
    Signed,
    /// It is the one that is signed now.
    Awaited,
    /// It comes later.
    Ahead,
    /// It files a copy and is not acknowledged yet.
    Copy,
}

/// A step and its seats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step<'r> {
    /// The rule.
    pub rule: &'r SignStep,
    /// Whose signatures it asks for.
    pub seats: Vec<Seat>,
    /// Where it stands.
    pub state: StepState,
}

/// Where the signing of one thing stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing<'r> {
    /// The steps, in order.
    pub steps: Vec<Step<'r>>,
}

/// What is signed, and by whom the steps see it.
#[derive(Debug, Clone, Copy)]
pub struct Signing<'r, 's> {
    /// The steps, in order.
    pub steps: &'r [SignStep],
    /// The signatures that were given since it was handed in.
    pub signed: &'s [StepSigned],
    /// Whose it is.
    pub owner: PersonId,
    /// Who handed it in; the owner, where nobody did yet.
    pub by: PersonId,
}

/// Says where a signing stands on a day.
///
/// `people` gives the people of each seat that a rule's `Who` means on a day, the owner among them
/// where he or she is; one list for each helping unit. A signature counts by the day on which it was
/// given: who moved on since has signed all the same.
pub fn standing<'r>(
    organisation: &Organisation,
    signing: Signing<'r, '_>,
    day: Day,
    people: impl Fn(&Who, Day) -> Vec<Vec<PersonId>>,
) -> Standing<'r> {
    let mut before: Vec<PersonId> = Vec::new();
    let mut open = false;
    let mut steps = Vec::with_capacity(signing.steps.len());
    for rule in signing.steps {
        let files = rule.kind == SignKind::File;
        let passed: &[PersonId] = if open || files { &[] } else { &before };
        let seats = seats(organisation, (rule, &signing), passed, day, &people);
        let done = is_done(rule.kind, &seats);
        let state = match (files, done) {
            (true, false) => StepState::Copy,
            (true, true) => StepState::Signed,
            (false, true) if !open => StepState::Signed,
            (false, false) if !open => StepState::Awaited,
            (false, _) => StepState::Ahead,
        };
        if !files {
            open |= !done;
            before = seats.iter().filter_map(Seat::signer).collect();
        }
        steps.push(Step { rule, seats, state });
    }
    Standing { steps }
}

/// The seats of a step, each with the signature that fills it.
fn seats(
    organisation: &Organisation,
    (rule, signing): (&SignStep, &Signing<'_, '_>),
    before: &[PersonId],
    day: Day,
    people: &impl Fn(&Who, Day) -> Vec<Vec<PersonId>>,
) -> Vec<Seat> {
    let given = signing.signed.iter().filter(|one| one.step == rule.key);
    let given: Vec<&StepSigned> = given.collect();
    let mut seats = Vec::new();
    for who in &rule.by {
        for (place, now) in people(who, day).into_iter().enumerate() {
            let mut seat = seat(organisation, (rule, who, now), signing, day);
            let fills = |one: &&&StepSigned| {
                let signer = one.of.unwrap_or(one.by);
                let then = one.times.recorded.day(organisation.utc_offset());
                let then = people(who, then);
                let seat_then = then.get(place);
                seat.people.contains(&signer) || seat_then.is_some_and(|p| p.contains(&signer))
            };
            let here = given.iter().find(fills).map(|one| (**one).clone());
            let passed = before.iter().find(|person| seat.people.contains(person));
            let signed = here
                .map(SeatSigned::Here)
                .or_else(|| passed.map(|person| SeatSigned::Before(*person)));
            seat.signed = seat.signed.or(signed);
            seats.push(seat);
        }
    }
    seats
}

/// Says whether steps are one approval of the superior, with copies at most, as months were before
/// there were steps.
pub fn is_plain(steps: &[SignStep]) -> bool {
    let mut binding = steps.iter().filter(|step| step.kind != SignKind::File);
    let first = binding.next();
    let plain = first.is_some_and(|step| {
        step.kind == SignKind::Approve && step.by == [Who::Superior] && !step.in_person
    });
    plain && binding.next().is_none()
}

/// Where the signing of a plan stands on a day, by the rules of its period; `items` are the plan's.
pub fn of_plan<'r, 'i>(
    organisation: &Organisation,
    rules: Rules<'r>,
    plan: &'r Plan,
    items: impl Iterator<Item = &'i Item> + Clone,
    day: Day,
) -> Standing<'r> {
    let signing = Signing {
        steps: &rules.regime.signing.plan,
        signed: &plan.signs,
        owner: plan.owner,
        by: plan
            .submitted
            .as_ref()
            .map_or(plan.owner, |signed| signed.by),
    };
    let mut standing = standing(organisation, signing, day, |one, day| {
        who::seats(organisation, one, plan, items.clone(), day)
    });
    if plan.binds() {
        // What was approved stands, whatever its steps would ask today.
        for step in &mut standing.steps {
            if step.rule.kind != SignKind::File {
                step.state = StepState::Signed;
            }
        }
    }
    standing
}

/// A seat without signature: the people of a `Who` and those to whom they delegated.
fn seat(
    organisation: &Organisation,
    (rule, who, mut people): (&SignStep, &Who, Vec<PersonId>),
    signing: &Signing<'_, '_>,
    day: Day,
) -> Seat {
    let theirs = |person: &PersonId| *person == signing.owner || *person == signing.by;
    let only_theirs = !people.is_empty() && people.iter().all(theirs);
    people.retain(|person| !theirs(person));
    people.sort_unstable();
    people.dedup();
    let delegates = if rule.in_person {
        Vec::new()
    } else {
        let given = organisation.delegations.values();
        let given =
            given.filter(|given| given.in_force.covers(day) && people.contains(&given.from));
        let given = given.filter(|given| !theirs(&given.to));
        given.map(|given| (given.to, given.from)).collect()
    };
    Seat {
        who: who.clone(),
        people,
        delegates,
        signed: only_theirs.then_some(SeatSigned::HandedIn),
    }
}

/// Whether a step is complete. Where one signature is enough, none is asked of nobody.
fn is_done(kind: SignKind, seats: &[Seat]) -> bool {
    let signed = |seat: &Seat| seat.signed.is_some();
    match kind {
        SignKind::Countersign { all: false } => seats.is_empty() || seats.iter().any(signed),
        SignKind::Approve | SignKind::Review | SignKind::Countersign { .. } | SignKind::File => {
            seats.iter().all(signed)
        }
    }
}

impl Seat {
    /// Who signed it; nobody where handing in did.
    fn signer(&self) -> Option<PersonId> {
        match &self.signed {
            Some(SeatSigned::Here(given)) => Some(given.by),
            Some(SeatSigned::Before(by)) => Some(*by),
            Some(SeatSigned::HandedIn) | None => None,
        }
    }

    /// Says whether a person may fill the seat, and in whose place.
    pub fn by(&self, person: PersonId) -> Option<Option<PersonId>> {
        if self.signed.is_some() {
            return None;
        }
        if self.people.contains(&person) {
            return Some(None);
        }
        let delegated = self.delegates.iter().find(|(to, _)| *to == person);
        delegated.map(|(_, from)| Some(*from))
    }
}

impl<'r> Standing<'r> {
    /// The step that is signed now; `None` when all are.
    pub fn awaited(&self) -> Option<&Step<'r>> {
        self.steps
            .iter()
            .find(|step| step.state == StepState::Awaited)
    }

    /// Says whether it stands: every step that binds is signed.
    pub fn is_complete(&self) -> bool {
        self.awaited().is_none()
    }

    /// The step that a person may sign now, and in whose place.
    pub fn awaits(&self, person: PersonId) -> Option<(&Step<'r>, Option<PersonId>)> {
        let step = self.awaited()?;
        Some((step, step.by(person)?))
    }

    /// The filed copies that a person may acknowledge now.
    pub fn copies(&self, person: PersonId) -> impl Iterator<Item = &Step<'r>> {
        let copies = self.steps.iter();
        let copies = copies.filter(|step| step.state == StepState::Copy);
        copies.filter(move |step| step.by(person).is_some())
    }

    /// Everybody who signs at some step, has signed, or gets a copy, none twice.
    pub fn people(&self) -> Vec<PersonId> {
        let seats = self.steps.iter().flat_map(|step| &step.seats);
        let mut people: Vec<PersonId> = seats
            .flat_map(|seat| {
                let to = seat.delegates.iter().map(|(to, _)| *to);
                seat.people.iter().copied().chain(to)
            })
            .collect();
        people.sort_unstable();
        people.dedup();
        people
    }
}

impl Step<'_> {
    /// Says whether a person may sign it, and in whose place.
    pub fn by(&self, person: PersonId) -> Option<Option<PersonId>> {
        self.seats.iter().find_map(|seat| seat.by(person))
    }

    /// The seats that hold it up, each with the people who could fill it.
    pub fn open(&self) -> impl Iterator<Item = &Seat> {
        self.seats.iter().filter(|seat| seat.signed.is_none())
    }
}
