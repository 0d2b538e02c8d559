//! Reads one row of a sheet: every cell that stands in the way is named, not only the first.

use std::collections::BTreeMap;

use crate::decide::{MOST_HELPERS, MOST_TEXT, MOST_TITLE};
use crate::id::{ItemId, PersonId, PlanId, UnitId};
use crate::import::choices::folded;
use crate::import::options::Place;
use crate::import::sheet::{Record, Sheet};
use crate::import::{AcceptedRow, ImportRefusal, Note, Options, Refused, due, rule};
use crate::item::{Item, Target, TargetKind};
use crate::organisation::Unit;
use crate::period::PeriodKind;
use crate::quantity::{Points, Quantity};
use crate::regime::Rules;

/// Signs between the names of several helpers.
const HELPERS: [char; 5] = ['、', '，', ',', '；', ';'];

/// Reads rows; holds what is looked up for each.
pub(super) struct Reader<'a, 'w> {
    options: &'a Options<'w>,
    sheet: &'a Sheet,
    units: Vec<&'a Unit>,
    by_name: BTreeMap<String, UnitId>,
    /// Where rows of each kind go; none where no period is open and none can be opened.
    pub(super) places: BTreeMap<PeriodKind, Option<Place>>,
}

/// What was found wrong in one row so far.
pub(super) struct Faults<'a> {
    sheet: &'a Sheet,
    line: u64,
    pub(super) found: Vec<Refused>,
}

impl<'a> Faults<'a> {
    /// Nothing yet.
    pub(super) const fn none(sheet: &'a Sheet, line: u64) -> Self {
        Self {
            sheet,
            line,
            found: Vec::new(),
        }
    }

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

impl<'a, 'w> Reader<'a, 'w> {
    /// Prepares to read the rows of a sheet.
    pub(super) fn new(options: &'a Options<'w>, sheet: &'a Sheet) -> Self {
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
        let mut places = BTreeMap::new();
        for record in &sheet.records {
            if let Ok(kind) = options.kind(sheet.cell(record, "period")) {
                places.entry(kind).or_insert_with(|| options.place(kind));
            }
        }
        Self {
            options,
            sheet,
            units,
            by_name,
            places,
        }
    }

    /// Reads a row, or lists all that stands in its way.
    pub(super) fn row(&self, record: &Record) -> Result<AcceptedRow, Vec<Refused>> {
        if let Some(refused) = self.sheet.miscounted(record) {
            return Err(vec![refused]);
        }
        let mut faults = Faults::none(self.sheet, record.line);
        let department = self.department_name(record);
        let unit = faults.take("department_zh", self.department(record));
        let place = faults.take("period", self.place(record));
        let (item, mut notes) = self.item(record, unit, place, &mut faults);
        if !faults.found.is_empty() {
            return Err(faults.found);
        }
        let mut item = item;
        let unit = unit.expect("a row without a unit has a fault");
        let place = place.expect("a row without a period has a fault");
        item.responsible = self.holder(unit, department, &item.post);
        if item.responsible.is_none() && !item.post.is_empty() {
            let post = item.post.clone();
            notes.push(Note::PostUnfilled { post });
        }
        if item.deduction.is_none() && !item.rule.is_empty() {
            let given = item.rule.clone();
            notes.push(Note::RuleInWords { given });
        }
        Ok(AcceptedRow {
            line: record.line,
            unit,
            kind: place.kind,
            item,
            notes,
        })
    }

    /// Reads what a row says of its item; fields at fault are left blank.
    pub(super) fn item(
        &self,
        record: &Record,
        unit: Option<UnitId>,
        place: Option<&Place>,
        faults: &mut Faults<'_>,
    ) -> (Item, Vec<Note>) {
        let cell = |column: &str| self.sheet.cell(record, column);
        let mut item = Item::blank(ItemId::from_bits(0), PlanId::from_bits(0));
        item.extra = self.sheet.extra(record);
        item.title = faults.take("title_zh", self.title(record));
        item.target = self.target(record, faults);
        let mut notes = Vec::new();
        if let Some(place) = place {
            item.section = faults.take("section", section(place.rules(), cell("section")));
            let due = faults.take("due", due::due(cell("due"), place));
            (item.due, item.rhythm) = (due.day, due.rhythm);
            notes.extend(due.note);
            item.weight = faults.take("weight", weight(place.rules(), cell("weight")));
        }
        let given = cell("helper_zh");
        let (helpers, helped) = faults.take("helper_zh", self.helpers(given, unit));
        let renamed = |unit: &UnitId| self.is_renamed(given, Some(*unit));
        if !helped.is_empty() || (helpers.len() == 1 && helpers.iter().any(renamed)) {
            item.extra.push(("helper_zh".to_owned(), given.to_owned()));
        }
        item.helpers = helpers;
        notes.extend(helped);
        if self.is_renamed(cell("department_zh"), unit) {
            let written = cell("department_zh").to_owned();
            item.extra.push(("department_zh".to_owned(), written));
        }
        for (column, text) in [
            ("owner_zh", &mut item.post),
            ("deliverable_zh", &mut item.deliverable),
            ("standard_zh", &mut item.standard),
            ("scoring_rule_zh", &mut item.rule),
        ] {
            *text = faults.take(column, fitting(cell(column), MOST_TEXT));
        }
        for (column, text) in &item.extra {
            faults.take(column, fitting(text, MOST_TEXT));
        }
        let all = place.map_or(Points(0), |place| place.rules().total());
        item.deduction = rule::deduction(&item.rule, &item.target, all);
        (item, notes)
    }

