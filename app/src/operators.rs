//! The people who take turns at this device, and when it locks.
//!
//! Kept by gloo-storage, because the lock screen stands before any session. A browser that is killed
//! may lose its last seconds: then somebody types the password once more. Work is never kept here.

use gloo_storage::{LocalStorage, Storage as _};
use shared::id::PersonId;
use shared::moment::UtcMillis;
use shared::operator::{MOST_OPERATORS, Operator};

use crate::api;
use crate::chance;
use crate::device::{self, OPERATORS};

/// People whose sign-out the server has not heard of yet.
const SIGN_OUTS: &str = "jihe-sign-outs";

/// The device's own clock.
#[expect(
    clippy::cast_possible_truncation,
    reason = "milliseconds stay whole for 285,000 years"
)]
pub(crate) fn now() -> UtcMillis {
    UtcMillis(js_sys::Date::now() as i64)
}

/// Everybody who is kept here, whoever was here last first.
pub(crate) fn all() -> Vec<Operator> {
    let mut all: Vec<Operator> = LocalStorage::get(OPERATORS).unwrap_or_default();
    all.sort_by_key(|operator| std::cmp::Reverse(operator.used_at));
    all
}

/// One of them.
pub(crate) fn of(person: PersonId) -> Option<Operator> {
    all().into_iter().find(|operator| operator.person == person)
}

/// Says whether one more person can be kept here.
pub(crate) fn has_room(person: PersonId) -> bool {
    of(person).is_some() || all().len() < MOST_OPERATORS
}

/// Keeps somebody as is; says whether the device could.
pub(crate) fn keep(operator: Operator) -> bool {
    let mut all = all();
    all.retain(|other| other.person != operator.person);
    all.push(operator);
    LocalStorage::set(OPERATORS, &all).is_ok()
}

/// Keeps somebody behind a new PIN; says whether the device could.
pub(crate) fn keep_behind(person: PersonId, name: String, login: String, pin: &str) -> bool {
    let salt = chance::bits();
    keep(Operator::keep(person, (name, login), pin, salt, now()))
}

/// Changes what is kept of somebody.
pub(crate) fn change(person: PersonId, change: impl FnOnce(&mut Operator)) {
    if let Some(mut operator) = of(person) {
        change(&mut operator);
        // A device that cannot keep it asks for the password the next time.
        let _ = keep(operator);
    }
}

/// Forgets somebody.
pub(crate) fn forget(person: PersonId) {
    let mut all = all();
    all.retain(|operator| operator.person != person);
    if all.is_empty() {
        LocalStorage::delete(OPERATORS);
    } else {
        let _ = LocalStorage::set(OPERATORS, &all);
    }
}

/// Says whether a person needs a PIN here and has none.
pub(crate) fn lacks_pin(person: PersonId) -> bool {
    device::lock_minutes().is_some() && of(person).is_none()
}

/// Ends a person's session at the server, now or as soon as it is reached: only the server can take
/// its cookie away.
pub(crate) async fn sign_out(person: PersonId) {
    if api::sign_out(person).await.is_err() {
        let mut waiting: Vec<PersonId> = LocalStorage::get(SIGN_OUTS).unwrap_or_default();
        waiting.push(person);
        let _ = LocalStorage::set(SIGN_OUTS, &waiting);
    }
}

/// Ends what an earlier sign-out could not, but for who is here now.
pub(crate) async fn sign_out_waiting(here: PersonId) {
    let waiting: Vec<PersonId> = LocalStorage::get(SIGN_OUTS).unwrap_or_default();
    if waiting.is_empty() {
        return;
    }
    LocalStorage::delete(SIGN_OUTS);
    for person in waiting.into_iter().filter(|person| *person != here) {
        Box::pin(sign_out(person)).await;
    }
}
