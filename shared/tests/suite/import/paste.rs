//! Cells pasted into a plan: split, recognised, read leniently, never dropped.

use shared::import::{
    Finding, ImportRefusal, MOST_PASTED, Note, Pasted, PastedColumn as Column, PastedRow,
    pasted_rows,
};
use shared::item::{Rhythm, TargetKind};
use shared::quantity::{Points, Quantity};

use crate::prelude::*;

fn pasted(story: &Story, text: &str) -> Pasted {
    Pasted::read(text, story.world.organisation())
}

fn rows(story: &Story, pasted: &Pasted) -> Vec<PastedRow> {
    pasted_rows(pasted, &story.world, PLAN, LINE_HEAD, story.moment.today()).unwrap()
}

fn read(story: &Story, text: &str) -> Vec<PastedRow> {
    rows(story, &pasted(story, text))
}

#[test]
fn cells_are_split_as_spreadsheets_write_them() {
    let story = Story::drafted(&[]);
    let text = "\u{feff}序号\t工作内容\t完成标准\r\n1\t\"甲\n\"\"乙\"\"\"\t\"引号\" 开头\r\n\t\t\r\n2\t丙\t\r\n";
    let pasted = pasted(&story, text);
    assert!(pasted.headed);
    assert_eq!(
        pasted.columns,
        [Column::Ignored, Column::Title, Column::Standard]
    );
    assert_eq!(
        pasted.rows,
        [["1", "甲\n\"乙\"", "\"引号\" 开头"], ["2", "丙", ""]]
    );
    // A cell that opens a quote and never closes it is what was written.
    assert_eq!(
        super::paste::pasted(&story, "\"甲\t乙").rows,
        [["\"甲", "乙"]]
    );
    assert_eq!(super::paste::pasted(&story, " \n\t\n").rows, [[""; 0]; 0]);
}

#[test]
fn headings_of_both_languages_name_the_columns() {
    let story = Story::drafted(&[]);
    let zh = "类别\t重点工作内容\t目标值\t计量单位\t权重(%)\t完成时间要求\t责任人\t协同部门\t考核标准\t备注\n重点\t甲\t1\t次\t5\t30日\t王小明\t仓库\t扣\t无";
    assert_eq!(
        pasted(&story, zh).columns,
        [
            Column::Section,
            Column::Title,
            Column::Target,
            Column::Measure,
            Column::Weight,
            Column::Due,
            Column::Responsible,
            Column::Helpers,
            Column::Rule,
            Column::Beside,
        ]
    );
    let en = "No.\tTask\tCompletion standard\tWeight (points)\tDue date\tOwner\tTask\n1\ta\tb\t5\tNov 3\tx\ty";
    assert_eq!(
        pasted(&story, en).columns,
        [
            Column::Ignored,
            Column::Title,
            Column::Standard,
            Column::Weight,
            Column::Due,
            Column::Responsible,
            Column::Beside,
        ]
    );
}

#[test]
fn without_headings_the_cells_tell() {
    let story = Story::drafted(&[]);
    let text = "1\t修订作业指导书并培训全员\t王小明\t30\t11月20日\t仓库\n2\t设备点检\t张建军\t20.5\t每周\t仓库";
    let found = pasted(&story, text);
    assert!(!found.headed);
    let expected = [
        Column::Ignored,
        Column::Title,
        Column::Responsible,
        Column::Weight,
        Column::Due,
        Column::Helpers,
    ];
    assert_eq!(found.columns, expected);
    assert_eq!(found.headings, ["A", "B", "C", "D", "E", "F"]);
    // A list of titles, one of which has the word of a heading in it.
    let list = pasted(&story, "完成质量标准修订\n召开任务布置会");
    assert!(!list.headed);
    assert_eq!((list.columns, list.rows.len()), (vec![Column::Title], 2));
}

