//! Journeys of people, in a real browser against the real server.
//!
//! One journey for each promise to a person, named for it. To add one, add a file to `journeys`.

mod bench;
mod browser;
mod colleague;
mod device;
mod devtools;
mod factory;
mod hands;
mod journeys;
mod person;
mod server;
mod story;
