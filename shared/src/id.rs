//! Identities: 128-bit values of one type per noun, so that they can never be mixed up.
//!
//! They are minted where chance is available (the device or the server's edge) and travel inside
//! the command; nothing in this crate makes one. Text form: 32 lower-case hexadecimal digits.
//!
//! To add an identity, add a line to the `ids!` call.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text that is not 32 lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MalformedId;

impl fmt::Display for MalformedId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id is 32 lower-case hexadecimal digits")
    }
}

impl std::error::Error for MalformedId {}

fn parse(text: &str) -> Result<u128, MalformedId> {
    let (high, low) = text.as_bytes().split_at_checked(16).ok_or(MalformedId)?;
    Ok(u128::from(half(high)?) << 64 | u128::from(half(low)?))
}

/// Half an identity: a device reads thousands at its start, and WebAssembly has no 128-bit numbers.
fn half(digits: &[u8]) -> Result<u64, MalformedId> {
    if digits.len() != 16 {
        return Err(MalformedId);
    }
    digits.iter().try_fold(0, |bits, digit| {
        let value = match digit {
            b'0'..=b'9' => digit - b'0',
            b'a'..=b'f' => digit - b'a' + 10,
            _ => return Err(MalformedId),
        };
        Ok(bits << 4 | u64::from(value))
    })
}

/// The bits of an identity, read from its text.
struct Bits(u128);

impl FromStr for Bits {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<Self, MalformedId> {
        parse(text).map(Self)
    }
}

/// The digits of an identity.
fn digits(bits: u128) -> [u8; 32] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = [b'0'; 32];
    for (pair, byte) in text.chunks_exact_mut(2).zip(bits.to_be_bytes()) {
        pair[0] = DIGITS[usize::from(byte >> 4)];
        pair[1] = DIGITS[usize::from(byte & 15)];
    }
    text
}

fn as_text(digits: &[u8; 32]) -> &str {
    std::str::from_utf8(digits).expect("digits are ASCII")
}

struct OfText<T>(PhantomData<T>);

impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for OfText<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

/// Reads a value from its text form, without a copy of the text: names are what is read most.
pub(crate) fn from_text<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: FromStr<Err: fmt::Display>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_str(OfText(PhantomData))
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u128);

        impl $name {
            /// Takes 128 bits of chance, or bits derived from another identity.
            pub const fn from_bits(bits: u128) -> Self {
                Self(bits)
            }

            /// Gives the bits back, to derive from or to key by.
            pub const fn bits(self) -> u128 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(as_text(&digits(self.0)))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({:032x})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = MalformedId;

            fn from_str(text: &str) -> Result<Self, MalformedId> {
                parse(text).map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(as_text(&digits(self.0)))
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                from_text::<Bits, D>(deserializer).map(|bits| Self(bits.0))
            }
        }
    )*};
}

ids! {
    /// A unit 部门(单位) of the organisation; it keeps its id when it is renamed.
    UnitId;
    /// A person, whatever posts that person holds.
    PersonId;
    /// One dated assignment 任职 of a person to a post in a unit.
    AssignmentId;
    /// One dated reporting line from a person to a superior.
    ReportingLineId;
    /// One dated appointment to an office of the product (administrator, plan office).
    AppointmentId;
    /// One version of a regime 考核办法.
    RegimeId;
    /// A period 考核周期.
    PeriodId;
    /// A plan 工作计划.
    PlanId;
    /// An item 计划事项 of a plan.
    ItemId;
    /// A report on an item.
    ReportId;
    /// A piece of evidence.
    EvidenceId;
    /// One version of a work calendar.
    CalendarId;
    /// One dated use of a work calendar by a unit.
    CalendarUseId;
    /// One adopted notice of public holidays and make-up days.
    NoticeId;
    /// One dated absence of a person.
    AbsenceId;
    /// A request to change an approved plan 计划调整申请.
    ChangeRequestId;
    /// An entry of the ledger 台账.
    EntryId;
    /// A dated holding of a role that a regime names.
    RoleHolderId;
    /// A dated delegation of signatures 委托.
    DelegationId;
    /// A published line of the activity fund 活动经费.
    FundLineId;
    /// A person's pay base from a day on.
    PayBaseId;
    /// A minimum wage from a day on.
    MinimumWageId;
    /// A public list 公示.
    ListId;
    /// A command: the only key of idempotency.
    CommandId;
    /// A storage on a device; for display and diagnosis only.
    DeviceId;
    /// One life of a server's database: new at creation and at every restore.
    Epoch;
}
