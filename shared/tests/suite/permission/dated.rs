//! Who sees and does what when people move, leave, stand in and act for others.

use shared::command::Command;
use shared::command::organisation::{Assign, DrawLine, EndAssignment, Leave, Transfer};
use shared::command::plan::DraftPlan;
use shared::id::{AssignmentId, PersonId, ReportingLineId, RoleHolderId, UnitId};
use shared::item::Item;
use shared::moment::{Day, InForce};
use shared::organisation::{Line, RoleHolder, Tenure};
use shared::partition::PartitionId;
use shared::permission::{
    indirect_judge_of, judge_of, may_decide_lateness, may_judge, superior_of_superior,
};
use shared::plan::{Plan, Scope};
use shared::refusal::Refusal;
use shared::report::ReportKind::Progress;
use shared::row::Row;

use super::{people, readers, seers};
use crate::prelude::*;

fn assign(id: u128, person: PersonId, unit: UnitId, tenure: Tenure, from: Day) -> Assign {
    Assign {
        assignment: AssignmentId::from_bits(id),
        person,
        unit,
        post: "负责人".into(),
        tenure,
        heads: true,
        from,
        to: None,
    }
}

fn end(person: PersonId, to: Day) -> Command {
    Command::EndAssignment(EndAssignment {
        assignment: assignment(person),
        to,
    })
}

/// The worker's own plan in the line, approved by the line's head.
fn own_plan() -> Story {
    let mut story = Story::founded();
    let plan = DraftPlan {
        scope: Scope::Personal,
        owner: WORKER,
        ..line_plan()
    };
    story.must(WORKER, Command::DraftPlan(plan));
    for n in [1, 2] {
        let own = Item {
            responsible: Some(WORKER),
            ..item(n, 5_000)
        };
        story.must(WORKER, add(own));
    }
    story.must(WORKER, story.submit());
    story.must(LINE_HEAD, story.approve());
    story
}

fn plan(story: &Story) -> Plan {
    story.document().plan.clone().unwrap()
}

fn told(story: &Story, id: u128) -> Row {
    let reports = &story.document().reports;
    Row::Report(reports[&shared::id::ReportId::from_bits(id)].clone())
}

#[test]
fn after_a_change_of_head_the_old_one_keeps_what_was_judged_and_sees_nothing_newer() {
    let mut story = own_plan();
    let good = Some(carried_out("on_time", "good"));
    story.must(WORKER, report(1, 1, Progress, 50, day(2026, 11, 10)));
    story.must(
        LINE_HEAD,
        Command::ScoreSuperior(score(1, None, good.clone())),
    );
    // On the 16th the line's head goes to the store, and the keeper takes the line over.
    let from = day(2026, 11, 16);
    let mut there = assign(200, LINE_HEAD, STORE, Tenure::Main, from);
    there.heads = false;
    let ended = assignment(LINE_HEAD);
    story.must(
        ADMINISTRATOR,
        Command::Transfer(Transfer {
            ended,
            assign: there,
        }),
    );
    let here = assign(201, KEEPER, LINE, Tenure::Main, from);
    let ended = assignment(KEEPER);
    story.must(
        ADMINISTRATOR,
        Command::Transfer(Transfer {
            ended,
            assign: here,
        }),
    );
    story.moment = noon(day(2026, 11, 17));
    story.must(WORKER, report(2, 2, Progress, 80, day(2026, 11, 17)));
    story.must(WORKER, Command::ScoreSelf(score(2, None, good.clone())));
    story.must(KEEPER, Command::ScoreSuperior(score(2, None, good)));
    let document = story.document().clone();
    let sees = |row: &Row, person| readers(&story, row).contains(&person);
    let mine = Row::SuperiorScoreBy(document.superior_scores[&(item_id(1), LINE_HEAD)].clone());
    let newer = Row::SuperiorScoreBy(document.superior_scores[&(item_id(2), KEEPER)].clone());
    let own = Row::SelfScore(document.self_scores[&item_id(2)].clone());
    assert!(sees(&mine, LINE_HEAD) && !sees(&mine, KEEPER));
    for (row, judge) in [(&newer, KEEPER), (&own, KEEPER)] {
        assert!(sees(row, judge) && !sees(row, LINE_HEAD), "{row:?}");
    }
    let (before, after) = (told(&story, 1), told(&story, 2));
    assert!(sees(&before, LINE_HEAD) && sees(&before, KEEPER));
    assert!(!sees(&after, LINE_HEAD) && sees(&after, KEEPER));
    assert!(!seers(&story, PartitionId::Personal(LINE, NOVEMBER)).contains(&LINE_HEAD));
    assert!(!may_judge(
        story.world.organisation(),
        LINE_HEAD,
        &plan(&story),
        day(2026, 11, 17)
    ));
}

