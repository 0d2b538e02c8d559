//! Promises of writing: a commit is whole, conditional, and read back to the last bit.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Verdict;
use super::sample::{changes, command, common, done, item, log, merge, of, plan, put, same, wide};
use crate::id::{DeviceId, PersonId};
use crate::moment::UtcMillis;
use crate::partition::PartitionId;
use crate::refusal::Refusal;
use crate::sync::message::{Outcome, Unsent};
use crate::sync::server::DeviceRow;
use crate::sync::server::store::{
    Commit, Committed, Grants, Head, Loaded, LogWrite, Logged, Needs, Receipt, Store, Wanted,
};

/// A new store stands at version 0 everywhere and keeps its epoch.
pub async fn starts_empty(store: &impl Store) -> Verdict {
    let epoch = of(store.epoch()).await?;
    same("the epoch, asked again", of(store.epoch()).await?, epoch)?;
    same("the partitions", of(store.partitions()).await?, vec![])?;
    let asked = BTreeSet::from([common(1), PartitionId::Organisation]);
    let heads = of(store.heads(&asked)).await?;
    let zero = asked.iter().map(|id| (*id, Head::default())).collect();
    same("the heads", heads, zero)?;
    let needs = Needs {
        commands: BTreeSet::from([command(1)]),
        documents: BTreeSet::from([plan(1)]),
        rows: BTreeSet::from([(common(1), item(1))]),
        plans_in: BTreeSet::new(),
        heads: BTreeSet::from([common(1)]),
        organisation_after: 0,
    };
    let heads = asked.iter().map(|id| (*id, Head::default())).collect();
    same(
        "what loads",
        of(store.load(&needs)).await?,
        Loaded {
            heads,
            ..Loaded::default()
        },
    )?;
    let wanted = [Wanted {
        partition: common(1),
        after: None,
        sum: None,
        floor: None,
    }];
    let snapshot = of(store.changes(&wanted, usize::MAX)).await?;
    same("the organisation's version", snapshot.organisation_ver, 0)?;
    same("changes of what does not exist", snapshot.changed, vec![])
}

/// What a commit wrote is read by heads, partitions, load and changes, to the last bit.
pub async fn a_commit_is_read_as_written(store: &impl Store) -> Verdict {
    let head = Head {
        head: 1,
        checksum: u64::MAX - 5,
        chain: "c".repeat(64),
    };
    let text = "{\"title\":\"线长“一号”\\u0000\"}";
    let mut commit = put(common(1), 0, item(1), Some(text), 1);
    commit.heads.insert(common(1), head.clone());
    done(store, &commit).await?;
    same(
        "the partitions",
        of(store.partitions()).await?,
        vec![common(1)],
    )?;
    let heads = of(store.heads(&BTreeSet::from([common(1)]))).await?;
    same("the head", heads.get(&common(1)), Some(&head))?;
    let needs = Needs {
        commands: BTreeSet::from([command(1), command(2)]),
        documents: BTreeSet::from([plan(1)]),
        ..Needs::default()
    };
    let loaded = of(store.load(&needs)).await?;
    let entry = &commit.log[0];
    let logged = Logged {
        payload_hash: entry.payload_hash.clone(),
        actor: entry.actor,
        outcome: entry.outcome.clone(),
    };
    same(
        "the log",
        loaded.log,
        BTreeMap::from([(command(1), logged)]),
    )?;
    same("the number of rows", loaded.rows.len(), 1)?;
    same("the row's text", &*loaded.rows[0].text, text)?;
    same(
        "the row's copies",
        loaded.rows[0].copies.as_slice(),
        &[(common(1), 1)],
    )?;
    same("the loaded head", loaded.heads.get(&common(1)), Some(&head))?;
    let changed = changes(store, common(1), None)
        .await?
        .ok_or("a new partition is unchanged")?;
    same("the changed head", changed.head, head)?;
    same("the changed rows", changed.rows, vec![(1, Arc::from(text))])
}

