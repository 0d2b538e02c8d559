//! Forgetting what is old: a device that was away longer converges, and loses nothing.

use ::server::config;
use ::server::housekeeping::{self, Forgotten};
use shared::command::Command;
use shared::command::plan::{EditItem, RemoveItem};
use shared::id::{CommandId, PersonId, PlanId};
use shared::item::{Edit, ItemEdit};
use shared::moment::UtcMillis;
use shared::sync::server::Store as _;
use shared::sync::server::store::Receipt;

use crate::phone::{Phone, contents, settle};
use crate::server::{NOW, TestServer};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// Titles of a plan's items as a phone shows them, in order.
fn titles(phone: &Phone<'_>, plan: PlanId) -> Vec<String> {
    let replica = phone.replica();
    let document = replica.view().document(plan).unwrap();
    let items = document.items_in_order();
    items.iter().map(|item| item.title.clone()).collect()
}

/// The partitions that a phone holds, with their versions and checksums.
fn held(phone: &Phone<'_>) -> Vec<(String, u64, u64)> {
    let replica = phone.replica();
    let held = replica.held();
    held.map(|(id, ver, sum)| (id.to_string(), ver, sum))
        .collect()
}

#[tokio::test]
async fn a_device_that_was_away_longer_than_removals_are_kept_converges() {
    let server = TestServer::demo().await;
    let worker = server.sign_in("songjiaming", "jihe-demo").await;
    worker.drafts_own(0x100, "自己的").await;
    let (plan, document) = worker.own_plan().await;
    let items = document.items_in_order();
    let (stays, goes) = (items[0].clone(), items[1].clone());
    // One phone goes away with a change that nobody knows of yet.
    let person = worker.person;
    let away = server.device_of(person).await.phone(1).await;
    settle(&away).await;
    let edit = EditItem {
        plan,
        item: stays.id,
        edits: vec![ItemEdit::Title(Edit {
            old: stays.title.clone(),
            new: "路上写的题目".to_owned(),
        })],
    };
    away.send(&Command::EditItem(edit)).await.unwrap();
    let kept = contents(away.storage()).await;
    drop(away);
    // Meanwhile the other phone of the same person takes an item away.
    let at_home = server.device_of(person).await.phone(2).await;
    settle(&at_home).await;
    let item = Box::new(goes);
    let remove = RemoveItem { plan, item };
    at_home.send(&Command::RemoveItem(remove)).await.unwrap();
    settle(&at_home).await;
    drop(at_home);
    let settings = &server.state.config.store;
    server.clock.step(90 * DAY);
    let forget = async || {
        let now = ::server::clock::Clock::now(&server.clock);
        let store = &server.state.store;
        housekeeping::forget(store, settings, now).await.unwrap()
    };
    assert_eq!(forget().await.removals, 0, "kept for ninety days");
    server.clock.step(1);
    // The item's row left the unit's partition for members' plans, and its owner's own.
    assert_eq!(forget().await.removals, 2);
    assert_eq!(forget().await.removals, 0);
    let back = server.device_of(person).await.phone_with(1, &kept).await;
    assert_eq!(titles(&back, plan).len(), 2, "it has not heard of it yet");
    settle(&back).await;
    assert_eq!(titles(&back, plan), ["路上写的题目"]);
    assert_eq!(
        back.replica().pending().count(),
        0,
        "its work was handed in"
    );
    assert!(back.replica().attention().is_empty());
    let fresh = server.device_of(person).await.phone(3).await;
    settle(&fresh).await;
    assert_eq!(held(&back), held(&fresh));
    assert_eq!(titles(&fresh, plan), ["路上写的题目"]);
    let data = server.folder.path().join("data");
    let checked = ::server::keep::check(&data, &server.clock).await;
    checked.unwrap_or_else(|failure| panic!("what is left is still proved: {failure}"));
}

#[tokio::test]
async fn arrivals_that_were_never_recorded_are_forgotten_after_the_time_of_old_clients() {
    let server = TestServer::demo().await;
    let receipt = Receipt {
        cmd_id: CommandId::from_bits(0x77),
        payload_hash: "hash".to_owned(),
        actor: PersonId::from_bits(1),
        received: NOW,
    };
    let receipts = [receipt];
    let store = &server.state.store;
    store.receive(&receipts, true).await.unwrap();
    let settings = config::Store::default();
    let at = |days: i64| UtcMillis(NOW.0 + days * DAY + 1);
    let forget = async |days| {
        housekeeping::forget(store, &settings, at(days))
            .await
            .unwrap()
    };
    let (removals, nothing) = (forget(399).await.removals, 0);
    assert_eq!((removals, forget(399).await.arrivals), (0, nothing));
    let forgotten = Forgotten {
        removals: 0,
        arrivals: 1,
        attachments: 0,
    };
    assert_eq!(forget(400).await, forgotten);
}
