//! Batches by hand, from scores to the hand-over and the corrections after it.

use serde_json::json;
use shared::command::Command;
use shared::command::ledger::{AdoptTariffs, AnswerEntry, DecideEntry, ProposeEntry};
use shared::command::payroll::PayrollAct;
use shared::id::{EntryId, PersonId, RegimeId};
use shared::payroll::{self, ControlTotals, LeftOut, LineOf, PaySlip, Scope, Spot, WhyOut};
use shared::quantity::{BasisPoints, Fen};
use shared::refusal::Refusal;
use shared::score::Judgement;
use shared::seal::Assessment;
use shared::sync::server::replay::replay;

use super::{PAYROLL, act, base, december, january, minimum, only};
use crate::format_1;
use crate::month::{Month, person};
use crate::prelude::*;
use crate::server::{ready, told};

/// Three of the line with bases of 8,000.00, 6,543.21 and 5,000.00, of which 20 % float, and a plan of
/// November each.
fn planned() -> Month {
    let mut month = Month::under(format_1::smart_monthly());
    let bases = [800_000, 654_321, 500_000];
    let bases: Vec<(PersonId, i64)> = (1..).map(person).zip(bases).collect();
    month.story.with_payroll(&bases);
    for n in 1..=3 {
        let items = [("key_work", 10_000, day(2026, 11, 20))];
        month.plans(n, person(n), LINE, &items);
    }
    month
}

/// Judged, signed and sealed.
fn seals(month: &mut Month, n: u128, judgement: Judgement) {
    month.judged(n, &[judgement]);
    month.signed(n);
    month.sealed(&[n]);
}

/// The first at 90.00 and 1.10, the second at 100.00 and 1.20; the third's head is late.
fn half_judged() -> Month {
    let mut month = planned();
    month.on(day(2026, 12, 2));
    seals(&mut month, 1, carried_out("on_time", "good"));
    seals(&mut month, 2, carried_out("on_time", "excellent"));
    month
}

fn three() -> Scope {
    only(&[person(1), person(2), person(3)])
}

fn amounts(slips: &[PaySlip]) -> Vec<(PersonId, Vec<(LineOf, i64)>)> {
    let lines = |slip: &PaySlip| {
        let lines = slip.lines.iter();
        lines.map(|line| (line.of, line.amount.0)).collect()
    };
    slips
        .iter()
        .map(|slip| (slip.person, lines(slip)))
        .collect()
}

/// 8,000 × 20 % × 1.10 = 1,760.00; 6,543.21 × 20 % × 1.20 = 1,570.3704, so 1,570.37; the third is
/// provisional: 5,000 × 20 % × 1.00 = 1,000.00. In all 4,330.37, bases 19,543.21, coefficients 3.30.
///
/// In December the third is judged late and good, 70.00 and 0.80: 800.00, so 200.00 are recovered in
/// January, and the first batch stays as it was.
#[test]
fn a_late_head_stops_nobodys_pay_and_the_difference_follows() {
    let mut month = half_judged();
    // Until Friday the 11th the third waits; then 1.00 is paid.
    month.on(day(2026, 12, 11));
    let waiting = month.story.drawn(december(), &three());
    assert_eq!(waiting.totals.heads, 2);
    let why = WhyOut::NotSealed(NOVEMBER, day(2026, 12, 10));
    let person_3 = person(3);
    let left_out = LeftOut {
        person: person_3,
        why,
    };
    assert_eq!(waiting.left_out, [left_out]);
    month.on(day(2026, 12, 14));
    let first = month.story.handed_over(december(), &three());
    let of = LineOf::Result(NOVEMBER);
    assert_eq!(
        amounts(&first),
        [
            (person(1), vec![(of, 176_000)]),
            (person(2), vec![(of, 157_037)]),
            (person(3), vec![(of, 100_000)]),
        ]
    );
    assert_eq!(first[2].spots(), [Spot::Provisional]);
    assert_eq!(first[2].lines[0].basis, Some(Assessment::Provisional));
    let totals = ControlTotals {
        heads: 3,
        base: Fen(1_954_321),
        coefficients: BasisPoints(33_000),
        amount: Fen(433_037),
    };
    let batch = payroll::batches(&month.story.world)[0].clone();
    assert_eq!((batch.number, batch.totals), (1, totals));
    // What the first line comes from is the sealed result itself.
    let sealed = &month.document(1).sealed[&1];
    let from = first[0].lines[0].from.as_ref().unwrap();
    assert_eq!((from.version, &from.digest), (1, &sealed.digest));

    month.on(day(2026, 12, 21));
    seals(&mut month, 3, carried_out("late", "good"));
    let wage = act(PayrollAct::EnterMinimum(minimum(1, 230_000)));
    month.story.must(PAYROLL, wage);
    month.on(day(2027, 1, 14));
    let second = month.story.handed_over(january(), &three());
    let less = LineOf::Recovery(NOVEMBER);
    assert_eq!(amounts(&second), [(person(3), vec![(less, -20_000)])]);
    assert_eq!(second[0].lines[0].corrects, Some(1));
    assert_eq!(second[0].spots(), [Spot::Correction]);
    let kept = payroll::slips_of(&month.story.world, december(), 1);
    assert!(kept.into_iter().eq(&first));
    // Nothing is left to correct.
    month.on(day(2027, 2, 10));
    assert_eq!(month.story.drawn(day(2027, 2, 1), &three()).slips, []);
    is_told_by_a_server(&month);
}

