//! What a device takes its time for, measured in the real browser by `cargo xtask bench`.
//!
//! Figures are printed, not judged here: the bench compares them with the goals. The rows come from
//! the server, which has them from commands.

use std::sync::Arc;

use chrono::Months;
use serde_json::json;
use shared::command::Command;
use shared::command::organisation::OpenPeriod;
use shared::command::plan::{AddItem, ApprovePlan, DraftPlan, SubmitPlan};
use shared::digest;
use shared::id::{ItemId, PeriodId, PersonId, PlanId, UnitId};
use shared::item::Item;
use shared::moment::{Day, Made, Moment};
use shared::organisation::Organisation;
use shared::period::PeriodKind;
use shared::plan::Scope;
use shared::quantity::Points;
use shared::world::{Holdings, World};

use crate::colleague::{Colleague, fresh, now};
use crate::person::{Device, Person};
use crate::server::Server;
use crate::story::{somebody, waits_for_the_light};

/// Items of one plan; the most that a plan holds.
const ITEMS: u32 = 200;
/// How often each figure is taken.
const TIMES: usize = 5;

/// A person's usual data: ten months of two hundred items, of which one is due today.
#[test]
#[ignore = "measures; `cargo xtask bench` runs it"]
fn usual_data() {
    let server = Server::start_with_the_demo();
    let factory = Factory::of(&server);
    let (worker, head) = ("songjiaming", "wangxiulan");
    let judge = Colleague::signs_in(head, &server);
    let owner = Colleague::signs_in(worker, &server);
    for month in 1..=10 {
        let period = factory.opens(month);
        factory.plans(&owner, &judge, period, Scope::Personal, month == 1);
    }
    let mut person = somebody(worker, Device::Phone, &server);
    person.waits_until_the_app_is_kept();
    waits_for_the_light(&person, "synced");
    let rows = kept(&person);
    let mut first = Vec::new();
    let mut ticks = Vec::new();
    for _ in 0..TIMES {
        first.push(opens_cold(&mut person, 4));
        ticks.push(ticks_once(&person, "[data-page=home] [data-act=done]"));
    }
    told(
        "cold offline start until Today shows an item, 4 x slower CPU",
        rows,
        &mut first,
    );
    told("response to a tick, 4 x slower CPU", rows, &mut ticks);
}

/// Everything that a general manager of thirteen units may see in years.
#[test]
#[ignore = "measures; `cargo xtask bench` runs it"]
fn fifty_thousand_rows() {
    let server = Server::start_with_the_demo();
    let factory = Factory::of(&server);
    let general = Colleague::signs_in("chenguodong", &server);
    let heads: Vec<Colleague> = [
        "zhangjianjun",
        "heliping",
        "wangxiulan",
        "liuzhigang",
        "luweiguo",
    ]
    .into_iter()
    .map(|login| Colleague::signs_in(login, &server))
    .collect();
    for month in 1..=50 {
        let period = factory.opens(month);
        for head in &heads {
            factory.plans(head, &general, period, Scope::Unit, month == 1);
        }
    }
    let mut person = somebody("chenguodong", Device::Desk, &server);
    person.waits_until_the_app_is_kept();
    waits_for_the_light(&person, "synced");
    let rows = kept(&person);
    let (mut opened, mut raw, mut ticks) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..TIMES {
        opens_cold(&mut person, 1);
        opened.push(number(
            &person,
            "performance.getEntriesByName('opened')[0].duration",
        ));
        raw.push(number(&person, RAW));
        ticks.push(ticks_once(&person, "[data-page=home] [data-act=done]"));
    }
    told("cold open, from storage to memory", rows, &mut opened);
    told(
        "reading and decoding the same packs by script",
        rows,
        &mut raw,
    );
    told("response to a tick", rows, &mut ticks);
}

/// Reads all packs and decodes them, as any program would.
const RAW: &str = "(async () => {
    const begin = performance.now();
    const name = (await indexedDB.databases()).find(one => one.name.startsWith('jihe-cache')).name;
    const answer = request => new Promise(done => { request.onsuccess = () => done(request.result); });
    const database = await answer(indexedDB.open(name));
    const reader = database.transaction(['packs', 'rows']);
    const stores = ['packs', 'rows'].map(name => answer(reader.objectStore(name).getAll()));
    const text = kept => typeof kept === 'string' ? kept : new TextDecoder().decode(kept);
    for (const all of await Promise.all(stores)) all.forEach(kept => JSON.parse(text(kept)));
    database.close();
    return performance.now() - begin;
})()";

/// Notes when the first item of Today has been painted.
const WATCH: &str = "new MutationObserver((_, watch) => {
    if (!document.querySelector('[data-page=home] [data-item]')) return;
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => { window.shown = performance.now(); }));
}).observe(document, { childList: true, subtree: true })";

/// Opens the app in a new browser process without a network; milliseconds until the first item.
fn opens_cold(person: &mut Person, slower: u32) -> f64 {
    if !person.is_offline() {
        person.loses_the_network();
    }
    person.battery_dies();
    person.must("Emulation.setCPUThrottlingRate", json!({"rate": slower}));
    person.must(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({"source": WATCH}),
    );
    person.open("/");
    person.wait_for("!!window.shown");
    number(person, "window.shown")
}

