//! Evidence 佐证材料: a photo or a file that shows what was done on an item.
//!
//! Its row travels as every row does; its bytes travel apart from it and are named by their digest,
//! so that a device and the server can each say whether they hold them, and nobody can exchange
//! them. What is withdrawn stays as a row, and only who attached it still opens it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::canonical;
use crate::id::{EvidenceId, ItemId, PersonId, PlanId, ReportId, from_text};
use crate::moment::Times;
use crate::plan::PlanState;

mod content;

/// The most bytes of one piece of evidence.
pub const MOST_BYTES: u32 = 5 * 1024 * 1024;

/// The most pieces of evidence that an item shows.
pub const MOST_PER_ITEM: usize = 20;

/// The most pieces of evidence that an item ever had, the withdrawn ones included.
pub const MOST_EVER_PER_ITEM: usize = 100;

/// The states of a plan in which evidence comes and goes: while it is worked on, and while its
/// result can be answered.
pub const OPEN: [PlanState; 2] = [PlanState::Approved, PlanState::Published];

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Its identity.
    pub id: EvidenceId,
    /// The plan.
    pub plan: PlanId,
    /// The item.
    pub item: ItemId,
    /// The report with which it was attached; that report may come later, or never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<ReportId>,
    /// The name of the file, as its person knows it.
    pub name: String,
    /// What kind of file.
    pub media: MediaType,
    /// How long it is, in bytes, 1 to [`MOST_BYTES`].
    pub bytes: u32,
    /// Digest of its bytes.
    pub hash: ContentHash,
    /// Who attached it.
    pub by: PersonId,
    /// The three times of the act.
    pub times: Times,
    /// Who judges the plan, where that is not the superior to whom it was handed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judge: Option<PersonId>,
    /// When it was withdrawn; `None` while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Times>,
}

impl Evidence {
    /// Says whether a person who may see the row may open the file too: what is withdrawn is opened
    /// by nobody but who attached it.
    pub fn may_open(&self, person: PersonId) -> bool {
        self.withdrawn.is_none() || self.by == person
    }
}

macro_rules! media_types {
    ($($(#[$doc:meta])* $name:ident = $mime:literal, $extension:literal, $image:literal;)*) => {
        /// A kind of file that is accepted as evidence. Text form: its media type.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum MediaType {
            $($(#[$doc])* $name,)*
        }

        impl MediaType {
            /// All that are accepted.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The media type, as a header says it.
            pub const fn mime(self) -> &'static str {
                match self {
                    $(Self::$name => $mime,)*
                }
            }

            /// The usual ending of a file's name, without the dot.
            pub const fn extension(self) -> &'static str {
                match self {
                    $(Self::$name => $extension,)*
                }
            }

            /// Says whether it is a picture, which is shown in its place.
            pub const fn is_image(self) -> bool {
                match self {
                    $(Self::$name => $image,)*
                }
            }
        }
    };
}

media_types! {
    /// A photo.
    Jpeg = "image/jpeg", "jpg", true;
    /// A picture without loss, such as a screenshot.
    Png = "image/png", "png", true;
    /// A picture in the newer form.
    Webp = "image/webp", "webp", true;
    /// A printed document.
    Pdf = "application/pdf", "pdf", false;
    /// A workbook without macros.
    Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", false;
    /// A text document without macros.
    Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx", false;
}

impl MediaType {
    /// Tells the kind of a file from its content alone; `None` where it is none that is accepted.
    pub fn of_content(bytes: &[u8]) -> Option<Self> {
        content::kind(bytes)
    }
}

/// A text that names no accepted kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownMediaType;

impl fmt::Display for UnknownMediaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no such kind of file is accepted")
    }
}

impl FromStr for MediaType {
    type Err = UnknownMediaType;

    fn from_str(text: &str) -> Result<Self, UnknownMediaType> {
        let mut all = Self::ALL.iter().copied();
        all.find(|media| media.mime() == text)
            .ok_or(UnknownMediaType)
    }
}

impl Serialize for MediaType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.mime())
    }
}

impl<'de> Deserialize<'de> for MediaType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_text(deserializer)
    }
}

/// SHA-256 of a file's bytes: the name under which they are kept and asked for. Text form: 64
/// lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ContentHash([u8; 32]);

impl ContentHash {
    /// Reckons the digest of bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self::from_digest(Sha256::digest(bytes).into())
    }

    /// Takes a digest that was reckoned piece by piece.
    pub const fn from_digest(digest: [u8; 32]) -> Self {
        Self(digest)
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&canonical::hex(&self.0))
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContentHash({self})")
    }
}

/// A text that is not 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MalformedHash;

impl fmt::Display for MalformedHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a digest is 64 lower-case hexadecimal digits")
    }
}

impl FromStr for ContentHash {
    type Err = MalformedHash;

    fn from_str(text: &str) -> Result<Self, MalformedHash> {
        let plain = text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if text.len() != 64 || !plain {
            return Err(MalformedHash);
        }
        let mut digest = [0; 32];
        for (byte, at) in digest.iter_mut().zip((0..64).step_by(2)) {
            *byte = u8::from_str_radix(&text[at..at + 2], 16).map_err(|_| MalformedHash)?;
        }
        Ok(Self(digest))
    }
}

impl Serialize for ContentHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ContentHash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_text(deserializer)
    }
}

/// Says whether a file's name can be shown and saved as it is: no path, and nothing that hides or
/// turns around how it reads.
pub fn is_plain_name(name: &str) -> bool {
    !name.chars().any(is_odd)
}

/// Makes a name that [`is_plain_name`] accepts out of any, at most `most` characters long; the
/// ending is kept.
pub fn plain_name(name: &str, most: usize) -> String {
    let plain: Vec<char> = name.trim().chars().filter(|c| !is_odd(*c)).collect();
    if plain.len() <= most {
        return plain.into_iter().collect();
    }
    let dot = plain.iter().rposition(|c| *c == '.');
    let ending = dot.map_or(&[][..], |dot| &plain[dot..]);
    let ending = if ending.len() > 10 { &[] } else { ending };
    let stem = &plain[..most.saturating_sub(ending.len())];
    stem.iter().chain(ending).collect()
}

fn is_odd(c: char) -> bool {
    c.is_control()
        || matches!(c, '/' | '\\' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
