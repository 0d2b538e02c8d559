//! A month of the demo factory, from drafting the next plan while this one runs to results that are
//! signed and sealed: two people are away, one moves, one leaves, and one head judges late.
//!
//! The month that is lived through is the last one, so that its deadlines have passed by the
//! calendar and nobody has to wait; the month that is drafted next is the one of today. Every step
//! is asserted as a fact: a confirmed row on another person's device after it was loaded again, or
//! what the server lets another person see.

use shared::baseline::Baseline;
use shared::change_request::{ChangeState, ChangeWindow};
use shared::command::Command;
use shared::command::organisation::{Assign, Leave, NoteAbsence, Transfer};
use shared::command::seal::DecideObjection;
use shared::deadline::Timeliness;
use shared::id::{AbsenceId, AssignmentId, ItemId, PlanId};
use shared::item::{Item, LineageKind};
use shared::organisation::{AbsenceBasis, Tenure};
use shared::plan::{PlanState, Scope};
use shared::quantity::{BasisPoints, Points};
use shared::seal::ResultAnswer;
use shared::world::{PlanDocument, World};

use crate::colleague::fresh;
use crate::person::{Device, Person};
use crate::story::{somebody, waits_for_the_light};

pub(crate) mod cast;
pub(crate) mod sealing;

use cast::{Month, completed, opens_and_answers, publishes, scored};
use sealing::{seals, signs};

const CALIBRATION: &str = "量具年度校准";
const OUTGOING: &str = "出货检验零漏检";
const AUDIT: &str = "完成供应商来料稽查";
const TRAINING: &str = "检验员技能考核";

#[test]
fn a_whole_month_passes_as_months_do() {
    let month = Month::opens();
    let plans = Plans::approved(&month);
    let wang = somebody("wangxiulan", Device::Desk, &month.server);
    drafts_the_next_plan_while_this_one_runs(&month, &plans, &wang);
    changes_an_approved_plan(&month, &plans, &wang);
    people_come_and_go(&month, &plans);
    settles_what_was_finished_early(&month, &plans, &wang);
    let song = somebody("songjiaming", Device::Phone, &month.server);
    reports_and_confirms(&month, &plans, &wang, &song);
    judges_in_place_of_the_late_head(&month, &plans);
    let moved = publishes_the_rest(&month, &plans);
    signs(&month, &plans, &wang, &song);
    seals(&month, &plans, &moved, &song);
    for person in [&wang, &song] {
        person.has_no_complaint();
    }
}

/// The plans of the month, by who answers for them.
struct Plans {
    wang: (PlanId, Vec<ItemId>),
    song: (PlanId, Vec<ItemId>),
    xu: (PlanId, Vec<ItemId>),
    deng: (PlanId, Vec<ItemId>),
    peng: (PlanId, Vec<ItemId>),
    fang: (PlanId, Vec<ItemId>),
}

impl Plans {
    fn approved(month: &Month) -> Self {
        let who = |login: &str| month.colleague(login);
        let personal = |owner: &str, judge: &str, unit: &str, items: &[(&str, &str)]| {
            month.approved(&who(owner), &who(judge), (unit, Scope::Personal), items)
        };
        let whole = [("本月重点工作", "100")];
        Self {
            wang: month.approved(
                &who("wangxiulan"),
                &who("chenguodong"),
                ("品管部", Scope::Unit),
                &[(OUTGOING, "60"), (CALIBRATION, "40")],
            ),
            song: personal(
                "songjiaming",
                "wangxiulan",
                "品管部",
                &[(AUDIT, "50"), (TRAINING, "50")],
            ),
            xu: month.approved_until(
                &who("xuhaitao"),
                &who("heliping"),
                ("计划物控部", Scope::Personal),
                &whole,
                Month::recently(),
            ),
            deng: personal("denglei", "luweiguo", "安环部", &whole),
            peng: personal("pengxueqin", "raomin", "财务部", &whole),
            fang: personal("fangting", "yejingyi", "人事行政部", &whole),
        }
    }
}

/// A plan's document as somebody sees it.
fn document(world: &World, plan: PlanId) -> &PlanDocument {
    world.document(plan).expect("the plan is to be seen")
}

/// The unit's plan of the month that is drafted next.
fn next_plan<'w>(month: &Month, world: &'w World) -> Option<(PlanId, &'w PlanDocument)> {
    world.documents().find(|(_, document)| {
        let plan = document.plan.as_ref();
        plan.is_some_and(|plan| {
            plan.unit == month.unit("品管部")
                && plan.scope == Scope::Unit
                && plan.period != month.period
        })
    })
}

fn carried(document: &PlanDocument, from: ItemId) -> Option<&Item> {
    document.items.values().find(|item| {
        let lineage = item.lineage.as_ref();
        lineage
            .is_some_and(|lineage| lineage.item == from && lineage.kind == LineageKind::CarriedOver)
    })
}

