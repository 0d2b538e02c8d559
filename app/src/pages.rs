//! The screens, one file each; a screen reads the world, and changes it by commands alone.

pub(crate) mod chunks;
mod home;
mod import;
mod judging;
mod me;
mod not_found;
mod order;
mod organisation;
mod plan;
mod plans;
mod report;
mod result;
mod review;
mod scoring;
mod sync;
mod tasks;

pub(crate) mod gate;

pub(crate) use home::Home;
pub(crate) use import::Import;
pub(crate) use judging::JudgingPage;
pub(crate) use me::Me;
pub(crate) use not_found::NotFound;
pub(crate) use organisation::OrganisationPage;
pub(crate) use plan::PlanPage;
pub(crate) use plans::Plans;
pub(crate) use report::{ReportPage, Reports};
pub(crate) use result::ResultPage;
pub(crate) use review::Review;
pub(crate) use sync::SyncCentre;
pub(crate) use tasks::waiting_count;
