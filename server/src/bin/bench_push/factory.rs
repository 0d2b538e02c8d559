//! The installation that is measured: twenty units, a thousand approved plans, ten items each.
//!
//! It is made with commands, like any other, and kept as a file that every run copies.

use std::path::{Path, PathBuf};

use server::clock::{Clock as _, SteppedClock};
use server::store::sqlite::Sqlite;
use shared::command::organisation::{
    AddPerson, AddUnit, AdoptRegime, Assign, FoundCompany, OpenPeriod,
};
use shared::command::plan::{AddItem, ApprovePlan, DraftPlan, SubmitPlan};
use shared::command::review::ReportItem;
use shared::command::{Command, MadeCommand};
use shared::digest;
use shared::id::{
    AppointmentId, AssignmentId, CommandId, DeviceId, ItemId, PeriodId, PersonId, PlanId, RegimeId,
    ReportId, UnitId,
};
use shared::item::{Item, Target, TargetKind};
use shared::moment::{Day, Made, Moment, UtcMillis};
use shared::organisation::Tenure;
use shared::plan::Scope;
use shared::quantity::Points;
use shared::regime::preset::shelf;
use shared::report::ReportKind;
use shared::sync::message::PushedCommand;
use shared::sync::server::Server;
use shared::world::{Holdings, PlanDocument, World};

use crate::Failure;

/// Items of one plan.
pub(crate) const ITEMS: usize = 10;

const UNITS: usize = 20;
const NOW: UtcMillis = UtcMillis(1_793_840_400_000);
const REPORTER: PersonId = PersonId::from_bits(1);
const ROOT: UnitId = UnitId::from_bits(1);
const PERIOD: PeriodId = PeriodId::from_bits(1);

/// The prepared database and the reports that will be handed in.
pub(crate) struct Factory {
    folder: PathBuf,
    pub(crate) reporter: PersonId,
    reports: Vec<PushedCommand>,
    pub(crate) clock: SteppedClock,
}

impl Factory {
    /// Makes the installation with so many items.
    pub(crate) async fn build(folder: &Path, items: usize) -> Result<Self, Failure> {
        let clock = SteppedClock::at(NOW);
        let store = Sqlite::open(&folder.join("prepared.db"), NOW).await?;
        let server = Server::new(store);
        let plans = items / ITEMS;
        let mut builder = Builder {
            server,
            next: 1 << 64,
        };
        builder.organisation(plans).await?;
        let mut reports = Vec::with_capacity(items);
        for plan in 0..plans {
            let document = builder.plan(plan).await?;
            reports.extend(document.items.values().map(report));
        }
        builder.server.store().close().await;
        Ok(Self {
            folder: folder.to_owned(),
            reporter: REPORTER,
            reports,
            clock,
        })
    }

    /// Copies the prepared database under a name and gives the copy's path.
    pub(crate) fn copy(&self, name: &str) -> Result<PathBuf, Failure> {
        let copy = self.folder.join(name);
        for left in ["", "-wal", "-shm"] {
            let path = self.folder.join(format!("{name}{left}"));
            if path.exists() {
                std::fs::remove_file(path)?;
            }
        }
        std::fs::copy(self.folder.join("prepared.db"), &copy)?;
        std::fs::File::open(&copy)?.sync_all()?;
        Ok(copy)
    }

    /// The reports that are handed in so many together; one by one a fifth is enough, because each
    /// waits for a flush of its own.
    pub(crate) fn reports(&self, batch: usize) -> &[PushedCommand] {
        let share = if batch == 1 { 5 } else { 1 };
        &self.reports[..self.reports.len() / share]
    }

    /// The time at which the reports arrive.
    pub(crate) fn now(&self) -> UtcMillis {
        self.clock.now()
    }
}

/// The report on an item, as the reporter's device made it.
fn report(item: &Item) -> PushedCommand {
    let report = ReportItem {
        report: ReportId::from_bits(item.id.bits()),
        plan: item.plan,
        item: item.id,
        kind: ReportKind::Progress,
        percent: 40,
        quantity: None,
        note: "上半月完成四成，物料已到位。 Forty percent done; the material has arrived."
            .to_owned(),
        happened: NOW.day(480),
        of: None,
        reason: String::new(),
        paper: false,
    };
    let made = made();
    let command = Command::ReportItem(report);
    let bytes = MadeCommand {
        command,
        made,
        supersedes: None,
    }
    .write()
    .expect("a report is small");
    let cmd_id = CommandId::from_bits(item.id.bits());
    PushedCommand {
        cmd_id,
        actor: REPORTER,
        prevs: Vec::new(),
        gap: false,
        bytes,
    }
}

fn made() -> Made {
    Made {
        device_wall: NOW,
        est_server_time: NOW,
        tz: 480,
    }
}

struct Builder {
    server: Server<Sqlite>,
    next: u128,
}

/// The head of a unit.
fn head(unit: usize) -> PersonId {
    PersonId::from_bits(1000 + unit as u128)
}

fn unit(unit: usize) -> UnitId {
    UnitId::from_bits(1000 + unit as u128)
}

fn owner(plan: usize) -> PersonId {
    PersonId::from_bits(1_000_000 + plan as u128)
}

impl Builder {
    fn mint(&mut self) -> u128 {
        self.next += 1;
        self.next
    }

