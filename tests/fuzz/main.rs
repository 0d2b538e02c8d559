//! Fuzzing: whatever a file holds, reading it ends, and ends with findings or with what it says.
//!
//! Bytes at random are hardly ever JSON or a sheet. So each input is tried twice: as the file itself,
//! and as a list of changes to a file that is sound. Inputs that are kept stand in `__fuzz__`.

mod change;
mod regime;
mod sheet;