/// A commit takes effect only while every expected version still stands; else nothing does.
pub async fn a_commit_needs_the_versions_that_it_read(store: &impl Store) -> Verdict {
    done(store, &put(common(1), 0, item(1), Some("1"), 1)).await?;
    let stale = [
        put(common(1), 0, item(2), Some("x"), 2),
        put(common(1), 2, item(2), Some("x"), 2),
        Commit {
            expected: BTreeMap::from([(common(2), 0), (common(1), 0)]),
            ..put(common(2), 0, item(2), Some("x"), 2)
        },
        Commit {
            expected: BTreeMap::from([(common(1), 1), (common(3), 1)]),
            ..put(common(1), 1, item(2), Some("x"), 2)
        },
    ];
    for commit in stale {
        same(
            "a stale commit",
            of(store.commit(&commit)).await?,
            Committed::Conflict,
        )?;
        same(
            "the partitions",
            of(store.partitions()).await?,
            vec![common(1)],
        )?;
        let needs = Needs {
            commands: BTreeSet::from([command(2)]),
            documents: BTreeSet::from([plan(1)]),
            ..Needs::default()
        };
        let loaded = of(store.load(&needs)).await?;
        same("the log", loaded.log, BTreeMap::new())?;
        same("the number of rows", loaded.rows.len(), 1)?;
        let head = loaded.heads.get(&common(1)).map(|head| head.head);
        same("the version", head, Some(1))?;
    }
    let commit = Commit {
        expected: BTreeMap::from([(common(1), 1), (common(2), 0), (common(3), 0)]),
        ..put(common(1), 1, item(2), Some("2"), 2)
    };
    done(store, &commit).await
}

/// A batch that holds a command which is logged already is a conflict, and writes nothing.
pub async fn a_command_is_logged_once(store: &impl Store) -> Verdict {
    done(store, &put(common(1), 0, item(1), Some("1"), 1)).await?;
    let mut again = put(common(2), 0, item(2), Some("x"), 2);
    let other = LogWrite {
        payload_hash: "f".repeat(64),
        ..log(1)
    };
    again.log.push(other);
    same(
        "a known command",
        of(store.commit(&again)).await?,
        Committed::Conflict,
    )?;
    same(
        "the partitions",
        of(store.partitions()).await?,
        vec![common(1)],
    )?;
    let asked = BTreeSet::from([command(1), command(2)]);
    let loaded = of(store.load(&Needs {
        commands: asked,
        ..Needs::default()
    }))
    .await?;
    same("the commands in the log", loaded.log.len(), 1)?;
    let hash = loaded
        .log
        .get(&command(1))
        .map(|entry| entry.payload_hash.clone());
    same("the first content", hash, Some(log(1).payload_hash))
}

/// Refused, skipped and quarantined commands are logged with what they were answered.
pub async fn a_refusal_writes_the_log_alone(store: &impl Store) -> Verdict {
    let current = serde_json::json!({ "线": [1, null, "x"] });
    let field = "title".to_owned();
    let outcomes = [
        Outcome::Rejected {
            refusal: Refusal::Forbidden,
        },
        Outcome::Rejected {
            refusal: Refusal::ChangedMeanwhile {
                item: None,
                field,
                current,
            },
        },
        Outcome::Skipped {
            because: command(0),
        },
        Outcome::Quarantined {
            refusal: Refusal::Malformed {
                at: "\"".to_owned(),
            },
        },
        Outcome::Applied { touched: vec![] },
    ];
    let entries = outcomes.iter().zip(0..);
    let entries = entries.map(|(outcome, id)| LogWrite {
        outcome: outcome.clone(),
        ..log(id)
    });
    let commit = Commit {
        log: entries.collect(),
        ..Commit::default()
    };
    done(store, &commit).await?;
    same("the partitions", of(store.partitions()).await?, vec![])?;
    let commands = (0..5).map(command).collect();
    let loaded = of(store.load(&Needs {
        commands,
        ..Needs::default()
    }))
    .await?;
    let kept: Vec<Outcome> = loaded
        .log
        .into_values()
        .map(|entry| entry.outcome)
        .collect();
    same("the outcomes", kept.as_slice(), &outcomes)
}

