//! The journeys, each a promise to a person.

mod brings_a_sheet_in;
mod draft_on_the_train;
mod no_rights;
mod opens_offline;
mod signs_in;
mod two_devices;
