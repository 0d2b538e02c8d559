//! Due days of imported rows: always days of the period, whatever the period is.

use shared::command::Command;
use shared::command::organisation::OpenPeriod;
use shared::id::PeriodId;
use shared::import::{Choices, ImportRefusal, Options, preview};
use shared::item::Rhythm;
use shared::period::PeriodKind;

use super::{HEADER, row};
use crate::prelude::*;

#[test]
fn due_days_lie_in_the_period() {
    let story = Story::founded();
    let due = |text: &str| {
        let preview = row(&story, &format!("一线,重点,甲,done,{text},10,,"));
        match preview.accepted.first() {
            Some(row) => Ok(row.item.due),
            None => Err(preview.refused[0].refusal.clone()),
        }
    };
    assert_eq!(due("month-end"), Ok(Some(day(2026, 11, 30))));
    assert_eq!(due("5"), Ok(Some(day(2026, 11, 5))));
    // November has no 31st: its last day.
    assert_eq!(due("31"), Ok(Some(day(2026, 11, 30))));
    assert_eq!(due("11-20"), Ok(Some(day(2026, 11, 20))));
    assert_eq!(due("2026-11-20"), Ok(Some(day(2026, 11, 20))));
    assert_eq!(due(""), Ok(None));
    assert_eq!(due("weekly"), Ok(Some(day(2026, 11, 30))));
    let (from, to) = (day(2026, 11, 1), day(2026, 11, 30));
    for outside in ["12-01", "2025-11-20", "year-end", "half-year-end"] {
        let given = outside.to_owned();
        let refusal = ImportRefusal::DueOutsidePeriod { given, from, to };
        assert_eq!(due(outside), Err(refusal), "{outside}");
    }
    for unknown in ["0", "32", "13-01", "11-31", "soon", "1-2-3", "2026-11-2x"] {
        let refusal = ImportRefusal::UnknownDue {
            given: unknown.into(),
        };
        assert_eq!(due(unknown), Err(refusal), "{unknown}");
    }
}

#[test]
fn a_period_over_two_months_finds_the_day_in_the_right_one() {
    let mut story = Story::founded();
    let mut regime = crate::format_1::smart_monthly();
    regime.key = "own".into();
    regime.period = PeriodKind::Custom;
    let id = shared::id::RegimeId::from_bits(200);
    let regime = regime.into();
    let adopt = shared::command::organisation::AdoptRegime { id, regime };
    story.must(PLAN_OFFICE, Command::AdoptRegime(adopt));
    let period = PeriodId::from_bits(201);
    let (from, to) = (day(2026, 12, 26), day(2027, 1, 25));
    let open = OpenPeriod {
        period,
        kind: PeriodKind::Custom,
        from,
        to,
        regime: id,
    };
    story.must(PLAN_OFFICE, Command::OpenPeriod(open));
    let choices = Choices::into_period(period);
    let today = story.moment.today();
    let options = Options::of(&story.world, choices, PLAN_OFFICE, today).unwrap();
    for (text, expected) in [
        ("5", day(2027, 1, 5)),
        ("28", day(2026, 12, 28)),
        ("01-05", day(2027, 1, 5)),
        ("month-end", day(2026, 12, 31)),
        ("year-end", day(2026, 12, 31)),
    ] {
        let sheet = format!("{HEADER}\n一线,重点,甲,done,{text},10,,\n");
        let preview = preview(&sheet, &options);
        assert_eq!(preview.accepted[0].item.due, Some(expected), "{text}");
    }
}

#[test]
fn words_that_name_several_days_of_a_long_period_are_refused() {
    let story = Story::founded();
    let due = |text: &str| {
        let sheet = format!("period,{HEADER}\nyear,一线,重点,甲,done,{text},10,,\n");
        let preview = super::read(&story, &sheet);
        match preview.accepted.first() {
            Some(row) => Ok((row.item.due, row.item.rhythm)),
            None => Err(preview.refused[0].refusal.clone()),
        }
    };
    let year_end = Some(day(2026, 12, 31));
    assert_eq!(due("04-11"), Ok((Some(day(2026, 4, 11)), None)));
    assert_eq!(due("year-end"), Ok((year_end, None)));
    for (word, rhythm) in [
        ("daily", Rhythm::Daily),
        ("weekly", Rhythm::Weekly),
        ("monthly", Rhythm::Monthly),
        ("on-request", Rhythm::OnRequest),
    ] {
        assert_eq!(due(word), Ok((year_end, Some(rhythm))), "{word}");
    }
    for several in ["month-end", "half-year-end", "15"] {
        let given = several.to_owned();
        let refusal = ImportRefusal::AmbiguousDue { given };
        assert_eq!(due(several), Err(refusal), "{several}");
    }
}
