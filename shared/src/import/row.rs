//! Reads one row of a sheet: every cell that stands in the way is named, not only the first.

use std::collections::BTreeMap;

use crate::canonical;
use crate::decide::{MOST_TEXT, MOST_TITLE};
use crate::id::{PersonId, UnitId};
use crate::import::sheet::{Record, Sheet};
use crate::import::{AcceptedRow, ImportRefusal, Note, Options, Refused, due};
use crate::item::{Target, TargetKind};
use crate::organisation::Unit;
use crate::quantity::{Points, Quantity};

/// Reads rows; holds what is looked up for each.
pub(super) struct Reader<'a> {
    options: &'a Options<'a>,
    sheet: &'a Sheet,
    units: Vec<&'a Unit>,
    by_name: BTreeMap<String, UnitId>,
}

/// What was found wrong in one row so far.
struct Faults<'a> {
    sheet: &'a Sheet,
    line: u64,
    found: Vec<Refused>,
}

impl Faults<'_> {
    fn add(&mut self, column: &str, refusal: ImportRefusal) {
        self.found
            .push(self.sheet.refuse(self.line, column, refusal));
    }

    /// Takes a value, or notes why there is none and goes on with a blank one.
    fn take<T: Default>(&mut self, column: &str, read: Result<T, ImportRefusal>) -> T {
        read.unwrap_or_else(|refusal| {
            self.add(column, refusal);
            T::default()
        })
    }
}

impl<'a> Reader<'a> {
    /// Prepares to read the rows of a sheet.
    pub(super) fn new(options: &'a Options<'a>, sheet: &'a Sheet) -> Self {
        let units = options.organisation.units.values();
        let units: Vec<&Unit> = units
            .filter(|unit| unit.in_force.covers(options.today))
            .collect();
        let mut by_name = BTreeMap::new();
        for unit in &units {
            for name in [&unit.name, &unit.name_en] {
                if !name.is_empty() {
                    by_name.entry(folded(name)).or_insert(unit.id);
                }
            }
        }
        Self {
            options,
            sheet,
            units,
            by_name,
        }
    }

    /// Reads a row, or lists all that stands in its way.
    pub(super) fn row(&self, record: &Record) -> Result<AcceptedRow, Vec<Refused>> {
        if let Some(refused) = self.sheet.miscounted(record) {
            return Err(vec![refused]);
        }
        let cell = |column: &str| self.sheet.cell(record, column);
        let mut faults = Faults {
            sheet: self.sheet,
            line: record.line,
            found: Vec::new(),
        };
        let mut notes = Vec::new();
        let unit = faults.take("department_zh", self.department(record));
        let section = faults.take("section", self.section(cell("section")));
        let title = faults.take("title_zh", self.title(record));
        let target = self.target(record, &mut faults);
        let (due, rhythm) = faults.take("due", due::due(cell("due"), self.options.period));
        notes.extend(rhythm);
        let helper = faults.take("helper_zh", self.helper(cell("helper_zh"), unit));
        let (helper, by_part) = helper;
        notes.extend(by_part);
        let weight = faults.take("weight", self.weight(cell("weight")));
        faults.take("period", self.period(cell("period")));
        let [post, deliverable, standard, rule] = [
            "owner_zh",
            "deliverable_zh",
            "standard_zh",
            "scoring_rule_zh",
        ]
        .map(|column| faults.take(column, fitting(cell(column), MOST_TEXT)));
        if !faults.found.is_empty() {
            return Err(faults.found);
        }
        let unit = unit.expect("a row without a unit has a fault");
        let responsible = self.holder(unit, &post);
        if responsible.is_none() && !post.is_empty() {
            notes.push(Note::PostUnfilled { post: post.clone() });
        }
        Ok(AcceptedRow {
            line: record.line,
            unit,
            title,
            section,
            responsible,
            post,
            helper,
            target,
            due,
            deliverable,
            standard,
            rule,
            weight,
            notes,
        })
    }

    fn department(&self, record: &Record) -> Result<Option<UnitId>, ImportRefusal> {
        let name = self.sheet.cell(record, "department_zh");
        let name_en = self.sheet.cell(record, "department_en");
        if name.is_empty() && name_en.is_empty() {
            return Err(ImportRefusal::CellEmpty);
        }
        let named = |name: &str| self.by_name.get(&folded(name)).copied();
        named(name)
            .or_else(|| named(name_en))
            .map(Some)
            .ok_or_else(|| ImportRefusal::UnknownUnit {
                name: name.to_owned(),
                name_en: name_en.to_owned(),
            })
    }

