//! Hints: what practice advises of a draft, and nothing is refused for.

use shared::item::{Item, Rhythm, TargetKind};
use shared::period::PeriodKind;
use shared::plan::{Hint, Lack, hints, lacks};
use shared::quantity::BasisPoints;
use shared::regime::RegimeVersion;

use crate::format_1;
use crate::prelude::*;

#[test]
fn practice_advises_and_refuses_nothing() {
    let version = RegimeVersion::new(REGIME, format_1::smart_monthly().into());
    let rules = version.rules(PeriodKind::Month).unwrap();
    // Four items: 4 points are few, 36 are many; the third is a number without one, the last has
    // no day and is temporary work of 20 of 100 points.
    let mut story = Story::drafted(&[400, 3_600]);
    let mut number = item(3, 4_000);
    number.target.kind = TargetKind::Count;
    story.must(LINE_HEAD, add(number));
    let mut undated = item(4, 2_000);
    undated.due = None;
    undated.section = "temporary_work".into();
    story.must(LINE_HEAD, add(undated));
    let advised = [
        Hint::Light(item_id(1)),
        Hint::Heavy(item_id(2)),
        Hint::Heavy(item_id(3)),
        Hint::NoNumber(item_id(3)),
        Hint::NoDate(item_id(4)),
        Hint::FewItems(4),
        Hint::MuchTemporary(BasisPoints(2_000)),
    ];
    assert_eq!(hints(rules, &story.document().items_in_order()), advised);
    // Five of 20 points each, and one that is only tracked: nothing to say.
    let quiet = Story::drafted(&[2_000, 2_000, 2_000, 2_000, 2_000, 0]);
    assert_eq!(hints(rules, &quiet.document().items_in_order()), []);
    // Thirteen are many; 10 % of temporary work are no more than advised.
    let mut many = Story::drafted(&[750; 12]);
    let section = "temporary_work".to_owned();
    many.must(
        LINE_HEAD,
        add(Item {
            section,
            ..item(13, 1_000)
        }),
    );
    assert_eq!(
        hints(rules, &many.document().items_in_order()),
        [Hint::ManyItems(13)]
    );
    let mut rhythmic = Story::drafted(&[]);
    let rhythm = Some(Rhythm::Daily);
    rhythmic.must(
        LINE_HEAD,
        add(Item {
            rhythm,
            due: None,
            ..item(1, 0)
        }),
    );
    assert_eq!(
        hints(rules, &rhythmic.document().items_in_order()),
        [Hint::FewItems(0)]
    );
}

#[test]
fn what_an_item_lacks_is_said_by_the_item_and_its_period() {
    let story = Story::drafted(&[10_000]);
    let period = &story.world.organisation().periods[&NOVEMBER];
    let full = Item {
        due: Some(period.to),
        responsible: Some(WORKER),
        deliverable: "月报".to_owned(),
        standard: "全部完成".to_owned(),
        ..story.item(1)
    };
    assert_eq!(lacks(&full, Some(period)), []);
    let after = Item {
        due: period.to.succ_opt(),
        ..full.clone()
    };
    assert_eq!(lacks(&after, Some(period)), [Lack::DueWithin]);
    // Without a due day, and where the period is not known, no day is wrong.
    let undated = Item { due: None, ..full };
    assert_eq!(lacks(&undated, Some(period)), []);
    assert_eq!(lacks(&after, None), []);
    let bare = Item {
        responsible: None,
        deliverable: String::new(),
        standard: String::new(),
        ..undated
    };
    let all = [Lack::Responsible, Lack::Deliverable, Lack::Standard];
    assert_eq!(lacks(&bare, Some(period)), all);
}
