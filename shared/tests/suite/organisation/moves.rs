//! Transfers, leavers and absences: dated, never so that somebody is lost, and counted by hand.

use shared::command::Command;
use shared::command::organisation::{
    AddPerson, AdoptNotice, Appoint, Assign, DrawLine, EndAbsence, EndAssignment, Leave,
    NoteAbsence, Transfer,
};
use shared::id::{
    AbsenceId, AppointmentId, AssignmentId, NoticeId, PersonId, ReportingLineId, UnitId,
};
use shared::moment::{Day, InForce};
use shared::organisation::{AbsenceBasis, Attendance, Line, Office, Tenure};
use shared::refusal::Refusal;

use crate::prelude::*;

fn transfer(person: PersonId, unit: UnitId, from: Day) -> Transfer {
    Transfer {
        ended: assignment(person),
        assign: Assign {
            assignment: AssignmentId::from_bits(300 + person.bits()),
            person,
            unit,
            post: "转岗".into(),
            tenure: Tenure::Main,
            heads: false,
            from,
            to: None,
        },
    }
}

fn away(id: u128, person: PersonId, basis: AbsenceBasis, from: Day, to: Option<Day>) -> Command {
    Command::NoteAbsence(NoteAbsence {
        id: AbsenceId::from_bits(id),
        person,
        basis,
        from,
        to,
    })
}

fn adopt_2026(story: &mut Story) {
    let notice = shared::calendar::published(2026).unwrap();
    let adopt = AdoptNotice {
        id: NoticeId::from_bits(1),
        year: 2026,
        source: notice.source,
        off: notice.off,
        work: notice.work,
    };
    story.must(PLAN_OFFICE, Command::AdoptNotice(adopt));
}

#[test]
fn a_transfer_ends_one_post_on_the_day_before_the_other_begins() {
    let mut story = Story::founded();
    let command = Command::Transfer(transfer(WORKER, STORE, day(2026, 11, 16)));
    assert_eq!(
        story.refused(PLAN_OFFICE, command.clone()),
        Refusal::Forbidden
    );
    story.must(ADMINISTRATOR, command);
    let all = story.world.organisation();
    let member = |unit, date| all.is_member(WORKER, unit, day(2026, 11, date));
    assert!(member(LINE, 15) && !member(LINE, 16) && !member(STORE, 15) && member(STORE, 16));
    assert_eq!(
        all.superior(WORKER, STORE, day(2026, 11, 16)),
        Some(STORE_HEAD)
    );
}

#[test]
fn who_moved_was_a_member_of_both_units_on_the_days_of_each() {
    let mut story = Story::founded();
    let command = Command::Transfer(transfer(WORKER, STORE, day(2026, 11, 16)));
    story.must(ADMINISTRATOR, command);
    let organisation = story.world.organisation();
    let was = |unit, from, to| {
        let days = InForce::within(day(2026, 11, from), day(2026, 11, to));
        organisation.was_member(WORKER, unit, days)
    };
    // The line until the 15th, the store from the 16th: each side of that night, and over it.
    assert!(was(LINE, 1, 30) && was(STORE, 1, 30));
    assert!(was(LINE, 15, 15) && !was(STORE, 1, 15));
    assert!(was(STORE, 16, 16) && !was(LINE, 16, 30));
    assert!(!was(ROOT, 1, 30));
}

