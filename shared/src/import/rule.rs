//! Reads a scoring rule 评分标准 as a deduction in figures, where its words leave nothing open.
//!
//! A rule is read whole or not at all: a step in another unit than the target's, a word too many or
//! a limit that cannot be said in figures leaves the words as they are. Nothing is guessed.

use crate::item::{Deduction, Target, TargetKind};
use crate::quantity::{Points, Quantity};

/// One of something, in ten-thousandths.
const ONE: Quantity = Quantity(10_000);

/// Words between clauses.
const STOPS: [char; 5] = ['、', '，', ',', '；', ';'];

/// Reads a rule for a target; `all` is more than any item of the plan can weigh.
pub(super) fn deduction(text: &str, target: &Target, all: Points) -> Option<Deduction> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.trim_end_matches(['。', '.', '；', ';']);
    if is_all_or_nothing(text, target.kind) {
        return Some(Deduction {
            per: ONE,
            points: all,
            started: true,
            floor: Points(0),
        });
    }
    let mut clauses = text.split(STOPS);
    let (per, measure, points) = step(clauses.next()?, target)?;
    let mut started = false;
    for clause in clauses {
        if begun(clause) == Some((per, measure)) {
            started = true;
        } else if !matches!(
            clause,
            "扣完为止" | "扣至0分" | "扣至0分为止" | "最低0分" | "最低为0分"
        ) {
            return None;
        }
    }
    Some(Deduction {
        per,
        points,
        started,
        floor: Points(0),
    })
}

/// "Late: nothing", "not done: nothing".
fn is_all_or_nothing(text: &str, kind: TargetKind) -> bool {
    match kind {
        TargetKind::Date | TargetKind::Milestone => text == "逾期不得分",
        TargetKind::Done | TargetKind::Count => {
            matches!(text, "未完成不得分" | "未提交不得分" | "未实施不得分")
        }
        _ => false,
    }
}

/// Verbs of a rule that takes points off for what the target lacks; longer ones first.
fn verbs(kind: TargetKind) -> &'static [&'static str] {
    match kind {
        TargetKind::Done => &[],
        TargetKind::Date | TargetKind::Milestone => {
            &["每逾期", "每延误", "每延迟", "每推迟", "每迟", "每晚"]
        }
        TargetKind::Lower => &["每超过", "每超出", "每超", "每高"],
        TargetKind::PerDay | TargetKind::PerWeek | TargetKind::PerMonth => {
            &["每缺少", "每缺", "每少", "每漏", "缺少", "缺", "少", "漏"]
        }
        TargetKind::Count => &["每缺少", "每缺", "每少", "每差", "缺少", "缺", "少"],
        TargetKind::Within => &["每偏离", "每偏差", "每超出", "每差"],
        TargetKind::Rate | TargetKind::Higher => &["每低", "每差", "每少"],
    }
}

/// Reads "each 500 yuan short: 2 points off": the size of a step, its unit, the points.
fn step<'t>(clause: &'t str, target: &Target) -> Option<(Quantity, &'t str, Points)> {
    let rest = verbs(target.kind)
        .iter()
        .find_map(|verb| clause.strip_prefix(verb))?;
    let (step, points) = rest.split_once('扣')?;
    let (per, measure) = amount(step)?;
    let (points, unit) = amount(points)?;
    let fits = match target.kind {
        TargetKind::Date | TargetKind::Milestone => matches!(measure, "天" | "日"),
        _ if target.measure == "%" => matches!(measure, "个百分点" | "百分点" | "%"),
        _ => !measure.is_empty() && measure == target.measure,
    };
    // Points are kept to a hundredth, quantities to a ten-thousandth.
    let whole = points.0 % 100 == 0 && points.0 > 0 && per.0 > 0;
    (fits && whole && unit == "分").then_some((per, measure, Points(points.0 / 100)))
}

/// Reads "a started 500 yuan counts whole".
fn begun(clause: &str) -> Option<(Quantity, &str)> {
    let (short, whole) = clause.strip_prefix("不足")?.split_once('按')?;
    let whole = whole
        .strip_suffix("计算")
        .or_else(|| whole.strip_suffix('计'))?;
    (short == whole).then(|| amount(short)).flatten()
}

/// Splits a number from the words behind it; small Chinese numerals are numbers too.
fn amount(text: &str) -> Option<(Quantity, &str)> {
    let digits = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    if digits > 0 {
        return Some((text[..digits].parse().ok()?, &text[digits..]));
    }
    let first = text.chars().next()?;
    let value = match first {
        '两' => 2,
        _ => {
            1 + "一二三四五六七八九十"
                .chars()
                .position(|one| one == first)?
        }
    };
    let value = i64::try_from(value).ok()? * ONE.0;
    let rest = &text[first.len_utf8()..];
    // Twelve is written with two signs: what follows a numeral may be no numeral.
    let more = rest.starts_with(|c| "一二三四五六七八九十百千万两半".contains(c));
    (!more).then_some((Quantity(value), rest))
}
