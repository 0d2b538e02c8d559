//! Copying an earlier plan: days move, weights stay, nothing is doubled.

use shared::carry;
use shared::copy::{Standing, copied, moved, standing};
use shared::id::PeriodId;
use shared::item::{Item, LineageKind};
use shared::moment::Day;
use shared::period::{Period, PeriodKind};
use shared::quantity::Points;
use shared::regime::RegimeVersion;

use crate::format_1;
use crate::prelude::*;

fn period(from: Day, to: Day) -> Period {
    Period {
        id: PeriodId::from_bits(1),
        kind: PeriodKind::Month,
        from,
        to,
        regime: REGIME,
        opened: None,
        marks: Vec::new(),
    }
}

fn month(year: i32, month: u32, last: u32) -> Period {
    period(day(year, month, 1), day(year, month, last))
}

#[test]
fn a_day_moves_to_the_same_day_of_the_new_period() {
    let january = month(2027, 1, 31);
    let february = month(2027, 2, 28);
    let move_on = |at: Day| moved(at, &january, &february);
    assert_eq!(move_on(day(2027, 1, 15)), day(2027, 2, 15));
    // There is no 30th of February, and the end of the month stays its end.
    assert_eq!(move_on(day(2027, 1, 30)), day(2027, 2, 28));
    assert_eq!(move_on(day(2027, 1, 31)), day(2027, 2, 28));
    assert_eq!(
        moved(day(2027, 2, 28), &february, &january),
        day(2027, 1, 31)
    );
    assert_eq!(
        moved(day(2027, 2, 27), &february, &january),
        day(2027, 1, 27)
    );
    // Over the turn of the year, and a day that lay outside its period is brought inside.
    let december = month(2026, 12, 31);
    assert_eq!(
        moved(day(2026, 12, 3), &december, &january),
        day(2027, 1, 3)
    );
    assert_eq!(
        moved(day(2027, 1, 3), &december, &january),
        day(2027, 1, 31)
    );
    assert_eq!(
        moved(day(2026, 11, 3), &december, &january),
        day(2027, 1, 1)
    );
    // From a quarter into the next, and from a week into one of another month.
    let first = period(day(2027, 1, 1), day(2027, 3, 31));
    let second = period(day(2027, 4, 1), day(2027, 6, 30));
    assert_eq!(moved(day(2027, 2, 9), &first, &second), day(2027, 5, 9));
    let week = period(day(2027, 1, 25), day(2027, 1, 31));
    let next = period(day(2027, 2, 1), day(2027, 2, 7));
    assert_eq!(moved(day(2027, 1, 29), &week, &next), day(2027, 2, 7));
}

#[test]
fn a_copy_is_a_new_item_with_the_weight_of_the_old() {
    let story = Story::approved(&[4_000, 6_000]);
    let source = Item {
        section: "gone".into(),
        bonus: true,
        ..story.item(1)
    };
    let (november, december) = (month(2026, 11, 30), month(2026, 12, 31));
    let version = RegimeVersion::new(REGIME, format_1::smart_monthly().into());
    let rules = version.rules(november.kind).unwrap();
    let ids = (item_id(31), NEXT, 7);
    let copy = copied(&source, ids, (&november, &december), rules);
    let expected = Item {
        id: item_id(31),
        plan: NEXT,
        position: 7,
        due: Some(day(2026, 12, 20)),
        // What the regime does not know is replaced by what it does.
        section: rules.sections()[0].key.clone(),
        bonus: false,
        ..source.clone()
    };
    assert_eq!(copy, expected);
    let heavy = Item {
        weight: Points(20_000),
        ..source
    };
    let copy = copied(&heavy, ids, (&november, &december), rules);
    assert_eq!(copy.weight, Points(10_000));
}

#[test]
fn what_stands_in_the_draft_is_told_and_a_copy_is_taken_as_an_item() {
    let mut story = Story::approved(&[2_000, 3_000, 5_000]);
    story.next_month();
    let first = story.item(1);
    let carried = Item {
        due: Some(day(2026, 12, 10)),
        title: "换了名".into(),
        ..carry::continued(LineageKind::CarriedOver, &first, (item_id(31), NEXT), true)
    };
    story.must(LINE_HEAD, add(carried.clone()));
    let named = Item {
        title: "事项  2".into(),
        plan: NEXT,
        ..item(32, 100)
    };
    story.must(LINE_HEAD, add(named));
    let draft = story.document_of(NEXT);
    let of = |n| standing(draft, &story.item(n));
    assert_eq!(
        [of(1), of(2), of(3)],
        [Standing::Carried, Standing::SameTitle, Standing::Free]
    );
    // The same work of another period, carried from there, is the same line.
    let cousin = Item {
        id: item_id(77),
        ..carried
    };
    assert_eq!(standing(draft, &cousin), Standing::Carried);
    let period = |id| story.world.organisation().periods[&id].clone();
    let periods = (&period(NOVEMBER), &period(DECEMBER));
    let version = story.regime();
    let copy = copied(
        &story.item(3),
        (item_id(33), NEXT, 3),
        periods,
        version.rules(periods.0.kind).unwrap(),
    );
    story.must(LINE_HEAD, add(copy));
    assert_eq!(
        standing(story.document_of(NEXT), &story.item(3)),
        Standing::SameTitle
    );
}
