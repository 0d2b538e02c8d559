//! Words that many screens share.

words! {
    between = "、", ", ";
    product = "计核", "Jihe";
    today = "今日", "Today";
    plans = "计划", "Plans";
    reports = "报告", "Report";
    review = "审批评分", "Review";
    organisation = "组织", "Organisation";
    import = "导入", "Import";
    me = "我的", "Me";
    main_navigation = "主导航", "Main navigation";
    skip = "跳到正文", "Skip to content";
    cancel = "取消", "Cancel";
    close = "关闭", "Close";
    back = "返回", "Back";
    remove = "删除", "Remove";
    more = "更多", "More";
    optional = "选填", "optional";
    none = "无", "None";
    not_chosen = "未选择", "Not chosen";
    choose_one = "请选择", "Choose";
    yes = "是", "Yes";
    no = "否", "No";
    language_other = "EN", "中文";
    language_switch = "Switch to English", "切换为中文";
    theme = "外观", "Theme";
    theme_system = "跟随系统", "As the system";
    theme_light = "浅色", "Light";
    theme_dark = "深色", "Dark";
    theme_contrast = "高对比度", "High contrast";
    text_size = "文字大小", "Size of text";
    not_found = "没有这个页面", "There is no such page";
    not_found_words =
        "地址可能写错了，或者您无权查看该内容。",
        "The address may be wrong, or the content is not yours to see.";
    to_today = "回到今日", "Go to Today";
    undo = "撤销", "Undo";
    today_day = "今天", "today";
    tomorrow = "明天", "tomorrow";
}

sentences! {
    named(name, value) = "{name}：{value}", "{name}: {value}";
    with_note(words, note) = "{words}（{note}）", "{words} ({note})";
    both(one, other) = "{one}，{other}", "{one}, {other}";
    days_left(days) = "还有 {days} 天", "{days} days left";
    days_late(days) = "已逾期 {days} 天", "{days} days late";
    ago_minutes(minutes) = "{minutes} 分钟前", "{minutes} min ago";
    ago_hours(hours) = "{hours} 小时前", "{hours} h ago";
    ago_days(days) = "{days} 天前", "{days} days ago";
    points_of(points) = "{points} 分", "{points} points";
}

words! {
    ago_now = "刚刚", "just now";
}
