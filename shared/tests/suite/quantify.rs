//! Quantification: what counts as a number or a date, on made-up words and on real plans.

use shared::id::UnitId;
use shared::import::{Choices, Options, UnitChoice, preview};
use shared::item::Item;
use shared::item::TargetKind;
use shared::period::PeriodKind;
use shared::plan::{Hint, hints};
use shared::quantify::{has_figure, is_quantified};
use shared::regime::RegimeVersion;
use shared::regime::preset::shelf;

use crate::format_1;
use crate::prelude::*;

const REAL: &str = include_str!("../data/real-plans.csv");

#[test]
fn a_number_a_date_all_and_none_are_figures() {
    for text in [
        "不低于98.5%",
        "９８分以上",
        "每月一次",
        "三类档案齐全",
        "全部随访",
        "各中心互审一轮",
        "差错为零",
        "两日内建档",
        "11月30日前",
        "At least one visit",
        "every order",
        "③",
    ] {
        assert!(has_figure(text), "{text}");
    }
    for text in [
        "",
        "按期完成",
        "一般",
        "统一管理",
        "第一时间响应",
        "done in time",
        "账物相符",
    ] {
        assert!(!has_figure(text), "{text}");
    }
}

#[test]
fn a_target_by_a_date_is_quantified_by_its_due_day() {
    let mut dated = item(1, 0);
    dated.standard = "按期完成".into();
    assert!(!is_quantified(&dated));
    dated.target.kind = TargetKind::Date;
    assert!(is_quantified(&dated));
    dated.due = None;
    assert!(!is_quantified(&dated));
    dated.target.value = "3".parse().ok();
    assert!(is_quantified(&dated));
}

/// Of 42 real items those are marked that only say "in time", "by the opening" and "as it should be".
#[test]
fn three_of_the_real_items_are_marked() {
    let story = Story::founded();
    let mut names: Vec<&str> = REAL
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').nth(1))
        .collect();
    names.dedup();
    let units = names.iter().zip(900..).map(|(name, n)| UnitChoice {
        name: (*name).to_owned(),
        unit: UnitId::from_bits(n),
        parent: Some(ROOT),
        head: Some(LINE_HEAD),
    });
    let choices = Choices {
        year: 2026,
        month: 11,
        units: units.collect(),
        ..Choices::default()
    };
    let today = story.moment.today();
    let options = Options::of(&story.world, choices, ADMINISTRATOR, today).unwrap();
    let pools = shelf::always().into_iter();
    let options = options.offering(pools.map(|preset| preset.regime.into()));
    let preview = preview(REAL, &options);
    assert_eq!((preview.accepted.len(), &*preview.refused), (42, &[][..]));
    let rows = preview
        .accepted
        .iter()
        .filter(|row| !is_quantified(&row.item));
    let marked: Vec<&str> = rows.map(|row| row.item.title.as_str()).collect();
    assert_eq!(
        marked,
        [
            "综合网、金融网技术和运行指标达标",
            "新建改建网点线路与设备安装调试",
            "每月市场调研与价格分析",
        ]
    );
}

#[test]
fn the_editor_is_told_of_what_is_vague() {
    let version = RegimeVersion::new(REGIME, format_1::smart_monthly().into());
    let rules = version.rules(PeriodKind::Month).unwrap();
    // What no number and no date will ever show as done; a blank item says nothing of it yet.
    let mut vague = Story::drafted(&[]);
    for (n, title) in [(1, "加强管理"), (2, "")] {
        let (title, standard) = (title.to_owned(), "按期完成".to_owned());
        vague.must(
            LINE_HEAD,
            add(Item {
                title,
                standard,
                ..item(n, 0)
            }),
        );
    }
    let advised = [Hint::Unquantified(item_id(1)), Hint::FewItems(0)];
    assert_eq!(hints(rules, &vague.document().items_in_order()), advised);
}
