//! Keeping the data: backups, restores with and without a new epoch, and the proof.

use std::path::{Path, PathBuf};

use ::server::clock::{Clock as _, SteppedClock};
use ::server::keep::{self, Failure};
use ::server::store::backup;
use ::server::store::invitation::NewInvitation;
use shared::id::{ItemId, PersonId, PlanId};
use shared::moment::UtcMillis;
use shared::sync::client::PeerError;
use tempfile::TempDir;

use crate::corpus::{self, Left};
use crate::phone::{Kept, Phone, contents, settle};
use crate::server::{NOW, TestServer};

/// The first release's factory, its phone, and one more day of work on it.
struct Factory {
    folder: TempDir,
    person: PersonId,
    kept: Kept,
}

impl Factory {
    fn backup(&self) -> PathBuf {
        self.folder.path().join("backup.db")
    }

    /// A server on the database as it stands, or as the backup has it.
    async fn server(&self, from: &Path) -> TestServer {
        TestServer::on(async |data| {
            std::fs::create_dir_all(data).unwrap();
            backup::copy(from, &data.join("jihe.db")).await.unwrap();
        })
        .await
    }
}

fn reports(phone: &Phone<'_>) -> usize {
    let replica = phone.replica();
    let documents = replica.confirmed().documents();
    documents.map(|(_, document)| document.reports.len()).sum()
}

fn an_item(phone: &Phone<'_>) -> (PlanId, ItemId) {
    let replica = phone.replica();
    let mut documents = replica.confirmed().documents();
    let found = documents.find_map(|(id, document)| {
        let own = document.plan.as_ref()?.owner == replica.person();
        Some((id, *document.items.keys().next().filter(|_| own)?))
    });
    found.unwrap()
}

/// A phone hands everything in, a backup is made, and the phone works on for `more` reports.
async fn worked(more: u128) -> Factory {
    let (_, release) = corpus::releases().remove(0);
    let server = corpus::server_of(&release).await;
    let Left { person, kept } = corpus::left(&release.join("zhangjianjun.json"));
    let folder = tempfile::tempdir().unwrap();
    let phone = server.device_of(person).await.phone_with(11, &kept).await;
    settle(&phone).await;
    let data = server.folder.path().join("data");
    keep::back_up(&data, &folder.path().join("backup.db"), &server.clock)
        .await
        .unwrap();
    let item = an_item(&phone);
    for n in 0..more {
        phone
            .send(&corpus::report(item.0, item.1, 0xe0 + n))
            .await
            .unwrap();
    }
    settle(&phone).await;
    let kept = contents(phone.storage()).await;
    drop(phone);
    Factory {
        folder,
        person,
        kept,
    }
}

async fn proves(server: &TestServer) {
    let data = server.folder.path().join("data");
    let checked = keep::check(&data, &server.clock).await;
    checked.unwrap_or_else(|failure| panic!("{failure}"));
}

#[tokio::test]
async fn after_a_restore_a_phone_hands_in_again_what_the_backup_lacks() {
    let factory = worked(3).await;
    let data = factory.folder.path().join("data");
    let clock = SteppedClock::at(NOW);
    let restored = keep::restore(&factory.backup(), &data, false, &clock).await;
    let restored = restored.unwrap();
    assert_ne!(restored.before, restored.epoch);
    let server = factory.server(&data.join("jihe.db")).await;
    assert_eq!(server.state.store.server_epoch(), restored.epoch);
    let line = server.device_of(factory.person).await;
    let phone = line.phone_with(12, &factory.kept).await;
    let before = reports(&phone);
    settle(&phone).await;
    assert_eq!(reports(&phone), before, "nothing is lost");
    assert_eq!(phone.replica().pending().count(), 0);
    proves(&server).await;
}

