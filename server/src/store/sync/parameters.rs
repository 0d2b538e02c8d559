//! What a batch hands to the engine: one JSON array a table.
//!
//! The names of the fields are those that the statements take out again.

use std::collections::BTreeSet;

use serde::Serialize;
use shared::id::{CommandId, PersonId, PlanId};
use shared::moment::UtcMillis;
use shared::partition::PartitionId;
use shared::row::RowKey;
use shared::sync::server::store::{Commit, Head, LogWrite, Receipt, RowWrite};

/// The arrays of a commit.
#[derive(Debug, Clone)]
pub struct Parameters {
    /// For `append_log`.
    pub log: String,
    /// For `put_heads`.
    pub heads: String,
    /// For `put_rows`.
    pub rows: String,
}

impl Parameters {
    /// Writes the arrays.
    pub fn of(commit: &Commit) -> Self {
        let log: Vec<_> = commit.log.iter().map(LogParameter::of).collect();
        let heads: Vec<_> = commit.heads.iter().map(HeadParameter::of).collect();
        let rows = commit.rows.iter();
        let rows: Vec<_> = rows
            .map(|row| RowParameter::of(row, commit.recorded))
            .collect();
        Self {
            log: json(&log),
            heads: json(&heads),
            rows: json(&rows),
        }
    }
}

#[derive(Serialize)]
struct HeadParameter<'a> {
    id: PartitionId,
    head: u64,
    checksum: i64,
    chain_hash: &'a str,
}

impl<'a> HeadParameter<'a> {
    fn of((id, head): (&PartitionId, &'a Head)) -> Self {
        let checksum = head.checksum.cast_signed();
        Self {
            id: *id,
            head: head.head,
            checksum,
            chain_hash: &head.chain,
        }
    }
}

#[derive(Serialize)]
struct RowParameter<'a> {
    partition: PartitionId,
    kind: &'static str,
    id: PlanId,
    document: String,
    home: u8,
    ver: u64,
    body: &'a str,
    gone_at: i64,
}

impl<'a> RowParameter<'a> {
    fn of(write: &'a RowWrite, at: UtcMillis) -> Self {
        Self {
            partition: write.partition,
            kind: write.key.kind.word(),
            id: PlanId::from_bits(write.key.bits),
            document: write
                .document
                .map(|document| document.to_string())
                .unwrap_or_default(),
            home: u8::from(write.home),
            ver: write.ver,
            body: write.text.as_deref().unwrap_or_default(),
            gone_at: write.text.as_ref().map_or(at.0, |_| 0),
        }
    }
}

#[derive(Serialize)]
struct LogParameter<'a> {
    cmd_id: CommandId,
    turn: u32,
    payload_hash: &'a str,
    bytes: &'a str,
    actor: PersonId,
    device: String,
    lanes: String,
    prevs: String,
    word: &'static str,
    outcome: String,
    reads: String,
    touched: String,
    changes: &'a str,
    places: String,
    engine: u32,
    claimed_at: i64,
    received_at: i64,
    recorded_at: i64,
}

impl<'a> LogParameter<'a> {
    fn of(entry: &'a LogWrite) -> Self {
        Self {
            cmd_id: entry.cmd_id,
            turn: entry.turn,
            payload_hash: &entry.payload_hash,
            bytes: &entry.bytes,
            actor: entry.actor,
            device: entry.device.to_string(),
            lanes: json(&entry.lanes),
            prevs: json(&entry.prevs),
            word: entry.outcome.word(),
            outcome: json(&entry.outcome),
            reads: json(&entry.reads),
            touched: json(&entry.touched),
            changes: &entry.changes,
            places: json(&entry.places),
            engine: entry.engine,
            claimed_at: entry.claimed_at.0,
            received_at: entry.received_at.0,
            recorded_at: entry.recorded_at.0,
        }
    }
}

/// Writes the array of arrivals for `receive`.
pub fn receipts(receipts: &[Receipt]) -> String {
    let all: Vec<_> = receipts.iter().map(ReceiptParameter::of).collect();
    json(&all)
}

#[derive(Serialize)]
struct ReceiptParameter<'a> {
    cmd_id: CommandId,
    payload_hash: &'a str,
    actor: PersonId,
    received_at: i64,
}

impl<'a> ReceiptParameter<'a> {
    fn of(receipt: &'a Receipt) -> Self {
        Self {
            cmd_id: receipt.cmd_id,
            payload_hash: &receipt.payload_hash,
            actor: receipt.actor,
            received_at: receipt.received.0,
        }
    }
}

/// Writes a parameter.
pub fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("parameters have text keys and finite numbers")
}

#[derive(Serialize)]
struct KeyParameter {
    partition: PartitionId,
    document: String,
    kind: &'static str,
    id: PlanId,
}

/// Writes the array of rows for `rows_by_key`.
pub fn keys(keys: &BTreeSet<(PartitionId, RowKey)>) -> String {
    let parameter = |(partition, key): &(PartitionId, RowKey)| KeyParameter {
        partition: *partition,
        document: key
            .document
            .map(|plan| plan.to_string())
            .unwrap_or_default(),
        kind: key.kind.word(),
        id: PlanId::from_bits(key.bits),
    };
    let all: Vec<_> = keys.iter().map(parameter).collect();
    json(&all)
}
