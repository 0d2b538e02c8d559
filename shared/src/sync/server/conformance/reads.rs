//! Promises of reading: documents with all their copies, and changes counted from a version.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Verdict;
use super::sample::{
    changes, common, done, helping, item, log, merge, of, plan, put, same, sorted, user,
};
use crate::moment::UtcMillis;
use crate::partition::PartitionId;
use crate::row::{RowKey, RowKind};
use crate::sync::server::store::{Needs, Store, Wanted};

/// A document loads with each row once, and each row with all partitions in which it stands.
pub async fn documents_load_with_all_copies(store: &impl Store) -> Verdict {
    let mut commit = put(common(1), 0, item(1), Some("one"), 1);
    let mut copy = put(user(), 0, item(1), Some("one"), 1);
    copy.rows[0].home = false;
    merge(&mut commit, copy);
    merge(&mut commit, put(helping(2), 0, item(2), Some("two"), 1));
    let mut foreign = put(common(3), 0, item(9), Some("foreign"), 1);
    foreign.rows[0].document = Some(plan(9));
    merge(&mut commit, foreign);
    commit.log = vec![log(1)];
    done(store, &commit).await?;
    let documents = BTreeSet::from([plan(1), plan(7)]);
    let loaded = of(store.load(&Needs {
        documents,
        ..Needs::default()
    }))
    .await?;
    let mut rows: Vec<_> = loaded
        .rows
        .iter()
        .map(|row| (row.key, &*row.text))
        .collect();
    rows.sort_unstable();
    same("the rows", rows, vec![(item(1), "one"), (item(2), "two")])?;
    for row in loaded.rows {
        let copies: BTreeMap<_, _> = row.copies.into_iter().collect();
        let must = if row.key == item(1) {
            BTreeMap::from([(common(1), 1), (user(), 1)])
        } else {
            BTreeMap::from([(helping(2), 1)])
        };
        same("the copies", copies, must)?;
    }
    let heads: Vec<_> = loaded.heads.into_keys().collect();
    let must = vec![PartitionId::Organisation, user(), common(1), helping(2)];
    same("the partitions with heads", heads, must)
}

/// A row that is gone from a partition is neither loaded nor pulled there, and may come back.
pub async fn a_row_can_leave_and_return(store: &impl Store) -> Verdict {
    done(store, &put(common(1), 0, item(1), Some("1"), 1)).await?;
    done(store, &put(common(1), 1, item(1), None, 2)).await?;
    let needs = Needs {
        documents: BTreeSet::from([plan(1)]),
        ..Needs::default()
    };
    same(
        "rows after it left",
        of(store.load(&needs)).await?.rows,
        vec![],
    )?;
    let since = changes(store, common(1), Some(1))
        .await?
        .ok_or("a leaving row is no change")?;
    same("rows since", since.rows, vec![])?;
    same(
        "rows that are gone",
        since.gone,
        vec![(item(1), Some(plan(1)))],
    )?;
    let whole = changes(store, common(1), None)
        .await?
        .ok_or("an emptied partition is missing")?;
    same("rows that stand", whole.rows, vec![])?;
    same("gone rows of a whole partition", whole.gone, vec![])?;
    done(store, &put(common(1), 2, item(1), Some("3"), 3)).await?;
    let since = changes(store, common(1), Some(1))
        .await?
        .ok_or("a returning row is no change")?;
    same("rows since", since.rows, vec![(3, Arc::from("3"))])?;
    same("rows that are gone", since.gone, vec![])?;
    let loaded = of(store.load(&needs)).await?.rows;
    same("rows after it returned", loaded.len(), 1)?;
    same("its copies", loaded[0].copies.as_slice(), &[(common(1), 3)])
}

