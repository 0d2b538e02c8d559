//! Limits failed sign-ins, by login and by address, within a sliding window.
//!
//! Only failures count, so a whole shift can sign in from one shared tablet. The memory is bounded:
//! when it is full, entries whose window has passed are dropped, then the oldest.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

use shared::moment::UtcMillis;

const MOST_ENTRIES: usize = 10_000;

/// Counts failures by key.
#[derive(Debug)]
pub struct Throttle {
    most: u32,
    window_millis: i64,
    entries: Mutex<BTreeMap<String, Entry>>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    failures: u32,
    since: UtcMillis,
}

impl Throttle {
    /// Allows `most` failures within `window_seconds`.
    pub fn new(most: u32, window_seconds: u32) -> Self {
        let window_millis = i64::from(window_seconds) * 1000;
        Self {
            most,
            window_millis,
            entries: Mutex::default(),
        }
    }

    /// Counts an attempt as failed before it is looked at, so that attempts made at the same time
    /// cannot slip past the limit together. Refuses with the seconds until attempts are heard.
    pub fn attempt(&self, key: &str, now: UtcMillis) -> Result<(), u64> {
        let mut entries = self.entries();
        self.make_room(&mut entries, now);
        let fresh = Entry {
            failures: 0,
            since: now,
        };
        let entry = entries.entry(key.to_owned()).or_insert(fresh);
        let left = entry.since.0 + self.window_millis - now.0;
        if left <= 0 {
            *entry = fresh;
        } else if entry.failures >= self.most {
            return Err(u64::try_from(left).unwrap_or_default().div_ceil(1000));
        }
        entry.failures += 1;
        Ok(())
    }

    /// Takes one counted attempt back, because it succeeded.
    pub fn forgive(&self, key: &str) {
        if let Some(entry) = self.entries().get_mut(key) {
            entry.failures = entry.failures.saturating_sub(1);
        }
    }

    /// Forgets all failures under a key.
    pub fn forget(&self, key: &str) {
        self.entries().remove(key);
    }

    fn make_room(&self, entries: &mut BTreeMap<String, Entry>, now: UtcMillis) {
        if entries.len() < MOST_ENTRIES {
            return;
        }
        entries.retain(|_, entry| now.0 - entry.since.0 < self.window_millis);
        while entries.len() >= MOST_ENTRIES {
            let oldest = entries.iter().min_by_key(|(_, entry)| entry.since);
            let Some(key) = oldest.map(|(key, _)| key.clone()) else {
                return;
            };
            entries.remove(&key);
        }
    }

    fn entries(&self) -> MutexGuard<'_, BTreeMap<String, Entry>> {
        self.entries.lock().expect("no holder of the lock panics")
    }
}
