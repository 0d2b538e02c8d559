//! Spot checks: who draws, that nobody chooses, who checks, and what an unfair finding leads to.

use serde_json::{Value, json};
use shared::canonical;
use shared::command::Command;
use shared::command::ledger::ProposeEntry;
use shared::command::period::MarkPeriod;
use shared::command::signing::HoldRole;
use shared::command::spot_check::{CheckResult, DrawSample};
use shared::id::{EntryId, PersonId, PlanId, RoleHolderId, UnitId};
use shared::ledger::unfair::unfair;
use shared::period::ready::{self, Open};
use shared::permission;
use shared::placement::placement;
use shared::refusal::Refusal;
use shared::regime::cycle::PeriodAct;
use shared::row::Row;
use shared::spot_check::{self as spot, Redrawn, SpotSample};
use shared::sync::server::replay::replay;
use shared::world::{Holdings, Stop, World};

use crate::firm::{Firm, member, plan_of};
use crate::plain::plain;
use crate::prelude::*;
use crate::server::{ready as polled, told};

/// A quarter of all results is checked by those who hold the role `checkers`; whoever judged unfairly gets
/// a fault slip, borne by the superior of the person who was judged.
fn firm(units: &[(UnitId, usize)], checkers: &[PersonId]) -> Firm {
    let role = json!([{"key": "checkers", "name": {"zh": "抽查组", "en": "Checkers"}}]);
    let checks = json!({"share": 2_500, "by": [{"role": "checkers"}], "unfair": "unfair"});
    let slip = json!([{
        "key": "unfair", "name": {"zh": "过失单", "en": "Fault slip"}, "clause": "抽查",
        "legal": "record", "counted": "time", "bearers": [{"who": "superior"}],
        "proposed_by": [{"role": "checkers"}], "confirmed_by": ["plan_office"], "answer_days": 3
    }]);
    let set: [(&str, Value); 3] = [
        ("/roles", role),
        ("/tariffs", slip),
        ("/after/spot_checks", checks),
    ];
    let mut firm = Firm::under(plain(&set), units);
    for (holder, person) in (71..).zip(checkers) {
        let hold = HoldRole {
            holder: RoleHolderId::from_bits(holder),
            role: "checkers".into(),
            unit: None,
            person: *person,
            from: day(2025, 1, 1),
        };
        firm.story.must(ADMINISTRATOR, Command::HoldRole(hold));
    }
    firm
}

/// So many of the line are judged, by its head, and sign.
fn judged(heads: usize) -> Firm {
    let mut firm = firm(&[(LINE, heads)], &[KEEPER]);
    for n in 0..heads {
        firm.judged(LINE, n, 9_000);
    }
    firm
}

fn draw() -> Command {
    Command::DrawSample(DrawSample { period: NOVEMBER })
}

fn check(plan: PlanId, fair: bool) -> Command {
    Command::CheckResult(CheckResult {
        plan,
        version: 1,
        fair,
        reason: "已对照检查记录".into(),
        evidence: Vec::new(),
    })
}

fn sample(firm: &Firm) -> SpotSample {
    firm.story.world.organisation().samples[&NOVEMBER].clone()
}

/// A quarter of five is 1.25, so two are drawn; of one, one. The order is the digest of seed and plan,
/// and anybody who holds the results draws the same again.
#[test]
fn the_sample_follows_from_the_results() {
    for (heads, share) in [(1, 1), (4, 1), (5, 2), (8, 2), (9, 3)] {
        let mut firm = judged(heads);
        firm.story.must(KEEPER, draw());
        let sample = sample(&firm);
        assert_eq!((sample.of as usize, sample.drawn.len()), (heads, share));
        let mut plans: Vec<PlanId> = (0..heads).map(|n| plan_of(LINE, n)).collect();
        plans.sort_by_key(|plan| canonical::digest("jihe/spot_order/1", &(&sample.seed, plan)));
        assert_eq!(sample.drawn, plans[..share]);
        assert_eq!(spot::redraw(&firm.story.world, &sample), Redrawn::Identical);
    }
}

