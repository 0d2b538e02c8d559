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
    only_here =
        "这个链接只能在服务器这台电脑上打开：服务没有开放给局域网。请用 jihe serve --lan 重新启动，再用本机的局域网地址打开计核并重新邀请。",
        "This link opens on the server's own machine alone, because the network is not let in. Start it with jihe serve --lan, then invite again.";
    told_once =
        "链接只在这里显示一次，离开后需重新邀请。",
        "The links are shown this once; after you leave, invite again.";
    first_steps = "开始使用：七步交出第一份计划", "Getting started: seven steps to the first plan";
    step_units = "添加部门", "Add units";
    step_units_words =
        "点“添加部门”，把公司下面的部门逐个加上，例如生产、品管、仓库。",
        "Press Add unit, once for each unit below the company: production, quality, store.";
    step_people = "添加人员", "Add people";
    step_people_words =
        "点“添加人员”，填姓名、部门和岗位；部门负责人选“是”。",
        "Press Add person: name, unit and post, and Yes for whoever heads the unit.";
    step_heads = "安排负责人", "Name the heads";
    step_heads_words =
        "公司和部门都要有负责人：上一级负责人审批部门计划。在部门页点“添加任职”。",
        "The company and its units each need a head, because the head above approves a unit's plan. Press Assign on the unit's page.";
    step_period = "开启考核周期", "Open a period";
    step_period_words =
        "点“开启周期”，选一个考核办法；已填好本月。",
        "Press Open a period and choose a regime; this month is filled in.";
    step_invitation = "邀请人员加入", "Invite people";
    step_invitation_words =
        "点“邀请”，把二维码或链接交给本人；本人设好密码就能使用。",
        "Press Invite and hand over the code or the link; the person chooses a password and can begin.";
    step_plan = "编制第一份计划", "Draft the first plan";
    step_plan_words =
        "部门负责人登录后，在“计划”里点“新建计划”，写事项、完成标准和时限，权重合计 100。",
        "The unit's head signs in and presses New plan under Plans: items with standard and due day, weights that add up to 100.";
    step_submission = "提交计划", "Submit it";
    step_submission_words =
        "部门负责人点“提交计划”，上级就能看到并审批。",
        "The unit's head presses Submit plan; then the superior sees and approves it.";
    step_of_heads = "由部门负责人完成", "By the unit's head";
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
    next_step(place, of, title, more) =
        "第 {place} 步（共 {of} 步）{title}：{more}",
        "Step {place} of {of}, {title}: {more}";
    invited_until(day) = "{day} 前有效", "good until {day}";
}
