//! The promises of a device's storage, as checks that every implementation runs.
//!
//! Each check is given a storage that is empty, and says in a sentence what was not kept. To add a
//! promise, write its check and a line in [`all`].

use std::fmt::Debug;

use crate::sync::client::storage::{
    Batch, Contents, Database, Durability, Guard, Op, Storage, Store, Written,
};

/// What a check found.
pub type Verdict = Result<(), String>;

/// Runs every check that one connection can show; `empty` gives an empty storage each time.
pub async fn all<S: Storage>(empty: impl AsyncFn() -> S) -> Verdict {
    starts_empty(&empty().await).await?;
    a_batch_is_seen_at_once(&empty().await).await?;
    operations_are_done_in_order(&empty().await).await?;
    keys_are_in_order(&empty().await).await?;
    clearing_spares_other_stores(&empty().await).await?;
    deleting_nothing_is_fine(&empty().await).await?;
    a_failed_guard_writes_nothing(&empty().await).await?;
    guards_compare_what_stood_before(&empty().await).await?;
    what_is_expected_changes_nothing(&empty().await).await?;
    what_was_given_is_put(&empty().await).await?;
    databases_are_apart(&empty().await).await?;
    texts_come_back_byte_for_byte(&empty().await).await?;
    a_large_batch_is_whole(&empty().await).await
}

/// Checks that two connections, as two tabs have them, see each other's batches and guards.
pub async fn two_connections<S: Storage>(one: &S, other: &S) -> Verdict {
    write(one, vec![], vec![put(Store::Meta, "tail", "1")]).await?;
    let seen = value(&read(other, Database::Outbox).await?, Store::Meta, "tail");
    same(
        "what the other connection reads",
        seen.as_deref(),
        Some("1"),
    )?;
    let append = |to: &str| {
        let guards = vec![guard(Store::Meta, "tail", Some("1"))];
        (guards, vec![put(Store::Meta, "tail", to)])
    };
    let (guards, ops) = append("2");
    same(
        "the quicker of two",
        write(other, guards, ops).await?,
        Written::Committed,
    )?;
    let (guards, ops) = append("3");
    same(
        "the slower of two",
        write(one, guards, ops).await?,
        Written::GuardFailed,
    )?;
    let kept = value(&read(one, Database::Outbox).await?, Store::Meta, "tail");
    same("what both left", kept.as_deref(), Some("2"))
}

/// Checks that what was reported as written strictly is there when the storage is opened again.
pub async fn opened_again<S: Storage>(first: S, again: impl AsyncFnOnce() -> S) -> Verdict {
    let row = "{\"fmt\":1}";
    write(
        &first,
        vec![],
        vec![put(Store::Outbox, "00000000000000000001", row)],
    )
    .await?;
    write(&first, vec![], vec![put(Store::State, "state", "{}")]).await?;
    drop(first);
    let again = again().await;
    let kept = value(
        &read(&again, Database::Outbox).await?,
        Store::Outbox,
        "00000000000000000001",
    );
    same("the outbox after opening again", kept.as_deref(), Some(row))?;
    let kept = value(&read(&again, Database::Cache).await?, Store::State, "state");
    same("the cache after opening again", kept.as_deref(), Some("{}"))
}

/// A new storage holds nothing, in either database.
pub async fn starts_empty(storage: &impl Storage) -> Verdict {
    for database in [Database::Outbox, Database::Cache] {
        let contents = read(storage, database).await?;
        let held = contents.values().map(Vec::len).sum::<usize>();
        same("what a new storage holds", held, 0)?;
        let foreign = contents.keys().find(|store| store.database() != database);
        same("a store of the other database", foreign, None)?;
    }
    Ok(())
}

/// A committed batch is read by the next read, whole, under either durability.
pub async fn a_batch_is_seen_at_once(storage: &impl Storage) -> Verdict {
    for durability in [Durability::Relaxed, Durability::Strict] {
        let text = format!("{durability:?}");
        let ops = vec![put(Store::Outbox, "1", &text), put(Store::Acks, "a", &text)];
        let batch = Batch {
            database: Database::Outbox,
            guards: vec![],
            ops,
            durability,
        };
        same(
            "the batch",
            storage.write(batch).await,
            Ok(Written::Committed),
        )?;
        let contents = read(storage, Database::Outbox).await?;
        for (store, key) in [(Store::Outbox, "1"), (Store::Acks, "a")] {
            let kept = value(&contents, store, key);
            same("what was put", kept.as_deref(), Some(text.as_str()))?;
        }
    }
    Ok(())
}