/// Another result is another seed; a result that is judged again after the draw changes nothing of it.
#[test]
fn the_seed_is_everybodys_result() {
    let mut firm = judged(5);
    let before = spot::draw(&firm.story.world, NOVEMBER, firm.story.moment.received).unwrap();
    firm.story.must(KEEPER, draw());
    let sample = sample(&firm);
    assert_eq!(sample.seed, before.seed);
    let mut forged = sample.clone();
    forged.drawn.reverse();
    assert_eq!(spot::redraw(&firm.story.world, &forged), Redrawn::Different);
    let mut other = firm_of_another_figure();
    other.story.must(KEEPER, draw());
    assert_ne!(self::sample(&other).seed, sample.seed);
    firm.story.moment = noon(day(2026, 12, 3));
    let mark = MarkPeriod {
        period: NOVEMBER,
        act: PeriodAct::Corrected,
        units: Vec::new(),
        open: 0,
        reason: "更正".into(),
    };
    firm.story.must(PLAN_OFFICE, Command::MarkPeriod(mark));
    let back = shared::command::cohort::ReturnResult {
        plan: plan_of(LINE, 0),
        version: 1,
        reason: "更正".into(),
    };
    firm.story.must(PLAN_OFFICE, Command::ReturnResult(back));
    assert_eq!(spot::redraw(&firm.story.world, &sample), Redrawn::Identical);
    firm.judged_again(LINE, 0, 9_000, 8_000);
    assert_eq!(spot::redraw(&firm.story.world, &sample), Redrawn::Identical);
}

fn firm_of_another_figure() -> Firm {
    let mut firm = firm(&[(LINE, 5)], &[KEEPER]);
    for n in 0..5 {
        firm.judged(LINE, n, if n == 0 { 8_900 } else { 9_000 });
    }
    firm
}

/// Those whom the regime names draw, once; where nobody holds the role, the plan office does.
#[test]
fn whom_the_regime_names_draws_once() {
    let mut named = judged(2);
    for person in [PLAN_OFFICE, LINE_HEAD, MANAGER, member(LINE, 0)] {
        assert_eq!(named.story.refused(person, draw()), Refusal::Forbidden);
    }
    named.story.must(KEEPER, draw());
    let again = named.story.refused(KEEPER, draw());
    assert_eq!(again, Refusal::already_exists("spot_sample"));
    let mut vacant = firm(&[(LINE, 1)], &[]);
    vacant.judged(LINE, 0, 9_000);
    assert_eq!(vacant.story.refused(KEEPER, draw()), Refusal::Forbidden);
    vacant.story.must(PLAN_OFFICE, draw());
}

/// Before all that is handed in is judged, who draws could wait for another seed: refused, until it is
/// judged or judging is closed.
#[test]
fn nothing_is_drawn_while_something_is_to_be_judged() {
    let mut firm = firm(&[(LINE, 2)], &[KEEPER]);
    firm.judged(LINE, 0, 9_000);
    firm.begun(LINE, 1);
    let early = firm.story.refused(KEEPER, draw());
    assert_eq!(early, Refusal::NotAllJudged { plans: 1 });
    firm.marks(PeriodAct::JudgingClosed);
    firm.story.must(KEEPER, draw());
    assert_eq!(sample(&firm).of, 1);
}

/// A device holds some results and not all: it leaves the draw to the server.
#[test]
fn a_device_draws_nothing() {
    let firm = judged(2);
    let device = World::with_organisation(
        std::sync::Arc::clone(firm.story.world.organisation()),
        Holdings::Granted {
            person: KEEPER,
            partitions: std::sync::Arc::default(),
        },
    );
    let decided = device.decide(&draw(), KEEPER, &firm.story.moment);
    assert_eq!(decided, Err(Stop::NotHeld));
}

/// Who checks sees what was drawn, and nothing else of the line.
#[test]
fn who_checks_sees_what_was_drawn() {
    let mut firm = judged(4);
    let sees = |firm: &Firm, plan: PlanId| {
        let document = firm.story.document_of(plan);
        let organisation = firm.story.world.organisation();
        let row = Row::Result(document.result().unwrap().clone());
        let mut stands = placement(&row, Some(document)).into_iter();
        stands.any(|one| permission::may_see(organisation, KEEPER, day(2026, 12, 2), one))
    };
    assert!((0..4).all(|n| !sees(&firm, plan_of(LINE, n))));
    firm.story.must(KEEPER, draw());
    let sample = sample(&firm);
    for n in 0..4 {
        let plan = plan_of(LINE, n);
        assert_eq!(sees(&firm, plan), sample.drawn.contains(&plan));
    }
}

