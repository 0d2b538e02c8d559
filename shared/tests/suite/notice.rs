//! The written notice before anything is made public: who waits for it, and what a list says without it.

use serde_json::{Value, json};
use shared::command::Command;
use shared::command::period::MarkPeriod;
use shared::command::seal::DeliverResult;
use shared::id::{PersonId, UnitId};
use shared::period::ready::{self, Open};
use shared::public_list::{Named, UnitAverage};
use shared::quantity::Points;
use shared::refusal::Refusal;
use shared::regime::cycle::PeriodAct;
use shared::seal::{DeliveryKind, Missing, ResultAnswer};
use shared::world::Stop;

use crate::firm::{Firm, decides, member, plan_of};
use crate::plain::plain;
use crate::prelude::*;

/// The band a is made public for three working days, with averages; people object within three.
fn firm(notice: bool, units: &[(UnitId, usize)]) -> Firm {
    let publication = json!({"bands": ["a"], "days": 3, "averages": true});
    let set: [(&str, Value); 3] = [
        ("/after/publication", publication),
        ("/after/notice", json!(notice)),
        ("/coverage/plans", json!("personal")),
    ];
    Firm::under(plain(&set), units)
}

fn published(firm: &mut Firm, scores: &[i64]) {
    for (n, score) in scores.iter().enumerate() {
        firm.begun(LINE, n);
        firm.published_unanswered(LINE, n, *score);
    }
}

fn delivered(firm: &mut Firm, n: usize) {
    let deliver = DeliverResult {
        plan: plan_of(LINE, n),
        version: 1,
        how: DeliveryKind::Opened,
    };
    firm.story
        .must(member(LINE, n), Command::DeliverResult(deliver));
}

fn answers(firm: &mut Firm, n: usize, answer: ResultAnswer) {
    let result = firm.result(LINE, n);
    firm.answered(&result, answer);
}

fn named(firm: &Firm) -> Vec<PersonId> {
    let drafted = firm.listed(&[]).unwrap();
    drafted.named.into_iter().map(|one| one.person).collect()
}

fn open(firm: &Firm) -> Vec<(PersonId, Vec<Missing>)> {
    let drafted = firm.listed(&[]).unwrap();
    let open = drafted.open.into_iter();
    open.map(|one| (one.person, one.missing)).collect()
}

/// Nobody is named before it reached the person: one has not opened it, one has and is silent, one
/// objected. Delivered on Wednesday the 2nd, three working days end with Monday the 7th.
#[test]
fn nobody_is_named_before_the_notice_is_settled() {
    let mut firm = firm(true, &[(LINE, 3)]);
    published(&mut firm, &[9_600, 9_700, 9_800]);
    delivered(&mut firm, 1);
    firm.objects(LINE, 2);
    let people = vec![member(LINE, 0), member(LINE, 1), member(LINE, 2)];
    let refused = Err(Stop::Refused(Refusal::NoticeOpen { people, count: 3 }));
    assert_eq!(firm.listed(&[]), refused);
    firm.on_december(8);
    assert_eq!(named(&firm), [member(LINE, 1)]);
    let missing = |n: usize, missing| (member(LINE, n), vec![missing]);
    let delivery = Missing::Delivery(plan_of(LINE, 0));
    let decision = Missing::Decision(plan_of(LINE, 2));
    assert_eq!(open(&firm), [missing(0, delivery), missing(2, decision)]);
    // Signed, and decided: all stand on the list.
    answers(&mut firm, 0, ResultAnswer::Signed);
    firm.story.must(MANAGER, decides(plan_of(LINE, 2), false));
    assert_eq!(named(&firm).len(), 3);
    assert_eq!(open(&firm), []);
}

/// What is signed says nothing of who is open: the digest is the same before and after somebody who is in
/// no band that is made public opens the result.
#[test]
fn who_is_open_is_no_part_of_what_is_signed() {
    let mut firm = firm(true, &[(LINE, 2)]);
    published(&mut firm, &[9_600, 7_000]);
    answers(&mut firm, 0, ResultAnswer::Signed);
    let before = firm.listed(&[]).unwrap();
    delivered(&mut firm, 1);
    let after = firm.listed(&[]).unwrap();
    assert_ne!(before.open, after.open);
    assert_eq!(before.digest, after.digest);
}

