//! Words about cohorts, their places and equals; about indicators and grades by decision.

words! {
    cohorts = "名额与平均分", "Places and averages";
    cohorts_words =
        "同一范围的人都出结果后一起核定：先看平均分上限，再按名额排。核定前本人看到的等级是预计的。",
        "Once everybody of a cohort has a result they are settled together: the ceiling first, then the places. Until then a grade is preliminary.";
    cohort = "参评范围", "Cohort";
    company = "全公司", "The whole company";
    settle = "核定结果", "Settle";
    settle_sign = "签字核定", "Sign and settle";
    settled = "已核定", "Settled";
    open = "有未了事项", "Open";
    not_held = "本设备没有全部数据，请由计划归口管理部门核定。", "This device does not hold all of it; the plan office settles it.";
    nothing_here = "还没有人有本期计划。", "Nobody has a plan of this period yet.";
    settle_office = "由计划归口管理部门核定。", "The plan office settles cohorts.";
    open_first = "先处理上面的未了事项。", "Settle what is open first.";
    is_settled = "这个范围已经核定。", "This cohort is settled already.";
    too_small = "人数不足，不设名额", "Too few heads for places";
    over_quota = "超额", "Beyond the quota";
    by_quota = "按名额调整", "Moved by the quota";
    order = "定先后", "Say who comes first";
    order_sign = "确定先后", "Decide the order";
    reason = "理由", "Reason";
    give_back = "退回重评", "Give back";
    give_back_sign = "退回", "Give back";
    give_back_words = "退回后由评分人重新评分、公布，本人重新签字。", "It is judged, published and signed again.";
    others_order = "由考核办法指定的上级定先后。", "Whom the regime names says who comes first.";
    same_twice = "同一个人不能排两次。", "Nobody stands in the order twice.";
    department_open = "部门的结果尚未公布", "The department's result is not published";
    closing = "核定", "Settled with the cohort";
    closing_words =
        "本人的结果加上参评范围的人数、名额和分数线，就能重新计算；不含他人姓名和分数。",
        "One's own result with the heads, places and cut-off of the cohort recomputes it; nobody else's name or points stand here.";
    heads = "参评人数", "Heads";
    exempt = "免考人数", "Not assessed";
    rank = "名次", "Rank";
    ceiling = "平均分上限", "Ceiling of the average";
    indicators = "指标", "Indicators";
    indicators_words = "由计划归口管理部门、人力资源或评分人录入，本人不录自己的。", "Entered by the plan office, personnel or the judge; never by the owner.";
    enter = "录入", "Enter";
    reached = "完成值", "Reached";
    target = "目标值", "Target";
    target_hint = "不填时，完成值就是完成率，1 为全部完成。", "Left empty, the number is a degree itself, and 1 is all of it.";
    source = "数据来源", "Where it comes from";
    not_entered = "尚未录入", "Not entered yet";
    grade = "等级", "Grade";
    proposed = "建议等级", "Proposed";
    decided = "确定等级", "Decided";
    propose = "建议等级", "Propose a grade";
    decide = "确定等级", "Decide the grade";
    not_proposed = "尚未建议", "Nobody has proposed one";
    no_grade = "尚未确定", "Not decided yet";
    first = "第一位", "First";
    second = "第二位", "Second";
    third = "第三位", "Third";
    fourth = "第四位", "Fourth";
    fifth = "第五位", "Fifth";
    sixth = "第六位", "Sixth";
    seventh = "第七位", "Seventh";
    eighth = "第八位", "Eighth";
}

sentences! {
    people_of(person) = "{person}的下属", "{person}'s people";
    under(person) = "{person}名下各部门", "The units under {person}";
    heads_of(count) = "{count} 人", "{count} people";
    settled_of(done, all) = "已核定 {done} / {all}", "{done} of {all} settled";
    places(band, used, of) = "{band}：已用 {used} / {of} 个名额", "{band}: {used} of {of} places";
    cut_off(total) = "分数线 {total}", "cut-off {total}";
    tie(people, places) = "{people} 同分，只剩 {places} 个名额", "{people} stand equal; {places} of them find a place";
    passed(average, ceiling) = "平均分 {average}，超过上限 {ceiling}", "The average is {average}, above the ceiling of {ceiling}";
    average_of(average, ceiling) = "平均 {average}，上限 {ceiling}", "average {average}, at most {ceiling}";
    binds(count, moved) =
        "核定 {count} 人的结果，其中 {moved} 人按名额或平均分调整。核定后只能通过更正改变。",
        "Settles the results of {count} people, {moved} of them moved by places or the ceiling. After that only a correction round changes them.";
    reading(reached, target) = "{reached}（目标 {target}）", "{reached} of {target}";
    stated(level, person) = "{level} · {person}", "{level} · {person}";
    missing_result(unit) = "{unit}：所引用的结果尚未公布", "{unit}: the result it takes is not published";
    missing_cohort(unit) = "{unit}：名额与平均分尚未核定", "{unit}: its cohort is not settled";
    hanging(day) = "公示到 {day}", "It hangs until {day}";
}
