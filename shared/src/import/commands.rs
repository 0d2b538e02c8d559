//! The commands that apply a preview, in an order in which each finds what it needs: units and
//! their heads, the preset and its period, then each plan's beginning before its items.

use std::collections::BTreeMap;

use crate::command::Command;
use crate::command::organisation::{AddUnit, AdoptRegime, Assign, OpenPeriod};
use crate::command::plan::{AddItem, DraftPlan};
use crate::id::{AssignmentId, ItemId, PeriodId, PersonId, PlanId, RegimeId, UnitId};
use crate::import::{Options, Preview};
use crate::item::Item;
use crate::period::PeriodKind;
use crate::plan::Scope;

/// The post of a head for whom the sheet names none.
const HEAD_POST: &str = "负责人";

/// Gives the commands that apply a preview, made with the same options.
///
/// All or nothing: where anything stands in the way ([`Preview::is_clean`]), there are none.
/// `ids` mints the new identities.
pub fn commands(
    preview: &Preview,
    options: &Options<'_>,
    ids: &mut dyn FnMut() -> u128,
) -> Vec<Command> {
    if !preview.is_clean() {
        return Vec::new();
    }
    let mut commands = Vec::new();
    units(preview, options, ids, &mut commands);
    let periods = periods(preview, options, ids, &mut commands);
    for planned in &preview.plans {
        let plan = planned.plan.unwrap_or_else(|| {
            let plan = PlanId::from_bits(ids());
            commands.push(Command::DraftPlan(DraftPlan {
                plan,
                unit: planned.unit,
                period: periods[&planned.kind],
                scope: Scope::Unit,
                owner: planned.owner,
            }));
            plan
        });
        let rows = preview
            .accepted
            .iter()
            .filter(|row| row.unit == planned.unit && row.kind == planned.kind);
        for (row, position) in rows.zip(planned.first_position..) {
            let item = Box::new(Item {
                id: ItemId::from_bits(ids()),
                plan,
                position,
                ..row.item.clone()
            });
            commands.push(Command::AddItem(AddItem { plan, item }));
        }
    }
    commands
}

/// Makes the chosen units and gives them heads, as far as accepted rows are theirs or need help.
fn units(
    preview: &Preview,
    options: &Options<'_>,
    ids: &mut dyn FnMut() -> u128,
    commands: &mut Vec<Command>,
) {
    let from = options.today;
    let is_named = |unit: UnitId| preview.units.iter().any(|named| named.unit == Some(unit));
    for unit in &options.made {
        let Some(made) = options.organisation.units.get(unit) else {
            continue;
        };
        let named = preview.units.iter().find(|named| named.unit == Some(*unit));
        if let (Some(named), Some(parent)) = (named, made.parent) {
            commands.push(Command::AddUnit(AddUnit {
                unit: *unit,
                name: made.name.clone(),
                name_en: named.name_en.clone(),
                parent,
                from,
            }));
        }
    }
    for (unit, person) in &options.headed {
        let shaped = options.head_assignment(*unit);
        if let Some(shaped) = shaped.filter(|_| is_named(*unit)) {
            commands.push(Command::Assign(Assign {
                assignment: AssignmentId::from_bits(ids()),
                person: *person,
                unit: *unit,
                post: post(preview, *unit, *person),
                tenure: shaped.tenure,
                heads: true,
                from,
                to: None,
            }));
        }
    }
}

/// The first post that the sheet gives the person in the unit.
fn post(preview: &Preview, unit: UnitId, person: PersonId) -> String {
    let rows = preview.accepted.iter();
    let mut posts = rows
        .filter(|row| row.unit == unit && row.item.responsible == Some(person))
        .map(|row| row.item.post.clone());
    posts.next().unwrap_or_else(|| HEAD_POST.to_owned())
}

/// Opens the periods that are not open yet; names the period of each kind.
fn periods(
    preview: &Preview,
    options: &Options<'_>,
    ids: &mut dyn FnMut() -> u128,
    commands: &mut Vec<Command>,
) -> BTreeMap<PeriodKind, PeriodId> {
    let mut periods = BTreeMap::new();
    for planned in &preview.periods {
        let period = planned.period.unwrap_or_else(|| {
            let place = options.place(planned.kind);
            let place = place.expect("the preview named it");
            let regime = place.adopted.unwrap_or_else(|| {
                let id = RegimeId::from_bits(ids());
                let regime = place.regime.document;
                commands.push(Command::AdoptRegime(AdoptRegime { id, regime }));
                id
            });
            let period = PeriodId::from_bits(ids());
            commands.push(Command::OpenPeriod(OpenPeriod {
                period,
                kind: planned.kind,
                from: planned.from,
                to: planned.to,
                regime,
            }));
            period
        });
        periods.insert(planned.kind, period);
    }
    periods
}
