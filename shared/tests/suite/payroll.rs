//! Payroll by hand: control totals, back-pay and recovery, the cap of compensation, the minimum wage.

use shared::id::{EntryId, PeriodId, PersonId};
use shared::moment::Day;
use shared::payroll::{
    Blocked, ControlTotals, EntryDue, LineOf, PayFacts, PayrollBatch, ResultDue, stage,
};
use shared::plan::Signed;
use shared::quantity::{BasisPoints, Fen};
use shared::regime::tariff::Legal;

use crate::prelude::*;

const fn entry(n: u128) -> EntryId {
    EntryId::from_bits(0xe000 + n)
}

/// The result of a period at a coefficient, of which 20 % of 8,000 yuan float.
fn result(period: PeriodId, version: u32, coefficient: i64) -> ResultDue {
    ResultDue {
        period,
        plan: PLAN,
        version,
        base: Fen(800_000),
        floating_share: BasisPoints(2_000),
        coefficient: BasisPoints(coefficient),
    }
}

fn facts(person: PersonId, results: Vec<ResultDue>) -> PayFacts {
    PayFacts {
        person,
        base: Fen(800_000),
        minimum: Some(Fen(250_000)),
        most_deducted: BasisPoints(2_000),
        results,
        entries: Vec::new(),
    }
}

fn compensation(n: u128, date: u32, fen: i64) -> EntryDue {
    EntryDue {
        entry: entry(n),
        happened: day(2026, 11, date),
        legal: Legal::Compensation,
        amount: Fen(fen),
    }
}

fn december() -> Day {
    day(2026, 12, 1)
}

fn january() -> Day {
    day(2027, 1, 1)
}

fn handed_over(batch: PayrollBatch) -> PayrollBatch {
    let times = noon(day(2026, 12, 10)).times();
    let locked = Some(Signed {
        by: KEEPER,
        times,
        reason: String::new(),
        timed: None,
    });
    PayrollBatch { locked, ..batch }
}

fn amounts(batch: &PayrollBatch) -> Vec<(LineOf, i64, i64)> {
    let lines = batch.lines.iter();
    lines
        .map(|line| (line.of, line.amount.0, line.capped.0))
        .collect()
}

/// 8,000 × 20 % = 1,600 float: at 1.20 they are 1,920, at 0.80 they are 1,280; 3,200 in all.
#[test]
fn a_batch_pays_what_floats_and_counts_itself() {
    let people = [
        facts(WORKER, vec![result(NOVEMBER, 1, 12_000)]),
        facts(KEEPER, vec![result(NOVEMBER, 1, 8_000)]),
    ];
    let batch = stage(december(), &people, &[]).unwrap();
    let of = LineOf::Result(NOVEMBER, PLAN, 1);
    assert_eq!(amounts(&batch), [(of, 192_000, 0), (of, 128_000, 0)]);
    let totals = ControlTotals {
        heads: 2,
        base: Fen(1_600_000),
        coefficients: BasisPoints(20_000),
        amount: Fen(320_000),
    };
    assert_eq!((batch.number, batch.totals), (1, totals));
    assert!(batch.is_whole());
    let mut other = batch.clone();
    other.lines[0].amount = Fen(192_001);
    assert!(!other.is_whole());
    let mut swapped = batch;
    swapped.lines.swap(0, 1);
    assert!(!swapped.is_whole());
}

/// A provisional 1.00 pays 1,600; judged later at 1.10 it is 1,760: 160 more in the next batch. A
/// third version at 0.90 is 1,440: 320 less than the 1,760 that were paid.
#[test]
fn what_changes_after_the_hand_over_is_a_line_of_the_next_batch() {
    let at = |month, version, coefficient, former: &[PayrollBatch]| {
        let people = [facts(WORKER, vec![result(NOVEMBER, version, coefficient)])];
        stage(month, &people, former)
    };
    let first = handed_over(at(december(), 1, 10_000, &[]).unwrap());
    assert_eq!(first.totals.amount, Fen(160_000));
    let again = at(december(), 2, 11_000, std::slice::from_ref(&first));
    let last = december();
    assert_eq!(again, Err(Blocked::HandedOver { last }));
    let second = at(january(), 2, 11_000, std::slice::from_ref(&first)).unwrap();
    let more = LineOf::BackPay(NOVEMBER, PLAN, 2);
    assert_eq!(amounts(&second), [(more, 16_000, 0)]);
    assert_eq!(second.number, 2);
    // A line of back-pay is no pay base of this month.
    assert_eq!(second.totals.base, Fen(0));
    let paid = [first, handed_over(second)];
    let third = at(day(2027, 2, 1), 3, 9_000, &paid).unwrap();
    let less = LineOf::Recovery(NOVEMBER, PLAN, 3);
    assert_eq!(amounts(&third), [(less, -32_000, 0)]);
    let paid = [paid[0].clone(), paid[1].clone(), handed_over(third)];
    let none = at(day(2027, 3, 1), 3, 9_000, &paid).unwrap();
    assert_eq!(amounts(&none), []);
}

