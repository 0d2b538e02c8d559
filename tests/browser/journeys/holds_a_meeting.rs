//! A meeting: a superior goes through the plans that wait, signs one, and the next is one tap away.

use shared::command::Command;
use shared::command::review::ScoreItem;
use shared::id::PlanId;
use shared::item::Edit;
use shared::permission;
use shared::plan::PlanState;
use shared::result;
use shared::score::Judgement;
use shared::world::World;

use crate::colleague::{Colleague, now};
use crate::person::{Device, Person};
use crate::server::Server;
use crate::story::{somebody, waits_for_the_light};

/// The plan on the table.
fn on_the_table(person: &Person) -> PlanId {
    person.wait_for("!!document.querySelector('[data-page=meeting]')");
    let path = person.eval("location.pathname");
    let path = path.as_str().expect("a page has an address");
    let id = path.split('/').nth(2).expect("a plan's address names it");
    id.parse().expect("an identity reads")
}

/// How many plans wait for somebody's judgement.
fn waiting(world: &World, judge: &Colleague) -> usize {
    let organisation = world.organisation();
    let today = now().day(organisation.utc_offset());
    let plans = world
        .documents()
        .filter_map(|(_, document)| document.plan.as_ref());
    let mine = plans.filter(|plan| {
        plan.state == PlanState::Approved
            && permission::may_judge(organisation, judge.person, plan, today)
    });
    mine.count()
}

/// What is missing of the scores of a plan, each item for nothing done.
fn scores(world: &World, judge: &Colleague, plan: PlanId) -> Vec<Command> {
    let document = world.document(plan).expect("the plan is held");
    let judged = result::judged(document, judge.person);
    let score = |item| {
        Command::ScoreSuperior(ScoreItem {
            plan,
            item,
            judgement: Edit {
                old: None,
                new: Some(Judgement::NotCarriedOut),
            },
            note: "会上核对，未开展".to_owned(),
        })
    };
    let items = document.items.keys().copied();
    let missing = items.filter(|item| !judged.contains_key(item));
    missing.map(score).collect()
}

#[test]
fn a_superior_signs_one_plan_and_goes_on_to_the_next() {
    let server = Server::start_with_three_months();
    let judge = Colleague::signs_in("chenguodong", &server);
    let world = judge.world();
    let count = waiting(&world, &judge);
    assert!(count > 1, "several plans wait: {count}");
    let superior = somebody("chenguodong", Device::Tablet, &server);
    superior.open("/review");
    superior.act("begin-meeting");
    let first = on_the_table(&superior);
    superior.wait_for("document.querySelector('[data-act=publish-result]').disabled");
    // The scores come from this person's other device, as they would have been given before.
    judge.does_all(&scores(&world, &judge, first));
    superior.wait_for("!document.querySelector('[data-act=publish-result]').disabled");
    superior.act("publish-result");
    superior.act("sign-publish");
    superior.wait_for("!!document.querySelector('[data-page=meeting] [data-page=result]')");
    waits_for_the_light(&superior, "synced");
    superior.photograph("signed-in-the-meeting");
    assert_eq!(waiting(&judge.world(), &judge), count - 1);
    // The plan keeps its place, so that the next is the one that would have come.
    superior.act("next-plan");
    superior.wait_for("!!document.querySelector('[data-page=meeting] [data-list=items]')");
    let second = on_the_table(&superior);
    assert_ne!(second, first);
    superior.has_no_complaint();
}