/// A person's grant state is replaced only when it is at the expected version.
pub async fn grants_are_replaced_by_comparison(store: &impl Store) -> Verdict {
    let (one, other) = (PersonId::from_bits(1), PersonId::from_bits(u128::MAX));
    let state = |ver: u64| Grants {
        ver,
        digest: format!("{ver:064x}"),
    };
    same("nobody's state", of(store.grants(one)).await?, None)?;
    same(
        "a first state",
        of(store.set_grants(one, 0, &state(1))).await?,
        true,
    )?;
    same(
        "a first state again",
        of(store.set_grants(one, 0, &state(7))).await?,
        false,
    )?;
    same(
        "a state that is ahead",
        of(store.set_grants(one, 2, &state(7))).await?,
        false,
    )?;
    same(
        "another's first",
        of(store.set_grants(other, 1, &state(7))).await?,
        false,
    )?;
    same(
        "the next state",
        of(store.set_grants(one, 1, &state(2))).await?,
        true,
    )?;
    same(
        "the kept state",
        of(store.grants(one)).await?,
        Some(state(2)),
    )?;
    same("another's state", of(store.grants(other)).await?, None)
}

/// Loads, heads, commits and changes are not bounded by what an engine binds at once.
pub async fn large_requests_are_served(store: &impl Store) -> Verdict {
    const MANY: u32 = 2_500;
    let mut commit = Commit::default();
    for place in 1..=MANY {
        merge(
            &mut commit,
            put(common(place), 0, item(place), Some("x"), place),
        );
    }
    done(store, &commit).await?;
    let needs = Needs {
        commands: (1..=MANY).map(command).collect(),
        documents: (1..=MANY).map(plan).collect(),
        rows: (1..=MANY).map(|n| (common(n), item(n))).collect(),
        plans_in: (1..=MANY).map(common).collect(),
        heads: BTreeSet::new(),
        organisation_after: 0,
    };
    let loaded = of(store.load(&needs)).await?;
    same("the log entries", loaded.log.len(), MANY as usize)?;
    same("the rows", loaded.rows.len(), MANY as usize)?;
    same("the heads", loaded.heads.len(), MANY as usize + 1)?;
    let asked = (1..=2 * MANY).map(common).collect();
    same(
        "the asked heads",
        of(store.heads(&asked)).await?.len(),
        2 * MANY as usize,
    )?;
    let wanted = (1..=2 * MANY).map(|n| Wanted {
        partition: common(n),
        after: None,
        sum: None,
        floor: None,
    });
    let wanted: Vec<Wanted> = wanted.collect();
    let changed = of(store.changes(&wanted, usize::MAX)).await?.changed;
    same("the changed partitions", changed.len(), MANY as usize)?;
    same(
        "their order",
        changed.is_sorted_by_key(|changed| changed.partition),
        true,
    )
}

