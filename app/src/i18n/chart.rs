//! Words of charts.

words! {
    touch = "点按或用方向键查看每一处的数值", "Touch a place, or walk with the arrow keys, to read its value";
    table = "数据表", "The figures as a table";
    download = "下载图片 (SVG)", "Download (SVG)";
    figures = "进度与分布", "Progress and spread";
    all_units = "我能看到的全部部门", "All units that I see";
    unit = "部门", "Unit";
    only_seen = "只统计您有权查看的计划。", "Only plans that are yours to see are counted.";
    nothing = "这个周期还没有已批准的计划", "No plan of this period is approved yet";
    nothing_words =
        "计划批准以后，这里显示应完成与已完成、谁有逾期、结果分布。",
        "Once plans are approved, this shows what is due and done, who is late, and how results spread.";

    progress = "周期进度", "Period progress";
    planned = "应完成", "Due";
    done = "已完成", "Done";
    day = "日期", "Day";

    spread = "结果分布", "Spread of results";
    people = "人数", "People";
    band = "得分", "Points";
    coefficient = "绩效系数", "Coefficient";
    below_bands = "低于各档", "Below every band";
    no_results = "还没有您可以查看的结果。", "There is no result yet that is yours to see.";

    late = "谁有逾期", "Who is late";
    late_by = "按", "By";
    by_people = "人员", "People";
    by_units = "部门", "Units";
    nobody_late = "至今无人逾期。", "So far nobody is late.";
    overdue_0 = "无逾期", "None overdue";
    overdue_1 = "1 项", "1 overdue";
    overdue_2 = "2 项", "2 overdue";
    overdue_3 = "3 项及以上", "3 or more";
    name = "名称", "Name";
}

counts! {
    people_count(count) = "{count} 人", "{count} person", "{count} people";
    units_count(count) = "{count} 个部门", "{count} unit", "{count} units";
}

sentences! {
    progress_now(day, planned, done, all) =
        "截至{day}：应完成 {planned} 项，已完成 {done} 项，全部 {all} 项。",
        "By {day}: {planned} items were due, {done} are done, of {all} in all.";
    progress_before(all) = "周期尚未开始，全部 {all} 项。", "The period has not begun; {all} items in all.";
    undated(count) =
        "{count} 项没有完成时限，记在最后一个工作日。",
        "{count} items have no due day; they stand on the last working day.";
    at(day, planned, done) = "{day}：应完成 {planned}，已完成 {done}", "{day}: {planned} due, {done} done";
    ahead(day, planned) = "{day}：应完成 {planned}", "{day}: {planned} due";

    spread_now(judged, band, people) =
        "{judged} 人有结果；人数最多的一档是 {band}，{people} 人。",
        "{judged} people have a result; most are at {band}: {people}.";
    spread_unjudged(count) =
        "{count} 人免考或暂定，不计入。",
        "{count} are not assessed or provisional, and not counted.";
    spread_missing(count) =
        "另有 {count} 人的结果不在本机：尚未公布，或您无权查看。",
        "The results of {count} more people are not on this device: not published yet, or not yours to see.";
    band_from(points) = "{points} 分起", "{points} and more";
    bar(band, coefficient, people) =
        "{band}，系数 {coefficient}：{people} 人",
        "{band}, coefficient {coefficient}: {people}";

    late_now(count, name, overdue) =
        "{count}有过逾期；目前最多的是{name}，{overdue} 项。",
        "Late at some time: {count}; the most at present: {name}, {overdue} overdue.";
    late_past(count) =
        "{count}有过逾期，目前都已补上。",
        "Late at some time: {count}; all has been caught up.";
    in_time(count) = "{count}从未逾期。", "Never late: {count}.";
    more_rows(count) = "另有 {count} 行，见数据表。", "{count} more rows are in the table.";
    cell(name, day, count) = "{name}，{day}：逾期 {count} 项", "{name}, {day}: {count} overdue";
}
