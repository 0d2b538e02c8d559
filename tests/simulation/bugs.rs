//! The deliberate bugs: each must be caught within its budget of seeds.
