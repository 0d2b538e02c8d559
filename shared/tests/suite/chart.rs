//! Charts: each figure counted by hand, and the geometry of the pictures.

use shared::chart::draw::{Anchor, Area, Drawing};
use shared::chart::late::{Row, Who, late};
use shared::chart::progress::{At, progress};
use shared::chart::scale::{Bands, Scale, ticks};
use shared::chart::spread::{Bar, spread};
use shared::command::Command;
use shared::id::{PeriodId, PlanId};
use shared::item::Item;
use shared::quantity::{BasisPoints, Points};
use shared::report::ReportKind::{Completion, Progress};

use crate::prelude::*;

/// November 2026 begins on a Sunday and has 21 working days. Three items: due on Thursday the 5th
/// and done on Monday the 9th, due on Saturday the 14th, due on Friday the 20th and done on Sunday
/// the 8th.
fn november_with_three_items() -> Story {
    let mut story = Story::drafted(&[]);
    for (n, weight, date) in [(1, 5_000, 5), (2, 3_000, 14), (3, 2_000, 20)] {
        let due = Some(day(2026, 11, date));
        let item = Item {
            due,
            ..item(n, weight)
        };
        story.must(LINE_HEAD, add(item));
    }
    story.must(LINE_HEAD, story.submit());
    story.must(MANAGER, story.approve());
    story.must(WORKER, report(1, 1, Completion, 100, day(2026, 11, 9)));
    story.must(WORKER, report(2, 2, Progress, 60, day(2026, 11, 9)));
    story.must(WORKER, report(3, 3, Completion, 100, day(2026, 11, 8)));
    story
}

#[test]
fn progress_counts_items_by_working_day() {
    let story = november_with_three_items();
    let shown = progress(&story.world, NOVEMBER, None, day(2026, 11, 12)).unwrap();
    assert_eq!((shown.days.len(), shown.all, shown.undated), (21, 3, 0));
    let at = |date| {
        let found = shown.days.iter().find(|at| at.day == day(2026, 11, date));
        found.map(|at| (at.planned, at.done)).unwrap()
    };
    assert_eq!(at(2), (0, Some(0)));
    assert_eq!(at(4), (0, Some(0)));
    assert_eq!(at(5), (1, Some(0)));
    // What was done on Sunday the 8th stands on Monday, beside what was done on Monday.
    assert_eq!(at(6), (1, Some(0)));
    assert_eq!(at(9), (1, Some(2)));
    assert_eq!(at(12), (1, Some(2)));
    assert_eq!(at(13), (1, None));
    // Due on Saturday the 14th.
    assert_eq!(at(16), (2, None));
    assert_eq!(at(20), (3, None));
    assert_eq!(at(30), (3, None));
    let now = At {
        day: day(2026, 11, 12),
        planned: 1,
        done: Some(2),
    };
    assert_eq!(shown.now(), Some(now));
}

#[test]
fn progress_of_a_unit_counts_its_plans_alone() {
    let story = november_with_three_items();
    let today = day(2026, 11, 12);
    let all = |unit| progress(&story.world, NOVEMBER, Some(unit), today).map(|shown| shown.all);
    assert_eq!(all(LINE), Some(3));
    assert_eq!(all(STORE), Some(0));
    let unknown = PeriodId::from_bits(9);
    assert_eq!(progress(&story.world, unknown, None, today), None);
}

#[test]
fn a_draft_is_nobodys_progress() {
    let story = Story::submitted(&[10_000]);
    let shown = progress(&story.world, NOVEMBER, None, day(2026, 11, 12)).unwrap();
    assert_eq!(shown.all, 0);
}

#[test]
fn overdue_is_counted_from_the_end_of_the_due_day_until_it_is_done() {
    let story = november_with_three_items();
    let shown = late(&story.world, NOVEMBER, None, false, day(2026, 11, 12)).unwrap();
    // The working days 2 to 6 and 9 to 12.
    assert_eq!(shown.days.len(), 9);
    let row = |who| Row {
        who,
        overdue: vec![0, 0, 0, 1, 1, 0, 0, 0, 0],
    };
    assert_eq!(shown.rows, [row(Who::Person(WORKER))]);
    assert_eq!(shown.in_time, 0);
    let by_unit = late(&story.world, NOVEMBER, None, true, day(2026, 11, 12)).unwrap();
    assert_eq!(by_unit.rows, [row(Who::Unit(LINE))]);
}

#[test]
fn on_the_due_day_itself_nobody_is_late() {
    let story = november_with_three_items();
    let shown = late(&story.world, NOVEMBER, None, false, day(2026, 11, 5)).unwrap();
    assert_eq!((shown.rows.len(), shown.in_time), (0, 1));
    let before = late(&story.world, NOVEMBER, None, false, day(2026, 11, 1));
    assert_eq!(before, None);
}

/// The line's result is published: on time and good, 90.00 points.
fn published() -> Story {
    let mut story = Story::approved(&[10_000]);
    let judged = score(1, None, Some(carried_out("on_time", "good")));
    story.must(MANAGER, Command::ScoreSuperior(judged));
    story.must(MANAGER, story.publish());
    story
}

