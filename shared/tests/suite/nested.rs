//! Nested periods through commands: a week in a month in a quarter, for the same person at the same
//! time; drawn, reported, rolled up, carried over; and acts on periods.

use std::sync::Arc;

use serde_json::{Value, json};
use shared::carry::{self, Candidate};
use shared::command::Command;
use shared::command::organisation::OpenPeriod;
use shared::command::period::MarkPeriod;
use shared::command::plan::DraftPlan;
use shared::id::{ItemId, PeriodId, PlanId};
use shared::item::{Item, LineageKind, Target, TargetKind};
use shared::moment::Day;
use shared::period::ready::{self, Open};
use shared::period::{PeriodKind, nest, timer};
use shared::plan::PlanState;
use shared::quantity::{Points, Quantity};
use shared::refusal::Refusal;
use shared::regime::Document;
use shared::regime::cycle::PeriodAct;
use shared::report::ReportKind;
use shared::rollup;
use shared::world::Holdings;

use crate::calendar::at;
use crate::prelude::*;

const QUARTER: PeriodId = PeriodId::from_bits(401);
const WEEK_1: PeriodId = PeriodId::from_bits(402);
const WEEK_2: PeriodId = PeriodId::from_bits(403);
const DAY: PeriodId = PeriodId::from_bits(404);
const OF_QUARTER: PlanId = PlanId::from_bits(411);
const OF_WEEK_1: PlanId = PlanId::from_bits(412);
const OF_WEEK_2: PlanId = PlanId::from_bits(413);

/// A regime of day, week, month and quarter, each within the next.
pub(crate) fn nested() -> Value {
    let shipped = include_str!("../../src/regime/presets/daily-weekly-monthly.json");
    let shipped: Value = serde_json::from_str(shipped).unwrap();
    let mut regime = shipped.get("regime").unwrap_or(&shipped).clone();
    let cycles = regime["cycles"].as_array_mut().unwrap();
    let month = cycles
        .iter_mut()
        .find(|cycle| cycle["kind"] == "month")
        .unwrap();
    month["within"] = json!("quarter");
    month["splits_into"] = json!("week");
    let mut quarter = cycles
        .iter()
        .find(|cycle| cycle["kind"] == "week")
        .unwrap()
        .clone();
    quarter["kind"] = json!("quarter");
    quarter.as_object_mut().unwrap().remove("within");
    cycles.push(quarter);
    regime["house_defaults"] = json!([]);
    regime["coverage"] = json!({"plans": "both"});
    regime
}

fn document(regime: &Value) -> Document {
    serde_json::from_value(regime.clone()).unwrap()
}

fn open(period: PeriodId, kind: PeriodKind, from: Day, to: Day) -> Command {
    Command::OpenPeriod(OpenPeriod {
        period,
        kind,
        from,
        to,
        regime: REGIME,
    })
}

fn draft(plan: PlanId, period: PeriodId) -> Command {
    Command::DraftPlan(DraftPlan {
        plan,
        period,
        ..line_plan()
    })
}

/// The company under the nested regime: November is open, with its quarter, two weeks and a day.
fn founded() -> Story {
    let mut story = Story::founded_under(document(&nested()));
    let spans = [
        (
            QUARTER,
            PeriodKind::Quarter,
            day(2026, 10, 1),
            day(2026, 12, 31),
        ),
        (
            WEEK_1,
            PeriodKind::Week,
            day(2026, 11, 9),
            day(2026, 11, 15),
        ),
        (
            WEEK_2,
            PeriodKind::Week,
            day(2026, 11, 16),
            day(2026, 11, 22),
        ),
        (DAY, PeriodKind::Day, day(2026, 11, 10), day(2026, 11, 10)),
    ];
    for (period, kind, from, to) in spans {
        story.must(PLAN_OFFICE, open(period, kind, from, to));
    }
    story
}

