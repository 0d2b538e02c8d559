//! The organisation: units, people, and the dated ties between them.
//!
//! Everything about people is dated: a question is always asked for a day. All these rows live in
//! the `org` partition, so every device can answer who leads whom.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::calendar::{CalendarUse, HolidayNotice, WorkCalendar};
use crate::classification::Classification;
use crate::closing::Closing;
use crate::id::{
    AbsenceId, AppointmentId, AssignmentId, CalendarId, CalendarUseId, CommandId, DelegationId,
    FundLineId, ListId, NoticeId, PeriodId, PersonId, RegimeId, ReportingLineId, RoleHolderId,
    UnitId,
};
use crate::ledger::{FundLine, SheetVersion};
use crate::moment::{Day, InForce};
use crate::period::Period;
use crate::public_list::PublicList;
use crate::refusal::Refusal;
use crate::regime::{RegimeVersion, Rules};
use crate::signing::Delegation;
use crate::spot_check::SpotSample;

mod attendance;
mod classified;
mod rows;

pub use attendance::{Attendance, Stay};

/// The company whose installation this is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    /// The unit at the top; it carries the company's name.
    pub root: UnitId,
    /// Minutes east of UTC; 480 for Asia/Shanghai.
    pub utc_offset: i32,
}

/// A unit 部门(单位).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Its identity.
    pub id: UnitId,
    /// Its name as people write it.
    pub name: String,
    /// Its name for readers of English; empty where none is given.
    pub name_en: String,
    /// The unit above; `None` only for the root.
    pub parent: Option<UnitId>,
    /// When it exists.
    pub in_force: InForce,
    /// Names that it had before, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<FormerName>,
    /// Units that go on with its work after it was split or merged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub successors: Vec<UnitId>,
}

/// A name that a unit had until a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerName {
    /// The last day on which it was called so.
    pub until: Day,
    /// The name.
    pub name: String,
    /// The name for readers of English; empty where none was given.
    pub name_en: String,
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The person's identity.
    pub id: PersonId,
    /// The name that others see.
    pub name: String,
}

/// How a post is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tenure {
    /// 主岗
    Main,
    /// 兼岗
    Additional,
    /// 代理: may approve, never judges himself or herself.
    Acting,
}

/// A dated assignment 任职 of a person to a post 岗位 in a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// Its identity.
    pub id: AssignmentId,
    /// Who.
    pub person: PersonId,
    /// Where.
    pub unit: UnitId,
    /// The post's name.
    pub post: String,
    /// How it is held.
    pub tenure: Tenure,
    /// Whether the post leads the unit.
    pub heads: bool,
    /// When.
    pub in_force: InForce,
}

/// What kind of reporting line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// Approves and judges.
    Administrative,
    /// Advises; reads what a superior reads.
    Functional,
}

/// A dated reporting line; without one, the head of the unit is the superior 上级.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportingLine {
    /// Its identity.
    pub id: ReportingLineId,
    /// Who reports.
    pub person: PersonId,
    /// To whom.
    pub superior: PersonId,
    /// What kind.
    pub line: Line,
    /// When.
    pub in_force: InForce,
}

/// An office that the product itself knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Office {
    /// Organisation, accounts, regimes, backup.
    Administrator,
    /// 计划归口管理部门: periods, chasing, plans and scores of all units.
    PlanOffice,
    /// 人力资源部门: grades, appeals, files.
    Personnel,
    /// 薪酬发放: coefficients and pay.
    Payroll,
}

impl Office {
    /// Every office.
    pub const ALL: [Self; 4] = [
        Self::Administrator,
        Self::PlanOffice,
        Self::Personnel,
        Self::Payroll,
    ];
}

/// A dated appointment to an office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    /// Its identity.
    pub id: AppointmentId,
    /// Who.
    pub person: PersonId,
    /// To what.
    pub office: Office,
    /// When.
    pub in_force: InForce,
}

/// A dated holding of a role that a regime names: a committee's seat, a post of the company's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleHolder {
    /// Its identity.
    pub id: RoleHolderId,
    /// The role's key in the regimes.
    pub role: String,
    /// For which unit and those below it; `None` for the whole company.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// Who.
    pub person: PersonId,
    /// When.
    pub in_force: InForce,
}

