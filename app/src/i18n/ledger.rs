//! Words about the ledger: entries, their answers, the activity fund.

use shared::ledger::EntryState;
use shared::regime::tariff::Legal;

words! {
    ledger = "奖惩台账", "Ledger";
    ledger_words =
        "扣分和奖励先提出，再确认，由本人答复；改正只用冲销记录。这里不扣工资。",
        "Deductions and rewards are proposed, confirmed and answered by the person; a mistake is reversed by a separate entry. Nothing here is taken from pay.";
    own_entries = "我的奖惩记录", "My deductions and rewards";
    entry = "台账记录", "ledger entry";
    entries = "记录", "Entries";
    tariff = "扣分标准", "tariff";
    tariffs = "扣分标准", "Tariffs";
    tariff_sheet = "扣分标准表", "tariff sheet";
    no_entries = "没有记录", "No entries";
    no_entries_words =
        "符合筛选条件的扣分或奖励会显示在这里。",
        "Deductions and rewards that match the filters appear here.";
    no_own_words =
        "涉及您的扣分或奖励提出后会显示在这里，您可以认可或提出异议。",
        "What is proposed about you will stand here, to accept or to dispute.";
    not_there =
        "此人在所选周期内不在这个部门任职。请改选周期，或按任职部门选择。",
        "This person had no post in that unit in the chosen period. Choose another period, or the person by the post of that time.";
    no_tariffs =
        "还没有可用的扣分标准：先采用一份扣分标准表，或采用带扣分标准的考核办法。",
        "There are no tariffs yet: adopt a tariff sheet, or a regime with tariffs.";
    may_not_see =
        "台账由计划归口管理部门、人力资源、薪酬和部门负责人查看；您自己的记录在“我的”。",
        "The ledger is seen by the plan office, personnel, payroll and heads; your own entries are under Me.";
    propose = "提出扣分或奖励", "Propose an entry";
    propose_short = "提出", "Propose";
    confirm = "确认", "Confirm";
    confirm_several = "逐条勾选后一并确认", "Confirm several";
    confirm_chosen = "确认所选", "Confirm those";
    choose_entries = "请勾选要确认的记录。", "Tick the entries that you confirm.";
    refuse = "不予确认", "Refuse";
    uphold = "维持原记录", "Let it stand";
    reverse = "冲销", "Take back";
    answer = "本人答复", "Answer";
    accept = "认可", "Accept";
    dispute = "有异议", "Dispute";
    person = "责任人", "Who bears it";
    about = "行为人", "Whose act";
    clause = "条款", "Clause";
    facts = "事实", "What happened";
    facts_hint =
        "写清时间、地点、经过，本人会看到。",
        "When, where and what: the person reads it.";
    happened = "发生日期", "Happened on";
    count = "数量", "How many";
    count_hint = "按小时、按天计的填满的小时数、天数；其余填 1。", "Full hours or days where the tariff counts them, otherwise 1.";
    points = "分值", "Points";
    points_hint = "只在标准给出范围时填写。", "Only where the tariff leaves a range.";
    money = "金额", "Money";
    plan = "计划", "Plan";
    item = "事项", "Item";
    reason = "理由", "Reason";
    reason_optional = "说明", "Note";
    proposed = "提出", "Proposed";
    confirmed = "确认", "Confirmed";
    refused = "不予确认", "Refused";
    upheld = "维持", "Let stand";
    state_proposed = "待确认", "proposed";
    state_confirmed = "已确认", "confirmed";
    state_refused = "不予确认", "refused";
    state_reversed = "已冲销", "taken back";
    state_reversal = "冲销记录", "takes another back";
    answered_accepted = "本人认可", "accepted";
    answered_disputed = "本人有异议", "disputed";
    not_answered = "本人未答复", "not answered";
    legal_points = "考核扣分", "points off";
    legal_compensation = "损失赔偿", "compensation";
    legal_donation = "乐捐", "donation";
    legal_reward = "奖励", "reward";
    legal_record = "仅作记录", "record only";
    money_off = "金额未启用，只计分", "money off, points only";
    to_be_set = "金额待定", "amount to be set";
    sum = "合计", "Total";
    found = "系统查到的", "Found by the program";
    found_words =
        "逾期、未完成、未交计划，按扣分标准列出；由您决定是否提出。",
        "Late, undone, not handed in, by the tariffs; you decide what is proposed.";
    found_late_plan = "计划逾期提交", "The plan was handed in late";
    found_not_handed_in = "计划到期未提交", "The plan was not handed in by its deadline";
    found_item_late = "事项逾期完成", "An item was completed late";
    found_unfair = "抽查认定考核不公", "A spot check found it judged unfairly";
    found_undone = "事项到期未完成", "An item was not done when it was due";
    binds_confirm =
        "确认后计入当期结果，并通知本人；改正只能用冲销记录。",
        "A confirmed entry counts in the period's result and the person is told; it can only be reversed by a separate entry.";
    binds_reverse =
        "将新增一条冲销记录；原记录保留。",
        "This adds an entry that takes it back; the first one stays to be read.";
    filter_state = "状态", "State";
    filter_all = "全部", "All";
    filter_open = "待处理", "To do";
    filter_period = "考核周期", "Period";
    filter_unit = "部门", "Unit";
    all_units = "全部部门", "All units";
    fund = "活动经费", "Activity fund";
    fund_words =
        "由记录归集、由谁使用，公布给所有人；不公布姓名。",
        "What entries brought in and what was spent, published to everybody without names.";
    no_fund = "没有设立活动经费", "There is no fund";
    no_fund_words =
        "采用设有活动经费的扣分标准表后，收支会公布在这里。",
        "Once a tariff sheet with a fund is adopted, what comes in and goes out is published here.";
    fund_balance = "结余", "Balance";
    fund_collected = "归集", "Collected";
    fund_spent = "支出", "Spent";
    no_lines = "还没有公布过收支", "Nothing has been published yet";
    publish_collected = "公布归集", "Publish what came in";
    publish_spent = "公布支出", "Publish what was spent";
    spent_amount = "支出金额（元）", "Amount (yuan)";
    spent_on = "用途", "Spent on";
    publish_binds =
        "公布后所有人可见，不能更改。",
        "Once published everybody sees it, and it is never changed.";
    adopt_sheet = "采用扣分标准表", "Adopt a tariff sheet";
    adopt_short = "采用", "Adopt";
    adopted = "已采用", "adopted";
    adopt_binds =
        "采用后，表中的标准即可用于提出记录；金额默认不启用，只计分。",
        "Once adopted, its tariffs can be proposed from; money is off, only points count.";
    sheet = "标准表", "Sheet";
    limit_evidence = "一条台账记录的佐证材料数", "pieces of evidence of an entry";
    limit_entries = "每部门每周期的台账记录", "entries of a unit and period";
    limit_units = "一次公布的部门", "units of one publication";
    did_adopt_tariffs = "采用扣分标准表", "Adopted a tariff sheet";
    did_propose_entry = "提出台账记录", "Proposed a ledger entry";
    did_confirm_entry = "确认台账记录", "Confirmed a ledger entry";
    did_refuse_entry = "不予确认台账记录", "Refused a ledger entry";
    did_accept_entry = "认可台账记录", "Accepted a ledger entry";
    did_dispute_entry = "对台账记录提出异议", "Disputed a ledger entry";
    did_reverse_entry = "冲销台账记录", "Took a ledger entry back";
    did_publish_fund = "公布活动经费", "Published the activity fund";
    own_entry =
        "这条记录涉及您本人，不能由您确认或冲销。请由标准指定的其他人，或您的上级处理。",
        "This entry is about you, so you do not decide about it. Somebody else whom the tariff names does, or your superior.";
    nothing_to_publish =
        "上次公布之后没有新的归集。记录确认后再公布。",
        "Nothing has come in since the last publication. Publish again once entries are confirmed.";
}