#[test]
fn each_head_judges_the_part_that_was_spent_there() {
    let mut story = own_plan();
    let from = day(2026, 11, 16);
    let mut there = assign(200, WORKER, STORE, Tenure::Main, from);
    there.heads = false;
    let ended = assignment(WORKER);
    story.must(
        ADMINISTRATOR,
        Command::Transfer(Transfer {
            ended,
            assign: there,
        }),
    );
    // A line that is drawn for the new post does not reach back to the old one.
    let draw = DrawLine {
        id: ReportingLineId::from_bits(200),
        person: WORKER,
        superior: MANAGER,
        line: Line::Administrative,
        from,
    };
    story.must(ADMINISTRATOR, Command::DrawLine(draw));
    let all = story.world.organisation();
    let today = day(2026, 11, 20);
    assert_eq!(judge_of(all, &plan(&story), today), Some(LINE_HEAD));
    let new = Plan {
        unit: STORE,
        ..plan(&story)
    };
    assert_eq!(judge_of(all, &new, today), Some(MANAGER));
    story.moment = noon(today);
    // The new head does not see what was planned for the old one.
    let personal = seers(&story, PartitionId::Personal(LINE, NOVEMBER));
    assert_eq!(personal, people(&[LINE_HEAD, MANAGER, PLAN_OFFICE]));
}

#[test]
fn a_leavers_device_holds_what_is_the_leavers_own() {
    let mut story = own_plan();
    let to = day(2026, 11, 20);
    story.must(ADMINISTRATOR, Command::Leave(Leave { person: WORKER, to }));
    let partitions = [
        PartitionId::User(WORKER),
        PartitionId::Organisation,
        PartitionId::Common(LINE, NOVEMBER),
        PartitionId::Personal(LINE, NOVEMBER),
        PartitionId::Helping(LINE, NOVEMBER),
        PartitionId::Judging(LINE, NOVEMBER, LINE_HEAD),
    ];
    let sees = |story: &Story| partitions.map(|held| seers(story, held).contains(&WORKER));
    assert_eq!(sees(&story), [true, true, true, false, true, false]);
    story.moment = noon(day(2026, 11, 21));
    // Names, periods and regimes stay readable with it, or one's own result could not be read.
    assert_eq!(sees(&story), [true, true, false, false, false, false]);
    // Nothing new is planned; what was approved can still be told and settled.
    let draft = DraftPlan {
        plan: shared::id::PlanId::from_bits(33),
        scope: Scope::Personal,
        owner: WORKER,
        ..line_plan()
    };
    assert_eq!(
        story.refused(WORKER, Command::DraftPlan(draft)),
        Refusal::Forbidden
    );
    story.must(WORKER, report(1, 1, Progress, 100, to));
    let good = Some(carried_out("on_time", "good"));
    story.must(WORKER, Command::ScoreSelf(score(1, None, good.clone())));
    for n in [1, 2] {
        story.must(
            LINE_HEAD,
            Command::ScoreSuperior(score(n, None, good.clone())),
        );
    }
    let publish = shared::command::review::PublishResult {
        plan: PLAN,
        seen: story.verdict(LINE_HEAD).unwrap().seen,
    };
    story.must(LINE_HEAD, Command::PublishResult(publish));
    let result = Row::Result(story.document().result().cloned().unwrap());
    assert!(readers(&story, &result).contains(&WORKER));
}

#[test]
fn an_acting_head_approves_and_never_judges_himself() {
    let mut story = own_plan();
    // The line's head is away; the worker stands in from the 16th.
    let from = day(2026, 11, 16);
    let acting = assign(200, WORKER, LINE, Tenure::Acting, from);
    story.must(ADMINISTRATOR, Command::Assign(acting));
    let all = story.world.organisation();
    assert_eq!(all.head(LINE, from), Some(WORKER));
    // One's own plan goes a level up, from the day on which one acts.
    assert_eq!(
        judge_of(all, &plan(&story), day(2026, 11, 15)),
        Some(LINE_HEAD)
    );
    assert_eq!(judge_of(all, &plan(&story), from), Some(MANAGER));
    assert!(!may_judge(all, WORKER, &plan(&story), from));
    // The unit's plan too, whoever owns it.
    for owner in [LINE_HEAD, WORKER] {
        let unit = Plan {
            scope: Scope::Unit,
            owner,
            ..plan(&story)
        };
        assert_eq!(judge_of(all, &unit, from), Some(MANAGER));
        assert!(!may_judge(all, WORKER, &unit, from) && !may_judge(all, LINE_HEAD, &unit, from));
    }
    // Another member's plan the acting head approves.
    let other = Plan {
        owner: KEEPER,
        ..plan(&story)
    };
    assert!(may_judge(all, WORKER, &other, from));
}

#[test]
fn a_vacant_head_is_stood_in_for_from_above() {
    let mut story = Story::founded();
    let last = day(2026, 11, 15);
    story.must(ADMINISTRATOR, end(LINE_HEAD, last));
    let all = story.world.organisation();
    assert_eq!(all.stand_in(LINE, last), None);
    assert_eq!(all.stand_in(LINE, day(2026, 11, 16)), Some(MANAGER));
    assert_eq!(all.superior(WORKER, LINE, day(2026, 11, 16)), Some(MANAGER));
    story.must(ADMINISTRATOR, end(MANAGER, last));
    let all = story.world.organisation();
    assert_eq!(all.stand_in(LINE, day(2026, 11, 16)), None);
    assert_eq!(all.superior(WORKER, LINE, day(2026, 11, 16)), None);
}

