//! Words about signing in steps, roles that a regime names, and delegations.

words! {
    steps = "审签步骤", "Signing steps";
    signed = "已签", "Signed";
    awaited = "待签", "To be signed";
    ahead = "未到", "Later";
    copy = "备案抄送", "Filed copy";
    read = "已阅", "Read";
    handed_in = "提交即为签字", "signed by handing in";
    signed_before = "上一步已签", "signed at the step before";
    nobody = "暂无人担任", "nobody holds this";
    acknowledge = "确认已阅", "Acknowledge";

    delegations = "委托签字", "Delegated signatures";
    delegations_words =
        "您外出时，可以委托别人在这几天代签审批；评分不能委托。",
        "While you are away, somebody else can sign for you on those days; judging is never delegated.";
    no_delegations = "现在没有委托。", "Nothing is delegated now.";
    delegate = "委托", "Delegate";
    delegate_to = "委托给", "To";
    first_day = "开始日期", "First day";
    last_day = "结束日期", "Last day";
    reason = "原因", "Reason";
    end = "结束委托", "End";

    sign_step = "确认签字", "Sign";
    weights = "签字时调整权重", "Weights while signing";
    weights_words =
        "本步骤的签字人可以调整权重；合计仍须正确。",
        "Who signs this step may change weights; they must still add up.";

    roles = "角色", "Roles";
    no_roles = "没有担任考核办法中的角色", "Holds no role of a regime";
    give_role = "指定角色", "Give a role";
    end_role = "结束", "End";
    role = "角色", "Role";
    role_unit = "适用部门", "For the unit";
    whole_company = "全公司", "Whole company";
    role_hint =
        "考核办法里写明的机构或岗位，例如考核小组、分管副总。由谁担任，在这里指定。",
        "Bodies and posts that a regime names, such as an assessment group or a deputy in charge. Who they are is said here.";
    no_role_known = "采用的考核办法没有写明角色。", "No adopted regime names a role.";
}

sentences! {
    in_place_of(signer, whose) = "{signer} 代 {whose}", "{signer} for {whose}";
    at(who, when) = "{who}，{when}", "{who}, {when}";
    until(when) = "时限 {when}", "by {when}";
    delegated(from, to, first, last) = "{from} 委托 {to}，{first} 至 {last}", "{from} to {to}, {first} to {last}";
    step_binds(step, owner, items, weight) =
        "“{step}”即签字：{owner}的计划，{items}，权重合计 {weight}。",
        "“{step}” is a signature on the plan of {owner}: {items}, {weight} points of weight.";
    copies(names) = "也可由 {names} 签", "or {names}";
}
