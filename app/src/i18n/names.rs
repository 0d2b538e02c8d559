//! Words for values of the domain: states, kinds, fields, and names in the reader's language.

use chrono::Datelike as _;
use shared::id::{PeriodId, PersonId, UnitId};
use shared::item::{Deduction, Lineage, LineageKind, Rhythm, TargetKind};
use shared::moment::Day;
use shared::organisation::{FormerName, Line, Office, Organisation, Tenure, Unit};
use shared::period::PeriodKind;
use shared::plan::{Plan, PlanState, Scope};
use shared::regime::grades::{Band, DecidedLevel, GradeBy};
use shared::regime::{Name, Regime};

use super::{
    Language, appeal, change, common, format, import, language, ledger, lists, organisation,
    payroll, plan, refusal, review, signing,
};

words! {
    thing_plan = "计划", "plan";
    thing_item = "事项", "item";
    limit_command_bytes = "一次改动的字节数", "bytes of one change";
    limit_body_bytes = "一次上传的字节数", "bytes of one upload";
    limit_items = "一份计划的事项数", "items of a plan";
    limit_helpers = "一个事项的协同部门数", "helping units of an item";
    limit_changes = "一次申请的调整数", "changes of one request";
    limit_extra = "附加列数", "extra columns";
    limit_reports = "一份计划的报告数", "reports on a plan";
    limit_requests = "一份计划的调整申请数", "change requests of a plan";
    limit_points = "分值", "points";
    thing_unapplied = "未执行的更改", "change that was not carried out";
    thing_unit = "部门", "unit";
    thing_person = "人员", "person";
    thing_period = "周期", "period";
    thing_regime = "考核办法", "regime";
    thing_assignment = "任职", "assignment";
    thing_line = "汇报关系", "reporting line";
    thing_appointment = "授权", "appointment";
    thing_report = "报告", "report";
    thing_calendar = "工作日历", "work calendar";
    thing_notice = "放假安排", "holiday notice";
    thing_absence = "请假记录", "absence";
    thing_submission = "提交记录", "submission";
    thing_score = "评分", "score";
    thing_change = "调整申请", "change request";
    thing_confirmation = "确认记录", "confirmation";
    thing_evidence = "佐证材料", "piece of evidence";
    limit_evidence = "一个事项的佐证材料数", "pieces of evidence of an item";
    limit_evidence_bytes = "一个文件的字节数", "bytes of one file";
    thing_other = "对象", "thing";
    field_evidence = "证明材料", "Evidence";
    field_bonus = "加分项", "Bonus item";
    field_deduction = "扣分规则", "Deduction rule";
    field_rhythm = "频次", "Rhythm";
    field_extra = "原表其他列", "Other columns of the sheet";
    field_name = "名称", "Name";
    field_reason = "原因", "Reason";
    field_judgement = "评分", "Score";
    field_percent = "完成百分比", "Percent done";
    field_to = "结束日期", "Last day";
    field_from = "起始日期", "First day";
    field_name_en = "英文名称", "English name";
    field_cycle = "轮班周期", "Cycle";
    field_hours = "工作时间", "Working hours";
    field_off = "放假日", "Days off";
    field_work = "调休上班日", "Make-up days";
    field_change = "调整类型", "Kind of change";
    field_year = "年份", "Year";
    field_indicator = "指标", "Indicator";
    field_reached = "完成值", "Reached";
    field_level = "等级", "Grade";
    field_successors = "承接部门", "Successors";
}

/// The word for what a refusal was looking for.
pub(crate) fn thing(what: &str) -> &'static str {
    match what {
        "plan" => thing_plan(),
        "item" => thing_item(),
        "unit" => thing_unit(),
        "person" => thing_person(),
        "period" => thing_period(),
        "regime" => thing_regime(),
        "assignment" => thing_assignment(),
        "line" | "reporting_line" => thing_line(),
        "appointment" => thing_appointment(),
        "report" => thing_report(),
        "calendar" | "calendar_use" => thing_calendar(),
        "notice" => thing_notice(),
        "absence" => thing_absence(),
        "submission" => thing_submission(),
        "score" => thing_score(),
        "change_request" => thing_change(),
        "delegation" => signing::delegations(),
        "role_holder" => signing::role(),
        "step" => signing::steps(),
        "confirmation" => thing_confirmation(),
        "evidence" | "attachment" => thing_evidence(),
        "entry" => ledger::entry(),
        "tariff" => ledger::tariff(),
        "tariff_sheet" => ledger::tariff_sheet(),
        "fund" | "fund_line" => ledger::fund(),
        "pay_base" => payroll::thing_base(),
        "minimum_wage" => payroll::thing_minimum(),
        "appeal" => appeal::appeal(),
        "list" => lists::lists(),
        "list_objection" => lists::object(),
        "unapplied command" | "refused command" => thing_unapplied(),
        _ => thing_other(),
    }
}

