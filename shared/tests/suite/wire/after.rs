//! Examples of public lists, objections to them and appeals, each field filled.

use shared::appeal::{Appeal, Decided, DecisionDelivery, Level};
use shared::command::Command;
use shared::command::appeal::{AcceptDecision, AppealResult, DecideAppeal, DeliverDecision};
use shared::command::public_list::{DecideListObjection, HangList, ObjectToList};
use shared::command::spot_check::{CheckResult, DrawSample};
use shared::id::{EvidenceId, ListId};
use shared::moment::Times;
use shared::plan::Signed;
use shared::public_list::{ListObjection, Named, PublicList, UnitAverage};
use shared::quantity::{BasisPoints, Points};
use shared::revealed::{ItemFigure, PartFigure, Revealed};
use shared::row::Row;
use shared::score::Judgement;
use shared::seal::{DeliveryKind, ObjectionDecision};
use shared::spot_check::{SpotCheck, SpotSample};

use crate::prelude::*;

const LIST: ListId = ListId::from_bits(91);

pub(super) fn rows(times: Times) -> Vec<Row> {
    let mut rows = vec![revealed()];
    rows.extend(checked(times));
    rows.extend(heard(times));
    rows
}

fn revealed() -> Row {
    Row::Revealed(Box::new(Revealed {
        plan: OWN,
        version: 2,
        items: vec![ItemFigure {
            item: item_id(1),
            rater: "committee".into(),
            by: KEEPER,
            judgement: Judgement::points(Points(8_000)),
            note: "现场核对".into(),
        }],
        parts: vec![PartFigure {
            part: "conduct".into(),
            criterion: "discipline".into(),
            rater: "superior".into(),
            by: LINE_HEAD,
            points: Points(1_850),
            note: "无违纪".into(),
        }],
    }))
}

fn checked(times: Times) -> Vec<Row> {
    vec![
        Row::SpotSample(Box::new(SpotSample {
            period: NOVEMBER,
            seed: "5eed".repeat(16),
            of: 12,
            share: BasisPoints(1_000),
            drawn: vec![OWN, PLAN],
            signed: Signed {
                by: KEEPER,
                times,
                reason: String::new(),
                timed: None,
            },
        })),
        Row::SpotCheck(Box::new(SpotCheck {
            plan: OWN,
            version: 2,
            judge: LINE_HEAD,
            by: KEEPER,
            fair: false,
            reason: "与检查记录不符".into(),
            evidence: vec![EvidenceId::from_bits(0xe1)],
            times,
        })),
    ]
}

fn heard(times: Times) -> Vec<Row> {
    vec![
        Row::PublicList(Box::new(PublicList {
            id: LIST,
            period: NOVEMBER,
            units: vec![LINE],
            named: vec![Named {
                unit: LINE,
                person: WORKER,
                band: "a".into(),
                plan: OWN,
                version: 2,
            }],
            averages: vec![UnitAverage {
                unit: LINE,
                heads: 3,
                average: Points(8_733),
            }],
            hung: Signed {
                by: PLAN_OFFICE,
                times,
                reason: String::new(),
                timed: None,
            },
        })),
        Row::Appeal(Box::new(Appeal {
            plan: OWN,
            version: 2,
            level: Level::Second,
            by: WORKER,
            times,
            reason: "申诉没有看验收单".into(),
            hearers: vec![STORE_HEAD],
            decided: Some(ObjectionDecision {
                by: STORE_HEAD,
                times,
                upheld: false,
                reason: "验收单已核对".into(),
            }),
        })),
        Row::DecisionDelivery(DecisionDelivery {
            plan: OWN,
            version: 2,
            of: Decided::Appeal,
            how: DeliveryKind::Opened,
            by: WORKER,
            times,
            accepted: Some(times),
        }),
        Row::ListObjection(Box::new(ListObjection {
            plan: OWN,
            version: 2,
            list: LIST,
            by: KEEPER,
            deciders: vec![PLAN_OFFICE, MANAGER],
            reason: "停机当天不在岗".into(),
            times,
            decided: Some(ObjectionDecision {
                by: MANAGER,
                times,
                upheld: true,
                reason: "情况属实".into(),
            }),
        })),
    ]
}

pub(super) fn commands() -> Vec<Command> {
    vec![
        Command::DeliverDecision(DeliverDecision {
            plan: OWN,
            version: 2,
            of: Decided::Objection,
            how: DeliveryKind::Paper,
        }),
        Command::AcceptDecision(AcceptDecision {
            plan: OWN,
            version: 2,
            of: Decided::Appeal,
        }),
        Command::AppealResult(AppealResult {
            plan: OWN,
            version: 2,
            to: Level::Appeal,
            reason: "申诉没有看验收单".into(),
        }),
        Command::DecideAppeal(DecideAppeal {
            plan: OWN,
            version: 2,
            level: Level::Second,
            upheld: true,
            reason: "验收单已核对".into(),
        }),
        Command::HangList(HangList {
            list: LIST,
            period: NOVEMBER,
            units: vec![LINE],
            seen: "0e".repeat(32),
        }),
        Command::ObjectToList(ObjectToList {
            list: LIST,
            plan: OWN,
            reason: "停机当天不在岗".into(),
        }),
        Command::DrawSample(DrawSample { period: NOVEMBER }),
        Command::CheckResult(CheckResult {
            plan: OWN,
            version: 2,
            fair: false,
            reason: "与检查记录不符".into(),
            evidence: vec![EvidenceId::from_bits(0xe1)],
        }),
        Command::DecideListObjection(DecideListObjection {
            plan: OWN,
            list: LIST,
            by: KEEPER,
            upheld: true,
            reason: "情况属实".into(),
        }),
    ]
}