/// A server that loads only what each command reads draws the same files, else it would refuse them; and
/// executing its log from zero gives its rows.
fn is_told_by_a_server(month: &Month) {
    let server = told(&month.story);
    let log = server.store().log();
    let replayed = ready(replay(server.store(), &log)).unwrap();
    assert_eq!(replayed.entries, month.story.told.len());
}

/// A person of 3,000 with a minimum wage of 2,800: not carried out, 0.00 and coefficient 0, so the 600
/// that float are lost and 400 are lifted. Of compensation of 500 nothing can be taken; in January the
/// pay is 3,000 again, 200 above the minimum, and a fifth of it would be 600: 200 are taken.
#[test]
fn compensation_is_capped_and_the_excess_stays_open() {
    let mut month = Month::under(format_1::smart_monthly());
    month.story.with_payroll(&[(person(1), 300_000)]);
    let wage = act(PayrollAct::EnterMinimum(minimum(1, 280_000)));
    month.story.must(PAYROLL, wage);
    let items = [("key_work", 10_000, day(2026, 11, 20))];
    month.plans(1, person(1), LINE, &items);
    owes(&mut month, 50_000);
    month.on(day(2026, 12, 2));
    seals(&mut month, 1, Judgement::NotCarriedOut);
    month.on(day(2026, 12, 14));
    let own = only(&[person(1)]);
    let draft = month.story.drawn(december(), &own);
    let entry = LineOf::Compensation(ENTRY);
    let lines = vec![
        (LineOf::Result(NOVEMBER), 0),
        (LineOf::MinimumWage, 40_000),
        (entry, 0),
    ];
    assert_eq!(amounts(&draft.slips), [(person(1), lines)]);
    assert_eq!(draft.slips[0].capped(), Fen(50_000));
    month.story.handed_over(december(), &own);
    month.on(day(2027, 1, 14));
    let second = month.story.handed_over(january(), &own);
    let held = LineOf::HeldOver(ENTRY);
    assert_eq!(amounts(&second), [(person(1), vec![(held, -20_000)])]);
    assert_eq!(second[0].capped(), Fen(30_000));
    is_told_by_a_server(&month);
}

const ENTRY: EntryId = EntryId::from_bits(0xe001);
const SHEET: RegimeId = RegimeId::from_bits(0x5ee7);

