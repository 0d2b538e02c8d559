//! Replay of real databases: this build's own, and those of every release.

use shared::sync::server::replay::replay;

use crate::corpus;
use crate::server::TestServer;

#[tokio::test]
async fn a_month_at_the_demo_factory_replays() {
    let server = TestServer::demo().await;
    let worker = server.sign_in("songjiaming", "jihe-demo").await;
    worker.drafts_own(0x100, "自己的").await;
    let head = server.sign_in("wangxiulan", "jihe-demo").await;
    let plan = worker.submits(0x200).await;
    head.approves(0x300, plan).await;
    worker.reports(0x400, "做完了").await;
    head.judges(0x500, plan, "评").await;
    head.publishes(0x600, plan).await;
    let log = server.state.store.log().await.unwrap();
    let done = replay(&server.state.store, &log).await;
    let done = done.unwrap_or_else(|difference| panic!("{difference}"));
    assert_eq!((done.entries, done.decided), (log.len(), log.len()));
}

#[tokio::test]
async fn what_a_release_logged_replays() {
    for (name, release) in corpus::releases() {
        let server = corpus::server_of(&release).await;
        let log = server.state.store.log().await.unwrap();
        let done = replay(&server.state.store, &log).await;
        let done = done.unwrap_or_else(|difference| panic!("{name}: {difference}"));
        assert!(done.entries > 50 && done.rows > 100, "{name}: {done:?}");
    }
}