    /// Finds the helping unit by its name, or by a part of it that only one other unit has.
    fn helper(
        &self,
        given: &str,
        own: Option<UnitId>,
    ) -> Result<(Option<UnitId>, Option<Note>), ImportRefusal> {
        if given.is_empty() {
            return Ok((None, None));
        }
        if let Some(unit) = self.by_name.get(&folded(given)) {
            if Some(*unit) == own {
                return Err(ImportRefusal::HelperIsOwnUnit);
            }
            return Ok((Some(*unit), None));
        }
        let mut partly = self.units.iter().filter(|unit| {
            Some(unit.id) != own && (unit.name.contains(given) || given.contains(&unit.name))
        });
        match (partly.next(), partly.next()) {
            (Some(unit), None) => {
                let note = Note::HelperByPart {
                    given: given.to_owned(),
                    unit: unit.name.clone(),
                };
                Ok((Some(unit.id), Some(note)))
            }
            _ => Err(ImportRefusal::UnknownUnit {
                name: given.to_owned(),
                name_en: String::new(),
            }),
        }
    }

    fn section(&self, given: &str) -> Result<String, ImportRefusal> {
        if given.is_empty() {
            return Err(ImportRefusal::CellEmpty);
        }
        let wanted = folded(given);
        let section = self.options.regime.sections.iter().find(|section| {
            [&section.key, &section.name.zh, &section.name.en]
                .map(|name| folded(name))
                .contains(&wanted)
        });
        match section {
            Some(section) => Ok(section.key.clone()),
            None => Err(ImportRefusal::UnknownSection {
                given: given.to_owned(),
            }),
        }
    }

    fn title(&self, record: &Record) -> Result<String, ImportRefusal> {
        let titles = ["title_zh", "title_en"].map(|column| self.sheet.cell(record, column));
        let title = titles.into_iter().find(|title| !title.is_empty());
        fitting(title.ok_or(ImportRefusal::CellEmpty)?, MOST_TITLE)
    }

    fn target(&self, record: &Record, faults: &mut Faults<'_>) -> Target {
        let cell = |column: &str| self.sheet.cell(record, column);
        let kind = faults.take("target_kind", target_kind(cell("target_kind")).map(Some));
        Target {
            kind: kind.unwrap_or(TargetKind::Done),
            baseline: faults.take("baseline", quantity(cell("baseline"))),
            value: faults.take("target", quantity(cell("target"))),
            measure: faults.take("unit", fitting(cell("unit"), MOST_TEXT)),
        }
    }

    fn weight(&self, given: &str) -> Result<Points, ImportRefusal> {
        if given.is_empty() {
            return Err(ImportRefusal::CellEmpty);
        }
        let weight: Points = given.parse().map_err(|_| ImportRefusal::NotANumber {
            given: given.to_owned(),
        })?;
        let most = self.options.regime.weights.total;
        if weight < Points(0) || weight > most {
            return Err(ImportRefusal::WeightOutOfRange { most });
        }
        Ok(weight)
    }

    /// Refuses a row for another kind of period; a sheet without the column is for this one.
    fn period(&self, given: &str) -> Result<(), ImportRefusal> {
        let kind = canonical::bytes(&self.options.period.kind);
        let written = given.replace('-', "_");
        if given.is_empty() || kind == canonical::bytes(&written) {
            return Ok(());
        }
        Err(ImportRefusal::OtherPeriodKind {
            given: given.to_owned(),
        })
    }

    /// The person in the unit who holds the post today, a main holder before others.
    fn holder(&self, unit: UnitId, post: &str) -> Option<PersonId> {
        let assignments = self.options.organisation.assignments.values();
        assignments
            .filter(|a| a.unit == unit && a.post == post && a.in_force.covers(self.options.today))
            .min_by_key(|a| (a.tenure, a.in_force.from, a.id))
            .map(|a| a.person)
    }
}

/// A name as it is compared: letters of the Latin alphabet in either case are the same.
fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

fn fitting(text: &str, most: u32) -> Result<String, ImportRefusal> {
    if text.chars().nth(most as usize).is_some() {
        return Err(ImportRefusal::TextTooLong { most });
    }
    Ok(text.to_owned())
}

fn quantity(given: &str) -> Result<Option<Quantity>, ImportRefusal> {
    if given.is_empty() {
        return Ok(None);
    }
    let number = given.parse().map_err(|_| ImportRefusal::NotANumber {
        given: given.to_owned(),
    });
    number.map(Some)
}

fn target_kind(given: &str) -> Result<TargetKind, ImportRefusal> {
    if given.is_empty() {
        return Err(ImportRefusal::CellEmpty);
    }
    serde_json::from_value(serde_json::Value::from(given)).map_err(|_| {
        ImportRefusal::UnknownTargetKind {
            given: given.to_owned(),
        }
    })
}
