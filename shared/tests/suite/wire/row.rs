//! One example of every kind of row, each field filled.

use shared::command::Command;
use shared::id::{AppointmentId, AssignmentId, PersonId, ReportId, ReportingLineId};
use shared::moment::{InForce, Times, UtcMillis};
use shared::organisation::{
    Appointment, Assignment, Company, Line, Office, Person, ReportingLine, Tenure, Unit,
};
use shared::part_score::{PartScore, RaterScore};
use shared::period::{Period, PeriodKind};
use shared::plan::{Plan, PlanState, Scope, Signed};
use shared::quantity::Points;
use shared::quantity::Quantity;
use shared::regime::RegimeVersion;
use shared::report::{Report, ReportKind};
use shared::result::PlanResult;
use shared::row::Row;
use shared::score::{Judgement, Score};

use super::command::full_item;
use crate::format_1;
use crate::prelude::*;

/// How many kinds there are.
pub(super) const KINDS: usize = 52;

/// The place of a row's kind; a new kind does not compile until it has one.
pub(super) fn place(row: &Row) -> usize {
    match row {
        Row::Company(_) => 0,
        Row::Unit(_) => 1,
        Row::Person(_) => 2,
        Row::Assignment(_) => 3,
        Row::ReportingLine(_) => 4,
        Row::Appointment(_) => 5,
        Row::Regime(_) => 6,
        Row::Period(_) => 7,
        Row::Plan(_) => 8,
        Row::Item(_) => 9,
        Row::Report(_) => 10,
        Row::SelfScore(_) => 11,
        Row::SuperiorScore(_) => 12,
        Row::Result(_) => 13,
        Row::WorkCalendar(_) => 14,
        Row::CalendarUse(_) => 15,
        Row::HolidayNotice(_) => 16,
        Row::Absence(_) => 17,
        Row::SuperiorScoreBy(_) => 18,
        Row::Baseline(_) => 19,
        Row::ChangeRequest(_) => 20,
        Row::Help(_) => 21,
        Row::Delivery(_) => 22,
        Row::Answer(_) => 23,
        Row::SealedResult(_) => 24,
        Row::Unapplied(_) => 25,
        Row::Closing(_) => 26,
        Row::Evidence(_) => 27,
        Row::RoleHolder(_) => 28,
        Row::Delegation(_) => 29,
        Row::LedgerEntry(_) => 30,
        Row::TariffSheet(_) => 31,
        Row::FundLine(_) => 32,
        Row::PartScore(_) => 33,
        Row::RaterScore(_) => 34,
        Row::IndicatorValue(_) => 35,
        Row::GivenGrade(_) => 36,
        Row::CohortResult(_) => 37,
        Row::TieDecision(_) => 38,
        Row::PayBase(_) => 39,
        Row::MinimumWage(_) => 40,
        Row::Payable(_) => 41,
        Row::PayBatch(_) => 42,
        Row::PaySlip(_) => 43,
        Row::Classification(_) => 44,
        Row::PublicList(_) => 45,
        Row::ListObjection(_) => 46,
        Row::Appeal(_) => 47,
        Row::DecisionDelivery(_) => 48,
        Row::Revealed(_) => 49,
        Row::SpotSample(_) => 50,
        Row::SpotCheck(_) => 51,
    }
}

const TIMES: Times = Times {
    claimed: UtcMillis(1_794_000_000_000),
    received: UtcMillis(1_794_000_000_700),
    recorded: UtcMillis(1_794_000_000_900),
};

pub(super) fn examples() -> Vec<Row> {
    let mut rows = organisation();
    rows.extend(super::time::rows(TIMES));
    rows.extend(document());
    rows.extend(raters());
    rows.extend(super::change::rows(TIMES));
    rows.extend(super::seal::rows(TIMES));
    rows.extend(super::unapplied::rows(TIMES));
    rows.extend(super::evidence::rows(TIMES));
    rows.extend(super::signing::rows(TIMES));
    rows.extend(super::ledger::rows(TIMES));
    rows.extend(super::closing::rows(TIMES));
    rows.extend(super::payroll::rows(TIMES));
    rows.extend(super::after::rows(TIMES));
    rows
}

