//! Words about bringing sheets in.

words! {
    import_title = "从表格导入", "Import a sheet";
    import_words =
        "每一行先预览，确认后一次全部生效；有一行不合格就一行也不导入。表里的每一列都会保留。",
        "Each row is previewed first; on confirmation all take effect at once, or none. Every column is kept.";
    not_allowed =
        "只有计划归口管理部门和管理员可以导入。",
        "Only the plan office and administrators import.";
    step_file = "1. 文件", "1. File";
    step_period = "2. 年份与月份", "2. Year and month";
    step_units = "3. 部门", "3. Units";
    step_posts = "4. 责任人", "4. Responsible persons";
    step_preview = "5. 预览", "5. Preview";
    csv_kinds = "CSV，UTF-8 或 GBK", "CSV in UTF-8 or GBK";
    year = "年份", "Year";
    month = "月份", "Month";
    period_words =
        "月度行进入所选月份；半年行进入该月所在的半年，年度行进入全年，作为部门的任务库，以后从中抽取到月计划。",
        "Rows for a month go into this month; rows for half a year or a year go into the half and the year that it lies in, as the unit's pool from which months are drawn.";
    year_unreadable = "请输入四位年份，例如 2026。", "Write the year with four digits, for example 2026.";
    units_words =
        "这些名称不是现有部门。请逐个选择对应部门，或新设部门。",
        "These names are no units yet. Choose the unit that is meant, or make it.";
    units_found = "所有部门都已按名称找到。", "All units were found by their names.";
    means_unit = "对应部门", "Unit";
    make_unit = "新设此部门", "Make this unit";
    keep_words = "不是部门，保留原文", "No unit; keep the words";
    below = "上级部门", "Below";
    led_by = "负责人", "Led by";
    makes_units_why =
        "新设部门和指定负责人只能由管理员完成。",
        "Only an administrator makes units and names their heads.";
    posts_words =
        "为每个岗位选择责任人；暂时没有的可以留空，以后再补。",
        "Choose who answers for each post; leave it open where there is nobody yet.";
    posts_found = "所有岗位都已按任职找到责任人。", "Every post was found with its holder.";
    nobody_yet = "暂无", "None for now";
    column_title_en = "标题（英文）", "Title in English";
    column_unit_en = "部门（英文）", "Unit in English";
    column_unit = "部门（原文）", "Unit as written";
    column_helper = "协同部门（原文）", "Helping units as written";
    column_system = "依据制度", "Regulation";
    column_house = "日期或数字自定", "Date or figure set in-house";
    keep_columns = "保留不认识的列", "Keep the unknown columns";
    kept_beside = "保留在事项旁的列", "Columns kept beside the item";
    existing = "已存在", "There already";
    line = "行", "Row";
    differing = "与计划不同的列", "Columns that differ";
    existing_words =
        "这些事项已在计划里，不会重复导入；不同之处以计划为准。",
        "These items are in the plans already and are not brought in again; where they differ the plan stays.";
    nothing_new = "文件中的事项都已存在，没有可导入的内容。", "All items of the file are there already; there is nothing to bring in.";
    kind = "周期类型", "Period";
    rule_figures = "扣分", "Deduction";
    adopts_preset = "并采用任务库办法（不评分）", "and adopts the pool regime (not judged)";
    kind_day = "日", "Day";
    kind_week = "周", "Week";
    kind_month = "月度", "Month";
    kind_quarter = "季度", "Quarter";
    kind_half_year = "半年", "Half-year";
    kind_year = "年度", "Year";
    kind_custom = "其他", "Other";
    rhythm_daily = "每日", "Daily";
    rhythm_weekly = "每周", "Weekly";
    rhythm_monthly = "每月", "Monthly";
    rhythm_on_request = "按需", "On request";
    all_or_nothing = "达不到不得分", "Nothing if missed";
    day_measure = "天", "days";
    choose_file = "选择文件", "Choose a file";
    drop_here = "或把文件拖到这里", "or drop it here";
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
    head_missing = "该部门今天没有负责人，请在上面选择负责人。", "The unit has no head today; choose who leads it above.";
    plan_exists = "该部门本周期的计划已提交，不能再加事项。", "The unit's plan is handed in already, so no item can be added.";
    title_exists = "文件中有两行是同一部门的同名事项，请合并或改名。", "The file names this item of the unit twice; join or rename them.";
    needs_administrator = "新设部门、指定负责人需要管理员导入。", "An administrator must bring this in: it makes a unit or names a head.";
    whole_sheet = "整个文件", "Whole file";
    from_preview_offline =
        "这是本机离线预览；联网后请重新选择文件以确认导入。",
        "This preview was made offline on this device; choose the file again when connected, to confirm.";
}

