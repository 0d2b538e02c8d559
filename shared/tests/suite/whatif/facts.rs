//! What the other rules ask and nobody recorded: named, never guessed. What follows is by hand.

use serde_json::json;
use shared::id::{EntryId, PlanId};
use shared::period::PeriodKind;
use shared::plan::Scope;
use shared::quantity::Points;
use shared::regime::charge::{Charge, Counted};
use shared::regime::deadlines::CountedTime;
use shared::result::engine_3::inputs::{
    EntryFact, KnownResult, Late, MeasureFact, Rating, ResultFact, TypedFact,
};
use shared::result::engine_3::{Inputs, compile};
use shared::whatif::Lack;

use super::{Past, alone, changed, figures, lacks, line, preset, shown, someone, tried};
use crate::format_1;
use crate::month::{Month, person};
use crate::prelude::*;

const TEXT: &str = include_str!("../../data/regime/a-b-c-minus-d.json");

/// The written rule text: C is the items' sum of importance, -0.5 a day late.
fn rule_text() -> Past {
    let mut past = Past::under(serde_json::from_str(TEXT).unwrap());
    past.hire(1, LINE);
    let superior = past.superior();
    let mut late = past.rated(1, 0, Rating::Whole);
    late.importance = Points(150);
    late.late = Late {
        calendar: 2,
        working: 2,
        clock_hours: 48,
        working_hours: 16,
    };
    let mut done = past.rated(2, 0, Rating::Whole);
    done.importance = Points(100);
    let mut inputs = Inputs {
        items: vec![late, done],
        ..Inputs::default()
    };
    let rules = past.regime.rules(PeriodKind::Month).unwrap();
    let program = compile(&past.regime, rules.cycle.kind).unwrap();
    for (key, places) in rules.typed() {
        for (criterion, _) in places {
            inputs.typed.push(TypedFact {
                part: program.part(key).unwrap(),
                criterion,
                rater: superior,
                points: Points(0),
            });
        }
    }
    for (place, _) in (0..).zip(program.measured()) {
        let measure = MeasureFact {
            place,
            over: 1,
            under: 1,
        };
        inputs.measures.push(measure);
    }
    past.published(1, (someone(1), LINE, Scope::Personal), inputs);
    past
}

/// The pointer of the points that an item loses for each day late.
fn per_day(past: &Past) -> String {
    let methods = &past.regime.judging.methods;
    let place = methods.iter().enumerate().find_map(|(nth, method)| {
        let mut charges = method.charges.iter();
        let late = |charge: &Charge| matches!(charge.counted, Counted::DaysLate { .. });
        charges.position(late).map(|at| (nth, at))
    });
    let (method, charge) = place.unwrap();
    format!("/judging/methods/{method}/charges/{charge}/amount/fixed")
}

/// By hand: A 10 and B 50 lose nothing; C is (1.50 - 2 x 0.50 + 1.00) / 2.50 x 40 = 24.00, 84.00 in
/// all. With 1.00 a day the first has nothing left: 1.00 / 2.50 x 40 = 16.00, 76.00 in all.
#[test]
fn another_deduction_for_a_day_late() {
    let past = rule_text();
    let other = changed(&past.regime, &per_day(&past), json!(100));
    let [then, now] = shown(line(&past.tried(other), someone(1)));
    assert_eq!((then.0, now.0), (Points(8_400), Points(7_600)));
}

/// Lateness that was counted from another of an act's times is not the lateness that is asked.
#[test]
fn lateness_that_is_counted_otherwise_is_not_known() {
    let past = rule_text();
    let counts = past.regime.lateness.counts;
    let other = if counts == CountedTime::Happened {
        "received"
    } else {
        "happened"
    };
    let other = changed(&past.regime, "/lateness/counts", json!(other));
    assert!(lacks(&past.tried(other), someone(1)).contains(&Lack::Lateness));
}

/// By hand, of 100.00: on time and good is 0.90, so 90.00 points where points are typed; and of
/// points nobody says which levels they were.
#[test]
fn a_level_stands_for_the_points_that_it_earned() {
    let mut smart = Past::under(preset("smart-monthly", &[]));
    smart.scored(1, Rating::Cell(0, 1));
    let typed = changed(
        &smart.regime,
        "/judging/methods/0/scoring",
        json!({"typed": {}}),
    );
    let outcome = smart.tried(typed.clone());
    let one = line(&outcome, someone(1));
    assert_eq!(one.converted, 1);
    assert_eq!(shown(one)[0], shown(one)[1]);
    assert_eq!(shown(one)[1].0, Points(9_000));
    let mut points = Past::under(typed);
    points.scored(1, Rating::Points(Points(9_000)));
    let method = smart.regime.judging.methods[0].key.clone();
    let outcome = points.tried(smart.regime);
    assert_eq!(lacks(&outcome, someone(1)), [Lack::Judgement(method)]);
}

