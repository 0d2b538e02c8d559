//! Who sees what: the policy of practice, asked of the one function and of where rows stand.

use std::collections::BTreeSet;

use shared::command::Command;
use shared::command::organisation::{AddPerson, AddUnit, Appoint, Assign, DrawLine, EndAssignment};
use shared::command::plan::DraftPlan;
use shared::id::{AppointmentId, AssignmentId, PersonId, ReportingLineId, UnitId};
use shared::item::Item;
use shared::organisation::{Line, Office, Tenure};
use shared::partition::PartitionId;
use shared::permission::{may_invite, may_see, only_carries_out};
use shared::placement::placement;
use shared::plan::Scope;
use shared::report::ReportKind::Progress;
use shared::row::Row;

use crate::prelude::*;

mod dated;

const EVERYBODY: [PersonId; 8] = [
    ADMINISTRATOR,
    PLAN_OFFICE,
    MANAGER,
    LINE_HEAD,
    WORKER,
    STORE_HEAD,
    KEEPER,
    STRANGER,
];

fn seers(story: &Story, partition: PartitionId) -> BTreeSet<PersonId> {
    let today = story.moment.today();
    let organisation = story.world.organisation();
    let sees = |person: &PersonId| may_see(organisation, *person, today, partition);
    EVERYBODY.into_iter().filter(sees).collect()
}

/// Everybody who sees a row, through whichever of its partitions.
fn readers(story: &Story, row: &Row) -> BTreeSet<PersonId> {
    let partitions = placement(row, Some(story.document()));
    partitions
        .into_iter()
        .flat_map(|partition| seers(story, partition))
        .collect()
}

fn people(people: &[PersonId]) -> BTreeSet<PersonId> {
    people.iter().copied().collect()
}

#[test]
fn the_organisation_is_known_to_its_people_and_to_nobody_else() {
    let story = Story::founded();
    assert_eq!(
        seers(&story, PartitionId::Organisation),
        people(&EVERYBODY[..7])
    );
}

#[test]
fn what_is_ones_own_is_seen_by_oneself_alone() {
    let story = Story::founded();
    assert_eq!(seers(&story, PartitionId::User(WORKER)), people(&[WORKER]));
    assert_eq!(
        seers(&story, PartitionId::User(STRANGER)),
        people(&[STRANGER])
    );
}

#[test]
fn a_units_plan_is_seen_by_its_members_those_above_and_the_plan_office() {
    let story = Story::founded();
    let seen = seers(&story, PartitionId::Common(LINE, NOVEMBER));
    assert_eq!(seen, people(&[LINE_HEAD, WORKER, MANAGER, PLAN_OFFICE]));
    let other = seers(&story, PartitionId::Common(STORE, NOVEMBER));
    assert_eq!(other, people(&[STORE_HEAD, KEEPER, MANAGER, PLAN_OFFICE]));
}

#[test]
fn members_own_plans_are_not_seen_by_their_colleagues() {
    let story = Story::founded();
    let seen = seers(&story, PartitionId::Personal(LINE, NOVEMBER));
    assert_eq!(seen, people(&[LINE_HEAD, MANAGER, PLAN_OFFICE]));
}

#[test]
fn helpers_see_the_items_on_which_they_help_and_never_a_score() {
    let mut story = Story::drafted(&[]);
    story.must(
        LINE_HEAD,
        add(Item {
            helpers: vec![STORE],
            ..item(1, 4_000)
        }),
    );
    story.must(LINE_HEAD, add(item(2, 6_000)));
    story.must(LINE_HEAD, story.submit());
    story.must(MANAGER, story.approve());
    story.must(WORKER, report(1, 1, Progress, 10, day(2026, 11, 9)));
    let judgement = Some(carried_out("on_time", "good"));
    for n in [1, 2] {
        story.must(
            WORKER,
            Command::ScoreSelf(score(n, None, judgement.clone())),
        );
        story.must(
            MANAGER,
            Command::ScoreSuperior(score(n, None, judgement.clone())),
        );
    }
    let document = story.document().clone();
    let members = [LINE_HEAD, WORKER, MANAGER, PLAN_OFFICE];
    let helped = readers(&story, &Row::Item(story.item(1)));
    assert_eq!(
        helped,
        people(&[&members[..], &[STORE_HEAD, KEEPER]].concat())
    );
    let other = readers(&story, &Row::Item(story.item(2)));
    assert_eq!(other, people(&members));
    let reported = document.reports.values().next().unwrap();
    assert!(readers(&story, &Row::Report(reported.clone())).contains(&KEEPER));
    // The self score: its author, the judge, the plan office. The superior's: not even the owner.
    let own = readers(
        &story,
        &Row::SelfScore(document.self_scores[&item_id(1)].clone()),
    );
    assert_eq!(own, people(&[WORKER, MANAGER, PLAN_OFFICE]));
    let superior = Row::SuperiorScore(document.superior_scores[&(item_id(1), MANAGER)].clone());
    assert_eq!(readers(&story, &superior), people(&[MANAGER, PLAN_OFFICE]));
}