/// Presses a button and takes the time until the screen has changed and is painted.
fn ticks_once(person: &Person, button: &str) -> f64 {
    number(
        person,
        &format!(
            "new Promise(done => {{
                const begin = performance.now();
                new MutationObserver((_, watch) => {{
                    watch.disconnect();
                    requestAnimationFrame(() => setTimeout(() => done(performance.now() - begin)));
                }}).observe(document.querySelector('main'), {{ childList: true, subtree: true }});
                document.querySelector({}).click();
            }})",
            json!(button)
        ),
    )
}

fn number(person: &Person, expression: &str) -> f64 {
    person
        .eval(expression)
        .as_f64()
        .expect("a number of milliseconds")
}

/// How many rows the device keeps.
fn kept(person: &Person) -> usize {
    let kept = person.kept_rows();
    kept.len()
}

#[expect(clippy::print_stdout, reason = "the figures are what the bench is for")]
fn told(what: &str, rows: usize, figures: &mut [f64]) {
    figures.sort_by(f64::total_cmp);
    let (least, middle, most) = (
        figures[0],
        figures[figures.len() / 2],
        figures[figures.len() - 1],
    );
    println!("BENCH {middle:>8.1} ms ({least:.1} to {most:.1})  {what}; {rows} rows on the device");
}

/// The factory to which months are added.
struct Factory {
    office: Colleague,
    organisation: Arc<Organisation>,
    first: Day,
}

impl Factory {
    fn of(server: &Server) -> Self {
        let office = Colleague::signs_in("linxiaoyun", server);
        let organisation = Arc::clone(office.world().organisation());
        let periods = organisation.periods.values();
        let first = periods
            .map(|period| period.from)
            .min()
            .expect("a month is open");
        Self {
            office,
            organisation,
            first,
        }
    }

    /// Opens a later month.
    fn opens(&self, month: u32) -> PeriodId {
        let period = PeriodId::from_bits(fresh());
        let from = self
            .first
            .checked_add_months(Months::new(month))
            .expect("a month follows");
        let next = from
            .checked_add_months(Months::new(1))
            .expect("a month follows");
        let regime = self
            .organisation
            .periods
            .values()
            .next()
            .expect("a month is open")
            .regime;
        self.office.does(Command::OpenPeriod(OpenPeriod {
            period,
            kind: PeriodKind::Month,
            from,
            to: next.pred_opt().expect("a day comes before"),
            regime,
        }));
        period
    }

    fn unit_of(&self, person: PersonId) -> UnitId {
        let today = now().day(self.organisation.utc_offset());
        let mut posts = self.organisation.assignments_of(person, today);
        posts.next().expect("everybody has a post").unit
    }

    /// Makes a plan of as many items as a plan holds; the first is due today when `due` says so.
    fn plans(
        &self,
        owner: &Colleague,
        judge: &Colleague,
        period: PeriodId,
        scope: Scope,
        due: bool,
    ) {
        let plan = PlanId::from_bits(fresh());
        let today = now().day(self.organisation.utc_offset());
        let end = today
            .checked_add_months(Months::new(12))
            .expect("a year follows");
        let mut commands = vec![Command::DraftPlan(DraftPlan {
            plan,
            unit: self.unit_of(owner.person),
            period,
            scope,
            owner: owner.person,
        })];
        for position in 1..=ITEMS {
            let now_due = due && position <= 10;
            let item = Item {
                position,
                title: format!("一次交验合格率由97.0%提高到98.5% 第{position}项"),
                section: "key_work".to_owned(),
                responsible: Some(if now_due && scope == Scope::Unit {
                    judge.person
                } else {
                    owner.person
                }),
                due: Some(if now_due { today } else { end }),
                deliverable: "检验月报".to_owned(),
                standard: "不低于98.5%，连续三周".to_owned(),
                rule: "每低0.1个百分点扣1分".to_owned(),
                weight: Points(10_000 / i64::from(ITEMS)),
                ..Item::blank(ItemId::from_bits(fresh()), plan)
            };
            let item = Box::new(item);
            commands.push(Command::AddItem(AddItem { plan, item }));
        }
        let seen = self.seen(owner.person, plan, &commands);
        commands.push(Command::SubmitPlan(SubmitPlan {
            plan,
            seen: seen.clone(),
        }));
        for commands in commands.chunks(90) {
            owner.does_all(commands);
        }
        judge.does(Command::ApprovePlan(ApprovePlan { plan, seen }));
    }

    /// The digest of a plan that commands make.
    fn seen(&self, actor: PersonId, plan: PlanId, commands: &[Command]) -> String {
        let mut world = World::with_organisation(
            Arc::clone(self.office.world().organisation()),
            Holdings::Everything,
        );
        let moment = Moment {
            made: Made::default(),
            received: now(),
            recorded: now(),
            utc_offset: self.organisation.utc_offset(),
        };
        for command in commands {
            for change in world
                .decide(command, actor, &moment)
                .expect("the factory allows it")
            {
                world.apply(&change);
            }
        }
        let document = world.document(plan).expect("it was drafted");
        digest::plan_content(document.plan.as_ref().expect("it was drafted"), document)
    }
}
