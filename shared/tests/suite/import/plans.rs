//! What imported rows are matched with: units, holders of posts, plans that are already there.

use shared::command::Command;
use shared::command::organisation::{AddUnit, Assign, EndAssignment};
use shared::id::{AssignmentId, UnitId};
use shared::import::{ImportRefusal, Note};
use shared::organisation::Tenure;

use super::{HEADER, apply, read, row};
use crate::prelude::*;

#[test]
fn units_are_found_by_either_name_and_helpers_by_a_part() {
    let mut story = Story::founded();
    story.must(
        ADMINISTRATOR,
        Command::AddUnit(AddUnit {
            unit: UnitId::from_bits(200),
            name: "计划物控部".into(),
            name_en: "Planning".into(),
            parent: ROOT,
            from: day(2026, 1, 1),
        }),
    );
    let english = row(&story, "LINE,Key work,甲,done,20,10,store,");
    assert_eq!(
        (english.accepted[0].unit, &english.accepted[0].item.helpers),
        (LINE, &vec![STORE])
    );
    let key = row(&story, "line,key_work,甲,done,20,10,,");
    assert_eq!(key.accepted[0].item.section, "key_work");
    let part = row(&story, "一线,重点,甲,done,20,10,物控部,");
    assert_eq!(part.accepted[0].item.helpers, [UnitId::from_bits(200)]);
    let (given, unit) = ("物控部".to_owned(), "计划物控部".to_owned());
    assert_eq!(part.accepted[0].notes, [Note::HelperByPart { given, unit }]);
    // Several helpers; the packing group is no unit, so the words are kept too.
    let several = row(&story, "一线,重点,甲,done,20,10,仓库、计划物控部；包装组,");
    let item = &several.accepted[0].item;
    assert_eq!(item.helpers, [STORE, UnitId::from_bits(200)]);
    let words = (
        "helper_zh".to_owned(),
        "仓库、计划物控部；包装组".to_owned(),
    );
    assert_eq!(item.extra, [words]);
}

#[test]
fn a_post_is_matched_to_who_holds_it_in_that_unit_today() {
    let mut story = Story::founded();
    let responsible = |story: &Story, post: &str| {
        let preview = row(story, &format!("一线,重点,甲,done,20,10,,{post}"));
        (
            preview.accepted[0].item.responsible,
            preview.accepted[0].notes.clone(),
        )
    };
    assert_eq!(responsible(&story, "操作工"), (Some(WORKER), vec![]));
    let unfilled = |post: &str| {
        vec![Note::PostUnfilled {
            post: post.to_owned(),
        }]
    };
    // The post exists in the store only.
    assert_eq!(responsible(&story, "仓管员"), (None, unfilled("仓管员")));
    assert_eq!(responsible(&story, ""), (None, vec![]));
    let second = Assign {
        assignment: AssignmentId::from_bits(200),
        person: KEEPER,
        unit: LINE,
        post: "操作工".into(),
        tenure: Tenure::Additional,
        heads: false,
        from: day(2025, 1, 1),
        to: None,
    };
    story.must(ADMINISTRATOR, Command::Assign(second));
    assert_eq!(responsible(&story, "操作工").0, Some(WORKER));
    let end = EndAssignment {
        assignment: assignment(WORKER),
        to: day(2026, 11, 9),
    };
    story.must(ADMINISTRATOR, Command::EndAssignment(end));
    assert_eq!(responsible(&story, "操作工").0, Some(KEEPER));
}

#[test]
fn missing_units_are_offered_and_then_accepted() {
    let mut story = Story::founded();
    let sheet = format!(
        "department_en,{HEADER}\nLab,化验室,重点,甲,done,20,10,包装组,\nLab,化验室,重点,乙,done,20,10,,\n"
    );
    let before = read(&story, &sheet);
    let missing: Vec<_> = before.units.iter().filter(|u| u.unit.is_none()).collect();
    let named: Vec<_> = missing
        .iter()
        .map(|unit| (unit.name.as_str(), unit.name_en.as_str(), unit.rows))
        .collect();
    assert_eq!(named, [("化验室", "Lab", 2), ("包装组", "", 0)]);
    let refused: Vec<_> = before.refused.iter().map(|r| r.cell.as_str()).collect();
    assert_eq!(refused, ["B2", "B3"]);
    for (n, unit) in (200..).zip(&missing) {
        story.must(
            ADMINISTRATOR,
            Command::AddUnit(AddUnit {
                unit: UnitId::from_bits(n),
                name: unit.name.clone(),
                name_en: unit.name_en.clone(),
                parent: ROOT,
                from: day(2026, 1, 1),
            }),
        );
    }
    // They exist now, and nobody leads the laboratory yet.
    let unit = UnitId::from_bits(200);
    let headless = read(&story, &sheet);
    assert_eq!(
        headless.refused[0].refusal,
        ImportRefusal::HeadMissing { unit }
    );
    story.must(
        ADMINISTRATOR,
        Command::Assign(Assign {
            assignment: AssignmentId::from_bits(202),
            person: KEEPER,
            unit,
            post: "主任".into(),
            tenure: Tenure::Additional,
            heads: true,
            from: day(2026, 1, 1),
            to: None,
        }),
    );
    let after = read(&story, &sheet);
    assert_eq!(after.refused, []);
    assert_eq!(apply(&mut story, &after), 3);
}

#[test]
fn items_join_a_plan_that_is_being_drafted() {
    let mut story = Story::drafted(&[5_000, 3_000]);
    let preview = row(&story, "一线,重点,甲,done,20,10,,操作工");
    assert_eq!(preview.plans[0].plan, Some(PLAN));
    assert_eq!(apply(&mut story, &preview), 1);
    let titles: Vec<_> = story
        .document()
        .items_in_order()
        .iter()
        .map(|item| item.title.clone())
        .collect();
    assert_eq!(titles, ["事项 1", "事项 2", "甲"]);
    // The same sheet again names what is there and adds nothing.
    let again = row(&story, "一线,重点,甲,done,20,10,,操作工");
    assert!(again.is_done() && !again.is_clean());
    assert_eq!(again.existing[0].differs, [""; 0]);
    let other = row(&story, "一线,重点,甲,done,20,12,,线长");
    assert_eq!(other.existing[0].differs, ["weight", "owner_zh"]);
}

#[test]
fn a_plan_that_is_handed_in_takes_no_rows() {
    let story = Story::submitted(&[10_000]);
    let preview = row(&story, "一线,重点,甲,done,20,10,,操作工");
    assert_eq!(
        preview.refused[0].refusal,
        ImportRefusal::PlanExists { plan: PLAN }
    );
    assert_eq!(preview.refused[0].cell, "A2");
}

#[test]
fn a_sheet_names_an_item_once() {
    let story = Story::founded();
    let line = "一线,重点,甲,done,20,10,,\n";
    let preview = read(
        &story,
        &format!("{HEADER}\n{line}{line}仓库,重点,甲,done,20,10,,\n"),
    );
    assert_eq!(preview.accepted.len(), 2);
    assert_eq!(preview.refused[0].refusal, ImportRefusal::TitleExists);
    assert_eq!(preview.refused[0].cell, "C3");
}
