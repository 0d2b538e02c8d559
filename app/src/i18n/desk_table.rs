//! Words of the desk's tables, and of the keys.

words! {
    filter = "在表中查找（汉字、拼音首字母）", "Find in the table";
    columns = "列", "Columns";
    columns_shown = "显示的列", "Columns that are shown";
    sort = "排序", "Sort by";
    as_it_came = "默认顺序", "Default order";
    nothing = "没有符合的行", "No row matches";
    choose_all = "选中全部所示的行", "Select all rows shown";
    clear = "取消选择", "Clear selection";
    save = "存为表格（CSV）", "Save as a sheet (CSV)";
    least_first = "从小到大", "ascending";
    most_first = "从大到小", "descending";
}

sentences! {
    rows_of(shown, all) = "{shown} / {all} 行", "{shown} of {all} rows";
    chosen(count) = "已选 {count} 行", "Selected: {count}";
    choose(name) = "选择：{name}", "Select {name}";
    all_rows(count) = "显示全部 {count} 行", "Show all {count} rows";
    sorted_by(column, how) = "{column}，{how}", "{column}, {how}";
}
