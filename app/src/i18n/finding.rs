//! What is wrong in a regime, in words, and what to do about it.
//!
//! A finding names facts; what it is called and how it is mended stands here and nowhere else.

use shared::period::PeriodKind;
use shared::quantity::Points;
use shared::regime::finding::Problem;

use super::common;
use super::rules::variant;

words! {
    empty = "不能为空", "It is empty";
    empty_way = "请填写。", "Fill it in.";
    no_entries = "至少要有一项", "There is no entry";
    no_entries_way = "请添加一项。", "Add one.";
    better_is_less = "较好的反而得得少", "The better gives less than the worse";
    better_is_less_way = "请改数字，或调整顺序：从好到差排列。", "Change the figure, or put the better first.";
    not_descending = "没有低于前一档", "It does not begin below the band before it";
    not_descending_way = "请从高到低排列，每档的起点要低于前一档。", "List bands from the highest; each begins below the one before it.";
    leaves_hole = "有的日子会重复或漏掉", "Some days would be assessed twice or never";
    bad_key = "代号只能用小写字母开头，由小写字母、数字、- 和 _ 组成，最长 40 位", "A key is made of a to z, digits, - and _, begins with a letter and has at most 40";
    bad_key_way = "请改代号。名称不受此限。", "Change the key. The name may be anything.";
    never_due = "永远不会到这一天", "There is never such a day";
    never_due_way = "请选另一种日期。", "Choose another kind of day.";
    result_circle = "这个得分要用到它自己", "This total would need itself";
    result_circle_way = "请改为引用另一种周期的结果，或去掉这一部分。", "Take the result of another period, or remove the part.";
    no_amount = "没有写明扣多少", "It says no amount";
    no_amount_way = "请填写分数或金额；金额还没定的，勾选“金额待定”；只作记录的，把性质改为“记录”。", "Enter points or money. Tick “to be set” where the amount is still open, or make it a record.";
    exported = "这一类不能从工资里扣钱", "No money may be taken for this";
    exported_way = "请关闭“金额生效”，只扣分；或者改为有条款依据的赔偿。", "Switch “money takes effect” off and leave the points, or make it compensation with its clause.";
    upside_down = "下限高于上限", "The least is above the most";
    upside_down_way = "请对调或改小下限。", "Swap them, or lower the least.";
    escalation_falls = "后一次比前一次还轻", "A later time costs less than an earlier one";
    escalation_falls_way = "请从轻到重排列。", "List them from the lightest.";
    lowers_total = "得分越多，总分反而越低", "Earning more here would lower the total";
    lowers_total_way = "扣减部分只能用扣分、手工评分或指标；乘法里的部分请设“最低 0 分”。", "Take off charges, typed points or measures only; in a product set the least to 0.";
    says_nothing = "缺了评分就没有着落", "A missing rating would mean nothing";
    says_nothing_way = "至少一位评分人的“缺评时”要选：按 0 分、等待、暂定或由他人代替，且不能互相代替。", "For at least one rater choose: counts zero, wait, provisional or somebody instead, and not in a circle.";
    nothing_judged = "要评等级，却没有任何评分", "Grades are to be given, but nothing is judged";
    nothing_judged_way = "请给周期加上总分的计算办法，并让至少一位评分人的占比大于 0；或者选“不评等级”。", "Give a period a total and a rater a weight above 0, or choose “no grades”.";
    approve_missing = "没有审批步骤", "No step approves";
    approve_missing_way = "请至少把一步设为“审批”。", "Make at least one step an approval.";
    cannot_round = "先取整的部分不能相乘", "Rounded parts cannot be multiplied";
    cannot_round_way = "请改为合计后取整一次。", "Round the total once instead.";
    window_never = "这样永远没有可以申请的时间", "There would never be a time for it";
    window_never_way = "请填 1 天以上。", "Enter 1 day or more.";
    choose_other = "请从现有的里面选，或先添加它。", "Choose one that there is, or add it first.";
    duplicate_way = "请改掉其中一个。", "Change one of the two.";
    delete_field = "请删除它。", "Delete it.";
    unreadable = "这个文件不是考核办法", "The file is not a regime";
    unreadable_way = "请选由本产品导出的 .json 文件。", "Choose a .json file that this product exported.";
    format_way = "请用当前版本重新导出。", "Export it again with the present version.";
    missing_way = "请补上。", "Add it.";
    type_way = "请按要求改写。", "Write it as it must be.";
    count_way = "请增删到一样多。", "Add or remove until they are as many.";
    contradicts_way = "请改其中一处。", "Change one of the two.";
    too_early_way = "请把它推后，或把前一步提前。", "Move it behind that step, or that step before it.";
    sum_way = "请调整，使合计正好。", "Change them so that they make it exactly.";
    without_use_way = "请去掉它，或先改那一处。", "Remove it, or change that place first.";
    nowhere_way = "请删除这个标记。", "Remove this mark.";
    twice_due_way = "每一步只留一个时限。", "Keep one deadline for each step.";
    unreachable_way = "请把起点降到最高分以内，或删除这一档。", "Lower its edge to that, or remove the band.";
    overlap_way = "请让低一档的上限等于高一档的起点。", "Let the lower band end where the higher begins.";
    circle_way = "短的周期只能放在长的周期里；请去掉其中一个。", "A shorter period lies within a longer one only; remove one of them.";
    amount_twice_way = "请去掉这里的分数：每条记录自己带分数。", "Remove these points: each entry carries its own.";
    no_method_way = "请在某个“事项得分”部分里加上它，或设为“计划外”。", "Add it to a part of items, or let it stand outside the total.";
    quota_way = "请改比例或顺序：落选的人只能进更低的档。", "Change the share or the order: who finds no place falls to a lower band.";
    too_deep_way = "请把里面的部分往外移。", "Move the inner parts outward.";
    too_many_way = "请合并或删除几项。", "Join some, or remove them.";
}

