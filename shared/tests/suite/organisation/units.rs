//! Units that are renamed, split and merged: the id stays, and old plans keep the old name.

use shared::command::Command;
use shared::command::organisation::{
    AddUnit, Assign, EndAssignment, EndUnit, RenameUnit, Transfer,
};
use shared::id::{AssignmentId, PersonId, UnitId};
use shared::moment::Day;
use shared::organisation::{Organisation, Tenure};
use shared::partition::PartitionId;
use shared::permission::may_see;
use shared::refusal::Refusal;

use crate::prelude::*;

fn renamed(unit: UnitId, name: &str, name_en: &str, from: Day) -> Command {
    Command::RenameUnit(RenameUnit {
        unit,
        name: name.into(),
        name_en: name_en.into(),
        from,
    })
}

fn ended(unit: UnitId, to: Day, successors: &[UnitId]) -> Command {
    Command::EndUnit(EndUnit {
        unit,
        to,
        successors: successors.to_vec(),
    })
}

fn added(unit: UnitId, name: &str, from: Day) -> Command {
    Command::AddUnit(AddUnit {
        unit,
        name: name.into(),
        name_en: String::new(),
        parent: ROOT,
        from,
    })
}

/// The person's only post goes on in another unit.
fn moved(id: u128, person: PersonId, unit: UnitId, heads: bool, from: Day) -> Command {
    Command::Transfer(Transfer {
        ended: assignment(person),
        assign: Assign {
            assignment: AssignmentId::from_bits(id),
            person,
            unit,
            post: "转岗".into(),
            tenure: Tenure::Main,
            heads,
            from,
            to: None,
        },
    })
}

fn name_on(all: &Organisation, unit: UnitId, day: Day) -> (&str, &str) {
    all.units[&unit].name_on(day)
}

#[test]
fn a_renamed_unit_is_known_by_the_name_of_the_day() {
    let mut story = Story::founded();
    story.must(
        ADMINISTRATOR,
        renamed(LINE, " 总装一线 ", "Assembly", day(2026, 11, 16)),
    );
    let all = story.world.organisation();
    assert_eq!(name_on(all, LINE, day(2026, 11, 15)), ("一线", "Line"));
    assert_eq!(
        name_on(all, LINE, day(2026, 11, 16)),
        ("总装一线", "Assembly")
    );
    // A slip of the pen on the same day is corrected, and leaves no name behind.
    story.must(
        ADMINISTRATOR,
        renamed(LINE, "总装线", "", day(2026, 11, 16)),
    );
    story.must(
        ADMINISTRATOR,
        renamed(LINE, "装配车间", "", day(2026, 12, 1)),
    );
    let all = story.world.organisation();
    assert_eq!(all.units[&LINE].former.len(), 2);
    assert_eq!(name_on(all, LINE, day(2026, 11, 30)), ("总装线", ""));
    assert_eq!(name_on(all, LINE, day(2027, 1, 1)), ("装配车间", ""));
    assert_eq!(name_on(all, LINE, day(2025, 1, 1)), ("一线", "Line"));
}

#[test]
fn a_name_is_free_and_its_day_neither_old_nor_out_of_order() {
    let mut story = Story::founded();
    let refused = |story: &Story, command| story.refused(ADMINISTRATOR, command);
    for actor in [PLAN_OFFICE, LINE_HEAD, STRANGER] {
        let command = renamed(LINE, "新名", "", day(2026, 11, 16));
        assert_eq!(story.refused(actor, command), Refusal::Forbidden);
    }
    let taken = renamed(LINE, "仓库", "", day(2026, 11, 16));
    assert_eq!(refused(&story, taken), Refusal::already_exists("unit"));
    let (field, least) = ("from".to_owned(), day(2026, 10, 1));
    let old = refused(&story, renamed(LINE, "新名", "", day(2026, 9, 30)));
    assert_eq!(old, Refusal::Retroactive { field, least });
    let nowhere = renamed(UnitId::from_bits(999), "新名", "", day(2026, 11, 16));
    assert_eq!(refused(&story, nowhere), Refusal::not_found("unit"));
    story.must(ADMINISTRATOR, renamed(LINE, "新名", "", day(2026, 11, 16)));
    let before = refused(&story, renamed(LINE, "更早", "", day(2026, 11, 15)));
    assert!(matches!(before, Refusal::OutOfRange { field, .. } if field == "from"));
    // The old name is free for another unit from then on.
    story.must(
        ADMINISTRATOR,
        added(UnitId::from_bits(200), "一线", day(2026, 11, 16)),
    );
}

