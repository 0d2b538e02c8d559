//! Writes plans as a sheet in the product's own format, which [`super::preview`] reads back.

use crate::import::due::RHYTHMS;
use crate::item::Item;
use crate::organisation::Organisation;
use crate::period::Period;
use crate::world::PlanDocument;

/// Columns for which an item has a field, in the order in which they are written.
const COLUMNS: [&str; 15] = [
    "department_zh",
    "period",
    "section",
    "title_zh",
    "target_kind",
    "baseline",
    "target",
    "unit",
    "due",
    "helper_zh",
    "deliverable_zh",
    "weight",
    "owner_zh",
    "standard_zh",
    "scoring_rule_zh",
];

/// Writes the items of plans as CSV, with a header; columns kept beside follow at the end.
///
/// Reading it back where the plans are finds every row there already, with nothing that differs.
pub fn write<'w>(
    organisation: &Organisation,
    documents: impl Iterator<Item = &'w PlanDocument>,
) -> String {
    let mut rows = Vec::new();
    for document in documents {
        let Some(plan) = &document.plan else { continue };
        let unit = organisation.units.get(&plan.unit);
        let period = organisation.periods.get(&plan.period);
        if let (Some(unit), Some(period)) = (unit, period) {
            let items = document.items_in_order().into_iter();
            rows.extend(items.map(|item| (unit.name.clone(), period, item)));
        }
    }
    let mut beside: Vec<&str> = Vec::new();
    for (column, _) in rows.iter().flat_map(|(_, _, item)| &item.extra) {
        if !COLUMNS.contains(&column.as_str()) && !beside.contains(&column.as_str()) {
            beside.push(column);
        }
    }
    let mut text = String::new();
    let header = COLUMNS.iter().chain(&beside).map(|name| (*name).to_owned());
    line(&mut text, header);
    for (unit, period, item) in &rows {
        let extra = beside.iter().map(|column| cell_beside(item, column));
        line(
            &mut text,
            cells(organisation, unit, period, item)
                .into_iter()
                .chain(extra),
        );
    }
    text
}

/// The cells of an item, in the order of [`COLUMNS`].
fn cells(organisation: &Organisation, unit: &str, period: &Period, item: &Item) -> [String; 15] {
    let number = |value: Option<crate::quantity::Quantity>| {
        value.map(|value| value.to_string()).unwrap_or_default()
    };
    let helpers = item.helpers.iter();
    let helpers = helpers.filter_map(|id| organisation.units.get(id));
    let helpers: Vec<&str> = helpers.map(|unit| unit.name.as_str()).collect();
    [
        unit.to_owned(),
        word(&period.kind).replace('_', "-"),
        item.section.clone(),
        item.title.clone(),
        word(&item.target.kind),
        number(item.target.baseline),
        number(item.target.value),
        item.target.measure.clone(),
        due(item, period),
        if helpers.is_empty() {
            cell_beside(item, "helper_zh")
        } else {
            helpers.join("、")
        },
        item.deliverable.clone(),
        item.weight.to_string(),
        item.post.clone(),
        item.standard.clone(),
        item.rule.clone(),
    ]
}

/// A rhythm where it is due until the period ends, else the day.
fn due(item: &Item, period: &Period) -> String {
    let rhythm = item.rhythm.filter(|_| item.due == Some(period.to));
    let rhythm = rhythm.and_then(|rhythm| RHYTHMS.iter().find(|(_, one)| *one == rhythm));
    match rhythm {
        Some((word, _)) => (*word).to_owned(),
        None => item.due.map(|day| day.to_string()).unwrap_or_default(),
    }
}

fn cell_beside(item: &Item, column: &str) -> String {
    let cell = item.extra.iter().find(|(name, _)| name == column);
    cell.map(|(_, text)| text.clone()).unwrap_or_default()
}

/// The word under which a variant is written.
fn word<T: serde::Serialize>(value: &T) -> String {
    let text = serde_json::to_string(value).expect("a variant serialises");
    text.trim_matches('"').to_owned()
}

/// Writes a line; a cell that would be read otherwise is quoted.
fn line(text: &mut String, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            text.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&cell);
        }
    }
    text.push('\n');
}