/// The first of the line owes compensation, and accepts it.
fn owes(month: &mut Month, fen: i64) {
    let sheet = json!({
        "format": 2,
        "key": "losses",
        "name": {"zh": "赔偿", "en": "Losses"},
        "tariffs": [{
            "key": "loss",
            "name": {"zh": "损坏赔偿", "en": "Loss"},
            "clause": "劳动合同第九条",
            "legal": "compensation",
            "counted": "time",
            "money": {"amount": {"range": {"least": 100, "most": 1_000_000}}, "on": true},
            "proposed_by": ["superior"],
            "confirmed_by": ["plan_office"],
            "answer_days": 3,
        }],
    });
    let sheet = Box::new(serde_json::from_value(sheet).unwrap());
    let adopt = AdoptTariffs { id: SHEET, sheet };
    let story = &mut month.story;
    story.must(PLAN_OFFICE, Command::AdoptTariffs(adopt));
    story.on(9);
    let propose = ProposeEntry {
        entry: ENTRY,
        sheet: SHEET,
        tariff: "loss".into(),
        person: person(1),
        about: None,
        unit: LINE,
        period: NOVEMBER,
        plan: None,
        item: None,
        happened: day(2026, 11, 9),
        facts: "模具摔坏，维修单附后".into(),
        evidence: Vec::new(),
        count: 1,
        points: None,
        money: Some(Fen(fen)),
    };
    story.must(LINE_HEAD, Command::ProposeEntry(Box::new(propose)));
    let (unit, period) = (LINE, NOVEMBER);
    let entry = |story: &Story| story.world.ledger(LINE, NOVEMBER).unwrap()[&ENTRY].seen();
    let decide = DecideEntry {
        entry: ENTRY,
        unit,
        period,
        confirmed: true,
        reason: String::new(),
        seen: entry(story),
    };
    story.must(PLAN_OFFICE, Command::DecideEntry(decide));
    // While the person may still dispute it, nothing is taken.
    let own = only(&[person(1)]);
    let open = payroll::draft(&story.world, december(), &own, story.moment.received).unwrap();
    assert_eq!(open.slips, []);
    let accept = AnswerEntry {
        entry: ENTRY,
        unit,
        period,
        accepted: true,
        reason: String::new(),
        seen: entry(story),
    };
    story.must(person(1), Command::AnswerEntry(accept));
}

/// From 1 December the first has 9,000 instead of 8,000, entered after the hand-over: 1,980 are due and
/// 1,760 were paid, so 220 follow.
#[test]
fn a_base_that_changes_backwards_is_paid_afterwards() {
    let mut month = half_judged();
    month.on(day(2026, 12, 14));
    let own = only(&[person(1)]);
    month.story.handed_over(december(), &own);
    let raise = shared::command::payroll::EnterBase {
        old: Some(Fen(800_000)),
        ..base(9, person(1), 900_000, december())
    };
    let raised = act(PayrollAct::EnterBase(raise.clone()));
    // Who saw another figure is told.
    let stale = act(PayrollAct::EnterBase(shared::command::payroll::EnterBase {
        old: None,
        ..raise
    }));
    let refused = month.story.refused(PAYROLL, stale);
    assert!(matches!(refused, Refusal::ChangedMeanwhile { .. }));
    month.story.must(PAYROLL, raised);
    month.on(day(2027, 1, 14));
    let second = month.story.handed_over(january(), &own);
    let more = LineOf::BackPay(NOVEMBER);
    assert_eq!(amounts(&second), [(person(1), vec![(more, 22_000)])]);
}

/// Two who draw the same batch: the server's order decides, and the second is told which number is next.
#[test]
fn one_number_is_handed_over_once_and_nobody_is_paid_twice() {
    let mut month = half_judged();
    month.on(day(2026, 12, 14));
    let first = month
        .story
        .hand_over(december(), &only(&[person(1), person(3)]));
    let second = month.story.hand_over(december(), &only(&[person(1)]));
    let first = act(PayrollAct::HandOver(first));
    month.story.must(PAYROLL, first.clone());
    let taken = Refusal::BatchTaken { number: 2 };
    let again = act(PayrollAct::HandOver(second.clone()));
    assert_eq!(month.story.refused(PAYROLL, first), taken);
    assert_eq!(month.story.refused(PAYROLL, again), taken);
    // Who knows the number still has another file.
    let renumbered = shared::command::payroll::HandOver {
        number: 2,
        ..second
    };
    let nothing = act(PayrollAct::HandOver(renumbered));
    assert_eq!(month.story.refused(PAYROLL, nothing), Refusal::NothingToPay);
    // The rest of the month is another batch, without gap.
    let rest = month.story.handed_over(december(), &three());
    assert_eq!(rest.len(), 1);
    assert_eq!((rest[0].batch, rest[0].person), (2, person(2)));
}

