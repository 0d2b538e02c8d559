//! Words about plans and their items.

words! {
    state_draft = "草稿", "Draft";
    state_submitted = "待审批", "Waiting for approval";
    state_returned = "退回修改", "Returned";
    state_approved = "执行中", "Under way";
    state_published = "已公布结果", "Published";
    state_sealed = "已锁定归档", "Sealed";
    scope_unit = "部门计划", "Unit plan";
    scope_personal = "个人计划", "Personal plan";

    kind_done = "是否完成", "Done or not";
    kind_date = "按期完成", "By a date";
    kind_milestone = "里程碑", "Milestone";
    kind_count = "数量", "Count";
    kind_rate = "比率", "Rate";
    kind_higher = "越高越好", "Higher is better";
    kind_lower = "越低越好", "Lower is better";
    kind_per_day = "每工作日", "Each working day";
    kind_per_week = "每周", "Each week";
    category = "事项分类", "Category";
    source = "事项来源", "Source";
    scheme = "实施方案", "Scheme";
    importance = "重要性系数", "Importance";
    must = "必须完成", "Must be done";
    kind_within = "允差以内", "Within a tolerance";
    kind_per_month = "每月", "Each month";

    title = "计划事项", "Item";
    section = "工作类别", "Section";
    responsible = "责任人", "Responsible";
    helper = "协同部门", "Helping unit";
    target_kind = "目标类型", "Kind of target";
    baseline = "基数", "Baseline";
    target = "目标值", "Target";
    measure = "计量单位", "Unit of measure";
    due = "完成时限", "Due";
    deliverable = "输出成果", "Deliverable";
    standard = "完成标准", "Completion standard";
    rule = "评分标准", "Scoring rule";
    weight = "权重", "Weight";
    bonus = "加分项", "Bonus item";
    tracked = "只跟踪，不计分", "tracked, not scored";
    helpers = "协同部门", "Helping units";
    add_helper = "添加协同部门", "Add a helping unit";
    deduction = "扣分标准（数字）", "Scoring rule in figures";
    deduction_per = "每差", "For each";
    deduction_points = "扣分", "Points off";
    deduction_floor = "最低得分", "Left at least";
    deduction_step = "不足一档", "A step only begun";
    deduction_step_counts = "按一档扣", "counts whole";
    deduction_step_free = "不扣", "does not count";
    deduction_add = "用数字写出扣分标准", "Say the rule in figures";
    deduction_remove = "取消数字扣分", "Drop the figures";
    rhythm = "周期性", "Recurs";
    rhythm_none = "一次性", "Once";
    rhythm_daily = "每工作日", "Each working day";
    rhythm_weekly = "每周", "Each week";
    rhythm_monthly = "每月", "Each month";
    rhythm_on_request = "按需", "On request";
    position = "顺序", "Place";
    post = "岗位", "Post";
    unit = "部门", "Unit";
    period = "考核周期", "Period";
    owner = "负责人", "Owner";

    my_plans = "我的计划", "My plans";
    new_plan = "新建计划", "New plan";
    new_plan_words =
        "为一个部门或本人起草一个周期的计划。",
        "Draft a plan for one period, for a unit or for yourself.";
    start_drafting = "开始起草", "Start drafting";
    whose = "谁的计划", "Whose plan";
    no_plans = "还没有计划", "No plans yet";
    no_plans_words =
        "起草一份计划，或从表格导入一个月的计划。",
        "Draft one, or import a month from a sheet.";
    no_plans_yet_words =
        "起草一份计划，提交给上级审批；批准后，事项会出现在“今日”和“报告”里。",
        "Draft one and submit it to your superior; once it is approved, its items appear under Today and Report.";
    no_period = "还没有开启的考核周期", "No period is open yet";
    no_period_words =
        "请计划归口管理部门或管理员先在“组织”中开启一个周期。",
        "Ask the plan office or the administrator to open one under Organisation.";
    no_unit = "您还没有任职", "You hold no post yet";
    no_unit_words =
        "计划属于部门里的任职。请管理员先为您安排任职。",
        "Plans belong to posts in units; ask the administrator for an assignment.";
    no_unit_yet_words =
        "部门计划由部门负责人编制。您自己也要编计划的话，先给自己添加任职。",
        "A unit's head drafts its plan. To draft one yourself, give yourself a post first.";
    nothing_found = "没有找到", "Nothing found";
    filter_period = "周期", "Period";
    all_periods = "全部周期", "All periods";

    items = "计划事项", "Items";
    column_plan = "计划", "Plan";
    column_period = "周期", "Period";
    column_kind = "类别", "Kind";
    column_state = "状态", "State";
    column_items = "完成 / 事项", "Done / items";
    show_table = "表格显示", "Show as a table";
    show_list = "清单显示", "Show as a list";
    add_item = "添加事项", "Add item";
    new_item_title = "新事项", "New item";
    item_removed = "事项已删除", "Item removed";
    edit_item = "修改事项", "Edit item";
    done_editing = "收起", "Done";
    no_items = "还没有事项", "No items yet";
    balance = "一键配平", "Balance to total";
    adds_up = "合计已正确，无需配平", "The sum is right already";
    balanced = "权重已配平", "Weights balanced";
    weights_label = "权重合计", "Sum of weights";
    submit = "提交计划", "Submit plan";
    submit_title = "提交审批", "Submit for approval";
    submit_sign = "确认提交", "Sign and submit";
    content_shown = "将提交的内容", "What will be submitted";
    returned_because = "退回原因", "Why it was returned";
    signed_submitted = "提交", "Submitted";
    signed_approved = "批准", "Approved";
    signed_returned = "退回", "Returned";
    approve = "批准", "Approve";
    approve_title = "批准计划", "Approve the plan";
    approve_sign = "确认批准", "Sign and approve";
    give_back = "退回修改", "Return";
    return_title = "退回修改", "Return for changes";
    return_reason = "退回原因", "Reason";
    return_reason_hint =
        "写明需要改什么，对方会原样看到。",
        "Say what to change; the person reads it word for word.";
    return_sign = "确认退回", "Sign and return";
    to_judging = "评分", "Judge";
    to_result = "查看结果", "See the result";
    to_report = "去报告", "Report";
    hint_no_number =
        "目标没有数值：写明要达到多少。",
        "The target has no number: say how much.";
    hint_no_due = "没有完成时限：写明哪天之前。", "No due day: say by when.";
    hint_no_standard =
        "没有完成标准：写明怎样算完成。",
        "No completion standard: say what counts as done.";
    hint_no_deliverable = "没有输出成果。", "No deliverable.";
    hint_no_responsible = "没有责任人。", "No responsible person.";
    hint_due_outside = "完成时限不在本周期内。", "The due day lies outside the period.";
    rolled_up = "下级计划的进展", "Progress in shorter plans";
    done_here = "已完成", "Done";
    carry_all = "全部结转", "Carry all over";
    required = "本办法要求填写", "The regime asks for it";
    hints = "写作提示", "Hints";
    number_unreadable =
        "请输入数字，最多四位小数，例如 98.5。",
        "Write a number with at most four decimals, for example 98.5.";
    weight_unreadable =
        "请输入分数，最多两位小数，例如 12.5。",
        "Write points with at most two decimals, for example 12.5.";
    day_unreadable = "请选择一个日期。", "Choose a day.";
    search = "搜索计划、事项、人员", "Search plans, items, people";
    superior_missing =
        "没有上级可以审批，请管理员补充组织关系。",
        "Nobody stands above to approve; ask the administrator to complete the organisation.";
}