/// The word for what is limited; one without a word keeps its own.
pub(crate) fn limit(word: &str) -> &str {
    match word {
        "command_bytes" => limit_command_bytes(),
        "body_bytes" => limit_body_bytes(),
        "items_per_plan" => limit_items(),
        "helpers_per_item" => limit_helpers(),
        "changes_per_request" => limit_changes(),
        "extra_columns" => limit_extra(),
        "reports_per_plan" => limit_reports(),
        "requests_per_plan" => limit_requests(),
        "points" => limit_points(),
        "evidence_per_item" | "evidence_ever_per_item" => limit_evidence(),
        "evidence_per_entry" => ledger::limit_evidence(),
        "evidence_bytes" => limit_evidence_bytes(),
        "entries_per_ledger" => ledger::limit_entries(),
        "units_per_fund_line" => ledger::limit_units(),
        "named_per_batch" => payroll::limit_named(),
        _ => word,
    }
}

/// The label of a field, as it stands above its input; a field without one keeps its own word.
pub(crate) fn field(name: &str) -> &str {
    match name {
        "title" => plan::title(),
        "section" => plan::section(),
        "responsible" => plan::responsible(),
        "helper" | "helpers" => plan::helper(),
        "target" => plan::target(),
        "due" => plan::due(),
        "deliverable" => plan::deliverable(),
        "standard" => plan::standard(),
        "rule" => plan::rule(),
        "weight" => plan::weight(),
        "position" => plan::position(),
        "post" => plan::post(),
        "unit" => plan::unit(),
        "period" => plan::period(),
        "owner" => plan::owner(),
        "name" => field_name(),
        "reason" => field_reason(),
        "note" => review::note(),
        "judgement" => field_judgement(),
        "percent" => field_percent(),
        "quantity" => review::quantity(),
        "happened" => review::happened(),
        "evidence" => field_evidence(),
        "bonus" => field_bonus(),
        "deduction" | "deduction.per" | "deduction.points" | "deduction.floor" => field_deduction(),
        "rhythm" => field_rhythm(),
        "extra" => field_extra(),
        "efficiency" => review::efficiency(),
        "quality" => review::quality(),
        "from" => field_from(),
        "to" => field_to(),
        "name_en" => field_name_en(),
        "cycle" => field_cycle(),
        "hours" => field_hours(),
        "off" => field_off(),
        "work" => field_work(),
        "source" => plan::source(),
        "scheme" => plan::scheme(),
        "category" => plan::category(),
        "must" => plan::must(),
        "importance" => plan::importance(),
        "change" => field_change(),
        "role" => signing::role(),
        "first" => signing::first_day(),
        "last" => signing::last_day(),
        "indicator" => field_indicator(),
        "reached" | "reading" => field_reached(),
        "level" => field_level(),
        "year" => field_year(),
        "successors" => field_successors(),
        "parent" => organisation::parent(),
        "superior" => organisation::superior(),
        "facts" => ledger::facts(),
        "count" => ledger::count(),
        "points" => ledger::points(),
        "money" => ledger::money(),
        "words" => ledger::spent_on(),
        "person" => ledger::person(),
        "plan" => ledger::plan(),
        "item" => ledger::item(),
        "sheet" => ledger::sheet(),
        "amount" => payroll::amount(),
        "month" => payroll::pay_month(),
        other => other,
    }
}