#[test]
fn a_result_is_published_to_its_owner_and_not_to_the_unit() {
    let mut story = Story::approved(&[10_000]);
    let judgement = Some(carried_out("on_time", "good"));
    story.must(MANAGER, Command::ScoreSuperior(score(1, None, judgement)));
    story.must(MANAGER, story.publish());
    let result = Row::Result(story.document().result().cloned().unwrap());
    assert_eq!(
        readers(&story, &result),
        people(&[LINE_HEAD, MANAGER, PLAN_OFFICE])
    );
}

#[test]
fn one_judge_does_not_see_what_another_has_not_published() {
    let story = Story::founded();
    let line = seers(&story, PartitionId::Judging(LINE, NOVEMBER, LINE_HEAD));
    assert_eq!(line, people(&[LINE_HEAD, MANAGER, PLAN_OFFICE]));
    let above = seers(&story, PartitionId::Judging(LINE, NOVEMBER, MANAGER));
    assert_eq!(above, people(&[MANAGER, PLAN_OFFICE]));
}

/// A chain of two more units below the line: the general manager sees one level further than the
/// direct superior and no deeper.
#[test]
fn an_indirect_superior_sees_one_level_further() {
    let mut story = Story::founded();
    let from = day(2026, 1, 1);
    let mut parent = LINE;
    for n in [201, 202] {
        let (unit, person) = (UnitId::from_bits(n), PersonId::from_bits(n));
        let name = format!("班组 {n}");
        story.must(
            ADMINISTRATOR,
            Command::AddUnit(AddUnit {
                unit,
                name: name.clone(),
                name_en: String::new(),
                parent,
                from,
            }),
        );
        story.must(
            ADMINISTRATOR,
            Command::AddPerson(AddPerson { person, name }),
        );
        story.must(
            ADMINISTRATOR,
            Command::Assign(Assign {
                assignment: AssignmentId::from_bits(n),
                person,
                unit,
                post: "班长".into(),
                tenure: Tenure::Main,
                heads: true,
                from,
                to: None,
            }),
        );
        parent = unit;
    }
    let common = |unit| {
        seers(
            &story,
            PartitionId::Common(UnitId::from_bits(unit), NOVEMBER),
        )
    };
    assert_eq!(common(201), people(&[LINE_HEAD, MANAGER, PLAN_OFFICE]));
    assert_eq!(common(202), people(&[LINE_HEAD, PLAN_OFFICE]));
}

#[test]
fn a_functional_superior_reads_and_does_not_judge() {
    let mut story = Story::submitted(&[10_000]);
    story.must(
        ADMINISTRATOR,
        Command::DrawLine(DrawLine {
            id: ReportingLineId::from_bits(200),
            person: LINE_HEAD,
            superior: STORE_HEAD,
            line: Line::Functional,
            from: day(2026, 11, 1),
        }),
    );
    assert!(seers(&story, PartitionId::Common(LINE, NOVEMBER)).contains(&STORE_HEAD));
    let refusal = story.refused(STORE_HEAD, story.approve());
    assert_eq!(refusal, shared::refusal::Refusal::Forbidden);
}

#[test]
fn rights_end_with_the_assignment_and_what_was_judged_stays_with_the_judge() {
    let mut story = Story::founded();
    let (assignment, to) = (assignment(LINE_HEAD), day(2026, 11, 9));
    story.must(
        ADMINISTRATOR,
        Command::EndAssignment(EndAssignment { assignment, to }),
    );
    let common = seers(&story, PartitionId::Common(LINE, NOVEMBER));
    assert_eq!(common, people(&[WORKER, MANAGER, PLAN_OFFICE]));
    let judged = seers(&story, PartitionId::Judging(LINE, NOVEMBER, LINE_HEAD));
    assert!(judged.contains(&LINE_HEAD));
}

#[test]
fn administrators_do_not_read_plans() {
    let story = Story::founded();
    for partition in [
        PartitionId::Common(LINE, NOVEMBER),
        PartitionId::Personal(LINE, NOVEMBER),
        PartitionId::Helping(LINE, NOVEMBER),
        PartitionId::Judging(LINE, NOVEMBER, MANAGER),
    ] {
        assert!(
            !seers(&story, partition).contains(&ADMINISTRATOR),
            "{partition}"
        );
    }
}

