//! Promises of pages: they end between versions, and together they are what one answer would be.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Verdict;
use super::sample::{common, done, item, of, put, same};
use crate::moment::UtcMillis;
use crate::partition::PartitionId;
use crate::sync::server::store::{Changed, Commit, RowWrite, Store, Wanted};

/// How many pages a walk may take before it is going in circles.
const MOST_PAGES: usize = 50;

/// What one gets from pages one after the other, by partition.
type Walked = BTreeMap<PartitionId, (Vec<(u64, Arc<str>)>, Vec<Changed>)>;

/// Three partitions: one of several versions, of which one writes two rows and one takes a row
/// away; one of a single row; one with so many versions that it is read by itself.
async fn fill(store: &impl Store) -> Verdict {
    let text = |n: u32| format!("\"{n:8}\"");
    for ver in 1..=3 {
        let write = put(
            common(1),
            u64::from(ver) - 1,
            item(ver),
            Some(&text(ver)),
            ver,
        );
        done(store, &write).await?;
    }
    let mut double = put(common(1), 3, item(4), Some(&text(4)), 4);
    let other = put(common(1), 3, item(5), Some(&text(5)), 4);
    double.rows.extend(other.rows);
    done(store, &double).await?;
    done(store, &put(common(1), 4, item(1), None, 5)).await?;
    done(store, &put(common(1), 5, item(6), Some(&text(6)), 6)).await?;
    done(store, &put(common(2), 0, item(7), Some(&text(7)), 7)).await?;
    done(store, &many(&text)).await
}

/// A commit that touches a partition five thousand times and leaves three rows.
fn many(text: &impl Fn(u32) -> String) -> Commit {
    let mut commit = put(common(3), 0, item(8), Some(&text(8)), 8);
    let first = commit.rows[0].clone();
    let at = |ver: u64, bits: u32| RowWrite {
        ver,
        key: item(bits),
        text: Some(text(bits).into()),
        ..first.clone()
    };
    commit.rows = vec![at(100, 8), at(2_600, 9), at(5_000, 10)];
    for head in commit.heads.values_mut() {
        head.head = 5_000;
    }
    commit
}

/// Reads page after page of at most so many bytes, each after the cursors of the last.
async fn walk(store: &impl Store, most: usize) -> Result<Walked, String> {
    let mut after: BTreeMap<PartitionId, Option<u64>> =
        [1, 2, 3].map(|unit| (common(unit), None)).into();
    let mut walked = Walked::new();
    let mut cut: Option<(PartitionId, u64)> = None;
    for _ in 0..MOST_PAGES {
        let wanted: Vec<Wanted> = after
            .iter()
            .map(|(partition, after)| Wanted {
                partition: *partition,
                after: *after,
                sum: None,
                floor: cut.filter(|cut| cut.0 == *partition).map(|cut| cut.1),
            })
            .collect();
        let page = of(store.changes(&wanted, most)).await?;
        same(
            "a page without anything that promises more",
            page.more && page.changed.is_empty(),
            false,
        )?;
        let last = page.changed.last();
        cut = last.and_then(|last| last.cut.map(|_| (last.partition, last.floor)));
        let last = page.changed.len().saturating_sub(1);
        for (place, changed) in page.changed.into_iter().enumerate() {
            if changed.cut.is_some() {
                same("a cut that is not the last", place, last)?;
                same("a cut without more", page.more, true)?;
            }
            let to = changed.cut.unwrap_or(changed.head.head);
            let beyond = changed.rows.iter().any(|(ver, _)| *ver > to);
            same("a row beyond the cut", beyond, false)?;
            after.insert(changed.partition, Some(to));
            let (rows, pages) = walked.entry(changed.partition).or_default();
            rows.extend(changed.rows.iter().cloned());
            pages.push(changed);
        }
        if !page.more {
            return Ok(walked);
        }
    }
    Err("pages do not come to an end".to_owned())
}

