//! Reads the text of a sheet: a header by names in any order, then records with the row numbers
//! that a spreadsheet shows.

use crate::decide::MOST_EXTRA;
use crate::import::{Column, ImportRefusal, MOST_ROWS, Refused};

/// A column that the program knows.
struct Known {
    name: &'static str,
    needed: bool,
    /// Whether the item has no field for it and keeps its cells beside.
    extra: bool,
}

const fn needed(name: &'static str) -> Known {
    Known {
        name,
        needed: true,
        extra: false,
    }
}

const fn optional(name: &'static str) -> Known {
    Known {
        name,
        needed: false,
        extra: false,
    }
}

/// A column for which an item has no field.
const fn extra(name: &'static str) -> Known {
    Known {
        name,
        needed: false,
        extra: true,
    }
}

const COLUMNS: [Known; 19] = [
    needed("department_zh"),
    extra("department_en"),
    needed("section"),
    needed("title_zh"),
    extra("title_en"),
    needed("target_kind"),
    optional("baseline"),
    optional("target"),
    optional("unit"),
    needed("due"),
    optional("helper_zh"),
    optional("deliverable_zh"),
    needed("weight"),
    optional("owner_zh"),
    optional("standard_zh"),
    optional("scoring_rule_zh"),
    optional("period"),
    extra("system"),
    extra("house"),
];

/// How many names of units an item may keep as they were written, beside its columns.
const AS_WRITTEN: usize = 2;

/// A read sheet.
pub(super) struct Sheet {
    pub(super) header: Vec<String>,
    /// The rows that are not empty.
    pub(super) records: Vec<Record>,
}

/// One row.
pub(super) struct Record {
    /// Its row in the sheet, counted from 1 with the header.
    pub(super) line: u64,
    pub(super) cells: Vec<String>,
}

impl Sheet {
    /// The columns, from the left.
    pub(super) fn columns(&self) -> Vec<Column> {
        let column = |(at, name): (usize, &String)| Column {
            letters: letters(at),
            name: name.clone(),
            extra: !has_field(name),
        };
        self.header.iter().enumerate().map(column).collect()
    }

    /// The filled cells of columns for which an item has no field: name and text.
    pub(super) fn extra(&self, record: &Record) -> Vec<(String, String)> {
        let cells = self.header.iter().zip(&record.cells);
        cells
            .filter(|(name, cell)| !has_field(name) && !cell.trim().is_empty())
            .map(|(name, cell)| (name.clone(), cell.trim().to_owned()))
            .collect()
    }

    /// The text of a cell, trimmed; empty where the sheet has no such column.
    pub(super) fn cell<'r>(&self, record: &'r Record, column: &str) -> &'r str {
        let at = self.header.iter().position(|name| name == column);
        at.and_then(|at| record.cells.get(at))
            .map_or("", |cell| cell.trim())
    }

    /// How many cells the row lacks or has too many, as a refusal.
    pub(super) fn miscounted(&self, record: &Record) -> Option<Refused> {
        let (is, must) = (record.cells.len() as u64, self.header.len() as u64);
        let refusal = ImportRefusal::WrongCellCount { is, must };
        (is != must).then(|| whole(record.line, refusal))
    }

    /// A refusal of a cell.
    pub(super) fn refuse(&self, line: u64, column: &str, refusal: ImportRefusal) -> Refused {
        let at = self.header.iter().position(|name| name == column);
        Refused {
            line,
            column: column.to_owned(),
            cell: at.map_or_else(String::new, |at| format!("{}{line}", letters(at))),
            refusal,
        }
    }
}

/// A refusal of a whole row, or of the sheet where the line is 0.
const fn whole(line: u64, refusal: ImportRefusal) -> Refused {
    Refused {
        line,
        column: String::new(),
        cell: String::new(),
        refusal,
    }
}

/// The letters of a column as spreadsheets count them: A to Z, then AA.
pub(super) fn letters(mut at: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(
            b'A' + u8::try_from(at % 26).expect("a remainder of 26"),
        ));
        match (at / 26).checked_sub(1) {
            Some(rest) => at = rest,
            None => return letters.iter().rev().collect(),
        }
    }
}

/// Says whether an item has a field for what stands in the column.
fn has_field(name: &str) -> bool {
    COLUMNS
        .iter()
        .any(|known| known.name == name && !known.extra)
}

/// Reads the text, or tells why it is no sheet of plan items; `keep` takes unknown columns too.
pub(super) fn read(text: &str, keep: bool) -> Result<Sheet, Vec<Refused>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut rows = rows(&(text.replace("\r\n", "\n") + "\n"))?;
    if rows.is_empty() {
        return Err(vec![whole(0, ImportRefusal::SheetEmpty)]);
    }
    let header = rows.remove(0);
    let names: Vec<String> = header
        .cells
        .iter()
        .map(|name| name.trim().to_ascii_lowercase())
        .collect();
    check_header(header.line, &names, keep)?;
    if rows.is_empty() {
        return Err(vec![whole(0, ImportRefusal::SheetEmpty)]);
    }
    Ok(Sheet {
        header: names,
        records: rows,
    })
}

/// Splits the text into rows; a row whose cells are all empty is none.
///
/// Every line ends in one line feed, the last one too: only then does the reader stand on the
/// next line after each record.
fn rows(text: &str) -> Result<Vec<Record>, Vec<Refused>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    // A line feed inside a quoted cell is a line of the text and no row of the sheet.
    let mut inner_lines = 0_u64;
    loop {
        let more = reader.read_record(&mut record);
        let feeds = record.iter().map(|cell| cell.matches('\n').count() as u64);
        inner_lines += feeds.sum::<u64>();
        let line = reader
            .position()
            .line()
            .saturating_sub(1 + inner_lines)
            .max(1);
        match more {
            Ok(true) => {}
            Ok(false) => return Ok(rows),
            Err(_) => return Err(vec![whole(line, ImportRefusal::Unreadable)]),
        }
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if rows.len() > MOST_ROWS {
            let most = MOST_ROWS as u64;
            return Err(vec![whole(0, ImportRefusal::TooManyRows { most })]);
        }
        rows.push(Record {
            line,
            cells: record.iter().map(ToOwned::to_owned).collect(),
        });
    }
}

fn check_header(line: u64, names: &[String], keep: bool) -> Result<(), Vec<Refused>> {
    let mut refused = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let given = name.clone();
        let known = COLUMNS.iter().any(|known| known.name == name);
        let refusal = if !known && (!keep || name.is_empty()) {
            ImportRefusal::UnknownColumn { given }
        } else if names[..at].contains(name) {
            ImportRefusal::DuplicateColumn { given }
        } else {
            continue;
        };
        let cell = format!("{}{line}", letters(at));
        refused.push(Refused {
            line,
            column: name.clone(),
            cell,
            refusal,
        });
    }
    if names.iter().filter(|name| !has_field(name)).count() > MOST_EXTRA - AS_WRITTEN {
        let most = (MOST_EXTRA - AS_WRITTEN) as u64;
        refused.push(whole(line, ImportRefusal::TooManyColumns { most }));
    }
    for known in COLUMNS.iter().filter(|known| known.needed) {
        if !names.iter().any(|name| name == known.name) {
            let needed = known.name.to_owned();
            refused.push(whole(line, ImportRefusal::MissingColumn { needed }));
        }
    }
    if refused.is_empty() {
        Ok(())
    } else {
        Err(refused)
    }
}
