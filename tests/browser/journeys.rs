//! The journeys, each a promise to a person.

mod draft_on_the_train;
mod opens_offline;
