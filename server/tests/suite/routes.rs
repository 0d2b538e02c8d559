//! What can be asked, one resource a file.

mod account;
pub(crate) mod attachment;
mod devices;
mod health;
mod import;
mod install;
mod installation;
mod invitation;
mod presets;
mod session;
mod sync;
mod unexecuted;
mod upkeep;
