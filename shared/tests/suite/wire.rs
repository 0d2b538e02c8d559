//! The wire: one kept example of everything that is sent or stored, which must be read for ever.
//!
//! The examples under `wire/` are never edited. `UPDATE_WIRE=1 cargo test -p shared wire` writes
//! those that are missing, from the values below; it never replaces one.

mod after;
mod change;
mod closing;
mod command;
mod evidence;
mod ledger;
mod payroll;
mod refusal;
mod row;
mod seal;
mod signing;
mod time;
mod unapplied;

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use shared::command::{Command, MadeCommand};

fn folder(kind: &str) -> PathBuf {
    [
        env!("CARGO_MANIFEST_DIR"),
        "tests",
        "suite",
        "wire",
        "v1",
        kind,
    ]
    .iter()
    .collect()
}

/// The kept examples of a folder, by file name without its ending.
fn kept(kind: &str) -> BTreeMap<String, String> {
    let files = std::fs::read_dir(folder(kind))
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let example = |path: PathBuf| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        (name, std::fs::read_to_string(path).unwrap())
    };
    files.map(example).collect()
}

/// Compares the kept examples with values of today, name by name.
fn compare(kind: &str, today: BTreeMap<String, Value>) {
    if std::env::var_os("UPDATE_WIRE").is_some() {
        for (name, value) in &today {
            let path = folder(kind).join(format!("{name}.json"));
            if !path.exists() {
                let text = serde_json::to_string_pretty(value).unwrap();
                std::fs::write(path, text + "\n").unwrap();
            }
        }
    }
    let kept = kept(kind);
    for (name, value) in today {
        let text = kept
            .get(&name)
            .unwrap_or_else(|| panic!("{kind}/{name} has no kept example"));
        assert_eq!(
            serde_json::from_str::<Value>(text).unwrap(),
            value,
            "{kind}/{name}"
        );
    }
}

/// Names examples by their kinds; a later shape of a kind stands beside the first as `kind_2`.
fn numbered(examples: impl IntoIterator<Item = (String, Value)>) -> BTreeMap<String, Value> {
    let mut named = BTreeMap::new();
    for (kind, value) in examples {
        let others = (2..).map(|number| format!("{kind}_{number}"));
        let mut free = std::iter::once(kind.clone()).chain(others);
        let name = free.find(|name| !named.contains_key(name)).unwrap();
        named.insert(name, value);
    }
    named
}

/// A kept row, read as rows are read today.
fn kept_row(name: &str) -> shared::row::Row {
    serde_json::from_str(&kept("row")[name]).unwrap()
}

/// A kept command, read as commands are read today.
fn kept_command(name: &str) -> Command {
    MadeCommand::read(&kept("command")[name]).unwrap().command
}

/// A regime document of format 2.
fn rule_text() -> shared::regime::Document {
    let text = include_str!("../data/regime/a-b-c-minus-d.json");
    serde_json::from_str(text).unwrap()
}

/// Every kept example is read and written again as the very same value.
fn reread<T: Serialize + DeserializeOwned>(kind: &str) {
    for (name, text) in kept(kind) {
        let read: T = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{kind}/{name}: {e}"));
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::to_value(read).unwrap(), value, "{kind}/{name}");
    }
}

/// The name under which an example of a kind is kept: the first version has the bare word.
fn file((kind, version): (&str, u16)) -> String {
    match version {
        1 => kind.to_owned(),
        _ => format!("{kind}@{version}"),
    }
}

#[test]
fn every_command_kind_has_an_example() {
    let value = |made: &MadeCommand| serde_json::from_str(&made.write().unwrap()).unwrap();
    let today = command::examples();
    let named = today
        .iter()
        .map(|made| (file(made.command.kind()), value(made)));
    compare("command", numbered(named));
    for (kind, version) in Command::KINDS {
        assert!(
            today
                .iter()
                .any(|made| made.command.kind() == (*kind, *version)),
            "{kind}@{version} has no example"
        );
    }
}

