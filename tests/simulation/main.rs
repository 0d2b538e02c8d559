//! The simulator: seed in, verdict out; it drives the shipped cores under every fault.

mod conformance;
