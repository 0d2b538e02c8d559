//! Whose plans a regime judges: units, centres, levels, employment and names; when a plan is begun and
//! handed in, among those who owe one, and on another regime tried.

use serde_json::{Value, json};
use shared::classification::Classified;
use shared::command::Command;
use shared::command::organisation::{Assign, Classify, Transfer};
use shared::command::plan::DraftPlan;
use shared::id::{AssignmentId, PersonId, PlanId};
use shared::moment::Day;
use shared::organisation::Tenure;
use shared::period::covered::NotCovered;
use shared::period::ready::{self, Open};
use shared::plan::Scope;
use shared::refusal::Refusal;
use shared::regime::coverage::{Centre, Employment};
use shared::regime::cycle::PeriodAct;

use crate::plain::plain;
use crate::prelude::*;

fn under(set: &[(&str, Value)]) -> Story {
    let mut all = vec![("/coverage", json!({"plans": "both"}))];
    all.extend(set.iter().cloned());
    Story::founded_under(plain(&all).into())
}

fn state(story: &mut Story, of: Classified, from: Day) {
    story.must(ADMINISTRATOR, Command::Classify(Classify { of, from }));
}

const fn level(person: PersonId, level: u8) -> Classified {
    let assignment = assignment(person);
    Classified::Post { assignment, level }
}

fn own(owner: PersonId) -> DraftPlan {
    DraftPlan {
        plan: OWN,
        scope: Scope::Personal,
        owner,
        ..line_plan()
    }
}

fn not_covered(why: NotCovered, owner: PersonId) -> Refusal {
    Refusal::NotCovered { why, owner }
}

/// Levels 4 to 9 are judged. A worker of whose level nothing is said drafts; at level 3 no longer, from
/// the day on from which it is so, and at level 4 again.
#[test]
fn a_level_counts_from_its_day_on_and_silence_restricts_nothing() {
    let mut story = under(&[("/coverage/levels", json!([4, 5, 6, 7, 8, 9]))]);
    let draft = Command::DraftPlan(own(WORKER));
    let begun = story.world.decide(&draft, WORKER, &story.moment);
    assert!(begun.is_ok(), "nothing is stated of the post");
    state(&mut story, level(WORKER, 3), day(2026, 11, 20));
    let begun = story.world.decide(&draft, WORKER, &story.moment);
    assert!(
        begun.is_ok(),
        "it is so from the 20th on, and this is the 10th"
    );
    story.on(20);
    let refusal = story.refused(WORKER, draft.clone());
    assert_eq!(refusal, not_covered(NotCovered::Level, WORKER));
    state(&mut story, level(WORKER, 4), day(2026, 11, 20));
    story.must(WORKER, draft);
}

/// What was begun while the post was judged is not handed in once it is not, and says why.
#[test]
fn handing_in_asks_again() {
    let mut story = under(&[("/coverage/levels", json!([4, 5]))]);
    story.must(WORKER, Command::DraftPlan(own(WORKER)));
    let item = shared::item::Item {
        plan: OWN,
        ..item(51, 10_000)
    };
    story.must(WORKER, add(item));
    state(&mut story, level(WORKER, 3), day(2026, 11, 1));
    let refusal = story.refused(WORKER, story.submit_of(OWN));
    assert_eq!(refusal, not_covered(NotCovered::Level, WORKER));
    state(&mut story, level(WORKER, 5), day(2026, 11, 1));
    story.must(WORKER, story.submit_of(OWN));
}

/// A plan of a period that begins later looks at its first day: who comes off probation by then drafts
/// before that.
#[test]
fn a_later_period_looks_at_its_first_day() {
    let mut story = under(&[("/coverage/employment", json!(["regular"]))]);
    let on = |employment| Classified::Person {
        person: WORKER,
        employment,
    };
    state(&mut story, on(Employment::Probation), day(2026, 9, 1));
    state(&mut story, on(Employment::Regular), day(2026, 12, 1));
    let refusal = story.refused(WORKER, Command::DraftPlan(own(WORKER)));
    assert_eq!(refusal, not_covered(NotCovered::Employment, WORKER));
    story.next_month();
    let december = DraftPlan {
        period: DECEMBER,
        ..own(WORKER)
    };
    story.must(WORKER, Command::DraftPlan(december));
}

