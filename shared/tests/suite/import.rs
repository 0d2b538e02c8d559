//! Import: real sheets are previewed whole, every fault is named by its cell, nothing is half done.

mod again;
mod due;
mod paste;
mod plans;
mod real;
mod rule;

use std::fmt::Write;

use shared::command::Command;
use shared::command::organisation::EndAssignment;
use shared::id::PeriodId;
use shared::import::{
    Choices, ImportRefusal, Note, Options, Preview, Refused, commands, preview, wanted_periods,
};
use shared::item::TargetKind;
use shared::plan::Scope;
use shared::quantity::{Points, Quantity};
use shared::regime::Document;
use shared::regime::preset::shelf;

use crate::prelude::*;

const HEADER: &str = "department_zh,section,title_zh,target_kind,due,weight,helper_zh,owner_zh";

/// The plan office's options for November.
fn november(story: &Story) -> Options<'_> {
    let choices = Choices::into_period(NOVEMBER);
    let options = Options::of(&story.world, choices, PLAN_OFFICE, story.moment.today());
    options.unwrap().offering(pools())
}

/// What is offered to a company that has no pool yet.
fn pools() -> impl Iterator<Item = Document> {
    let pools = shelf::always().into_iter();
    pools.map(|preset| Document::from(preset.regime))
}

fn read(story: &Story, text: &str) -> Preview {
    preview(text, &november(story))
}

/// Previews one row under the short header.
fn row(story: &Story, row: &str) -> Preview {
    read(story, &format!("{HEADER}\n{row}\n"))
}

/// The faults of one row, as (cell, refusal).
fn faults(cells: &str) -> Vec<(String, ImportRefusal)> {
    let preview = row(&Story::founded(), cells);
    assert!(preview.accepted.is_empty(), "{cells}");
    preview
        .refused
        .into_iter()
        .map(|refused| (refused.cell, refused.refusal))
        .collect()
}

fn fault(cells: &str, cell: &str, refusal: ImportRefusal) {
    assert_eq!(faults(cells), [(cell.to_owned(), refusal)], "{cells}");
}

/// Sends all commands of a preview of November as the plan office.
fn apply(story: &mut Story, preview: &Preview) -> usize {
    let commands = minted(preview, &november(story));
    let count = commands.len();
    for command in commands {
        story.must(PLAN_OFFICE, command);
    }
    count
}

/// The commands of a preview, with ids from 1001 on.
fn minted(preview: &Preview, options: &Options<'_>) -> Vec<Command> {
    let mut next = 1_000_u128;
    commands(preview, options, &mut || {
        next += 1;
        next
    })
}

#[test]
fn a_row_becomes_an_item() {
    let mut story = Story::founded();
    let text = "\u{feff}weight,department_zh,department_en,section,title_zh,title_en,target_kind,\
        baseline,target,unit,due,helper_zh,deliverable_zh,owner_zh,standard_zh,scoring_rule_zh\r\n\
        30,一线,Line,重点,\"合格率,由97.0%提高\",Yield,higher,97.0,98.5,%,month-end,仓库,月报,操作工,\
        不低于98.5%,每低0.1个百分点扣1分\r\n";
    let preview = read(&story, text);
    assert_eq!(preview.refused, []);
    assert_eq!(apply(&mut story, &preview), 2);
    let (_, document) = story.world.documents().next().unwrap();
    let plan = document.plan.as_ref().unwrap();
    assert_eq!(
        (plan.unit, plan.owner, plan.scope),
        (LINE, LINE_HEAD, Scope::Unit)
    );
    let item = document.items.values().next().unwrap();
    assert_eq!(item.title, "合格率,由97.0%提高");
    assert_eq!(
        (item.section.as_str(), item.weight),
        ("key_work", Points(3_000))
    );
    assert_eq!(
        (item.responsible, item.post.as_str()),
        (Some(WORKER), "操作工")
    );
    assert_eq!(
        (item.helpers.clone(), item.due),
        (vec![STORE], Some(day(2026, 11, 30)))
    );
    assert_eq!(item.target.kind, TargetKind::Higher);
    assert_eq!(item.target.baseline, Some(Quantity(970_000)));
    assert_eq!(item.target.value, Some(Quantity(985_000)));
    assert_eq!(
        (item.target.measure.as_str(), item.deliverable.as_str()),
        ("%", "月报")
    );
    assert_eq!(
        (item.standard.as_str(), item.rule.as_str()),
        ("不低于98.5%", "每低0.1个百分点扣1分")
    );
}