fn counted(n: u128, plan: PlanId, value: i64) -> Item {
    Item {
        plan,
        target: Target {
            kind: TargetKind::Count,
            baseline: None,
            value: Some(Quantity(value * 10_000)),
            measure: "台".into(),
            tolerance: None,
        },
        ..item(n, 10_000)
    }
}

/// An item that continues another in a plan, due within the week.
fn continued(
    story: &Story,
    kind: LineageKind,
    from: (PlanId, ItemId),
    n: u128,
    plan: PlanId,
) -> Item {
    let source = &story.document_of(from.0).items[&from.1];
    let provisional = kind == LineageKind::CarriedOver;
    Item {
        due: Some(day(2026, 11, 13)),
        weight: Points(10_000),
        ..carry::continued(kind, source, (item_id(n), plan), provisional)
    }
}

/// Quarter, month and week are approved, each with one item drawn from the longer one.
fn running() -> Story {
    let mut story = founded();
    story.must(LINE_HEAD, draft(OF_QUARTER, QUARTER));
    story.must(LINE_HEAD, add(counted(1, OF_QUARTER, 300)));
    story.must(LINE_HEAD, story.submit_of(OF_QUARTER));
    story.must(MANAGER, story.approve_of(OF_QUARTER));
    story.must(LINE_HEAD, draft(PLAN, NOVEMBER));
    let drawn = continued(
        &story,
        LineageKind::Drawn,
        (OF_QUARTER, item_id(1)),
        2,
        PLAN,
    );
    story.must(LINE_HEAD, add(drawn));
    story.must(LINE_HEAD, story.submit());
    story.must(MANAGER, story.approve());
    story.must(LINE_HEAD, draft(OF_WEEK_1, WEEK_1));
    let drawn = continued(&story, LineageKind::Drawn, (PLAN, item_id(2)), 3, OF_WEEK_1);
    story.must(LINE_HEAD, add(drawn));
    story.must(LINE_HEAD, story.submit_of(OF_WEEK_1));
    story.must(MANAGER, story.approve_of(OF_WEEK_1));
    story
}

fn reported(n: u128, plan: PlanId, report_id: u128, kind: ReportKind, count: i64) -> Command {
    let percent = if kind == ReportKind::Completion {
        100
    } else {
        50
    };
    let Command::ReportItem(args) = report(n, report_id, kind, percent, day(2026, 11, 10)) else {
        panic!("a report");
    };
    Command::ReportItem(shared::command::review::ReportItem {
        plan,
        quantity: Some(Quantity(count * 10_000)),
        ..args
    })
}

#[test]
fn periods_of_several_kinds_run_at_once_and_nest() {
    let story = founded();
    let organisation = story.world.organisation();
    let of = |id: PeriodId| &organisation.periods[&id];
    let parent = |id| nest::parent(organisation, of(id)).map(|period| period.id);
    assert_eq!(parent(DAY), Some(WEEK_1));
    assert_eq!(parent(WEEK_1), Some(NOVEMBER));
    assert_eq!(parent(NOVEMBER), Some(QUARTER));
    assert_eq!(parent(QUARTER), None);
    let children = nest::children(organisation, of(NOVEMBER));
    let children: Vec<PeriodId> = children.iter().map(|period| period.id).collect();
    assert_eq!(children, [WEEK_1, WEEK_2]);
    assert_eq!(
        of(WEEK_1).opened.as_ref().map(|opened| opened.by),
        Some(PLAN_OFFICE)
    );
    // The same kind twice on one day is refused, another kind is not; an unknown kind is.
    let twice = open(
        PeriodId::from_bits(405),
        PeriodKind::Week,
        day(2026, 11, 15),
        day(2026, 11, 21),
    );
    let exists = Refusal::already_exists("period");
    assert_eq!(story.refused(PLAN_OFFICE, twice), exists);
    let year = open(
        PeriodId::from_bits(405),
        PeriodKind::Year,
        day(2026, 1, 1),
        day(2026, 12, 31),
    );
    assert!(matches!(
        story.refused(PLAN_OFFICE, year),
        Refusal::UnknownValue { .. }
    ));
}