sentences! {
    with_remedy(problem, remedy) = "{problem}。{remedy}", "{problem}. {remedy}";
    at_place(place, words) = "{place}：{words}", "{place}: {words}";
    unknown_format(must) = "格式不是 {must}", "The format is not {must}";
    duplicate(key) = "“{key}”出现了两次", "“{key}” stands twice";
    unknown_key(key) = "没有“{key}”", "There is no “{key}”";
    wrong_count(is, must) = "有 {is} 个，应为 {must} 个", "There are {is}; there must be {must}";
    too_small(least) = "至少为 {least}", "It is less than {least}";
    too_small_way(least) = "请填 {least} 或更大的数。", "Enter {least} or more.";
    too_large(most) = "最多为 {most}", "It is more than {most}";
    too_large_way(most) = "请填 {most} 或更小的数。", "Enter {most} or less.";
    unreachable(highest) = "谁也达不到：最高只能得 {highest} 分", "Nobody can reach it: the highest possible total is {highest}";
    contradicts(other) = "与“{other}”矛盾", "It contradicts “{other}”";
    too_early(after) = "排在了“{after}”之前，顺序反了", "It is due before “{after}”, which must come first";
    does_not_sum(is, must) = "合计为 {is}，应为 {must}", "They add up to {is}; they must make {must}";
    leaves_hole_way(must) = "起始日请填 {must}。", "Begin on day {must}.";
    without_use(other) = "按“{other}”的设定，这里用不上", "It has no use, given “{other}”";
    points_nowhere(pointer) = "产品默认的标记指向不存在的地方：{pointer}", "A mark of a house default leads nowhere: {pointer}";
    unknown_field(field) = "没有“{field}”这个字段", "There is no field “{field}”";
    near_field(near) = "请删除它，或改为“{near}”。", "Delete it, or did you mean “{near}”?";
    missing(field) = "缺少“{field}”", "“{field}” is missing";
    wrong_type(must) = "应为：{must}", "It must be: {must}";
    unreadable_line(line) = "第 {line} 行读不懂", "Line {line} cannot be read";
    not_among(key) = "没有“{key}”", "There is no “{key}”";
    choose_of(among) = "请从中选择：{among}。", "Choose one of: {among}.";
    twice_due(other) = "这一步在“{other}”已有时限", "This step has a deadline already: “{other}”";
    hole(from, below) = "{from} 分到不满 {below} 分的没有档次", "Totals from {from} to below {below} belong to no band";
    hole_way(from) = "请让这一档从 {from} 开始，或添加一档。", "Let the band begin at {from}, or add a band.";
    overlap(other) = "与“{other}”重叠", "It overlaps with “{other}”";
    kinds_circle(kinds) = "周期互相包含，成了圈：{kinds}", "Periods lie within each other in a circle: {kinds}";
    kinds_order(longer, shorter) = "{longer}不能包含{shorter}", "A {longer} cannot hold a {shorter}";
    amount_twice(other) = "“{other}”的每条记录已有自己的分数", "Each entry of “{other}” has points of its own";
    no_method(of) = "“{of}”没有评分办法", "Nothing judges “{of}”";
    quota_contradicts(other) = "与“{other}”矛盾", "It contradicts “{other}”";
    too_deep(most) = "嵌套超过 {most} 层", "Parts lie more than {most} deep";
    too_many(most) = "超过 {most} 项", "There are more than {most}";
}

