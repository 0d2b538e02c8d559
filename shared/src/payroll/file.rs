//! The file that is handed over: one row for each line, the control totals at the end.
//!
//! The same batch gives the same bytes whoever reads it and in whatever language: every heading stands in
//! both, and names are those that the slips keep.

use chrono::Datelike;
use sha2::{Digest, Sha256};

use crate::canonical;
use crate::moment::Day;
use crate::organisation::Organisation;
use crate::seal::Assessment;
use crate::sheet;

use super::{ControlTotals, LineOf, PayLine, PaySlip};

/// The headings, in order.
const COLUMNS: [&str; 17] = [
    "批次 Batch",
    "发放月份 Pay month",
    "部门 Unit",
    "人员 Person",
    "项目 Line",
    "考核周期 Period",
    "绩效工资基数 Pay base",
    "浮动比例 Floating share",
    "绩效系数 Coefficient",
    "性质 Basis",
    "金额 Amount",
    "未扣留存 Held over",
    "更正批次 Corrects batch",
    "结果版本 Result version",
    "结果摘要 Result digest",
    "台账条目 Ledger entry",
    "人员编号 Person id",
];

/// Writes the file of a batch.
pub fn file(
    organisation: &Organisation,
    number: u32,
    month: Day,
    slips: &[PaySlip],
    totals: ControlTotals,
) -> String {
    let mut rows = vec![COLUMNS.map(str::to_owned).to_vec()];
    let month = month_word(month);
    for slip in slips {
        let of = |line| row(organisation, &month, slip, line);
        rows.extend(slip.lines.iter().map(of));
    }
    let mut end = vec![String::new(); COLUMNS.len()];
    end[0] = number.to_string();
    end[1] = month;
    "控制总额 Control totals".clone_into(&mut end[2]);
    end[3] = totals.heads.to_string();
    end[6] = totals.base.to_string();
    end[8] = totals.coefficients.to_string();
    end[10] = totals.amount.to_string();
    rows.push(end);
    sheet::csv(&rows)
}

/// A month as files name it: 2026-12.
pub fn month_word(month: Day) -> String {
    format!("{:04}-{:02}", month.year(), month.month())
}

/// SHA-256 of a file's bytes, 64 hexadecimal digits, as any program that makes checksums gives it.
pub fn digest(file: &str) -> String {
    canonical::hex(&Sha256::digest(file.as_bytes()))
}

fn row(organisation: &Organisation, month: &str, slip: &PaySlip, line: &PayLine) -> Vec<String> {
    let period = line.of.period();
    let period = period.and_then(|period| organisation.periods.get(&period));
    let reckoned = line.basis.is_some();
    let figure = |figure: String| if reckoned { figure } else { String::new() };
    let from = line.from.as_ref();
    vec![
        slip.batch.to_string(),
        month.to_owned(),
        slip.unit_name.clone(),
        slip.name.clone(),
        word(line.of).to_owned(),
        period.map_or_else(String::new, |period| {
            format!("{}/{}", period.from, period.to)
        }),
        figure(line.base.to_string()),
        figure(line.share.to_string()),
        figure(line.coefficient.to_string()),
        line.basis.map_or("", basis).to_owned(),
        line.amount.to_string(),
        line.capped.to_string(),
        line.corrects
            .map_or_else(String::new, |batch| batch.to_string()),
        from.map_or_else(String::new, |from| from.version.to_string()),
        from.map_or_else(String::new, |from| from.digest.clone()),
        line.of
            .entry()
            .map_or_else(String::new, |entry| entry.to_string()),
        slip.person.to_string(),
    ]
}

const fn word(of: LineOf) -> &'static str {
    match of {
        LineOf::Result(_) => "浮动绩效 Floating pay",
        LineOf::BackPay(_) => "补发 Back-pay",
        LineOf::Recovery(_) => "补扣 Recovery",
        LineOf::MinimumWage => "最低工资补足 Minimum wage",
        LineOf::Reward(_) => "奖励 Reward",
        LineOf::Compensation(_) => "赔偿 Compensation",
        LineOf::HeldOver(_) => "赔偿留存 Compensation held over",
        LineOf::Returned(_) => "退还 Returned",
        LineOf::RewardTaken(_) => "收回奖励 Reward taken back",
    }
}

const fn basis(basis: Assessment) -> &'static str {
    match basis {
        Assessment::Assessed => "正式 Assessed",
        Assessment::NotAssessed => "免考 Not assessed",
        Assessment::Provisional => "暂定 Provisional",
    }
}