#[test]
fn a_week_that_crosses_months_belongs_to_the_one_of_its_middle() {
    let mut story = founded();
    let next = PeriodId::from_bits(406);
    let crossing = PeriodId::from_bits(407);
    story.must(
        PLAN_OFFICE,
        open(next, PeriodKind::Month, day(2026, 12, 1), day(2026, 12, 31)),
    );
    // Monday 30 November to Sunday 6 December: its Thursday is in December.
    story.must(
        PLAN_OFFICE,
        open(
            crossing,
            PeriodKind::Week,
            day(2026, 11, 30),
            day(2026, 12, 6),
        ),
    );
    let organisation = story.world.organisation();
    let of = |id: PeriodId| &organisation.periods[&id];
    let parent = nest::parent(organisation, of(crossing)).map(|period| period.id);
    assert_eq!(parent, Some(next));
    // It may draw from both, and from no quarter.
    assert!(nest::may_draw(organisation, of(NOVEMBER), of(crossing)));
    assert!(nest::may_draw(organisation, of(next), of(crossing)));
    assert!(!nest::may_draw(organisation, of(QUARTER), of(crossing)));
    assert!(!nest::may_draw(organisation, of(NOVEMBER), of(DAY)));
}

#[test]
fn a_weeks_work_rolls_up_to_its_month_and_quarter() {
    let mut story = running();
    story.must(WORKER, reported(3, OF_WEEK_1, 71, ReportKind::Progress, 30));
    let of = |story: &Story, plan: PlanId, n: u128| {
        let item = &story.document_of(plan).items[&item_id(n)];
        rollup::of(&story.world, plan, item).unwrap()
    };
    // 30 of 300, in the month as in the quarter, because the week counts what both count.
    let month = of(&story, PLAN, 2);
    assert_eq!(
        (month.quantity, month.percent),
        (Some(Quantity(300_000)), 10)
    );
    let quarter = of(&story, OF_QUARTER, 1);
    assert_eq!(
        (quarter.quantity, quarter.percent),
        (Some(Quantity(300_000)), 10)
    );
    // What is left goes on in the next week, and stays the month's.
    story.must(LINE_HEAD, draft(OF_WEEK_2, WEEK_2));
    let kind = LineageKind::CarriedOver;
    let carried = continued(&story, kind, (OF_WEEK_1, item_id(3)), 4, OF_WEEK_2);
    let lineage = carried.lineage.clone().unwrap();
    assert_eq!((lineage.origin, lineage.rolled), (item_id(1), 1));
    story.must(LINE_HEAD, add(carried));
    story.must(LINE_HEAD, story.submit_of(OF_WEEK_2));
    story.must(MANAGER, story.approve_of(OF_WEEK_2));
    story.must(
        WORKER,
        reported(4, OF_WEEK_2, 72, ReportKind::Completion, 60),
    );
    let month = of(&story, PLAN, 2);
    assert_eq!(
        (month.quantity, month.percent),
        (Some(Quantity(900_000)), 30)
    );
    assert_eq!((month.done, month.children.len()), (1, 1));
}

#[test]
fn what_a_plan_may_draw_is_what_its_screen_offers() {
    let mut story = running();
    story.must(LINE_HEAD, draft(OF_WEEK_2, WEEK_2));
    let offered = carry::candidates(&story.world, OF_WEEK_2, day(2026, 11, 10));
    let candidate = |kind, plan, n| Candidate {
        kind,
        plan,
        item: item_id(n),
    };
    assert_eq!(
        offered,
        [
            candidate(LineageKind::Drawn, PLAN, 2),
            candidate(LineageKind::CarriedOver, OF_WEEK_1, 3),
        ]
    );
    // From the quarter a week draws nothing: its month does.
    let wrong = continued(
        &story,
        LineageKind::Drawn,
        (OF_QUARTER, item_id(1)),
        9,
        OF_WEEK_2,
    );
    let refused = story.refused(LINE_HEAD, add(wrong));
    assert_eq!(refused, Refusal::NotASource { plan: OF_QUARTER });
    // Nor is a month's item carried into one of its weeks: it is drawn.
    let kind = LineageKind::CarriedOver;
    let wrong = continued(&story, kind, (PLAN, item_id(2)), 9, OF_WEEK_2);
    let refused = story.refused(LINE_HEAD, add(wrong));
    assert_eq!(refused, Refusal::NotASource { plan: PLAN });
}