/// Single rows load by partition and key, where they stand, with the partition's head.
pub async fn single_rows_load(store: &impl Store) -> Verdict {
    let free = RowKey {
        document: None,
        ..item(2)
    };
    done(store, &put(common(1), 0, item(1), Some("1"), 1)).await?;
    let mut commit = put(common(1), 1, free, Some("2"), 2);
    commit.rows[0].document = None;
    done(store, &commit).await?;
    done(store, &put(common(2), 0, item(1), Some("1"), 3)).await?;
    let asked = [
        (common(1), item(1)),
        (common(1), free),
        (common(1), item(2)),
        (common(2), item(3)),
    ];
    let rows = asked.into_iter().collect();
    let loaded = of(store.load(&Needs {
        rows,
        ..Needs::default()
    }))
    .await?;
    let mut found: Vec<_> = loaded
        .rows
        .iter()
        .map(|row| (row.key, &*row.text, row.copies.as_slice()))
        .collect();
    found.sort_unstable();
    let (first, second) = ([(common(1), 1)], [(common(1), 2)]);
    let must = vec![(free, "2", &second[..]), (item(1), "1", &first[..])];
    same("the rows", found, must)?;
    let heads: Vec<_> = loaded.heads.into_keys().collect();
    same(
        "the partitions with heads",
        heads,
        vec![PartitionId::Organisation, common(1)],
    )
}

/// The plans of a partition load without the rest of their documents, with the partition's head.
pub async fn plans_of_a_partition_load(store: &impl Store) -> Verdict {
    let key = RowKey {
        kind: RowKind::Plan,
        document: Some(plan(1)),
        bits: plan(1).bits(),
    };
    done(store, &put(common(1), 0, key, Some("plan"), 1)).await?;
    done(store, &put(common(1), 1, item(1), Some("item"), 2)).await?;
    let plans_in = BTreeSet::from([common(1), common(2)]);
    let loaded = of(store.load(&Needs {
        plans_in,
        ..Needs::default()
    }))
    .await?;
    same(
        "the rows",
        loaded.rows.iter().map(|row| row.key).collect::<Vec<_>>(),
        vec![key],
    )?;
    same(
        "the plan's copies",
        loaded.rows[0].copies.as_slice(),
        &[(common(1), 1)],
    )?;
    let heads: Vec<_> = loaded
        .heads
        .iter()
        .map(|(id, head)| (*id, head.head))
        .collect();
    same(
        "the heads",
        heads,
        vec![
            (PartitionId::Organisation, 0),
            (common(1), 2),
            (common(2), 0),
        ],
    )
}

/// The organisation's rows load above the version that is at hand.
pub async fn the_organisation_loads_from_a_version(store: &impl Store) -> Verdict {
    for ver in 1..=3_u32 {
        let key = RowKey {
            kind: RowKind::Unit,
            document: None,
            bits: u128::from(ver.min(2)),
        };
        let text = ver.to_string();
        let mut commit = put(
            PartitionId::Organisation,
            u64::from(ver) - 1,
            key,
            Some(&text),
            ver,
        );
        commit.rows[0].document = None;
        done(store, &commit).await?;
    }
    for (after, must) in [
        (0, vec![(1, "1"), (3, "3")]),
        (1, vec![(3, "3")]),
        (3, vec![]),
    ] {
        let needs = Needs {
            organisation_after: after,
            ..Needs::default()
        };
        let loaded = of(store.load(&needs)).await?;
        let mut rows: Vec<_> = loaded
            .organisation
            .iter()
            .map(|(v, t)| (*v, &**t))
            .collect();
        rows.sort_unstable();
        same("the organisation's rows", rows, must)?;
        same("its version", loaded.organisation_ver, 3)?;
    }
    let snapshot = of(store.changes(&[], usize::MAX)).await?;
    same("its version in a snapshot", snapshot.organisation_ver, 3)
}

/// Changes are the rows above the given version; an unchanged partition is left out.
pub async fn changes_count_from_a_version(store: &impl Store) -> Verdict {
    for (ver, bits) in [(1_u32, 1), (2, 2), (3, 1)] {
        let text = ver.to_string();
        let commit = put(common(1), u64::from(ver) - 1, item(bits), Some(&text), ver);
        done(store, &commit).await?;
    }
    done(store, &put(common(2), 0, item(5), Some("5"), 4)).await?;
    let since = changes(store, common(1), Some(2))
        .await?
        .ok_or("a put row is no change")?;
    same("whether it is whole", since.whole, false)?;
    same("the head", since.head.head, 3)?;
    same("rows since", since.rows, vec![(3, Arc::from("3"))])?;
    let since = changes(store, common(1), Some(0))
        .await?
        .ok_or("everything is no change")?;
    same("whether it is whole, from 0", since.whole, false)?;
    same(
        "rows since 0",
        sorted(since.rows),
        vec![(2, Arc::from("2")), (3, Arc::from("3"))],
    )?;
    same(
        "an unchanged partition",
        changes(store, common(1), Some(3)).await?,
        None,
    )?;
    let wanted = [(common(1), 3), (common(2), 0), (common(3), 0)];
    let sum = None;
    let wanted = wanted.map(|(partition, after)| Wanted {
        sum,
        floor: None,
        partition,
        after: Some(after),
    });
    let changed = of(store.changes(&wanted, usize::MAX)).await?.changed;
    let named: Vec<PartitionId> = changed.iter().map(|changed| changed.partition).collect();
    same("the changed partitions", named, vec![common(2)])
}

