//! Who may shape the organisation, and what would break it.

use shared::command::Command;
use shared::command::organisation::{
    AddPerson, AddUnit, Appoint, Assign, DrawLine, EndAppointment, EndAssignment, EndLine,
    FoundCompany, OpenPeriod,
};
use shared::id::{AppointmentId, AssignmentId, PeriodId, PersonId, ReportingLineId, UnitId};
use shared::organisation::{Line, Office, Tenure};
use shared::period::PeriodKind;
use shared::refusal::Refusal;

use crate::prelude::*;

mod moves;
mod units;

fn unit(id: u128, name: &str, parent: UnitId) -> Command {
    let (unit, name, from) = (UnitId::from_bits(id), name.into(), day(2026, 1, 1));
    Command::AddUnit(AddUnit {
        unit,
        name,
        name_en: String::new(),
        parent,
        from,
    })
}

fn line(id: u128, person: PersonId, superior: PersonId) -> Command {
    let (id, from) = (ReportingLineId::from_bits(id), day(2026, 1, 1));
    Command::DrawLine(DrawLine {
        id,
        person,
        superior,
        line: Line::Administrative,
        from,
    })
}

fn missing(field: &str) -> Refusal {
    Refusal::FieldMissing {
        item: None,
        field: field.into(),
    }
}

#[test]
fn founding_makes_the_actor_administrator_and_happens_once() {
    let mut story = Story::empty();
    assert_eq!(story.must(ADMINISTRATOR, found_company()).len(), 4);
    let organisation = story.world.organisation();
    let today = story.moment.today();
    assert!(organisation.holds(ADMINISTRATOR, Office::Administrator, today));
    assert!(!organisation.holds(ADMINISTRATOR, Office::PlanOffice, today));
    assert_eq!(organisation.units[&ROOT].name, "恒远");
    assert_eq!(
        story.refused(STRANGER, found_company()),
        Refusal::AlreadyFounded
    );
}

#[test]
fn founding_needs_names_and_a_zone_of_the_earth() {
    let story = Story::empty();
    let Command::FoundCompany(good) = found_company() else {
        unreachable!()
    };
    let found = |change: fn(&mut FoundCompany)| {
        let mut args = good.clone();
        change(&mut args);
        story.refused(ADMINISTRATOR, Command::FoundCompany(args))
    };
    assert_eq!(found(|args| args.name = "  ".into()), missing("name"));
    assert_eq!(
        found(|args| args.administrator = String::new()),
        missing("administrator")
    );
    let too_long = Refusal::TextTooLong {
        field: "name".into(),
        most: 120,
    };
    assert_eq!(found(|args| args.name = "厂".repeat(121)), too_long);
    assert!(matches!(
        found(|args| args.utc_offset = 900),
        Refusal::OutOfRange { .. }
    ));
}

#[test]
fn names_are_trimmed_and_may_have_exactly_120_characters() {
    let mut story = Story::founded();
    story.must(
        ADMINISTRATOR,
        unit(200, &format!("  {}  ", "厂".repeat(120)), ROOT),
    );
    let unit = &story.world.organisation().units[&UnitId::from_bits(200)];
    assert_eq!(unit.name.chars().count(), 120);
}

#[test]
fn only_an_administrator_shapes_the_organisation() {
    let story = Story::founded();
    let from = day(2026, 1, 1);
    let person = PersonId::from_bits(300);
    let commands = [
        unit(200, "新部门", ROOT),
        Command::AddPerson(AddPerson {
            person,
            name: "新人".into(),
        }),
        Command::EndAssignment(EndAssignment {
            assignment: assignment(WORKER),
            to: from,
        }),
        line(201, WORKER, MANAGER),
        Command::Appoint(Appoint {
            appointment: AppointmentId::from_bits(202),
            person: WORKER,
            office: Office::Administrator,
            from,
        }),
        Command::EndAppointment(EndAppointment {
            appointment: FIRST_ADMINISTRATOR,
            to: from,
        }),
    ];
    for command in commands {
        for actor in [WORKER, LINE_HEAD, MANAGER, PLAN_OFFICE, STRANGER] {
            assert_eq!(
                story.refused(actor, command.clone()),
                Refusal::Forbidden,
                "{command:?}"
            );
        }
    }
}

