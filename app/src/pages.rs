//! The screens, one file each; a screen reads the world, and changes it by commands alone.

mod absence;
mod calendars;
pub(crate) mod chunks;
mod derivation;
mod entry;
mod form;
mod help;
mod home;
mod import;
mod judging;
mod lateness;
mod me;
mod not_found;
mod order;
mod organisation;
mod periods;
mod plan;
mod plans;
mod regime;
mod report;
mod result;
mod review;
mod scoring;
mod sync;
mod tasks;
mod timeliness;

pub(crate) mod gate;

pub(crate) use absence::Absences;
pub(crate) use calendars::Calendars;
pub(crate) use home::Home;
pub(crate) use import::Import;
pub(crate) use judging::JudgingPage;
pub(crate) use lateness::Lateness;
pub(crate) use me::Me;
pub(crate) use not_found::NotFound;
pub(crate) use organisation::{AsOf, OrganisationPage, PersonPage, UnitPage};
pub(crate) use periods::{PeriodPage, Periods};
pub(crate) use plan::{PlanPage, sides};
pub(crate) use plans::Plans;
pub(crate) use regime::RegimePage;
pub(crate) use report::{ReportPage, Reports};
pub(crate) use result::ResultPage;
pub(crate) use review::Review;
pub(crate) use sync::SyncCentre;
pub(crate) use tasks::waiting_count;