#[test]
fn a_transfer_names_a_post_of_the_person_that_is_held_until_then() {
    let mut story = Story::founded();
    let refused = |story: &Story, change: fn(&mut Transfer)| {
        let mut args = transfer(WORKER, STORE, day(2026, 11, 16));
        change(&mut args);
        story.refused(ADMINISTRATOR, Command::Transfer(args))
    };
    let not_found = Refusal::not_found("assignment");
    assert_eq!(refused(&story, |t| t.ended = assignment(KEEPER)), not_found);
    assert_eq!(
        refused(&story, |t| t.ended = AssignmentId::from_bits(999)),
        not_found
    );
    let nowhere = refused(&story, |t| t.assign.unit = UnitId::from_bits(999));
    assert_eq!(nowhere, Refusal::not_found("unit"));
    let taken = refused(&story, |t| t.assign.assignment = assignment(KEEPER));
    assert_eq!(taken, Refusal::already_exists("assignment"));
    let first = refused(&story, |t| t.assign.from = day(2025, 1, 1));
    assert!(matches!(first, Refusal::OutOfRange { field, .. } if field == "from"));
    let (field, least) = ("to".to_owned(), day(2026, 10, 1));
    let old = refused(&story, |t| t.assign.from = day(2026, 9, 30));
    assert_eq!(old, Refusal::Retroactive { field, least });
    // A post that ended earlier is not moved away from.
    let end = EndAssignment {
        assignment: assignment(WORKER),
        to: day(2026, 11, 11),
    };
    story.must(ADMINISTRATOR, Command::EndAssignment(end));
    let gap = refused(&story, |_| {});
    assert!(matches!(gap, Refusal::OutOfRange { field, .. } if field == "from"));
    let next_day = transfer(WORKER, STORE, day(2026, 11, 12));
    story.must(ADMINISTRATOR, Command::Transfer(next_day));
}

#[test]
fn no_post_makes_two_people_judge_each_other() {
    let mut story = Story::founded();
    let draw = DrawLine {
        id: ReportingLineId::from_bits(200),
        person: LINE_HEAD,
        superior: STORE_HEAD,
        line: Line::Administrative,
        from: day(2026, 11, 1),
    };
    story.must(ADMINISTRATOR, Command::DrawLine(draw));
    // Under the line's head, the store's head would judge and be judged by the same person.
    let circle = Command::Transfer(transfer(STORE_HEAD, LINE, day(2026, 11, 16)));
    assert_eq!(story.refused(ADMINISTRATOR, circle), Refusal::Circular);
    let assign = transfer(STORE_HEAD, LINE, day(2026, 11, 16)).assign;
    let tenure = Tenure::Additional;
    let circle = Command::Assign(Assign { tenure, ..assign });
    assert_eq!(story.refused(ADMINISTRATOR, circle), Refusal::Circular);
    story.must(
        ADMINISTRATOR,
        Command::Transfer(transfer(WORKER, STORE, day(2026, 11, 16))),
    );
}

#[test]
fn heads_who_help_out_in_each_others_unit_are_judged_apart() {
    let mut story = Story::founded();
    for (person, unit) in [(LINE_HEAD, STORE), (STORE_HEAD, LINE)] {
        let assign = transfer(person, unit, day(2026, 11, 16)).assign;
        let tenure = Tenure::Additional;
        story.must(ADMINISTRATOR, Command::Assign(Assign { tenure, ..assign }));
    }
    let all = story.world.organisation();
    let today = day(2026, 11, 16);
    assert_eq!(all.superior(LINE_HEAD, STORE, today), Some(STORE_HEAD));
    assert_eq!(all.superior(LINE_HEAD, LINE, today), Some(MANAGER));
}