#[test]
fn a_deputy_and_the_head_of_another_post_do_not_see_what_a_head_judged() {
    let mut story = Story::founded();
    let assign = |id, person, unit, tenure, heads| {
        Command::Assign(Assign {
            assignment: AssignmentId::from_bits(id),
            person,
            unit,
            post: "兼任".into(),
            tenure,
            heads,
            from: day(2026, 11, 1),
            to: None,
        })
    };
    // The worker stands in for the head of the line; the head of the line helps out in the store.
    story.must(
        ADMINISTRATOR,
        assign(200, WORKER, LINE, Tenure::Acting, true),
    );
    story.must(
        ADMINISTRATOR,
        assign(201, LINE_HEAD, STORE, Tenure::Additional, false),
    );
    let judged_by_head = PartitionId::Judging(LINE, NOVEMBER, LINE_HEAD);
    assert_eq!(
        seers(&story, judged_by_head),
        people(&[PLAN_OFFICE, MANAGER, LINE_HEAD])
    );
    let judged_by_manager = PartitionId::Judging(LINE, NOVEMBER, MANAGER);
    assert_eq!(
        seers(&story, judged_by_manager),
        people(&[PLAN_OFFICE, MANAGER])
    );
}

#[test]
fn a_members_plan_reaches_the_superior_to_whom_it_is_handed_in_and_no_other_plan_does() {
    let mut story = Story::founded();
    let draw = DrawLine {
        id: ReportingLineId::from_bits(300),
        person: WORKER,
        superior: STORE_HEAD,
        line: Line::Administrative,
        from: day(2026, 1, 1),
    };
    story.must(ADMINISTRATOR, Command::DrawLine(draw));
    let plan = DraftPlan {
        scope: Scope::Personal,
        owner: WORKER,
        ..line_plan()
    };
    story.must(WORKER, Command::DraftPlan(plan));
    let own = Item {
        responsible: Some(WORKER),
        ..item(1, 10_000)
    };
    story.must(WORKER, add(own));
    let rows = |story: &Story| {
        let items = story.document().items.values().cloned().map(Row::Item);
        items
            .chain(story.document().plan.clone().map(Row::Plan))
            .collect::<Vec<_>>()
    };
    assert!(
        rows(&story)
            .iter()
            .all(|row| !readers(&story, row).contains(&STORE_HEAD))
    );
    story.must(WORKER, story.submit());
    assert!(
        rows(&story)
            .iter()
            .all(|row| readers(&story, row).contains(&STORE_HEAD))
    );
    assert!(!seers(&story, PartitionId::Personal(LINE, NOVEMBER)).contains(&STORE_HEAD));
    story.must(STORE_HEAD, story.approve());
}

#[test]
fn who_leads_answers_for_nobody_and_holds_no_office_only_carries_out() {
    let mut story = Story::founded();
    let only = |story: &Story| {
        let organisation = story.world.organisation();
        let everybody = [
            ADMINISTRATOR,
            PLAN_OFFICE,
            MANAGER,
            LINE_HEAD,
            WORKER,
            STORE_HEAD,
            KEEPER,
        ];
        let only = everybody
            .into_iter()
            .filter(|person| only_carries_out(organisation, *person, story.moment.today()));
        only.collect::<Vec<_>>()
    };
    assert_eq!(only(&story), [WORKER, KEEPER]);
    let draw = DrawLine {
        id: ReportingLineId::from_bits(301),
        person: WORKER,
        superior: KEEPER,
        line: Line::Functional,
        from: day(2026, 1, 1),
    };
    story.must(ADMINISTRATOR, Command::DrawLine(draw));
    assert_eq!(only(&story), [WORKER]);
}

#[test]
fn heads_ask_in_whom_they_lead_and_nobody_with_more_rights_than_their_own() {
    let mut story = Story::founded();
    let may = |story: &Story, actor, person| {
        may_invite(
            story.world.organisation(),
            actor,
            person,
            story.moment.today(),
        )
    };
    assert!(may(&story, LINE_HEAD, WORKER) && may(&story, MANAGER, WORKER));
    assert!(!may(&story, STORE_HEAD, WORKER) && !may(&story, WORKER, LINE_HEAD));
    assert!(!may(&story, LINE_HEAD, LINE_HEAD));
    let post = |id: u128, person, unit, heads| {
        Command::Assign(Assign {
            assignment: AssignmentId::from_bits(id),
            person,
            unit,
            post: "兼职".to_owned(),
            tenure: Tenure::Additional,
            heads,
            from: day(2026, 1, 1),
            to: None,
        })
    };
    // The line's head holds the code of the manager who helps out there, and must not.
    story.must(ADMINISTRATOR, post(401, MANAGER, LINE, false));
    assert!(!may(&story, LINE_HEAD, MANAGER) && may(&story, ADMINISTRATOR, MANAGER));
    // A worker who helps out elsewhere answers to both heads.
    story.must(ADMINISTRATOR, post(402, WORKER, STORE, false));
    assert!(may(&story, LINE_HEAD, WORKER) && may(&story, STORE_HEAD, WORKER));
    let appoint = Appoint {
        appointment: AppointmentId::from_bits(403),
        person: WORKER,
        office: Office::PlanOffice,
        from: day(2026, 1, 1),
    };
    story.must(ADMINISTRATOR, Command::Appoint(appoint));
    assert!(!may(&story, LINE_HEAD, WORKER) && may(&story, ADMINISTRATOR, WORKER));
}
