//! Cells pasted from a spreadsheet into one plan that is being drafted: tab-separated text, columns
//! found by their headings, every row shown with what was found before anything is made.
//!
//! The reading of a cell is the import's own ([`super::row`]). Where an import refuses a sheet, a
//! paste keeps the row: what cannot be read is named, and its words stay beside the item.

use crate::compare::folded;
use crate::decide::MOST_ITEMS;
use crate::id::{PersonId, PlanId};
use crate::import::options::Place;
use crate::import::row::{Faults, Reader};
use crate::import::sheet::{Record, Sheet, letters};
use crate::import::{Choices, ImportRefusal, Note, Options, spoken};
use crate::item::{Item, TargetKind};
use crate::moment::Day;
use crate::organisation::Organisation;
use crate::plan::Plan;
use crate::refusal::Refusal;
use crate::regime::Rules;
use crate::world::{Held, World};

mod cells;
mod columns;

pub use columns::PastedColumn;

/// The most items that are pasted into one plan at once.
pub const MOST_PASTED: usize = 100;

/// What was pasted, and what its columns are taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pasted {
    /// The heading of each column, as written; its letter where there is none.
    pub headings: Vec<String>,
    /// What each column is taken for.
    pub columns: Vec<PastedColumn>,
    /// The rows, all of the same length, without the headings.
    pub rows: Vec<Vec<String>>,
    /// Whether the first pasted row was taken for headings.
    pub headed: bool,
}

impl Pasted {
    /// Reads what was pasted and takes the columns for what their headings, else their cells, say.
    pub fn read(text: &str, organisation: &Organisation) -> Self {
        let mut rows = cells::rows(text);
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        for row in &mut rows {
            row.resize(width, String::new());
        }
        let headed = rows.first().is_some_and(|row| columns::are_headings(row));
        let written = if headed { rows.remove(0) } else { Vec::new() };
        let heading = |at| {
            let written = written.get(at).map(|cell: &String| cell.trim());
            written
                .filter(|cell| !cell.is_empty())
                .map_or_else(|| letters(at), str::to_owned)
        };
        Self {
            headings: (0..width).map(heading).collect(),
            columns: columns::guessed(&written, &rows, organisation),
            rows,
            headed,
        }
    }

    /// Takes a column for something else; what another column was taken for is kept beside there.
    pub fn take(&mut self, at: usize, column: PastedColumn) {
        if column.is_field() {
            for other in &mut self.columns {
                if *other == column {
                    *other = PastedColumn::Beside;
                }
            }
        }
        if let Some(taken) = self.columns.get_mut(at) {
            *taken = column;
        }
    }
}

/// What a reader should know about a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// A cell was not read: its column's number from the left, and why.
    Unread(Option<usize>, ImportRefusal),
    /// It was read, with something to know.
    Noted(Note),
}

/// A row as it would become an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastedRow {
    /// Its number among the pasted rows, from 1, the headings not counted.
    pub line: usize,
    /// The item; it gets its identity and its place when it is added.
    pub item: Item,
    /// What was found.
    pub findings: Vec<Finding>,
    /// Whether no item can be made of it.
    pub refused: bool,
    /// Whether the plan, or an earlier row, has an item of this title.
    pub doubled: bool,
}

