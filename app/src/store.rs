//! Where a person's work is kept on this device: the shared storage contract over the browser.
//!
//! Three databases a person: what the person wrote, the server's rows, and the files of evidence. When neither opening
//! again nor retrying helps, a small spill in localStorage is the last resort, and the person is
//! told that the work is not saved.

mod ending;
pub(crate) mod evidence;
pub(crate) mod folding;
pub(crate) mod here;
pub(crate) mod indexed_db;
mod reading;
pub(crate) mod spill;
mod words;
mod writing;
