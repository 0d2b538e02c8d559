//! Enums whose JSON names the variant in a member beside the others: `{"code": "not_found", ..}`.
//!
//! Derived code for this form keeps a second reader of every type inside it, for the case that the
//! tag comes last, and the app is paid for by the byte. So the members are read as raw text, and
//! the variant's own reader, which exists anyway, reads them.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// Reads and writes an enum in the tagged form.
///
/// The enum derives `Serialize` and `Deserialize` with `#[serde(remote = "Self")]`, in the form
/// `{variant: members}`; the call gives it the form `{tag: variant, ..members}`.
macro_rules! tagged {
    ($type:ty, $tag:literal) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                struct Inner<'a>(&'a $type);
                impl serde::Serialize for Inner<'_> {
                    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                        <$type>::serialize(self.0, s)
                    }
                }
                let inner = serde_json::to_string(&Inner(self));
                let inner = inner.map_err(serde::ser::Error::custom)?;
                crate::tagged::outward($tag, &inner).serialize(serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let raw = Box::<serde_json::value::RawValue>::deserialize(deserializer)?;
                let read = |text: &str| {
                    let mut reader = serde_json::Deserializer::from_str(text);
                    <$type>::deserialize(&mut reader)
                };
                let (with_members, alone) =
                    crate::tagged::inward($tag, raw.get()).map_err(serde::de::Error::custom)?;
                // A variant without members of its own may stand among those of somebody else.
                let found = read(&with_members);
                let found = found.or_else(|error| read(&alone).map_err(|_| error));
                found.map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use tagged;

/// Moves the variant's name of `{variant: members}` or `"variant"` into a member of its own.
pub(crate) fn outward(tag: &str, inner: &str) -> Box<RawValue> {
    let members = inner
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    // Names of variants are plain words: the first quotation mark after the first ends them.
    let text = match members.and_then(|rest| rest.split_once(':')) {
        Some((variant, "{}")) => format!("{{\"{tag}\":{variant}}}"),
        Some((variant, members)) => {
            let members = members.strip_prefix('{').unwrap_or(members);
            format!("{{\"{tag}\":{variant},{members}")
        }
        None => format!("{{\"{tag}\":{inner}}}"),
    };
    RawValue::from_string(text).expect("members moved within an object are an object")
}

/// Gives `{variant: members}` of the tagged form, and `"variant"` alone.
pub(crate) fn inward(tag: &str, raw: &str) -> Result<(String, String), serde_json::Error> {
    let mut members: BTreeMap<String, Box<RawValue>> = serde_json::from_str(raw)?;
    let variant = members.remove(tag).ok_or_else(|| {
        <serde_json::Error as serde::de::Error>::custom(format_args!("missing field `{tag}`"))
    })?;
    let variant = variant.get();
    let alone = variant.to_owned();
    let mut text = format!("{{{variant}:{{");
    for (at, (name, value)) in members.iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        let name = serde_json::to_string(name)?;
        text.extend([comma, &name, ":", value.get()]);
    }
    text.push_str("}}");
    Ok((text, alone))
}
