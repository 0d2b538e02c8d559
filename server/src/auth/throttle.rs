//! Limits failed sign-ins, by login and by address, within a sliding window.
//!
//! Only failures count, so a whole shift can sign in from one shared tablet. The memory is bounded:
//! when it is full, entries whose window has passed are dropped, then the oldest.

use std::collections::BTreeMap;
use std::sync::Mutex;

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

    /// Gives the seconds for which attempts under a key are not heard; `None` while they are.
    pub fn closed_for(&self, key: &str, now: UtcMillis) -> Option<u64> {
        let entries = self.entries.lock().expect("no holder of the lock panics");
        let entry = entries
            .get(key)
            .filter(|entry| entry.failures >= self.most)?;
        let left = entry.since.0 + self.window_millis - now.0;
        (left > 0).then(|| u64::try_from(left).unwrap_or_default().div_ceil(1000))
    }

    /// Counts a failure under a key.
    pub fn failed(&self, key: &str, now: UtcMillis) {
        let mut entries = self.entries.lock().expect("no holder of the lock panics");
        if entries.len() >= MOST_ENTRIES {
            let window = self.window_millis;
            entries.retain(|_, entry| now.0 - entry.since.0 < window);
        }
        if entries.len() >= MOST_ENTRIES {
            let oldest = entries.iter().min_by_key(|(_, entry)| entry.since);
            if let Some(key) = oldest.map(|(key, _)| key.clone()) {
                entries.remove(&key);
            }
        }
        let entry = entries.entry(key.to_owned()).or_insert(Entry {
            failures: 0,
            since: now,
        });
        if now.0 - entry.since.0 >= self.window_millis {
            *entry = Entry {
                failures: 0,
                since: now,
            };
        }
        entry.failures += 1;
    }

    /// Forgets the failures under a key, after a success.
    pub fn succeeded(&self, key: &str) {
        self.entries
            .lock()
            .expect("no holder of the lock panics")
            .remove(key);
    }
}