/// The first arrival of a command counts, until the log has it; another content, or another
/// person's, under the same id is an arrival of its own.
pub async fn arrivals_keep_their_first_time(store: &impl Store) -> Verdict {
    let receipt = |cmd: u32, content: u32, received| Receipt {
        cmd_id: command(cmd),
        payload_hash: format!("{content:064x}"),
        actor: PersonId::from_bits(u128::MAX),
        received: UtcMillis(received),
    };
    let stranger = Receipt {
        actor: PersonId::from_bits(5),
        ..receipt(1, 1, 100)
    };
    let first = |cmd, received| BTreeMap::from([(command(cmd), UtcMillis(received))]);
    let arrive = async |receipt: Receipt| of(store.receive(&[receipt], false)).await;
    same(
        "no arrivals",
        of(store.receive(&[], false)).await?,
        BTreeMap::new(),
    )?;
    same(
        "an arrival",
        arrive(receipt(1, 1, 500)).await?,
        first(1, 500),
    )?;
    same(
        "a later one",
        arrive(receipt(1, 1, 900)).await?,
        first(1, 500),
    )?;
    same(
        "another content",
        arrive(receipt(1, 2, 900)).await?,
        first(1, 900),
    )?;
    same(
        "another person's",
        arrive(stranger.clone()).await?,
        first(1, 100),
    )?;
    same(
        "the first again",
        arrive(receipt(1, 1, 901)).await?,
        first(1, 500),
    )?;
    let both = [receipt(1, 1, 950), receipt(2, 2, 950)];
    let told = of(store.receive(&both, true)).await?;
    same(
        "the first of two",
        told.get(&command(1)),
        Some(&UtcMillis(500)),
    )?;
    same(
        "the second of two",
        told.get(&command(2)),
        Some(&UtcMillis(950)),
    )?;
    done(store, &put(common(1), 0, item(1), Some("x"), 1)).await?;
    same(
        "an arrival of a logged command",
        arrive(stranger).await?,
        BTreeMap::new(),
    )?;
    same(
        "one that is not logged",
        arrive(receipt(2, 2, 990)).await?,
        first(2, 950),
    )
}

/// A command that was released from quarantine is logged a second time, and that outcome counts.
pub async fn the_last_turn_counts(store: &impl Store) -> Verdict {
    let refusal = Refusal::Forbidden;
    let held = LogWrite {
        outcome: Outcome::Quarantined { refusal },
        ..log(1)
    };
    let turn = |entry: LogWrite| Commit {
        log: vec![entry],
        ..Commit::default()
    };
    done(store, &turn(held)).await?;
    let released = LogWrite { turn: 1, ..log(1) };
    let outcome = released.outcome.clone();
    done(store, &turn(released.clone())).await?;
    let again = of(store.commit(&turn(released))).await?;
    same("the same turn again", again, Committed::Conflict)?;
    let needs = Needs {
        commands: BTreeSet::from([command(1)]),
        ..Needs::default()
    };
    let loaded = of(store.load(&needs)).await?;
    let counts = loaded
        .log
        .get(&command(1))
        .map(|entry| entry.outcome.clone());
    same("the outcome that counts", counts, Some(outcome))
}

/// What a device announced is read as it was written, by device and person; a loss stays.
pub async fn devices_are_kept(store: &impl Store) -> Verdict {
    let row = |device: u32, unsent: Unsent| DeviceRow {
        device: DeviceId::from_bits(wide(device)),
        person: PersonId::from_bits(wide(1)),
        build: "计核 2".to_owned(),
        seen: UtcMillis(1_795_000_000_000),
        unsent,
        lost: 0,
        lost_at: UtcMillis(0),
    };
    let unsent = Unsent {
        count: 3,
        newest: Some(command(9)),
        newest_place: 1 << 40,
        oldest_place: 7,
        newest_at: UtcMillis(-5),
    };
    let first = row(1, unsent);
    let read = async |row: &DeviceRow| of(store.device(row.device, row.person)).await;
    same("a device that never came", read(&first).await?, None)?;
    of(store.put_device(&first)).await?;
    same("a device", read(&first).await?, Some(first.clone()))?;
    let lost = DeviceRow {
        lost: 3,
        lost_at: UtcMillis(8),
        ..row(1, Unsent::default())
    };
    of(store.put_device(&lost)).await?;
    same("the device later", read(&first).await?, Some(lost.clone()))?;
    of(store.put_device(&row(2, unsent))).await?;
    let mut listed = of(store.devices()).await?;
    listed.sort_by_key(|row| row.device);
    same(
        "those with something to tell",
        listed,
        vec![lost, row(2, unsent)],
    )
}
