//! Words about where a piece of work is, and about syncing.

words! {
    kept = "已存本机", "Kept on this device";
    received = "服务器已收到", "Received";
    accepted = "已生效", "Accepted";
    refused = "未被接受", "Refused";
    held_back = "暂缓", "Held back";
    to_be_checked = "待服务器核对", "To be checked by the server";
    light_synced = "已同步", "Synced";
    light_working = "同步中", "Syncing";
    filling = "正在取来您的资料", "Fetching your data";
    filling_words =
        "这台设备第一次使用，需要把您的计划取来一次；以后没有网络也能打开。",
        "This device is used for the first time and fetches your plans once; later it opens without a network.";
    not_filled = "这台设备上还没有您的资料", "Your data are not on this device yet";
    not_filled_words =
        "服务器现在联系不上。恢复联系后会自动取来，之后没有网络也能使用。",
        "The server cannot be reached now. Your data are fetched by themselves once it can, and work without a network from then on.";
    light_offline = "离线", "Offline";
    light_signed_out = "请重新登录", "Sign in again";
    light_broken = "未保存！", "NOT saved!";
    not_saved =
        "未保存！本机存储不可用。请不要关闭页面，先下载一份副本，再刷新重试。",
        "NOT saved! This device's storage does not work. Keep the page open, download a copy, then reload.";

    sync_centre = "同步中心", "Sync centre";
    sync_centre_words =
        "您的每一份工作在哪里，一目了然。",
        "Where each piece of your work is.";
    sync_now = "立即同步", "Sync now";
    queue = "待发送", "To send";
    queue_empty = "没有待发送的工作", "Nothing waits to be sent";
    attention = "需要您处理", "Needs you";
    attention_empty = "没有需要处理的事", "Nothing needs you";
    reapply = "重新提交", "Re-apply";
    discard = "放弃", "Discard";
    current_value = "现在的值", "Value now";
    your_value = "您写的", "What you wrote";
    nothing_unsent = "没有未发送的内容", "Nothing is unsent";
    download_unsent = "下载未发送的工作", "Download my unsent work";
    last_contact = "最近联系服务器", "Last contact";
    never = "尚未", "Not yet";
    storage = "本机存储", "Storage";
    storage_persisted = "受保护，浏览器不会自行清除", "Protected: the browser will not clear it by itself";
    storage_best_effort =
        "未受保护：磁盘紧张时浏览器可能清除",
        "Not protected: the browser may clear it when space is short";
    storage_ask = "请求保护", "Ask for protection";
    storage_insecure =
        "这个地址用的是 http：可以使用，不会丢失工作；但没有网络时打不开，浏览器也可能清理本机数据。请管理员在服务器上运行 jihe tls init。",
        "This address is plain http: the app works and loses nothing, but cannot be opened offline, and the browser may clear what it keeps. Ask the administrator to run jihe tls init on the server.";
    change_to_https = "如何改用 https", "How to change to https";
    storage_plain =
        "本机数据未加密，请保管好设备。",
        "Data on this device is not encrypted; keep the device safe.";
    version = "程序版本", "App version";
    clock = "时钟偏差", "Clock offset";
    clock_fine = "与服务器一致", "Agrees with the server";
    discarded = "已放弃", "Given up";
    held_back_words =
        "它建立在一项未被接受的更改之上，所以没有执行。",
        "It was made on top of a change that was refused, so it was not carried out.";
    unfolded =
        "上次启动时程序在处理这项更改时出错，所以暂不显示它的效果；它会照常发送，也可以下载副本。",
        "The app failed on this change at an earlier start, so its effect is not shown; it is sent as usual, and you can download a copy.";
    made_elsewhere = "在您的另一台设备上所做", "Made on another device of yours";
    released_words =
        "曾由服务器保留，管理员放行后已执行。",
        "The server had kept it aside; an administrator released it, and it is carried out.";
    noted = "知道了", "Noted";
    did_close_unapplied = "关闭未执行的更改", "Closed a change that was not carried out";
    reapplied = "已重新提交", "Re-applied";

    did_draft_plan = "新建计划", "Began a plan";
    did_add_item = "添加事项", "Added an item";
    did_edit_item = "修改事项", "Changed an item";
    did_weigh = "调整权重", "Changed weights";
    did_remove_item = "删除事项", "Removed an item";
    did_submit_plan = "提交计划", "Submitted the plan";
    did_return_plan = "退回计划", "Returned the plan";
    did_approve_plan = "批准计划", "Approved the plan";
    did_report_item = "报告事项", "Reported on an item";
    did_attach_evidence = "添加佐证材料", "Attached evidence";
    did_withdraw_evidence = "撤回佐证材料", "Withdrew evidence";
    did_show_evidence = "恢复佐证材料", "Showed evidence again";
    did_score_self = "自评", "Scored myself";
    did_decide_tie = "同分定先后", "Ordered equals";
    did_settle_cohort = "核定结果", "Settled a cohort";
    did_return_result = "退回重评", "Gave a result back";
    did_enter_indicator = "录入指标", "Entered an indicator";
    did_propose_grade = "建议等级", "Proposed a grade";
    did_decide_grade = "确定等级", "Decided a grade";
    did_score_part = "部分打分", "Typed points for a part";
    did_score_superior = "评分", "Scored an item";
    did_publish_result = "公布结果", "Published a result";
    did_withdraw_plan = "撤回计划", "Withdrew the plan";
    did_request_change = "申请调整计划", "Asked for a change of the plan";
    did_agree_change = "同意计划调整", "Agreed to a change of the plan";
    did_refuse_change = "不同意计划调整", "Refused a change of the plan";
    did_withdraw_change = "撤回调整申请", "Withdrew a change request";
    did_settle_carried = "核定结转", "Settled the carry-over";
    did_agree_help = "同意协同", "Agreed to help";
    did_decline_help = "答复不能协同", "Declined to help";
    did_confirm_entry = "确认代录", "Confirmed an entry on my behalf";
    did_deny_entry = "否认代录", "Denied an entry on my behalf";
    did_decide_lateness = "认定是否按时", "Decided whether it was in time";
    did_deliver_result = "送达结果", "Noted that a result was delivered";
    did_sign_result = "签字确认结果", "Signed a result";
    did_object = "对结果提出异议", "Objected to a result";
    did_decide_objection = "答复异议", "Decided about an objection";
    did_seal_result = "锁定归档结果", "Sealed a result";
    did_note_absence = "登记缺勤", "Noted an absence";
    did_end_absence = "结束缺勤", "Ended an absence";
    did_carry_over = "结转事项", "Carried an item over";
    did_discard = "放弃更改", "Gave a change up";
    did_organisation = "调整组织", "Changed the organisation";
    did_unknown = "其他版本程序所做的更改", "A change made by another version of the app";
}

sentences! {
    light_pending(count) = "{count} 项待发送", "{count} to send";
    light_offline_with(count) = "离线 · {count} 项待发送", "Offline · {count} to send";
    light_attention(count) = "{count} 项需处理", "{count} need you";
    queue_count(count) = "{count} 项", "{count}";
    clock_off(minutes) = "相差约 {minutes} 分钟", "off by about {minutes} min";
    held_back_count(count) = "1 项未被接受，后面 {count} 项因此暂缓", "1 change was refused, {count} later ones were held back";
}
