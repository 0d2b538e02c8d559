//! Acts beside their deadlines: labelled when they are executed, decided once, by the right person.

use shared::command::Command;
use shared::command::organisation::NoteAbsence;
use shared::command::plan::ReturnPlan;
use shared::command::review::DecideLateness;
use shared::deadline::{
    DeadlineMonth, DeadlineRule, DeadlineStep, LateAct, Lateness, LatenessDecider, Shift, Timed,
    Timeliness,
};
use shared::id::{AbsenceId, PersonId, ReportId};
use shared::item::TargetKind;
use shared::moment::{Day, Made, Moment, UtcMillis};
use shared::organisation::AbsenceBasis;
use shared::plan::PlanState;
use shared::quantity::Quantity;
use shared::refusal::Refusal;
use shared::regime::RegimeVersion;
use shared::regime::deadlines::CountedTime;
use shared::regime::preset::shelf;
use shared::report::ReportKind::{Completion, Progress};
use shared::result;
use shared::result::engine_3::inputs::{Late, Outcome};
use shared::row::Row;

use crate::calendar::at;
use crate::format_1;
use crate::prelude::*;

/// A moment at which a command arrives that was made, as its device says, at another.
fn arriving(claimed: UtcMillis, received: UtcMillis) -> Moment {
    Moment {
        made: Made {
            device_wall: UtcMillis(0),
            est_server_time: claimed,
            tz: 480,
        },
        received,
        recorded: UtcMillis(received.0 + 1_000),
        utc_offset: 480,
    }
}

/// Judges the story's month by the house's lateness and no deadline but that of handing in.
fn by_the_house(story: &mut Story, deadlines: Vec<DeadlineRule>, decider: LatenessDecider) {
    let mut regime = format_1::smart_monthly();
    regime.deadlines = deadlines;
    regime.lateness = Some(Lateness {
        decider,
        ..Lateness::default()
    });
    let version = RegimeVersion::new(REGIME, regime.into());
    story.world.put(&Row::Regime(version));
}

fn submission(story: &Story) -> Timed {
    let plan = story.document().plan.as_ref().unwrap();
    (**plan.submitted.as_ref().unwrap().timed.as_ref().unwrap()).clone()
}

fn decided(act: LateAct, accepted: bool, reason: &str) -> Command {
    Command::DecideLateness(DecideLateness {
        plan: PLAN,
        act,
        accepted,
        reason: reason.into(),
    })
}

/// The plan of November is due on Wednesday 28 October 2026, 18:00; it comes two days later.
fn handed_in_late(claimed: UtcMillis) -> Story {
    let mut story = Story::drafted(&[10_000]);
    by_the_house(&mut story, vec![], LatenessDecider::Superior);
    story.moment = arriving(claimed, at(day(2026, 10, 30), 9, 0));
    story.must(LINE_HEAD, story.submit());
    story
}

#[test]
fn a_submission_is_labelled_when_it_is_executed() {
    let due = at(day(2026, 10, 28), 18, 0);
    let mut story = Story::drafted(&[10_000]);
    story.moment = arriving(due, due);
    story.must(LINE_HEAD, story.submit());
    assert_eq!(submission(&story).label, Timeliness::OnTime);
    assert_eq!(submission(&story).deadline.at, due);
    let claimed = submission(&handed_in_late(due));
    assert_eq!(claimed.label, Timeliness::LateClaimedOnTime);
    let late = submission(&handed_in_late(UtcMillis(due.0 + 1)));
    assert_eq!(late.label, Timeliness::Late);
    // A device whose clock is years ahead or behind is in time when its work is there in time.
    for claimed in [UtcMillis(0), UtcMillis(i64::MAX)] {
        let mut story = Story::drafted(&[10_000]);
        story.moment = arriving(claimed, due);
        story.must(LINE_HEAD, story.submit());
        assert_eq!(submission(&story).label, Timeliness::OnTime);
    }
}

#[test]
fn what_was_handed_in_on_time_is_not_late_because_it_was_returned() {
    let due = at(day(2026, 10, 28), 18, 0);
    let mut story = Story::drafted(&[10_000]);
    story.moment = arriving(due, due);
    story.must(LINE_HEAD, story.submit());
    story.moment = noon(day(2026, 11, 2));
    let back = ReturnPlan {
        plan: PLAN,
        seen: story.seen(),
        reason: "指标偏低".into(),
    };
    story.must(MANAGER, Command::ReturnPlan(back));
    story.must(LINE_HEAD, story.submit());
    assert_eq!(submission(&story).label, Timeliness::OnTime);
    assert_eq!(story.state(), PlanState::Submitted);
}

