//! Words about the organisation, people and periods.

words! {
    units = "部门", "Units";
    people = "人员", "People";
    assignments = "任职", "Assignments";
    periods = "考核周期", "Periods";
    offices = "职责授权", "Offices";
    add_unit = "添加部门", "Add unit";
    add_person = "添加人员", "Add person";
    assign = "任职", "Assign";
    draw_line = "添加汇报关系", "Add reporting line";
    open_period = "打开周期", "Open a period";
    give_account = "设置账号", "Set account";
    appoint = "授权", "Appoint";
    unit_name = "部门名称", "Unit name";
    unit_name_en = "英文名称", "English name";
    parent = "上级部门", "Unit above";
    person_name = "姓名", "Name";
    person = "人员", "Person";
    post = "岗位", "Post";
    heads = "是部门负责人", "Heads the unit";
    tenure = "任职方式", "Tenure";
    tenure_main = "主岗", "Main";
    tenure_additional = "兼岗", "Additional";
    tenure_acting = "代理", "Acting";
    since = "起始日期", "From";
    superior = "上级", "Superior";
    line_kind = "关系", "Kind of line";
    line_administrative = "行政", "Administrative";
    line_functional = "职能", "Functional";
    office = "职责", "Office";
    office_administrator = "管理员", "Administrator";
    office_plan_office = "计划归口管理部门", "Plan office";
    month = "月份", "Month";
    month_hint = "例如 2026-11", "For example 2026-11";
    month_unreadable = "请按 年-月 填写，例如 2026-11。", "Write year and month, for example 2026-11.";
    no_regime = "还没有考核办法", "No regime is adopted yet";
    no_regime_words =
        "载入预设的月度考核办法后即可打开周期。",
        "Load the preset monthly regime to open periods under it.";
    adopt_regime = "采用", "Adopt";
    login = "登录名", "Sign-in name";
    password = "密码", "Password";
    account_saved = "账号已设置", "Account set";
    may_not =
        "只有管理员可以调整组织。",
        "Only an administrator can change the organisation.";
    head = "负责人", "Head";
    vacant = "空缺", "Vacant";
    saved = "已生效", "Done";
}