    /// Says whether the unit that was found is called otherwise: then the words are kept too.
    fn is_renamed(&self, given: &str, unit: Option<UnitId>) -> bool {
        let unit = unit.and_then(|unit| self.options.organisation.units.get(&unit));
        !given.is_empty() && unit.is_some_and(|unit| folded(&unit.name) != folded(given))
    }

    /// The name under which the row's department is asked for.
    pub(super) fn department_name<'r>(&self, record: &'r Record) -> &'r str {
        ["department_zh", "department_en"]
            .map(|column| self.sheet.cell(record, column))
            .into_iter()
            .find(|name| !name.is_empty())
            .unwrap_or_default()
    }

    /// The unit of a name: the chosen one, else the one that is called so.
    pub(super) fn named(&self, name: &str) -> Option<UnitId> {
        let chosen = self.options.choices.unit(name).map(|choice| choice.unit);
        let chosen = chosen.filter(|unit| self.units.iter().any(|known| known.id == *unit));
        chosen.or_else(|| self.by_name.get(&folded(name)).copied())
    }

    /// Where the row goes.
    fn place(&self, record: &Record) -> Result<Option<&Place>, ImportRefusal> {
        let given = self.sheet.cell(record, "period");
        let kind = self.options.kind(given)?;
        let place = self.places.get(&kind).and_then(Option::as_ref);
        let given = given.to_owned();
        place
            .map(Some)
            .ok_or(ImportRefusal::PeriodMissing { given })
    }

    fn department(&self, record: &Record) -> Result<Option<UnitId>, ImportRefusal> {
        let name = self.sheet.cell(record, "department_zh");
        let name_en = self.sheet.cell(record, "department_en");
        if name.is_empty() && name_en.is_empty() {
            return Err(ImportRefusal::CellEmpty);
        }
        self.named(name)
            .or_else(|| self.named(name_en))
            .map(Some)
            .ok_or_else(|| ImportRefusal::UnknownUnit {
                name: name.to_owned(),
                name_en: name_en.to_owned(),
            })
    }

    /// Finds the helping units: what the whole text names, else what its parts do.
    fn helpers(
        &self,
        given: &str,
        own: Option<UnitId>,
    ) -> Result<(Vec<UnitId>, Vec<Note>), ImportRefusal> {
        let whole = given.is_empty() || self.named(given).is_some();
        let parts: Vec<&str> = if whole {
            vec![given]
        } else {
            given.split(HELPERS).map(str::trim).collect()
        };
        let (mut helpers, mut notes) = (Vec::new(), Vec::new());
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            let (helper, note) = self.helper(part, own)?;
            notes.extend(note);
            helpers.extend(helper.filter(|helper| !helpers.contains(helper)));
        }
        if helpers.len() > MOST_HELPERS {
            let most = MOST_HELPERS as u64;
            return Err(ImportRefusal::TooManyHelpers { most });
        }
        Ok((helpers, notes))
    }

    /// Finds a helping unit by its name, or by a part of it that only one other unit has.
    fn helper(
        &self,
        given: &str,
        own: Option<UnitId>,
    ) -> Result<(Option<UnitId>, Option<Note>), ImportRefusal> {
        if let Some(unit) = self.named(given) {
            if Some(unit) == own {
                return Err(ImportRefusal::HelperIsOwnUnit);
            }
            return Ok((Some(unit), None));
        }
        let mut partly = self.units.iter().filter(|unit| {
            Some(unit.id) != own && (unit.name.contains(given) || given.contains(&unit.name))
        });
        let given = given.to_owned();
        if let (Some(unit), None) = (partly.next(), partly.next()) {
            let name = unit.name.clone();
            let note = Note::HelperByPart { given, unit: name };
            return Ok((Some(unit.id), Some(note)));
        }
        Ok((None, Some(Note::HelperInWords { given })))
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
            tolerance: None,
        }
    }

    /// The chosen person; else who holds the post in the unit today, a main holder before others.
    pub(super) fn holder(&self, unit: UnitId, department: &str, post: &str) -> Option<PersonId> {
        if let Some(choice) = self.options.choices.post(department, post) {
            let people = &self.options.organisation.people;
            return choice.person.filter(|person| people.contains_key(person));
        }
        let assignments = self.options.organisation.assignments.values();
        assignments
            .filter(|a| a.unit == unit && a.post == post && a.in_force.covers(self.options.today))
            .min_by_key(|a| (a.tenure, a.in_force.from, a.id))
            .map(|a| a.person)
    }
}

fn section(rules: Rules<'_>, given: &str) -> Result<String, ImportRefusal> {
    if given.is_empty() {
        return Err(ImportRefusal::CellEmpty);
    }
    let wanted = folded(given);
    let section = rules.sections().iter().find(|section| {
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

fn weight(rules: Rules<'_>, given: &str) -> Result<Points, ImportRefusal> {
    if given.is_empty() {
        return Err(ImportRefusal::CellEmpty);
    }
    let weight: Points = given.parse().map_err(|_| ImportRefusal::NotANumber {
        given: given.to_owned(),
    })?;
    let most = rules.total();
    if weight < Points(0) || weight > most {
        return Err(ImportRefusal::WeightOutOfRange { most });
    }
    Ok(weight)
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
