//! Words about appeals and the second instance.

use shared::appeal::Level;

words! {
    appeal = "申诉", "Appeal";
    second = "复核", "Second instance";
    both = "申诉与复核", "Appeal and second instance";
    ask_appeal = "提出申诉", "Appeal";
    ask_second = "申请复核", "Ask for the second instance";
    ask_words =
        "写明理由。由以前没有参与过处理的人决定；决定之前结果不会锁定。",
        "Say why. Somebody decides who had no part in it before; until then nothing is sealed.";
    accept = "接受答复", "Accept";
    accept_binds =
        "接受即签字：不再申诉或复核，结果可以锁定归档。",
        "Accepting is a signature: you go no further, and the result can be sealed.";
    decide_appeal = "决定申诉", "Decide about the appeal";
    decide_second = "决定复核", "Decide in the second instance";
    uphold = "成立，重新评分", "Upheld: judge again";
    dismiss = "维持原结果", "The result stands";
    uphold_binds = "结果退回评分人重新评分；原版本保留。", "The result goes back to be judged again; the version before stays.";
    dismiss_binds = "维持原结果；本人会看到理由。", "The result stands; the person reads why.";
    final_binds = "复核是最后一级，决定后不能再申诉。", "The second instance is the last: nothing follows its decision.";
    reason = "理由", "Reason";
    objection_told = "异议答复送达", "The answer to the objection was delivered";
    appeal_told = "申诉决定送达", "The decision about the appeal was delivered";
    not_told = "答复尚未送达本人，申诉期从送达之日起算。", "The decision has not reached the person; the window begins when it does.";
    accepted = "本人已接受", "Accepted by the person";
    open = "待决定", "Open";
    overdue = "已过决定时限，上一级或计划归口管理部门也可以决定", "Past its day: the one above and the plan office may decide as well";
    nobody = "没有人可以决定：请系统管理员任命计划归口管理部门或指定办法所说的人", "Nobody may decide: an administrator has to appoint the plan office or those whom the regime names";
    to_wait = "我的异议和申诉：等待决定", "My objection or appeal: waiting for the decision";
    is_final = "程序已结束，结果维持。", "Nothing further is open; the result stands.";
    deliver = "登记答复送达", "Note the delivery of the decision";
    to_decide = "待我决定的申诉和复核", "Appeals to decide";
    to_answer = "对我的异议或申诉的答复", "Answers to my objection or appeal";
    did_appeal = "提出申诉", "Appealed";
    did_second = "申请复核", "Called on the second instance";
    did_accept = "接受答复", "Accepted a decision";
    did_decide = "决定申诉", "Decided about an appeal";
    did_deliver = "登记答复送达", "Noted the delivery of a decision";
}

sentences! {
    until(level, day) = "可以{level}到 {day}", "{level}: open until {day}";
    decided_until(day) = "应在 {day} 前决定", "to be decided by {day}";
    hearers(people) = "由{people}决定", "decided by {people}";
    window_passed(until) =
        "申诉或复核的期限已于 {until} 截止，结果维持。如有新的事实，请联系计划归口管理部门申请更正。",
        "The window for the next instance closed on {until}, and the result stands. With new facts, ask the plan office for a correction round.";
    no_instance(level) =
        "本期考核办法没有设{level}，上一级的决定是最终决定。",
        "The regime of this period has no such instance ({level}); the decision before is final.";
}

/// The word for an instance.
pub(crate) fn level(level: Level) -> &'static str {
    match level {
        Level::Appeal => appeal(),
        Level::Second => second(),
    }
}
