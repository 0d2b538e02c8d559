//! The corpus: what devices and servers of every release left behind, opened by this build.
//!
//! Each release has a folder under `tests/corpus`, written once by that release and never edited:
//! `zhangjianjun.json` is a phone with work in every state, `every-kind.json` one whose outbox
//! holds a command of each kind, and `jihe.sql` the database of the server that they belong to.
//! `WRITE_CORPUS=1 cargo test -p server writes_the_corpus` writes the folder of a new release.

mod write;

pub(crate) use write::report;

use std::path::PathBuf;

use ::server::store::sqlite::Sqlite;
use serde::{Deserialize, Serialize};
use shared::command::MadeCommand;
use shared::id::PersonId;
use shared::moment::UtcMillis;
use shared::sync::client::{Fold, OutboxRow};

use crate::phone::{Kept, settle};
use crate::server::TestServer;

/// A phone as it lay there.
#[derive(Serialize, Deserialize)]
pub(crate) struct Left {
    pub(crate) person: PersonId,
    pub(crate) kept: Kept,
}

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/corpus"))
}

/// The folders of all releases, with their names.
pub(crate) fn releases() -> Vec<(String, PathBuf)> {
    let entries = std::fs::read_dir(folder()).unwrap();
    let entries = entries.map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    let name = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
    let named: Vec<_> = folders
        .into_iter()
        .map(|path| (name(&path), path))
        .collect();
    assert!(!named.is_empty());
    named
}

pub(crate) fn left(path: &std::path::Path) -> Left {
    let text = std::fs::read_to_string(path).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The server of a release, brought to this build's form.
pub(crate) async fn server_of(release: &std::path::Path) -> TestServer {
    let sql = std::fs::read_to_string(release.join("jihe.sql")).unwrap();
    let server = TestServer::on(async |data| {
        std::fs::create_dir_all(data).unwrap();
        write::load(&data.join("jihe.db"), sql).await;
    });
    server.await
}

#[tokio::test]
async fn work_that_a_release_left_on_a_phone_is_handed_in_by_this_build() {
    for (name, release) in releases() {
        let server = server_of(&release).await;
        let Left { person, kept } = left(&release.join("zhangjianjun.json"));
        let before: Vec<OutboxRow> = kept["outbox"]
            .iter()
            .map(|(_, text)| serde_json::from_str(text).unwrap())
            .collect();
        assert!(before.len() > 2, "{name}: there is unsent work");
        let phone = server.device_of(person).await.phone_with(77, &kept).await;
        {
            let replica = phone.replica();
            let unreadable = replica.pending().filter(|p| p.fold == Fold::Unreadable);
            assert_eq!(unreadable.count(), 0, "{name}");
            assert_eq!(replica.attention().len(), kept["attention"].len(), "{name}");
            assert_eq!(replica.drafts().len(), kept["drafts"].len(), "{name}");
            assert!(
                replica.view().documents().count() > 0,
                "{name}: the cache is read"
            );
        }
        settle(&phone).await;
        let replica = phone.replica();
        assert_eq!(replica.pending().count(), 0, "{name}: nothing stays behind");
        let known: Vec<_> = kept["attention"].iter().map(|(id, _)| id.clone()).collect();
        for entry in replica.attention() {
            assert!(
                known.contains(&entry.row.cmd_id.to_string()),
                "{name}: {:?} was sound when it was made and is {:?} now",
                entry.row,
                entry.outcome
            );
        }
    }
}

#[tokio::test]
async fn every_kind_that_a_release_wrote_is_read_and_answered() {
    for (name, release) in releases() {
        let server = server_of(&release).await;
        let Left { person, kept } = left(&release.join("every-kind.json"));
        for (_, text) in &kept["outbox"] {
            let row: OutboxRow = serde_json::from_str(text).unwrap();
            let made = MadeCommand::read(&row.bytes);
            assert!(made.is_ok(), "{name}: {made:?} of {}", row.bytes);
        }
        let phone = server.device_of(person).await.phone_with(78, &kept).await;
        settle(&phone).await;
        let replica = phone.replica();
        let quarantined = replica.attention();
        let mut quarantined = quarantined.iter().filter(|entry| {
            matches!(
                entry.outcome,
                shared::sync::message::Outcome::Quarantined { .. }
            )
        });
        assert!(
            quarantined.next().is_none(),
            "{name}: every command is decided"
        );
        assert!(!phone.wants_push(), "{name}");
    }
}

#[tokio::test]
async fn a_database_of_a_release_opens_and_keeps_its_life() {
    for (name, release) in releases() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("jihe.db");
        let sql = std::fs::read_to_string(release.join("jihe.sql")).unwrap();
        let epoch = sql.split("INSERT INTO meta VALUES('").nth(1).unwrap();
        let epoch = epoch.split('\'').nth(2).unwrap().to_owned();
        write::load(&file, sql).await;
        let store = Sqlite::open(&file, UtcMillis(0)).await.unwrap();
        assert_eq!(store.server_epoch().to_string(), epoch, "{name}");
    }
}