/// Reads the rows for a plan. Changes nothing.
///
/// Refuses a plan that is not held, and one whose period or regime is not.
pub fn rows(
    pasted: &Pasted,
    world: &World,
    plan: PlanId,
    actor: PersonId,
    today: Day,
) -> Result<Vec<PastedRow>, Refusal> {
    let Held::Present((found, document)) = world.plan(plan) else {
        return Err(Refusal::not_found("plan"));
    };
    let options = Options::of(world, Choices::into_period(found.period), actor, today)?;
    let organisation = world.organisation();
    let period = organisation.periods.get(&found.period);
    let period = period.ok_or_else(|| Refusal::not_found("period"))?;
    let place = options
        .place(period.kind)
        .ok_or_else(|| Refusal::not_found("regime"))?;
    let sheet = sheet(pasted, &place);
    let reader = Reader::new(&options, &sheet);
    let room = MOST_ITEMS
        .saturating_sub(document.items.len())
        .min(MOST_PASTED);
    let mut titles: Vec<String> = document
        .items
        .values()
        .map(|item| folded(&item.title))
        .collect();
    let mut rows = Vec::new();
    for record in &sheet.records {
        let mut row = row(
            pasted,
            &reader,
            &sheet,
            record,
            (found, &place),
            organisation,
            today,
        );
        if rows.len() >= room {
            let most = room as u64;
            row.findings
                .push(Finding::Unread(None, ImportRefusal::TooManyItems { most }));
            row.refused = true;
        }
        let title = folded(&row.item.title);
        row.doubled = !title.is_empty() && titles.contains(&title);
        if row.doubled {
            let at = pasted
                .columns
                .iter()
                .position(|c| *c == PastedColumn::Title);
            row.findings
                .push(Finding::Unread(at, ImportRefusal::TitleExists));
        }
        titles.push(title);
        rows.push(row);
    }
    Ok(rows)
}

/// The pasted cells under the import's own column names, each at its place.
fn sheet(pasted: &Pasted, place: &Place) -> Sheet {
    let named = pasted.columns.iter().zip(&pasted.headings);
    let mut header: Vec<String> = named
        .map(|(column, heading)| match column.name() {
            Some(name) => name.to_owned(),
            None => heading.clone(),
        })
        .collect();
    let own = ["target_kind", "unit"];
    let own: Vec<&str> = own
        .into_iter()
        .filter(|name| !header.iter().any(|known| known == name))
        .collect();
    header.extend(own.iter().map(|name| (*name).to_owned()));
    if !header.iter().any(|name| name == "section") {
        header.push("section".to_owned());
    }
    if !header.iter().any(|name| name == "weight") {
        header.push("weight".to_owned());
    }
    let sections = place.rules().sections();
    let first = sections.first().map(|section| section.key.clone());
    let mut above = first.unwrap_or_default();
    let records = pasted.rows.iter().zip(1..).map(|(row, line)| {
        let mut cells: Vec<String> = pasted
            .columns
            .iter()
            .zip(row)
            .map(|(column, cell)| spoken_cell(*column, cell))
            .collect();
        cells.resize(header.len(), String::new());
        let at = |name: &str| header.iter().position(|known| known == name);
        let target = pasted
            .columns
            .iter()
            .position(|c| *c == PastedColumn::Target);
        let target = target
            .and_then(|at| row.get(at))
            .filter(|cell| !cell.trim().is_empty());
        let (kind, number, measure) = match target {
            Some(cell) => spoken::target(cell),
            None => (TargetKind::Done, String::new(), String::new()),
        };
        let mut put = |name: &str, text: String| {
            if let Some(cell) = at(name).and_then(|at| cells.get_mut(at))
                && cell.trim().is_empty()
            {
                *cell = text;
            }
        };
        put("target_kind", word(kind));
        put("unit", measure);
        put("weight", "0".to_owned());
        put("section", above.clone());
        if let Some(at) = at("target")
            && let Some(cell) = cells.get_mut(at)
        {
            *cell = number;
        }
        // A merged cell stands in its first row alone.
        if let Some(cell) = at("section").and_then(|at| cells.get_mut(at)) {
            if let Some(key) = section(place.rules(), cell) {
                *cell = key;
            }
            above.clone_from(cell);
        }
        Record { line, cells }
    });
    let records = records.collect();
    Sheet { header, records }
}

/// The section that alone has these words in its name, or whose name stands in them.
fn section(rules: Rules<'_>, given: &str) -> Option<String> {
    let given = folded(given);
    let mut found = rules.sections().iter().filter(|section| {
        let name = folded(&section.name.zh);
        section.key == given || name.contains(&given) || given.contains(&name)
    });
    match (found.next(), found.next()) {
        (Some(section), None) => Some(section.key.clone()),
        _ => None,
    }
}

