//! Settings: the example file is the truth about defaults, and slips of the pen are refused.

use ::server::config::Config;

#[test]
fn the_example_lists_every_setting_with_its_default() {
    let example = include_str!("../../config.example.toml");
    assert_eq!(Config::parse(example).unwrap(), Config::default());
    let written: toml::Table = toml::from_str(example).unwrap();
    let whole = toml::Table::try_from(Config::default()).unwrap();
    assert_eq!(
        written, whole,
        "a setting is missing in the example, or is there twice"
    );
}

#[test]
fn an_unknown_setting_is_refused() {
    assert!(Config::parse("[http]\nprot = 80\n").is_err());
    assert!(Config::parse("[htpp]\n").is_err());
    assert!(Config::parse("[http]\nport = 70000\n").is_err());
}

#[test]
fn what_is_not_named_keeps_its_default() {
    let config = Config::parse("[http]\nport = 9000\n").unwrap();
    assert_eq!(config.http.port, 9000);
    assert_eq!(config.limits, Config::default().limits);
}
