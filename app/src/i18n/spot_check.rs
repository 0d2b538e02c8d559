//! Words about spot checks.

words! {
    spot_checks = "抽查", "Spot checks";
    spot_checks_words =
        "公布后随机抽取一部分结果，由没有参与评分的人复查；抽中谁由全部结果的摘要决定，任何人都选不了。",
        "After publication some results are looked at again by somebody who had no part in them; which ones follows from the digest of all results, and nobody can choose.";
    draw = "抽取样本", "Draw the sample";
    draw_binds =
        "抽取即签字：每期只抽一次，抽中的计划和结果会给检查人看。",
        "Drawing is a signature: it is done once a period, and whoever checks sees the drawn plans and results.";
    not_drawn = "还没有抽取", "Not drawn yet";
    seed = "种子（全部结果的摘要）", "Seed (digest of all results)";
    drawn = "抽中的计划", "Drawn plans";
    redraw = "在本机重新抽取", "Draw again on this device";
    redraw_same = "与记录一致", "The same as recorded";
    redraw_differs = "与记录不一致", "Not the same as recorded";
    redraw_not_held = "本机没有全部结果，无法重新抽取", "This device does not hold all results";
    waits = "待检查", "To be checked";
    fair = "考核公正", "Judged fairly";
    unfair = "考核不公", "Judged unfairly";
    say_fair = "认定公正", "It was fair";
    say_unfair = "认定不公", "It was unfair";
    was_drawn = "本结果被抽中复查。", "This result was drawn to be checked.";
    check_binds =
        "认定即签字：本人、评分人和检查人都能看到结论和理由。",
        "This is a signature: the person, who judged and who checks read the finding and its reason.";
    unfair_then =
        "认定不公后：办法定有条款的，在奖惩台账中对评分人提出；结果由计划归口管理部门退回或申请更正后重新评分。",
        "If unfair: where the regime has a tariff for it, it is proposed in the ledger against whoever judged; the plan office gives the result back or corrects it, and it is judged again.";
    unfair_next =
        "后续：办法定有条款的，在奖惩台账中对评分人提出；结果由计划归口管理部门退回或申请更正后重新评分。",
        "What follows: where the regime has a tariff for it, it is proposed in the ledger against whoever judged; the plan office gives the result back or corrects it, and it is judged again.";
    sign_fair = "登记：考核公正", "State that it was fair";
    sign_unfair = "登记：考核不公", "State that it was unfair";
    to_ledger = "去奖惩台账", "To the ledger";
    to_correction = "去本期办理更正", "To the correction round";
    reason = "理由", "Reason";
    evidence = "佐证", "Evidence";
    to_check = "待我抽查的结果", "Results to check";
    open_not_drawn = "还没有抽取抽查样本", "No sample drawn for spot checks";
    open_not_checked = "抽查未完成", "Not checked";
    did_draw = "抽取抽查样本", "Drew a sample";
    did_check = "登记抽查结论", "Stated what a check found";
}

sentences! {
    rule(share, who) = "抽查比例 {share}%，由{who}检查", "{share}% of results, checked by {who}";
    drawn_by(who, when, count, of) =
        "{who} {when} 抽取，{of} 份结果中抽中 {count} 份",
        "Drawn by {who}, {when}: {count} of {of} results";
    checked_by(who, when) = "{who} {when}", "{who}, {when}";
    by(people) = "由{people}检查", "to be checked by {people}";
    not_all_judged(count) =
        "还有 {count} 份已提交的计划没有评分。先评完或结束评分，再抽取。",
        "Plans handed in and not judged: {count}. Judge them or close judging first, then draw.";
}