/// Expecting a batch changes nothing, whether it comes, comes otherwise or does not come at all; its
/// guard counts as ever.
pub async fn what_is_expected_changes_nothing(storage: &impl Storage) -> Verdict {
    let stores = [Store::Outbox, Store::Meta];
    let expect = |tail: Option<&str>| {
        let tail = guard(Store::Meta, "tail", tail);
        storage.expect(&tail, &stores, Durability::Strict);
    };
    let append = async |tail: Option<&str>, key: &str| {
        let guards = vec![guard(Store::Meta, "tail", tail)];
        let ops = vec![put(Store::Outbox, key, "{}"), put(Store::Meta, "tail", key)];
        write(storage, guards, ops).await
    };
    expect(None);
    let first = append(None, "1").await?;
    same("a batch that was expected", first, Written::Committed)?;
    expect(None);
    let wrong = append(None, "2").await?;
    same("one whose guard fails", wrong, Written::GuardFailed)?;
    expect(Some("1"));
    write(storage, vec![], vec![put(Store::Acks, "a", "{}")]).await?;
    let second = append(Some("1"), "2").await?;
    same("after another batch came", second, Written::Committed)?;
    expect(Some("2"));
    let kept = value(&read(storage, Database::Outbox).await?, Store::Meta, "tail");
    same("what is read instead", kept.as_deref(), Some("2"))?;
    let third = append(Some("2"), "3").await?;
    same("a batch that comes late", third, Written::Committed)?;
    let kept = read(storage, Database::Outbox).await?;
    let keys: Option<Vec<_>> = kept
        .get(&Store::Outbox)
        .map(|rows| rows.iter().map(|(key, _)| key.as_str()).collect());
    same("what is kept", keys, Some(vec!["1", "2", "3"]))
}

/// A text that the storage was given is put as it was, also a second time.
pub async fn what_was_given_is_put(storage: &impl Storage) -> Verdict {
    let text = "[[[\"计划\",1,2,3]],[\"ü\"]]";
    let given = storage.take_over(text.to_owned());
    same("what was given", given.text().as_str(), text)?;
    for key in ["1", "2"] {
        let (key, value) = (key.to_owned(), given.clone());
        let store = Store::Packs;
        let ops = vec![Op::PutGiven { store, key, value }];
        write(storage, vec![], ops).await?;
    }
    let kept = read(storage, Database::Cache).await?;
    let must = pairs(&[("1", text), ("2", text)]);
    same("what is kept of it", kept.get(&Store::Packs), Some(&must))
}

/// Within a batch the later operation on a key wins, and a clear takes only what came before it.
pub async fn operations_are_done_in_order(storage: &impl Storage) -> Verdict {
    write(storage, vec![], vec![put(Store::Rows, "old", "0")]).await?;
    let ops = vec![
        put(Store::Rows, "lost", "1"),
        Op::Clear { store: Store::Rows },
        put(Store::Rows, "a", "1"),
        put(Store::Rows, "a", "2"),
        put(Store::Rows, "b", "1"),
        delete(Store::Rows, "b"),
        delete(Store::Rows, "c"),
        put(Store::Rows, "c", "3"),
    ];
    write(storage, vec![], ops).await?;
    let rows = read(storage, Database::Cache).await?.remove(&Store::Rows);
    same(
        "the rows",
        rows.unwrap_or_default(),
        pairs(&[("a", "2"), ("c", "3")]),
    )
}