#[test]
fn the_indirect_superior_stands_above_the_direct_one() {
    let mut story = own_plan();
    let today = story.moment.today();
    let all = story.world.organisation();
    assert_eq!(
        superior_of_superior(all, WORKER, LINE, today),
        Some(MANAGER)
    );
    assert_eq!(superior_of_superior(all, LINE_HEAD, LINE, today), None);
    let own = plan(&story);
    assert_eq!(indirect_judge_of(all, &own, today), Some(MANAGER));
    let unit = Plan {
        scope: Scope::Unit,
        owner: LINE_HEAD,
        ..own.clone()
    };
    // Above the general manager nobody is.
    assert_eq!(indirect_judge_of(all, &unit, today), None);
    // Who answers to the store's head by a line has that head's superior above.
    let draw = DrawLine {
        id: ReportingLineId::from_bits(200),
        person: WORKER,
        superior: STORE_HEAD,
        line: Line::Administrative,
        from: day(2026, 11, 1),
    };
    story.must(ADMINISTRATOR, Command::DrawLine(draw));
    let all = story.world.organisation();
    assert_eq!(judge_of(all, &own, today), Some(STORE_HEAD));
    assert_eq!(indirect_judge_of(all, &own, today), Some(MANAGER));
    // A vacant head is passed over, and one step up is then nobody.
    let mut vacant = own_plan();
    vacant.must(ADMINISTRATOR, end(LINE_HEAD, day(2026, 11, 9)));
    let all = vacant.world.organisation();
    assert_eq!(judge_of(all, &own, today), Some(MANAGER));
    assert_eq!(indirect_judge_of(all, &own, today), None);
}

#[test]
fn lateness_is_decided_by_the_judge_and_never_by_who_gains_by_it() {
    use shared::regime::who::Who::{PlanOffice, Superior};
    let story = own_plan();
    let all = story.world.organisation();
    let today = story.moment.today();
    let everybody = [
        ADMINISTRATOR,
        PLAN_OFFICE,
        MANAGER,
        LINE_HEAD,
        WORKER,
        STORE_HEAD,
    ];
    let who = |plan: &Plan, whose, decider| {
        let may = |actor: &PersonId| may_decide_lateness(all, *actor, plan, whose, &decider, today);
        everybody.into_iter().filter(may).collect::<Vec<_>>()
    };
    let own = plan(&story);
    assert_eq!(who(&own, WORKER, Superior), [LINE_HEAD]);
    assert_eq!(who(&own, WORKER, PlanOffice), [PLAN_OFFICE]);
    // In the unit's plan a worker's act counts in the head's result, so the one above decides.
    let unit = Plan {
        scope: Scope::Unit,
        owner: LINE_HEAD,
        ..own.clone()
    };
    assert_eq!(who(&unit, WORKER, Superior), [MANAGER]);
    assert_eq!(who(&unit, LINE_HEAD, Superior), [MANAGER]);
    // The judge's own act in a member's plan goes one up; the plan office's own goes to nobody.
    assert_eq!(who(&own, LINE_HEAD, Superior), [MANAGER]);
    assert_eq!(who(&own, PLAN_OFFICE, PlanOffice), []);
}

#[test]
fn lateness_is_decided_by_the_role_that_a_regime_names() {
    use shared::regime::who::Who::{Owner, Role};
    let mut story = own_plan();
    let today = story.moment.today();
    let own = plan(&story);
    let who = |story: &Story, whose, decider| {
        let all = story.world.organisation();
        let may = |actor: &PersonId| may_decide_lateness(all, *actor, &own, whose, &decider, today);
        let everybody = [PLAN_OFFICE, MANAGER, LINE_HEAD, WORKER, STORE_HEAD];
        everybody.into_iter().filter(may).collect::<Vec<_>>()
    };
    let keeper = || Role("time_keeper".to_owned());
    // Where nobody holds it, and where a rule names only those who gain by it, the plan office does.
    assert_eq!(who(&story, WORKER, keeper()), [PLAN_OFFICE]);
    assert_eq!(who(&story, WORKER, Owner), [PLAN_OFFICE]);
    story.world.put(&Row::RoleHolder(RoleHolder {
        id: RoleHolderId::from_bits(71),
        role: "time_keeper".to_owned(),
        unit: None,
        person: STORE_HEAD,
        in_force: InForce {
            from: day(2026, 1, 1),
            to: None,
        },
    }));
    assert_eq!(who(&story, WORKER, keeper()), [STORE_HEAD]);
    // Who holds it does not decide about an act of his own.
    assert_eq!(who(&story, STORE_HEAD, keeper()), [PLAN_OFFICE]);
}
