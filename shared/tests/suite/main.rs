//! The tests of the domain: one binary, one file per noun, named as its source is.

#![cfg(test)]

mod prelude;
mod server;
mod spot_check;
mod story;

mod appeal;
mod archive;
mod baseline;
mod calendar;
mod carry;
mod change_request;
mod chart;
mod closing;
mod compare;
mod copy;
mod covered;
mod deadline;
mod engine_3;
mod evidence;
mod firm;
mod first_steps;
mod format_1;
mod given_grade;
mod golden;
mod help;
mod hints;
mod import;
mod indicator;
mod item;
mod laws;
mod ledger;
mod limits;
mod month;
mod nested;
mod no_plan;
mod notice;
mod objection;
mod operator;
mod organisation;
mod packs;
mod pages;
mod payroll;
mod permission;
mod plain;
mod plan;
mod pool;
mod preset;
mod proposal;
mod public_list;
mod quantify;
mod raters;
mod rating;
mod regime;
mod reminder;
mod replay;
mod report;
mod restored;
mod result;
mod revealed;
mod rollup;
mod rule_text;
mod samples;
mod schedule;
mod score;
mod seal;
mod search;
mod signing;
mod smart_monthly;
mod three_sections;
mod today;
mod unapplied;
mod undo;
mod weight;
mod whatif;
mod wire;
mod world;

#[test]
fn no_test_file_is_forgotten() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite");
    let listed = include_str!("main.rs");
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if let Some(module) = name.strip_suffix(".rs").filter(|module| *module != "main") {
            assert!(
                listed.contains(&format!("mod {module};")),
                "{name} is not a module of main.rs"
            );
        }
    }
}
