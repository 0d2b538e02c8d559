//! Arguments of the commands that shape the organisation; all are made online only.

use serde::{Deserialize, Serialize};

use crate::id::{
    AppointmentId, AssignmentId, PeriodId, PersonId, RegimeId, ReportingLineId, UnitId,
};
use crate::moment::Day;
use crate::organisation::{Line, Office, Tenure};
use crate::period::PeriodKind;
use crate::regime::Regime;

/// Founds the company; the actor becomes its first administrator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FoundCompany {
    /// The root unit.
    pub root: UnitId,
    /// The company's name.
    pub name: String,
    /// Its name in English; may be empty.
    pub name_en: String,
    /// Minutes east of UTC.
    pub utc_offset: i32,
    /// The administrator's name; the person's id is the actor's.
    pub administrator: String,
    /// Id of the appointment.
    pub appointment: AppointmentId,
    /// First day of everything.
    pub from: Day,
}

/// Adds a unit below another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddUnit {
    /// Its id.
    pub unit: UnitId,
    /// Its name, unique among the units in force.
    pub name: String,
    /// Its name in English; may be empty.
    pub name_en: String,
    /// The unit above.
    pub parent: UnitId,
    /// Since when.
    pub from: Day,
}

/// Adds a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddPerson {
    /// The id.
    pub person: PersonId,
    /// The name.
    pub name: String,
}

/// Assigns a person to a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assign {
    /// Its id.
    pub assignment: AssignmentId,
    /// Who.
    pub person: PersonId,
    /// Where.
    pub unit: UnitId,
    /// The post's name.
    pub post: String,
    /// How it is held.
    pub tenure: Tenure,
    /// Whether it leads the unit.
    pub heads: bool,
    /// First day.
    pub from: Day,
    /// Last day, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
}

/// Ends an assignment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndAssignment {
    /// Which.
    pub assignment: AssignmentId,
    /// Last day, inclusive.
    pub to: Day,
}

/// Draws a reporting line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawLine {
    /// Its id.
    pub id: ReportingLineId,
    /// Who reports.
    pub person: PersonId,
    /// To whom.
    pub superior: PersonId,
    /// What kind.
    pub line: Line,
    /// First day.
    pub from: Day,
}

/// Ends a reporting line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndLine {
    /// Which.
    pub id: ReportingLineId,
    /// Last day, inclusive.
    pub to: Day,
}

/// Appoints a person to an office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Appoint {
    /// Its id.
    pub appointment: AppointmentId,
    /// Who.
    pub person: PersonId,
    /// To what.
    pub office: Office,
    /// First day.
    pub from: Day,
}

/// Ends an appointment; the last administrator cannot be ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndAppointment {
    /// Which.
    pub appointment: AppointmentId,
    /// Last day, inclusive.
    pub to: Day,
}

/// Adopts a regime version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdoptRegime {
    /// Its id.
    pub id: RegimeId,
    /// The document.
    pub regime: Box<Regime>,
}

/// Opens a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenPeriod {
    /// Its id.
    pub period: PeriodId,
    /// Its kind; must be the regime's.
    pub kind: PeriodKind,
    /// First day.
    pub from: Day,
    /// Last day, inclusive.
    pub to: Day,
    /// The regime version.
    pub regime: RegimeId,
}
