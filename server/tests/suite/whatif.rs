//! A period under another regime, asked of the server: what comes of it, for whom, for how long.

use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::id::{CommandId, PeriodId};
use shared::quantity::{BasisPoints, Points};
use shared::regime::Document;
use shared::regime::document::Regime;
use shared::whatif::{Outcome, WhatIf, plans_of};

use crate::jobs::month;
use crate::server::{Device, NOW, Reply, TestServer};

const TRIAL: CommandId = CommandId::from_bits(0x7217);

async fn november(device: &Device<'_>) -> (PeriodId, Regime) {
    let world = device.world().await;
    let (id, period) = world.organisation().periods.iter().next().unwrap();
    let version = &world.organisation().regimes[&period.regime];
    (*id, (*version.document.read()).clone())
}

/// The period's own regime with one factor for everybody.
fn flat(regime: &Regime) -> Document {
    let mut tree = serde_json::to_value(regime).unwrap();
    for band in tree["grades"]["by"]["points"]["bands"]
        .as_array_mut()
        .unwrap()
    {
        band["coefficient"] = json!(10_000);
    }
    Document::from(serde_json::from_value::<Regime>(tree).unwrap())
}

async fn asks(device: &Device<'_>, id: CommandId, other: &Value) -> Reply {
    let (period, _) = november(device).await;
    let body = json!({ "id": id, "period": period, "other": other });
    let cookie = Some(device.cookie.as_str());
    device.server.post("/api/v1/what-ifs", cookie, &body).await
}

async fn told(device: &Device<'_>, id: CommandId) -> Reply {
    let path = format!("/api/v1/what-ifs/{id}");
    device.server.get(&path, Some(&device.cookie)).await
}

async fn came(device: &Device<'_>, id: CommandId) -> Reply {
    let path = format!("/api/v1/what-ifs/{id}/outcome");
    device.server.get(&path, Some(&device.cookie)).await
}

/// Asks, waits and fetches.
async fn tries(device: &Device<'_>, id: CommandId, other: &Value) -> Reply {
    let begun = asks(device, id, other).await;
    assert_eq!(begun.status, StatusCode::OK, "{}", begun.json());
    while told(device, id).await.json()["state"] == "running" {
        tokio::task::yield_now().await;
    }
    let progress = told(device, id).await.json();
    assert_eq!(progress["state"], "done", "{progress}");
    assert_eq!(progress["done"], progress["of"]);
    came(device, id).await
}

/// What the person's own device makes of what it holds.
async fn at_home(device: &Device<'_>, other: Document) -> Outcome {
    let (period, _) = november(device).await;
    let world = device.world().await;
    let today = NOW.day(world.organisation().utc_offset());
    let when = (device.person, today);
    let mut tried = WhatIf::new(world.organisation(), when, period, other).unwrap();
    for plan in plans_of(&world, period) {
        tried.add(world.document(plan).unwrap());
    }
    tried.finish()
}

#[tokio::test]
async fn the_server_says_what_the_device_would_say() {
    let (server, _) = month().await;
    for login in ["linxiaoyun", "wangxiulan", "songjiaming", "denglei"] {
        let device = server.sign_in(login, "jihe-demo").await;
        let (_, regime) = november(&device).await;
        let other = flat(&regime);
        let reply = tries(&device, TRIAL, &json!({ "document": other })).await;
        let here = at_home(&device, other).await;
        let bytes = serde_json::to_vec(&here).unwrap();
        assert_eq!(reply.bytes, bytes, "{login}: the very bytes");
        let judged = match login {
            "linxiaoyun" => 2,
            "denglei" => 0,
            _ => 1,
        };
        assert_eq!(here.lines.len(), judged, "{login}");
        for line in &here.lines {
            assert_eq!(line.now.coefficient, BasisPoints(10_000));
            assert_eq!(line.then.total, line.now.total);
            assert!(line.then.total > Points(0));
        }
    }
}

