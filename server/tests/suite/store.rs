//! What is kept: the promises of the store on SQLite, its statements, and its migrations.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::time::Duration;

use ::server::store::account::Account;
use ::server::store::sqlite::Sqlite;
use shared::id::{Epoch, PersonId};
use shared::moment::UtcMillis;
use shared::sync::server::{MemoryStore, conformance};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Executor as _, Row as _, SqlSafeStr as _};

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries
        .filter(|path| path.extension().is_some_and(|e| e == "sql"))
        .collect();
    files.sort();
    files
}

async fn connect(file: &Path) -> SqliteConnection {
    SqliteConnectOptions::new()
        .filename(file)
        .connect()
        .await
        .unwrap()
}

#[tokio::test]
async fn every_statement_prepares_on_a_migrated_database() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("jihe.db");
    Sqlite::open(&file, UtcMillis(0))
        .await
        .unwrap()
        .close()
        .await;
    let mut connection = connect(&file).await;
    let statements = files("src/store/sqlite");
    assert!(statements.len() > 20);
    for path in statements {
        let text = std::fs::read_to_string(&path).unwrap();
        let prepared = connection.prepare(AssertSqlSafe(text).into_sql_str()).await;
        assert!(prepared.is_ok(), "{}: {:?}", path.display(), prepared.err());
    }
}

/// The statements that look at every row or entry on purpose: for a backup, a replay or the nightly
/// sweep, or because the administrator asks.
const LOOK_AT_ALL: [&str; 6] = [
    "count_log",
    "first_steps",
    "log",
    "naming",
    "sizes",
    "standing",
];

#[tokio::test]
async fn no_statement_walks_over_every_row() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("jihe.db");
    let kept = Sqlite::open(&file, UtcMillis(0)).await.unwrap();
    kept.close().await;
    let mut connection = connect(&file).await;
    let mut walking = Vec::new();
    for path in files("src/store/sqlite") {
        let text = std::fs::read_to_string(&path).unwrap();
        let asked = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {text}"));
        let steps = sqlx::query(asked).fetch_all(&mut connection).await.unwrap();
        let walks = steps.iter().any(|step| {
            let step: String = step.get("detail");
            ["row", "command_log"].iter().any(|table| {
                // Every row is of the one company: an index that narrows nothing else is a walk.
                step.starts_with(&format!("SCAN {table}"))
                    || step.starts_with(&format!("SEARCH {table} "))
                        && step.ends_with("(company=?)")
            })
        });
        if walks {
            walking.push(path.file_stem().unwrap().to_string_lossy().into_owned());
        }
    }
    assert_eq!(walking, LOOK_AT_ALL);
}

#[tokio::test]
async fn every_migration_runs_on_real_looking_rows() {
    let migrations = files("migrations/sqlite");
    let samples = files("migrations/samples");
    let names = |files: &[PathBuf]| {
        files
            .iter()
            .map(|path| path.file_name().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        names(&migrations),
        names(&samples),
        "each migration has its sample"
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("stepwise.db");
    let mut connection = SqliteConnectOptions::new()
        .filename(&file)
        .create_if_missing(true)
        .connect()
        .await
        .unwrap();
    for path in migrations
        .iter()
        .zip(&samples)
        .flat_map(|(migration, sample)| [migration, sample])
    {
        let text = std::fs::read_to_string(path).unwrap();
        let run = sqlx::raw_sql(AssertSqlSafe(text))
            .execute(&mut connection)
            .await;
        assert!(run.is_ok(), "{}: {:?}", path.display(), run.err());
    }
}

#[tokio::test]
async fn a_database_keeps_its_life_and_another_has_another() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("jihe.db");
    let first = Sqlite::open(&file, UtcMillis(0)).await.unwrap();
    let (epoch, company) = (first.server_epoch(), first.company().to_owned());
    first.close().await;
    let again = Sqlite::open(&file, UtcMillis(1)).await.unwrap();
    assert_eq!(
        (again.server_epoch(), again.company()),
        (epoch, company.as_str())
    );
    let other = Sqlite::open(&folder.path().join("other.db"), UtcMillis(0))
        .await
        .unwrap();
    assert_ne!(other.server_epoch(), epoch);
}

#[tokio::test]
async fn a_migration_that_was_edited_after_its_release_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("jihe.db");
    Sqlite::open(&file, UtcMillis(0))
        .await
        .unwrap()
        .close()
        .await;
    let mut connection = connect(&file).await;
    sqlx::raw_sql("UPDATE _sqlx_migrations SET checksum = x'00'")
        .execute(&mut connection)
        .await
        .unwrap();
    drop(connection);
    assert!(Sqlite::open(&file, UtcMillis(0)).await.is_err());
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("jihe.db");
    std::fs::write(
        &file,
        "小说 a novel, not a database, long enough to have a header",
    )
    .unwrap();
    let before = std::fs::read(&file).unwrap();
    assert!(Sqlite::open(&file, UtcMillis(0)).await.is_err());
    assert_eq!(std::fs::read(&file).unwrap(), before);
}

#[tokio::test]
async fn sqlite_keeps_the_promises_of_the_servers_storage() {
    let folder = tempfile::tempdir().unwrap();
    let next = Cell::new(0);
    let verdict = conformance::all(async || {
        next.set(next.get() + 1);
        let file = folder.path().join(format!("{}.db", next.get()));
        Sqlite::open(&file, UtcMillis(0)).await.unwrap()
    });
    assert_eq!(verdict.await, Ok(()));
    assert!(next.get() > 5, "each check begins with a store of its own");
}

#[tokio::test]
async fn memory_keeps_the_same_promises() {
    let verdict = conformance::all(async || MemoryStore::new(Epoch::from_bits(1)));
    assert_eq!(verdict.await, Ok(()));
}

#[tokio::test]
async fn work_that_is_dropped_half_way_blocks_nothing_and_leaves_no_half() {
    let folder = tempfile::tempdir().unwrap();
    let store = Sqlite::open(&folder.path().join("jihe.db"), UtcMillis(0))
        .await
        .unwrap();
    let account = |n: u32| Account {
        person: PersonId::from_bits(u128::from(n)),
        login: format!("login {n}"),
        password_hash: String::new(),
        is_closed: false,
    };
    for n in 0..200 {
        let accounts = [account(n), account(n + 1000)];
        let put = store.replace_accounts(&accounts, UtcMillis(0));
        let _ = tokio::time::timeout(Duration::from_micros(u64::from(n) * 5), put).await;
    }
    assert!(
        store
            .put_account(&account(5000), UtcMillis(0))
            .await
            .unwrap()
    );
    for n in 0..200 {
        let one = store.account_by_login(&format!("login {n}")).await.unwrap();
        let other = store
            .account_by_login(&format!("login {}", n + 1000))
            .await
            .unwrap();
        assert_eq!(one.is_some(), other.is_some(), "{n}");
    }
}
