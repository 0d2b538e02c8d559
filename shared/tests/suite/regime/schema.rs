//! The published schema is what the types read: every field and variant of the one is in the other.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde::{Deserialize, forward_to_deserialize_any};
use serde_json::Value;
use shared::regime::document::Regime;
use shared::regime::schema;
use shared::regime::tariff::TariffSheet;

use super::validated::TEXTS;

/// What types say of themselves when they are read.
#[derive(Default)]
struct Seen {
    /// The fields of each structure; those of a variant stand under `Type.variant`.
    fields: BTreeMap<String, BTreeSet<&'static str>>,
    /// The variants of each enumeration.
    variants: BTreeMap<&'static str, BTreeSet<&'static str>>,
    /// How often each enumeration was read, so that its variants take turns.
    turns: BTreeMap<&'static str, usize>,
}

#[derive(Debug)]
struct Stopped(String);

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Stopped {}

impl Error for Stopped {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// Reads a type from nothing: whatever it asks for is there, and what it asks for is noted.
#[derive(Clone, Copy)]
struct Probe<'s> {
    seen: &'s RefCell<Seen>,
    depth: usize,
}

impl Probe<'_> {
    /// Deep enough for every type, and no deeper: parts hold parts.
    const DEEPEST: usize = 24;

    fn below(self) -> Self {
        let depth = self.depth + 1;
        Self { depth, ..self }
    }
}

/// The entries of a structure that are still to be given.
struct Members<'s> {
    probe: Probe<'s>,
    left: Vec<&'static str>,
}

impl<'de> MapAccess<'de> for Members<'_> {
    type Error = Stopped;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Stopped> {
        let name = self.left.pop();
        name.map(|name| seed.deserialize(StrDeserializer::new(name)))
            .transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Stopped> {
        seed.deserialize(self.probe)
    }
}

/// A list that gives as many entries as are left.
struct Entries<'s>(Probe<'s>, usize);

impl<'de> SeqAccess<'de> for Entries<'_> {
    type Error = Stopped;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Stopped> {
        let Some(left) = self.1.checked_sub(1) else {
            return Ok(None);
        };
        self.1 = left;
        seed.deserialize(self.0).map(Some)
    }
}

struct Variant<'s> {
    probe: Probe<'s>,
    of: &'static str,
    name: &'static str,
}

impl<'de> EnumAccess<'de> for Variant<'_> {
    type Error = Stopped;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Stopped> {
        let name = seed.deserialize(StrDeserializer::<Stopped>::new(self.name))?;
        Ok((name, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_> {
    type Error = Stopped;

    fn unit_variant(self) -> Result<(), Stopped> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Stopped> {
        seed.deserialize(self.probe)
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Stopped> {
        visitor.visit_seq(Entries(self.probe, len))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stopped> {
        let name = format!("{}.{}", self.of, self.name);
        let fields = fields.iter().copied();
        let left: Vec<&'static str> = fields.clone().collect();
        self.probe
            .seen
            .borrow_mut()
            .fields
            .insert(name, fields.collect());
        let probe = self.probe;
        visitor.visit_map(Members { probe, left })
    }
}

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = Stopped;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Stopped> {
        Err(Error::custom("a type that does not say what it is"))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stopped> {
        visitor.visit_bool(true)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stopped> {
        visitor.visit_u64(1)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stopped> {
        visitor.visit_u64(1)
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stopped> {
        visitor.visit_i64(1)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stopped> {
        visitor.visit_i64(1)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stopped> {
        visitor.visit_str(&"0".repeat(32))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stopped> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stopped> {
        if self.depth > Self::DEEPEST {
            return visitor.visit_none();
        }
        visitor.visit_some(self.below())
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Stopped> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stopped> {
        let length = usize::from(self.depth <= Self::DEEPEST);
        visitor.visit_seq(Entries(self.below(), length))
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Stopped> {
        visitor.visit_seq(Entries(self.below(), length))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stopped> {
        let mut seen = self.seen.borrow_mut();
        seen.fields
            .insert(name.to_owned(), fields.iter().copied().collect());
        drop(seen);
        let (probe, left) = (self.below(), fields.to_vec());
        visitor.visit_map(Members { probe, left })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        of: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stopped> {
        let mut seen = self.seen.borrow_mut();
        seen.variants.insert(of, variants.iter().copied().collect());
        let turn = seen.turns.entry(of).or_default();
        let name = variants[*turn % variants.len()];
        *turn += 1;
        drop(seen);
        let probe = self.below();
        visitor.visit_enum(Variant { probe, of, name })
    }

    forward_to_deserialize_any! {
        i8 i16 i128 u16 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple_struct map
        identifier ignored_any
    }
}

/// What the types say, read often enough that every variant had its turn everywhere.
fn seen() -> Seen {
    let seen = RefCell::default();
    let probe = Probe {
        seen: &seen,
        depth: 0,
    };
    for _ in 0..100 {
        Regime::deserialize(probe).expect("a regime reads what it asks for");
        TariffSheet::deserialize(probe).expect("a sheet reads what it asks for");
    }
    seen.into_inner()
}

fn members(of: &'static Value) -> BTreeSet<&'static str> {
    let properties = of.get("properties").and_then(Value::as_object);
    let names = properties
        .into_iter()
        .flatten()
        .map(|(name, _)| name.as_str());
    names.collect()
}

#[test]
fn the_schema_has_every_field_and_variant_of_the_types_and_no_other() {
    let seen = seen();
    assert!(seen.fields.len() > 60 && seen.variants.len() > 50);
    for (name, fields) in &seen.fields {
        let (of, variant) = name.split_once('.').unwrap_or((name, ""));
        let definition = schema::definition(of);
        let (_, inner) = schema::variants(definition);
        let inner = inner.into_iter().find(|(name, _)| *name == variant);
        let object = inner.map_or(definition, |(_, schema)| schema);
        assert_eq!(&members(object), fields, "{name}");
        assert_eq!(object["additionalProperties"], false, "{name}");
    }
    for (name, variants) in &seen.variants {
        let (words, inner) = schema::variants(schema::definition(name));
        let all = words
            .into_iter()
            .chain(inner.into_iter().map(|(name, _)| name));
        assert_eq!(&all.collect::<BTreeSet<_>>(), variants, "{name}");
    }
    // Nothing is defined that no type has, but for numbers and identities.
    let defined = schema::schema()["$defs"].as_object().unwrap();
    for (name, definition) in defined {
        let known = seen.fields.contains_key(name) || seen.variants.contains_key(name.as_str());
        let plain = matches!(definition["type"].as_str(), Some("integer" | "string"));
        assert!(known || plain, "{name}");
    }
}

#[test]
fn every_reference_leads_to_a_definition() {
    fn walk(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(members) => {
                let reference = members.get("$ref").and_then(Value::as_str);
                found.extend(reference.map(ToOwned::to_owned));
                members.values().for_each(|value| walk(value, found));
            }
            Value::Array(list) => list.iter().for_each(|value| walk(value, found)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    walk(schema::schema(), &mut found);
    for reference in found {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(schema::schema().pointer(pointer).is_some(), "{reference}");
    }
}

#[test]
fn documents_are_of_the_schema() {
    for text in TEXTS {
        let document: Value = serde_json::from_str(text).unwrap();
        assert_eq!(schema::against(&document, "Regime"), []);
    }
    for preset in crate::format_1::all() {
        let regime = Regime::from(&preset);
        let document = serde_json::to_value(&regime).unwrap();
        assert_eq!(schema::against(&document, "Regime"), [], "{}", regime.key);
    }
}
