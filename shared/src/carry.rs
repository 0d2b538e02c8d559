//! Carry-over 结转: an item goes on in another plan and keeps its identity, so that how often it
//! rolled stays visible.
//!
//! Four ways: carried over from an earlier period (provisionally while that one runs), drawn from a
//! pool, mirrored for a helper, handed over by somebody who leaves. What may continue what is said
//! here once, for the rule and for the screen that offers candidates.

use crate::id::{ItemId, PlanId};
use crate::item::{Item, Lineage, LineageKind};
use crate::moment::Day;
use crate::organisation::Organisation;
use crate::period::{Period, nest};
use crate::plan::{Plan, PlanState, Scope};
use crate::regime::Rules;
use crate::regime::items::Carry;
use crate::report::ReportKind;
use crate::world::{Held, PlanDocument, World};

/// An item that a plan could continue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// In which way.
    pub kind: LineageKind,
    /// The plan from which it comes.
    pub plan: PlanId,
    /// The item there.
    pub item: ItemId,
}

/// Says whether an item is finished: judged as carried out, or reported complete while no judgement
/// is published.
///
/// Points alone do not say it; where a regime judges by points, the report does.
pub fn finished(document: &PlanDocument, item: ItemId) -> bool {
    let result = document.result();
    if let Some(said) = result.and_then(|result| result.carried_out(item)) {
        return said;
    }
    document.reports.values().any(|report| {
        report.item == item && report.kind == ReportKind::Completion && report.stands()
    })
}

/// Says whether a plan still runs, so that what is carried over from it is provisional.
pub const fn runs(source: &Plan) -> bool {
    !matches!(source.state, PlanState::Published | PlanState::Sealed)
}

/// Says whether items of one plan may be continued in another in this way on that day.
pub fn may_continue(
    organisation: &Organisation,
    kind: LineageKind,
    source: &Plan,
    target: &Plan,
    day: Day,
) -> bool {
    let period = |plan: &Plan| organisation.periods.get(&plan.period);
    let (Some(from), Some(to)) = (period(source), period(target)) else {
        return false;
    };
    let same_unit = source.unit == target.unit;
    let meet = from.from <= to.to && to.from <= from.to;
    source.id != target.id
        && match kind {
            LineageKind::CarriedOver => {
                let same_owner = source.scope == Scope::Unit || source.owner == target.owner;
                let same = same_unit && source.scope == target.scope && same_owner;
                // From one period to a later one of its kind; across kinds only what is over goes on.
                let later = from.from < to.from && (from.kind == to.kind || from.to < to.from);
                same && source.binds() && later
            }
            LineageKind::Drawn => {
                let rules = organisation.rules(from);
                let pool = rules.is_some_and(|rules| !rules.is_judged());
                let own = source.scope == Scope::Unit || source.owner == target.owner;
                let longer = from.kind != to.kind && nest::may_draw(organisation, from, to) && own;
                // Within one regime each kind is drawn from the one that it names, and from no other.
                let key = |period| {
                    organisation
                        .rules(period)
                        .map(|rules| rules.regime.key.as_str())
                };
                let pool = pool && key(from) != key(to);
                same_unit && meet && (pool || longer)
            }
            LineageKind::HandedOver => {
                let leaves = source.scope == Scope::Personal
                    && source.owner != target.owner
                    && !stays(organisation, source, day);
                same_unit && leaves && source.binds() && from.from <= to.from
            }
            LineageKind::Mirrored => !same_unit && meet,
        }
}

/// Says whether the owner of a member's plan stays in its unit: no end is known on that day.
fn stays(organisation: &Organisation, plan: &Plan, day: Day) -> bool {
    organisation
        .assignments_of(plan.owner, day)
        .any(|a| a.unit == plan.unit && a.in_force.to.is_none())
}

/// The lineage of an item that continues `source`.
pub fn lineage(kind: LineageKind, source: &Item, provisional: bool) -> Lineage {
    let before = source.lineage.as_ref();
    let rolled = before.map_or(0, |lineage| lineage.rolled);
    Lineage {
        kind,
        plan: source.plan,
        item: source.id,
        origin: before.map_or(source.id, |lineage| lineage.origin),
        rolled: match kind {
            LineageKind::CarriedOver => rolled.saturating_add(1),
            LineageKind::Drawn | LineageKind::HandedOver => rolled,
            LineageKind::Mirrored => 0,
        },
        provisional,
    }
}

