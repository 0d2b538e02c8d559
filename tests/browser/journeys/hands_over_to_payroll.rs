//! Payroll enters a pay base at a desk, draws a batch, hands it over and downloads nothing but what was
//! signed; a raise that reaches back comes as back-pay in the next batch; the person sees how it comes about.
//!
//! Last month's result is paid this month; this month's, judged before its end, next month.

use chrono::{Datelike, Months};
use shared::moment::Day;
use shared::payroll::{self, LineOf, PayBatch, PaySlip};
use shared::quantity::Fen;
use shared::seal::ResultAnswer;
use shared::world::World;

use super::keeps_the_ledger::chooses;
use super::month::cast::{Month, opens_and_answers, publishes};
use super::month::sealing::seal;
use crate::person::{Device, Person};
use crate::story::{somebody, waits_for_the_light};

const NAME: &str = "宋家明";

/// His own plan of the month is approved, judged, signed and sealed.
fn sealed(month: &Month, judgement: (&str, &str)) {
    let (song, wang) = (
        month.colleague("songjiaming"),
        month.colleague("wangxiulan"),
    );
    let unit = ("品管部", shared::plan::Scope::Personal);
    let (plan, _) = month.approved(&song, &wang, unit, &[("本月重点工作", "100")]);
    publishes(&wang, plan, judgement);
    opens_and_answers(&song, plan, ResultAnswer::Signed);
    seal(month, NAME);
}

fn enters(payroll: &Person, yuan: &str, from: Day) {
    payroll.act("enter-base");
    chooses(payroll, "person", NAME);
    payroll.fill("amount", yuan);
    payroll.fill("from", &from.to_string());
    payroll.act("save-base");
    waits_for_the_light(payroll, "synced");
}

/// Draws a month, sees an amount, hands it over; gives the batch as the device knows it afterwards.
fn hands_over(payroll: &Person, month: Day, number: u32, amount: &str) -> PayBatch {
    payroll.fill_in("[data-field=pay-month]", &month.to_string());
    payroll.sees(amount);
    payroll.photograph(&format!("draws-batch-{number}"));
    payroll.act("hand-over");
    payroll.photograph(&format!("signs-batch-{number}"));
    payroll.act("sign-hand-over");
    waits_for_the_light(payroll, "synced");
    payroll.knows("the batch, confirmed", |world| {
        let batches = payroll::batches(world);
        let batch = batches.into_iter().find(|one| one.number == number)?;
        Some(batch.clone())
    })
}

/// 8,000 × 20 % × 1.10 are 1,760.00. Raised to 9,000 from last month on, 1,980.00 were due: 220.00 more,
/// beside 9,000 × 20 % × 1.20 = 2,160.00 of the month after, which are 2,380.00 together.
#[test]
fn a_batch_is_handed_over_and_a_raise_follows_in_the_next() {
    let mut month = Month::opens();
    let (from, last) = (month.from, month.period);
    sealed(&month, ("on_time", "good"));
    let this = from.checked_add_months(Months::new(1)).expect("a month");
    let next = from.checked_add_months(Months::new(2)).expect("a month");
    let world = month.office.world();
    let mut periods = world.organisation().periods.values();
    let running = periods
        .find(|period| period.from == this)
        .expect("it is open");
    (month.period, month.from, month.to) = (running.id, this, running.to);
    sealed(&month, ("on_time", "excellent"));

    let payroll = somebody("pengxueqin", Device::Desk, &month.server);
    payroll.open("/payroll");
    enters(&payroll, "8000", from);
    let first = hands_over(&payroll, this, 1, "1760.00");
    assert_eq!(first.totals.amount, Fen(176_000));
    payroll.sees("控制总额和文件摘要核对一致");
    enters(&payroll, "9000", from);
    let second = hands_over(&payroll, next, 2, "2380.00");
    assert_eq!(
        (second.totals.heads, second.totals.amount),
        (1, Fen(238_000))
    );
    payroll.photograph("payroll");

    let phone = somebody("songjiaming", Device::Phone, &month.server);
    phone.open("/payroll/own");
    phone.sees("2380.00");
    phone.sees("1760.00");
    phone.photograph("own-slips");
    let slip = phone.knows("the slip of the second batch", |world| {
        slips(world).into_iter().find(|slip| slip.batch == 2)
    });
    let back_pay = slip
        .lines
        .iter()
        .find(|line| line.of == LineOf::BackPay(last));
    let back_pay = back_pay.expect("the raise reaches back");
    assert_eq!((back_pay.amount, back_pay.corrects), (Fen(22_000), Some(1)));

    // His superior, who judged, learns nothing of his pay.
    let superior = somebody("wangxiulan", Device::Desk, &month.server);
    superior.open("/payroll");
    superior.sees("只由薪酬发放人员查看");
    let kept = superior.everything_kept() + &superior.everything_received("/sync/");
    for hidden in ["pay_base", "pay_slip", "pay_batch", "payable"] {
        assert!(!kept.contains(hidden), "{hidden}");
    }
    for one in [&payroll, &phone, &superior] {
        one.has_no_complaint();
    }
    assert_eq!(first.month.month(), this.month());
}

fn slips(world: &World) -> Vec<PaySlip> {
    let documents = world.documents();
    let slips = documents.flat_map(|(_, document)| document.payroll.slips.values().cloned());
    slips.collect()
}
