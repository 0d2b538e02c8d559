//! What the product writes it reads back: nothing is doubled, nothing differs.

use shared::command::Command;
use shared::command::plan::EditItem;
use shared::import::{ImportRefusal, write};
use shared::item::{Edit, ItemEdit};
use shared::quantity::Points;

use super::{HEADER, apply, read};
use crate::prelude::*;

fn exported(story: &Story) -> String {
    let documents = story.world.documents().map(|(_, document)| document);
    write(story.world.organisation(), documents)
}

#[test]
fn a_sheet_that_the_product_wrote_changes_nothing() {
    let mut story = Story::founded();
    let sheet = format!(
        "{HEADER},system,title_en\n\
         一线,重点,甲,done,20,10,仓库,操作工,S58,\"One, two\"\n\
         一线,日常,乙,per_week,weekly,10.5,包装组,操作工,,\n\
         仓库,临时,\"丙\n丁\",date,month-end,20,,仓管员,S59,\"\"\"Three\"\"\"\n"
    );
    let preview = read(&story, &sheet);
    assert_eq!(apply(&mut story, &preview), 5);
    let text = exported(&story);
    let again = read(&story, &text);
    assert_eq!(
        (again.refused.len(), again.accepted.len()),
        (0, 0),
        "{text}"
    );
    assert_eq!(again.existing.len(), 3);
    for row in &again.existing {
        assert_eq!(row.differs, [""; 0], "{}", row.title);
    }
    assert!(again.is_done());
    // The first sheet, too, is known.
    assert!(read(&story, &sheet).is_done());
}

#[test]
fn what_was_changed_since_is_named_and_stays() {
    let mut story = Story::drafted(&[5_000, 3_000]);
    let text = exported(&story);
    let weight = Edit {
        old: Points(3_000),
        new: Points(4_000),
    };
    let edit = EditItem {
        plan: PLAN,
        item: item_id(2),
        edits: vec![ItemEdit::Weight(weight)],
    };
    story.must(LINE_HEAD, Command::EditItem(edit));
    let again = read(&story, &text);
    let differs: Vec<_> = again.existing.iter().map(|row| &row.differs).collect();
    assert_eq!(differs, [&vec![], &vec!["weight".to_owned()]]);
    assert!(again.is_done());
}

#[test]
fn a_row_that_stands_twice_in_the_sheet_is_refused() {
    let story = Story::founded();
    let row = "一线,重点,甲,done,20,10,,";
    let preview = read(&story, &format!("{HEADER}\n{row}\n{row}\n"));
    assert_eq!(preview.refused[0].refusal, ImportRefusal::TitleExists);
    assert_eq!(preview.refused[0].cell, "C3");
    // The same title for the year is another item.
    let text = format!(
        "period,{HEADER}\nmonth,{row}\nyear,{}\n",
        row.replace("20", "12-20")
    );
    let both = read(&story, &text);
    assert_eq!((both.refused.len(), both.accepted.len()), (0, 2));
}
