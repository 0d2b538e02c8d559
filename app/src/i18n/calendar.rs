//! Words about work calendars, public holidays and make-up days.

/// The mark between the parts of an enumeration in Chinese.
pub(crate) const ENUMERATION: char = '、';

/// What says beside a day in a notice that it is off, in lower case.
pub(crate) const OFF_WORDS: [&str; 3] = ["休", "off", "h"];

/// What says beside a day in a notice that it is worked, in lower case.
pub(crate) const WORK_WORDS: [&str; 3] = ["班", "work", "w"];

words! {
    calendars = "工作日历", "Work calendars";
    calendar = "工作日历", "Work calendar";
    house_default = "产品默认", "House default";
    add_calendar = "添加日历", "Add calendar";
    new_version = "改为新日历", "Change as a new one";
    new_version_hint =
        "日历不会被改动：这里保存为一个新日历，再从某一天起让部门使用它。以前的时限仍按旧日历计算。",
        "A calendar is never changed: this becomes a new one, which units use from a day on. Earlier deadlines keep theirs.";
    use_calendar = "选用日历", "Use a calendar";
    use_hint =
        "从这一天起，本部门及没有自己日历的下级部门使用它。",
        "From this day on this unit uses it, and the units below that have none of their own.";
    used_by = "使用部门", "Used by";
    used_by_nobody = "还没有部门使用", "No unit uses it yet";
    inherited = "沿用上级部门", "Inherited from";
    name = "名称", "Name";
    name_en = "英文名称", "English name";
    anchor = "循环起始日", "The cycle begins on";
    anchor_hint = "循环从这一天开始向前后重复。", "From this day it repeats, before and after.";
    cycle = "工作日（点选）", "Working days (tap)";
    longer_by_a_day = "加一天", "One day more";
    longer_by_a_week = "加一周", "One week more";
    shorter = "减一天", "One day less";
    hours = "工作时间", "Hours";
    hours_hint = "例如 08:00-12:00 13:00-17:00", "For example 08:00-12:00 13:00-17:00";
    hours_unreadable =
        "请按 08:00-12:00 13:00-17:00 填写，时段之间用空格，先后有序、不重叠。",
        "Write it as 08:00-12:00 13:00-17:00: spans with a space between, in order, none overlapping.";
    follows_holidays = "执行国家节假日安排", "Follows the public notice";
    off_days = "公司另行放假", "The company's own days off";
    work_days = "公司另行上班", "The company's own make-up days";
    days_hint = "每行一天，例如 2026-02-14", "One day to a line, for example 2026-02-14";
    day_unreadable = "有一行不是日期，请按 2026-02-14 填写：", "A line is no day; write it as 2026-02-14:";
    notices = "节假日安排", "Public holidays";
    announced = "已载入", "Loaded";
    not_loaded = "尚未载入", "Not loaded yet";
    not_yet_announced = "尚未公布", "Not yet announced";
    not_yet_words =
        "这一年的安排尚未载入，只按工作周计算，不猜测。公布后由管理员载入。",
        "This year's notice is not loaded: days count as the cycle says and are never guessed. An administrator loads it once it is published.";
    unsettled_words =
        "虚线框内的日子，节假日安排尚未公布：只按工作周计算，不猜测。",
        "The notice for the days in dashed frames is not out: they count as the cycle says and are never guessed.";
    load_notice = "载入安排", "Load a notice";
    load_shipped = "采用随产品提供的安排", "Adopt the one that comes with the product";
    notice_year = "年份", "Year";
    source = "来源（发文机关、文号、日期）", "Source (who published it, number, date)";
    notice_days = "放假与调休上班", "Days off and make-up days";
    notice_days_hint =
        "粘贴 JSON，或每行一天：2026-10-01 休，2026-10-10 班。",
        "Paste JSON, or one day to a line: 2026-10-01 off, 2026-10-10 work.";
    notice_unreadable = "有一行读不懂，请写成“2026-10-01 休”或“2026-10-10 班”：", "A line cannot be read; write “2026-10-01 off” or “2026-10-10 work”:";
    year_view = "全年工作日", "The year's working days";
    earlier_year = "上一年", "Earlier year";
    later_year = "下一年", "Later year";
    legend_work = "工作日", "Working day";
    legend_off = "休息日", "Day off";
    legend_holiday = "节假日", "Public holiday";
    legend_make_up = "调休上班", "Make-up day";
    mark_holiday = "休", "H";
    mark_make_up = "班", "W";
    mark_off_line = "休", "off";
    mark_work_line = "班", "work";
    legend_unsettled = "安排尚未公布", "Not yet announced";
    unit = "部门", "Unit";
    may_not = "只有管理员和计划归口管理部门可以设置日历。", "Only administrators and the plan office set calendars.";
}

sentences! {
    cycle_days(days) = "循环共 {days} 天", "A cycle of {days} days";
    days_of(off, work) = "放假 {off} 天，调休上班 {work} 天", "{off} days off, {work} make-up days";
    working_days(days) = "{days} 个工作日", "{days} working days";
    working_days_provisional(days, unsettled, year) =
        "{days} 个工作日（其中 {unsettled} 由 {year} 年的放假安排确定，尚未公布）",
        "{days} working days ({unsettled} wait for the notice of {year}, which is not out)";
    since_day(day) = "自 {day} 起", "since {day}";
    worked(worked, all) = "每 {all} 天工作 {worked} 天", "{worked} of {all} days";
}
