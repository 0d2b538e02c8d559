//! The form of a pack: first what memory keeps of each row, then the texts, each as it came.
//!
//! `[[[name,ver,hash,bytes],…],[text,…]]`, one line of JSON for whoever wants to read all of it. A
//! start reads the first half, and cuts the texts out of the second by their lengths without a look
//! into them. A name is the row's key; where kind and document are those of the row before, it is
//! the identity's digits alone.

use std::fmt::Write as _;

use crate::excerpt::{Excerpt, Whole};
use crate::id::PlanId;
use crate::row::RowKey;

/// How much of a pack is fetched at first, in bytes: as a rule the first half and a little more.
const HEAD: usize = 24 * 1024;
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

/// What memory keeps of a row, as a pack says it: its name, version, hash and length.
type Named<'a> = (&'a str, u64, u64, usize);

/// Reads a pack; `None` where it is not one.
///
/// Of one that lies afar the first half alone is fetched; whether its texts are texts is found by
/// whoever looks at them. Not put into its caller, so that a browser makes it fast on the way.
#[inline(never)]
pub(super) fn read(pack: &Whole) -> Option<Vec<PackedRow<Excerpt>>> {
    let mut most = HEAD;
    loop {
        let head = pack.head(most);
        match names(&head) {
            Ok((names, end)) => return rows(pack, names, end),
            Err(error) if error.is_eof() && most < pack.length() => most *= 4,
            Err(_) => return None,
        }
    }
}

/// Reads the first half of a pack, and says where it ends.
fn names(head: &[u8]) -> serde_json::Result<(Vec<Named<'_>>, usize)> {
    let none = || serde::de::Error::custom("a pack begins with a list of lists");
    let inside = head.strip_prefix(b"[").ok_or_else(none)?;
    let mut reader = serde_json::Deserializer::from_slice(inside).into_iter();
    let names = reader.next().ok_or_else(none)??;
    Ok((names, 1 + reader.byte_offset()))
}

/// Cuts out the texts, which begin after a place.
fn rows(pack: &Whole, names: Vec<Named<'_>>, mut place: usize) -> Option<Vec<PackedRow<Excerpt>>> {
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
    (after(pack, place, "]]")? == pack.length()).then_some(rows)
}

/// The place behind a border, if it stands there.
fn after(pack: &Whole, place: usize, border: &str) -> Option<usize> {
    pack.may_have(place, border)
        .then_some(place.saturating_add(border.len()))
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::{PackedRow, Whole, read, write};
    use crate::excerpt::Afar;
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
            let pack = Whole::from(write(some));
            let found = read(&pack).unwrap();
            assert_eq!(found.len(), some.len());
            for (one, other) in found.iter().zip(some) {
                assert_eq!(
                    (one.key, one.ver, one.hash),
                    (other.key, other.ver, other.hash)
                );
                assert_eq!(one.text.text(), Some(&*other.text));
            }
        }
    }

    /// Bytes outside of the program.
    struct Shelf(Vec<u8>);

    impl Afar for Shelf {
        fn length(&self) -> usize {
            self.0.len()
        }

        fn fetch(&self, part: Range<usize>) -> Vec<u8> {
            self.0[part].to_vec()
        }
    }

    #[test]
    fn one_that_lies_afar_gives_the_same_whatever_its_length() {
        // A thousand names take more than is fetched at first.
        let many = (0..1_000).flat_map(|nth| {
            let mut rows = rows();
            for row in &mut rows {
                row.key.bits = nth;
            }
            rows
        });
        let mut many: Vec<_> = many.collect();
        many.sort_by_key(|row| row.key);
        for some in [&many[..], &many[..3], &[]] {
            let text = write(some);
            let (here, afar) = (read(&text.clone().into()), Shelf(text.clone().into_bytes()));
            let (here, afar) = (here.unwrap(), read(&Whole::afar(afar)).unwrap());
            assert_eq!(here.len(), afar.len());
            for (one, other) in here.iter().zip(&afar) {
                assert_eq!((one.key, one.ver), (other.key, other.ver));
                assert_eq!(one.text.text(), other.text.text());
            }
            let short = Shelf(text.as_bytes()[..text.len() - 1].to_vec());
            assert!(read(&Whole::afar(short)).is_none());
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
            assert!(
                read(&Whole::from(pack[..end].to_owned())).is_none(),
                "{end}"
            );
        }
        assert!(read(&Whole::from(format!("{pack} "))).is_none());
        assert!(read(&Whole::from(pack.replace("null", "nul"))).is_none());
        assert!(read(&Whole::from(pack.replacen("item:", "idea:", 1))).is_none());
        // The first row of all has nobody's kind to go on with.
        assert!(read(&Whole::from(pack.replacen("person:", "", 1))).is_none());
    }
}