/// An item of `plan` that continues `source`; a carried one needs a new due day.
pub fn continued(
    kind: LineageKind,
    source: &Item,
    (id, plan): (ItemId, PlanId),
    provisional: bool,
) -> Item {
    let carried = kind == LineageKind::CarriedOver;
    Item {
        id,
        plan,
        due: source.due.filter(|_| !carried),
        helpers: match kind {
            LineageKind::Mirrored => Vec::new(),
            _ => source.helpers.clone(),
        },
        lineage: Some(lineage(kind, source, provisional)),
        ..source.clone()
    }
}

/// The period before a plan's, where its regime wants unfinished items of that one carried over.
pub fn forced_from<'o>(organisation: &'o Organisation, plan: &Plan) -> Option<&'o Period> {
    let here = organisation.periods.get(&plan.period)?;
    let rules = organisation.rules(here)?;
    if !matches!(rules.regime.items.carry, Carry::Forced { .. }) {
        return None;
    }
    let before = organisation.periods.values().filter(|other| {
        let same = organisation
            .rules(other)
            .map(|rules| rules.regime.key.as_str());
        other.kind == here.kind && other.to < here.from && same == Some(rules.regime.key.as_str())
    });
    before.max_by_key(|other| (other.to, other.id))
}

/// Unfinished items of the period before that the regime wants in a plan, and that it leaves out;
/// absent where nothing is wanted.
///
/// Of a plan that was never approved nothing is owed.
pub fn left_out(
    world: &World,
    plan: &Plan,
    document: &PlanDocument,
    rules: Rules<'_>,
    day: Day,
) -> Held<Vec<(PlanId, ItemId)>> {
    let Some(before) = forced_from(world.organisation(), plan) else {
        return Held::Absent;
    };
    let source = match world.plan_of(plan.unit, before.id, plan.scope, plan.owner, day) {
        Held::Present(source) => source,
        Held::Absent => return Held::Absent,
        Held::NotHeld => return Held::NotHeld,
    };
    let of = match world.plan(source.id) {
        Held::Present((_, of)) => of,
        Held::Absent => return Held::Absent,
        Held::NotHeld => return Held::NotHeld,
    };
    let wanted = |item: &Item| match &rules.regime.items.carry {
        Carry::Forced { sections } => sections.is_empty() || sections.contains(&item.section),
        Carry::Offered => false,
    };
    if !source.binds() {
        return Held::Absent;
    }
    let open = of.items_in_order().into_iter().filter(|item| {
        wanted(item) && !finished(of, item.id) && continues(document, source.id, item.id).is_none()
    });
    Held::Present(open.map(|item| (source.id, item.id)).collect())
}

/// The item of a document that continues an item of another plan.
pub fn continues(document: &PlanDocument, plan: PlanId, item: ItemId) -> Option<&Item> {
    document.items.values().find(|here| {
        let lineage = here.lineage.as_ref();
        lineage.is_some_and(|lineage| lineage.plan == plan && lineage.item == item)
    })
}

/// Lists what a plan could continue of what this side holds: unfinished, not continued in it yet.
///
/// Mirrored items are no candidates: they come with the consent to help.
pub fn candidates(world: &World, plan: PlanId, day: Day) -> Vec<Candidate> {
    let Some((target, document)) = world
        .document(plan)
        .and_then(|document| Some((document.plan.as_ref()?, document)))
    else {
        return Vec::new();
    };
    let kinds = [
        LineageKind::CarriedOver,
        LineageKind::Drawn,
        LineageKind::HandedOver,
    ];
    let organisation = world.organisation();
    let mut found = Vec::new();
    for (_, from) in world.documents() {
        let Some(source) = &from.plan else { continue };
        let kind = kinds
            .into_iter()
            .find(|kind| may_continue(organisation, *kind, source, target, day));
        let Some(kind) = kind else { continue };
        let open = from.items_in_order().into_iter().filter(|item| {
            !finished(from, item.id) && continues(document, source.id, item.id).is_none()
        });
        found.extend(open.map(|item| Candidate {
            kind,
            plan: source.id,
            item: item.id,
        }));
    }
    found
}
