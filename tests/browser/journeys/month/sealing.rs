//! The end of the month: a person signs, the plan office seals.
//!
//! What is sealed is asked of those whose result it is, each by what the server lets them see.

use shared::command::Command;
use shared::command::seal::SealResult;
use shared::digest;
use shared::id::PlanId;
use shared::plan::PlanState;
use shared::quantity::{BasisPoints, Points};
use shared::seal::{self, Assessment, DeliveryKind, ResultAnswer, SealedResult};
use shared::world::World;

use super::cast::{Month, mean};
use super::{Plans, state};
use crate::colleague::{Colleague, now};
use crate::person::Person;

/// Opening the result on the phone is its delivery; then it is signed there.
pub(super) fn signs(month: &Month, plans: &Plans, wang: &Person, song: &Person) {
    let (plan, _) = plans.song;
    song.open(&format!("/plans/{plan}/result"));
    song.knows("the delivery by opening, confirmed", |world| {
        let delivery = world.document(plan)?.deliveries.get(&1)?;
        (delivery.how == DeliveryKind::Opened).then_some(())
    });
    // 50 x 0.9 + 50 x 0.9 = 90; from 90 on, 1.10.
    assert_eq!(song.text_of("[data-field=total]"), "90.00");
    song.act("recompute");
    song.wait_for("!!document.querySelector('.banner[data-state=good]')");
    song.act("sign-result");
    song.photograph("signs-the-result");
    song.act("send-answer");
    wang.reload();
    wang.knows("his signature", |world| {
        let answer = world.document(plan)?.answers.get(&1)?;
        (answer.answer == ResultAnswer::Signed && answer.by == month.person("宋家明")).then_some(())
    });
}

/// The plan office seals everybody; each finds the sealed result among their own.
pub(super) fn seals(month: &Month, plans: &Plans, moved: &PlanId, song: &Person) {
    let people = ["宋家明", "徐海涛", "邓磊", "彭雪琴", "方婷"];
    for name in people {
        seal(month, name);
    }
    song.reload();
    let own = song.knows("the sealed result", |world| sealed(world, plans.song.0));
    assert_eq!(
        (own.total, own.coefficient),
        (Points(9_000), BasisPoints(11_000))
    );
    assert_eq!(
        own.digest,
        digest::sealed(&own),
        "the digest is over what arrived"
    );
    song.open(&format!("/plans/{}/result", plans.song.0));
    song.tap("[data-part=sealed-panel] [data-act=recompute]");
    song.wait_for("!!document.querySelector('[data-part=sealed-panel] .banner[data-state=good]')");
    song.photograph("sees-the-sealed-result");

    let of = |login: &str, plan: PlanId| {
        let world = month.colleague(login).world();
        assert_eq!(state(&world, plan), Some(PlanState::Sealed));
        sealed(&world, plan).unwrap_or_else(|| panic!("{login} sees the sealed result"))
    };
    let xu = of("xuhaitao", plans.xu.0);
    assert_eq!(
        (xu.total, xu.coefficient),
        (Points(10_000), BasisPoints(12_000))
    );
    let peng = of("pengxueqin", plans.peng.0);
    assert_eq!(
        (peng.total, peng.coefficient),
        (Points(8_000), BasisPoints(10_000))
    );
    let fang = of("fangting", plans.fang.0);
    assert_eq!(fang.assessment, Assessment::NotAssessed);
    assert_eq!(
        fang.coefficient,
        BasisPoints(10_000),
        "1.00 on the pay that is due"
    );
    let deng = of("denglei", *moved);
    let totals: Vec<Points> = deng.parts.iter().map(|part| part.total).collect();
    assert_eq!(totals, [Points(9_000), Points(6_000)], "in order of time");
    let parts = deng
        .parts
        .iter()
        .map(|part| (part.total, part.working_days));
    assert_eq!(deng.total, mean(&parts.collect::<Vec<_>>()));
    assert!(deng.parts.iter().all(|part| part.working_days >= 5));
}

fn sealed(world: &World, plan: PlanId) -> Option<SealedResult> {
    world.document(plan)?.sealed.values().next_back().cloned()
}

/// The plan office seals one person.
pub(crate) fn seal(month: &Month, name: &str) {
    let office: &Colleague = &month.office;
    let world = office.world();
    let mut plans = seal::plans_of(&world, month.person(name), month.period);
    let draft = seal::draft(&world, &plans, now(), office.person)
        .unwrap_or_else(|stop| panic!("{name} is not ready: {stop:?}"));
    let plan = plans.pop().expect("a person has a plan");
    office.does(Command::SealResult(SealResult {
        plan,
        parts: plans,
        seen: digest::seal_content(&draft),
    }));
}