#[test]
fn a_leaver_has_no_post_no_line_and_no_office_from_the_next_day_on() {
    let mut story = Story::founded();
    let from = day(2026, 11, 1);
    for (id, person, superior) in [(200, WORKER, STORE_HEAD), (201, KEEPER, WORKER)] {
        let draw = DrawLine {
            id: ReportingLineId::from_bits(id),
            person,
            superior,
            line: Line::Functional,
            from,
        };
        story.must(ADMINISTRATOR, Command::DrawLine(draw));
    }
    let appoint = Appoint {
        appointment: AppointmentId::from_bits(202),
        person: WORKER,
        office: Office::PlanOffice,
        from,
    };
    story.must(ADMINISTRATOR, Command::Appoint(appoint));
    // A post that was to begin in December never does.
    let mut later = transfer(WORKER, STORE, day(2026, 12, 1)).assign;
    later.tenure = Tenure::Additional;
    story.must(ADMINISTRATOR, Command::Assign(later));
    let to = day(2026, 11, 20);
    let leave = Command::Leave(Leave { person: WORKER, to });
    assert_eq!(story.refused(LINE_HEAD, leave.clone()), Refusal::Forbidden);
    assert_eq!(story.must(ADMINISTRATOR, leave.clone()).len(), 5);
    let all = story.world.organisation();
    assert!(all.is_member(WORKER, LINE, to) && all.holds(WORKER, Office::PlanOffice, to));
    for after in [day(2026, 11, 21), day(2026, 12, 1), day(2027, 6, 1)] {
        assert_eq!(all.assignments_of(WORKER, after).count(), 0);
        assert!(!all.holds(WORKER, Office::PlanOffice, after));
        assert!(all.lines.values().all(|line| !line.in_force.covers(after)));
    }
    assert!(all.people.contains_key(&WORKER));
    // Said again it changes nothing; another last day later in the month is no return.
    assert_eq!(story.must(ADMINISTRATOR, leave), []);
    let stranger = Command::Leave(Leave {
        person: STRANGER,
        to,
    });
    assert_eq!(
        story.refused(ADMINISTRATOR, stranger),
        Refusal::not_found("person")
    );
    let old = Leave {
        person: KEEPER,
        to: day(2026, 9, 30),
    };
    let (field, least) = ("to".to_owned(), day(2026, 10, 1));
    assert_eq!(
        story.refused(ADMINISTRATOR, Command::Leave(old)),
        Refusal::Retroactive { field, least }
    );
}

#[test]
fn the_last_administrator_does_not_leave() {
    let mut story = Story::founded();
    let leave = Leave {
        person: ADMINISTRATOR,
        to: day(2026, 11, 30),
    };
    let leave = Command::Leave(leave);
    assert_eq!(
        story.refused(ADMINISTRATOR, leave.clone()),
        Refusal::LastAdministrator
    );
    let appoint = |id, from| {
        Command::Appoint(Appoint {
            appointment: AppointmentId::from_bits(id),
            person: MANAGER,
            office: Office::Administrator,
            from,
        })
    };
    // On 1 December nobody would be administrator.
    story.must(ADMINISTRATOR, appoint(200, day(2026, 12, 2)));
    assert_eq!(
        story.refused(ADMINISTRATOR, leave.clone()),
        Refusal::LastAdministrator
    );
    story.must(ADMINISTRATOR, appoint(201, day(2026, 12, 1)));
    story.must(ADMINISTRATOR, leave);
    let all = story.world.organisation();
    assert!(!all.holds(ADMINISTRATOR, Office::Administrator, day(2026, 12, 1)));
    assert!(all.holds(MANAGER, Office::Administrator, day(2026, 12, 1)));
}

#[test]
fn an_absence_is_noted_by_those_above_and_never_by_oneself() {
    let story = Story::founded();
    let (from, to) = (day(2026, 11, 16), Some(day(2026, 11, 18)));
    let entitled = AbsenceBasis::Entitled;
    let who_may = |person| {
        let all = [
            ADMINISTRATOR,
            PLAN_OFFICE,
            MANAGER,
            LINE_HEAD,
            WORKER,
            STORE_HEAD,
            STRANGER,
        ];
        all.map(|actor| {
            let command = away(1, person, entitled, from, to);
            story.world.decide(&command, actor, &story.moment).is_ok()
        })
    };
    assert_eq!(
        who_may(WORKER),
        [true, true, false, true, false, false, false]
    );
    assert_eq!(
        who_may(LINE_HEAD),
        [true, true, true, false, false, false, false]
    );
    assert_eq!(
        who_may(PLAN_OFFICE),
        [true, false, true, false, false, false, false]
    );
    assert_eq!(
        who_may(MANAGER),
        [true, true, false, false, false, false, false]
    );
}

