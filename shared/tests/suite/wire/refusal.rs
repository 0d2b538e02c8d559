//! One example of every refusal, each fact filled.

use serde_json::json;
use shared::appeal::Level;
use shared::change_request::ChangeState;
use shared::cohort::{CohortKey, CohortOpen, Unsettled};
use shared::id::PlanId;
use shared::period::covered::NotCovered;
use shared::plan::PlanState;
use shared::quantity::Points;
use shared::refusal::Refusal;
use shared::regime::validate::{Finding, Problem};
use shared::seal::Missing;

use crate::prelude::*;

/// How many codes there are.
pub(super) const CODES: usize = 64;

/// The place of a refusal's code; a new code does not compile until it has one.
pub(super) fn place(refusal: &Refusal) -> usize {
    match refusal {
        Refusal::Forbidden => 0,
        Refusal::NotFound { .. } => 1,
        Refusal::AlreadyExists { .. } => 2,
        Refusal::ChangedMeanwhile { .. } => 3,
        Refusal::ContentChanged { .. } => 4,
        Refusal::WrongState { .. } => 5,
        Refusal::PlanExists { .. } => 6,
        Refusal::PlanEmpty => 7,
        Refusal::WeightsDoNotSum { .. } => 8,
        Refusal::WeightOutOfRange { .. } => 9,
        Refusal::FieldMissing { .. } => 10,
        Refusal::TextTooLong { .. } => 11,
        Refusal::OutOfRange { .. } => 12,
        Refusal::UnknownValue { .. } => 13,
        Refusal::NoSuperior { .. } => 14,
        Refusal::ScoresMissing { .. } => 15,
        Refusal::Circular => 16,
        Refusal::AlreadyFounded => 17,
        Refusal::RegimeInvalid { .. } => 18,
        Refusal::OnlineOnly => 19,
        Refusal::UnknownKind { .. } => 20,
        Refusal::Malformed { .. } => 21,
        Refusal::LimitPassed { .. } => 22,
        Refusal::LastAdministrator => 23,
        Refusal::UnitInUse { .. } => 24,
        Refusal::Retroactive { .. } => 25,
        Refusal::NothingToDecide => 26,
        Refusal::NeverJudged => 27,
        Refusal::NothingToJudge => 28,
        Refusal::PeriodSealed => 29,
        Refusal::SectionWeightsDoNotSum { .. } => 30,
        Refusal::SuperiorNotLate { .. } => 31,
        Refusal::ObjectionWindowPassed { .. } => 32,
        Refusal::WitnessUnfit { .. } => 33,
        Refusal::SealNotReady { .. } => 34,
        Refusal::ChangeTooLate { .. } => 35,
        Refusal::ChangeDecided { .. } => 36,
        Refusal::CarriedFinished { .. } => 37,
        Refusal::AlreadyCarried { .. } => 38,
        Refusal::NotASource { .. } => 39,
        Refusal::BeingClosed { .. } => 40,
        Refusal::OwnEntry => 41,
        Refusal::EntryDecided { .. } => 42,
        Refusal::NotAllJudged { .. } => 63,
        Refusal::NoticeOpen { .. } => 62,
        Refusal::NothingToPublish => 43,
        Refusal::FundTooSmall { .. } => 44,
        Refusal::WaitsForStep { .. } => 45,
        Refusal::ApprovesOnly => 46,
        Refusal::CarryMissing { .. } => 47,
        Refusal::ConsentMissing { .. } => 48,
        Refusal::FilledByOthers { .. } => 49,
        Refusal::ChangeTooEarly { .. } => 50,
        Refusal::PeriodClosed { .. } => 51,
        Refusal::GradeOpen => 52,
        Refusal::CohortOpen { .. } => 53,
        Refusal::OwnBase => 54,
        Refusal::BatchTaken { .. } => 55,
        Refusal::PayMonthOver { .. } => 56,
        Refusal::NothingToPay => 57,
        Refusal::NotCovered { .. } => 58,
        Refusal::ListFirst => 59,
        Refusal::AppealWindowPassed { .. } => 60,
        Refusal::NoInstance { .. } => 61,
    }
}

pub(super) fn examples() -> Vec<Refusal> {
    let mut examples = of_drafting();
    examples.extend(of_changes());
    examples.extend(of_the_rest());
    examples.extend(of_the_seal());
    examples.extend(of_the_steps());
    examples
}

fn of_the_steps() -> Vec<Refusal> {
    let items = vec![item_id(1)];
    vec![
        Refusal::WaitsForStep {
            step: shared::regime::Name {
                zh: text("部门会签"),
                en: text("Heads countersign"),
            },
        },
        Refusal::ApprovesOnly,
        Refusal::CarryMissing {
            items: vec![(PlanId::from_bits(31), item_id(1))],
        },
        Refusal::ConsentMissing {
            items: items.clone(),
        },
        Refusal::FilledByOthers {
            field: text("section"),
            key: text("leader"),
        },
        Refusal::ChangeTooEarly { items, days: 3 },
        Refusal::PeriodClosed {
            period: NOVEMBER,
            act: shared::regime::cycle::PeriodAct::SubmissionClosed,
        },
    ]
}

fn text(text: &str) -> String {
    text.to_owned()
}

