//! The activity fund: what came in follows from the entries, and what was published never changes.

use shared::command::Command;
use shared::command::ledger::PublishFund;
use shared::command::organisation::Appoint;
use shared::id::{AppointmentId, FundLineId};
use shared::ledger::fund::{balance, due, seen};
use shared::ledger::sheet::shipped;
use shared::organisation::Office;
use shared::quantity::Fen;
use shared::refusal::Refusal;
use shared::regime::tariff::Legal;

use super::{SHEET, Story, entry, november_day, proposal, propose, under};
use crate::prelude::*;

const fn line(n: u128) -> FundLineId {
    FundLineId::from_bits(0xf000 + n)
}

/// The service sheet with its fines switched on, and the keeper as payroll.
fn story() -> Story {
    let mut sheet = shipped().remove(1);
    sheet.tariffs[0].legal = Legal::Donation;
    sheet.tariffs[0].money.as_mut().unwrap().on = true;
    let mut story = under(sheet);
    let appoint = Appoint {
        appointment: AppointmentId::from_bits(78),
        person: KEEPER,
        office: Office::Payroll,
        from: november_day(1),
    };
    story.must(ADMINISTRATOR, Command::Appoint(appoint));
    for (n, date) in [(1, 5), (2, 9)] {
        story.must(LINE_HEAD, propose(proposal(n, "private_chat", date)));
        story.must(LINE_HEAD, story.decide(n, true, ""));
    }
    story
}

fn gather(story: &Story, n: u128) -> Command {
    let units = vec![LINE, STORE];
    let entries = due(&story.world, SHEET, NOVEMBER, &units);
    Command::PublishFund(PublishFund {
        line: line(n),
        sheet: SHEET,
        period: NOVEMBER,
        units,
        spent: None,
        words: String::new(),
        seen: seen(&entries),
    })
}

fn spend(n: u128, fen: i64) -> Command {
    Command::PublishFund(PublishFund {
        line: line(n),
        sheet: SHEET,
        period: NOVEMBER,
        units: Vec::new(),
        spent: Some(Fen(fen)),
        words: "部门聚餐".into(),
        seen: String::new(),
    })
}

/// 10 + 30 yuan come in; 25 are spent; taking the first back makes the second 10 yuan: 30 less.
#[test]
fn what_comes_in_is_published_and_what_is_taken_back_comes_off() {
    let mut story = story();
    assert_eq!(
        story.refused(PLAN_OFFICE, gather(&story, 1)),
        Refusal::Forbidden
    );
    story.must(KEEPER, gather(&story, 1));
    let organisation = story.world.organisation().clone();
    assert_eq!(organisation.fund_lines[&line(1)].amount, Fen(4_000));
    assert_eq!(
        story.refused(KEEPER, gather(&story, 2)),
        Refusal::NothingToPublish
    );
    story.must(KEEPER, spend(2, 2_500));
    story.must(LINE_HEAD, story.reverse(1, 9));
    let owed = due(&story.world, SHEET, NOVEMBER, &[LINE]);
    assert_eq!(owed, [(entry(1), Fen(-1_000)), (entry(2), Fen(-2_000))]);
    story.must(KEEPER, gather(&story, 3));
    assert_eq!(balance(story.world.organisation(), SHEET), Fen(-1_500));
}

#[test]
fn no_more_is_spent_than_there_is() {
    let mut story = story();
    story.must(KEEPER, gather(&story, 1));
    for wrong in [0, -1, 4_001] {
        let balance = Fen(4_000);
        assert_eq!(
            story.refused(KEEPER, spend(2, wrong)),
            Refusal::FundTooSmall { balance }
        );
    }
    story.must(KEEPER, spend(2, 4_000));
}

#[test]
fn a_publication_is_of_what_was_seen() {
    let mut story = story();
    let stale = gather(&story, 1);
    story.must(LINE_HEAD, propose(proposal(3, "private_chat", 10)));
    story.must(LINE_HEAD, story.decide(3, true, ""));
    let refused = story.refused(KEEPER, stale);
    assert!(
        matches!(refused, Refusal::ContentChanged { .. }),
        "{refused:?}"
    );
}

#[test]
fn while_money_is_off_nothing_comes_in() {
    let mut sheet = shipped().remove(1);
    sheet.tariffs[0].money.as_mut().unwrap().on = false;
    let mut story = under(sheet);
    story.must(LINE_HEAD, propose(proposal(1, "private_chat", 5)));
    story.must(LINE_HEAD, story.decide(1, true, ""));
    assert_eq!(due(&story.world, SHEET, NOVEMBER, &[LINE]), []);
}
