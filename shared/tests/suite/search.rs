//! Search: characters, initials of every reading, both widths and cases, the best first.

use shared::command::Command;
use shared::command::organisation::{AddUnit, RenameUnit};
use shared::id::UnitId;
use shared::item::Item;
use shared::search::{Group, Initials, Kind, Query, Target, marks, search};

use crate::prelude::*;

/// The table that the app ships.
const TABLE: &[u8] = include_bytes!("../../../app/data/pinyin.bin");

fn initials() -> Initials {
    Initials::read(TABLE).unwrap()
}

fn found(story: &Story, text: &str) -> Vec<Group> {
    search(&story.world, &Query::read(text), Some(&initials()), 20)
}

/// The titles of the found items of the line's plan, the best first.
fn items(story: &Story, text: &str) -> Vec<String> {
    let groups = found(story, text);
    let items = groups.iter().filter(|group| group.kind == Kind::Item);
    let title = |target| match target {
        Target::Item(plan, item) => story.document_of(plan).items[&item].title.clone(),
        other => panic!("{other:?} is no item"),
    };
    items
        .flat_map(|group| group.hits.iter().map(|hit| title(hit.target)))
        .collect()
}

fn with(titles: &[&str]) -> Story {
    let mut story = Story::drafted(&[]);
    for (n, title) in (1..).zip(titles) {
        let title = (*title).to_owned();
        let text = String::new;
        let (deliverable, standard, rule, post) = (text(), text(), text(), text());
        let item = Item {
            title,
            deliverable,
            standard,
            rule,
            post,
            ..item(n, 0)
        };
        story.must(LINE_HEAD, add(item));
    }
    story
}

#[test]
fn initials_and_characters_find_the_same_work() {
    let story = with(&["质量检查", "设备点检"]);
    for text in [
        "zljc",
        "ZLJC",
        "zl检查",
        "质量j",
        "ｚｌｊｃ",
        "质 检",
        "检查",
        "jc",
        "zl jc",
    ] {
        assert_eq!(items(&story, text), ["质量检查"], "{text}");
    }
    assert_eq!(items(&story, "sbdj"), ["设备点检"]);
    for text in ["zljcx", "查检", "zlx", "", "  ", "、"] {
        assert_eq!(items(&story, text), [""; 0], "{text}");
    }
}

#[test]
fn every_reading_of_a_character_counts() {
    let table = initials();
    for (character, letters) in [
        ('重', "zc"),
        ('行', "xh"),
        ('长', "cz"),
        ('乐', "ly"),
        ('厦', "sx"),
    ] {
        for letter in letters.chars() {
            assert!(table.begins(character, letter), "{character} {letter}");
        }
    }
    assert!(!table.begins('重', 'b') && !table.begins('A', 'a') && !table.begins('重', '重'));
    let story = with(&["重点行动", "成长计划"]);
    for text in ["zdxd", "cdxd", "zdhd", "cdhd"] {
        assert_eq!(items(&story, text), ["重点行动"], "{text}");
    }
    for text in ["czjh", "ccjh"] {
        assert_eq!(items(&story, text), ["成长计划"], "{text}");
    }
}

#[test]
fn width_case_and_punctuation_make_no_difference() {
    let story = with(&[
        "客诉８Ｄ报告（五个工作日）",
        "A/B Test of the Line",
        "OTA 渠道 98.5%",
    ]);
    assert_eq!(items(&story, "8d报告"), ["客诉８Ｄ报告（五个工作日）"]);
    assert_eq!(items(&story, "ks8dbgwg"), ["客诉８Ｄ报告（五个工作日）"]);
    assert_eq!(items(&story, "TEST"), ["A/B Test of the Line"]);
    assert_eq!(items(&story, "ab"), ["A/B Test of the Line"]);
    assert_eq!(items(&story, "ota渠道98.5"), ["OTA 渠道 98.5%"]);
}

#[test]
fn the_best_come_first() {
    let story = with(&[
        "本月质检",
        "质检",
        "质检月报",
        "组建检查组",
        "召集检修",
        "与质监局对接",
    ]);
    // The name, its beginning, a part of it; then what is only read so: from its beginning, within.
    assert_eq!(items(&story, "质检"), ["质检", "质检月报", "本月质检"]);
    let by_initials = items(&story, "zj");
    assert_eq!(by_initials[0], "质检");
    assert_eq!(by_initials.len(), 6);
    let place = |title: &str| by_initials.iter().position(|one| one == title).unwrap();
    assert!(place("组建检查组") < place("本月质检"));
    assert!(place("召集检修") < place("与质监局对接"));
}