/// Pages of any size give the same rows as one answer, never part a version, and come to an end.
pub async fn pages_together_are_one_answer(store: &impl Store) -> Verdict {
    fill(store).await?;
    let whole = walk(store, usize::MAX).await?;
    let sizes: Vec<usize> = whole.values().map(|(rows, _)| rows.len()).collect();
    same("the rows of each partition", sizes, vec![5, 1, 3])?;
    for most in [1, 10, 11, 25, 40, 75] {
        let walked = walk(store, most).await?;
        for (partition, (rows, _)) in &whole {
            let (mut by_pages, pages) = walked.get(partition).cloned().unwrap_or_default();
            // What a later page takes away was given before.
            let gone = pages.iter().any(|page| !page.gone.is_empty());
            if gone {
                by_pages.retain(|(_, text)| rows.iter().any(|(_, other)| other == text));
            }
            same("the rows by pages", &by_pages, rows)?;
            let begins = pages.iter().map(|page| page.whole);
            let must = (0..pages.len()).map(|place| place == 0);
            same("whether only the first is whole", begins.eq(must), true)?;
        }
    }
    Ok(())
}

/// Below what is forgotten one goes on only where the page before was of the same floor.
pub async fn a_cut_page_goes_on_below_the_floor(store: &impl Store) -> Verdict {
    fill(store).await?;
    of(store.prune(UtcMillis(6))).await?;
    for (partition, (rows, pages)) in walk(store, 10).await? {
        let whole = pages.iter().filter(|page| page.whole).count();
        same("how often it is begun", (partition, whole), (partition, 1))?;
        same("whether rows came", rows.is_empty(), false)?;
    }
    let at = |after: u64, floor: Option<u64>| Wanted {
        partition: common(1),
        after: Some(after),
        sum: None,
        floor,
    };
    // The fifth version took a row away, and that is forgotten.
    for (wanted, whole) in [
        (at(2, Some(5)), false),
        (at(2, Some(4)), true),
        (at(2, None), true),
        (at(5, None), false),
        (at(5, Some(4)), false),
    ] {
        let page = of(store.changes(&[wanted], usize::MAX)).await?;
        let first = page.changed.first().ok_or("changes are left out")?;
        same("the floor", first.floor, 5)?;
        same(
            "whether all of it is given",
            (wanted, first.whole),
            (wanted, whole),
        )?;
    }
    Ok(())
}

/// A page that is cut says up to where it goes, and both rows of one version stand in it.
pub async fn a_page_ends_between_versions(store: &impl Store) -> Verdict {
    fill(store).await?;
    let wanted = [1, 2].map(|unit| Wanted {
        partition: common(unit),
        after: Some(2),
        sum: None,
        floor: None,
    });
    // Ten bytes a row: the third version fills the page, and what it holds is not parted.
    let page = of(store.changes(&wanted, 10)).await?;
    same("whether more follows", page.more, true)?;
    let ends: Vec<_> = page.changed.iter().map(|c| (c.partition, c.cut)).collect();
    same("where it is cut", ends, vec![(common(1), Some(3))])?;
    let page = of(store.changes(&wanted, 11)).await?;
    let rows: Vec<u64> = page.changed[0].rows.iter().map(|(ver, _)| *ver).collect();
    same("the versions of its rows", rows, vec![3, 4, 4])?;
    same("where it is cut", page.changed[0].cut, Some(4))?;
    // Five rows' worth hold the removal of the fifth version and the row of the sixth too; the
    // second partition has not so many versions, and is given whole.
    let page = of(store.changes(&wanted, 1_000)).await?;
    same(
        "whether more follows a page that is not full",
        page.more,
        false,
    )?;
    let ends: Vec<_> = page.changed.iter().map(|c| (c.whole, c.cut)).collect();
    same("what is cut in it", ends, vec![(false, None), (true, None)])
}