#[test]
fn kept_commands_are_read_and_written_the_same() {
    for (name, text) in kept("command") {
        let made = MadeCommand::read(&text).unwrap_or_else(|e| panic!("{name}: {e:?}"));
        let value: Value = serde_json::from_str(&text).unwrap();
        // Of an older version only the meaning is kept; `upcasts_keep_the_meaning` looks at it.
        if value["kind_ver"] == made.command.kind().1 {
            let again: Value = serde_json::from_str(&made.write().unwrap()).unwrap();
            assert_eq!(again, value, "{name}");
        }
    }
}

#[test]
fn upcasts_keep_the_meaning() {
    let read = |name: &str| MadeCommand::read(&kept("command")[name]).unwrap().command;
    let Command::EditItem(args) = read("edit_item") else {
        panic!("the kind is edit_item");
    };
    let helpers = args.edits.iter().find_map(|edit| match edit {
        shared::item::ItemEdit::Helpers(edit) => Some((edit.old.clone(), edit.new.clone())),
        _ => None,
    });
    assert_eq!(helpers, Some((vec![], vec![crate::prelude::STORE])));
    assert_eq!(args.edits.len(), 11);
    let Command::EditItem(args) = read("edit_item@2") else {
        panic!("the kind is edit_item");
    };
    assert_eq!(args.edits.len(), 14);
    let Command::ReportItem(args) = read("report_item") else {
        panic!("the kind is report_item");
    };
    assert_eq!(
        (args.of, args.reason.as_str(), args.paper),
        (None, "", false)
    );
    assert_eq!(args.note, "已验收");
    for (name, text) in kept("command") {
        // Documents of format 1 were handed in by version 1, and by version 2 as they were.
        if name.starts_with("adopt_regime") {
            let value: Value = serde_json::from_str(&text).unwrap();
            let Command::AdoptRegime(args) = read(&name) else {
                panic!("the kind is adopt_regime");
            };
            let again = serde_json::to_value(&args.regime).unwrap();
            assert_eq!(again, value["args"]["regime"], "{name}");
        }
    }
}

#[test]
fn every_row_kind_has_an_example() {
    let today = row::examples();
    let named = today.iter().map(|row| {
        (
            row.key().kind.word().to_owned(),
            serde_json::to_value(row).unwrap(),
        )
    });
    compare("row", numbered(named));
    let seen: std::collections::BTreeSet<usize> = today.iter().map(row::place).collect();
    assert!(seen.into_iter().eq(0..row::KINDS));
    reread::<shared::row::Row>("row");
}

#[test]
fn every_refusal_has_an_example() {
    let today = refusal::examples();
    let named = today.iter().map(|refusal| {
        let value = serde_json::to_value(refusal).unwrap();
        (value["code"].as_str().unwrap().to_owned(), value)
    });
    compare("refusal", named.collect());
    let seen: std::collections::BTreeSet<usize> = today.iter().map(refusal::place).collect();
    assert!(seen.into_iter().eq(0..refusal::CODES));
    reread::<shared::refusal::Refusal>("refusal");
}

#[test]
fn what_cannot_be_read_is_refused_by_its_kind() {
    use shared::refusal::Refusal;
    let made = r#""made":{"device_wall":0,"est_server_time":0,"tz":480}"#;
    let read = |text: &str| MadeCommand::read(text).unwrap_err();
    let unknown = format!(r#"{{"kind":"fly","kind_ver":1,"args":{{}},{made}}}"#);
    assert_eq!(
        read(&unknown),
        Refusal::UnknownKind {
            kind: "fly@1".into()
        }
    );
    let newer = format!(r#"{{"kind":"weigh","kind_ver":2,"args":{{}},{made}}}"#);
    assert_eq!(
        read(&newer),
        Refusal::UnknownKind {
            kind: "weigh@2".into()
        }
    );
    let extra = kept("command")["weigh"].replace("\"plan\"", "\"colour\": 1, \"plan\"");
    assert!(matches!(read(&extra), Refusal::Malformed { .. }));
    for broken in ["", "{", "[]", "null"] {
        assert!(
            matches!(read(broken), Refusal::Malformed { .. }),
            "{broken}"
        );
    }
    let most = shared::command::MOST_COMMAND_BYTES as u64;
    let limit = "command_bytes".to_owned();
    let huge = " ".repeat(64 * 1024 + 1);
    assert_eq!(read(&huge), Refusal::LimitPassed { limit, most });
}
