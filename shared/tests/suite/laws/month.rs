//! The same laws over all that happens to plans in a month: changes by request, help, carry-over,
//! entries on behalf. What one side accepts, a server accepts in the same order, to the same rows.

use std::collections::BTreeMap;

use shared::carry;
use shared::change_request::{self, ItemChange};
use shared::command::Command;
use shared::command::plan::{
    AnswerHelp, DecideChange, RequestChange, SettleCarried, WithdrawChange, WithdrawPlan,
};
use shared::command::review::{ConfirmEntry, ReportItem};
use shared::id::{ChangeRequestId, PersonId, ReportId};
use shared::item::{Edit, Item, ItemEdit, LineageKind};
use shared::partition::PartitionId;
use shared::plan::PlanState;
use shared::quantity::Points;
use shared::report::ReportKind;
use shared::row::{Row, RowKey};

use super::{assert_same, command, rows, shuffled};
use crate::prelude::*;
use crate::server::told;

/// The line's plan is drafted and asks the store to help; December's is begun.
fn begun() -> Story {
    let mut story = Story::drafted(&[2_500; 3]);
    let helped = Item {
        helpers: vec![STORE],
        ..item(4, 2_500)
    };
    story.must(LINE_HEAD, add(helped));
    story.next_month();
    story
}

/// A plausible act of the month, and who may well be the one to do it.
fn act(story: &Story, chance: &mut Chance) -> (PersonId, Command) {
    let n = u128::from(1 + chance.below(5));
    let anybody = chance.pick(&[LINE_HEAD, MANAGER, WORKER, STORE_HEAD, PLAN_OFFICE]);
    let (actor, command) = match (story.state(), chance.below(12)) {
        (PlanState::Draft | PlanState::Returned, 0..6) => (LINE_HEAD, story.submit()),
        (PlanState::Submitted, 0..3) => (MANAGER, story.approve()),
        (PlanState::Submitted, 3 | 4) => (LINE_HEAD, withdraw()),
        (_, 5) => (STORE_HEAD, answer(chance)),
        (_, 6) => (LINE_HEAD, entered(n, chance)),
        (_, 7) => (WORKER, confirmed(story, chance)),
        (_, 8) => (LINE_HEAD, carried(story, n)),
        (_, 9) => (LINE_HEAD, settle()),
        (PlanState::Approved, _) => changed(story, n, chance),
        _ => (LINE_HEAD, command(story, chance)),
    };
    let strange = chance.below(8) == 0;
    (if strange { anybody } else { actor }, command)
}

fn withdraw() -> Command {
    let (plan, reason) = (PLAN, String::new());
    Command::WithdrawPlan(WithdrawPlan { plan, reason })
}

fn settle() -> Command {
    let (plan, from) = (NEXT, PLAN);
    Command::SettleCarried(SettleCarried { plan, from })
}

fn answer(chance: &mut Chance) -> Command {
    Command::AnswerHelp(AnswerHelp {
        plan: PLAN,
        item: item_id(4),
        unit: STORE,
        agreed: chance.below(3) > 0,
        reason: "说明".into(),
        mirrored: None,
    })
}

fn entered(n: u128, chance: &mut Chance) -> Command {
    let id = u128::from(chance.below(50));
    let kind = chance.pick(&[ReportKind::Progress, ReportKind::Completion]);
    let Command::ReportItem(args) = report(n, id, kind, 100, day(2026, 11, 9)) else {
        unreachable!()
    };
    Command::ReportItem(ReportItem {
        of: Some(WORKER),
        reason: "本人无手机".into(),
        ..args
    })
}

fn confirmed(story: &Story, chance: &mut Chance) -> Command {
    let reports: Vec<(ReportId, u128)> = story
        .document()
        .reports
        .values()
        .map(|report| (report.id, report.item.bits() - 100))
        .collect();
    let (report, n) = match reports.len() {
        0 => (ReportId::from_bits(1), 1),
        _ => chance.pick(&reports),
    };
    Command::ConfirmEntry(ConfirmEntry {
        plan: PLAN,
        item: item_id(n),
        report,
        agreed: chance.below(3) > 0,
    })
}

/// December continues an item of November, or what would be one.
fn carried(story: &Story, n: u128) -> Command {
    let there = story.document().items.get(&item_id(n)).cloned();
    let source = there.unwrap_or_else(|| item(n, 1));
    let kind = LineageKind::CarriedOver;
    add(carry::continued(
        kind,
        &source,
        (item_id(10 + n), NEXT),
        true,
    ))
}

