//! What a pasted column is: by its heading in Chinese or English, else by its cells.

use crate::compare::folded;
use crate::import::spoken;
use crate::organisation::Organisation;
use crate::quantity::Points;

/// What a column is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PastedColumn {
    /// What is to be done.
    Title,
    /// The section of work.
    Section,
    /// The target: a number, with its unit of measure or without.
    Target,
    /// The unit of measure.
    Measure,
    /// Where one starts from.
    Baseline,
    /// The completion standard.
    Standard,
    /// The scoring rule.
    Rule,
    /// The weight.
    Weight,
    /// The due day, or a rhythm.
    Due,
    /// The responsible person, or the post.
    Responsible,
    /// The helping units.
    Helpers,
    /// The deliverable.
    Deliverable,
    /// No field: the cells are kept beside the item, word for word.
    Beside,
    /// Nothing, for example a number of the row.
    Ignored,
}

/// Every field: its name in an import, and the words by which people head it.
const FIELDS: [(PastedColumn, &str, &[&str]); 12] = [
    (
        PastedColumn::Title,
        "title_zh",
        &[
            "计划事项",
            "工作事项",
            "工作内容",
            "工作任务",
            "工作项目",
            "计划内容",
            "主要工作",
            "考核项目",
            "事项",
            "内容",
            "任务",
            "项目",
            "item",
            "content",
            "task",
            "work",
            "title",
            "activity",
        ],
    ),
    (
        PastedColumn::Section,
        "section",
        &[
            "工作类别",
            "工作类型",
            "类别",
            "类型",
            "分类",
            "section",
            "category",
            "type",
        ],
    ),
    (
        PastedColumn::Target,
        "target",
        &[
            "目标值",
            "量化目标",
            "目标",
            "指标值",
            "指标",
            "target",
            "goal",
        ],
    ),
    (
        PastedColumn::Measure,
        "unit",
        &["计量单位", "单位", "measure", "unit of measure", "uom"],
    ),
    (
        PastedColumn::Baseline,
        "baseline",
        &["基数", "基期", "上期实绩", "现状", "baseline", "current"],
    ),
    (
        PastedColumn::Standard,
        "standard_zh",
        &[
            "完成标准",
            "衡量标准",
            "工作标准",
            "验收标准",
            "质量要求",
            "工作要求",
            "要求",
            "标准",
            "standard",
            "completion standard",
            "criteria",
            "acceptance",
        ],
    ),
    (
        PastedColumn::Rule,
        "scoring_rule_zh",
        &[
            "评分标准",
            "评分办法",
            "评分细则",
            "扣分标准",
            "考核标准",
            "考核办法",
            "计分办法",
            "scoring",
            "scoring rule",
            "rule",
        ],
    ),
    (
        PastedColumn::Weight,
        "weight",
        &[
            "权重",
            "分值",
            "标准分",
            "分数",
            "满分",
            "占比",
            "weight",
            "points",
            "score",
        ],
    ),
    (
        PastedColumn::Due,
        "due",
        &[
            "完成时限",
            "完成时间",
            "完成日期",
            "截止时间",
            "截止日期",
            "计划完成时间",
            "时限",
            "期限",
            "due",
            "due date",
            "due day",
            "deadline",
            "by when",
        ],
    ),
    (
        PastedColumn::Responsible,
        "owner_zh",
        &[
            "责任人",
            "负责人",
            "承办人",
            "执行人",
            "责任岗位",
            "主办",
            "responsible",
            "owner",
            "person",
            "responsible person",
        ],
    ),
    (
        PastedColumn::Helpers,
        "helper_zh",
        &[
            "协同部门",
            "协同人",
            "配合部门",
            "协助部门",
            "协办部门",
            "协同",
            "配合",
            "协办",
            "helper",
            "helpers",
            "support",
            "helping units",
        ],
    ),
    (
        PastedColumn::Deliverable,
        "deliverable_zh",
        &[
            "输出成果",
            "交付物",
            "成果形式",
            "成果",
            "输出",
            "deliverable",
            "output",
            "result",
        ],
    ),
];

/// Headings of a column that numbers the rows.
const NUMBERS: [&str; 6] = ["序号", "编号", "no", "no.", "#", "nr"];

/// A heading is short; a longer cell is content.
const LONGEST_HEADING: usize = 20;

impl PastedColumn {
    /// Everything that a column can be taken for, in the order in which it is offered.
    pub fn all() -> impl Iterator<Item = Self> {
        let fields = FIELDS.iter().map(|(column, ..)| *column);
        fields.chain([Self::Beside, Self::Ignored])
    }

    /// Says whether an item has a field for it.
    pub const fn is_field(self) -> bool {
        !matches!(self, Self::Beside | Self::Ignored)
    }

