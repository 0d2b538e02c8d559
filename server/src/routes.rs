//! What can be asked of the server, one resource a file.

pub mod account;
pub mod attachment;
pub mod devices;
pub mod first_steps;
pub mod health;
pub mod import;
pub mod install;
pub mod installation;
pub mod invitation;
pub mod jobs;
pub mod presets;
pub mod session;
pub mod site;
pub mod sync;
pub mod unapplied;
pub mod unexecuted;
pub mod upkeep;
pub mod whatif;