    async fn send(&mut self, actor: PersonId, commands: Vec<Command>) -> Result<(), Failure> {
        let fresh = |command| (CommandId::from_bits(self.mint()), command);
        let commands: Vec<_> = commands.into_iter().map(fresh).collect();
        let device = DeviceId::from_bits(1);
        match self
            .server
            .execute_all(actor, device, &commands, NOW)
            .await?
        {
            Ok(()) => Ok(()),
            Err(refused) => Err(format!("the factory was refused: {refused:?}").into()),
        }
    }

    fn person(&mut self, person: PersonId, unit: UnitId, heads: bool, from: Day) -> [Command; 2] {
        let name = format!("{person}");
        let assign = Assign {
            assignment: AssignmentId::from_bits(self.mint()),
            person,
            unit,
            post: "post".to_owned(),
            tenure: Tenure::Main,
            heads,
            from,
            to: None,
        };
        [
            Command::AddPerson(AddPerson { person, name }),
            Command::Assign(assign),
        ]
    }

    async fn organisation(&mut self, plans: usize) -> Result<(), Failure> {
        let from = Day::from_ymd_opt(2026, 1, 1).expect("a day of the calendar");
        let regime = shelf::suggested().regime;
        let kind = regime.cycles[0].kind;
        let id = RegimeId::from_bits(1);
        let mut commands = vec![
            Command::FoundCompany(FoundCompany {
                root: ROOT,
                name: "bench".to_owned(),
                name_en: String::new(),
                utc_offset: 480,
                administrator: "bench".to_owned(),
                appointment: AppointmentId::from_bits(self.mint()),
                from,
            }),
            Command::OpenPeriod(OpenPeriod {
                period: PERIOD,
                kind,
                from: Day::from_ymd_opt(2026, 11, 1).expect("a day of the calendar"),
                to: Day::from_ymd_opt(2026, 11, 30).expect("a day of the calendar"),
                regime: id,
            }),
        ];
        commands.insert(
            1,
            Command::AdoptRegime(AdoptRegime {
                id,
                regime: regime.into(),
            }),
        );
        for number in 0..UNITS {
            commands.push(Command::AddUnit(AddUnit {
                unit: unit(number),
                name: format!("unit {number}"),
                name_en: String::new(),
                parent: ROOT,
                from,
            }));
            commands.extend(self.person(head(number), unit(number), true, from));
        }
        for plan in 0..plans {
            commands.extend(self.person(owner(plan), unit(plan % UNITS), false, from));
        }
        self.send(REPORTER, commands).await
    }

    /// Decides commands as a device would, to see the document that they make.
    async fn imagine(
        &self,
        plan: PlanId,
        actor: PersonId,
        commands: &[Command],
    ) -> Result<PlanDocument, Failure> {
        let organisation = self.server.organisation().await?;
        let mut world = World::with_organisation(organisation, Holdings::Everything);
        let moment = Moment {
            made: made(),
            received: NOW,
            recorded: NOW,
            utc_offset: 480,
        };
        for command in commands {
            let changes = world.decide(command, actor, &moment);
            for change in changes.map_err(|stop| format!("the factory was refused: {stop:?}"))? {
                world.apply(&change);
            }
        }
        Ok(world.document(plan).cloned().unwrap_or_default())
    }

    /// Makes one approved plan and gives its document.
    async fn plan(&mut self, number: usize) -> Result<PlanDocument, Failure> {
        let (plan, unit) = (PlanId::from_bits(number as u128 + 1), unit(number % UNITS));
        let (owner, head) = (owner(number), head(number % UNITS));
        let scope = Scope::Personal;
        let draft = DraftPlan {
            plan,
            unit,
            period: PERIOD,
            scope,
            owner,
        };
        let mut commands = vec![Command::DraftPlan(draft)];
        for place in 0..ITEMS {
            let id = ItemId::from_bits((number * ITEMS + place) as u128 + 1);
            let place = u32::try_from(place).expect("a plan has few items");
            let item = Box::new(item(plan, id, place));
            commands.push(Command::AddItem(AddItem { plan, item }));
        }
        let document = self.imagine(plan, head, &commands).await?;
        self.send(head, commands).await?;
        let row = document.plan.as_ref().ok_or("the plan was not begun")?;
        let seen = digest::plan_content(row, &document);
        let submit = SubmitPlan {
            plan,
            seen: seen.clone(),
        };
        self.send(owner, vec![Command::SubmitPlan(submit)]).await?;
        self.send(head, vec![Command::ApprovePlan(ApprovePlan { plan, seen })])
            .await?;
        Ok(document)
    }
}

fn item(plan: PlanId, id: ItemId, position: u32) -> Item {
    let measure = "%".to_owned();
    Item {
        position,
        title: "一次交验合格率由97.0%提高到98.5% First-pass acceptance rate".to_owned(),
        section: "key_work".to_owned(),
        responsible: Some(REPORTER),
        post: "质量工程师".to_owned(),
        helpers: Vec::new(),
        target: Target {
            kind: TargetKind::Higher,
            baseline: None,
            value: None,
            measure,
            tolerance: None,
        },
        due: Day::from_ymd_opt(2026, 11, 30),
        deliverable: "检验月报".to_owned(),
        standard: "不低于98.5%".to_owned(),
        rule: "每低0.1个百分点扣1分".to_owned(),
        weight: Points(1000),
        ..Item::blank(id, plan)
    }
}