#[test]
fn units_have_names_of_their_own_and_a_parent_that_exists() {
    let story = Story::founded();
    let exists = Refusal::already_exists("unit");
    assert_eq!(
        story.refused(ADMINISTRATOR, unit(200, " 一线 ", ROOT)),
        exists
    );
    assert_eq!(
        story.refused(ADMINISTRATOR, unit(LINE.bits(), "二线", ROOT)),
        exists
    );
    let nowhere = UnitId::from_bits(999);
    let not_found = Refusal::not_found("unit");
    assert_eq!(
        story.refused(ADMINISTRATOR, unit(200, "二线", nowhere)),
        not_found
    );
    let itself = unit(200, "二线", UnitId::from_bits(200));
    assert_eq!(story.refused(ADMINISTRATOR, itself), Refusal::Circular);
    assert_eq!(
        story.refused(ADMINISTRATOR, unit(200, "", ROOT)),
        missing("name")
    );
}

#[test]
fn a_unit_is_not_older_than_the_one_above() {
    let story = Story::founded();
    let command = Command::AddUnit(AddUnit {
        unit: UnitId::from_bits(200),
        name: "二线".into(),
        name_en: String::new(),
        parent: ROOT,
        from: day(2024, 12, 31),
    });
    let least = "2025-01-01".to_owned();
    let refusal = Refusal::OutOfRange {
        field: "from".into(),
        least,
        most: String::new(),
    };
    assert_eq!(story.refused(ADMINISTRATOR, command), refusal);
}

#[test]
fn an_assignment_needs_a_person_a_unit_a_post_and_days_in_order() {
    let story = Story::founded();
    let good = Assign {
        assignment: AssignmentId::from_bits(200),
        person: WORKER,
        unit: STORE,
        post: "帮工".into(),
        tenure: Tenure::Additional,
        heads: false,
        from: day(2026, 11, 1),
        to: Some(day(2026, 11, 1)),
    };
    let refused = |change: fn(&mut Assign)| {
        let mut args = good.clone();
        change(&mut args);
        story.refused(ADMINISTRATOR, Command::Assign(args))
    };
    assert_eq!(
        refused(|args| args.person = STRANGER),
        Refusal::not_found("person")
    );
    assert_eq!(
        refused(|args| args.unit = UnitId::from_bits(999)),
        Refusal::not_found("unit")
    );
    assert_eq!(refused(|args| args.post = " ".into()), missing("post"));
    let early = refused(|args| args.to = Some(day(2026, 10, 31)));
    assert!(matches!(early, Refusal::OutOfRange { field, .. } if field == "to"));
    let before = refused(|args| args.from = day(2024, 1, 1));
    assert!(matches!(before, Refusal::OutOfRange { field, .. } if field == "from"));
    let again = refused(|args| args.assignment = assignment(WORKER));
    assert_eq!(again, Refusal::already_exists("assignment"));
}

#[test]
fn an_ended_assignment_covers_its_last_day_and_no_further() {
    let mut story = Story::founded();
    let (assignment, to) = (assignment(WORKER), day(2026, 11, 9));
    story.must(
        ADMINISTRATOR,
        Command::EndAssignment(EndAssignment { assignment, to }),
    );
    let organisation = story.world.organisation();
    assert!(organisation.is_member(WORKER, LINE, day(2026, 11, 9)));
    assert!(!organisation.is_member(WORKER, LINE, day(2026, 11, 10)));
    let before = EndAssignment {
        assignment,
        to: day(2024, 1, 1),
    };
    let refusal = story.refused(ADMINISTRATOR, Command::EndAssignment(before));
    assert!(matches!(refusal, Refusal::OutOfRange { .. }));
}

#[test]
fn reporting_lines_close_no_circle() {
    let mut story = Story::founded();
    assert_eq!(
        story.refused(ADMINISTRATOR, line(200, WORKER, WORKER)),
        Refusal::Circular
    );
    story.must(ADMINISTRATOR, line(200, WORKER, STORE_HEAD));
    story.must(ADMINISTRATOR, line(201, STORE_HEAD, LINE_HEAD));
    assert_eq!(
        story.refused(ADMINISTRATOR, line(202, LINE_HEAD, WORKER)),
        Refusal::Circular
    );
    // A head judges the members: none of them can become the head's superior.
    let circle = Story::founded().refused(ADMINISTRATOR, line(202, STORE_HEAD, KEEPER));
    assert_eq!(circle, Refusal::Circular);
    let exists = Refusal::already_exists("reporting_line");
    assert_eq!(
        story.refused(ADMINISTRATOR, line(200, KEEPER, MANAGER)),
        exists
    );
    assert_eq!(
        story.refused(ADMINISTRATOR, line(203, WORKER, MANAGER)),
        exists
    );
    let nobody = Refusal::not_found("person");
    assert_eq!(
        story.refused(ADMINISTRATOR, line(204, KEEPER, STRANGER)),
        nobody
    );
}

