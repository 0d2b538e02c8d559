//! What the client takes from the browser: its clock, its chance, and a place for notes.

use shared::id::PersonId;
use shared::moment::UtcMillis;
use shared::sync::client::{Surroundings, Watch};

use super::BUILD;
use crate::chance;
use crate::store::folding;

/// The browser's clock and chance, and the notes of a person's start.
pub(crate) struct Browser(PersonId);

impl Browser {
    /// The browser of a person.
    pub(super) const fn of(person: PersonId) -> Self {
        Self(person)
    }
}

impl Surroundings for Browser {
    fn chance(&self) -> u128 {
        chance::bits()
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "milliseconds stay whole for 285,000 years"
    )]
    fn wall(&self) -> UtcMillis {
        UtcMillis(js_sys::Date::now() as i64)
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "an offset is at most 14 hours"
    )]
    fn tz(&self) -> i32 {
        -js_sys::Date::new_0().get_timezone_offset() as i32
    }

    fn watch(&self) -> Watch {
        folding::watch(self.0, BUILD)
    }
}
