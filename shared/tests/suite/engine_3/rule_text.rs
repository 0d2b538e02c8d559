//! A written rule text, "A + B + C - D", entered as data alone: its figures by hand.

use shared::quantity::{BasisPoints, Points};
use shared::result::engine_3::inputs::{Late, Outcome, Rating, StepFact};
use shared::result::engine_3::node::Op;
use shared::result::engine_3::{Exact, Inputs, Node};

use super::{Rules, computed, entry, item, measure, of_items, stated};

/// Places of the tariffs: a format error of 1, a key task left out of 2, a complaint of 5 to 10.
const FORMAT_ERROR: u16 = 0;
const COMPLAINT: u16 = 2;

fn late(calendar: u16) -> Late {
    Late {
        calendar,
        ..Late::default()
    }
}

/// Handed in so many days late.
fn handed_in(days: u16) -> Vec<StepFact> {
    let late = late(days);
    vec![StepFact { step: 0, late }]
}

/// Three items of importance 1.5, 1.0 and 0.5, judged without any fault.
fn three() -> Inputs {
    let one = |n, importance| {
        let mut item = item(n, 0);
        item.importance = Points(importance);
        item.stated = vec![stated(super::SUPERIOR, Rating::Whole)];
        item
    };
    of_items([one(1, 150), one(2, 100), one(3, 50)])
}

/// The facts of the month of [`a_month_with_trouble`].
pub(super) fn with_trouble() -> Inputs {
    let mut inputs = three();
    inputs.items[0].late = late(2);
    inputs.items[1].stated[0].off = vec![(1, Points(20))];
    inputs.items[2].outcome = Outcome::Undone;
    inputs.entries = vec![entry(1, FORMAT_ERROR, 100), entry(2, COMPLAINT, 600)];
    inputs.steps = handed_in(1);
    inputs.measures = vec![measure(0, 6, 7)];
    inputs
}

