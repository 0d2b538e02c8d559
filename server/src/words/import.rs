//! What an import would do, and what stands in its way, one line a cell.

use std::fmt::Write as _;

use shared::import::{ImportRefusal as R, Preview, Refused};
use shared::period::PeriodKind;

/// Says what a sheet would do that nothing stands in the way of.
pub fn preview(preview: &Preview) -> String {
    let mut told = String::new();
    let mut say = |line: std::fmt::Arguments<'_>| {
        writeln!(told, "{line}").expect("writing to a string cannot fail");
    };
    for unit in preview.units.iter().filter(|unit| unit.made) {
        say(format_args!("新设部门 New unit: {}", unit.name));
    }
    for period in preview
        .periods
        .iter()
        .filter(|period| period.period.is_none())
    {
        let (from, to) = (period.from, period.to);
        say(format_args!("开启周期 Opens the period {from} – {to}"));
    }
    for plan in &preview.plans {
        let kind = match plan.kind {
            PeriodKind::Month => "月 month",
            PeriodKind::Quarter => "季 quarter",
            PeriodKind::HalfYear => "半年 half-year",
            PeriodKind::Year => "年 year",
            PeriodKind::Day | PeriodKind::Week | PeriodKind::Custom => "周期 period",
        };
        let (name, items, weight) = (&plan.name, plan.items, plan.weight);
        say(format_args!(
            "{name}, {kind}: {items} × 计划事项 item, {weight} 分 points"
        ));
    }
    for row in &preview.existing {
        let (line, title) = (row.line, &row.title);
        let differs = row.differs.join(", ");
        say(format_args!(
            "第 {line} 行已存在 row {line} is there already: {title} {differs}"
        ));
    }
    told
}

/// Says what is wrong, and where, as a spreadsheet shows the place.
pub(super) fn line(refused: &Refused) -> String {
    let sentence = sentence(&refused.refusal);
    let Refused {
        line, column, cell, ..
    } = refused;
    match (line, cell.as_str()) {
        (0, _) => sentence,
        (_, "") => format!("第 {line} 行 row {line}: {sentence}"),
        _ => format!("{cell} ({column}): {sentence}"),
    }
}

fn sentence(refusal: &R) -> String {
    match refusal {
        R::SheetEmpty => "表中没有数据。 The sheet has no rows.".to_owned(),
        R::TooManyRows { most } => format!("超过 {most} 行，请分批导入。 More than {most} rows."),
        R::Unreadable => "从这一行起无法读取。 From this row on it cannot be read.".to_owned(),
        R::UnknownColumn { given } => format!("不认识的列“{given}”。 Unknown column “{given}”."),
        R::MissingColumn { needed } => format!("缺少列“{needed}”。 “{needed}” is missing."),
        R::DuplicateColumn { given } => format!("列“{given}”重复。 “{given}” is there twice."),
        R::WrongCellCount { is, must } => {
            format!("有 {is} 格，应为 {must} 格。 It has {is} cells and must have {must}.")
        }
        R::CellEmpty => "不能为空。 It must not be empty.".to_owned(),
        R::TextTooLong { most } => format!("超过 {most} 字。 Longer than {most} characters."),
        R::UnknownUnit { name, name_en } => {
            format!("没有部门“{name}”。 There is no unit “{name}” {name_en}.")
        }
        R::HelperIsOwnUnit => "协同部门不能是本部门。 A unit cannot help itself.".to_owned(),
        R::UnknownSection { given } => {
            format!("没有工作类别“{given}”。 There is no section “{given}”.")
        }
        R::UnknownTargetKind { given } => {
            format!("没有目标类型“{given}”。 There is no target kind “{given}”.")
        }
        R::UnknownPeriodKind { given } => {
            format!("没有周期类型“{given}”。 There is no kind of period “{given}”.")
        }
        R::PeriodMissing { given } => {
            format!(
                "没有开启的周期“{given}”，请先开启。 No period “{given}” is open; open it first."
            )
        }
        R::AmbiguousDue { given } => {
            format!(
                "时限“{given}”不止一天，请写明日期。 “{given}” names several days; give the date."
            )
        }
        R::NeedsAdministrator => {
            "只有管理员能设部门、定负责人。 Only an administrator makes units and names heads."
                .to_owned()
        }
        R::TooManyHelpers { most } => {
            format!("协同部门超过 {most} 个。 More than {most} helping units.")
        }
        R::TooManyColumns { most } => {
            format!("没有字段的列超过 {most} 个。 More than {most} columns without a field.")
        }
        R::NotANumber { given } => format!("“{given}”不是数字。 “{given}” is no plain number."),
        R::WeightOutOfRange { most } => {
            format!("权重应在 0 到 {most} 之间。 The weight must be 0 to {most}.")
        }
        R::UnknownDue { given } => format!("看不懂时限“{given}”。 “{given}” names no due day."),
        R::DueOutsidePeriod { given, from, to } => {
            format!("时限“{given}”不在 {from} 至 {to} 内。 “{given}” is not within {from} to {to}.")
        }
        R::HeadMissing { .. } => "该部门今天没有负责人。 The unit has no head today.".to_owned(),
        R::PlanExists { .. } => {
            "该部门的计划已提交。 The unit's plan is handed in and takes no more items.".to_owned()
        }
        R::TitleExists => "文件中事项重复。 The sheet names this item twice.".to_owned(),
        R::TooManyItems { most } => format!("计划超过 {most} 项。 More than {most} items."),
    }
}
