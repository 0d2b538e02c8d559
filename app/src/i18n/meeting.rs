//! Words of meeting mode.

words! {
    meeting = "会议模式", "Meeting mode";
    leave = "退出会议模式", "Leave meeting mode";
    begin = "开始会议评分", "Judge in a meeting";
    nobody_waits = "没有等您评分的计划。", "No plan waits for your judgement.";
    timer = "用时", "Time spent";
    pause = "暂停", "Pause";
    go_on = "继续", "Go on";
    again = "重新计时", "Start over";
    reasons = "扣分理由", "Reason for a deduction";
    decisions = "会议决定", "Decision";
    pick = "选一条…", "Pick…";
    swipe = "左右滑动或按 ← → 换下一份", "Swipe, or press ← →, for the next plan";

    late = "未按时完成", "Not finished in time";
    short = "数量未达目标", "Short of the target";
    standard = "未达到完成标准", "Below the completion standard";
    no_evidence = "没有证明材料", "No evidence";
    redone = "有返工", "Had to be done again";
    trouble_unsaid = "有困难未及时报告", "Trouble was not reported in time";
    help_missing = "协同部门原因，不扣分", "Caused by a helping unit: nothing off";

    go_on_next = "下期继续", "Goes on next period";
    put_right = "限期整改", "To be put right by a set day";
    own_task = "列为专项任务", "Becomes a task of its own";
    explained = "已说明，予以认可", "Explained, and accepted";
    accepted = "认可自评", "Self score accepted";
}

sentences! {
    place(at, all) = "第 {at} 份，共 {all} 份", "{at} of {all}";
    reported_count(count) = "完成情况（{count}）", "What was reported ({count})";
}
