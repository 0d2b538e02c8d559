//! What stands from before when a run begins: of the month that is over a result is sealed, another
//! hangs on a list to which somebody objected, of the third an appeal waits, and all can be drawn; an entry is confirmed; and the next
//! month's plan took what was not finished.

use shared::appeal::Level;
use shared::command::Command;
use shared::command::appeal::AppealResult;
use shared::command::ledger::{DecideEntry, ProposeEntry};
use shared::command::plan::{AddItem, DraftPlan};
use shared::command::public_list::{HangList, ObjectToList};
use shared::command::seal::{DecideObjection, SealResult};
use shared::id::{EntryId, ItemId, ListId, PeriodId, PlanId};
use shared::item::LineageKind;
use shared::moment::UtcMillis;
use shared::plan::Scope;
use shared::seal::ResultAnswer;
use shared::{carry, digest, ledger, public_list, seal};

use super::{
    BEGIN, Founder, HEAD_A, HEAD_B, HEAD_C, MANAGER, MEMBER_A, MEMBER_B, OFFICE_HEAD, first_day,
};

/// The month that is over; nobody plans it any more.
pub(super) const MONTH: PeriodId = PeriodId::from_bits(8);
/// An hour, in milliseconds.
const HOUR: i64 = 3_600_000;

impl Founder {
    /// The month that is over.
    pub(super) fn earlier(&mut self) {
        self.confirmed();
        let running = self.month;
        self.month = (MONTH, UtcMillis(self.now.get()).day(480));
        let sealed = self.plan(MEMBER_A, 2, Scope::Personal, &[MEMBER_A], Some(HEAD_A));
        self.publish((HEAD_A, MEMBER_A), sealed, "good", ResultAnswer::Signed);
        let listed = self.plan(MEMBER_B, 3, Scope::Personal, &[MEMBER_B], Some(HEAD_B));
        self.publish(
            (HEAD_B, MEMBER_B),
            listed,
            "excellent",
            ResultAnswer::Signed,
        );
        let appealed = self.plan(HEAD_C, 4, Scope::Personal, &[HEAD_C], Some(HEAD_A));
        let objection = ResultAnswer::Objected("It was done in time".to_owned());
        self.publish((HEAD_A, HEAD_C), appealed, "good", objection);
        self.month = running;
        // On the morning of the run's first day: the list hangs for some time yet.
        self.now.set(BEGIN.0 - HOUR);
        self.seal(sealed);
        self.hang(listed);
        self.appeal(appealed);
    }

    /// The one above let the result stand, and the person goes on.
    fn appeal(&mut self, plan: PlanId) {
        let decide = Command::DecideObjection(DecideObjection {
            plan,
            version: 1,
            upheld: false,
            reason: "As agreed".to_owned(),
        });
        self.send(MANAGER, vec![decide]);
        let appeal = Command::AppealResult(AppealResult {
            plan,
            version: 1,
            to: Level::Appeal,
            reason: "Nobody looked at the sheet".to_owned(),
        });
        self.send(HEAD_C, vec![appeal]);
    }

    fn seal(&mut self, plan: PlanId) {
        let (world, office) = (self.world(&[plan]), self.company.people[OFFICE_HEAD]);
        let now = UtcMillis(self.now.get());
        let draft = seal::draft(&world, &[plan], now, office).expect("nothing is missing");
        let seal = Command::SealResult(SealResult {
            plan,
            parts: Vec::new(),
            seen: digest::seal_content(&draft),
        });
        self.send(OFFICE_HEAD, vec![seal]);
    }

    /// A list of one unit, and somebody objects to its only name.
    fn hang(&mut self, plan: PlanId) {
        let units = vec![self.company.units[3]];
        let (world, now) = (self.world(&[plan]), UtcMillis(self.now.get()));
        let drafted = public_list::draft(&world, MONTH, &units, now).expect("one is named");
        let list = ListId::from_bits(self.chance.wide());
        let hang = Command::HangList(HangList {
            list,
            period: MONTH,
            units,
            seen: drafted.digest,
        });
        self.send(OFFICE_HEAD, vec![hang]);
        let object = Command::ObjectToList(ObjectToList {
            list,
            plan,
            reason: "It was not so".to_owned(),
        });
        self.send(MEMBER_A, vec![object]);
    }

    /// An entry that could be taken back.
    fn confirmed(&mut self) {
        let world = self.world(&[]);
        let sheet = world.organisation().sheets.first_key_value();
        let (sheet, _) = sheet.expect("tariffs are adopted");
        let (unit, period) = (self.company.units[2], self.company.periods[0]);
        let entry = EntryId::from_bits(self.chance.wide());
        let propose = Command::ProposeEntry(Box::new(ProposeEntry {
            entry,
            sheet: *sheet,
            tariff: "late".to_owned(),
            person: self.company.people[MEMBER_A],
            about: None,
            unit,
            period,
            plan: None,
            item: None,
            happened: UtcMillis(self.now.get()).day(480),
            facts: "Seen on the round".to_owned(),
            evidence: Vec::new(),
            count: 1,
            points: None,
            money: None,
        }));
        self.send(HEAD_A, vec![propose]);
        let world = self.world(&[ledger::document(unit, period)]);
        let mut proposed = world.ledger(unit, period).expect("there is one").values();
        let seen = proposed.next().expect("it is proposed").seen();
        let decide = Command::DecideEntry(DecideEntry {
            entry,
            unit,
            period,
            confirmed: true,
            reason: "Looked at on the spot".to_owned(),
            seen,
        });
        self.send(OFFICE_HEAD, vec![decide]);
    }

    /// The next month's plan takes what was not finished, while its month still runs.
    pub(super) fn carried(&mut self, owner: usize, from: PlanId) {
        let plan = PlanId::from_bits(self.chance.wide());
        let world = self.world(&[from]);
        let (found, document) = world.plan(from).or_not_found("plan").expect("it is there");
        let source = document.items.values().next().expect("it has an item");
        let place = (ItemId::from_bits(self.chance.wide()), plan);
        let mut item = carry::continued(LineageKind::CarriedOver, source, place, true);
        item.due = Some(first_day());
        let draft = Command::DraftPlan(DraftPlan {
            plan,
            unit: found.unit,
            period: self.company.periods[1],
            scope: Scope::Personal,
            owner: found.owner,
        });
        self.company.rumours.push((plan, item.id));
        let item = Box::new(item);
        let add = Command::AddItem(AddItem { plan, item });
        self.send(owner, vec![draft, add]);
    }
}
