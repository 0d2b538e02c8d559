//! Words about payroll: pay bases, drawing and handing over a batch, slips.

use shared::payroll::{LineOf, Spot};
use shared::seal::Assessment;

words! {
    payroll = "工资移交", "Payroll hand-over";
    payroll_words =
        "按已归档的绩效系数核算浮动工资，核对后移交。移交后不再改动，之后的变化列入下一批补发或补扣。",
        "Performance pay is worked out from sealed coefficients, checked and handed over. A batch never changes after that; what changes later is back-pay or recovery in the next one.";
    may_not_see =
        "绩效工资基数和批次只由薪酬发放人员查看；您自己的在“我的工资单”。",
        "Pay bases and batches are seen by payroll alone; your own are under My payslips.";
    own_slips = "我的工资单", "My payslips";
    own_words =
        "您的绩效工资基数和每次移交的金额，以及金额是怎么来的。",
        "Your pay base, what was handed over for you each time, and how it comes about.";
    no_slips = "还没有工资单", "No payslips yet";
    no_slips_words = "批次移交后，您的明细会显示在这里。", "Once a batch is handed over, your lines stand here.";
    pay_month = "发放月份", "Pay month";
    unit = "部门", "Unit";
    all_units = "全部部门", "All units";
    draw = "本批核算", "This batch";
    pay_day = "发薪日", "Pay day";
    cut_off = "截止日", "Cut-off";
    house = "产品默认", "house default";
    heads = "人数", "Heads";
    sum_base = "基数合计", "Sum of bases";
    sum_coefficients = "系数合计", "Sum of coefficients";
    sum_amount = "金额合计", "Amount";
    control_totals = "控制总额", "Control totals";
    differences = "先看这些", "Look at these first";
    others = "其余人员", "Everybody else";
    left_out = "本批未列入", "Left out of this batch";
    nobody = "本月没有可移交的人员", "Nobody to hand over this month";
    nobody_words =
        "先录入绩效工资基数；结果归档后，或过了截止日，人员就会列在这里。",
        "Enter pay bases first. People stand here once their results are sealed, or the cut-off has passed.";
    not_held = "这台设备还没有取得全部数据，请先同步。", "This device does not hold everything yet; sync first.";
    month_over = "之后的月份已经移交，这个月的变化列入下一批。", "A later month was handed over; what changes in this one goes into the next batch.";
    hand_over = "移交", "Hand over";
    hand_over_sign = "确认移交", "Hand over and lock";
    note = "说明", "Note";
    download = "下载 CSV", "Download CSV";
    download_draft = "下载草稿 CSV", "Download draft CSV";
    look_through = "核对", "Check";
    batches = "已移交的批次", "Batches handed over";
    no_batches = "还没有移交过。", "Nothing was handed over yet.";
    whole = "控制总额和文件摘要核对一致", "Control totals and digest agree";
    not_whole = "控制总额或文件摘要不一致", "Control totals or digest differ";
    file_digest = "文件 SHA-256", "SHA-256 of the file";
    bases = "绩效工资基数", "Pay bases";
    base = "绩效工资基数", "Pay base";
    bases_words =
        "按生效日期保存，改动另记一条。只有薪酬发放人员和本人能看到。",
        "Each from a day on; a change is an entry of its own. Payroll and the person see it, nobody else.";
    no_bases = "还没有录入基数。", "No base is entered yet.";
    enter_base = "录入基数", "Enter a base";
    enter_bases = "批量粘贴", "Paste many";
    paste = "姓名和金额", "Names and amounts";
    paste_hint = "每行一人：姓名、逗号或制表符、每月金额（元）。", "One person a line: name, a comma or a tab, the month's amount in yuan.";
    person = "人员", "Person";
    amount = "每月金额（元）", "A month's, in yuan";
    from = "生效日期", "From";
    grounds = "依据", "On what grounds";
    enter = "保存", "Save";
    minimum = "最低工资标准", "Minimum wage";
    minimums_words =
        "当地最低工资标准；扣款和绩效浮动后不得低于它。没有录入时，要扣款的人员不列入批次。",
        "The local minimum wage, below which neither deductions nor what floats may take the pay. While none is entered, nobody from whom something would be taken is in a batch.";
    no_minimums = "还没有录入最低工资标准。", "No minimum wage is entered yet.";
    enter_minimum = "录入最低工资", "Enter a minimum wage";
    why_no_base = "没有绩效工资基数", "no pay base";
    why_no_minimum = "要扣款，但没有录入最低工资标准", "something would be taken, and no minimum wage is entered";
    spot_correction = "补发/补扣", "Correction";
    spot_capped = "封顶", "Capped";
    spot_provisional = "暂定", "Provisional";
    spot_not_assessed = "免考", "Not assessed";
    line_result = "浮动绩效工资", "Floating pay";
    line_back_pay = "补发", "Back-pay";
    line_recovery = "补扣", "Recovery";
    line_minimum = "补足最低工资", "Up to the minimum wage";
    line_reward = "奖励", "Reward";
    line_compensation = "赔偿", "Compensation";
    line_held_over = "赔偿留存", "Compensation held over";
    line_returned = "退还", "Returned";
    line_reward_taken = "收回奖励", "Reward taken back";
    nothing_to_pay =
        "没有人列入这一批。录入基数，或等结果归档后再移交。",
        "Nobody is in this batch. Enter bases, or hand over once results are sealed.";
    own_base =
        "您本人的基数由另一位薪酬发放人员录入。",
        "Your own base is entered by somebody else of the payroll office.";
    limit_named = "一批指定的部门和人员", "units and people named in one batch";
    did_enter_base = "录入绩效工资基数", "Entered a pay base";
    did_enter_minimum = "录入最低工资标准", "Entered a minimum wage";
    did_hand_over = "移交工资批次", "Handed a batch over to payroll";
    thing_base = "绩效工资基数", "pay base";
    thing_minimum = "最低工资标准", "minimum wage";

}

