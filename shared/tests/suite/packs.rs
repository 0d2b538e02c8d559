//! How confirmed rows lie in the cache: whatever lies where, a device that opens anew knows the same.

use std::collections::BTreeMap;

use shared::command::Command;
use shared::command::plan::{AddItem, EditItem, RemoveItem};
use shared::id::PlanId;
use shared::item::{Edit, Item, ItemEdit};
use shared::partition::PartitionId;
use shared::refusal::Refusal;
use shared::row::RowKey;
use shared::sync::client::{Database, Pulled, SendError, Storage as _, Store, kept_rows};
use shared::world::World;

use crate::pages::{Phone, Told, on_a_phone};
use crate::server::pushed;
use crate::story::{item, item_id};

const PLAN: PlanId = PlanId::from_bits(9_001);

/// Runs a story on a device that has pulled everything at once.
fn on_a_full_phone(told: impl AsyncFn(&Phone<'_>, &Told<'_>)) {
    on_a_phone(usize::MAX, async |phone, at_hand| {
        assert_eq!(phone.pull().await.unwrap(), Pulled::Changed);
        told(phone, at_hand).await;
    });
}

/// What lies in a store of the cache.
async fn lies(phone: &Phone<'_>, store: Store) -> Vec<(String, String)> {
    let mut cache = phone.storage().read(Database::Cache).await.unwrap();
    cache.remove(&store).unwrap_or_default()
}

/// What the cache says, wherever it lies.
async fn says(phone: &Phone<'_>) -> BTreeMap<(PartitionId, RowKey), (u64, String)> {
    let (packs, rows) = (
        lies(phone, Store::Packs).await,
        lies(phone, Store::Rows).await,
    );
    kept_rows(&packs, &rows).unwrap()
}

/// Reads memory anew and compares it with the memory before.
async fn knows_the_same_after_opening(phone: &Phone<'_>) {
    let held: Vec<_> = phone.replica().held().collect();
    let before = says(phone).await;
    let world = phone.replica().confirmed().clone();
    phone.reload().await.unwrap();
    let documents = |world: &World| -> Vec<_> {
        let documents = world.documents();
        documents
            .map(|(id, document)| (id, document.clone()))
            .collect()
    };
    assert_eq!(phone.replica().held().collect::<Vec<_>>(), held);
    let now = phone.replica().confirmed().clone();
    assert_eq!(now.organisation(), world.organisation());
    assert_eq!(documents(&now), documents(&world));
    assert_eq!(says(phone).await, before, "packing anew changes no row");
    // A checksum that is off would make the device ask for a partition whole.
    assert_eq!(phone.pull().await.unwrap(), Pulled::Unchanged);
}

fn does(told: &Told<'_>, id: u128, command: Command) {
    let person = told.person;
    let outcome = told
        .factory
        .push(person, &[pushed(id, person, &[], command)]);
    assert!(outcome[0].is_applied(), "{outcome:?}");
}

fn rename(old: &str, new: &str) -> Command {
    Command::EditItem(EditItem {
        plan: PLAN,
        item: item_id(1),
        edits: vec![ItemEdit::Title(Edit {
            old: old.to_owned(),
            new: new.to_owned(),
        })],
    })
}

fn title(phone: &Phone<'_>) -> String {
    let replica = phone.replica();
    let document = replica.confirmed().document(PLAN).unwrap();
    document.items[&item_id(1)].title.clone()
}

#[test]
fn what_comes_whole_is_packed_and_small_changes_lie_beside() {
    on_a_full_phone(async |phone, told| {
        let packs = lies(phone, Store::Packs).await.len();
        let rows = lies(phone, Store::Rows).await.len();
        assert!(
            packs > 0 && rows < says(phone).await.len() / 2,
            "{packs} packs, {rows} rows"
        );
        knows_the_same_after_opening(phone).await;
        does(told, 6_001, rename("先前", "改过"));
        assert_eq!(phone.pull().await.unwrap(), Pulled::Changed);
        assert_eq!(lies(phone, Store::Packs).await.len(), packs);
        assert_eq!(title(phone), "改过");
        knows_the_same_after_opening(phone).await;
        assert_eq!(title(phone), "改过", "what lies beside counts");
    });
}

