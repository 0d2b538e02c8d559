//! Appeals 申诉 and the second instance 复核: what follows when an objection fails.
//!
//! Three acts, one after another: objection, appeal, second instance. Each is open for so many working
//! days after the decision before it reached the person, proven like the result itself; none of them is
//! decided by anybody who had a part in it before. The second instance is final.

use serde::{Deserialize, Serialize};

use crate::deadline::{self, Deadline};
use crate::id::{PersonId, PlanId};
use crate::moment::{Times, UtcMillis};
use crate::organisation::Organisation;
use crate::plan::{Plan, PlanState};
use crate::regime::after::{After, Instance};
use crate::seal::{DeliveryKind, ObjectionDecision, ResultAnswer};
use crate::world::PlanDocument;

/// An instance after the objection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The appeal 申诉.
    Appeal,
    /// The second instance 复核.
    Second,
}

/// A decision that reaches the person, after which another instance may be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decided {
    /// About the objection.
    Objection,
    /// About the appeal.
    Appeal,
}

/// An appeal. The row's key is the plan, the version and the level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appeal {
    /// The plan.
    pub plan: PlanId,
    /// The result's version.
    pub version: u32,
    /// Which instance.
    pub level: Level,
    /// Who appeals: the owner.
    pub by: PersonId,
    /// When.
    pub times: Times,
    /// Why.
    pub reason: String,
    /// Who hears it, as of the day of the appeal.
    pub hearers: Vec<PersonId>,
    /// What was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<ObjectionDecision>,
}

/// That a decision reached the person. The row's key is the plan, the version and which decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionDelivery {
    /// The plan.
    pub plan: PlanId,
    /// The result's version.
    pub version: u32,
    /// Of which decision.
    pub of: Decided,
    /// How.
    pub how: DeliveryKind,
    /// Who states it.
    pub by: PersonId,
    /// When.
    pub times: Times,
    /// When the person accepted it and goes no further.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<Times>,
}

/// Where a result stands after a failed objection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// Nothing more is open.
    Final,
    /// An instance is not decided.
    Open(Level),
    /// A decision has not reached the person.
    Undelivered(Decided),
    /// The person may go on to an instance until this deadline.
    Window(Level, Deadline),
    /// An instance agreed with the person, and the result is judged again.
    Upheld,
}

impl Level {
    /// The decision after which it is open.
    pub const fn after(self) -> Decided {
        match self {
            Self::Appeal => Decided::Objection,
            Self::Second => Decided::Appeal,
        }
    }

    /// What a regime says of it.
    pub const fn rule(self, after: &After) -> Option<&Instance> {
        match self {
            Self::Appeal => after.appeal.as_ref(),
            Self::Second => after.second.as_ref(),
        }
    }
}

impl Decided {
    /// The instance that is open after it.
    pub const fn next(self) -> Level {
        match self {
            Self::Objection => Level::Appeal,
            Self::Appeal => Level::Second,
        }
    }
}

impl Appeal {
    /// The number of its row among those of the plan.
    pub(crate) const fn number(&self) -> u32 {
        self.version
            .saturating_mul(2)
            .saturating_add(self.level as u32)
    }
}

impl DecisionDelivery {
    /// The number of its row among those of the plan.
    pub(crate) const fn number(&self) -> u32 {
        self.version
            .saturating_mul(2)
            .saturating_add(self.of as u32)
    }
}

/// The decision about a version, where there is one.
pub fn decision(document: &PlanDocument, version: u32, of: Decided) -> Option<&ObjectionDecision> {
    match of {
        Decided::Objection => {
            let answer = document.answers.get(&version)?;
            let objected = matches!(answer.answer, ResultAnswer::Objected(_));
            answer.decided.as_ref().filter(|_| objected)
        }
        Decided::Appeal => {
            let appeal = document.appeals.get(&(version, Level::Appeal))?;
            appeal.decided.as_ref()
        }
    }
}

/// Until when the person may go on to an instance, from the delivery of the decision before it.
pub fn window(
    organisation: &Organisation,
    rule: &Instance,
    plan: &Plan,
    delivery: &DecisionDelivery,
) -> Deadline {
    let days = organisation.work_days(plan.unit);
    deadline::window(delivery.times.received, rule.days, &days)
}

/// Where a published version stands after its objection failed; `None` where none failed, or the regime
/// knows no instance after it.
pub fn heard(
    organisation: &Organisation,
    after: &After,
    (plan, document): (&Plan, &PlanDocument),
    version: u32,
    at: UtcMillis,
) -> Option<Heard> {
    let decided = decision(document, version, Decided::Objection)?;
    let open = plan.state == PlanState::Published && !decided.upheld && after.appeal.is_some();
    open.then(|| standing(organisation, after, (plan, document), version, at))
}

/// Where a version stands whose objection failed; the decision about the objection is there.
pub fn standing(
    organisation: &Organisation,
    after: &After,
    (plan, document): (&Plan, &PlanDocument),
    version: u32,
    at: UtcMillis,
) -> Heard {
    let mut of = Decided::Objection;
    loop {
        if decision(document, version, of).is_some_and(|decided| decided.upheld) {
            return Heard::Upheld;
        }
        let level = of.next();
        let Some(rule) = level.rule(after) else {
            return Heard::Final;
        };
        if let Some(appeal) = document.appeals.get(&(version, level)) {
            match &appeal.decided {
                None => return Heard::Open(level),
                Some(decided) if decided.upheld => return Heard::Upheld,
                // The second instance is final.
                Some(_) if level == Level::Second => return Heard::Final,
                Some(_) => of = Decided::Appeal,
            }
            continue;
        }
        let Some(delivery) = document.decision_deliveries.get(&(version, of)) else {
            return Heard::Undelivered(of);
        };
        if delivery.accepted.is_some() {
            return Heard::Final;
        }
        let window = window(organisation, rule, plan, delivery);
        if at > window.at {
            return Heard::Final;
        }
        return Heard::Window(level, window);
    }
}