/// The head carries both unfinished items over, provisionally, and asks another unit for help.
fn drafts_the_next_plan_while_this_one_runs(month: &Month, plans: &Plans, wang: &Person) {
    let world = wang.world();
    let (next, _) = next_plan(month, &world).expect("the demo drafted it");
    wang.open(&format!("/plans/{next}"));
    wang.act("carry-over");
    wang.wait_for("document.querySelectorAll('[data-list=unfinished] > li').length === 2");
    wang.photograph("carries-over");
    // A namesake of what the draft has is not taken unasked; both are meant here.
    wang.eval("document.querySelectorAll('[data-list=unfinished] input:not(:checked)').forEach((one) => one.click())");
    wang.act("carry-chosen");
    let (_, items) = &plans.wang;
    wang.knows("both carried items, confirmed", |world| {
        let (_, document) = next_plan(month, world)?;
        items
            .iter()
            .all(|item| carried(document, *item).is_some())
            .then_some(())
    });
    // Asserted in what the plan office sees: provisional, once rolled, and traced to its source.
    let world = month.office.world();
    for item in items {
        let item = carried(document(&world, next), *item).expect("the plan office sees it");
        let lineage = item.lineage.as_ref().expect("it was found by its lineage");
        assert!(lineage.provisional, "the source plan still runs");
        assert_eq!((lineage.rolled, lineage.origin), (1, lineage.item));
    }
}

/// A due day that has passed is moved by agreement, with evidence and re-weighting.
fn changes_an_approved_plan(month: &Month, plans: &Plans, wang: &Person) {
    let (plan, items) = &plans.wang;
    wang.open(&format!("/plans/{plan}"));
    wang.act("ask-for-change");
    let card = |item: &ItemId| format!("[data-part=change-form] [data-item='{item}']");
    wang.fill_in(&format!("{} [data-field=weight]", card(&items[0])), "70");
    wang.wait_for(
        "document.querySelector('[data-part=change-form] .meter').dataset.state === 'over'",
    );
    wang.fill_in(&format!("{} [data-field=weight]", card(&items[1])), "30");
    let earlier = month.day(27).to_string();
    wang.fill_in(&format!("{} [data-field=due]", card(&items[1])), &earlier);
    wang.fill_in(
        "[data-part=change-form] [data-field=reason]",
        "计量院检定排期提前",
    );
    wang.fill_in(
        "[data-part=change-form] [data-field=evidence]",
        "检定通知单",
    );
    wang.photograph("asks-for-a-change");
    wang.act("request-change");
    let request = wang.knows("the request, confirmed", |world| {
        let requests = &world.document(*plan)?.requests;
        requests.values().next().cloned()
    });
    assert_eq!(
        request.window,
        ChangeWindow::AfterDue,
        "the old due day has passed"
    );

    let boss = somebody("chenguodong", Device::Desk, &month.server);
    boss.open(&format!("/plans/{plan}"));
    boss.act("agree-change");
    boss.photograph("agrees-to-a-change");
    boss.act("sign-change");
    boss.knows("the agreed request, confirmed", |world| {
        let request = world.document(*plan)?.requests.get(&request.id)?;
        (request.state == ChangeState::Agreed).then_some(())
    });
    boss.has_no_complaint();

    wang.reload();
    let baselines: Vec<Baseline> = wang.knows("the second baseline", |world| {
        let baselines = &world.document(*plan)?.baselines;
        (baselines.len() == 2).then(|| baselines.values().cloned().collect())
    });
    let promised = |baseline: &Baseline, item: ItemId| {
        let item = baseline.item(item).expect("it is promised");
        (item.weight, item.due)
    };
    assert_eq!(
        promised(&baselines[0], items[1]),
        (Points(4_000), Some(month.to))
    );
    assert_eq!(
        promised(&baselines[1], items[1]),
        (Points(3_000), Some(month.day(27)))
    );
    assert_eq!(
        promised(&baselines[1], items[0]),
        (Points(7_000), Some(month.to))
    );
}

