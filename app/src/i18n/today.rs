//! Words of Today as a worker sees it, and of reminders.

words! {
    done = "完成了", "Done";
    done_today = "今天做了", "Done today";
    enter = "填报数量", "Enter quantity";
    keep = "记录", "Save";
    trouble = "有困难", "Report trouble";
    trouble_what = "什么困难", "What is the trouble";
    trouble_send = "报告困难", "Send";
    trouble_more = "补充说明", "Say more";
    trouble_material = "缺料", "Material missing";
    trouble_machine = "设备故障", "Machine down";
    trouble_quality = "质量异常", "Quality problem";
    trouble_hands = "人手不够", "Too few hands";
    trouble_waiting = "等其他部门", "Waiting for another unit";
    trouble_other = "其他", "Something else";
    trouble_choose = "先选是什么困难。", "Choose what the trouble is first.";
    quantity_first = "先填数量。", "Enter the quantity first.";
    said_done = "已报告完成", "Reported as done";
    said_quantity = "已记录数量", "Quantity saved";
    said_trouble = "已报告困难，上级会看到", "Trouble reported; your superior will see it";
    nothing_now = "现在没有要做的", "Nothing to do now";
    nothing_now_words = "到期前几天会出现在这里。", "Things appear here some days before they are due.";
    taken_back = "本人已撤回", "Taken back";

    returned = "被退回，请修改", "Returned to you";
    look_at = "去处理", "Open";

    reminders = "提醒", "Reminders";
    reminders_words =
        "程序打开时，到期、逾期、被退回和待签字的事会提醒您，离线也有效。只记在这台设备上。",
        "While the app is open, it reminds you of what is due, overdue, returned or to be signed, offline too. Kept on this device alone.";
    notify = "系统通知", "Notifications";
    notify_off = "不通知", "Off";
    notify_on = "通知我", "Notify me";
    quiet_from = "安静时段自", "Quiet from";
    quiet_to = "到", "until";
    quiet_words = "安静时段内只显示数字，不弹通知。", "In quiet hours only the count is shown.";
    notify_denied =
        "浏览器不允许本网站通知。请在浏览器的网站设置里允许，再回来打开。",
        "The browser does not let this site notify you. Allow it in the browser's site settings, then switch it on here.";
    notify_missing =
        "这个浏览器或这个地址不支持通知；今日上的数字照常显示。",
        "This browser or this address has no notifications; the count on Today is shown all the same.";
}

sentences! {
    left_hours(hours) = "还剩 {hours} 小时工作时间", "{hours} h of work left";
    left(hours, minutes) = "还剩 {hours} 小时 {minutes} 分钟工作时间", "{hours} h {minutes} min of work left";
    until(when) = "{when}前", "by {when}";
    clock(time) = "今天 {time} 前", "by {time} today";
    later(count, day) = "以后还有 {count} 项，最早 {day}", "{count} more later, the first on {day}";
    later_undated(count) = "以后还有 {count} 项", "{count} more later";
    goal(value, measure) = "目标 {value}{measure}", "target {value} {measure}";
    last(value, measure) = "上次 {value}{measure}", "last {value} {measure}";
    told(count) = "{count} 件事等您处理", "{count} things wait for you";
    note_trouble(what) = "【困难】{what}", "[Trouble] {what}";
    note_more(what, more) = "【困难】{what}：{more}", "[Trouble] {what}: {more}";
}
