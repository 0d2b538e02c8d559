//! Push and pull through the router: exactly once, under one's own name, and bad input harms nobody.

use std::sync::Arc;

use ::server::store::sqlite::Sqlite;
use ::server::sync::Sync;
use axum::http::{StatusCode, header};
use futures_util::future::join_all;
use serde_json::json;
use shared::command::Command;
use shared::command::plan::{AddItem, EditItem, Weigh};
use shared::id::{CommandId, ItemId};
use shared::item::{Edit, ItemEdit};
use shared::quantity::Points;
use shared::refusal::Refusal;
use shared::sync::message::{MOST_COMMANDS, Outcome, PushedCommand};

use crate::server::{Device, NOW, TestServer};

const PASSWORD: &str = "jihe-demo";

/// An edit of the first item's title.
async fn edit(device: &Device<'_>, new: &str) -> Command {
    let (plan, document) = device.own_plan().await;
    let item = document.items_in_order()[0].clone();
    let edits = vec![ItemEdit::Title(Edit {
        old: item.title,
        new: new.to_owned(),
    })];
    Command::EditItem(EditItem {
        plan,
        item: item.id,
        edits,
    })
}

fn raw(device: &Device<'_>, id: u128, bytes: &str) -> PushedCommand {
    PushedCommand {
        cmd_id: CommandId::from_bits(id),
        actor: device.person,
        prevs: Vec::new(),
        gap: false,
        bytes: bytes.to_owned(),
    }
}

async fn title(device: &Device<'_>) -> String {
    device.own_plan().await.1.items_in_order()[0].title.clone()
}

#[tokio::test]
async fn a_command_is_executed_once_however_often_it_is_sent() {
    let server = TestServer::demo().await;
    let device = server.sign_in("zhangjianjun", PASSWORD).await;
    let command = device.make(1, edit(&device, "一次").await);
    let first = device.push(vec![command.clone()]).await;
    assert!(first.results[0].outcome.is_applied(), "{first:?}");
    let again = device.push(vec![command.clone(), command]).await;
    assert_eq!(again.results[0], first.results[0]);
    assert_eq!(again.results[1], first.results[0]);
    assert_eq!(title(&device).await, "一次");
}

#[tokio::test]
async fn two_pushes_of_one_command_at_once_are_one() {
    let server = TestServer::demo().await;
    let device = server.sign_in("zhangjianjun", PASSWORD).await;
    let command = device.make(1, edit(&device, "同时").await);
    let pushes = (0..16).map(|_| device.push(vec![command.clone()]));
    let answers = join_all(pushes).await;
    for answer in &answers {
        assert_eq!(answer.results[0], answers[0].results[0]);
    }
    let Outcome::Applied { touched } = &answers[0].results[0].outcome else {
        panic!()
    };
    let pulled = device.pull().await;
    let seen = pulled.parts.iter().filter_map(|part| {
        let (_, ver) = touched.iter().find(|(id, _)| *id == part.id)?;
        Some((part.to, *ver))
    });
    let seen: Vec<_> = seen.collect();
    assert!(
        seen.len() >= 2,
        "the unit's plan and one's own: {touched:?}"
    );
    assert!(
        seen.iter().all(|(to, ver)| to == ver),
        "one version, not sixteen: {seen:?}"
    );
}

#[tokio::test]
async fn an_id_with_another_content_is_not_executed() {
    let server = TestServer::demo().await;
    let device = server.sign_in("zhangjianjun", PASSWORD).await;
    let first = device.make(1, edit(&device, "第一").await);
    device.push(vec![first]).await;
    let other = device.make(1, edit(&device, "第二").await);
    let answer = device.push(vec![other]).await;
    assert_eq!(answer.results[0].outcome, Outcome::IdReuse);
    assert_eq!(title(&device).await, "第一");
}

#[tokio::test]
async fn what_cannot_be_read_is_kept_and_harms_no_other_command() {
    let server = TestServer::demo().await;
    let device = server.sign_in("zhangjianjun", PASSWORD).await;
    let unknown = r#"{"kind":"paint_wall","kind_ver":1,"args":{},
        "made":{"device_wall":0,"est_server_time":0,"tz":0}}"#;
    let good = device.make(3, edit(&device, "照常").await);
    let commands = vec![raw(&device, 1, unknown), raw(&device, 2, "no JSON"), good];
    let answer = device.push(commands).await;
    let outcomes: Vec<_> = answer
        .results
        .iter()
        .map(|result| &result.outcome)
        .collect();
    let Outcome::Quarantined {
        refusal: Refusal::UnknownKind { kind },
    } = outcomes[0]
    else {
        panic!("{outcomes:?}");
    };
    assert_eq!(kind, "paint_wall@1");
    let malformed = matches!(
        outcomes[1],
        Outcome::Quarantined {
            refusal: Refusal::Malformed { .. }
        }
    );
    assert!(malformed && outcomes[2].is_applied(), "{outcomes:?}");
    assert_eq!(title(&device).await, "照常");
}

