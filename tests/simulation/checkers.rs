//! The checkers: one promise each, stated again without the code that keeps it.
//!
//! Most look at what stands when a run has become quiet; [`flicker`] and [`monotone`] look at each
//! write of a device, [`confidentiality`] at each answer, and [`time`] at two runs side by side.

pub(crate) mod authority;
pub(crate) mod confidentiality;
pub(crate) mod convergence;
pub(crate) mod exactly_once;
pub(crate) mod flicker;
mod hearing;
pub(crate) mod lane_order;
pub(crate) mod liveness;
pub(crate) mod loss_noticed;
pub(crate) mod monotone;
pub(crate) mod nothing_lost;
pub(crate) mod refusals_seen;
pub(crate) mod replay;
pub(crate) mod restore;
pub(crate) mod signatures;
pub(crate) mod ties;
pub(crate) mod time;

/// What a checker found: nothing, or the broken promise in a sentence.
pub(crate) type Verdict = Result<(), String>;
