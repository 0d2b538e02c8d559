//! Words of the plan's editor, and of what a superior sees that changed.

words! {
    undone = "已撤销", "Taken back";
    redone = "已重做", "Done again";
    undo_step = "撤销上一步（Ctrl+Z）", "Undo the last step (Ctrl+Z)";
    redo_step = "重做（Ctrl+Y）", "Redo (Ctrl+Y)";
    nothing_to_undo =
        "没有可撤销的修改；签字不能撤销。",
        "There is no edit to take back; a signature cannot be.";
    nothing_to_redo = "没有撤销过的修改。", "Nothing was taken back.";
    move_up = "上移（Alt+↑）", "Move up (Alt+↑)";
    move_down = "下移（Alt+↓）", "Move down (Alt+↓)";
    is_first = "已经是第一项", "It is the first already";
    is_last = "已经是最后一项", "It is the last already";
    drag_words = "拖动调整顺序", "Drag to change the order";
    acts = "操作", "Acts";
    grid_words =
        "计划事项表：方向键和回车在单元格之间移动，Esc 取消输入，Alt+上下键调整顺序。",
        "Items of the plan: arrows and Enter go from cell to cell, Esc gives up what is typed, Alt with up and down changes the order.";
    no_items_words =
        "添加第一个事项，复制上期计划，或直接从 Excel 粘贴。",
        "Add the first, copy the last period's plan, or paste from Excel.";
    hint_light = "权重偏低（不足 5 分）：可与相近事项合并。",
        "Weighs less than 5 points: consider joining it with a related item.";
    hint_heavy = "权重偏高（超过 30 分）：可拆成几项。",
        "Weighs more than 30 points: consider splitting it.";
    hint_unquantified =
        "目标和完成标准里没有数字或日期：写明做到多少、到哪天算完成。",
        "Neither target nor standard has a number or a date: say how much or by when counts as done.";

    copy_plan = "复制往期计划", "Copy an earlier plan";
    copy_title = "复制往期计划", "Copy an earlier plan";
    copy_words =
        "勾选要复制的事项。权重保留，时限移到本周期的同一天；未完成的请用“结转”。",
        "Tick what is to be copied. Weights stay, due days move to the same day of this period; carry over what is unfinished instead.";
    copy_from = "从哪份计划", "From which plan";
    copy_none = "没有可复制的往期计划", "No earlier plan to copy";
    copy_none_words =
        "本人或本部门更早周期的计划会列在这里。",
        "Plans of the same owner for earlier periods are listed here.";
    copy_sign = "复制所选", "Copy the chosen";
    copy_carried = "已结转，不重复复制", "Carried over already, not doubled";
    copy_same_title = "计划中已有同名事项", "The plan has an item of this title";
    choose_first = "先勾选至少一项。", "Tick at least one first.";

    paste = "从 Excel 粘贴", "Paste from Excel";
    paste_title = "从 Excel 粘贴", "Paste from Excel";
    paste_words =
        "在 Excel 中选中含表头的区域并复制，粘贴到下面；电脑上也可以直接在页面按 Ctrl+V。",
        "Copy the cells with their headings in Excel and paste them below; at a desk, press Ctrl+V anywhere on this page.";
    paste_field = "粘贴的内容", "What you paste";
    paste_read = "识别", "Read it";
    paste_empty = "先粘贴内容。", "Paste something first.";
    paste_columns = "各列是什么", "What the columns are";
    paste_headless = "没有找到表头，按内容猜测，请核对。",
        "No headings were found; the columns are guessed by their cells. Please check.";
    paste_rows = "将添加的事项", "Items that will be added";
    paste_back = "重新粘贴", "Paste again";
    paste_sign = "添加所选", "Add the chosen";
    column_beside = "原样附在事项后", "Kept beside the item";
    column_ignored = "忽略", "Ignored";

    since_before = "与上期计划相比", "Compared with the last plan";
    since_return = "退回之后的修改", "Changed since it was returned";
    no_before = "没有上期计划可比较。", "There is no earlier plan to compare with.";
    no_difference = "没有变化", "No differences";
    new_items = "新增事项", "New";
    carried_items = "结转事项", "Carried over";
    changed_items = "修改事项", "Changed";
    dropped_items = "不再列入", "Dropped";
    same_items = "没有变化", "Unchanged";
}

sentences! {
    hint_few(count) = "计分事项只有 {count} 个，建议 5 至 12 个。",
        "{count} weighted items; 5 to 12 are advised.";
    hint_many(count) = "计分事项有 {count} 个，建议 5 至 12 个。",
        "{count} weighted items; 5 to 12 are advised.";
    hint_temporary(share) = "临时工作占 {share}%，建议不超过 10%。",
        "Temporary work has {share}% of the weight; at most 10% is advised.";
    copied(count) = "已复制 {count} 项", "items copied: {count}";
    pasted(count) = "已添加 {count} 项", "items added: {count}";
    some_added(count, all) = "只添加了 {all} 项中的 {count} 项：", "Only {count} of {all} were added: ";
    pasted_row(line) = "第 {line} 行", "row {line}";
    nobody(given) =
        "没有叫“{given}”的人，也没有一人专任此岗位：责任人待定。",
        "Nobody is called “{given}”, and no one person holds such a post: the responsible person is left open.";
    cell_of(column, words) = "{column}：{words}", "{column}: {words}";
    due_moves(old, new) = "{old} → {new}", "{old} → {new}";
    counted(what, count) = "{what} {count}", "{what}: {count}";
    column_head(heading, sample) = "{heading}（{sample}）", "{heading} ({sample})";
}

/// What a pasted column is taken for, in words.
pub(crate) fn column(column: shared::import::PastedColumn) -> &'static str {
    use shared::import::PastedColumn as C;

    use crate::i18n::plan;
    match column {
        C::Title => plan::title(),
        C::Section => plan::section(),
        C::Target => plan::target(),
        C::Measure => plan::measure(),
        C::Baseline => plan::baseline(),
        C::Standard => plan::standard(),
        C::Rule => plan::rule(),
        C::Weight => plan::weight(),
        C::Due => plan::due(),
        C::Responsible => plan::responsible(),
        C::Helpers => plan::helpers(),
        C::Deliverable => plan::deliverable(),
        C::Beside => column_beside(),
        C::Ignored => column_ignored(),
    }
}