#[test]
fn a_row_becomes_an_item_by_the_words_that_people_write() {
    let story = Story::drafted(&[]);
    let head =
        "类别\t事项\t目标值\t权重\t完成时限\t责任人\t协同部门\t完成标准\t评分标准\t输出成果\n";
    let text = format!(
        "{head}重点工作\t交验合格率\t≥98.5%\t30%\t2026/11/25\t王小明\t仓库\t不低于98.5%\t每低0.1个百分点扣1分\t月报\n\
         \t停机率\t不高于２%\t２０分\t月底\t线长\t\t\t\t\n\
         临时\t走访\t3家以上\t10\t每周\t\t\t\t\t\n"
    );
    let rows = read(&story, &text);
    let [first, second, third] = rows.as_slice() else {
        panic!("{rows:?}")
    };
    for row in &rows {
        assert!(!row.refused && !row.doubled, "{row:?}");
    }
    let item = &first.item;
    assert_eq!(first.findings, []);
    assert_eq!(
        (item.title.as_str(), item.section.as_str()),
        ("交验合格率", "key_work")
    );
    assert_eq!(
        (item.target.kind, item.target.measure.as_str()),
        (TargetKind::Higher, "%")
    );
    assert_eq!(item.target.value, Some(Quantity(985_000)));
    assert_eq!(
        (item.weight, item.due),
        (Points(3_000), Some(day(2026, 11, 25)))
    );
    assert_eq!((item.responsible, item.post.as_str()), (Some(WORKER), ""));
    assert_eq!((item.helpers.as_slice(), item.plan), (&[STORE][..], PLAN));
    assert_eq!(
        (item.deliverable.as_str(), item.standard.as_str()),
        ("月报", "不低于98.5%")
    );
    let deduction = item
        .deduction
        .as_ref()
        .expect("the rule is read in figures");
    assert_eq!(deduction.points, Points(100));
    // A merged section cell goes on; a post alone in the unit names its holder.
    let item = &second.item;
    assert_eq!(
        (item.section.as_str(), item.target.kind),
        ("key_work", TargetKind::Lower)
    );
    assert_eq!(
        (item.due, item.responsible),
        (Some(day(2026, 11, 30)), Some(LINE_HEAD))
    );
    assert_eq!(item.weight, Points(2_000));
    let item = &third.item;
    assert_eq!(
        (item.section.as_str(), item.rhythm),
        ("temporary_work", Some(Rhythm::Weekly))
    );
    assert_eq!(
        (item.target.kind, item.target.measure.as_str()),
        (TargetKind::Higher, "家")
    );
    let given = "每周".to_owned();
    assert_eq!(third.findings, [Finding::Noted(Note::RhythmEnds { given })]);
}

#[test]
fn a_bound_stands_before_the_number_or_behind_it() {
    let story = Story::drafted(&[]);
    let text = "事项\t目标值\n巡检\t95%及以上\n抱怨\t2次以内\n返工\t3件及以下\n停机\t不超过2%";
    let rows = read(&story, text);
    let found: Vec<_> = rows
        .iter()
        .map(|row| (row.item.target.kind, row.item.target.measure.as_str()))
        .collect();
    let (higher, lower) = (TargetKind::Higher, TargetKind::Lower);
    assert_eq!(
        found,
        [(higher, "%"), (lower, "次"), (lower, "件"), (lower, "%")]
    );
}

#[test]
fn whom_nobody_names_the_owner_answers_for_and_no_weight_is_tracked() {
    let story = Story::drafted(&[]);
    let rows = read(&story, "事项\t目标值\t完成时限\n盘点\t1次\t3-Nov");
    let item = &rows[0].item;
    assert_eq!(rows[0].findings, []);
    assert_eq!(
        (item.responsible, item.weight),
        (Some(LINE_HEAD), Points(0))
    );
    assert_eq!(
        (item.due, item.target.kind),
        (Some(day(2026, 11, 3)), TargetKind::Count)
    );
    assert_eq!(item.section, story.regime().regime().items.sections[0].key);
}

