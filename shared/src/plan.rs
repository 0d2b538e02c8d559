//! Plans 工作计划: what a unit or a person will do in one period; draft → submitted → approved →
//! published.
//!
//! A plan is a document: its row, its items and all that is reported and judged about them move
//! together. What a signature binds is [`content_digest`](crate::digest::plan_content).

use serde::{Deserialize, Serialize};

use crate::deadline::Timed;
use crate::id::{ItemId, PeriodId, PersonId, PlanId, UnitId};
use crate::item::{Item, TargetKind};
use crate::moment::Times;
use crate::period::Period;
use crate::quantify;
use crate::quantity::{BasisPoints, Points};
use crate::regime::Rules;
use crate::regime::items::Advice;
use crate::regime::weights::WeightsPer;
use crate::signing::StepSigned;

/// Whose plan it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The unit's plan, which is also its head's own.
    Unit,
    /// One member's plan.
    Personal,
}

/// Where the plan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanState {
    /// Being drafted.
    Draft,
    /// Handed in; waits for the superior.
    Submitted,
    /// Returned with a reason 退回修改; may be edited again.
    Returned,
    /// Approved; it is carried out, reported and judged.
    Approved,
    /// Judged, and the result is published to its owner.
    Published,
    /// The result is sealed 锁定归档: nothing changes any more, later facts append versions.
    Sealed,
}

/// Who did something to a plan, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// Who.
    pub by: PersonId,
    /// When.
    pub times: Times,
    /// The reason that was given; empty where none is needed.
    pub reason: String,
    /// How it stands to its deadline; `None` where no deadline applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timed: Option<Box<Timed>>,
}

/// A plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Its identity.
    pub id: PlanId,
    /// The unit for which it is made.
    pub unit: UnitId,
    /// The period.
    pub period: PeriodId,
    /// Whose plan.
    pub scope: Scope,
    /// The person who answers for it and whose result it becomes.
    pub owner: PersonId,
    /// Where it stands.
    pub state: PlanState,
    /// The superior to whom it was last handed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judge: Option<PersonId>,
    /// The last submission.
    pub submitted: Option<Signed>,
    /// The last return.
    pub returned: Option<Signed>,
    /// The approval.
    pub approved: Option<Signed>,
    /// The last time it was taken back before it was approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Signed>,
    /// The items as they stood when the plan was last returned, so that who approves it later sees
    /// what was changed since; none once it is approved.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub returned_with: Vec<Item>,
    /// The signatures at its steps since it was last handed in, where the regime has several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signs: Vec<StepSigned>,
    /// Those who sign or file it and would not see it otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signers: Vec<PersonId>,
    /// Those who rate it beside the superior and would not see it, and what is reported of it,
    /// otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub raters: Vec<PersonId>,
    /// Those who hear what its owner says against the result, and would not see it otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hearers: Vec<PersonId>,
    /// For each open objection to the owner's name on a public list, the version that is named there;
    /// who objects stands elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contested: Vec<u32>,
}

impl Plan {
    /// Says whether its items may still be changed.
    pub const fn is_editable(&self) -> bool {
        matches!(self.state, PlanState::Draft | PlanState::Returned)
    }

    /// Says whether its result is published, or sealed.
    pub const fn is_judged(&self) -> bool {
        matches!(self.state, PlanState::Published | PlanState::Sealed)
    }

    /// Says whether it binds: it was approved, whatever came after.
    pub const fn binds(&self) -> bool {
        matches!(
            self.state,
            PlanState::Approved | PlanState::Published | PlanState::Sealed
        )
    }
}

/// Something about a draft that practice advises against; nothing is refused for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hint {
    /// So many weighted items are fewer than advised.
    FewItems(usize),
    /// So many weighted items are more than advised.
    ManyItems(usize),
    /// The item weighs less than advised.
    Light(ItemId),
    /// The item weighs more than advised.
    Heavy(ItemId),
    /// Temporary work has this share of the weight, more than advised.
    MuchTemporary(BasisPoints),
    /// The target is a number, and the number is missing.
    NoNumber(ItemId),
    /// The item has neither a due day nor a rhythm.
    NoDate(ItemId),
    /// Neither target nor completion standard says by a number or a date when it is done.
    Unquantified(ItemId),
}

/// Lists what practice advises against in a draft, for its editor: items, then the plan.
///
/// How sections are weighed against each other is the regime's matter where they are totalled
/// apart; nothing is said of it then.
pub fn hints(rules: Rules<'_>, items: &[&Item]) -> Vec<Hint> {
    let house = Advice::default();
    let advice = rules.regime.items.advice.as_ref().unwrap_or(&house);
    let [light, heavy] = advice.points;
    let [few, many] = advice.items;
    let mut hints = Vec::new();
    for item in items {
        let counts = item.weight > Points(0) && !item.bonus;
        if counts && item.weight < light {
            hints.push(Hint::Light(item.id));
        }
        if counts && item.weight > heavy {
            hints.push(Hint::Heavy(item.id));
        }
        let number = !matches!(
            item.target.kind,
            TargetKind::Done | TargetKind::Date | TargetKind::Milestone
        );
        if number && item.target.value.is_none() {
            hints.push(Hint::NoNumber(item.id));
        } else if !item.title.is_empty() && !quantify::is_quantified(item) {
            hints.push(Hint::Unquantified(item.id));
        }
        if item.due.is_none() && item.rhythm.is_none() {
            hints.push(Hint::NoDate(item.id));
        }
    }
    let weighed = items.iter().filter(|item| !item.bonus);
    let weighed = weighed.filter(|item| item.weight > Points(0));
    let count = weighed.clone().count();
    if count < few as usize {
        hints.push(Hint::FewItems(count));
    }
    if count > many as usize {
        hints.push(Hint::ManyItems(count));
    }
    let total: i64 = weighed.clone().map(|item| item.weight.0).sum();
    let advised = advice.temporary.as_ref();
    let per_plan = rules.cycle.weights.per == WeightsPer::Plan;
    if let Some(advised) = advised.filter(|_| per_plan && total > 0) {
        let temporary = weighed.filter(|item| item.section == advised.section);
        let temporary: i64 = temporary.map(|item| item.weight.0).sum();
        let share = BasisPoints(temporary.saturating_mul(10_000) / total);
        if share > advised.most {
            hints.push(Hint::MuchTemporary(share));
        }
    }
    hints
}

/// What an item being drafted still lacks, by practice and not by rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// It is due outside the plan's period.
    DueWithin,
    /// Nobody answers for it.
    Responsible,
    /// It names nothing that will be there.
    Deliverable,
    /// It does not say when it counts as done.
    Standard,
}

/// Lists what an item of a plan for a period still lacks, for its editor.
pub fn lacks(item: &Item, period: Option<&Period>) -> Vec<Lack> {
    let outside = period
        .zip(item.due)
        .is_some_and(|(period, due)| due < period.from || due > period.to);
    let lacks = [
        (outside, Lack::DueWithin),
        (item.responsible.is_none(), Lack::Responsible),
        (item.deliverable.is_empty(), Lack::Deliverable),
        (item.standard.is_empty(), Lack::Standard),
    ];
    let lacking = lacks.into_iter().filter(|(lacks, _)| *lacks);
    lacking.map(|(_, lack)| lack).collect()
}
