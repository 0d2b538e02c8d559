//! Import: a sheet of plan items, previewed row by row, applied whole or not at all.
//!
//! Pure over text: the edges read bytes and decode them. A preview names every row that would be
//! added, every row that is there already, and every cell that stands in the way, with its address
//! as a spreadsheet shows it; [`commands`] gives commands only where nothing stands in the way, and
//! they take the same door as everything else that people do.
//!
//! Every column is kept: with the item's field, or beside it in [`crate::item::Item::extra`]. Rows
//! for longer periods than a month become the unit's pool ([`crate::pool`]).

mod choices;
mod commands;
mod due;
mod gather;
mod options;
mod paste;
mod preview;
mod refused;
mod row;
mod rule;
mod sheet;
mod spoken;
mod write;

use crate::canonical;

pub use choices::{Choices, PostChoice, UnitChoice};
pub use commands::commands;
pub use options::{Options, wanted_periods};
pub use paste::{Finding, MOST_PASTED, Pasted, PastedColumn, PastedRow, rows as pasted_rows};
pub use preview::{
    AcceptedRow, Column, ExistingRow, Note, PlannedPeriod, PlannedPlan, Preview, SheetPost,
    SheetUnit,
};
pub use refused::{ImportRefusal, Refused};
pub use write::write;

/// The most rows of a sheet, its header not counted.
pub const MOST_ROWS: usize = 20_000;

/// Reads a sheet and tells what it would do. Changes nothing.
pub fn preview(text: &str, options: &Options<'_>) -> Preview {
    let mut preview = Preview {
        columns: Vec::new(),
        units: Vec::new(),
        posts: Vec::new(),
        periods: Vec::new(),
        accepted: Vec::new(),
        existing: Vec::new(),
        refused: Vec::new(),
        plans: Vec::new(),
        digest: String::new(),
    };
    match sheet::read(text, options.choices.keep) {
        Ok(sheet) => {
            preview.columns = sheet.columns();
            let reader = row::Reader::new(options, &sheet);
            for record in &sheet.records {
                match reader.row(record) {
                    Ok(row) => preview.accepted.push(row),
                    Err(mut refused) => preview.refused.append(&mut refused),
                }
            }
            gather::plans(&mut preview, options, &sheet, &reader);
            preview.periods = gather::periods(&preview, &reader);
            (preview.units, preview.posts) = gather::names(options, &sheet, &reader);
        }
        Err(refused) => preview.refused = refused,
    }
    preview.refused.sort_by_key(|refused| refused.line);
    preview.digest = canonical::digest("jihe/import/2", &preview);
    preview
}
