//! Tariffs: each has an amount, somebody who confirms it, and takes no money that may not be taken.

use crate::quantity::{BasisPoints, Fen, Points};
use crate::regime::charge::Amount;
use crate::regime::document::Regime;
use crate::regime::finding::{Findings, Problem};
use crate::regime::tariff::{Bearer, Legal, MoneyAmount, MoneyOf, Tariff};

use super::judging::{check_amount, check_steps};
use super::{WHOLE, keys};

/// A million yuan, in fen: more is a typing error.
const MOST_FEN: i64 = 100_000_000;

pub(super) fn check(found: &mut Findings, regime: &Regime) {
    found.many("/tariffs", regime.tariffs.len(), 200);
    keys::named(found, "/tariffs", &regime.tariffs);
    for (nth, tariff) in regime.tariffs.iter().enumerate() {
        check_tariff(found, &format!("/tariffs/{nth}"), tariff, regime);
    }
}

fn check_tariff(found: &mut Findings, at: &str, tariff: &Tariff, regime: &Regime) {
    let costs = costs(tariff.points.as_ref(), tariff.money.as_ref()) || tariff.item_zero;
    if !costs && tariff.legal != Legal::Record {
        found.add(at, Problem::NoAmount);
    }
    if let Some(points) = &tariff.points {
        check_amount(found, &format!("{at}/points"), points, 0);
    }
    if let Some(money) = &tariff.money {
        check_money(found, at, tariff, money);
    }
    check_bearers(found, &format!("{at}/bearers"), &tariff.bearers, regime);
    if tariff.to_fund && regime.money.fund.is_none() {
        let other = "/money/fund".to_owned();
        found.add(format!("{at}/to_fund"), Problem::WithoutUse { other });
    }
    found.all_who(&format!("{at}/proposed_by"), &tariff.proposed_by, regime);
    found.some_who(&format!("{at}/confirmed_by"), &tariff.confirmed_by, regime);
    found.between(
        format!("{at}/answer_days"),
        tariff.answer_days.into(),
        (0, 365),
    );
}

/// Whether an entry costs something, or is said to cost something that is still to be set.
fn costs(points: Option<&Amount>, money: Option<&MoneyAmount>) -> bool {
    let points = points.is_some_and(|amount| match amount {
        Amount::Fixed(points) => *points > Points(0),
        Amount::Range { most, .. } => *most > Points(0),
        Amount::Escalating(steps) => steps.iter().any(|step| *step > Points(0)),
    });
    points || money.is_some_and(|money| money.to_be_set || is_some(&money.amount))
}

fn is_some(amount: &MoneyOf) -> bool {
    match amount {
        MoneyOf::Fixed(fen) => *fen > Fen(0),
        MoneyOf::Range { most, .. } => *most > Fen(0),
        MoneyOf::Escalating(steps) => steps.iter().any(|step| *step > Fen(0)),
    }
}

fn check_money(found: &mut Findings, at: &str, tariff: &Tariff, money: &MoneyAmount) {
    let at_money = format!("{at}/money");
    let amount = format!("{at_money}/amount");
    match &money.amount {
        MoneyOf::Fixed(fen) => found.between(format!("{amount}/fixed"), fen.0, (0, MOST_FEN)),
        MoneyOf::Range { least, most } => {
            found.between(format!("{amount}/range/least"), least.0, (0, MOST_FEN));
            found.between(format!("{amount}/range/most"), most.0, (0, MOST_FEN));
            if least > most {
                found.add(format!("{amount}/range"), Problem::RangeUpsideDown);
            }
        }
        MoneyOf::Escalating(steps) => {
            let at = format!("{amount}/escalating");
            check_steps(found, &at, steps.iter().map(|fen| fen.0));
        }
    }
    if !is_some(&money.amount) && !money.to_be_set {
        found.add(amount.as_str(), Problem::NoAmount);
    }
    if !money.on {
        return;
    }
    if money.to_be_set {
        let other = format!("{at_money}/to_be_set");
        found.add(format!("{at_money}/on"), Problem::Contradicts { other });
    }
    match tariff.legal {
        // Points never become a deduction from pay, and nobody is made to donate.
        Legal::Points | Legal::Donation | Legal::Record => {
            found.add(format!("{at_money}/on"), Problem::Exported);
        }
        // What is taken for a loss needs the clause that says so.
        Legal::Compensation => found.filled(&format!("{at}/clause"), &tariff.clause),
        Legal::Reward => {}
    }
}

/// Either everybody has a share and they make the whole, or nobody has one.
fn check_bearers(found: &mut Findings, at: &str, bearers: &[Bearer], regime: &Regime) {
    for (nth, bearer) in bearers.iter().enumerate() {
        found.who(&format!("{at}/{nth}/who"), &bearer.who, regime);
        if bearers[..nth].iter().any(|before| before.who == bearer.who) {
            let key = serde_json::to_string(&bearer.who).unwrap_or_default();
            let key = key.trim_matches('"').to_owned();
            found.add(format!("{at}/{nth}/who"), Problem::DuplicateKey { key });
        }
    }
    if bearers.iter().all(|bearer| bearer.share.is_none()) {
        return;
    }
    let mut is = 0_i64;
    for (nth, bearer) in bearers.iter().enumerate() {
        if let Some(share) = bearer.share {
            found.between(format!("{at}/{nth}/share"), share.0, (1, WHOLE));
            is = is.saturating_add(share.0);
        } else {
            let field = "share".to_owned();
            found.add(format!("{at}/{nth}"), Problem::Missing { field });
        }
    }
    if is != WHOLE {
        let (is, must) = (BasisPoints(is), BasisPoints(WHOLE));
        found.add(at, Problem::DoNotSum { is, must });
    }
}
