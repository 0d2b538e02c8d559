//! The house rules, as tests: what a reviewer would otherwise have to remember.
//!
//! Each rule is a function from the tree to a list of faults, and each has a second test that
//! shows it a fault, so that a rule which no longer looks is noticed. To add a rule, add a
//! function beside its kind and two tests.

mod arrows;
mod colours;
mod documents;
mod settings;
mod sources;
mod tree;

use tree::Tree;

/// Fails with every fault, one a line.
fn expect_none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn sources_open_with_what_they_are_and_stay_short() {
    expect_none(&sources::shape(&Tree::read()));
}

#[test]
fn nothing_is_left_for_later() {
    expect_none(&sources::left_for_later(&Tree::read()));
}

#[test]
fn nothing_tells_of_the_workshop() {
    expect_none(&sources::workshop(&Tree::read()));
}

#[test]
fn words_on_the_screen_stand_in_the_catalogue() {
    expect_none(&sources::words_outside_the_catalogue(&Tree::read()));
}

#[test]
fn the_program_names_no_regime() {
    let tree = Tree::read();
    let keys = sources::regime_keys(&tree);
    assert!(keys.len() > 15, "{keys:?}");
    expect_none(&sources::named_regimes(&tree, &keys));
}

#[test]
fn arrows_point_one_way() {
    expect_none(&arrows::faults(&arrows::packages()));
}

#[test]
fn colours_stand_in_the_tokens_alone() {
    expect_none(&colours::faults(&Tree::read()));
}

#[test]
fn documents_name_what_exists() {
    expect_none(&documents::faults(&Tree::read()));
}

#[test]
fn clippy_files_start_with_the_rules_of_the_root() {
    expect_none(&settings::clippy(&Tree::read()));
}

#[test]
fn migrations_are_numbered_without_a_gap() {
    expect_none(&settings::migrations(&Tree::read()));
}