/// At 1.00 the month's pay is 8,000, of which 1,600 may be taken: of 1,000 and 1,500 the first goes
/// whole, of the second 600, and 900 stay open. Next month they go before a new 1,000, of which 700
/// fit beside them and 300 stay open.
#[test]
fn compensation_takes_a_fifth_of_the_month_and_the_rest_stays_open() {
    let mut december_facts = facts(WORKER, vec![result(NOVEMBER, 1, 10_000)]);
    december_facts.entries = vec![compensation(2, 9, 150_000), compensation(1, 5, 100_000)];
    let first = stage(december(), &[december_facts.clone()], &[]).unwrap();
    assert_eq!(
        amounts(&first)[1..],
        [
            (LineOf::Compensation(entry(1)), -100_000, 0),
            (LineOf::Compensation(entry(2)), -60_000, 90_000),
        ]
    );
    let mut january_facts = december_facts;
    january_facts.results.push(result(DECEMBER, 1, 10_000));
    january_facts.entries.push(compensation(3, 30, 100_000));
    let second = stage(january(), &[january_facts], &[handed_over(first)]).unwrap();
    assert_eq!(
        amounts(&second),
        [
            (LineOf::Result(DECEMBER, PLAN, 1), 160_000, 0),
            (LineOf::HeldOver(entry(2)), -90_000, 0),
            (LineOf::Compensation(entry(3)), -70_000, 30_000),
        ]
    );
}

/// 3,000 a month with a minimum wage of 2,800: at coefficient 0 the 600 that float are gone, 2,400
/// remain and are lifted by 400; nothing is left to take.
#[test]
fn the_minimum_wage_is_tested_after_the_coefficient() {
    let small = |coefficient| {
        let own = ResultDue {
            base: Fen(300_000),
            ..result(NOVEMBER, 1, coefficient)
        };
        PayFacts {
            base: Fen(300_000),
            minimum: Some(Fen(280_000)),
            entries: vec![compensation(1, 5, 50_000)],
            ..facts(WORKER, vec![own])
        }
    };
    let batch = stage(december(), &[small(0)], &[]).unwrap();
    let of = LineOf::Result(NOVEMBER, PLAN, 1);
    let lifted = (LineOf::MinimumWage, 40_000, 0);
    let open = (LineOf::Compensation(entry(1)), 0, 50_000);
    assert_eq!(amounts(&batch), [(of, 0, 0), lifted, open]);
    // At 1.00 the pay is 3,000: 200 above the minimum, less than the fifth of 600.
    let batch = stage(december(), &[small(10_000)], &[]).unwrap();
    let taken = (LineOf::Compensation(entry(1)), -20_000, 30_000);
    assert_eq!(amounts(&batch)[1..], [taken]);
}

#[test]
fn without_a_minimum_wage_nobody_loses_anything() {
    let unknown = |coefficient| PayFacts {
        minimum: None,
        ..facts(WORKER, vec![result(NOVEMBER, 1, coefficient)])
    };
    let people = vec![WORKER];
    assert_eq!(
        stage(december(), &[unknown(9_999)], &[]),
        Err(Blocked::NoMinimumWage { people })
    );
    assert!(stage(december(), &[unknown(10_000)], &[]).is_ok());
}