#[test]
fn results_are_spread_over_the_bands_and_what_is_not_here_is_counted() {
    let story = published();
    let shown = spread(&story.world, NOVEMBER, None).unwrap();
    let bars: Vec<_> = shown
        .bars
        .iter()
        .map(|bar| (bar.from, bar.people))
        .collect();
    let from = |points| Some(Points(points));
    assert_eq!(
        bars,
        [
            (from(6_000), 0),
            (from(7_000), 0),
            (from(8_000), 0),
            (from(9_000), 1),
            (from(9_500), 0)
        ]
    );
    let band = Bar {
        from: from(9_000),
        coefficient: BasisPoints(11_000),
        people: 1,
    };
    assert_eq!(shown.bars[3], band);
    // Six people hold posts in November; one of them has a result.
    assert_eq!((shown.judged, shown.unjudged, shown.missing), (1, 0, 5));
    let line = spread(&story.world, NOVEMBER, Some(LINE)).unwrap();
    assert_eq!((line.judged, line.missing), (1, 1));
    let other = spread(&story.world, NOVEMBER, Some(STORE)).unwrap();
    assert_eq!((other.judged, other.missing), (0, 2));
}

#[test]
fn a_total_below_every_band_has_a_bar_of_its_own() {
    let mut story = Story::approved(&[10_000]);
    let judged = score(1, None, Some(carried_out("late", "needs_improvement")));
    story.must(MANAGER, Command::ScoreSuperior(judged));
    story.must(MANAGER, story.publish());
    let shown = spread(&story.world, NOVEMBER, None).unwrap();
    let first = Bar {
        from: Some(Points(0)),
        coefficient: BasisPoints(0),
        people: 1,
    };
    assert_eq!((shown.bars.len(), shown.bars[0]), (6, first));
}

#[test]
fn what_a_device_does_not_hold_is_missing_and_not_guessed() {
    let mut story = published();
    let document = story.document().clone();
    for version in document.results.keys() {
        let key = shared::row::RowKey {
            kind: shared::row::RowKind::Result,
            document: Some(PLAN),
            bits: PLAN.bits() + u128::from(*version) - 1,
        };
        story
            .world
            .remove(key, Some(PlanId::from_bits(PLAN.bits())));
    }
    let shown = spread(&story.world, NOVEMBER, None).unwrap();
    assert_eq!((shown.judged, shown.missing), (0, 6));
}

#[test]
fn ticks_are_numbers_that_people_read() {
    assert_eq!(ticks(7, 4), [0, 2, 4, 6, 8]);
    assert_eq!(ticks(23, 4), [0, 10, 20, 30]);
    assert_eq!(ticks(100, 4), [0, 50, 100]);
    assert_eq!(ticks(0, 4), [0, 1]);
    assert_eq!(ticks(4, 4), [0, 1, 2, 3, 4]);
    assert!(ticks(u32::MAX, 4).len() <= 6);
}

#[test]
fn a_scale_rounds_half_away_from_its_zero() {
    let up = Scale {
        most: 8,
        zero: 200,
        end: 0,
    };
    assert_eq!([0, 1, 3, 8].map(|count| up.at(count)), [200, 175, 125, 0]);
    let thirds = Scale {
        most: 3,
        zero: 0,
        end: 100,
    };
    assert_eq!([1, 2].map(|count| thirds.at(count)), [33, 67]);
    let down = Scale {
        most: 3,
        zero: 100,
        end: 0,
    };
    assert_eq!([1, 2].map(|count| down.at(count)), [67, 33]);
}

#[test]
fn bands_share_their_edges_and_fill_the_width() {
    let days = Bands {
        from: 40,
        to: 340,
        count: 22,
    };
    assert_eq!(days.band(0), (40, 53));
    assert_eq!(days.band(1), (53, 67));
    assert_eq!(days.band(21), (326, 340));
    assert_eq!(days.middle(0), 46);
}

#[test]
fn a_drawing_escapes_words_and_lets_the_keyboard_in_once() {
    let mut drawing = Drawing::new("p", 100, 40);
    let area = Area {
        x: 1,
        y: 2,
        width: 3,
        height: 4,
    };
    drawing.text("t", Anchor::End, (9, 8), "a<b & \"c\"");
    drawing.area("bar", area, Some("wide"));
    drawing.way("step", &[(0, 0), (5, 0), (5, 7)], true);
    drawing.mark(area, "x");
    drawing.mark(area, "y");
    let svg = drawing.finish("'t'");
    assert!(svg.contains(r#"text-anchor="end">a&lt;b &amp; &quot;c&quot;</text>"#));
    assert!(
        svg.contains(r#"<rect class="bar" x="1" y="2" width="3" height="4" fill="url(#p-wide)"/>"#)
    );
    assert!(svg.contains(r#"<path class="step" d="M0 0L5 0L5 7Z"/>"#));
    assert_eq!(svg.matches(r#"tabindex="0""#).count(), 1);
    assert_eq!(svg.matches(r#"tabindex="-1""#).count(), 1);
    assert!(svg.contains(r#"aria-label="&#39;t&#39;""#));
}
