//! The sample factory: accepted whole, in every month, and a whole month can be walked through it.

use std::collections::BTreeSet;

use shared::command::Command;
use shared::command::plan::{ApprovePlan, SubmitPlan, Weigh};
use shared::id::{PersonId, PlanId};
use shared::item::Edit;
use shared::moment::Day;
use shared::plan::PlanState;
use shared::refusal::Refusal;
use shared::samples::{Demo, FACTORY_MONTH, demo_factory};
use shared::weight::balance_weights;
use shared::world::{Holdings, World};
use shared::{digest, permission};

use crate::prelude::*;

mod three_months;

fn factory(today: Day) -> (Demo, Story) {
    let mut next = 0_u128;
    let demo = demo_factory(today, &mut || {
        next += 1;
        next
    });
    let mut story = Story {
        world: World::new(Holdings::Everything),
        moment: noon(today),
        told: Vec::new(),
    };
    for act in &demo.acts {
        story.must(act.actor, act.command.clone());
    }
    (demo, story)
}

#[test]
fn the_factory_is_accepted_whole_in_every_month() {
    for month in 1..=12 {
        for date in [1, 28] {
            let (demo, story) = factory(day(2028, month, date));
            let period = &story.world.organisation().periods[&demo.period];
            assert!(period.from <= day(2028, month, date) && day(2028, month, date) <= period.to);
            assert_eq!(story.world.documents().count(), 12);
            let items = story
                .world
                .documents()
                .map(|(_, document)| document.items.len());
            assert_eq!(items.sum::<usize>(), 13);
        }
    }
}

#[test]
fn everybody_signs_in_by_a_login_of_ones_own_and_every_post_of_the_sheet_is_held() {
    let (demo, story) = factory(day(2026, 11, 10));
    let logins: BTreeSet<&str> = demo
        .people
        .iter()
        .map(|person| person.login.as_str())
        .collect();
    let names: BTreeSet<&str> = demo
        .people
        .iter()
        .map(|person| person.name.as_str())
        .collect();
    assert_eq!(
        (logins.len(), names.len()),
        (demo.people.len(), demo.people.len())
    );
    assert!(
        logins
            .iter()
            .all(|login| login.bytes().all(|byte| byte.is_ascii_lowercase()))
    );
    assert_eq!(demo.people.len(), story.world.organisation().people.len());
    assert_eq!(demo.person("denglei").unwrap().post, "安全员");
    for (_, document) in story.world.documents() {
        for item in document.items.values() {
            assert!(item.responsible.is_some(), "{}", item.post);
            assert!(!item.helpers.is_empty(), "{}", item.title);
        }
    }
    assert_eq!(FACTORY_MONTH.lines().count(), 14);
}

/// November 2026: 21 working days of five, 25 of six; three days of leave in quality.
#[test]
fn the_factory_works_by_its_calendars_and_the_notices() {
    let (demo, story) = factory(day(2026, 11, 10));
    let all = story.world.organisation();
    let (first, last) = (day(2026, 11, 1), day(2026, 11, 30));
    let unit = |login| demo.person(login).unwrap().unit;
    let count = |unit| {
        let counted = all.work_days(unit).count(first, last);
        (counted.value, counted.announced)
    };
    assert_eq!(count(unit("chenguodong")), (21, true));
    assert_eq!(count(unit("wangxiulan")), (21, true));
    // The injection workshop stands below production and works as production does.
    assert_eq!(count(unit("huangdaqiang")), (25, true));
    let away = demo.person("songjiaming").unwrap();
    let there = all.attendance(away.person, away.unit, first, last);
    assert_eq!((there.owed(), there.entitled, there.away()), (18, 3, 3));
    // Of 2028 nothing is published yet, and the factory says so.
    let (_, later) = factory(day(2028, 3, 1));
    let root = later.world.organisation().company.as_ref().unwrap().root;
    let days = later.world.organisation().work_days(root);
    assert!(!days.announced(day(2028, 3, 1)));
}

/// Item 1 of the quality department is due with its month; two items of 30 and 20 balance to 60.00
/// and 40.00.
#[test]
fn a_department_walks_through_its_month() {
    let (demo, mut story) = factory(day(2026, 11, 10));
    let head = demo.person("wangxiulan").unwrap();
    let today = story.moment.today();
    let (plan, document) = plan_of(&story, head.person);
    let weights: Vec<_> = document
        .items
        .values()
        .map(|item| (item.id, item.weight))
        .collect();
    let balanced = balance_weights(&weights, shared::quantity::Points(10_000));
    let mut shares: Vec<i64> = balanced.iter().map(|(_, weight)| weight.0).collect();
    shares.sort_unstable();
    assert_eq!(shares, [4_000, 6_000]);
    let seen = seen(&story, plan);
    let submit = Command::SubmitPlan(SubmitPlan { plan, seen });
    assert!(matches!(
        story.refused(head.person, submit),
        Refusal::WeightsDoNotSum { .. }
    ));
    let edits = weights.iter().zip(&balanced);
    let edits = edits.map(|((item, old), (_, new))| {
        (
            *item,
            Edit {
                old: *old,
                new: *new,
            },
        )
    });
    let weights = edits.collect();
    story.must(head.person, Command::Weigh(Weigh { plan, weights }));
    let submit = SubmitPlan {
        plan,
        seen: self::seen(&story, plan),
    };
    story.must(head.person, Command::SubmitPlan(submit));
    let manager = demo.person("chenguodong").unwrap().person;
    let approve = ApprovePlan {
        plan,
        seen: self::seen(&story, plan),
    };
    story.must(manager, Command::ApprovePlan(approve));
    let kept = story.world.document(plan).unwrap().plan.clone().unwrap();
    assert_eq!(kept.state, PlanState::Approved);
    let organisation = story.world.organisation();
    assert_eq!(
        permission::judge_of(organisation, &kept, today),
        Some(manager)
    );
    // The workshop below production is judged by production's head, not by the manager.
    let workshop = plan_of(&story, demo.person("huangdaqiang").unwrap().person).0;
    let workshop = story
        .world
        .document(workshop)
        .unwrap()
        .plan
        .clone()
        .unwrap();
    let production = demo.person("zhangjianjun").unwrap().person;
    assert_eq!(
        permission::judge_of(organisation, &workshop, today),
        Some(production)
    );
}

fn plan_of(story: &Story, owner: PersonId) -> (PlanId, &shared::world::PlanDocument) {
    let mut documents = story.world.documents();
    let own = documents.find(|(_, document)| document.plan.as_ref().unwrap().owner == owner);
    own.unwrap()
}

fn seen(story: &Story, plan: PlanId) -> String {
    let document = story.world.document(plan).unwrap();
    digest::plan_content(document.plan.as_ref().unwrap(), document)
}