#[test]
fn a_unit_ends_when_nobody_belongs_to_it_and_its_plans_stay_readable() {
    let mut story = Story::approved(&[10_000]);
    let (first, second) = (UnitId::from_bits(201), UnitId::from_bits(202));
    let (last, next) = (day(2026, 11, 15), day(2026, 11, 16));
    for (unit, name) in [(first, "一线甲"), (second, "一线乙")] {
        story.must(ADMINISTRATOR, added(unit, name, day(2026, 11, 1)));
    }
    let end = || ended(LINE, last, &[first, second]);
    let in_use = |assignments| Refusal::UnitInUse {
        units: 0,
        assignments,
    };
    assert_eq!(story.refused(ADMINISTRATOR, end()), in_use(2));
    story.must(ADMINISTRATOR, moved(301, LINE_HEAD, first, true, next));
    assert_eq!(story.refused(ADMINISTRATOR, end()), in_use(1));
    story.must(ADMINISTRATOR, moved(302, WORKER, second, false, next));
    assert_eq!(story.refused(PLAN_OFFICE, end()), Refusal::Forbidden);
    story.must(ADMINISTRATOR, end());
    // The plan is still open; it goes on, and those who went on with the work still read it.
    story.moment = noon(day(2026, 11, 20));
    let all = story.world.organisation();
    assert_eq!(all.units[&LINE].successors, [first, second]);
    assert_eq!(name_on(all, LINE, day(2026, 11, 20)), ("一线", "Line"));
    let sees = |person, partition| may_see(all, person, day(2026, 11, 20), partition);
    let common = PartitionId::Common(LINE, NOVEMBER);
    let readers = [LINE_HEAD, WORKER, MANAGER, PLAN_OFFICE, STORE_HEAD, KEEPER];
    assert_eq!(
        readers.map(|person| sees(person, common)),
        [true, true, true, true, false, false]
    );
    // What members planned for themselves was never for the others to see.
    let personal = PartitionId::Personal(LINE, NOVEMBER);
    assert_eq!(
        readers.map(|person| sees(person, personal)),
        [false, false, true, true, false, false]
    );
    story.must(
        WORKER,
        report(1, 1, shared::report::ReportKind::Progress, 50, last),
    );
    // The superior a level up still judges it.
    let judgement = Some(carried_out("on_time", "good"));
    story.must(MANAGER, Command::ScoreSuperior(score(1, None, judgement)));
    story.must(MANAGER, story.publish());
}

#[test]
fn units_merge_into_one_and_what_was_merged_is_followed_through() {
    let mut story = Story::founded();
    let (plant, later) = (UnitId::from_bits(201), UnitId::from_bits(202));
    story.must(ADMINISTRATOR, added(plant, "工厂", day(2026, 11, 1)));
    for (id, person, heads) in [
        (301, LINE_HEAD, true),
        (302, WORKER, false),
        (303, STORE_HEAD, false),
        (304, KEEPER, false),
    ] {
        let from = day(2026, 11, 12);
        story.must(ADMINISTRATOR, moved(id, person, plant, heads, from));
    }
    for unit in [LINE, STORE] {
        story.must(ADMINISTRATOR, ended(unit, day(2026, 11, 11), &[plant]));
    }
    // The plant is renamed by another unit that goes on with it: two steps away is still known.
    story.must(ADMINISTRATOR, added(later, "总厂", day(2026, 11, 1)));
    for (id, person) in [
        (301, LINE_HEAD),
        (302, WORKER),
        (303, STORE_HEAD),
        (304, KEEPER),
    ] {
        let mut transfer = moved(id + 100, person, later, false, day(2026, 11, 20));
        if let Command::Transfer(args) = &mut transfer {
            args.ended = AssignmentId::from_bits(id);
        }
        story.must(ADMINISTRATOR, transfer);
    }
    story.must(ADMINISTRATOR, ended(plant, day(2026, 11, 19), &[later]));
    let all = story.world.organisation();
    let common = PartitionId::Common(LINE, NOVEMBER);
    assert!(may_see(all, KEEPER, day(2026, 11, 25), common));
    // While the line went on, the keeper read nothing of it.
    assert!(!may_see(all, KEEPER, day(2026, 11, 11), common));
}

