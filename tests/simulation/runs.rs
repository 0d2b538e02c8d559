//! Runs: one seed told step by step, or many over all cores, some of them twice.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use shared::sync::server::MemoryStore;

use crate::checkers::{replay, time};
use crate::cluster::{Clocks, Cluster};
use crate::coverage::{Coverage, Fault};
use crate::people::{self, Company};
use crate::weather::Weather;

/// One in so many seeds is run twice, and the hashes of all that happened are compared; another one
/// is run twice with other clocks on the devices.
const TWICE: usize = 20;
/// After so many broken promises a run of many seeds ends.
const MOST_BROKEN: usize = 12;
/// How many characters of a broken promise are told; a replay of its seed tells them all.
const MOST_TOLD: usize = 400;
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

/// What a run leaves.
pub(crate) struct Ran {
    /// Hash of all that happened.
    hash: u64,
    coverage: Coverage,
    memory: Arc<MemoryStore>,
}

/// Runs one seed.
pub(crate) fn one(
    company: &Company,
    seed: u64,
    bias: fn(&mut Weather),
    clocks: Clocks,
    tells: bool,
) -> Result<Ran, String> {
    let run = || {
        let mut cluster = Cluster::new(company, seed, bias, clocks, tells);
        let hash = cluster.run()?;
        let memory = cluster.memory();
        let coverage = cluster.coverage;
        Ok(Ran {
            hash,
            coverage,
            memory,
        })
    };
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        Err(format!("panic: {}", text.unwrap_or_default()))
    })
}

/// No bias.
pub(crate) const fn as_drawn(_: &mut Weather) {}

/// The weather of the deliberate bug that `JIHE_BIAS` names, without the bug; else none.
fn bias() -> fn(&mut Weather) {
    #[cfg(feature = "deliberate-bugs")]
    if let Ok(name) = std::env::var("JIHE_BIAS") {
        return crate::bugs::bias_of(&name);
    }
    as_drawn
}

/// Replays one seed and tells every step.
pub(crate) fn replay(seed: u64) {
    silence();
    let company = people::found();
    match one(&company, seed, bias(), Clocks::AsDrawn, true) {
        Ok(Ran { hash, coverage, .. }) => {
            eprintln!("seed {seed} holds, hash {hash:016x}\n{coverage}");
        }
        Err(broken) => panic!("seed {seed}: {broken}"),
    }
    eprintln!("by clocks that stay within the day, and then by others");
    if let Err(broken) = by_other_clocks(&company, seed, true) {
        panic!("seed {seed}: {broken}");
    }
}

/// Runs seeds over all cores; panics with those that break a promise.
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
            match checked(&company, seed, place % TWICE) {
                Ok(counts) => coverage.add(&counts),
                Err(found) => {
                    let mut broken = broken.lock().expect(NO_PANIC);
                    broken.push((seed, found));
                    if broken.len() >= MOST_BROKEN {
                        next.store(seeds.len(), Ordering::Relaxed);
                    }
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
    for (seed, found) in &broken {
        let found: String = found.chars().take(MOST_TOLD).collect();
        eprintln!("seed {seed}: {found}");
    }
    if let Some((seed, _)) = broken.first() {
        panic!("promises are broken; replay a seed with: cargo xtask simulate {seed}");
    }
    let coverage = total.into_inner().expect(NO_PANIC);
    let (many, took) = (seeds.len() as u64, began.elapsed());
    let rate = many * 1000 / u64::try_from(took.as_millis()).map_or(1, |ms| ms.max(1));
    eprintln!("{coverage}\n{many} seeds in {took:.1?}, {rate} per second");
    coverage
}

/// Runs a seed once, or twice in one of two ways.
fn checked(company: &Company, seed: u64, turn: usize) -> Result<Coverage, String> {
    if turn == TWICE / 2 {
        return by_other_clocks(company, seed, false);
    }
    let first = one(company, seed, as_drawn, Clocks::AsDrawn, false)?;
    if turn == 0 {
        let again = one(company, seed, as_drawn, Clocks::AsDrawn, false)?;
        if first.hash != again.hash {
            let (one, other) = (first.hash, again.hash);
            return Err(format!(
                "two runs of it differ: {one:016x} and {other:016x}"
            ));
        }
        replay::by_the_server(&first.memory)?;
    }
    Ok(first.coverage)
}

/// Runs a seed with two sets of device clocks, which may change nothing but what they claim.
fn by_other_clocks(company: &Company, seed: u64, tells: bool) -> Result<Coverage, String> {
    let first = one(company, seed, as_drawn, Clocks::SameDay, tells)?;
    let other = one(company, seed, as_drawn, Clocks::Others, tells)?;
    let told = time::compare(&first.memory, &other.memory)?;
    let mut coverage = first.coverage;
    coverage.note_all(Fault::ClockWrong, told);
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
