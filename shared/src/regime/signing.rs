//! Signing: the ordered steps by which a plan, a change and a result come to stand.

use serde::{Deserialize, Serialize};

use super::Name;
use super::who::Who;

/// The steps of each thing that is signed, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signing {
    /// Of a plan, from handing in to approval.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub plan: Vec<SignStep>,
    /// Of a change of an approved plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub change: Vec<SignStep>,
    /// Of a result, before its person gets it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub result: Vec<SignStep>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignStep {
    /// Key, for example `approve`.
    pub key: String,
    /// Name on screens.
    pub name: Name,
    /// Who signs; several stand for each of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<Who>,
    /// What the signature does.
    pub kind: SignKind,
    /// Whether the signer may approve and may not return.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub approve_only: bool,
    /// Whether the signer may change weights while signing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub weighs: bool,
    /// Sections or sources in which the signer may add items.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub adds: Vec<String>,
    /// Whether the signature may not be delegated.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_person: bool,
}

/// What a signature does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum SignKind {
    /// It approves.
    Approve,
    /// It passes the thing on.
    Review,
    /// Several sign beside each other.
    Countersign {
        /// Whether all of them have to; else one is enough.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        all: bool,
    },
    /// A copy is filed, which holds nothing up.
    File,
}