/// A month of format 1 holds what the superior said of items, their weights and their sections.
#[test]
fn an_earlier_result_holds_less() {
    let mut month = Month::under(format_1::smart_monthly());
    month.plans(
        1,
        person(1),
        LINE,
        &[("key_work", 10_000, day(2026, 11, 20))],
    );
    month.on(day(2026, 12, 2));
    month.judged(1, &[carried_out("on_time", "good")]);
    // The same rules as they ship now: fines are points of the ledger, of which there were none.
    let outcome = tried(
        &month.story,
        PLAN_OFFICE,
        preset("smart-monthly", &[]).into(),
    )
    .unwrap();
    let [then, now] = shown(line(&outcome, person(1)));
    assert_eq!((then, now), (figures(9_000, 11_000, 10_200), then));
    assert!(
        outcome.without.contains(&"late_plan".to_owned()),
        "{:?}",
        outcome.without
    );
    // Half of it by the person's own word, which was not kept with the result.
    let own = preset("smart-monthly", &[]);
    let own = changed(
        &own,
        "/judging/raters",
        json!([
            {"key": "self", "by": "responsible", "weight": 5_000, "missing": "blocks"},
            {"key": "superior", "by": "superior", "weight": 5_000, "missing": "blocks"}
        ]),
    );
    let outcome = tried(&month.story, PLAN_OFFICE, own.into()).unwrap();
    assert_eq!(lacks(&outcome, person(1)), [Lack::Rater("self".into())]);
    // 80 for the items and 20 typed for the plan itself, which nobody typed.
    let both = preset("smart-monthly", &["eighty-twenty"]);
    let outcome = tried(&month.story, PLAN_OFFICE, both.into()).unwrap();
    let named = lacks(&outcome, person(1));
    assert!(
        named.iter().all(|lack| matches!(lack, Lack::Typed(_))),
        "{named:?}"
    );
    assert_eq!(named.len(), 2);
}

/// By hand: 90.00 less 2.00 for a late plan is 88.00; at 5.00 for it 85.00; both are 1.00.
#[test]
fn an_entry_costs_what_its_tariff_says_now() {
    let mut past = Past::under(preset("smart-monthly", &[]));
    past.hire(1, LINE);
    let tariffs = &past.regime.tariffs;
    let at = tariffs
        .iter()
        .position(|one| one.key == "late_plan")
        .unwrap();
    let inputs = Inputs {
        items: vec![past.rated(1, 10_000, Rating::Cell(0, 1))],
        entries: vec![EntryFact {
            entry: EntryId::from_bits(7),
            tariff: u16::try_from(at).unwrap(),
            item: None,
            happened: day(2026, 11, 3),
            points: Points(200),
            item_zero: false,
        }],
        ..Inputs::default()
    };
    past.published(1, (someone(1), LINE, Scope::Personal), inputs);
    let place = format!("/tariffs/{at}/points/fixed");
    let other = changed(&past.regime, &place, json!(500));
    let [then, now] = shown(line(&past.tried(other), someone(1)));
    assert_eq!((then.0, now.0), (Points(8_800), Points(8_500)));
}

/// A person's result counts with the department's factor, and the department is judged anew, too.
/// By hand: the department did 80.00 of 100.00, one of 20.00 was not carried out: the factor 1.00 and
/// the person's 80.00. Where half is left of what was not carried out, the department has 90.00, the
/// factor is 1.10 and the person has 88.00.
#[test]
fn the_department_is_judged_before_its_people() {
    let mut past = Past::under(alone(&preset("responsibility-centres", &[])));
    let whole = |past: &Past, n| Inputs {
        items: vec![past.rated(n, 10_000, Rating::Points(Points(8_000)))],
        ..Inputs::default()
    };
    let department = Inputs {
        items: vec![
            past.rated(50, 8_000, Rating::Points(Points(8_000))),
            past.rated(51, 2_000, Rating::Undone),
        ],
        ..Inputs::default()
    };
    past.hire(1, LINE);
    let mut own = whole(&past, 1);
    own.results.push(ResultFact {
        place: 0,
        plan: PlanId::from_bits(2_050),
        known: Some(KnownResult {
            version: 1,
            digest: String::new(),
            total: Points(8_000),
            band: None,
        }),
    });
    past.published(1, (someone(1), LINE, Scope::Personal), own);
    // The department's own result is not here: what would come of it nobody can say.
    let outcome = past.tried(past.regime.clone());
    assert_eq!(lacks(&outcome, someone(1)), [Lack::Result]);
    past.published(50, (LINE_HEAD, LINE, Scope::Unit), department);
    let outcome = past.tried(past.regime.clone());
    for line in &outcome.lines {
        assert_eq!(line.then, line.now);
    }
    assert_eq!(outcome.lines.len(), 2);
    let half = changed(&past.regime, "/judging/methods/0/undone", json!(5_000));
    let outcome = past.tried(half);
    assert_eq!(line(&outcome, LINE_HEAD).now.total, Points(9_000));
    assert_eq!(line(&outcome, someone(1)).now.total, Points(8_800));
}
