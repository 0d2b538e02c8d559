//! The arithmetic of lines by hand: back-pay and recovery, the cap of compensation, the minimum wage.

use shared::id::{EntryId, PeriodId, PersonId};
use shared::payroll::{Due, EntryDue, LineOf, PayLine, ResultDue, lines};
use shared::quantity::{BasisPoints, Fen};
use shared::regime::tariff::Legal;
use shared::seal::Assessment;

use crate::prelude::*;

const fn entry(n: u128) -> EntryId {
    EntryId::from_bits(0xe000 + n)
}

/// The result of a period at a coefficient, of which 20 % of 8,000 yuan float.
fn result(period: PeriodId, coefficient: i64) -> ResultDue {
    ResultDue {
        period,
        base: Fen(800_000),
        floating_share: BasisPoints(2_000),
        coefficient: BasisPoints(coefficient),
        basis: Assessment::Assessed,
        from: None,
    }
}

fn due(person: PersonId, results: Vec<ResultDue>) -> Due {
    Due {
        person,
        base: Some(Fen(800_000)),
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

/// The batches of one person, one a month.
#[derive(Default)]
struct Batches(Vec<Vec<PayLine>>);

impl Batches {
    fn next(&self, due: &Due) -> Option<Vec<PayLine>> {
        let numbered = (1..).zip(&self.0);
        let paid = numbered.flat_map(|(batch, lines)| lines.iter().map(move |line| (batch, line)));
        lines(due, &paid.collect::<Vec<_>>())
    }

    /// Hands the next one over; gives for what, how much, and what stays open.
    fn pay(&mut self, due: &Due) -> Vec<(LineOf, i64, i64)> {
        let lines = self.next(due).unwrap();
        let amounts = amounts(&lines);
        self.0.push(lines);
        amounts
    }
}

fn amounts(lines: &[PayLine]) -> Vec<(LineOf, i64, i64)> {
    let amount = |line: &PayLine| (line.of, line.amount.0, line.capped.0);
    lines.iter().map(amount).collect()
}

/// 8,000 × 20 % = 1,600 float: at 1.20 they are 1,920, at 0.80 they are 1,280.
#[test]
fn what_floats_is_paid_at_its_coefficient() {
    let of = LineOf::Result(NOVEMBER);
    for (coefficient, fen) in [(12_000, 192_000), (8_000, 128_000), (0, 0)] {
        let due = due(WORKER, vec![result(NOVEMBER, coefficient)]);
        assert_eq!(Batches::default().pay(&due), [(of, fen, 0)]);
    }
}

/// A provisional 1.00 pays 1,600; judged later at 1.10 it is 1,760: 160 more in the next batch. A
/// third version at 0.90 is 1,440: 320 less than the 1,760 that were paid.
#[test]
fn what_changes_after_the_hand_over_is_a_line_of_the_next_batch() {
    let at = |coefficient| due(WORKER, vec![result(NOVEMBER, coefficient)]);
    let mut batches = Batches::default();
    let first = (LineOf::Result(NOVEMBER), 160_000, 0);
    assert_eq!(batches.pay(&at(10_000)), [first]);
    let more = (LineOf::BackPay(NOVEMBER), 16_000, 0);
    assert_eq!(batches.pay(&at(11_000)), [more]);
    let less = (LineOf::Recovery(NOVEMBER), -32_000, 0);
    assert_eq!(batches.pay(&at(9_000)), [less]);
    assert_eq!(batches.pay(&at(9_000)), []);
    // Each names the batch that it corrects, the last that paid for the period.
    let corrects: Vec<_> = batches.0[..3]
        .iter()
        .map(|lines| lines[0].corrects)
        .collect();
    assert_eq!(corrects, [None, Some(1), Some(2)]);
}

/// A provisional 1,600 of one regime, and then a result by another, 1,760: the first is taken back.
#[test]
fn what_is_not_due_any_more_is_recovered() {
    let mut batches = Batches::default();
    batches.pay(&due(WORKER, vec![result(NOVEMBER, 10_000)]));
    let other = due(WORKER, vec![result(DECEMBER, 11_000)]);
    let paid = [
        (LineOf::Result(DECEMBER), 176_000, 0),
        (LineOf::Recovery(NOVEMBER), -160_000, 0),
    ];
    assert_eq!(batches.pay(&other), paid);
    assert_eq!(batches.pay(&other), []);
}

/// At 1.00 the month's pay is 8,000, of which 1,600 may be taken: of 1,000 and 1,500 the first goes
/// whole, of the second 600, and 900 stay open. Next month they go before a new 1,000, of which 700
/// fit beside them and 300 stay open.
#[test]
fn compensation_takes_a_fifth_of_the_month_and_the_rest_stays_open() {
    let mut batches = Batches::default();
    let mut own = due(WORKER, vec![result(NOVEMBER, 10_000)]);
    own.entries = vec![compensation(2, 9, 150_000), compensation(1, 5, 100_000)];
    let first = [
        (LineOf::Compensation(entry(1)), -100_000, 0),
        (LineOf::Compensation(entry(2)), -60_000, 90_000),
    ];
    assert_eq!(batches.pay(&own)[1..], first);
    own.results.push(result(DECEMBER, 10_000));
    own.entries.push(compensation(3, 30, 100_000));
    let second = [
        (LineOf::Result(DECEMBER), 160_000, 0),
        (LineOf::HeldOver(entry(2)), -90_000, 0),
        (LineOf::Compensation(entry(3)), -70_000, 30_000),
    ];
    assert_eq!(batches.pay(&own), second);
}

/// 3,000 a month with a minimum wage of 2,800: at coefficient 0 the 600 that float are gone, 2,400
/// remain and are lifted by 400; nothing is left to take.
#[test]
fn the_minimum_wage_is_tested_after_the_coefficient() {
    let small = |coefficient| {
        let own = ResultDue {
            base: Fen(300_000),
            ..result(NOVEMBER, coefficient)
        };
        Due {
            base: Some(Fen(300_000)),
            minimum: Some(Fen(280_000)),
            entries: vec![compensation(1, 5, 50_000)],
            ..due(WORKER, vec![own])
        }
    };
    let of = LineOf::Result(NOVEMBER);
    let lifted = (LineOf::MinimumWage, 40_000, 0);
    let open = (LineOf::Compensation(entry(1)), 0, 50_000);
    assert_eq!(
        Batches::default().pay(&small(0)),
        [(of, 0, 0), lifted, open]
    );
    // At 1.00 the pay is 3,000: 200 above the minimum, less than the fifth of 600.
    let taken = (LineOf::Compensation(entry(1)), -20_000, 30_000);
    assert_eq!(Batches::default().pay(&small(10_000))[1..], [taken]);
}

#[test]
fn without_a_minimum_wage_nobody_loses_anything() {
    let unknown = |coefficient| Due {
        minimum: None,
        ..due(WORKER, vec![result(NOVEMBER, coefficient)])
    };
    assert_eq!(Batches::default().next(&unknown(9_999)), None);
    assert!(Batches::default().next(&unknown(10_000)).is_some());
}

/// Fines of points and so-called donations are never money, whatever amount somebody enters.
#[test]
fn points_donations_and_records_are_never_exported() {
    for legal in [Legal::Points, Legal::Donation, Legal::Record] {
        let mut own = due(WORKER, Vec::new());
        own.entries = vec![EntryDue {
            legal,
            ..compensation(1, 5, 10_000)
        }];
        assert_eq!(Batches::default().pay(&own), [], "{legal:?}");
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
    let mut batches = Batches::default();
    let mut own = due(WORKER, Vec::new());
    own.entries = vec![
        compensation(1, 5, 50_000),
        reward(2, 10_000),
        reward(3, 8_000),
    ];
    let first = batches.pay(&own);
    let paid: i64 = first.iter().map(|(_, amount, _)| amount).sum();
    assert_eq!(paid, -32_000);
    own.entries = vec![reward(3, 5_000)];
    let mut lines = batches.pay(&own);
    lines.sort_unstable();
    let mut by_hand = [
        (LineOf::Returned(entry(1)), 50_000, 0),
        (LineOf::RewardTaken(entry(2)), -10_000, 0),
        (LineOf::RewardTaken(entry(3)), -3_000, 0),
    ];
    by_hand.sort_unstable();
    assert_eq!(lines, by_hand);
}

/// 1,234.57 × 20 % × 1.10 = 271.6054, once rounded: 271.61. And 0.05 × 10 % × 1.00 = 0.005: half up.
#[test]
fn a_line_is_rounded_once_and_half_up() {
    let own = |base, share, coefficient| ResultDue {
        base: Fen(base),
        floating_share: BasisPoints(share),
        ..result(NOVEMBER, coefficient)
    };
    for (own, fen) in [
        (own(123_457, 2_000, 11_000), 27_161),
        (own(5, 1_000, 10_000), 1),
        (own(4, 1_000, 10_000), 0),
    ] {
        let lines = Batches::default().next(&due(WORKER, vec![own])).unwrap();
        assert_eq!(lines[0].amount, Fen(fen));
    }
}

/// Whatever is paid when, in all it is what is due: over random histories of results and entries.
#[test]
fn what_is_paid_in_all_is_what_is_due() {
    for seed in 0..2_000 {
        let mut chance = Chance(seed);
        let mut batches = Batches::default();
        let mut own = due(WORKER, vec![result(NOVEMBER, 10_000)]);
        for _ in 0..6 {
            let coefficient = chance.pick(&[0, 7_000, 10_000, 12_000]);
            own.results[0].coefficient = BasisPoints(coefficient);
            let n = 1 + u128::from(chance.below(4));
            own.entries.retain(|due| due.entry != entry(n));
            if chance.below(3) > 0 {
                let date = 1 + u32::try_from(chance.below(28)).unwrap();
                let fen = 1_000 * i64::try_from(1 + chance.below(60)).unwrap();
                own.entries.push(compensation(n, date, fen));
            }
            batches.pay(&own);
        }
        // Then nothing more happens, until nothing stays open.
        for _ in 0..6 {
            batches.pay(&own);
        }
        let lines = batches.0.iter().flatten();
        let lifted = lines.clone().filter(|line| line.of == LineOf::MinimumWage);
        let lifted: i64 = lifted.map(|line| line.amount.0).sum();
        let paid: i64 = lines.map(|line| line.amount.0).sum();
        let floats = 160_000 * own.results[0].coefficient.0 / 10_000;
        let taken: i64 = own.entries.iter().map(|due| due.amount.0).sum();
        assert_eq!(paid - lifted, floats - taken, "seed {seed}");
    }
}