#[tokio::test]
async fn a_preset_and_an_adopted_regime_are_tried_by_name() {
    let (server, _) = month().await;
    let office = server.sign_in("linxiaoyun", "jihe-demo").await;
    let world = office.world().await;
    let period = world
        .organisation()
        .periods
        .values()
        .next()
        .unwrap()
        .clone();
    let adopted = json!({ "adopted": period.regime });
    let outcome: Outcome = tries(&office, TRIAL, &adopted).await.read();
    assert_eq!(outcome.lines.len(), 2);
    assert!(
        outcome.lines.iter().all(|line| line.then == line.now),
        "{outcome:?}"
    );
    let preset = json!({ "preset": ["twentieth-twentyfifth", []] });
    let outcome: Outcome = tries(&office, CommandId::from_bits(8), &preset)
        .await
        .read();
    assert_eq!(
        outcome.lines.len() + outcome.apart.len(),
        2 + unjudged(&outcome)
    );
    let unknown = json!({ "preset": ["none", []] });
    let refused = asks(&office, CommandId::from_bits(9), &unknown).await;
    refused.is_refused(StatusCode::NOT_FOUND, "not_found");
}

/// People whose plans are not judged yet.
fn unjudged(outcome: &Outcome) -> usize {
    let apart = outcome.apart.iter();
    apart
        .filter(|one| one.lacks == [shared::whatif::Lack::NoResult])
        .count()
}

#[tokio::test]
async fn nobody_learns_of_what_somebody_else_tries() {
    let (server, _) = month().await;
    let office = server.sign_in("linxiaoyun", "jihe-demo").await;
    let (_, regime) = november(&office).await;
    tries(&office, TRIAL, &json!({ "document": flat(&regime) })).await;
    let head = server.sign_in("wangxiulan", "jihe-demo").await;
    let nothing = CommandId::from_bits(77);
    for path in ["", "/outcome"] {
        let ask = async |id: CommandId| {
            let path = format!("/api/v1/what-ifs/{id}{path}");
            server.get(&path, Some(&head.cookie)).await
        };
        let (theirs, none) = (ask(TRIAL).await, ask(nothing).await);
        assert_eq!((theirs.status, theirs.bytes), (none.status, none.bytes));
    }
    let give_up = format!("/api/v1/what-ifs/{TRIAL}");
    let refused = server.delete(&give_up, Some(&head.cookie)).await;
    refused.is_refused(StatusCode::NOT_FOUND, "not_found");
    let signed_out = server.get(&give_up, None).await;
    assert_eq!(signed_out.status, StatusCode::UNAUTHORIZED);
    assert_eq!(told(&office, TRIAL).await.json()["state"], "done");
}

#[tokio::test]
async fn it_changes_nothing_and_is_forgotten() {
    let (server, plans) = month().await;
    let office = server.sign_in("linxiaoyun", "jihe-demo").await;
    let (_, regime) = november(&office).await;
    let before = office.world().await;
    let other = json!({ "document": flat(&regime) });
    tries(&office, TRIAL, &other).await;
    let after = office.world().await;
    assert_eq!(before.organisation(), after.organisation());
    for plan in plans {
        assert_eq!(before.document(plan), after.document(plan));
    }
    // Given up by its person, it is no more.
    let path = format!("/api/v1/what-ifs/{TRIAL}");
    let gone = server.delete(&path, Some(&office.cookie)).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    came(&office, TRIAL)
        .await
        .is_refused(StatusCode::NOT_FOUND, "not_found");
    // One that nobody gives up is kept for ten minutes.
    tries(&office, TRIAL, &other).await;
    server.clock.step(10 * 60 * 1_000);
    assert_eq!(came(&office, TRIAL).await.status, StatusCode::OK);
    server.clock.step(1);
    came(&office, TRIAL)
        .await
        .is_refused(StatusCode::NOT_FOUND, "not_found");
}

#[tokio::test]
async fn a_full_server_says_so_and_a_regime_with_a_hole_is_refused() {
    let full = TestServer::with(|config| config.limits.what_ifs_at_once = 0).await;
    let demo = json!({ "kind": "demo", "story": "beginning" });
    let reply = full.post("/api/v1/installation", None, &demo).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.json());
    let office = full.sign_in("linxiaoyun", "jihe-demo").await;
    let (_, regime) = november(&office).await;
    let other = json!({ "document": flat(&regime) });
    let refused = asks(&office, TRIAL, &other).await;
    refused.is_refused(StatusCode::SERVICE_UNAVAILABLE, "busy");
    let mut hole = serde_json::to_value(flat(&regime)).unwrap();
    hole["grades"]["by"]["points"]["bands"][0]["from"] = json!(99_000);
    let refused = asks(&office, TRIAL, &json!({ "document": hole })).await;
    refused.is_refused(StatusCode::UNPROCESSABLE_ENTITY, "regime_invalid");
}