counts! {
    items_count(count) = "{count} 项", "{count} item", "{count} items";
}

sentences! {
    rolled(percent, done, all) =
        "下级计划合计 {percent}%（{all} 项，完成 {done} 项）",
        "{percent}% by shorter plans ({done} of {all} done)";
    rolled_quantity(percent, reached, done, all) =
        "下级计划合计 {percent}%，共 {reached}（{all} 项，完成 {done} 项）",
        "{percent}% by shorter plans, {reached} in all ({done} of {all} done)";
    carry_wanted(count, period, titles) =
        "考核办法要求结转{period}未完成的 {count} 项：{titles}",
        "The regime wants {count} unfinished items of {period} carried over: {titles}";
    older(count) = "更早的 {count} 份计划", "{count} older plans";
    finished_of(done, all) = "已完成 {done} / {all} 项", "{done} of {all} done";
    weights_full(is) = "{is} 分，合计正确", "{is}: adds up";
    weights_over(is, must, by) = "{must} 分中已有 {is} 分：多了 {by} 分", "{is} of {must}: {by} too many";
    weights_under(is, must, by) = "{must} 分中已有 {is} 分：还差 {by} 分", "{is} of {must}: {by} to go";
    submit_binds(superior, items, points) =
        "提交即签字：以下 {items}、共 {points} 分，将交由{superior}审批，在退回之前您不能再改。",
        "Submitting is a signature: what stands below, {items} with {points} points in all, goes to {superior} for approval, and you cannot change them unless the plan is returned.";
    approve_binds(owner, items, points) =
        "批准即签字：{owner}的这份计划（{items}，共 {points} 分）从此成为执行和评分的基准。",
        "Approving is a signature: this plan of {owner} ({items}, {points} points) becomes the baseline that is carried out and judged.";
    return_binds(owner) =
        "退回即签字：计划回到{owner}手中修改，您写的原因会一并送达。",
        "Returning is a signature: the plan goes back to {owner} for changes, together with your reason.";
    deduction_started(per, points, floor) =
        "每差 {per}（不足也算）扣 {points} 分，最低 {floor} 分",
        "{points} points off for each {per} short or begun, at least {floor} left";
    deduction_whole(per, points, floor) =
        "每差满 {per} 扣 {points} 分，最低 {floor} 分",
        "{points} points off for each full {per} short, at least {floor} left";
    due_by(day) = "{day} 前完成", "due {day}";
    signed_line(what, who, when) = "{what}：{who}，{when}", "{what}: {who}, {when}";
    plan_title(whose, period) = "{whose} · {period}", "{whose} · {period}";
}
