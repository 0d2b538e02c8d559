//! The rule of a fund's publication: what came in follows from the ledgers and is not typed; what was
//! spent cannot be more than there is.

use crate::change::Change;
use crate::command::ledger::PublishFund;
use crate::ledger::fund::{self, FundLine};
use crate::permission;
use crate::plan::Signed;
use crate::quantity::Fen;
use crate::refusal::Refusal;
use crate::row::Row;
use crate::world::{Case, Stop};

use super::ledger::filled;
use super::{MOST_TEXT, allow, fits, known, signed};

/// The most units of one line: their ledgers are read together.
const MOST_UNITS: usize = 200;

pub(super) fn publish(case: &Case<'_>, args: &PublishFund) -> Result<Vec<Change>, Stop> {
    let organisation = case.organisation();
    let fund = known(fund::of(organisation, args.sheet), "fund")?;
    let today = case.today();
    allow(permission::may_publish_fund(
        organisation,
        case.actor,
        fund,
        today,
    ))?;
    known(organisation.periods.get(&args.period), "period")?;
    if organisation.fund_lines.contains_key(&args.line) {
        return Err(Refusal::already_exists("fund_line").into());
    }
    if args.units.len() > MOST_UNITS {
        return Err(Refusal::LimitPassed {
            limit: "units_per_fund_line".to_owned(),
            most: MOST_UNITS as u64,
        }
        .into());
    }
    let (entries, amount, words) = if let Some(spent) = args.spent {
        let balance = fund::balance(organisation, args.sheet);
        if spent <= Fen(0) || spent > balance {
            return Err(Refusal::FundTooSmall { balance }.into());
        }
        (Vec::new(), Fen(-spent.0), filled("words", &args.words)?)
    } else {
        let entries = fund::due(case.world, args.sheet, args.period, &args.units);
        case.work(entries.len())?;
        signed(&args.seen, fund::seen(&entries))?;
        if entries.is_empty() {
            return Err(Refusal::NothingToPublish.into());
        }
        fits("words", args.words.trim(), MOST_TEXT)?;
        let amount = entries.iter().map(|(_, fen)| fen.0).sum();
        (entries, Fen(amount), args.words.trim().to_owned())
    };
    let spends = args.spent.is_some();
    let line = FundLine {
        id: args.line,
        sheet: args.sheet,
        period: args.period,
        units: if spends {
            Vec::new()
        } else {
            args.units.clone()
        },
        entries,
        amount,
        words,
        published: Signed {
            by: case.actor,
            times: case.moment.times(),
            reason: String::new(),
            timed: None,
        },
    };
    Ok(vec![Change::put(Row::FundLine(line))])
}
