//! The published JSON Schema of regimes, and reading a document by it.
//!
//! The schema is the one table of fields: the reader finds by it what a document has and should not
//! have, each with its place, before the types read it; and forms are made from it. A test holds it
//! against what the types themselves read.

use std::sync::OnceLock;

use serde_json::{Map, Value};

use super::document::{Document, FORMAT, Regime};
use super::finding::{Finding, Findings, Problem};
use super::v1;

/// The schema as it is published.
pub const TEXT: &str = include_str!("schema.json");

/// The longest text that is read, in bytes.
pub const MOST_BYTES: usize = 1 << 20;

/// The schema.
pub fn schema() -> &'static Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    SCHEMA.get_or_init(|| serde_json::from_str(TEXT).expect("the schema is JSON"))
}

/// The definition of a type by its name, or the schema of a place with its reference followed.
pub fn followed(schema: &'static Value) -> &'static Value {
    named_by(schema).map_or(schema, definition)
}

/// The name of the type to which a schema refers.
pub fn named_by(schema: &'static Value) -> Option<&'static str> {
    let name = schema.get("$ref")?.as_str()?;
    name.strip_prefix("#/$defs/")
}

/// The definition of a type; one that there is not admits anything.
pub fn definition(name: &str) -> &'static Value {
    static ANYTHING: Value = Value::Bool(true);
    schema()
        .get("$defs")
        .and_then(|defs| defs.get(name))
        .unwrap_or(&ANYTHING)
}

/// The variants of a type of which one is meant: the words alone, and those with something inside.
pub fn variants(of: &'static Value) -> (Vec<&'static str>, Vec<(&'static str, &'static Value)>) {
    let (mut words, mut inner) = (words(of), Vec::new());
    for one in of
        .get("oneOf")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        words.extend(self::words(one));
        let members = one.get("properties").and_then(Value::as_object);
        inner.extend(
            members
                .into_iter()
                .flatten()
                .map(|(key, of)| (key.as_str(), of)),
        );
    }
    (words, inner)
}

