//! Whose plans a regime judges: what its coverage says of a unit, a post and a person on a day.
//!
//! What nobody has stated of a post or a unit restricts nothing, and nobody is asked for a plan whose
//! plan would be refused.

use serde::{Deserialize, Serialize};

use crate::id::{PersonId, UnitId};
use crate::moment::Day;
use crate::organisation::Organisation;
use crate::period::Period;
use crate::plan::Scope;
use crate::regime::coverage::{Coverage, PlansOf};

/// Why a plan is not judged by a regime.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotCovered {
    /// It judges only plans of units, or only those of people.
    Scope,
    /// The unit is not among those that it names.
    Unit,
    /// The unit is no responsibility centre of the kinds that it names.
    Centre,
    /// The post's level is not among those that it names.
    Level,
    /// The person is employed otherwise than it names.
    Employment,
    /// The person is left out by name.
    Person,
}

impl Period {
    /// The day on which coverage is looked at: today while the period runs, its first day before that
    /// and its last day after it.
    pub fn coverage_day(&self, today: Day) -> Day {
        today.clamp(self.from, self.to.max(self.from))
    }
}

/// Says why a plan of a unit or of a person in it is not judged; `None` where it is.
pub fn not_covered(
    organisation: &Organisation,
    coverage: &Coverage,
    scope: Scope,
    (unit, owner): (UnitId, PersonId),
    day: Day,
) -> Option<NotCovered> {
    let is_judged = match coverage.plans {
        PlansOf::Both => true,
        PlansOf::Unit => scope == Scope::Unit,
        PlansOf::Personal => scope == Scope::Personal,
    };
    if !is_judged {
        return Some(NotCovered::Scope);
    }
    left_out(organisation, coverage, (unit, owner), day)
}

/// Says why a person's work for a unit is not judged, whatever the plan; `None` where it is.
pub fn left_out(
    organisation: &Organisation,
    coverage: &Coverage,
    (unit, person): (UnitId, PersonId),
    day: Day,
) -> Option<NotCovered> {
    if coverage.without_people.contains(&person) {
        return Some(NotCovered::Person);
    }
    // Whoever is named is judged besides, whatever the unit and the post.
    if coverage.people.contains(&person) {
        return None;
    }
    if !coverage.covers_unit(unit) {
        return Some(NotCovered::Unit);
    }
    let centres = &coverage.centres;
    let centre = organisation.centre(unit, day);
    let in_centre = |centre| matches!(centre, Some(centre) if centres.contains(&centre));
    if !centres.is_empty() && !centre.is_none_or(in_centre) {
        return Some(NotCovered::Centre);
    }
    let levels = &coverage.levels;
    let mut posts = organisation
        .assignments_of(person, day)
        .filter(|post| post.unit == unit)
        .peekable();
    let at_level = |level| levels.contains(&level);
    let has_post = posts.peek().is_some();
    let mut posts = posts.map(|post| organisation.level(post.id, day));
    if !levels.is_empty() && has_post && !posts.any(|level| level.is_none_or(at_level)) {
        return Some(NotCovered::Level);
    }
    let employment = organisation.employment(person, day);
    if !coverage.employment.is_empty() && !coverage.employment.contains(&employment) {
        return Some(NotCovered::Employment);
    }
    None
}
