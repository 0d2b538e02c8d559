//! What stands in the way of an import, one line a cell.

use shared::import::{ImportRefusal as R, Refused};

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
        R::OtherPeriodKind { given } => {
            format!("属于另一种周期“{given}”。 It is for another kind of period, “{given}”.")
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
        R::TitleExists => "同名事项已存在。 The plan has an item of this title.".to_owned(),
        R::TooManyItems { most } => format!("计划超过 {most} 项。 More than {most} items."),
    }
}
