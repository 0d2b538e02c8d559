//! Words about looking after the installation: accounts, devices, what was not applied, backups.

words! {
    title = "系统管理", "Server and accounts";
    lead =
        "谁能登录、从哪台设备登录，哪些更改没有执行，数据有多大、备份到哪一天。只有管理员能看。",
        "Who can sign in and from where, what was not carried out, how much is kept and backed up. For administrators alone.";
    only_administrators =
        "只有管理员可以查看系统管理。需要时请联系管理员。",
        "Only administrators see this page; ask one of them.";
    read_again = "刷新", "Read again";

    attention = "需要处理", "Needs you";
    nothing = "没有要处理的事", "Nothing needs you";
    nothing_words =
        "没有执行的更改、未带回工作的设备会出现在这里。",
        "Changes that were not carried out and devices that did not bring their work appear here.";
    kept = "保留未执行", "Kept unexecuted";
    forbidden = "无权限，未执行", "Not allowed";
    look = "查看内容", "Look at it";
    look_binds =
        "这是本人写的内容；谁在什么时候查看过会记录下来。",
        "This is what its author wrote; that you read it is noted.";
    written = "写的是", "What was written";
    raw = "原始内容", "As it was sent";
    release = "放行", "Release";
    release_words =
        "以本人名义、按现在的权限执行。结果会告诉本人。",
        "It is executed as its author's act, under today's rights; the author is told what came of it.";
    released = "已放行并执行", "Released and executed";
    released_refused = "已放行，但未被接受；原因已告知本人。", "Released and refused; its author is told why.";
    not_released_after =
        "没有放行：它建立在另一项更改之上，请先处理那一项。",
        "Not released: it was made on top of another change, which comes first.";
    not_released = "没有放行：原因仍在。", "Not released: its cause is still there.";

    refused = "未被接受", "Refused";
    held_back = "因前一项未被接受而暂缓", "Held back because of a refused one";
    with_author =
        "内容只有本人能看，由本人处理；本人无法处理时（例如已离职）可代为关闭。",
        "Only its author sees the content and deals with it; close it when the author no longer can.";
    close_standing = "代为关闭", "Close it";
    reason = "原因", "Reason";

    missed = "未带回的工作", "Work that did not come";
    missed_words =
        "请让本人在那台设备上打开计核；设备丢失或已清空的，请本人补录。",
        "Ask the person to open Jihe on that device; what a lost or emptied device held must be entered again.";

    accounts = "账号和设备", "Accounts and devices";
    search = "搜索姓名、登录名", "Search name or sign-in name";
    nobody = "没有找到", "Nobody found";
    can_sign_in = "可登录", "Can sign in";
    closed = "已关闭", "Closed";
    invited = "已邀请", "Invited";
    no_account = "无账号", "No account";
    not_signed_in = "没有登录的设备", "Not signed in on any device";
    give_account = "设置账号", "Set account";
    open_again = "重新开通", "Open again";
    invite = "邀请加入", "Invite";
    sign_out = "在所有设备上退出", "Sign out everywhere";
    sign_out_words =
        "设备丢失或换人时使用。没发出的工作留在那台设备上，本人重新登录后继续发送。",
        "For a lost device or one that changed hands. What it holds unsent stays there until the person signs in on it again.";
    close_account = "关闭账号", "Close account";
    close_account_words =
        "关闭后不能登录；那些设备以后交来的工作会保留、不执行，由您决定是否放行。重新设置账号即恢复。",
        "Nobody signs in with it any more. What its devices still hand in is kept unexecuted until you release it. Setting the account again opens it.";
    this_is_you = "这是您自己的账号", "This is your own account";

    server = "服务器", "Server";
    version = "版本", "Version";
    data = "数据目录", "Folder of the data";
    database = "数据库", "Database";
    attachments = "附件", "Attachments";
    backup = "最近备份", "Last backup";
    backed_up = "已备份", "Backed up";
    backup_file = "备份文件", "Backup file";
    backup_never =
        "这台服务器还没有做过备份。请在服务器上运行下面的命令，并把备份放到另一块盘上。",
        "No backup of this server is known. Run this on the server, and keep the file on another disk.";
    backup_old =
        "最近一次备份之后又有很多更改。请在服务器上运行：",
        "Much was done since the last backup. Run this on the server:";
    backup_how = "在服务器上运行：", "Run on the server:";
    backup_only =
        "这里只显示用 jihe backup 做的备份。",
        "Only backups made with jihe backup are shown.";
}

counts! {
    devices_of(devices) = "{devices} 台设备", "{devices} device", "{devices} devices";
}

sentences! {
    last_seen(seen) = "最近 {seen}", "last {seen}";
    invited_until(day) = "邀请 {day} 前有效", "invitation good until {day}";
    signed_in(begun, used) = "{begun}登录，{used}使用", "signed in {begun}, used {used}";
    device_seen(seen, build) = "设备 · {seen} · 程序 {build}", "device · {seen} · app {build}";
    unsent(count) = "{count} 项未发送", "{count} not sent";
    lost(count) = "{count} 项丢失", "{count} lost";
    more_people(count) = "还有 {count} 人，请搜索。", "{count} more; search for them.";
    entries_rows(commands, rows, size) = "{size}，{commands} 条记录，{rows} 行", "{size}, {commands} acts, {rows} rows";
    files(count, size) = "{count} 个，{size}", "{count}, {size}";
    acts_since(ago, count) = "{ago}，之后又有 {count} 条记录", "{ago}; {count} acts since";
}