    /// Its name in an import.
    pub(super) fn name(self) -> Option<&'static str> {
        let field = FIELDS.iter().find(|(column, ..)| *column == self);
        field.map(|(_, name, _)| *name)
    }

    /// What a heading says: the field whose words it is, else the one whose longest word it has; and
    /// whether it is those words.
    fn headed(heading: &str) -> Option<(Self, bool)> {
        let outside = heading.split(['(', '（', '/', '[']).next()?;
        let heading = folded(outside);
        if heading.is_empty() || heading.chars().count() > LONGEST_HEADING {
            return None;
        }
        if NUMBERS.contains(&heading.as_str()) {
            return Some((Self::Ignored, true));
        }
        let mut best: Option<(usize, Self)> = None;
        for (column, _, words) in FIELDS {
            for word in words {
                let word = folded(word);
                if heading == word {
                    return Some((column, true));
                }
                let longer = best.is_none_or(|(length, _)| word.len() > length);
                if heading.contains(&word) && longer {
                    best = Some((word.len(), column));
                }
            }
        }
        best.map(|(_, column)| (column, false))
    }
}

/// Says whether a row is one of headings: most of its cells are, and not by chance.
///
/// A title may well have the word of a heading in it; one cell is a heading only by its whole words.
pub(super) fn are_headings(row: &[String]) -> bool {
    let filled: Vec<&String> = row.iter().filter(|cell| !cell.is_empty()).collect();
    let known: Vec<(PastedColumn, bool)> = filled
        .iter()
        .filter_map(|cell| PastedColumn::headed(cell))
        .collect();
    let sure = known.len() > 1 || known.iter().any(|(_, whole)| *whole);
    sure && known.len() * 2 >= filled.len()
}

/// What the columns are taken for: by heading where there is one, then by the cells.
///
/// Each field is taken once; a second column under the same heading is kept beside.
pub(super) fn guessed(
    headings: &[String],
    rows: &[Vec<String>],
    organisation: &Organisation,
) -> Vec<PastedColumn> {
    let width = rows.first().map_or(headings.len(), Vec::len);
    let mut columns: Vec<Option<PastedColumn>> = vec![None; width];
    for (at, heading) in headings.iter().enumerate() {
        let column = PastedColumn::headed(heading).map(|(column, _)| column);
        let column =
            column.filter(|column| !column.is_field() || !columns.contains(&Some(*column)));
        let other = (!heading.is_empty()).then_some(PastedColumn::Beside);
        columns[at] = column.or(other);
    }
    if headings.is_empty() {
        by_cells(&mut columns, rows, organisation);
    }
    if !columns.contains(&Some(PastedColumn::Title)) {
        // What nothing else is and is longest says what is to be done.
        let length = |at: &usize| {
            let cells = rows.iter().filter_map(|row| row.get(*at));
            cells.map(|cell| cell.chars().count()).sum::<usize>()
        };
        let free = (0..width)
            .filter(|at| columns[*at].is_none_or(|column| column == PastedColumn::Beside));
        if let Some(at) = free.max_by_key(|at| (length(at), width - at)) {
            columns[at] = Some(PastedColumn::Title);
        }
    }
    let rest = columns.into_iter();
    rest.map(|column| column.unwrap_or(PastedColumn::Beside))
        .collect()
}

/// Takes columns for what every filled cell of them can be.
fn by_cells(
    columns: &mut [Option<PastedColumn>],
    rows: &[Vec<String>],
    organisation: &Organisation,
) {
    let people: Vec<String> = organisation
        .people
        .values()
        .map(|p| folded(&p.name))
        .collect();
    let units: Vec<String> = organisation
        .units
        .values()
        .map(|u| folded(&u.name))
        .collect();
    let number = |cell: &str| spoken::weight(cell).parse::<Points>().is_ok();
    for (at, column) in columns.iter_mut().enumerate() {
        let cells: Vec<&str> = rows
            .iter()
            .filter_map(|row| row.get(at))
            .map(String::as_str)
            .filter(|cell| !cell.is_empty())
            .collect();
        let all =
            |is: &dyn Fn(&str) -> bool| !cells.is_empty() && cells.iter().all(|cell| is(cell));
        let counts = rows.len() > 1
            && cells.len() == rows.len()
            && cells.iter().zip(1..).all(|(cell, n)| cell.parse() == Ok(n));
        *column = match () {
            () if counts => Some(PastedColumn::Ignored),
            () if all(&|cell| people.contains(&folded(cell))) => Some(PastedColumn::Responsible),
            () if all(&|cell| units.contains(&folded(cell))) => Some(PastedColumn::Helpers),
            () if all(&number) => Some(PastedColumn::Weight),
            () if all(&|cell| is_due(cell)) => Some(PastedColumn::Due),
            () => None,
        };
    }
    for at in 1..columns.len() {
        // Each field once: the first column is it.
        let earlier = columns[..at].contains(&columns[at]);
        let field = columns[at].is_some_and(PastedColumn::is_field);
        if earlier && field {
            columns[at] = None;
        }
    }
}

/// Says whether a cell reads as a day or a rhythm.
fn is_due(cell: &str) -> bool {
    let form = spoken::due(cell);
    form != cell.trim() || form.parse::<crate::moment::Day>().is_ok()
}