/// By hand, in points:
///
/// - A: 10, 1 format error of 1, handed in 1 day late for 2: 10 - 1 - 2 = 7.
/// - B: 6 of 7 in time, 85.71 %, 4.29 short of 90 %: one step of 10 % begun, 50 - 5 = 45.
/// - C: the first item 2 days late, 1.5 - 2 x 0.5 = 0.5; the second 0.2 off for quality, 0.8; the
///   third not carried out, 0: 1.3 of 3.0, x 40 = 17.333...
/// - D: one complaint of 6.
///
/// 7 + 45 + 17.333... - 6 = 63.333..., printed 63.33; at least 60 and below 80: 0.70.
#[test]
fn a_month_with_trouble() {
    let mut inputs = with_trouble();
    let rules = Rules::text();
    let (figures, tape) = computed(&rules.program(), &inputs);
    assert_eq!(
        super::printed(&figures),
        (Points(6_333), BasisPoints(7_000))
    );
    assert_eq!(
        figures.exact,
        Exact::millionths(190_000_000).times(1, 3).unwrap()
    );
    assert_eq!((figures.band, figures.preliminary), (Some(3), false));
    // What each part gave, in millionths, rounded down; the last of each part is its figure.
    let value = |part: u32| {
        let of = |node: &&Node| node.subject.kind() == 2 && node.subject.index() == part;
        tape.nodes.iter().rfind(of).map(|node| node.value)
    };
    let parts = [7_000_000, 45_000_000, 17_333_333, -6_000_000];
    for (at, millionths) in (0..).zip(parts) {
        assert_eq!(value(at), Some(millionths), "part {at}");
    }
    // The tape is kept as it was written.
    let kept = serde_json::to_string(&tape.nodes).unwrap();
    assert!(
        kept.starts_with(r#"[["points",33554432,1000,1000,0,10000000],"#),
        "{kept}"
    );
    assert_eq!(
        serde_json::from_str::<Vec<Node>>(&kept).unwrap(),
        tape.nodes
    );
    // The text's own example: 86 % is 4 short, one step too.
    inputs.measures = vec![measure(0, 86, 100)];
    assert_eq!(rules.total(&inputs), 6_333);
    assert!(tape.nodes.iter().any(|node| node.op == Op::Steps));
}

/// The text says what each part is worth; that the total is rounded to a hundredth, half up, and
/// the bands are the product's own, and marked in the derivation.
#[test]
fn house_defaults_show_in_the_derivation() {
    let mut inputs = three();
    inputs.entries = vec![entry(1, FORMAT_ERROR, 100)];
    inputs.steps = handed_in(1);
    let rules = Rules::text();
    let program = rules.program();
    let (_, tape) = computed(&program, &inputs);
    let regime: shared::regime::document::Regime = serde_json::from_value(rules.0).unwrap();
    let marked = |defaults: &[String]| -> Vec<Op> {
        let house = program.house(defaults, &inputs, &tape.nodes);
        let at = |at: u16| tape.nodes[usize::from(at)].op;
        house.into_iter().map(at).collect()
    };
    assert_eq!(marked(&regime.house_defaults), [Op::Round, Op::Band]);
    // Everything below a pointer is marked; so is a value of which a pointer marks a part.
    let of_late = "/cycles/0/total/parts/list/0/source/charges/charges/2/amount/fixed";
    assert_eq!(marked(&[of_late.to_owned()]), [Op::Off]);
    let tariff = marked(&["/tariffs/0".to_owned()]);
    assert_eq!(tariff, [Op::Off]);
    assert_eq!(marked(&["/tariffs/1".to_owned()]), []);
    // 7 + 50 + 40 = 97.00 is in the first band.
    assert_eq!(
        marked(&["/grades/by/points/bands/0".to_owned()]),
        [Op::Band]
    );
    assert_eq!(marked(&["/grades/by/points/bands/1".to_owned()]), []);
}

/// By hand: handed in 6 days late, 10 - 12 is below 0, so A = 0; nothing was due, so B is full; C
/// is full: 0 + 50 + 40 - 0 = 90.00, at least 90 and below 95: 1.10.
#[test]
fn a_part_does_not_fall_below_nothing() {
    let mut inputs = three();
    inputs.steps = handed_in(6);
    let figures = Rules::text().figures(&inputs);
    assert_eq!(
        super::printed(&figures),
        (Points(9_000), BasisPoints(11_000))
    );
    // Nothing to measure is no fault.
    inputs.measures = vec![measure(0, 0, 0)];
    assert_eq!(Rules::text().total(&inputs), 9_000);
    // Exactly 90 % falls short by nothing, and 80 % by one whole step, not by two.
    inputs.measures = vec![measure(0, 9, 10)];
    assert_eq!(Rules::text().total(&inputs), 9_000);
    inputs.measures = vec![measure(0, 8, 10)];
    assert_eq!(Rules::text().total(&inputs), 8_500);
}

/// By hand: C = 0, handed in 6 days late A = 0, no item in time of 9: 90 short are 9 steps, B = 50 -
/// 45 = 5; two complaints of 10 take off 20: 0 + 5 + 0 - 20 = -15, and no total is below 0.
#[test]
fn the_total_does_not_fall_below_nothing() {
    let mut inputs = three();
    for item in &mut inputs.items {
        item.outcome = Outcome::Undone;
    }
    inputs.steps = handed_in(6);
    inputs.measures = vec![measure(0, 0, 9)];
    inputs.entries = vec![entry(1, COMPLAINT, 1_000), entry(2, COMPLAINT, 1_000)];
    let figures = Rules::text().figures(&inputs);
    assert_eq!(super::printed(&figures), (Points(0), BasisPoints(0)));
    // Without the complaints: 5.00.
    inputs.entries.clear();
    assert_eq!(Rules::text().total(&inputs), 500);
}

/// By hand: a half-point item is used up by one late day, and no item falls below nothing: 0.5 - 3 x
/// 0.5 = -1.0 counts 0; (1.5 + 1.0 + 0) / 3.0 x 40 = 33.333..., with A and B full 93.33.
#[test]
fn an_item_does_not_fall_below_nothing() {
    let mut inputs = three();
    inputs.items[2].late = late(3);
    assert_eq!(Rules::text().total(&inputs), 9_333);
}

/// An item of which nobody said anything holds the whole month up.
#[test]
fn a_missing_score_is_named() {
    let mut inputs = three();
    inputs.items[1].stated.clear();
    let refused = Rules::text().refused(&inputs);
    let items = vec![inputs.items[1].item];
    assert_eq!(refused, shared::refusal::Refusal::ScoresMissing { items });
    let nothing = Rules::text().refused(&Inputs::default());
    assert_eq!(nothing, shared::refusal::Refusal::NothingToJudge);
}
