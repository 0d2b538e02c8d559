//! Words of paper forms.

words! {
    plan_form = "计划表", "Plan form";
    result_form = "考核表", "Assessment form";
    print = "打印", "Print";
    print_words =
        "按 A4 打印或存为 PDF；每页有页码，签字栏在最后。",
        "Print on A4 or save as PDF; pages are numbered, the signatures stand at the end.";
    forms = "打印多份表单", "Forms to print";
    print_forms = "打印所选计划的表单", "Print the forms";
    form_kind = "表单", "Form";
    no_forms = "还没有选择计划", "No plan is chosen";
    no_forms_words =
        "在电脑上打开“计划”，用表格显示，选中几行，再点“打印所选计划的表单”。",
        "At a desk open Plans as a table, select rows, and press Print the forms.";
    number = "序号", "No.";
    unit = "部门", "Unit";
    person = "姓名", "Name";
    post = "岗位", "Post";
    period = "考核周期", "Period";
    regime = "考核办法", "Regime";
    superior = "上级", "Superior";
    state = "状态", "State";
    version = "版本", "Version";
    sum = "合计", "Total";
    completed = "完成情况", "What was reported";
    points = "得分", "Points";
    reason = "评分依据", "Reason";
    drafted_by = "编制人", "Drafted by";
    approved_by = "审核批准", "Approved by";
    assessed = "被考核人", "Person assessed";
    judged_by = "考核人", "Judged by";
    plan_office = "计划归口管理部门", "Plan office";
    signature = "签字", "Signature";
    date = "日期", "Date";
    not_signed = "系统内尚未签署", "Not signed in the system yet";
    draft_mark = "草稿，未经批准", "Draft, not approved";
    not_published = "结果还没有公布", "The result is not published yet";
    not_published_words =
        "公布以后才有考核表。",
        "There is an assessment form once the result is published.";
}

counts! {
    forms_missing(count) =
        "有 {count} 份计划没有这种表单，例如结果还没有公布。",
        "{count} plan has no such form, as where the result is not published yet.",
        "{count} plans have no such form, as where the result is not published yet.";
}

sentences! {
    signed(when) = "系统内已签：{when}", "Signed in the system: {when}";
    page_foot(title, digest) = "{title}　内容摘要 {digest}", "{title} · digest {digest}";
}