fn of_drafting() -> Vec<Refusal> {
    let item = Some(item_id(1));
    vec![
        Refusal::Forbidden,
        Refusal::not_found("plan"),
        Refusal::already_exists("unit"),
        Refusal::ChangedMeanwhile {
            item,
            field: text("title"),
            current: json!("新"),
        },
        Refusal::ContentChanged {
            current: "5".repeat(64),
        },
        Refusal::WrongState {
            state: PlanState::Submitted,
        },
        Refusal::PlanExists {
            plan: PlanId::from_bits(31),
        },
        Refusal::PlanEmpty,
        Refusal::WeightsDoNotSum {
            is: Points(9_999),
            must: Points(10_000),
        },
        Refusal::WeightOutOfRange {
            item: item_id(1),
            most: Points(10_000),
        },
        Refusal::FieldMissing {
            item,
            field: text("responsible"),
        },
        Refusal::TextTooLong {
            field: text("title"),
            most: 200,
        },
        Refusal::OutOfRange {
            field: text("percent"),
            least: text("0"),
            most: text("100"),
        },
        Refusal::UnknownValue {
            field: text("section"),
            given: text("other"),
        },
    ]
}

fn of_changes() -> Vec<Refusal> {
    vec![
        Refusal::ChangeTooLate {
            items: vec![item_id(1)],
        },
        Refusal::ChangeDecided {
            state: ChangeState::Withdrawn,
        },
        Refusal::CarriedFinished {
            items: vec![item_id(1), item_id(2)],
        },
        Refusal::AlreadyCarried { item: item_id(1) },
        Refusal::NotASource {
            plan: PlanId::from_bits(31),
        },
    ]
}

fn of_the_rest() -> Vec<Refusal> {
    vec![
        Refusal::NoSuperior { owner: MANAGER },
        Refusal::ScoresMissing {
            items: vec![item_id(1), item_id(2)],
        },
        Refusal::Circular,
        Refusal::LastAdministrator,
        Refusal::UnitInUse {
            units: 1,
            assignments: 12,
        },
        Refusal::Retroactive {
            field: text("to"),
            least: day(2026, 10, 1),
        },
        Refusal::NothingToDecide,
        Refusal::AlreadyFounded,
        Refusal::OwnEntry,
        Refusal::EntryDecided {
            state: shared::ledger::EntryState::Reversed,
        },
        Refusal::NothingToPublish,
        Refusal::NotAllJudged { plans: 3 },
        Refusal::NoticeOpen {
            people: vec![WORKER],
            count: 1,
        },
        Refusal::FundTooSmall {
            balance: shared::quantity::Fen(4_000),
        },
        Refusal::OwnBase,
        Refusal::BatchTaken { number: 3 },
        Refusal::PayMonthOver {
            last: day(2026, 12, 1),
        },
        Refusal::NothingToPay,
        Refusal::RegimeInvalid {
            findings: vec![Finding {
                place: text("/bands/1/from"),
                problem: Problem::Unreachable {
                    highest: Points(10_000),
                },
            }],
        },
        Refusal::OnlineOnly,
        Refusal::UnknownKind {
            kind: text("fly@1"),
        },
        Refusal::Malformed {
            at: text("weigh: missing field `plan`"),
        },
        Refusal::LimitPassed {
            limit: text("items_per_plan"),
            most: 200,
        },
    ]
}

fn of_the_seal() -> Vec<Refusal> {
    let until = day(2026, 12, 9);
    vec![
        Refusal::NeverJudged,
        Refusal::NothingToJudge,
        Refusal::GradeOpen,
        Refusal::ListFirst,
        Refusal::AppealWindowPassed {
            until: day(2026, 12, 9),
        },
        Refusal::NoInstance {
            level: Level::Second,
        },
        Refusal::NotCovered {
            why: NotCovered::Level,
            owner: WORKER,
        },
        Refusal::CohortOpen {
            open: vec![
                Unsettled::Lacks(WORKER, Missing::Result(PLAN)),
                Unsettled::Department(PLAN),
                Unsettled::Cohort(CohortOpen::Tie {
                    cohort: CohortKey::Unit(LINE),
                    quota: 0,
                    places: 1,
                    people: vec![WORKER, KEEPER],
                }),
            ],
        },
        Refusal::SealNotReady {
            missing: vec![
                Missing::Result(PLAN),
                Missing::Cohort(LINE),
                Missing::Notice,
                Missing::Hanging(day(2026, 12, 9)),
            ],
        },
        Refusal::PeriodSealed,
        Refusal::BeingClosed { period: NOVEMBER },
        Refusal::SectionWeightsDoNotSum {
            section: text("key_work"),
            is: Points(9_000),
            must: Points(10_000),
        },
        Refusal::SuperiorNotLate {
            judge: MANAGER,
            until: Some(until),
        },
        Refusal::ObjectionWindowPassed { until },
        Refusal::WitnessUnfit { person: WORKER },
        Refusal::SealNotReady {
            missing: vec![
                Missing::Part(STORE),
                Missing::Publication(PLAN),
                Missing::Delivery(PLAN),
                Missing::Answer(PLAN, until),
                Missing::Decision(PLAN),
            ],
        },
    ]
}
