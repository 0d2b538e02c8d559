//! Words about bringing sheets in.

words! {
    import_title = "从表格导入", "Import a sheet";
    import_words =
        "选择 CSV 文件（UTF-8 或 GBK）。先预览每一行，确认后一次全部生效；有一行不合格就一行也不导入。",
        "Choose a CSV file (UTF-8 or GBK). Each row is previewed; on confirmation all take effect at once, or none.";
    choose_file = "选择文件", "Choose a file";
    drop_here = "或把文件拖到这里", "or drop it here";
    into_period = "导入到周期", "Into period";
    preview = "预览", "Preview";
    confirm_import = "确认导入", "Confirm import";
    cell = "单元格", "Cell";
    column = "列", "Column";
    reason = "原因", "Reason";
    accepted = "可导入", "Accepted";
    refused = "不合格", "Refused";
    import_has_refused =
        "请先在文件中改正不合格的行，再重新选择文件。",
        "Correct the refused rows in the file, then choose it again.";
    to_plans = "查看计划", "See the plans";
}

sentences! {
    rows_accepted(count) = "{count} 行可导入", "{count} rows accepted";
    rows_refused(count) = "{count} 行不合格", "{count} rows refused";
    imported(count) = "已导入 {count} 个事项", "{count} items imported";
}

words! {
    sheet_empty = "文件里没有数据行。", "The file has no rows.";
    unreadable = "从这一行起无法按表格读取，请检查引号和分隔符。", "From this row on the file cannot be read; check quotes and commas.";
    cell_empty = "这一格不能为空。", "This cell may not be empty.";
    helper_is_own = "协同部门不能是本部门。", "A unit cannot help itself.";
    head_missing = "该部门今天没有负责人，请先任职。", "The unit has no head today; make an assignment first.";
    plan_exists = "该部门本周期的计划已提交，不能再加事项。", "The unit's plan is handed in already, so no item can be added.";
    title_exists = "计划里已有同名事项，或文件中重复。", "The plan has an item of this title, or the file names it twice.";
    whole_sheet = "整个文件", "Whole file";
    from_preview_offline =
        "这是本机离线预览；联网后请重新选择文件以确认导入。",
        "This preview was made offline on this device; choose the file again when connected, to confirm.";
    no_period_open = "请先在“组织”中打开一个周期。", "Open a period under Organisation first.";
}

sentences! {
    too_many_rows(most) = "行数超过上限 {most}，请分成几个文件。", "More than {most} rows; split the file.";
    unknown_column(given) = "不认识的列“{given}”，请改名或删除。", "Unknown column “{given}”; rename or remove it.";
    missing_column(needed) = "缺少列“{needed}”。", "The column “{needed}” is missing.";
    duplicate_column(given) = "列“{given}”出现了两次。", "The column “{given}” stands twice.";
    wrong_cell_count(is, must) = "有 {is} 格，表头有 {must} 格。", "It has {is} cells, the header {must}.";
    too_long(most) = "文字超过 {most} 个字，请缩短。", "Longer than {most} characters; shorten it.";
    unknown_unit(name) = "没有部门“{name}”，请先在组织中添加。", "There is no unit “{name}”; add it under Organisation.";
    unknown_section(given) = "考核办法没有工作类别“{given}”。", "The regime has no section “{given}”.";
    unknown_kind(given) = "不认识的目标类型“{given}”。", "Unknown kind of target “{given}”.";
    other_period(given) = "这一行属于另一种周期（{given}）。", "The row is for another kind of period ({given}).";
    not_a_number(given) = "“{given}”不是数字，或小数位太多。", "“{given}” is no number, or has too many decimals.";
    weight_range(most) = "权重必须在 0 到 {most} 之间。", "A weight is between 0 and {most}.";
    unknown_due(given) = "“{given}”不是完成时限。", "“{given}” names no due day.";
    due_outside(given, from, to) = "“{given}”不在周期 {from} 至 {to} 内。", "“{given}” lies outside {from} to {to}.";
    too_many_items(most) = "一份计划最多 {most} 个事项。", "A plan holds at most {most} items.";
    post_unfilled(post) = "岗位“{post}”目前没有人，责任人待定。", "Nobody holds the post “{post}”; no responsible person yet.";
    helper_by_part(given, unit) = "协同部门“{given}”按“{unit}”识别。", "The helper “{given}” was read as “{unit}”.";
    rhythm_ends(given) = "“{given}”没有固定日期，按周期最后一天。", "“{given}” has no day of its own; the period's last day is taken.";
    line_number(line) = "第 {line} 行", "row {line}";
}

/// Why a sheet, a row or a cell is not accepted; the match is exhaustive.
pub(crate) fn words(refusal: &shared::import::ImportRefusal) -> String {
    use shared::import::ImportRefusal as R;
    match refusal {
        R::SheetEmpty => sheet_empty().to_owned(),
        R::TooManyRows { most } => too_many_rows(&most.to_string()),
        R::Unreadable => unreadable().to_owned(),
        R::UnknownColumn { given } => unknown_column(given),
        R::MissingColumn { needed } => missing_column(needed),
        R::DuplicateColumn { given } => duplicate_column(given),
        R::WrongCellCount { is, must } => wrong_cell_count(&is.to_string(), &must.to_string()),
        R::CellEmpty => cell_empty().to_owned(),
        R::TextTooLong { most } => too_long(&most.to_string()),
        R::UnknownUnit { name, name_en } => {
            unknown_unit(if name.is_empty() { name_en } else { name })
        }
        R::HelperIsOwnUnit => helper_is_own().to_owned(),
        R::UnknownSection { given } => unknown_section(given),
        R::UnknownTargetKind { given } => unknown_kind(given),
        R::OtherPeriodKind { given } => other_period(given),
        R::NotANumber { given } => not_a_number(given),
        R::WeightOutOfRange { most } => weight_range(&most.to_string()),
        R::UnknownDue { given } => unknown_due(given),
        R::DueOutsidePeriod { given, from, to } => {
            due_outside(given, &super::format::day(*from), &super::format::day(*to))
        }
        R::HeadMissing { .. } => head_missing().to_owned(),
        R::PlanExists { .. } => plan_exists().to_owned(),
        R::TitleExists => title_exists().to_owned(),
        R::TooManyItems { most } => too_many_items(&most.to_string()),
    }
}

/// What a reader should know about an accepted row.
pub(crate) fn note(note: &shared::import::Note) -> String {
    use shared::import::Note as N;
    match note {
        N::PostUnfilled { post } => post_unfilled(post),
        N::HelperByPart { given, unit } => helper_by_part(given, unit),
        N::RhythmEnds { given } => rhythm_ends(given),
    }
}
