//! The archive 归档: until when a sealed result must be kept.
//!
//! The day follows from the seal and the regime, and is kept nowhere: nothing in the product deletes a
//! sealed result, before it or after.

use chrono::Months;

use crate::moment::Day;
use crate::organisation::Organisation;

use super::SealedResult;

/// The last day on which a sealed result must be kept: so many years after the day of the seal, in the
/// organisation's time; `None` where its regime sets no limit and it is kept for good. The 29th of
/// February becomes the 28th where the year has none.
pub fn kept_until(organisation: &Organisation, sealed: &SealedResult) -> Option<Day> {
    let (_, _, rules) = organisation.judged(sealed.period).ok()?;
    let years = rules.regime.after.archive_years?;
    let day = sealed.times.recorded.day(organisation.utc_offset());
    // Beyond the calendar's end it is for good as well.
    day.checked_add_months(Months::new(years.checked_mul(12)?))
}