#[test]
fn the_judge_decides_a_claim_once_and_with_a_reason() {
    let made = at(day(2026, 10, 28), 12, 0);
    let mut story = handed_in_late(made);
    let decide = |reason| decided(LateAct::Submission, true, reason);
    for actor in [LINE_HEAD, WORKER, PLAN_OFFICE, ADMINISTRATOR, STORE_HEAD] {
        assert_eq!(story.refused(actor, decide("车间断网")), Refusal::Forbidden);
    }
    let (item, field) = (None, "reason".to_owned());
    let missing = Refusal::FieldMissing { item, field };
    assert_eq!(story.refused(MANAGER, decide("  ")), missing);
    story.must(MANAGER, decide("车间断网"));
    let timed = submission(&story);
    let decision = timed.decided.clone().unwrap();
    assert_eq!((decision.by, decision.accepted), (MANAGER, true));
    assert_eq!(timed.in_time(), Some(true));
    assert_eq!(
        story.refused(MANAGER, decide("再次")),
        Refusal::NothingToDecide
    );
    // What is late without a claim, and what is in time, needs no decision.
    let late = handed_in_late(at(day(2026, 10, 29), 12, 0));
    assert_eq!(
        late.refused(MANAGER, decide("网络")),
        Refusal::NothingToDecide
    );
    let undrafted = Story::drafted(&[10_000]);
    let nothing = undrafted.refused(MANAGER, decide("网络"));
    assert_eq!(nothing, Refusal::not_found("submission"));
}

/// An approved plan whose item of the worker is due on Friday 20 November, 17:00.
fn told_late(claimed: UtcMillis, received: UtcMillis) -> Story {
    let mut story = Story::approved(&[10_000]);
    by_the_house(&mut story, vec![], LatenessDecider::Superior);
    story.moment = arriving(claimed, received);
    story.must(WORKER, report(1, 1, Completion, 100, day(2026, 11, 20)));
    story
}

fn completion(story: &Story) -> Timed {
    let report = &story.document().reports[&ReportId::from_bits(1)];
    (**report.timed.as_ref().unwrap()).clone()
}

#[test]
fn a_completion_stands_beside_its_due_day_and_progress_beside_none() {
    let friday = day(2026, 11, 20);
    let close = at(friday, 17, 0);
    let label = |claimed, received| completion(&told_late(claimed, received)).label;
    assert_eq!(label(close, close), Timeliness::OnTime);
    let monday = at(day(2026, 11, 23), 8, 0);
    assert_eq!(label(close, monday), Timeliness::LateClaimedOnTime);
    // 72 hours after Friday 17:00 is Monday 17:00.
    let last = at(day(2026, 11, 23), 17, 0);
    assert_eq!(label(close, last), Timeliness::LateClaimedOnTime);
    assert_eq!(label(close, UtcMillis(last.0 + 1)), Timeliness::Late);
    let mut story = Story::approved(&[10_000]);
    story.must(WORKER, report(1, 1, Progress, 50, day(2026, 11, 10)));
    let progress = &story.document().reports[&ReportId::from_bits(1)];
    assert_eq!(progress.timed, None);
}

/// Annual leave on 18 to 20 November and on the 24th: due on the 20th, three working days later is
/// Wednesday the 25th, and the 24th does not count: Thursday the 26th. Sick leave moves nothing.
#[test]
fn entitled_absence_extends_what_is_due_and_personal_leave_does_not() {
    let due_with = |basis: AbsenceBasis, kind: TargetKind| {
        let mut story = Story::drafted(&[]);
        let mut item = item(1, 10_000);
        item.target.kind = kind;
        story.must(LINE_HEAD, add(item));
        story.must(LINE_HEAD, story.submit());
        story.must(MANAGER, story.approve());
        for (id, from, to) in [(1, 18, 20), (2, 24, 24)] {
            let note = NoteAbsence {
                id: AbsenceId::from_bits(id),
                person: WORKER,
                basis,
                from: day(2026, 11, from),
                to: Some(day(2026, 11, to)),
            };
            story.must(LINE_HEAD, Command::NoteAbsence(note));
        }
        let mut completed = report(1, 1, Completion, 100, day(2026, 11, 10));
        if let Command::ReportItem(args) = &mut completed {
            args.quantity = Some(Quantity(10_000));
        }
        story.must(WORKER, completed);
        completion(&story).deadline.day
    };
    let (entitled, personal) = (AbsenceBasis::Entitled, AbsenceBasis::Personal);
    assert_eq!(due_with(entitled, TargetKind::Milestone), day(2026, 11, 26));
    assert_eq!(due_with(entitled, TargetKind::Done), day(2026, 11, 26));
    assert_eq!(due_with(entitled, TargetKind::PerDay), day(2026, 11, 20));
    assert_eq!(due_with(personal, TargetKind::Milestone), day(2026, 11, 20));
}

#[test]
fn a_completion_that_claims_to_be_in_time_is_decided_above_the_plans_owner() {
    let close = at(day(2026, 11, 20), 17, 0);
    let mut story = told_late(close, at(day(2026, 11, 23), 8, 0));
    let act = LateAct::Report(item_id(1), ReportId::from_bits(1));
    // The line's head owns the plan: what is in time there counts for the head.
    for actor in [LINE_HEAD, WORKER, PLAN_OFFICE] {
        let refusal = story.refused(actor, decided(act, false, "无凭据"));
        assert_eq!(refusal, Refusal::Forbidden);
    }
    story.must(MANAGER, decided(act, false, "无凭据"));
    assert_eq!(completion(&story).in_time(), Some(false));
    let other = LateAct::Report(item_id(2), ReportId::from_bits(1));
    let nothing = story.refused(MANAGER, decided(other, true, "网络"));
    assert_eq!(nothing, Refusal::not_found("report"));
}