/// By hand: 96.00, 90.00 and 84.00 have the mean 90.00, and with 70.00 it is 340 / 4 = 85.00. From both
/// means the fourth's figure would follow, 4 x 85 - 3 x 90 = 70: so none is published before all are in.
#[test]
fn no_average_before_everybody_is_settled() {
    let mut firm = firm(true, &[(LINE, 4)]);
    published(&mut firm, &[9_600, 9_000, 8_400, 7_000]);
    for n in 0..3 {
        answers(&mut firm, n, ResultAnswer::Signed);
    }
    let list = firm.hang(&[]);
    assert_eq!((list.named.len(), list.averages.len()), (1, 0));
    answers(&mut firm, 3, ResultAnswer::Signed);
    let list = firm.hang(&[]);
    let average = UnitAverage {
        unit: LINE,
        heads: 4,
        average: Points(8_500),
    };
    assert_eq!((list.named.len(), list.averages), (0, vec![average]));
}

/// Somebody who never handed a plan in is waited for until nobody can hand in any more.
#[test]
fn who_never_handed_in_is_not_waited_for() {
    let mut firm = firm(true, &[(LINE, 4)]);
    firm.drafted(LINE, 3);
    for n in 0..3 {
        firm.judged(LINE, n, 9_600);
    }
    assert!(firm.listed(&[]).unwrap().averages.is_empty());
    let close = MarkPeriod {
        period: NOVEMBER,
        act: PeriodAct::SubmissionClosed,
        units: Vec::new(),
        open: 1,
        reason: "未提交".into(),
    };
    firm.story.must(PLAN_OFFICE, Command::MarkPeriod(close));
    assert_eq!(firm.listed(&[]).unwrap().averages.len(), 1);
}

/// Without a notice the list names who is published, before the result was opened; not, however, while an
/// objection is open. The seal waits for the person's answer all the same.
#[test]
fn without_a_notice_it_hangs_earlier() {
    let mut firm = firm(false, &[(LINE, 2)]);
    published(&mut firm, &[9_600, 9_700]);
    assert_eq!(named(&firm), [member(LINE, 0), member(LINE, 1)]);
    firm.objects(LINE, 1);
    let list = firm.hang(&[]);
    let name = Named {
        unit: LINE,
        person: member(LINE, 0),
        band: "a".into(),
        plan: plan_of(LINE, 0),
        version: 1,
    };
    assert_eq!(list.named, [name]);
    firm.on_december(8);
    let delivery = Missing::Delivery(plan_of(LINE, 0));
    assert_eq!(firm.lacks(LINE, 0), [delivery]);
    answers(&mut firm, 0, ResultAnswer::Signed);
    assert_eq!(firm.lacks(LINE, 0), []);
}

/// The list of what is open before results are made public names the same people.
#[test]
fn readiness_tells_whose_notice_is_open() {
    for notice in [true, false] {
        let mut firm = firm(notice, &[(LINE, 3)]);
        published(&mut firm, &[9_600, 9_700, 9_800]);
        answers(&mut firm, 0, ResultAnswer::Signed);
        delivered(&mut firm, 1);
        let open = |firm: &Firm, date| {
            let world = &firm.story.world;
            let period = &world.organisation().periods[&NOVEMBER];
            let today = day(2026, 12, date);
            let open = ready::open(world, period, PeriodAct::Published, &[], today);
            let open = open.into_iter();
            let open = open.filter(|one| matches!(one, Open::NotAnswered(_)));
            open.collect::<Vec<_>>()
        };
        let of = |n| Open::NotAnswered(plan_of(LINE, n));
        let (early, late) = if notice {
            (vec![of(1), of(2)], vec![of(2)])
        } else {
            (Vec::new(), Vec::new())
        };
        assert_eq!(open(&firm, 7), early);
        assert_eq!(open(&firm, 8), late);
    }
}
