//! Components: they know no store, no route and no rule; values come in, events go out.
//!
//! To add one: a file here, and one of the same name in `style/components/`.

mod badge;
mod button;
mod chart;
mod choice;
mod cycle;
mod desk_table;
mod dialog;
mod empty;
mod explain;
mod field;
mod icon;
mod insecure;
mod mark;
mod meter;
mod page_head;
mod panel;
mod person;
mod sync_light;
mod table;
mod toast;

pub(crate) use badge::{Badge, Tone, Whereabouts, WorkState};
pub(crate) use button::{Button, Look};
pub(crate) use chart::{Chart, Shown};
pub(crate) use choice::{Choice, Many, Pick, Select};
pub(crate) use cycle::Cycle;
pub(crate) use desk_table::{Bulk, Cell, Column, DeskTable, Row};
pub(crate) use dialog::Dialog;
pub(crate) use empty::Empty;
pub(crate) use explain::{Explain, ExplainNode};
pub(crate) use field::{Field, FieldKind};
pub(crate) use icon::{Glyph, Icon};
pub(crate) use insecure::Insecure;
pub(crate) use mark::Mark;
pub(crate) use meter::Meter;
pub(crate) use page_head::{PageHead, WayBack};
pub(crate) use panel::{Banner, Facts, Panel};
pub(crate) use person::Person;
pub(crate) use sync_light::{Light, SyncLight};
pub(crate) use table::Table;
pub(crate) use toast::{Tells, Toast, Toasts};
