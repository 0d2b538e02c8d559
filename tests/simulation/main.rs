//! The simulator: seed in, verdict out; it drives the shipped cores under every fault.
//!
//! `cargo xtask simulate 123` replays seed 123 and tells every step; `JIHE_SEEDS` runs so many.
//! A seed that ever found a bug stands in `seeds.txt` and is run each time.

#[cfg(feature = "deliberate-bugs")]
mod bugs;
mod chance;
mod checkers;
mod cluster;
mod conformance;
mod coverage;
mod executor;
mod network;
mod people;
mod runs;
mod servers;
mod storage;
mod weather;
mod workload;

/// How many seeds a plain test runs.
const SEEDS: u64 = 10_000;
/// The least share of a scenario's commands that must be applied, in percent: a run of refusals proves little.
const LEAST_APPLIED: u64 = 60;

#[test]
fn every_promise_is_kept_under_every_fault() {
    if let Some(seed) = runs::wanted("JIHE_SEED") {
        runs::replay(seed);
        return;
    }
    let many = runs::wanted("JIHE_SEEDS").unwrap_or(SEEDS);
    let recorded = include_str!("seeds.txt")
        .lines()
        .filter(|line| !line.starts_with('#'));
    let recorded = recorded.filter_map(|line| line.split_whitespace().next()?.parse().ok());
    let seeds: Vec<u64> = recorded.chain(0..many).collect();
    let coverage = runs::all(&seeds);
    if many >= SEEDS {
        for (scenario, applied) in coverage.applied() {
            assert!(applied >= LEAST_APPLIED, "{scenario}: too few were applied");
        }
        assert_eq!(
            coverage.never_applied(),
            Vec::<&str>::new(),
            "kinds of commands that were never applied"
        );
        let mut idle = coverage.idle();
        idle.retain(|fault| cfg!(feature = "deliberate-bugs") || !fault.contains("panics"));
        assert_eq!(
            idle,
            Vec::<&str>::new(),
            "faults that never changed an outcome"
        );
    }
}