/// Neither the person nor who judged checks, and nobody twice; what was not drawn is not checked. Where
/// the only checker is the person, the one above the judge and the plan office check.
#[test]
fn somebody_else_checks_once() {
    let mut firm = judged(4);
    firm.story.must(KEEPER, draw());
    let drawn = sample(&firm).drawn[0];
    let owner = firm.story.document_of(drawn).plan.as_ref().unwrap().owner;
    for person in [owner, LINE_HEAD, PLAN_OFFICE, STORE_HEAD] {
        let refusal = firm.story.refused(person, check(drawn, true));
        assert_eq!(refusal, Refusal::Forbidden, "{person}");
    }
    let other = (0..4).map(|n| plan_of(LINE, n));
    let other = other.into_iter().find(|plan| *plan != drawn).unwrap();
    let refusal = firm.story.refused(KEEPER, check(other, true));
    assert_eq!(refusal, Refusal::NothingToDecide);
    firm.story.must(KEEPER, check(drawn, true));
    assert!(firm.story.must(KEEPER, check(drawn, true)).is_empty());
    let twice = firm.story.refused(KEEPER, check(drawn, false));
    assert_eq!(twice, Refusal::already_exists("spot_check"));

    let mut own = self::firm(&[(LINE, 1)], &[member(LINE, 0)]);
    own.judged(LINE, 0, 9_000);
    own.story.must(member(LINE, 0), draw());
    let plan = plan_of(LINE, 0);
    let refusal = own.story.refused(member(LINE, 0), check(plan, true));
    assert_eq!(refusal, Refusal::Forbidden);
    own.story.must(MANAGER, check(plan, true));
}

/// What is sealed is checked as well, and stays as it was sealed.
#[test]
fn a_sealed_result_is_checked_too() {
    let mut firm = judged(1);
    let sealed = firm.sealed(LINE, 0);
    firm.story.must(KEEPER, draw());
    firm.story.must(KEEPER, check(plan_of(LINE, 0), false));
    let document = firm.story.document_of(plan_of(LINE, 0));
    assert!(!document.checks[&1].fair);
    assert_eq!(document.sealed[&1], sealed);
}

/// An unfair finding is proposed against who judged, by the regime's tariff and in its own way, once.
#[test]
fn an_unfair_finding_is_proposed_against_the_judge() {
    let mut firm = judged(1);
    firm.story.must(KEEPER, draw());
    let plan = plan_of(LINE, 0);
    let today = day(2026, 12, 2);
    let found = |firm: &Firm| unfair(&firm.story.world, LINE, NOVEMBER, today);
    assert_eq!(found(&firm), []);
    firm.story.must(KEEPER, check(plan, false));
    let proposals = found(&firm);
    assert_eq!(proposals.len(), 1);
    let proposal = &proposals[0];
    assert_eq!((proposal.of.whose, proposal.count), (member(LINE, 0), 1));
    let propose = ProposeEntry {
        entry: EntryId::from_bits(1),
        sheet: proposal.sheet,
        tariff: proposal.tariff.clone(),
        person: LINE_HEAD,
        about: Some(proposal.of.whose),
        unit: LINE,
        period: NOVEMBER,
        plan: None,
        item: None,
        happened: proposal.of.happened,
        facts: "抽查认定考核不公".into(),
        evidence: Vec::new(),
        count: 1,
        points: None,
        money: None,
    };
    let propose = Command::ProposeEntry(Box::new(propose));
    firm.story.must(KEEPER, propose);
    assert_eq!(found(&firm), []);
}

/// A fair finding leads to nothing.
#[test]
fn a_fair_finding_proposes_nothing() {
    let mut firm = judged(1);
    firm.story.must(KEEPER, draw());
    firm.story.must(KEEPER, check(plan_of(LINE, 0), true));
    let found = unfair(&firm.story.world, LINE, NOVEMBER, day(2026, 12, 2));
    assert_eq!(found, []);
}

/// Before a period is marked as sealed the list says that nothing was drawn, then what is not checked.
#[test]
fn readiness_tells_what_is_not_checked() {
    let mut firm = judged(1);
    firm.sealed(LINE, 0);
    let open = |firm: &Firm| {
        let world = &firm.story.world;
        let period = &world.organisation().periods[&NOVEMBER];
        ready::open(world, period, PeriodAct::Sealed, &[], day(2026, 12, 2))
    };
    assert_eq!(open(&firm), [Open::NotDrawn]);
    firm.story.must(KEEPER, draw());
    assert_eq!(open(&firm), [Open::NotChecked(plan_of(LINE, 0))]);
    firm.story.must(KEEPER, check(plan_of(LINE, 0), true));
    assert_eq!(open(&firm), []);
}

/// A server that loads only what each command reads draws the same, and executing its log from zero gives
/// its rows.
#[test]
fn a_server_draws_the_same() {
    let mut firm = judged(5);
    firm.story.must(KEEPER, draw());
    let plan = sample(&firm).drawn[0];
    firm.story.must(KEEPER, check(plan, false));
    let server = told(&firm.story);
    let organisation = polled(server.organisation()).unwrap();
    assert_eq!(organisation.samples[&NOVEMBER], sample(&firm));
    let log = server.store().log();
    let replayed = polled(replay(server.store(), &log)).unwrap();
    assert_eq!(replayed.entries, firm.story.told.len());
}