fn organisation() -> Vec<Row> {
    let in_force = InForce {
        from: day(2026, 1, 1),
        to: Some(day(2026, 12, 31)),
    };
    vec![
        Row::Company(Company {
            root: ROOT,
            utc_offset: 480,
        }),
        Row::Unit(Unit {
            id: LINE,
            name: "一线".into(),
            name_en: "Line".into(),
            parent: Some(ROOT),
            in_force: InForce {
                to: None,
                ..in_force
            },
            former: Vec::new(),
            successors: Vec::new(),
        }),
        Row::Person(Person {
            id: WORKER,
            name: "王小明".into(),
        }),
        Row::Assignment(Assignment {
            id: AssignmentId::from_bits(51),
            person: WORKER,
            unit: LINE,
            post: "操作工".into(),
            tenure: Tenure::Acting,
            heads: true,
            in_force,
        }),
        Row::ReportingLine(ReportingLine {
            id: ReportingLineId::from_bits(61),
            person: WORKER,
            superior: MANAGER,
            line: Line::Administrative,
            in_force,
        }),
        Row::Appointment(Appointment {
            id: AppointmentId::from_bits(42),
            person: WORKER,
            office: Office::Administrator,
            in_force,
        }),
        super::kept_row("regime"),
        Row::Regime({
            let regime = format_1::three_sections().into();
            let mut version = RegimeVersion::new(REGIME, regime);
            version.digest = "5".repeat(64);
            version
        }),
        Row::Regime(RegimeVersion::new(REGIME, super::rule_text())),
        Row::Period(Period {
            id: NOVEMBER,
            kind: PeriodKind::Month,
            from: day(2026, 11, 1),
            to: day(2026, 11, 30),
            regime: REGIME,
            opened: None,
            marks: Vec::new(),
        }),
    ]
}

fn score(by: PersonId, judgement: Judgement) -> Score {
    Score {
        plan: PLAN,
        item: item_id(1),
        by,
        judge: MANAGER,
        judgement,
        note: "见验收单".into(),
        times: TIMES,
        on_behalf: false,
        timed: None,
    }
}

fn document() -> Vec<Row> {
    let signed = |reason: &str| {
        Some(Signed {
            by: MANAGER,
            times: TIMES,
            reason: reason.into(),
            timed: None,
        })
    };
    vec![
        Row::Plan(Plan {
            id: PLAN,
            unit: LINE,
            period: NOVEMBER,
            scope: Scope::Personal,
            owner: WORKER,
            state: PlanState::Approved,
            judge: None,
            submitted: signed(""),
            returned: signed("指标偏低"),
            approved: signed(""),
            withdrawn: None,
            returned_with: Vec::new(),
            signs: Vec::new(),
            signers: Vec::new(),
            raters: Vec::new(),
            hearers: Vec::new(),
            contested: Vec::new(),
        }),
        Row::Item(full_item()),
        Row::Report(Report {
            id: ReportId::from_bits(71),
            plan: PLAN,
            item: item_id(1),
            kind: ReportKind::Progress,
            by: WORKER,
            percent: 40,
            quantity: Some(Quantity(-5)),
            note: "半成品已入库".into(),
            happened: day(2026, 11, 9),
            times: TIMES,
            of: None,
            reason: String::new(),
            paper: false,
            confirmed: None,
            judge: None,
            timed: None,
        }),
        Row::SelfScore(score(WORKER, carried_out("late", "qualified"))),
        Row::SuperiorScore(score(MANAGER, Judgement::NotCarriedOut)),
        // What the first arithmetic published.
        super::kept_row("result"),
        Row::Result(published()),
        // What the third arithmetic published.
        Row::Result(PlanResult {
            times: TIMES,
            ..crate::rule_text::published().1
        }),
    ]
}

/// What raters say of parts, and beside the superior.
fn raters() -> Vec<Row> {
    vec![
        Row::PartScore(PartScore {
            plan: PLAN,
            part: "a".into(),
            criterion: "format".into(),
            rater: "superior".into(),
            by: MANAGER,
            judge: MANAGER,
            points: Points(100),
            note: "两处格式错误".into(),
            times: TIMES,
        }),
        Row::RaterScore(RaterScore {
            rater: "panel".into(),
            score: score(
                PLAN_OFFICE,
                Judgement::Level {
                    level: "good".into(),
                    off: [("quality".to_owned(), Points(20))].into(),
                },
            ),
        }),
    ]
}

/// A result as the program publishes it; its figures are those of the first worked example.
fn published() -> PlanResult {
    let mut story = Story::approved(&[3_333, 3_333, 3_334]);
    let judgements = [
        ("on_time", "excellent"),
        ("late", "good"),
        ("on_time", "good"),
    ];
    for (n, (efficiency, quality)) in (1..).zip(judgements) {
        let judgement = Some(carried_out(efficiency, quality));
        story.must(
            MANAGER,
            Command::ScoreSuperior(crate::prelude::score(n, None, judgement)),
        );
    }
    story.must(MANAGER, story.publish());
    let result = story.document().result().cloned().unwrap();
    PlanResult {
        times: TIMES,
        ..result
    }
}
