//! Words about whose plans a regime judges, and about who has none.

use shared::period::covered::NotCovered;
use shared::regime::coverage::{Centre, Employment};

words! {
    level = "职级", "Level";
    state_level = "定职级", "State the level";
    level_hint =
        "1 为普通员工，9 为最高层。考核办法按职级确定参评范围；未定职级的岗位不因此排除。",
        "1 is staff, 9 the top. A regime may judge some levels only; a post without a level is not left out for that.";
    employment = "用工类别", "Employment";
    state_employment = "定用工类别", "Set the employment type";
    employment_hint = "未定时按正式员工。", "Regular until something else is stated.";
    regular = "正式", "Regular";
    probation = "试用", "Probation";
    temporary = "临时", "Temporary";
    centre = "责任中心", "Responsibility centre";
    state_centre = "定责任中心", "Set the responsibility centre";
    centre_hint =
        "考核办法可以只考核某几类责任中心；未定的部门不因此排除。",
        "A regime may judge some kinds of centres only; a unit of which nothing is stated is not left out for that.";
    profit = "利润中心", "Profit centre";
    revenue = "收入中心", "Revenue centre";
    cost = "成本中心", "Cost centre";
    expense = "费用中心", "Expense centre";
    no_centre = "不是责任中心", "No centre";
    binds = "从起始日期起生效；以前的计划和结果不变。", "It holds from that day on; earlier plans and results stay as they are.";
    not_scope =
        "这个周期的考核办法不考核这一种计划（部门计划或个人计划）。请起草另一种计划，或选择别的周期。",
        "The regime of this period judges plans of the other kind only, of units or of people. Draft one of those, or choose another period.";
    not_unit =
        "这个部门不在该周期考核办法的适用范围内。请选择别的周期；如应参评，请计划归口管理部门在考核办法的“适用范围”中加入本部门。",
        "The regime of this period does not cover this unit. Choose another period; if it should, ask the plan office to add the unit to its coverage.";
    not_centre =
        "该周期的考核办法只考核某几类责任中心，本部门不在其中。如部门的责任中心定错了，请管理员在部门页更正。",
        "The regime of this period judges certain responsibility centres only, and the unit is none of them. If its centre is wrong, the administrator corrects it on the unit's page.";
    not_level =
        "该周期的考核办法不考核这个职级的岗位。如职级定错了，请管理员在人员页更正；否则请选择别的周期。",
        "The regime of this period does not judge posts of this level. If the level is wrong, the administrator corrects it on the person's page; otherwise choose another period.";
    not_employment =
        "该周期的考核办法不考核这一用工类别。如已转正，请管理员在人员页更正用工类别。",
        "The regime of this period does not judge people employed in this way. If that has changed, the administrator corrects it on the person's page.";
    not_person =
        "该周期的考核办法按姓名排除了计划负责人。如有疑问，请联系计划归口管理部门。",
        "The regime of this period leaves the plan's owner out by name. Ask the plan office if that is wrong.";
    counts_zero = "没有计划，按 0 分参评", "No plan; counts zero";
    blocks = "没有计划，不能归档", "No plan; nothing is sealed before";
    nothing_covered =
        "该周期的考核办法不考核您的岗位，不需要计划。请选择别的周期。",
        "The regime of this period does not judge any post of yours, so no plan is due. Choose another period.";
}

sentences! {
    level_of(level) = "职级 {level}", "Level {level}";
    missing_plan(person) =
        "{person}没有计划，考核办法要求先补",
        "{person} has no plan, and the regime wants one first";
}

/// Why a plan is not judged, with the way out.
pub(crate) fn why(why: NotCovered) -> &'static str {
    match why {
        NotCovered::Scope => not_scope(),
        NotCovered::Unit => not_unit(),
        NotCovered::Centre => not_centre(),
        NotCovered::Level => not_level(),
        NotCovered::Employment => not_employment(),
        NotCovered::Person => not_person(),
    }
}

/// The word for a kind of employment.
pub(crate) fn employed(employment: Employment) -> &'static str {
    match employment {
        Employment::Regular => regular(),
        Employment::Probation => probation(),
        Employment::Temporary => temporary(),
    }
}

/// The word for a kind of responsibility centre, or for none.
pub(crate) fn centre_word(centre: Option<Centre>) -> &'static str {
    match centre {
        Some(Centre::Profit) => profit(),
        Some(Centre::Revenue) => revenue(),
        Some(Centre::Cost) => cost(),
        Some(Centre::Expense) => expense(),
        None => no_centre(),
    }
}
