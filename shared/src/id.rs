//! Identities: 128-bit values of one type per noun, so that they can never be mixed up.
//!
//! They are minted where chance is available (the device or the server's edge) and travel inside
//! the command; nothing in this crate makes one. Text form: 32 lower-case hexadecimal digits.
//!
//! To add an identity, add a line to the `ids!` call.

use std::fmt;
use std::str::FromStr;

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
    let plain = text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if text.len() != 32 || !plain {
        return Err(MalformedId);
    }
    u128::from_str_radix(text, 16).map_err(|_| MalformedId)
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
                write!(f, "{:032x}", self.0)
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
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
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
    /// A command: the only key of idempotency.
    CommandId;
    /// A storage on a device; for display and diagnosis only.
    DeviceId;
    /// One life of a server's database: new at creation and at every restore.
    Epoch;
}