/// A value as a refusal carries it, in a few words.
pub(crate) fn value(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => refusal::empty_value().to_owned(),
        serde_json::Value::String(text) if text.is_empty() => refusal::empty_value().to_owned(),
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A name in the reader's language.
pub(crate) fn name(name: &Name) -> &str {
    match language() {
        Language::Chinese => &name.zh,
        Language::English => &name.en,
    }
}

/// The name of a band or a decided grade, by its key; the key where the regime has no such grade.
pub(crate) fn grade(regime: &Regime, key: &str) -> String {
    let band = |band: &Band| (band.key == key).then(|| name(&band.name).to_owned());
    let level = |level: &DecidedLevel| (level.key == key).then(|| name(&level.name).to_owned());
    let found = match &regime.grades.by {
        GradeBy::Points { bands, .. } => bands.iter().find_map(band),
        GradeBy::Decided { levels, .. } => levels.iter().find_map(level),
        GradeBy::None {} => None,
    };
    found.unwrap_or_else(|| key.to_owned())
}

/// A unit's name in the reader's language, where it has one.
pub(crate) fn unit(unit: &Unit) -> &str {
    match language() {
        Language::English if !unit.name_en.is_empty() => &unit.name_en,
        _ => &unit.name,
    }
}

/// The name that a unit had on a day, in the reader's language.
pub(crate) fn unit_on(unit: &Unit, day: Day) -> &str {
    let (name, name_en) = unit.name_on(day);
    match language() {
        Language::English if !name_en.is_empty() => name_en,
        _ => name,
    }
}

/// A former name in the reader's language, where it has one.
pub(crate) fn former(name: &FormerName) -> &str {
    match language() {
        Language::English if !name.name_en.is_empty() => &name.name_en,
        _ => &name.name,
    }
}

/// The name of a unit by its id.
pub(crate) fn unit_of(organisation: &Organisation, id: UnitId) -> String {
    organisation
        .units
        .get(&id)
        .map(|found| unit(found).to_owned())
        .unwrap_or_default()
}

/// The names of several units.
pub(crate) fn units_of(organisation: &Organisation, units: &[UnitId]) -> String {
    let names: Vec<String> = units
        .iter()
        .map(|unit| unit_of(organisation, *unit))
        .collect();
    names.join(common::between())
}

/// The name of a section; its key where the regime does not know it.
pub(crate) fn section(regime: &Regime, key: &str) -> String {
    let found = regime
        .items
        .sections
        .iter()
        .find(|section| section.key == key);
    found.map_or_else(|| key.to_owned(), |section| name(&section.name).to_owned())
}

/// The name of a category of items; its key where the regime does not know it.
pub(crate) fn category(regime: &Regime, key: &str) -> String {
    let mut categories = regime.items.categories.iter();
    let found = categories.find(|category| category.key == key);
    found.map_or_else(|| key.to_owned(), |one| name(&one.name).to_owned())
}

/// The name of a source of items; its key where the regime does not know it.
pub(crate) fn source(regime: &Regime, key: &str) -> String {
    let mut sources = regime.items.sources.iter();
    let found = sources.find(|source| source.key == key);
    found.map_or_else(|| key.to_owned(), |one| name(&one.name).to_owned())
}

/// All rhythms, in the order of the list.
pub(crate) const RHYTHMS: [(Rhythm, &str); 4] = [
    (Rhythm::Daily, "daily"),
    (Rhythm::Weekly, "weekly"),
    (Rhythm::Monthly, "monthly"),
    (Rhythm::OnRequest, "on_request"),
];

/// A rhythm in words.
pub(crate) fn rhythm(rhythm: Rhythm) -> &'static str {
    match rhythm {
        Rhythm::Daily => plan::rhythm_daily(),
        Rhythm::Weekly => plan::rhythm_weekly(),
        Rhythm::Monthly => plan::rhythm_monthly(),
        Rhythm::OnRequest => plan::rhythm_on_request(),
    }
}

/// A scoring rule in figures, in a sentence.
pub(crate) fn deduction(deduction: &Deduction) -> String {
    let (per, points) = (deduction.per.to_string(), deduction.points.to_string());
    let floor = deduction.floor.to_string();
    if deduction.started {
        plan::deduction_started(&per, &points, &floor)
    } else {
        plan::deduction_whole(&per, &points, &floor)
    }
}

/// How an item continues another.
pub(crate) fn lineage(lineage: &Lineage) -> &'static str {
    match lineage.kind {
        LineageKind::CarriedOver if lineage.provisional => change::provisional(),
        LineageKind::CarriedOver => change::carried_over(),
        LineageKind::Drawn => change::drawn_longer(),
        LineageKind::Mirrored => change::mirrored(),
        LineageKind::HandedOver => change::handed_over(),
    }
}

/// The name of a person by its id.
pub(crate) fn person_of(organisation: &Organisation, id: PersonId) -> String {
    organisation
        .people
        .get(&id)
        .map(|found| found.name.clone())
        .unwrap_or_default()
}

/// A period in words.
pub(crate) fn period_of(organisation: &Organisation, id: PeriodId) -> String {
    organisation
        .periods
        .get(&id)
        .map(|period| span(period.kind, period.from, period.to))
        .unwrap_or_default()
}