fn spoken_cell(column: PastedColumn, cell: &str) -> String {
    match column {
        PastedColumn::Due => spoken::due(cell),
        PastedColumn::Weight => spoken::weight(cell),
        PastedColumn::Ignored => String::new(),
        PastedColumn::Helpers => cell.trim().replace('\n', "、"),
        PastedColumn::Standard
        | PastedColumn::Rule
        | PastedColumn::Deliverable
        | PastedColumn::Beside => cell.trim().to_owned(),
        // What is one line in the plan may have been broken to fit a cell.
        _ => cell.trim().replace('\n', " "),
    }
}

fn word(kind: TargetKind) -> String {
    let text = serde_json::to_string(&kind).expect("a variant serialises");
    text.trim_matches('"').to_owned()
}

fn row(
    pasted: &Pasted,
    reader: &Reader<'_, '_>,
    sheet: &Sheet,
    record: &Record,
    (plan, place): (&Plan, &Place),
    organisation: &Organisation,
    today: Day,
) -> PastedRow {
    let mut faults = Faults::none(sheet, record.line);
    let (mut item, notes) = reader.item(record, Some(plan.unit), Some(place), &mut faults);
    let line = usize::try_from(record.line).unwrap_or(usize::MAX);
    item.plan = plan.id;
    if item.section.is_empty() {
        let first = place.rules().sections().first();
        item.section = first.map(|section| section.key.clone()).unwrap_or_default();
    }
    // A rhythm is named as it was written, not as it was read.
    let due = pasted.columns.iter().position(|c| *c == PastedColumn::Due);
    let written = due.and_then(|at| pasted.rows.get(line - 1)?.get(at));
    let as_written = |note| match (note, written) {
        (Note::RhythmEnds { .. }, Some(given)) => Note::RhythmEnds {
            given: given.clone(),
        },
        (note, _) => note,
    };
    let notes = notes.into_iter().map(as_written);
    let mut findings: Vec<Finding> = notes.map(Finding::Noted).collect();
    let mut refused = false;
    for fault in faults.found {
        let at = sheet.header.iter().position(|name| *name == fault.column);
        let at = at.filter(|at| *at < pasted.columns.len());
        let long = matches!(fault.refusal, ImportRefusal::TextTooLong { .. });
        refused |= long || fault.column == "title_zh";
        // The words of a cell that was not read stay with the item.
        let cell = at.and_then(|at| pasted.rows.get(line - 1)?.get(at));
        let words = cell.map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
        if let (Some(at), Some(words), false) = (at, words, long) {
            let heading = pasted.headings[at].clone();
            item.extra.push((heading, words.to_owned()));
        }
        findings.push(Finding::Unread(at, fault.refusal));
    }
    if item.post.is_empty() {
        item.responsible = Some(plan.owner);
    } else {
        item.responsible = person(organisation, plan, &item.post, today);
        if item.responsible.is_some() {
            item.post.clear();
        } else {
            let post = item.post.clone();
            findings.push(Finding::Noted(Note::PostUnfilled { post }));
        }
    }
    PastedRow {
        line,
        item,
        findings,
        refused,
        doubled: false,
    }
}

/// The person of a name: one of the unit before others; else who alone holds a post so called there.
fn person(organisation: &Organisation, plan: &Plan, given: &str, today: Day) -> Option<PersonId> {
    let name = folded(given);
    let people = organisation.people.values();
    let called: Vec<PersonId> = people
        .filter(|person| folded(&person.name) == name)
        .map(|person| person.id)
        .collect();
    let near = |person: &PersonId| organisation.is_member(*person, plan.unit, today);
    let alone = |people: &[PersonId]| match people {
        [person] => Some(*person),
        _ => None,
    };
    let members: Vec<PersonId> = called.iter().copied().filter(near).collect();
    alone(&members).or_else(|| alone(&called)).or_else(|| {
        let posts = organisation.assignments.values();
        let held = posts.filter(|post| post.unit == plan.unit && post.in_force.covers(today));
        let holders: Vec<PersonId> = held
            .filter(|post| folded(&post.post) == name)
            .map(|post| post.person)
            .collect();
        alone(&holders)
    })
}