fn mark(act: PeriodAct, open: u32, reason: &str) -> MarkPeriod {
    MarkPeriod {
        period: NOVEMBER,
        act,
        units: Vec::new(),
        open,
        reason: reason.into(),
    }
}

fn marked(story: &mut Story, args: MarkPeriod) {
    story.must(PLAN_OFFICE, Command::MarkPeriod(args));
}

#[test]
fn readiness_lists_what_is_open_before_each_act() {
    let mut story = founded();
    let of = |story: &Story, act| {
        let period = &story.world.organisation().periods[&NOVEMBER];
        ready::open(&story.world, period, act, &[], day(2026, 11, 10))
    };
    let closing = PeriodAct::SubmissionClosed;
    // Three units with heads, and no plan yet.
    let none: Vec<Open> = [ROOT, LINE, STORE].map(Open::NoPlan).to_vec();
    assert_eq!(of(&story, closing), none);
    // A worker's device holds plans of neither, and does not say that there are none.
    let (mut device, person) = (story.world.clone(), WORKER);
    let partitions = Arc::default();
    device.set_holdings(Holdings::Granted { person, partitions });
    let period = &device.organisation().periods[&NOVEMBER];
    let open = ready::open(&device, period, closing, &[ROOT, STORE], day(2026, 11, 10));
    assert_eq!(open, [Open::Unseen(ROOT), Open::Unseen(STORE)]);
    assert!(!open.iter().any(|open| open.is_known()));
    story.must(LINE_HEAD, draft(PLAN, NOVEMBER));
    story.must(LINE_HEAD, add(counted(1, PLAN, 10)));
    let drafted = of(&story, closing);
    assert_eq!(
        drafted,
        [
            Open::NoPlan(ROOT),
            Open::NoPlan(STORE),
            Open::NotHandedIn(PLAN)
        ]
    );
    let line = {
        let period = &story.world.organisation().periods[&NOVEMBER];
        ready::open(&story.world, period, closing, &[LINE], day(2026, 11, 10))
    };
    assert_eq!(line, [Open::NotHandedIn(PLAN)]);
    story.must(LINE_HEAD, story.submit());
    assert_eq!(
        of(&story, PeriodAct::JudgingClosed),
        [Open::NotSigned(PLAN)]
    );
    story.must(MANAGER, story.approve());
    // It is not judged, and not split into weeks.
    assert_eq!(
        of(&story, PeriodAct::JudgingClosed),
        [Open::NotJudged(PLAN), Open::NotSplit(PLAN, item_id(1))]
    );
    assert_eq!(of(&story, PeriodAct::Sealed), [Open::NotSealed(PLAN)]);
    story.must(LINE_HEAD, draft(OF_WEEK_1, WEEK_1));
    let drawn = continued(&story, LineageKind::Drawn, (PLAN, item_id(1)), 3, OF_WEEK_1);
    story.must(LINE_HEAD, add(drawn));
    assert_eq!(
        of(&story, PeriodAct::JudgingClosed),
        [Open::NotJudged(PLAN)]
    );
}

