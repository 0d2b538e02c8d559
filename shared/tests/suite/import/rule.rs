//! Scoring rules of imported rows: read in figures where the words leave nothing open, else kept.

use shared::item::Deduction;
use shared::quantity::{Points, Quantity};

use super::read;
use crate::prelude::*;

/// What the words say for a target of a kind and unit of measure; the words are always kept.
fn rule(kind: &str, measure: &str, words: &str) -> Option<Deduction> {
    let story = Story::founded();
    let text = format!(
        "department_zh,section,title_zh,target_kind,unit,due,weight,scoring_rule_zh\n\
         一线,重点,甲,{kind},{measure},20,10,\"{words}\"\n"
    );
    let mut preview = read(&story, &text);
    assert_eq!(preview.refused, [], "{words}");
    let item = preview.accepted.remove(0).item;
    assert_eq!(item.rule, words);
    item.deduction
}

/// So many units a step and so many points, both whole; nothing is left below 0.
fn steps(per: i64, points: i64) -> Deduction {
    Deduction {
        per: Quantity(per * 10_000),
        points: Points(points * 100),
        started: false,
        floor: Points(0),
    }
}

#[test]
fn steps_short_of_the_target_are_read() {
    assert_eq!(
        rule("higher", "元", "每差500元扣2分、扣完为止"),
        Some(steps(500, 2))
    );
    assert_eq!(
        rule("higher", "元", "每差 500 元扣 2 分，扣完为止。"),
        Some(steps(500, 2))
    );
    assert_eq!(rule("per_week", "次", "缺一次扣4分"), Some(steps(1, 4)));
    assert_eq!(rule("per_day", "条", "缺一条扣2分"), Some(steps(1, 2)));
    assert_eq!(rule("count", "张", "缺两张扣三分"), Some(steps(2, 3)));
    assert_eq!(rule("higher", "%", "每低1个百分点扣2分"), Some(steps(1, 2)));
    assert_eq!(rule("lower", "%", "每超过1%扣2分"), Some(steps(1, 2)));
    assert_eq!(rule("date", "", "每逾期一天扣2分"), Some(steps(1, 2)));
    let tenth = rule("rate", "%", "每低0.1个百分点扣0.5分").unwrap();
    assert_eq!((tenth.per, tenth.points), (Quantity(1_000), Points(50)));
    let started = rule("higher", "元", "每差500元扣2分，不足500元按500元计").unwrap();
    assert!(started.started);
}

#[test]
fn all_or_nothing_takes_more_than_any_weight() {
    // A plan of smart-monthly has 100 points, so no item weighs more.
    let all = Some(Deduction {
        per: Quantity(10_000),
        points: Points(10_000),
        started: true,
        floor: Points(0),
    });
    assert_eq!(rule("date", "", "逾期不得分"), all);
    assert_eq!(rule("done", "", "未完成不得分"), all);
    assert_eq!(rule("done", "", "未提交不得分"), all);
    assert_eq!(rule("count", "个", "未实施不得分"), all);
}

#[test]
fn words_that_leave_anything_open_stay_words() {
    for (kind, measure, words) in [
        // The step is counted in things, the target in percent.
        ("rate", "%", "每逾期一份扣2分"),
        ("rate", "%", "每漏一处扣1分"),
        ("higher", "元", "每差500扣2分"),
        ("higher", "元", "每差500元扣2分，最多扣10分"),
        ("higher", "元", "每差500元扣2分，不足500元按600元计"),
        ("higher", "元", "每超500元扣2分"),
        ("lower", "%", "每低1个百分点扣2分"),
        ("higher", "元", "每差一百元扣2分"),
        ("higher", "元", "每差十五元扣2分"),
        ("higher", "元", "每差0元扣2分"),
        ("higher", "元", "每差500元扣0.001分"),
        ("higher", "元", "每差500元扣一半"),
        ("count", "张", "扣5分"),
        ("date", "", "每逾期一个工作日扣2分"),
        ("done", "", "逾期不得分"),
        ("milestone", "", "缺一项扣10分"),
        ("milestone", "", "未会签扣一半"),
        ("per_day", "个", "完成率计分"),
        ("done", "", ""),
    ] {
        assert_eq!(rule(kind, measure, words), None, "{kind} {words}");
    }
}
