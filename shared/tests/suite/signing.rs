//! Signing by hand: who must sign next and what holds a plan up, step by step; roles and delegations
//! through their commands.

use shared::command::Command;
use shared::command::signing::{Delegate, EndDelegation, EndRole, HoldRole};
use shared::id::{DelegationId, PersonId, RoleHolderId, UnitId};
use shared::moment::Day;
use shared::organisation::Office;
use shared::refusal::Refusal;
use shared::regime::Name;
use shared::regime::signing::{SignKind, SignStep};
use shared::regime::who::Who;
use shared::signing::{Seat, SeatSigned, Signing, Standing, StepSigned, StepState, standing};
use shared::who;

use crate::prelude::*;

mod changes;
mod plans;

fn step(key: &str, by: &[Who], kind: SignKind) -> SignStep {
    SignStep {
        key: key.into(),
        name: Name {
            zh: key.into(),
            en: key.into(),
        },
        by: by.to_vec(),
        kind,
        approve_only: false,
        weighs: false,
        adds: Vec::new(),
        in_person: false,
    }
}

fn deputy() -> Who {
    Who::Role("deputy_gm".into())
}

/// Head reviews, plan office compiles, heads countersign, the deputy approves, the office files.
fn five_steps() -> Vec<SignStep> {
    vec![
        step("head", &[Who::Head], SignKind::Review),
        step("compile", &[Who::PlanOffice], SignKind::Review),
        step(
            "countersign",
            &[Who::Head, Who::Helpers],
            SignKind::Countersign { all: true },
        ),
        step("approve", &[deputy()], SignKind::Approve),
        step("issue", &[Who::PlanOffice], SignKind::File),
    ]
}

fn signed(step: &str, by: PersonId) -> StepSigned {
    StepSigned {
        step: step.into(),
        by,
        of: None,
        times: noon(day(2026, 11, 10)).times(),
        seen: "0".repeat(64),
    }
}

/// Where the line's plan stands on a day; the store and the root help with its first item.
fn stands<'r>(
    story: &Story,
    steps: &'r [SignStep],
    given: &'r [StepSigned],
    on: Day,
) -> Standing<'r> {
    let organisation = story.world.organisation();
    let document = story.document();
    let plan = document.plan.as_ref().unwrap();
    let signing = Signing {
        steps,
        signed: given,
        owner: plan.owner,
        by: plan.owner,
    };
    standing(organisation, signing, on, |one, on| {
        who::seats(organisation, one, plan, document.items.values(), on)
    })
}

fn states(standing: &Standing<'_>) -> Vec<StepState> {
    standing.steps.iter().map(|step| step.state).collect()
}

fn waits_for(standing: &Standing<'_>) -> Option<String> {
    standing.awaited().map(|step| step.rule.key.clone())
}

const ON: fn() -> Day = || day(2026, 11, 10);

/// The line's plan with two items, of which the first has helpers.
fn helped(helpers: &[UnitId]) -> Story {
    let mut story = Story::drafted(&[6_000]);
    let item = shared::item::Item {
        helpers: helpers.to_vec(),
        ..item(2, 4_000)
    };
    story.must(LINE_HEAD, add(item));
    story
}

fn hold(holder: u128, unit: Option<UnitId>, person: PersonId) -> Command {
    Command::HoldRole(HoldRole {
        holder: RoleHolderId::from_bits(holder),
        role: "deputy_gm".into(),
        unit,
        person,
        from: day(2026, 1, 1),
    })
}

#[test]
fn five_steps_in_their_order() {
    use StepState::{Ahead, Awaited, Copy, Signed};
    let mut story = helped(&[STORE]);
    story.must(ADMINISTRATOR, hold(1, None, MANAGER));
    let steps = five_steps();
    let none = stands(&story, &steps, &[], ON());
    // The head owns the plan, so handing in was the first signature.
    assert_eq!(states(&none), [Signed, Awaited, Ahead, Ahead, Copy]);
    assert_eq!(none.steps[0].seats[0].signed, Some(SeatSigned::HandedIn));
    assert_eq!(none.awaits(PLAN_OFFICE).map(|(_, of)| of), Some(None));
    assert!(none.awaits(STORE_HEAD).is_none());
    assert!(none.awaits(LINE_HEAD).is_none());
    let mut given = vec![signed("compile", PLAN_OFFICE)];
    let compiled = stands(&story, &steps, &given, ON());
    assert_eq!(states(&compiled), [Signed, Signed, Awaited, Ahead, Copy]);
    // Of the two who countersign, the line's head has by handing in; the store's is open.
    let open: Vec<&Seat> = compiled.steps[2].open().collect();
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].people, [STORE_HEAD]);
    // Who signs out of turn has signed nothing.
    given.push(signed("approve", MANAGER));
    let early = stands(&story, &steps, &given, ON());
    assert_eq!(waits_for(&early).as_deref(), Some("countersign"));
    given.pop();
    given.push(signed("countersign", STORE_HEAD));
    given.push(signed("approve", MANAGER));
    let all = stands(&story, &steps, &given, ON());
    assert!(all.is_complete());
    assert_eq!(states(&all), [Signed, Signed, Signed, Signed, Copy]);
    assert_eq!(all.copies(PLAN_OFFICE).count(), 1);
    assert_eq!(all.copies(MANAGER).count(), 0);
    assert_eq!(all.people(), [PLAN_OFFICE, MANAGER, STORE_HEAD]);
}