/// Why a person is away, as far as everybody may know: which leave it is stays on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AbsenceBasis {
    /// Annual, marriage, bereavement, maternity or nursing leave, or work injury: targets per day
    /// are reduced, milestones extended, and nothing is scored 0 for it.
    Entitled,
    /// Personal or sick leave: due days move by an approved change only.
    Personal,
}

/// A dated absence of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// Its identity.
    pub id: AbsenceId,
    /// Who is away.
    pub person: PersonId,
    /// On what basis.
    pub basis: AbsenceBasis,
    /// When.
    pub in_force: InForce,
}

/// All rows of the `org` partition.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Organisation {
    /// The company, once it is founded.
    pub company: Option<Company>,
    /// Units.
    pub units: BTreeMap<UnitId, Unit>,
    /// People.
    pub people: BTreeMap<PersonId, Person>,
    /// Assignments.
    pub assignments: BTreeMap<AssignmentId, Assignment>,
    /// Reporting lines.
    pub lines: BTreeMap<ReportingLineId, ReportingLine>,
    /// Appointments.
    pub appointments: BTreeMap<AppointmentId, Appointment>,
    /// Regime versions.
    pub regimes: BTreeMap<RegimeId, RegimeVersion>,
    /// Periods.
    pub periods: BTreeMap<PeriodId, Period>,
    /// Work calendars.
    pub calendars: BTreeMap<CalendarId, WorkCalendar>,
    /// Which unit uses which calendar.
    pub calendar_uses: BTreeMap<CalendarUseId, CalendarUse>,
    /// Notices of public holidays.
    pub notices: BTreeMap<NoticeId, HolidayNotice>,
    /// Absences.
    pub absences: BTreeMap<AbsenceId, Absence>,
    /// Closings, the ended ones too.
    pub closings: BTreeMap<CommandId, Closing>,
    /// Who holds which named role.
    pub role_holders: BTreeMap<RoleHolderId, RoleHolder>,
    /// Delegations of signatures.
    pub delegations: BTreeMap<DelegationId, Delegation>,
    /// Versions of tariff sheets.
    pub sheets: BTreeMap<RegimeId, SheetVersion>,
    /// Published lines of funds.
    pub fund_lines: BTreeMap<FundLineId, FundLine>,
    /// What posts, people and units count as, by the bits of their keys.
    pub classifications: BTreeMap<u128, Classification>,
    /// Samples of spot checks, by period.
    pub samples: BTreeMap<PeriodId, SpotSample>,
    /// Public lists.
    pub lists: BTreeMap<ListId, PublicList>,
}

