//! The checkers: one promise each, stated again without the code that keeps it.

pub(crate) mod authority;
pub(crate) mod confidentiality;
pub(crate) mod convergence;
pub(crate) mod exactly_once;
pub(crate) mod monotone;
pub(crate) mod nothing_lost;
pub(crate) mod ties;

/// What a checker found: nothing, or the broken promise in a sentence.
pub(crate) type Verdict = Result<(), String>;
