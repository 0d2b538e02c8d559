//! Writing a release's folder of the corpus: a morning at the demo factory, seen from one phone.

use std::path::Path;
use std::process::Command as Program;

use shared::command::plan::{EditItem, SubmitPlan, Weigh};
use shared::command::review::{DiscardRefused, ReportItem};
use shared::command::{Command, MadeCommand};
use shared::digest;
use shared::id::{CommandId, ItemId, PlanId, ReportId};
use shared::item::{Edit, ItemEdit};
use shared::quantity::Points;
use shared::report::ReportKind;
use shared::sync::client::{OutboxRow, Pending};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _};

use super::{Kept, Left, folder, releases};
use crate::phone::{Phone, contents, settle};
use crate::server::{NOW, TestServer};

/// Makes a database from its text.
pub(super) async fn load(file: &Path, sql: String) {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true);
    let mut connection = options.connect().await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(sql))
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}

#[tokio::test]
async fn writes_the_corpus() {
    let version = env!("CARGO_PKG_VERSION");
    let folder = folder().join(version);
    if std::env::var_os("WRITE_CORPUS").is_none() || folder.exists() {
        assert!(!releases().is_empty());
        return;
    }
    std::fs::create_dir_all(&folder).unwrap();
    let server = TestServer::demo().await;
    let sign_in = async |login| server.sign_in(login, "jihe-demo").await;
    let (head, other) = (sign_in("zhangjianjun").await, sign_in("zhangjianjun").await);
    let manager = sign_in("chenguodong").await;
    let person = head.person;
    let (phone, tablet) = (head.phone(1).await, other.phone(2).await);
    settle(&phone).await;
    settle(&tablet).await;
    let plan = own_plan(&phone);
    // Two devices change one title: the slower one is refused, and what it built on that skipped.
    tablet
        .send(&titled(&tablet, plan, "平板上的题目"))
        .await
        .unwrap();
    tablet.push().await.unwrap();
    phone
        .send(&titled(&phone, plan, "手机上的题目"))
        .await
        .unwrap();
    phone
        .send(&titled(&phone, plan, "手机上的第二个题目"))
        .await
        .unwrap();
    settle(&phone).await;
    assert_eq!(phone.replica().attention().len(), 2);
    let weigh = weights(&phone, plan);
    phone.send(&weigh).await.unwrap();
    let submit = submit(&phone, plan);
    phone.send(&submit).await.unwrap();
    settle(&phone).await;
    manager.approves(0xa0, plan).await;
    settle(&phone).await;
    // The first report is acknowledged and not pulled yet; the others were made on the way home.
    let items: Vec<ItemId> = {
        let replica = phone.replica();
        let items = replica.view().document(plan).unwrap().items_in_order();
        items.iter().map(|item| item.id).collect()
    };
    phone.send(&report(plan, items[0], 0xb0)).await.unwrap();
    phone.push().await.unwrap();
    for (n, item) in (1..7).zip(items.iter().cycle()) {
        phone.send(&report(plan, *item, 0xb0 + n)).await.unwrap();
    }
    phone.write_draft("note", Some("写到一半")).await.unwrap();
    assert!(
        phone
            .replica()
            .pending()
            .any(|Pending { ack, .. }| ack.is_some())
    );
    let kept = contents(phone.storage()).await;
    save(&folder, "zhangjianjun.json", &Left { person, kept });
    save(
        &folder,
        "every-kind.json",
        &Left {
            person,
            kept: every_kind(person),
        },
    );
    dump(server, &folder.join("jihe.sql")).await;
}

fn own_plan(phone: &Phone<'_>) -> PlanId {
    let replica = phone.replica();
    let mut documents = replica.view().documents();
    let own = documents.find(|(_, document)| {
        let plan = document.plan.as_ref();
        plan.is_some_and(|plan| plan.owner == replica.person())
    });
    own.unwrap().0
}

fn titled(phone: &Phone<'_>, plan: PlanId, title: &str) -> Command {
    let replica = phone.replica();
    let first = replica.view().document(plan).unwrap().items_in_order()[0].clone();
    let (old, new) = (first.title, title.to_owned());
    let edits = vec![ItemEdit::Title(Edit { old, new })];
    Command::EditItem(EditItem {
        plan,
        item: first.id,
        edits,
    })
}

fn weights(phone: &Phone<'_>, plan: PlanId) -> Command {
    let replica = phone.replica();
    let items = replica.view().document(plan).unwrap().items_in_order();
    let each = 10_000 / i64::try_from(items.len()).unwrap();
    let last = 10_000 - each * i64::try_from(items.len() - 1).unwrap();
    let weights = items.iter().enumerate().map(|(place, item)| {
        let new = Points(if place + 1 == items.len() { last } else { each });
        let old = item.weight;
        (item.id, Edit { old, new })
    });
    let weights = weights.collect();
    Command::Weigh(Weigh { plan, weights })
}

fn submit(phone: &Phone<'_>, plan: PlanId) -> Command {
    let replica = phone.replica();
    let document = replica.view().document(plan).unwrap();
    let seen = digest::plan_content(document.plan.as_ref().unwrap(), document);
    Command::SubmitPlan(SubmitPlan { plan, seen })
}

/// A report of progress on an item.
pub(crate) fn report(plan: PlanId, item: ItemId, report: u128) -> Command {
    Command::ReportItem(ReportItem {
        report: ReportId::from_bits(report),
        plan,
        item,
        kind: ReportKind::Progress,
        percent: 40,
        quantity: None,
        note: "进行中".to_owned(),
        happened: NOW.day(480),
        of: None,
        reason: String::new(),
        paper: false,
    })
}

/// An outbox with one command of each kind, from the kept examples of the wire.
fn every_kind(person: shared::id::PersonId) -> Kept {
    let examples = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/tests/suite/wire/v1/command"
    );
    let files = std::fs::read_dir(examples).unwrap();
    let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    let mut rows = Vec::new();
    for (place, file) in (1_u64..).zip(files) {
        let text = std::fs::read_to_string(file).unwrap();
        let made = MadeCommand::read(&text).unwrap();
        let lanes = made.command.lanes();
        let cmd_id = CommandId::from_bits(0xc0_0000 + u128::from(place));
        let bytes = made.write().unwrap();
        let row = OutboxRow {
            fmt: 1,
            cmd_id,
            actor: person,
            lanes,
            prevs: vec![],
            gap: false,
            bytes,
        };
        rows.push((format!("{place:020}"), serde_json::to_string(&row).unwrap()));
    }
    let discard = Command::DiscardRefused(DiscardRefused {
        refused: CommandId::from_bits(1),
    });
    assert!(rows.len() >= Command::KINDS.len() && discard.lanes().len() == 1);
    Kept::from([("outbox".to_owned(), rows)])
}

fn save(folder: &Path, name: &str, left: &Left) {
    let text = serde_json::to_string_pretty(left).unwrap();
    std::fs::write(folder.join(name), text + "\n").unwrap();
}

async fn dump(server: TestServer, to: &Path) {
    server.state.store.close().await;
    let file = server.folder.path().join("data/jihe.db");
    let done = Program::new("sqlite3")
        .arg(&file)
        .arg(".dump")
        .output()
        .unwrap();
    assert!(done.status.success());
    std::fs::write(to, done.stdout).unwrap();
}