#[test]
fn a_line_decides_who_is_superior_until_it_ends() {
    let mut story = Story::founded();
    let superior = |story: &Story, today| story.world.organisation().superior(WORKER, LINE, today);
    let today = story.moment.today();
    assert_eq!(superior(&story, today), Some(LINE_HEAD));
    story.must(ADMINISTRATOR, line(200, WORKER, STORE_HEAD));
    assert_eq!(superior(&story, today), Some(STORE_HEAD));
    let end = EndLine {
        id: ReportingLineId::from_bits(200),
        to: day(2026, 11, 9),
    };
    story.must(ADMINISTRATOR, Command::EndLine(end));
    assert_eq!(superior(&story, today), Some(LINE_HEAD));
    assert_eq!(superior(&story, day(2026, 11, 9)), Some(STORE_HEAD));
}

#[test]
fn where_a_head_is_missing_the_one_a_level_up_acts() {
    let mut story = Story::founded();
    let end = EndAssignment {
        assignment: assignment(LINE_HEAD),
        to: day(2026, 11, 9),
    };
    story.must(ADMINISTRATOR, Command::EndAssignment(end));
    let organisation = story.world.organisation();
    assert_eq!(
        organisation.superior(WORKER, LINE, day(2026, 11, 10)),
        Some(MANAGER)
    );
}

#[test]
fn the_last_administrator_stays() {
    let mut story = Story::founded();
    let end = |to| {
        Command::EndAppointment(EndAppointment {
            appointment: FIRST_ADMINISTRATOR,
            to,
        })
    };
    assert_eq!(
        story.refused(ADMINISTRATOR, end(day(2026, 12, 31))),
        Refusal::LastAdministrator
    );
    let second = Appoint {
        appointment: AppointmentId::from_bits(200),
        person: MANAGER,
        office: Office::Administrator,
        from: day(2027, 1, 2),
    };
    story.must(ADMINISTRATOR, Command::Appoint(second));
    // On New Year's Day nobody would be administrator.
    assert_eq!(
        story.refused(ADMINISTRATOR, end(day(2026, 12, 31))),
        Refusal::LastAdministrator
    );
    story.must(ADMINISTRATOR, end(day(2027, 1, 1)));
    let organisation = story.world.organisation();
    assert!(!organisation.holds(ADMINISTRATOR, Office::Administrator, day(2027, 1, 2)));
}

#[test]
fn other_offices_may_end_whenever() {
    let mut story = Story::founded();
    let appointment = AppointmentId::from_bits(42);
    let end = EndAppointment {
        appointment,
        to: day(2026, 11, 9),
    };
    story.must(ADMINISTRATOR, Command::EndAppointment(end));
    let today = story.moment.today();
    assert!(
        !story
            .world
            .organisation()
            .holds(PLAN_OFFICE, Office::PlanOffice, today)
    );
    let open = OpenPeriod {
        period: PeriodId::from_bits(200),
        ..november()
    };
    assert_eq!(
        story.refused(PLAN_OFFICE, Command::OpenPeriod(open)),
        Refusal::Forbidden
    );
}

#[test]
fn periods_of_a_kind_do_not_overlap() {
    let mut story = Story::founded();
    let december = OpenPeriod {
        period: PeriodId::from_bits(200),
        from: day(2026, 12, 1),
        to: day(2026, 12, 31),
        ..november()
    };
    let open = |change: fn(&mut OpenPeriod)| {
        let mut args = december.clone();
        change(&mut args);
        Command::OpenPeriod(args)
    };
    let overlap = open(|args| args.from = day(2026, 11, 30));
    assert_eq!(
        story.refused(PLAN_OFFICE, overlap),
        Refusal::already_exists("period")
    );
    let backwards = story.refused(PLAN_OFFICE, open(|args| args.to = day(2026, 11, 30)));
    assert!(matches!(backwards, Refusal::OutOfRange { field, .. } if field == "to"));
    let week = story.refused(PLAN_OFFICE, open(|args| args.kind = PeriodKind::Week));
    let unknown = Refusal::UnknownValue {
        field: "kind".into(),
        given: "week".into(),
    };
    assert_eq!(week, unknown);
    let regime = story.refused(
        PLAN_OFFICE,
        open(|args| {
            args.regime = shared::id::RegimeId::from_bits(999);
        }),
    );
    assert_eq!(regime, Refusal::not_found("regime"));
    let again = open(|args| args.period = NOVEMBER);
    assert_eq!(
        story.refused(PLAN_OFFICE, again),
        Refusal::already_exists("period")
    );
    assert_eq!(story.refused(LINE_HEAD, open(|_| {})), Refusal::Forbidden);
    story.must(PLAN_OFFICE, open(|_| {}));
}
