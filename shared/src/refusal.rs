//! Refusals: why not, as a closed set of codes with facts, and no prose.
//!
//! The same code comes from the device, the server, an import and the command line; the words
//! stand in the app's catalogue and the command line's, where an exhaustive match keeps them whole.

use serde::{Deserialize, Serialize};

use crate::appeal::Level;
use crate::change_request::ChangeState;
use crate::cohort::Unsettled;
use crate::id::{ItemId, PeriodId, PersonId, PlanId};
use crate::ledger::EntryState;
use crate::moment::Day;
use crate::period::covered::NotCovered;
use crate::plan::PlanState;
use crate::quantity::{Fen, Points};
use crate::regime::Name;
use crate::regime::cycle::PeriodAct;
use crate::seal::Missing;

/// Why an act is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum Refusal {
    /// The actor may not do this here, now.
    Forbidden,
    /// The thing is not there, or not visible to the actor.
    NotFound {
        /// What was looked for: `plan`, `item`, `unit`, `person`, `period`, `regime` and so on.
        what: String,
    },
    /// An id is already taken by something else.
    AlreadyExists {
        /// What exists: as in `NotFound`.
        what: String,
    },
    /// Somebody else changed the field since the person saw it.
    ChangedMeanwhile {
        /// The item, where the field is an item's.
        item: Option<ItemId>,
        /// The field.
        field: String,
        /// Its value now, as JSON.
        current: serde_json::Value,
    },
    /// What was signed is not what stands there now.
    ContentChanged {
        /// Digest of what stands there now.
        current: String,
    },
    /// The plan is not in a state in which this can be done.
    WrongState {
        /// The state it is in.
        state: PlanState,
    },
    /// There is already a plan of this unit or person for the period.
    PlanExists {
        /// That plan.
        plan: PlanId,
    },
    /// The regime of the period does not judge this plan.
    NotCovered {
        /// Why.
        why: NotCovered,
        /// Whose plan.
        owner: PersonId,
    },
    /// A plan without items cannot be handed in.
    PlanEmpty,
    /// The weights do not add up to what the regime asks.
    WeightsDoNotSum {
        /// What they add up to.
        is: Points,
        /// What they must add up to.
        must: Points,
    },
    /// A weight is negative or above the plan's total.
    WeightOutOfRange {
        /// The item.
        item: ItemId,
        /// The most it may be.
        most: Points,
    },
    /// A field that the regime asks for is empty.
    FieldMissing {
        /// The item, where the field is an item's.
        item: Option<ItemId>,
        /// The field.
        field: String,
    },
    /// A text is longer than the product keeps.
    TextTooLong {
        /// The field.
        field: String,
        /// The most characters.
        most: u32,
    },
    /// A value is outside what the field can be.
    OutOfRange {
        /// The field.
        field: String,
        /// The least, as text.
        least: String,
        /// The most, as text.
        most: String,
    },
    /// A value is none of those that the regime knows.
    UnknownValue {
        /// The field.
        field: String,
        /// What was given.
        given: String,
    },
    /// Nobody is above the plan's owner on that day, so nobody can approve or judge.
    NoSuperior {
        /// The owner.
        owner: PersonId,
    },
    /// Items still lack the superior's score.
    ScoresMissing {
        /// Those items.
        items: Vec<ItemId>,
    },
    /// Plans under this regime are never judged.
    NeverJudged,
    /// The grade is given by decision, and nobody has decided yet.
    GradeOpen,
    /// No weighted item of the plan is scored in this period.
    NothingToJudge,
    /// The result is sealed, so nothing of the plan changes any more.
    PeriodSealed,
    /// The plans of the period are being sealed, so nothing of them changes until that is over.
    BeingClosed {
        /// The period.
        period: PeriodId,
    },
    /// The weights of a section do not add up to what the regime asks.
    SectionWeightsDoNotSum {
        /// The section's key.
        section: String,
        /// What they add up to.
        is: Points,
        /// What they must add up to.
        must: Points,
    },
    /// The superior may still score, so nobody does so in the superior's place.
    SuperiorNotLate {
        /// The superior.
        judge: PersonId,
        /// The last day on which that superior is in time; `None` where the regime sets none.
        until: Option<Day>,
    },
    /// The window in which one can object has passed.
    ObjectionWindowPassed {
        /// Its last day.
        until: Day,
    },
    /// The window in which one can go on to the next instance has passed.
    AppealWindowPassed {
        /// Its last day.
        until: Day,
    },
    /// The regime knows no such instance.
    NoInstance {
        /// Which.
        level: Level,
    },
    /// A person cannot witness this.
    WitnessUnfit {
        /// That person.
        person: PersonId,
    },
    /// The person's result cannot be sealed yet.
    SealNotReady {
        /// What is missing.
        missing: Vec<Missing>,
    },
    /// Items of an approved plan are past their due days, so they are changed no more.
    ChangeTooLate {
        /// Those items.
        items: Vec<ItemId>,
    },
    /// Results are made public by hanging out their list, and not by a mark alone.
    ListFirst,
    /// A cohort cannot be closed yet.
    CohortOpen {
        /// What is open.
        open: Vec<Unsettled>,
    },
    /// The change request is not open any more.
    ChangeDecided {
        /// What became of it.
        state: ChangeState,
    },
    /// Items were carried over from a running period and are finished or given up there.
    CarriedFinished {
        /// Those items of the plan to which they were carried.
        items: Vec<ItemId>,
    },
    /// The plan already continues that item.
    AlreadyCarried {
        /// The item by which it does.
        item: ItemId,
    },
    /// Items of that plan cannot be continued in this one in this way.
    NotASource {
        /// The plan from which they should come.
        plan: PlanId,
    },
    /// Another step of the signing comes first.
    WaitsForStep {
        /// That step.
        step: Name,
    },
    /// Who signs this step may approve and may not return.
    ApprovesOnly,
    /// Unfinished items of an earlier period must go on in this plan.
    CarryMissing {
        /// Those items, with their plans.
        items: Vec<(PlanId, ItemId)>,
    },
    /// Helping units have not agreed yet, and the regime wants that first.
    ConsentMissing {
        /// Those items of the plan.
        items: Vec<ItemId>,
    },
    /// Only others may fill this section, or enter what comes from this source.
    FilledByOthers {
        /// `section` or `source`.
        field: String,
        /// Its key.
        key: String,
    },
    /// The regime lets an item be changed in the last days before its due day only.
    ChangeTooEarly {
        /// Those items.
        items: Vec<ItemId>,
        /// How many days before.
        days: u32,
    },
    /// An act on the period has ended this for it.
    PeriodClosed {
        /// The period.
        period: PeriodId,
        /// The act.
        act: PeriodAct,
    },
    /// A tie in the organisation would close a circle.
    Circular,
    /// Nobody would be left who may shape the organisation.
    LastAdministrator,
    /// Units or people still belong to the unit after its last day.
    UnitInUse {
        /// How many units below it go on.
        units: u32,
        /// How many assignments in it go on.
        assignments: u32,
    },
    /// The change would reach back into months that are over and done with.
    Retroactive {
        /// The field with the day.
        field: String,
        /// The first day that may still be changed.
        least: Day,
    },
    /// The act is in time, late without a claim, or decided about already.
    NothingToDecide,
    /// Nobody decides about an entry that is about himself or herself.
    OwnEntry,
    /// The entry stands where this can be done no more.
    EntryDecided {
        /// Where it stands.
        state: EntryState,
    },
    /// Nothing has come into the fund since it was last published.
    NothingToPublish,
    /// Plans that are handed in are still to be judged: what is drawn from must stand first.
    NotAllJudged {
        /// How many.
        plans: u32,
    },
    /// The notice to these people is not settled, and nothing about them is made public before: it is to
    /// be delivered, signed, or an objection to be decided.
    NoticeOpen {
        /// Who, at most [`crate::public_list::MOST_TOLD`] of them.
        people: Vec<PersonId>,
        /// How many they are in all.
        count: u32,
    },
    /// More would be spent than the fund holds.
    FundTooSmall {
        /// What it holds.
        balance: Fen,
    },
    /// Nobody enters his or her own pay base while another of the office can.
    OwnBase,
    /// Somebody handed a batch over under this number meanwhile; the next has another.
    BatchTaken {
        /// The number of the next batch.
        number: u32,
    },
    /// A later month was handed over: what changes in this one is a line of a later batch.
    PayMonthOver {
        /// The first day of the last month that was.
        last: Day,
    },
    /// Nobody is due anything in this batch.
    NothingToPay,
    /// The company is already founded.
    AlreadyFounded,
    /// The regime document contradicts itself; each finding has a place and a remedy code.
    RegimeInvalid {
        /// The findings.
        findings: Vec<crate::regime::validate::Finding>,
    },
    /// The act needs the server's answer at once and cannot wait on a device.
    OnlineOnly,
    /// The program does not know this kind of command, or not this version of it.
    UnknownKind {
        /// The kind that was given.
        kind: String,
    },
    /// The command's content cannot be read.
    Malformed {
        /// Where, as the reader says it; for the log and the administrator.
        at: String,
    },
    /// A limit of the product is passed.
    LimitPassed {
        /// Which: `command_bytes`, `commands_per_push`, `items_per_plan` and so on.
        limit: String,
        /// The limit.
        most: u64,
    },
}

crate::tagged::tagged!(Refusal, "code");

impl Refusal {
    /// Says that something is not there.
    pub fn not_found(what: &str) -> Self {
        Self::NotFound {
            what: what.to_owned(),
        }
    }

    /// Says that something is already there.
    pub fn already_exists(what: &str) -> Self {
        Self::AlreadyExists {
            what: what.to_owned(),
        }
    }
}
