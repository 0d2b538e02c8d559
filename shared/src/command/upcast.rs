//! Upcasters: arguments of older versions of a kind, brought into the shape of the next.
//!
//! A phone may hand in its work for four hundred days, and the log is read for ever; so a version
//! that was ever sent keeps its reader, and the rules know the newest shape only.

use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

/// Arguments of `kind` in the version after `version`; `None` where there is no such step.
pub(super) fn upcast(
    kind: &str,
    version: u16,
    args: &RawValue,
) -> Option<Result<Box<RawValue>, serde_json::Error>> {
    let step: fn(&mut Value) = match (kind, version) {
        ("edit_item", 1) => several_helpers,
        // Version 3 adds edits of further fields.
        ("edit_item", 2) => |_| (),
        // Version 2 adds whose act it is; without it the report is the actor's own.
        ("report_item", 1) => |_| (),
        // Version 2 takes documents of format 2 beside those of format 1, which it reads as they were.
        ("adopt_regime", 1) => |_| (),
        _ => return None,
    };
    let upcast = || {
        let mut args: Value = serde_json::from_str(args.get())?;
        step(&mut args);
        to_raw_value(&args)
    };
    Some(upcast())
}

/// Version 1 had at most one helping unit.
fn several_helpers(args: &mut Value) {
    let edits = args.get_mut("edits").and_then(Value::as_array_mut);
    for edit in edits.into_iter().flatten() {
        if edit["field"] != "helper" {
            continue;
        }
        edit["field"] = "helpers".into();
        for side in ["old", "new"] {
            let unit = edit[side].take();
            edit[side] = Value::Array(if unit.is_null() { vec![] } else { vec![unit] });
        }
    }
}
