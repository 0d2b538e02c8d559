//! The journeys, each a promise to a person.

mod brings_a_sheet_in;
mod draft_on_the_train;
mod draws_from_the_pool;
mod enters_a_rule_text;
mod every_screen;
mod finds_by_initials;
mod first_plan;
mod hands_over_to_payroll;
mod holds_a_meeting;
mod joins_by_invitation;
mod keeps_the_contract;
mod keeps_the_ledger;
mod lives_a_week_in_a_month;
mod looks_after_the_server;
mod month;
mod no_rights;
mod opens_offline;
mod pictures;
mod shapes_the_organisation;
mod shows_the_work;
mod signs_in;
mod takes_turns;
mod tries_on_a_past_period;
mod trusts_the_server;
mod two_devices;
mod writes_a_plan;