/// How facts of a finding are shown by whoever shows it.
pub(crate) struct Saying<'a> {
    /// A place of the document, in words.
    pub(crate) place: &'a dyn Fn(&str) -> String,
    /// A figure at the finding's own place, in the unit of that place.
    pub(crate) figure: &'a dyn Fn(&str) -> String,
    /// A field's name, in words.
    pub(crate) field: &'a dyn Fn(&str) -> String,
}

/// What is wrong.
pub(crate) fn problem(problem: &Problem, say: &Saying<'_>) -> String {
    let place = |at: &str| (say.place)(at);
    let percent = |share: shared::quantity::BasisPoints| format!("{} %", Points(share.0));
    match problem {
        Problem::UnknownFormat { must } => unknown_format(&must.to_string()),
        Problem::Empty => empty().to_owned(),
        Problem::NoEntries => no_entries().to_owned(),
        Problem::DuplicateKey { key } => duplicate(key),
        Problem::UnknownKey { key } => unknown_key(key),
        Problem::WrongCount { is, must } => wrong_count(&is.to_string(), &must.to_string()),
        Problem::TooSmall { least } => too_small(&(say.figure)(least)),
        Problem::TooLarge { most } => too_large(&(say.figure)(most)),
        Problem::BetterIsLess => better_is_less().to_owned(),
        Problem::NotDescending => not_descending().to_owned(),
        Problem::Unreachable { highest } => unreachable(&highest.to_string()),
        Problem::Contradicts { other } => contradicts(&place(other)),
        Problem::TooEarly { after } => too_early(&place(after)),
        Problem::DoNotSum { is, must } => does_not_sum(&percent(*is), &percent(*must)),
        Problem::LeavesHole { .. } => leaves_hole().to_owned(),
        Problem::WithoutUse { other } => without_use(&place(other)),
        Problem::PointsNowhere { pointer } => points_nowhere(pointer),
        Problem::UnknownField { field, .. } => unknown_field(field),
        Problem::Missing { field } => missing(&(say.field)(field)),
        Problem::WrongType { must } => wrong_type(must),
        Problem::Unreadable { line: 0 } => unreadable().to_owned(),
        Problem::Unreadable { line } => unreadable_line(&line.to_string()),
        Problem::BadKey => bad_key().to_owned(),
        Problem::NotAmong { key, .. } => not_among(key),
        Problem::TwiceDue { other } => twice_due(&place(other)),
        Problem::NeverDue => never_due().to_owned(),
        Problem::Hole { from, below } => hole(&from.to_string(), &below.to_string()),
        Problem::Overlap { other } => overlap(&place(other)),
        Problem::PointsDoNotSum { is, must } => does_not_sum(&is.to_string(), &must.to_string()),
        Problem::KindsCircle { kinds } => kinds_circle(&all_kinds(kinds)),
        Problem::KindsOrder { longer, shorter } => kinds_order(&kind(*longer), &kind(*shorter)),
        Problem::ResultCircle => result_circle().to_owned(),
        Problem::NoAmount => no_amount().to_owned(),
        Problem::AmountTwice { other } => amount_twice(&place(other)),
        Problem::Exported => exported().to_owned(),
        Problem::RangeUpsideDown => upside_down().to_owned(),
        Problem::EscalationFalls => escalation_falls().to_owned(),
        Problem::LowersTotal => lowers_total().to_owned(),
        Problem::NoMethod { of } => no_method(of),
        Problem::MissingSaysNothing => says_nothing().to_owned(),
        Problem::NothingJudged => nothing_judged().to_owned(),
        Problem::ApproveMissing => approve_missing().to_owned(),
        Problem::QuotaContradicts { other } => quota_contradicts(&place(other)),
        Problem::TooDeep { most } => too_deep(&most.to_string()),
        Problem::TooMany { most } => too_many(&most.to_string()),
        Problem::CannotRound => cannot_round().to_owned(),
        Problem::WindowNever => window_never().to_owned(),
    }
}

