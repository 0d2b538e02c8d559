//! What can be asked, one resource a file.

mod account;
mod devices;
mod health;
mod import;
mod install;
mod installation;
mod session;
mod sync;
mod unexecuted;
