//! What the person who imports decides: into which year, which unit a name means, who holds a post.
//!
//! Everything that a sheet leaves open is asked here and never guessed; what is chosen travels with
//! the sheet, so that preview and confirmation are made from the same words.

use serde::{Deserialize, Serialize};

use crate::id::{PeriodId, PersonId, UnitId};

/// The choices of one import.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choices {
    /// The period that takes the rows of its kind and those that name no kind; none: the month.
    #[serde(default)]
    pub period: Option<PeriodId>,
    /// The year of rows for a month, half a year or a year.
    pub year: i32,
    /// The month of rows for a month, 1 to 12; rows for half a year go into the half that it lies in.
    pub month: u32,
    /// What names of departments mean, where they are not simply names of units.
    #[serde(default)]
    pub units: Vec<UnitChoice>,
    /// Who holds the posts; a post that is not listed is looked up.
    #[serde(default)]
    pub posts: Vec<PostChoice>,
    /// Whether columns that the program does not know are kept with the item, word for word.
    #[serde(default)]
    pub keep: bool,
}

/// What a name in the sheet means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitChoice {
    /// The name of a department or helper, as written.
    pub name: String,
    /// The unit; of one that is to be made, the id that it gets.
    pub unit: UnitId,
    /// The unit below which it is made; none for a unit that is there.
    #[serde(default)]
    pub parent: Option<UnitId>,
    /// Who leads the unit from now on, where nobody does yet.
    #[serde(default)]
    pub head: Option<PersonId>,
}

/// Who answers for the items of a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostChoice {
    /// The name of the department, as written.
    pub department: String,
    /// The post, as written.
    pub post: String,
    /// The person; none for now where there is none.
    pub person: Option<PersonId>,
}

/// A name as it is compared: letters of the Latin alphabet in either case are the same.
pub(super) fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

impl Choices {
    /// Choices for a period of one's own choosing: nothing else is decided.
    pub fn into_period(period: PeriodId) -> Self {
        Self {
            period: Some(period),
            ..Self::default()
        }
    }

    /// What was chosen for a name of a department or helper.
    pub(super) fn unit(&self, name: &str) -> Option<&UnitChoice> {
        let wanted = folded(name);
        self.units
            .iter()
            .find(|choice| folded(&choice.name) == wanted)
    }

    /// What was chosen for a post of a department.
    pub(super) fn post(&self, department: &str, post: &str) -> Option<&PostChoice> {
        self.posts
            .iter()
            .find(|choice| choice.post == post && folded(&choice.department) == folded(department))
    }
}
