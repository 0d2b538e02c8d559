//! Words of what-if: a past period under another regime.

words! {
    try_it = "用过去的周期试算", "Try on a past period";
    title = "试算", "What if";
    lead = "换一套考核办法，看过去一个周期里谁会得多少。", "Take another regime and see who would have got what in a past period.";
    nothing_activated = "这只是试算：没有启用任何办法，也没有改动任何结果。", "This is only a trial: nothing has been activated and no result has changed.";
    period = "周期", "Period";
    regime = "换成", "Under";
    draft = "草稿", "draft";
    preset = "预置", "preset";
    alternatives = "选用的变通", "Alternatives";
    whereabouts = "在哪里算", "Where";
    here = "这台设备", "This device";
    at_server = "服务器", "The server";
    run = "开始试算", "Try it";
    stop = "停止", "Stop";
    working = "正在试算", "Working";
    stopped = "已停止，没有留下任何东西。", "Stopped; nothing is left of it.";
    failed = "服务器没有算完。请稍后再试，或在这台设备上算。", "The server did not finish. Try again later, or on this device.";
    no_period = "还没有可以试算的周期。", "There is no period yet that could be tried.";
    no_regime = "请先选一套办法。", "Choose a regime first.";
    presets_unreachable = "连不上服务器，预置办法暂时不能选。", "The server cannot be reached, so presets cannot be chosen now.";
    nobody = "这个周期里没有您可以查看的结果。", "No result of this period is yours to see.";
    people = "人员", "People";
    units = "部门", "Units";
    unit = "部门", "Unit";
    person = "姓名", "Name";
    total = "总分", "Total";
    mean = "平均总分", "Mean total";
    grade = "等级", "Grade";
    coefficient = "系数", "Coefficient";
    coefficients = "系数合计", "Coefficients";
    pay = "工资", "Pay";
    changed = "有变化", "Changed";
    apart_count = "不能比较", "Not comparable";
    then = "原来", "Then";
    now = "试算", "Now";
    difference = "相差", "Difference";
    apart = "不能比较的人", "Who cannot be compared";
    apart_lead = "缺的事实当时没有人记录；程序不猜。", "The facts that are missing were recorded by nobody then; the program does not guess.";
    reason = "原因", "Why";
    export = "导出 CSV", "Export CSV";
    converted = "按折算分", "Converted";
    converted_why = "当时按等次评，这里按等次对应的分数计。", "Levels were given then; here they count as the points that they earned.";
    not_assessed = "免考", "Not assessed";
    provisional = "暂定", "Provisional";
    spread = "系数分布：原来与试算", "Coefficients, then and now";
    no_difference = "没有人有变化。", "Nothing changes for anybody.";

    nobody_compared = "没有人可以比较，原因见下。", "Nobody can be compared; the reasons stand below.";
    also = "；", "; ";

    no_result = "没有已公布的结果", "no result is published";
    not_covered = "不在这套办法的适用范围", "the other regime does not cover this plan";
    absence = "缺勤的算法不同", "absence counts otherwise";
    parts = "周期内分段的算法不同", "parts of a period count otherwise";
    assessed_days = "考核起止日不同", "other days are assessed";
    weights = "权重合计不同", "weights add up to something else";
    category = "事项没有对应的类别", "an item has no such category";
    source = "事项没有对应的来源", "an item has no such source";
    must = "没有记录事项是否必须完成", "whether an item must be done was not recorded";
    target = "没有记录目标的种类", "the kind of target was not recorded";
    importance = "没有记录重要性系数", "no importance coefficient was recorded";
    outside = "这套办法没有计划外的事项", "the other regime knows no tasks outside the total";
    lateness = "没有按这套办法记录逾期", "lateness was not recorded as it is asked";
    reached = "没有记录完成程度", "the degree reached was not recorded";
    measure = "没有要用的指标", "a measure is missing";
    step = "环节的时限不同", "a step had another deadline";
    result = "要用的其他结果没有", "the result of another is missing";
    decided = "没有评定的等级", "no grade was decided";
    cohort = "同组有人不能比较", "somebody of the same cohort cannot be compared";
    tie = "名额处同分，要由上级排序", "people stand equal where places end; a superior would order them";
    ceiling = "平均分超过上限，要退回评分人", "the average is above the ceiling; the judge would get it back";
}

sentences! {
    progress(done, of) = "{done} / {of} 份计划", "{done} of {of} plans";
    summary(people, changed) = "比较了 {people} 人，{changed} 人的等级或系数会变。", "Compared: {people}; the grade or coefficient changes for {changed}.";

    summary_apart(count) = "{count} 人不能比较。", "Cannot be compared: {count}.";
    without(tariffs) = "当时还没有这些扣分标准，按没有记录计：{tariffs}。", "These tariffs did not exist then and count as without entries: {tariffs}.";
    from_to(then, now) = "{then} → {now}", "{then} → {now}";
    more(count) = "另有 {count} 人，见导出的表。", "{count} more are in the exported sheet.";
    section(key) = "没有“{key}”这个部分", "there is no section {key}";
    rater(key) = "没有请{key}评分", "{key} was not asked to rate";
    judgement(key) = "没有按“{key}”的方式评过", "nobody judged in the way of {key}";
    level(key) = "没有“{key}”这个等次", "there is no level {key}";
    typed(names) = "当时没有评过：{names}", "not judged then: {names}";
    all_lack(reasons) = "所有人都一样，{reasons}。", "The same for everybody; {reasons}.";
    bar(coefficient, then, now) = "系数 {coefficient}：原来 {then} 人，试算 {now} 人", "Coefficient {coefficient}: {then} people then, {now} now";
    most_changed(name, then, now) = "变化最大的是{name}：系数 {then} → {now}。", "The greatest change is that of {name}: coefficient {then} → {now}.";
}