#[test]
fn what_an_act_ends_is_refused_until_a_correction_round() {
    let mut story = founded();
    story.must(LINE_HEAD, draft(PLAN, NOVEMBER));
    story.must(LINE_HEAD, add(counted(1, PLAN, 10)));
    let closing =
        |open, reason: &str| Command::MarkPeriod(mark(PeriodAct::SubmissionClosed, open, reason));
    assert_eq!(story.refused(LINE_HEAD, closing(0, "")), Refusal::Forbidden);
    // Who closes with something open says why.
    let refused = story.refused(PLAN_OFFICE, closing(3, " "));
    assert!(matches!(refused, Refusal::FieldMissing { .. }));
    story.must(PLAN_OFFICE, closing(3, "月底统一截止"));
    let kept = story.world.organisation().periods[&NOVEMBER].marks.clone();
    assert_eq!((kept.len(), kept[0].open), (1, 3));
    assert_eq!(kept[0].signed.by, PLAN_OFFICE);
    // A second one changes nothing.
    assert_eq!(story.must(PLAN_OFFICE, closing(3, "再次")), []);
    let refused = story.refused(LINE_HEAD, story.submit());
    let act = PeriodAct::SubmissionClosed;
    let closed = Refusal::PeriodClosed {
        period: NOVEMBER,
        act,
    };
    assert_eq!(refused, closed);
    let mut round = mark(PeriodAct::Corrected, 0, "漏交补报");
    round.units = vec![LINE];
    marked(&mut story, round);
    story.must(LINE_HEAD, story.submit());
    // What was handed in once and came back may be handed in again.
    let mut again = mark(PeriodAct::SubmissionClosed, 0, "");
    again.units = vec![LINE];
    marked(&mut story, again);
    story.must(
        MANAGER,
        Command::ReturnPlan(shared::command::plan::ReturnPlan {
            plan: PLAN,
            seen: story.seen(),
            reason: "补充标准".into(),
        }),
    );
    story.must(LINE_HEAD, story.submit());
    assert_eq!(story.state(), PlanState::Submitted);
}

#[test]
fn judging_ends_with_its_act() {
    let mut story = running();
    marked(&mut story, mark(PeriodAct::JudgingClosed, 1, "按期截止"));
    let points = shared::score::Judgement::Points {
        points: Points(9_000),
        off: std::collections::BTreeMap::new(),
    };
    let scoring = Command::ScoreSelf(score(2, None, Some(points)));
    let refused = story.refused(WORKER, scoring);
    let act = PeriodAct::JudgingClosed;
    assert_eq!(
        refused,
        Refusal::PeriodClosed {
            period: NOVEMBER,
            act
        }
    );
    let none = mark(PeriodAct::Corrected, 0, "");
    let refused = story.refused(PLAN_OFFICE, Command::MarkPeriod(none));
    assert!(matches!(refused, Refusal::FieldMissing { .. }));
}

#[test]
fn a_timer_acts_for_who_opened_the_period() {
    let mut regime = nested();
    let cycles = regime["cycles"].as_array_mut().unwrap();
    let month = cycles
        .iter_mut()
        .find(|cycle| cycle["kind"] == "month")
        .unwrap();
    month["timers"] = json!([{"act": "submission_closed", "step": "submission"}]);
    let mut story = Story::founded_under(document(&regime));
    let organisation = story.world.organisation();
    let period = &organisation.periods[&NOVEMBER];
    let rules = organisation.rules(period).unwrap();
    let off = timer::at(organisation, period, &rules.cycle.timers[0]).unwrap();
    // By the 28th of the month before, a Wednesday.
    assert_eq!(off.day(480), day(2026, 10, 28));
    let due = |story: &Story, now| timer::due(story.world.organisation(), now);
    assert_eq!(due(&story, off), []);
    let later = at(day(2026, 10, 29), 8, 0);
    let expected = timer::Due {
        period: NOVEMBER,
        act: PeriodAct::SubmissionClosed,
        actor: Some(PLAN_OFFICE),
    };
    assert_eq!(due(&story, later), [expected]);
    marked(&mut story, mark(PeriodAct::SubmissionClosed, 0, ""));
    assert_eq!(due(&story, later), []);
}