/// What to do about it.
pub(crate) fn remedy(problem: &Problem, say: &Saying<'_>) -> String {
    match problem {
        Problem::TooSmall { least } => return too_small_way(&(say.figure)(least)),
        Problem::TooLarge { most } => return too_large_way(&(say.figure)(most)),
        Problem::LeavesHole { must } => return leaves_hole_way(&must.to_string()),
        Problem::UnknownField {
            near: Some(near), ..
        } => return near_field(near),
        Problem::NotAmong { among, .. } if !among.is_empty() => {
            return choose_of(&among.join(common::between()));
        }
        Problem::Hole { from, .. } => return hole_way(&from.to_string()),
        _ => {}
    }
    plain_remedy(problem).to_owned()
}

fn plain_remedy(problem: &Problem) -> &'static str {
    match problem {
        Problem::UnknownFormat { .. } => format_way(),
        Problem::Empty => empty_way(),
        Problem::NoEntries => no_entries_way(),
        Problem::DuplicateKey { .. } => duplicate_way(),
        Problem::UnknownKey { .. } | Problem::NotAmong { .. } => choose_other(),
        Problem::WrongCount { .. } => count_way(),
        Problem::BetterIsLess => better_is_less_way(),
        Problem::NotDescending => not_descending_way(),
        Problem::Unreachable { .. } => unreachable_way(),
        Problem::Contradicts { .. } => contradicts_way(),
        Problem::TooEarly { .. } => too_early_way(),
        Problem::DoNotSum { .. } | Problem::PointsDoNotSum { .. } => sum_way(),
        Problem::WithoutUse { .. } => without_use_way(),
        Problem::PointsNowhere { .. } => nowhere_way(),
        Problem::UnknownField { .. } => delete_field(),
        Problem::Missing { .. }
        | Problem::TooSmall { .. }
        | Problem::TooLarge { .. }
        | Problem::LeavesHole { .. }
        | Problem::Hole { .. } => missing_way(),
        Problem::WrongType { .. } => type_way(),
        Problem::Unreadable { .. } => unreadable_way(),
        Problem::BadKey => bad_key_way(),
        Problem::TwiceDue { .. } => twice_due_way(),
        Problem::NeverDue => never_due_way(),
        Problem::Overlap { .. } => overlap_way(),
        Problem::KindsCircle { .. } | Problem::KindsOrder { .. } => circle_way(),
        Problem::ResultCircle => result_circle_way(),
        Problem::NoAmount => no_amount_way(),
        Problem::AmountTwice { .. } => amount_twice_way(),
        Problem::Exported => exported_way(),
        Problem::RangeUpsideDown => upside_down_way(),
        Problem::EscalationFalls => escalation_falls_way(),
        Problem::LowersTotal => lowers_total_way(),
        Problem::NoMethod { .. } => no_method_way(),
        Problem::MissingSaysNothing => says_nothing_way(),
        Problem::NothingJudged => nothing_judged_way(),
        Problem::ApproveMissing => approve_missing_way(),
        Problem::QuotaContradicts { .. } => quota_way(),
        Problem::TooDeep { .. } => too_deep_way(),
        Problem::TooMany { .. } => too_many_way(),
        Problem::CannotRound => cannot_round_way(),
        Problem::WindowNever => window_never_way(),
    }
}

fn all_kinds(kinds: &[PeriodKind]) -> String {
    let words: Vec<String> = kinds.iter().map(|one| kind(*one)).collect();
    words.join(" → ")
}

/// What a kind of period is called.
fn kind(kind: PeriodKind) -> String {
    let word = serde_json::to_string(&kind).unwrap_or_default();
    variant("PeriodKind", word.trim_matches('"')).to_owned()
}
