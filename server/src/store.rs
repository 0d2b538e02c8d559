//! What the server keeps, and how it fails.
//!
//! One engine today: SQLite in one file. Its statements are written so that PostgreSQL can run
//! them too; each stands in a file of its own below `store/sqlite/`.

use std::fmt;

pub mod account;
pub mod attachment;
pub mod backup;
mod changes;
mod device;
pub mod invitation;
pub mod job;
pub mod log;
pub mod overview;
pub mod sqlite;
pub mod sync;

/// Why the store did not do what it was asked.
#[derive(Debug)]
pub enum Error {
    /// It was busy or full; nothing was written, and trying again may help.
    Passing(String),
    /// It is broken, or holds what this program cannot have written.
    Broken(String),
}

impl Error {
    /// Says whether trying again may help.
    pub const fn is_passing(&self) -> bool {
        matches!(self, Self::Passing(_))
    }

    /// Says that a kept value cannot be read.
    pub fn unreadable(what: &str) -> Self {
        Self::Broken(format!("the store holds an unreadable {what}"))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Passing(how) | Self::Broken(how) => f.write_str(how),
        }
    }
}

impl std::error::Error for Error {}
