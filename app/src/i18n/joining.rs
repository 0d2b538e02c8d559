//! Words about the first steps of a company, inviting and joining, and taking turns at a device.

words! {
    join_lead =
        "设置您的登录名、密码和 PIN，就可以开始使用。",
        "Choose how you sign in, and you can begin.";
    join = "加入", "Join";
    joining = "正在读取邀请…", "Reading the invitation…";
    join_sign_in = "去登录", "Go to sign-in";
    try_again = "重试", "Try again";
    login_hint =
        "小写字母、数字，例如姓名拼音",
        "Lower-case letters and digits, for example your name";
    pin = "PIN", "PIN";
    pin_hint =
        "4 到 8 位数字，不要用 1234 或 1111",
        "4 to 8 digits; not 1234 or 1111";
    pin_unfit =
        "请用 4 到 8 位数字，不要全部相同或连续。",
        "Use 4 to 8 digits that are neither all the same nor a plain row.";
    pin_not_kept =
        "本机无法保存 PIN。请关闭隐私模式后重试。",
        "This device cannot keep the PIN. Leave private mode and try again.";
    who = "请选择是谁", "Who is it?";
    who_words =
        "点自己的名字，再输入 PIN。",
        "Tap your name, then type your PIN.";
    unlock = "解锁", "Unlock";
    somebody_else = "其他人登录", "Somebody else signs in";
    not_me = "返回", "Back";
    password_needed =
        "请用密码登录一次（PIN 错了五次，或三十天没有使用）。需要网络；本机的工作都在。",
        "Sign in with your password once: the PIN was wrong five times, or not used for thirty days. It needs the network; your work on this device is safe.";
    choose_pin = "设置 PIN", "Choose a PIN";
    choose_pin_words =
        "这台设备多人共用。PIN 用来在没有网络时切换到您；它只挡住别人顺手冒用，不加密本机数据。",
        "Several people share this device. Your PIN lets you take your turn without a network. It keeps others from acting in your name in passing; it does not encrypt what lies on the device.";
    save_pin = "保存并继续", "Save and go on";
    pin_saved = "PIN 已保存", "The PIN is saved";
    full =
        "这台设备已有二十人。请先让不再使用的人在这里退出登录。",
        "Twenty people are kept on this device. Let somebody who no longer uses it sign out here first.";
    switch_operator = "切换人员", "Switch person";
    shared_device = "多人共用", "Shared device";
    shared_words =
        "开启后，每人用 PIN 切换，闲置后自动锁定；没发出的工作留给本人。PIN 不加密本机数据。",
        "Each person takes turns by PIN, and the device locks when it is idle. Unsent work stays with its author. A PIN does not encrypt what lies on the device.";
    make_shared = "设为共用设备", "Share this device";
    make_own = "改为个人设备", "No longer shared";
    locks_after = "闲置后锁定", "Locks when idle for";
    minutes_1 = "1 分钟", "1 minute";
    minutes_5 = "5 分钟", "5 minutes";
    minutes_15 = "15 分钟", "15 minutes";
    minutes_30 = "30 分钟", "30 minutes";
    invitations = "邀请加入", "Invitations";
    invitations_lead =
        "每人一个链接，用一次，七天内有效。可扫码、转发，或打印后发给本人。",
        "One link per person, good once and for seven days. Scan it, send it, or print it and hand it over.";
    invite_all = "邀请全部未加入的人", "Invite everybody who has not joined";
    invite = "邀请", "Invite";
    invite_again = "重新邀请", "Invite again";
    revoke = "撤回邀请", "Take back";
    print = "打印邀请单", "Print";
    state_joined = "已加入", "Joined";
    state_closed = "账号已关闭", "Account closed";
    state_invited = "已邀请", "Invited";
    state_not_invited = "未邀请", "Not invited";
    nobody_here =
        "没有可以邀请的人",
        "Nobody to invite";
    nobody_here_words =
        "先给这个部门安排人员；您只能邀请自己领导的人。",
        "Give people posts in this unit first. You invite those whom you lead.";
    card_words =
        "用手机扫码，或在浏览器打开下面的链接：",
        "Scan this with your phone, or open the link below in a browser:";
    told_once =
        "链接只在这里显示一次，离开后需重新邀请。",
        "The links are shown this once; after you leave, invite again.";
    first_steps = "开始使用：六步交出第一份计划", "Getting started: six steps to the first plan";
    step_units = "建立部门", "Add units";
    step_units_words =
        "在“组织”里添加公司下面的部门，例如生产、品管、仓库。",
        "Under Organisation, add the units below the company, such as production, quality, store.";
    step_people = "添加人员", "Add people";
    step_people_words =
        "添加人员；每人以后用邀请链接自己设密码。",
        "Add the people; each sets a password later by an invitation link.";
    step_heads = "安排任职和负责人", "Give posts, and heads";
    step_heads_words =
        "给人员安排任职。公司和部门都要有负责人：部门计划由上级审批。",
        "Give people posts. The company and its units each need a head, because the one above approves a unit's plan.";
    step_period = "开启考核周期", "Open a period";
    step_period_words =
        "选一个考核办法，开启本月或下月。",
        "Choose a regime and open this month or the next.";
    step_plan = "编制第一份计划", "Draft the first plan";
    step_plan_words =
        "在“计划”里新建部门计划，写事项、完成标准和时限，权重合计 100。",
        "Under Plans, begin a unit's plan: items with standard and due day, weights that add up to 100.";
    step_submission = "提交", "Hand it in";
    step_submission_words =
        "由部门负责人提交，上级就能看到并审批。",
        "The unit's head hands it in; then the superior sees and approves it.";
    step_go = "去做", "Go";
    step_done = "已完成", "Done";
}

sentences! {
    join_title(company) = "加入{company}", "Join {company}";
    join_hello(name) = "{name}，您好", "Hello, {name}";
    wrong_pin(left) =
        "PIN 不对，还可以试 {left} 次。",
        "That PIN is wrong; {left} tries are left.";
    waits(count) = "{count} 项未发送", "{count} not sent";
    pin_of(name) = "{name} 的 PIN", "PIN of {name}";
    invited_until(day) = "{day} 前有效", "good until {day}";
}