#[tokio::test]
async fn somebody_elses_plan_and_somebody_elses_name_are_refused() {
    let server = TestServer::demo().await;
    let head = server.sign_in("zhangjianjun", PASSWORD).await;
    let other = server.sign_in("wangxiulan", PASSWORD).await;
    let intrusion = other.does(1, edit(&head, "改你的").await).await;
    assert_eq!(
        intrusion,
        Outcome::Rejected {
            refusal: Refusal::Forbidden
        }
    );
    let forged = head.make(2, edit(&head, "冒名").await);
    let answer = other.push(vec![forged]).await;
    assert_eq!(answer.results[0].outcome, Outcome::WrongPerson);
    assert_ne!(title(&head).await, "改你的");
    assert_ne!(title(&head).await, "冒名");
}

#[tokio::test]
async fn a_changed_field_is_refused_with_its_current_value() {
    let server = TestServer::demo().await;
    let device = server.sign_in("zhangjianjun", PASSWORD).await;
    let (one, other) = (edit(&device, "甲").await, edit(&device, "乙").await);
    device.does(1, one).await;
    let Outcome::Rejected { refusal } = device.does(2, other).await else {
        panic!()
    };
    let Refusal::ChangedMeanwhile { field, current, .. } = refusal else {
        panic!("{refusal:?}")
    };
    assert_eq!((field.as_str(), current), ("title", json!("甲")));
}

#[tokio::test]
async fn bodies_that_are_no_push_say_nothing_about_any_command() {
    let server = TestServer::demo().await;
    let device = server.sign_in("zhangjianjun", PASSWORD).await;
    let cookie = Some(device.cookie.as_str());
    for body in [
        "",
        "[]",
        "{\"proto\":1}",
        "\u{0}",
        "{\"proto\":1,\"commands\":[{]}",
    ] {
        let bytes = body.as_bytes().to_vec();
        let reply = server
            .post_bytes("/sync/v1/push", cookie, "application/json", bytes)
            .await;
        reply.is_refused(StatusCode::BAD_REQUEST, "malformed");
    }
    let mut request = Device::push_request(Vec::new());
    request.proto = 99;
    let reply = server.post("/sync/v1/push", cookie, &request).await;
    reply.is_refused(StatusCode::BAD_REQUEST, "malformed");
    let many = (0..=MOST_COMMANDS)
        .map(|n| raw(&device, n as u128, "{}"))
        .collect();
    let reply = server
        .post("/sync/v1/push", cookie, &Device::push_request(many))
        .await;
    let facts = reply.is_refused(StatusCode::UNPROCESSABLE_ENTITY, "limit_passed");
    assert_eq!(facts, json!({ "limit": "commands_per_push", "most": 100 }));
    let large = vec![raw(&device, 1, &"x".repeat(320 * 1024))];
    let reply = server
        .post("/sync/v1/push", cookie, &Device::push_request(large))
        .await;
    let facts = reply.is_refused(StatusCode::PAYLOAD_TOO_LARGE, "limit_passed");
    assert_eq!(
        (&facts["limit"], &facts["most"]),
        (&json!("body_bytes"), &json!(320 * 1024))
    );
    let weigh = Command::Weigh(Weigh {
        plan: device.own_plan().await.0,
        weights: vec![(
            device.own_plan().await.1.items_in_order()[0].id,
            Edit {
                old: Points(3000),
                new: Points(10_000),
            },
        )],
    });
    assert!(
        device.does(1, weigh).await.is_applied(),
        "and the id is still free"
    );
}

#[tokio::test]
async fn a_full_server_asks_to_come_back() {
    let server = TestServer::with(|config| config.limits.sync_at_once = 0).await;
    for path in ["/sync/v1/push", "/sync/v1/pull"] {
        let reply = server.post(path, None, &json!({})).await;
        reply.is_refused(StatusCode::SERVICE_UNAVAILABLE, "busy");
        assert_eq!(reply.headers.get(header::RETRY_AFTER).unwrap(), "1");
    }
}

