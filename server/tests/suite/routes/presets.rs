//! Every preset, and every choice of its alternatives, is fetched and adopted on a new installation.

use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::command::Command;
use shared::command::organisation::AdoptRegime;
use shared::id::RegimeId;
use shared::regime::Document;
use shared::regime::preset::{Preset, shelf};

use crate::server::TestServer;

#[tokio::test]
async fn every_preset_loads_on_an_empty_installation() {
    let server = TestServer::empty().await;
    let first = json!({ "kind": "administrator", "company": "甲厂", "name": "李娜", "login": "lina",
        "password": "a long password" });
    let reply = server.post("/api/v1/installation", None, &first).await;
    let device = server.device(&reply);
    let cookie = Some(device.cookie.as_str());
    let listed = server.get("/api/v1/presets", cookie).await.json();
    let keys: Vec<&str> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["key"].as_str().unwrap())
        .collect();
    assert_eq!(keys.len(), shelf::DOCUMENTS.len());
    let mut adopted = Vec::new();
    for key in keys {
        let reply = server.get(&format!("/api/v1/presets/{key}"), cookie).await;
        assert_eq!(reply.status, StatusCode::OK, "{key}");
        let preset: Preset = reply.read();
        let alternatives = preset.alternatives.iter().map(|one| Some(one.key.clone()));
        for choice in std::iter::once(None).chain(alternatives) {
            let chosen: Vec<&str> = choice.iter().map(String::as_str).collect();
            let document = Document::from(preset.with(&chosen).unwrap());
            let id = RegimeId::from_bits(7_000 + adopted.len() as u128);
            let regime = document.clone();
            let adopt = Command::AdoptRegime(AdoptRegime { id, regime });
            let outcome = device.does(id.bits(), adopt).await;
            assert!(outcome.is_applied(), "{key} {choice:?}: {outcome:?}");
            adopted.push((id, document.digest()));
        }
    }
    // What comes back is what was chosen, to the byte.
    let world = device.world().await;
    for (id, digest) in adopted {
        assert_eq!(world.organisation().regimes[&id].digest, digest);
    }
}

#[tokio::test]
async fn a_preset_that_is_not_there_is_refused_and_strangers_see_none() {
    let server = TestServer::demo().await;
    let administrator = server.sign_in("zhouwenbo", "jihe-demo").await;
    let cookie = Some(administrator.cookie.as_str());
    let reply = server.get("/api/v1/presets/hourly", cookie).await;
    let facts = reply.is_refused(StatusCode::NOT_FOUND, "not_found");
    assert_eq!(facts["what"], Value::from("preset"));
    for path in ["/api/v1/presets", "/api/v1/presets/weekly-120"] {
        let reply = server.get(path, None).await;
        assert_eq!(reply.status, StatusCode::UNAUTHORIZED, "{path}");
    }
}
