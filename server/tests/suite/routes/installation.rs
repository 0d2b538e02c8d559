//! The first run happens once.

use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::calendar::published;
use shared::organisation::Organisation;
use shared::regime::preset::shelf;
use shared::samples;
use shared::sync::server::replay::replay;

use crate::server::TestServer;

fn first(password: &str) -> Value {
    json!({ "kind": "administrator", "company": "甲厂", "name": "李娜", "login": "LiNa",
        "password": password })
}

fn digests(organisation: &Organisation) -> Vec<String> {
    let versions = organisation.regimes.values();
    let mut digests: Vec<_> = versions.map(|version| version.digest.clone()).collect();
    digests.sort();
    digests
}

/// Whoever founds the company chooses from the list that comes with the empty installation, or later.
#[tokio::test]
async fn the_founder_chooses_the_regime() {
    let server = TestServer::empty().await;
    let offered = server.get("/api/v1/installation", None).await.json();
    let offered = offered["presets"].as_array().unwrap().clone();
    assert_eq!(offered.len(), shelf::DOCUMENTS.len());
    let last = offered.iter().rfind(|one| one["founding"] == "later");
    let mut body = first("a long password");
    body["preset"] = json!("there is no such preset");
    let reply = server.post("/api/v1/installation", None, &body).await;
    let facts = reply.is_refused(StatusCode::NOT_FOUND, "not_found");
    assert_eq!(facts["what"], "preset");
    assert_eq!(state(&server).await, "empty");
    body["preset"] = last.unwrap()["key"].clone();
    let reply = server.post("/api/v1/installation", None, &body).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.json());
    let organisation = server.device(&reply).world().await.organisation().clone();
    let chosen = shelf::find(body["preset"].as_str().unwrap())
        .unwrap()
        .regime;
    assert!(digests(&organisation).contains(&chosen.digest()));
    assert_eq!(organisation.regimes.len(), shelf::always().len() + 1);
    let told = server.get("/api/v1/installation", None).await.json();
    assert_eq!(told, json!({ "state": "ready" }), "nothing else is told");

    let server = TestServer::empty().await;
    body["preset"] = json!("");
    let reply = server.post("/api/v1/installation", None, &body).await;
    let organisation = server.device(&reply).world().await.organisation().clone();
    assert_eq!(organisation.regimes.len(), shelf::always().len());
}

async fn state(server: &TestServer) -> Value {
    server.get("/api/v1/installation", None).await.json()["state"].clone()
}

#[tokio::test]
async fn the_first_administrator_founds_the_company_and_is_signed_in() {
    let server = TestServer::empty().await;
    assert_eq!(state(&server).await, "empty");
    let reply = server
        .post("/api/v1/installation", None, &first("a long password"))
        .await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.json());
    let device = server.device(&reply);
    let organisation = device.world().await.organisation().clone();
    assert_eq!(organisation.people[&device.person].name, "李娜");
    assert_eq!(organisation.units.values().next().unwrap().name, "甲厂");
    // Plans can be made without further ado: there is the regime that is suggested, and the pools.
    let suggested = shelf::suggested().regime.key;
    let mut begun = shelf::always();
    begun.push(shelf::suggested());
    let mut wanted: Vec<_> = begun.iter().map(|one| one.regime.digest()).collect();
    wanted.sort();
    assert!(wanted.len() < shelf::DOCUMENTS.len(), "{suggested} alone");
    assert_eq!(digests(&organisation), wanted);
    let shipped = [2026, 2027].into_iter().filter_map(published).count();
    assert_eq!(organisation.notices.len(), shipped, "deadlines know them");
    let root = organisation.units.values().next().unwrap();
    assert_eq!(root.in_force.from.to_string(), "2026-01-01");
    assert_eq!(state(&server).await, "ready");
    let reply = server
        .post("/api/v1/installation", None, &first("another password"))
        .await;
    reply.is_refused(StatusCode::CONFLICT, "already_installed");
    let reply = server
        .post("/api/v1/installation", None, &json!({ "kind": "demo" }))
        .await;
    reply.is_refused(StatusCode::CONFLICT, "already_installed");
    server.sign_in("lina", "a long password").await;
}

