//! Examples of evidence: attached, withdrawn, and its row in every form.

use shared::command::Command;
use shared::command::evidence::{AttachEvidence, WithdrawEvidence};
use shared::evidence::{ContentHash, Evidence, MediaType};
use shared::id::{EvidenceId, ReportId};
use shared::moment::Times;
use shared::row::Row;

use crate::prelude::*;

const EVIDENCE: EvidenceId = EvidenceId::from_bits(0x61);

pub(super) fn commands() -> Vec<Command> {
    let (plan, item, evidence) = (PLAN, item_id(1), EVIDENCE);
    vec![
        Command::AttachEvidence(AttachEvidence {
            evidence,
            plan,
            item,
            report: Some(ReportId::from_bits(71)),
            name: "验收单.jpg".into(),
            media: MediaType::Jpeg,
            bytes: 312_000,
            hash: ContentHash::of(b"a photo"),
        }),
        Command::WithdrawEvidence(WithdrawEvidence {
            plan,
            item,
            evidence,
            withdrawn: true,
        }),
    ]
}

pub(super) fn rows(times: Times) -> Vec<Row> {
    let first = Evidence {
        id: EVIDENCE,
        plan: PLAN,
        item: item_id(1),
        report: None,
        name: "验收单.jpg".into(),
        media: MediaType::Jpeg,
        bytes: 312_000,
        hash: ContentHash::of(b"a photo"),
        by: WORKER,
        times,
        judge: None,
        withdrawn: None,
    };
    let full = Evidence {
        id: EvidenceId::from_bits(0x62),
        report: Some(ReportId::from_bits(71)),
        name: "台账.xlsx".into(),
        media: MediaType::Xlsx,
        hash: ContentHash::of(b"a workbook"),
        judge: Some(MANAGER),
        withdrawn: Some(times),
        ..first.clone()
    };
    vec![Row::Evidence(first), Row::Evidence(full)]
}