#[test]
fn faults_are_named_by_their_cells() {
    let text = |given: &str| given.to_owned();
    let unknown = ImportRefusal::UnknownUnit {
        name: text("三线"),
        name_en: String::new(),
    };
    fault("三线,重点,甲,done,20,10,,", "A2", unknown);
    fault(",重点,甲,done,20,10,,", "A2", ImportRefusal::CellEmpty);
    let section = ImportRefusal::UnknownSection {
        given: text("专项"),
    };
    fault("一线,专项,甲,done,20,10,,", "B2", section);
    fault("一线,,甲,done,20,10,,", "B2", ImportRefusal::CellEmpty);
    fault("一线,重点,,done,20,10,,", "C2", ImportRefusal::CellEmpty);
    let long = format!("一线,重点,{},done,20,10,,", "长".repeat(201));
    fault(&long, "C2", ImportRefusal::TextTooLong { most: 200 });
    let kind = ImportRefusal::UnknownTargetKind {
        given: text("better"),
    };
    fault("一线,重点,甲,better,20,10,,", "D2", kind);
    fault("一线,重点,甲,,20,10,,", "D2", ImportRefusal::CellEmpty);
    let due = ImportRefusal::UnknownDue {
        given: text("soon"),
    };
    fault("一线,重点,甲,done,soon,10,,", "E2", due);
    let number = ImportRefusal::NotANumber { given: text("十") };
    fault("一线,重点,甲,done,20,十,,", "F2", number);
    let fine = ImportRefusal::NotANumber {
        given: text("33.333"),
    };
    fault("一线,重点,甲,done,20,33.333,,", "F2", fine);
    let most = Points(10_000);
    fault(
        "一线,重点,甲,done,20,-1,,",
        "F2",
        ImportRefusal::WeightOutOfRange { most },
    );
    fault(
        "一线,重点,甲,done,20,100.01,,",
        "F2",
        ImportRefusal::WeightOutOfRange { most },
    );
    fault("一线,重点,甲,done,20,,,", "F2", ImportRefusal::CellEmpty);
    fault(
        "一线,重点,甲,done,20,10,一线,",
        "G2",
        ImportRefusal::HelperIsOwnUnit,
    );
    let post = format!("一线,重点,甲,done,20,10,,{}", "长".repeat(2_001));
    fault(&post, "H2", ImportRefusal::TextTooLong { most: 2_000 });
    fault(
        "一线,重点,甲",
        "",
        ImportRefusal::WrongCellCount { is: 3, must: 8 },
    );
}

#[test]
fn all_faults_of_a_row_are_named() {
    let found = faults("三线,专项,,better,soon,十,三线,");
    let cells: Vec<&str> = found.iter().map(|(cell, _)| cell.as_str()).collect();
    // A helper that is no unit is no fault: its words are kept.
    assert_eq!(cells, ["A2", "C2", "D2", "B2", "E2", "F2"]);
}

#[test]
fn nothing_is_applied_while_anything_stands_in_the_way() {
    let story = Story::founded();
    let good = "一线,重点,甲,done,20,10,,\n";
    let preview = read(
        &story,
        &format!("{HEADER}\n{good}三线,重点,乙,done,20,10,,\n"),
    );
    assert_eq!((preview.accepted.len(), preview.refused.len()), (1, 1));
    assert!(!preview.is_clean());
    let mut none = || panic!("nothing is minted");
    assert_eq!(commands(&preview, &november(&story), &mut none), []);
}

#[test]
fn a_bad_header_is_refused_before_any_row() {
    let story = Story::founded();
    let preview = read(
        &story,
        "department_zh,部门,section,title_zh,due,weight,due\n一线,,,,,,\n",
    );
    let found: Vec<_> = preview
        .refused
        .iter()
        .map(|r| (r.line, r.cell.as_str(), r.refusal.clone()))
        .collect();
    assert_eq!(
        found,
        [
            (
                1,
                "B1",
                ImportRefusal::UnknownColumn {
                    given: "部门".into()
                }
            ),
            (
                1,
                "G1",
                ImportRefusal::DuplicateColumn {
                    given: "due".into()
                }
            ),
            (
                1,
                "",
                ImportRefusal::MissingColumn {
                    needed: "target_kind".into()
                }
            ),
        ]
    );
    assert!(preview.accepted.is_empty());
}

#[test]
fn an_empty_or_broken_sheet_is_refused() {
    let story = Story::founded();
    let whole = |refusal| {
        vec![Refused {
            line: 0,
            column: String::new(),
            cell: String::new(),
            refusal,
        }]
    };
    for empty in [
        "",
        "\u{feff}",
        "\n\n",
        &format!("{HEADER}\n"),
        &format!("{HEADER}\n,,,,,,,\n"),
    ] {
        assert_eq!(
            read(&story, empty).refused,
            whole(ImportRefusal::SheetEmpty),
            "{empty:?}"
        );
    }
}

#[test]
fn rows_are_counted_as_a_spreadsheet_shows_them() {
    let story = Story::founded();
    // Row 2 has a line feed inside a cell, row 3 is empty, row 4 is at fault.
    let text = format!(
        "{HEADER}\r\n一线,重点,\"甲\r\n乙\",done,20,10,,\r\n,,,,,,,\r\n三线,重点,丙,done,20,10,,\r\n"
    );
    let preview = read(&story, &text);
    assert_eq!(preview.refused[0].cell, "A4");
    assert_eq!(preview.accepted[0].line, 2);
    let blank = format!("\n{HEADER}\n\n三线,重点,丙,done,20,10,,\n");
    assert_eq!(read(&story, &blank).refused[0].cell, "A4");
}