/// Asks for a change, or decides about one that was asked.
fn changed(story: &Story, n: u128, chance: &mut Chance) -> (PersonId, Command) {
    let document = story.document();
    let requests: Vec<ChangeRequestId> = document.requests.keys().copied().collect();
    if requests.is_empty() || chance.below(2) == 0 {
        return asked(story, n, chance);
    }
    let (plan, request) = (PLAN, chance.pick(&requests));
    if chance.below(5) == 0 {
        let withdraw = WithdrawChange { plan, request };
        return (LINE_HEAD, Command::WithdrawChange(withdraw));
    }
    let asked = &document.requests[&request];
    let seen = change_request::seen(document.plan.as_ref().unwrap(), document, asked);
    let decider = if asked.from_above { LINE_HEAD } else { MANAGER };
    let decide = DecideChange {
        plan,
        request,
        agreed: chance.below(3) > 0,
        reason: "意见".into(),
        seen,
    };
    (decider, Command::DecideChange(decide))
}

/// Moves weight from one item to another, or moves a due day, or gives an item up for another.
fn asked(story: &Story, n: u128, chance: &mut Chance) -> (PersonId, Command) {
    let items: Vec<Item> = story.document().items.values().cloned().collect();
    let at = usize::try_from(chance.below(items.len() as u64)).unwrap();
    let (one, other) = (&items[at], &items[(at + 1) % items.len()]);
    let weight = |item: &Item, by: i64| {
        let new = Points(item.weight.0 + by);
        let old = item.weight;
        ItemChange::Edit(item.id, vec![ItemEdit::Weight(Edit { old, new })])
    };
    let changes = match chance.below(4) {
        0 => vec![weight(one, -100), weight(other, 100)],
        1 => {
            let new = Some(day(2026, 11, 21 + u32::try_from(chance.below(9)).unwrap()));
            let old = one.due;
            vec![ItemChange::Edit(
                one.id,
                vec![ItemEdit::Due(Edit { old, new })],
            )]
        }
        2 => vec![ItemChange::Cancel(one.id), weight(other, one.weight.0)],
        _ => vec![ItemChange::Add(Box::new(item(n, 0)))],
    };
    let request = RequestChange {
        request: ChangeRequestId::from_bits(u128::from(chance.below(40))),
        plan: PLAN,
        changes,
        reason: "客户改期".into(),
        evidence: String::new(),
    };
    let asker = chance.pick(&[LINE_HEAD, LINE_HEAD, MANAGER]);
    (asker, Command::RequestChange(request))
}

/// Decides twice, and on rows put in another order; applies every change twice.
fn lawfully(story: &mut Story, actor: PersonId, command: Command, chance: &mut Chance) -> bool {
    let decided = story.world.decide(&command, actor, &story.moment);
    assert_eq!(story.world.decide(&command, actor, &story.moment), decided);
    let other = shuffled(&story.world, chance);
    assert_same(&story.world, &other);
    assert_eq!(other.decide(&command, actor, &story.moment), decided);
    let Ok(changes) = decided else { return false };
    for change in &changes {
        story.world.apply(change);
        let once = story.world.clone();
        story.world.apply(change);
        assert_same(&once, &story.world);
    }
    story.told.push((story.moment, actor, command));
    !changes.is_empty()
}

/// Tells a server what was accepted, each act by itself, and compares the rows of both plans.
fn replayed(story: &Story) {
    let server = told(story);
    for (plan, period) in [(PLAN, NOVEMBER), (NEXT, DECEMBER)] {
        let kept = server.store().rows(PartitionId::Common(LINE, period));
        let kept: BTreeMap<RowKey, Row> = kept
            .into_iter()
            .map(|(key, (_, text))| (key, serde_json::from_str(&text).unwrap()))
            .collect();
        let common = |row: &Row| {
            let hidden = matches!(
                row,
                Row::SelfScore(_) | Row::SuperiorScoreBy(_) | Row::Result(_)
            );
            row.document() == Some(plan) && !hidden
        };
        let told = rows(&story.world).into_iter().filter(common);
        let told: BTreeMap<RowKey, Row> = told.map(|row| (row.key(), row)).collect();
        assert_eq!(kept, told);
    }
}

#[test]
fn a_month_is_lawful_and_a_server_makes_the_same_of_it() {
    let mut done: BTreeMap<&str, u32> = BTreeMap::new();
    for seed in 0..15 {
        let mut chance = Chance(1_000 + seed);
        let mut story = begun();
        for _ in 0..120 {
            let (actor, command) = act(&story, &mut chance);
            let kind = command.kind().0;
            if lawfully(&mut story, actor, command, &mut chance) {
                *done.entry(kind).or_default() += 1;
            }
        }
        replayed(&story);
    }
    // The walks are worth something only if everything happens in them.
    for kind in [
        "withdraw_plan",
        "request_change",
        "decide_change",
        "withdraw_change",
        "settle_carried",
        "answer_help",
        "report_item",
        "confirm_entry",
        "add_item",
        "approve_plan",
    ] {
        assert!(
            done.get(kind).is_some_and(|times| *times > 1),
            "{kind}: {done:?}"
        );
    }
}