/// A span of days in words: the month, the half, the year, or its days.
pub(crate) fn span(kind: PeriodKind, from: Day, to: Day) -> String {
    let year = to.year().to_string();
    let within = from.year() == to.year();
    match kind {
        PeriodKind::Month if from.day() == 1 => format::month_of(from),
        // A month that begins on the 26th before is the one in which it ends, and says so.
        PeriodKind::Month => {
            let days = [from, to].map(|day| format!("{}.{}", day.month(), day.day()));
            common::with_note(&format::month_of(to), &days.join("–"))
        }
        PeriodKind::Day => format::short_day(from),
        // A week is numbered as the standard does, by the year in which most of its days lie.
        PeriodKind::Week => {
            let week = (from + (to - from) / 2).iso_week().week();
            let days = [from, to].map(|day| format!("{}.{}", day.month(), day.day()));
            common::with_note(&import::week_of(&week.to_string()), &days.join("–"))
        }
        PeriodKind::Quarter if within => {
            import::quarter_of(&year, &(to.month0() / 3 + 1).to_string())
        }
        PeriodKind::Year if within => import::year_of(&year),
        PeriodKind::HalfYear if within && from.month() < 7 => import::first_half(&year),
        PeriodKind::HalfYear if within => import::second_half(&year),
        _ => format!("{} – {}", format::short_day(from), format::short_day(to)),
    }
}

/// Whose plan it is, in words.
pub(crate) fn plan_of(organisation: &Organisation, found: &Plan) -> String {
    match found.scope {
        Scope::Unit => unit_of(organisation, found.unit),
        Scope::Personal => person_of(organisation, found.owner),
    }
}

/// The key of a plan's state, for tests and style.
pub(crate) const fn state_key(state: PlanState) -> &'static str {
    match state {
        PlanState::Draft => "draft",
        PlanState::Submitted => "submitted",
        PlanState::Returned => "returned",
        PlanState::Approved => "approved",
        PlanState::Published => "published",
        PlanState::Sealed => "sealed",
    }
}

/// A scope in words.
pub(crate) fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Unit => plan::scope_unit(),
        Scope::Personal => plan::scope_personal(),
    }
}

/// All kinds of target, in the order of the list.
pub(crate) const TARGET_KINDS: [(TargetKind, &str); 11] = [
    (TargetKind::Done, "done"),
    (TargetKind::Date, "date"),
    (TargetKind::Milestone, "milestone"),
    (TargetKind::Count, "count"),
    (TargetKind::Rate, "rate"),
    (TargetKind::Higher, "higher"),
    (TargetKind::Lower, "lower"),
    (TargetKind::PerDay, "per_day"),
    (TargetKind::PerWeek, "per_week"),
    (TargetKind::PerMonth, "per_month"),
    (TargetKind::Within, "within"),
];

/// A kind of target in words.
pub(crate) fn target_kind(kind: TargetKind) -> &'static str {
    match kind {
        TargetKind::Done => plan::kind_done(),
        TargetKind::Date => plan::kind_date(),
        TargetKind::Milestone => plan::kind_milestone(),
        TargetKind::Count => plan::kind_count(),
        TargetKind::Rate => plan::kind_rate(),
        TargetKind::Higher => plan::kind_higher(),
        TargetKind::Lower => plan::kind_lower(),
        TargetKind::PerDay => plan::kind_per_day(),
        TargetKind::PerWeek => plan::kind_per_week(),
        TargetKind::PerMonth => plan::kind_per_month(),
        TargetKind::Within => plan::kind_within(),
    }
}

/// A tenure in words.
pub(crate) fn tenure(tenure: Tenure) -> &'static str {
    match tenure {
        Tenure::Main => organisation::tenure_main(),
        Tenure::Additional => organisation::tenure_additional(),
        Tenure::Acting => organisation::tenure_acting(),
    }
}

/// A kind of reporting line in words.
pub(crate) fn line(line: Line) -> &'static str {
    match line {
        Line::Administrative => organisation::line_administrative(),
        Line::Functional => organisation::line_functional(),
    }
}

/// An office in words.
pub(crate) fn office(office: Office) -> &'static str {
    match office {
        Office::Administrator => organisation::office_administrator(),
        Office::PlanOffice => organisation::office_plan_office(),
        Office::Personnel => organisation::office_personnel(),
        Office::Payroll => organisation::office_payroll(),
    }
}

/// A responsible person or a post, or the word for none.
pub(crate) fn responsible(organisation: &Organisation, item: &shared::item::Item) -> String {
    match item.responsible {
        Some(person) => person_of(organisation, person),
        None if item.post.is_empty() => common::none().to_owned(),
        None => item.post.clone(),
    }
}
