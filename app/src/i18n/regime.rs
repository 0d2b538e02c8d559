//! Words in which a regime is read.

words! {
    lead = "考核办法以数据保存，程序按它执行。标有“产品默认”的是原办法没有写明、由产品补上的值。",
        "The regime is data that the program follows. “House default” marks what the source does not say and the product supplies.";
    source = "来源", "Source";
    digest = "摘要", "Digest";
    used_in = "适用周期", "Used in";
    plan_rules = "概要", "In short";
    period_kind = "周期", "Period";
    kind_day = "日", "Day";
    kind_week = "周", "Week";
    kind_month = "月", "Month";
    kind_quarter = "季度", "Quarter";
    kind_half_year = "半年", "Half-year";
    kind_year = "年", "Year";
    kind_custom = "自定义", "Any span";
    sections = "工作类别", "Sections";
    empty_drops_out = "没有事项的类别不计，其余按比例放大。", "A section without items drops out, and the others are scaled up.";
    empty_zero = "没有事项的类别按 0 分计。", "A section without items counts as zero.";
    weights = "权重", "Weights";
    weights_free = "权重不要求合计。", "Weights need not add up.";
    required = "提交前必填", "Needed before submission";
    nothing_required = "没有必填项", "nothing";
    bonus = "加分项", "Bonus items";
    no_bonus = "没有加分项。", "There are none.";
    deadlines = "时限", "Deadlines";
    month_before = "周期前一个月", "the month before";
    month_within = "周期当月", "the month itself";
    month_after = "周期后一个月", "the month after";
    shift_back = "遇休息日提前", "moves to the working day before";
    shift_forward = "遇休息日顺延", "moves to the next working day";
    shift_stay = "遇休息日不变", "stays on a day off";
    close_of_work = "下班前", "close of work";
    lateness = "逾期", "Late acts";
    receipt_only = "只看服务器收到的时间。", "Only the server's receipt counts.";
    decider_superior = "由上级认定", "the superior decides";
    decider_office = "由计划归口管理部门认定", "the plan office decides";
    changes = "计划调整", "Changes after approval";
    force_majeure = "过了时限的，只有不可抗力由间接上级同意。", "After the due day only for force majeure, by the indirect superior.";
    no_force_majeure = "过了时限不再调整。", "After the due day nothing is changed.";
    judging = "评分", "Judging";
    matrix = "按时效等级和质量等级查表，得到权重的系数。", "An efficiency and a quality level give a factor of the item's weight.";
    matrix_levels = "时效 \\ 质量", "Efficiency \\ quality";
    points = "每个事项评 0 到权重之间的分，由评分标准提出建议。", "Each item gets points from 0 to its weight, proposed by its scoring rule.";
    tracked = "只跟踪，不评分。", "Tracked and never judged.";
    assessed = "考核范围", "Assessed days";
    assessed_all = "周期内的全部日期。", "All days of the period.";
    result = "结果", "Result";
    rounding = "合计只取整一次，四舍五入到 0.01 分；按印出的分数查档。", "The total is rounded once, half up, to 0.01; the band looks at the printed figure.";
    bands = "档次与绩效系数", "Bands and coefficients";
    band_from = "总分不低于", "Total from";
    coefficient = "绩效系数", "Coefficient";
    below = "低于各档", "Below all bands";
    people = "人员变动", "Part of a period";
    provisional = "上级评分缺失", "Superior's score missing";
    objection = "异议", "Objection";
    house_default = "产品默认", "House default";
    not_found = "没有这个考核办法", "There is no such regime";
}

sentences! {
    share_of(percent) = "占 {percent}%", "{percent} % of the total";
    weights_plan(total) = "一份计划的权重合计 {total} 分。", "The weights of a plan add up to {total}.";
    weights_section(total) = "每个类别的权重合计 {total} 分。", "The weights of each section add up to {total}.";
    most_bonus(points) = "加分项最多 {points} 分。", "Bonus items add at most {points} points.";
    on_day(month, day, time) = "{month} {day} 日 {time}", "day {day} of {month}, {time}";
    grace(hours, decider) = "收到时逾期不超过 {hours} 小时、设备记录为按时的，{decider}。", "Received at most {hours} hours late and made in time as the device says: {decider}.";
    free_until(days) = "完成时限前 {days} 天之外可自由申请；{days} 天之内要说明并附依据。", "Free until {days} days before the due day; inside them flagged, with evidence.";
    assessed_from(from, to) = "上月 {from} 日至本月 {to} 日；之后到期的下期评。", "From day {from} of the month before to day {to}; what is due later is scored next time.";
    absent(percent, coefficient) = "缺勤超过工作日 {percent}% 的免考，系数 {coefficient}。", "Away for more than {percent} % of the working days: not assessed, coefficient {coefficient}.";
    parts(days) = "调动的，各部门各评各的部分，按工作日加权；不足 {days} 个工作日的部分不计。", "After a transfer each head judges his part, weighed by working days; parts under {days} days drop out.";
    paid_provisional(coefficient) = "间接上级代评；仍缺的按系数 {coefficient} 暂定，下月结清差额。", "The indirect superior scores; else a provisional coefficient {coefficient}, settled next month.";
    objection_days(days) = "送达后 {days} 个工作日内可以提出异议。", "Within {days} working days of its proven delivery.";
    floats(percent) = "工资的 {percent}% 随绩效系数浮动。", "{percent} % of pay floats with the coefficient.";
    factor_not_carried_out(factor) = "未执行的系数为 {factor}。", "Not carried out: factor {factor}.";
}
