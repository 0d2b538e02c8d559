//! Notices as they were published, ready to be adopted; facts, not law texts.
//!
//! To add a year: put its file into `calendar/notices`, and its line here. An administrator can
//! load a file of the same shape without a new version of the product.

use serde::{Deserialize, Serialize};

use super::HolidayNotice;
use crate::id::NoticeId;
use crate::moment::{Day, Times};

/// A notice before anybody adopted it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// The year.
    pub year: i32,
    /// Who published it, under which number, when.
    pub source: String,
    /// Every day off, the weekend days among them too.
    pub off: Vec<Day>,
    /// Every make-up day.
    pub work: Vec<Day>,
}

impl Published {
    /// The row that it becomes when a company adopts it.
    pub fn adopt(self, id: NoticeId, adopted: Times) -> HolidayNotice {
        HolidayNotice {
            id,
            year: self.year,
            source: self.source,
            off: self.off,
            work: self.work,
            adopted,
        }
    }
}

/// The years whose notices come with the product.
pub const YEARS: [i32; 2] = [2025, 2026];

/// Gives the notice of a year that comes with the product.
pub fn published(year: i32) -> Option<Published> {
    let text = match year {
        2025 => include_str!("notices/2025.json"),
        2026 => include_str!("notices/2026.json"),
        _ => return None,
    };
    Some(serde_json::from_str(text).expect("a test reads every notice"))
}