sentences! {
    too_many_rows(most) = "行数超过上限 {most}，请分成几个文件。", "More than {most} rows; split the file.";
    unknown_column(given) = "不认识的列“{given}”，请改名或删除。", "Unknown column “{given}”; rename or remove it.";
    missing_column(needed) = "缺少列“{needed}”。", "The column “{needed}” is missing.";
    duplicate_column(given) = "列“{given}”出现了两次。", "The column “{given}” stands twice.";
    wrong_cell_count(is, must) = "有 {is} 格，表头有 {must} 格。", "It has {is} cells, the header {must}.";
    too_long(most) = "文字超过 {most} 个字，请缩短。", "Longer than {most} characters; shorten it.";
    unknown_unit(name) = "没有部门“{name}”，请在上面选择对应部门。", "There is no unit “{name}”; choose above what it means.";
    unknown_section(given) = "考核办法没有工作类别“{given}”。", "The regime has no section “{given}”.";
    unknown_kind(given) = "不认识的目标类型“{given}”。", "Unknown kind of target “{given}”.";
    unknown_period(given) = "不认识的周期类型“{given}”。", "Unknown kind of period “{given}”.";
    period_missing(given) = "所选月份还没有开启周期（{given}），请先在“组织”中开启。", "No period is open for the chosen month ({given}); open it under Organisation.";
    ambiguous_due(given) = "“{given}”在这个周期里不止一天，请写明日期。", "“{given}” names several days of this period; write the date.";
    too_many_helpers(most) = "协同部门最多 {most} 个。", "At most {most} helping units.";
    too_many_columns(most) = "没有字段的列最多 {most} 个。", "At most {most} columns without a field.";
    helper_in_words(given) = "“{given}”不是部门，保留原文。", "“{given}” is no unit; the words are kept.";
    rule_in_words(given) = "评分标准“{given}”保留原文，由评分人判断。", "The scoring rule “{given}” is kept in words, for the judge.";
    units_by_name(count) = "另有 {count} 个名称已按部门找到。", "{count} more names were found as units.";
    posts_by_name(count) = "另有 {count} 个岗位已按任职找到。", "{count} more posts were found with their holders.";
    make_all(count) = "全部新设（{count} 个）", "Make all {count}";
    rows_of(count) = "{count} 行", "{count} rows";
    rows_existing(count) = "{count} 行已存在", "{count} rows there already";
    opens_period(period, rows) = "将开启周期 {period}（{rows} 行进入任务库）", "opens {period} ({rows} rows go into the pool)";
    makes_units(count) = "将新设 {count} 个部门", "makes {count} units";
    into_plans(plans) = "进入 {plans} 份计划", "into {plans} plans";
    more_rows(count) = "另有 {count} 行未显示", "{count} more rows are not shown";
    deduction(per, points) = "每差 {per} 扣 {points} 分", "{points} points off per {per}";
    week_of(week) = "第 {week} 周", "week {week}";
    quarter_of(year, quarter) = "{year} 年第 {quarter} 季度", "quarter {quarter} of {year}";
    year_of(year) = "{year} 年", "{year}";
    first_half(year) = "{year} 年上半年", "first half of {year}";
    second_half(year) = "{year} 年下半年", "second half of {year}";
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
        R::UnknownPeriodKind { given } => unknown_period(given),
        R::PeriodMissing { given } => period_missing(given),
        R::AmbiguousDue { given } => ambiguous_due(given),
        R::NeedsAdministrator => needs_administrator().to_owned(),
        R::TooManyHelpers { most } => too_many_helpers(&most.to_string()),
        R::TooManyColumns { most } => too_many_columns(&most.to_string()),
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
        N::HelperInWords { given } => helper_in_words(given),
        N::RhythmEnds { given } => rhythm_ends(given),
        N::RuleInWords { given } => rule_in_words(given),
    }
}

/// A kind of period.
pub(crate) fn period_kind(kind: shared::period::PeriodKind) -> &'static str {
    use shared::period::PeriodKind as P;
    match kind {
        P::Day => kind_day(),
        P::Week => kind_week(),
        P::Month => kind_month(),
        P::Quarter => kind_quarter(),
        P::HalfYear => kind_half_year(),
        P::Year => kind_year(),
        P::Custom => kind_custom(),
    }
}

/// How often an item recurs.
pub(crate) fn rhythm(rhythm: shared::item::Rhythm) -> &'static str {
    use shared::item::Rhythm as R;
    match rhythm {
        R::Daily => rhythm_daily(),
        R::Weekly => rhythm_weekly(),
        R::Monthly => rhythm_monthly(),
        R::OnRequest => rhythm_on_request(),
    }
}

/// A scoring rule in figures; empty where it stands in words alone.
pub(crate) fn in_figures(item: &shared::item::Item) -> String {
    use shared::item::TargetKind as T;
    let Some(rule) = &item.deduction else {
        return String::new();
    };
    if rule.started && rule.points > item.weight {
        return all_or_nothing().to_owned();
    }
    let measure = match item.target.kind {
        T::Date | T::Milestone => day_measure(),
        _ => &item.target.measure,
    };
    deduction(&format!("{} {measure}", rule.per), &rule.points.to_string())
}

/// The heading of a column whose cells are kept beside an item: ours where the program knows the
/// column, the sheet's own otherwise.
pub(crate) fn heading(heading: &str) -> &str {
    match heading {
        "title_en" => column_title_en(),
        "department_en" => column_unit_en(),
        "department_zh" => column_unit(),
        "helper_zh" => column_helper(),
        "system" => column_system(),
        "house" => column_house(),
        other => other,
    }
}