#[test]
fn each_day_of_absence_is_noted_once_and_may_end_early_or_be_taken_back() {
    let mut story = Story::founded();
    let day = |date| day(2026, 11, date);
    let (entitled, personal) = (AbsenceBasis::Entitled, AbsenceBasis::Personal);
    story.must(LINE_HEAD, away(1, WORKER, entitled, day(16), Some(day(18))));
    let exists = Refusal::already_exists("absence");
    for (id, from, to) in [
        (1, 25, Some(26)),
        (2, 18, Some(20)),
        (2, 10, Some(16)),
        (2, 10, None),
    ] {
        let command = away(id, WORKER, personal, day(from), to.map(day));
        assert_eq!(story.refused(LINE_HEAD, command), exists);
    }
    story.must(LINE_HEAD, away(2, WORKER, personal, day(19), None));
    let end = |id, person, to| {
        Command::EndAbsence(EndAbsence {
            id: AbsenceId::from_bits(id),
            person,
            to,
        })
    };
    // Whoever names another person ends nothing.
    let other = end(1, KEEPER, day(17));
    assert_eq!(
        story.refused(STORE_HEAD, other),
        Refusal::not_found("absence")
    );
    assert_eq!(story.refused(LINE_HEAD, end(1, WORKER, day(19))), exists);
    story.must(LINE_HEAD, end(2, WORKER, day(20)));
    story.must(LINE_HEAD, end(1, WORKER, day(15)));
    let all = story.world.organisation();
    let basis = |date| all.absence(WORKER, day(date)).map(|absence| absence.basis);
    assert_eq!(
        [16, 18, 19, 20, 21].map(basis),
        [None, None, Some(personal), Some(personal), None]
    );
    let before = story.refused(LINE_HEAD, end(2, WORKER, day(17)));
    assert!(matches!(before, Refusal::OutOfRange { field, .. } if field == "to"));
    // A slip of sick leave may come in last month, and no later.
    let first = crate::prelude::day(2026, 10, 1);
    story.must(LINE_HEAD, away(3, WORKER, personal, first, Some(first)));
    let old = away(4, WORKER, personal, first.pred_opt().unwrap(), Some(first));
    let (field, least) = ("from".to_owned(), first);
    assert_eq!(
        story.refused(LINE_HEAD, old),
        Refusal::Retroactive { field, least }
    );
}

/// November 2026 has 21 working days. Moved on Monday the 16th: 2 to 6, 9 to 13 are 10 days in the
/// line; 16 to 20, 23 to 27, 30 are 11 in the store. In the store annual leave on 18 to 20 (3 days),
/// sick leave on 24 and 25 (2 days).
#[test]
fn days_in_two_units_as_counted_on_paper() {
    let mut story = Story::founded();
    adopt_2026(&mut story);
    story.must(
        ADMINISTRATOR,
        Command::Transfer(transfer(WORKER, STORE, day(2026, 11, 16))),
    );
    let november = |date| day(2026, 11, date);
    for (id, basis, from, to) in [
        (1, AbsenceBasis::Entitled, 18, 20),
        (2, AbsenceBasis::Personal, 24, 25),
    ] {
        let command = away(id, WORKER, basis, november(from), Some(november(to)));
        story.must(PLAN_OFFICE, command);
    }
    let all = story.world.organisation();
    let (first, last) = (november(1), november(30));
    let stays = all.stays(WORKER, first, last);
    let counted: Vec<_> = stays
        .iter()
        .map(|stay| {
            (
                stay.unit,
                stay.from,
                stay.to,
                stay.working_days,
                stay.announced,
            )
        })
        .collect();
    assert_eq!(
        counted,
        [
            (LINE, november(1), november(15), 10, true),
            (STORE, november(16), november(30), 11, true),
        ]
    );
    let there = all.attendance(WORKER, STORE, first, last);
    let expected = Attendance {
        working: 21,
        assigned: 11,
        entitled: 3,
        personal: 2,
    };
    assert_eq!(there, expected);
    // A target per day is owed for 11 - 3; away were 21 - 11 and 3 and 2.
    assert_eq!((there.owed(), there.away()), (8, 15));
}