impl Organisation {
    /// The rules of a period: its regime version with the cycle of its kind.
    pub fn rules(&self, period: &Period) -> Option<Rules<'_>> {
        self.regimes.get(&period.regime)?.rules(period.kind)
    }

    /// A period with its regime version and rules; refuses one that is not known, and one that is
    /// never judged.
    pub fn judged(
        &self,
        period: PeriodId,
    ) -> Result<(&Period, &RegimeVersion, Rules<'_>), Refusal> {
        let period = self.periods.get(&period);
        let period = period.ok_or_else(|| Refusal::not_found("period"))?;
        let version = self.regimes.get(&period.regime);
        let version = version.ok_or_else(|| Refusal::not_found("regime"))?;
        let rules = version.rules(period.kind);
        let rules = rules.ok_or_else(|| Refusal::not_found("regime"))?;
        if !rules.is_judged() {
            return Err(Refusal::NeverJudged);
        }
        Ok((period, version, rules))
    }

    /// Minutes east of UTC of the company's zone; Asia/Shanghai until it is founded.
    pub fn utc_offset(&self) -> i32 {
        self.company
            .as_ref()
            .map_or(480, |company| company.utc_offset)
    }

    /// Lists the assignments of a person in force on a day.
    pub fn assignments_of(&self, person: PersonId, day: Day) -> impl Iterator<Item = &Assignment> {
        self.assignments
            .values()
            .filter(move |a| a.person == person && a.in_force.covers(day))
    }

    /// The posts that are in force on one of some days.
    pub fn assignments_within(&self, days: InForce) -> impl Iterator<Item = &Assignment> {
        let posts = self.assignments.values();
        posts.filter(move |post| post.in_force.meets(&days))
    }

    /// Says whether the person belonged to the unit on one of some days.
    pub fn was_member(&self, person: PersonId, unit: UnitId, days: InForce) -> bool {
        self.assignments_within(days)
            .any(|post| (post.person, post.unit) == (person, unit))
    }

    /// Says whether the person belongs to the unit on that day.
    pub fn is_member(&self, person: PersonId, unit: UnitId, day: Day) -> bool {
        self.assignments_of(person, day).any(|a| a.unit == unit)
    }

    /// Says whether the person leads the unit on that day, in any tenure.
    pub fn is_head(&self, person: PersonId, unit: UnitId, day: Day) -> bool {
        self.assignments_of(person, day)
            .any(|a| a.unit == unit && a.heads)
    }

    /// Names the head of the unit on that day.
    ///
    /// An acting head stands before the one who is represented; among equals the earlier
    /// assignment decides, so that every replica names the same person.
    pub fn head(&self, unit: UnitId, day: Day) -> Option<PersonId> {
        self.assignments
            .values()
            .filter(|a| a.unit == unit && a.heads && a.in_force.covers(day))
            .min_by_key(|a| (a.tenure != Tenure::Acting, a.tenure, a.in_force.from, a.id))
            .map(|a| a.person)
    }

    /// Names who stands in for a vacant head on that day: the head one level up, or further; `None`
    /// where the unit has a head, or nobody is above.
    pub fn stand_in(&self, unit: UnitId, day: Day) -> Option<PersonId> {
        if self.head(unit, day).is_some() {
            return None;
        }
        self.upwards(unit).find_map(|above| self.head(above, day))
    }

    /// Names the superior 上级 who approves and judges what `person` does for `unit` on that day.
    ///
    /// An administrative reporting line decides; else the nearest head above. Who leads the unit
    /// looks above it: neither a deputy nor a second head of one's own unit is one's superior.
    /// Where a head is missing, the one a level up acts.
    pub fn superior(&self, person: PersonId, unit: UnitId, day: Day) -> Option<PersonId> {
        let line = self.superior_by_line(person, day);
        line.or_else(|| self.heads_above(person, unit, day).next())
    }

    /// Names the superior to whom an administrative reporting line leads on that day.
    pub fn superior_by_line(&self, person: PersonId, day: Day) -> Option<PersonId> {
        self.lines
            .values()
            .filter(|l| l.person == person && l.line == Line::Administrative)
            .filter(|l| l.in_force.covers(day) && l.superior != person)
            .min_by_key(|l| (l.in_force.from, l.id))
            .map(|l| l.superior)
    }

    /// Lists the heads from `unit` upwards, without the units that `person` leads and the person.
    pub fn heads_above(
        &self,
        person: PersonId,
        unit: UnitId,
        day: Day,
    ) -> impl Iterator<Item = PersonId> {
        self.upwards(unit)
            .filter(move |unit| !self.is_head(person, *unit, day))
            .filter_map(move |unit| self.head(unit, day))
            .filter(move |head| *head != person)
    }

    /// Walks from a unit to the root; a cycle, which commands refuse to make, would end the walk.
    pub fn upwards(&self, unit: UnitId) -> impl Iterator<Item = UnitId> {
        let mut next = Some(unit);
        let mut left = self.units.len() + 1;
        std::iter::from_fn(move || {
            let here = next?;
            left = left.checked_sub(1)?;
            next = self.units.get(&here).and_then(|unit| unit.parent);
            Some(here)
        })
    }

    /// Says whether the person holds the office on that day.
    pub fn holds(&self, person: PersonId, office: Office, day: Day) -> bool {
        self.appointments
            .values()
            .any(|a| a.person == person && a.office == office && a.in_force.covers(day))
    }
}