#[test]
fn twenty_thousand_rows_are_read_and_one_more_is_refused() {
    let story = Story::founded();
    let sheet = |rows: usize| {
        let mut text = format!("{HEADER}\n");
        for n in 0..rows {
            writeln!(text, "一线,重点,事项 {n},done,20,1,,").unwrap();
        }
        read(&story, &text)
    };
    let most = sheet(20_000);
    // They are read; a plan takes two hundred of them.
    assert_eq!((most.accepted.len(), most.refused.len()), (200, 19_800));
    let full = ImportRefusal::TooManyItems { most: 200 };
    assert!(most.refused.iter().all(|refused| refused.refusal == full));
    let over = sheet(20_001);
    assert_eq!(over.refused.len(), 1);
    assert_eq!(
        over.refused[0].refusal,
        ImportRefusal::TooManyRows { most: 20_000 }
    );
    assert!(over.accepted.is_empty());
}

#[test]
fn columns_without_a_field_are_kept_word_for_word() {
    let story = Story::founded();
    let sheet = |period: &str| {
        let cells = format!("S58,{period},,一线,重点,甲,done,20,10,包装组,");
        read(&story, &format!("system,period,house,{HEADER}\n{cells}\n"))
    };
    let month = sheet("month");
    assert_eq!(month.refused, []);
    let extra: Vec<bool> = month.columns[..4]
        .iter()
        .map(|column| column.extra)
        .collect();
    assert_eq!(extra, [true, false, true, false]);
    let pair = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    // The house column is empty; the packing group is no unit.
    let kept = [pair("system", "S58"), pair("helper_zh", "包装组")];
    assert_eq!(month.accepted[0].item.extra, kept);
    let given = "包装组".to_owned();
    assert_eq!(month.accepted[0].notes, [Note::HelperInWords { given }]);
    // No week is open, and only halves of years and years are opened by an import.
    let given = "week".to_owned();
    let refused = &sheet("week").refused[0];
    assert_eq!(refused.refusal, ImportRefusal::PeriodMissing { given });
    assert_eq!(refused.cell, "B2");
    let given = "fortnight".to_owned();
    let refused = &sheet("fortnight").refused[0];
    assert_eq!(refused.refusal, ImportRefusal::UnknownPeriodKind { given });
}

#[test]
fn unknown_columns_are_kept_when_that_is_chosen() {
    let story = Story::founded();
    let text = format!("{HEADER},备注\n一线,重点,甲,done,20,10,,,随机抽查\n");
    let given = "备注".to_owned();
    let refused = &read(&story, &text).refused;
    assert_eq!(refused[0].refusal, ImportRefusal::UnknownColumn { given });
    let choices = Choices {
        keep: true,
        ..Choices::into_period(NOVEMBER)
    };
    let today = story.moment.today();
    let options = Options::of(&story.world, choices, PLAN_OFFICE, today).unwrap();
    let kept = preview(&text, &options);
    assert_eq!(kept.refused, []);
    let pair = ("备注".to_owned(), "随机抽查".to_owned());
    assert_eq!(kept.accepted[0].item.extra, [pair]);
    // A column without a name is still a mistake.
    let nameless = preview(&text.replace("备注", ""), &options);
    assert_eq!(nameless.refused[0].cell, "I1");
}

#[test]
fn the_digest_names_exactly_what_was_shown() {
    let mut story = Story::founded();
    let sheet = "一线,重点,甲,done,20,10,,操作工";
    let first = row(&story, sheet);
    assert_eq!(row(&story, sheet).digest, first.digest);
    assert_ne!(
        row(&story, "一线,重点,甲,done,20,11,,操作工").digest,
        first.digest
    );
    // The same sheet means something else once somebody else holds the post.
    let end = EndAssignment {
        assignment: assignment(WORKER),
        to: day(2026, 11, 9),
    };
    story.must(ADMINISTRATOR, Command::EndAssignment(end));
    assert_ne!(row(&story, sheet).digest, first.digest);
    let text = serde_json::to_string(&first).unwrap();
    assert_eq!(serde_json::from_str::<Preview>(&text).unwrap(), first);
}

#[test]
fn an_unknown_period_is_refused() {
    let story = Story::founded();
    let today = story.moment.today();
    let of = |choices| Options::of(&story.world, choices, PLAN_OFFICE, today);
    assert!(of(Choices::into_period(PeriodId::from_bits(999))).is_err());
    let month = |month| Choices {
        year: 2026,
        month,
        ..Choices::default()
    };
    assert!(of(month(13)).is_err());
    assert!(of(month(0)).is_err());
    assert!(of(month(11)).is_ok());
    let wanted = wanted_periods(story.world.organisation(), &month(11));
    assert_eq!(wanted, [NOVEMBER]);
    assert_eq!(wanted_periods(story.world.organisation(), &month(12)), []);
}
