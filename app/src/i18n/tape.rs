//! Words of a derivation that a tape holds.

words! {
    total = "合计", "Total";
    product_rule = "相乘", "multiplied";
    least_rule = "取最低", "the lowest";
    dropped_rule = "没有内容，不计", "nothing in it, left out";
    pending_rule = "尚未确定，此为暂列", "still open, so this is preliminary";
    lowered_rule = "因限制条件降等", "lowered by a condition";
    ceiling_rule = "按部门总分封顶", "held to the ceiling of the unit";
    quota_rule = "按比例定档", "by the places that there are";
    decided_rule = "由评定", "decided";
}

sentences! {
    undone_rule(full, factor) = "未执行：{full} × {factor}", "not carried out: {full} × {factor}";
    off_rule(count, points) = "扣 {count} × {points} 分", "off: {count} × {points} points";
    amount_rule(count, points) = "{count} × {points} 分", "{count} × {points} points";
    ratio_rule(over, under) = "{over} ÷ {under}", "{over} ÷ {under}";
    short_rule(length) = "差 {length}", "short by {length}";
    steps_rule(target) = "与 {target} 相差的档数", "steps below {target}";
    result_rule(total) = "得分 {total}", "its total {total}";
    factor_rule(factor) = "系数 {factor}", "factor {factor}";
    stair_rule(from, factor) = "达到 {from} 得系数 {factor}", "from {from} on a factor of {factor}";
    slope_rule(from, to) = "{from} 至 {to} 之间按比例", "on a line from {from} to {to}";
    mean_rule(by) = "÷ {by}", "÷ {by}";
    weight_rule(weight) = "权重 {weight}", "weight {weight}";
    at_least_rule(bound) = "不低于 {bound}", "no less than {bound}";
    at_most_rule(bound) = "不超过 {bound}", "no more than {bound}";
}
