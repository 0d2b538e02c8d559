//! Words about the organisation and its people.

words! {
    units = "部门", "Units";
    people = "人员", "People";
    assignments = "任职", "Assignments";
    offices = "职责授权", "Offices";
    members = "成员", "Members";
    units_below = "下级部门", "Units below";
    lines = "汇报关系", "Reporting lines";
    add_unit = "添加部门", "Add unit";
    add_person = "添加人员", "Add person";
    assign = "添加任职", "Assign";
    end_assignment = "结束任职", "End assignment";
    transfer = "调动", "Transfer";
    draw_line = "添加汇报关系", "Add reporting line";
    end_line = "结束汇报关系", "End reporting line";
    appoint = "授权", "Appoint";
    end_appointment = "结束授权", "End appointment";
    give_account = "设置账号", "Set account";
    rename_unit = "部门更名", "Rename unit";
    end_unit = "撤销部门", "End unit";
    leave = "办理离职", "Leave";
    end = "结束", "End";
    unit_name = "部门名称", "Unit name";
    unit_name_en = "英文名称", "English name";
    new_name = "新名称", "New name";
    parent = "上级部门", "Unit above";
    person_name = "姓名", "Name";
    person = "人员", "Person";
    post = "岗位", "Post";
    heads = "部门负责人岗位", "Heads the unit";
    first_post_hint =
        "例如经理、班长、检验员；不填就先不任职",
        "For example manager or inspector; leave it empty to give a post later";
    tenure = "任职方式", "Tenure";
    tenure_main = "主岗", "Main";
    tenure_additional = "兼岗", "Additional";
    tenure_acting = "代理", "Acting";
    since = "起始日期", "From";
    first_day = "起始日期", "First day";
    last_day = "最后一天", "Last day";
    last_day_open = "最后一天（未定可留空）", "Last day (empty while it is open)";
    superior = "上级", "Superior";
    line_kind = "关系", "Kind of line";
    line_administrative = "行政", "Administrative";
    line_functional = "职能", "Functional";
    line_hint =
        "行政上级审批和评分；职能上级只看、只提意见。",
        "An administrative superior approves and judges; a functional one reads and advises.";
    office = "职责", "Office";
    office_administrator = "管理员", "Administrator";
    office_plan_office = "计划归口管理部门", "Plan office";
    office_personnel = "人力资源部门", "Personnel office";
    office_payroll = "薪酬发放", "Payroll";
    login = "登录名", "Sign-in name";
    password = "密码", "Password";
    may_not =
        "只有管理员可以调整组织；您可以查看。",
        "Only an administrator can change the organisation; you may read it.";
    head = "负责人", "Head";
    vacant = "空缺", "Vacant";
    acting = "代理", "Acting";
    nobody_stands_in = "上级也空缺，无人代行", "nobody above either";
    saved = "已生效", "Done";
    save_and_go_on = "保存并继续添加", "Save and add another";
    unit = "部门", "Unit";
    as_of = "查看日期", "As of";
    to_present = "回到今天", "Back to today";
    former_names = "曾用名", "Former names";
    successors = "由谁承接", "Taken over by";
    successors_hint =
        "拆分：勾选全部新部门；合并：勾选并入的部门；不勾选表示撤销。",
        "Split: tick every new unit; merge: tick the one it joins; none: it is closed.";
    unit_ended = "已撤销", "Ended";
    not_yet = "尚未设立", "Not yet there";
    no_members = "这一天没有成员", "Nobody is assigned on this day";
    no_members_words =
        "添加人员时选这个部门，或给已有的人添加任职。",
        "Add people to this unit, or assign people who are there already.";
    no_posts = "这一天没有任职", "No assignment on this day";
    no_lines = "没有单独的汇报关系，上级按部门负责人确定。", "No separate reporting line: the head of the unit is the superior.";
    by_line = "按汇报关系", "by reporting line";
    by_head = "按部门负责人", "as head above";
    account = "账号", "Account";
    account_hint = "登录名和初始密码交给本人。", "Give the person the sign-in name and the first password.";
    transfer_from = "原任职", "From which post";
    transfer_hint =
        "原任职在前一天结束。考核周期中间调动的，两边负责人各评各的部分，按工作日加权。",
        "The old post ends the day before. Within a period each head judges his part, weighed by working days.";
    leave_binds =
        "离职后，该员工的全部任职、汇报关系和授权在这一天结束；账号仍可登录查看和结算自己的结果，直到管理员关闭。",
        "All assignments, lines and offices end on this day; the account can still sign in to see and settle one's own results until an administrator closes it.";
    leave_nothing_open = "没有未完成的事项。", "No item is left open.";
    open_items = "未完成的事项", "Open items";
    open_items_words =
        "请由计划负责人通过计划调整，把责任人改为接手的人。",
        "The plan's owner hands them over: a change request that names another responsible person.";
    left_company = "已离职", "Left";
}

sentences! {
    stands_in(who) = "空缺，由{who}代行", "Vacant; {who} stands in";
    used_to_be(name, until) = "{name}（至 {until}）", "{name} (until {until})";
    leave_open(count) =
        "还有 {count} 个未完成事项，需要指定接手的人：",
        "Open items that need somebody to take them, {count} in all:";
    leads_units(units) =
        "该员工负责 {units}。离职后部门负责人空缺，由上一级代行，直到任命新的负责人。",
        "This person heads {units}. The head will be vacant, and the one above stands in until somebody is named.";
    end_unit_members(count) =
        "仍有 {count} 人在该部门任职，请先调动或结束他们的任职。",
        "{count} people are still assigned here; transfer them or end their assignments first.";
    title_for(act, who) = "{act}：{who}", "{act}: {who}";
}