#[tokio::test]
async fn without_a_session_nothing_is_pushed_pulled_or_heard() {
    let server = TestServer::demo().await;
    for path in ["/sync/v1/push", "/sync/v1/pull"] {
        let reply = server.post(path, Some("jihe_session=00"), &json!({})).await;
        reply.is_refused(StatusCode::UNAUTHORIZED, "signed_out");
        assert_eq!(
            reply.headers.get(header::CACHE_CONTROL).unwrap(),
            "no-store"
        );
    }
    let reply = server.get("/sync/v1/live", None).await;
    reply.is_refused(StatusCode::UNAUTHORIZED, "signed_out");
}

#[tokio::test]
async fn a_pull_after_a_pull_brings_what_changed_and_no_more() {
    let server = TestServer::demo().await;
    let device = server.sign_in("zhangjianjun", PASSWORD).await;
    let first = device.pull().await;
    let have: Vec<_> = first.parts.iter().map(|part| (part.id, part.to)).collect();
    let again = device.pull_since(&first, have.clone()).await;
    assert!(
        again.parts.is_empty() && again.granted.is_none(),
        "{again:?}"
    );
    device.does(1, edit(&device, "新").await).await;
    let changed = device.pull_since(&first, have).await;
    assert!(!changed.parts.is_empty());
    for part in &changed.parts {
        assert!(!part.reset && part.rows.len() == 1, "{part:?}");
        assert!(part.rows[0].row.get().contains("新"));
    }
}

#[tokio::test]
async fn an_applied_command_pokes_whoever_listens() {
    let server = TestServer::demo().await;
    let device = server.sign_in("zhangjianjun", PASSWORD).await;
    let mut listener = server.state.sync.listen().unwrap();
    let poked = async { (listener.poked().await, listener) };
    let (outcome, (told, mut listener)) =
        tokio::join!(device.does(1, edit(&device, "新").await), poked);
    assert!(outcome.is_applied() && told);
    server.state.sync.stop();
    assert!(
        !listener.poked().await,
        "a stopping server ends all listening"
    );
}

#[tokio::test]
async fn a_restart_keeps_everything() {
    let server = TestServer::demo().await;
    let device = server.sign_in("zhangjianjun", PASSWORD).await;
    let command = device.make(1, edit(&device, "留下").await);
    let before = device.push(vec![command.clone()]).await;
    let pulled = device.pull_reply().await.json();
    let cookie = device.cookie.clone();
    let server = server.restarted().await;
    let reply = server.get("/api/v1/session", Some(&cookie)).await;
    let device = server.device_with(&reply, cookie);
    assert_eq!(device.pull_reply().await.json(), pulled);
    let after = device.push(vec![command]).await;
    assert_eq!(after, before, "the same life, the same outcome");
}

#[tokio::test]
async fn two_servers_on_one_file_lose_nothing_and_do_nothing_twice() {
    let server = TestServer::demo().await;
    let device = server.sign_in("zhangjianjun", PASSWORD).await;
    let (plan, document) = device.own_plan().await;
    let file = server.folder.path().join("data/jihe.db");
    let store = Sqlite::open(&file, NOW).await.unwrap();
    let other = Sync::start(store, Arc::new(server.clock.clone()));
    let mut item = document.items_in_order()[0].clone();
    let mut add = |n: u32| {
        (item.id, item.position) = (ItemId::from_bits(u128::from(n)), n);
        let item = Box::new(item.clone());
        device.make(u128::from(n), Command::AddItem(AddItem { plan, item }))
    };
    let commands: Vec<_> = (100..140).map(&mut add).collect();
    let here = commands
        .iter()
        .map(|command| device.push(vec![command.clone()]));
    let there = commands.iter().rev().map(|command| {
        other.push(
            device.person,
            Device::push_request(vec![command.clone()]),
            false,
        )
    });
    let (here, there) = tokio::join!(join_all(here), join_all(there));
    for (one, other) in here.into_iter().zip(there.into_iter().rev()) {
        assert!(one.results[0].outcome.is_applied(), "{one:?}");
        assert_eq!(one.results, other.unwrap().results);
    }
    let items = device.own_plan().await.1.items.len();
    assert_eq!(items, document.items.len() + commands.len());
}
