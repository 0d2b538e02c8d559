//! A fixed small world that tests start from, and the steps that bring a plan forward.
//!
//! Seven people: an administrator, the plan office, the general manager who leads the root unit,
//! the head and a worker of the line, the head and a keeper of the store.

use chrono::NaiveDate;
use shared::change::Change;
use shared::command::Command;
use shared::command::organisation::{
    AddPerson, AddUnit, AdoptRegime, Appoint, Assign, FoundCompany, OpenPeriod,
};
use shared::command::plan::{AddItem, ApprovePlan, DraftPlan, SubmitPlan};
use shared::command::review::{PublishResult, ReportItem, ScoreItem};
use shared::id::{
    AppointmentId, AssignmentId, ItemId, PeriodId, PersonId, PlanId, RegimeId, ReportId, UnitId,
};
use shared::item::{Edit, Item, Target, TargetKind};
use shared::moment::{Day, Made, Moment, UtcMillis};
use shared::organisation::{Office, Tenure};
use shared::plan::{PlanState, Scope};
use shared::quantity::Points;
use shared::refusal::Refusal;
use shared::regime::{Document, RegimeVersion};
use shared::report::ReportKind;
use shared::score::Judgement;
use shared::world::{Holdings, PlanDocument, Stop, World};
use shared::{digest, result};

use crate::format_1;

pub(crate) const ADMINISTRATOR: PersonId = PersonId::from_bits(1);
pub(crate) const PLAN_OFFICE: PersonId = PersonId::from_bits(2);
pub(crate) const MANAGER: PersonId = PersonId::from_bits(3);
pub(crate) const LINE_HEAD: PersonId = PersonId::from_bits(4);
pub(crate) const WORKER: PersonId = PersonId::from_bits(5);
pub(crate) const STORE_HEAD: PersonId = PersonId::from_bits(6);
pub(crate) const KEEPER: PersonId = PersonId::from_bits(7);
pub(crate) const STRANGER: PersonId = PersonId::from_bits(99);

pub(crate) const ROOT: UnitId = UnitId::from_bits(11);
pub(crate) const LINE: UnitId = UnitId::from_bits(12);
pub(crate) const STORE: UnitId = UnitId::from_bits(13);

pub(crate) const REGIME: RegimeId = RegimeId::from_bits(21);
pub(crate) const NOVEMBER: PeriodId = PeriodId::from_bits(22);
pub(crate) const DECEMBER: PeriodId = PeriodId::from_bits(23);
pub(crate) const PLAN: PlanId = PlanId::from_bits(31);
/// The line's plan for December.
pub(crate) const NEXT: PlanId = PlanId::from_bits(38);
/// The worker's own plan for November.
pub(crate) const OWN: PlanId = PlanId::from_bits(39);

pub(crate) const FIRST_ADMINISTRATOR: AppointmentId = AppointmentId::from_bits(41);

/// The assignment of a person of the story.
pub(crate) const fn assignment(person: PersonId) -> AssignmentId {
    AssignmentId::from_bits(50 + person.bits())
}

/// The n-th item of the story's plan.
pub(crate) const fn item_id(n: u128) -> ItemId {
    ItemId::from_bits(100 + n)
}

