//! Words about first run, signing in, and oneself.

words! {
    sign_in = "登录", "Sign in";
    tapped_in_vain =
        "刚才点的内容已有变化，没有执行；请按现在的内容再点一次。",
        "What you tapped has changed and was not done. Tap again on what stands here now.";
    sign_out = "退出登录", "Sign out";
    login = "登录名", "Sign-in name";
    password = "密码", "Password";
    sign_in_words = "工作计划与考核", "Plans and their reviews";
    first_run = "开始使用计核", "Set up Jihe";
    first_run_words =
        "这台服务器还是空的。创建管理员，或载入演示工厂先看看。",
        "This server is empty. Create the administrator, or load the demo factory to look around.";
    make_administrator = "创建管理员", "Create the administrator";
    company = "公司名称", "Company name";
    fill_in = "请填写", "Please fill this in";
    your_name = "您的姓名", "Your name";
    password_hint = "至少 8 个字符", "At least 8 characters";
    first_regime = "考核办法", "Regime";
    first_regime_hint =
        "月度等计划按它编制和评分。以后可以换用别的办法，也可以自己编写。",
        "Plans are made and judged by it. Others can be adopted later, or written.";
    choose_later = "以后再选", "Choose later";
    create = "创建并登录", "Create and sign in";
    load_demo = "载入演示工厂", "Load the demo factory";
    load_demo_words =
        "一家注塑厂的三个月：上月已归档，本月正在执行，下月正在编制，可随意操作。需要几秒钟。",
        "Three months of an injection-moulding factory to play with: one sealed, one running, one being drafted. It takes a few seconds.";
    demo_ready = "演示工厂已就绪", "The demo factory is ready";
    demo_accounts_words =
        "选择一个人登录，密码相同：",
        "Sign in as one of these; the password is the same:";
    use_account = "以此登录", "Sign in as";
    signed_in_as = "当前登录", "Signed in as";
    this_device = "这台设备", "This device";
    chinese = "中文", "中文";
    english = "English", "English";
    language = "语言", "Language";
    no_posts = "没有任职", "No posts";
    server_unreachable =
        "连不上服务器。第一次登录需要网络；以前登录过的人可以离线继续。",
        "The server is out of reach. The first sign-in on a device needs it; who signed in before can go on offline.";
    sign_in_again_words =
        "登录已过期。本机的工作都在；重新登录后会继续发送。",
        "The sign-in has expired. Your work on this device is safe; sign in again to send it.";
    sign_out_unsent =
        "还有工作没有发送到服务器。退出后它会留在这台设备上，等您下次登录再发送。",
        "Some work has not reached the server. It stays on this device for you until you sign in again.";
    storage_failed =
        "本机存储打不开，所做的内容无法保存。请关闭隐私模式或清理磁盘空间后刷新。",
        "This device's storage cannot be opened, so nothing can be kept. Leave private mode or free some space, then reload.";
    new_version = "新版本已就绪", "A new version is ready";
    part_missing =
        "程序的这一部分还没有下载到本机。请连接网络后重试；已保存的内容没有丢失。",
        "This part of the program is not on this device yet. Connect to the network and try again; what you kept is safe.";
    fetch_again = "重试", "Try again";
    reload_now = "重试", "Try again";
    reload = "更新并重新打开", "Update and reopen";
    administration = "管理", "Administration";
}

sentences! {
    hello(name) = "{name}，您好", "Hello, {name}";
}
