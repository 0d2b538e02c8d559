//! Words about periods, their deadlines, sealing, and late acts.

words! {
    periods = "考核周期", "Periods";
    open_period = "开启周期", "Open a period";
    open_period_hint =
        "下一周期可以在本周期进行中开启，先编下期计划；本期归档前不影响编制。",
        "The next period can be opened while this one runs, so that its plans are drafted in time.";
    first_period_hint =
        "当月计划的提交时限通常在上月底；现在开启当月，计划会显示逾期。想从下月开始，改成下月 1 日。",
        "Plans of a month are usually due before it begins, so this month's are shown as late. To begin with the next, choose its first day.";
    no_periods = "还没有开启的周期", "No period is open yet";
    no_periods_words =
        "周期是一段要编计划、要考核的时间，例如一个月。开启后，各部门就能编制计划。",
        "A period is a span for which plans are made and judged, such as a month. Once it is open, units can draft their plans.";
    first_day = "第一天", "First day";
    last_day_custom = "最后一天（仅自定义周期）", "Last day (custom spans only)";
    custom_needs_last_day = "自定义周期需要填写最后一天。", "A custom span needs its last day.";
    regime = "考核办法", "Regime";
    regimes = "考核办法", "Regimes";
    no_regime = "还没有考核办法", "No regime is adopted yet";
    no_regime_words =
        "在下面的“现成的办法”里选用一个，或新建一个，然后即可开启周期。",
        "Adopt one of the shipped regimes below, or write one, to open periods under it.";
    adopt_regime = "采用", "Adopt";
    adopted = "已采用", "Adopted";
    presets = "现成的办法", "Shipped regimes";
    presets_words =
        "取自公开的企业制度，注明了出处；选一个，看过要点再采用。",
        "Taken from rules that companies published, with their sources. Look at one before you adopt it.";
    list_presets = "列出现成的办法", "List the shipped regimes";
    look_at = "查看", "Look";
    other_readings = "原文可以有别的理解，需要时勾选", "Other readings of the source; tick what you want";
    readings_exclude = "勾选的几项不能同时采用，请去掉一项。", "The ticked readings exclude each other; take one away.";
    may_not =
        "只有计划归口管理部门和管理员可以开启周期、采用办法。",
        "Only the plan office and administrators open periods and adopt regimes.";
    running = "进行中", "Running";
    ahead = "未开始", "Ahead";
    over = "已结束", "Over";

    deadlines = "各步骤时限", "Deadlines";
    unit = "按部门日历", "By the calendar of";
    step_submission = "提交计划", "Plans handed in";
    step_self_score = "自评", "Self scores";
    step_superior_score = "上级评分", "Superior's scores";
    step_filing = "报送备案", "Filed and handed on";
    step = "步骤", "Step";
    until = "截止时刻", "By";
    time_left = "剩余工作时间", "Working time left";
    passed = "已过", "Passed";
    not_announced = "暂估，安排未公布", "Provisional";

    missing_notice = "等级尚未公示", "The list is not made public yet";
    standing = "计划进展", "Where the plans stand";

    acts = "周期办理", "Acts on the period";
    no_acts = "还没有办理记录。", "Nothing has been done yet.";
    next_act = "下一步", "Next";
    act = "办理事项", "Act";
    opened = "周期开启", "Opened";
    submission_closed = "提交截止", "Submission closed";
    judging_closed = "评分截止", "Judging closed";
    open_not_settled = "名额未核定", "Cohort not settled";
    settled = "结果确定", "Results settled";
    published = "结果公示", "Results published";
    all_sealed = "全部归档", "All sealed";
    corrected = "开启更正", "Correction round";
    nothing_open = "没有未了事项", "Nothing is open";
    claims_first = "有逾期待认定的事项，考核办法要求先认定。", "Late acts wait for their decision, and the regime wants that first.";
    is_done = "已办理", "Done already";
    binds_submission = "截止后不再接收首次提交；退回修改的可以再交。需要补交时，另开一轮更正。", "After this no plan is handed in for the first time; one that was returned may come again. A correction round opens it.";
    binds_judging = "截止后不再评分和公布结果。需要更正时，另开一轮更正。", "After this nothing is scored or published. A correction round opens it.";
    binds_correction = "重新允许提交和评分；已归档的结果保留，更正另成新版本。", "Handing in and judging are open again; sealed results stay, a correction becomes a version beside them.";
    binds_note = "记录这一步已经完成，列入周期记录。", "Notes that this step is done, in the period's record.";
    open_unseen = "计划不在本机", "Its plans are not on this device";
    open_no_plan = "没有计划", "No plan";
    open_not_handed_in = "未提交", "Not handed in";
    open_not_signed = "待审签", "Waits for a signature";
    open_not_split = "未分解", "Not split";
    open_change = "调整待决定", "Change not decided";
    open_claim = "逾期待认定", "Late claim undecided";
    open_not_judged = "未评分公布", "Not judged";
    open_not_answered = "告知未了结", "Notice not settled";
    open_not_sealed = "未归档", "Not sealed";
    nested = "上下周期", "Periods around this one";
    belongs_to = "上级周期", "Belongs to";
    belongs_here = "下级周期", "Belongs here";
    happened = "本人所报日期", "Happened, as reported";
    decider = "认定人", "Decided by";
    evidence = "佐证", "Evidence";

    no_plans = "这个周期还没有计划", "No plan is made for this period yet";
    unit_of_results = "部门", "Unit";
    show_results = "查看归档", "Results";
    seal = "锁定归档", "Seal";
    sealing = "锁定归档", "Sealing";
    seal_unit = "归档本部门已就绪的", "Seal what is ready here";
    seal_company = "归档全部已就绪的", "Seal all that is ready";
    seal_sign = "确认归档", "Sign and seal";
    seal_words =
        "归档后结果不再改变；之后的更正另成新版本，旧版本保留。按人、按部门归档，不必等别人。需要服务器当场确认。",
        "A sealed result never changes; a later correction becomes a version beside it. Each person, or each unit, without waiting for others; the server is asked at once.";
    sealed = "已归档", "Sealed";
    ready = "可以归档", "Ready";
    not_ready = "尚不能归档", "Not ready";
    none_ready = "还没有已就绪的结果", "No result is ready yet";
    nothing_ready = "本部门没有已就绪的结果", "Nothing is ready in this unit";
    missing_other = "这台设备没有全部所需的数据，请联网同步", "This device does not hold all that it takes; sync first";
    seal_office = "只有计划归口管理部门可以归档。", "Only the plan office seals.";
    progress = "归档进度", "Sealed so far";
    assessed = "已考核", "Assessed";
    not_assessed = "免考", "Not assessed";
    provisional = "暂定", "Provisional";

    lateness = "逾期待认定", "Lateness claims";
    lateness_words =
        "以下事项收到时已过时限，但设备记录显示是按时做的。由您认定是否算按时。",
        "These arrived after their deadline, and the device claims that they were made in time. You decide whether they count as on time.";
    nothing_late = "没有待认定的逾期", "Nothing waits for your decision";
    nothing_late_words =
        "离线按时完成、联网后才收到的提交、报告和自评会出现在这里。",
        "What was done offline in time and received late appears here.";
    decided_before = "已认定", "Decided";
    act_submission = "提交计划", "Plan handed in";
    act_report = "完成报告", "Completion report";
    act_self_score = "自评", "Self score";
    claimed = "设备记录时间", "Made, as the device says";
    received = "服务器收到时间", "Received by the server";
    deadline = "时限", "Deadline";
    difference = "设备时间与收到时间相差", "Between the two";
    deadline_provisional = "时限按未公布的安排估算", "The deadline was reckoned before the year's notice";
    accept = "认定按时", "Count as on time";
    refuse = "认定逾期", "Count as late";
    accepted = "按时", "On time";
    refused = "逾期", "Late";
    reason = "理由", "Reason";
    reason_hint = "写明依据，当事人会看到。", "Say why; the person reads it.";
}