#[test]
fn what_stands_beside_a_name_is_found_after_the_names_and_shown() {
    let mut story = with(&["晨会", "报表"]);
    let standard = "每日晨会之后提交".to_owned();
    story.must(
        LINE_HEAD,
        add(Item {
            standard,
            ..item(3, 0)
        }),
    );
    let groups = found(&story, "晨会");
    let hits = &groups[0].hits;
    assert_eq!(groups[0].total, 2);
    assert_eq!(
        (hits[0].target, &hits[0].beside),
        (Target::Item(PLAN, item_id(1)), &None)
    );
    assert_eq!(hits[1].target, Target::Item(PLAN, item_id(3)));
    assert_eq!(hits[1].beside.as_deref(), Some("每日晨会之后提交"));
    // Every word must stand somewhere.
    assert_eq!(items(&story, "晨会 事项"), ["事项 3"]);
    assert_eq!(items(&story, "晨会 报表"), [""; 0]);
}

#[test]
fn people_units_plans_and_requests_are_found_too() {
    let mut story = Story::drafted(&[]);
    let kinds = |story: &Story, text: &str| {
        let groups = found(story, text);
        groups
            .iter()
            .map(|group| (group.kind, group.hits[0].target))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        kinds(&story, "wxm"),
        [(Kind::Person, Target::Person(WORKER))]
    );
    assert_eq!(
        kinds(&story, "一x"),
        [
            (Kind::Plan, Target::Plan(PLAN)),
            (Kind::Unit, Target::Unit(LINE))
        ]
    );
    assert_eq!(
        kinds(&story, "line 2026-11"),
        [(Kind::Plan, Target::Plan(PLAN))]
    );
    assert_eq!(kinds(&story, "store"), [(Kind::Unit, Target::Unit(STORE))]);
    // A unit is still found by the name that it had.
    let rename = RenameUnit {
        unit: STORE,
        name: "物流部".into(),
        name_en: String::new(),
        from: day(2026, 11, 12),
    };
    story.must(ADMINISTRATOR, Command::RenameUnit(rename));
    story.on(13);
    assert!(kinds(&story, "ck").contains(&(Kind::Unit, Target::Unit(STORE))));
    assert!(kinds(&story, "wlb").contains(&(Kind::Unit, Target::Unit(STORE))));
}

#[test]
fn the_match_is_marked_where_it_stands() {
    let table = initials();
    let marked = |query: &str, text: &str| {
        let marks = marks(&Query::read(query), text, Some(&table));
        marks
            .into_iter()
            .map(|mark| text[mark].to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(marked("zljc", "加强质量检查工作"), ["质量检查"]);
    assert_eq!(marked("检查 加强", "加强质量检查工作"), ["加强", "检查"]);
    assert_eq!(marked("8d报", "客诉 8D-报告"), ["8D-报"]);
    assert_eq!(marked("检查 量检", "质量检查"), ["量检查"]);
    assert_eq!(marked("x", "质量"), [""; 0]);
}

#[test]
fn each_kind_is_cut_at_its_limit_and_counted_whole() {
    let titles: Vec<String> = (0..30).map(|n| format!("检查{n}")).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let mut story = with(&titles);
    let groups = search(&story.world, &Query::read("检查"), None, 5);
    assert_eq!((groups[0].hits.len(), groups[0].total), (5, 30));
    // Without the table it finds by characters alone.
    assert_eq!(search(&story.world, &Query::read("jc"), None, 5), []);
    for n in 0..30 {
        let unit = AddUnit {
            unit: UnitId::from_bits(2_000 + n),
            name: format!("检查组{n}"),
            name_en: String::new(),
            parent: ROOT,
            from: day(2026, 11, 1),
        };
        story.must(ADMINISTRATOR, Command::AddUnit(unit));
    }
    let totals: Vec<_> = found(&story, "检查")
        .iter()
        .map(|group| group.total)
        .collect();
    assert_eq!(totals, [30, 30]);
    // What is longer than anybody types is cut, not followed.
    assert_eq!(items(&story, &"检查".repeat(1_000)), [""; 0]);
}

#[test]
fn bytes_that_are_no_table_are_refused() {
    assert!(Initials::read(b"").is_err());
    assert!(Initials::read(b"JPY1").is_err());
    assert!(Initials::read(&TABLE[..TABLE.len() - 1]).is_err());
    let mut wrong = TABLE.to_vec();
    *wrong.last_mut().unwrap() = 255;
    assert!(Initials::read(&wrong).is_err());
    let table = Initials::write(&vec![1 << 2; 20_992]);
    assert!(Initials::read(&table).unwrap().begins('一', 'c'));
}