#[tokio::test]
async fn a_restore_that_kept_its_epoch_is_noticed_and_loses_nothing() {
    // Others may have worked since: less, exactly as much, or more than the phone had seen.
    for others in [0, 3, 5] {
        let factory = worked(3).await;
        let server = factory.server(&factory.backup()).await;
        let line = server.device_of(factory.person).await;
        let other = line.phone(19).await;
        settle(&other).await;
        let item = an_item(&other);
        for n in 0..others {
            other
                .send(&corpus::report(item.0, item.1, 0xf0 + n))
                .await
                .unwrap();
        }
        settle(&other).await;
        let line = server.device_of(factory.person).await;
        let phone = line.phone_with(12, &factory.kept).await;
        let before = reports(&phone);
        settle(&phone).await;
        let others = usize::try_from(others).unwrap();
        assert_eq!(reports(&phone), before + others, "after {others} of others");
        assert_eq!(phone.replica().pending().count(), 0);
        settle(&other).await;
        assert_eq!(reports(&other), reports(&phone));
        proves(&server).await;
        // Once handed in again, it is settled: the archive does not come back a second time.
        let kept = contents(phone.storage()).await;
        let line = server.device_of(factory.person).await;
        let again = line.phone_with(13, &kept).await;
        assert!(!again.wants_push());
    }
}

#[tokio::test]
async fn work_that_was_acknowledged_and_not_yet_pulled_survives_such_a_restore_too() {
    let factory = worked(0).await;
    let before = factory.server(&factory.backup()).await;
    let line = before.device_of(factory.person).await;
    let phone = line.phone_with(12, &factory.kept).await;
    let item = an_item(&phone);
    phone
        .send(&corpus::report(item.0, item.1, 0xe8))
        .await
        .unwrap();
    settle(&phone).await;
    let seen = reports(&phone);
    phone
        .send(&corpus::report(item.0, item.1, 0xe9))
        .await
        .unwrap();
    phone.push().await.unwrap();
    let kept = contents(phone.storage()).await;
    let server = factory.server(&factory.backup()).await;
    let line = server.device_of(factory.person).await;
    let phone = line.phone_with(13, &kept).await;
    settle(&phone).await;
    assert_eq!(reports(&phone), seen + 1);
}

#[tokio::test]
async fn a_restore_refuses_what_it_would_destroy() {
    let factory = worked(0).await;
    let data = factory.folder.path().join("data");
    let clock = SteppedClock::at(NOW);
    let restore = async |from: &Path, replace| keep::restore(from, &data, replace, &clock).await;
    let missing = restore(Path::new("nowhere.db"), false).await;
    assert!(matches!(missing, Err(Failure::Missing(_))), "{missing:?}");
    let text = factory.folder.path().join("a novel");
    std::fs::write(&text, "not a database, but long enough to have a header").unwrap();
    let novel = restore(&text, false).await;
    assert!(matches!(novel, Err(Failure::Store(_))), "{novel:?}");
    restore(&factory.backup(), false).await.unwrap();
    let again = restore(&factory.backup(), false).await;
    assert!(matches!(again, Err(Failure::Exists(_))), "{again:?}");
    let served = keep::lock(&data, false).unwrap();
    let during = restore(&factory.backup(), true).await;
    assert!(matches!(during, Err(Failure::InUse)), "{during:?}");
    drop(served);
    let replaced = restore(&factory.backup(), true).await.unwrap();
    assert!(replaced.aside.unwrap().is_file(), "the old one is kept");
    let over = keep::back_up(&data, &factory.backup(), &clock).await;
    assert!(matches!(over, Err(Failure::Exists(_))), "{over:?}");
    keep::check(&data, &clock).await.unwrap();
}

#[tokio::test]
async fn a_restore_signs_everybody_out_and_ends_invitations() {
    let factory = worked(0).await;
    let server = factory.server(&factory.backup()).await;
    let cookie = server.device_of(factory.person).await.cookie;
    let backup = factory.folder.path().join("later.db");
    let data = server.folder.path().join("data");
    let open = NewInvitation {
        code_hash: "digest".to_owned(),
        person: factory.person,
        by: factory.person,
        expires_at: UtcMillis(i64::MAX),
    };
    let now = server.clock.now();
    let kept = server.state.store.put_invitations(&[open], now).await;
    kept.unwrap();
    keep::back_up(&data, &backup, &server.clock).await.unwrap();
    let place = factory.folder.path().join("restored");
    keep::restore(&backup, &place, false, &server.clock)
        .await
        .unwrap();
    let restored = factory.server(&place.join("jihe.db")).await;
    let device = crate::server::Device {
        server: &restored,
        person: factory.person,
        cookie,
    };
    let phone = device.phone(5).await;
    let asked = phone.pull().await;
    let invitation = restored.state.store.invitation("digest").await.unwrap();
    assert!(invitation.unwrap().is_revoked);
    let lost = shared::sync::client::SyncError::Peer(PeerError::AuthLost);
    assert_eq!(asked, Err(lost));
}
