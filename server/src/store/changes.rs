//! Reading a page of changes, in one snapshot.
//!
//! Partitions with few changes are read many at once; one with many is read alone along its index,
//! as far as the page goes, so that no page costs more than it brings.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::TryStreamExt as _;
use serde::Serialize;
use shared::partition::PartitionId;
use shared::sync::server::page::{Entry, Page};
use shared::sync::server::store::{Snapshot, Wanted};
use sqlx::query;
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::Error;
use super::sqlite::{Sqlite, sql};
use super::sync::parameters::json;
use super::sync::{KeptHead, document, heads, key, named, number, signed, text};

/// How many versions are read at once: those of one partition with more are read alone.
const MOST_VERSIONS: u64 = 2_000;

/// A partition that has changes.
struct Behind {
    partition: PartitionId,
    kept: KeptHead,
    /// The version after which they are wanted; `None` for everything.
    since: Option<u64>,
}

impl Behind {
    fn versions(&self) -> u64 {
        self.kept.head.head - self.since.unwrap_or(0)
    }

    fn begins(&self, page: &mut Page) -> bool {
        let KeptHead { head, floor } = self.kept.clone();
        page.begin(self.partition, head, floor, self.since.is_none())
    }
}

/// A partition and the version after which its rows are wanted.
#[derive(Serialize)]
struct AfterParameter {
    partition: PartitionId,
    after: i64,
}

/// Reads a page.
pub(super) async fn read(
    store: &Sqlite,
    wanted: &[Wanted],
    most: usize,
) -> Result<Snapshot, Error> {
    let mut reader = store.readers().begin().await?;
    let company = store.company();
    let mut ids: BTreeSet<_> = wanted.iter().map(|wanted| wanted.partition).collect();
    ids.insert(PartitionId::Organisation);
    let kept = heads(company, &mut reader, &ids).await?;
    let organisation = kept.get(&PartitionId::Organisation);
    let organisation_ver = organisation.map_or(0, |kept| kept.head.head);
    let behind: Vec<_> = wanted
        .iter()
        .filter_map(|wanted| behind(wanted, kept.get(&wanted.partition)?))
        .collect();
    let mut page = Page::new(most);
    let mut rest = behind.as_slice();
    while let Some(first) = rest.first() {
        let mut versions = first.versions();
        let alone = versions > MOST_VERSIONS;
        let more = rest[1..].iter().take_while(|next| {
            versions += next.versions();
            versions <= MOST_VERSIONS
        });
        let (group, later) = rest.split_at(1 + more.count());
        let goes_on = if alone {
            one(company, &mut reader, first, &mut page).await?
        } else {
            several(company, &mut reader, group, &mut page).await?
        };
        if !goes_on {
            break;
        }
        rest = later;
    }
    reader.rollback().await?;
    Ok(page.into_snapshot(organisation_ver))
}

fn behind(wanted: &Wanted, kept: &KeptHead) -> Option<Behind> {
    let since = wanted.since(&kept.head, kept.floor);
    (since != Some(kept.head.head)).then(|| Behind {
        partition: wanted.partition,
        kept: kept.clone(),
        since,
    })
}

/// Reads one partition along its versions until the page is full.
async fn one(
    company: &str,
    reader: &mut SqliteConnection,
    behind: &Behind,
    page: &mut Page,
) -> Result<bool, Error> {
    if !behind.begins(page) {
        return Ok(false);
    }
    let mut rows = query(sql!("changes_of"))
        .bind(company)
        .bind(behind.partition.to_string())
        .bind(signed(behind.since.unwrap_or(0)))
        .fetch(reader);
    while let Some(row) = rows.try_next().await? {
        let (ver, entry) = entry(&row)?;
        if !page.add(ver, entry) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Reads partitions at once and takes of them what fits into the page.
async fn several(
    company: &str,
    reader: &mut SqliteConnection,
    group: &[Behind],
    page: &mut Page,
) -> Result<bool, Error> {
    let after: Vec<_> = group
        .iter()
        .map(|behind| AfterParameter {
            partition: behind.partition,
            after: signed(behind.since.unwrap_or(0)),
        })
        .collect();
    let rows = query(sql!("changes")).bind(company).bind(json(&after));
    let mut entries: BTreeMap<PartitionId, Vec<(u64, Entry)>> = BTreeMap::new();
    for row in rows.fetch_all(reader).await? {
        let partition = named(&row, "partition", "partition")?;
        entries.entry(partition).or_default().push(entry(&row)?);
    }
    for behind in group {
        if !behind.begins(page) {
            return Ok(false);
        }
        let mut entries = entries.remove(&behind.partition).unwrap_or_default();
        if !entries.drain(..).all(|(ver, entry)| page.add(ver, entry)) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn entry(row: &SqliteRow) -> Result<(u64, Entry), Error> {
    let ver = number(row, "ver")?;
    let body = text(row)?;
    if body.is_empty() {
        return Ok((ver, Entry::Gone(key(row)?, document(row)?)));
    }
    Ok((ver, Entry::Stands(body)))
}
