//! Words about deadlines, entries on behalf, scoring on behalf, and what follows a publication.

words! {
    on_time = "按时", "On time";
    late = "逾期", "Late";
    late_claimed = "收到已逾期，称按时完成：待认定", "Received late, says it was in time: to be decided";
    late_accepted = "认定为按时", "Counts as on time";
    late_refused = "认定为逾期", "Counts as late";
    not_announced = "当年放假安排尚未公布", "the year's public holidays are not announced yet";
    reason = "原因", "Reason";

    entry = "代录", "Entry on behalf";
    entry_for = "代谁录入", "Whose act it is";
    entry_reason = "代录原因", "Why it is entered on behalf";
    entry_paper = "有本人签字的纸质记录", "A signed paper is at hand";
    entry_with_paper = "附签字纸质记录", "with a signed paper";
    entry_words =
        "代录只记录事实，不代表本人签字；本人可以确认或否认。",
        "An entry on behalf states facts and signs nothing; the person confirms or denies it.";
    entry_send = "代为录入", "Enter on behalf";
    entry_open = "本人确认待定", "Not confirmed by the person yet";
    entry_confirmed = "本人已确认", "Confirmed by the person";
    entry_denied = "本人否认", "Denied by the person";
    entry_confirm = "属实", "It is so";
    entry_deny = "不属实", "It is not so";
    entries_to_confirm = "有人代我录入，请确认", "Entered on my behalf: is it so?";

    points = "得分", "Points";
    use_proposal = "采用建议分", "Use the proposal";
    proposal = "按评分标准建议", "Proposed by the scoring rule";
    copy_self = "采用自评", "Take the self score";
    outside_range = "不在本期考核范围内", "Outside the assessed range";
    outside_range_words =
        "完成时限在考核截止日之后，下期评分。",
        "Due after the cut-off: scored in the next period.";
    judging_on_behalf = "代评", "Scoring on behalf";
    to_sign = "待我签字的结果", "Results to sign";
    to_decide = "待我答复的异议", "Objections to decide";
    to_score_on_behalf = "待我代评", "To score on behalf";

    version = "版本", "Version";
    delivered = "送达", "Delivered";
    not_delivered = "尚未送达", "Not delivered yet";
    delivered_opened = "本人登录查看", "opened by the person";
    delivered_pin = "本人在共用设备输入 PIN", "own PIN at the shared device";
    delivered_paper = "签收纸质结果", "a signed paper";
    delivered_refused = "拒绝签收，两名见证人在场", "refused to sign before two witnesses";
    by_paper = "本人签收纸质结果", "Signed paper";
    by_refusal = "拒绝签收（两名见证人）", "Refused to sign (two witnesses)";
    deliver = "登记送达", "Note the delivery";
    deliver_how = "送达方式", "How it was delivered";
    deliver_words =
        "异议期从证实送达之日起算。",
        "The window to object begins with proven delivery.";
    witness_one = "见证人一", "First witness";
    witness_two = "见证人二", "Second witness";
    answer_title = "您的答复", "Your answer";
    answer_title_of = "送达与答复", "Delivery and answer";
    sign_result = "签字确认", "Sign";
    object = "提出异议", "Object";
    object_title = "提出异议", "Object to the result";
    object_words =
        "写明哪一项、为什么。由考核办法指定的人答复；在答复之前结果不会锁定。",
        "Say which figure and why. Whom the regime names answers; until then nothing is sealed.";
    object_send = "提出异议", "Send the objection";
    sign_title = "签字确认结果", "Sign the result";
    sign_binds =
        "签字即确认：您已看到以下结果，不再提出异议。",
        "Signing is a signature: you have seen this result and object no more.";
    sign_confirm = "确认签字", "Sign";
    signed = "已签字确认", "Signed";
    objected = "已提出异议", "Objected";
    window_passed = "异议期已过", "The window to object has passed";
    decide_objection = "答复异议", "Decide about the objection";
    uphold = "异议成立，重新评分", "Upheld: judge again";
    dismiss_by_above =
        "评分人只能认可异议；维持原结果由考核办法指定的其他人决定。",
        "Who judged can only give way; that the result stands is for the others whom the regime names.";
    reason_first = "先写明理由。", "Give the reason first.";
    dismiss = "维持原结果", "The result stands";
    upheld = "异议成立", "Upheld";
    dismissed = "维持原结果", "The result stands";

    sealed = "已锁定归档", "Sealed";
    digests = "摘要", "Digests";
    digest_result = "结果摘要", "Digest of the result";
    digest_inputs = "输入摘要", "Digest of the inputs";
    digest_regime = "办法摘要", "Digest of the regime";
    digest_baselines = "基准摘要", "Digests of the baselines";
    kept_until = "归档保管期限", "Kept in the archive";
    kept_for_good = "长期保管", "for good";
    head_count = "参评人数", "People assessed";
    not_assessed = "免考", "Not assessed";
    provisional = "暂定", "Provisional";
    provisional_words =
        "上级评分缺失，暂按此系数计，差额以后补结。",
        "The superior's score is missing: this coefficient counts for now, the difference follows.";
    parts = "各段", "Parts";

    step_parts = "各段按工作日加权", "Parts by working days";
    step_not_assessed = "免考", "Not assessed";
    step_provisional = "暂定系数", "Provisional coefficient";
    step_replaces = "替代以前的版本", "Replaces an earlier version";
}

