//! What posts, people and units count as on a day.

use crate::classification::{Classification, Classified};
use crate::id::{AssignmentId, PersonId, UnitId};
use crate::moment::Day;
use crate::organisation::Organisation;
use crate::regime::coverage::{Centre, Employment};

impl Organisation {
    /// The level of a post on a day; `None` where nobody has stated it.
    pub fn level(&self, assignment: AssignmentId, day: Day) -> Option<u8> {
        self.latest(day, |of| match of {
            Classified::Post {
                assignment: of,
                level,
            } if *of == assignment => Some(*level),
            _ => None,
        })
    }

    /// How a person is employed on a day; regular where nobody has stated anything else.
    pub fn employment(&self, person: PersonId, day: Day) -> Employment {
        let stated = self.latest(day, |of| match of {
            Classified::Person {
                person: of,
                employment,
            } if *of == person => Some(*employment),
            _ => None,
        });
        stated.unwrap_or(Employment::Regular)
    }

    /// What kind of responsibility centre a unit is on a day: `Some(None)` for one that is none,
    /// `None` where nobody has stated it.
    pub fn centre(&self, unit: UnitId, day: Day) -> Option<Option<Centre>> {
        self.latest(day, |of| match of {
            Classified::Unit { unit: of, centre } if *of == unit => Some(*centre),
            _ => None,
        })
    }

    /// The last that was stated and holds on a day.
    fn latest<T>(&self, day: Day, read: impl Fn(&Classified) -> Option<T>) -> Option<T> {
        let stated = self.classifications.values();
        let held = |one: &Classification| Some((one.from, read(&one.of)?));
        let held = stated.filter(|one| one.from <= day).filter_map(held);
        held.max_by_key(|(from, _)| *from).map(|(_, value)| value)
    }
}
