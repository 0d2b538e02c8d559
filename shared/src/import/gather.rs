//! Sorts the rows of a sheet into plans; names those that are there already, refuses those that a
//! plan cannot take.

use std::collections::{BTreeMap, BTreeSet};

use crate::decide::MOST_ITEMS;
use crate::id::UnitId;
use crate::import::options::{Existing, Place};
use crate::import::row::Reader;
use crate::import::sheet::Sheet;
use crate::import::{
    AcceptedRow, ExistingRow, ImportRefusal, Options, PlannedPeriod, PlannedPlan, Preview,
    SheetPost, SheetUnit,
};
use crate::item::Item;
use crate::period::PeriodKind;
use crate::quantity::Points;

/// Columns whose words are kept beside the unit that they were taken for.
const AS_WRITTEN: [&str; 2] = ["department_zh", "helper_zh"];

/// Sorts accepted rows into plans.
pub(super) fn plans(
    preview: &mut Preview,
    options: &Options<'_>,
    sheet: &Sheet,
    reader: &Reader<'_, '_>,
) {
    let mut at: BTreeMap<(UnitId, PeriodKind), usize> = BTreeMap::new();
    let mut titles: BTreeSet<(UnitId, PeriodKind, String)> = BTreeSet::new();
    for row in std::mem::take(&mut preview.accepted) {
        let place = reader.places.get(&row.kind).and_then(Option::as_ref);
        let place = place.expect("a row without a period is refused");
        let existing = options.existing(row.unit, place);
        if !titles.insert((row.unit, row.kind, row.item.title.clone())) {
            let refused = sheet.refuse(row.line, "title_zh", ImportRefusal::TitleExists);
            preview.refused.push(refused);
            continue;
        }
        let same = |item: &&&Item| item.title == row.item.title;
        if let Some(item) = existing.and_then(|existing| existing.items.iter().find(same)) {
            preview.existing.push(ExistingRow {
                line: row.line,
                unit: row.unit,
                differs: differs(&row.item, item),
                title: row.item.title,
            });
            continue;
        }
        let index = at.get(&(row.unit, row.kind)).copied();
        let planned = index.map_or(0, |index| preview.plans[index].items as usize);
        if let Err(refusal) = taken(&row, existing, planned, options) {
            let refused = sheet.refuse(row.line, "department_zh", refusal);
            preview.refused.push(refused);
            continue;
        }
        let index = index.unwrap_or_else(|| {
            preview.plans.push(begun(&row, existing, options));
            at.insert((row.unit, row.kind), preview.plans.len() - 1);
            preview.plans.len() - 1
        });
        let plan = &mut preview.plans[index];
        plan.items += 1;
        plan.weight.0 += row.item.weight.0;
        preview.accepted.push(row);
    }
}

/// Names the columns in which the sheet says something else than the item.
///
/// What follows from others is not compared: who holds a post, and a rule's figures.
fn differs(row: &Item, item: &Item) -> Vec<String> {
    let mut columns: Vec<String> = [
        ("section", row.section != item.section),
        ("target_kind", row.target.kind != item.target.kind),
        ("baseline", row.target.baseline != item.target.baseline),
        ("target", row.target.value != item.target.value),
        ("unit", row.target.measure != item.target.measure),
        ("due", row.due != item.due || row.rhythm != item.rhythm),
        ("helper_zh", row.helpers != item.helpers),
        ("deliverable_zh", row.deliverable != item.deliverable),
        ("weight", row.weight != item.weight),
        ("owner_zh", row.post != item.post),
        ("standard_zh", row.standard != item.standard),
        ("scoring_rule_zh", row.rule != item.rule),
    ]
    .into_iter()
    .filter(|(_, other)| *other)
    .map(|(column, _)| column.to_owned())
    .collect();
    let cell = |item: &Item, column: &str| {
        let cell = item.extra.iter().find(|(name, _)| name == column);
        cell.map(|(_, text)| text.clone())
    };
    for (column, text) in &row.extra {
        let written = AS_WRITTEN.contains(&column.as_str());
        if !written && cell(item, column).as_ref() != Some(text) {
            columns.push(column.clone());
        }
    }
    columns
}