sentences! {
    kept_until_day(day) = "至 {day}", "until {day}";
    deadline_was(at) = "时限 {at}", "deadline {at}";
    entered_by(who, of) = "{who} 代 {of} 录入", "entered by {who} for {of}";
    in_place_of(who) =
        "{who} 未按时评分，您在代其评分。本人会看到是代评。",
        "{who} is late, so you score in that place. It is marked as scored on behalf.";
    open_requests(count) =
        "有 {count} 个计划调整申请还没有决定；公布后不能再决定。",
        "Change requests not decided: {count}; they cannot be once the result is published.";
    provisional_items(count) =
        "有 {count} 个事项还是预计结转，请先核定结转。",
        "Items still carried over provisionally: {count}; settle the carry-over first.";
    open_entries(count) =
        "有 {count} 条代录本人还没有确认。",
        "Entries on behalf that the person has not confirmed: {count}.";
    unreceived_acts(count) =
        "有 {count} 条报告、自评或提交还在本机，没有送达服务器。是否逾期按送达时间计算；结果因此不同的，公布会被退回，请先送达。",
        "Reports, self scores or submissions on this device that the server has not received: {count}. How late they are counts from there; if that changes the result, the publication comes back to you. Send them first.";
    open_claims(count) =
        "有 {count} 条报告收到时已逾期、称按时完成，还没有认定。",
        "Reports that came late, claim to be in time and wait for a decision: {count}.";
    proposal_due(day) = "计入应享休假后的时限 {day}", "due {day}, leave counted";
    missing_named(titles) = "还缺：{titles}", "Missing: {titles}";
    proposal_expected(value) = "应达 {value}", "expected {value}";
    proposal_reached(value) = "实际 {value}", "reached {value}";
    proposal_steps(steps) = "差 {steps} 档", "{steps} steps short";
    version_of(number) = "第 {number} 版", "Version {number}";
    points_unreadable(most) = "请输入 0 到 {most} 之间的分数。", "Points between 0 and {most}.";
    window_until(day) = "异议期至 {day}", "You can object until {day}";
    delivered_line(how, who, when) = "{how}（{who}，{when}）", "{how} ({who}, {when})";
    part_line(unit, days) = "{unit} · {days} 个工作日", "{unit} · {days} working days";
    sealed_as_shown(total, coefficient) =
        "锁定的就是本页的结果：总分 {total}，绩效系数 {coefficient}，推算过程见下。",
        "What is sealed is the result on this page: total {total}, coefficient {coefficient}. How it came about stands below.";
    sealed_by(who, when) = "{who} 于 {when} 锁定", "sealed by {who}, {when}";
    step_part_rule(days) = "{days} 个工作日", "{days} working days";
    step_not_assessed_rule(away, days) =
        "{days} 个工作日中缺勤 {away} 个",
        "away on {away} of {days} working days";
    step_replaces_rule(version) = "第 {version} 版", "version {version}";
}