pub(crate) fn day(year: i32, month: u32, day: u32) -> Day {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// Noon in Shanghai.
pub(crate) fn noon(day: Day) -> Moment {
    let noon = day
        .and_hms_opt(4, 0, 0)
        .unwrap()
        .and_utc()
        .timestamp_millis();
    let now = UtcMillis(noon);
    let made = Made {
        device_wall: now,
        est_server_time: now,
        tz: 480,
    };
    Moment {
        made,
        received: now,
        recorded: now,
        utc_offset: 480,
    }
}

pub(crate) struct Story {
    pub(crate) world: World,
    pub(crate) moment: Moment,
    /// What was accepted so far: when, from whom and what.
    pub(crate) told: Vec<(Moment, PersonId, Command)>,
}

impl Story {
    /// Nothing is there yet; it is 10 November 2026.
    pub(crate) fn empty() -> Self {
        let world = World::new(Holdings::Everything);
        Self {
            world,
            moment: noon(day(2026, 11, 10)),
            told: Vec::new(),
        }
    }

    /// The company, its people, the regime and November are there; no plan is.
    pub(crate) fn founded() -> Self {
        Self::founded_under(format_1::smart_monthly().into())
    }

    /// The same under another regime.
    pub(crate) fn founded_under(regime: Document) -> Self {
        let mut story = Self::staffed();
        story.must(
            PLAN_OFFICE,
            Command::AdoptRegime(AdoptRegime { id: REGIME, regime }),
        );
        story.must(PLAN_OFFICE, Command::OpenPeriod(november()));
        story
    }

    /// The company and its people are there, and no regime yet.
    pub(crate) fn staffed() -> Self {
        let mut story = Self::empty();
        let from = day(2025, 1, 1);
        story.must(ADMINISTRATOR, found_company());
        for (unit, name, name_en) in [(LINE, "一线", "Line"), (STORE, "仓库", "Store")] {
            story.must(
                ADMINISTRATOR,
                Command::AddUnit(AddUnit {
                    unit,
                    name: name.into(),
                    name_en: name_en.into(),
                    parent: ROOT,
                    from,
                }),
            );
        }
        for (person, name, unit, post, heads) in [
            (PLAN_OFFICE, "林晓云", ROOT, "计划专员", false),
            (MANAGER, "陈国栋", ROOT, "总经理", true),
            (LINE_HEAD, "张建军", LINE, "线长", true),
            (WORKER, "王小明", LINE, "操作工", false),
            (STORE_HEAD, "唐春梅", STORE, "仓库主管", true),
            (KEEPER, "赵敏", STORE, "仓管员", false),
        ] {
            story.must(
                ADMINISTRATOR,
                Command::AddPerson(AddPerson {
                    person,
                    name: name.into(),
                }),
            );
            story.must(
                ADMINISTRATOR,
                Command::Assign(Assign {
                    assignment: assignment(person),
                    person,
                    unit,
                    post: post.into(),
                    tenure: Tenure::Main,
                    heads,
                    from,
                    to: None,
                }),
            );
        }
        story.must(
            ADMINISTRATOR,
            Command::Appoint(Appoint {
                appointment: AppointmentId::from_bits(42),
                person: PLAN_OFFICE,
                office: Office::PlanOffice,
                from,
            }),
        );
        story
    }

    /// The line's plan is drafted, with one item per weight.
    pub(crate) fn drafted(weights: &[i64]) -> Self {
        let mut story = Self::founded();
        story.must(LINE_HEAD, Command::DraftPlan(line_plan()));
        for (n, weight) in (1_u128..).zip(weights) {
            story.must(LINE_HEAD, add(item(n, *weight)));
        }
        story
    }

    /// The line's plan is handed in.
    pub(crate) fn submitted(weights: &[i64]) -> Self {
        let mut story = Self::drafted(weights);
        story.must(LINE_HEAD, story.submit());
        story
    }

    /// The line's plan is approved.
    pub(crate) fn approved(weights: &[i64]) -> Self {
        let mut story = Self::submitted(weights);
        story.must(MANAGER, story.approve());
        story
    }

    /// Decides and applies.
    pub(crate) fn send(&mut self, actor: PersonId, command: Command) -> Result<Vec<Change>, Stop> {
        let changes = self.world.decide(&command, actor, &self.moment)?;
        for change in &changes {
            self.world.apply(change);
        }
        self.told.push((self.moment, actor, command));
        Ok(changes)
    }

    /// Decides and applies a command that is accepted.
    pub(crate) fn must(&mut self, actor: PersonId, command: Command) -> Vec<Change> {
        let kind = command.kind().0;
        self.send(actor, command)
            .unwrap_or_else(|stop| panic!("{kind}: {stop:?}"))
    }

    /// The refusal of a command, which must leave the world as it is.
    pub(crate) fn refused(&self, actor: PersonId, command: Command) -> Refusal {
        match self.world.decide(&command, actor, &self.moment) {
            Err(Stop::Refused(refusal)) => refusal,
            other => panic!("not refused: {other:?}"),
        }
    }

    pub(crate) fn document(&self) -> &PlanDocument {
        self.document_of(PLAN)
    }

    pub(crate) fn document_of(&self, plan: PlanId) -> &PlanDocument {
        self.world.document(plan).unwrap()
    }

    /// Lets the story go on at noon of a day of November 2026.
    pub(crate) fn on(&mut self, date: u32) {
        self.moment = noon(day(2026, 11, date));
    }

    /// Opens December and begins the line's plan for it.
    pub(crate) fn next_month(&mut self) {
        let open = OpenPeriod {
            period: DECEMBER,
            from: day(2026, 12, 1),
            to: day(2026, 12, 31),
            ..november()
        };
        self.must(PLAN_OFFICE, Command::OpenPeriod(open));
        let draft = DraftPlan {
            plan: NEXT,
            period: DECEMBER,
            ..line_plan()
        };
        self.must(LINE_HEAD, Command::DraftPlan(draft));
    }

    /// The worker's own plan for November is approved by the line's head, with one item.
    pub(crate) fn own_plan(&mut self) {
        let draft = DraftPlan {
            plan: OWN,
            scope: Scope::Personal,
            owner: WORKER,
            ..line_plan()
        };
        self.must(WORKER, Command::DraftPlan(draft));
        let item = Item {
            plan: OWN,
            ..item(51, 10_000)
        };
        self.must(WORKER, add(item));
        self.must(WORKER, self.submit_of(OWN));
        self.must(LINE_HEAD, self.approve_of(OWN));
    }

    pub(crate) fn state(&self) -> PlanState {
        self.document().plan.as_ref().unwrap().state
    }

    pub(crate) fn item(&self, n: u128) -> Item {
        self.document().items[&item_id(n)].clone()
    }

    /// The regime version under which November is open.
    pub(crate) fn regime(&self) -> RegimeVersion {
        self.world.organisation().regimes[&REGIME].clone()
    }

    /// Digest of the plan as it stands.
    pub(crate) fn seen(&self) -> String {
        self.seen_of(PLAN)
    }

    pub(crate) fn seen_of(&self, plan: PlanId) -> String {
        let document = self.document_of(plan);
        digest::plan_content(document.plan.as_ref().unwrap(), document)
    }

    pub(crate) fn submit(&self) -> Command {
        self.submit_of(PLAN)
    }

    pub(crate) fn submit_of(&self, plan: PlanId) -> Command {
        let seen = self.seen_of(plan);
        Command::SubmitPlan(SubmitPlan { plan, seen })
    }

    pub(crate) fn approve(&self) -> Command {
        self.approve_of(PLAN)
    }

    pub(crate) fn approve_of(&self, plan: PlanId) -> Command {
        let seen = self.seen_of(plan);
        Command::ApprovePlan(ApprovePlan { plan, seen })
    }

    /// What a judge would publish of the story's plan.
    pub(crate) fn verdict(&self, judge: PersonId) -> Result<result::Verdict, Stop> {
        result::verdict(&self.world, PLAN, judge, self.moment.today())
    }

    pub(crate) fn publish(&self) -> Command {
        let verdict = self.verdict(MANAGER).unwrap();
        Command::PublishResult(PublishResult {
            plan: PLAN,
            seen: verdict.seen,
        })
    }
}

pub(crate) fn found_company() -> Command {
    Command::FoundCompany(FoundCompany {
        root: ROOT,
        name: "恒远".into(),
        name_en: "Hengyuan".into(),
        utc_offset: 480,
        administrator: "周文博".into(),
        appointment: FIRST_ADMINISTRATOR,
        from: day(2025, 1, 1),
    })
}

pub(crate) fn november() -> OpenPeriod {
    OpenPeriod {
        period: NOVEMBER,
        kind: shared::period::PeriodKind::Month,
        from: day(2026, 11, 1),
        to: day(2026, 11, 30),
        regime: REGIME,
    }
}

pub(crate) fn line_plan() -> DraftPlan {
    DraftPlan {
        plan: PLAN,
        unit: LINE,
        period: NOVEMBER,
        scope: Scope::Unit,
        owner: LINE_HEAD,
    }
}

pub(crate) fn add(item: Item) -> Command {
    Command::AddItem(AddItem {
        plan: item.plan,
        item: Box::new(item),
    })
}

/// A whole item of the line's plan; the worker is responsible.
pub(crate) fn item(n: u128, weight: i64) -> Item {
    Item {
        position: u32::try_from(n).unwrap(),
        title: format!("事项 {n}"),
        section: "key_work".into(),
        responsible: Some(WORKER),
        post: "操作工".into(),
        helpers: Vec::new(),
        target: Target {
            kind: TargetKind::Done,
            baseline: None,
            value: None,
            measure: String::new(),
            tolerance: None,
        },
        due: Some(day(2026, 11, 20)),
        deliverable: "记录".into(),
        standard: "全部完成".into(),
        rule: "每漏一处扣1分".into(),
        weight: Points(weight),
        ..Item::blank(item_id(n), PLAN)
    }
}

pub(crate) fn report(
    n: u128,
    report: u128,
    kind: ReportKind,
    percent: u8,
    happened: Day,
) -> Command {
    Command::ReportItem(ReportItem {
        report: ReportId::from_bits(report),
        plan: PLAN,
        item: item_id(n),
        kind,
        percent,
        quantity: None,
        note: String::new(),
        happened,
        of: None,
        reason: String::new(),
        paper: false,
    })
}

/// A judgement by the keys of the levels.
pub(crate) fn carried_out(efficiency: &str, quality: &str) -> Judgement {
    Judgement::CarriedOut {
        efficiency: efficiency.into(),
        quality: quality.into(),
    }
}

pub(crate) fn score(n: u128, old: Option<Judgement>, new: Option<Judgement>) -> ScoreItem {
    ScoreItem {
        plan: PLAN,
        item: item_id(n),
        judgement: Edit { old, new },
        note: String::new(),
    }
}

/// A small generator of chance that gives the same numbers for the same seed.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn next(&mut self) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// One of the things.
    pub(crate) fn pick<T: Copy>(&mut self, things: &[T]) -> T {
        things[usize::try_from(self.below(things.len() as u64)).unwrap()]
    }
}