#[test]
fn nobody_helps_and_nobody_holds_a_role() {
    let story = helped(&[]);
    let steps = five_steps();
    let given = [signed("compile", PLAN_OFFICE)];
    let standing = stands(&story, &steps, &given, ON());
    // Without helpers only the line's head countersigns, who has; then nobody is the deputy.
    assert_eq!(waits_for(&standing).as_deref(), Some("approve"));
    let seat = standing.awaited().unwrap().open().next().unwrap();
    assert_eq!((&seat.who, seat.people.len()), (&deputy(), 0));
}

#[test]
fn who_signs_two_in_a_row_signs_once() {
    let mut story = helped(&[]);
    story.must(ADMINISTRATOR, hold(1, None, MANAGER));
    let superior = || step("superior", &[Who::Superior], SignKind::Review);
    let steps = [
        superior(),
        step("copy", &[Who::PlanOffice], SignKind::File),
        step("approve", &[deputy()], SignKind::Approve),
        step("office", &[Who::PlanOffice], SignKind::Review),
        step("last", &[deputy()], SignKind::Approve),
    ];
    let given = [signed("superior", MANAGER)];
    let standing = stands(&story, &steps, &given, ON());
    // The manager is the superior and the deputy: a copy between the two steps parts nothing.
    assert_eq!(
        standing.steps[2].seats[0].signed,
        Some(SeatSigned::Before(MANAGER))
    );
    assert_eq!(waits_for(&standing).as_deref(), Some("office"));
    // After somebody else has signed, the manager signs again.
    let given = [given[0].clone(), signed("office", PLAN_OFFICE)];
    let standing = stands(&story, &steps, &given, ON());
    assert_eq!(waits_for(&standing).as_deref(), Some("last"));
    assert!(standing.awaits(MANAGER).is_some());
}

#[test]
fn one_countersignature_may_be_enough() {
    let story = helped(&[STORE, ROOT]);
    let any = [step(
        "any",
        &[Who::Helpers],
        SignKind::Countersign { all: false },
    )];
    assert!(!stands(&story, &any, &[], ON()).is_complete());
    let given = [signed("any", MANAGER)];
    assert!(stands(&story, &any, &given, ON()).is_complete());
    let all = [step(
        "any",
        &[Who::Helpers],
        SignKind::Countersign { all: true },
    )];
    let standing = stands(&story, &all, &given, ON());
    assert!(standing.awaits(STORE_HEAD).is_some());
    assert!(standing.awaits(MANAGER).is_none());
}

#[test]
fn a_role_is_held_for_the_nearest_unit() {
    let mut story = helped(&[]);
    let people = |story: &Story, on| {
        let organisation = story.world.organisation();
        who::holders(organisation, "deputy_gm", LINE, on)
    };
    assert_eq!(people(&story, ON()), []);
    story.must(ADMINISTRATOR, hold(1, None, MANAGER));
    story.must(PLAN_OFFICE, hold(2, Some(STORE), STORE_HEAD));
    assert_eq!(people(&story, ON()), [MANAGER]);
    story.must(PLAN_OFFICE, hold(3, Some(ROOT), KEEPER));
    assert_eq!(people(&story, ON()), [KEEPER]);
    let end = Command::EndRole(EndRole {
        holder: RoleHolderId::from_bits(3),
        to: day(2026, 11, 12),
    });
    story.must(PLAN_OFFICE, end);
    assert_eq!(people(&story, day(2026, 11, 12)), [KEEPER]);
    assert_eq!(people(&story, day(2026, 11, 13)), [MANAGER]);
    assert_eq!(
        story.refused(LINE_HEAD, hold(4, None, LINE_HEAD)),
        Refusal::Forbidden
    );
    let again = Refusal::already_exists("role_holder");
    assert_eq!(story.refused(PLAN_OFFICE, hold(1, None, MANAGER)), again);
}

fn delegate(id: u128, from: PersonId, to: PersonId, days: (u32, u32)) -> Command {
    Command::Delegate(Delegate {
        delegation: DelegationId::from_bits(id),
        from,
        to,
        first: day(2026, 11, days.0),
        last: day(2026, 11, days.1),
        reason: "出差".into(),
    })
}