/// Without a version, or with one that this life of the store has not reached, all is given.
pub async fn changes_are_whole_where_they_cannot_be_counted(store: &impl Store) -> Verdict {
    done(store, &put(common(1), 0, item(1), Some("1"), 1)).await?;
    done(store, &put(common(1), 1, item(2), Some("2"), 2)).await?;
    for after in [None, Some(3), Some(u64::from(u32::MAX))] {
        let changed = changes(store, common(1), after)
            .await?
            .ok_or("a whole one is left out")?;
        same("whether it is whole", changed.whole, true)?;
        same("its head", changed.head.head, 2)?;
        same(
            "its rows",
            sorted(changed.rows),
            vec![(1, Arc::from("1")), (2, Arc::from("2"))],
        )?;
    }
    let other = Wanted {
        partition: common(1),
        after: Some(2),
        sum: Some(99),
        floor: None,
    };
    let changed = of(store.changes(&[other], usize::MAX)).await?.changed;
    let whole: Vec<bool> = changed.iter().map(|changed| changed.whole).collect();
    same(
        "one with another checksum at its last version",
        whole,
        vec![true],
    )?;
    let right = Wanted {
        sum: changed.first().map(|changed| changed.head.checksum),
        ..other
    };
    let changed = of(store.changes(&[right], usize::MAX)).await?.changed;
    same("one with its checksum", changed, vec![])?;
    let earlier = Wanted {
        after: Some(1),
        ..other
    };
    let changed = of(store.changes(&[earlier], usize::MAX)).await?.changed;
    let whole: Vec<bool> = changed.iter().map(|changed| changed.whole).collect();
    same("a checksum of an earlier version", whole, vec![false])
}

/// Removals before a time are forgotten; a version before them cannot be counted from any more.
pub async fn forgotten_removals_are_not_counted_from(store: &impl Store) -> Verdict {
    // Each commit is written at the time of its number.
    done(store, &put(common(1), 0, item(1), Some("1"), 1)).await?;
    done(store, &put(common(1), 1, item(2), Some("2"), 2)).await?;
    done(store, &put(common(1), 2, item(1), None, 3)).await?;
    done(store, &put(common(1), 3, item(2), None, 4)).await?;
    done(store, &put(common(1), 4, item(3), Some("5"), 5)).await?;
    done(store, &put(common(2), 0, item(4), Some("6"), 6)).await?;
    let forgotten = of(store.prune(UtcMillis(4))).await?;
    same("removals before the time", forgotten, 1)?;
    let again = of(store.prune(UtcMillis(4))).await?;
    same("removals forgotten twice", again, 0)?;
    let since = |after| changes(store, common(1), Some(after));
    for after in [0, 2] {
        let whole = since(after).await?.ok_or("an older version has changes")?;
        same("whether it is whole below the floor", whole.whole, true)?;
        same("its rows", whole.rows, vec![(5, Arc::from("5"))])?;
        same("its removals", whole.gone, vec![])?;
    }
    let counted = since(3).await?.ok_or("the floor itself has changes")?;
    same("whether it is whole at the floor", counted.whole, false)?;
    same("rows", counted.rows, vec![(5, Arc::from("5"))])?;
    same("removals", counted.gone, vec![(item(2), Some(plan(1)))])?;
    same("no change at the head", since(5).await?, None)?;
    let other = changes(store, common(2), Some(0)).await?;
    let other = other.ok_or("another partition has changes")?;
    same("whether another is whole", other.whole, false)?;
    done(store, &put(common(1), 5, item(1), Some("7"), 7)).await?;
    let returned = since(5).await?.ok_or("a returning row is no change")?;
    same(
        "a row that returns",
        returned.rows,
        vec![(6, Arc::from("7"))],
    )
}