/// A store's pairs come in the order of their keys' bytes, however they were put.
pub async fn keys_are_in_order(storage: &impl Storage) -> Verdict {
    let keys = [
        "b",
        "a",
        "org|plan:0",
        "org|item:0",
        "00000000000000000010",
        "Z",
        "计",
        "~",
        "b|",
    ];
    let ops = keys
        .iter()
        .map(|key| put(Store::Partitions, key, ""))
        .collect();
    write(storage, vec![], ops).await?;
    let kept = read(storage, Database::Cache)
        .await?
        .remove(&Store::Partitions);
    let kept: Vec<String> = kept.into_iter().flatten().map(|(key, _)| key).collect();
    let mut ordered: Vec<String> = keys.map(str::to_owned).to_vec();
    ordered.sort_unstable();
    same("the order of keys", kept, ordered)
}

/// Clearing a store empties it and no other.
pub async fn clearing_spares_other_stores(storage: &impl Storage) -> Verdict {
    let all = [Store::Rows, Store::Partitions, Store::State];
    write(
        storage,
        vec![],
        all.map(|store| put(store, "k", "v")).to_vec(),
    )
    .await?;
    write(storage, vec![], vec![Op::Clear { store: Store::Rows }]).await?;
    let contents = read(storage, Database::Cache).await?;
    for (store, kept) in all.into_iter().zip([None, Some("v"), Some("v")]) {
        same(store.name(), value(&contents, store, "k").as_deref(), kept)?;
    }
    Ok(())
}

/// Deleting a key that is not there, and writing no operation at all, are no faults.
pub async fn deleting_nothing_is_fine(storage: &impl Storage) -> Verdict {
    let ops = vec![
        delete(Store::Drafts, "nothing"),
        Op::Clear {
            store: Store::Archive,
        },
    ];
    same(
        "the batch",
        write(storage, vec![], ops).await?,
        Written::Committed,
    )?;
    let guards = vec![guard(Store::Drafts, "nothing", None)];
    let empty = Batch {
        database: Database::Outbox,
        guards,
        ops: vec![],
        durability: Durability::Strict,
    };
    same(
        "a batch of guards alone",
        storage.write(empty).await,
        Ok(Written::Committed),
    )
}

/// When one guard of several fails, no operation of the batch takes effect.
pub async fn a_failed_guard_writes_nothing(storage: &impl Storage) -> Verdict {
    write(
        storage,
        vec![],
        vec![put(Store::Meta, "tail", "1"), put(Store::Acks, "a", "x")],
    )
    .await?;
    let failing = [
        guard(Store::Meta, "tail", Some("2")),
        guard(Store::Meta, "tail", None),
        guard(Store::Meta, "other", Some("1")),
        guard(Store::Acks, "a", Some("")),
    ];
    for failing in failing {
        let holding = guard(Store::Acks, "a", Some("x"));
        let ops = vec![
            put(Store::Outbox, "1", "lost"),
            delete(Store::Acks, "a"),
            Op::Clear { store: Store::Meta },
        ];
        let written = write(storage, vec![holding, failing.clone()], ops).await?;
        same("a batch whose guard fails", written, Written::GuardFailed)?;
        let contents = read(storage, Database::Outbox).await?;
        same("nothing put", value(&contents, Store::Outbox, "1"), None)?;
        same(
            "nothing deleted",
            value(&contents, Store::Acks, "a").as_deref(),
            Some("x"),
        )?;
        same(
            "nothing cleared",
            value(&contents, Store::Meta, "tail").as_deref(),
            Some("1"),
        )?;
    }
    Ok(())
}

/// Guards are compared with what stood before the batch, not with its own operations.
pub async fn guards_compare_what_stood_before(storage: &impl Storage) -> Verdict {
    let swap = |old: Option<&str>, new: &str| {
        (
            vec![guard(Store::Meta, "tail", old)],
            vec![put(Store::Meta, "tail", new)],
        )
    };
    for (old, new) in [(None, "1"), (Some("1"), "2"), (Some("2"), "1")] {
        let (guards, ops) = swap(old, new);
        same(
            "a swap",
            write(storage, guards, ops).await?,
            Written::Committed,
        )?;
    }
    Ok(())
}