#[tokio::test]
async fn of_two_first_administrators_one_is_told_to_be_late() {
    let server = TestServer::empty().await;
    let (one, other) = (first("the first password"), first("the other password"));
    let (one, other) = tokio::join!(
        server.post("/api/v1/installation", None, &one),
        server.post("/api/v1/installation", None, &other),
    );
    let mut statuses = [one.status, other.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::OK, StatusCode::CONFLICT]);
    let winner = if one.status == StatusCode::OK {
        "the first password"
    } else {
        "the other password"
    };
    server.sign_in("lina", winner).await;
}

#[tokio::test]
async fn what_is_unfit_leaves_the_installation_empty() {
    let server = TestServer::empty().await;
    let reply = server
        .post("/api/v1/installation", None, &first("short"))
        .await;
    let facts = reply.is_refused(StatusCode::UNPROCESSABLE_ENTITY, "password_unfit");
    assert_eq!((&facts["least"], &facts["most"]), (&json!(8), &json!(128)));
    assert_eq!(reply.json()["field"], "password");
    for login in ["", "a", "two words", "tab\tbed", "李娜", "a/b"] {
        let mut body = first("a long password");
        body["login"] = json!(login);
        let reply = server.post("/api/v1/installation", None, &body).await;
        reply.is_refused(StatusCode::UNPROCESSABLE_ENTITY, "login_unfit");
    }
    let mut body = first("a long password");
    body["company"] = json!("  ");
    let reply = server.post("/api/v1/installation", None, &body).await;
    reply.is_refused(StatusCode::UNPROCESSABLE_ENTITY, "field_missing");
    assert_eq!(state(&server).await, "empty");
    let wrong = json!({ "login": "lina", "password": "a long password" });
    let reply = server.post("/api/v1/session", None, &wrong).await;
    assert_ne!(
        reply.status,
        StatusCode::OK,
        "an account without a company opens nothing"
    );
    let reply = server
        .post("/api/v1/installation", None, &first("a long password"))
        .await;
    assert_eq!(
        reply.status,
        StatusCode::OK,
        "and the next attempt succeeds"
    );
}

#[tokio::test]
async fn the_demo_factory_tells_who_can_sign_in() {
    let server = TestServer::empty().await;
    let reply = server
        .post("/api/v1/installation", None, &json!({ "kind": "demo" }))
        .await;
    let demo = reply.json();
    assert_eq!(demo["password"], "jihe-demo");
    let accounts = demo["accounts"].as_array().unwrap();
    assert!(accounts.len() >= 7, "{demo}");
    let last = accounts.last().unwrap();
    let login = last["login"].as_str().unwrap();
    let device = server.sign_in(login, "jihe-demo").await;
    assert_eq!(json!(device.person), last["person"]);
    let periods = device.world().await.organisation().periods.clone();
    assert!(periods.len() >= 6, "three months under each of two regimes");
    let log = server.state.store.log().await.unwrap();
    let done = replay(&server.state.store, &log).await;
    let done = done.unwrap_or_else(|difference| panic!("{difference}"));
    assert_eq!((done.entries, done.decided), (log.len(), log.len()));
}

#[tokio::test]
async fn the_demo_factory_has_its_photos_handed_in() {
    let server = TestServer::empty().await;
    let body = json!({ "kind": "demo" });
    let reply = server.post("/api/v1/installation", None, &body).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.json());
    let owner = server.sign_in("zhangjianjun", "jihe-demo").await;
    let world = owner.world().await;
    let mut attached = world
        .documents()
        .flat_map(|(_, document)| document.evidence.values());
    let photo = attached.next().expect("the head attached one");
    let (hash, plan, id) = (photo.hash, photo.plan, photo.id);
    let path = format!("/api/v1/attachments/{hash}?plan={plan}&evidence={id}");
    let file = server.get(&path, Some(&owner.cookie)).await;
    assert_eq!(file.status, StatusCode::OK, "{}", file.json());
    assert_eq!(file.bytes, samples::PHOTO);
}
