//! Words about reporting, judging and results.

words! {
    due_for_me = "我要做的", "Due for me";
    nothing_due = "现在没有要做的事项", "Nothing is due now";
    nothing_due_words =
        "计划批准后，您负责的事项会出现在这里。",
        "Once a plan is approved, the items you answer for appear here.";
    to_approve = "待我审批", "To approve";
    to_judge = "待我评分", "To judge";
    nothing_to_review = "没有等您审批或评分的计划", "No plan waits for your approval or judgement";
    nothing_to_review_words =
        "下属提交计划后会出现在这里，离线也能处理。",
        "Plans handed in by your people appear here; you can decide offline, too.";
    report_item = "报告", "Report";
    report_title = "报告进度与完成", "Report progress and completion";
    progress = "进度", "Progress";
    completion = "完成", "Completion";
    report_kind = "报告什么", "What to report";
    percent_done = "完成百分比", "Percent done";
    quantity = "实际值", "Value reached";
    note = "说明", "Note";
    happened = "实际发生日期", "Day it happened";
    happened_hint = "按实际发生的日期填写，不是填表日期。", "The day it happened, not the day you write this.";
    send_progress = "保存进度", "Save progress";
    send_completion = "报告完成", "Report as done";
    earlier_reports = "已有报告", "Earlier reports";
    no_reports = "还没有报告", "No reports yet";
    self_score = "自评", "Self score";
    superior_score = "上级评分", "Superior score";
    raters = "评分人", "Raters";
    nobody_rates = "暂无人担任", "Nobody holds this";
    weighs_nothing = "只作参考，不计分", "recorded, does not count";
    missing_zero = "未评按 0 分计", "counts as zero while missing";
    missing_left_out = "未评则不计入", "left out while missing";
    missing_blocks = "评完才能公布", "nothing is published before it is there";
    missing_provisional = "未评则结果暂定", "provisional while missing";
    to_rate = "待我评分（评分人）", "To rate";
    to_acknowledge = "备案抄送，待阅", "Filed copies to read";
    your_share = "您的评分", "Your ratings";
    not_scored = "未评", "Not scored";
    outcome = "执行情况", "Carried out";
    carried_out = "已执行", "Carried out";
    not_carried_out = "未执行", "Not carried out";
    efficiency = "时效", "Efficiency";
    quality = "质量", "Quality";
    score_note = "评分依据", "Reason or evidence";
    save_score = "保存评分", "Save score";
    running_total = "当前合计", "Running total";
    coefficient = "绩效系数", "Coefficient";
    publish = "公布结果", "Publish result";
    publish_title = "公布结果", "Publish the result";
    publish_sign = "确认公布", "Sign and publish";
    result = "考核结果", "Result";
    result_missing = "结果还没有公布", "The result is not published yet";
    result_missing_words =
        "上级评分并公布后，您会在这里看到结果和推算过程。",
        "Once your superior has judged and published, the result and how it came about stand here.";
    result_hidden = "这份结果您不能查看", "This result is not yours to see";
    result_hidden_words =
        "结果已公布，只给与它有关的人看。需要时请问本人或其上级。",
        "It is published, and shown to those who have a part in it. Ask the person or their superior.";
    derivation = "推算过程", "How it was calculated";
    revealed = "各评分人的评分", "What each rater stated";
    revealed_words =
        "考核办法规定公布后被考核人可见各评分人的评分和理由。",
        "After publication, the regime lets the person who was judged see what each rater stated and why.";
    rated_what = "事项或评分项", "Of what";
    rater = "评分角色", "Rates as";
    rated_by = "评分人", "Rater";
    rated_as = "评分", "Stated";
    rated_why = "理由", "Reason";
    recompute = "在本机重新推算", "Recompute on this device";
    recompute_same =
        "已在本机重新推算：结果与公布的完全一致。",
        "Recomputed on this device: it is identical with what was published.";
    recompute_differs =
        "本机推算与公布的结果不一致，请联系计划归口管理部门。",
        "Recomputing on this device gives another result; please tell the plan office.";
    total = "总分", "Total";
    step_sum = "各事项得分之和", "Sum of the items";
    step_sum_rule = "权重 × 系数，各项不取整", "weight × factor, parts are not rounded";
    step_rounded = "总分", "Total";
    step_rounded_rule = "合计只取整一次，四舍五入到 0.01", "rounded once, half up, to 0.01";
    step_scaled = "折算为满分", "Scaled to the whole";
    step_shared = "各类加权", "Sections by share";
    step_bonus = "加分", "Bonus";
    step_band = "绩效系数", "Coefficient";
    below_all_bands = "低于所有档次", "below every band";
    reported = "完成情况", "What was reported";
    next_plan = "下一份", "Next plan";
    previous_plan = "上一份", "Previous plan";
    no_previous_plan = "这是第一份待评分的计划", "This is the first plan to judge";
    no_next_plan = "这是最后一份待评分的计划", "This is the last plan to judge";
    level = "等级", "Level";
    by_facts = "由报告和目标值计算，无需打分。", "Computed from reports and the target; nothing has to be typed.";
    choose_level = "先选等级。", "Choose a level first.";
    choose_levels = "先选时效和质量。", "Choose efficiency and quality first.";
    type_points = "先填得分。", "Type the points first.";
}

sentences! {
    score_of(rater) = "{rater}评分", "Score as {rater}";
    missing_instead(rater) = "未评按{rater}的评分", "{rater} counts instead while missing";
    rates_as(roles, judge) =
        "您作为{roles}评分。您的评分交给{judge}，由其与其他评分一并公布。",
        "You rate as {roles}. What you say stands with {judge}, who publishes it together with the others.";
    reported_line(kind, percent, day) = "{kind} {percent}%，{day}", "{kind} {percent}%, {day}";
    items_judged(done, all) = "已评 {done} / {all} 项", "{done} of {all} judged";
    publish_binds(owner, total, coefficient) =
        "公布即签字：{owner}将看到总分 {total}、绩效系数 {coefficient} 和全部推算过程。",
        "Publishing is a signature: {owner} will see the total {total}, the coefficient {coefficient}, and how each figure came about.";
    step_item_rule(weight, factor) = "权重 {weight} × 系数 {factor}", "weight {weight} × factor {factor}";
    step_points_rule(weight) = "满分 {weight}，上级评分", "of {weight}, as the superior scored";
    step_scaled_rule(full, attainable) = "合计 × {full} ÷ {attainable}（其余事项下期评分）", "sum × {full} ÷ {attainable} (the other items are scored next time)";
    step_section_rule(attainable, share) = "得分 ÷ {attainable} × 100，占比 {share}", "points ÷ {attainable} × 100, share {share}";
    step_empty_section_rule(share) = "本期无评分事项，占比 {share}", "nothing scored this time, share {share}";
    step_shared_rule(shares) = "各类得分 × 占比之和 ÷ 参与占比 {shares}，不取整", "section × share, added up, ÷ shares in use {shares}, not rounded";
    step_bonus_rule(most) = "加分项合计，最多 {most}", "bonus items, at most {most}";
    step_band_rule(from) = "总分不低于 {from} 的档次", "band from {from} up";
    published_by(who, when) = "{who} 于 {when} 公布", "published by {who}, {when}";
    engine(version, digest) = "算法第 {version} 版 · 办法摘要 {digest}", "arithmetic version {version} · regime digest {digest}";
    target_line(target, measure) = "目标 {target}{measure}", "target {target}{measure}";
}