#[test]
fn a_regime_names_the_plan_office_to_decide() {
    let mut story = handed_in_late(at(day(2026, 10, 28), 12, 0));
    by_the_house(&mut story, vec![], LatenessDecider::PlanOffice);
    let decide = || decided(LateAct::Submission, true, "车间断网");
    assert_eq!(story.refused(MANAGER, decide()), Refusal::Forbidden);
    story.must(PLAN_OFFICE, decide());
    assert_eq!(submission(&story).in_time(), Some(true));
}

#[test]
fn a_self_score_stands_beside_the_regimes_deadline_where_there_is_one() {
    let judgement = || Some(carried_out("on_time", "good"));
    let scored = |story: &mut Story, day: Day, actor: PersonId| {
        story.moment = noon(day);
        story.must(actor, Command::ScoreSelf(score(1, None, judgement())));
        story.document().self_scores[&item_id(1)].timed.clone()
    };
    let mut story = Story::approved(&[10_000]);
    by_the_house(&mut story, vec![], LatenessDecider::Superior);
    assert_eq!(scored(&mut story, day(2026, 11, 30), WORKER), None);
    // By the 3rd of the next month, 3 December 2026, a Thursday: noon is in time, Friday is late.
    let mut story = Story::approved(&[10_000]);
    let rule = DeadlineRule {
        step: DeadlineStep::SelfScore,
        month: DeadlineMonth::After,
        day_of_month: 3,
        minute: None,
        shift: Shift::Forward,
    };
    by_the_house(&mut story, vec![rule], LatenessDecider::Superior);
    let mut late = Story {
        world: story.world.clone(),
        moment: story.moment,
        told: Vec::new(),
    };
    let timed = scored(&mut story, day(2026, 12, 3), WORKER).unwrap();
    assert_eq!(
        (timed.label, timed.deadline.day),
        (Timeliness::OnTime, day(2026, 12, 3))
    );
    let timed = scored(&mut late, day(2026, 12, 4), WORKER).unwrap();
    assert_eq!(timed.label, Timeliness::Late);
}

/// Judges the story's month by a shipped regime that lets other times count than the receipt: the day
/// on which work was done, and for handing in the moment when the device recorded it.
fn by_other_times(story: &mut Story) {
    let mut regime = shelf::suggested().regime;
    regime.lateness.counts = CountedTime::Happened;
    let cycle = &mut regime.cycles[0];
    cycle.deadlines[0].counts = Some(CountedTime::Recorded);
    let version = RegimeVersion::new(REGIME, regime.into());
    story.world.put(&Row::Regime(version));
}

/// Due on Wednesday 28 October, 18:00; received two days later, within the grace of 72 hours, and after
/// it on the Monday.
#[test]
fn a_step_counts_by_the_time_that_its_deadline_names() {
    let due = at(day(2026, 10, 28), 18, 0);
    let label = |claimed, received| {
        let mut story = Story::drafted(&[10_000]);
        by_other_times(&mut story);
        story.moment = arriving(claimed, received);
        story.must(LINE_HEAD, story.submit());
        submission(&story).label
    };
    let friday = at(day(2026, 10, 30), 9, 0);
    assert_eq!(
        label(due, friday),
        Timeliness::OnTime,
        "nobody has to decide"
    );
    let after = UtcMillis(due.0 + 1);
    assert_eq!(label(after, friday), Timeliness::Late, "no claim is heard");
    let monday = at(day(2026, 11, 2), 9, 0);
    assert_eq!(label(due, monday), Timeliness::Late);
}

/// Due on Friday 20 November, 17:00. Told on Monday morning: done on Friday it is in time; done on
/// Saturday it is one day late and no working day, which counts as one; by the receipt it would be
/// three days and one working day.
#[test]
fn a_completion_counts_by_the_day_on_which_it_happened() {
    let monday = at(day(2026, 11, 23), 9, 0);
    let told = |happened| {
        let mut story = Story::approved(&[10_000]);
        by_other_times(&mut story);
        story.moment = arriving(monday, monday);
        story.must(WORKER, report(1, 1, Completion, 100, happened));
        let good = carried_out("late", "good");
        story.must(MANAGER, Command::ScoreSuperior(score(1, None, Some(good))));
        let verdict = result::verdict(&story.world, PLAN, MANAGER, day(2026, 12, 1));
        let facts = verdict.unwrap().three.unwrap().inputs.items[0].clone();
        (completion(&story).label, facts.outcome, facts.late)
    };
    let in_time = (Timeliness::OnTime, Outcome::Done, Late::default());
    assert_eq!(told(day(2026, 11, 20)), in_time);
    let (label, _, late) = told(day(2026, 11, 21));
    assert_eq!(label, Timeliness::Late);
    // From Friday 17:00 to Saturday 0:00 are seven hours of the clock, and none of work.
    let seven = Late {
        calendar: 1,
        working: 1,
        clock_hours: 7,
        working_hours: 0,
    };
    assert_eq!(late, seven);
}