/// Refuses a row that the unit's plan cannot take.
fn taken(
    row: &AcceptedRow,
    existing: Option<&Existing<'_>>,
    planned: usize,
    options: &Options<'_>,
) -> Result<(), ImportRefusal> {
    let unit = row.unit;
    let shaped =
        options.made.contains(&unit) || options.headed.iter().any(|(headed, _)| *headed == unit);
    if shaped && !options.administers {
        return Err(ImportRefusal::NeedsAdministrator);
    }
    match existing {
        Some(existing) if !existing.editable => {
            let plan = existing.plan;
            return Err(ImportRefusal::PlanExists { plan });
        }
        None if options.organisation.head(unit, options.today).is_none() => {
            return Err(ImportRefusal::HeadMissing { unit });
        }
        _ => {}
    }
    let before = existing.map_or(0, |existing| existing.items.len());
    if before + planned >= MOST_ITEMS {
        let most = MOST_ITEMS as u64;
        return Err(ImportRefusal::TooManyItems { most });
    }
    Ok(())
}

fn begun(row: &AcceptedRow, existing: Option<&Existing<'_>>, options: &Options<'_>) -> PlannedPlan {
    let organisation = &options.organisation;
    let head = || {
        organisation
            .head(row.unit, options.today)
            .expect("`taken` found a head")
    };
    PlannedPlan {
        unit: row.unit,
        name: organisation
            .units
            .get(&row.unit)
            .map_or_else(String::new, |unit| unit.name.clone()),
        kind: row.kind,
        plan: existing.map(|existing| existing.plan),
        owner: existing.map_or_else(head, |existing| existing.owner),
        first_position: existing.map_or(0, Existing::next_position),
        items: 0,
        weight: Points(0),
    }
}

/// Lists the periods into which accepted rows go.
pub(super) fn periods(preview: &Preview, reader: &Reader<'_, '_>) -> Vec<PlannedPeriod> {
    let places = reader.places.values().flatten();
    let planned = |place: &Place| {
        let rows = preview.accepted.iter();
        let rows = rows.filter(|row| row.kind == place.kind).count();
        PlannedPeriod {
            kind: place.kind,
            from: place.from,
            to: place.to,
            period: place.period,
            adopts: place.adopted.is_none(),
            pool: !place.rules().is_judged(),
            rows: u32::try_from(rows).unwrap_or(u32::MAX),
        }
    };
    places
        .map(planned)
        .filter(|period| period.rows > 0)
        .collect()
}

/// Lists the names of departments and helpers and what they were taken for, and the posts.
pub(super) fn names(
    options: &Options<'_>,
    sheet: &Sheet,
    reader: &Reader<'_, '_>,
) -> (Vec<SheetUnit>, Vec<SheetPost>) {
    let (mut units, mut posts) = (Vec::<SheetUnit>::new(), Vec::<SheetPost>::new());
    let mut unit_at: BTreeMap<String, usize> = BTreeMap::new();
    let mut post_at: BTreeMap<(String, String), usize> = BTreeMap::new();
    for record in &sheet.records {
        let department = reader.department_name(record);
        let name_en = sheet.cell(record, "department_en");
        let helper = sheet.cell(record, "helper_zh");
        for (name, name_en, own) in [(department, name_en, 1), (helper, "", 0)] {
            if name.is_empty() {
                continue;
            }
            let at = *unit_at.entry(name.to_owned()).or_insert_with(|| {
                units.push(sheet_unit(options, reader, name, name_en));
                units.len() - 1
            });
            units[at].rows += own;
        }
        let post = sheet.cell(record, "owner_zh");
        if post.is_empty() || department.is_empty() {
            continue;
        }
        let key = (department.to_owned(), post.to_owned());
        let at = *post_at.entry(key).or_insert_with(|| {
            let unit = reader.named(department).or_else(|| reader.named(name_en));
            posts.push(SheetPost {
                department: department.to_owned(),
                post: post.to_owned(),
                rows: 0,
                person: unit.and_then(|unit| reader.holder(unit, department, post)),
            });
            posts.len() - 1
        });
        posts[at].rows += 1;
    }
    (units, posts)
}

fn sheet_unit(
    options: &Options<'_>,
    reader: &Reader<'_, '_>,
    name: &str,
    name_en: &str,
) -> SheetUnit {
    let unit = reader.named(name).or_else(|| reader.named(name_en));
    let head = unit.and_then(|unit| options.organisation.head(unit, options.today));
    SheetUnit {
        name: name.to_owned(),
        name_en: name_en.to_owned(),
        rows: 0,
        unit,
        made: unit.is_some_and(|unit| options.made.contains(&unit)),
        head,
        headed: unit.is_some_and(|unit| options.headed.iter().any(|(of, _)| *of == unit)),
    }
}
