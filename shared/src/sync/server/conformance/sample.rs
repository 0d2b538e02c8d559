//! What the checks write: ids of all widths, commits of one command, and how findings are worded.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::Arc;

use super::Verdict;
use crate::id::{CommandId, DeviceId, PeriodId, PersonId, PlanId, UnitId};
use crate::lane::Lane;
use crate::moment::UtcMillis;
use crate::partition::PartitionId;
use crate::row::{RowKey, RowKind};
use crate::sync::message::Outcome;
use crate::sync::server::store::{
    Answer, Changed, Commit, Committed, Head, LogWrite, RowWrite, Store, Wanted,
};

pub(super) async fn of<T>(answer: Answer<'_, T>) -> Result<T, String> {
    answer
        .await
        .map_err(|error| format!("the store failed: {error}"))
}

pub(super) async fn done(store: &impl Store, commit: &Commit) -> Verdict {
    same(
        "the commit",
        of(store.commit(commit)).await?,
        Committed::Done,
    )
}

pub(super) async fn changes(
    store: &impl Store,
    partition: PartitionId,
    after: Option<u64>,
) -> Result<Option<Changed>, String> {
    let sum = None;
    let changed = of(store.changes(
        &[Wanted {
            partition,
            after,
            sum,
            floor: None,
        }],
        usize::MAX,
    ))
    .await?
    .changed;
    same("partitions beside the wanted one", changed.len() > 1, false)?;
    Ok(changed.into_iter().next())
}

/// A commit of one command that puts one row, or takes it away, in one partition.
pub(super) fn put(
    partition: PartitionId,
    at: u64,
    key: RowKey,
    text: Option<&str>,
    cmd: u32,
) -> Commit {
    let head = Head {
        head: at + 1,
        checksum: at,
        chain: format!("{cmd:064x}"),
    };
    let write = RowWrite {
        partition,
        key,
        document: Some(plan(1)),
        home: true,
        ver: at + 1,
        text: text.map(Arc::from),
    };
    Commit {
        expected: BTreeMap::from([(partition, at)]),
        heads: BTreeMap::from([(partition, head)]),
        rows: vec![write],
        log: vec![log(cmd)],
        recorded: UtcMillis(i64::from(cmd)),
    }
}

pub(super) fn merge(commit: &mut Commit, other: Commit) {
    commit.expected.extend(other.expected);
    commit.heads.extend(other.heads);
    commit.rows.extend(other.rows);
    commit.log.extend(other.log);
}

pub(super) fn log(cmd: u32) -> LogWrite {
    LogWrite {
        cmd_id: command(cmd),
        turn: 0,
        payload_hash: format!("{cmd:064x}"),
        bytes: "{\"kind\":\"计划\"}".to_owned(),
        actor: PersonId::from_bits(u128::MAX),
        device: DeviceId::from_bits(u128::MAX - 1),
        lanes: vec![Lane::Plan(plan(1)), Lane::Organisation],
        prevs: vec![command(cmd + 1), command(cmd + 2)],
        outcome: Outcome::Applied {
            touched: vec![(common(1), 1), (PartitionId::Organisation, 2)],
        },
        reads: vec![(PartitionId::Organisation, 0)],
        touched: vec![(common(1), 1), (PartitionId::Organisation, 2)],
        changes: "[]".to_owned(),
        places: vec![vec![0, 1], vec![]],
        engine: 7,
        claimed_at: UtcMillis(-1),
        received_at: UtcMillis(1_795_000_000_000),
        recorded_at: UtcMillis(1_795_000_000_001),
    }
}

pub(super) fn sorted(mut rows: Vec<(u64, Arc<str>)>) -> Vec<(u64, Arc<str>)> {
    rows.sort_unstable();
    rows
}

/// Ids of all widths: the lowest bits and the highest.
pub(super) const fn wide(bits: u32) -> u128 {
    ((bits as u128) << 100) | 0x7fff_ffff_ffff_ffff
}

pub(super) const fn command(bits: u32) -> CommandId {
    CommandId::from_bits(wide(bits))
}

pub(super) const fn plan(bits: u32) -> PlanId {
    PlanId::from_bits(wide(bits))
}

pub(super) const fn item(bits: u32) -> RowKey {
    RowKey {
        kind: RowKind::Item,
        document: Some(plan(1)),
        bits: wide(bits),
    }
}

pub(super) const fn user() -> PartitionId {
    PartitionId::User(PersonId::from_bits(wide(1)))
}

pub(super) const fn common(bits: u32) -> PartitionId {
    PartitionId::Common(UnitId::from_bits(wide(bits)), PeriodId::from_bits(1))
}

pub(super) const fn helping(bits: u32) -> PartitionId {
    PartitionId::Helping(UnitId::from_bits(wide(bits)), PeriodId::from_bits(1))
}

pub(super) fn same<T: PartialEq + Debug>(what: &str, is: T, must: T) -> Verdict {
    if is == must {
        Ok(())
    } else {
        Err(format!("{what}: is {is:?}, must be {must:?}"))
    }
}