#[test]
fn a_delegate_signs_on_the_days_of_the_delegation() {
    let mut story = helped(&[]);
    story.must(MANAGER, delegate(1, MANAGER, STORE_HEAD, (12, 14)));
    let steps = [step("approve", &[Who::Superior], SignKind::Approve)];
    let on = |date| stands(&story, &steps, &[], day(2026, 11, date));
    assert!(on(11).awaits(STORE_HEAD).is_none());
    let (_, of) = on(12)
        .awaits(STORE_HEAD)
        .map(|(step, of)| (step.rule.key.clone(), of))
        .unwrap();
    assert_eq!(of, Some(MANAGER));
    assert!(on(14).awaits(STORE_HEAD).is_some());
    assert!(on(15).awaits(STORE_HEAD).is_none());
    // What was signed by right stands after the days are over.
    let given = [StepSigned {
        of: Some(MANAGER),
        ..signed("approve", STORE_HEAD)
    }];
    assert!(stands(&story, &steps, &given, day(2026, 11, 20)).is_complete());
    // In person is in person.
    let own = [SignStep {
        in_person: true,
        ..steps[0].clone()
    }];
    let alone = stands(&story, &own, &[], day(2026, 11, 12));
    assert!(alone.awaits(STORE_HEAD).is_none());
    assert!(alone.awaits(MANAGER).is_some());
}

#[test]
fn a_delegation_reaches_neither_its_owner_nor_a_third() {
    let mut story = helped(&[]);
    story.must(MANAGER, delegate(1, MANAGER, LINE_HEAD, (12, 14)));
    story.must(STORE_HEAD, delegate(2, STORE_HEAD, KEEPER, (12, 14)));
    story.must(MANAGER, delegate(3, MANAGER, STORE_HEAD, (12, 14)));
    let steps = [step("approve", &[Who::Superior], SignKind::Approve)];
    let on = stands(&story, &steps, &[], day(2026, 11, 12));
    // The owner signs nothing of his own, and what is delegated is not delegated on.
    assert!(on.awaits(LINE_HEAD).is_none());
    assert!(on.awaits(STORE_HEAD).is_some());
    assert!(on.awaits(KEEPER).is_none());
}

#[test]
fn delegations_have_their_rules() {
    let mut story = helped(&[]);
    let of = |story: &Story, actor, command| story.refused(actor, command);
    let others = delegate(1, MANAGER, STORE_HEAD, (12, 14));
    assert_eq!(of(&story, STORE_HEAD, others.clone()), Refusal::Forbidden);
    let back = delegate(1, MANAGER, STORE_HEAD, (9, 14));
    assert!(matches!(
        of(&story, MANAGER, back),
        Refusal::OutOfRange { .. }
    ));
    let none = delegate(1, MANAGER, STORE_HEAD, (14, 12));
    assert!(matches!(
        of(&story, MANAGER, none),
        Refusal::OutOfRange { .. }
    ));
    let own = delegate(1, MANAGER, MANAGER, (12, 14));
    assert!(matches!(
        of(&story, MANAGER, own),
        Refusal::Malformed { .. }
    ));
    let nobody = delegate(1, MANAGER, STRANGER, (12, 14));
    assert_eq!(of(&story, MANAGER, nobody), Refusal::not_found("person"));
    // The administrator for somebody who cannot; twice for the same days is once too often.
    story.must(ADMINISTRATOR, others);
    let twice = delegate(2, MANAGER, STORE_HEAD, (14, 20));
    let exists = Refusal::already_exists("delegation");
    assert_eq!(of(&story, MANAGER, twice), exists);
    let end = |to| {
        Command::EndDelegation(EndDelegation {
            delegation: DelegationId::from_bits(1),
            to: day(2026, 11, to),
        })
    };
    assert_eq!(of(&story, KEEPER, end(12)), Refusal::Forbidden);
    story.on(13);
    assert!(matches!(
        of(&story, MANAGER, end(11)),
        Refusal::OutOfRange { .. }
    ));
    // Who was asked declines.
    story.must(STORE_HEAD, end(12));
    let organisation = story.world.organisation();
    let ended = &organisation.delegations[&DelegationId::from_bits(1)];
    assert_eq!(ended.in_force.to, Some(day(2026, 11, 12)));
}

#[test]
fn offices_are_seats_of_several() {
    let mut story = helped(&[]);
    story.must(
        ADMINISTRATOR,
        Command::Appoint(shared::command::organisation::Appoint {
            appointment: shared::id::AppointmentId::from_bits(44),
            person: LINE_HEAD,
            office: Office::PlanOffice,
            from: day(2026, 1, 1),
        }),
    );
    let steps = [step("office", &[Who::PlanOffice], SignKind::Approve)];
    let on = stands(&story, &steps, &[], ON());
    // The owner is in the office too, and the colleague signs.
    assert!(on.awaits(LINE_HEAD).is_none());
    assert!(on.awaits(PLAN_OFFICE).is_some());
    let personnel = [step("file", &[Who::Personnel], SignKind::Approve)];
    let on = stands(&story, &personnel, &[], ON());
    assert_eq!(on.awaited().unwrap().seats[0].people, []);
}
