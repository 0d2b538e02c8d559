//! Words about what happens to a plan after it was approved: changes, baselines, carry-over, help.

words! {
    changes = "计划调整", "Changes";
    to_decide = "待我决定的计划调整", "Change requests to decide";
    ask_for_change = "申请调整", "Ask for a change";
    ask_title = "计划调整申请", "Change request";
    ask_words =
        "改需要改的，其余保持不动。权重合计必须仍然正确；上级同意后新的基准生效。",
        "Change what must change and leave the rest. The weights must still add up; once your superior agrees, a new baseline is in force.";
    send_request = "提交申请", "Send the request";
    request_sent = "申请已提交，等上级决定。", "The request is made; your superior decides.";
    nothing_asked = "还没有改动任何内容。", "Nothing is changed yet.";
    correct_first = "先改正标出的内容。", "Correct what is marked first.";
    reason = "调整原因", "Reason";
    evidence = "依据", "Evidence";
    evidence_hint =
        "写明依据：文件、订单、停机记录等。",
        "Name what proves it: a paper, an order, a stoppage record.";
    cancel_item = "取消此事项", "Cancel this item";
    keep_item = "保留此事项", "Keep this item";
    change_add = "新增", "Added";
    change_edit = "修改", "Changed";
    change_cancel = "取消", "Cancelled";
    state_open = "待上级决定", "Waits for the superior";
    state_agreed = "已同意", "Agreed";
    state_refused = "不同意", "Refused";
    state_withdrawn = "已撤回", "Withdrawn";
    window_in_time = "在自由调整期内", "Early enough: free to change";
    window_flagged = "临近完成时限：须附依据", "Close to the due day: needs evidence";
    window_after_due = "已过完成时限：仅限不可抗力", "After the due day: force majeure only";
    agree = "同意调整", "Agree";
    refuse = "不同意", "Refuse";
    agree_title = "同意调整", "Agree to the change";
    refuse_title = "不同意调整", "Refuse the change";
    agree_sign = "确认同意", "Sign and agree";
    refuse_sign = "确认不同意", "Sign and refuse";
    decision_reason = "说明", "Reason";
    decision_reason_hint = "对方会原样看到。", "The person reads it word for word.";
    withdraw_request = "撤回申请", "Withdraw the request";

    withdrawn = "撤回", "Withdrawn";
    withdraw = "撤回计划", "Withdraw the plan";
    withdraw_title = "撤回计划", "Withdraw the plan";
    withdraw_words =
        "计划回到您手中修改，改好后重新提交。",
        "The plan comes back to you for changes; submit it again afterwards.";
    withdraw_sign = "确认撤回", "Withdraw";

    baselines = "基准版本", "Baselines";
    in_force = "现行", "In force";

    carry_over = "结转未完成事项", "Carry over";
    carry_title = "结转未完成事项", "Carry over what is unfinished";
    carry_words =
        "来源计划还在执行时，结转是预计的：提前完成的会自动退出。",
        "While the source plan runs, carry-over is provisional: what is finished early drops out.";
    nothing_to_carry = "没有未完成的事项可结转", "Nothing unfinished to carry over";
    choose_items = "先勾选要结转的事项。", "Tick what is to be carried over first.";
    carry_chosen = "结转所选", "Carry over the chosen";
    provisional = "预计结转", "Provisional carry-over";
    carried_over = "结转", "Carried over";
    drawn_longer = "由更长周期的计划分解", "Drawn from a longer plan";
    drawn = "分解自", "Drawn from";
    mirrored = "协同事项", "Part of a shared item";
    handed_over = "接手事项", "Handed over";
    settle = "核定结转", "Settle carry-over";
    settle_words =
        "含有预计结转的事项。来源计划的情况已有变化时，请核定：已完成或已取消的退出，其余转为正式。",
        "Some items are carried over provisionally. Settle them: what was finished or cancelled drops out, the rest becomes final.";
    settled = "结转已核定", "Carry-over settled";

    help_requests = "请我部门协同", "Asked to help";
    help_agree = "同意协同", "Agree to help";
    help_decline = "不能协同", "Decline";
    help_title = "答复协同请求", "Answer the request for help";
    help_agree_words =
        "同意后，您的计划中会出现一个协同事项，权重和时限由您定。",
        "Agreeing puts a part into your own plan, with a weight and a due day of your own.";
    help_into = "放入哪份计划", "Into which plan";
    help_no_plan =
        "您现在没有可以修改的同期计划：先答复同意，以后再用计划调整申请把协同事项放进去。",
        "You have no plan of that period that can be written now: agree first, and put your part in later by a change request.";
    help_send = "确认答复", "Answer";
    help_decline_reason = "原因", "Reason";
    help_agreed = "同意协同", "agreed to help";
    help_declined = "不能协同", "declined";
    help_waiting = "待答复", "not answered yet";
    help_answered = "已答复", "Answered";
}

sentences! {
    asked_by(who, when) = "{who}，{when}", "{who}, {when}";
    decided_by(what, who, when) = "{what}：{who}，{when}", "{what}: {who}, {when}";
    agree_binds(owner, count) =
        "同意即签字：{owner}的计划按以下 {count} 处调整形成新的基准，原基准仍可查看。",
        "Agreeing is a signature: the {count} changes below make a new baseline of the plan of {owner}; the old one stays readable.";
    refuse_binds(owner) =
        "不同意即签字：{owner}的计划保持不变，您写的原因会一并送达。",
        "Refusing is a signature: the plan of {owner} stays as it is, and your reason goes with it.";
    baseline_number(number) = "第 {number} 版", "Version {number}";
    baseline_from(day) = "自 {day}", "from {day}";
    baseline_span(from, to) = "{from} 至 {to}", "{from} to {to}";
    carried(count) = "已结转 {count} 项", "items carried over: {count}";
    rolled(times) = "第 {times} 次结转", "carried over {times} times";
    from_plan(plan) = "来自 {plan}", "from {plan}";
    weights_of(section) = "{section}权重合计", "Sum of weights, {section}";
    bonus_of(is, most) = "加分项 {is} 分，最多计 {most} 分", "bonus items {is}, at most {most} count";
}
