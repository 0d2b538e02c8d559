//! The notice 告知: whether what a person was told of a published result is settled.
//!
//! It reached the person and was signed, or the window to object passed, or the objection and whatever
//! followed it are decided. Where a regime asks for it, nothing about the person is made public before.

use crate::appeal::{self, Heard};
use crate::moment::UtcMillis;
use crate::organisation::Organisation;
use crate::plan::{Plan, PlanState};
use crate::regime::Regime;
use crate::result::PlanResult;
use crate::world::PlanDocument;

use super::readiness::window;
use super::{Missing, ResultAnswer};

/// What the notice of a published result still lacks; none where it is settled.
pub(crate) fn lacks(
    organisation: &Organisation,
    regime: &Regime,
    (plan, document): (&Plan, &PlanDocument),
    result: &PlanResult,
    at: UtcMillis,
) -> Option<Missing> {
    if plan.state == PlanState::Sealed {
        return None;
    }
    let answer = document.answers.get(&result.version);
    match answer.map(|answer| (&answer.answer, &answer.decided)) {
        Some((ResultAnswer::Signed, _)) => return None,
        Some((ResultAnswer::Objected(_), None)) => return Some(Missing::Decision(plan.id)),
        Some((ResultAnswer::Objected(_), Some(decided))) if decided.upheld => {
            return Some(Missing::Publication(plan.id));
        }
        Some(_) => {
            let of = (plan, document);
            let version = result.version;
            return match appeal::standing(organisation, &regime.after, of, version, at) {
                Heard::Final => None,
                Heard::Open(_) => Some(Missing::Appeal(plan.id)),
                Heard::Undelivered(_) => Some(Missing::DecisionDelivery(plan.id)),
                Heard::Window(_, until) => Some(Missing::Appealing(plan.id, until.day)),
                Heard::Upheld => Some(Missing::Publication(plan.id)),
            };
        }
        None => {}
    }
    let Some(delivery) = document.deliveries.get(&result.version) else {
        return Some(Missing::Delivery(plan.id));
    };
    let window = window(organisation, regime, plan, delivery);
    (at <= window.at).then_some(Missing::Answer(plan.id, window.day))
}

/// Says whether somebody waits for the person, and nobody else: what a list need not wait for where the
/// regime asks for no notice.
pub(crate) const fn is_the_persons(missing: Missing) -> bool {
    matches!(
        missing,
        Missing::Delivery(_)
            | Missing::Answer(..)
            | Missing::DecisionDelivery(_)
            | Missing::Appealing(..)
    )
}

/// Says whether a result is published and its notice not settled.
pub(crate) const fn is_of_notice(missing: Missing) -> bool {
    is_the_persons(missing) || matches!(missing, Missing::Decision(_) | Missing::Appeal(_))
}