#[test]
fn what_cannot_be_read_is_named_and_kept_beside() {
    let story = Story::drafted(&[]);
    let text = "事项\t权重\t完成时限\t责任人\t协同部门\t类别\t备注\n甲\t三十\t尽快\t李四\t包装组\t其他\t说明";
    let rows = read(&story, text);
    let row = &rows[0];
    assert!(!row.refused);
    let unread = |at, refusal| Finding::Unread(Some(at), refusal);
    let given = |text: &str| text.to_owned();
    for finding in [
        unread(
            1,
            ImportRefusal::NotANumber {
                given: given("三十"),
            },
        ),
        unread(
            2,
            ImportRefusal::UnknownDue {
                given: given("尽快"),
            },
        ),
        unread(
            5,
            ImportRefusal::UnknownSection {
                given: given("其他"),
            },
        ),
        Finding::Noted(Note::HelperInWords {
            given: given("包装组"),
        }),
        Finding::Noted(Note::PostUnfilled {
            post: given("李四"),
        }),
    ] {
        assert!(
            row.findings.contains(&finding),
            "{finding:?} in {:?}",
            row.findings
        );
    }
    let item = &row.item;
    assert_eq!(
        (item.weight, item.due, item.responsible),
        (Points(0), None, None)
    );
    assert_eq!((item.post.as_str(), item.helpers.len()), ("李四", 0));
    for words in [
        ("权重", "三十"),
        ("完成时限", "尽快"),
        ("类别", "其他"),
        ("备注", "说明"),
    ] {
        let words = (words.0.to_owned(), words.1.to_owned());
        assert!(item.extra.contains(&words), "{words:?} in {:?}", item.extra);
    }
}

#[test]
fn a_column_can_be_taken_for_something_else() {
    let mut story = Story::drafted(&[]);
    let mut pasted = pasted(&story, "事项\t说明\n甲\t按新版执行");
    pasted.take(1, Column::Standard);
    assert_eq!(rows(&story, &pasted)[0].item.standard, "按新版执行");
    // Taken as the title, it gives the other column's place back.
    pasted.take(1, Column::Title);
    assert_eq!(pasted.columns, [Column::Beside, Column::Title]);
    let row = &rows(&story, &pasted)[0];
    assert_eq!(row.item.title, "按新版执行");
    assert_eq!(row.item.extra, [("事项".to_owned(), "甲".to_owned())]);
    pasted.take(0, Column::Ignored);
    let mut item = rows(&story, &pasted)[0].item.clone();
    assert_eq!(item.extra, []);
    item.id = item_id(1);
    story.must(LINE_HEAD, add(item));
}

#[test]
fn doubles_and_too_many_are_told_before_anything_is_made() {
    let story = Story::drafted(&[10_000]);
    let found = read(&story, "事项\t权重\n事项1\t1\n乙\t1\n乙\t1\n\t2");
    let states: Vec<_> = found.iter().map(|row| (row.refused, row.doubled)).collect();
    assert_eq!(
        states,
        [(false, true), (false, false), (false, true), (true, false)]
    );
    let title = Finding::Unread(Some(0), ImportRefusal::CellEmpty);
    assert_eq!(found[3].findings, [title]);
    let many: String = (0..=MOST_PASTED).fold("事项\n".to_owned(), |text, n| {
        text + &format!("第{n}件\n")
    });
    let found = read(&story, &many);
    assert_eq!(found.len(), MOST_PASTED + 1);
    let refused: Vec<_> = found.iter().filter(|row| row.refused).collect();
    let most = MOST_PASTED as u64;
    let too_many = Finding::Unread(None, ImportRefusal::TooManyItems { most });
    assert_eq!((refused.len(), refused[0].line), (1, MOST_PASTED + 1));
    assert_eq!(refused[0].findings, [too_many]);
    // Text that no field takes is refused with its limit.
    let long = "长".repeat(201);
    assert!(read(&story, &format!("事项\n{long}"))[0].refused);
}
