//! Who is asking.

mod origin;
mod throttle;
