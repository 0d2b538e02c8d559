//! Prints every day of the published years and whether the product takes it for a working day.
//!
//! `cargo xtask test` compares these lines with an independent source, so they come through the
//! view that deadlines ask, on the product's own calendar.

use std::io::Write;

use chrono::{Datelike, NaiveDate};
use shared::calendar::{HolidayNotice, WorkDays, YEARS, published};
use shared::id::NoticeId;
use shared::moment::{Times, UtcMillis};

fn main() -> std::io::Result<()> {
    let never = UtcMillis(0);
    let adopted = Times {
        claimed: never,
        received: never,
        recorded: never,
    };
    let notices: Vec<HolidayNotice> = (1..)
        .zip(YEARS)
        .filter_map(|(id, year)| Some(published(year)?.adopt(NoticeId::from_bits(id), adopted)))
        .collect();
    let days = WorkDays::new(480, Vec::new(), notices.iter());
    let mut out = std::io::stdout().lock();
    for year in YEARS {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).expect("every year begins");
        for day in first.iter_days().take_while(|day| day.year() == year) {
            let word = if days.is_working(day) { "work" } else { "off" };
            writeln!(out, "{day} {word}")?;
        }
    }
    Ok(())
}
