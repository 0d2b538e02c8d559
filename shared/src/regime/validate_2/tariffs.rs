//! Tariffs: each has an amount, somebody who confirms it, and takes no money that may not be taken.

use crate::quantity::{BasisPoints, Fen, Points};
use crate::regime::charge::Amount;
use crate::regime::document::{FORMAT, Regime};
use crate::regime::finding::{Finding, Findings, Problem};
use crate::regime::money::Fund;
use crate::regime::tariff::{Bearer, Legal, MoneyAmount, MoneyOf, Tariff, TariffSheet};
use crate::regime::who::Role;

use super::judging::{check_amount, check_steps};
use super::{WHOLE, keys};

/// A million yuan, in fen: more is a typing error.
const MOST_FEN: i64 = 100_000_000;

pub(super) fn check(found: &mut Findings, regime: &Regime) {
    found.many("/tariffs", regime.tariffs.len(), 200);
    keys::named(found, "/tariffs", &regime.tariffs);
    let book = Book {
        roles: &regime.roles,
        fund: regime.money.fund.as_ref(),
        fund_at: "/money/fund",
    };
    check_all(found, &regime.tariffs, &book);
}

/// What stands around tariffs.
struct Book<'r> {
    roles: &'r [Role],
    fund: Option<&'r Fund>,
    fund_at: &'static str,
}

/// Finds what is wrong in a tariff sheet; one without findings can be adopted.
pub fn validate_sheet(sheet: &TariffSheet) -> Vec<Finding> {
    let mut found = Findings::default();
    if sheet.format != FORMAT {
        found.add("/format", Problem::UnknownFormat { must: FORMAT });
    }
    found.filled("/key", &sheet.key);
    found.name("/name", &sheet.name);
    found.many("/tariffs", sheet.tariffs.len(), 200);
    if sheet.tariffs.is_empty() {
        found.add("/tariffs", Problem::NoEntries);
    }
    let book = Book {
        roles: &sheet.roles,
        fund: sheet.fund.as_ref(),
        fund_at: "/fund",
    };
    keys::named(&mut found, "/tariffs", &sheet.tariffs);
    keys::named(&mut found, "/roles", &sheet.roles);
    check_all(&mut found, &sheet.tariffs, &book);
    let tree = serde_json::to_value(sheet).unwrap_or_default();
    for (nth, pointer) in sheet.house_defaults.iter().enumerate() {
        if tree.pointer(pointer).is_none() {
            let pointer = pointer.clone();
            let at = format!("/house_defaults/{nth}");
            found.add(at, Problem::PointsNowhere { pointer });
        }
    }
    found.into_list()
}

fn check_all(found: &mut Findings, tariffs: &[Tariff], book: &Book<'_>) {
    for (nth, tariff) in tariffs.iter().enumerate() {
        check_tariff(found, &format!("/tariffs/{nth}"), tariff, book);
    }
}

fn check_tariff(found: &mut Findings, at: &str, tariff: &Tariff, book: &Book<'_>) {
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
    check_bearers(found, &format!("{at}/bearers"), &tariff.bearers, book);
    if tariff.to_fund && book.fund.is_none() {
        let other = book.fund_at.to_owned();
        found.add(format!("{at}/to_fund"), Problem::WithoutUse { other });
    }
    if tariff.confirmed_by.is_empty() {
        found.add(format!("{at}/confirmed_by"), Problem::NoEntries);
    }
    for (list, named) in [
        ("proposed_by", &tariff.proposed_by),
        ("confirmed_by", &tariff.confirmed_by),
    ] {
        for (nth, who) in named.iter().enumerate() {
            found.who_of(&format!("{at}/{list}/{nth}"), who, book.roles);
        }
    }
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
        // What somebody gives to the fund is collected beside pay, which knows nothing of it.
        Legal::Donation if tariff.to_fund => {}
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
fn check_bearers(found: &mut Findings, at: &str, bearers: &[Bearer], book: &Book<'_>) {
    for (nth, bearer) in bearers.iter().enumerate() {
        found.who_of(&format!("{at}/{nth}/who"), &bearer.who, book.roles);
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
