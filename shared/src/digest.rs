//! What signatures bind: digests over exactly the content that a signer was shown.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::canonical;
use crate::id::{ItemId, PeriodId, PersonId, PlanId, UnitId};
use crate::item::Item;
use crate::moment::{Times, UtcMillis};
use crate::plan::{Plan, Scope};
use crate::quantity::Points;
use crate::regime::v1::Regime;
use crate::result::{PlanResult, Step};
use crate::score::Judgement;
use crate::seal::SealedResult;
use crate::world::PlanDocument;

#[derive(Serialize)]
struct PlanContent<'a> {
    plan: PlanId,
    unit: UnitId,
    period: PeriodId,
    scope: Scope,
    owner: PersonId,
    items: Vec<&'a Item>,
}

/// Digest of what a plan promises: its owner and its items, in order of their ids.
pub fn plan_content(plan: &Plan, document: &PlanDocument) -> String {
    plan_items(plan, &document.items)
}

/// Digest of what a plan would promise with these items.
pub fn plan_items(plan: &Plan, items: &BTreeMap<ItemId, Item>) -> String {
    let content = PlanContent {
        plan: plan.id,
        unit: plan.unit,
        period: plan.period,
        scope: plan.scope,
        owner: plan.owner,
        items: items.values().collect(),
    };
    canonical::digest("jihe/plan-content/1", &content)
}

#[derive(Serialize)]
struct Verdict<'a> {
    plan: PlanId,
    scores: BTreeMap<ItemId, &'a Judgement>,
    #[serde(skip_serializing_if = "<[ItemId]>::is_empty")]
    deferred: &'a [ItemId],
    derivation: &'a [Step],
    total: Points,
}

/// Digest of what a publication states: each score that counts, what is scored next time, the steps
/// and the total.
///
/// [`crate::result::verdict`] gives it together with what it binds.
pub fn verdict(
    plan: PlanId,
    scores: BTreeMap<ItemId, &Judgement>,
    deferred: &[ItemId],
    derivation: &[Step],
    total: Points,
) -> String {
    canonical::digest(
        "jihe/verdict/1",
        &Verdict {
            plan,
            scores,
            deferred,
            derivation,
            total,
        },
    )
}

/// Digest of a regime document of format 1; its version keeps it, and results name it.
pub fn regime(regime: &Regime) -> String {
    canonical::digest("jihe/regime/1", regime)
}

/// Digest of a published result, which its owner signs or objects to, and which a seal binds.
pub fn result(result: &PlanResult) -> String {
    canonical::digest("jihe/result/1", result)
}

/// Digest of what a seal states, whoever seals it and when: what the signer of the seal saw.
pub fn seal_content(sealed: &SealedResult) -> String {
    let nobody = PersonId::from_bits(0);
    let never = Times {
        claimed: UtcMillis(0),
        received: UtcMillis(0),
        recorded: UtcMillis(0),
    };
    let content = SealedResult {
        by: nobody,
        times: never,
        digest: String::new(),
        ..sealed.clone()
    };
    canonical::digest("jihe/seal-content/1", &content)
}

/// Digest of a sealed result with all that stands in it, its own digest left empty.
pub fn sealed(sealed: &SealedResult) -> String {
    let whole = SealedResult {
        digest: String::new(),
        ..sealed.clone()
    };
    canonical::digest("jihe/sealed-result/1", &whole)
}

/// Digest of the inputs of a person's parts, in their order.
pub fn seal_inputs(parts: &[&PlanResult]) -> String {
    if parts.iter().any(|part| part.three.is_some()) {
        let inputs: Vec<_> = parts
            .iter()
            .map(|part| {
                let three = part.three.as_ref();
                (
                    part.plan,
                    part.version,
                    three.map(|three| &three.inputs_digest),
                )
            })
            .collect();
        return canonical::digest("jihe/seal-inputs/3", &inputs);
    }
    let inputs: Vec<_> = parts
        .iter()
        .map(|part| (part.plan, part.version, &part.inputs, &part.deferred))
        .collect();
    canonical::digest("jihe/seal-inputs/1", &inputs)
}
