//! Words of the search.

words! {
    search = "搜索", "Search";
    open = "搜索（按 / 键）", "Search (press /)";
    field = "搜索计划、事项、人员、部门", "Search plans, items, people, units";
    hint =
        "可输入汉字、拼音首字母或英文，多个词用空格隔开。",
        "Characters, pinyin initials or English; put spaces between words.";
    teaches = "几个字母就能找到", "A few letters are enough";
    try_initials = "zljc", "zljc";
    try_mixed = "zl检查", "zl检查";
    try_month = "11月", "2026-11";
    teach_work = "找到“质量检查”", "finds 质量检查";
    teach_mixed = "首字母和汉字可以混用", "initials and characters can be mixed";
    teach_plan = "找到十一月的计划", "finds the plans of November";
    here_only =
        "只搜索本设备上您有权查看的内容，断网时也能用。",
        "Searches what this device holds and you may see; it works without a network.";
    recent = "最近搜索", "Recent searches";
    forget_recent = "清除", "Clear";
    nothing = "没有找到", "Nothing found";
    nothing_words =
        "换几个字，或者少输入几个字母。本设备没有的内容不在结果里。",
        "Try other characters or fewer letters. What this device does not hold is not among the results.";
    no_initials =
        "拼音首字母表还没有下载到本设备，暂时只能按汉字搜索。",
        "The table of pinyin initials is not on this device yet; for now only characters are searched.";
    items = "事项", "Items";
    plans = "计划", "Plans";
    people = "人员", "People";
    units = "部门", "Units";
    requests = "计划调整申请", "Change requests";
}

sentences! {
    found(count) = "找到 {count} 条", "found: {count}";
    shown_of(shown, total) = "显示 {total} 条中的 {shown} 条", "{shown} of {total} shown";
}
