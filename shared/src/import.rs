//! Import: a sheet of plan items, previewed row by row, applied whole or not at all.
//!
//! Pure over text: the edges read bytes and decode them. A preview names every row that would be
//! added and every cell that stands in the way, with its address as a spreadsheet shows it;
//! [`commands`] gives commands only where nothing stands in the way, and they take the same door
//! as everything else that people do.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::canonical;
use crate::command::Command;
use crate::command::plan::{AddItem, DraftPlan};
use crate::decide::MOST_ITEMS;
use crate::id::{ItemId, PeriodId, PersonId, PlanId, UnitId};
use crate::item::{Item, Target};
use crate::moment::Day;
use crate::organisation::Organisation;
use crate::period::Period;
use crate::plan::{Plan, Scope};
use crate::quantity::Points;
use crate::refusal::Refusal;
use crate::regime::Regime;
use crate::world::{PlanDocument, World};

mod due;
mod refused;
mod row;
mod sheet;

pub use refused::{ImportRefusal, Refused};

/// The most rows of a sheet, its header not counted.
pub const MOST_ROWS: usize = 20_000;

/// What a preview depends on beside the sheet.
#[derive(Debug, Clone)]
pub struct Options<'a> {
    /// Units, people and who holds which post.
    pub organisation: &'a Organisation,
    /// The period for which the plans are made.
    pub period: &'a Period,
    /// The regime of that period.
    pub regime: &'a Regime,
    /// The plans that units already have for the period.
    pub plans: BTreeMap<UnitId, Existing>,
    /// The organisation's day: heads and posts are those of today.
    pub today: Day,
}

/// The plan that a unit already has for the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Existing {
    /// The plan.
    pub plan: PlanId,
    /// Who answers for it.
    pub owner: PersonId,
    /// Whether items can be added to it.
    pub editable: bool,
    /// The titles of its items.
    pub titles: BTreeSet<String>,
    /// How many items it has.
    pub items: usize,
    /// The place that the next item takes.
    pub next_position: u32,
}

impl Existing {
    fn of(plan: &Plan, document: &PlanDocument) -> Self {
        let last = document.items.values().map(|item| item.position).max();
        Self {
            plan: plan.id,
            owner: plan.owner,
            editable: plan.is_editable(),
            titles: document
                .items
                .values()
                .map(|item| item.title.clone())
                .collect(),
            items: document.items.len(),
            next_position: last.map_or(0, |last| last.saturating_add(1)),
        }
    }
}

impl<'a> Options<'a> {
    /// Takes the options from a world that holds the unit plans of the period.
    ///
    /// Refuses a period that is not there.
    pub fn of(world: &'a World, period: PeriodId, today: Day) -> Result<Self, Refusal> {
        let organisation = world.organisation();
        let not_found = || Refusal::not_found("period");
        let period = organisation.periods.get(&period).ok_or_else(not_found)?;
        let version = organisation.regimes.get(&period.regime);
        let version = version.ok_or_else(|| Refusal::not_found("regime"))?;
        let plans = world.documents().filter_map(|(_, document)| {
            let plan = document.plan.as_ref()?;
            let wanted = plan.period == period.id && plan.scope == Scope::Unit;
            wanted.then(|| (plan.unit, Existing::of(plan, document)))
        });
        Ok(Self {
            organisation,
            period,
            regime: &version.regime,
            plans: plans.collect(),
            today,
        })
    }
}

/// What a sheet would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// The period.
    pub period: PeriodId,
    /// The sheet's columns, from the left.
    pub columns: Vec<Column>,
    /// Rows that would become items, in the sheet's order.
    pub accepted: Vec<AcceptedRow>,
    /// What stands in the way, in the sheet's order.
    pub refused: Vec<Refused>,
    /// The plans that would be begun or added to, in the order in which the sheet names the units.
    pub plans: Vec<PlannedUnit>,
    /// Digest of all of the above: a confirmation names it, so that what is applied is what was
    /// shown.
    pub digest: String,
}

/// A column of the sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its letters, for example `B`.
    pub letters: String,
    /// Its name, as written.
    pub name: String,
    /// Whether its values are kept; some known columns only say where a row comes from.
    pub kept: bool,
}