fn words(of: &'static Value) -> Vec<&'static str> {
    let list = of.get("enum").and_then(Value::as_array);
    list.into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

/// Reads a document of either format from JSON.
///
/// What the format does not know is found with its place. What is read may still contradict itself:
/// [`super::document::Document::findings`] says so.
pub fn read(text: &str) -> Result<Document, Vec<Finding>> {
    let one = |problem| {
        vec![Finding {
            place: String::new(),
            problem,
        }]
    };
    if text.len() > MOST_BYTES {
        let most = MOST_BYTES.to_string();
        return Err(one(Problem::TooLarge { most }));
    }
    let unreadable = |error: serde_json::Error| {
        let line = u32::try_from(error.line()).unwrap_or(u32::MAX);
        one(Problem::Unreadable { line })
    };
    // A file that was saved by an editor of texts may begin with a mark of its encoding.
    let text = text.trim_start_matches('\u{feff}');
    let value: Value = serde_json::from_str(text).map_err(unreadable)?;
    let format = value.get("format").and_then(Value::as_u64);
    if format == Some(1) {
        let regime: v1::Regime = serde_json::from_str(text).map_err(unreadable)?;
        return Ok(Document::V1(Box::new(regime)));
    }
    if format.is_some_and(|format| format != u64::from(FORMAT)) {
        return Err(vec![Finding {
            place: "/format".to_owned(),
            problem: Problem::UnknownFormat { must: FORMAT },
        }]);
    }
    read_value(value).map(|regime| Document::V2(std::sync::Arc::new(regime)))
}

/// Reads a regime of format 2 from a JSON tree.
pub fn read_value(value: Value) -> Result<Regime, Vec<Finding>> {
    let findings = against(&value, "Regime");
    if !findings.is_empty() {
        return Err(findings);
    }
    serde_json::from_value(value).map_err(|_| {
        vec![Finding {
            place: String::new(),
            problem: Problem::Unreadable { line: 0 },
        }]
    })
}

/// Holds a JSON tree against the definition of a type.
pub fn against(value: &Value, name: &str) -> Vec<Finding> {
    let mut findings = Findings::default();
    check(&mut findings, "", value, definition(name));
    findings.into_list()
}

fn check(findings: &mut Findings, at: &str, value: &Value, schema: &'static Value) {
    let schema = followed(schema);
    let Some(must) = schema.get("type").and_then(Value::as_str) else {
        let (words, inner) = variants(schema);
        return check_variant(findings, at, value, (&words, &inner));
    };
    match (must, value) {
        ("object", Value::Object(members)) => check_members(findings, at, members, schema),
        ("array", Value::Array(list)) => check_list(findings, at, list, schema),
        ("string", Value::String(text)) => {
            // The one pattern is that of identities.
            let id = |text: &str| {
                text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
            };
            if schema.get("pattern").is_some() && !id(text) {
                findings.add(at, Problem::BadKey);
            }
        }
        ("boolean", Value::Bool(_)) => {}
        ("integer", Value::Number(number)) if number.as_i64().is_some() => {
            let bound = |name| schema.get(name).and_then(Value::as_i64);
            let range = (
                bound("minimum").unwrap_or(i64::MIN),
                bound("maximum").unwrap_or(i64::MAX),
            );
            findings.between(at, number.as_i64().unwrap_or_default(), range);
        }
        _ => {
            let must = must.to_owned();
            findings.add(at, Problem::WrongType { must });
        }
    }
}

/// Variants that stand for themselves, and variants by name with what they hold.
type Variants<'v> = (&'v [&'static str], &'v [(&'static str, &'static Value)]);

fn check_variant(findings: &mut Findings, at: &str, value: &Value, (words, inner): Variants<'_>) {
    match value {
        Value::String(word) if words.contains(&word.as_str()) => return,
        Value::Object(members) if members.len() == 1 => {
            let named = members.iter().next();
            let named = named.and_then(|(name, value)| {
                let known = inner.iter().find(|(one, _)| one == name);
                known.map(|(name, schema)| (name, value, schema))
            });
            if let Some((name, value, schema)) = named {
                return check(findings, &format!("{at}/{name}"), value, schema);
            }
        }
        _ => {}
    }
    let names = inner.iter().map(|(name, _)| *name);
    let all: Vec<&str> = words.iter().copied().chain(names).collect();
    let must = all.join(" | ");
    findings.add(at, Problem::WrongType { must });
}

fn check_members(
    findings: &mut Findings,
    at: &str,
    members: &Map<String, Value>,
    schema: &'static Value,
) {
    let Some(known) = schema.get("properties").and_then(Value::as_object) else {
        return;
    };
    for (name, value) in members {
        let place = format!("{at}/{}", escaped(name));
        if let Some(schema) = known.get(name) {
            check(findings, &place, value, schema);
            continue;
        }
        let free = known.keys().filter(|key| !members.contains_key(*key));
        let near = free
            .map(|key| (distance(key, name), key))
            .filter(|(distance, key)| *distance <= 1 + key.len() / 4)
            .min();
        let near = near.map(|(_, key)| key.clone());
        let field = name.clone();
        findings.add(place, Problem::UnknownField { field, near });
    }
    let required = schema.get("required").and_then(Value::as_array);
    for field in required.into_iter().flatten().filter_map(Value::as_str) {
        if !members.contains_key(field) {
            let field = field.to_owned();
            findings.add(at, Problem::Missing { field });
        }
    }
}

fn check_list(findings: &mut Findings, at: &str, list: &[Value], schema: &'static Value) {
    let must = schema.get("minItems").and_then(Value::as_u64);
    let must = must.and_then(|must| usize::try_from(must).ok());
    if let Some(must) = must {
        findings.wrong_count(at, list.len(), must);
    }
    let Some(items) = schema.get("items") else {
        return;
    };
    for (nth, value) in list.iter().enumerate() {
        check(findings, &format!("{at}/{nth}"), value, items);
    }
}

/// A member's name as a token of a JSON pointer.
pub fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// How many letters have to be put in, taken out or exchanged to make one word of another.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (nth, letter) in one.chars().take(64).enumerate() {
        let mut diagonal = row[0];
        row[0] = nth + 1;
        for (column, with) in other.iter().enumerate() {
            let exchanged = diagonal + usize::from(letter != *with);
            diagonal = row[column + 1];
            row[column + 1] = exchanged.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}