/// A limit, what is stated against it, whose plan is begun, and why it is not taken.
type Limit = (
    &'static str,
    Value,
    Option<Classified>,
    DraftPlan,
    PersonId,
    NotCovered,
);

#[test]
fn each_limit_of_the_coverage_is_named() {
    let unit = |centre| Classified::Unit { unit: LINE, centre };
    let line = line_plan();
    let cases: [Limit; 6] = [
        (
            "/coverage/plans",
            json!("unit"),
            None,
            own(WORKER),
            WORKER,
            NotCovered::Scope,
        ),
        (
            "/coverage/plans",
            json!("personal"),
            None,
            line.clone(),
            LINE_HEAD,
            NotCovered::Scope,
        ),
        (
            "/coverage/without_units",
            json!([LINE]),
            None,
            line.clone(),
            LINE_HEAD,
            NotCovered::Unit,
        ),
        (
            "/coverage/centres",
            json!(["profit"]),
            Some(unit(Some(Centre::Cost))),
            line.clone(),
            LINE_HEAD,
            NotCovered::Centre,
        ),
        (
            "/coverage/centres",
            json!(["profit"]),
            Some(unit(None)),
            line.clone(),
            LINE_HEAD,
            NotCovered::Centre,
        ),
        (
            "/coverage/without_people",
            json!([WORKER]),
            None,
            own(WORKER),
            WORKER,
            NotCovered::Person,
        ),
    ];
    for (at, value, stated, draft, owner, why) in cases {
        let mut story = under(&[(at, value)]);
        if let Some(of) = stated {
            state(&mut story, of, day(2026, 1, 1));
        }
        let refusal = story.refused(owner, Command::DraftPlan(draft));
        assert_eq!(refusal, not_covered(why, owner), "{at}");
    }
}

/// Whoever is named besides is judged whatever the unit and the post.
#[test]
fn people_who_are_named_are_judged_besides() {
    let mut story = under(&[
        ("/coverage/levels", json!([9])),
        ("/coverage/units", json!([STORE])),
        ("/coverage/people", json!([WORKER])),
    ]);
    state(&mut story, level(WORKER, 1), day(2026, 1, 1));
    story.must(WORKER, Command::DraftPlan(own(WORKER)));
    let refusal = story.refused(LINE_HEAD, Command::DraftPlan(line_plan()));
    assert_eq!(refusal, not_covered(NotCovered::Unit, LINE_HEAD));
}

/// A second post in the unit whose level is judged is enough.
#[test]
fn one_of_several_posts_is_enough() {
    let mut story = under(&[("/coverage/levels", json!([4]))]);
    state(&mut story, level(WORKER, 3), day(2026, 1, 1));
    let second = AssignmentId::from_bits(501);
    story.must(
        ADMINISTRATOR,
        Command::Assign(Assign {
            assignment: second,
            person: WORKER,
            unit: LINE,
            post: "班长".into(),
            tenure: Tenure::Additional,
            heads: false,
            from: day(2026, 11, 1),
            to: None,
        }),
    );
    let judged = Classified::Post {
        assignment: second,
        level: 4,
    };
    state(&mut story, judged, day(2026, 11, 1));
    story.must(WORKER, Command::DraftPlan(own(WORKER)));
}