/// A row that would become an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptedRow {
    /// Its row in the sheet, counted from 1 with the header.
    pub line: u64,
    /// The unit.
    pub unit: UnitId,
    /// The title.
    pub title: String,
    /// The key of a section of the regime.
    pub section: String,
    /// The responsible person: the holder of the post, where there is one.
    pub responsible: Option<PersonId>,
    /// The post, as written.
    pub post: String,
    /// The helping unit.
    pub helper: Option<UnitId>,
    /// The target.
    pub target: Target,
    /// The due day.
    pub due: Option<Day>,
    /// The deliverable.
    pub deliverable: String,
    /// The completion standard.
    pub standard: String,
    /// The scoring rule.
    pub rule: String,
    /// The weight, as written; the head balances the plan later.
    pub weight: Points,
    /// What a reader should know about the row.
    pub notes: Vec<Note>,
}

/// Something a reader should know about an accepted row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum Note {
    /// Nobody in the unit holds the post today; the item has no responsible person yet.
    PostUnfilled {
        /// The post.
        post: String,
    },
    /// The helper was found by a part of its name.
    HelperByPart {
        /// What was written.
        given: String,
        /// The unit's name.
        unit: String,
    },
    /// A rhythm has no due day of its own: the period's last day is taken.
    RhythmEnds {
        /// The rhythm, as written.
        given: String,
    },
}

crate::tagged::tagged!(Note, "note");

/// A plan that would be begun or added to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedUnit {
    /// The unit.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// The plan that is there already; `None` where one would be begun.
    pub plan: Option<PlanId>,
    /// Who answers for it.
    pub owner: PersonId,
    /// The place that the first added item takes.
    pub first_position: u32,
    /// How many items would be added.
    pub items: u32,
    /// What their weights add up to.
    pub weight: Points,
}

/// A unit that the sheet names and the organisation does not have.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MissingUnit {
    /// Its Chinese name; empty where the sheet gives none.
    pub name: String,
    /// Its English name; empty where the sheet gives none.
    pub name_en: String,
}

impl Preview {
    /// Says whether the sheet can be applied: it has rows, and nothing stands in the way.
    pub const fn is_clean(&self) -> bool {
        self.refused.is_empty() && !self.accepted.is_empty()
    }

    /// Lists the units that would have to be added first, none twice, in the order of their names.
    pub fn missing_units(&self) -> Vec<MissingUnit> {
        let missing = self
            .refused
            .iter()
            .filter_map(|refused| match &refused.refusal {
                ImportRefusal::UnknownUnit { name, name_en } => Some(MissingUnit {
                    name: name.clone(),
                    name_en: name_en.clone(),
                }),
                _ => None,
            });
        missing.collect::<BTreeSet<_>>().into_iter().collect()
    }
}

/// Reads a sheet and tells what it would do. Changes nothing.
pub fn preview(text: &str, options: &Options<'_>) -> Preview {
    let mut preview = Preview {
        period: options.period.id,
        columns: Vec::new(),
        accepted: Vec::new(),
        refused: Vec::new(),
        plans: Vec::new(),
        digest: String::new(),
    };
    match sheet::read(text) {
        Ok(sheet) => {
            preview.columns = sheet.columns();
            let reader = row::Reader::new(options, &sheet);
            for record in &sheet.records {
                match reader.row(record) {
                    Ok(row) => preview.accepted.push(row),
                    Err(mut refused) => preview.refused.append(&mut refused),
                }
            }
            gather(&mut preview, options, &sheet);
        }
        Err(refused) => preview.refused = refused,
    }
    preview.refused.sort_by_key(|refused| refused.line);
    preview.digest = canonical::digest("jihe/import/1", &preview);
    preview
}