#[test]
fn an_end_names_units_that_go_on_and_never_the_company() {
    let mut story = Story::founded();
    let empty = UnitId::from_bits(201);
    let over = UnitId::from_bits(202);
    for (unit, name) in [(empty, "空部门"), (over, "旧部门")] {
        story.must(ADMINISTRATOR, added(unit, name, day(2026, 11, 1)));
    }
    story.must(ADMINISTRATOR, ended(over, day(2026, 11, 9), &[]));
    let refused = |unit, successors: &[UnitId]| {
        story.refused(ADMINISTRATOR, ended(unit, day(2026, 11, 10), successors))
    };
    let unknown = |name: &str| Refusal::UnknownValue {
        field: "successors".into(),
        given: name.into(),
    };
    assert_eq!(refused(empty, &[empty]), unknown("空部门"));
    assert_eq!(refused(empty, &[over]), unknown("旧部门"));
    assert_eq!(refused(empty, &[LINE, LINE]), unknown("一线"));
    let nowhere = [UnitId::from_bits(999)];
    assert_eq!(refused(empty, &nowhere), Refusal::not_found("unit"));
    let root = refused(ROOT, &[]);
    assert_eq!(
        root,
        Refusal::UnitInUse {
            units: 3,
            assignments: 2
        }
    );
    let (field, least) = ("to".to_owned(), day(2026, 10, 1));
    let old = story.refused(ADMINISTRATOR, ended(STORE, day(2026, 9, 29), &[]));
    assert_eq!(old, Refusal::Retroactive { field, least });
    // Nobody is assigned beyond the end.
    story.must(ADMINISTRATOR, ended(empty, day(2026, 11, 30), &[LINE]));
    let Command::Transfer(beyond) = moved(301, KEEPER, empty, false, day(2026, 11, 20)) else {
        unreachable!()
    };
    let endless = story.refused(ADMINISTRATOR, Command::Transfer(beyond.clone()));
    assert!(matches!(endless, Refusal::OutOfRange { field, .. } if field == "to"));
    let to = Some(day(2026, 11, 30));
    let assign = Assign {
        to,
        ..beyond.assign
    };
    story.must(
        ADMINISTRATOR,
        Command::Transfer(Transfer { assign, ..beyond }),
    );
}

#[test]
fn a_member_that_only_helped_out_is_no_reason_to_keep_a_unit() {
    let mut story = Story::founded();
    let unit = UnitId::from_bits(201);
    story.must(ADMINISTRATOR, added(unit, "项目组", day(2026, 11, 1)));
    let assign = Assign {
        assignment: AssignmentId::from_bits(301),
        person: KEEPER,
        unit,
        post: "兼任".into(),
        tenure: Tenure::Additional,
        heads: false,
        from: day(2026, 11, 1),
        to: None,
    };
    story.must(ADMINISTRATOR, Command::Assign(assign));
    let in_use = Refusal::UnitInUse {
        units: 0,
        assignments: 1,
    };
    let end = ended(unit, day(2026, 11, 10), &[]);
    assert_eq!(story.refused(ADMINISTRATOR, end.clone()), in_use);
    let over = EndAssignment {
        assignment: AssignmentId::from_bits(301),
        to: day(2026, 11, 10),
    };
    story.must(ADMINISTRATOR, Command::EndAssignment(over));
    story.must(ADMINISTRATOR, end);
}
