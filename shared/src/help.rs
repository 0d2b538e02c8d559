//! Help: what a helping unit answered when it was asked to help with an item.
//!
//! Consent makes a mirrored item in the helper's plan, with its own weight and due day.

use serde::{Deserialize, Serialize};

use crate::id::{ItemId, PlanId, UnitId};
use crate::plan::Signed;

/// A helping unit's answer. The row's key is the item and the unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Help {
    /// The plan of the item.
    pub plan: PlanId,
    /// The item.
    pub item: ItemId,
    /// The helping unit.
    pub unit: UnitId,
    /// Who answered, with the reason.
    pub by: Signed,
    /// Whether it helps.
    pub agreed: bool,
    /// The mirrored item in the helper's plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mirrored: Option<(PlanId, ItemId)>,
}

/// How helping units are kept: null for none, the unit for one, a list for several.
///
/// The first version kept one or none; what it signed keeps its digest.
pub(crate) mod units {
    use std::fmt;

    use serde::de::{Error, SeqAccess, Visitor};
    use serde::{Deserializer, Serialize, Serializer};

    use crate::id::UnitId;

    pub(crate) fn serialize<S: Serializer>(units: &[UnitId], to: S) -> Result<S::Ok, S::Error> {
        match units {
            [] => to.serialize_none(),
            [unit] => unit.serialize(to),
            several => several.serialize(to),
        }
    }

    struct Units;

    impl<'de> Visitor<'de> for Units {
        type Value = Vec<UnitId>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("null, a unit, or a list of units")
        }

        fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
            Ok(Vec::new())
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
            text.parse().map(|unit| vec![unit]).map_err(E::custom)
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            let mut units = Vec::new();
            while let Some(unit) = list.next_element()? {
                units.push(unit);
            }
            Ok(units)
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<UnitId>, D::Error> {
        from.deserialize_any(Units)
    }
}