#[test]
fn a_signature_binds_the_file_and_a_month_is_not_opened_again() {
    let mut month = half_judged();
    month.on(day(2026, 12, 14));
    let stale = month.story.hand_over(december(), &only(&[person(1)]));
    let wage = shared::command::payroll::EnterBase {
        old: Some(Fen(800_000)),
        ..base(9, person(1), 810_000, december())
    };
    month.story.must(PAYROLL, act(PayrollAct::EnterBase(wage)));
    let refused = month
        .story
        .refused(PAYROLL, act(PayrollAct::HandOver(stale)));
    assert!(matches!(refused, Refusal::ContentChanged { .. }));
    month.story.handed_over(december(), &only(&[person(1)]));
    month.on(day(2027, 1, 14));
    // The second was left out in December and comes in January.
    let late = month.story.hand_over(december(), &only(&[person(2)]));
    month.story.handed_over(january(), &only(&[person(2)]));
    let late = shared::command::payroll::HandOver { number: 3, ..late };
    let refused = month
        .story
        .refused(PAYROLL, act(PayrollAct::HandOver(late)));
    assert_eq!(refused, Refusal::PayMonthOver { last: january() });
}

/// The file opens in a table: the mark for UTF-8, a name that looks like a formula made a word, the
/// control totals at the end; the batch keeps its digest.
#[test]
fn the_file_is_deterministic_and_safe() {
    let mut month = half_judged();
    month.on(day(2026, 12, 14));
    let own = only(&[person(1)]);
    let draft = month.story.drawn(december(), &own);
    assert_eq!(draft, month.story.drawn(december(), &own));
    let mut slips = draft.slips.clone();
    slips[0].name = "=HYPERLINK(\"x\")".into();
    let organisation = month.story.world.organisation();
    let forged = payroll::file(organisation, 1, december(), &slips, draft.totals);
    assert!(forged.contains(",\"'=HYPERLINK(\"\"x\"\")\","));
    let lines: Vec<&str> = draft.file.split("\r\n").collect();
    assert!(lines[0].starts_with("\u{feff}批次 Batch,"));
    assert!(lines[1].starts_with(
        "1,2026-12,一线,员工1,浮动绩效 Floating pay,2026-11-01/2026-11-30,8000.00,0.20,1.10,正式 Assessed,1760.00,0.00,,1,"
    ));
    assert!(lines[2].starts_with("1,2026-12,控制总额 Control totals,1,,,8000.00,,1.10,,1760.00,"));
    month.story.handed_over(december(), &own);
    let world = &month.story.world;
    let batch = payroll::batches(world)[0];
    let slips = payroll::slips_of(world, december(), 1);
    assert_eq!(batch.digest, draft.digest);
    assert!(batch.is_whole(&slips, &draft.file));
    let mut changed = slips[0].clone();
    changed.lines[0].amount = Fen(176_001);
    assert!(!batch.is_whole(&[&changed], &draft.file));
}

/// By unit: the line's people are drawn, the store's are not; without a base nobody is paid anything.
#[test]
fn a_batch_is_drawn_by_unit() {
    let mut month = half_judged();
    month.on(day(2026, 12, 14));
    let of = |unit| Scope {
        units: vec![unit],
        ..Scope::default()
    };
    let line = month.story.drawn(december(), &of(LINE));
    let people: Vec<PersonId> = line.slips.iter().map(|slip| slip.person).collect();
    assert_eq!(people, [person(1), person(2), person(3)]);
    let no_base = |person| LeftOut {
        person,
        why: WhyOut::NoBase,
    };
    assert!(line.left_out.contains(&no_base(WORKER)));
    let store = month.story.drawn(december(), &of(STORE));
    assert_eq!(store.slips, []);
    let whole = month.story.drawn(december(), &of(ROOT));
    assert_eq!(whole.slips.len(), 3);
}
