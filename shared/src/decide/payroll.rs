//! Rules of payroll: bases and minimum wages are entered, batches handed over.
//!
//! What a batch holds follows from what is known and is not typed: the command names the file that its
//! actor saw, and the same is drawn again here. Who hands over second under one number is told so.

use chrono::{Datelike, Months};
use serde_json::Value;

use crate::change::Change;
use crate::command::payroll::{EnterBase, EnterMinimum, HandOver, PayrollAct};
use crate::id::PersonId;
use crate::moment::Day;
use crate::partition::PartitionId;
use crate::payroll::{self, MinimumWage, PayBase, PayBatch, base_of};
use crate::permission;
use crate::plan::Signed;
use crate::quantity::Fen;
use crate::refusal::Refusal;
use crate::row::Row;
use crate::world::{Case, Stop};

use super::{MOST_TEXT, allow, fits, known, malformed, signed, within};

/// The most that is entered as a month's pay: 10,000,000 yuan.
const MOST_PAY: Fen = Fen(1_000_000_000);

/// The most units and people that a scope names.
const MOST_NAMED: usize = 500;

pub(super) fn act(case: &Case<'_>, act: &PayrollAct) -> Result<Vec<Change>, Stop> {
    let (organisation, today) = (case.organisation(), case.today());
    allow(permission::may_pay(organisation, case.actor, today))?;
    if !case.world.holds(PartitionId::Payroll, today) {
        return Err(Stop::NotHeld);
    }
    match act {
        PayrollAct::EnterBase(args) => enter_base(case, args),
        PayrollAct::EnterMinimum(args) => enter_minimum(case, args),
        PayrollAct::HandOver(args) => hand_over(case, args),
    }
}

fn enter_base(case: &Case<'_>, args: &EnterBase) -> Result<Vec<Change>, Stop> {
    let (organisation, today) = (case.organisation(), case.today());
    known(organisation.people.get(&args.person), "person")?;
    if !permission::may_enter_base(organisation, case.actor, args.person, today) {
        return Err(Refusal::OwnBase.into());
    }
    within("amount", &args.amount, &Fen(0), &MOST_PAY)?;
    dated(case, args.from)?;
    let bases = payroll::bases(case.world);
    let own = bases.get(&args.person);
    case.work(own.map_or(0, Vec::len) + 1)?;
    if own.is_some_and(|own| own.iter().any(|base| base.id == args.base)) {
        return Err(Refusal::already_exists("pay_base").into());
    }
    let current = base_of(case.world, args.person, args.from).map(|base| base.amount);
    if current != args.old {
        let (item, field) = (None, "amount".to_owned());
        let current = current.map_or(Value::Null, |fen| Value::String(fen.to_string()));
        return Err(Refusal::ChangedMeanwhile {
            item,
            field,
            current,
        }
        .into());
    }
    let row = PayBase {
        id: args.base,
        person: args.person,
        amount: args.amount,
        from: args.from,
        entered: signature(case, &args.note)?,
    };
    Ok(vec![Change::put(Row::PayBase(row))])
}

fn enter_minimum(case: &Case<'_>, args: &EnterMinimum) -> Result<Vec<Change>, Stop> {
    known(case.organisation().units.get(&args.unit), "unit")?;
    within("amount", &args.amount, &Fen(0), &MOST_PAY)?;
    dated(case, args.from)?;
    let taken = payroll::minimums(case.world);
    if taken.iter().any(|wage| wage.id == args.wage) {
        return Err(Refusal::already_exists("minimum_wage").into());
    }
    let row = MinimumWage {
        id: args.wage,
        unit: args.unit,
        amount: args.amount,
        from: args.from,
        entered: signature(case, &args.note)?,
    };
    Ok(vec![Change::put(Row::MinimumWage(row))])
}

/// Refuses a day to which no correction reaches back, and one more than a year ahead.
fn dated(case: &Case<'_>, from: Day) -> Result<(), Stop> {
    let month = case.today().with_day(1).unwrap_or(case.today());
    let back = Months::new(payroll::MOST_MONTHS);
    let least = month.checked_sub_months(back).unwrap_or(month);
    let most = month.checked_add_months(Months::new(12)).unwrap_or(month);
    within("from", &from, &least, &most)
}

fn hand_over(case: &Case<'_>, args: &HandOver) -> Result<Vec<Change>, Stop> {
    let (organisation, today) = (case.organisation(), case.today());
    if args.month.day() != 1 {
        return Err(malformed("month"));
    }
    if args.scope.units.len() + args.scope.people.len() > MOST_NAMED {
        return Err(Refusal::LimitPassed {
            limit: "named_per_batch".to_owned(),
            most: MOST_NAMED as u64,
        }
        .into());
    }
    for unit in &args.scope.units {
        known(organisation.units.get(unit), "unit")?;
    }
    for person in &args.scope.people {
        known(organisation.people.get(person), "person")?;
    }
    let this = today.with_day(1).unwrap_or(today);
    let next = this.checked_add_months(Months::new(1)).unwrap_or(this);
    if args.month > next {
        let (least, most) = (String::new(), next.to_string());
        let field = "month".to_owned();
        return Err(Refusal::OutOfRange { field, least, most }.into());
    }
    case.work(4 * (organisation.assignments.len() + organisation.people.len()))?;
    let draft = payroll::draft(case.world, args.month, &args.scope, case.moment.received)?;
    if args.number != draft.number {
        let number = draft.number;
        return Err(Refusal::BatchTaken { number }.into());
    }
    if let Some(last) = draft.closed_by {
        return Err(Refusal::PayMonthOver { last }.into());
    }
    if draft.slips.is_empty() {
        return Err(Refusal::NothingToPay.into());
    }
    signed(&args.seen, draft.digest.clone())?;
    let batch = PayBatch {
        number: draft.number,
        month: draft.month,
        scope: args.scope.clone(),
        totals: draft.totals,
        left_out: u32::try_from(draft.left_out.len()).unwrap_or(u32::MAX),
        digest: draft.digest,
        handed_over: signature(case, &args.note)?,
    };
    let slips = draft.slips.into_iter();
    let slips = slips.map(|slip| Change::put(Row::PaySlip(Box::new(slip))));
    let batch = Change::put(Row::PayBatch(Box::new(batch)));
    Ok(std::iter::once(batch).chain(slips).collect())
}

fn signature(case: &Case<'_>, note: &str) -> Result<Signed, Stop> {
    fits("note", note.trim(), MOST_TEXT)?;
    let by: PersonId = case.actor;
    Ok(Signed {
        by,
        times: case.moment.times(),
        reason: note.trim().to_owned(),
        timed: None,
    })
}