/// Two people are away, one moves in mid-month, one leaves.
fn people_come_and_go(month: &Month, plans: &Plans) {
    let away = |by: &str, name: &str, from: u32, to: u32| {
        month.colleague(by).does(Command::NoteAbsence(NoteAbsence {
            id: AbsenceId::from_bits(fresh()),
            person: month.person(name),
            basis: AbsenceBasis::Entitled,
            from: month.day(from),
            to: Some(month.day(to)),
        }));
    };
    away("wangxiulan", "宋家明", 11, 12);
    // More than half of the month: not assessed.
    away("yejingyi", "方婷", 1, 24);

    let administrator = month.colleague("zhouwenbo");
    let deng = month.person("邓磊");
    let world = administrator.world();
    let mut posts = world.organisation().assignments.values();
    let post = posts
        .find(|post| post.person == deng)
        .expect("he has a post");
    administrator.does(Command::Transfer(Transfer {
        ended: post.id,
        assign: Assign {
            assignment: AssignmentId::from_bits(fresh()),
            person: deng,
            unit: month.unit("设备部"),
            post: "设备安全员".to_owned(),
            tenure: Tenure::Main,
            heads: false,
            from: month.day(16),
            to: None,
        },
    }));
    administrator.does(Command::Leave(Leave {
        person: month.person("彭雪琴"),
        to: month.day(20),
    }));
    let world = month.office.world();
    let organisation = world.organisation();
    let on = |day, name: &str, unit: &str| {
        organisation.is_member(month.person(name), month.unit(unit), month.day(day))
    };
    assert!(on(15, "邓磊", "安环部") && on(16, "邓磊", "设备部") && !on(16, "邓磊", "安环部"));
    assert!(on(20, "彭雪琴", "财务部") && !on(21, "彭雪琴", "财务部"));
    let (plan, _) = plans.peng;
    assert_eq!(
        state(&world, plan),
        Some(PlanState::Approved),
        "what she planned stays"
    );
}

fn state(world: &World, plan: PlanId) -> Option<PlanState> {
    Some(world.document(plan)?.plan.as_ref()?.state)
}

/// What is finished before the month ends drops out of the next plan.
fn settles_what_was_finished_early(month: &Month, plans: &Plans, wang: &Person) {
    let (plan, items) = &plans.wang;
    let calibration = items[1];
    month
        .colleague("wangxiulan")
        .does(completed(*plan, calibration, month.day(26)));
    wang.knows("the completion, pulled", |world| {
        let reports = &world.document(*plan)?.reports;
        reports
            .values()
            .any(|report| report.item == calibration)
            .then_some(())
    });
    let world = wang.world();
    let (next, _) = next_plan(month, &world).expect("it is there");
    wang.open(&format!("/plans/{next}"));
    wang.act("settle-carried");
    wang.knows("the finished item to be gone", |world| {
        let (_, document) = next_plan(month, world)?;
        carried(document, calibration).is_none().then_some(())
    });
    let world = month.office.world();
    let left = carried(document(&world, next), items[0]);
    let lineage = left.and_then(|item| item.lineage.as_ref());
    assert!(
        lineage.is_some_and(|lineage| lineage.provisional),
        "the unfinished one stays"
    );
}

/// One item is reported from a phone, one is entered on behalf and confirmed.
fn reports_and_confirms(month: &Month, plans: &Plans, wang: &Person, song: &Person) {
    let (plan, items) = &plans.song;
    song.open(&format!("/plans/{plan}/items/{}", items[0]));
    song.fill("happened", &month.day(25).to_string());
    song.fill_in("[data-page=report] [data-field=note]", "两家供应商已稽查");
    song.act("send-report");
    song.knows("the report, confirmed", |world| {
        let reports = &world.document(*plan)?.reports;
        reports
            .values()
            .any(|report| report.item == items[0])
            .then_some(())
    });

    wang.open(&format!("/plans/{plan}/items/{}", items[1]));
    wang.fill("happened", &month.day(20).to_string());
    wang.fill_in(
        "[data-page=report] [data-field=reason]",
        "本人在车间，没有设备",
    );
    wang.photograph("enters-on-behalf");
    wang.act("send-report");
    let entry = wang.knows("the entry, confirmed", |world| {
        let mut reports = world.document(*plan)?.reports.values();
        reports.find(|report| report.of.is_some()).cloned()
    });
    assert_eq!(
        (entry.by, entry.of),
        (month.person("王秀兰"), Some(month.person("宋家明")))
    );

    song.open("/");
    song.act("confirm-entry");
    wang.reload();
    wang.knows("his word on it", |world| {
        let report = world.document(*plan)?.reports.get(&entry.id)?;
        report.confirmed.filter(|said| said.agreed)
    });
    let scores = month.colleague("songjiaming");
    for item in items {
        scores.does(Command::ScoreSelf(scored(
            *plan,
            *item,
            ("on_time", "good"),
        )));
    }
}

