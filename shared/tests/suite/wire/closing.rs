//! Examples of indicators, grades by decision and what cohorts leave, each field filled.

use shared::cohort::{CohortFacts, CohortKey, CohortResult, TieDecision};
use shared::command::Command;
use shared::command::cohort::{DecideTie, ReturnResult, SettleCohort};
use shared::command::grade::{EnterIndicator, GiveGrade};
use shared::given_grade::{GivenGrade, GradeStated};
use shared::indicator::{IndicatorValue, Reading};
use shared::item::Edit;
use shared::moment::Times;
use shared::quantity::{BasisPoints, Points, Quantity};
use shared::result::engine_3::Node;
use shared::result::engine_3::cohort::{CeilingFacts, Places};
use shared::result::engine_3::inputs::{KnownResult, ResultFact};
use shared::result::engine_3::node::{Kind, Op, Subject};
use shared::row::Row;
use shared::seal::{Closed, Filled};

use crate::prelude::*;

const READING: Reading = Reading {
    reached: Quantity(10_800_000),
    target: Some(Quantity(12_000_000)),
};

pub(super) fn rows(times: Times) -> Vec<Row> {
    let stated = |level: &str, by| {
        Some(GradeStated {
            level: level.into(),
            by,
            reason: "全年出色".into(),
            times,
        })
    };
    vec![
        Row::IndicatorValue(IndicatorValue {
            plan: PLAN,
            indicator: "revenue".into(),
            reading: READING,
            by: PLAN_OFFICE,
            note: "财务月报".into(),
            times,
        }),
        Row::GivenGrade(Box::new(GivenGrade {
            plan: PLAN,
            judge: MANAGER,
            deciders: vec![STORE_HEAD],
            proposed: stated("excellent", MANAGER),
            decided: stated("competent", STORE_HEAD),
        })),
        Row::CohortResult(Box::new(CohortResult {
            plan: PLAN,
            person: LINE_HEAD,
            period: NOVEMBER,
            cohort: CohortKey::Unit(ROOT),
            of: vec![(PLAN, 2, "0a".repeat(32))],
            closed: closed(),
            total: Points(9_400),
            coefficient: BasisPoints(11_000),
            by: PLAN_OFFICE,
            times,
        })),
        Row::TieDecision(Box::new(TieDecision {
            period: NOVEMBER,
            unit: ROOT,
            people: vec![KEEPER, WORKER],
            reason: "先看安全".into(),
            by: MANAGER,
            times,
        })),
    ]
}

/// What a cohort left of somebody who was moved out of the best band.
pub(super) fn closed() -> Closed {
    let facts = CohortFacts {
        heads: 17,
        exempt: 1,
        pooled: 2,
        places: vec![Places {
            quota: 0,
            of: 3,
            used: 3,
            cut_off: Some(Points(9_510)),
        }],
        ceiling: Some(CeilingFacts {
            ceiling: Points(8_800),
            sum: Points(150_000),
            heads: 9,
        }),
    };
    Closed {
        digest: facts.digest(),
        facts: Some(facts),
        filled: vec![Filled {
            plan: PLAN,
            results: vec![ResultFact {
                place: 0,
                plan: OWN,
                known: Some(KnownResult {
                    version: 1,
                    digest: "0b".repeat(32),
                    total: Points(8_800),
                    band: Some(1),
                }),
            }],
        }],
        quota: Some(0),
        over_quota: true,
        late: true,
        rank: Some(4),
        band: Some("b".into()),
        tape: vec![Node {
            op: Op::Quota,
            subject: Subject::new(Kind::Band, 1),
            a: 0,
            b: 11_000,
            children: 1,
            value: 94_000_000,
        }],
        root: "0c".repeat(32),
    }
}

pub(super) fn commands() -> Vec<Command> {
    vec![
        Command::EnterIndicator(EnterIndicator {
            plan: PLAN,
            indicator: "revenue".into(),
            reading: Edit {
                old: None,
                new: Some(READING),
            },
            note: "财务月报".into(),
        }),
        Command::GiveGrade(GiveGrade {
            plan: PLAN,
            decided: true,
            level: Edit {
                old: Some("excellent".into()),
                new: Some("competent".into()),
            },
            reason: "全年出色".into(),
        }),
        Command::SettleCohort(SettleCohort {
            period: NOVEMBER,
            cohort: CohortKey::Unit(LINE),
            seen: "0d".repeat(32),
        }),
        Command::ReturnResult(ReturnResult {
            plan: PLAN,
            version: 1,
            reason: "部门平均分超过上限".into(),
        }),
        Command::DecideTie(DecideTie {
            period: NOVEMBER,
            people: vec![KEEPER, WORKER],
            reason: "先看安全".into(),
        }),
    ]
}
