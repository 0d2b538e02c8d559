//! The archive: until when a sealed result must be kept.

use serde_json::{Value, json};
use shared::moment::UtcMillis;
use shared::seal::{kept_until, recompute};

use crate::firm::Firm;
use crate::plain::plain;
use crate::prelude::*;

fn sealed(years: Value) -> (Firm, shared::seal::SealedResult) {
    let mut firm = Firm::under(plain(&[("/after/archive_years", years)]), &[(LINE, 1)]);
    firm.judged(LINE, 0, 9_000);
    let sealed = firm.sealed(LINE, 0);
    (firm, sealed)
}

/// Sealed on Wednesday the 2nd of December 2026 and kept for fifteen years: until the same day of 2041.
#[test]
fn it_is_kept_for_so_many_years_from_the_seal() {
    let (firm, sealed) = sealed(json!(15));
    let organisation = firm.story.world.organisation();
    let until = kept_until(organisation, &sealed);
    assert_eq!(until, Some(day(2041, 12, 2)));
    // The day follows from the regime, and no byte of the sealed result says it.
    let rules = firm.story.regime().document;
    let results = [&firm.result(LINE, 0)];
    let again = recompute(&sealed, &rules, &results);
    assert_eq!(again, shared::result::Recomputed::Identical);
}

/// Sealed in the evening of the 29th of February 2028, in UTC still the 28th or already the 29th: the
/// organisation's day counts, and ten years later February has 28 days.
#[test]
fn the_organisations_day_counts() {
    let (firm, mut sealed) = sealed(json!(10));
    let organisation = firm.story.world.organisation();
    // 00:30 on the 29th of February 2028 in UTC+8 is 16:30 on the 28th in UTC.
    sealed.times.recorded = UtcMillis(1_835_368_200_000);
    assert_eq!(sealed.times.recorded.day(480), day(2028, 2, 29));
    assert_eq!(kept_until(organisation, &sealed), Some(day(2038, 2, 28)));
}

#[test]
fn without_years_it_is_kept_for_good() {
    let (firm, sealed) = sealed(Value::Null);
    let organisation = firm.story.world.organisation();
    assert_eq!(kept_until(organisation, &sealed), None);
}