/// The head of planning is late; the general manager scores in that place, and it is marked.
fn judges_in_place_of_the_late_head(month: &Month, plans: &Plans) {
    let (plan, items) = &plans.xu;
    decides_about_the_late_report(month, *plan, items[0]);
    let boss = somebody("chenguodong", Device::Desk, &month.server);
    boss.open("/review");
    boss.tap(&format!(
        "[data-list=to-score-on-behalf] [data-item='{plan}'] [data-act=open-judging]"
    ));
    boss.wait_for("!!document.querySelector('[data-part=in-place-of]')");
    for (field, level) in [("efficiency", "on_time"), ("quality", "excellent")] {
        let choice = format!("[data-field={field}] label:has([value={level}])");
        boss.tap(&choice);
        boss.wait_for(&format!(
            "document.querySelector(\"{choice} input\").checked"
        ));
    }
    boss.wait_for("document.querySelector('[data-field=running-total]').innerText === '100.00'");
    boss.photograph("scores-in-place-of-the-late-head");
    boss.act("publish-result");
    boss.act("sign-publish");
    boss.wait_for("!!document.querySelector('[data-page=result]')");
    waits_for_the_light(&boss, "synced");
    boss.has_no_complaint();
    let xu = month.colleague("xuhaitao");
    let world = xu.world();
    let result = document(&world, *plan)
        .result()
        .expect("it reached its owner");
    assert_eq!(result.on_behalf_of, Some(month.person("何丽萍")));
    assert_eq!(
        (result.total, result.coefficient),
        (Points(10_000), BasisPoints(12_000))
    );
    opens_and_answers(&xu, *plan, ResultAnswer::Signed);
}

/// What was done in time on a device without a network, and is received after its due day, counts
/// as the plan office says, whom the regime names for it.
fn decides_about_the_late_report(month: &Month, plan: PlanId, item: ItemId) {
    let xu = month.colleague("xuhaitao");
    xu.did(completed(plan, item, month.day(22)), month.noon(22));
    let office = somebody("linxiaoyun", Device::Phone, &month.server);
    office.act("open-lateness");
    office.act("accept-lateness");
    office.fill_in("dialog [data-field=reason]", "仓库无网络，设备记录属实");
    office.photograph("counts-it-as-on-time");
    office.act("save-decision");
    let decided = |world: &World| {
        let mut reports = world.document(plan)?.reports.values();
        let timed = reports.next()?.timed.clone()?;
        timed.decided.clone().map(|decided| (timed.label, decided))
    };
    office.knows("the decision, confirmed", decided);
    office.has_no_complaint();
    let (label, decision) = decided(&xu.world()).expect("it reached the person");
    assert_eq!(
        label,
        Timeliness::LateClaimedOnTime,
        "the label stays what it was"
    );
    assert_eq!(
        (decision.by, decision.accepted),
        (month.person("林晓云"), true)
    );
}

/// Who objected in vain reads the decision on the phone, and goes no further.
fn accepts_the_decision(month: &Month, plan: PlanId) {
    let deng = somebody("denglei", Device::Phone, &month.server);
    deng.open(&format!("/plans/{plan}/result"));
    // Reading it is its proven delivery; the days to appeal stand once that is confirmed.
    deng.wait_for("!!document.querySelector('[data-part=appeal-window]')");
    waits_for_the_light(&deng, "synced");
    deng.act("accept-decision");
    deng.photograph("accepts-a-decision");
    deng.act("sign-acceptance");
    deng.knows("the acceptance, confirmed", |world| {
        let mut deliveries = world.document(plan)?.decision_deliveries.values();
        deliveries.next()?.accepted.as_ref().map(|_| ())
    });
    deng.has_no_complaint();
}

/// The other results are published; he who moved is judged by both his heads. Gives his second
/// plan.
fn publishes_the_rest(month: &Month, plans: &Plans) -> PlanId {
    let who = |login: &str| month.colleague(login);
    publishes(&who("wangxiulan"), plans.song.0, ("on_time", "good"));
    // The first part by the head he left: 100 x 0.9 = 90.
    publishes(&who("luweiguo"), plans.deng.0, ("on_time", "good"));
    // The second by the head to whom he came: 100 x 0.6 = 60.
    let (deng, liu) = (who("denglei"), who("liuzhigang"));
    let after = ("设备部", Scope::Personal);
    let (moved, _) = month.approved(&deng, &liu, after, &[("设备隐患排查", "100")]);
    publishes(&liu, moved, ("late", "qualified"));
    // 100 x 0.8 = 80.
    publishes(&who("raomin"), plans.peng.0, ("on_time", "qualified"));

    opens_and_answers(&deng, moved, ResultAnswer::Signed);
    let why = ResultAnswer::Objected("前半月的检查已按时完成".to_owned());
    opens_and_answers(&deng, plans.deng.0, why);
    // Who judged may only give way; that an objection fails is for the one above.
    who("chenguodong").does(Command::DecideObjection(DecideObjection {
        plan: plans.deng.0,
        version: 1,
        upheld: false,
        reason: "质量评定依据检查记录".to_owned(),
    }));
    accepts_the_decision(month, plans.deng.0);
    opens_and_answers(&who("pengxueqin"), plans.peng.0, ResultAnswer::Signed);
    moved
}
