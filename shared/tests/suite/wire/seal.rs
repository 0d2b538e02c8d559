//! Examples of what follows a publication: delivery, answer, decision, seal; each field filled.

use shared::closing::Closing;
use shared::command::Command;
use shared::command::seal::{
    AnswerResult, BeginClosing, DecideObjection, DeliverResult, EndClosing, SealResult,
};
use shared::id::{CommandId, PlanId};
use shared::moment::Times;
use shared::quantity::{BasisPoints, Points};
use shared::result::Step;
use shared::row::Row;
use shared::score::{Judgement, Score};
use shared::seal::{
    Answer, Assessment, Delivery, DeliveryKind, ObjectionDecision, ResultAnswer, SealedPart,
    SealedResult,
};

use crate::prelude::*;

const OTHER: PlanId = PlanId::from_bits(32);

pub(super) fn commands() -> Vec<Command> {
    let (plan, version, seen) = (PLAN, 2, "5".repeat(64));
    vec![
        Command::DeliverResult(DeliverResult {
            plan,
            version,
            how: DeliveryKind::Refused([STORE_HEAD, KEEPER]),
        }),
        Command::DeliverResult(DeliverResult {
            plan,
            version,
            how: DeliveryKind::Opened,
        }),
        Command::AnswerResult(AnswerResult {
            plan,
            version,
            seen: seen.clone(),
            answer: ResultAnswer::Objected("第二项已于19日验收".into()),
        }),
        Command::AnswerResult(AnswerResult {
            plan,
            version,
            seen: seen.clone(),
            answer: ResultAnswer::Signed,
        }),
        Command::DecideObjection(DecideObjection {
            plan,
            version,
            upheld: true,
            reason: "验收单属实".into(),
        }),
        Command::SealResult(SealResult {
            plan,
            parts: vec![OTHER],
            seen,
        }),
        Command::BeginClosing(BeginClosing {
            closing: CommandId::from_bits(0xc105),
            period: NOVEMBER,
            units: vec![LINE, STORE],
        }),
        Command::EndClosing(EndClosing {
            closing: CommandId::from_bits(0xc105),
        }),
    ]
}

pub(super) fn rows(times: Times) -> Vec<Row> {
    let (plan, version) = (PLAN, 2);
    vec![
        Row::SuperiorScoreBy(Score {
            plan,
            item: item_id(1),
            by: MANAGER,
            judge: MANAGER,
            judgement: Judgement::points(Points(3_850)),
            note: "见检验记录".into(),
            times,
            on_behalf: true,
            timed: None,
        }),
        Row::Delivery(Delivery {
            plan,
            version,
            how: DeliveryKind::Refused([STORE_HEAD, KEEPER]),
            by: LINE_HEAD,
            times,
        }),
        Row::Answer(Answer {
            plan,
            version,
            by: WORKER,
            times,
            answer: ResultAnswer::Objected("第二项已于19日验收".into()),
            decided: Some(ObjectionDecision {
                by: MANAGER,
                times,
                upheld: false,
                reason: "验收单为21日".into(),
            }),
        }),
        Row::SealedResult(sealed(times)),
        Row::SealedResult(SealedResult {
            engine_version: 3,
            closed: Some(Box::new(super::closing::closed())),
            ..sealed(times)
        }),
        Row::Closing(Closing {
            id: CommandId::from_bits(0xc105),
            period: NOVEMBER,
            units: vec![LINE],
            by: PLAN_OFFICE,
            times,
            ended: Some(times),
        }),
    ]
}

/// Two parts of ten and eleven working days, in place of a provisional coefficient.
fn sealed(times: Times) -> SealedResult {
    let part = |plan, unit, working_days, total| SealedPart {
        plan,
        unit,
        version: 1,
        working_days,
        total: Points(total),
        digest: "6".repeat(64),
    };
    let step = |plan, working_days, total, over, under| Step::Part {
        plan,
        working_days,
        total: Points(total),
        over,
        under,
    };
    let (total, coefficient) = (Points(9_012), BasisPoints(11_000));
    SealedResult {
        plan: PLAN,
        version: 2,
        person: WORKER,
        period: NOVEMBER,
        unit: LINE,
        assessment: Assessment::Assessed,
        parts: vec![part(OTHER, STORE, 10, 8_667), part(PLAN, LINE, 11, 9_325)],
        derivation: vec![
            step(OTHER, 10, 8_667, 86_667, 10),
            step(PLAN, 11, 9_325, 9_325, 1),
            Step::Parts {
                working_days: 21,
                millionths: 90_115_238,
            },
            Step::Rounded { total },
            Step::Band {
                from: Some(Points(9_000)),
                coefficient,
            },
            Step::Replaces {
                version: 1,
                total: Points(0),
                coefficient: BasisPoints(10_000),
            },
        ],
        total,
        coefficient,
        regime_digest: "5".repeat(64),
        baseline_digests: vec!["7".repeat(64)],
        inputs_digest: "8".repeat(64),
        head_count: 6,
        engine_version: 2,
        closed: None,
        by: PLAN_OFFICE,
        times,
        digest: "9".repeat(64),
    }
}