/// Fines of points and so-called donations are never money, whatever amount somebody enters.
#[test]
fn points_donations_and_records_are_never_exported() {
    let of = |legal| EntryDue {
        legal,
        ..compensation(1, 5, 10_000)
    };
    for legal in [Legal::Points, Legal::Donation, Legal::Record] {
        let mut own = facts(WORKER, Vec::new());
        own.entries = vec![of(legal)];
        let batch = stage(december(), &[own], &[]).unwrap();
        assert_eq!(amounts(&batch), [], "{legal:?}");
    }
}

/// A compensation of 500 that was taken and is then reversed comes back; a reward of 100 that was
/// paid and is reversed is taken again; one that only became smaller is corrected by the difference.
#[test]
fn a_reversal_after_the_hand_over_is_given_or_taken_back() {
    let reward = |n, fen| EntryDue {
        legal: Legal::Reward,
        ..compensation(n, 6, fen)
    };
    let mut own = facts(WORKER, Vec::new());
    own.entries = vec![
        compensation(1, 5, 50_000),
        reward(2, 10_000),
        reward(3, 8_000),
    ];
    let first = stage(december(), &[own.clone()], &[]).unwrap();
    assert_eq!(first.totals.amount, Fen(-32_000));
    own.entries = vec![reward(3, 5_000)];
    let second = stage(january(), &[own], &[handed_over(first)]).unwrap();
    let mut lines = amounts(&second);
    lines.sort_unstable();
    let mut by_hand = [
        (LineOf::Returned(entry(1)), 50_000, 0),
        (LineOf::RewardTaken(entry(2)), -10_000, 0),
        (LineOf::RewardTaken(entry(3)), -3_000, 0),
    ];
    by_hand.sort_unstable();
    assert_eq!(lines, by_hand);
}

/// 1,234.57 × 20 % × 1.10 = 271.6054, once rounded: 271.61.
#[test]
fn a_line_is_rounded_once() {
    let own = ResultDue {
        base: Fen(123_457),
        ..result(NOVEMBER, 1, 11_000)
    };
    let people = [facts(WORKER, vec![own])];
    let batch = stage(december(), &people, &[]).unwrap();
    assert_eq!(batch.lines[0].amount, Fen(27_161));
}

#[test]
fn a_person_stands_there_once() {
    let twice = [facts(WORKER, Vec::new()), facts(WORKER, Vec::new())];
    let person = WORKER;
    assert_eq!(
        stage(december(), &twice, &[]),
        Err(Blocked::Twice { person })
    );
}

/// Whatever is paid when, in all it is what is due: over random histories of results and entries.
#[test]
fn what_is_paid_in_all_is_what_is_due() {
    for seed in 0..2_000 {
        let mut chance = Chance(seed);
        let mut former: Vec<PayrollBatch> = Vec::new();
        let mut own = facts(WORKER, vec![result(NOVEMBER, 1, 10_000)]);
        let mut days = (1..=12).filter_map(|month| Day::from_ymd_opt(2027, month, 1));
        for _ in 0..6 {
            let coefficient = chance.pick(&[0, 7_000, 10_000, 12_000]);
            own.results[0].coefficient = BasisPoints(coefficient);
            own.results[0].version += 1;
            let n = 1 + u128::from(chance.below(4));
            own.entries.retain(|due| due.entry != entry(n));
            if chance.below(3) > 0 {
                let date = 1 + u32::try_from(chance.below(28)).unwrap();
                let fen = 1_000 * i64::try_from(1 + chance.below(60)).unwrap();
                own.entries.push(compensation(n, date, fen));
            }
            let batch = stage(days.next().unwrap(), &[own.clone()], &former).unwrap();
            assert!(batch.is_whole());
            former.push(handed_over(batch));
        }
        // Then nothing more happens, until nothing stays open.
        for month in days {
            let batch = stage(month, &[own.clone()], &former).unwrap();
            former.push(handed_over(batch));
        }
        let lines = former.iter().flat_map(|batch| &batch.lines);
        let lifted = lines.clone().filter(|line| line.of == LineOf::MinimumWage);
        let lifted: i64 = lifted.map(|line| line.amount.0).sum();
        let paid: i64 = lines.map(|line| line.amount.0).sum();
        let floats = 160_000 * own.results[0].coefficient.0 / 10_000;
        let taken: i64 = own.entries.iter().map(|due| due.amount.0).sum();
        assert_eq!(paid - lifted, floats - taken, "seed {seed}");
    }
}