/// Sorts accepted rows into plans; refuses those that a plan cannot take.
fn gather(preview: &mut Preview, options: &Options<'_>, sheet: &sheet::Sheet) {
    let mut at: BTreeMap<UnitId, usize> = BTreeMap::new();
    let mut titles: BTreeSet<(UnitId, String)> = BTreeSet::new();
    for row in std::mem::take(&mut preview.accepted) {
        let existing = options.plans.get(&row.unit);
        if let Err(refusal) = taken(&row, existing, options, &titles) {
            let column = if refusal == ImportRefusal::TitleExists {
                "title_zh"
            } else {
                "department_zh"
            };
            preview
                .refused
                .push(sheet.refuse(row.line, column, refusal));
            continue;
        }
        let index = *at.entry(row.unit).or_insert_with(|| {
            preview.plans.push(planned(&row, existing, options));
            preview.plans.len() - 1
        });
        let plan = &mut preview.plans[index];
        let before = existing.map_or(0, |existing| existing.items);
        if before + plan.items as usize >= MOST_ITEMS {
            let most = MOST_ITEMS as u64;
            let refusal = ImportRefusal::TooManyItems { most };
            preview
                .refused
                .push(sheet.refuse(row.line, "department_zh", refusal));
            continue;
        }
        plan.items += 1;
        plan.weight.0 += row.weight.0;
        titles.insert((row.unit, row.title.clone()));
        preview.accepted.push(row);
    }
}

/// Refuses a row that the unit's plan cannot take.
fn taken(
    row: &AcceptedRow,
    existing: Option<&Existing>,
    options: &Options<'_>,
    titles: &BTreeSet<(UnitId, String)>,
) -> Result<(), ImportRefusal> {
    let twice = titles.contains(&(row.unit, row.title.clone()));
    if twice || existing.is_some_and(|existing| existing.titles.contains(&row.title)) {
        return Err(ImportRefusal::TitleExists);
    }
    match existing {
        Some(existing) if !existing.editable => Err(ImportRefusal::PlanExists {
            plan: existing.plan,
        }),
        Some(_) => Ok(()),
        None => match options.organisation.head(row.unit, options.today) {
            Some(_) => Ok(()),
            None => Err(ImportRefusal::HeadMissing { unit: row.unit }),
        },
    }
}

fn planned(row: &AcceptedRow, existing: Option<&Existing>, options: &Options<'_>) -> PlannedUnit {
    let organisation = options.organisation;
    let head = || {
        organisation
            .head(row.unit, options.today)
            .expect("`taken` found a head")
    };
    PlannedUnit {
        unit: row.unit,
        name: organisation
            .units
            .get(&row.unit)
            .map_or_else(String::new, |unit| unit.name.clone()),
        plan: existing.map(|existing| existing.plan),
        owner: existing.map_or_else(head, |existing| existing.owner),
        first_position: existing.map_or(0, |existing| existing.next_position),
        items: 0,
        weight: Points(0),
    }
}

/// Gives the commands that apply a preview, in order: each plan's beginning before its items.
///
/// All or nothing: where anything stands in the way ([`Preview::is_clean`]), there are none.
/// `ids` mints the new identities.
pub fn commands(preview: &Preview, ids: &mut dyn FnMut() -> u128) -> Vec<Command> {
    if !preview.is_clean() {
        return Vec::new();
    }
    let mut commands = Vec::new();
    for planned in &preview.plans {
        let plan = planned.plan.unwrap_or_else(|| {
            let plan = PlanId::from_bits(ids());
            commands.push(Command::DraftPlan(DraftPlan {
                plan,
                unit: planned.unit,
                period: preview.period,
                scope: Scope::Unit,
                owner: planned.owner,
            }));
            plan
        });
        let rows = preview
            .accepted
            .iter()
            .filter(|row| row.unit == planned.unit);
        for (row, position) in rows.zip(planned.first_position..) {
            let item = Box::new(item(row, plan, ItemId::from_bits(ids()), position));
            commands.push(Command::AddItem(AddItem { plan, item }));
        }
    }
    commands
}

fn item(row: &AcceptedRow, plan: PlanId, id: ItemId, position: u32) -> Item {
    let row = row.clone();
    Item {
        position,
        title: row.title,
        section: row.section,
        responsible: row.responsible,
        post: row.post,
        helpers: row.helper.into_iter().collect(),
        target: row.target,
        due: row.due,
        deliverable: row.deliverable,
        standard: row.standard,
        rule: row.rule,
        weight: row.weight,
        ..Item::blank(id, plan)
    }
}
