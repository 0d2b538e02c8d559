//! Runs: one seed told step by step, or many over all cores, some of them twice.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use crate::cluster::Cluster;
use crate::coverage::Coverage;
use crate::people::{self, Company};
use crate::weather::Weather;

/// One in so many seeds is run twice, and the hashes of all that happened are compared.
const TWICE: usize = 20;
/// Why a lock here is never poisoned.
const NO_PANIC: &str = "a run's panic is caught inside the run";

/// Reads a number from the environment.
pub(crate) fn wanted(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|_| panic!("{name} must be a number, not {text}")),
    )
}

/// Runs one seed; gives the hash of all that happened and the coverage.
pub(crate) fn one(
    company: &Company,
    seed: u64,
    bias: fn(&mut Weather),
    tells: bool,
) -> Result<(u64, Coverage), String> {
    let run = || {
        let mut cluster = Cluster::new(company, seed, bias, tells);
        let hash = cluster.run()?;
        Ok((hash, cluster.coverage))
    };
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        Err(format!("panic: {}", text.unwrap_or_default()))
    })
}

/// No bias.
pub(crate) const fn as_drawn(_: &mut Weather) {}

/// Replays one seed and tells every step.
pub(crate) fn replay(seed: u64) {
    silence();
    match one(&people::found(), seed, as_drawn, true) {
        Ok((hash, coverage)) => eprintln!("seed {seed} holds, hash {hash:016x}\n{coverage}"),
        Err(broken) => panic!("seed {seed}: {broken}"),
    }
}

/// Runs seeds over all cores; panics with the first that breaks a promise.
pub(crate) fn all(seeds: &[u64]) -> Coverage {
    silence();
    let began = Instant::now();
    let (next, total) = (AtomicUsize::new(0), Mutex::new(Coverage::default()));
    let broken = Mutex::new(Vec::new());
    let work = || {
        let company = people::found();
        let mut coverage = Coverage::default();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(seed) = seeds.get(place).copied() else {
                break;
            };
            match twice(&company, seed, place.is_multiple_of(TWICE)) {
                Ok(counts) => coverage.add(&counts),
                Err(found) => {
                    broken.lock().expect(NO_PANIC).push((seed, found));
                    next.store(seeds.len(), Ordering::Relaxed);
                }
            }
        }
        total.lock().expect(NO_PANIC).add(&coverage);
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(work);
        }
    });
    let mut broken = broken.into_inner().expect(NO_PANIC);
    broken.sort();
    if let Some((seed, found)) = broken.first() {
        panic!("seed {seed}: {found}\nreplay it with: cargo xtask simulate {seed}");
    }
    let coverage = total.into_inner().expect(NO_PANIC);
    let (many, took) = (seeds.len() as u64, began.elapsed());
    let rate = many * 1000 / u64::try_from(took.as_millis()).map_or(1, |ms| ms.max(1));
    eprintln!("{coverage}\n{many} seeds in {took:.1?}, {rate} per second");
    coverage
}

fn twice(company: &Company, seed: u64, again: bool) -> Result<Coverage, String> {
    let (hash, coverage) = one(company, seed, as_drawn, false)?;
    if again {
        let (other, _) = one(company, seed, as_drawn, false)?;
        if hash != other {
            return Err(format!(
                "two runs of it differ: {hash:016x} and {other:016x}"
            ));
        }
    }
    Ok(coverage)
}

/// Keeps the panics that a run provokes or reports by itself out of the output.
pub(crate) fn silence() {
    std::panic::set_hook(Box::new(|panic| {
        let provoked = panic.payload().downcast_ref::<&str>();
        if provoked.is_none_or(|text| !text.contains("poisoned on purpose")) {
            eprintln!("{panic}");
        }
    }));
}
