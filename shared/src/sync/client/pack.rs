//! The form of a pack: first what memory keeps of each row, then the texts, each as it came.
//!
//! `[[[name,ver,hash,bytes],…],[text,…]]`, one line of JSON for whoever wants to read all of it. A
//! start reads the first half, and cuts the texts out of the second by their lengths without a look
//! into them. A name is the row's key; where kind and document are those of the row before, it is
//! the identity's digits alone.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::excerpt::Excerpt;
use crate::id::PlanId;
use crate::row::RowKey;

/// Room for what stands beside a text, in bytes.
const BESIDE_A_TEXT: usize = 100;

/// A row of a pack.
#[derive(Debug, Clone)]
pub(super) struct PackedRow<T> {
    pub(super) key: RowKey,
    /// Its version in the partition.
    pub(super) ver: u64,
    /// Its share of the partition's checksum.
    pub(super) hash: u64,
    pub(super) text: T,
}

/// Writes a pack; rows in the order of their keys take the least room.
pub(super) fn write<T: AsRef<str>>(rows: &[PackedRow<T>]) -> String {
    let texts = rows.iter().map(|row| row.text.as_ref());
    let room: usize = texts.clone().map(|text| text.len() + BESIDE_A_TEXT).sum();
    let mut pack = String::with_capacity(room);
    pack.push_str("[[");
    let mut before: Option<RowKey> = None;
    for row in rows {
        if before.is_some() {
            pack.push(',');
        }
        let (digits, bytes) = (PlanId::from_bits(row.key.bits), row.text.as_ref().len());
        let name: &dyn std::fmt::Display =
            if before.is_some_and(|before| is_beside(before, row.key)) {
                &digits
            } else {
                &row.key
            };
        let written = write!(pack, "[\"{name}\",{},{},{bytes}]", row.ver, row.hash);
        written.expect("a text takes whatever is written to it");
        before = Some(row.key);
    }
    pack.push_str("],[");
    for (place, text) in texts.enumerate() {
        if place > 0 {
            pack.push(',');
        }
        pack.push_str(text);
    }
    pack.push_str("]]");
    pack
}

/// Whether two rows are of one kind and one document.
pub(super) fn is_beside(before: RowKey, key: RowKey) -> bool {
    (before.kind, before.document) == (key.kind, key.document)
}

/// Reads a pack; `None` where it is not one.
pub(super) fn read(pack: &Arc<String>) -> Option<Vec<PackedRow<Excerpt>>> {
    let mut reader = serde_json::Deserializer::from_str(pack.strip_prefix('[')?).into_iter();
    let names: Vec<(&str, u64, u64, usize)> = reader.next()?.ok()?;
    let mut place = 1 + reader.byte_offset();
    let mut before: Option<RowKey> = None;
    let mut rows = Vec::with_capacity(names.len());
    for (name, ver, hash, bytes) in names {
        let border = if before.is_some() { "," } else { ",[" };
        place = after(pack, place, border)?;
        let key = if name.contains(':') {
            name.parse().ok()?
        } else {
            let digits: PlanId = name.parse().ok()?;
            let bits = digits.bits();
            RowKey { bits, ..before? }
        };
        let end = place.checked_add(bytes)?;
        rows.push(PackedRow {
            key,
            ver,
            hash,
            text: Excerpt::of(pack, place..end)?,
        });
        (before, place) = (Some(key), end);
    }
    if before.is_none() {
        place = after(pack, place, ",[")?;
    }
    (after(pack, place, "]]")? == pack.len()).then_some(rows)
}

/// The place behind a border, if it stands there.
fn after(pack: &str, place: usize, border: &str) -> Option<usize> {
    let rest = pack.get(place..)?;
    rest.starts_with(border).then_some(place + border.len())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{PackedRow, read, write};
    use crate::id::PlanId;
    use crate::row::{RowKey, RowKind};

    fn rows() -> Vec<PackedRow<String>> {
        let row = |kind, document: Option<u128>, bits: u128, text: &str| PackedRow {
            key: RowKey {
                kind,
                document: document.map(PlanId::from_bits),
                bits,
            },
            ver: 7,
            hash: u64::MAX,
            text: text.to_owned(),
        };
        vec![
            row(RowKind::Person, None, 1, r#"{"name":"“张”,]["}"#),
            row(RowKind::Item, Some(2), 3, "{}"),
            row(RowKind::Item, Some(2), u128::MAX, r#"{"title":"计划"}"#),
            row(RowKind::Item, Some(4), 3, "null"),
            row(RowKind::Report, Some(4), 3, "[]"),
        ]
    }

    #[test]
    fn a_pack_gives_back_what_was_written() {
        let written = rows();
        for some in [&written[..], &written[..1], &[]] {
            let pack = Arc::new(write(some));
            let found = read(&pack).unwrap();
            assert_eq!(found.len(), some.len());
            for (one, other) in found.iter().zip(some) {
                assert_eq!(
                    (one.key, one.ver, one.hash),
                    (other.key, other.ver, other.hash)
                );
                assert_eq!(&*one.text, other.text);
            }
        }
    }

    #[test]
    fn the_form_is_one_line_of_json() {
        let zeros = "0".repeat(31);
        assert_eq!(
            write(&rows()[1..4]),
            format!(
                r#"[[["item:{zeros}3@{zeros}2",7,{max},2],["{}",7,{max},18],["item:{zeros}3@{zeros}4",7,{max},4]],[{{}},{{"title":"计划"}},null]]"#,
                "f".repeat(32),
                max = u64::MAX,
            )
        );
    }

    #[test]
    fn what_is_cut_short_or_grown_is_no_pack() {
        let pack = write(&rows());
        for end in pack.char_indices().map(|(end, _)| end) {
            assert!(read(&Arc::new(pack[..end].to_owned())).is_none(), "{end}");
        }
        assert!(read(&Arc::new(format!("{pack} "))).is_none());
        assert!(read(&Arc::new(pack.replace("null", "nul"))).is_none());
        assert!(read(&Arc::new(pack.replacen("item:", "idea:", 1))).is_none());
        // The first row of all has nobody's kind to go on with.
        assert!(read(&Arc::new(pack.replacen("person:", "", 1))).is_none());
    }
}