#[test]
fn parts_of_less_than_the_least_days_drop_out_and_additional_posts_are_no_parts() {
    let mut story = Story::founded();
    adopt_2026(&mut story);
    // Four working days in the store at the month's end: Wednesday the 25th to the 27th, the 30th.
    story.must(
        ADMINISTRATOR,
        Command::Transfer(transfer(WORKER, STORE, day(2026, 11, 25))),
    );
    let mut helping = transfer(WORKER, ROOT, day(2026, 11, 1)).assign;
    helping.tenure = Tenure::Additional;
    helping.assignment = AssignmentId::from_bits(400);
    story.must(ADMINISTRATOR, Command::Assign(helping));
    let all = story.world.organisation();
    let (first, last) = (day(2026, 11, 1), day(2026, 11, 30));
    assert_eq!(all.stays(WORKER, first, last).len(), 3);
    let parts = |least| -> Vec<_> {
        let parts = all.parts(WORKER, first, last, least);
        parts
            .iter()
            .map(|part| (part.unit, part.working_days))
            .collect()
    };
    assert_eq!(parts(5), [(LINE, 17)]);
    assert_eq!(parts(4), [(LINE, 17), (STORE, 4)]);
    assert!(all.parts(STRANGER, first, last, 0).is_empty());
    // Monday the 2nd, and the week from it: whoever is there all the time is judged for either. Of the
    // week in which the worker moves, Monday and Tuesday in the line are too few, and so is the rest.
    let whole = |from, to| -> Vec<_> {
        let parts = all.parts(WORKER, from, to, 6);
        parts.iter().map(|part| part.working_days).collect()
    };
    assert_eq!(whole(day(2026, 11, 2), day(2026, 11, 2)), [1]);
    assert_eq!(whole(day(2026, 11, 2), day(2026, 11, 8)), [5]);
    assert!(whole(day(2026, 11, 23), day(2026, 11, 29)).is_empty());
    // Nothing is owed on a Sunday.
    assert!(whole(day(2026, 11, 1), day(2026, 11, 1)).is_empty());
}

#[test]
fn another_post_in_the_same_unit_is_no_move() {
    let mut story = Story::founded();
    story.must(
        ADMINISTRATOR,
        Command::Transfer(transfer(WORKER, LINE, day(2026, 11, 16))),
    );
    let all = story.world.organisation();
    let stays = all.stays(WORKER, day(2026, 11, 1), day(2026, 11, 30));
    assert_eq!(stays.len(), 1);
    assert_eq!(
        (stays[0].from, stays[0].to),
        (day(2026, 11, 1), day(2026, 11, 30))
    );
    // Who joined late and left early was there from the first to the last day in the post.
    let person = PersonId::from_bits(500);
    story.must(
        ADMINISTRATOR,
        Command::AddPerson(AddPerson {
            person,
            name: "新人".into(),
        }),
    );
    let assign = Assign {
        assignment: AssignmentId::from_bits(501),
        person,
        unit: LINE,
        post: "学徒".into(),
        tenure: Tenure::Main,
        heads: false,
        from: day(2026, 11, 9),
        to: Some(day(2026, 11, 13)),
    };
    story.must(ADMINISTRATOR, Command::Assign(assign));
    let all = story.world.organisation();
    let stays = all.stays(person, day(2026, 11, 1), day(2026, 11, 30));
    assert_eq!(
        (stays[0].from, stays[0].working_days),
        (day(2026, 11, 9), 5)
    );
}
