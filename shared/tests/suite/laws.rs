//! Laws that hold for every world and every command, tried with seeded chance.

mod month;

mod sections;

use std::collections::BTreeSet;

use shared::change::Change;
use shared::command::Command;
use shared::command::plan::{EditItem, RemoveItem, ReturnPlan, Weigh};
use shared::id::PersonId;
use shared::item::{Edit, ItemEdit};
use shared::plan::PlanState;
use shared::quantity::{BasisPoints, Points};
use shared::regime::v1::Judging;
use shared::report::ReportKind;
use shared::result::{ItemInput, compute};
use shared::row::Row;
use shared::score::{Judgement, Score};
use shared::world::{Holdings, World};

use crate::format_1;
use crate::prelude::*;

const EFFICIENCY: [&str; 3] = ["on_time", "late", "early"];
const QUALITY: [&str; 4] = ["excellent", "good", "qualified", "needs_improvement"];
const ACTORS: [PersonId; 5] = [LINE_HEAD, LINE_HEAD, WORKER, MANAGER, PLAN_OFFICE];

/// All rows of a world.
pub(crate) fn rows(world: &World) -> Vec<Row> {
    let organisation = world.organisation();
    let mut rows: Vec<Row> = organisation
        .company
        .iter()
        .cloned()
        .map(Row::Company)
        .collect();
    rows.extend(organisation.units.values().cloned().map(Row::Unit));
    rows.extend(organisation.people.values().cloned().map(Row::Person));
    rows.extend(
        organisation
            .assignments
            .values()
            .cloned()
            .map(Row::Assignment),
    );
    rows.extend(organisation.lines.values().cloned().map(Row::ReportingLine));
    rows.extend(
        organisation
            .appointments
            .values()
            .cloned()
            .map(Row::Appointment),
    );
    rows.extend(organisation.regimes.values().cloned().map(Row::Regime));
    rows.extend(organisation.periods.values().cloned().map(Row::Period));
    for (_, document) in world.documents() {
        rows.extend(document.plan.iter().cloned().map(Row::Plan));
        rows.extend(document.items.values().cloned().map(Row::Item));
        rows.extend(document.reports.values().cloned().map(Row::Report));
        rows.extend(document.self_scores.values().cloned().map(Row::SelfScore));
        rows.extend(
            document
                .superior_scores
                .values()
                .cloned()
                .map(Row::SuperiorScoreBy),
        );
        rows.extend(document.results.values().cloned().map(Row::Result));
        rows.extend(document.baselines.values().cloned().map(Row::Baseline));
        rows.extend(document.requests.values().cloned().map(Row::ChangeRequest));
        rows.extend(document.helps.values().cloned().map(Row::Help));
    }
    rows
}

/// A plausible command, not always an acceptable one.
fn command(story: &Story, chance: &mut Chance) -> Command {
    let n = u128::from(1 + chance.below(5));
    // Most acts on an approved plan judge it, or no walk would ever reach the end.
    let judging = match story.state() {
        PlanState::Approved => chance.below(10) > 0,
        _ => chance.below(3) == 0,
    };
    if judging {
        review_command(story, n, chance)
    } else {
        plan_command(story, n, chance)
    }
}

fn plan_command(story: &Story, n: u128, chance: &mut Chance) -> Command {
    let number = |chance: &mut Chance, bound| i64::try_from(chance.below(bound)).unwrap();
    let (plan, id) = (PLAN, item_id(n));
    let there = story.document().items.get(&id).cloned();
    let there = there.unwrap_or_else(|| item(n, 1));
    match chance.below(8) {
        0 => add(item(n, number(chance, 12_000) - 500)),
        1 => {
            let stale = chance.below(4) == 0;
            let old = if stale { Points(1) } else { there.weight };
            let new = Points(number(chance, 10_500));
            let weights = vec![(id, Edit { old, new })];
            Command::Weigh(Weigh { plan, weights })
        }
        2 => {
            let new = format!("标题 {}", chance.below(3));
            let old = there.title;
            let edits = vec![ItemEdit::Title(Edit { old, new })];
            Command::EditItem(EditItem {
                plan,
                item: id,
                edits,
            })
        }
        3 => {
            let item = Box::new(there);
            Command::RemoveItem(RemoveItem { plan, item })
        }
        4 | 5 => story.submit(),
        6 => story.approve(),
        _ => {
            let reason = chance.pick(&["", "请补充"]).to_owned();
            let seen = story.seen();
            Command::ReturnPlan(ReturnPlan { plan, seen, reason })
        }
    }
}

fn review_command(story: &Story, n: u128, chance: &mut Chance) -> Command {
    let document = story.document();
    let judgement = |chance: &mut Chance| match chance.below(5) {
        0 => None,
        1 => Some(Judgement::NotCarriedOut),
        _ => Some(carried_out(chance.pick(&EFFICIENCY), chance.pick(&QUALITY))),
    };
    let stands = |score: Option<&Score>| score.map(|score| score.judgement.clone());
    match chance.below(5) {
        0 => {
            let percent = u8::try_from(chance.below(120)).unwrap();
            let kind = chance.pick(&[ReportKind::Progress, ReportKind::Completion]);
            let happened = day(2026, 11, 1 + u32::try_from(chance.below(20)).unwrap());
            report(n, u128::from(chance.below(50)), kind, percent, happened)
        }
        1 => Command::ScoreSelf(score(
            n,
            stands(document.self_scores.get(&item_id(n))),
            judgement(chance),
        )),
        2 | 3 => {
            let old = stands(document.superior_scores.get(&(item_id(n), MANAGER)));
            Command::ScoreSuperior(score(n, old, judgement(chance)))
        }
        _ => match story.verdict(MANAGER) {
            Ok(_) => story.publish(),
            Err(_) => story.submit(),
        },
    }
}