sentences! {
    had_post_until(post, day) = "{post}，到 {day}", "{post}, until {day}";
    entry_decided(state) =
        "这条记录{state}，不能再这样处理。同步后查看最新状态。",
        "This entry is {state}, so this can be done no more. Sync to see where it stands.";
    fund_too_small(balance) =
        "活动经费结余 {balance} 元。支出须大于 0 且不超过结余。",
        "The fund holds {balance} yuan. Enter more than 0 and no more than that.";
    points_off(points) = "−{points} 分", "−{points} points";
    points_on(points) = "+{points} 分", "+{points} points";
    yuan(amount) = "{amount} 元", "{amount} yuan";
    nth(nth) = "第 {nth} 次", "time {nth}";
    times(count) = "× {count}", "× {count}";
    answer_until(day) = "可在 {day} 前提出异议", "Can be disputed until {day}";
    reverses(what) = "冲销：{what}", "Takes back: {what}";
    waiting(count) = "{count} 条待处理", "{count} to do";
    borne_for(who) = "因 {who} 的行为", "for what {who} did";
    late_by_hours(hours) = "逾期 {hours} 个工作小时", "{hours} working hours late";
    late_by_days(days) = "逾期 {days} 天", "{days} days late";
    collected_of(count) = "{count} 条记录", "{count} entries";
    range_of(least, most) = "{least} 至 {most}", "{least} to {most}";
}

/// The word for where an entry stands.
pub(crate) fn state(state: EntryState) -> &'static str {
    match state {
        EntryState::Proposed => state_proposed(),
        EntryState::Confirmed => state_confirmed(),
        EntryState::Refused => state_refused(),
        EntryState::Reversed => state_reversed(),
        EntryState::Reversal => state_reversal(),
    }
}

/// The word for what an entry is in law.
pub(crate) fn legal_word(legal: Legal) -> &'static str {
    match legal {
        Legal::Points => legal_points(),
        Legal::Compensation => legal_compensation(),
        Legal::Donation => legal_donation(),
        Legal::Reward => legal_reward(),
        Legal::Record => legal_record(),
    }
}