/// The two databases share no store and no transaction; reading one gives nothing of the other.
pub async fn databases_are_apart(storage: &impl Storage) -> Verdict {
    write(storage, vec![], vec![put(Store::Meta, "k", "outbox")]).await?;
    write(storage, vec![], vec![put(Store::State, "k", "cache")]).await?;
    let outbox = read(storage, Database::Outbox).await?;
    let cache = read(storage, Database::Cache).await?;
    same(
        "the outbox",
        value(&outbox, Store::Meta, "k").as_deref(),
        Some("outbox"),
    )?;
    same(
        "the cache",
        value(&cache, Store::State, "k").as_deref(),
        Some("cache"),
    )?;
    same(
        "the cache in the outbox",
        outbox.contains_key(&Store::State),
        false,
    )?;
    same(
        "the outbox in the cache",
        cache.contains_key(&Store::Meta),
        false,
    )
}

/// Texts are kept as they are: empty, long, Chinese, with quotes, line ends and a zero.
pub async fn texts_come_back_byte_for_byte(storage: &impl Storage) -> Verdict {
    let long = "计划".repeat(40_000);
    let texts = [
        "",
        "plain",
        "线长“一号”",
        "{\"a\":\"\\u0000\"}\r\n\t",
        "\u{0}\u{1f600}",
        &long,
    ];
    let put_one = |(place, text): (usize, &&str)| put(Store::Drafts, &place.to_string(), text);
    write(
        storage,
        vec![],
        texts.iter().enumerate().map(put_one).collect(),
    )
    .await?;
    let contents = read(storage, Database::Outbox).await?;
    for (place, text) in texts.iter().enumerate() {
        let kept = value(&contents, Store::Drafts, &place.to_string());
        same("a text", kept.as_deref() == Some(text), true)?;
    }
    Ok(())
}

/// A batch of several thousand operations, as a first pull is, takes effect whole.
pub async fn a_large_batch_is_whole(storage: &impl Storage) -> Verdict {
    const MANY: usize = 3_000;
    let key = |place: usize| format!("org|item:{place:032x}");
    let ops = (0..MANY)
        .map(|place| put(Store::Rows, &key(place), &"x".repeat(200)))
        .collect();
    write(storage, vec![], ops).await?;
    let rows = read(storage, Database::Cache)
        .await?
        .remove(&Store::Rows)
        .unwrap_or_default();
    same("the number of rows", rows.len(), MANY)?;
    same(
        "the first key",
        rows.first().map(|(key, _)| key.clone()),
        Some(key(0)),
    )?;
    let ops = (0..MANY)
        .map(|place| delete(Store::Rows, &key(place)))
        .collect();
    write(storage, vec![], ops).await?;
    let rows = read(storage, Database::Cache)
        .await?
        .remove(&Store::Rows)
        .unwrap_or_default();
    same("the rows after deleting all", rows.len(), 0)
}

async fn read(storage: &impl Storage, database: Database) -> Result<Contents, String> {
    storage
        .read(database)
        .await
        .map_err(|error| format!("reading failed: {error}"))
}

/// Writes strictly to the database of the first operation.
async fn write(
    storage: &impl Storage,
    guards: Vec<Guard>,
    ops: Vec<Op>,
) -> Result<Written, String> {
    let database = ops
        .first()
        .map_or(Database::Outbox, |op| op.store().database());
    let batch = Batch {
        database,
        guards,
        ops,
        durability: Durability::Strict,
    };
    storage
        .write(batch)
        .await
        .map_err(|error| format!("writing failed: {error}"))
}

fn value(contents: &Contents, store: Store, key: &str) -> Option<String> {
    let pairs = contents.get(&store)?;
    pairs
        .iter()
        .find(|(kept, _)| kept == key)
        .map(|(_, text)| text.clone())
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(key, text)| ((*key).to_owned(), (*text).to_owned()))
        .collect()
}

fn put(store: Store, key: &str, value: &str) -> Op {
    Op::Put {
        store,
        key: key.to_owned(),
        value: value.to_owned(),
    }
}

fn delete(store: Store, key: &str) -> Op {
    Op::Delete {
        store,
        key: key.to_owned(),
    }
}

fn guard(store: Store, key: &str, expected: Option<&str>) -> Guard {
    Guard {
        store,
        key: key.to_owned(),
        expected: expected.map(str::to_owned),
    }
}

fn same<T: PartialEq + Debug>(what: &str, is: T, must: T) -> Verdict {
    if is == must {
        Ok(())
    } else {
        Err(format!("{what}: is {is:?}, must be {must:?}"))
    }
}