sentences! {
    were_open(count) = "当时有 {count} 件未了", "{count} were open then";
    still_open(count) = "还有 {count} 件未了。仍要办理，请写明理由，将随记录保存。", "{count} things are still open. Say why it is done all the same; that is kept with it.";
    and_more(count) = "另有 {count} 件", "and {count} more";
    timer(act, when) = "{act}：{when} 自动办理", "{act}: by itself at {when}";
    timer_waits(act, when) =
        "{act}：{when} 应自动办理，但还没有办。开启人已离任，或有事项须先认定，请手工办理。",
        "{act} was due by itself at {when} and waits: who opened the period holds the office no more, or something is to be decided first. Do it by hand.";
    files(count) = "{count} 件", "{count}";
    lateness_waits(count) = "{count} 件逾期待您认定", "{count} late acts wait for your decision";
    times(count) = "× {count}", "× {count}";
    sealed_of(done, all) = "已归档 {done} / {all}", "{done} of {all} sealed";
    seal_binds(owner, total, coefficient) =
        "归档即签字：{owner}的结果总分 {total}、绩效系数 {coefficient}，从此不再改变。",
        "Sealing is a signature: the result of {owner}, total {total}, coefficient {coefficient}, never changes again.";
    seal_binds_without(owner, assessment, coefficient) =
        "归档即签字：{owner}本期{assessment}，绩效系数 {coefficient}，这一版从此不再改变。",
        "Sealing is a signature: {owner}, {assessment} this time, coefficient {coefficient}; this version never changes again.";
    seal_binds_many(count, units) =
        "归档即签字：{units} 个部门的 {count} 份结果从此不再改变。由服务器逐部门办理，其间这些计划不能改动；中断后会自动继续。",
        "Sealing is a signature: {count} results of {units} units never change again. The server does it unit by unit, their plans hold still meanwhile, and it goes on by itself after an interruption.";
    seal_left(sealed, all) =
        "已归档 {sealed} / {all}；其余未被接受，原因见同步中心。",
        "{sealed} of {all} are sealed; the others were refused, the sync centre says why.";
    missing_part(unit) = "缺少在{unit}期间的计划", "no plan for the time in {unit}";
    missing_publication(unit) = "{unit}：结果尚未公布", "{unit}: the result is not published";
    missing_delivery(unit) = "{unit}：结果尚未送达本人", "{unit}: the result is not delivered";
    missing_answer(unit, day) = "{unit}：本人尚未签字，异议期到 {day}", "{unit}: not signed yet; it can be objected to until {day}";
    missing_decision_delivery(unit) = "{unit}：异议或申诉的答复尚未送达本人", "{unit}: a decision is not delivered to the person";
    missing_appealing(unit, day) = "{unit}：可以申诉或复核到 {day}", "{unit}: it can be appealed until {day}";
    missing_appeal(unit) = "{unit}：申诉或复核尚未处理", "{unit}: an appeal is not decided";
    missing_decision(unit) = "{unit}：异议尚未处理", "{unit}: an objection is not decided";
    coefficient_of(coefficient) = "系数 {coefficient}", "coefficient {coefficient}";
    version(number) = "第 {number} 版", "version {number}";
    working_hours_left(hours) = "{hours} 小时", "{hours} h";
    working_left(hours, minutes) = "{hours} 小时 {minutes} 分", "{hours} h {minutes} min";
    hours_and_minutes(hours, minutes) = "{hours} 小时 {minutes} 分钟", "{hours} h {minutes} min";
    decided_by(who, when) = "{who} 于 {when} 认定", "decided by {who}, {when}";
}
