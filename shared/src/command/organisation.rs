//! Arguments of the commands that shape the organisation; all are made online only.

use serde::{Deserialize, Serialize};

use crate::calendar::WorkCalendar;
use crate::classification::Classified;
use crate::id::{
    AbsenceId, AppointmentId, AssignmentId, CalendarId, CalendarUseId, NoticeId, PeriodId,
    PersonId, RegimeId, ReportingLineId, UnitId,
};
use crate::moment::Day;
use crate::organisation::{AbsenceBasis, Line, Office, Tenure};
use crate::period::PeriodKind;
use crate::regime::Document;

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
    /// The document, in either format.
    pub regime: Document,
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

/// Adds a version of a work calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddCalendar {
    /// The calendar, whole.
    pub calendar: Box<WorkCalendar>,
}

/// Lets a unit use a calendar from a day on; the unit's earlier use ends the day before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UseCalendar {
    /// Id of the use.
    pub id: CalendarUseId,
    /// The unit.
    pub unit: UnitId,
    /// The calendar.
    pub calendar: CalendarId,
    /// First day.
    pub from: Day,
}

/// Adopts a year's notice of public holidays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdoptNotice {
    /// Its id.
    pub id: NoticeId,
    /// The year.
    pub year: i32,
    /// Who published it, its number and date.
    pub source: String,
    /// Days off.
    pub off: Vec<Day>,
    /// Days of a weekend that are worked instead.
    pub work: Vec<Day>,
}

/// Gives a unit another name from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RenameUnit {
    /// The unit.
    pub unit: UnitId,
    /// Its new name.
    pub name: String,
    /// Its new name in English; may be empty.
    pub name_en: String,
    /// First day of the new name.
    pub from: Day,
}

/// Ends a unit that was split, merged or closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndUnit {
    /// The unit.
    pub unit: UnitId,
    /// Its last day.
    pub to: Day,
    /// The units that go on with its work; may be empty.
    pub successors: Vec<UnitId>,
}

/// Notes that a person is away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoteAbsence {
    /// Its id.
    pub id: AbsenceId,
    /// Who.
    pub person: PersonId,
    /// On what basis.
    pub basis: AbsenceBasis,
    /// First day.
    pub from: Day,
    /// Last day, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
}

/// Ends an absence, or takes it back with a last day before its first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndAbsence {
    /// Which.
    pub id: AbsenceId,
    /// Whose it is.
    pub person: PersonId,
    /// Last day, inclusive.
    pub to: Day,
}

/// Moves a person from one post to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// The assignment that ends the day before the new one begins.
    pub ended: AssignmentId,
    /// The new assignment.
    pub assign: Assign,
}

/// Lets a person leave the company: every assignment, line and appointment ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leave {
    /// Who.
    pub person: PersonId,
    /// The last day.
    pub to: Day,
}

/// States what a post, a person or a unit counts as from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Classify {
    /// What, as what.
    pub of: Classified,
    /// First day.
    pub from: Day,
}
