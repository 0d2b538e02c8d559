//! The server's clock: the one place that reads time, passed in as an argument everywhere else.
//!
//! Tests pass a clock that stands still or is stepped, so that no test waits.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use shared::moment::UtcMillis;

/// Tells the time.
pub trait Clock: Send + Sync + 'static {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    fn now(&self) -> UtcMillis;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that reads time"
    )]
    fn now(&self) -> UtcMillis {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        UtcMillis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// The machine's clock, so many days ahead. A build for development serves by it, so that a journey goes
/// on to another day and nobody waits for it.
#[cfg(debug_assertions)]
#[derive(Debug, Clone, Copy)]
pub struct DaysAhead(pub u16);

#[cfg(debug_assertions)]
impl Clock for DaysAhead {
    fn now(&self) -> UtcMillis {
        let days = i64::from(self.0) * 24 * 60 * 60 * 1000;
        UtcMillis(SystemClock.now().0.saturating_add(days))
    }
}

/// A clock that moves only when it is told to.
#[derive(Debug, Clone, Default)]
pub struct SteppedClock(Arc<AtomicI64>);

impl SteppedClock {
    /// Starts at `now`.
    pub fn at(now: UtcMillis) -> Self {
        Self(Arc::new(AtomicI64::new(now.0)))
    }

    /// Moves on by `millis` milliseconds; negative values move back.
    pub fn step(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Clock for SteppedClock {
    fn now(&self) -> UtcMillis {
        UtcMillis(self.0.load(Ordering::SeqCst))
    }
}
