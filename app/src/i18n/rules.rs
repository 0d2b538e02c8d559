//! Words of the regime editor: what its fields, choices and blocks are called.

mod fields;
mod variants;

use super::Language;

words! {
    editor = "编辑考核办法", "Edit a regime";
    new_regime = "新建考核办法", "New regime";
    lead = "逐块填写。右上角随时显示哪里还不对，改好后才能启用。", "Fill in block by block. What is still wrong is listed, with how to mend it; then it can be adopted.";
    edit_copy = "以此为底稿编辑", "Edit a copy";
    from_blank = "从空白开始", "From a blank one";
    draft_kept = "草稿已存在这台设备上", "The draft is kept on this device";
    adopt = "启用", "Adopt";
    export = "导出 .json", "Export .json";
    import = "导入 .json", "Import .json";
    schema = "格式说明（JSON Schema）", "Format (JSON Schema)";
    nothing_wrong = "没有问题，可以启用。", "Nothing is wrong; it can be adopted.";
    findings = "要改的地方", "To fix";
    blocks = "各块", "Blocks";
    add = "添加", "Add";
    remove = "删除", "Remove";
    up = "上移", "Move up";
    down = "下移", "Move down";
    leave_out = "不填", "Leave it out";
    details = "代号", "Key";
    none_chosen = "（未选）", "(none)";
    hours = "小时", "hours";
    percent = "%", "%";
    points = "分", "points";
    yuan = "元", "yuan";
    number_unreadable = "请填数字，例如 10 或 0.5", "Enter a number such as 10 or 0.5";
    yes = "是", "Yes";
    no = "否", "No";
    preview = "试算", "Try it out";
    preview_lead = "改一改这个例子，看它得多少分、怎么算出来的。", "Change this example person and see the figures, and how they come about.";
    preview_not_yet = "改好上面的问题后就能试算。", "It can be tried out once nothing is wrong.";
    item = "事项", "Item";
    efficiency = "效率", "Efficiency";
    quality = "质量", "Quality";
    weight = "权重", "Weight";
    round_to_hundredth = "四舍五入到 0.01 分", "rounded to 0.01";
    score = "评分", "Score";
    days_late = "逾期天数", "Days late";
    carried_out = "完成了", "Carried out";
    compare = "与启用的版本比较", "Compare with an adopted one";
    compare_lead = "按代号逐条对照，只列不同的地方。", "Line by line, matched by key; only what differs.";
    compare_same = "两者相同。", "They are the same.";
    place = "位置", "Place";
    old = "原来", "Before";
    new = "现在", "Now";
    block_basics = "名称与范围", "Name and coverage";
    block_items = "计划里有什么", "What a plan holds";
    block_signing = "签批", "Signing";
    block_cycles = "周期与时限", "Periods and deadlines";
    block_judging = "评分人与办法", "Raters and ways of judging";
    block_total = "总分", "The total";
    block_grades = "等级与系数", "Grades and coefficients";
    block_tariffs = "扣分标准", "Tariffs";
    block_changes = "逾期与调整", "Lateness and changes";
    block_cohort = "整体平衡", "Whole cohorts";
    block_people = "人员与工资", "People and pay";
    block_after = "评分之后", "After judging";
}

sentences! {
    full_by_factor(full, factor) = "满分 {full} × 系数 {factor}", "full {full} × factor {factor}";
    gives_coefficient(coefficient) = "系数 {coefficient}", "coefficient {coefficient}";
    to_mend(count) = "还有 {count} 处要改", "{count} to be mended";
    preview_result(total, coefficient) = "总分 {total}，系数 {coefficient}", "Total {total}, coefficient {coefficient}";
    chosen(count, of) = "已选 {count} / {of}", "{count} of {of} chosen";
    nth(what, nth) = "{what} {nth}", "{what} {nth}";
}

/// Finds a row for a name in a type, else for the name alone.
fn found(
    table: &'static [(&str, &'static str, &'static str)],
    of: &str,
    name: &str,
) -> Option<&'static str> {
    let whole = format!("{of}.{name}");
    let row = table.iter().find(|row| row.0 == whole);
    let row = row.or_else(|| table.iter().find(|row| row.0 == name))?;
    Some(match super::language() {
        Language::Chinese => row.1,
        Language::English => row.2,
    })
}

/// What a field is called; its name where there is no word for it.
pub(crate) fn field<'n>(of: &str, name: &'n str) -> &'n str {
    found(fields::FIELDS, of, name).unwrap_or(name)
}

/// What a choice is called; its name where there is no word for it.
pub(crate) fn variant<'n>(of: &str, name: &'n str) -> &'n str {
    found(variants::VARIANTS, of, name).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::{fields, found, variants};
    use shared::regime::schema;

    #[test]
    fn every_field_and_every_choice_has_words() {
        let defined = schema::schema()["$defs"].as_object().expect("definitions");
        let fields_of = |of: &str, object: &'static serde_json::Value| {
            let members = object.get("properties").and_then(|it| it.as_object());
            for (name, _) in members.into_iter().flatten() {
                assert!(found(fields::FIELDS, of, name).is_some(), "{of}.{name}");
            }
        };
        for (name, definition) in defined {
            fields_of(name, definition);
            let (words, inner) = schema::variants(definition);
            for (variant, object) in &inner {
                fields_of(&format!("{name}.{variant}"), object);
            }
            let all = words
                .into_iter()
                .chain(inner.into_iter().map(|(name, _)| name));
            for variant in all {
                let known = found(variants::VARIANTS, name, variant);
                assert!(known.is_some(), "{name}.{variant}");
            }
        }
    }
}