/// Those who owe a plan are those whose plan would be taken: of the line the worker is left out by the
/// level, of the store the keeper is on probation.
#[test]
fn only_who_is_judged_owes_a_plan() {
    let mut story = under(&[
        ("/coverage/plans", json!("personal")),
        ("/coverage/levels", json!([4, 5])),
        ("/coverage/employment", json!(["regular"])),
        ("/coverage/units", json!([LINE, STORE])),
    ]);
    let open = |story: &Story| {
        let (world, act) = (&story.world, PeriodAct::SubmissionClosed);
        let period = &world.organisation().periods[&NOVEMBER];
        ready::open(world, period, act, &[], story.moment.today())
    };
    let none = [
        Open::NoOwnPlan(LINE, LINE_HEAD),
        Open::NoOwnPlan(LINE, WORKER),
        Open::NoOwnPlan(STORE, STORE_HEAD),
        Open::NoOwnPlan(STORE, KEEPER),
    ];
    assert_eq!(open(&story), none);
    state(&mut story, level(WORKER, 3), day(2026, 11, 1));
    let probation = Classified::Person {
        person: KEEPER,
        employment: Employment::Probation,
    };
    state(&mut story, probation, day(2026, 11, 1));
    assert_eq!(open(&story), [none[0], none[2]]);
}

/// Nobody but an administrator states anything; levels go from 1 to 9, within the days of the post; what
/// was stated for finished months stays.
#[test]
fn classifications_have_bounds() {
    let mut story = under(&[]);
    let classify = |of, from| Command::Classify(Classify { of, from });
    let first = day(2026, 1, 1);
    let refusal = story.refused(PLAN_OFFICE, classify(level(WORKER, 4), first));
    assert_eq!(refusal, Refusal::Forbidden);
    for wrong in [0, 10] {
        let refusal = story.refused(ADMINISTRATOR, classify(level(WORKER, wrong), first));
        let (field, least, most) = ("level".into(), "1".into(), "9".into());
        assert_eq!(refusal, Refusal::OutOfRange { field, least, most });
    }
    let early = story.refused(ADMINISTRATOR, classify(level(WORKER, 4), day(2024, 12, 31)));
    assert!(matches!(early, Refusal::OutOfRange { field, .. } if field == "from"));
    let unknown = Classified::Person {
        person: STRANGER,
        employment: Employment::Regular,
    };
    let refusal = story.refused(ADMINISTRATOR, classify(unknown, first));
    assert_eq!(refusal, Refusal::not_found("person"));
    state(&mut story, level(WORKER, 4), first);
    let again = story.must(ADMINISTRATOR, classify(level(WORKER, 4), first));
    assert!(again.is_empty(), "it is so already");
    let least = day(2026, 10, 1);
    let late = story.refused(ADMINISTRATOR, classify(level(WORKER, 5), day(2026, 9, 30)));
    let field = "from".to_owned();
    assert_eq!(late, Refusal::Retroactive { field, least });
    state(&mut story, level(WORKER, 5), least);
    let of = |day| story.world.organisation().level(assignment(WORKER), day);
    assert_eq!(of(day(2026, 9, 30)), Some(4));
    assert_eq!(of(day(2026, 10, 1)), Some(5));
    assert_eq!(of(day(2025, 12, 31)), None);
}

/// A post that somebody takes over has no level until one is stated: the old one stays with the old post.
#[test]
fn a_transfer_begins_without_a_level() {
    let mut story = under(&[("/coverage/levels", json!([4]))]);
    state(&mut story, level(WORKER, 3), day(2026, 1, 1));
    let new = AssignmentId::from_bits(502);
    let assign = Assign {
        assignment: new,
        person: WORKER,
        unit: LINE,
        post: "班长".into(),
        tenure: Tenure::Main,
        heads: false,
        from: day(2026, 11, 5),
        to: None,
    };
    let ended = assignment(WORKER);
    story.must(ADMINISTRATOR, Command::Transfer(Transfer { ended, assign }));
    let organisation = story.world.organisation();
    assert_eq!(organisation.level(new, day(2026, 11, 10)), None);
    let plan = PlanId::from_bits(503);
    let draft = DraftPlan {
        plan,
        ..own(WORKER)
    };
    story.must(WORKER, Command::DraftPlan(draft));
}
