//! Signing: every step is signed by somebody, and something approves.

use crate::regime::document::Regime;
use crate::regime::finding::{Findings, Problem};
use crate::regime::signing::{SignKind, SignStep};

use super::keys;

pub(super) fn check(found: &mut Findings, regime: &Regime) {
    let signing = &regime.signing;
    check_steps(found, "/signing/plan", &signing.plan, regime);
    check_steps(found, "/signing/change", &signing.change, regime);
    check_steps(found, "/signing/result", &signing.result, regime);
    let approves = |steps: &[SignStep]| steps.iter().any(|step| step.kind == SignKind::Approve);
    if !approves(&signing.plan) {
        found.add("/signing/plan", Problem::ApproveMissing);
    }
    if !signing.change.is_empty() && !approves(&signing.change) {
        found.add("/signing/change", Problem::ApproveMissing);
    }
}

fn check_steps(found: &mut Findings, at: &str, steps: &[SignStep], regime: &Regime) {
    found.many(at, steps.len(), 20);
    keys::named(found, at, steps);
    let items = &regime.items;
    let mut places = keys::of(&items.sections);
    places.extend(keys::of(&items.sources));
    for (nth, step) in steps.iter().enumerate() {
        let at = format!("{at}/{nth}");
        found.some_who(&format!("{at}/by"), &step.by, regime);
        found.all_among(&format!("{at}/adds"), &step.adds, &places);
        let files = step.kind == SignKind::File;
        for (name, set) in [("approve_only", step.approve_only), ("weighs", step.weighs)] {
            if files && set {
                let other = format!("{at}/kind");
                found.add(format!("{at}/{name}"), Problem::WithoutUse { other });
            }
        }
    }
}