#[test]
fn a_row_that_stands_in_a_pack_goes_and_comes_back() {
    on_a_full_phone(async |phone, told| {
        // Enough items that the plan's partitions come packed.
        for n in 2..12 {
            let more = Item {
                plan: PLAN,
                responsible: Some(told.person),
                ..item(n, 0)
            };
            let (plan, item) = (PLAN, Box::new(more));
            does(told, 6_000 + n, Command::AddItem(AddItem { plan, item }));
        }
        assert_eq!(phone.pull().await.unwrap(), Pulled::Changed);
        let wiped = [Store::State, Store::Partitions, Store::Packs, Store::Rows];
        let batch = shared::sync::client::Batch {
            database: Database::Cache,
            guards: vec![],
            ops: wiped
                .map(|store| shared::sync::client::Op::Clear { store })
                .into(),
            durability: shared::sync::client::Durability::Strict,
        };
        phone.storage().write(batch).await.unwrap();
        phone.reload().await.unwrap();
        assert_eq!(phone.pull().await.unwrap(), Pulled::Changed);
        let items = |phone: &Phone<'_>| {
            phone
                .replica()
                .confirmed()
                .document(PLAN)
                .unwrap()
                .items
                .len()
        };
        assert_eq!(items(phone), 11);
        let seen = phone.replica().confirmed().document(PLAN).unwrap().items[&item_id(5)].clone();
        let (plan, item) = (PLAN, Box::new(seen));
        does(told, 6_100, Command::RemoveItem(RemoveItem { plan, item }));
        assert_eq!(phone.pull().await.unwrap(), Pulled::Changed);
        assert_eq!(items(phone), 10);
        let said = lies(phone, Store::Rows).await;
        assert!(
            said.iter().any(|(_, record)| record == "null"),
            "its pack still has it"
        );
        knows_the_same_after_opening(phone).await;
        assert_eq!(items(phone), 10, "what is gone stays gone");
        // It comes back by itself, beside the pack that has its former text, and goes once more.
        let back = Item {
            plan: PLAN,
            responsible: Some(told.person),
            ..crate::story::item(5, 0)
        };
        let (plan, item) = (PLAN, Box::new(back));
        does(told, 6_101, Command::AddItem(AddItem { plan, item }));
        assert_eq!(phone.pull().await.unwrap(), Pulled::Changed);
        assert_eq!(items(phone), 11);
        let seen = phone.replica().confirmed().document(PLAN).unwrap().items[&item_id(5)].clone();
        let (plan, item) = (PLAN, Box::new(seen));
        does(told, 6_102, Command::RemoveItem(RemoveItem { plan, item }));
        assert_eq!(phone.pull().await.unwrap(), Pulled::Changed);
        assert_eq!(items(phone), 10);
        knows_the_same_after_opening(phone).await;
        assert_eq!(items(phone), 10, "and stays gone again");
    });
}

/// Every refusal is a row of its author, so forty of them lie beside the one pack of that
/// partition, and are more than a quarter of it.
#[test]
fn much_that_lies_beside_is_packed_anew() {
    on_a_full_phone(async |phone, told| {
        let own = PartitionId::User(told.person).to_string();
        let person = told.person;
        for n in 0..40_u128 {
            let refused = rename("没有这个标题", "也没有");
            let outcome = told
                .factory
                .push(person, &[pushed(6_200 + n, person, &[], refused)]);
            assert!(!outcome[0].is_applied());
            assert_eq!(phone.pull().await.unwrap(), Pulled::Changed);
        }
        let beside = async || {
            let rows = lies(phone, Store::Rows).await;
            rows.iter()
                .filter(|(record, _)| record.starts_with(&own))
                .count()
        };
        assert!(beside().await >= 40);
        knows_the_same_after_opening(phone).await;
        assert_eq!(beside().await, 0);
        does(told, 6_300, rename("先前", "之后"));
        assert_eq!(phone.pull().await.unwrap(), Pulled::Changed);
        knows_the_same_after_opening(phone).await;
        assert_eq!(title(phone), "之后");
    });
}

/// Spoils the text of the story's item wherever it lies, as a failing disk would.
async fn spoil(phone: &Phone<'_>) {
    let mut ops = Vec::new();
    for store in [Store::Packs, Store::Rows] {
        for (key, record) in lies(phone, store).await {
            // As many bytes as before: a disk that fails changes some, and makes none.
            let value = record.replace(r#""title":"先前""#, r#""title":12345678"#);
            if value != record {
                ops.push(shared::sync::client::Op::Put { store, key, value });
            }
        }
    }
    assert!(!ops.is_empty(), "the item lies somewhere");
    let batch = shared::sync::client::Batch {
        database: Database::Cache,
        guards: vec![],
        ops,
        durability: shared::sync::client::Durability::Strict,
    };
    phone.storage().write(batch).await.unwrap();
    phone.reload().await.unwrap();
}

#[test]
fn rows_are_read_when_somebody_looks_and_what_is_torn_comes_anew() {
    on_a_full_phone(async |phone, _| {
        spoil(phone).await;
        // Nobody looked: nothing was read, and nothing is asked for.
        assert_eq!(phone.pull().await.unwrap(), Pulled::Unchanged);
        let items = |phone: &Phone<'_>| {
            phone
                .replica()
                .confirmed()
                .document(PLAN)
                .unwrap()
                .items
                .len()
        };
        assert_eq!(items(phone), 0);
        assert_eq!(phone.pull().await.unwrap(), Pulled::Changed);
        assert_eq!(title(phone), "先前");
        assert_eq!(
            phone.pull().await.unwrap(),
            Pulled::Unchanged,
            "asked for once"
        );
        knows_the_same_after_opening(phone).await;
        assert_eq!(title(phone), "先前");
    });
}

#[test]
fn a_rule_decides_on_rows_that_nobody_looked_at() {
    on_a_full_phone(async |phone, _| {
        phone.reload().await.unwrap();
        let refused = phone.send(&rename("没有这个标题", "也没有")).await;
        assert!(
            matches!(
                &refused,
                Err(SendError::Refused(Refusal::ChangedMeanwhile { .. }))
            ),
            "{refused:?}"
        );
        phone.send(&rename("先前", "改过")).await.unwrap();
        let replica = phone.replica();
        let seen = |world: &World| {
            world.document(PLAN).unwrap().items[&item_id(1)]
                .title
                .clone()
        };
        assert_eq!(seen(replica.view()), "改过");
        assert_eq!(seen(replica.confirmed()), "先前");
    });
}
