//! Words about who is away.

words! {
    away_today = "今日不在岗", "Away today";
    nobody_away = "今天没有人请假或缺勤。", "Nobody is away today.";
    nobody_yet =
        "还没有可以登记的人。先在“组织”里添加人员、安排任职。",
        "There is nobody yet whose absence could be noted. Add people and give them posts under Organisation.";
    may_not =
        "您没有下属；缺勤由直接上级、计划归口管理部门或管理员登记。",
        "Nobody reports to you; absences are noted by the superior, the plan office or an administrator.";
    away_now_and_later = "现在与以后", "Now and later";
    note = "登记缺勤", "Note absence";
    end = "结束缺勤", "End absence";
    absences = "缺勤", "Absences";
    no_absences = "没有登记的缺勤", "No absence is noted";
    basis = "缺勤性质", "Basis";
    entitled = "法定假", "Statutory leave";
    personal = "事假、病假", "Personal or sick";
    basis_hint =
        "法定假指年休、婚、丧、产、护理假和工伤：目标折减，里程碑顺延，不因此记 0 分。事假、病假：时限只能通过计划调整延后。具体假别只留在纸面。",
        "Statutory leave (annual, marriage, bereavement, maternity, nursing, work injury): targets shrink, milestones move, nothing is scored 0 for it. Personal or sick: due days move by an agreed change only. Which leave it is stays on paper.";
    away = "不在岗", "Away";
    open_ended = "未定", "open";
    take_back_hint =
        "登记有误时，填起始日期的前一天即可撤回。",
        "Noted by mistake? A last day before the first takes it back.";
}

sentences! {
    away_until(day) = "不在岗，至 {day}", "Away until {day}";
}