fn assert_same(one: &World, other: &World) {
    assert_eq!(one.organisation(), other.organisation());
    assert!(one.documents().eq(other.documents()));
}

/// Rows put in any order make the same world.
fn shuffled(world: &World, chance: &mut Chance) -> World {
    let mut rows = rows(world);
    let mut other = World::new(Holdings::Everything);
    while !rows.is_empty() {
        let at = usize::try_from(chance.below(rows.len() as u64)).unwrap();
        other.put(&rows.swap_remove(at));
    }
    other
}

#[test]
fn deciding_is_pure_and_applying_cannot_fail() {
    let mut reached = BTreeSet::new();
    for seed in 0..60 {
        let mut chance = Chance(seed);
        // Of four, each holds 25.00: some walks reach publication.
        let mut story = Story::drafted(&[2_500; 4]);
        for _ in 0..120 {
            let actor = chance.pick(&ACTORS);
            let command = command(&story, &mut chance);
            let decided = story.world.decide(&command, actor, &story.moment);
            assert_eq!(story.world.decide(&command, actor, &story.moment), decided);
            let other = shuffled(&story.world, &mut chance);
            assert_same(&story.world, &other);
            assert_eq!(other.decide(&command, actor, &story.moment), decided);
            for change in decided.iter().flatten() {
                story.world.apply(change);
                // Applying the same change again changes nothing more.
                let once = story.world.clone();
                story.world.apply(change);
                assert_same(&once, &story.world);
            }
            reached.insert(story.state());
        }
    }
    // The walks are worth something only if they get everywhere.
    let everywhere = [
        PlanState::Draft,
        PlanState::Submitted,
        PlanState::Returned,
        PlanState::Approved,
        PlanState::Published,
    ];
    assert!(
        everywhere.iter().all(|state| reached.contains(state)),
        "{reached:?}"
    );
}

#[test]
fn applying_is_total_even_on_a_world_that_knows_nothing_of_it() {
    let mut story = Story::approved(&[10_000]);
    let judgement = Some(carried_out("on_time", "good"));
    story.must(
        WORKER,
        Command::ScoreSelf(score(1, None, judgement.clone())),
    );
    story.must(MANAGER, Command::ScoreSuperior(score(1, None, judgement)));
    story.must(MANAGER, story.publish());
    for row in rows(&story.world) {
        let mut world = World::new(Holdings::Everything);
        let (key, document) = (row.key(), row.document());
        world.apply(&Change::Remove { key, document });
        world.apply(&Change::put(row.clone()));
        assert_eq!(rows(&world), [row]);
        world.apply(&Change::Remove { key, document });
        assert_eq!(rows(&world), []);
        assert_same(&world, &World::new(Holdings::Everything));
    }
}

fn inputs(chance: &mut Chance) -> Vec<ItemInput> {
    let count = 1 + chance.below(12);
    let inputs = (0..count).map(|n| ItemInput {
        item: item_id(n.into()),
        title: String::new(),
        weight: Points(i64::try_from(chance.below(4_000)).unwrap()),
        judgement: match chance.below(6) {
            0 => Judgement::NotCarriedOut,
            _ => carried_out(chance.pick(&EFFICIENCY[..2]), chance.pick(&QUALITY)),
        },
        section: String::new(),
        bonus: false,
    });
    inputs.collect()
}

#[test]
fn the_order_of_items_does_not_matter() {
    let regime = format_1::smart_monthly();
    let mut chance = Chance(7);
    for _ in 0..500 {
        let mut inputs = inputs(&mut chance);
        let one = compute(&regime, &inputs, &[]).unwrap();
        let turn = usize::try_from(chance.below(inputs.len() as u64)).unwrap();
        inputs.rotate_left(turn);
        inputs.reverse();
        let other = compute(&regime, &inputs, &[]).unwrap();
        assert_eq!(
            (one.total, one.coefficient),
            (other.total, other.coefficient)
        );
    }
}

#[test]
fn a_better_factor_never_lowers_a_result() {
    let mut chance = Chance(8);
    for _ in 0..500 {
        let mut regime = format_1::smart_monthly();
        let inputs = inputs(&mut chance);
        let before = compute(&regime, &inputs, &[]).unwrap();
        let Judging::Matrix { factors, .. } = &mut regime.judging else {
            panic!("the preset judges by a matrix");
        };
        let row = usize::try_from(chance.below(2)).unwrap();
        let column = usize::try_from(chance.below(4)).unwrap();
        factors[row][column].0 += i64::try_from(chance.below(3_000)).unwrap();
        let after = compute(&regime, &inputs, &[]).unwrap();
        assert!(after.total >= before.total);
        assert!(after.coefficient >= before.coefficient);
    }
}

#[test]
fn nobody_gets_more_than_everything() {
    let regime = format_1::smart_monthly();
    let mut chance = Chance(9);
    for _ in 0..500 {
        let inputs = inputs(&mut chance);
        let most: i64 = inputs.iter().map(|input| input.weight.0).sum();
        let computed = compute(&regime, &inputs, &[]).unwrap();
        assert!(computed.total >= Points(0) && computed.total <= Points(most));
        assert!(computed.coefficient <= BasisPoints(12_000));
    }
}
