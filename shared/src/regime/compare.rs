//! Two regimes line by line: what the one says and the other does not.
//!
//! Entries of lists are matched by what names them (their key, kind or step), never by their place,
//! so that an entry that moved is no difference in all that follow it.

use serde_json::Value;

use super::document::Regime;
use super::schema::escaped;

/// A line on which two documents differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The place in the new document; in the old one where the new one has none.
    pub place: String,
    /// What the old one says; `None` where it says nothing.
    pub old: Option<Value>,
    /// What the new one says; `None` where it says nothing.
    pub new: Option<Value>,
}

/// All lines on which two regimes differ, in the order of the new one.
///
/// What stands on one side only is one line with all that it holds. A list whose common entries
/// stand in another order is one line besides, at the list's own place.
pub fn lines(old: &Regime, new: &Regime) -> Vec<Difference> {
    let tree = |regime| serde_json::to_value(regime).expect("a regime serialises");
    let mut found = Vec::new();
    compare(&mut found, "", &tree(old), &tree(new));
    found
}

fn compare(found: &mut Vec<Difference>, at: &str, old: &Value, new: &Value) {
    match (old, new) {
        (Value::Object(before), Value::Object(after)) => {
            for (name, new) in after {
                let place = format!("{at}/{}", escaped(name));
                match before.get(name) {
                    Some(old) => compare(found, &place, old, new),
                    None => add(found, place, None, Some(new)),
                }
            }
            for (name, old) in before {
                if !after.contains_key(name) {
                    add(found, format!("{at}/{}", escaped(name)), Some(old), None);
                }
            }
        }
        (Value::Array(before), Value::Array(after)) => compare_lists(found, at, before, after),
        _ if old != new => add(found, at.to_owned(), Some(old), Some(new)),
        _ => {}
    }
}

fn compare_lists(found: &mut Vec<Difference>, at: &str, before: &[Value], after: &[Value]) {
    let named = |list: &[Value]| -> Option<Vec<String>> { list.iter().map(name).collect() };
    let (Some(new_keys), Some(old_keys)) = (named(after), named(before)) else {
        // Entries without a name are a list of plain values: the whole of it is the line.
        if before != after {
            let whole = |list: &[Value]| Value::Array(list.to_vec());
            add(
                found,
                at.to_owned(),
                Some(&whole(before)),
                Some(&whole(after)),
            );
        }
        return;
    };
    let mut matched = Vec::new();
    for (nth, (name, new)) in new_keys.iter().zip(after).enumerate() {
        let place = format!("{at}/{nth}");
        // The same name may stand twice in a document that nobody validated yet.
        let same = |(nth, other): &(usize, &String)| *other == name && !matched.contains(nth);
        match old_keys.iter().enumerate().find(same) {
            Some((was, _)) => {
                matched.push(was);
                compare(found, &place, &before[was], new);
            }
            None => add(found, place, None, Some(new)),
        }
    }
    if !matched.is_sorted() {
        let order = |names: &[String]| Value::from(names.to_vec());
        add(
            found,
            at.to_owned(),
            Some(&order(&old_keys)),
            Some(&order(&new_keys)),
        );
    }
    for (nth, old) in before.iter().enumerate() {
        if !matched.contains(&nth) {
            add(found, format!("{at}/{nth}"), Some(old), None);
        }
    }
}

/// What names an entry of a list of objects.
fn name(entry: &Value) -> Option<String> {
    if entry.is_string() {
        return Some(entry.to_string());
    }
    let members = entry.as_object()?;
    let names = ["key", "band", "act", "step", "who", "method", "at", "kind"];
    let found = names.iter().find_map(|name| members.get(*name));
    found.map(Value::to_string)
}

fn add(found: &mut Vec<Difference>, place: String, old: Option<&Value>, new: Option<&Value>) {
    found.push(Difference {
        place,
        old: old.cloned(),
        new: new.cloned(),
    });
}
