//! Hearings: who decides about what a person says against a result, and until when.
//!
//! One mechanism for the three instances, objection 异议, appeal 申诉 and second instance 复核: those whom
//! the regime names decide, never a party; past the day until which it is to be decided, those who stand
//! in for them may as well. Nothing is ever decided by time alone.

use std::collections::BTreeSet;

use crate::appeal::{Decided, Level, decision};
use crate::deadline::{self, Deadline};
use crate::document::PlanDocument;
use crate::id::PersonId;
use crate::moment::{Day, UtcMillis};
use crate::organisation::Organisation;
use crate::permission;
use crate::plan::{Plan, PlanState};
use crate::regime::after::{After, Instance};
use crate::regime::who::Who;
use crate::seal::{Answer, ObjectionDecision, ResultAnswer};
use crate::who;

/// An instance that hears the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hearing {
    /// The objection 异议.
    Objection,
    /// An instance after it.
    Later(Level),
}

/// A hearing that waits for its decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// Which.
    pub hearing: Hearing,
    /// The version of the result.
    pub version: u32,
    /// Who decides, at the time that is asked of.
    pub hearers: Vec<PersonId>,
    /// Until when it is to be decided; `None` where the regime sets no day.
    pub until: Option<Deadline>,
    /// Whether that is over: who stands in for the named ones may decide as well.
    pub overdue: bool,
}

impl From<Level> for Hearing {
    fn from(level: Level) -> Self {
        Self::Later(level)
    }
}

impl Hearing {
    /// All, one after another.
    pub const ALL: [Self; 3] = [
        Self::Objection,
        Self::Later(Level::Appeal),
        Self::Later(Level::Second),
    ];

    /// What a regime says of it; every regime hears objections.
    pub const fn rule(self, after: &After) -> Option<&Instance> {
        match self {
            Self::Objection => Some(&after.objection),
            Self::Later(level) => level.rule(after),
        }
    }

    /// When the person asked to be heard about a version, as the server received it.
    pub fn asked(self, document: &PlanDocument, version: u32) -> Option<UtcMillis> {
        let times = match self {
            Self::Objection => document
                .answers
                .get(&version)
                .filter(|answer| objects(answer))
                .map(|answer| answer.times),
            Self::Later(level) => {
                let appeal = document.appeals.get(&(version, level));
                appeal.map(|appeal| appeal.times)
            }
        };
        times.map(|times| times.received)
    }

    /// What was decided about a version.
    pub fn decided(self, document: &PlanDocument, version: u32) -> Option<&ObjectionDecision> {
        match self {
            Self::Objection => decision(document, version, Decided::Objection),
            Self::Later(Level::Appeal) => decision(document, version, Decided::Appeal),
            Self::Later(level) => {
                let appeal = document.appeals.get(&(version, level));
                appeal.and_then(|appeal| appeal.decided.as_ref())
            }
        }
    }

    /// Until when it is to be decided, on the work calendar of the plan's unit; `None` where nobody
    /// asked, or the regime sets no day.
    pub fn decided_until(
        self,
        organisation: &Organisation,
        after: &After,
        (plan, document): (&Plan, &PlanDocument),
        version: u32,
    ) -> Option<Deadline> {
        let days = self.rule(after)?.decided_in?;
        let asked = self.asked(document, version)?;
        Some(deadline::window(
            asked,
            days,
            &organisation.work_days(plan.unit),
        ))
    }
}

fn objects(answer: &Answer) -> bool {
    matches!(answer.answer, ResultAnswer::Objected(_))
}

/// Everybody who has a part in a version already: the person, who judged, who decided in an instance
/// before.
fn parties(
    plan: &Plan,
    document: &PlanDocument,
    (version, hearing): (u32, Hearing),
) -> Vec<PersonId> {
    let result = document.results.get(&version);
    let judged = result.map(|result| [Some(result.by), result.on_behalf_of]);
    let mut parties: BTreeSet<PersonId> = judged.into_iter().flatten().flatten().collect();
    parties.insert(plan.owner);
    let before = Hearing::ALL.into_iter().take_while(|one| *one != hearing);
    let decided = before.filter_map(|one| one.decided(document, version));
    parties.extend(decided.map(|decided| decided.by));
    parties.into_iter().collect()
}

/// Who hears an instance: those whom the regime names, never a party; past the day until which it is to
/// be decided, those who stand in for them as well, so that a body that does not meet stops nobody.
pub fn hearers(
    organisation: &Organisation,
    after: &After,
    (plan, document): (&Plan, &PlanDocument),
    (version, hearing): (u32, Hearing),
    at: UtcMillis,
) -> Vec<PersonId> {
    let day: Day = at.day(organisation.utc_offset());
    let without = parties(plan, document, (version, hearing));
    let items = || document.items.values();
    let hears = |by: &[Who]| permission::hearers(organisation, by, (plan, items()), &without, day);
    let named = hearing.rule(after).map(|rule| rule.by.as_slice());
    let mut hearers = hears(named.unwrap_or_default());
    let until = hearing.decided_until(organisation, after, (plan, document), version);
    if until.is_some_and(|until| at > until.at) {
        hearers.extend(hears(&[]));
        hearers.sort_unstable();
        hearers.dedup();
    }
    hearers
}

/// Says whether a person may decide in an instance. Who judged may give way to an objection where the
/// regime has the superior decide; that it fails is for somebody else.
pub fn may_decide(
    organisation: &Organisation,
    after: &After,
    of: (&Plan, &PlanDocument),
    (version, hearing): (u32, Hearing),
    (actor, upheld): (PersonId, bool),
    at: UtcMillis,
) -> bool {
    let (plan, document) = of;
    if hearers(organisation, after, of, (version, hearing), at).contains(&actor) {
        return true;
    }
    let result = document.results.get(&version);
    let judged = result.is_some_and(|result| result.by == actor) && actor != plan.owner;
    if !(judged && upheld && hearing == Hearing::Objection) {
        return false;
    }
    let by = after.objection.by.as_slice();
    let day = at.day(organisation.utc_offset());
    by.contains(&Who::Superior)
        || who::is_one(
            organisation,
            by,
            actor,
            (plan, document.items.values()),
            day,
        )
}

/// The hearing of a plan's standing result that waits for its decision; at most one does.
pub fn open(
    organisation: &Organisation,
    after: &After,
    (plan, document): (&Plan, &PlanDocument),
    at: UtcMillis,
) -> Option<Open> {
    if plan.state != PlanState::Published || !is_asked(document) {
        return None;
    }
    let version = document.result()?.version;
    let waits = |hearing: &Hearing| {
        hearing.asked(document, version).is_some() && hearing.decided(document, version).is_none()
    };
    let hearing = Hearing::ALL.into_iter().find(waits)?;
    let of = (plan, document);
    let until = hearing.decided_until(organisation, after, of, version);
    Some(Open {
        hearing,
        version,
        hearers: hearers(organisation, after, of, (version, hearing), at),
        overdue: until.as_ref().is_some_and(|until| at > until.at),
        until,
    })
}

/// Whether anybody asked and waits, of whatever version: results are large and read only then.
fn is_asked(document: &PlanDocument) -> bool {
    let mut answers = document.answers.values();
    let mut appeals = document.appeals.values();
    answers.any(|answer| objects(answer) && answer.decided.is_none())
        || appeals.any(|appeal| appeal.decided.is_none())
}
