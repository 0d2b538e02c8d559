//! The journeys, each a promise to a person.

mod opens_offline;
