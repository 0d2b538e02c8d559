//! Whether the machine worked for others while a figure was taken.
//!
//! Builds beside a measurement once made it 27 times too low; such a repetition is dropped. Where
//! the system does not tell, every repetition counts.

use std::fs;

/// The share of all cores that others may have used, in percent.
const MOST_FOREIGN: u64 = 10;

/// Clock ticks at the beginning of a repetition.
pub(crate) struct Quiet {
    begun: Option<Ticks>,
}

struct Ticks {
    own: u64,
    busy: u64,
    all: u64,
}

impl Quiet {
    /// Notes where the counters stand.
    pub(crate) fn begin() -> Self {
        Self {
            begun: Ticks::now(),
        }
    }

    /// Says whether others used little since the beginning.
    pub(crate) fn held(&self) -> bool {
        let (Some(begun), Some(ended)) = (&self.begun, Ticks::now()) else {
            return true;
        };
        let (busy, own) = (ended.busy - begun.busy, ended.own - begun.own);
        let all = ended.all - begun.all;
        busy.saturating_sub(own) * 100 <= all * MOST_FOREIGN
    }
}

impl Ticks {
    fn now() -> Option<Self> {
        let numbers = |text: &str| -> Vec<u64> {
            text.split_whitespace()
                .filter_map(|word| word.parse().ok())
                .collect()
        };
        let system = fs::read_to_string("/proc/stat").ok()?;
        // user, nice, system, idle, waiting, and so on; guests are counted in user already.
        let system = numbers(system.lines().next()?.strip_prefix("cpu")?);
        let all: u64 = system.iter().take(8).sum();
        let idle = system.get(3)? + system.get(4)?;
        let own = fs::read_to_string("/proc/self/stat").ok()?;
        let own: Vec<&str> = own.rsplit_once(')')?.1.split_whitespace().collect();
        let ticks = |place: usize| own.get(place)?.parse::<u64>().ok();
        Some(Self {
            own: ticks(11)? + ticks(12)?,
            busy: all - idle,
            all,
        })
    }
}