sentences! {
    yuan(amount) = "{amount} 元", "{amount} yuan";
    batch_of(number) = "第 {number} 批", "Batch {number}";
    people_of(count) = "{count} 人", "{count} people";
    binds(number, heads, amount) =
        "第 {number} 批：{heads} 人，合计 {amount} 元。移交后锁定，不能撤回或改动；之后的变化列入下一批。",
        "Batch {number}: {heads} people, {amount} yuan. It is locked once handed over and cannot be taken back or changed; what changes later goes into the next batch.";
    reckoned(base, share, coefficient) =
        "{base} 元 × {share}% × {coefficient}，四舍五入到分",
        "{base} yuan × {share}% × {coefficient}, rounded to the fen, half up";
    reckoned_less(base, share, coefficient, batch) =
        "应为 {base} 元 × {share}% × {coefficient}，减去第 {batch} 批及以前已付",
        "{base} yuan × {share}% × {coefficient} are due, less what was paid up to batch {batch}";
    corrects(batch) = "更正第 {batch} 批", "corrects batch {batch}";
    capped(amount) = "{amount} 元本月未扣，留待以后", "{amount} yuan could not be taken this month and stay open";
    from_version(version) = "结果第 {version} 版", "version {version} of the result";
    up_to_minimum(amount) = "最低工资标准 {amount} 元", "the minimum wage is {amount} yuan";
    at_most(share) = "每月最多扣当月工资的 {share}%", "at most {share}% of the month's pay in a month";
    why_not_sealed(period, day) = "{period} 尚未归档，{day} 截止后按暂定系数", "{period} is not sealed; provisional after the cut-off on {day}";
    from_day(day) = "{day} 起", "from {day}";
    rest(count) = "其余 {count} 人见文件", "{count} more are in the file";
    batch_taken(number) =
        "这个批次号已由他人先移交，您这一批没有移交。现在是第 {number} 批，请重新核对后移交。",
        "Somebody handed a batch over under this number first, so yours was not. The next is batch {number}: look through it and hand over again.";
    pay_month_over(month) =
        "{month} 已经移交，不能再为更早的月份出批次。变化会列入下一批补发或补扣。",
        "{month} was handed over, so no batch is made for an earlier month. What changed goes into the next batch as back-pay or recovery.";
    unknown_line(line) = "看不懂这一行，或没有这个人、有同名的人：{line}", "This line is not understood, or names nobody or several people: {line}";
}

/// The word for what a line is for.
pub(crate) fn line(of: LineOf) -> &'static str {
    match of {
        LineOf::Result(_) => line_result(),
        LineOf::BackPay(_) => line_back_pay(),
        LineOf::Recovery(_) => line_recovery(),
        LineOf::MinimumWage => line_minimum(),
        LineOf::Reward(_) => line_reward(),
        LineOf::Compensation(_) => line_compensation(),
        LineOf::HeldOver(_) => line_held_over(),
        LineOf::Returned(_) => line_returned(),
        LineOf::RewardTaken(_) => line_reward_taken(),
    }
}

/// The word for why a slip is looked through first.
pub(crate) fn spot(spot: Spot) -> &'static str {
    match spot {
        Spot::Correction => spot_correction(),
        Spot::Capped => spot_capped(),
        Spot::Provisional => spot_provisional(),
        Spot::NotAssessed => spot_not_assessed(),
    }
}

/// The word for a coefficient that is not a result's; none where it is.
pub(crate) fn basis(basis: Option<Assessment>) -> Option<&'static str> {
    match basis? {
        Assessment::Assessed => None,
        Assessment::NotAssessed => Some(spot_not_assessed()),
        Assessment::Provisional => Some(spot_provisional()),
    }
}
